import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChange, checkEntry } from './change.ts';
import type { Change, EntryDraft, FieldSetting } from './change.ts';
import type { AnyRecord } from './record.ts';
import { authorId, colleagueId, commandContext, deviceId, endpointContext, hamlet, householdId, idOf, otherDeviceId, recordOf } from './records.test-support.ts';
import { settleConflict } from './settle-conflict.ts';

interface Kept {
  readonly record: AnyRecord;
  readonly settings: readonly FieldSetting[];
}
const thirdDeviceId = idOf(10);
const authors: Record<string, string> = { [deviceId]: authorId, [otherDeviceId]: colleagueId, [thirdDeviceId]: idOf(11) };

/** As an endpoint keeps it: the record and what was ever set. */
function apply({ record, settings }: Kept, change: Change, device: string): Kept {
  const memberId = authors[device]!;
  const occurredAt = '2026-11-21T14:10:00+07:00';
  const settingsSince = settings.filter((setting) => setting.version > change.base);
  const result = applyChange(record, change, { ...endpointContext(settingsSince), entry: { deviceId: device, memberId, occurredAt } });
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  const { version } = result.value;
  const set = 'set' in change ? Object.entries(change.set) : [['deleted', true] as const];
  return { record: result.value, settings: [...settings, ...set.map(([field, value]) => ({ field, value, version, deviceId: device, memberId, occurredAt }))] };
}

const asked = recordOf('household', householdId, {}, { version: 3 }) as AnyRecord;
const change = (base: number, set: Record<string, unknown>): Change => ({ recordId: householdId, kind: 'household', areaId: hamlet, base, set });
/** Two phones that had both seen version 3. */
const inConflict = (mine: Record<string, unknown>, theirs: Record<string, unknown>): Kept =>
  apply(apply({ record: asked, settings: [] }, change(3, mine), deviceId), change(3, theirs), otherDeviceId);

function settle(record: AnyRecord, field: string, value: unknown): EntryDraft {
  const entry = settleConflict(record, field, value, commandContext());
  if (!entry.ok) throw new Error(`refused: ${JSON.stringify(entry.error)}`);
  return entry.value;
}
const onlyChange = (entry: EntryDraft): Change => entry.changes[0]!;
const fieldsInConflict = ({ record }: Kept): string[] => record.conflicts.map(({ field }) => field);

const phone = fc.stringMatching(/^0\d{9}$/u);
const twoPhones = fc.uniqueArray(phone, { minLength: 2, maxLength: 2 }).map(([a, b]) => [a!, b!] as const);

describe('settling a conflict', () => {
  test('with the one value, the other or a third leaves none on that field, and those of other fields as they are', () => {
    fc.assert(
      fc.property(twoPhones, phone, fc.constantFrom(0, 1, 2), fc.constantFrom(deviceId, otherDeviceId, thirdDeviceId), ([mine, theirs], third, which, by) => {
        const open = inConflict({ phone: mine, houseLabel: 'đầu cầu' }, { phone: theirs, houseLabel: 'cuối xóm' });
        expect(fieldsInConflict(open)).toEqual(['phone', 'houseLabel']);
        const value = [mine, theirs, third][which];
        const settled = apply(open, onlyChange(settle(open.record, 'phone', value)), by);
        expect(settled.record.fields).toMatchObject({ phone: value, houseLabel: 'cuối xóm' });
        expect(fieldsInConflict(settled)).toEqual(['houseLabel']);
      }),
    );
  });

  test('settles nothing the person did not see: what another device set meanwhile stands against it', () => {
    fc.assert(
      fc.property(twoPhones, phone, phone, ([mine, theirs], meanwhile, chosen) => {
        const seen = inConflict({ phone: mine }, { phone: theirs });
        const entry = settle(seen.record, 'phone', chosen);
        const settled = apply(apply(seen, change(3, { phone: meanwhile }), thirdDeviceId), onlyChange(entry), deviceId);
        expect(settled.record.fields).toMatchObject({ phone: chosen });
        expect(settled.record.conflicts.map(({ value }) => value)).toEqual(meanwhile === chosen ? [] : [meanwhile]);
      }),
    );
  });

  test('by two people at once with different values is a conflict again, and not with the same one', () => {
    fc.assert(
      fc.property(twoPhones, fc.boolean(), ([mine, theirs], agree) => {
        const open = inConflict({ phone: mine }, { phone: theirs });
        const first = settle(open.record, 'phone', mine);
        const second = settle(open.record, 'phone', agree ? mine : theirs);
        const settled = apply(apply(open, onlyChange(first), deviceId), onlyChange(second), otherDeviceId);
        expect(settled.record.conflicts.map(({ value }) => value)).toEqual(agree ? [] : [mine]);
      }),
    );
  });

  test('is one entry of one change that says what it has seen, and holds what an entry must', () => {
    const { record } = inConflict({ phone: '0911111111' }, { phone: '0922222222' });
    const entry = settle(record, 'phone', '0911111111');
    expect(entry.changes).toEqual([
      { recordId: householdId, kind: 'household', areaId: hamlet, base: 5, set: { phone: '0911111111' }, settles: ['phone'] },
    ]);
    expect(entry).toMatchObject({ memberId: authorId, occurredAt: '2026-11-21T14:10:00+07:00' });
    expect(checkEntry(entry)).toBeUndefined();
  });

  test('can leave the field empty, and not where the record needs it', () => {
    const { record } = inConflict({ phone: '0911111111' }, { phone: null });
    expect(onlyChange(settle(record, 'phone', ''))).toMatchObject({ set: { phone: null } });
    expect(settleConflict(record, 'houseLabel', undefined, commandContext())).toEqual({ ok: false, error: { kind: 'household', code: 'required', field: 'houseLabel' } });
    expect(settleConflict(record, 'phone', '091', commandContext())).toEqual({ ok: false, error: { kind: 'household', code: 'wrong_format', field: 'phone' } });
  });

  test('for a household that said no takes the details with it', () => {
    const conflicts = [{ field: 'contact', value: 'no', memberId: colleagueId, occurredAt: '2026-11-20T08:00:00+07:00', version: 2 }];
    const entry = settle({ ...asked, conflicts }, 'contact', 'no');
    expect(onlyChange(entry)).toMatchObject({ set: { contact: 'no', headName: null, phone: null }, settles: ['contact'] });
    expect(apply({ record: asked, settings: [] }, onlyChange(entry), deviceId).record.fields).toEqual({ no: 12, houseLabel: 'cạnh nhà văn hóa', contact: 'no' });
  });
});

describe('deletion against an edit', () => {
  const edited = apply({ record: asked, settings: [] }, change(3, { houseLabel: 'đầu cầu' }), deviceId);
  const wished = apply(edited, { recordId: householdId, kind: 'household', areaId: hamlet, base: 3, delete: true }, otherDeviceId);

  test('is told with who wished it gone and who wrote on it', () => {
    expect(wished.record.deleted).toBe(false);
    expect(wished.record.conflicts).toMatchObject([{ field: 'deleted', value: true, memberId: colleagueId, shown: { memberId: authorId } }]);
  });

  test('is settled by keeping the record or by deleting it', () => {
    const kept = apply(wished, onlyChange(settle(wished.record, 'deleted', false)), deviceId);
    expect(kept.record).toMatchObject({ deleted: false, conflicts: [], fields: edited.record.fields });
    const gone = apply(wished, onlyChange(settle(wished.record, 'deleted', true)), deviceId);
    expect(gone.record.deleted).toBe(true);
  });

  test('deleted while somebody goes on writing, it stays and is asked about again', () => {
    const entry = settle(wished.record, 'deleted', true);
    const written = apply(wished, change(wished.record.version, { phone: '0911111111' }), thirdDeviceId);
    expect(apply(written, onlyChange(entry), deviceId).record).toMatchObject({ deleted: false, conflicts: [{ field: 'deleted', value: true }] });
  });
});
