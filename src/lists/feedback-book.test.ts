import { describe, expect, it } from 'vitest';
import { foldFeedback } from '#domain/feedback-fold.ts';
import { isRandomId } from '#domain/identifiers.ts';
import { readReceiptCode } from '#domain/receipt-code.ts';
import { commandContext, idOf } from '#domain/records.test-support.ts';
import type { AnyRecord } from '#domain/record.ts';
import { commune, listOf, naThoong, ngocSon, recordOf, recordsHeld } from './lists.test-support.ts';
import { planImport } from './plan-import.ts';

const heading = 'STT;Ngày tiếp nhận;Họ và tên;Địa chỉ;Nội dung;Hình thức;Lĩnh vực;Đơn vị xử lý;Hạn xử lý;Ngày trả lời;Kết quả;Ghi chú';
const unit = recordOf('unit', idOf(4), '01456', { kind: 'office', name: 'Công an xã Quang Hán' }) as AnyRecord;

function bookOf(rows: string, before: readonly AnyRecord[] = [unit]) {
  const held = recordsHeld([commune, ngocSon, naThoong, ...before] as AnyRecord[]);
  const list = listOf('feedback', `SỔ THEO DÕI PHẢN ÁNH, KIẾN NGHỊ\n${heading}\n${rows}`, {}, [ngocSon, naThoong]);
  let count = 1;
  // Every code another one.
  const context = commandContext({ random: (length) => Uint8Array.from({ length }, () => (count = (count * 1_103_515_245 + 12_345) % 2_147_483_648) >> 16) });
  const planned = () => planImport(list, { commune, hamlets: [ngocSon, naThoong], ...held.byKind() }, { answers: {}, allowsNewHamlets: false, allowsAboutStaff: true }, context);
  const standing = () => held.ofKind('feedback').map((feedback) => foldFeedback(feedback.fields, held.eventsOf(feedback.recordId).map((event) => ({ eventId: event.recordId, event: event.fields }))));
  return { held, list, planned, standing };
}

describe('the book of feedback', () => {
  const rows = [
    '1;5/3/2026;SECRET1;Số 5, xóm Ngọc Sơn;Cầu treo đầu xóm hỏng ván;Trực tiếp;Giao thông;;;;;SECRET2',
    '2;6/3/2026;SECRET3;Nà Thoong;Xin cấp lại giấy khai sinh;Điện thoại;Hộ tịch;Công an xã;20/3/2026;;Đang xử lý;',
    '3;7/3/2026;SECRET4;;Kênh mương bị sạt không có nước;Hòm thư;Thủy lợi;Công an xã Quang Hán;20/3/2026;15/3/2026;Đã xong;',
    '4;8/3/2026;SECRET5;;Chợ phiên bẩn, đề nghị dọn rác;Kiến nghị tại hội nghị;Môi trường;Phòng Kinh tế;;9/3/2026;Đã dọn sạch chợ;',
  ].join('\n');

  it('comes to stand as it says: received, assigned with its due day, answered', () => {
    const { held, planned, standing, list } = bookOf(rows);
    const plan = planned();
    expect(plan.wrong).toEqual([]);
    held.write(plan.entries);
    expect(held.ofKind('feedback').map(({ areaId, fields: { kind, receivedOn, channel, topic, anonymity } }) => [areaId, kind, receivedOn, channel, topic, anonymity])).toEqual([
      ['01456-001', 'phan_anh', '2026-03-05', 'office', 'road', 'name_withheld'],
      ['01456-002', 'phan_anh', '2026-03-06', 'phone', 'paperwork', 'name_withheld'],
      ['01456', 'phan_anh', '2026-03-07', 'box', 'water', 'name_withheld'],
      ['01456', 'kien_nghi', '2026-03-08', 'meeting', 'environment', 'name_withheld'],
    ]);
    expect(standing()).toMatchObject([
      { state: 'received' },
      { state: 'assigned', assignee: idOf(4), dueOn: '2026-03-20', answer: undefined },
      { state: 'delivered', assignee: idOf(4), answeredOn: '2026-03-15', answer: 'Theo sổ: Đã xong' },
      { state: 'delivered', assignee: undefined, answeredOn: '2026-03-09', answer: 'Đã dọn sạch chợ' },
    ]);
    expect(standing().every(({ history }) => history.every(({ applied }) => applied))).toBe(true);
    expect(plan.notes.map(({ line, code }) => [line, code])).toEqual([[4, 'loose_answer'], [5, 'no_hamlet'], [6, 'unit_unknown'], [6, 'no_hamlet']]);
    expect(JSON.stringify([list, plan])).not.toContain('SECRET');
  });

  it('makes of each an entry of its own, without a time and with a code of its own; names nobody', () => {
    const { planned } = bookOf(rows);
    const entries = planned().entries.filter((entry) => entry.changes.some(({ kind }) => kind === 'feedback'));
    expect(entries).toHaveLength(4);
    for (const { entryId, occurredAt, changes } of entries) {
      expect([isRandomId(entryId), occurredAt.slice(10), changes.length, isRandomId(changes[0]?.recordId ?? '')]).toEqual([true, 'T00:00:00+07:00', 1, true]);
      expect(changes[0]).not.toHaveProperty('set.citizenName');
      expect(changes[0]).not.toHaveProperty('set.place');
    }
    const codes = entries.map(({ changes: [change] }) => (change !== undefined && 'set' in change ? String(change.set['receiptCode']) : ''));
    expect(new Set(codes).size).toBe(4);
    expect(codes.map(readReceiptCode)).toEqual(codes);
  });

  it('changes nothing the second time, however the words are spelled', () => {
    const { held, planned } = bookOf(rows);
    held.write(planned().entries);
    expect(planned()).toMatchObject({ entries: [], counts: { created: 0, unchanged: 4 } });
    const again = bookOf('1;5/3/2026;;;CẦU TREO ĐẦU XÓM HỎNG VÁN.;;;;;;;', [...held.records.values()]);
    expect(again.planned().counts).toMatchObject({ created: 0, unchanged: 1 });
  });

  it.each([
    ['1;5/3/2026;SECRET;Xóm Ngọc Sơn;SECRET chuyện đất;Đơn khiếu nại;Đất đai;;;;SECRET;', 'khieu_nai'],
    ['1;5/3/2026;SECRET;Xóm Ngọc Sơn;Gửi đơn tố cáo SECRET;Đơn;;;;;SECRET;', 'to_cao'],
    ['1;5/3/2026;SECRET;Xóm Ngọc Sơn;SECRET chuyện đất đai;Đơn KN/TC;;;;;;', 'khieu_nai'],
    ['1;5/3/2026;SECRET;Xóm Ngọc Sơn;don to cao SECRET;;;;;;;', 'to_cao'],
  ])('counts a complaint or denunciation by kind, day and hamlet, and reads nothing else into anything: %s', (row, kind) => {
    const { held, planned, list } = bookOf(row);
    const plan = planned();
    expect(JSON.stringify([list, plan])).not.toContain('SECRET');
    held.write(plan.entries);
    expect(held.ofKind('feedback').map(({ areaId, fields }) => [areaId, fields])).toEqual([['01456-001', { kind, receivedOn: '2026-03-05' }]]);
    expect(planned().counts).toMatchObject({ created: 0, unchanged: 1 });
  });

  it('keeps no word of one whose day is wrong, not among the wrong rows either', () => {
    const { list } = bookOf('1;5/3;SECRET;Xóm Ngọc Sơn;Đơn tố cáo SECRET;;;;;;SECRET;');
    expect(list.wrong).toMatchObject([{ errors: [{ field: 'receivedOn', code: 'no_year' }], kept: { no: '1', receivedOn: '5/3' } }]);
    expect(JSON.stringify(list)).not.toContain('SECRET');
  });

  it('counts each of two complaints of one day in one hamlet, and both as known the second time', () => {
    const { held, planned } = bookOf('1;5/3/2026;;Ngọc Sơn;đơn khiếu nại một;;;;;;;\n2;5/3/2026;;Ngọc Sơn;đơn khiếu nại hai;;;;;;;');
    held.write(planned().entries);
    expect(held.ofKind('feedback')).toHaveLength(2);
    expect(planned().counts).toMatchObject({ created: 0, unchanged: 2 });
    const row = '5/3/2026;;Ngọc Sơn;đơn khiếu nại;;;;;;;';
    const third = bookOf(`1;${row}\n2;${row}\n3;${row}`, [...held.records.values()]);
    expect(third.planned().counts).toMatchObject({ created: 1, unchanged: 2 });
  });

  it('does not take other words for a complaint', () => {
    const { list } = bookOf('1;5/3/2026;;;Tổ cao tuổi xin sửa nhà văn hóa;;;;;;;\n2;5/3/2026;;;Đường liên xóm lầy lội quá;PA, KN;;;;;;');
    expect(list.rows.map(({ row }) => row.feedback.kind)).toEqual(['phan_anh', 'phan_anh']);
  });

  it.each([
    ['1;5/3/2026;;;Đường liên xóm lầy lội;KN;;;;;;', ['kind', 'unclear_kind']],
    ['1;;;;Đường liên xóm lầy lội;;;;;;;', ['receivedOn', 'required']],
    ['1;5/3/2027;;;Đường liên xóm lầy lội;;;;;;;', ['receivedOn', 'in_future']],
    ['1;5/3/2026;;;Lầy lội;;;;;;;', ['text', 'too_short']],
    ['1;5/3/2026;;;Đường liên xóm lầy lội;;;;;1/3/2026;Đã sửa;', ['answeredOn', 'before_received']],
  ])('names what is wrong with %s', (row, error) => {
    expect(bookOf(row).list.wrong.flatMap(({ errors }) => errors.map(({ field, code }) => [field, code]))).toEqual([error]);
  });

  it('refuses what a unit has to answer that the commune has not, and what is there twice', () => {
    const { planned } = bookOf('1;5/3/2026;;;Đường liên xóm lầy lội;;;Phòng Kinh tế;;;;\n2;5/3/2026;;;Xin sửa nhà văn hóa;;;;;;;\n3;5/3/2026;;;xin sửa nhà văn hóa!;;;;;;;');
    expect(planned().wrong.flatMap(({ line, errors }) => errors.map(({ field, code }) => [line, field, code]))).toEqual([[3, 'unit', 'unknown_unit'], [5, 'text', 'repeated']]);
  });

  it('keeps a citizen\'s own words, and points at those that do not belong in notes', () => {
    const plan = bookOf('1;5/3/2026;;;Cán bộ nói nhà tôi theo đạo nên không được xét;;;;;;;').planned();
    expect(plan.counts.created).toBe(1);
    expect(plan.notes).toContainEqual({ sheet: '', line: 3, code: 'wording', said: 'theo đạo' });
  });
});
