import { describe, expect, it } from 'vitest';
import { readSheets } from './read-sheets.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const rowsOf = async (bytes: Uint8Array) => {
  const table = await readSheets(bytes);
  return table.ok ? table.value.sheets.flatMap((sheet) => sheet.rows) : table.error;
};
const cellsOf = async (text: string) => {
  const rows = await rowsOf(utf8(text));
  return 'code' in rows ? rows : rows.map((row) => row.cells);
};

describe('a table from a file', () => {
  it.each([
    ['commas and LF', 'a,b\n1,2\n'],
    ['semicolons and CRLF', 'a;b\r\n1;2\r\n'],
    ['tabs', 'a\tb\n1\t2'],
    ['a byte order mark', '\uFEFFa,b\n1,2'],
    ['old Mac line breaks', 'a,b\r1,2\r'],
  ])('is read with %s', async (_name, text) => {
    expect(await cellsOf(text)).toEqual([['a', 'b'], ['1', '2']]);
  });

  it('takes the separator that makes a table, not the one that stands in its cells', async () => {
    expect(await cellsOf('STT;Địa chỉ\n1;dốc, cạnh trường, xa\n2;cầu\n3;suối, đá')).toEqual([
      ['STT', 'Địa chỉ'], ['1', 'dốc, cạnh trường, xa'], ['2', 'cầu'], ['3', 'suối, đá'],
    ]);
  });

  it('keeps separators, quotes and line breaks inside quoted cells', async () => {
    expect(await cellsOf('a,b\n"x, ""y""","1\r\n2"\n')).toEqual([['a', 'b'], ['x, "y"', '1\n2']]);
  });

  it('knows the line where each row begins, past empty lines, quoted breaks and mixed line ends', async () => {
    expect(await rowsOf(utf8('a,b\r\n"1\n2",3\n\r\n4,5\n'))).toMatchObject([{ line: 1 }, { line: 2 }, { line: 4 }, { line: 5 }]);
  });

  it('reads what Excel calls Unicode text', async () => {
    const bytes = new Uint8Array(Buffer.from('\uFEFFTên\tSố\r\nLý Thị Mẩy\t2\r\n', 'utf16le'));
    expect(await rowsOf(bytes)).toMatchObject([{ cells: ['Tên', 'Số'] }, { cells: ['Lý Thị Mẩy', '2'] }]);
  });

  it('says what is wrong with a file that is none', async () => {
    expect(await rowsOf(utf8(' \n'))).toEqual({ code: 'empty' });
    expect(await rowsOf(new Uint8Array())).toEqual({ code: 'empty' });
    expect(await rowsOf(utf8('PK\u0003\u0004…'))).toEqual({ code: 'damaged' });
    expect(await rowsOf(new Uint8Array([0x61, 0xe2, 0x28, 0xa1]))).toEqual({ code: 'not_text' });
    expect(await rowsOf(utf8('a,b\n1,"2\n3,4'))).toMatchObject({ code: 'broken_quotes' });
    expect(await rowsOf(utf8('<html><table><tr><td>Chủ hộ</td></tr></table></html>'))).toEqual({ code: 'old_spreadsheet' });
  });

  it('takes the word of a first line that names the separator', async () => {
    expect(await rowsOf(utf8('sep=;\r\na,1;b\r\nc,2;d\r\n'))).toEqual([{ line: 2, cells: ['a,1', 'b'] }, { line: 3, cells: ['c,2', 'd'] }]);
  });

  it('names a list too long or too wide instead of choking on it', async () => {
    expect(await rowsOf(utf8('a,b\n'.repeat(50_000)))).toHaveLength(50_000);
    expect(await rowsOf(utf8('a,b\n'.repeat(50_001)))).toEqual({ code: 'too_large' });
    expect(await rowsOf(utf8(`${'a,'.repeat(100)}b\n`))).toEqual({ code: 'too_large' });
    expect(await rowsOf(new Uint8Array(20 * 1024 * 1024 + 1).fill(0x61))).toEqual({ code: 'too_large' });
  });
});
