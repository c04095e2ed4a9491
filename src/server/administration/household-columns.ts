/**
 * The headings of a hamlet's household list (domain model, section 8) and what becomes of each column. Headings vary from office to
 * office: other case, order, without diacritics, over two rows. A column that no rule here takes up is never read past its heading.
 */
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import type { TableRow } from '#tables/table.ts';

export type HouseholdColumn =
  | 'no' | 'hamlet' | 'headName' | 'members' | 'houseLabel' | 'phone' | 'poor' | 'near_poor' | 'policy_merit';

/** Without diacritics and signs. */
const headings: Record<HouseholdColumn, readonly string[]> = {
  no: ['stt', 'tt', 'so tt', 'so thu tu', 'so ho', 'ho so'],
  hamlet: ['xom', 'thon', 'ban', 'to dan pho', 'tdp', 'xom to dan pho', 'thon xom', 'xom thon', 'thon ban', 'thon xom ban', 'thon to dan pho'],
  headName: ['ho va ten chu ho', 'ho ten chu ho', 'ten chu ho', 'chu ho', 'ho va ten', 'ho ten'],
  members: ['so nhan khau', 'nhan khau', 'so khau', 'khau', 'so nguoi'],
  houseLabel: ['dia chi', 'cho o', 'noi o', 'vi tri nha'],
  phone: ['so dien thoai', 'dien thoai', 'so dt', 'sdt', 'dt'],
  poor: ['ho ngheo', 'ngheo'],
  near_poor: ['ho can ngheo', 'can ngheo'],
  policy_merit: ['ho chinh sach', 'gia dinh chinh sach', 'chinh sach', 'nguoi co cong', 'gia dinh co cong'],
};

const columnOfHeading = new Map(
  Object.entries(headings).flatMap(([column, texts]) => texts.map((text) => [text, column as HouseholdColumn] as const)),
);

/** What is never stored (domain model 3.4), and free notes, where such things are written. */
const neverStored = [
  'dan toc', 'ton giao', 'tin nguong', 'dang vien', 'vao dang', 'dang phai', 'chinh tri', 'cccd', 'cmnd', 'can cuoc', 'chung minh',
  'dinh danh', 'trinh do', 'thanh phan', 'ghi chu', 'nhan xet', 'danh gia', 'thai do', 'tu tuong', 'benh', 'toa do',
];

export interface DroppedColumn {
  readonly heading: string;
  /** False: there is merely no place for it (year of birth). */
  readonly isForbidden: boolean;
}

export interface HouseholdHeading {
  /** Rows up to and with this one (an index, not a line) come before the households. */
  readonly lastRow: number;
  readonly columns: ReadonlyMap<HouseholdColumn, { readonly index: number; readonly heading: string }>;
  readonly dropped: readonly DroppedColumn[];
  /** Headings that claim the same column as an earlier one. */
  readonly doubled: readonly string[];
}

/** How far down a heading is looked for: title rows above it are few. */
const searchedRows = 40;

/** The first row that names the head of the household and one column more; undefined: this is no household list. */
export function findHeading(rows: readonly TableRow[]): HouseholdHeading | undefined {
  for (const [index, row] of rows.slice(0, searchedRows).entries()) {
    const names = row.cells.map(columnOf);
    if (!names.includes('headName') || names.filter((name) => name !== undefined).length < 2) continue;
    const below = rows[index + 1];
    const isTwoRows = below !== undefined && isSubheading(below, names);
    const cells = row.cells.map((cell, column) => (isTwoRows ? below.cells[column] || cell : cell));
    return headingOf(cells, isTwoRows ? index + 1 : index);
  }
  return undefined;
}

/** `Thuộc diện` over `Hộ nghèo | Hộ cận nghèo`: the lower row says which; under number and name it is empty. */
function isSubheading(below: TableRow, names: readonly (HouseholdColumn | undefined)[]): boolean {
  const underName = below.cells[names.indexOf('headName')] ?? '';
  return underName === '' && below.cells.some((cell) => columnOf(cell) !== undefined);
}

function headingOf(cells: readonly string[], lastRow: number): HouseholdHeading {
  const columns = new Map<HouseholdColumn, { index: number; heading: string }>();
  const dropped: DroppedColumn[] = [];
  const doubled: string[] = [];
  for (const [index, cell] of cells.entries()) {
    if (cell === '') continue;
    const heading = cell.replace(/\s+/gu, ' ');
    const column = columnOf(cell);
    if (column === undefined) dropped.push({ heading, isForbidden: isForbidden(cell) });
    else if (columns.has(column)) doubled.push(heading);
    else columns.set(column, { index, heading });
  }
  return { lastRow, columns, dropped, doubled };
}

function columnOf(cell: string): HouseholdColumn | undefined {
  return columnOfHeading.get(plainHeading(cell));
}

function isForbidden(cell: string): boolean {
  const plain = plainHeading(cell);
  return neverStored.some((word) => plain.includes(word));
}

/** `Số ĐT (nếu có)` -> `so dt`. */
function plainHeading(cell: string): string {
  return withoutDiacritics(cell.replace(/\([^)]*\)/gu, ' ').replace(/[^\p{L}\p{M}\p{N}]+/gu, ' '));
}

/** A heading printed again on the next page of the list. */
export function isHeadingAgain(row: TableRow, heading: HouseholdHeading): boolean {
  const at = heading.columns.get('headName');
  return at !== undefined && columnOf(row.cells[at.index] ?? '') === 'headName';
}

/** The columns a list cannot do without. */
export const neededColumns = ['no', 'hamlet', 'headName'] as const satisfies readonly HouseholdColumn[];
