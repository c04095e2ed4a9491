/** A row of the list of prestigious persons (Decision 12/2018 and what followed it) as the person and the term they were recognized for. */
import { termYearsDecidedOn } from '#domain/advance-term.ts';
import { prestigiousPersonSchema } from '#domain/prestigious-person.ts';
import type { PrestigiousPerson } from '#domain/prestigious-person.ts';
import type { PrestigiousTerm } from '#domain/prestigious-term.ts';
import { toRejection } from '#domain/rejection.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import { dayOfText, markOf, yearOfText } from './cells.ts';
import type { ListField } from './layout.ts';
import type { ReadContext } from './read-list.ts';
import type { RowReader } from './row-reader.ts';

export interface PrestigiousRow {
  readonly person: PrestigiousPerson;
  /** Undefined: the list names neither decision nor term. */
  readonly term: Omit<PrestigiousTerm, 'personId'> | undefined;
}

const fieldColumns = { fullName: 'fullName', birthYear: 'birthYear', sex: 'sex', phone: 'phone' } as const satisfies Partial<Record<keyof PrestigiousPerson, ListField>>;

export function readPrestigious(reader: RowReader, { today }: ReadContext): PrestigiousRow | undefined {
  const thisYear = Number(today.slice(0, 4));
  const born = bornIn(reader, thisYear);
  const sex = sexOf(reader) ?? born.sex;
  const phone = reader.phone();
  const fullName = reader.name('fullName');
  const fields = {
    ...(fullName === '' ? {} : { fullName }),
    ...(born.year === undefined ? {} : { birthYear: born.year }),
    ...(sex === undefined ? {} : { sex }),
    ...(phone === undefined ? {} : { phone }),
  };
  const parsed = prestigiousPersonSchema.safeParse(fields, { reportInput: true });
  for (const issue of parsed.error?.issues ?? []) {
    const { code, field } = toRejection([issue]);
    const column = fieldColumns[field as keyof typeof fieldColumns];
    if (column === undefined) throw new Error(`a list of prestigious persons has no column for ${field}: ${code}`);
    reader.refuse(column === 'birthYear' ? born.field : column, code);
  }
  if (born.year !== undefined && born.year > thisYear - 18) reader.refuse(born.field, 'out_of_range');
  const term = termOf(reader, today);
  return parsed.data === undefined ? undefined : { person: parsed.data, term };
}

interface Born {
  readonly year: number | undefined;
  readonly sex: 'm' | 'f' | undefined;
  /** Where it stands, or should. */
  readonly field: ListField;
}

/** The year stands in one column, or under `Nam` or `Nữ`: which of the two is filled says the sex. There may also be a tick instead. */
function bornIn(reader: RowReader, thisYear: number): Born {
  const sides = (['birthYearMale', 'birthYearFemale'] as const).filter((field) => reader.text(field) !== '');
  const field = reader.text('birthYear') !== '' || sides[0] === undefined ? (reader.has('birthYear') || !reader.has('birthYearMale') ? 'birthYear' : 'birthYearMale') : sides[0];
  const sex = sides[0] === undefined ? undefined : sides[0] === 'birthYearMale' ? ('m' as const) : ('f' as const);
  if (sides.length > 1) reader.refuse('birthYearFemale', 'unclear_sex');
  const text = reader.text(field);
  const year = yearOfText(text, thisYear);
  if (text !== '' && year === undefined) reader.refuse(field, 'not_a_year');
  if (field === 'birthYear' && sides[0] !== undefined && markOf(reader.text(sides[0])) !== true) reader.refuse(sides[0], 'not_a_mark');
  return { year, sex, field };
}

function sexOf(reader: RowReader): 'm' | 'f' | undefined {
  const text = withoutDiacritics(reader.text('sex'));
  if (text === '') return undefined;
  if (text === 'nam' || text === 'nu') return text === 'nam' ? 'm' : 'f';
  reader.refuse('sex', 'unclear_sex');
  return undefined;
}

function termOf(reader: RowReader, today: string): PrestigiousRow['term'] {
  const { decisionNo, decidedOn } = decisionOf(reader, today);
  const years = /\b(20\d{2})\s*[-–]\s*(20\d{2})\b/u.exec(reader.text('term'));
  if (reader.text('term') !== '' && years === null) reader.refuse('term', 'not_a_year');
  if (decisionNo === '' && decidedOn === undefined && years === null) return undefined;
  if (years === null && decidedOn === undefined) {
    reader.refuse('decidedOn', 'required');
    return undefined;
  }
  const span = years === null ? termYearsDecidedOn(decidedOn ?? '') : { termFrom: Number(years[1]), termTo: Number(years[2]) };
  if (span.termTo < span.termFrom) reader.refuse('term', 'out_of_range');
  if (decisionNo.length > 60) reader.refuse('decisionNo', 'too_long');
  return {
    ...span,
    state: 'recognized',
    ...(decisionNo === '' ? {} : { decisionNo }),
    ...(decidedOn === undefined ? {} : { decidedOn }),
  };
}

/** `123/QĐ-UBND ngày 5/3/2023` says both at once. */
function decisionOf(reader: RowReader, today: string): { readonly decisionNo: string; readonly decidedOn: string | undefined } {
  const written = reader.text('decisionNo');
  const day = reader.day('decidedOn');
  const both = /^(.*?)[,;]?\s+ngày\s+(.+)$/iu.exec(written);
  const within = both === null ? undefined : dayOfText(both[2] ?? '', Number(today.slice(0, 4)));
  const isSplit = within !== undefined && 'day' in within;
  const decidedOn = day ?? (isSplit && reader.text('decidedOn') === '' ? within.day : undefined);
  if (decidedOn !== undefined && decidedOn > today) reader.refuse('decidedOn', 'in_future');
  return { decisionNo: isSplit ? (both?.[1] ?? '').trim() : written, decidedOn };
}
