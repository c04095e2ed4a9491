import { expect, test } from 'vitest';
import type { Change } from './change.ts';
import { mendEntry } from './mend-entry.ts';

const context = {
  newId: () => '018f0000-0000-7000-8000-00000000000f',
  newRandomId: () => '018f0000-0000-4000-8000-00000000000f',
  memberId: '018f0000-0000-7000-8000-000000000009',
};
const correction: Change = {
  recordId: '018f0000-0000-7000-8000-000000000002', kind: 'household', areaId: '01789-003', base: 4, set: { phone: '091234567', houseLabel: 'đầu xóm' },
};
const visit: Change = {
  recordId: '018f0000-0000-7000-8000-000000000003', kind: 'visit', areaId: '01789-003', base: 0,
  set: { householdId: correction.recordId, date: '2026-11-22', purpose: 'regular', met: 'yes' },
};
const entry = { entryId: '018f0000-0000-7000-8000-000000000001', occurredAt: '2026-11-22T08:00:00+07:00', changes: [visit, correction] };

test('the wrong field gets its new value, everything else stays, under a new id', () => {
  expect(mendEntry(entry, { 1: { phone: '0912345678' } }, context)).toEqual({
    ok: true,
    value: {
      entryId: '018f0000-0000-7000-8000-00000000000f', memberId: context.memberId, occurredAt: entry.occurredAt,
      changes: [visit, { ...correction, set: { phone: '0912345678', houseLabel: 'đầu xóm' } }],
    },
  });
});

test('a field that is left out is not sent, and a correction of nothing goes with it', () => {
  const one = mendEntry(entry, { 1: { phone: undefined } }, context);
  expect(one.ok && one.value.changes[1]).toEqual({ ...correction, set: { houseLabel: 'đầu xóm' } });
  const none = mendEntry(entry, { 1: { phone: undefined, houseLabel: undefined } }, context);
  expect(none.ok && none.value.changes).toEqual([visit]);
});

test('whose visit it was is not mended: an erasure of that household would no longer find it', () => {
  for (const householdId of ['018f0000-0000-7000-8000-000000000004', undefined]) expect(() => mendEntry(entry, { 0: { householdId } }, context)).toThrow('belongs to');
});

test('with everything left out there is nothing to send', () => {
  const alone = { ...entry, changes: [correction] };
  expect(mendEntry(alone, { 0: { phone: undefined, houseLabel: undefined } }, context)).toEqual({ ok: false, error: { code: 'nothing_left' } });
});

test('a change that settles a conflict or deletes is kept as it was', () => {
  const settling: Change = { ...correction, set: {}, settles: ['phone'] };
  const deletion: Change = { recordId: visit.recordId, kind: 'visit', areaId: visit.areaId, base: 2, delete: true };
  const sent = mendEntry({ ...entry, changes: [settling, deletion] }, {}, context);
  expect(sent.ok && sent.value.changes).toEqual([settling, deletion]);
});

test('an entry whose id must not tell its time gets another such id', () => {
  const apart = mendEntry({ ...entry, entryId: '018f0000-0000-4000-8000-000000000001' }, {}, context);
  expect(apart.ok && apart.value.entryId).toBe('018f0000-0000-4000-8000-00000000000f');
});
