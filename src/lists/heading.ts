/** Where a sheet's heading stands, and what each of its columns is called. Below it no cell of a forbidden column is looked at. */
import type { TableRow } from '#tables/table.ts';
import { layouts } from './layout.ts';
import type { ListLayout } from './layout.ts';
import { fieldOf, isForbidden, plainHeading, shownHeading } from './plain-heading.ts';

export interface HeadingColumn {
  /** From 0. */
  readonly index: number;
  /** As the list shows it, the group above it before it where it says nothing alone: `Năm sinh - Nam`. */
  readonly heading: string;
  /** By which a mapping names the column, also in the next file: the heading's words, numbered where they come twice. */
  readonly key: string;
  readonly isForbidden: boolean;
}

export interface SheetHeading {
  /** Rows up to and with this one (an index, not a line) come before the list's own. */
  readonly lastRow: number;
  readonly firstRow: number;
  readonly columns: readonly HeadingColumn[];
}

/** How far down a heading is looked for: title rows above it are few. */
const searchedRows = 40;
/** How many rows one heading may stand over. */
const mostHeadingRows = 3;

/** `known`: keys of headings that a person mapped before. Undefined: this is no such list. */
export function findHeading(rows: readonly TableRow[], layout: ListLayout, known: ReadonlySet<string> = new Set()): SheetHeading | undefined {
  const searched = rows.slice(0, searchedRows);
  const strengths: Strength[] = [];
  for (const [index, row] of searched.entries()) {
    const strength = strengthOf(row, layout, known);
    // The rows below are the list's own: nothing more of them is read to find it.
    if (isStrong(strength)) return headingAt(rows, index, layout);
    strengths.push(strength);
  }
  const weak = strengths.findIndex(({ said, hasKey, filled }) => said > 1 || (hasKey && filled > 1));
  return weak < 0 ? undefined : headingAt(rows, weak, layout);
}

/** Do its cells say what stands in the columns below them, by themselves? */
export function isHeadingRow(row: TableRow, layout: ListLayout): boolean {
  return isStrong(strengthOf(row, layout, new Set()));
}

/** How many cells are a heading's: known, forbidden, or remembered by a mapping. */
interface Strength {
  readonly said: number;
  readonly remembered: number;
  readonly hasKey: boolean;
  readonly filled: number;
}

function strengthOf({ cells: all }: TableRow, layout: ListLayout, known: ReadonlySet<string>): Strength {
  const cells = all.filter((cell) => cell !== '');
  const fields = new Set(cells.map((cell) => fieldOf(cell, layout)).filter((field) => field !== undefined));
  const forbidden = cells.filter((cell) => isForbidden(cell, layout)).length;
  const remembered = cells.filter((cell) => fieldOf(cell, layout) === undefined && known.has(plainHeading(cell))).length;
  return { said: fields.size + forbidden + remembered, remembered, hasKey: fields.has(layouts[layout].key), filled: cells.length };
}

function isStrong({ said, remembered, hasKey }: Strength): boolean {
  return (hasKey && said > 1) || said > 2 || remembered > 1;
}

interface Named {
  /** `''`: nothing stands there, or only the group to its left. */
  readonly top: string;
  readonly heading: string;
  readonly isForbidden: boolean;
}

function headingAt(rows: readonly TableRow[], firstRow: number, layout: ListLayout): SheetHeading {
  let named: Named[] = withGroupsAbove(rows, firstRow, layout);
  let lastRow = firstRow;
  while (lastRow - firstRow + 1 < mostHeadingRows) {
    const below = rows[lastRow + 1];
    const lower = below === undefined ? undefined : underGroups(named, below, layout);
    if (lower === undefined) break;
    named = lower;
    lastRow += 1;
  }
  const times = new Map<string, number>();
  const columns = named.flatMap(({ heading, isForbidden: isNever }, index) => {
    if (heading === '') return [];
    const plain = plainHeading(heading);
    const time = (times.get(plain) ?? 0) + 1;
    times.set(plain, time);
    return [{ index, heading, key: time === 1 ? plain : `${plain} #${time}`, isForbidden: isNever }];
  });
  return { firstRow, lastRow, columns };
}

function headingCell(cell: string, layout: ListLayout): Named {
  const heading = shownHeading(cell);
  return { top: heading, heading, isForbidden: isForbidden(heading, layout) };
}

/** A heading found in its lower row: the groups above it say what is forbidden under them. */
function withGroupsAbove(rows: readonly TableRow[], firstRow: number, layout: ListLayout): Named[] {
  const cells = rows[firstRow]?.cells ?? [];
  const above = rows[firstRow - 1]?.cells ?? [];
  const own = cells.map((cell) => headingCell(cell, layout));
  const key = cells.findIndex((cell) => fieldOf(cell, layout) === layouts[layout].key);
  const isTitle = above.slice(0, Math.max(key, 0) + 1).some((cell) => cell !== '') || above.some((cell) => cell.length > 40);
  if (isTitle) return own;
  let group = '';
  return own.map((name, index) => {
    group = (above[index] ?? '') || group;
    return name.heading !== '' && isForbidden(group, layout) ? { ...name, isForbidden: true } : name;
  });
}

/**
 * `Thuộc diện` over `Hộ nghèo | Hộ cận nghèo`: the lower row says which. Under the name it is empty, or says the same again where the cells were one.
 * Undefined: this row is none of the heading.
 */
function underGroups(named: readonly Named[], below: TableRow, layout: ListLayout): Named[] | undefined {
  const { key } = layouts[layout];
  const isOver = (index: number): boolean => {
    const cell = shownHeading(below.cells[index] ?? '');
    return cell === '' || cell === named[index]?.heading;
  };
  for (const [index, { heading }] of named.entries()) {
    const field = fieldOf(heading, layout);
    if ((field === key || field === 'no') && !isOver(index)) return undefined;
  }
  let group: Named | undefined;
  let isLower = false;
  const lower = named.map((name, index) => {
    if (name.top !== '') group = name;
    // What lies under a forbidden group is not looked at: it may be a person's already.
    if (group?.isForbidden === true && (name.top === '' || name.isForbidden)) return name;
    const cell = shownHeading(below.cells[index] ?? '');
    if (cell === '' || cell === name.heading) return name;
    const under = headingUnder(group?.heading ?? '', cell, layout);
    if (group !== undefined && (fieldOf(under.heading, layout) !== undefined || under.isForbidden || name.top === '')) isLower = true;
    return under;
  });
  return isLower ? lower : undefined;
}

function headingUnder(group: string, cell: string, layout: ListLayout): Named {
  const both = group === '' ? cell : `${group} - ${cell}`;
  const heading = fieldOf(cell, layout) === undefined || fieldOf(both, layout) !== undefined ? both : cell;
  return { top: cell, heading, isForbidden: isForbidden(both, layout) || isForbidden(cell, layout) };
}
