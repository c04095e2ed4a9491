/**
 * Every household on this phone, sorted once and kept so: a list of twenty thousand is searched at each key. Made when somebody first asks. It holds no
 * version of a record that is no longer shown, for that may be what a household took back.
 */
import type { RecordState } from '#domain/record.ts';
import { compareVietnamese, withoutDiacritics } from '#domain/vietnamese-text.ts';
import type { HouseholdOrder } from './field-store.ts';

type Household = RecordState<'household'>;

export interface HouseholdTable {
  sorted(order: HouseholdOrder): readonly Household[];
  /** Undefined: new, or no longer shown. */
  note(before: Household | undefined, after: Household | undefined): void;
}

export function createHouseholdTable(all: () => Iterable<Household>): HouseholdTable {
  const tables = new Map<HouseholdOrder, Household[]>();

  return {
    sorted(order) {
      const known = tables.get(order);
      if (known !== undefined) return known;
      const made = [...all()].sort(comparers[order]);
      // Here, where somebody waits for the list anyway, and not at the first key of a search.
      for (const household of made) spellingOf(household);
      tables.set(order, made);
      return made;
    },
    note(before, after) {
      for (const [order, table] of tables) {
        const compare = comparers[order];
        const at = before === undefined ? undefined : placeOf(before, table, compare);
        // One that goes as a rule goes with its whole hamlet: sorting anew is cheaper than so many gaps.
        if (after === undefined || (at !== undefined && table[at] !== before)) {
          tables.delete(order);
          continue;
        }
        if (at !== undefined) table.splice(at, 1);
        table.splice(placeOf(after, table, compare), 0, after);
      }
    },
  };
}

type Compare = (a: Household, b: Household) => number;

/** Where it stands, or would. */
function placeOf(household: Household, table: readonly Household[], compare: Compare): number {
  let [from, to] = [0, table.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const there = table[middle];
    if (there !== undefined && compare(there, household) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

const comparers: Readonly<Record<HouseholdOrder, Compare>> = { number: byNumber, name: byName };

/** Hamlet by hamlet, by the number in its book. */
function byNumber(a: Household, b: Household): number {
  return inOrder(a.areaId, b.areaId) || numberIn(a.fields.no) - numberIn(b.fields.no) || compareVietnamese(nameOf(a), nameOf(b)) || inOrder(a.recordId, b.recordId);
}

/** As lists of people are kept: by the given name, which stands last, then by the family's. Without a name last, by hamlet and number. */
function byName(a: Household, b: Household): number {
  const [one, other] = [spellingOf(a), spellingOf(b)];
  if ((one.given === '') !== (other.given === '')) return one.given === '' ? 1 : -1;
  return compareVietnamese(one.given, other.given) || compareVietnamese(nameOf(a), nameOf(b)) || byNumber(a, b);
}

function inOrder(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

interface Spelling {
  readonly given: string;
  readonly searched: string;
}
const spellings = new WeakMap<Household, Spelling>();

function spellingOf(household: Household): Spelling {
  const known = spellings.get(household);
  if (known !== undefined) return known;
  const headName = textIn(household.fields.headName);
  const spelling = {
    given: headName.replace(/\s*\([^)]*\)\s*$/u, '').trim().split(/\s+/u).at(-1) ?? '',
    searched: withoutDiacritics(`${headName} ${textIn(household.fields.houseLabel)}`),
  };
  spellings.set(household, spelling);
  return spelling;
}

/** Each without diacritics and lower case: anywhere in the name or the label; the number from its beginning; the phone from its end, three digits or more. */
export function answersTo(household: Household, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { no, phone } = household.fields;
  const { searched } = spellingOf(household);
  return words.every((word) => searched.includes(word) || (typeof no === 'number' && String(no).startsWith(word)) || (word.length >= 3 && textIn(phone).endsWith(word)));
}

function nameOf({ fields }: Household): string {
  return textIn(fields.headName) || textIn(fields.houseLabel);
}

/** An answer is not read by the schemas of its records (a newer endpoint may know more): one whose field is no text must not hide all the others by throwing. */
function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberIn(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
