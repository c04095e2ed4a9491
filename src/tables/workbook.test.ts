import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { workbookFile } from '../../tools/awkward-tables/workbook-file.ts';
import { cellText } from './cell-text.ts';
import { fillMerged } from './merged-cells.ts';
import { readSheets } from './read-sheets.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const list = workbookFile([{ name: 'Danh sách', rows: new Map([[1, ['STT', 'Chủ hộ']], [2, [1, 'Nông Văn Sơn']]]) }]);
const rows = [{ line: 1, cells: ['STT', 'Chủ hộ'] }, { line: 2, cells: ['1', 'Nông Văn Sơn'] }];
const sheetPart = 'xl/worksheets/sheet1.xml';

/** The list with some parts exchanged. */
const withParts = (parts: Record<string, Uint8Array | string>) =>
  zipSync({ ...unzipSync(list), ...Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? utf8(part) : part])) }, { level: 1 });
const withSheet = (body: string, after = '') => withParts({ [sheetPart]: `<worksheet><sheetData>${body}</sheetData>${after}</worksheet>` });
const outcomeOf = async (bytes: Uint8Array) => {
  const read = await readSheets(bytes);
  return read.ok ? read.value.sheets[0]?.rows : read.error;
};
/** The place of a part's entry in the directory of a zip. */
function entryAt(file: Uint8Array, name: string): number {
  const at = Buffer.from(file).lastIndexOf(name);
  return at - 46;
}

describe('a workbook that would cost too much', () => {
  it.each([
    ['a part that inflates to more than a phone has', () => withParts({ 'xl/styles.xml': new Uint8Array(65 * 1024 * 1024) })],
    ['more texts than any list', () => withParts({ 'xl/sharedStrings.xml': `<sst>${'<si><t/></si>'.repeat(500_000)}</sst>` })],
    ['a cell in the column after the last one', () => withSheet('<row r="1"><c r="CW1"><v>1</v></c></row>')],
    ['a row after the last one', () => withSheet('<row r="50001"><c r="A50001"><v>1</v></c></row>')],
    ['more cells than are read', () => withSheet(Array.from({ length: 30_001 }, (_, row) => `<row><c r="CV${row + 1}"><v>1</v></c></row>`).join(''))],
    ['merged cells over and over', () => withSheet('<row><c><v>1</v></c></row>'.repeat(2000), `<mergeCells>${'<mergeCell ref="A1:A2000"/>'.repeat(2000)}</mergeCells>`)],
    ['more sheets than are read', () => workbookFile(Array.from({ length: 201 }, (_, index) => ({ name: `${index}`, rows: new Map([[1, ['x']]]) })))],
  ])('is too large: %s', async (_, make) => {
    expect(await outcomeOf(make())).toMatchObject({ code: 'too_large' });
  });

  it('is damaged where a part is larger than it says, and is not inflated on', async () => {
    const file = withParts({ 'xl/styles.xml': new Uint8Array(40 * 1024 * 1024) });
    new DataView(file.buffer).setUint32(entryAt(file, 'xl/styles.xml') + 24, 100, true);
    expect(await outcomeOf(file)).toEqual({ code: 'damaged' });
  });

  it.each([
    ['columns described a million times', `<worksheet><cols>${'<col min="1" max="16384" hidden="1"/>'.repeat(200_000)}</cols><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`],
    ['links over links', `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData><hyperlinks>${'<hyperlink ref="A1:XFD1048576"/>'.repeat(200_000)}</hyperlinks></worksheet>`],
  ])('is read without what carries no rows: %s', async (_, xml) => {
    expect(await outcomeOf(withParts({ [sheetPart]: xml }))).toEqual([{ line: 1, cells: ['1'] }]);
  });

  it('is damaged where rows begin and begin and never end, at once', async () => {
    expect(await outcomeOf(withParts({ [sheetPart]: `<worksheet>${'<sheetData '.repeat(2_000_000)}` }))).toEqual({ code: 'damaged' });
    expect(await outcomeOf(withParts({ 'xl/workbook.xml': `<workbook><sheets>${'<sheet '.repeat(1_000_000)}` }))).toMatchObject({ code: expect.any(String) });
  });
});

describe('a workbook as other programs write it', () => {
  it('is read with 64-bit sizes', async () => {
    const file = withLongSizes(list);
    expect(await outcomeOf(file)).toEqual(rows);
  });

  it('is read with a chart on a sheet of its own', async () => {
    const relations = new TextDecoder().decode(unzipSync(list)['xl/_rels/workbook.xml.rels']);
    const workbook = new TextDecoder().decode(unzipSync(list)['xl/workbook.xml']);
    const file = withParts({
      'xl/workbook.xml': workbook.replace('<sheets>', '<sheets><sheet name="Biểu đồ" sheetId="9" r:id="chart"/>'),
      'xl/_rels/workbook.xml.rels': relations.replace('</Relationships>', '<Relationship Id="chart" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>'),
      'xl/chartsheets/sheet1.xml': '<chartsheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
    });
    expect(await outcomeOf(file)).toEqual(rows);
  });

  it('is locked where its parts are', async () => {
    const file = list.slice();
    const at = entryAt(file, sheetPart);
    file[at + 8] = (file[at + 8] ?? 0) | 1;
    expect(await outcomeOf(file)).toEqual({ code: 'locked' });
  });

  it('is damaged without the sheet it names', async () => {
    const parts = unzipSync(list);
    Reflect.deleteProperty(parts, sheetPart);
    expect(await outcomeOf(zipSync(parts))).toEqual({ code: 'damaged' });
  });
});

/** Every size of the sheet's entry in the directory all ones, and the right one in an extra field, as in zip64. */
function withLongSizes(file: Uint8Array): Uint8Array {
  const at = entryAt(file, sheetPart);
  const view = new DataView(file.buffer, file.byteOffset);
  const extraAt = at + 46 + sheetPart.length;
  const extra = new Uint8Array(20);
  const extraView = new DataView(extra.buffer);
  extraView.setUint16(0, 1, true);
  extraView.setUint16(2, 16, true);
  extraView.setUint32(4, view.getUint32(at + 24, true), true);
  extraView.setUint32(12, view.getUint32(at + 20, true), true);
  const long = new Uint8Array([...file.subarray(0, extraAt), ...extra, ...file.subarray(extraAt)]);
  const longView = new DataView(long.buffer);
  longView.setUint32(at + 20, 0xffffffff, true);
  longView.setUint32(at + 24, 0xffffffff, true);
  longView.setUint16(at + 30, 20, true);
  return long;
}

describe('what merged cells fill', () => {
  const filled = (cells: string[][], ranges: Parameters<typeof fillMerged>[1]) => {
    expect(fillMerged(cells, ranges, 1000)).toBeDefined();
    return cells;
  };
  const down = (startRow: number, endRow: number, startCol = 0, endCol = startCol) => ({ startRow, endRow, startCol, endCol });

  it('is every row that says something, and none that is empty', () => {
    expect(filled([['Ngọc Sơn', 'a'], ['', 'b'], [], ['', 'c']], [down(0, 3)])).toEqual([['Ngọc Sơn', 'a'], ['Ngọc Sơn', 'b'], [], ['Ngọc Sơn', 'c']]);
  });
  it('ends with the last row, wherever the range ends', () => {
    expect(filled([['x', 'a'], ['', 'b']], [down(0, 1_048_575)])).toEqual([['x', 'a'], ['x', 'b']]);
  });
  it('writes over nothing, and nothing to the right', () => {
    expect(filled([['x', '', 'a'], ['y', '', 'b']], [down(0, 1, 0, 1)])).toEqual([['x', '', 'a'], ['y', '', 'b']]);
  });
  it('reaches a column beyond the end of a row', () => {
    expect(filled([['a', '', 'x'], ['b']], [down(0, 1, 2)])).toEqual([['a', '', 'x'], ['b', '', 'x']]);
  });
  it('is nothing where a heading of two rows begins', () => {
    const heading = [['STT', 'Thuộc diện'], ['', 'Nghèo', 'Cận nghèo']];
    expect(filled(heading.map((cells) => [...cells]), [down(0, 1), { startRow: 0, endRow: 0, startCol: 1, endCol: 2 }])).toEqual(heading);
  });
});

it('a number that is no day, under a date’s format, is not passed over as if the cell were empty', () => {
  expect(cellText(new Date(Number.NaN))).toBe('########');
});
