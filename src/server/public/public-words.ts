/** The words of the pages that anybody reads without an account, in both languages. */
import type { ReceiptShown } from './receipt-shown.ts';

export type PublicLanguage = 'vi' | 'en';

const vi = {
  app: 'Gần Dân',
  other: 'English',
  danger: 'Đang nguy hiểm thì gọi ngay: 113 công an, 114 cứu hỏa, 115 cấp cứu, 112 tìm kiếm cứu nạn.',
  tooOften: (minutes: number) => `Chỗ này vừa hỏi quá nhiều lần. Xin thử lại sau ${minutes} phút.`,
  receipt: {
    title: 'Xem ý kiến đã gửi',
    ask: 'Mã trên giấy hẹn',
    hint: 'Ví dụ 7K3F-2M9Q-F. Chữ hoa, chữ thường, có gạch hay không đều được.',
    look: 'Xem',
    another: 'Xem mã khác',
    ofCode: (code: string) => `Ý kiến có mã ${code}`,
    wrong: (typed: string) => `Mã “${typed}” chưa đúng. Xin xem lại từng chữ trên giấy hẹn.`,
    notFound: (code: string) => `Chưa thấy ý kiến có mã ${code}. Tổ dân vận ghi lúc không có sóng thì vài ngày sau mới có ở đây. Xin thử lại sau, hoặc hỏi tổ dân vận xóm.`,
    nothingHere: 'Trang này không ghi tên ai và không ghi lời đã nói.',
    receivedOn: 'Ngày ghi',
    dueOn: 'Hẹn trả lời chậm nhất',
    answeredOn: 'Ngày trả lời',
    toldOn: 'Ngày báo lại',
    answer: 'Xã trả lời',
    states: {
      received: 'Xã đã nhận, đang chờ xem.',
      triaged: 'Xã đã xem, đang giao nơi trả lời.',
      assigned: 'Đã giao nơi trả lời.',
      in_progress: 'Nơi được giao đang giải quyết.',
      answered: 'Đã có trả lời. Tổ dân vận sẽ đến báo.',
      delivered: 'Đã trả lời và đã báo lại.',
      confirmed: 'Đã trả lời, đã báo lại, người nói đã cho biết có được việc không.',
      closed_unreachable: 'Đã trả lời, nhưng chưa gặp được người nói để báo. Xin hỏi tổ dân vận xóm hoặc xã.',
      reopened: 'Người nói chưa hài lòng, xã đang xem lại.',
      returned: 'Xã cần hỏi thêm. Tổ dân vận sẽ đến hỏi.',
      transferred_up: 'Xã đã chuyển lên cấp trên.',
      merged: 'Được trả lời chung với ý kiến khác về cùng một việc.',
      withdrawn: 'Người nói đã rút lại.',
      referred: 'Việc này do nơi tiếp công dân nhận. Xin đến Ủy ban nhân dân xã.',
    } satisfies Record<ReceiptShown['state'], string>,
  },
};
export type PublicWords = typeof vi;

const en: PublicWords = {
  app: 'Gần Dân',
  other: 'Tiếng Việt',
  danger: 'In danger now, call: 113 police, 114 fire, 115 ambulance, 112 search and rescue.',
  tooOften: (minutes) => `Too many questions came from here just now. Please try again in ${minutes} minutes.`,
  receipt: {
    title: 'See what was sent',
    ask: 'Code on the slip',
    hint: 'For example 7K3F-2M9Q-F. Large or small letters, with or without the dashes.',
    look: 'See',
    another: 'See another code',
    ofCode: (code) => `Feedback with the code ${code}`,
    wrong: (typed) => `The code “${typed}” is not right. Please compare each letter with the slip.`,
    notFound: (code) => `Nothing with the code ${code} is here yet. What a team writes down without a signal comes here some days later. Please try again later, or ask the hamlet's team.`,
    nothingHere: 'This page holds no name and no word of what was said.',
    receivedOn: 'Written down on',
    dueOn: 'To be answered by',
    answeredOn: 'Answered on',
    toldOn: 'Told on',
    answer: 'The commune’s answer',
    states: {
      received: 'The commune has it and will look at it.',
      triaged: 'The commune has looked at it and is giving it to whoever answers.',
      assigned: 'Given to whoever answers.',
      in_progress: 'Whoever answers is at work on it.',
      answered: 'There is an answer. The team will come and tell it.',
      delivered: 'Answered and told.',
      confirmed: 'Answered, told, and whoever spoke said whether it helped.',
      closed_unreachable: 'Answered, but whoever spoke could not be met. Please ask the hamlet’s team or the commune.',
      reopened: 'Whoever spoke was not satisfied; the commune looks at it again.',
      returned: 'The commune has a question. The team will come and ask it.',
      transferred_up: 'The commune has passed it up.',
      merged: 'Answered together with another one about the same matter.',
      withdrawn: 'Whoever spoke took it back.',
      referred: 'This is for the office that receives citizens. Please go to the commune People’s Committee.',
    },
  },
};

export const publicWords: Record<PublicLanguage, PublicWords> = { vi, en };
