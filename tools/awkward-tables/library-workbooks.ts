/** A workbook as a library writes it that is not ours: its own parts, styles and order, so that a fault we share with our own writer shows. */
import writeExcelFile from 'write-excel-file/node';
import { headings, households } from './awkward-table.ts';
import type { AwkwardTable } from './awkward-table.ts';

export async function libraryWorkbooks(): Promise<AwkwardTable[]> {
  const title = [{ value: 'DANH SÁCH HỘ GIA ĐÌNH', columnSpan: headings.length, fontWeight: 'bold' as const }];
  const rows = households.map(([no = '', hamlet = '', name = '', members = '', address = '', phone = '', poor = ''], index) => [
    { value: Number(no) },
    index === 0 ? { value: hamlet, rowSpan: 2 } : index === 2 ? { value: hamlet, rowSpan: 3 } : undefined,
    { value: name }, { value: Number(members), format: '0' },
    address === '' ? undefined : { value: address },
    // The zero is lost, as where a telephone was typed as a number.
    phone === '' ? undefined : { value: Number(phone) },
    poor === '' ? undefined : { value: true },
    { value: new Date(Date.UTC(2026, 10, 30)), format: 'dd/mm/yyyy' },
  ]);
  const bytes = await writeExcelFile([title, [...headings, 'Ngày lập'].map((value) => ({ value })), ...rows], { sheet: 'Quang Hán' }).toBuffer();
  const read = households.map((cells) => [...Array.from({ length: headings.length }, (_, column) => (column === 5 ? (cells[5] ?? '').replace(/^0/u, '') : (cells[column] ?? ''))), '2026-11-30']);
  return [{
    file: 'library.xlsx',
    awkward: 'written by a library: titles and hamlets merged, dates, marks as boxes, telephones without their zero',
    bytes: new Uint8Array(bytes),
    expected: {
      encoding: 'utf-8',
      sheets: [{ name: 'Quang Hán', rows: [[1, 'DANH SÁCH HỘ GIA ĐÌNH'], [2, ...headings, 'Ngày lập'], ...read.map((cells, index) => [index + 3, ...cells] as const)] }],
    },
  }];
}
