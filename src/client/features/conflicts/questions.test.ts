import { describe, expect, it } from 'vitest';
import type { AnyRecord, Conflict } from '#domain/record.ts';
import type { MemberScope } from '#domain/role.ts';
import { maySettle } from '#domain/settle-conflict.ts';
import { isForCommune, mayDelete, openConflicts, questionsOf } from './questions.ts';

const lead = '01900000-0000-7000-8000-0000000000aa';
const member = '01900000-0000-7000-8000-0000000000bb';
const at = '2026-11-21T14:10:00+07:00';

function household(conflicts: readonly Conflict[], recordId = 'household', areaId = '01789-003'): AnyRecord {
  return {
    recordId, kind: 'household', areaId, version: 5, deleted: false, memberId: lead, occurredAt: at,
    fields: { no: 4, houseLabel: 'trên dốc', contact: 'yes', headName: 'Đàm Minh Đức', phone: '0922222222' }, conflicts,
  };
}
const aside = (field: string, value: unknown, version: number): Conflict => ({ field, value, memberId: member, occurredAt: at, version, shown: { memberId: lead, occurredAt: at } });

describe('what a person is asked about a record', () => {
  it('is one question a field: the value that is shown, then those laid aside, the newest first', () => {
    const questions = questionsOf(household([aside('phone', '0911111111', 3), aside('headName', 'Đàm Đức', 3), aside('phone', null, 4)]));
    expect(questions.map(({ field, sides }) => [field, ...sides.map(({ value }) => value)])).toEqual([
      ['phone', '0922222222', null, '0911111111'],
      ['headName', 'Đàm Minh Đức', 'Đàm Đức'],
    ]);
    expect(questions[0]?.sides.map(({ memberId, isShown }) => [memberId, isShown])).toEqual([[lead, true], [member, false], [member, false]]);
  });

  it('names a value once, though it stands on both sides', () => {
    expect(questionsOf(household([aside('phone', '0922222222', 3)]))[0]?.sides).toHaveLength(1);
  });

  it('does not claim to know who wrote what is shown where that was never told', () => {
    const { shown: _shown, ...old } = aside('phone', '0911111111', 3);
    expect(questionsOf(household([old]))[0]?.sides[0]).toEqual({ value: '0922222222', isShown: true, memberId: undefined, occurredAt: undefined });
  });

  it('is, for a deletion, whether the record stays', () => {
    expect(questionsOf(household([aside('deleted', true, 3)]))[0]?.sides.map(({ value }) => value)).toEqual([false, true]);
  });
});

describe('a record that its author wished gone', () => {
  const officer: MemberScope = { memberId: lead, communeCode: '01789', assignments: [{ role: 'bloc_officer' }] };
  const wished = (by: string): AnyRecord => ({
    recordId: 'person', kind: 'prestigious_person', areaId: '01789-003', version: 5, deleted: false, memberId: lead, occurredAt: at,
    fields: { fullName: 'Lý Văn Páo', birthYear: 1960 }, conflicts: [{ ...aside('deleted', true, 3), shown: { memberId: by, occurredAt: at } }],
  });
  const none = { find: () => undefined, eventsOf: () => [] };
  it.each([[lead, true], [member, false]])('is deleted by them where only they have written for it since (by %s: %s)', (by, may) => {
    expect(mayDelete(officer, wished(by), none)).toBe(may);
  });
});

describe('who is asked', () => {
  const account = (memberId: string, role: 'team_member' | 'bloc_lead', hamletId?: string) =>
    ({ memberId, communeCode: '01789', name: 'x', assignments: [{ role, ...(hamletId === undefined ? {} : { hamletId }) }] }) as MemberScope & { name: string };
  const records = [household([aside('phone', '0911111111', 3)]), household([], 'calm'), household([aside('phone', '0911111111', 3)], 'elsewhere', '01789-004')];
  const none = { find: () => undefined, eventsOf: () => [] };
  const store = (who: MemberScope) =>
    ({ ...none, account: () => who, all: (kind: string) => (kind === 'household' ? records : []) }) as unknown as Parameters<typeof openConflicts>[0];

  it('is whoever may write on it: the team of its hamlet, not another', () => {
    expect(openConflicts(store(account(member, 'team_member', '01789-003'))).map(({ record }) => record.recordId)).toEqual(['household']);
    expect(openConflicts(store(account(lead, 'team_member', '01789-004'))).map(({ record }) => record.recordId)).toEqual(['elsewhere']);
  });

  it.each([
    ['handbook_page', 'bloc_officer', '/so-tay/trang/one'], ['document', 'bloc_officer', '/so-tay/van-ban/one'], ['area', 'commune_admin', '/xom/one'],
    ['prestigious_term', 'bloc_officer', '/phieu/one'], ['mobilization_model', 'team_lead', '/phieu/one'],
  ] as const)('is about a %s the %s as well, and the list leads to where it is asked', (kind, role, href) => {
    const record = { ...household([aside('title', 'Tên khác', 3)], 'one'), kind } as AnyRecord;
    const asking = (who: MemberScope) => openConflicts({ ...none, account: () => who, all: (wanted: string) => (wanted === kind ? [record] : []) } as unknown as Parameters<typeof openConflicts>[0]);
    const of = (held: MemberScope['assignments'][number]): MemberScope => ({ memberId: member, communeCode: '01789', assignments: [held] });
    expect(asking(of({ role, ...(role === 'team_lead' ? { hamletId: '01789-003' } : {}) }))).toEqual([{ record, href }]);
    expect(asking(of({ role: 'team_member', hamletId: '01789-003' }))).toEqual([]);
  });

  it.each([['household', false], ['prestigious_person', false], ['prestigious_term', true], ['handbook_page', true], ['area', true]] as const)('is said to whoever is not: of a %s the commune alone (%s)', (kind, isCommunes) => {
    const record = { ...household([aside(kind === 'prestigious_term' ? 'state' : 'phone', 'submitted', 3)]), kind } as AnyRecord;
    const state = kind === 'prestigious_term' ? { fields: { state: 'recognized' } } : {};
    expect(isForCommune({ ...record, ...state } as AnyRecord, none)).toBe(isCommunes);
  });

  it('is nobody who may only read: the bloc reads a team\'s visits', () => {
    const visit = { ...household([aside('outcome', 'Đã báo xã', 3)], 'visit'), kind: 'visit', fields: { householdId: 'household', date: '2026-11-20', purpose: 'regular', met: 'yes' } } as AnyRecord;
    const found = { ...none, find: (recordId: string) => (recordId === 'household' ? records[0] : undefined) };
    expect(maySettle(account(lead, 'bloc_lead'), visit, found)).toBe(false);
    expect(maySettle({ ...account(member, 'team_member'), assignments: [{ role: 'team_lead', hamletId: '01789-003' }] }, visit, found)).toBe(true);
  });
});
