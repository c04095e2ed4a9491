import { beforeEach, describe, expect, test, vi } from 'vitest';
import { err, ok } from '#domain/result.ts';
import type { SyncAnswer } from '#sync/protocol.ts';
import { deliverLocked } from './deliver-locked.ts';
import type { DeliverLockedDeps } from './deliver-locked.ts';
import type { Disk, KeyringRow } from './disk.ts';
import { createTestChannel, createTestPhone, diskKinds, hamletChannel, householdRow, newId, pullAll, visitDraft } from './store.test-support.ts';
import type { TestPhone } from './store.test-support.ts';

type Outcome = SyncAnswer['entries'][number]['outcome'];

describe.each(diskKinds)('a phone that nobody unlocked, on $name', (kind) => {
  let phone: TestPhone;
  let disk: Disk;
  let received: number[];

  beforeEach(async () => {
    phone = await createTestPhone(kind);
    disk = phone.openDisk();
    received = [];
    await disk.write(['keyring'], async ({ keyring }) => {
      const row = await keyring.get('phone');
      if (row?.state !== 'enrolled') throw new Error('the phone is not enrolled');
      await keyring.put({ ...row, deliveryToken: '01789.delivery' });
    });
    const store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const household = householdRow();
    hamlet.show(household);
    await pullAll(store, hamlet);
    for (let visits = 0; visits < 3; visits++) expect((await store.write([visitDraft(household.recordId)])).ok).toBe(true);
    store.close();
  });

  const keyringRow = async () => await disk.read(['keyring'], async ({ keyring }) => await keyring.get('phone'));
  const putKeyring = async (row: KeyringRow) => await disk.write(['keyring'], async ({ keyring }) => await keyring.put(row));
  const endpoint =
    (outcomeOf: (deviceSeq: number) => Outcome = () => 'kept'): DeliverLockedDeps['send'] =>
    async ({ entries }, token) => {
      expect(token).toBe('01789.delivery');
      received.push(...entries.map(({ deviceSeq }) => deviceSeq));
      return ok(entries.map(({ session, deviceSeq }) => ({ session, deviceSeq, outcome: outcomeOf(deviceSeq) })));
    };
  const alone: DeliverLockedDeps['exclusive'] = async (body) => await body();
  const deliver = async (more: Partial<DeliverLockedDeps> = {}) => await deliverLocked({ disk, send: endpoint(), exclusive: alone, ...more });

  test('sends everything once, tells open pages, and whoever unlocks it finds it sent', async () => {
    const onSent = vi.fn<() => void>();
    expect(await deliver({ onSent })).toEqual({ isThrough: true });
    expect(await deliver({ onSent })).toEqual({ isThrough: true });
    expect(received).toEqual([1, 2, 3]);
    expect(onSent).toHaveBeenCalledTimes(1);
    const store = await phone.openStore();
    expect((await store.outbound({ entries: 9, bytes: 1e6 })).entries).toEqual([]);
    store.close();
  });

  test('what the endpoint has does not exist only here any more, until a restore has it sent again', async () => {
    await deliver();
    const store = await phone.openStore();
    const seen = () => store.outbox().map(({ state, isKept, recordIds: [id] }) => `${state} ${String(isKept)} ${store.mark(store.find(id ?? '')!).state}`);
    expect(seen()).toEqual(Array(3).fill('on_this_phone true sent'));
    await store.restart(2, (await store.pullStanding()).round);
    expect(seen()).toEqual(Array(3).fill('on_this_phone undefined on_this_phone'));
    store.close();
  });

  test('is not through while the network fails, and loses nothing by it', async () => {
    const onSent = vi.fn<() => void>();
    expect(await deliver({ send: async () => err({ code: 'unreachable' }), onSent })).toEqual({ isThrough: false });
    expect(onSent).not.toHaveBeenCalled();
    expect(await deliver()).toEqual({ isThrough: true });
    expect(received).toEqual([1, 2, 3]);
  });

  test('does not ask for ever with what the endpoint cannot open: that is for a person to see', async () => {
    expect(await deliver({ send: endpoint((deviceSeq) => (deviceSeq === 2 ? 'unreadable' : 'kept')) })).toEqual({ isThrough: true });
    expect(received).toEqual([1, 2, 3]);
  });

  test('sends nothing before it holds the lock, and reads the outbox only then', async () => {
    const afterAnother: DeliverLockedDeps['exclusive'] = async (body) => {
      // The page that held the lock before has sent all of it.
      await deliver();
      return await body();
    };
    expect(await deliver({ exclusive: afterAnother })).toEqual({ isThrough: true });
    expect(received).toEqual([1, 2, 3]);
  });

  test('sends what an earlier life of the phone left, also while it is enrolled anew', async () => {
    const row = await keyringRow();
    if (row?.state !== 'enrolled') throw new Error('the phone is not enrolled');
    const { communeCode, deviceId, endpoint: sealedTo, vault, wrongTries, deliveryToken } = row;
    const once = { key: 'phone', communeCode, deviceId, endpoint: sealedTo } as const;
    const wiped = { ...once, state: 'wiped', why: 'asked', deliveryToken } as const;
    const request = {} as Extract<KeyringRow, { state: 'enrolling' }>['request'];
    await putKeyring({ ...once, state: 'enrolling', deviceId: newId(), vault, wrongTries, request, wiped });
    expect(await deliver()).toEqual({ isThrough: true });
    expect(received).toEqual([1, 2, 3]);
  });

  test('has nothing to hand over in its name while nobody is enrolled', async () => {
    await disk.write(['keyring'], async ({ keyring }) => await keyring.clear());
    expect(await deliver()).toEqual({ isThrough: true });
    expect(received).toEqual([]);
  });
});
