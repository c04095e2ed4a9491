import { beforeEach, describe, expect, test } from 'vitest';
import {
  createTestChannel, createTestPhone, diskKinds, hamletId, householdRow, memoryDisks, newId, openMemoryDisk, pull, verdictRow, visitDraft,
} from './store.test-support.ts';
import type { TestChannel, TestPhone, TestStore } from './store.test-support.ts';
import { PowerLoss } from './memory-disk.ts';

const plenty = { entries: 200, bytes: 256 * 1024 };

async function withHousehold(store: TestStore) {
  const channel = createTestChannel(`everyone/${newId()}`);
  const household = householdRow();
  channel.show(household);
  await pull(store, channel);
  return { householdId: household.recordId };
}

describe.each(diskKinds)('an entry that was rejected ($name)', (kind) => {
  let phone: TestPhone;
  let store: TestStore;
  let own: TestChannel;
  let householdId: string;
  let rejected: ReturnType<typeof visitDraft>;

  beforeEach(async () => {
    phone = await createTestPhone(kind);
    store = await phone.openStore();
    own = createTestChannel(phone.ownChannel);
    ({ householdId } = await withHousehold(store));
    rejected = visitDraft(householdId, {}, { outcome: 'đã hẹn' });
    expect((await store.write([rejected])).ok).toBe(true);
    own.show(verdictRow(rejected.entryId, 1, 'rejected', { code: 'too_long', field: 'outcome' }));
    await pull(store, own);
  });

  /** The same visit, written once more: the record keeps its id, the entry cannot. */
  const mended = (outcome: string) => ({ ...rejected, entryId: newId(), changes: rejected.changes.map((change) => ({ ...change, set: { ...rejected.set, outcome } })) });
  const numbers = async () => (await phone.openDisk().read(['outbox'], async ({ outbox }) => await outbox.all())).map(({ deviceSeq }) => deviceSeq);

  test('can be read again, and gives way to what mends it in one step', async () => {
    expect(store.entryOf(1)).toMatchObject({ entryId: rejected.entryId, changes: rejected.changes });
    expect(store.entryOf(2)).toBeUndefined();
    await store.saveDraft({ draftId: 'd', form: 'visit', values: {} });
    expect(await store.mend(1, [mended('đã gặp')], { endsDraft: 'd' })).toEqual({ ok: true, value: undefined });
    for (const open of [store, await phone.openStore()]) {
      expect(open.outbox()).toMatchObject([{ deviceSeq: 2, state: 'on_this_phone' }]);
      expect(open.find(rejected.visitId)).toMatchObject({ fields: { outcome: 'đã gặp', met: 'yes' } });
      expect(open.drafts()).toEqual([]);
      expect(open.entryOf(1)).toBeUndefined();
    }
    expect(await numbers()).toEqual([2]);
    expect((await store.outbound(plenty)).entries.map(({ deviceSeq }) => deviceSeq)).toEqual([2]);
  });

  test('is judged as though it had never been saved: what it had set does not stand in the way', async () => {
    // Whose visit it is is fixed once the visit is there.
    const elsewhere = await withHousehold(store);
    const otherDoor = { ...mended('x'), changes: rejected.changes.map((change) => ({ ...change, set: { ...rejected.set, ...elsewhere } })) };
    expect(await store.mend(1, [otherDoor])).toEqual({ ok: true, value: undefined });
    expect(store.find(rejected.visitId)).toMatchObject({ fields: elsewhere });
  });

  test('stays when what mends it breaks a rule', async () => {
    expect(await store.mend(1, [mended('x'.repeat(5000))])).toMatchObject({ ok: false, error: { code: 'refused', rejection: { code: 'too_long' } } });
    expect(store.outbox()).toMatchObject([{ deviceSeq: 1, reason: { verdict: 'rejected', code: 'too_long', field: 'outcome' } }]);
    expect(await numbers()).toEqual([1]);
  });

  test('is mended once, however often the button is pressed and in whichever tab', async () => {
    const other = await phone.openStore();
    const entry = mended('đã gặp');
    expect((await store.mend(1, [entry])).ok).toBe(true);
    expect((await store.mend(1, [entry])).ok).toBe(true);
    expect(await other.mend(1, [mended('ở tab kia')])).toEqual({ ok: false, error: { code: 'ended_elsewhere' } });
    expect(await numbers()).toEqual([2]);
    // At the very same moment: whoever comes second finds it gone.
    own.show(verdictRow(entry.entryId, 2, 'rejected', { code: 'too_long' }));
    await pull(store, own);
    await other.refresh();
    const both = await Promise.all([store.mend(2, [mended('a')]), other.mend(2, [mended('b')])]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: 'ended_elsewhere' } });
    expect(await numbers()).toEqual([3]);
  });

  test('by a supervisor tells their words, and is mended or given up like any other', async () => {
    const declined = visitDraft(householdId);
    const decidedBy = newId();
    await store.write([declined]);
    own.show(verdictRow(declined.entryId, 2, 'rejected', { code: 'declined_by_supervisor', note: 'Nhà này đã chuyển đi', decidedBy }));
    await pull(store, own);
    const reason = { verdict: 'rejected', code: 'declined_by_supervisor', note: 'Nhà này đã chuyển đi', decidedBy };
    const visit = store.find(declined.visitId);
    expect(visit && store.mark(visit)).toEqual({ state: 'needs_you', reason });
    await store.discard(2);
    expect(await numbers()).toEqual([1]);
    expect(store.find(declined.visitId)).toBeUndefined();
  });

  test('alone may be mended: what waits, or what a supervisor may still accept, would be there twice', async () => {
    const [waiting, aside] = [visitDraft(householdId), visitDraft(householdId)];
    await store.write([waiting, aside]);
    own.show(verdictRow(aside.entryId, 3, 'quarantined', { code: 'no_access' }));
    await pull(store, own);
    for (const deviceSeq of [2, 3]) await expect(store.mend(deviceSeq, [visitDraft(householdId)])).rejects.toThrow('was not rejected');
    await expect(store.mend(1, [])).rejects.toThrow('discard');
    expect(await numbers()).toEqual([1, 2, 3]);
  });
});

test('power that goes while it is mended leaves the rejected entry or the mended one, never both or none', async () => {
  for (const moment of ['before', 'after'] as const) {
    const phone = await createTestPhone(memoryDisks);
    const disk = openMemoryDisk(phone);
    const store = await phone.openStore({ disk });
    const { householdId } = await withHousehold(store);
    const own = createTestChannel(phone.ownChannel);
    const rejected = visitDraft(householdId);
    await store.write([rejected]);
    own.show(verdictRow(rejected.entryId, 1, 'rejected', { code: 'too_long' }));
    await pull(store, own);
    disk.onCommit = (now) => {
      if (now === moment) {
        disk.kill();
        throw new PowerLoss();
      }
    };
    expect(await store.mend(1, [visitDraft(householdId)])).toEqual({ ok: false, error: { code: 'storage_failed' } });
    const after = await phone.openStore();
    expect(after.outbox().map(({ deviceSeq }) => deviceSeq)).toEqual([moment === 'before' ? 1 : 2]);
    expect(after.outbox()).toHaveLength(1);
  }
});

test('entries are written in the schema the store was opened with', async () => {
  const phone = await createTestPhone(memoryDisks);
  const store = await phone.openStore({ schema: 7 });
  const { householdId } = await withHousehold(store);
  await store.write([visitDraft(householdId)]);
  expect(store.entryOf(1)).toMatchObject({ schema: 7 });
  expect((await store.pullStanding()).schema).toBe(7);
  const usual = await phone.openStore();
  await usual.write([visitDraft(householdId)]);
  expect(usual.entryOf(2)).toMatchObject({ schema: 1, changes: [{ areaId: hamletId }] });
});
