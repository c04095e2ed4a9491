/** What the register of households says: its list, its forms, and what becomes of a household. */
import type { DoubleSign } from '#domain/likely-doubles.ts';

const list = {
  title: 'Hộ',
  search: 'Tìm tên, số nhà, số điện thoại',
  none: 'Chưa có hộ nào trên máy này. Gửi và nhận khi có sóng để lấy danh sách hộ của xóm.',
  notFound: (text: string) => `Không thấy hộ nào khớp “${text}”. Thử gõ ít chữ hơn, không cần dấu.`,
  count: (n: string) => `${n} hộ`,
  neverVisited: 'chưa thăm',
  lastVisit: (ago: string) => `thăm ${ago}`,
  lastAbsent: (ago: string) => `vắng ${ago}`,
  hamlet: 'Xóm',
  allHamlets: 'Cả xã',
  sortBy: { number: 'Xếp theo số', name: 'Xếp theo tên' },
  past: (n: string) => `Không còn theo dõi (${n})`,
  pastMarks: { merged: 'ghi trùng, đã gộp', closed: (why: string) => `đã đóng: ${why}` },
};

const page = {
  gone: 'Không thấy hộ này trên máy.',
  notFollowed: 'Hộ này không còn theo dõi. Mở lại hoặc tách ra trước.',
  number: (no: number) => `Số ${no}`,
  speaks: (language: string) => `nói ${language}`,
  call: (phone: string) => `Gọi ${phone}`,
  declined: 'Hộ này không đồng ý cho ghi tên, số điện thoại. Vẫn thăm và ghi việc đã làm.',
  logVisit: 'Ghi lượt thăm',
  visits: 'Các lượt thăm',
  noVisits: 'Chưa có lượt thăm nào. Bấm Ghi lượt thăm sau khi thăm hộ này.',
  noVisitsWritten: 'Chưa có lượt thăm nào.',
  /** Beside a visit that was written on the double. */
  onDouble: (no: number) => `ghi ở bản ghi trùng, số ${no}`,
  otherWork: 'Việc khác',
  doubles: 'Bản ghi trùng đã gộp vào hộ này',
  doubleSaidNo: 'Ở một bản ghi trùng, hộ này nói không cho ghi tên. Hỏi lại bà con rồi ghi câu trả lời ở dưới.',
  answersItself: 'Bản ghi này từng bị gộp vào một hộ không cho ghi tên, nên mất tên. Chính hộ này chưa nói không: hãy hỏi rồi ghi câu trả lời.',
  askConsent: 'Ghi câu trả lời',
  /** Two answers: the refusal here, and on the double a later yes by somebody who had not heard of the merger. */
  doubleNamed: (numbers: string) =>
    `Hộ này nói không cho ghi tên, nhưng ở bản ghi trùng (số ${numbers}) lại có người ghi là hộ đồng ý, có tên. Hỏi lại bà con. Nay đồng ý thì ghi câu trả lời; vẫn không thì xóa tên ở bản ghi trùng.`,
  emptyDoubles: 'Vẫn không cho: xóa tên ở bản ghi trùng',
  doublesEmptied: 'Đã xóa tên ở bản ghi trùng.',
  /** To the bloc: the old hamlet's record of a household that moved here. */
  namedWhereItLeft: 'Có thể hộ này ở xóm khác chuyển đến, và bản ghi dưới đây ở xóm cũ vẫn còn tên. Máy chỉ đoán theo ngày chuyển, tên và số điện thoại. Hỏi lại cho chắc: đúng là hộ này thì mở ra và ghi câu trả lời của hộ.',
  /** Ticked in a draft. */
  leftOut: (n: number) => `${n} hộ đã chọn nay không còn theo dõi, nên không ghi.`,
};

const form = {
  newTitle: 'Thêm hộ',
  title: 'Sửa thông tin hộ',
  hamlet: 'Xóm nào?',
  chooseHamlet: 'Chọn xóm',
  hamletMissing: 'Chọn xóm của hộ này.',
  numberHint: 'Số thứ tự trong sổ của xóm',
  numberNext: (no: number) => `Số tiếp theo của xóm là ${no}`,
  membersHint: 'Từ 1 đến 20 người',
  labelHint: 'Mốc để tìm nhà, không phải tọa độ',
  langEmpty: 'Chưa rõ',
  needsHint: 'Diện cần giúp lấy từ danh sách chính thức của xã. Sai thì ghi yêu cầu sửa để xã xem.',
  saved: 'Đã lưu trên máy này. Sẽ tự gửi khi có sóng.',
  nothingChanged: 'Chưa sửa gì nên không có gì để lưu.',
  askNow: 'Hỏi luôn: hộ có cho ghi không?',
  consentLater: 'Chưa hỏi được thì cứ lưu, lần thăm đầu tiên sẽ hỏi.',
  doubleAsk: 'Có phải hộ này không?',
  numberTaken: 'Số này đã có hộ dùng. Vẫn lưu được.',
  signs: { phone: 'cùng số điện thoại', headName: 'cùng tên', no: 'cùng số', houseLabel: 'gần cùng chỗ' } satisfies Record<DoubleSign, string>,
  needsRule: 'Chép đúng từ danh sách chính thức đã công bố. Không ghi theo điều tổ nhìn thấy.',
  list: 'Chép từ danh sách nào?',
  chooseList: 'Chọn danh sách',
  newList: 'Danh sách mới',
  listInUse: (n: string, needs: string, mark: string) => `${n} hộ (${needs}) · mã ${mark}`,
};

const closing = {
  title: 'Thôi theo dõi hộ',
  means: 'Hộ ra khỏi danh sách, việc nên thăm và số đếm. Các lượt thăm, ý kiến vẫn còn. Mở lại được bất cứ lúc nào.',
  why: 'Vì sao?',
  day: 'Thôi từ ngày nào?',
  whyMissing: 'Chọn một lý do.',
  save: 'Thôi theo dõi',
  done: 'Đã thôi theo dõi hộ. Lưu trên máy này, sẽ tự gửi khi có sóng.',
  undone: 'Đã mở lại hộ.',
  since: (day: string, why: string) => `Không còn theo dõi từ ${day}: ${why}.`,
  reopen: 'Mở lại hộ',
};

const moving = {
  title: 'Chuyển sang xóm khác',
  means: 'Hộ này đóng ở xóm cũ. Xóm mới có một hộ mới, cùng thông tin và câu trả lời đồng ý. Các lượt thăm cũ ở lại với xóm cũ.',
  day: 'Chuyển từ ngày nào?',
  labelHint: 'Mốc để tìm nhà ở xóm mới',
  save: 'Chuyển hộ',
  done: (hamlet: string) => `Đã chuyển hộ sang ${hamlet}. Lưu trên máy này, sẽ tự gửi khi có sóng.`,
  undone: 'Đã trả hộ về xóm cũ.',
  movedTo: (day: string, hamlet: string) => `Hộ đã chuyển sang ${hamlet} từ ${day}.`,
  there: 'Ở xóm mới',
  reopenHint: 'Mở lại thì hộ ở xóm mới vẫn còn. Chuyển nhầm thì vào hộ ấy, chọn Thôi theo dõi, lý do ghi nhầm.',
};

const merging = {
  title: 'Gộp hộ ghi trùng',
  choose: 'Hộ nào là hộ ghi trùng với hộ này?',
  likely: 'Có thể trùng',
  search: 'Tìm tên, số, điện thoại',
  noneFound: 'Không thấy hộ nào khớp trong xóm.',
  keep: 'Giữ hộ nào?',
  keepHint: 'Hộ kia thành bản ghi trùng. Lượt thăm, đồng ý, ý kiến của cả hai hiện ở hộ được giữ.',
  visitCount: (n: number) => `${n} lượt thăm`,
  pick: 'Lấy thông tin nào?',
  same: 'Giống nhau',
  nothing: 'không ghi',
  otherChoice: 'Chọn hộ khác',
  declinedKept: 'Một trong hai bản ghi nói hộ không cho ghi tên. Bản ấy được giữ.',
  takesBack: 'Tên, số điện thoại, diện cần giúp ở bản kia sẽ xóa khỏi sổ. Hoàn lại cũng không lấy lại được.',
  takesBackAsk: 'Gộp và xóa tên, số điện thoại, diện cần giúp ở bản ghi trùng? Không lấy lại được.',
  needsByBloc: 'Diện cần giúp của hai bản khác nhau. Khối dân vận xã chép lại từ danh sách.',
  save: 'Gộp làm một hộ',
  done: 'Đã gộp làm một hộ. Lưu trên máy này, sẽ tự gửi khi có sóng.',
  undone: 'Đã tách lại thành hai hộ.',
  mergedInto: 'Hộ này ghi trùng, đã gộp vào:',
  goesOnElsewhere: 'Hộ này ghi trùng, đã gộp vào một hộ không có trên máy này.',
  undo: 'Tách ra',
  undoHint: 'Tách ra thì hai hộ lại riêng. Thông tin đã lấy sang hộ kia thì ở lại đó.',
  /** Of a double that is named no longer. */
  undoNameless: 'Bản ghi này không còn tên, số điện thoại, diện cần giúp vì hộ không cho ghi. Tách ra cũng không lấy lại được: chính hộ này nói đồng ý thì mới ghi lại.',
};

export const households = { ...list, ...page, form, closing, moving, merging };
