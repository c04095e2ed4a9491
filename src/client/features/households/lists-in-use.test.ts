import { expect, it } from 'vitest';
import type { Household } from '#domain/household.ts';
import type { RecordState } from '#domain/record.ts';
import { listsInUse } from './lists-in-use.ts';

function household(no: number, fields: Partial<Household>): RecordState<'household'> {
  return {
    recordId: `h${no}`, kind: 'household', areaId: '01789-003', version: 1, deleted: false, conflicts: [], memberId: 'm', occurredAt: '2026-01-01T08:00:00+07:00',
    fields: { no, headName: `Chủ hộ ${no}`, houseLabel: 'đầu xóm', contact: 'yes', ...fields },
  };
}

it('a list is known by how many households name it and what it says of them, that of most first', () => {
  const households = [
    household(1, { needs: ['disabled'], sourceListId: 'b' }), household(2, { needs: ['near_poor'], sourceListId: 'a' }), household(3, { needs: ['poor', 'disabled'], sourceListId: 'b' }),
    household(4, {}), household(5, { needs: [], sourceListId: 'c' }),
  ];
  expect(listsInUse(households)).toEqual([
    { listId: 'b', count: 2, needs: ['poor', 'disabled'] },
    { listId: 'a', count: 1, needs: ['near_poor'] },
  ]);
});
