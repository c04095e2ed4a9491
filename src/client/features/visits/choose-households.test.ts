import { expect, it } from 'vitest';
import type { Household } from '#domain/household.ts';
import type { AnyRecord, RecordState } from '#domain/record.ts';
import type { Visit } from '#domain/visit.ts';
import { goesOnAt, inRoundOrder, lastVisitedOn, stillToVisit } from './choose-households.ts';

const household = (no: number, fields: Partial<Household> = {}): RecordState<'household'> => ({
  recordId: `h${no}`, kind: 'household', areaId: '01789-003', version: 1, deleted: false, conflicts: [], memberId: 'm', occurredAt: '2026-01-01T08:00:00+07:00',
  fields: { no, headName: `Chủ hộ ${no}`, houseLabel: 'đầu xóm', contact: 'yes', ...fields },
});
const visit = (recordId: string, householdId: string, at: string, fields: Partial<Visit> = {}, memberId = 'm'): RecordState<'visit'> => ({
  recordId, kind: 'visit', areaId: '01789-003', version: 1, deleted: false, conflicts: [], memberId, occurredAt: `2026-11-21T${at}:00+07:00`,
  fields: { householdId, date: '2026-11-21', purpose: 'regular', met: 'yes', ...fields },
});
function storeOf(...records: readonly RecordState[]) {
  const all = records as readonly AnyRecord[];
  return {
    find: (id: string) => all.find(({ recordId }) => recordId === id),
    all: ((kind: string) => all.filter((record) => record.kind === kind)) as never,
    account: () => ({ memberId: 'm', communeCode: '01789', assignments: [] }) as never,
  };
}
const closed = household(5, { closedOn: '2026-11-01', closedReason: 'nobody_left' });
const numbers = (found: readonly RecordState<'household'>[]) => found.map(({ fields }) => fields.no);
const row = [1, 2, 3, 4].map((no) => household(no));

it('goes on from the door where the round stands, and comes back to those before it', () => {
  expect(numbers(inRoundOrder(row, 'h2'))).toEqual([3, 4, 1, 2]);
  expect(numbers(inRoundOrder(row, undefined))).toEqual([1, 2, 3, 4]);
  expect(numbers(inRoundOrder(row, 'h9'))).toEqual([1, 2, 3, 4]);
});

it('leaves out a double and a house that is closed', () => {
  expect(numbers(inRoundOrder([household(1), household(2, { mergedInto: 'h1' }), closed], undefined))).toEqual([1]);
});

it('of those that were ticked leaves out the ones that were closed, merged or erased since, and keeps the order', () => {
  const store = storeOf(household(1), household(2, { mergedInto: 'h1' }), household(3), { ...household(4), deleted: true }, closed, visit('v1', 'h1', '08:00'));
  expect(numbers(stillToVisit(store, ['h3', 'h2', 'h5', 'h4', 'h9', 'v1', 'h1']))).toEqual([3, 1]);
});

it('a double is visited at the household that goes on at the end of its way, if that is followed', () => {
  const double = household(2, { mergedInto: 'h1' });
  const ofDouble = household(3, { mergedInto: 'h2' });
  const at = (id: string, ...others: readonly RecordState[]) => goesOnAt(storeOf(double, ofDouble, ...others), id)?.recordId;
  expect(at('h2', household(1))).toBe('h1');
  expect(at('h3', household(1))).toBe('h1');
  // None is offered: it is no double, the other one is closed, deleted, or not on this phone.
  expect(at('h1', household(1))).toBeUndefined();
  expect(at('h2', household(1, { closedOn: '2026-11-01', closedReason: 'moved_away' }))).toBeUndefined();
  expect(at('h2', { ...household(1), deleted: true })).toBeUndefined();
  expect(at('h2')).toBeUndefined();
});

it('the round stands where this member saved last that day: of a double at the one that goes on', () => {
  const at = (...visits: readonly RecordState[]) => lastVisitedOn(storeOf(...row, household(6, { mergedInto: 'h4' }), ...visits), '2026-11-21');
  const [first, second] = [visit('v1', 'h1', '08:00'), visit('v2', 'h2', '09:00')];
  expect(at()).toBeUndefined();
  expect(at(second, first)).toBe('h2');
  expect(at(first, visit('v3', 'h6', '10:00'))).toBe('h4');
  // Not a colleague's, not another day's, not one that does not count.
  expect(at(first, visit('v3', 'h3', '10:00', {}, 'colleague'))).toBe('h1');
  expect(at(first, visit('v3', 'h3', '10:00', { date: '2026-11-20' }))).toBe('h1');
  expect(at(first, visit('v3', 'h3', '10:00', { voidReason: 'entered_twice' }))).toBe('h1');
});
