/** What an import of households read and did, in lines for a terminal. */
import { areaTitle } from '../area-title.ts';
import type { HouseholdColumn } from './household-columns.ts';
import type { CellError, HouseholdList, HouseholdListError, WrongRow } from './household-list.ts';
import type { HouseholdPlan } from './household-plan.ts';
import { numberText } from './number-text.ts';

const columnNames: Record<HouseholdColumn, string> = {
  no: 'STT', hamlet: 'Xóm/Tổ dân phố', headName: 'Họ và tên chủ hộ', members: 'Số nhân khẩu', houseLabel: 'Địa chỉ',
  phone: 'Số điện thoại', poor: 'Hộ nghèo', near_poor: 'Hộ cận nghèo', policy_merit: 'Hộ chính sách',
};

export function listErrorText(error: HouseholdListError): string {
  switch (error.code) {
    case 'no_heading':
      return 'Không tìm thấy dòng tiêu đề: cần các cột STT, Xóm/Tổ dân phố, Họ và tên chủ hộ.';
    case 'no_households':
      return 'Dưới dòng tiêu đề không có hộ nào.';
    case 'missing_columns':
      return `Thiếu cột: ${error.columns.map((column) => columnNames[column]).join(', ')}.`;
    case 'doubled_columns':
      return `Có hai cột cùng nghĩa, hãy giữ lại một: ${error.headings.join(', ')}.`;
  }
}

const reasons: Partial<Record<CellError['code'], string>> = {
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
  const reason = error.code === 'repeated' ? `trùng với dòng ${error.otherLine ?? ''}` : (reasons[error.code] ?? error.code);
  const value = error.value === '' ? '' : ` “${error.value}”`;
  return `cột “${error.column}”:${value} ${reason}`;
}

/** What was read: the same whether anything is written or not. */
export function readingReport(list: HouseholdList, plan: HouseholdPlan): string[] {
  const { skipped } = list;
  const lines = [`Đã đọc ${numberText(list.households.length + list.wrong.length)} dòng có hộ gia đình.`];
  const forbidden = list.dropped.filter((column) => column.isForbidden).map((column) => column.heading);
  const others = list.dropped.filter((column) => !column.isForbidden).map((column) => column.heading);
  if (forbidden.length > 0) lines.push(`Cột bỏ đi, không đọc vì không được lưu: ${forbidden.join(', ')}.`);
  if (others.length > 0) lines.push(`Cột bỏ đi, không đọc vì sổ không có mục này: ${others.join(', ')}.`);
  if (skipped.empty > 0) lines.push(`Bỏ qua ${numberText(skipped.empty)} dòng trống.`);
  if (skipped.totals > 0) lines.push(`Bỏ qua ${numberText(skipped.totals)} dòng tổng cộng.`);
  if (skipped.other.length > 0) lines.push(`Bỏ qua dòng không phải hộ: ${skipped.other.join(', ')}.`);
  if (list.mendedPhones.length > 0) lines.push(`Thêm lại số 0 ở đầu cho ${numberText(list.mendedPhones.length)} số điện thoại.`);
  if (plan.createHamlets.length > 0) {
    lines.push(`Xóm mới: ${plan.createHamlets.map((area) => `${areaTitle(area)} (${area.code})`).join(', ')}.`);
  }
  if (plan.existing.length > 0) {
    lines.push(`${numberText(plan.existing.length)} hộ đã có trong sổ (cùng xóm, cùng số, cùng tên), giữ nguyên.`);
    const different = plan.existing.filter((known) => known.differs).map((known) => known.line);
    if (different.length > 0) lines.push(`  Trong đó danh sách ghi khác sổ ở dòng: ${different.join(', ')}. Sổ không bị sửa.`);
  }
  if (plan.sameNumber.length > 0) {
    const numbered = plan.sameNumber.map(({ line, no }) => `dòng ${line} (số ${no})`).join(', ');
    lines.push(`Lưu ý, trong xóm đã có hộ khác mang cùng số, vẫn ghi: ${numbered}.`);
  }
  return lines;
}

export function wrongRowsReport(wrong: readonly WrongRow[]): string[] {
  return wrong.flatMap(({ line, errors }) => errors.map((error) => `Dòng ${line}, ${cellErrorText(error)}.`));
}

/** The rows that were left out, to be mended and imported again. Dropped columns are not in it. */
export function wrongRowsTable(list: HouseholdList, wrong: readonly WrongRow[]): string[][] {
  return [
    [...list.headings, 'Dòng', 'Lý do'],
    ...wrong.map(({ line, errors, kept }) => [...kept, String(line), errors.map(cellErrorText).join('; ')]),
  ];
}
