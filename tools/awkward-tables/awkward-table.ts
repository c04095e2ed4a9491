/** A spreadsheet as communes have them, and what must be read from it. All names in them are invented. */
import type { TableError, TextEncoding } from '../../src/tables/table.ts';

/** A row that has anything in it: its line in the file, then its cells without the empty ones at the end. */
export type ExpectedRow = readonly [line: number, ...cells: string[]];

export interface ExpectedSheet {
  readonly name: string;
  readonly rows: readonly ExpectedRow[];
}

export interface AwkwardTable {
  /** Its name in the folder. */
  readonly file: string;
  /** What is awkward about it. */
  readonly awkward: string;
  readonly bytes: Uint8Array;
  readonly expected: { readonly encoding: TextEncoding; readonly sheets: readonly ExpectedSheet[] } | { readonly error: TableError['code'] };
}

export const headings = ['STT', 'Xóm', 'Họ và tên chủ hộ', 'Số nhân khẩu', 'Địa chỉ', 'Số điện thoại', 'Hộ nghèo'] as const;

/** As text, the way each is to be read. */
export const households: readonly (readonly string[])[] = [
  ['1', 'Ngọc Sơn', 'Nông Văn Sơn', '5', 'đầu cầu treo', '0912345678', 'x'],
  ['2', 'Ngọc Sơn', 'Lý Thị Mẩy', '4', 'dốc Keng Cải, cạnh trường', '0987654321'],
  ['3', 'Lũng Nặm', 'Hoàng Hữu Ưng', '12', '', '', 'x'],
  ['4', 'Lũng Nặm', 'Giàng A Páo', '3', 'Hoà Bình'],
  ['5', 'Lũng Nặm', 'Đặng Quỳnh Nghĩa', '7', 'cuối xóm', '0359123456'],
];

/** Those lines as they stand in a file that begins with its heading. */
export const listRows: readonly ExpectedRow[] = [headings, ...households].map((cells, index) => [index + 1, ...cells]);
