/** Erasures as a list outside the database: a restored backup must not bring back what was erased. */
import * as z from 'zod/mini';
import { communeCodeSchema, recordIdSchema } from '#domain/identifiers.ts';
import { createListFile } from './append-only-list.ts';
import type { AppendOnlyList } from './append-only-list.ts';

/** A line a record: a visit that the backup never had is known as erased without its household. */
const erasureSchema = z.strictObject({ communeCode: communeCodeSchema, recordId: recordIdSchema, erasedAt: z.int() });
/** `erasedAt`: milliseconds since 1970. */
export type Erasure = z.infer<typeof erasureSchema>;
export type ErasureList = AppendOnlyList<Erasure>;

export function createErasureFile(path: string): ErasureList {
  return createListFile(path, erasureSchema);
}
