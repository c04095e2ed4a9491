/** From a passphrase to the key that wraps the data key: Argon2id (RFC 9106). */
import { argon2id } from 'hash-wasm';
import { textToBytes } from '#sync/entry.ts';
import type { Bytes } from '#sync/entry.ts';

export interface ArgonParameters {
  readonly memoryKiB: number;
  readonly iterations: number;
  readonly parallelism: number;
}

/** 32 bytes. Rejects when the phone has not the memory. */
export type DeriveKey = (passphrase: string, salt: Uint8Array, parameters: ArgonParameters) => Promise<Uint8Array>;

export const argonParameters: ArgonParameters = { memoryKiB: 64 * 1024, iterations: 3, parallelism: 1 };
/** Nothing weaker is made or opened (OWASP's least for Argon2id). For a phone that has not 64 MiB to spare. */
export const argonFloor: ArgonParameters = { memoryKiB: 19 * 1024, iterations: 2, parallelism: 1 };
/** Above this a row was not written by us; deriving would take the page down. */
const argonCeiling: ArgonParameters = { memoryKiB: 1024 * 1024, iterations: 20, parallelism: 4 };

export function isStrongEnough(parameters: ArgonParameters): boolean {
  return parameters.memoryKiB >= argonFloor.memoryKiB && parameters.iterations >= argonFloor.iterations;
}

export function isAffordable(parameters: ArgonParameters): boolean {
  const names = ['memoryKiB', 'iterations', 'parallelism'] as const;
  return names.every((name) => {
    const value = parameters[name];
    return Number.isInteger(value) && value >= 1 && value <= argonCeiling[name];
  });
}

export const deriveKey: DeriveKey = async (passphrase, salt, parameters): Promise<Bytes> =>
  new Uint8Array(
    await argon2id({
      password: textToBytes(passphrase),
      salt,
      memorySize: parameters.memoryKiB,
      iterations: parameters.iterations,
      parallelism: parameters.parallelism,
      hashLength: 32,
      outputType: 'binary',
    }),
  );
