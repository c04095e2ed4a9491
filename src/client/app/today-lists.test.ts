import { describe, expect, it } from 'vitest';
import type { FieldStore } from '#client/store/field-store.ts';
import type { AnyRecord, FieldsOf, RecordKind, RecordState } from '#domain/record.ts';
import { parentIdOf } from '#domain/record.ts';
import type { Role } from '#domain/role.ts';
import { badgeCount, todayLists, waitingLists } from './today-lists.ts';

const hamlet = '01789-003';
const me = 'me';

function record<K extends RecordKind>(kind: K, recordId: string, fields: Partial<FieldsOf[K]>, memberId = me): RecordState<K> {
  return { recordId, kind, areaId: hamlet, version: 1, deleted: false, conflicts: [], memberId, occurredAt: '2026-11-10T08:00:00+07:00', fields: fields as FieldsOf[K] };
}
const household = (no: number, fields: Partial<FieldsOf['household']> = {}) => record('household', `h${no}`, { no, headName: `Chủ hộ ${no}`, houseLabel: 'đầu xóm', contact: 'yes', ...fields });
const visit = (recordId: string, householdId: string, fields: Partial<FieldsOf['visit']> = {}, memberId = me) =>
  record('visit', recordId, { householdId, date: '2026-11-10', purpose: 'regular', met: 'yes', ...fields }, memberId);

function storeOf(records: readonly RecordState[], { role = 'team_member', day = '2026-11-21' }: { readonly role?: Role; readonly day?: string } = {}): FieldStore {
  const all = records as readonly AnyRecord[];
  const of = (kind: RecordKind) => all.filter((one) => one.kind === kind);
  return {
    find: (id: string) => all.find(({ recordId }) => recordId === id),
    all: of,
    inHamlet: (kind: RecordKind, hamletId: string) => of(kind).filter(({ areaId }) => areaId === hamletId),
    childrenOf: (kind: RecordKind, parentId: string) => of(kind).filter((one) => parentIdOf(kind, one.fields) === parentId),
    eventsOf: () => [],
    revision: () => 1,
    standing: () => ({ state: 'received' }),
    outbox: () => [],
    account: () => ({ memberId: me, communeCode: '01789', assignments: [{ role, hamletId: hamlet }] }),
    commandContext: () => ({ now: Date.parse(`${day}T08:00:00+07:00`) }),
  } as unknown as FieldStore;
}

describe('where somebody promised to come again', () => {
  const ids = (records: readonly RecordState[]) => todayLists(storeOf(records)).promised.map(({ household: { recordId }, on }) => [recordId, on]);

  it('stands two days ahead and no sooner, the earliest first, and those without a day last', () => {
    expect(
      ids([
        household(1), visit('v1', 'h1', { promisedOn: '2026-11-24' }),
        household(2), visit('v2', 'h2', { promisedOn: '2026-11-23' }),
        household(3), visit('v3', 'h3', { met: 'asked_later' }),
        household(4), visit('v4', 'h4', { promisedOn: '2026-11-12' }),
      ]),
    ).toEqual([['h4', '2026-11-12'], ['h2', '2026-11-23'], ['h3', undefined]]);
  });

  it('is on no second list, and on none once the household is closed', () => {
    const lists = todayLists(storeOf([household(1), visit('v1', 'h1', { met: 'asked_later' }), household(2, { closedOn: '2026-11-01', closedReason: 'moved_away' }), visit('v2', 'h2', { met: 'asked_later' })]));
    expect(lists.promised.map(({ household: { recordId } }) => recordId)).toEqual(['h1']);
    expect(lists.due).toEqual([]);
  });
});

describe('what the commune asks about a visit', () => {
  const asked = (settledAs?: 'corrected') => record('visit_return', 'r1', { visitId: 'v1', field: 'outcome', comment: 'Ai đi?', on: '2026-11-20', ...(settledAs === undefined ? {} : { settledAs, settledOn: '2026-11-21' }) }, 'bloc');
  const count = (records: readonly RecordState[], role: Role = 'team_member') => todayLists(storeOf([household(1), ...records], { role })).askedVisits.length;

  it('is asked of its author and of the lead, of no colleague', () => {
    expect(count([visit('v1', 'h1'), asked()])).toBe(1);
    expect(count([visit('v1', 'h1', {}, 'a colleague'), asked()])).toBe(0);
    expect(count([visit('v1', 'h1', {}, 'a colleague'), asked()], 'team_lead')).toBe(1);
  });

  it('is asked until it is settled', () => {
    expect(count([visit('v1', 'h1'), asked('corrected')])).toBe(0);
  });

  it('is on the list and in the badge again as soon as a visit that was void counts again', () => {
    const at = (fields: Partial<FieldsOf['visit']>) => {
      const lists = todayLists(storeOf([household(1), visit('v1', 'h1', fields), asked()]));
      return [lists.askedVisits.map(({ asked: { recordId } }) => recordId), badgeCount(lists)];
    };
    expect(at({})).toEqual([['r1'], 1]);
    expect(at({ voidReason: 'entered_twice' })).toEqual([[], 0]);
    expect(at({ voidReason: undefined })).toEqual([['r1'], 1]);
  });

  it('stands on no list of the bloc, which asked: it sees the question at the visit', () => {
    expect(count([visit('v1', 'h1'), asked()], 'bloc_officer')).toBe(0);
  });
});

describe('prestigious persons on an occasion', () => {
  const person = record('prestigious_person', 'p1', { fullName: 'Bế Văn Lâm', birthYear: 1950 });
  const term = (state: 'ended' | 'active' = 'active', id = 't1') => record('prestigious_term', id, { personId: 'p1', termFrom: 2023, termTo: 2027, state });
  const people = (day: string, ...more: readonly RecordState[]) => todayLists(storeOf([person, ...more], { day })).people.map(({ day: on }) => on);
  const talk = (date: string, fields: Partial<FieldsOf['prestigious_contact']> = {}) => record('prestigious_contact', `c${date}`, { personId: 'p1', date, purpose: 'tet', met: 'yes', ...fields });

  it('a prestigious person stands on the list from three weeks before until two weeks after, or until somebody calls on them', () => {
    expect(people('2027-01-15', term())).toEqual([]);
    expect(people('2027-01-16', term())).toEqual(['2027-02-06']);
    expect(people('2027-02-21', term())).toEqual(['2027-02-06']);
    expect(people('2027-02-22', term())).toEqual([]);
    expect(people('2027-01-20', term(), talk('2027-01-18'))).toEqual([]);
    expect(people('2027-01-20', term(), record('benefit', 'b1', { personId: 'p1', kind: 'tet_visit', date: '2027-01-18' }))).toEqual([]);
  });

  it('last year\'s call, one that is void, and one at which nobody was there are none', () => {
    expect(people('2027-01-20', term(), talk('2026-02-10'), talk('2027-01-18', { voidReason: 'other' }), talk('2027-01-19', { met: 'absent' }), talk('2027-01-17', { purpose: 'regular' }))).toEqual(['2027-02-06']);
  });

  it('stand there for the day of great unity too, and every talk of its days takes them off', () => {
    expect(people('2026-10-31', term())).toEqual([]);
    expect(people('2026-11-01', term())).toEqual(['2026-11-18']);
    expect(people('2026-11-18', term())).toEqual(['2026-11-18']);
    expect(people('2026-11-19', term())).toEqual([]);
    expect(people('2026-11-10', term(), talk('2026-11-02', { purpose: 'regular' }))).toEqual([]);
    expect(people('2026-11-10', term(), talk('2026-10-31', { purpose: 'regular' }), talk('2026-11-02', { met: 'absent' }))).toEqual(['2026-11-18']);
  });

  it('nobody is called on who holds no term, or whose terms are over', () => {
    expect(people('2027-01-20')).toEqual([]);
    expect(people('2027-01-20', term('ended'))).toEqual([]);
    expect(people('2027-01-20', term('ended'), term('active', 't2'))).toEqual(['2027-02-06']);
  });
});

it('the badge counts what waits for this person, not whom it would be good to see', () => {
  const lists = todayLists(storeOf([household(1), visit('v1', 'h1', { met: 'asked_later' }), household(2), household(3), record('visit_return', 'r1', { visitId: 'v1', field: 'met', comment: 'Ai hẹn?', on: '2026-11-20' })]));
  expect(lists.due).toHaveLength(2);
  expect(badgeCount(lists)).toBe(2);
});

it('what waits is looked for once for each revision and each day, however many screens ask', () => {
  const at = { revision: 1, day: '2026-11-21' };
  const read: string[] = [];
  const store = storeOf([household(1), visit('v1', 'h1', { promisedOn: '2026-11-24' })]);
  const counted: FieldStore = {
    ...store,
    revision: () => at.revision,
    commandContext: () => ({ ...store.commandContext(), now: Date.parse(`${at.day}T08:00:00+07:00`) }),
    inHamlet: ((...args: Parameters<FieldStore['inHamlet']>) => {
      read.push(args[0]);
      return store.inHamlet(...args);
    }) as FieldStore['inHamlet'],
  };
  expect(badgeCount(waitingLists(counted))).toBe(0);
  const once = [...read];
  expect(once).toContain('feedback');
  expect(once).not.toContain('prestigious_person');
  expect(badgeCount(waitingLists(counted))).toBe(0);
  expect(read).toEqual(once);
  at.day = '2026-11-22';
  expect(badgeCount(waitingLists(counted))).toBe(1);
  at.revision = 2;
  expect(badgeCount(waitingLists(counted))).toBe(1);
  expect(read).toEqual([...once, ...once, ...once]);
});
