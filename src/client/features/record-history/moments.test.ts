import { describe, expect, it } from 'vitest';
import type { Entry } from '#domain/change.ts';
import type { OutboxEntry } from '#client/store/field-store.ts';
import type { AnyRecord } from '#domain/record.ts';
import { knownMoments, momentsOf, unsentMoments } from './moments.ts';

const lead = '01900000-0000-7000-8000-0000000000aa';
const member = '01900000-0000-7000-8000-0000000000bb';
const at = (hour: string) => `2026-11-21T${hour}:10:00+07:00`;
const said = (version: number, field: string, value: unknown, memberId = member, hour = '14') => ({
  version, field, value, memberId, memberName: memberId === member ? 'Lục Văn Thắng' : 'Bế Thị Lan', occurredAt: at(hour),
});

describe('a history the commune told', () => {
  it('is the newest first, one moment for what one save set', () => {
    const moments = momentsOf({ settings: [said(1, 'phone', '0911111111'), said(1, 'no', 4), said(2, 'phone', '0922222222', lead, '15')] });
    expect(moments.map(({ memberName, settings, isFirst }) => [memberName, settings.length, isFirst])).toEqual([
      ['Bế Thị Lan', 1, false],
      ['Lục Văn Thắng', 2, true],
    ]);
  });
});

function own(deviceSeq: number, set: Record<string, unknown>, rest: Partial<OutboxEntry> = {}) {
  const entry: Entry = {
    entryId: `entry-${deviceSeq}`, deviceId: 'device', deviceSeq, memberId: member, schema: 1, occurredAt: at('14'), after: [],
    changes: [{ recordId: 'household', kind: 'household', areaId: '01789-003', base: 1, set }, { recordId: 'other', kind: 'household', areaId: '01789-003', base: 1, set: {} }],
  };
  const listed: OutboxEntry = { deviceSeq, entryId: entry.entryId, occurredAt: entry.occurredAt, recordIds: ['household', 'other'], state: 'on_this_phone', savedAt: 0, ...rest };
  return { entry, listed };
}
const storeOf = (...entries: readonly ReturnType<typeof own>[]) => ({
  outbox: () => entries.map(({ listed }) => listed),
  entryOf: (deviceSeq: number) => entries.find(({ entry }) => entry.deviceSeq === deviceSeq)?.entry,
});

describe('what only this phone has', () => {
  it('is told newest first, of this record alone, also what the commune refused', () => {
    const store = storeOf(own(1, { phone: '0911111111' }), own(2, { phone: '0922222222' }, { state: 'needs_you', reason: { verdict: 'rejected' } }));
    expect(unsentMoments(store, 'household').map(({ settings }) => settings)).toEqual([[{ field: 'phone', value: '0922222222' }], [{ field: 'phone', value: '0911111111' }]]);
    expect(unsentMoments(store, 'nobody')).toEqual([]);
  });

  it('is not told twice once the commune has it, nor while a supervisor looks at it', () => {
    const told = momentsOf({ settings: [said(1, 'no', 4, lead), said(2, 'phone', '0911111111')] });
    expect(unsentMoments(storeOf(own(1, { phone: '0911111111' })), 'household', told)).toEqual([]);
    expect(unsentMoments(storeOf(own(1, { phone: '0933333333' })), 'household', told)).toHaveLength(1);
    expect(unsentMoments(storeOf(own(1, { phone: '0911111111' }, { state: 'needs_you', reason: { verdict: 'quarantined' } })), 'household')).toEqual([]);
  });
});

describe('what the phone knows without the commune', () => {
  const record = (version: number): AnyRecord => ({
    recordId: 'household', kind: 'household', areaId: '01789-003', version, deleted: false, memberId: lead, occurredAt: at('08'),
    fields: { no: 4, houseLabel: 'trên dốc', contact: 'yes', headName: 'Đàm Minh Đức', phone: '0922222222' },
    conflicts: [{ field: 'phone', value: '0911111111', memberId: member, occurredAt: at('14'), version: 2, shown: { memberId: lead, occurredAt: at('15') } }],
  });

  it('is both values that stand against each other, with who and when, and who made the record', () => {
    expect(knownMoments(record(3)).map(({ memberId, occurredAt, settings }) => [memberId, occurredAt, settings[0]?.value])).toEqual([
      [lead, at('15'), '0922222222'],
      [member, at('14'), '0911111111'],
      [lead, at('08'), undefined],
    ]);
  });

  it('leaves the making of a record that exists only here to the entry that made it', () => {
    expect(knownMoments(record(0)).some(({ isFirst }) => isFirst)).toBe(false);
  });
});
