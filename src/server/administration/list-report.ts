/** What an import of a list read and would do, in lines for a terminal. */
import { isReferredKind } from '#domain/feedback.ts';
import type { FeedbackKind } from '#domain/feedback.ts';
import { areaTitle } from '#domain/place-name.ts';
import type { NearReason, Reckoning, RowNote } from '#lists/import-plan.ts';
import { fieldsOf, layouts } from '#lists/layout.ts';
import type { ListField, ListLayout } from '#lists/layout.ts';
import type { ReadList, SheetError } from '#lists/read-list.ts';
import type { CellCode, CellError, RowPlace, WrongRow } from '#lists/row-reader.ts';
import { numberText } from './number-text.ts';

/** By layout, what a row is called. */
export const rowWords: Record<ListLayout, string> = { households: 'hộ', prestigious: 'người có uy tín', feedback: 'ý kiến', models: 'mô hình' };

const fieldNames: Record<ListField, string> = {
  no: 'STT', hamlet: 'Xóm/Tổ dân phố', headName: 'Họ và tên chủ hộ', members: 'Số nhân khẩu', houseLabel: 'Địa chỉ',
  phone: 'Số điện thoại', poor: 'Hộ nghèo', near_poor: 'Hộ cận nghèo', policy_merit: 'Hộ chính sách',
  fullName: 'Họ và tên', birthYear: 'Năm sinh', birthYearMale: 'Năm sinh nam', birthYearFemale: 'Năm sinh nữ', sex: 'Giới tính', decisionNo: 'Số quyết định',
  decidedOn: 'Ngày công nhận', term: 'Nhiệm kỳ', receivedOn: 'Ngày tiếp nhận', text: 'Nội dung', kind: 'Loại', channel: 'Hình thức', topic: 'Lĩnh vực',
  unit: 'Đơn vị xử lý', dueOn: 'Hạn xử lý', answeredOn: 'Ngày trả lời', answer: 'Kết quả', title: 'Tên mô hình', owner: 'Đơn vị/cá nhân đăng ký', field: 'Lĩnh vực',
  plan: 'Nội dung', households: 'Số hộ tham gia', year: 'Năm', registeredOn: 'Ngày đăng ký', recognizedOn: 'Ngày công nhận', results: 'Kết quả',
};

export function sheetErrorText(error: SheetError, layout: ListLayout): string {
  const names = (fields: readonly ListField[]) => fields.map((field) => fieldNames[field]).join(', ');
  switch (error.code) {
    case 'no_heading':
      return `Không tìm thấy dòng tiêu đề: cần các cột ${names(layouts[layout].needed)}.`;
    case 'no_rows':
      return `Dưới dòng tiêu đề không có ${rowWords[layout]} nào.`;
    case 'lists_persons':
      return 'Danh sách này ghi từng người (có cột quan hệ với chủ hộ). Cần danh sách mỗi dòng một hộ.';
    case 'missing_columns':
      return `Thiếu cột: ${names(error.fields)}.`;
    case 'unnamed_column':
      return `Cột bên phải “${error.headings.join(', ')}” không có tiêu đề. Ghi tiêu đề cho cột ấy, hoặc ghi cả họ tên vào một ô.`;
    case 'doubled_columns':
      return `Có hai cột cùng nghĩa, hãy giữ lại một: ${error.headings.join(', ')}.`;
  }
}

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
  not_a_day: 'không phải là ngày (ghi ngày/tháng/năm, như 5/3/2026)',
  no_year: 'thiếu năm (ghi ngày/tháng/năm, như 5/3/2026)',
  not_a_year: 'không phải là năm',
  in_future: 'là ngày chưa đến',
  before_received: 'trước ngày tiếp nhận',
  unclear_kind: 'có thể là khiếu nại, có thể là kiến nghị: hãy ghi đủ chữ',
  unknown_field_of_work: 'không rõ thuộc lĩnh vực nào (kinh tế; văn hóa, xã hội; quốc phòng, an ninh; hệ thống chính trị; nông thôn mới)',
  unclear_sex: 'không rõ nam hay nữ',
  unknown_unit: 'chưa có trong danh sách đơn vị của xã (thêm bằng lệnh add-unit)',
  about_staff: 'nói về cán bộ: chỉ trưởng khối được nạp',
  ambiguous_unit: 'trùng tên với nhiều đơn vị, hãy ghi rõ hơn',
};

function cellErrorText(error: CellError): string {
  const reason = error.code === 'repeated' && error.other !== undefined ? `trùng với ${placeText(error.other)}` : (reasons[error.code] ?? error.code);
  const value = error.value === '' ? '' : ` “${error.value.length > 80 ? `${error.value.slice(0, 79)}…` : error.value}”`;
  return `cột “${error.column || fieldNames[error.field]}”:${value} ${reason}`;
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
  same_name: 'cùng tên', same_phone: 'cùng số điện thoại', same_house: 'cùng nhà, tên gần giống', closed: 'đã đóng trong sổ', same_title: 'cùng nơi, cùng tên mô hình',
};

/** What was read: the same whether anything is written or not. */
export function readingReport(list: ReadList, plan: Reckoning): string[] {
  const words = rowWords[list.layout];
  const lines = [`Đã đọc ${numberText(list.rows.length + list.wrong.length)} dòng có ${list.layout === 'households' ? 'hộ gia đình' : words}.`];
  for (const { name, line, error } of list.leftOut) {
    lines.push(`Không đọc ${line === undefined ? `trang “${name}”` : `danh sách từ ${placeText({ sheet: name, line })}`}. ${sheetErrorText(error, list.layout)}`);
  }
  const dropped = list.sheets.flatMap((sheet) => sheet.dropped);
  const headings = (isForbidden: boolean) => [...new Set(dropped.filter((column) => column.isForbidden === isForbidden).map((column) => column.heading))];
  const [forbidden, others] = [headings(true), headings(false)];
  if (forbidden.length > 0) lines.push(`Cột bỏ đi, không đọc vì không được lưu: ${forbidden.join(', ')}.`);
  if (list.layout === 'feedback') lines.push('Tên, địa chỉ người phản ánh không được nạp (sổ không ghi họ có đồng ý hay không): mọi ý kiến đều giấu tên.');
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
  return [...lines, ...knownReport(plan, words), ...notesReport(plan), ...referredReport(plan), ...questionsReport(plan)];
}

const sameAs: Record<ListLayout, string> = {
  households: 'cùng xóm, cùng số, cùng tên', prestigious: 'cùng xóm, cùng tên, cùng năm sinh', feedback: 'cùng ngày, cùng nội dung', models: 'cùng tên, cùng người đăng ký',
};

const noteTexts: Readonly<Partial<Record<RowNote['code'], string>>> = {
  wording: 'Lời dân có chữ nên xem lại (đạo, đảng phái, nghi ngờ ai, số giấy tờ), vẫn ghi nguyên văn',
  unit_unknown: 'Đơn vị chưa có trong sổ, ý kiến đã trả lời nên vẫn ghi, không kèm đơn vị',
  no_due_day: 'Không ghi hạn, tính 10 ngày làm việc từ ngày tiếp nhận',
  loose_answer: 'Có kết quả mà không có ngày trả lời, coi như chưa trả lời, không nạp kết quả',
  no_hamlet: 'Không rõ xóm, ghi vào xã',
  phone_left_out: 'Sổ chỉ giữ một số 10 chữ số, không giữ số còn lại',
};

function notesReport({ notes }: Reckoning): string[] {
  return Object.entries(noteTexts).flatMap(([code, text]) => {
    const noted = notes.filter((note) => note.code === code);
    return noted.length === 0 ? [] : [`${text}: ${noted.map((note) => (note.said === '' ? placeText(note) : `${placeText(note)} (${note.said})`)).join(', ')}.`];
  });
}

function referredReport(plan: Reckoning): string[] {
  const referred = plan.create.filter(({ kind, fields }) => kind === 'feedback' && isReferredKind(fields['kind'] as FeedbackKind));
  return referred.length === 0 ? [] : [`${numberText(referred.length)} đơn khiếu nại, tố cáo: chỉ ghi loại, ngày và xóm, không đọc nội dung.`];
}

function knownReport(plan: Reckoning, words: string): string[] {
  const lines: string[] = [];
  if (plan.unchanged.length > 0) {
    lines.push(`${numberText(plan.unchanged.length)} ${words} đã có trong sổ (${sameAs[plan.layout]}), giữ nguyên.`);
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
      return `  ${placeText(place)}: “${said}” ${nearReasons[reason]} với ${other}${answer === undefined ? ', không ghi: mục ấy là của dòng khác trong danh sách' : `, ${done[answer]}`}.`;
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
  if (!columns.has('hamlet') && fieldsOf(list.layout).includes('hamlet')) columns.set('hamlet', fieldNames.hamlet);
  return [
    [...columns.values(), 'Dòng', 'Lý do'],
    ...wrong.map(({ sheet, line, errors, kept }) => [
      ...[...columns.keys()].map((field) => kept[field] ?? ''),
      sheet === '' ? String(line) : `${sheet}: ${line}`,
      errors.map(cellErrorText).join('; '),
    ]),
  ];
}
