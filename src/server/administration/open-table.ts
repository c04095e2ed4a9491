/** A table named on the command line, and in words what is wrong with one. */
import { bounds } from '#tables/table.ts';
import type { Sheet, TableError } from '#tables/table.ts';
import { readSheets } from '#tables/read-sheets.ts';
import type { CommandDesk } from './command-desk.ts';
import { readBytes } from './files.ts';
import { numberText } from './number-text.ts';

/** The sheets with anything in them, at least one; undefined: what is wrong was said. */
export async function openTable(file: string, print: CommandDesk['print']): Promise<readonly Sheet[] | undefined> {
  const bytes = readBytes(file, print);
  if (bytes === undefined) return undefined;
  const table = await readSheets(bytes);
  if (table.ok) return table.value.sheets;
  print(`${file}: ${tableErrorText(table.error)}`);
  return undefined;
}

/** The one of several sheets that is wanted, or else the first; says which are passed over. */
export function chooseSheet(sheets: readonly Sheet[], isWanted: (sheet: Sheet) => boolean, print: CommandDesk['print']): Sheet['rows'] {
  const chosen = sheets.find(isWanted) ?? sheets[0];
  const others = sheets.filter((sheet) => sheet !== chosen).map(({ name }) => `“${name}”`);
  if (chosen !== undefined && others.length > 0) print(`Chỉ đọc trang “${chosen.name}”. Không đọc: ${others.join(', ')}.`);
  return chosen?.rows ?? [];
}

function tableErrorText({ code, line }: TableError): string {
  switch (code) {
    case 'empty':
      return 'tệp trống.';
    case 'old_spreadsheet':
      return 'đây là tệp Excel kiểu cũ (.xls). Hãy mở ra và lưu thành .xlsx.';
    case 'not_spreadsheet':
      return 'đây không phải là bảng tính Excel (.xlsx) hay CSV. Hãy mở ra và lưu thành .xlsx.';
    case 'locked':
      return 'tệp Excel có mật khẩu. Hãy mở ra, bỏ mật khẩu rồi lưu lại.';
    case 'damaged':
      return 'tệp Excel bị hỏng hoặc bị cắt giữa chừng. Hãy chép lại từ nơi gửi.';
    case 'not_text':
      return 'không đọc được chữ trong tệp. Hãy mở ra và lưu thành .xlsx hoặc “CSV UTF-8”.';
    case 'broken_quotes':
      return `dấu ngoặc kép bị thiếu hoặc thừa, ở dòng ${line ?? '?'} hoặc trước đó.`;
    case 'too_large':
      return `tệp quá lớn: nhiều nhất ${numberText(bounds.fileBytes / 1024 / 1024)} MB, ${numberText(bounds.rows)} dòng và ${numberText(bounds.columns)} cột một trang.`;
  }
}
