/**
 * The parts of an .xlsx file that hold text, slim, for the library that reads them. What else a workbook carries (pictures, charts,
 * pivots, rules of formatting, macros, links to other files) never reaches it: less to go wrong, and no way to make it work for hours.
 * Format: ECMA-376, parts 1 and 2.
 */
import { zipSync } from 'fflate';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { bounds } from './table.ts';
import type { TableError } from './table.ts';
import { readZipPart, readZipParts } from './zip-parts.ts';

export interface WorkbookParts {
  /** An .xlsx again, nothing in it deflated. */
  readonly file: Uint8Array;
  /** In the workbook's order. */
  readonly sheets: readonly { readonly isHidden: boolean }[];
}

const contentTypes = '[Content_Types].xml';
const isText = /\.(?:xml|rels)$/iu;
const carriesNoRows = new RegExp([
  '(?:^|/)(?:theme|drawings|charts|chartEx|media|embeddings|externalLinks|pivot[a-z]*|slicer[a-z]*|timeline[a-z]*|tables|queryTables)/',
  '(?:^|/)(?:comments|threadedComments|persons|printerSettings|customXml|docProps|ctrlProps|activeX|customUI|richData|model|webextensions)/',
  'sheets/_rels/',
  '(?:^|/)(?:comments|metadata|calcChain|connections|cellimages|volatileDependencies)[0-9]*\\.xml$',
].join('|'), 'iu');

export function workbookParts(bytes: Uint8Array): Result<WorkbookParts, TableError> {
  const directory = readZipParts(bytes);
  if (!directory.ok) return err({ code: directory.error });
  const names = [...directory.value.keys()];
  if (!names.includes(contentTypes) || !names.some((name) => /(?:^|\/)workbook[^/]*\.xml$/iu.test(name))) return err({ code: 'not_spreadsheet' });

  const kept: Record<string, Uint8Array> = {};
  let left: number = bounds.inflatedBytes;
  let tags = 0;
  let sheets: WorkbookParts['sheets'] = [];
  for (const [name, part] of directory.value) {
    if (!isText.test(name) || carriesNoRows.test(name)) continue;
    const read = readZipPart(bytes, part, left);
    if (!read.ok) return err({ code: read.error });
    left -= read.value.length;
    if (isSheet(read.value)) {
      const slim = slimSheet(new TextDecoder().decode(read.value));
      if (slim === undefined) return err({ code: 'damaged' });
      kept[name] = new TextEncoder().encode(slim);
      continue;
    }
    tags += read.value.reduce((count, byte) => (byte === 0x3c ? count + 1 : count), 0);
    if (tags > bounds.treeTags) return err({ code: 'too_large' });
    kept[name] = isRelations(name) ? withoutChartSheets(read.value) : read.value;
    if (/(?:^|\/)workbook[^/]*\.xml$/iu.test(name)) sheets = sheetsOf(new TextDecoder().decode(read.value));
  }
  if (sheets.length > bounds.sheets) return err({ code: 'too_large' });
  return ok({ file: zipSync(kept, { level: 0 }), sheets });
}

/** The root's name stands within the first few hundred bytes, after a declaration and perhaps a comment. */
function isSheet(part: Uint8Array): boolean {
  return /<(?:\w+:)?worksheet\b/u.test(new TextDecoder().decode(part.subarray(0, 2048)));
}

/** The rows, and which cells are merged; undefined: the rows begin and do not end. */
function slimSheet(xml: string): string | undefined {
  const rows = elementOf(xml, 'sheetData', 0);
  if (rows === 'unended') return undefined;
  const merged = elementOf(xml, 'mergeCells', rows.end);
  if (merged === 'unended') return undefined;
  return `<worksheet>${rows.xml}${merged.xml}</worksheet>`;
}

/** The first element of that local name; nothing where there is none. Each step goes forward only: a crafted part costs no more than its length. */
function elementOf(xml: string, name: string, from: number): { readonly xml: string; readonly end: number } | 'unended' {
  const beginning = new RegExp(`<(?<prefix>\\w+:)?${name}(?=[\\s/>])`, 'gu');
  beginning.lastIndex = from;
  const found = beginning.exec(xml);
  if (found === null) return { xml: '', end: from };
  const opened = xml.indexOf('>', beginning.lastIndex);
  if (opened === -1) return 'unended';
  if (xml[opened - 1] === '/') return { xml: '', end: opened + 1 };
  const closing = `</${found.groups?.['prefix'] ?? ''}${name}>`;
  const end = xml.indexOf(closing, opened);
  return end === -1 ? 'unended' : { xml: xml.slice(found.index, end + closing.length), end: end + closing.length };
}

const isRelations = (name: string) => /\.rels$/iu.test(name);

/** The library refuses a workbook that has a sheet without rows; as a sheet of none it is passed over. */
function withoutChartSheets(relations: Uint8Array): Uint8Array {
  const xml = new TextDecoder().decode(relations);
  return new TextEncoder().encode(xml.replace(/\/(?:chartsheet|dialogsheet|xlMacrosheet|xlIntlMacrosheet)(?=["'])/gu, '/worksheet'));
}

function sheetsOf(workbookXml: string): WorkbookParts['sheets'] {
  return [...workbookXml.matchAll(/<(?:\w+:)?sheet\s[^<>]*>/gu)].map(([tag]) => ({ isHidden: /\sstate\s*=\s*["'](?:hidden|veryHidden)["']/u.test(tag) }));
}
