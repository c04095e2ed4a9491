/** Words for what the field day brought: doubles, closed households, void visits, terms of prestigious persons, models, documents. */
import type { AttachmentType } from '#domain/attachment.ts';
import type { BenefitOccasion } from '#domain/benefit.ts';
import type { DocumentKind } from '#domain/handbook.ts';
import type { ClosingReason } from '#domain/household.ts';
import type { ModelField, ModelState } from '#domain/mobilization-model.ts';
import type { TermEndReason, TermState } from '#domain/prestigious-term.ts';
import type { VoidReason } from '#domain/visit.ts';
import type { ReturnSettlement } from '#domain/visit-return.ts';

export const fieldDay = {
  closingReasons: {
    moved_away: 'Chuyển đi nơi khác', moved_hamlet: 'Chuyển sang xóm khác trong xã', joined_other: 'Nhập vào hộ khác', nobody_left: 'Không còn ai ở', mistake: 'Ghi nhầm vào sổ',
  } satisfies Record<ClosingReason, string>,
  voidReasons: {
    wrong_household: 'Ghi nhầm hộ, nhầm người', entered_twice: 'Ghi hai lần', did_not_happen: 'Thực ra không có', other: 'Lý do khác',
  } satisfies Record<VoidReason, string>,
  returnSettlements: { corrected: 'Đã sửa', stands: 'Ghi thế là đúng', withdrawn: 'Xã không hỏi nữa' } satisfies Record<ReturnSettlement, string>,
  termStates: {
    proposed: 'Họp xóm đã giới thiệu', joint_meeting: 'Đã họp liên tịch', submitted: 'Đã gửi lên xã', returned: 'Xã trả lại', recognized: 'Đã công nhận',
    active: 'Đang giữ', under_review: 'Đang rà soát', ended: 'Đã thôi', replaced: 'Đã có người thay',
  } satisfies Record<TermState, string>,
  termEndReasons: {
    moved: 'Chuyển nơi ở', health: 'Sức khỏe', died: 'Qua đời', own_request: 'Xin thôi', replaced: 'Có người thay', term_end: 'Hết nhiệm kỳ', no_longer_meets: 'Không còn đủ tiêu chí',
  } satisfies Record<TermEndReason, string>,
  modelFields: {
    economy: 'Kinh tế', culture_society: 'Văn hóa, xã hội', defense_security: 'Quốc phòng, an ninh', political_system: 'Xây dựng hệ thống chính trị', new_rural: 'Nông thôn mới',
  } satisfies Record<ModelField, string>,
  modelOwnerKinds: { collective: 'Tập thể', individual: 'Cá nhân' },
  modelStates: {
    registered: 'Đã đăng ký', accepted: 'Xã đồng ý cho làm', returned: 'Xã trả lại', in_progress: 'Đang làm', self_reported: 'Đã tự báo cáo', checked: 'Đã kiểm tra',
    recognized: 'Được công nhận', not_yet: 'Chưa được công nhận', maintained: 'Đang duy trì', ended: 'Đã thôi',
  } satisfies Record<ModelState, string>,
  benefitOccasions: { lunar_new_year: 'Tết Nguyên đán', ethnic_new_year: 'Tết của dân tộc', unity_day: 'Ngày Đại đoàn kết', other: 'Dịp khác' } satisfies Record<BenefitOccasion, string>,
  documentKinds: {
    directive: 'Chỉ thị', resolution: 'Nghị quyết', plan: 'Kế hoạch', guidance: 'Hướng dẫn', notice: 'Thông báo', other: 'Văn bản khác',
  } satisfies Record<DocumentKind, string>,
  attachmentTypes: { 'image/webp': 'Ảnh', 'image/jpeg': 'Ảnh' } satisfies Record<AttachmentType, string>,
};
