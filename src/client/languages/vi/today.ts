import type { DatedOccasion } from '#domain/occasion.ts';

/** Words of the first screen: what a member does today. */
export const today = {
  title: 'Hôm nay',
  toTell: 'Cần báo lại cho dân',
  answered: (ago: string) => `Có trả lời ${ago}`,
  whoHasCode: (code: string) => `người giữ mã ${code}`,
  due: 'Nên thăm',
  neverMet: 'chưa gặp lần nào',
  lastMet: (day: string) => `gặp lần cuối ${day}`,
  needsYou: 'Cần bạn xem',
  drafts: 'Đang viết dở',
  draftFrom: (when: string) => `Viết lúc ${when}. Bấm để viết tiếp.`,
  dropDraft: 'Bỏ bản này',
  draftOrphaned: 'Phiếu viết dở của nơi bạn không còn phụ trách. Không lưu được nữa, chỉ đọc lại hoặc bỏ.',
  draftWords: 'Xem chữ đã viết',
  draftDropped: 'Đã bỏ bản viết dở.',
  more: 'Mục khác',
  /** At the top, as one line: each part leads to its section. */
  glance: {
    label: 'Việc hôm nay',
    needsYou: (n: number) => `${n} cần xem`,
    toTell: (n: number) => `${n} cần báo`,
    promised: (n: number) => `${n} đã hẹn`,
    due: (n: number) => `${n} nên thăm`,
    people: (n: number) => `${n} dịp lễ, Tết`,
    drafts: (n: number) => `${n} viết dở`,
    nothing: 'Hôm nay không có việc gì đang chờ bạn.',
  },
  promised: 'Đã hẹn, đến ngày',
  promisedOn: (day: string) => `hẹn ngày ${day}`,
  promisedToday: 'hẹn hôm nay',
  promisedPast: (day: string) => `hẹn ngày ${day}, đã qua`,
  askedLater: (day: string) => `ngày ${day} bà con hẹn lại hôm khác`,
  people: 'Người có uy tín, dịp lễ, Tết',
  notSeenFor: {
    lunar_new_year: (day: string) => `Tết ngày ${day}, chưa ghi lượt chúc Tết`, unity_day: (day: string) => `Ngày Đại đoàn kết ${day}, chưa ghi lượt gặp`,
  } satisfies Record<DatedOccasion, (day: string) => string>,
  asksAbout: (field: string) => `Xã hỏi về mục ${field}`,
  moreDue: (n: number) => `Còn ${n} hộ nữa`,
};
