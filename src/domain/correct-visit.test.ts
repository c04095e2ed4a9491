import { describe, expect, test } from 'vitest';
import { applyChange } from './change.ts';
import { correctVisit } from './correct-visit.ts';
import { mayWrite } from './permissions.ts';
import { commandContext, colleagueId, endpointContext, hamlet, householdId, idOf, memberWith, recordOf, recordsOf } from './records.test-support.ts';
import { isOpenReturn, returnVisit, settleReturn, waitsForTeam } from './return-visit.ts';
import { isVoid, voidRecord } from './void-record.ts';

const visit = recordOf('visit', idOf(10), { outcome: 'Đã hẹn mang ống nước tới' }, { version: 3 });
const asked = (n: number, field: 'outcome' | 'date') => recordOf('visit_return', idOf(n), { visitId: visit.recordId, field }, { version: 2 });

describe('a visit that was sent is put right', () => {
  test('with what differs alone, on the version that was seen', () => {
    const entry = correctVisit(visit, { outcome: ' Đã mang ống nước tới ', met: 'yes', topics: [] }, [], commandContext());
    expect(entry).toMatchObject({ ok: true, value: { changes: [{ recordId: visit.recordId, base: 3, set: { outcome: 'Đã mang ống nước tới' } }] } });
    expect(entry.ok && entry.value?.changes[0]).toHaveProperty('set', { outcome: 'Đã mang ống nước tới' });
  });

  test('and where nothing differs nothing is saved', () => {
    expect(correctVisit(visit, { outcome: 'Đã hẹn mang ống nước tới ', met: 'yes' }, [], commandContext())).toEqual({ ok: true, value: undefined });
  });

  test('never by words that no note holds', () => {
    expect(correctVisit(visit, { outcome: 'Nhà này theo đạo' }, [], commandContext())).toMatchObject({ ok: false, error: { code: 'wording', field: 'outcome' } });
  });

  test('and answers by that what the commune asked about the field, and nothing else it asked', () => {
    const settled = recordOf('visit_return', idOf(22), { visitId: visit.recordId, field: 'outcome', settledAs: 'stands', settledOn: '2026-11-22' });
    const ofAnother = recordOf('visit_return', idOf(23), { visitId: idOf(99), field: 'outcome' });
    const entry = correctVisit(visit, { outcome: 'Thứ Bảy mang tới' }, [asked(20, 'outcome'), asked(21, 'date'), settled, ofAnother], commandContext());
    expect(entry.ok && entry.value?.changes.map(({ recordId }) => recordId)).toEqual([visit.recordId, idOf(20)]);
    expect(entry.ok && entry.value?.changes[1]).toMatchObject({ base: 2, set: { settledAs: 'corrected', settledOn: '2026-11-21' } });
  });

  test('by its author or the lead, by no colleague', () => {
    const change = { recordId: visit.recordId, kind: 'visit' as const, areaId: hamlet, base: 3, set: { outcome: 'khác' } };
    const records = recordsOf(recordOf('household', householdId), visit, recordOf('visit', idOf(11), {}, { memberId: colleagueId }));
    const member = memberWith({ role: 'team_member', hamletId: hamlet });
    expect(mayWrite(member, change, visit, records).allowed).toBe(true);
    const colleagues = { ...visit, memberId: colleagueId };
    expect(mayWrite(member, change, colleagues, records).allowed).toBe(false);
    expect(mayWrite(memberWith({ role: 'team_lead', hamletId: hamlet }), change, colleagues, records).allowed).toBe(true);
  });
});

describe('a question of the commune about a visit', () => {
  test('names a field and says what is asked, without words that no note holds', () => {
    expect(returnVisit(visit, { field: 'outcome', comment: '  Hẹn ngày nào? ' }, commandContext())).toMatchObject({
      ok: true,
      value: { changes: [{ kind: 'visit_return', base: 0, areaId: hamlet, set: { visitId: visit.recordId, field: 'outcome', comment: 'Hẹn ngày nào?', on: '2026-11-21' } }] },
    });
    expect(returnVisit(visit, { field: 'outcome', comment: 'Nhà này là đảng viên à?' }, commandContext())).toMatchObject({ ok: false, error: { code: 'wording', field: 'comment' } });
    expect(returnVisit(visit, { field: undefined, comment: 'Hẹn ngày nào?' }, commandContext())).toMatchObject({ ok: false, error: { code: 'required', field: 'field' } });
    expect(returnVisit(visit, { field: 'outcome', comment: ' ' }, commandContext())).toMatchObject({ ok: false, error: { code: 'required', field: 'comment' } });
  });

  test('waits for the team until it is settled, and about this visit alone', () => {
    const settled = recordOf('visit_return', idOf(22), { visitId: visit.recordId, field: 'outcome', settledAs: 'stands', settledOn: '2026-11-22' });
    expect(waitsForTeam(asked(20, 'outcome'), visit)).toBe(true);
    for (const none of [settled, { ...asked(20, 'outcome'), deleted: true }, recordOf('visit_return', idOf(23), { visitId: idOf(99) })]) expect(waitsForTeam(none, visit)).toBe(false);
  });

  test.each(['stands', 'withdrawn'] as const)('is over once it is settled as %s', (as) => {
    const before = asked(20, 'outcome');
    expect(isOpenReturn(before)).toBe(true);
    const entry = settleReturn(before, as, commandContext());
    if (!entry.ok) throw new Error(entry.error.code);
    const after = applyChange(before, entry.value.changes[0]!, endpointContext([], recordsOf(visit)));
    expect(after).toMatchObject({ ok: true, value: { fields: { settledAs: as, settledOn: '2026-11-21', comment: before.fields.comment } } });
    expect(after.ok && after.value.kind === 'visit_return' && isOpenReturn(after.value)).toBe(false);
  });
});

describe('a visit that should not count', () => {
  test('is void for a reason; what was asked about it is not called answered; cleared it counts again, with nothing lost', () => {
    const entry = voidRecord(visit, 'wrong_household', commandContext());
    expect(entry).toMatchObject({ ok: true, value: { changes: [{ recordId: visit.recordId, base: 3, set: { voidReason: 'wrong_household' } }] } });
    if (!entry.ok || entry.value === undefined) throw new Error('no entry');
    const gone = applyChange(visit, entry.value.changes[0]!, endpointContext([], recordsOf(recordOf('household', householdId))));
    if (!gone.ok || gone.value.kind !== 'visit') throw new Error('not applied');
    expect(isVoid(gone.value)).toBe(true);
    expect([visit, gone.value].map((as) => waitsForTeam(asked(20, 'outcome'), as))).toEqual([true, false]);
    const back = voidRecord(gone.value, undefined, commandContext());
    expect(back).toMatchObject({ ok: true, value: { changes: [{ set: { voidReason: null } }] } });
    if (!back.ok || back.value === undefined) throw new Error('no entry');
    expect(back.value.changes).toHaveLength(1);
    const again = applyChange(gone.value, back.value.changes[0]!, endpointContext([], recordsOf(recordOf('household', householdId))));
    if (!again.ok || again.value.kind !== 'visit') throw new Error('not applied');
    expect(again.value.fields).toEqual(visit.fields);
    expect(waitsForTeam(asked(20, 'outcome'), again.value)).toBe(true);
  });

  test('is not made void twice', () => {
    const gone = recordOf('visit', idOf(10), { voidReason: 'other' });
    expect(voidRecord(gone, 'other', commandContext())).toEqual({ ok: true, value: undefined });
  });

  test('may be a talk or a benefit as well', () => {
    for (const record of [recordOf('prestigious_contact', idOf(12)), recordOf('benefit', idOf(13))]) {
      expect(voidRecord(record, 'entered_twice', commandContext())).toMatchObject({ ok: true, value: { changes: [{ kind: record.kind, set: { voidReason: 'entered_twice' } }] } });
    }
  });
});
