import { expect, it } from 'vitest';
import type { Household } from '#domain/household.ts';
import type { RecordState } from '#domain/record.ts';
import { inRoundOrder } from './choose-households.ts';

const household = (no: number, fields: Partial<Household> = {}): RecordState<'household'> => ({
  recordId: `h${no}`, kind: 'household', areaId: '01789-003', version: 1, deleted: false, conflicts: [], memberId: 'm', occurredAt: '2026-01-01T08:00:00+07:00',
  fields: { no, headName: `Chủ hộ ${no}`, houseLabel: 'đầu xóm', contact: 'yes', ...fields },
});
const numbers = (found: readonly RecordState<'household'>[]) => found.map(({ fields }) => fields.no);
const row = [1, 2, 3, 4].map((no) => household(no));

it('goes on from the door where the round stands, and comes back to those before it', () => {
  expect(numbers(inRoundOrder(row, 'h2'))).toEqual([3, 4, 1, 2]);
  expect(numbers(inRoundOrder(row, undefined))).toEqual([1, 2, 3, 4]);
  expect(numbers(inRoundOrder(row, 'h9'))).toEqual([1, 2, 3, 4]);
});

it('leaves out a double and a house that is closed', () => {
  const closed = household(5, { closedOn: '2026-11-01', closedReason: 'nobody_left' });
  expect(numbers(inRoundOrder([household(1), household(2, { mergedInto: 'h1' }), closed], undefined))).toEqual([1]);
});
