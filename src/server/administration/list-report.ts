/** What an import of a list read and would do, in lines for a terminal. */
import { areaTitle } from '#domain/place-name.ts';
import type { NearReason, Reckoning } from '#lists/import-plan.ts';
import { fieldsOf } from '#lists/layout.ts';
import type { ListField } from '#lists/layout.ts';
import type { ReadList, RowOf, SheetError } from '#lists/read-list.ts';
import type { CellCode, CellError, RowPlace, WrongRow } from '#lists/row-reader.ts';
import { numberText } from './number-text.ts';

type Layout = keyof RowOf;

/** By layout, what a row is called. */
export const rowWords: Record<Layout, string> = { households: 'hộ' };

const fieldNames: Partial<Record<ListField, string>> = {
  no: 'STT', hamlet: 'Xóm/Tổ dân phố', headName: 'Họ và tên chủ hộ', members: 'Số nhân khẩu', houseLabel: 'Địa chỉ',
  phone: 'Số điện thoại', poor: 'Hộ nghèo', near_poor: 'Hộ cận nghèo', policy_merit: 'Hộ chính sách',
};

export function sheetErrorText(error: SheetError, layout: Layout): string {
  const names = (fields: readonly ListField[]) => fields.map((field) => fieldNames[field] ?? field).join(', ');
  switch (error.code) {
    case 'no_heading':
      return `Không tìm thấy dòng tiêu đề: cần các cột ${names(neededFields[layout])}.`;
    case 'no_rows':
      return `Dưới dòng tiêu đề không có ${rowWords[layout]} nào.`;
    case 'missing_columns':
      return `Thiếu cột: ${names(error.fields)}.`;
    case 'doubled_columns':
      return `Có hai cột cùng nghĩa, hãy giữ lại một: ${error.headings.join(', ')}.`;
  }
}

const neededFields: Record<Layout, readonly ListField[]> = { households: ['no', 'hamlet', 'headName'] };

const reasons: Partial<Record<CellCode, string>> = {
  required: 'còn trống',
  not_a_number: 'không phải là số nguyên',
  not_a_mark: 'không rõ có hay không (ghi x hoặc để trống)',
  too_short: 'quá ngắn',
  too_long: 'quá dài',
  out_of_range: 'ngoài khoảng cho phép',
  wrong_format: 'sai dạng (số điện thoại có 10 chữ số, bắt đầu bằng 0)',
  unknown_area: 'chưa có trong danh sách xóm của xã (thêm --create-hamlets để tạo xóm mới)',
  ambiguous_area: 'trùng tên với nhiều xóm, hãy ghi rõ hơn',
  declined: 'là số của hộ đã không đồng ý cho ghi thông tin; nếu là hộ khác, hãy đổi số',
  wording: 'có chữ không được ghi (đạo, tư tưởng, đảng phái, bệnh tật, nghi ngờ ai); chỉ ghi mốc để tìm nhà',
  too_many_areas: 'xã đã đủ 999 xóm',
};

function cellErrorText(error: CellError): string {
  const reason = error.code === 'repeated' && error.other !== undefined ? `trùng với ${placeText(error.other)}` : (reasons[error.code] ?? error.code);
  const value = error.value === '' ? '' : ` “${error.value}”`;
  return `cột “${error.column || (fieldNames[error.field] ?? '')}”:${value} ${reason}`;
}

/** `dòng 5`; of a file with several sheets `trang “Ngọc Sơn”, dòng 5`. */
function placeText({ sheet, line }: RowPlace): string {
  return sheet === '' ? `dòng ${line}` : `trang “${sheet}”, dòng ${line}`;
}

function placesText(places: readonly RowPlace[]): string {
  if (places.every(({ sheet }) => sheet === '')) return `dòng ${places.map(({ line }) => line).join(', ')}`;
  return places.map(placeText).join('; ');
}

const nearReasons: Record<NearReason, string> = {
  same_name: 'cùng tên', same_phone: 'cùng số điện thoại', same_house: 'cùng nhà, tên gần giống', closed: 'đã đóng trong sổ',
};

/** What was read: the same whether anything is written or not. */
export function readingReport(list: ReadList, plan: Reckoning): string[] {
  const words = rowWords[list.layout];
  const lines = [`Đã đọc ${numberText(list.rows.length + list.wrong.length)} dòng có ${list.layout === 'households' ? 'hộ gia đình' : words}.`];
  for (const { name, error } of list.leftOut) lines.push(`Không đọc trang “${name}”. ${sheetErrorText(error, list.layout)}`);
  const dropped = list.sheets.flatMap((sheet) => sheet.dropped);
  const headings = (isForbidden: boolean) => [...new Set(dropped.filter((column) => column.isForbidden === isForbidden).map((column) => column.heading))];
  const [forbidden, others] = [headings(true), headings(false)];
  if (forbidden.length > 0) lines.push(`Cột bỏ đi, không đọc vì không được lưu: ${forbidden.join(', ')}.`);
  if (others.length > 0) lines.push(`Cột bỏ đi, không đọc vì sổ không có mục này: ${others.join(', ')}.`);
  const sum = (count: (sheet: ReadList['sheets'][number]) => number) => list.sheets.reduce((total, sheet) => total + count(sheet), 0);
  const [empty, totals] = [sum(({ skipped }) => skipped.empty), sum(({ skipped }) => skipped.totals)];
  if (empty > 0) lines.push(`Bỏ qua ${numberText(empty)} dòng trống.`);
  if (totals > 0) lines.push(`Bỏ qua ${numberText(totals)} dòng tổng cộng.`);
  const other = list.sheets.flatMap(({ name, skipped }) => skipped.other.map((line) => ({ sheet: name, line })));
  if (other.length > 0) lines.push(`Bỏ qua dòng không phải ${words}: ${placesText(other).replace(/^dòng /u, '')}.`);
  if (list.mendedPhones.length > 0) lines.push(`Thêm lại số 0 ở đầu cho ${numberText(list.mendedPhones.length)} số điện thoại.`);
  if (plan.createHamlets.length > 0) {
    lines.push(`Xóm mới: ${plan.createHamlets.map((area) => `${areaTitle(area)} (${area.code})`).join(', ')}.`);
  }
  return [...lines, ...knownReport(plan, words), ...questionsReport(plan)];
}

function knownReport(plan: Reckoning, words: string): string[] {
  const lines: string[] = [];
  if (plan.unchanged.length > 0) {
    lines.push(`${numberText(plan.unchanged.length)} ${words} đã có trong sổ (cùng xóm, cùng số, cùng tên), giữ nguyên.`);
    const different = plan.unchanged.filter((known) => known.differs.length > 0);
    if (different.length > 0) lines.push(`  Trong đó danh sách ghi khác sổ ở ${placesText(different)}. Sổ không bị sửa.`);
  }
  const sameNumber = plan.notes.filter(({ code }) => code === 'same_number');
  if (sameNumber.length > 0) {
    lines.push(`Lưu ý, trong xóm đã có hộ khác mang cùng số, vẫn ghi: ${sameNumber.map((note) => `${placeText(note)} (số ${note.said})`).join(', ')}.`);
  }
  return lines;
}

function questionsReport({ questions }: Reckoning): string[] {
  if (questions.length === 0) return [];
  const done = { merge: 'nhập vào mục đã có', keep_both: 'vẫn ghi riêng', skip: 'không ghi' };
  return [
    `${numberText(questions.length)} dòng có thể trùng với mục đã có:`,
    ...questions.map(({ reason, said, like, answer, ...place }) => {
      const other = 'recordId' in like ? `“${like.said}” trong sổ` : `“${like.said}” ở ${placeText(like)}`;
      return `  ${placeText(place)}: “${said}” ${nearReasons[reason]} với ${other}${answer === undefined ? ', chưa rõ' : `, ${done[answer]}`}.`;
    }),
  ];
}

export function wrongRowsReport(wrong: readonly WrongRow[]): string[] {
  return wrong.flatMap((row) => row.errors.map((error) => `${capital(placeText(row))}, ${cellErrorText(error)}.`));
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** The rows that were left out, to be mended and imported again. Dropped columns are not in it. */
export function wrongRowsTable(list: ReadList, wrong: readonly WrongRow[]): string[][] {
  const columns = new Map(list.headings);
  // Where the hamlet stood in a title or on a tab, each row says it itself.
  if (!columns.has('hamlet') && fieldsOf(list.layout).includes('hamlet')) columns.set('hamlet', fieldNames.hamlet ?? '');
  return [
    [...columns.values(), 'Dòng', 'Lý do'],
    ...wrong.map(({ sheet, line, errors, kept }) => [
      ...[...columns.keys()].map((field) => kept[field] ?? ''),
      sheet === '' ? String(line) : `${sheet}: ${line}`,
      errors.map(cellErrorText).join('; '),
    ]),
  ];
}
