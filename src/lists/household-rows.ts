/** A row of a hamlet's household list as a household. */
import { toRejection } from '#domain/rejection.ts';
import { householdSchema } from '#domain/household.ts';
import type { Household, HouseholdNeed } from '#domain/household.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import { wordingIn } from '#domain/wording.ts';
import { readHamletName } from './hamlet-names.ts';
import type { ListField } from './layout.ts';
import type { ReadContext } from './read-list.ts';
import type { RowReader } from './row-reader.ts';

export interface HouseholdRow {
  readonly household: Household;
  /** False: the list gives no place, and the house is labelled by its number. */
  readonly isLabelGiven: boolean;
}

const fieldColumns = { no: 'no', headName: 'headName', houseLabel: 'houseLabel', phone: 'phone', members: 'members' } as const satisfies Partial<Record<keyof Household, ListField>>;
const needColumns = ['poor', 'near_poor', 'policy_merit'] as const satisfies readonly (ListField & HouseholdNeed)[];

/** `Xóm Ngọc Sơn, xã Quang Hán` says no more than the hamlet's column: no house is found by it. */
function isJustHamlet(label: string, hamlet: string): boolean {
  const [place = '', ...upper] = label.split(/[,;]| - /u).map((part) => part.trim());
  const plain = (name: string) => withoutDiacritics(readHamletName(name).name);
  return hamlet !== '' && plain(place) === plain(hamlet) && upper.every((part) => /^(?:xã|phường|huyện|tỉnh)\s/iu.test(part));
}

/** Undefined, with every wrong cell refused, where the row is none. */
export function readHousehold(reader: RowReader, { sourceListId }: ReadContext): HouseholdRow | undefined {
  const no = reader.number('no');
  const members = reader.number('members');
  const needs = needColumns.filter((column) => reader.isTicked(column));
  const phone = reader.phone();
  const written = reader.text('houseLabel');
  const label = isJustHamlet(written, reader.text('hamlet')) ? '' : written;
  const headName = reader.name('headName');
  const fields = {
    ...(no === undefined ? {} : { no }),
    ...(headName === '' ? {} : { headName }),
    houseLabel: label || `số ${no ?? ''}`,
    ...(phone === undefined ? {} : { phone }),
    ...(members === undefined ? {} : { members }),
    ...(needs.length === 0 ? {} : { needs, sourceListId }),
    contact: 'not_asked' as const,
  };
  const parsed = householdSchema.safeParse(fields, { reportInput: true });
  for (const issue of parsed.error?.issues ?? []) {
    const { code, field } = toRejection([issue]);
    const column = fieldColumns[field as keyof typeof fieldColumns];
    if (column === undefined) throw new Error(`a household list has no column for ${field}: ${code}`);
    reader.refuse(column, code);
  }
  // What no form saves no list brings in: a person has to write it otherwise.
  if (wordingIn(label, 'note').length > 0) reader.refuse('houseLabel', 'wording');
  return parsed.data === undefined ? undefined : { household: parsed.data, isLabelGiven: label !== '' };
}
