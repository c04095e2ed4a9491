/** CSV files in the encodings and with the separators of offices' computers. */
import { headings, households, listRows } from './awkward-table.ts';
import type { AwkwardTable } from './awkward-table.ts';
import { latinBytes, toTcvn3, toUtf16, toVni, toWindows1258 } from './old-encodings.ts';

const mark = '\ufeff';
const utf8 = (text: string) => new TextEncoder().encode(text);
const quoted = (cell: string, separator: string) => (cell.includes(separator) || /["\n]/u.test(cell) ? `"${cell.replace(/"/gu, '""')}"` : cell);
const csv = (separator: string, lineBreak = '\r\n', rows: readonly (readonly string[])[] = [headings, ...households]) =>
  rows.map((cells) => cells.map((cell) => quoted(cell, separator)).join(separator) + lineBreak).join('');

const reads = (encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258' | 'tcvn3' | 'vni') => ({ encoding, sheets: [{ name: '', rows: listRows }] });

export function awkwardTexts(): AwkwardTable[] {
  return [
    { file: 'utf-8.csv', awkward: 'UTF-8 without a mark, as programs write it', bytes: utf8(csv(',', '\n')), expected: reads('utf-8') },
    { file: 'utf-8-mark.csv', awkward: 'UTF-8 with a mark, as Excel writes it', bytes: utf8(mark + csv(',')), expected: reads('utf-8') },
    { file: 'utf-16le-mark.txt', awkward: 'what Excel calls Unicode text', bytes: toUtf16(mark + csv('\t')), expected: reads('utf-16le') },
    { file: 'utf-16le.txt', awkward: 'the same without its mark', bytes: toUtf16(csv('\t')), expected: reads('utf-16le') },
    { file: 'utf-16be-mark.csv', awkward: 'the other byte first, with a mark', bytes: toUtf16(mark + csv(';'), true), expected: reads('utf-16be') },
    { file: 'utf-16be.csv', awkward: 'the other byte first, without a mark', bytes: toUtf16(csv(';'), true), expected: reads('utf-16be') },
    { file: 'windows-1258.csv', awkward: 'Vietnamese Windows of old, tones after their letters', bytes: toWindows1258(csv(',')), expected: reads('windows-1258') },
    { file: 'tcvn3.csv', awkward: 'typed under .VnTime, saved as text', bytes: latinBytes(toTcvn3(csv(';'))), expected: reads('tcvn3') },
    { file: 'vni.csv', awkward: 'typed under VNI-Times, saved as text', bytes: latinBytes(toVni(csv(','))), expected: reads('vni') },
    { file: 'tcvn3-saved-today.csv', awkward: 'typed under .VnTime, saved by a new Excel as UTF-8', bytes: utf8(mark + toTcvn3(csv(','))), expected: reads('tcvn3') },
    { file: 'semicolons.csv', awkward: 'semicolons, because the computer writes 1,5 for one and a half', bytes: utf8(mark + csv(';')), expected: reads('utf-8') },
    { file: 'tabs.csv', awkward: 'tabs', bytes: utf8(csv('\t')), expected: reads('utf-8') },
    { file: 'named-separator.csv', awkward: 'a first line that tells Excel the separator', bytes: utf8(`sep=;\r\n${csv(';')}`), expected: { encoding: 'utf-8', sheets: [{ name: '', rows: listRows.map(([line, ...cells]) => [line + 1, ...cells]) }] } },
    { file: 'old-line-breaks.csv', awkward: 'line breaks of an old Macintosh', bytes: utf8(csv(',', '\r')), expected: reads('utf-8') },
    {
      file: 'decomposed-titles.csv',
      awkward: 'a title above, an empty line, quotes and line breaks within cells, letters and marks apart',
      bytes: utf8(csv(',', '\r\n', [['Danh sách "hộ", năm 2026'], [], ['STT', 'Họ và tên'.normalize('NFD')], ['1', 'Nông\nVăn Sơn'], ['2', 'Lý Thị Mẩy']])),
      expected: { encoding: 'utf-8', sheets: [{ name: '', rows: [[1, 'Danh sách "hộ", năm 2026'], [3, 'STT', 'Họ và tên'.normalize('NFD')], [4, '1', 'Nông\nVăn Sơn'], [6, '2', 'Lý Thị Mẩy']] }] },
    },
    { file: 'open-quote.csv', awkward: 'a quote that is opened and never closed', bytes: utf8('STT,Chủ hộ\n1,"Nông Văn Sơn\n2,Lý Thị Mẩy\n'), expected: { error: 'broken_quotes' } },
    { file: 'nothing.csv', awkward: 'a mark and nothing else', bytes: utf8(`${mark}\r\n \r\n`), expected: { error: 'empty' } },
    { file: 'web-page.xls', awkward: 'a web page that a program calls .xls', bytes: utf8('<html>\n<table><tr><td>Chủ hộ</td></tr></table></html>'), expected: { error: 'old_spreadsheet' } },
    {
      file: 'picture.csv',
      awkward: 'the beginning of a picture under a wrong name',
      bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 2, 0x80, 0, 0, 1, 0xe0, 8, 2, 0, 0, 0]),
      expected: { error: 'not_text' },
    },
  ];
}
