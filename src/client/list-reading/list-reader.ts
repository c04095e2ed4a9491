/** The rows of one file, and what they would become. Runs in the worker; takes no clock and no randomness but what it is given. */
import type { CommandContext } from '#domain/command.ts';
import { countCreated, reckonImport, withEntries } from '#lists/plan-import.ts';
import { proposeForSheets } from '#lists/mapping.ts';
import type { DroppedColumn } from '#lists/mapping.ts';
import { readList } from '#lists/read-list.ts';
import type { ReadList } from '#lists/read-list.ts';
import type { RowPlace } from '#lists/row-reader.ts';
import type { Reckoning } from '#lists/import-plan.ts';
import { readSheets } from '#tables/read-sheets.ts';
import type { Sheet } from '#tables/table.ts';
import type { ReadingCalls, ReckonedList } from './reading.ts';

/** `source`: ids and chance for the entries. */
export type EntrySource = Pick<CommandContext, 'newId' | 'newRandomId' | 'random'>;

export function createListReader(source: EntrySource) {
  let sheets: readonly Sheet[] = [];
  let reckoned: Reckoning | undefined;
  return {
    async open({ bytes, layout, recalled }: ReadingCalls['open']['ask']): Promise<ReadingCalls['open']['answer']> {
      const read = await readSheets(new Uint8Array(bytes));
      reckoned = undefined;
      if (!read.ok) return { error: read.error };
      ({ sheets } = read.value);
      return { kind: read.value.kind, encoding: read.value.encoding, sheets: sheets.map(({ name }) => name), columns: proposeForSheets(sheets, layout, recalled) };
    },
    async reckon({ layout, mapping, records, decisions, today, sourceListId }: ReadingCalls['reckon']['ask']): Promise<ReadingCalls['reckon']['answer']> {
      const list = readList(sheets, layout, mapping, { today, sourceListId, hamlets: records.hamlets });
      if (!list.ok) return { error: list.error };
      reckoned = reckonImport(list.value, records, decisions);
      return toLookAt(list.value, reckoned, sheets.length > 1);
    },
    async plan({ now, memberId }: ReadingCalls['plan']['ask']): Promise<ReadingCalls['plan']['answer']> {
      if (reckoned === undefined) throw new Error('nothing was reckoned yet');
      const { entries, trace } = withEntries(reckoned, { ...source, now, memberId });
      return { entries, trace };
    },
  };
}
export type ListReader = ReturnType<typeof createListReader>;

/** `namesSheets`: of a file with one table its name tells a person nothing. */
function toLookAt(list: ReadList, reckoning: Reckoning, namesSheets: boolean): ReckonedList {
  const placed = <P extends RowPlace>(place: P): P => (namesSheets ? place : { ...place, sheet: '' });
  const { createHamlets, wrong, notes, questions, create, merge, joined, unchanged, skipped } = reckoning;
  const createdIn = new Map<string, number>();
  for (const { kind, areaId } of create) if (kind !== 'prestigious_term') createdIn.set(areaId, (createdIn.get(areaId) ?? 0) + 1);
  const dropped = new Map<string, DroppedColumn>();
  for (const sheet of list.sheets) for (const column of sheet.dropped) dropped.set(column.heading, column);
  const sum = (count: (sheet: ReadList['sheets'][number]) => number) => list.sheets.reduce((total, sheet) => total + count(sheet), 0);
  return {
    createHamlets,
    wrong: wrong.map((row) => ({ ...placed(row), errors: row.errors.map((error) => (error.other === undefined ? error : { ...error, other: placed(error.other) })) })),
    notes: notes.map(placed),
    questions: questions.map((question) => ({ ...placed(question), like: 'recordId' in question.like ? question.like : placed(question.like) })),
    counts: {
      created: countCreated(reckoning),
      merged: merge.length + joined.length,
      unchanged: unchanged.length,
      skipped: skipped.length,
      open: questions.filter(({ answer }) => answer === undefined).length,
      wrong: wrong.length,
    },
    createdIn: [...createdIn].map(([areaId, count]) => ({ areaId, count })),
    differing: unchanged.filter(({ differs }) => differs.length > 0).length,
    dropped: [...dropped.values()],
    leftOut: list.leftOut.map((one) => (one.line === undefined || namesSheets ? one : { ...one, name: '' })),
    skipped: { empty: sum((sheet) => sheet.skipped.empty), totals: sum((sheet) => sheet.skipped.totals), other: sum((sheet) => sheet.skipped.other.length) },
    mendedPhones: list.mendedPhones.length,
    headings: [...list.headings],
  };
}
