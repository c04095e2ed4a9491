/** Revocations as a list outside the database: a restored backup must not revive a lost phone. */
import * as z from 'zod/mini';
import { communeCodeSchema, uuidSchema } from '#domain/identifiers.ts';
import { createListFile } from './append-only-list.ts';
import type { AppendOnlyList } from './append-only-list.ts';

const revocationSchema = z.strictObject({ communeCode: communeCodeSchema, deviceId: uuidSchema, revokedAt: z.int() });
/** `revokedAt`: milliseconds since 1970. */
export type Revocation = z.infer<typeof revocationSchema>;
export type RevocationList = AppendOnlyList<Revocation>;

export function createRevocationFile(path: string): RevocationList {
  return createListFile(path, revocationSchema);
}
