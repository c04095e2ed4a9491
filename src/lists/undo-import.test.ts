import { describe, expect, it } from 'vitest';
import { commandContext, idOf } from '#domain/records.test-support.ts';
import { mayWrite } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import type { AnyRecord } from '#domain/record.ts';
import { commune, listOf, ngocSon, recordOf, recordsHeld } from './lists.test-support.ts';
import { planImport } from './plan-import.ts';
import { undoImport } from './undo-import.ts';
import type { ListLayout } from './layout.ts';

const context = commandContext();
const decisions = { answers: {}, otherwise: 'merge', allowsNewHamlets: false, allowsAboutStaff: true } as const;
const none = () => false;
const every = () => true;

/** A commune after an import; `settled`: the endpoint has applied it. */
function imported(layout: ListLayout, text: string, before: readonly AnyRecord[] = [], settled = true) {
  const held = recordsHeld([commune, ngocSon, ...before] as AnyRecord[], settled);
  const { records } = held;
  const plan = planImport(listOf(layout, text), { commune, hamlets: [ngocSon], ...held.byKind() }, decisions, context);
  held.write(plan.entries);
  return { plan, records, write: held.write, undo: (mayDelete: (record: AnyRecord) => boolean = none) => undoImport(plan.trace, [...records.values()], mayDelete, context) };
}

const list = 'STT;Xóm;Chủ hộ;Số khẩu\n1;Ngọc Sơn;Nông Văn Sơn;4\n2;Ngọc Sơn;Lý Thị Mẩy;3';
const old = recordOf('household', idOf(1), '01456-001', { no: 7, headName: 'Lý Thị Mẩy', houseLabel: 'số 7', contact: 'yes' }) as AnyRecord;
const standing = (records: ReadonlyMap<string, AnyRecord>) =>
  [...records.values()].filter((record) => record.kind === 'household' && record.fields.closedOn === undefined).map((record) => record.fields);

describe('an import of households', () => {
  it.each([true, false])('is taken back: new ones closed as a mistake, mended ones as they were (sent: %s)', (settled) => {
    const { records, undo, write } = imported('households', list, [old], settled);
    expect(standing(records)).toMatchObject([{ no: 2, members: 3 }, { no: 1 }]);
    const undone = undo();
    expect(undone).toMatchObject({ closed: 1, setBack: 1, left: [] });
    write(undone.entries);
    expect(standing(records)).toEqual([old.fields]);
    expect(undo()).toEqual({ entries: [], closed: 0, setBack: 0, left: [] });
  });

  it('leaves alone, and says why, what somebody changed or built upon since', () => {
    const { plan, records, undo, write } = imported('households', list, [old]);
    const made = plan.trace.created[0]?.recordId ?? '';
    const visit = recordOf('visit', idOf(50), '01456-001', { householdId: made, date: '2026-11-22', purpose: 'regular', met: 'yes' });
    records.set(visit.recordId, visit);
    write([{ entryId: idOf(60), memberId: idOf(61), occurredAt: '2026-11-22T08:00:00+07:00', changes: [{ recordId: idOf(1), kind: 'household', areaId: '01456-001', base: 2, set: { members: 9 } }] }]);
    expect(undo()).toMatchObject({ entries: [], left: [{ recordId: made, reason: 'built_upon' }, { recordId: idOf(1), reason: 'changed' }] });
  });

  it('leaves what somebody wrote on, also where nothing is built upon it, and what is gone', () => {
    const { plan, records, undo, write } = imported('households', list);
    const [first = '', second = ''] = plan.trace.created.map(({ recordId }) => recordId);
    write([{ entryId: idOf(60), memberId: idOf(61), occurredAt: '2026-11-22T08:00:00+07:00', changes: [{ recordId: first, kind: 'household', areaId: '01456-001', base: 1, set: { phone: '0912345678' } }] }]);
    records.delete(second);
    expect(undo().left).toEqual([{ recordId: first, kind: 'household', reason: 'changed' }, { recordId: second, kind: 'household', reason: 'gone' }]);
  });

  it('is remembered as plain JSON', () => {
    const { plan, records } = imported('households', list);
    const trace = JSON.parse(JSON.stringify(plan.trace)) as typeof plan.trace;
    expect(undoImport(trace, [...records.values()], none, context).closed).toBe(2);
  });
});

describe('an import of persons', () => {
  const people = 'Họ và tên;Năm sinh;Xóm;Số QĐ;Ngày QĐ\nLý Văn Páo;1960;Ngọc Sơn;12/QĐ-UBND;5/3/2023';
  it('stays where it may not be deleted, and says so', () => {
    expect(imported('prestigious', people).undo().left.map(({ kind, reason }) => [kind, reason])).toEqual([['prestigious_person', 'no_way_back'], ['prestigious_term', 'no_way_back']]);
  });
  it('is deleted with its term by whoever may, the term first', () => {
    const { records, undo, write } = imported('prestigious', people);
    const undone = undo(every);
    expect(undone.closed, 'a person with their term is one row').toBe(1);
    expect(undone.entries.flatMap((entry) => entry.changes.map(({ kind }) => kind))).toEqual(['prestigious_term', 'prestigious_person']);
    write(undone.entries);
    expect([...records.values()].filter(({ kind, deleted }) => kind.startsWith('prestigious') && !deleted)).toEqual([]);
    expect(undo(every)).toMatchObject({ entries: [], left: [] });
  });
  it('keeps the person whose term somebody changed', () => {
    const { plan, undo, write } = imported('prestigious', people);
    const term = plan.trace.created[1]?.recordId ?? '';
    write([{ entryId: idOf(60), memberId: idOf(61), occurredAt: '2026-11-22T08:00:00+07:00', changes: [{ recordId: term, kind: 'prestigious_term', areaId: '01456-001', base: 1, set: { state: 'active' } }] }]);
    expect(undo(every)).toMatchObject({ entries: [], left: [{ kind: 'prestigious_term', reason: 'changed' }, { kind: 'prestigious_person', reason: 'built_upon' }] });
  });
});

describe('in the app', () => {
  const person = 'Họ và tên;Năm sinh;Xóm;Số QĐ;Ngày QĐ\nLý Văn Páo;1960;Ngọc Sơn;12/QĐ-UBND;5/3/2023';
  const lists: Readonly<Record<ListLayout, string>> = {
    households: list, prestigious: person,
    models: 'Tên mô hình;Lĩnh vực;Chủ mô hình;Xóm\nThắp sáng đường quê;NTM;Chi bộ xóm;Ngọc Sơn',
    feedback: 'Ngày tiếp nhận;Địa chỉ;Nội dung\n5/3/2026;Ngọc Sơn;Cầu treo đầu xóm hỏng nặng',
  };
  /** Taken back by a member of the bloc; `author`: who imported. */
  function takenBack(layout: ListLayout, author = context.memberId) {
    const { records, write, undo } = imported(layout, lists[layout], [], false);
    const member = { memberId: author, communeCode: '01456', assignments: [{ role: 'bloc_officer' as const }] };
    const known = { find: (recordId: string) => records.get(recordId), eventsOf: () => [] };
    const undone = undo((record) => mayWrite(member, { recordId: record.recordId, kind: record.kind, areaId: record.areaId, base: record.version, delete: true }, record, known).allowed);
    write(undone.entries);
    return { ...undone, standing: [...records.values()].filter((record) => record.kind !== 'area' && !record.deleted && !(isKind(record, 'household') && record.fields.closedReason === 'mistake')) };
  }
  it.each(['households', 'prestigious', 'models'] as const)('a list of %s is taken back by whoever brought it in, before it was ever sent', (layout) => {
    expect(takenBack(layout)).toMatchObject({ left: [], standing: [] });
  });
  it.each(['prestigious', 'models'] as const)('a list of %s that a colleague brought in stays', (layout) => {
    expect(new Set(takenBack(layout, idOf(77)).left.map(({ reason }) => reason))).toEqual(new Set(['no_way_back']));
  });
  it('what citizens said stays, whoever asks', () => {
    expect(takenBack('feedback')).toMatchObject({ entries: [], left: [{ kind: 'feedback', reason: 'no_way_back' }], standing: [{ kind: 'feedback' }] });
  });
});
