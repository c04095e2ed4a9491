/** An entry as one line, also where it was applied nowhere: told from the records it touches, or from what its author wrote. */
import type { Change } from '#domain/change.ts';
import type { AnyRecord } from '#domain/record.ts';
import { recordAbout } from './record-title.ts';
import type { TitleContext } from './record-title.ts';
import type { Messages } from './vi.ts';

/** By its visit where it holds one: a corrected household and feedback come with it. Undefined: an entry of no change. */
export function entryTitle(m: Messages, changes: readonly Change[], context: TitleContext): string | undefined {
  const main = changes.find(({ kind }) => kind === 'visit') ?? changes[0];
  return main === undefined ? undefined : changeTitle(m, changes, main, context);
}

/** One of its changes; `changes`: all of them, for one may make what another is about. */
export function changeTitle(m: Messages, changes: readonly Change[], change: Change, context: TitleContext): string {
  const record = asWritten(change, context);
  const about = record === undefined ? undefined : recordAbout(m, record, { ...context, find: finder(changes, context) });
  return about === undefined ? m.words.recordKinds[change.kind] : `${m.words.recordKinds[change.kind]} · ${about}`;
}

/** Records as the entry would leave them. */
export function finder(changes: readonly Change[], context: TitleContext): TitleContext['find'] {
  return (recordId) => {
    const own = changes.find((change) => change.recordId === recordId);
    return own === undefined ? context.find(recordId) : asWritten(own, context);
  };
}

/** Undefined: a correction of what is not known here. */
function asWritten(change: Change, { find }: TitleContext): AnyRecord | undefined {
  const record = find(change.recordId);
  if (!('set' in change)) return record;
  if (record === undefined && change.base > 0) return undefined;
  const fields = Object.fromEntries(Object.entries({ ...record?.fields, ...change.set }).filter(([, value]) => value !== null));
  return { ...record, recordId: change.recordId, kind: change.kind, fields } as unknown as AnyRecord;
}
