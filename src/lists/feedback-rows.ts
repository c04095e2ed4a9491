/**
 * A row of the book of feedback (sổ theo dõi phản ánh, kiến nghị) as what was said and how far it has come. Whether whoever spoke agreed to be named is not in the
 * book: the name is not read, and the feedback comes in with its name withheld. Of a complaint or a denunciation kind, day and hamlet are kept, and nothing else.
 */
import { feedbackSchema } from '#domain/feedback.ts';
import type { Feedback, FeedbackChannel, FeedbackKind } from '#domain/feedback.ts';
import { toRejection } from '#domain/rejection.ts';
import type { Topic } from '#domain/topic.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import type { ListField } from './layout.ts';
import type { RowReader } from './row-reader.ts';
import type { ReadContext } from './read-list.ts';
import { firstSaid, saysAny } from './words.ts';

export interface FeedbackRow {
  /** Without the receipt code, which is made when it is written. */
  readonly feedback: Omit<Feedback, 'receiptCode'>;
  /** As the book writes it. Empty: none. */
  readonly unit: string;
  readonly dueOn: string | undefined;
  readonly answer: { readonly on: string; readonly text: string } | undefined;
  /** A result without a day: nobody knows whether it was told. */
  readonly hasLooseAnswer: boolean;
}

const channelWords: readonly (readonly [FeedbackChannel, readonly string[]])[] = [
  ['phone', ['điện thoại', 'đường dây nóng', 'zalo', 'tin nhắn']],
  ['box', ['hòm thư', 'hộp thư']],
  ['meeting', ['họp', 'hội nghị', 'tiếp xúc', 'đối thoại']],
  ['letter', ['đơn', 'thư', 'văn bản', 'bưu điện', 'email']],
  ['visit', ['tại nhà', 'thăm', 'xuống xóm', 'tại xóm']],
];

const kindWords: readonly (readonly [FeedbackKind, readonly string[]])[] = [
  ['de_nghi_ho_tro', ['đề nghị hỗ trợ', 'xin hỗ trợ', 'đề nghị giúp đỡ']],
  ['hoi_chinh_sach', ['hỏi chính sách', 'hỏi về chính sách', 'hỏi đáp']],
  ['cam_on', ['cảm ơn', 'cám ơn']],
  ['phan_anh', ['phản ánh', 'pa']],
  ['kien_nghi', ['kiến nghị', 'đề nghị']],
];

/** Where several fit, the one that says more goes first. */
const topicWords: readonly (readonly [Topic, readonly string[]])[] = [
  ['staff_attitude', ['thái độ', 'tác phong', 'cán bộ']],
  ['poverty_list', ['hộ nghèo', 'cận nghèo', 'bình xét']],
  ['compensation', ['đền bù', 'bồi thường', 'giải phóng mặt bằng', 'gpmb', 'tái định cư']],
  ['insurance', ['bảo hiểm', 'bhyt', 'bhxh']],
  ['animal_disease', ['dịch bệnh', 'thú y', 'dịch tả', 'lở mồm']],
  ['signal', ['sóng', 'viễn thông', 'internet', 'mạng']],
  ['electricity', ['điện']],
  ['road', ['đường', 'giao thông', 'cầu']],
  ['water', ['nước', 'thủy lợi', 'thuỷ lợi', 'mương']],
  ['environment', ['môi trường', 'rác', 'ô nhiễm', 'vệ sinh']],
  ['school', ['trường', 'giáo dục', 'học sinh']],
  ['health', ['y tế', 'khám', 'sức khỏe', 'sức khoẻ']],
  ['housing', ['nhà ở', 'nhà tạm', 'nhà dột nát', 'xây dựng nhà']],
  ['land', ['đất', 'đất đai', 'sổ đỏ', 'ranh giới']],
  ['paperwork', ['thủ tục', 'hành chính', 'giấy tờ', 'hộ tịch', 'hộ khẩu', 'chứng thực']],
  ['disaster', ['thiên tai', 'lũ', 'sạt lở', 'mưa đá', 'hạn hán']],
  ['production', ['sản xuất', 'nông nghiệp', 'cây trồng', 'chăn nuôi', 'giống', 'vay vốn', 'kinh tế', 'chợ']],
  ['culture', ['văn hóa', 'văn hoá', 'thể thao', 'lễ hội']],
];

/** Tips about crime are for the police, and no more to be kept here than a denunciation is. */
const denouncing = ['tố cáo', 'tố giác', 'tin báo tội phạm', 'tin báo về tội phạm'];
const complaining = ['khiếu nại'];

const fieldColumns = { receivedOn: 'receivedOn', text: 'text' } as const satisfies Partial<Record<keyof Feedback, ListField>>;

export function readFeedback(reader: RowReader, { today }: ReadContext): FeedbackRow | undefined {
  const receivedOn = reader.day('receivedOn');
  if (reader.text('receivedOn') === '') reader.refuse('receivedOn', 'required');
  if (receivedOn !== undefined && receivedOn > today) reader.refuse('receivedOn', 'in_future');
  const referred = referredKind(reader);
  if (referred !== undefined) {
    if (referred === 'unclear') reader.refuse('kind', 'unclear_kind');
    // Its words go no further than this line, not into the file of wrong rows either.
    reader.keepOnly(['no', 'receivedOn', 'hamlet']);
    const isKnown = referred !== 'unclear' && receivedOn !== undefined;
    return isKnown ? { feedback: { kind: referred, receivedOn }, unit: '', dueOn: undefined, answer: undefined, hasLooseAnswer: false } : undefined;
  }
  const dueOn = reader.day('dueOn');
  const answeredOn = reader.day('answeredOn');
  if (answeredOn !== undefined && receivedOn !== undefined && answeredOn < receivedOn) reader.refuse('answeredOn', 'before_received');
  if (answeredOn !== undefined && answeredOn > today) reader.refuse('answeredOn', 'in_future');
  const answer = reader.text('answer');
  if (answer.length > 1990) reader.refuse('answer', 'too_long');
  const said = `${reader.text('kind')} ${reader.text('channel')}`;
  const feedback = {
    kind: firstSaid(said, kindWords) ?? 'phan_anh',
    ...(receivedOn === undefined ? {} : { receivedOn }),
    channel: firstSaid(reader.text('channel'), channelWords) ?? 'office',
    topic: firstSaid(reader.text('topic'), topicWords) ?? 'other',
    ...(reader.text('text') === '' ? {} : { text: reader.text('text') }),
    anonymity: 'name_withheld' as const,
  };
  // The code is made later; any stands for it here.
  const parsed = feedbackSchema.safeParse({ ...feedback, receiptCode: '0000-0000-0' }, { reportInput: true });
  for (const issue of parsed.error?.issues ?? []) {
    const { code, field } = toRejection([issue]);
    const column = fieldColumns[field as keyof typeof fieldColumns];
    if (column === undefined) throw new Error(`a book of feedback has no column for ${field}: ${code}`);
    reader.refuse(column, code);
  }
  if (parsed.data === undefined) return undefined;
  const { receiptCode: _made, ...read } = parsed.data;
  return {
    feedback: read,
    unit: reader.text('unit'),
    dueOn,
    answer: answeredOn === undefined ? undefined : { on: answeredOn, text: answerText(answer) },
    hasLooseAnswer: answeredOn === undefined && answer !== '',
  };
}

/** An answer has ten characters at least; `Đã xong` has not. */
function answerText(written: string): string {
  if (written === '') return 'Sổ ghi đã trả lời, không ghi kết quả.';
  return written.length < 10 ? `Theo sổ: ${written}` : written;
}

/** Said anywhere in the row. `KN` alone may be either a complaint (khiếu nại) or a petition (kiến nghị): a person has to write it out. */
function referredKind(reader: RowReader): 'khieu_nai' | 'to_cao' | 'unclear' | undefined {
  const sort = `${reader.text('kind')} ; ${reader.text('channel')} ; ${reader.text('topic')}`;
  const everything = `${sort} ; ${reader.text('text')}`;
  if (saysAny(everything, denouncing)) return 'to_cao';
  if (saysAny(everything, complaining)) return 'khieu_nai';
  const short = [reader.text('kind'), reader.text('channel'), reader.text('topic')].map((text) => withoutDiacritics(text).replace(/[^a-z]+/gu, ' ').trim());
  if (short.some((text) => ['tc', 'don tc'].includes(text))) return 'to_cao';
  if (short.some((text) => ['kntc', 'kn tc', 'don kn', 'don kntc', 'don kn tc'].includes(text))) return 'khieu_nai';
  return short.includes('kn') ? 'unclear' : undefined;
}
