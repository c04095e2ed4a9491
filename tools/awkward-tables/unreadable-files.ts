/** Files that hold no list anybody could read: each must be told by its kind. */
import { zipSync } from 'fflate';
import { headings, households } from './awkward-table.ts';
import type { AwkwardTable } from './awkward-table.ts';
import { toUtf16 } from './old-encodings.ts';
import { workbookFile } from './workbook-file.ts';

const list = (rows = households) => workbookFile([{ name: 'Danh sách', rows: new Map([headings, ...rows].map((cells, index) => [index + 1, cells])) }]);
const zipOf = (parts: Record<string, string>) => zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, new TextEncoder().encode(text)])), { mtime: new Date(2026, 10, 30) });

export function unreadableFiles(): AwkwardTable[] {
  return [
    { file: 'empty.xlsx', awkward: 'a workbook with nothing in it', bytes: workbookFile([{ name: 'Sheet1', rows: new Map() }]), expected: { error: 'empty' } },
    { file: 'no-bytes.xlsx', awkward: 'a file of no bytes', bytes: new Uint8Array(), expected: { error: 'empty' } },
    { file: 'old.xls', awkward: 'a workbook of Excel 97', bytes: container('Workbook'), expected: { error: 'old_spreadsheet' } },
    { file: 'older.xls', awkward: 'a workbook of Excel 4', bytes: Uint8Array.from([0x09, 0x04, 0x06, 0x00, 0x00, 0x00, 0x10, 0x00]), expected: { error: 'old_spreadsheet' } },
    { file: 'locked.xlsx', awkward: 'a workbook with a password', bytes: container('EncryptedPackage'), expected: { error: 'locked' } },
    { file: 'cut.xlsx', awkward: 'a workbook whose end did not arrive', bytes: list().subarray(0, 1500), expected: { error: 'damaged' } },
    { file: 'flipped-bit.xlsx', awkward: 'a workbook one bit of which is another', bytes: withFlippedBit(list()), expected: { error: 'damaged' } },
    { file: 'other-office.ods', awkward: 'a spreadsheet of another office', bytes: zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<office/>' }), expected: { error: 'not_spreadsheet' } },
    { file: 'letter.docx.xlsx', awkward: 'a letter under a wrong name', bytes: zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<document/>' }), expected: { error: 'not_spreadsheet' } },
    {
      file: 'too-long.xlsx',
      awkward: 'a list that goes on past the last row that is read',
      bytes: workbookFile([{ name: 'Danh sách', rows: new Map<number, readonly string[]>([[1, headings], [50_000, ['x']], [50_001, ['x']]]) }]),
      expected: { error: 'too_large' },
    },
  ];
}

/** The header of a Compound File Binary and one entry of its directory, at its place: MS-CFB 2.2 and 2.6. */
function container(stream: string): Uint8Array {
  const bytes = new Uint8Array(2048);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  bytes.set(toUtf16('Root Entry'), 1024);
  bytes.set(toUtf16(stream), 1024 + 128);
  return bytes;
}

/** In the middle of the first part, which is a sheet. */
function withFlippedBit(bytes: Uint8Array): Uint8Array {
  const flipped = bytes.slice();
  flipped[150] = (flipped[150] ?? 0) ^ 4;
  return flipped;
}
