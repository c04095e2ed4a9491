import { describe, expect, it } from 'vitest';
import type { Household } from '#domain/household.ts';
import type { RecordState } from '#domain/record.ts';
import type { Visit } from '#domain/visit.ts';
import { compareHouseholds, dueHouseholds } from './household-order.ts';

const listId = '01900000-0000-7000-8000-0000000000cc';

function household(no: number, fields: Partial<Household> = {}): RecordState<'household'> {
  return {
    recordId: `h${no}`,
    kind: 'household',
    areaId: '01789-003',
    version: 1,
    deleted: false,
    fields: { no, headName: `Chủ hộ ${no}`, houseLabel: 'đầu xóm', contact: 'yes', ...fields },
    conflicts: [],
    memberId: 'm',
    occurredAt: '2026-01-01T08:00:00+07:00',
  };
}

function visit(householdId: string, date: string, met: Visit['met'] = 'yes'): RecordState<'visit'> {
  const fields: Visit = { householdId, date, met, purpose: 'regular' };
  return { ...household(1), recordId: `v-${date}`, kind: 'visit', fields };
}

describe('households in order', () => {
  it('stand by number and then in Vietnamese order', () => {
    const names = [household(10), household(2, { headName: 'Ổn' }), household(2, { headName: 'Anh' }), household(2, { headName: 'Ánh' })];
    expect(names.sort(compareHouseholds).map(({ fields }) => `${fields.no} ${fields.headName}`)).toEqual(['2 Anh', '2 Ánh', '2 Ổn', '10 Chủ hộ 10']);
  });
});

describe('households due for a visit', () => {
  const visits: Record<string, RecordState<'visit'>[]> = {
    h1: [visit('h1', '2026-11-01')],
    h2: [visit('h2', '2026-11-01', 'absent'), visit('h2', '2026-06-01')],
    h3: [visit('h3', '2026-03-01'), visit('h3', '2026-02-01')],
    h5: [visit('h5', '2026-08-01')],
  };
  const visitsOf = (id: string) => visits[id] ?? [];

  it('are those nobody met for three months: an absent visit is none', () => {
    const due = dueHouseholds([household(1), household(2)], visitsOf, '2026-11-21');
    expect(due.map(({ household: { recordId }, lastMetOn }) => [recordId, lastMetOn])).toEqual([['h2', '2026-06-01']]);
  });

  it('begin with those an official list names, then those never met, then the longest ago', () => {
    const due = dueHouseholds(
      [household(2), household(3), household(4), household(5, { needs: ['poor'], sourceListId: listId })],
      visitsOf,
      '2026-11-21',
    );
    expect(due.map(({ household: { recordId } }) => recordId)).toEqual(['h5', 'h4', 'h3', 'h2']);
  });

  it('leave out a double and one that is closed, and count no visit that is void', () => {
    const gone = [household(6, { mergedInto: 'h1' }), household(7, { closedOn: '2026-11-01', closedReason: 'moved_away' })];
    expect(dueHouseholds(gone, visitsOf, '2026-11-21')).toEqual([]);
    const met = visit('h8', '2026-11-10');
    const asVoid = { ...met, fields: { ...met.fields, voidReason: 'wrong_household' as const } };
    expect(dueHouseholds([household(8)], () => [met], '2026-11-21')).toEqual([]);
    expect(dueHouseholds([household(8)], () => [asVoid], '2026-11-21')).toMatchObject([{ lastMetOn: undefined }]);
  });

  it('leave out a household that declined', () => {
    expect(dueHouseholds([household(6, { contact: 'no', headName: undefined })], visitsOf, '2026-11-21')).toEqual([]);
  });
});
