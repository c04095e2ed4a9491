/** Pictures go with what they belong to, in the transaction that learns that it is gone: the endpoint counts on it that nothing of it is left on this phone. */
import type { Entry } from '#domain/change.ts';
import type { Row } from '#sync/protocol.ts';
import type { DiskTables } from './disk.ts';
import type { Draft } from './field-store.ts';

/** The pictures that a form's values name: objects with a `pictureId`, however deep. */
export function picturesIn(values: unknown): string[] {
  if (typeof values !== 'object' || values === null) return [];
  const own = 'pictureId' in values && typeof values.pictureId === 'string' ? [values.pictureId] : [];
  return [...own, ...Object.values(values).flatMap(picturesIn)];
}

/** The half-written forms that go with records that are gone for everybody; the pictures of these records (a picture's id is its record's), and of those forms. */
export async function dropGone(
  tables: Pick<DiskTables, 'drafts' | 'pictures' | 'pictureBoxes'>,
  { rows, draftIds, drafts }: { readonly rows: readonly Row[]; readonly draftIds: readonly string[]; readonly drafts: ReadonlyMap<string, Pick<Draft, 'values'>> },
): Promise<void> {
  for (const draftId of draftIds) await tables.drafts.delete(draftId);
  const gone = rows.flatMap((row) => ('gone' in row && row.gone === 'deleted' ? [row.recordId] : []));
  await dropPictures(tables, [...gone, ...draftIds.flatMap((draftId) => picturesIn(drafts.get(draftId)?.values))]);
}

/** Of an entry that was erased before it was applied. */
export function picturesOf(entry: Pick<Entry, 'changes'> | undefined): string[] {
  return (entry?.changes ?? []).flatMap(({ kind, recordId }) => (kind === 'attachment' ? [recordId] : []));
}

export async function dropPictures({ pictures, pictureBoxes }: Pick<DiskTables, 'pictures' | 'pictureBoxes'>, ids: readonly string[]): Promise<void> {
  for (const pictureId of ids) {
    await pictures.delete(pictureId);
    await pictureBoxes.delete(pictureId);
  }
}
