import { Buffer } from 'node:buffer';
import { inflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { argonFloor } from '#client/vault/vault.ts';
import { acceptSealingSession, createEndpointKeyPair, openEntry } from '#sync/entry.ts';
import type { EnrolmentAnswer } from '#sync/protocol.ts';
import { DiskError } from './disk.ts';
import { createMemoryDisk, PowerLoss } from './memory-disk.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { openFieldStore } from './open-store.ts';
import { changePassphrase } from './change-passphrase.ts';
import { abandonEnrolment, beginEnrolment, completeEnrolment } from './enrol-phone.ts';
import { clearWipedPhone, maxWrongTries, readPhone, wipePhone } from './phone.ts';
import { unlock } from './unlock-phone.ts';
import type { UnlockedPhone } from './phone.ts';
import { readOutbound } from './sealed-outbox.ts';
import { answerOf, communeCode, createTestChannel, hamletChannel, householdRow, lan, newId, pull, testRandom, visitDraft } from './store.test-support.ts';

const keyPair = await createEndpointKeyPair();
const endpoint = { endpointId: newId(), keyId: keyPair.keyId, publicKey: keyPair.publicKey };
const invitation = `${communeCode}.${'a'.repeat(43)}`;
const passphrase = 'suối trong núi xanh';
const clock = { now: () => Date.parse('2026-11-22T08:00:00+07:00') };

async function begun(disk: MemoryDisk) {
  const made = await beginEnrolment(disk, { invitation, endpoint, passphrase, newId, argon: argonFloor });
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}
const answerTo = (phone: UnlockedPhone): EnrolmentAnswer => ({
  member: lan, deviceId: phone.deviceId, sessionToken: '01789.session', deliveryToken: '01789.delivery', epoch: 1,
});
async function enrolled() {
  const disk = createMemoryDisk();
  const phone = await begun(disk);
  expect(await completeEnrolment(disk, phone, answerTo(phone))).toEqual({ ok: true, value: undefined });
  return { disk, phone };
}
const openStore = async (disk: MemoryDisk, phone: UnlockedPhone) => await openFieldStore({ disk, phone, clock, random: testRandom });
async function unlocked(disk: MemoryDisk, words = passphrase): Promise<UnlockedPhone> {
  const result = await unlock(disk, words);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

describe('enrolling', () => {
  test('keys and request are on disk before anything is asked, and the very same request is repeated after a restart', async () => {
    const disk = createMemoryDisk();
    expect(await readPhone(disk)).toEqual({ state: 'empty' });
    const phone = await begun(disk);
    const found = await readPhone(disk.open());
    expect(found).toMatchObject({ state: 'enrolling', communeCode, deviceId: phone.deviceId, request: phone.enrolling, triesLeft: maxWrongTries });
    const again = await unlocked(disk);
    expect(again.enrolling).toEqual(phone.enrolling);
    expect((await completeEnrolment(disk, again, answerTo(again))).ok).toBe(true);
    expect((await completeEnrolment(disk, phone, answerTo(phone))).ok).toBe(true);
    expect(await readPhone(disk)).toMatchObject({ state: 'locked', deviceId: phone.deviceId });
  });

  test('the probe opens at the endpoint it was sealed for, and proves the device key', async () => {
    const { enrolling } = await begun(createMemoryDisk());
    const session = await acceptSealingSession({
      header: enrolling.header, endpointId: endpoint.endpointId, keyPair, devicePublicKey: enrolling.devicePublicKey,
    });
    if (!session.ok) throw new Error(session.error.code);
    expect(session.value.claims).toMatchObject({ communeCode, deviceId: enrolling.deviceId });
    expect((await openEntry({ ...session.value, sealed: enrolling.probe, kind: 'probe' })).ok).toBe(true);
  });

  test('an enrolment that was begun can be given up or begun anew; an enrolled phone is not enrolled again', async () => {
    const disk = createMemoryDisk();
    const [first, second] = [await begun(disk), await begun(disk)];
    expect(await readPhone(disk)).toMatchObject({ state: 'enrolling', deviceId: second.deviceId });
    await expect(completeEnrolment(disk, first, answerTo(first))).rejects.toThrow('not to the enrolment');
    await abandonEnrolment(disk);
    expect(await readPhone(disk)).toEqual({ state: 'empty' });
    const { disk: other } = await enrolled();
    await abandonEnrolment(other);
    await expect(begun(other)).rejects.toThrow('enrolled already');
    expect(await readPhone(other)).toMatchObject({ state: 'locked' });
  });

  test('a full disk and a short passphrase are told', async () => {
    const disk = createMemoryDisk();
    expect(await beginEnrolment(disk, { invitation, endpoint, passphrase: 'ngắn', newId, argon: argonFloor })).toEqual({
      ok: false, error: { code: 'passphrase_too_short' },
    });
    disk.onCommit = () => {
      throw new PowerLoss();
    };
    expect(await beginEnrolment(disk, { invitation, endpoint, passphrase, newId, argon: argonFloor })).toEqual({
      ok: false, error: { code: 'storage_failed' },
    });
  });
});

describe('unlocking', () => {
  test('a full disk cannot count the try and must not keep the right passphrase out', async () => {
    const { disk } = await enrolled();
    disk.onCommit = (moment) => {
      if (moment === 'before') throw new DiskError('full');
    };
    expect((await unlock(disk, passphrase)).ok).toBe(true);
    expect(await unlock(disk, 'sai mất rồi nhé')).toMatchObject({ ok: false, error: { code: 'wrong_passphrase' } });
  });

  test('the session token is read back, and renewed for every tab', async () => {
    const { disk, phone } = await enrolled();
    const tab = await unlocked(disk.open());
    expect(await tab.sessionToken()).toBe('01789.session');
    await tab.keepSessionToken('01789.next');
    expect(await phone.sessionToken()).toBe('01789.next');
    expect(tab).toMatchObject({ deviceId: phone.deviceId, communeCode, endpoint, enrolling: undefined });
  });

  test('wrong tries are counted on disk before the passphrase is looked at, and forgotten after the right one', async () => {
    const { disk } = await enrolled();
    expect(await unlock(disk, 'sai cụm từ này')).toEqual({ ok: false, error: { code: 'wrong_passphrase', triesLeft: 9 } });
    // A page that is killed while it derives has used a try.
    const killed = disk.open();
    killed.onCommit = (moment) => {
      if (moment === 'after') {
        killed.kill();
        throw new PowerLoss();
      }
    };
    expect(await unlock(killed, 'sai cụm từ này')).toEqual({ ok: false, error: { code: 'storage_failed' } });
    expect(await readPhone(disk)).toMatchObject({ triesLeft: 8 });
    expect(await unlock(disk, 'ngắn')).toEqual({ ok: false, error: { code: 'wrong_passphrase', triesLeft: 8 } });
    expect(await readPhone(disk)).toMatchObject({ triesLeft: 8 });
    (await unlocked(disk)).close();
    expect(await readPhone(disk)).toMatchObject({ triesLeft: 10 });
  });

  test('what the phone could not compute is not counted', async () => {
    const { disk } = await enrolled();
    const derive = async () => await Promise.reject(new RangeError('no memory'));
    expect(await unlock(disk, passphrase, { derive })).toEqual({ ok: false, error: { code: 'derivation_failed' } });
    expect(await readPhone(disk)).toMatchObject({ triesLeft: 10 });
  });

  test('the tenth wrong one wipes: keys, records and drafts are gone, the sealed outbox stays until it is cleared', async () => {
    const { disk, phone } = await enrolled();
    const store = await openStore(disk, phone);
    const hamlet = createTestChannel(hamletChannel);
    const household = householdRow();
    hamlet.show(household);
    await pull(store, hamlet);
    await store.write([visitDraft(household.recordId)]);
    await store.saveDraft({ draftId: 'd', form: 'visit', values: { outcome: 'bí mật' } });
    store.close();
    const derive = async () => new Uint8Array(32);
    for (let wrong = 1; wrong < maxWrongTries; wrong++) {
      expect(await unlock(disk, 'sai cụm từ này', { derive })).toEqual({ ok: false, error: { code: 'wrong_passphrase', triesLeft: maxWrongTries - wrong } });
    }
    expect(await unlock(disk, 'sai cụm từ này', { derive })).toEqual({ ok: false, error: { code: 'wiped' } });
    expect(await unlock(disk, passphrase)).toEqual({ ok: false, error: { code: 'wiped' } });
    expect(await readPhone(disk)).toEqual({
      state: 'wiped', communeCode, deviceId: phone.deviceId, why: 'wrong_passphrases', deliveryToken: '01789.delivery',
    });
    const { tables } = disk.contents;
    expect([tables.channels.size, tables.segments.size, tables.drafts.size]).toEqual([0, 0, 0]);
    expect([...tables.meta.keys()]).toEqual(['log']);
    expect([...tables.sealingSessions.values()].map((row) => [row['entryKey'], row['receiptKey']])).toEqual([[undefined, undefined]]);
    expect(JSON.stringify([...tables.keyring.values()])).not.toContain('wrapped');
    expect((await readOutbound(disk, { entries: 9, bytes: 1e6 })).entries).toHaveLength(1);
    await clearWipedPhone(disk);
    expect(await readPhone(disk)).toEqual({ state: 'empty' });
    expect((await readOutbound(disk, { entries: 9, bytes: 1e6 })).entries).toEqual([]);
    await expect(clearWipedPhone(disk)).rejects.toThrow('only a wiped phone');
  });

  test('a phone enrolled anew after a wipe sends what it had sealed before, and gives no number twice', async () => {
    const { disk, phone } = await enrolled();
    const store = await openStore(disk, phone);
    const hamlet = createTestChannel(hamletChannel);
    const household = householdRow();
    hamlet.show(household);
    await pull(store, hamlet);
    await store.write([visitDraft(household.recordId)]);
    await wipePhone(disk, 'asked');
    await wipePhone(disk, 'revoked');
    expect(await readPhone(disk)).toMatchObject({ state: 'wiped', why: 'asked' });
    const next = await begun(disk);
    await completeEnrolment(disk, next, answerTo(next));
    const reopened = await openStore(disk, next);
    expect(reopened.all('visit')).toEqual([]);
    await pull(reopened, hamlet);
    await reopened.write([visitDraft(household.recordId)]);
    const { entries, sessions, round } = await reopened.outbound({ entries: 9, bytes: 1e6 });
    expect(entries.map((entry) => entry.deviceSeq)).toEqual([1, 2]);
    expect(sessions).toHaveLength(2);
    await reopened.recordOutcomes(entries.map(({ session, deviceSeq }) => ({ session, deviceSeq, outcome: 'kept' })), round);
    // No verdict ever reaches a phone for what another life of it sealed.
    await reopened.recordContact(answerOf());
    expect(reopened.outbox().map((entry) => entry.deviceSeq)).toEqual([2]);
    expect(reopened.unsettledCount()).toBe(1);
  });

  test('the passphrase is changed by who knows the old one; the records stay', async () => {
    const { disk } = await enrolled();
    const changed = 'đồi chè gió mát';
    expect(await changePassphrase(disk, 'sai cụm từ này', changed)).toEqual({ ok: false, error: { code: 'wrong_passphrase', triesLeft: 9 } });
    expect(await changePassphrase(disk, passphrase, 'ngắn')).toEqual({ ok: false, error: { code: 'passphrase_too_short' } });
    expect(await changePassphrase(disk, passphrase, changed, { argon: argonFloor })).toEqual({ ok: true, value: undefined });
    expect((await unlock(disk, passphrase)).ok).toBe(false);
    expect(await (await unlocked(disk, changed)).sessionToken()).toBe('01789.session');
  });

  describe('on a disk that fails while it is changed', () => {
    const changed = 'đồi chè gió mát';
    /** Fails the one commit that holds another lock than the one of before; `isRead`: the disk is still read afterwards. */
    async function failing(moment: 'before' | 'after', isRead = true) {
      const { disk } = await enrolled();
      const saltOf = () => (disk.contents.tables.keyring.get('phone')?.['vault'] as { readonly salt: Uint8Array } | undefined)?.salt;
      const before = saltOf();
      let hasFailed = false;
      const broken = disk.open();
      broken.onCommit = (now) => {
        if (now !== moment || saltOf() === before) return;
        hasFailed = true;
        throw moment === 'before' ? new DiskError('full') : new PowerLoss();
      };
      const outcome = await changePassphrase({ ...broken, read: async (names, body) => (hasFailed && !isRead ? await Promise.reject(new DiskError('failed')) : await broken.read(names, body)) }, passphrase, changed, { argon: argonFloor });
      expect(hasFailed).toBe(true);
      return { disk, outcome };
    }

    test('after it was kept, the new one opens the phone, and that is what is said', async () => {
      const { disk, outcome } = await failing('after');
      expect(outcome).toEqual({ ok: true, value: undefined });
      (await unlocked(disk, changed)).close();
      expect((await unlock(disk, passphrase)).ok).toBe(false);
    });

    test('before it was kept, the old one still does', async () => {
      const { disk, outcome } = await failing('before');
      expect(outcome).toEqual({ ok: false, error: { code: 'storage_full' } });
      (await unlocked(disk)).close();
    });

    test('and can then not be read, nobody claims to know which', async () => {
      for (const moment of ['before', 'after'] as const) expect((await failing(moment, false)).outcome).toEqual({ ok: false, error: { code: 'which_unknown' } });
    });
  });

  test('of two tabs that change it at once one does, and the other is told that it knows the old one no more, not that the phone is damaged', async () => {
    const { disk } = await enrolled();
    const chosen = ['đồi chè gió mát', 'ruộng bậc thang cao'] as const;
    const outcomes = await Promise.all(chosen.map(async (words) => await changePassphrase(disk.open(), passphrase, words, { argon: argonFloor })));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: 'wrong_passphrase', triesLeft: maxWrongTries } });
    await unlocked(disk, chosen[outcomes[0]?.ok === true ? 0 : 1]);
  });
});

test('nothing a citizen said, no name and no token lies readable on the disk', async () => {
  const { disk, phone } = await enrolled();
  const store = await openStore(disk, phone);
  const hamlet = createTestChannel(hamletChannel);
  const household = householdRow({ headName: 'Nông Văn Sơn', phone: '0912345678' });
  hamlet.show(household);
  await pull(store, hamlet);
  await store.write([visitDraft(household.recordId, {}, { outcome: 'đã hẹn sửa mái nhà' })]);
  await store.saveDraft({ draftId: 'd', form: 'visit', subjectId: household.recordId, values: { outcome: 'đang gõ dở' } });
  const words = ['Nông', 'Sơn', '0912345678', 'sửa mái', 'gõ dở', lan.name, '01789.session', household.recordId];
  const everything = bytesOf(disk.contents.tables);
  for (const word of words) expect(everything.includes(Buffer.from(word))).toBe(false);
  // The search itself finds what is there to be found.
  expect(everything.includes(Buffer.from(phone.deviceId))).toBe(true);
  expect(everything.includes(Buffer.from('01789.delivery'))).toBe(true);
});

function bytesOf(value: unknown): Buffer {
  if (value instanceof Uint8Array) return Buffer.concat([Buffer.from(value), inflated(value)]);
  if (value instanceof Map) return Buffer.concat([...value].map((row) => bytesOf(row)));
  if (typeof value === 'object' && value !== null) return Buffer.concat(Object.entries(value).map((row) => bytesOf(row[1])));
  return Buffer.from(`${String(value)}\n`);
}

/** What is deflated is readable all the same. */
function inflated(bytes: Uint8Array): Buffer {
  try {
    return Buffer.from(inflateSync(bytes));
  } catch {
    return Buffer.alloc(0);
  }
}
