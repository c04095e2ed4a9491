/** The row of an entry that the endpoint made. */
import type { EntryDraft } from '#domain/change.ts';
import type { Writing } from './database/schema.ts';
import { receivedAtOf } from './received-at.ts';

/** Told to no device. */
export async function writeOwnEntry(
  tx: Writing,
  args: {
    readonly communeCode: string;
    readonly draft: EntryDraft;
    /** The endpoint's own. */
    readonly deviceId: string;
    readonly contentHash: string;
    readonly verdict: 'applied' | 'merged';
    readonly now: number;
  },
): Promise<void> {
  const { communeCode, draft, deviceId, contentHash, verdict, now } = args;
  const at = receivedAtOf(draft.occurredAt, now);
  await tx
    .insertInto('entry')
    .values({
      communeCode,
      entryId: draft.entryId,
      contentHash,
      deviceId,
      deviceSeq: 0,
      verdict,
      code: null,
      field: null,
      after: null,
      sequences: null,
      verdictVersion: 1,
      receivedAt: at,
      settledAt: at,
    })
    .execute();
}
