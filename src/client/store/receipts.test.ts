import { beforeEach, describe, expect, test } from 'vitest';
import { instantOf } from '#domain/identifiers.ts';
import { acceptSealingSession, createDeviceKeys, createEndpointKeyPair, importDeviceKey, sealReceipt } from '#sync/entry.ts';
import type { Receipt, Verdict } from '#sync/protocol.ts';
import type { Disk } from './disk.ts';
import { createSealer } from './sealer.ts';
import {
  answerOf, communeCode, createTabsHub, createTestChannel, createTestPhone, diskKinds, epochStart, hamletChannel, householdRow, newId, pull, pullAll,
  sealPlainReceipt, verdictRow, visitDraft,
} from './store.test-support.ts';
import type { TestChannel, TestPhone, TestStore } from './store.test-support.ts';

const plenty = { entries: 200, bytes: 256 * 1024 };
const at = (minutes: number) => instantOf(epochStart + minutes * 60_000);

describe.each(diskKinds)('a receipt that came by file ($name)', (kind) => {
  let phone: TestPhone;
  let store: TestStore;
  let own: TestChannel;
  let hamlet: TestChannel;
  let household: ReturnType<typeof householdRow>;
  let session: string;
  let one: ReturnType<typeof visitDraft>;
  let two: ReturnType<typeof visitDraft>;

  beforeEach(async () => {
    phone = await createTestPhone(kind);
    store = await phone.openStore();
    own = createTestChannel(phone.ownChannel);
    hamlet = createTestChannel(hamletChannel);
    household = householdRow();
    hamlet.show(household);
    await pull(store, hamlet);
    one = visitDraft(household.recordId);
    two = visitDraft(household.recordId);
    await store.write([one, two]);
    session = (await store.outbound(plenty)).entries[0]?.session ?? '';
  });

  const said = (entryId: string, deviceSeq: number, verdict: Verdict['verdict'], more: Partial<Verdict> = {}): Verdict => verdictRow(entryId, deviceSeq, verdict, more).verdict;
  const receipt = (verdicts: readonly Verdict[], minutes = 1, epoch = 1): Receipt => ({ epoch, endpointTime: at(minutes), verdicts: [...verdicts] });
  const load = async (...receipts: readonly Receipt[]) => await store.loadReceipts(receipts.map((content) => sealPlainReceipt(session, content)));
  const standing = (open = store) => open.outbox().map(({ deviceSeq, state, reason }) => `${deviceSeq} ${reason?.verdict ?? state}`);
  const toSend = async () => (await store.outbound(plenty)).entries.map(({ deviceSeq }) => deviceSeq);
  const sequences = { [hamletChannel]: 99, 'commune/01789': 7 };

  test('settles what it says was applied; that stays in sight until its channels bring it', async () => {
    expect(await load(receipt([said(one.entryId, 1, 'applied', { sequences }), said(two.entryId, 2, 'merged', { sequences })]))).toEqual({ settled: 2, notOurs: 0 });
    expect(await load(receipt([said(one.entryId, 1, 'applied', { sequences })]))).toEqual({ settled: 0, notOurs: 0 });
    expect(await toSend()).toEqual([]);
    await store.recordContact(answerOf());
    for (const open of [store, await phone.openStore()]) {
      expect(standing(open)).toEqual([]);
      expect(open.unsettledCount()).toBe(0);
      for (const { visitId } of [one, two]) expect(open.find(visitId)).toMatchObject({ fields: { met: 'yes' } });
    }
    hamlet.show({ ...household, kind: 'visit', recordId: one.visitId, version: 3, fields: one.set });
    own.show(verdictRow(one.entryId, 1, 'applied', { sequences: { [hamletChannel]: hamlet.counter() } }));
    await pullAll(store, hamlet);
    await pullAll(store, own);
    expect(store.find(one.visitId)).toMatchObject({ version: 3 });
  });

  test('that the channel of the device knows nothing of at its end is forgotten there: the entry goes once more', async () => {
    await load(receipt([said(one.entryId, 1, 'applied', { sequences }), said(two.entryId, 2, 'applied', { sequences })], 2));
    // Given before the commune had the file.
    await pull(store, own, answerOf({ endpointTime: at(1) }));
    expect(await toSend()).toEqual([]);
    own.show(verdictRow(two.entryId, 2, 'applied', { sequences: {} }));
    await pull(store, own, answerOf({ endpointTime: at(3) }));
    expect(await toSend()).toEqual([1]);
    expect(standing()).toEqual(['1 on_this_phone']);
    expect(store.find(one.visitId)).toMatchObject({ fields: { met: 'yes' } });
  });

  test('does not cover what somebody else set since, once the page with it is here', async () => {
    const correction = { ...visitDraft(household.recordId), changes: [{ recordId: household.recordId, kind: 'household' as const, areaId: household.areaId, base: 1, set: { houseLabel: 'nhà sàn' } }] };
    await store.write([correction]);
    const made = hamlet.show({ ...household, version: 2, fields: { ...household.fields, houseLabel: 'nhà sàn' } });
    await load(receipt([said(correction.entryId, 3, 'applied', { sequences: { [hamletChannel]: made } })]));
    hamlet.show({ ...household, version: 3, fields: { ...household.fields, houseLabel: 'nhà xây' } });
    await pull(store, hamlet);
    for (const open of [store, await phone.openStore()]) expect(open.find(household.recordId)).toMatchObject({ version: 3, fields: { houseLabel: 'nhà xây' } });
  });

  test('leaves in sight what was changed since and lies on a page that is still to come', async () => {
    const made = hamlet.show({ ...household, kind: 'visit', recordId: one.visitId, fields: one.set });
    await load(receipt([said(one.entryId, 1, 'applied', { sequences: { [hamletChannel]: made } })]));
    hamlet.show(householdRow());
    hamlet.show({ ...household, kind: 'visit', recordId: one.visitId, version: 2, fields: { ...one.set, outcome: 'đã gặp' } });
    await pull(store, hamlet, answerOf(), 1);
    for (const open of [store, await phone.openStore()]) expect(open.find(one.visitId)).toMatchObject({ fields: one.set });
    own.show(verdictRow(one.entryId, 1, 'applied', { sequences: { [hamletChannel]: made } }));
    await pull(store, hamlet);
    await pull(store, own);
    expect(store.find(one.visitId)).toMatchObject({ version: 2, fields: { outcome: 'đã gặp' } });
  });

  test('shows what it says needs a person: held and set aside are not the end, rejected can be mended', async () => {
    const note = 'Xin ghi lại ngày';
    const verdicts = [said(one.entryId, 1, 'quarantined', { code: 'no_access' }), said(two.entryId, 2, 'rejected', { code: 'declined_by_supervisor', note })];
    expect(await load(receipt(verdicts))).toEqual({ settled: 1, notOurs: 0 });
    for (const open of [store, await phone.openStore()]) expect(standing(open)).toEqual(['1 quarantined', '2 rejected']);
    expect(store.outbox()[1]?.reason).toMatchObject({ note });
    const rows = await phone.openDisk().read(['outbox'], async ({ outbox }) => await outbox.all());
    expect(rows.map(({ settledAt }) => settledAt !== undefined)).toEqual([false, true]);
    expect(JSON.stringify(rows.map(({ receipt: box }) => box && new TextDecoder().decode(box)))).toContain('data-key');
    // The endpoint has them: they are not sent again for it.
    expect(await toSend()).toEqual([]);
    expect((await store.mend(2, [visitDraft(household.recordId)])).ok).toBe(true);
    expect(await load(receipt([said(one.entryId, 1, 'applied', { sequences: {} })], 2))).toEqual({ settled: 1, notOurs: 0 });
    expect(standing()).toEqual(['3 on_this_phone']);
  });

  test('counts as nobody\'s word when it is forged, foreign or no receipt at all', async () => {
    const good = receipt([said(one.entryId, 1, 'applied')]);
    const bad = [
      { session, bytes: JSON.stringify({ key: 'receipts of another', receipt: good }) },
      { session, bytes: JSON.stringify({ key: session, receipt: good }) },
      sealPlainReceipt('AAAAAAAAAAAAAAAAAAAAAA', good),
      sealPlainReceipt(session, { ...good, epoch: 'one' }),
      sealPlainReceipt(session, { ...good, verdicts: [{ entryId: one.entryId, deviceSeq: 1, verdict: 'perhaps' }] }),
      sealPlainReceipt(session, 'applied'),
    ];
    expect(await store.loadReceipts(bad)).toEqual({ settled: 0, notOurs: bad.length });
    expect(standing()).toEqual(['1 on_this_phone', '2 on_this_phone']);
    expect(await toSend()).toEqual([1, 2]);
  });

  test('speaks of its own session\'s entries alone, and of no other that has the number', async () => {
    const other = await phone.openStore();
    const three = visitDraft(household.recordId);
    await other.write([three]);
    await store.refresh();
    const verdicts = [said(newId(), 1, 'applied'), said(one.entryId, 2, 'applied'), said(three.entryId, 3, 'applied'), said(newId(), 77, 'applied')];
    expect(await load(receipt(verdicts))).toEqual({ settled: 0, notOurs: 0 });
    expect(standing()).toEqual(['1 on_this_phone', '2 on_this_phone', '3 on_this_phone']);
  });

  test('takes nothing back when an older one is handed in again', async () => {
    const held = receipt([said(one.entryId, 1, 'held', { after: [] })], 1);
    const applied = receipt([said(one.entryId, 1, 'applied', { sequences: {} })], 2);
    for (const order of [[held, applied], [applied, held]]) expect((await load(...order)).notOurs).toBe(0);
    expect(standing()).toEqual(['2 on_this_phone']);
    expect(await load(held)).toEqual({ settled: 0, notOurs: 0 });
    expect(await load({ ...held, endpointTime: at(2) })).toEqual({ settled: 0, notOurs: 0 });
    expect(standing()).toEqual(['2 on_this_phone']);
    expect(await toSend()).toEqual([2]);
  });

  test('says nothing beside what the channel said, before it or after it', async () => {
    own.show(verdictRow(one.entryId, 1, 'held', { after: [] }));
    await pull(store, own);
    expect(await load(receipt([said(one.entryId, 1, 'applied', { sequences: {} })], 9))).toEqual({ settled: 0, notOurs: 0 });
    expect(await load(receipt([said(two.entryId, 2, 'applied', { sequences: {} })], 9))).toEqual({ settled: 1, notOurs: 0 });
    expect(standing()).toEqual(['1 held']);
    own.show(verdictRow(two.entryId, 2, 'quarantined', { code: 'no_access' }));
    await pull(store, own);
    for (const open of [store, await phone.openStore()]) expect(standing(open)).toEqual(['1 held', '2 quarantined']);
    const rows = await phone.openDisk().read(['outbox'], async ({ outbox }) => await outbox.all());
    expect(rows.map(({ receipt: box, settledAt }) => [box, settledAt])).toEqual([[undefined, undefined], [undefined, undefined]]);
  });

  test('counts for nothing once the endpoint was restored: everything is sent again', async () => {
    const before = receipt([said(one.entryId, 1, 'applied', { sequences: {} }), said(two.entryId, 2, 'rejected', { code: 'too_long' })], 60);
    await load(before);
    await store.restart(2, (await store.pullStanding()).round);
    expect(await toSend()).toEqual([1, 2]);
    expect(store.unsettledCount()).toBe(2);
    expect(await load(before)).toEqual({ settled: 0, notOurs: 0 });
    expect(await toSend()).toEqual([1, 2]);
    expect(await load(receipt([said(one.entryId, 1, 'applied', { sequences })], 61, 2))).toEqual({ settled: 1, notOurs: 0 });
    expect(await toSend()).toEqual([2]);
  });

  test('that says erased leaves nothing of the entry, not even sealed', async () => {
    expect(await load(receipt([said(one.entryId, 1, 'erased')]))).toEqual({ settled: 1, notOurs: 0 });
    expect(standing()).toEqual(['1 erased', '2 on_this_phone']);
    expect(store.find(one.visitId)).toBeUndefined();
    expect(await phone.openDisk().read(['outbox'], async ({ outbox }) => await outbox.get(1))).toMatchObject({ bytes: '' });
    await store.discard(1);
    expect(standing()).toEqual(['2 on_this_phone']);
  });

  test('of before a backup was put back unnoticed settles nothing that is to be sent again', async () => {
    await store.recordContact({ ...answerOf(), endpointTime: at(5) });
    await store.restart(1, (await store.pullStanding()).round);
    expect(await load(receipt([said(one.entryId, 1, 'applied', { sequences: {} })], 4))).toEqual({ settled: 0, notOurs: 0 });
    for (const open of [store, await phone.openStore()]) expect((await open.outbound(plenty)).entries.map(({ deviceSeq }) => deviceSeq)).toEqual([1, 2]);
    expect(await load(receipt([said(one.entryId, 1, 'applied', { sequences: {} })], 6))).toEqual({ settled: 1, notOurs: 0 });
    expect(await toSend()).toEqual([2]);
  });

  test('loaded in two tabs at once settles once, and both show it', async () => {
    const hub = createTabsHub();
    store = await phone.openStore({ tabs: hub() });
    const other = await phone.openStore({ tabs: hub() });
    const sealed = [sealPlainReceipt(session, receipt([said(one.entryId, 1, 'applied', { sequences: {} })]))];
    const loaded = await Promise.all([store.loadReceipts(sealed), other.loadReceipts(sealed)]);
    expect(loaded.reduce((sum, { settled }) => sum + settled, 0)).toBe(1);
    for (const open of [store, other]) {
      await open.refresh();
      expect(standing(open)).toEqual(['2 on_this_phone']);
    }
  });

  test('gives way to a newer one that another tab loaded while this one was being read', async () => {
    const other = await phone.openStore();
    const disk = phone.openDisk();
    const newer = [sealPlainReceipt(session, receipt([said(one.entryId, 1, 'applied', { sequences: {} })], 2))];
    let loaded: unknown;
    const slow: Disk = {
      ...disk,
      async write(names, body) {
        loaded ??= await other.loadReceipts(newer);
        return await disk.write(names, body);
      },
    };
    const late = await phone.openStore({ disk: slow });
    expect((await late.loadReceipts([sealPlainReceipt(session, receipt([said(one.entryId, 1, 'held', { after: [] })], 1))])).settled).toBe(0);
    expect(loaded).toEqual({ settled: 1, notOurs: 0 });
    for (const open of [late, await phone.openStore()]) expect(standing(open)).toEqual(['2 on_this_phone']);
  });

  test('opens until its session\'s last entry is settled, and not after a wipe', async () => {
    const keys = async () => (await phone.openDisk().read(['sealingSessions'], async ({ sealingSessions }) => await sealingSessions.all())).map(({ entryKey, receiptKey }) => [entryKey !== undefined, receiptKey !== undefined]);
    expect(await keys()).toEqual([[true, true]]);
    own.show(verdictRow(one.entryId, 1, 'applied', { sequences: {} }));
    own.show(verdictRow(two.entryId, 2, 'applied', { sequences: {} }));
    await pull(store, own);
    await store.recordContact(answerOf());
    expect(await keys()).toEqual([[false, false]]);
    expect(await load(receipt([said(one.entryId, 1, 'rejected')], 9))).toEqual({ settled: 0, notOurs: 1 });
  });
});

test('the endpoint seals a receipt that this phone opens, and no other session does', async () => {
  const keyPair = await createEndpointKeyPair();
  const device = await createDeviceKeys();
  const endpoint = { endpointId: newId(), keyId: keyPair.keyId, publicKey: keyPair.publicKey };
  const deviceId = newId();
  const sealer = createSealer({ endpoint, communeCode, deviceId, deviceKey: await importDeviceKey(device.privateKey) });
  const [session, another] = [await sealer.openSession(), await sealer.openSession()];
  const accepted = await acceptSealingSession({ header: session.header, endpointId: endpoint.endpointId, keyPair, devicePublicKey: device.publicKey });
  if (!accepted.ok) throw new Error('not accepted');
  const sealed = await sealReceipt({ receiptKey: accepted.value.receiptKey, sessionId: session.sessionId, deviceId, receipt: { epoch: 3 } });
  if (!sealed.ok) throw new Error('not sealed');
  expect(await sealer.openReceipt({ ...session, deviceId }, sealed.value)).toEqual({ ok: true, value: { epoch: 3 } });
  const unreadable = { ok: false, error: { code: 'unreadable' } };
  expect(await sealer.openReceipt({ ...another, deviceId }, sealed.value)).toEqual(unreadable);
  expect(await sealer.openReceipt({ ...another, deviceId }, { ...sealed.value, session: another.sessionId })).toEqual(unreadable);
  expect(await sealer.openReceipt({ ...session, deviceId: newId() }, sealed.value)).toEqual(unreadable);
});

test('what a file says was applied stays in sight on a phone that has met no channel yet', async () => {
  for (const kind of diskKinds) {
    const phone = await createTestPhone(kind);
    const store = await phone.openStore();
    const channel = createTestChannel('everyone/01789');
    const household = householdRow();
    channel.show(household);
    await pull(store, channel);
    const visit = visitDraft(household.recordId);
    await store.write([visit]);
    const session = (await store.outbound(plenty)).entries[0]?.session ?? '';
    const verdict = verdictRow(visit.entryId, 1, 'applied', { sequences: { [hamletChannel]: 5 } }).verdict;
    await store.loadReceipts([sealPlainReceipt(session, { epoch: 1, endpointTime: at(1), verdicts: [verdict] })]);
    await store.recordContact(answerOf());
    for (const open of [store, await phone.openStore()]) expect(open.find(visit.visitId)).toMatchObject({ fields: { met: 'yes' } });
  }
});
