/** Drafts: what is being typed, sealed under the data key. */
import { bytesToText, textToBytes } from '#sync/bytes.ts';
import type { DraftRow } from './disk.ts';
import type { Draft } from './field-store.ts';
import type { Safe } from './safe.ts';

export async function sealDraft(safe: Safe, draft: Draft): Promise<DraftRow> {
  return { draftId: draft.draftId, box: await safe.seal(textToBytes(JSON.stringify(draft)), contextOf(draft.draftId)) };
}

/** Undefined: damaged; the rest of the phone opens without it. */
export async function openDraft(safe: Safe, { draftId, box }: DraftRow): Promise<Draft | undefined> {
  const plain = await safe.open(box, contextOf(draftId));
  return plain === undefined ? undefined : (JSON.parse(bytesToText(plain)) as Draft);
}

function contextOf(draftId: string): string {
  return `drafts/${draftId}`;
}
