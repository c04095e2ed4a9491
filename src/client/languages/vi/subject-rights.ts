/** What is held about a household, and what it may ask for: shown and read aloud at the door. */
import type { AreaKind } from '#domain/area.ts';
import type { Household } from '#domain/household.ts';

const held = {
  title: 'Những gì đang lưu về hộ này',
  open: 'Những gì đang lưu về hộ này',
  openHint: 'Mở ra cho bà con xem tại nhà, hoặc in ra giấy.',
  areaKinds: {
    tinh: 'tỉnh', thanh_pho: 'thành phố', xa: 'xã', phuong: 'phường', dac_khu: 'đặc khu', xom: 'xóm', thon: 'thôn', ban: 'bản', to_dan_pho: 'tổ dân phố',
  } satisfies Record<AreaKind, string>,
  seenAt: (when: string) => `Xem lúc ${when}`,
  print: 'In ra giấy',

  aboutTitle: 'Về hộ',
  /** What each field is kept for. */
  keptFor: {
    no: 'để tìm hộ trong sổ của xóm',
    headName: 'để gọi đúng tên',
    houseLabel: 'để tìm đường; không lưu vị trí trên bản đồ',
    phone: 'để gọi trước khi đến',
    members: 'để tính đủ suất khi có hỗ trợ',
    needs: 'để không sót hộ khi có hỗ trợ',
    sourceListId: 'diện cần giúp chép từ danh sách chính thức này, tổ không tự ghi',
    contact: 'hộ có cho ghi tên, số điện thoại không',
    lang: 'để cử người nói được tiếng ấy; không phải là ghi dân tộc',
  } satisfies Record<keyof Household, string>,
  notKept: 'không lưu',
  list: (id: string) => `danh sách của xã, mã ${id}`,
  other: (who: string, value: string) => `${who} ghi khác: ${value}. Chưa ai chọn giữ bản nào.`,
  otherGone: (who: string) => `${who} muốn bỏ phiếu này. Chưa ai chọn.`,
  someone: 'Người khác',
  firstWritten: (who: string, when: string) => `Ghi lần đầu: ${who}, ${when}.`,
  byList: 'danh sách của xã, hoặc người nay không còn trong tổ',

  visitsTitle: 'Các lượt thăm',
  noVisits: 'Chưa ghi lượt thăm nào.',
  visit: (day: string, purpose: string) => `${day} · ${purpose}`,
  whoCame: 'Người đến',
  formerMember: 'người nay không còn trong tổ',
  withFeedback: 'Ý kiến kèm theo',
  withFeedbackBelow: (n: number) => `${n}, có ghi tên, ở phần dưới`,
  withDeliveries: 'Hỗ trợ kèm theo',
  writtenAt: 'Ghi lúc',
  standing: 'Phiếu này',
  standings: { on_this_phone: 'mới chỉ có trên máy này', sent: 'xã đã có', needs_you: 'xã chưa ghi vào sổ, đang chờ xem lại' },

  feedbackTitle: 'Ý kiến có ghi tên của hộ',
  noFeedback: 'Không có ý kiến ghi tên nào gắn với hộ này.',
  feedbackNow: 'Đến nay',
  way: 'Đã làm gì',
  field: 'Xã hỏi về',

  draftsTitle: 'Đang viết dở',
  draft: (when: string) => `Viết lúc ${when}, chưa lưu, chỉ có trên máy này.`,

  readersTitle: 'Ai đọc được',
  people: (n: number) => `${n} người`,
  team: (place: string) => `Tổ dân vận ${place}`,
  bloc: (place: string) => `Khối dân vận ${place}`,
  readersKnown: 'Số người theo danh sách máy này đang có.',
  readerUnits: 'Đơn vị trả lời ý kiến: chỉ đọc ý kiến giao cho mình, biết tên khi bà con đã đồng ý.',
  readerNobody: 'Xóm khác, quản trị tài khoản, tỉnh: không đọc được. Tỉnh chỉ nhận số đếm, không có tên.',
  readerHost: 'Bản gốc nằm trên máy chủ của xã. Người trông máy chủ không được phép đọc.',

  neverTitle: 'Không bao giờ lưu',
  never: [
    'Theo đạo gì hay không theo, đảng phái, tư tưởng, ai bầu cho ai',
    'Dân tộc, bệnh gì, số căn cước, tên trẻ em',
    'Vị trí nhà trên bản đồ, ảnh khuôn mặt, vân tay, giọng nói',
    'Điểm số, xếp hạng, nhận xét về người',
    'Nội dung khiếu nại, tố cáo',
    'Hộ nào nói ý kiến giấu tên',
  ],

  unknownTitle: 'Điều máy này không biết',
  heardAt: (when: string) => `Máy này nghe được xã lần cuối lúc ${when}. Người khác ghi sau lúc đó thì chưa thấy ở đây.`,
  notHeardYet: 'Máy này chưa nghe được xã lần nào, nên có thể còn thiếu.',
  unsentElsewhere: 'Phiếu người khác trong tổ ghi mà chưa gửi thì chưa thấy ở đây.',
  historyAtCommune: 'Ai sửa gì, lúc nào: xã giữ. Có sóng thì mở ở dưới để xem.',
  historyOffline: 'Ai sửa gì, lúc nào: xã giữ, phải có sóng mới xem được. Bây giờ máy không có sóng.',
  feedbackElsewhere: 'Ý kiến ghi tên nói ở cuộc họp, qua điện thoại không gắn với hộ. Ý kiến về cán bộ không nằm ở máy của tổ. Cầm mã tiếp nhận đến xã hỏi được.',
  peopleRegister: 'Nếu trong nhà có người có uy tín, sổ người có uy tín ghi riêng.',
};

export const subjectRights = { held };
