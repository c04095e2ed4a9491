/** Revocations as an append-only list outside the database: a restored backup must not revive a lost phone. */
import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { communeCodeSchema, uuidSchema } from '#domain/identifiers.ts';

const revocationSchema = z.strictObject({ communeCode: communeCodeSchema, deviceId: uuidSchema, revokedAt: z.int() });
/** `revokedAt`: milliseconds since 1970. */
export type Revocation = z.infer<typeof revocationSchema>;

export interface RevocationList {
  all(): Revocation[];
  /** Returns when it is on the disk. */
  append(revocation: Revocation): void;
}

/** One JSON a line. Throws on a line it cannot read: to pass over one would let a lost phone back in. */
export function createRevocationFile(path: string): RevocationList {
  return {
    all() {
      if (!existsSync(path)) return [];
      const lines = readFileSync(path, 'utf8').split('\n');
      return lines.flatMap((line, index) => {
        if (line.trim() === '') return [];
        const revocation = readLine(line);
        if (revocation === undefined) throw new Error(`${path}: line ${index + 1} is no revocation`);
        return [revocation];
      });
    },
    append(revocation) {
      const file = openSync(path, 'a', 0o600);
      try {
        appendFileSync(file, `${JSON.stringify(revocation)}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    },
  };
}

function readLine(line: string): Revocation | undefined {
  try {
    const parsed = revocationSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
