/** What is held about a household, and what it may ask for: shown and read aloud at the door. */
import type { AreaKind } from '#domain/area.ts';
import type { Household } from '#domain/household.ts';

const correct = {
  title: 'Sửa thông tin hộ',
  membersHint: 'Từ 1 đến 20 người',
  labelHint: 'Mốc để tìm nhà, không phải tọa độ',
  langEmpty: 'Chưa rõ',
  needsHint: 'Diện cần giúp lấy từ danh sách chính thức của xã. Sai thì ghi yêu cầu sửa để xã xem.',
  saved: 'Đã lưu trên máy này. Sẽ tự gửi khi có sóng.',
  nothingChanged: 'Chưa sửa gì nên không có gì để lưu.',
};

const held = {
  title: 'Những gì đang lưu về hộ này',
  open: 'Những gì đang lưu về hộ này',
  openHint: 'Mở ra cho bà con xem tại nhà, in ra giấy, sửa, rút lại đồng ý, yêu cầu xóa.',
  consents: 'Hộ đã trả lời',
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
  theyMay: 'Hộ có thể',
  correct: 'Sửa cho đúng',
  writtenBy: 'Người ghi',
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
  historyAtCommune: 'Ai sửa gì, lúc nào: xã giữ. Có sóng thì mở “Lịch sử sửa đổi” ở từng phần để xem.',
  historyOffline: 'Ai sửa gì, lúc nào: xã giữ, phải có sóng mới xem được. Bây giờ máy không có sóng.',
  feedbackElsewhere: 'Ý kiến ghi tên nói ở cuộc họp, qua điện thoại không gắn với hộ. Ý kiến về cán bộ không nằm ở máy của tổ. Cầm mã tiếp nhận đến xã hỏi được.',
  peopleRegister: 'Nếu trong nhà có người có uy tín, sổ người có uy tín ghi riêng.',
};

/** Asking for consent, and taking it back. */
const consent = {
  title: 'Hộ có cho ghi không',
  readAloud: 'Đọc cho bà con nghe',
  /** Whoever changes a word here raises `consentWording` (domain/consent.ts). */
  text: 'Tổ dân vận xin ghi tên, số điện thoại và các lần đến thăm nhà mình, để nhớ việc đã hẹn, báo lại đúng người. Chỉ tổ dân vận của xóm và khối dân vận xã đọc. Nhà mình xem, sửa, rút lại, xin xóa lúc nào cũng được. Không đồng ý cũng không mất quyền lợi gì. Nhà mình đồng ý không?',
  answerLabel: 'Bà con trả lời',
  answers: { given: 'Đồng ý', refused: 'Không đồng ý', later: 'Hỏi sau' },
  way: 'Bằng cách',
  now: 'Hiện nay',
  past: 'Những lần hộ đã trả lời',
  neverAnswered: 'Chưa có lần trả lời nào được ghi.',
  line: (day: string, decision: string) => `${day} · ${decision}`,
  lineDetail: (way: string, wording: number, who: string) => `${way} · lời đã đọc bản số ${wording} · ${who} ghi`,
  withdraw: 'Hộ rút lại đồng ý',
  withdrawAsk: 'Hộ rút lại đồng ý?',
  goes: 'Bỏ khỏi sổ ngay: tên chủ hộ, số điện thoại, diện cần giúp.',
  stays: 'Còn lại: số thứ tự, nhà ở gần đâu, số nhân khẩu, các lượt thăm đã ghi và ý kiến hộ đã ghi tên. Muốn bỏ cả những thứ ấy thì ghi yêu cầu xóa.',
  withdrawYes: 'Rút lại đồng ý',
  agreeAgain: 'Hộ tự nói nay đồng ý',
  agreeAgainHint: 'Hộ đã không đồng ý, nên không hỏi lại. Chỉ ghi khi chính hộ nói muốn.',
  saved: 'Đã lưu trên máy này. Sẽ tự gửi khi có sóng.',
  refusedMeans: 'Bấm Lưu là bỏ tên, số điện thoại, diện cần giúp khỏi sổ. Hộ vẫn được thăm, chỉ còn đếm là một hộ.',
};

/** Where a complaint or denunciation goes; its slip names neither. */
const reception = {
  title: 'Nơi tiếp công dân',
  ofCommune: (commune: string) => `Nơi tiếp công dân xã ${commune}`,
  place: 'Ở đâu',
  hours: 'Khi nào',
  notWritten: 'Xã chưa ghi địa chỉ, giờ tiếp công dân vào máy này. Mời bà con hỏi tại trụ sở Ủy ban nhân dân xã.',
  bring: 'Mang theo đơn, giấy tờ nếu có. Không có đơn thì nói trực tiếp, người tiếp ghi lại.',
  free: 'Không mất tiền. Muốn giữ kín tên thì nói ngay với người tiếp.',
  tell: 'Nói với bà con nơi đến:',
  openSlip: 'In giấy chỉ nơi tiếp công dân',
  print: 'In giấy này',
};

export const subjectRights = { held, consent, correct, reception };
