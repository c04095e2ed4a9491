import { describe, expect, it } from 'vitest';
import { applyChange } from './change.ts';
import { moveHousehold, namedWhereTheyLeft, undoMove } from './move-household.ts';
import type { RecordState } from './record.ts';
import { commandContext, endpointContext, hamlet, householdId, idOf, otherHamlet, recordOf, recordsOf } from './records.test-support.ts';

const household = recordOf('household', householdId, { needs: ['poor'], sourceListId: idOf(70), members: 5, lang: 'tay' });
const given = recordOf('consent', idOf(60), { on: '2026-01-05', way: 'written' });
const move = { hamletId: otherHamlet, no: 31, houseLabel: ' cạnh trường ', on: '2026-11-20', consents: [given] };

function changesOf(state: RecordState<'household'>, input: Partial<typeof move> = {}) {
  const moved = moveHousehold(state, { ...move, ...input }, commandContext());
  if (!moved.ok) throw new Error(moved.error.code);
  return { changes: moved.value.entry.changes, newId: moved.value.householdId };
}

describe('a household moves to another hamlet', () => {
  it('closed where it was, written where it is with the same details, its consent beside it: one entry', () => {
    const { changes, newId } = changesOf(household);
    expect(changes).toEqual([
      { recordId: householdId, kind: 'household', areaId: hamlet, base: 1, set: { closedOn: '2026-11-20', closedReason: 'moved_hamlet', closedTo: otherHamlet } },
      { recordId: newId, kind: 'household', areaId: otherHamlet, base: 0, set: { ...household.fields, no: 31, houseLabel: 'cạnh trường' } },
      expect.objectContaining({ kind: 'consent', areaId: otherHamlet, base: 0, set: { ...given.fields, householdId: newId } }),
    ]);
  });

  it('and stays declined where it declined, without a name', () => {
    const declined = { ...household, fields: { no: 12, houseLabel: 'ven suối', contact: 'no' as const } };
    const withdrawn = recordOf('consent', idOf(61), { decision: 'withdrawn', on: '2026-03-01' });
    const { changes } = changesOf(declined, { consents: [withdrawn, given] });
    expect(changes[1]).toHaveProperty('set', { no: 31, houseLabel: 'cạnh trường', contact: 'no' });
    expect(changes[2]).toHaveProperty('set.decision', 'withdrawn');
    expect(changes).toHaveLength(3);
  });

  it('without a proof where nobody asked it, or where the answer is not what its record says', () => {
    expect(changesOf(household, { consents: [] }).changes).toHaveLength(2);
    expect(changesOf({ ...household, fields: { ...household.fields, contact: 'not_asked' } }).changes).toHaveLength(2);
    const photo = recordOf('consent', idOf(62), { purpose: 'photo', on: '2026-05-05' });
    expect(changesOf(household, { consents: [photo] }).changes).toHaveLength(2);
  });

  it('opened again it goes on in the old hamlet, and the new record is closed as a mistake', () => {
    const { changes, newId } = changesOf(household);
    const [closing, founding] = changes;
    const old = applyChange(household, closing!, endpointContext());
    const made = applyChange(undefined, founding!, endpointContext([], recordsOf()));
    if (!old.ok || !made.ok) throw new Error('refused');
    const undone = undoMove(old.value as RecordState<'household'>, made.value as RecordState<'household'>, '2026-11-21', commandContext());
    expect(undone.ok && undone.value?.changes).toMatchObject([
      { recordId: householdId, set: { closedOn: null, closedReason: null, closedTo: null } },
      { recordId: newId, set: { closedOn: '2026-11-21', closedReason: 'mistake' } },
    ]);
  });
});

describe('of a household that declined, the old record that may be its own', () => {
  const old = recordOf('household', idOf(40), { closedOn: '2026-11-20', closedReason: 'moved_hamlet', closedTo: otherHamlet });
  const declined = (writtenAt = '2026-11-20T09:00:00+07:00'): RecordState<'household'> => ({
    ...recordOf('household', idOf(41), {}, { areaId: otherHamlet, occurredAt: writtenAt }), fields: { no: 31, houseLabel: 'cạnh trường', contact: 'no' },
  });
  const found = (moved: readonly RecordState<'household'>[], there: readonly RecordState<'household'>[] = [], now = declined()) => namedWhereTheyLeft(now, moved, [now, ...there]).map(({ recordId }) => recordId);
  const another = (fields: Parameters<typeof recordOf<'household'>>[2]) => recordOf('household', idOf(42), { no: 7, headName: 'Lục Văn Quỳnh', phone: '0900000000', ...fields }, { areaId: otherHamlet });

  it('is one that moved here and is named still; of two that may be it both are shown', () => {
    expect(found([old])).toEqual([old.recordId]);
    expect(found([old, { ...old, recordId: idOf(43) }])).toEqual([old.recordId, idOf(43)]);
  });

  it('is none that this hamlet has by its name, however written, or by its phone; the number and the landmark there tell nothing', () => {
    expect(found([old], [another({ headName: 'nong van son' })])).toEqual([]);
    expect(found([old], [another({ phone: '0912345678' })])).toEqual([]);
    expect(found([old], [another({ no: 12, houseLabel: 'cạnh nhà văn hóa' })])).toEqual([old.recordId]);
  });

  it('is none that left after the household was written down here: a move writes it on its day or later', () => {
    expect(found([old], [], declined('2026-11-19T23:59:00+07:00'))).toEqual([]);
    expect(found([old], [], declined('2026-11-20T00:01:00+07:00'))).toEqual([old.recordId]);
    expect(found([old], [], declined('2026-12-03T08:00:00+07:00'))).toEqual([old.recordId]);
    // By local days, whatever zone the instant is written in.
    expect(found([old], [], declined('2026-11-19T18:00:00Z'))).toEqual([old.recordId]);
  });

  it('is none that is emptied already, that left for elsewhere, or is deleted', () => {
    const emptied: RecordState<'household'> = { ...old, fields: { no: 12, houseLabel: 'ven suối', contact: 'no', closedOn: '2026-11-20', closedReason: 'moved_hamlet' } };
    const away: RecordState<'household'> = { ...old, fields: { ...old.fields, closedReason: 'moved_away' } };
    for (const none of [emptied, away, { ...old, deleted: true }]) expect(found([none])).toEqual([]);
  });

  it('is looked for only where the household declined', () => {
    for (const contact of ['yes', 'not_asked'] as const) {
      const named = recordOf('household', idOf(41), { headName: 'Hoàng Thị Mai', phone: '0911111111', contact }, { areaId: otherHamlet });
      expect(found([old], [], named)).toEqual([]);
    }
  });
});
