import { beforeEach, describe, expect, test } from 'vitest';
import { instantOf } from '#domain/identifiers.ts';
import {
  answerOf, createPlainSafe, createPlainSealer, createTestChannel, createTestPhone, diskKinds, epochStart, hamletChannel, hamletId, householdRow, newId, pull, pullAll,
  sealPlainReceipt, verdictRow, visitDraft,
} from './store.test-support.ts';
import type { TestChannel, TestPhone, TestStore } from './store.test-support.ts';

const plenty = { entries: 200, bytes: 256 * 1024 };

/** The phone as another device with the same keys; that it was this one before stands on its disk. */
async function renew(phone: TestPhone): Promise<{ readonly deviceId: string; open(): Promise<TestStore> }> {
  const deviceId = newId();
  await phone.openDisk().write(['keyring'], async ({ keyring }) => {
    const row = await keyring.get('phone');
    if (row?.state !== 'enrolled') throw new Error('not enrolled');
    await keyring.put({ ...row, deviceId, replaced: [...(row.replaced ?? []), row.deviceId] });
  });
  return { deviceId, open: async () => await phone.openStore({ phone: { deviceId, safe: createPlainSafe(), sealer: createPlainSealer(deviceId) } }) };
}

describe.each(diskKinds)('a phone that was another device before ($name)', (kind) => {
  let phone: TestPhone;
  let before: TestStore;
  let store: TestStore;
  let deviceId: string;
  let open: () => Promise<TestStore>;
  let householdId: string;
  let hamlet: TestChannel;
  let oldOwn: TestChannel;
  let own: TestChannel;
  let first: ReturnType<typeof visitDraft>;
  let second: ReturnType<typeof visitDraft>;

  beforeEach(async () => {
    phone = await createTestPhone(kind);
    before = await phone.openStore();
    hamlet = createTestChannel(hamletChannel);
    const household = householdRow();
    householdId = household.recordId;
    hamlet.show(household);
    await pull(before, hamlet);
    first = visitDraft(householdId);
    await before.write([first]);
    await before.saveDraft({ draftId: 'd', form: 'visit', values: { outcome: 'đang gõ' } });
    ({ deviceId, open } = await renew(phone));
    store = await open();
    oldOwn = createTestChannel(phone.ownChannel);
    own = createTestChannel(`device/${deviceId}`);
    second = visitDraft(householdId);
    expect((await store.write([second])).ok).toBe(true);
  });

  const rows = async () => await phone.openDisk().read(['outbox'], async ({ outbox }) => await outbox.all());
  const standing = (at: TestStore = store) => at.outbox().map(({ deviceSeq, state, reason }) => `${deviceSeq} ${reason?.verdict ?? state}`);

  test('keeps its records, drafts and numbers, and sends what each device sealed under its own header', async () => {
    expect(store.find(householdId)).toBeDefined();
    expect(store.drafts()).toMatchObject([{ draftId: 'd' }]);
    expect((await store.pullStanding()).channels.get(hamletChannel)?.cursor).toBe(1);
    const { entries, sessions } = await store.outbound(plenty);
    expect(entries.map(({ deviceSeq }) => deviceSeq)).toEqual([1, 2]);
    expect(sessions.map(({ enc }) => enc)).toEqual([phone.deviceId, deviceId]);
    expect(store.entryOf(1)).toMatchObject({ deviceId: phone.deviceId, deviceSeq: 1 });
    expect(store.entryOf(2)).toMatchObject({ deviceId, deviceSeq: 2 });
    for (const { visitId } of [first, second]) expect(store.find(visitId)).toBeDefined();
  });

  test('hears of each entry through the channel of the device that sealed it', async () => {
    oldOwn.show(verdictRow(first.entryId, 1, 'rejected', { code: 'too_long' }));
    own.show(verdictRow(second.entryId, 2, 'applied', { sequences: {} }));
    await pull(store, oldOwn);
    await pull(store, own);
    for (const one of [store, await open()]) {
      expect(standing(one)).toEqual(['1 rejected']);
      expect(one.unsettledCount()).toBe(0);
    }
    expect((await rows()).map(({ settledAt }) => settledAt !== undefined)).toEqual([true, true]);
  });

  test('takes no verdict for its own that names the number of an entry another device sealed', async () => {
    // Neither entry opens here any more: their numbers are all that tells them.
    await phone.openDisk().write(['outbox', 'meta'], async ({ outbox, meta }) => {
      for (const row of await outbox.all()) await outbox.put({ ...row, bytes: 'damaged' });
      const log = await meta.get('log');
      if (log !== undefined) await meta.put({ ...log, outboxRevision: log.outboxRevision + 1 });
    });
    store = await open();
    oldOwn.show(verdictRow(newId(), 2, 'applied', { sequences: {} }));
    own.show(verdictRow(newId(), 1, 'applied', { sequences: {} }));
    await pull(store, oldOwn);
    await pull(store, own);
    expect(standing()).toEqual(['1 on_this_phone', '2 on_this_phone']);
    expect((await rows()).map(({ settledAt }) => settledAt)).toEqual([undefined, undefined]);
    oldOwn.show(verdictRow(newId(), 1, 'rejected'));
    own.show(verdictRow(newId(), 2, 'rejected'));
    await pull(store, oldOwn);
    await pull(store, own);
    expect(standing()).toEqual(['1 rejected', '2 rejected']);
  });

  test('names what its earlier device sealed until a channel shows it: a chain of its own is no conflict', async () => {
    const change = () => ({ ...visitDraft(householdId), changes: [{ recordId: first.visitId, kind: 'visit' as const, areaId: hamletId, base: 0, set: { outcome: `lần ${newId()}` } }] });
    const sequences = { [hamletChannel]: hamlet.counter() + 1 };
    oldOwn.show(verdictRow(first.entryId, 1, 'applied', { sequences }));
    await pull(store, oldOwn);
    expect(store.unsettledCount()).toBe(1);
    await store.write([change()]);
    expect(store.entryOf(3)?.after).toEqual([first.entryId]);
    hamlet.show({ ...householdRow(), kind: 'visit', recordId: first.visitId, fields: first.set });
    await pull(store, hamlet);
    await store.write([change()]);
    expect(store.entryOf(4)?.after).toEqual([store.entryOf(3)?.entryId]);
  });

  test('does not count what it sealed before as settled by being kept: a verdict still comes', async () => {
    const { entries, round } = await store.outbound(plenty);
    await store.recordOutcomes(entries.map(({ session, deviceSeq }) => ({ session, deviceSeq, outcome: 'kept' })), round);
    await store.recordContact(answerOf());
    expect(store.unsettledCount()).toBe(2);
    expect((await rows()).map(({ settledAt }) => settledAt)).toEqual([undefined, undefined]);
  });

  test('hears every device\'s verdicts anew after a restore', async () => {
    oldOwn.show(verdictRow(first.entryId, 1, 'applied', { sequences: {} }));
    own.show(verdictRow(second.entryId, 2, 'quarantined'));
    await pull(store, oldOwn);
    await pull(store, own);
    await store.restart(2, (await store.pullStanding()).round);
    expect([...(await store.pullStanding()).channels.keys()]).toEqual([hamletChannel]);
    expect(store.unsettledCount()).toBe(2);
    expect((await store.outbound(plenty)).entries).toHaveLength(2);
    const restored = answerOf({ epoch: 2 });
    const oldAgain = createTestChannel(phone.ownChannel);
    oldAgain.show(verdictRow(first.entryId, 1, 'applied', { sequences: {} }));
    await pull(store, oldAgain, restored);
    expect(store.unsettledCount()).toBe(1);
  });

  test('opens receipts for what it sealed as the other device', async () => {
    const session = (await store.outbound(plenty)).entries[0]?.session ?? '';
    const { verdict } = verdictRow(first.entryId, 1, 'applied', { sequences: {} });
    const receipt = { epoch: 1, endpointTime: instantOf(epochStart), verdicts: [verdict] };
    expect(await store.loadReceipts([sealPlainReceipt(session, receipt)])).toEqual({ settled: 1, notOurs: 0 });
  });

  test('closes the store of a tab that still is the old device, with its keys open, and tells it', async () => {
    let renewed = 0;
    let wiped = 0;
    let isSafeClosed = false;
    const safe = { ...createPlainSafe(), close: () => (isSafeClosed = true) };
    const disk = phone.openDisk();
    const row = await disk.read(['keyring'], async ({ keyring }) => await keyring.get('phone'));
    if (row?.state !== 'enrolled') throw new Error('not enrolled');
    await disk.write(['keyring'], async ({ keyring }) => await keyring.put({ ...row, deviceId: phone.deviceId, replaced: [] }));
    const tab = await phone.openStore({
      phone: { deviceId: phone.deviceId, safe, sealer: createPlainSealer(phone.deviceId) }, onRenewed: () => (renewed += 1), onWiped: () => (wiped += 1),
    });
    await disk.write(['keyring'], async ({ keyring }) => await keyring.put(row));
    await tab.refresh();
    expect(await tab.write([visitDraft(householdId)])).toEqual({ ok: false, error: { code: 'locked' } });
    expect([renewed, wiped, isSafeClosed]).toEqual([1, 0, false]);
    expect(tab.all('household')).toEqual([]);
    tab.close();
    expect([renewed, wiped, isSafeClosed]).toEqual([1, 0, true]);
    // Whoever gave no way to follow is closed as by a wipe.
    expect(await before.write([visitDraft(householdId)])).toEqual({ ok: false, error: { code: 'locked' } });
  });

  test('is due to become another when a number of its own was given twice, not when that was the other device\'s', async () => {
    expect(store.needsNewIdentity()).toBe(false);
    oldOwn.show(verdictRow(first.entryId, 1, 'applied', { code: 'restored_phone', sequences: {} }));
    await pull(store, oldOwn);
    own.show(verdictRow(newId(), 2, 'applied', { code: 'restored_phone', sequences: {} }));
    await pull(store, own);
    expect(store.needsNewIdentity()).toBe(false);
    own.show(verdictRow(second.entryId, 2, 'applied', { code: 'restored_phone', sequences: {} }));
    await pull(store, own);
    expect(store.needsNewIdentity()).toBe(true);
    expect((await open()).needsNewIdentity()).toBe(true);
    const third = await renew(phone);
    expect((await third.open()).needsNewIdentity()).toBe(false);
  });

  test('is due to become another when the endpoint calls it retired', async () => {
    let told = 0;
    store.subscribe(() => (told += 1));
    store.noteRetired();
    expect([store.needsNewIdentity(), told]).toEqual([true, 1]);
    store.noteRetired();
    expect(told).toBe(1);
  });
});

describe.each(diskKinds)('what a held entry waits for ($name)', (kind) => {
  async function heldOn(after: (first: string) => string[], how: 'channel' | 'receipt' = 'channel') {
    const phone = await createTestPhone(kind);
    const store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const own = createTestChannel(phone.ownChannel);
    const household = householdRow();
    hamlet.show(household);
    await pull(store, hamlet);
    const [first, second] = [visitDraft(household.recordId), visitDraft(household.recordId)];
    await store.write([first, second]);
    const said = verdictRow(second.entryId, 2, 'held', { code: 'after', after: after(first.entryId) });
    if (how === 'channel') {
      own.show(said);
      await pullAll(store, own);
    } else {
      const session = (await store.outbound(plenty)).entries[0]?.session ?? '';
      const receipt = { epoch: 1, endpointTime: instantOf(epochStart), verdicts: [said.verdict] };
      await store.loadReceipts([sealPlainReceipt(session, receipt)]);
    }
    return { phone, store, own, first, second };
  }

  test('is named once it lies here no longer, and not while it may still come from here', async () => {
    const { store, first } = await heldOn((id) => [id]);
    expect(store.lostEntries()).toEqual([]);
    const { entries, round } = await store.outbound(plenty);
    await store.recordOutcomes([{ session: entries[0]?.session ?? '', deviceSeq: 1, outcome: 'unreadable' }], round);
    await store.discard(1);
    expect(store.lostEntries()).toEqual([first.entryId]);
  });

  test('is named by a receipt as well, and no longer once it was judged', async () => {
    const gone = newId();
    const { store, own, second } = await heldOn((id) => [gone, id, gone], 'receipt');
    expect(store.lostEntries()).toEqual([gone]);
    own.show(verdictRow(second.entryId, 2, 'applied', { sequences: {} }));
    await pull(store, own);
    expect(store.lostEntries()).toEqual([]);
  });

  test('is not named while an entry lies here of which nobody knows which it is', async () => {
    const gone = newId();
    const { phone, store, own } = await heldOn(() => [gone]);
    expect(store.lostEntries()).toEqual([gone]);
    await phone.openDisk().write(['outbox'], async ({ outbox }) => {
      const row = await outbox.get(1);
      if (row !== undefined) await outbox.put({ ...row, bytes: 'damaged' });
    });
    const reopened = await phone.openStore();
    expect(reopened.lostEntries()).toEqual([]);
    own.show(verdictRow(newId(), 1, 'rejected'));
    await pull(reopened, own);
    expect(reopened.lostEntries()).toEqual([gone]);
  });
});
