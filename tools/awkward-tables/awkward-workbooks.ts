/** Excel workbooks whose content is awkward; each says cell for cell what must be read. */
import { headings, households, listRows } from './awkward-table.ts';
import type { AwkwardTable, ExpectedRow, ExpectedSheet } from './awkward-table.ts';
import { toTcvn3, toVni } from './old-encodings.ts';
import { workbookFile } from './workbook-file.ts';
import type { WorkbookCell, WorkbookSheet } from './workbook-file.ts';

const asSheet = (rows: readonly (readonly [number, ...WorkbookCell[]])[], more: Partial<WorkbookSheet> = {}): WorkbookSheet => ({
  name: 'Danh sách', rows: new Map(rows.map(([line, ...cells]) => [line, cells])), ...more,
});
/** Numbers as numbers, what is empty left out of the file. */
const asTyped = (cells: readonly string[]): WorkbookCell[] => cells.map((cell) => (cell === '' ? undefined : /^[1-9]\d*$/u.test(cell) ? Number(cell) : cell));
const typedFrom = (line: number, rows: readonly (readonly string[])[]) => rows.map((cells, index) => [line + index, ...asTyped(cells)] as const);
const textFrom = (line: number, rows: readonly (readonly string[])[]): ExpectedRow[] => rows.map((cells, index) => [line + index, ...cells]);
const read = (rows: readonly ExpectedRow[], name = 'Danh sách'): { encoding: 'utf-8'; sheets: ExpectedSheet[] } => ({ encoding: 'utf-8', sheets: [{ name, rows }] });

const title: readonly [number, string] = [1, 'ỦY BAN NHÂN DÂN XÃ QUANG HÁN'];
const subtitle: readonly [number, string] = [2, 'DANH SÁCH HỘ GIA ĐÌNH NĂM 2026'];
const thirty = Array.from({ length: 30 }, (_, index) => [String(index + 1), index === 0 ? 'Ngọc Sơn' : '', `Nông Văn Sơn ${index + 1}`, '4']);
const oneHamlet = (name: string) => households.filter(([, hamlet]) => hamlet === name);

export function awkwardWorkbooks(): AwkwardTable[] {
  return [...layouts(), ...kindsOfCells(), ...oldLetters()];
}

function layouts(): AwkwardTable[] {
  return [
    {
      file: 'title-rows.xlsx',
      awkward: 'title rows above the heading, merged over all columns; a row of totals below',
      bytes: workbookFile([asSheet([title, subtitle, ...typedFrom(4, [headings, ...households]), [10, 'Tổng cộng: 5 hộ', undefined, undefined, 31]], { merged: ['A1:G1', 'A2:G2', 'A10:C10'] })]),
      expected: read([title, subtitle, ...textFrom(4, [headings, ...households]), [10, 'Tổng cộng: 5 hộ', '', '', '31']]),
    },
    {
      file: 'merged-hamlet.xlsx',
      awkward: 'a hamlet named once, merged down over its thirty households',
      bytes: workbookFile([asSheet(typedFrom(1, [headings.slice(0, 4), ...thirty]), { merged: ['B2:B31'] })]),
      expected: read(textFrom(1, [headings.slice(0, 4), ...thirty.map(([no = '', , name = '', members = '']) => [no, 'Ngọc Sơn', name, members])])),
    },
    {
      file: 'two-row-heading.xlsx',
      awkward: 'a heading of two rows: one merged sideways over two, the others merged down beside it',
      bytes: workbookFile([asSheet([
        title, [3, 'STT', 'Xóm', 'Họ và tên chủ hộ', 'Thuộc diện'], [4, undefined, undefined, undefined, 'Hộ nghèo', 'Hộ cận nghèo'],
        [5, 1, 'Ngọc Sơn', 'Nông Văn Sơn', 'x'], [6, 2, undefined, 'Lý Thị Mẩy', undefined, 'x'],
      ], { merged: ['A1:E1', 'A3:A4', 'B3:B4', 'C3:C4', 'D3:E3', 'B5:B6'] })]),
      expected: read([
        title, [3, 'STT', 'Xóm', 'Họ và tên chủ hộ', 'Thuộc diện'], [4, '', '', '', 'Hộ nghèo', 'Hộ cận nghèo'],
        [5, '1', 'Ngọc Sơn', 'Nông Văn Sơn', 'x'], [6, '2', 'Ngọc Sơn', 'Lý Thị Mẩy', '', 'x'],
      ]),
    },
    {
      file: 'other-words.xlsx',
      awkward: 'headings in other words, another order, another case, without diacritics, with line breaks and spaces',
      bytes: workbookFile([asSheet([[1, ' CHU HO ', 'Thôn/bản', 'Số thứ tự', 'so\nkhau', 'SĐT'], [2, 'Nông Văn Sơn  ', 'Ngọc Sơn', 1, 5, '0912345678']])]),
      expected: read([[1, 'CHU HO', 'Thôn/bản', 'Số thứ tự', 'so\nkhau', 'SĐT'], [2, 'Nông Văn Sơn', 'Ngọc Sơn', '1', '5', '0912345678']]),
    },
    {
      file: 'empty-rows.xlsx',
      awkward: 'empty rows between, totals after each hamlet, cells with nothing but spaces',
      bytes: workbookFile([asSheet([[2, ...headings], ...typedFrom(4, oneHamlet('Ngọc Sơn')), [6, 'Cộng', undefined, 2], [7, '  ', ' '], ...typedFrom(9, oneHamlet('Lũng Nặm')), [13, 'Cộng', undefined, 3]])]),
      expected: read([[2, ...headings], ...textFrom(4, oneHamlet('Ngọc Sơn')), [6, 'Cộng', '', '2'], ...textFrom(9, oneHamlet('Lũng Nặm')), [13, 'Cộng', '', '3']]),
    },
    {
      file: 'hamlet-headings.xlsx',
      awkward: 'several hamlets in one sheet, each under a row with its name, merged over the columns',
      bytes: workbookFile([asSheet([[1, 'STT', 'Chủ hộ', 'Số khẩu'], [2, 'I. Xóm Ngọc Sơn'], [3, 1, 'Nông Văn Sơn', 5], [4, 'II. Xóm Lũng Nặm'], [5, 1, 'Giàng A Páo', 3]], { merged: ['A2:C2', 'A4:C4'] })]),
      expected: read([[1, 'STT', 'Chủ hộ', 'Số khẩu'], [2, 'I. Xóm Ngọc Sơn'], [3, '1', 'Nông Văn Sơn', '5'], [4, 'II. Xóm Lũng Nặm'], [5, '1', 'Giàng A Páo', '3']]),
    },
    {
      file: 'hamlet-sheets.xlsx',
      awkward: 'a sheet for each hamlet, an empty sheet between, and a hidden one with last year’s list',
      bytes: workbookFile([
        asSheet(typedFrom(1, [headings, ...oneHamlet('Ngọc Sơn')]), { name: 'Ngọc Sơn' }),
        asSheet([], { name: 'Sheet2' }),
        asSheet(typedFrom(1, [headings, ...households]), { name: '2025', isHidden: true }),
        asSheet(typedFrom(1, [headings, ...oneHamlet('Lũng Nặm')]), { name: 'Lũng Nặm & Bản "Mới"' }),
      ]),
      expected: {
        encoding: 'utf-8',
        sheets: [
          { name: 'Ngọc Sơn', rows: textFrom(1, [headings, ...oneHamlet('Ngọc Sơn')]) },
          { name: 'Lũng Nặm & Bản "Mới"', rows: textFrom(1, [headings, ...oneHamlet('Lũng Nặm')]) },
        ],
      },
    },
    {
      file: 'all-hidden.xlsx',
      awkward: 'all its sheets are hidden',
      bytes: workbookFile([asSheet(typedFrom(1, [headings, ...households]), { isHidden: true })]),
      expected: read(listRows),
    },
    {
      file: 'hidden-columns.xlsx',
      awkward: 'columns of the list are hidden: they are of the list all the same',
      bytes: workbookFile([asSheet(typedFrom(1, [headings, ...households]), { hiddenColumns: [2, 6] })]),
      expected: read(listRows),
    },
    {
      file: 'stray-cell.xlsx',
      awkward: 'somebody pressed a key in the last cell of the sheet',
      bytes: workbookFile([asSheet(typedFrom(1, [headings, ...households]))], { stray: 'XFD1048576' }),
      expected: read(listRows),
    },
    {
      file: 'prefixed-names.xlsx',
      awkward: 'a program wrote every element with a prefix (x:row)',
      bytes: workbookFile([asSheet(typedFrom(1, [headings, ...thirty]), { merged: ['B2:B31'] })], { prefix: 'x:' }),
      expected: read(textFrom(1, [headings, ...thirty.map(([no = '', , name = '', members = '']) => [no, 'Ngọc Sơn', name, members])])),
    },
  ];
}

/** 30 November 2026 is day 46356 counted from 1900, and 44894 from 1904. */
function kindsOfCells(): AwkwardTable[] {
  return [
    {
      file: 'decomposed.xlsx',
      awkward: 'letters and their marks apart (NFD), as Macintosh computers write them: they stay for the reader of the list to put together',
      bytes: workbookFile([asSheet(typedFrom(1, [headings, ...households].map((cells) => cells.map((cell) => cell.normalize('NFD')))))]),
      expected: read(listRows.map(([line, ...cells]) => [line, ...cells.map((cell) => cell.normalize('NFD'))])),
    },
    {
      file: 'numbers.xlsx',
      awkward: 'numbers as text, with spaces; a telephone as a number that lost its zero; twelve digits; fractions; a percentage',
      bytes: workbookFile([asSheet([[1, 'Số khẩu', 'SĐT', 'Mã'], [2, ' 5 ', 912345678, 123456789012], [3, '05', '0912 345 678', 0.1 + 0.2], [4, 5, '+84912345678', 0.25], [5, -3, 84912345678, 1e21]])]),
      expected: read([[1, 'Số khẩu', 'SĐT', 'Mã'], [2, '5', '912345678', '123456789012'], [3, '05', '0912 345 678', '0.3'], [4, '5', '+84912345678', '0.25'], [5, '-3', '84912345678', '1000000000000000000000']]),
    },
    {
      file: 'dates.xlsx',
      awkward: 'dates as text in two ways, as dates, as bare serial numbers; one before the day that never was; a time of day',
      bytes: workbookFile([asSheet([[1, '30/11/2026', '5-2-1984', { serial: 46356 }, 46356], [2, { serial: 46356.75 }, { serial: 1 }, { serial: 59 }, { serial: 61 }], [3, { serial: 0.5 }, { serial: 30717 }]])]),
      expected: read([[1, '30/11/2026', '5-2-1984', '2026-11-30', '46356'], [2, '2026-11-30', '1900-01-01', '1900-02-28', '1900-03-01'], [3, '12:00', '1984-02-05']]),
    },
    {
      file: 'from-1904.xlsx',
      awkward: 'days counted from 1904',
      bytes: workbookFile([asSheet([[1, { serial: 44894 }, 44894, { serial: 0.25 }]])], { from1904: true }),
      expected: read([[1, '2026-11-30', '44894', '06:00']]),
    },
    {
      file: 'formulas.xlsx',
      awkward: 'formulas with what they came to, errors, boxes to tick',
      bytes: workbookFile([asSheet([[1, { formula: 'ROW()', value: 1 }, { formula: '"Nông Văn "&"Sơn"', value: 'Nông Văn Sơn' }, { formula: 'SUM(A1)<2', value: 5.5 }], [2, { error: '#N/A' }, true, false, 'x']])]),
      expected: read([[1, '1', 'Nông Văn Sơn', '5.5'], [2, '#N/A', 'x', '', 'x']]),
    },
    {
      file: 'rich-text.xlsx',
      awkward: 'text in several fonts, text in the cell itself, signs that XML writes otherwise',
      bytes: workbookFile([asSheet([[1, { rich: ['Nông ', 'Văn', ' Sơn'] }, { inline: 'Lý Thị Mẩy' }, { inline: '<b> & "c" \'d\'' }, 'a & b < c']])]),
      expected: read([[1, 'Nông Văn Sơn', 'Lý Thị Mẩy', '<b> & "c" \'d\'', 'a & b < c']]),
    },
  ];
}

function oldLetters(): AwkwardTable[] {
  const rows = [[title[1]], headings, ...households];
  return (['tcvn3', 'vni'] as const).flatMap((encoding): AwkwardTable[] => {
    const encode = encoding === 'tcvn3' ? toTcvn3 : toVni;
    return [
      {
        file: `${encoding}.xlsx`,
        awkward: `typed under fonts of ${encoding}`,
        bytes: workbookFile([asSheet(typedFrom(1, rows.map((cells) => cells.map((cell) => encode(cell)))), { merged: ['A1:G1'] })]),
        expected: { encoding, sheets: [{ name: 'Danh sách', rows: textFrom(1, rows) }] },
      },
      {
        file: `${encoding}-under-new-heading.xlsx`,
        awkward: `an old list in ${encoding} under a heading typed today, in Unicode`,
        bytes: workbookFile([asSheet(typedFrom(1, rows.map((cells, at) => (at < 2 ? cells : cells.map((cell) => encode(cell))))))]),
        expected: { encoding, sheets: [{ name: 'Danh sách', rows: textFrom(1, rows) }] },
      },
    ];
  });
}
