/** What the phone keeps of a vault: one row, useless without the passphrase. Wrong tries are counted elsewhere. */
import { packParts, textToBytes } from '#sync/entry.ts';
import type { Bytes } from '#sync/entry.ts';
import { isAffordable } from './derive-key.ts';
import type { ArgonParameters } from './derive-key.ts';

/**
 * `wrappedDataKey`: under the key derived from the passphrase. `wrappedDeviceKey`: the PKCS #8 signing key, under the data key.
 * `devicePublicKey`: base64url SPKI. `checksum` tells a damaged row from a wrong passphrase, of which too many wipe the phone.
 */
export interface VaultRow {
  readonly version: 1;
  readonly salt: Bytes;
  readonly argon: ArgonParameters;
  readonly wrappedDataKey: Bytes;
  readonly wrappedDeviceKey: Bytes;
  readonly devicePublicKey: string;
  readonly checksum: Bytes;
  /**
   * A second way in, beside the passphrase. Not under the checksum: its own box tells whether it is whole, and whatever befalls it must not
   * keep the passphrase out. An app that does not know it reads the row as ever.
   */
  readonly passkey?: PasskeyRow | undefined;
}

/** `credentialId` and `salt` are shown to the authenticator, which answers with the secret (PRF) that `wrappedDataKey` is wrapped under. */
export interface PasskeyRow {
  readonly version: 1;
  readonly credentialId: Bytes;
  readonly salt: Bytes;
  readonly wrappedDataKey: Bytes;
}

/** A device's signing key as the row keeps it. */
export type DeviceKeyRow = Pick<VaultRow, 'wrappedDeviceKey' | 'devicePublicKey'>;

export const saltLength = 16;

export async function withChecksum(row: Omit<VaultRow, 'checksum'>): Promise<VaultRow> {
  return { ...row, checksum: await checksumOf(row) };
}

/** The same vault, data key and passphrase, for another device: what to store in the row's place. */
export async function withDeviceKey(row: VaultRow, { wrappedDeviceKey, devicePublicKey }: DeviceKeyRow): Promise<VaultRow> {
  return await withChecksum({ ...row, wrappedDeviceKey, devicePublicKey });
}

/** A row made from an older reading of the disk, with the passkey as it is now: one that was taken away meanwhile must not come back. */
export function withPasskey({ passkey: _before, ...row }: VaultRow, passkey: PasskeyRow | undefined): VaultRow {
  return passkey === undefined ? row : { ...row, passkey };
}

/** Of a row as it came from disk, where anything may stand. */
export async function isWholeRow(row: VaultRow | null | undefined): Promise<boolean> {
  if (typeof row !== 'object' || row === null) return false;
  const bytes = [row.salt, row.wrappedDataKey, row.wrappedDeviceKey, row.checksum];
  if (row.version !== 1 || bytes.some((value) => !(value instanceof Uint8Array)) || typeof row.devicePublicKey !== 'string') return false;
  if (typeof row.argon !== 'object' || row.argon === null || !isAffordable(row.argon) || row.salt.length !== saltLength) return false;
  return isSame(await checksumOf(row), row.checksum);
}

/** The row's passkey, as it came from disk; undefined: none, or what stands there is none. That it was not changed is told by its box. */
export function passkeyOf(row: VaultRow | null | undefined): PasskeyRow | undefined {
  const passkey: unknown = row?.passkey;
  return typeof passkey === 'object' && passkey !== null && isWholePasskey(passkey as PasskeyRow) ? (passkey as PasskeyRow) : undefined;
}

function isWholePasskey(passkey: PasskeyRow): boolean {
  const bytes = [passkey.credentialId, passkey.salt, passkey.wrappedDataKey];
  return passkey.version === 1 && bytes.every((value) => value instanceof Uint8Array) && passkey.credentialId.length > 0;
}

export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

async function checksumOf(row: Omit<VaultRow, 'checksum'>): Promise<Bytes> {
  const { memoryKiB, iterations, parallelism } = row.argon;
  const numbers = textToBytes([row.version, memoryKiB, iterations, parallelism].join(' '));
  const parts = packParts(numbers, row.salt, row.wrappedDataKey, row.wrappedDeviceKey, textToBytes(row.devicePublicKey));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', parts));
}
