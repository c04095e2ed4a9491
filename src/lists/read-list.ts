/** Reads the sheets of a file as one list: its rows as what they would become, every wrong cell named by row and heading. Writes nothing. */
import { err, ok } from '#domain/result.ts';
import type { RowNote } from './import-plan.ts';
import type { Result } from '#domain/result.ts';
import type { RecordState } from '#domain/record.ts';
import { createHamletMatcher, hamletInTitle, partsOfAddress } from './hamlet-names.ts';
import type { HamletMatcher } from './hamlet-names.ts';
import { readFeedback } from './feedback-rows.ts';
import type { FeedbackRow } from './feedback-rows.ts';
import { readHousehold } from './household-rows.ts';
import type { HouseholdRow } from './household-rows.ts';
import { layouts } from './layout.ts';
import type { ListField, ListLayout } from './layout.ts';
import { knownKeys, mapSheet } from './mapping.ts';
import type { DroppedColumn, MappedSheet, Mapping } from './mapping.ts';
import { readModel } from './model-rows.ts';
import type { ModelRow } from './model-rows.ts';
import { readPrestigious } from './prestigious-rows.ts';
import type { PrestigiousRow } from './prestigious-rows.ts';
import { createRowSorter, isPhoneMended, phonesLeftOut, readerOf } from './row-reader.ts';
import type { KeptCells, RowPlace, RowReader, WrongRow } from './row-reader.ts';
import { plainHeading } from './plain-heading.ts';
import { listsIn } from './stacked-lists.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import type { Sheet } from '#tables/table.ts';

export interface ReadContext {
  /** The local day of the reading, `YYYY-MM-DD`. */
  readonly today: string;
  /** Names this list as the official source of the households' needs. */
  readonly sourceListId: string;
  /** The commune's hamlets: by them a title or a sheet's name is known to tell of one. */
  readonly hamlets: readonly RecordState<'area'>[];
}

/** By layout, what one row becomes. */
export interface RowOf {
  households: HouseholdRow;
  prestigious: PrestigiousRow;
  feedback: FeedbackRow;
  models: ModelRow;
}

export interface ListedRow<L extends ListLayout = ListLayout> extends RowPlace {
  /** As the file writes it; which area it is, is found out later. Empty: the list says none. */
  readonly hamlet: string;
  readonly row: RowOf[L];
  readonly kept: KeptCells;
}

export interface ReadSheet {
  readonly name: string;
  readonly dropped: readonly DroppedColumn[];
  /** Lines below the heading that hold no row of the list: empty ones, totals, headings again, what stands under the totals. */
  readonly skipped: { readonly empty: number; readonly totals: number; readonly other: readonly number[] };
}

export type SheetError =
  /** `lists_persons`: a row a person, the children of a house too: each would be taken for a household. */
  | { readonly code: 'no_heading' | 'no_rows' | 'lists_persons' }
  | { readonly code: 'missing_columns'; readonly fields: readonly ListField[] }
  /** `unnamed_column`: a name goes on, or something else stands, in the column to the right of this heading, which has none. */
  | { readonly code: 'doubled_columns' | 'unnamed_column'; readonly headings: readonly string[] };

export interface ReadList<L extends ListLayout = ListLayout> {
  readonly layout: L;
  readonly rows: readonly ListedRow<L>[];
  readonly wrong: readonly WrongRow[];
  readonly sheets: readonly ReadSheet[];
  /** Sheets that hold no such list, a page of totals perhaps, and lists further down that lack something; and why not. */
  readonly leftOut: readonly LeftOut[];
  /** By field, in the order of the file, as it writes them. */
  readonly headings: ReadonlyMap<ListField, string>;
  /** Rows whose phone number had lost its leading zero. */
  readonly mendedPhones: readonly RowPlace[];
  /** What was read of a row and is not kept: the row itself comes in. */
  readonly notes: readonly RowNote[];
}

/** `line`: where a list begins that stands under another one; undefined: the whole sheet. */
export interface LeftOut {
  readonly name: string;
  readonly line?: number | undefined;
  readonly error: SheetError;
}

type RowParser<L extends ListLayout> = (reader: RowReader, context: ReadContext) => RowOf[L] | undefined;
const parsers: { readonly [L in ListLayout]: RowParser<L> } = {
  households: readHousehold, prestigious: readPrestigious, feedback: readFeedback, models: readModel,
};

export function readList<L extends ListLayout>(sheets: readonly Sheet[], layout: L, mapping: Mapping, context: ReadContext): Result<ReadList<L>, SheetError> {
  const matcher = createHamletMatcher(context.hamlets);
  const rows: ListedRow<L>[] = [];
  const wrong: WrongRow[] = [];
  const mendedPhones: RowPlace[] = [];
  const notes: RowNote[] = [];
  const read: ReadSheet[] = [];
  const leftOut: LeftOut[] = [];
  const headings = new Map<ListField, string>();
  for (const whole of sheets) {
    let hamlet = '';
    for (const [at, sheet] of listsIn(whole, layout, knownKeys(mapping)).entries()) {
      const leave = (error: SheetError) => void leftOut.push({ name: sheet.name, error, ...(at === 0 ? {} : { line: sheet.rows[0]?.line }) });
      const mapped = mapSheet(sheet, layout, mapping);
      const fault = mapped === undefined ? { code: 'no_heading' as const } : faultOf(mapped, layout);
      if (mapped === undefined || fault !== undefined) {
        leave(fault ?? { code: 'no_heading' });
        continue;
      }
      const found = readSheet(sheet, mapped, { layout, matcher, context, hamletAbove: hamlet, isFirst: at === 0 });
      if (!found.ok) {
        leave(found.error);
        continue;
      }
      ({ hamlet } = found.value);
      for (const [field, { heading }] of mapped.columns) if (!headings.has(field)) headings.set(field, heading);
      // One by one: a list may be longer than a call has room for arguments.
      for (const row of found.value.rows) rows.push(row);
      for (const row of found.value.wrong) wrong.push(row);
      for (const place of found.value.mendedPhones) mendedPhones.push(place);
      for (const note of found.value.notes) notes.push(note);
      read.push({ name: sheet.name, dropped: mapped.dropped, skipped: found.value.skipped });
    }
  }
  // A person has to mend the file: nothing of it is read as if that sheet held no list.
  const unclear = leftOut.find(({ error }) => error.code === 'doubled_columns' || error.code === 'unnamed_column');
  if (unclear !== undefined || read.length === 0) return err(unclear?.error ?? nearestFault(leftOut.map(({ error }) => error)));
  // Where one sheet names its hamlet, the rows of one that does not are wrong, each by itself; where none does, the list lacks it.
  const isWithoutHamlets = rows.length === 0 && !headings.has('hamlet') && wrong.every(({ kept }) => (kept.hamlet ?? '') === '');
  if (isWithoutHamlets && layouts[layout].needed.includes('hamlet')) return err({ code: 'missing_columns', fields: ['hamlet'] });
  return ok({ layout, rows, wrong, sheets: read, leftOut, headings, mendedPhones, notes });
}

/** Of several sheets, what is wrong with the one that comes nearest to a list. */
function nearestFault(faults: readonly SheetError[]): SheetError {
  for (const code of ['lists_persons', 'missing_columns', 'no_rows'] as const) {
    const found = faults.find((fault) => fault.code === code);
    if (found !== undefined) return found;
  }
  return { code: 'no_heading' };
}

/** But for the hamlet, which may stand elsewhere. */
function faultOf({ heading, columns, doubled, halfName }: MappedSheet, layout: ListLayout): SheetError | undefined {
  if (layout === 'households' && heading.columns.some((column) => /^(?:moi )?quan he\b/u.test(plainHeading(column.heading)))) return { code: 'lists_persons' };
  const missing = layouts[layout].needed.filter((field) => field !== 'hamlet' && !columns.has(field));
  if (missing.length > 0) return { code: 'missing_columns', fields: missing };
  if (halfName !== undefined) return { code: 'unnamed_column', headings: [halfName] };
  return doubled.length > 0 ? { code: 'doubled_columns', headings: doubled } : undefined;
}

interface SheetRows<L extends ListLayout> {
  readonly rows: readonly ListedRow<L>[];
  readonly wrong: readonly WrongRow[];
  readonly mendedPhones: readonly RowPlace[];
  readonly notes: readonly RowNote[];
  readonly skipped: ReadSheet['skipped'];
  /** In which its last rows lie. */
  readonly hamlet: string;
}

function readSheet<L extends ListLayout>(
  sheet: Sheet,
  mapped: MappedSheet,
  { layout, matcher, context, hamletAbove, isFirst }: {
    readonly layout: L; readonly matcher: HamletMatcher; readonly context: ReadContext; readonly hamletAbove: string; readonly isFirst: boolean;
  },
): Result<SheetRows<L>, SheetError> {
  const rows: ListedRow<L>[] = [];
  const wrong: WrongRow[] = [];
  const mendedPhones: RowPlace[] = [];
  const notes: RowNote[] = [];
  const skipped = { empty: 0, totals: 0, other: [] as number[] };
  // A bare number is a page's as often as a hamlet's, and one word a person's name.
  const sort = createRowSorter(mapped, layout, (written) => /\p{L} /u.test(written) && matcher.match(written) !== 'unknown');
  const thisYear = Number(context.today.slice(0, 4));
  const titled = hamletOfSheet(sheet, mapped, matcher, isFirst ? sheet.name : '');
  // A list further down lies where the one above it does, unless a title of its own says otherwise.
  let hamlet = titled ?? hamletAbove;
  for (const row of sheet.rows.slice(mapped.heading.lastRow + 1)) {
    const place = { sheet: sheet.name, line: row.line };
    const reader = readerOf(row, mapped, place, hamlet, thisYear);
    const sorted = sort(row, reader);
    if (sorted === 'unclear') hamlet = '';
    if (typeof sorted === 'object') hamlet = sorted.hamlet;
    else if (sorted === 'empty') skipped.empty += 1;
    else if (sorted === 'totals') skipped.totals += 1;
    else if (sorted === 'other') skipped.other.push(row.line);
    else {
      if (layouts[layout].needed.includes('hamlet') && reader.text('hamlet') === '') reader.refuse('hamlet', 'required');
      const value = parsers[layout](reader, context);
      const kept = reader.kept();
      if (value === undefined || reader.errors.length > 0) wrong.push({ ...place, errors: reader.errors, kept });
      else {
        // A cell left empty below another hamlet may mean that one, or the one of the title: nobody knows.
        if (hamlet !== '' && !isSameHamlet(reader.text('hamlet'), hamlet, matcher)) hamlet = '';
        rows.push({ ...place, hamlet: reader.text('hamlet'), row: value, kept });
        if (isPhoneMended(reader)) mendedPhones.push(place);
        const others = phonesLeftOut(reader);
        if (others !== '') notes.push({ ...place, code: 'phone_left_out', said: others });
      }
    }
  }
  if (rows.length + wrong.length === 0) return err({ code: 'no_rows' });
  return ok({ rows, wrong, mendedPhones, notes, skipped, hamlet });
}

/** The hamlet that all of a list tells of: in a title above its heading, or on its tab. Undefined: none is named; empty: two are, and nobody knows which is meant. */
function hamletOfSheet({ rows }: Sheet, { heading }: MappedSheet, matcher: HamletMatcher, tab: string): string | undefined {
  const titles = rows.slice(0, heading.firstRow).flatMap((row) => row.cells.filter((cell) => cell !== ''));
  // A bare number is a page's as often as a hamlet's.
  const isKnown = (written: string) => /\p{L}/u.test(written) && matcher.match(written) !== 'unknown';
  const onTab = hamletInTitle(tab) ?? (isKnown(tab) ? tab : undefined);
  const named = [...titles.flatMap((title) => hamletsInTitle(title, isKnown)), ...(onTab === undefined ? [] : [onTab])];
  const [first, ...others] = named;
  return first !== undefined && others.some((other) => !isSameHamlet(first, other, matcher)) ? '' : first;
}

function hamletsInTitle(title: string, isKnown: (written: string) => boolean): readonly string[] {
  const said = hamletInTitle(title);
  const parts = [said, ...partsOfAddress(title), ...title.split(/ và /iu).map((part) => hamletInTitle(part))].filter((part) => part !== undefined);
  const known = parts.filter(isKnown);
  return known.length > 0 ? known : said === undefined ? [] : [said];
}

function isSameHamlet(one: string, other: string, matcher: HamletMatcher): boolean {
  const [a, b] = [matcher.match(one), matcher.match(other)];
  return typeof a === 'object' && typeof b === 'object' ? a.areaId === b.areaId : withoutDiacritics(one) === withoutDiacritics(other);
}
