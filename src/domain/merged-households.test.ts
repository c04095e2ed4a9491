import { expect, test } from 'vitest';
import { applyChange, currentSchema, schemaOf } from './change.ts';
import { householdsFrom, presentHousehold } from './merged-households.ts';
import type { AnyRecord, RecordState } from './record.ts';
import { endpointContext, idOf, personId, recordOf, recordsOf } from './records.test-support.ts';

const household = (n: number, mergedInto?: string) => recordOf('household', idOf(n), mergedInto === undefined ? {} : { mergedInto });
const merging = (mergedInto: string | null) => ({ recordId: idOf(1), kind: 'household' as const, areaId: '01789-003', base: 1, set: { mergedInto } });

test('a double is followed to the household that goes on, and a ring ends where it began', () => {
  const records = recordsOf(household(1, idOf(2)), household(2, idOf(3)), household(3), household(4, idOf(5)), household(5, idOf(4)));
  expect(householdsFrom(idOf(1), records)).toEqual([idOf(1), idOf(2), idOf(3)]);
  expect(presentHousehold(idOf(1), records)).toBe(idOf(3));
  expect(presentHousehold(idOf(4), records)).toBe(idOf(5));
});

test('two people without a signal cannot make each household the double of the other', () => {
  const one = household(1) as unknown as AnyRecord;
  const apply = (into: string, ...others: readonly RecordState[]) => applyChange(one, merging(into), endpointContext([], recordsOf(household(1), ...others)));
  expect(apply(idOf(2), household(2)).ok).toBe(true);
  expect(apply(idOf(2), household(2, idOf(3)), household(3, idOf(1)))).toEqual({ ok: false, error: { code: 'already_merged', field: 'mergedInto' } });
  expect(apply(idOf(1))).toEqual({ ok: false, error: { code: 'unknown_record', field: 'mergedInto' } });
  expect(apply(personId, recordOf('prestigious_person', personId))).toEqual({ ok: false, error: { code: 'unknown_record', field: 'mergedInto' } });
});

test('taking the field out undoes it', () => {
  const merged = household(1, idOf(2)) as unknown as AnyRecord;
  const undone = applyChange(merged, merging(null), endpointContext([], recordsOf(household(2))));
  expect(undone.ok && undone.value.fields).not.toHaveProperty('mergedInto');
});

test('an entry is written under the oldest schema that has its kinds and its fields', () => {
  const visit = { kind: 'visit' as const, set: { outcome: 'Đã hẹn' } };
  expect(schemaOf([visit])).toBe(1);
  expect(schemaOf([visit, { kind: 'consent', set: {} }])).toBe(2);
  expect(schemaOf([visit, { kind: 'visit', set: { promisedOn: '2026-12-01' } }])).toBe(3);
  expect(schemaOf([merging(null)])).toBe(3);
  expect(currentSchema).toBe(3);
});
