/** The official list of provinces and communes (columns code, level, kind, name, parent_code): from rows to areas, every wrong cell named. */
import { areaSchema, areaKinds, kindsOfLevel } from '#domain/area.ts';
import type { Area, AreaKind } from '#domain/area.ts';
import { provinceAreaId } from '#domain/identifiers.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { tidyText } from '#domain/vietnamese-text.ts';
import type { TableRow } from '#tables/table.ts';

const areaColumns = ['code', 'level', 'kind', 'name', 'parent_code'] as const;
export type AreaColumn = (typeof areaColumns)[number];

export interface AreaError {
  readonly line: number;
  /** Undefined: beyond the last one. */
  readonly column: AreaColumn | undefined;
  readonly value: string;
  readonly code:
    | 'extra_cells' | 'bad_code' | 'code_twice' | 'bad_level' | 'bad_kind' | 'kind_of_level' | 'bad_name' | 'no_parent' | 'unknown_parent' | 'parent_of_province';
  /** `code_twice`: the line that had it first. */
  readonly otherLine?: number | undefined;
}

export interface AreaList {
  readonly areas: readonly Area[];
  readonly errors: readonly AreaError[];
  readonly read: number;
}

/** `isKnown`: does an area of this id exist already (a parent may have come with an earlier file)? */
export function readAreaList(
  rows: readonly TableRow[],
  isKnown: (areaId: string) => boolean,
): Result<AreaList, { readonly code: 'missing_columns'; readonly columns: readonly AreaColumn[] }> {
  const heading = (rows[0]?.cells ?? []).map((cell) => cell.toLowerCase());
  const missing = areaColumns.filter((column) => !heading.includes(column));
  if (missing.length > 0) return err({ code: 'missing_columns', columns: missing });

  const cellsOf = (row: TableRow) =>
    Object.fromEntries(areaColumns.map((column) => [column, tidyText(row.cells[heading.indexOf(column)] ?? '')])) as Record<AreaColumn, string>;
  const lines = rows.slice(1).filter((row) => row.cells.some((cell) => cell !== '')).map((row) => ({
    line: row.line,
    cells: cellsOf(row),
    // A comma in a name, without quotes, moves all that follows.
    extra: row.cells.slice(heading.length).filter((cell) => cell !== '').join(', '),
  }));
  // A province whose own code is wrong is nobody's parent.
  const provinces = new Set(lines.filter(({ cells }) => cells.level === 'province' && isProvinceCode(cells.code)).map(({ cells }) => cells.code));
  const firstLineOf = new Map<string, number>();
  const areas: Area[] = [];
  const errors: AreaError[] = [];
  for (const { line, cells, extra } of lines) {
    if (extra !== '') errors.push({ line, column: undefined, value: extra, code: 'extra_cells' });
    const found = errorsOf(cells, (province) => provinces.has(province) || isKnown(provinceAreaId(province)));
    const otherLine = firstLineOf.get(cells.code);
    if (otherLine !== undefined) found.push({ column: 'code', code: 'code_twice', otherLine });
    firstLineOf.set(cells.code, otherLine ?? line);
    if (found.length === 0 && extra === '') areas.push(areaOf(cells));
    for (const error of found) errors.push({ line, value: cells[error.column], ...error });
  }
  return ok({ areas, errors, read: lines.length });
}

type WrongCell = Omit<AreaError, 'line' | 'value'> & { readonly column: AreaColumn };

function errorsOf(cells: Record<AreaColumn, string>, isProvince: (code: string) => boolean): WrongCell[] {
  const { level } = cells;
  // A hamlet is no administrative level and has no official code: it comes with the households' list.
  if (level !== 'province' && level !== 'commune') return [{ column: 'level', code: 'bad_level' }];
  const errors: WrongCell[] = [];
  // Codes that begin with 9 are left to the provinces' own records (`provinceAreaId`); no commune has one.
  const isCode = level === 'province' ? isProvinceCode(cells.code) : /^[0-8]\d{4}$/u.test(cells.code);
  if (!isCode) errors.push({ column: 'code', code: 'bad_code' });
  if (!(areaKinds as readonly string[]).includes(cells.kind)) errors.push({ column: 'kind', code: 'bad_kind' });
  else if (!kindsOfLevel[level].includes(cells.kind as AreaKind)) errors.push({ column: 'kind', code: 'kind_of_level' });
  if (cells.name.length < 1 || cells.name.length > 80) errors.push({ column: 'name', code: 'bad_name' });
  if (level === 'province') {
    if (cells.parent_code !== '') errors.push({ column: 'parent_code', code: 'parent_of_province' });
  } else if (cells.parent_code === '') errors.push({ column: 'parent_code', code: 'no_parent' });
  else if (!isProvince(cells.parent_code)) errors.push({ column: 'parent_code', code: 'unknown_parent' });
  return errors;
}

function isProvinceCode(code: string): boolean {
  return /^\d{2}$/u.test(code);
}

function areaOf(cells: Record<AreaColumn, string>): Area {
  const isProvince = cells.level === 'province';
  return areaSchema.parse({
    code: isProvince ? provinceAreaId(cells.code) : cells.code,
    level: cells.level,
    kind: cells.kind,
    name: cells.name,
    ...(isProvince ? {} : { parent: provinceAreaId(cells.parent_code) }),
  });
}
