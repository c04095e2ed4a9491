/**
 * An .xlsx file written from its parts, for the cases that a library which writes workbooks does not offer: days counted from 1904,
 * rich and inline text, formulas with what they came to, hidden sheets and columns. Format: ECMA-376 part 1, section 18.
 */
import { zipSync } from 'fflate';

export type WorkbookCell =
  | string
  | number
  | boolean
  | undefined
  /** A serial number under a date's style. */
  | { readonly serial: number }
  | { readonly inline: string }
  /** Text whose parts have fonts of their own. */
  | { readonly rich: readonly string[] }
  | { readonly formula: string; readonly value: string | number }
  | { readonly error: string };

export interface WorkbookSheet {
  readonly name: string;
  /** By row number; what is left out is not in the file at all. */
  readonly rows: ReadonlyMap<number, readonly WorkbookCell[]>;
  /** `A1:L1` */
  readonly merged?: readonly string[];
  readonly isHidden?: boolean;
  /** Numbers of columns, from 1. */
  readonly hiddenColumns?: readonly number[];
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Style 1 is a date. */
const styles = `<styleSheet ${main}><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>\
<fonts count="1"><font><sz val="11"/><name val="Times New Roman"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>\
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0"/></cellStyleXfs>\
<cellXfs count="2"><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;

const escaped = (text: string) => text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;').replace(/"/gu, '&quot;');

export interface WorkbookOptions {
  /** What Excel for the Macintosh once made. */
  readonly from1904?: boolean;
  /** Before the name of each element of a sheet: `x:` as some programs write them. */
  readonly prefix?: string;
  /** One more cell of the first sheet, far out. */
  readonly stray?: string;
}

export function workbookFile(sheets: readonly WorkbookSheet[], { from1904 = false, prefix = '', stray }: WorkbookOptions = {}): Uint8Array {
  const shared: string[] = [];
  const parts: Record<string, string> = {};
  for (const [index, sheet] of sheets.entries()) {
    const xml = sheetXml(sheet, shared, index === 0 ? stray : undefined);
    parts[`xl/worksheets/sheet${index + 1}.xml`] = prefix === '' ? xml : xml.replace(/(?<opening><\/?)(?=[a-z])/giu, `$<opening>${prefix}`).replace('xmlns=', `xmlns:${prefix.slice(0, -1)}=`);
  }
  const numbers = sheets.map((_, index) => index + 1);
  parts['xl/workbook.xml'] = `<workbook ${main} xmlns:r="${relations}"><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets>${
    sheets.map(({ name, isHidden }, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}"${isHidden === true ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`).join('')
  }</sheets></workbook>`;
  parts['xl/_rels/workbook.xml.rels'] = relationsXml([
    ...numbers.map((number) => [`rId${number}`, 'worksheet', `worksheets/sheet${number}.xml`] as const),
    ['styles', 'styles', 'styles.xml'],
    ['shared', 'sharedStrings', 'sharedStrings.xml'],
  ]);
  parts['xl/styles.xml'] = styles;
  parts['xl/sharedStrings.xml'] = `<sst ${main} count="${shared.length}" uniqueCount="${shared.length}">${shared.join('')}</sst>`;
  parts['_rels/.rels'] = relationsXml([['rId1', 'officeDocument', 'xl/workbook.xml']]);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  parts['[Content_Types].xml'] = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${
  numbers.map((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${type}.worksheet+xml"/>`).join('')
}<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${type}.sharedStrings+xml"/></Types>`;
  const bytes = Object.entries(parts).map(([name, xml]) => [name, new TextEncoder().encode(declaration + xml)] as const);
  // One day for all: the same cases make the same bytes.
  return zipSync(Object.fromEntries(bytes), { mtime: new Date(2026, 10, 30) });
}

function relationsXml(list: readonly (readonly [id: string, type: string, target: string])[]): string {
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${
    list.map(([id, type, target]) => `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/>`).join('')
  }</Relationships>`;
}

function sheetXml({ rows, merged = [], hiddenColumns = [] }: WorkbookSheet, shared: string[], stray: string | undefined): string {
  const columns = hiddenColumns.map((column) => `<col min="${column}" max="${column}" width="9" hidden="1"/>`).join('');
  const body = [...rows].map(([row, cells]) => `<row r="${row}">${cells.map((cell, column) => cellXml(cell, `${letterOf(column)}${row}`, shared)).join('')}</row>`).join('');
  const far = stray === undefined ? '' : `<row r="${stray.replace(/\D/gu, '')}">${cellXml(1, stray, shared)}</row>`;
  return `<worksheet ${main}>${columns === '' ? '' : `<cols>${columns}</cols>`}<sheetData>${body}${far}</sheetData>${
    merged.length === 0 ? '' : `<mergeCells count="${merged.length}">${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
  }</worksheet>`;
}

const textXml = (text: string) => `<t xml:space="preserve">${escaped(text)}</t>`;
const letterOf = (column: number) => String.fromCharCode(65 + column);

function cellXml(cell: WorkbookCell, ref: string, shared: string[]): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return `<c r="${ref}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${ref}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'string') return sharedXml(`<si>${textXml(cell)}</si>`, ref, shared);
  if ('serial' in cell) return `<c r="${ref}" s="1"><v>${cell.serial}</v></c>`;
  if ('inline' in cell) return `<c r="${ref}" t="inlineStr"><is>${textXml(cell.inline)}</is></c>`;
  if ('error' in cell) return `<c r="${ref}" t="e"><v>${cell.error}</v></c>`;
  if ('rich' in cell) return sharedXml(`<si>${cell.rich.map((run) => `<r><rPr><b/><rFont val=".VnTime"/></rPr>${textXml(run)}</r>`).join('')}</si>`, ref, shared);
  return `<c r="${ref}"${typeof cell.value === 'string' ? ' t="str"' : ''}><f>${escaped(cell.formula)}</f><v>${escaped(String(cell.value))}</v></c>`;
}

function sharedXml(si: string, ref: string, shared: string[]): string {
  return `<c r="${ref}" t="s"><v>${shared.push(si) - 1}</v></c>`;
}
