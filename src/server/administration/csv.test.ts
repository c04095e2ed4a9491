import { describe, expect, it } from 'vitest';
import { readTable, writeTable } from './csv.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const cellsOf = (text: string) => {
  const table = readTable(utf8(text));
  return table.ok ? table.value.map((row) => row.cells) : table.error;
};

describe('a table from a file', () => {
  it.each([
    ['commas and LF', 'a,b\n1,2\n'],
    ['semicolons and CRLF', 'a;b\r\n1;2\r\n'],
    ['tabs', 'a\tb\n1\t2'],
    ['a byte order mark', '\uFEFFa,b\n1,2'],
    ['old Mac line breaks', 'a,b\r1,2\r'],
  ])('is read with %s', (_name, text) => {
    expect(cellsOf(text)).toEqual([['a', 'b'], ['1', '2']]);
  });

  it('takes the separator that makes a table, not the one that stands in its cells', () => {
    expect(cellsOf('STT;Địa chỉ\n1;dốc, cạnh trường, xa\n2;cầu\n3;suối, đá')).toEqual([
      ['STT', 'Địa chỉ'], ['1', 'dốc, cạnh trường, xa'], ['2', 'cầu'], ['3', 'suối, đá'],
    ]);
  });

  it('keeps separators, quotes and line breaks inside quoted cells', () => {
    expect(cellsOf('a,b\n"x, ""y""","1\r\n2"\n')).toEqual([['a', 'b'], ['x, "y"', '1\n2']]);
  });

  it('knows the line where each row begins, past empty lines, quoted breaks and mixed line ends', () => {
    const table = readTable(utf8('a,b\r\n"1\n2",3\n\r\n4,5\n'));
    expect(table.ok && table.value.map((row) => row.line)).toEqual([1, 2, 4, 5]);
  });

  it('reads what Excel calls Unicode text', () => {
    const bytes = new Uint8Array(Buffer.from('\uFEFFTên\tSố\r\nLý Thị Mẩy\t2\r\n', 'utf16le'));
    expect(readTable(bytes)).toMatchObject({ ok: true, value: [{ cells: ['Tên', 'Số'] }, { cells: ['Lý Thị Mẩy', '2'] }] });
  });

  it('says what is wrong with a file that is none', () => {
    expect(readTable(utf8(' \n'))).toMatchObject({ ok: false, error: { code: 'empty' } });
    expect(readTable(utf8('PK\u0003\u0004…'))).toMatchObject({ ok: false, error: { code: 'spreadsheet' } });
    expect(readTable(new Uint8Array([0x61, 0xe2, 0x28, 0xa1]))).toMatchObject({ ok: false, error: { code: 'not_unicode' } });
    expect(readTable(utf8('a,b\n1,"2\n3,4'))).toMatchObject({ ok: false, error: { code: 'broken_quotes' } });
  });
});

describe('a table to a file', () => {
  it('comes back as it was, and no cell is a formula to a spreadsheet', () => {
    const rows = [['Tên', 'Lý do'], ['Nông "Sơn"', 'a, b;\nc'], ['=1+1', '@x']];
    const text = writeTable(rows);
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(cellsOf(text)).toEqual([rows[0], rows[1], ["'=1+1", "'@x"]]);
  });
});
