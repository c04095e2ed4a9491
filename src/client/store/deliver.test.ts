import { beforeEach, describe, expect, test } from 'vitest';
import { err, ok } from '#domain/result.ts';
import { batchLimits } from '#sync/protocol.ts';
import { deliverSealed } from './deliver.ts';
import type { SendSealed } from './deliver.ts';
import type { Disk } from './disk.ts';
import { wipePhone } from './phone.ts';
import { readUnsettled } from './sealed-outbox.ts';
import { communeCode, createTestChannel, createTestPhone, diskKinds, epochStart, hamletChannel, householdRow, newId, pullAll, verdictRow, visitDraft } from './store.test-support.ts';
import type { TestPhone, TestStore } from './store.test-support.ts';

describe.each(diskKinds)('what lies sealed, on $name', (kind) => {
  let phone: TestPhone;
  let disk: Disk;
  let store: TestStore;
  const drafts: ReturnType<typeof visitDraft>[] = [];

  beforeEach(async () => {
    phone = await createTestPhone(kind);
    disk = phone.openDisk();
    store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const household = householdRow();
    hamlet.show(household);
    await pullAll(store, hamlet);
    drafts.length = 0;
    for (let saved = 0; saved < 5; saved++) {
      phone.clock.at = epochStart + saved;
      const draft = visitDraft(household.recordId);
      drafts.push(draft);
      expect(await store.write([draft])).toEqual({ ok: true, value: undefined });
    }
  });

  const seqsOf = (sealed: Parameters<SendSealed>[0]) => sealed.entries.map(({ deviceSeq }) => deviceSeq);
  const kept = (sealed: Parameters<SendSealed>[0]) => ok(sealed.entries.map(({ session, deviceSeq }) => ({ session, deviceSeq, outcome: 'kept' as const })));
  const unsettled = async () => {
    const found = await readUnsettled(disk);
    if (found === undefined) throw new Error('the phone is empty');
    return found;
  };

  test('is delivered with its headers, and then no longer counts as here alone', async () => {
    expect(await unsettled()).toMatchObject({ since: epochStart, communeCode, epoch: 1, sessions: [{ header: { enc: phone.deviceId } }] });
    const requests: Parameters<SendSealed>[0][] = [];
    expect(await deliverSealed(disk, async (sealed) => kept((requests.push(sealed), sealed)))).toBe(true);
    expect(requests.map(seqsOf)).toEqual([[1, 2, 3, 4, 5]]);
    expect(requests[0]?.sessions).toHaveLength(1);
    expect(await unsettled()).toMatchObject({ entries: [], sessions: [], since: undefined });
    expect(await deliverSealed(disk, async () => { throw new Error('there is nothing to send'); })).toBe(false);
  });

  test('is halved when its size may be at fault, and what is too large alone holds up nobody', async () => {
    const sent: number[][] = [];
    const send: SendSealed = async (sealed) => {
      sent.push(seqsOf(sealed));
      return sealed.entries.length > 2 || seqsOf(sealed).includes(3) ? err({ code: 'too_large' }) : kept(sealed);
    };
    expect(await deliverSealed(disk, send)).toBe(true);
    expect((await unsettled()).entries.map(({ deviceSeq }) => deviceSeq)).toEqual([3]);
    expect(sent.length).toBeLessThan(10);
  });

  test('stays when there is no road, and is not sent again in one run when it is refused', async () => {
    expect(await deliverSealed(disk, async () => err({ code: 'unreachable' }))).toBe(false);
    expect((await unsettled()).entries).toHaveLength(5);
    let requests = 0;
    const refuse: SendSealed = async (sealed) => {
      requests += 1;
      return ok(sealed.entries.map(({ session, deviceSeq }) => ({ session, deviceSeq, outcome: 'unreadable' as const })));
    };
    expect(await deliverSealed(disk, refuse)).toBe(false);
    expect(requests).toBe(1);
    expect((await unsettled()).entries).toHaveLength(5);
    expect(await deliverSealed(disk, async (sealed) => kept(sealed))).toBe(true);
  });

  test('leaves out what was settled and what was kept, until a restore asks for all again', async () => {
    const own = createTestChannel(phone.ownChannel);
    own.show(verdictRow(drafts[0]?.entryId ?? '', 1, 'applied'));
    own.show(verdictRow(drafts[1]?.entryId ?? '', 2, 'quarantined', { code: 'no_access' }));
    await pullAll(store, own);
    const { round, entries } = await store.outbound({ ...batchLimits });
    await store.recordOutcomes(entries.filter(({ deviceSeq }) => deviceSeq === 2).map(({ session, deviceSeq }) => ({ session, deviceSeq, outcome: 'kept' })), round);
    expect(await unsettled()).toMatchObject({ entries: [{ deviceSeq: 3 }, { deviceSeq: 4 }, { deviceSeq: 5 }], since: epochStart + 2, epoch: 1 });
    await store.restart(2, (await store.pullStanding()).round);
    expect(await unsettled()).toMatchObject({ entries: [1, 2, 3, 4, 5].map((deviceSeq) => ({ deviceSeq })), epoch: 2 });
  });

  test('is there on a wiped phone, and on one that is being enrolled again, for whom it was sealed', async () => {
    const { endpoint } = await unsettled();
    await wipePhone(disk, 'asked');
    expect(await unsettled()).toMatchObject({ endpoint, communeCode, since: epochStart });
    await disk.write(['keyring'], async ({ keyring }) => {
      const wiped = await keyring.get('phone');
      if (wiped?.state !== 'wiped') throw new Error('not wiped');
      const elsewhere = { endpointId: newId(), keyId: 'other', publicKey: '' };
      await keyring.put({ ...wiped, state: 'enrolling', communeCode: '99904', endpoint: elsewhere, wiped, wrongTries: 0 } as never);
    });
    expect(await unsettled()).toMatchObject({ endpoint, communeCode });
    expect((await unsettled()).entries).toHaveLength(5);
  });

  test('leaves out an entry whose header is gone: nobody could open it', async () => {
    await disk.write(['sealingSessions'], async ({ sealingSessions }) => await sealingSessions.clear());
    expect(await unsettled()).toMatchObject({ entries: [], sessions: [], since: undefined });
  });
});

test('a phone that was never enrolled holds nothing', async () => {
  for (const kind of diskKinds) expect(await readUnsettled(kind.create()())).toBeUndefined();
});
