/** What was logged a moment ago by a slip, taken back: before and after it was sent alike, the visits stay and are void. */
import type { FieldStore } from '#client/store/field-store.ts';
import type { EntryDraft } from '#domain/change.ts';
import { voidRecord } from '#domain/void-record.ts';
import { visitOf } from './visit-in-hand.ts';

/** False: nothing was saved. */
export async function undoAbsents(store: Pick<FieldStore, 'find' | 'commandContext' | 'write'>, visitIds: readonly string[]): Promise<boolean> {
  const entries = visitIds.flatMap((visitId): EntryDraft[] => {
    const visit = visitOf(store, visitId);
    const entry = visit === undefined ? undefined : voidRecord(visit, 'did_not_happen', store.commandContext());
    return entry?.ok === true && entry.value !== undefined ? [entry.value] : [];
  });
  return entries.length > 0 && (await store.write(entries)).ok;
}
