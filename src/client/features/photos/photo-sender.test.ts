import { beforeEach, describe, expect, test, vi } from 'vitest';
import { attachPhoto } from '#domain/attach-photo.ts';
import { err, ok } from '#domain/result.ts';
import { wipePhone } from '#client/store/phone.ts';
import { keepArrivedMs } from '#client/store/pictures.ts';
import { createTestChannel, createTestPhone, hamletChannel, householdRow, letInAgain, memoryDisks, newId, pull, verdictRow, visitDraft } from '#client/store/store.test-support.ts';
import type { TestChannel, TestPhone, TestStore } from '#client/store/store.test-support.ts';
import { maxPicturesAsked } from '#client/remote/pictures.ts';
import type { PictureState } from '#client/remote/pictures.ts';
import type { SendPictureError } from '#client/remote/send-picture.ts';
import type { Result } from '#domain/result.ts';
import { createPhotoSender } from './photo-sender.ts';
import type { Network, PhotoSender, PhotoSenderDeps } from './photo-sender.ts';

const picture = Uint8Array.from({ length: 900 }, (_, at) => at % 251);

/** A phone with a household, and an endpoint of a few lines. */
interface Stage {
  readonly phone: TestPhone;
  readonly store: TestStore;
  readonly hamlet: TestChannel;
  readonly sender: PhotoSender;
  readonly network: { isOnline: boolean; isWifi: boolean | undefined };
  readonly asked: string[][];
  readonly sent: string[];
  readonly states: Map<string, { state: PictureState; sha256?: string }>;
  /** What becomes of the next sendings; without: they arrive. */
  readonly next: (SendPictureError | 'hang')[];
  /** Lets so much time pass, and all that it sets going come to its end. */
  pass(ms?: number): Promise<void>;
}

let stage: Stage;
let householdId: string;

async function createStage(over: Partial<PhotoSenderDeps> = {}, begun?: Pick<Stage, 'phone' | 'store'>): Promise<Stage> {
  const phone = begun?.phone ?? (await createTestPhone(memoryDisks));
  const store = begun?.store ?? (await phone.openStore());
  const household = householdRow();
  householdId = household.recordId;
  const hamlet = createTestChannel(hamletChannel);
  hamlet.show(household);
  await pull(store, hamlet);
  const timers = new Map<number, { at: number; run: () => void }>();
  let lastTimer = 0;
  const clock = {
    now: phone.clock.now,
    setTimeout(run: () => void, ms: number) {
      lastTimer += 1;
      timers.set(lastTimer, { at: phone.clock.at + ms, run });
      return lastTimer;
    },
    clearTimeout: (timer: unknown) => void timers.delete(timer as number),
  };
  const network: { isOnline: boolean; isWifi: boolean | undefined } = { isOnline: true, isWifi: undefined };
  const wishes = { wifi: false, paused: false };
  const asked: string[][] = [];
  const sent: string[] = [];
  const states: Stage['states'] = new Map();
  const next: Stage['next'] = [];
  const sender = createPhotoSender({
    store,
    clock,
    network: (): Network => network,
    wishes: {
      isWifiOnly: () => wishes.wifi, setWifiOnly: (isOn) => void (wishes.wifi = isOn), isPaused: () => wishes.paused, setPaused: (isOn) => void (wishes.paused = isOn),
    },
    alone: async (body) => {
      await body();
      return true;
    },
    async ask(recordIds) {
      asked.push([...recordIds]);
      return ok({ pictures: recordIds.map((recordId) => ({ recordId, ...(states.get(recordId) ?? { state: 'wanted' as const }) })) });
    },
    async send({ pictureId, box, onProgress, signal }): Promise<Result<undefined, SendPictureError>> {
      sent.push(pictureId);
      onProgress(0);
      const failure = next.shift();
      if (failure === 'hang') {
        onProgress(box.length / 2);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return err({ code: 'stopped' });
      }
      if (failure !== undefined) return err(failure);
      onProgress(box.length);
      const row = (await store.pictures.list()).find((one) => one.pictureId === pictureId);
      states.set(pictureId, { state: 'arrived', ...(row === undefined ? {} : { sha256: row.sha256 }) });
      return ok(undefined);
    },
    ...over,
  });
  const settle = async () => {
    for (let turn = 0; turn < 30; turn++) {
      await new Promise((resolve) => setTimeout(resolve));
      // Pictures are hashed on other threads, in turn: on a busy machine this comes after them.
      await crypto.subtle.digest('SHA-256', picture);
    }
  };
  return {
    phone, store, hamlet, sender, network, asked, sent, states, next,
    async pass(ms = 0) {
      await settle();
      phone.clock.at += ms;
      for (const [id, timer] of timers) {
        if (timer.at > phone.clock.at) continue;
        timers.delete(id);
        timer.run();
      }
      await settle();
    },
  };
}

/** A visit with a photo, saved; `isSent`: the endpoint has both records. */
async function savePhoto({ store }: Stage, isSent = true): Promise<string> {
  const pictureId = newId();
  const kept = await store.pictures.keep(pictureId, picture);
  if (!kept.ok) throw new Error(kept.error.code);
  const visit = visitDraft(householdId);
  const photo = attachPhoto(
    { recordId: visit.visitId, areaId: '01789-003' },
    { pictureId, sha256: kept.value.sha256, type: 'image/webp', bytes: picture.length, width: 10, height: 10, on: '2026-11-22', hasFace: false },
    store.commandContext(),
  );
  if (!photo.ok) throw new Error(photo.error.code);
  const saved = await store.write([visit, photo.value]);
  if (!saved.ok) throw new Error(saved.error.code);
  if (isSent) await noteSent(store);
  return pictureId;
}

async function noteSent(store: TestStore): Promise<void> {
  const outbound = await store.outbound({ entries: 100, bytes: 1e6 });
  await store.recordOutcomes(outbound.entries.map(({ session, deviceSeq }) => ({ session, deviceSeq, outcome: 'kept' as const })), outbound.round);
}

beforeEach(async () => {
  stage = await createStage();
});

describe('a photo is sent', () => {
  test('after the records, and has arrived on the word of the commune alone', async () => {
    const pictureId = await savePhoto(stage, false);
    await stage.pass();
    expect(stage.sender.state()).toMatchObject({ standing: 'after_records', waiting: [{ pictureId }] });
    expect(stage.asked).toEqual([]);
    await noteSent(stage.store);
    await stage.pass();
    expect(stage.sent).toEqual([pictureId]);
    expect(stage.sender.state()).toEqual({ standing: 'idle', waiting: [], current: undefined });
    expect(await stage.store.pictures.list()).toMatchObject([{ pictureId, arrived: { at: stage.phone.clock.at } }]);
    expect(await stage.store.pictures.open(pictureId)).toEqual(picture);
  });

  test('one at a time, and a new record goes in between', async () => {
    const first = await savePhoto(stage, false);
    const second = await savePhoto(stage, false);
    stage.next.push('hang');
    await noteSent(stage.store);
    await stage.pass();
    expect(stage.sender.state()).toMatchObject({ standing: 'sending', current: { pictureId: first } });
    expect(stage.sender.state().current?.sent).toBeGreaterThan(0);
    await stage.store.write([visitDraft(householdId)]);
    await stage.pass();
    expect(stage.sender.state()).toMatchObject({ standing: 'after_records' });
    await noteSent(stage.store);
    await stage.pass();
    expect(stage.sent).toEqual([first, first, second]);
    expect(stage.sender.state().waiting).toEqual([]);
  });

  test('once more, ever later, when the line fails; at once when it is back; and loses nothing', async () => {
    const pictureId = await savePhoto(stage, false);
    stage.next.push(...Array.from({ length: 6 }, () => ({ code: 'unreachable' }) as const));
    await noteSent(stage.store);
    await stage.pass();
    for (const [ms, times] of [[4_000, 1], [1_000, 2], [19_000, 2], [1_000, 3], [60_000, 4], [300_000, 5]] as const) {
      await stage.pass(ms);
      expect(stage.sent, `after ${ms}`).toHaveLength(times);
      expect(stage.sender.state()).toMatchObject({ standing: 'later', waiting: [{ pictureId }] });
    }
    // What else happens on the phone does not make it try sooner.
    await stage.store.saveDraft({ draftId: 'd', form: 'visit', values: {} });
    await stage.pass(1_000);
    expect(stage.sent).toHaveLength(5);
    stage.sender.wake();
    await stage.pass();
    expect(stage.sent).toHaveLength(6);
    stage.sender.wake();
    await stage.pass();
    expect(stage.sender.state().waiting).toEqual([]);
  });

  test('again when the commune was put back to before it came', async () => {
    const pictureId = await savePhoto(stage);
    await stage.pass();
    expect(stage.sent).toEqual([pictureId]);
    stage.states.set(pictureId, { state: 'wanted' });
    await stage.store.restart(1, (await stage.store.pullStanding()).round);
    await noteSent(stage.store);
    await stage.pass();
    expect(stage.sent).toEqual([pictureId, pictureId]);
  });
});

describe('a photo waits', () => {
  test.each([
    [true, 'sending', 1], [false, 'no_wifi', 0], [undefined, 'wifi_unknown', 0],
  ] as const)('for Wi-Fi where that is wished (Wi-Fi: %s), until the person sends it all the same', async (isWifi, standing, times) => {
    stage.network.isWifi = isWifi;
    stage.sender.setWifiOnly(true);
    const pictureId = await savePhoto(stage, false);
    stage.next.push('hang');
    await noteSent(stage.store);
    await stage.pass();
    expect(stage.sender.state().standing).toBe(standing);
    expect(stage.sent).toHaveLength(times);
    stage.next.length = 0;
    stage.sender.pause();
    await stage.pass();
    stage.sender.sendNow();
    await stage.pass();
    expect(stage.sent).toContain(pictureId);
    expect(stage.sender.state().waiting).toEqual([]);
  });

  test('for Wi-Fi again, where it was taken after the person sent those before it all the same', async () => {
    stage.network.isWifi = false;
    stage.sender.setWifiOnly(true);
    const first = await savePhoto(stage);
    await stage.pass();
    expect(stage.sender.state().standing).toBe('no_wifi');
    stage.next.push('hang');
    stage.sender.sendNow();
    await stage.pass();
    expect(stage.sender.state()).toMatchObject({ standing: 'sending', current: { pictureId: first } });
    // Taken while the other is still on its way.
    const second = await savePhoto(stage);
    await stage.pass();
    expect(stage.sent).toEqual([first, first]);
    expect(stage.sender.state()).toMatchObject({ standing: 'no_wifi', waiting: [{ pictureId: second }] });
    const third = await savePhoto(stage);
    await stage.pass();
    expect(stage.sent).toEqual([first, first]);
    stage.sender.sendNow();
    await stage.pass();
    expect(stage.sent).toEqual([first, first, second, third]);
    expect(stage.sender.state()).toMatchObject({ standing: 'idle', waiting: [] });
  });

  test('where the person has paused, in the middle of it too, and where there is no connection', async () => {
    stage.next.push('hang');
    const pictureId = await savePhoto(stage);
    await stage.pass();
    expect(stage.sender.state().standing).toBe('sending');
    stage.sender.pause();
    await stage.pass(600_000);
    expect(stage.sender.state()).toMatchObject({ standing: 'paused', waiting: [{ pictureId }] });
    expect(stage.sent).toHaveLength(1);
    stage.network.isOnline = false;
    stage.sender.goOn();
    await stage.pass();
    expect(stage.sender.state().standing).toBe('offline');
    stage.network.isOnline = true;
    stage.sender.wake();
    await stage.pass();
    expect(stage.sent).toHaveLength(2);
    expect(stage.sender.state().waiting).toEqual([]);
  });

  test('while the commune does not know its record yet', async () => {
    const pictureId = await savePhoto(stage, false);
    stage.states.set(pictureId, { state: 'unknown' });
    await noteSent(stage.store);
    await stage.pass();
    expect(stage.sent).toEqual([]);
    expect(stage.sender.state()).toMatchObject({ standing: 'after_records', waiting: [{ pictureId }] });
    stage.states.delete(pictureId);
    await stage.pass(3 * 60_000);
    expect(stage.sent).toEqual([pictureId]);
  });

  test('and those whose records wait hold up none behind them, however many they are', async () => {
    for (let n = 0; n < maxPicturesAsked + 1; n++) stage.states.set(await savePhoto(stage, false), { state: 'unknown' });
    const known = await savePhoto(stage, false);
    // A hundred entries at a time.
    for (let n = 0; n < 2; n++) await noteSent(stage.store);
    await stage.pass();
    expect(stage.sent).toEqual([known]);
    expect(stage.sender.state()).toMatchObject({ standing: 'after_records' });
  });
});

describe('an endpoint that fails with all of them', () => {
  test('is left alone for a while after two, each gets its turn, none is given up, and all go once it works again', async () => {
    const all = [await savePhoto(stage, false), await savePhoto(stage, false), await savePhoto(stage, false), await savePhoto(stage, false)];
    await noteSent(stage.store);
    for (let n = 0; n < 12; n++) stage.next.push({ code: 'endpoint_error' });
    await stage.pass();
    expect(stage.sent).toEqual(all.slice(0, 2));
    await stage.pass(6_000);
    expect(stage.sent).toEqual(all);
    for (let n = 0; n < 4; n++) await stage.pass(1_800_001);
    expect(stage.next).toEqual([]);
    expect(stage.sender.state().waiting.map(({ failed }) => failed)).toEqual([undefined, undefined, undefined, undefined]);
    for (let n = 0; n < 4; n++) await stage.pass(1_800_001);
    expect(stage.sender.state()).toMatchObject({ standing: 'idle', waiting: [] });
    expect(new Set(stage.sent.slice(-4))).toEqual(new Set(all));
  });

  test('or a line that breaks is tried again by itself, also where something else was due before', async () => {
    const first = await savePhoto(stage);
    stage.next.push({ code: 'endpoint_error' });
    await stage.pass();
    const second = await savePhoto(stage);
    stage.next.push({ code: 'endpoint_error', retryAfterMs: 60_000 });
    await stage.pass();
    expect(stage.sent).toEqual([first, second]);
    await stage.pass(6_000);
    expect(stage.sender.state()).toMatchObject({ standing: 'later' });
    await stage.pass(60_000);
    expect(stage.sender.state()).toMatchObject({ standing: 'idle', waiting: [] });
  });

  test('and a line that breaks always at the same one lets the others go first', async () => {
    const [first, second] = [await savePhoto(stage, false), await savePhoto(stage, false)];
    await noteSent(stage.store);
    stage.next.push({ code: 'unreachable' });
    await stage.pass();
    await stage.pass(6_000);
    expect(stage.sent).toEqual([first, second, first]);
  });
});

describe('a photo that the commune cannot take', () => {
  test('says so, holds up no other, and goes once more only when the person says', async () => {
    const first = await savePhoto(stage, false);
    const second = await savePhoto(stage, false);
    stage.next.push({ code: 'unreadable' });
    await noteSent(stage.store);
    await stage.pass();
    expect(stage.sent).toEqual([first, second]);
    expect(stage.sender.state().waiting).toMatchObject([{ pictureId: first, failed: 'unreadable' }]);
    await stage.pass(3_600_000);
    expect(stage.sent).toHaveLength(2);
    await stage.sender.tryAgain(first);
    await stage.pass();
    expect(stage.sender.state().waiting).toEqual([]);
  });

  test('or that this phone has damaged or lost, is told apart, and holds up no other', async () => {
    const [lost, altered, whole] = [await savePhoto(stage, false), await savePhoto(stage, false), await savePhoto(stage, false)];
    await stage.phone.openDisk().write(['pictureBoxes'], async ({ pictureBoxes }) => {
      await pictureBoxes.delete(lost);
      await pictureBoxes.put({ pictureId: altered, box: Uint8Array.of(1, 2, 3) });
    });
    await noteSent(stage.store);
    await stage.pass();
    expect(stage.sent).toEqual([whole]);
    expect(stage.sender.state()).toMatchObject({ waiting: [{ pictureId: lost, failed: 'damaged' }, { pictureId: altered, failed: 'damaged' }] });
    expect(stage.asked.length).toBeLessThan(6);
  });

  test('or that the disk would not give for a while is never said to be damaged, and goes once the disk gives it', async () => {
    const phone = await createTestPhone(memoryDisks);
    const store = await phone.openStore();
    let unread: string | undefined;
    const box = async (pictureId: string) => {
      if (pictureId === unread) throw new Error('the disk gives nothing');
      return await store.pictures.box(pictureId);
    };
    const begun = await createStage({ store: { ...store, pictures: { ...store.pictures, box } } }, { phone, store });
    unread = await savePhoto(begun);
    await begun.pass();
    const other = await savePhoto(begun);
    await begun.pass();
    expect(begun.sent).toEqual([other]);
    for (const waitMs of [6_000, 21_000, 61_000]) await begun.pass(waitMs);
    expect(begun.sender.state().waiting).toMatchObject([{ pictureId: unread, failed: 'not_read' }]);
    const waits = unread;
    unread = undefined;
    await begun.sender.tryAgain(waits);
    await begun.pass();
    expect(begun.sent).toEqual([other, waits]);
    expect(begun.sender.state()).toMatchObject({ standing: 'idle', waiting: [] });
  });

  test('for a reason that it does not tell, rests ever longer, holds up no other, is shown to a person in the end, and goes once more when they say', async () => {
    const first = await savePhoto(stage, false);
    await noteSent(stage.store);
    const fails = () => stage.next.push({ code: 'endpoint_error' });
    fails();
    await stage.pass();
    for (const waitMs of [6_000, 21_000]) {
      const other = await savePhoto(stage);
      await stage.pass();
      // What comes meanwhile goes at once.
      expect(stage.sent.at(-1)).toBe(other);
      fails();
      await stage.pass(waitMs);
      expect(stage.sent.at(-1)).toBe(first);
      expect(stage.sender.state()).toMatchObject({ standing: 'later', waiting: [{ pictureId: first }] });
    }
    const tries = stage.sent.length;
    stage.sender.wake();
    await stage.pass(30_000);
    expect(stage.sent).toHaveLength(tries);
    fails();
    await stage.pass(31_000);
    expect(stage.sender.state().waiting).toMatchObject([{ pictureId: first, failed: 'refused' }]);
    await stage.pass(3_600_000);
    expect(stage.sent).toHaveLength(tries + 1);
    await stage.sender.tryAgain(first);
    await stage.pass();
    expect(stage.sender.state()).toMatchObject({ standing: 'idle', waiting: [] });
  });

  test('stands as failed where the commune holds another picture in its place, and is given up by the person alone', async () => {
    const pictureId = await savePhoto(stage, false);
    stage.states.set(pictureId, { state: 'arrived', sha256: 'b'.repeat(64) });
    await noteSent(stage.store);
    await stage.pass();
    expect(stage.sender.state().waiting).toMatchObject([{ pictureId, failed: 'not_taken' }]);
    await stage.sender.giveUp(pictureId);
    await stage.pass();
    expect(await stage.store.pictures.list()).toEqual([]);
  });
});

describe('a picture leaves the phone', () => {
  test('with the form that was given up, not before that can be taken back, and never while its draft stands', async () => {
    const pictureId = newId();
    await stage.store.pictures.keep(pictureId, picture);
    const draft = { draftId: 'd', form: 'visit', values: { photos: [{ pictureId }] } };
    await stage.store.saveDraft(draft);
    await stage.pass(3_600_000);
    await stage.pass(3_600_000);
    await stage.store.removeDraft('d');
    await stage.pass(60_000);
    expect(await stage.store.pictures.list()).toHaveLength(1);
    await stage.store.saveDraft(draft);
    await stage.pass(3_600_000);
    await stage.pass(3_600_000);
    expect(await stage.store.pictures.list()).toHaveLength(1);
    await stage.store.removeDraft('d');
    await stage.pass();
    await stage.pass(3 * 60_000);
    expect(await stage.store.pictures.list()).toEqual([]);
    expect(stage.sent).toEqual([]);
  });

  test('a month after it has arrived', async () => {
    await savePhoto(stage);
    await stage.pass();
    await stage.pass(keepArrivedMs - 1);
    stage.sender.wake();
    await stage.pass();
    expect(await stage.store.pictures.list()).toHaveLength(1);
    await stage.pass(1);
    stage.sender.wake();
    await stage.pass();
    expect(await stage.store.pictures.list()).toEqual([]);
  });

  test('when its record stands without it from now on', async () => {
    const pictureId = await savePhoto(stage, false);
    stage.states.set(pictureId, { state: 'removed' });
    await noteSent(stage.store);
    await stage.pass();
    expect(await stage.store.pictures.list()).toEqual([]);
  });
});

describe('the disk is read', () => {
  const look = async () => {
    const list = vi.spyOn(stage.store.pictures, 'list');
    await stage.store.saveDraft({ draftId: 'd', form: 'visit', values: { outcome: `${list.mock.calls.length}` } });
    await stage.pass();
    const times = list.mock.calls.length;
    list.mockRestore();
    return times;
  };

  test('on no word that is typed, on a phone with photos and on one without', async () => {
    await stage.pass();
    expect(await look()).toBe(0);
    await savePhoto(stage);
    await stage.pass();
    // Once more after the first look at a new picture, at most.
    await look();
    expect(await look()).toBe(0);
  });

  test('when another phone deleted the record of a photo that waits', async () => {
    stage.network.isOnline = false;
    const pictureId = await savePhoto(stage);
    stage.hamlet.show(householdRow({}, { recordId: pictureId, kind: 'attachment', fields: { ...stage.store.find(pictureId)?.fields } }));
    await pull(stage.store, stage.hamlet);
    const own = createTestChannel(stage.phone.ownChannel);
    for (const { entryId, deviceSeq } of stage.store.outbox()) own.show(verdictRow(entryId, deviceSeq, 'applied'));
    await pull(stage.store, own);
    await stage.pass();
    expect(stage.sender.state().waiting).toMatchObject([{ pictureId }]);
    stage.hamlet.show({ recordId: pictureId, version: 2, gone: 'deleted' });
    await pull(stage.store, stage.hamlet);
    await stage.pass();
    expect(stage.sender.state().waiting).toEqual([]);
  });
});

describe('a photo that a wiped phone had not sent', () => {
  /** Wiped, and the same person let in again: the sender of that life. */
  async function letInAfterWipe(): Promise<Stage> {
    stage.sender.stop();
    stage.store.close();
    await wipePhone(stage.phone.openDisk(), 'asked');
    return await createStage({}, { phone: stage.phone, store: await letInAgain(stage.phone) });
  }

  test('goes as it was sealed once the same person is let in again, after the records, and can be shown here no more', async () => {
    stage.network.isOnline = false;
    const pictureId = await savePhoto(stage, false);
    await stage.pass();
    const box = await stage.store.pictures.box(pictureId);
    const again = await letInAfterWipe();
    await again.pass();
    expect(again.sender.state()).toMatchObject({ standing: 'after_records', waiting: [{ pictureId, deviceId: stage.phone.deviceId }] });
    await noteSent(again.store);
    await again.pass();
    expect(again.sent).toEqual([pictureId]);
    expect(again.sender.state()).toMatchObject({ standing: 'idle', waiting: [] });
    expect(await again.store.pictures.box(pictureId)).toEqual(box);
    expect(await again.store.pictures.open(pictureId)).toBeUndefined();
  });

  test('waits for the commune to know its record, however long that takes, also where nobody had looked at it between its save and the wipe', async () => {
    stage.sender.stop();
    const pictureId = await savePhoto(stage, false);
    const again = await letInAfterWipe();
    again.states.set(pictureId, { state: 'unknown' });
    await noteSent(again.store);
    for (let times = 0; times < 3; times++) await again.pass(3 * 60_000);
    expect(again.sent).toEqual([]);
    again.states.delete(pictureId);
    await again.pass(3 * 60_000);
    expect(again.sent).toEqual([pictureId]);
  });

  test('does not go where its form was lost with the keys', async () => {
    const pictureId = newId();
    await stage.store.pictures.keep(pictureId, picture);
    await stage.store.saveDraft({ draftId: 'd', form: 'visit', values: { photos: [{ pictureId }] } });
    await stage.pass();
    const again = await letInAfterWipe();
    await again.pass();
    await again.pass(3 * 60_000);
    expect(again.sent).toEqual([]);
    expect(await again.store.pictures.list()).toEqual([]);
  });
});

test('another tab that is at it is left alone', async () => {
  stage = await createStage({ alone: async () => false });
  await savePhoto(stage);
  await stage.pass();
  expect(stage.sender.state().standing).toBe('other_tab');
  expect(stage.sent).toEqual([]);
});

test('a phone that was locked sends nothing more', async () => {
  stage.next.push('hang');
  await savePhoto(stage);
  await stage.pass();
  stage.sender.stop();
  stage.store.close();
  await stage.pass(3_600_000);
  expect(stage.sent).toHaveLength(1);
});
