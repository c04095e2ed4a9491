import { beforeEach, describe, expect, test, vi } from 'vitest';
import { attachPhoto } from '#domain/attach-photo.ts';
import { err, ok } from '#domain/result.ts';
import { DiskError } from '#client/store/disk.ts';
import { wipePhone } from '#client/store/phone.ts';
import { keepArrivedMs } from '#client/store/pictures.ts';
import { createTestChannel, createTestPhone, hamletChannel, householdRow, letInAgain, memoryDisks, newId, pull, verdictRow, visitDraft } from '#client/store/store.test-support.ts';
import type { TestChannel, TestPhone, TestStore } from '#client/store/store.test-support.ts';
import type { PictureState } from '#client/remote/pictures.ts';
import type { SessionCallError } from '#client/remote/session-calls.ts';
import type { SendPictureError } from '#client/remote/send-picture.ts';
import type { Result } from '#domain/result.ts';
import { maxPicturesAsked } from '#client/remote/pictures.ts';
import { troubleOf } from './photo-course.ts';
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
  /** What becomes of every sending of these; `taken_in_vain`: it is said to be there, and is not. */
  readonly always: Map<string, SendPictureError | 'taken_in_vain' | 'throws'>;
  /** A question with one of these among others or alone is answered so. */
  readonly unaskable: Map<string, SessionCallError>;
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
  const always: Stage['always'] = new Map();
  const unaskable: Stage['unaskable'] = new Map();
  let underWay = 0;
  /** The very same shelf. What it has begun is waited for, however busy the machine is: to hash and to seal takes other threads. */
  const pictures = new Proxy(store.pictures, {
    get: (shelf, name) => {
      const found: unknown = Reflect.get(shelf, name);
      if (typeof found !== 'function') return found;
      return (...given: unknown[]): unknown => {
        const begunNow: unknown = Reflect.apply(found, shelf, given);
        if (!(begunNow instanceof Promise)) return begunNow;
        underWay += 1;
        return begunNow.finally(() => (underWay -= 1));
      };
    },
  });
  const sender = createPhotoSender({
    store: { pictures, outbox: () => store.outbox(), drafts: () => store.drafts(), find: (id) => store.find(id), subscribe: (listener) => store.subscribe(listener) },
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
      if (asked.length > 2_000) throw new Error('asked for ever');
      const refused = recordIds.flatMap((recordId) => unaskable.get(recordId) ?? [])[0];
      if (refused !== undefined) return err(refused);
      return ok({ pictures: recordIds.map((recordId) => ({ recordId, ...(states.get(recordId) ?? { state: 'wanted' as const }) })) });
    },
    async send({ pictureId, box, onProgress, signal }): Promise<Result<undefined, SendPictureError>> {
      sent.push(pictureId);
      onProgress(0);
      const usual = always.get(pictureId);
      if (usual === 'taken_in_vain') return ok(undefined);
      if (usual === 'throws') throw new Error('no code for it');
      const failure = usual ?? next.shift();
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
    for (let quiet = 0; quiet < 10; quiet = underWay === 0 ? quiet + 1 : 0) await new Promise((resolve) => setTimeout(resolve));
  };
  return {
    phone, store, hamlet, sender, network, asked, sent, states, next, always, unaskable,
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

/** Changes what lies on the disk behind the store's back. */
async function spoil({ phone }: Stage, pictureId: string, how: 'missing' | 'cut' | 'altered'): Promise<void> {
  await phone.openDisk().write(['pictureBoxes'], async ({ pictureBoxes }) => {
    const row = await pictureBoxes.get(pictureId);
    if (row === undefined) throw new Error('no box');
    const { box } = row;
    if (how === 'missing') await pictureBoxes.delete(pictureId);
    if (how === 'cut') await pictureBoxes.put({ pictureId, box: box.slice(0, -100) });
    if (how === 'altered') await pictureBoxes.put({ pictureId, box: box.map((byte, at) => (at === 500 ? byte ^ 1 : byte)) });
  });
}

/** Three photos, all known to the commune, and which of them is the bad one. */
async function saveThree(place: number): Promise<{ readonly all: string[]; readonly bad: string; readonly good: string[] }> {
  const all = [await savePhoto(stage, false), await savePhoto(stage, false), await savePhoto(stage, false)];
  const bad = all[place] ?? '';
  return { all, bad, good: all.filter((id) => id !== bad) };
}

async function passMinutes(...steps: number[]): Promise<void> {
  for (const minutes of steps) await stage.pass(minutes * 60_000);
}

const arrivedOnes = async () => (await stage.store.pictures.list()).flatMap(({ pictureId, arrived }) => (arrived === undefined ? [] : [pictureId]));
const places = [0, 2];

describe('a photo that is damaged on this phone', () => {
  const damages = places.flatMap((place) => (['missing', 'cut', 'altered'] as const).map((how) => [how, place] as const));
  test.each(damages)('(%s, at place %d) is never sent, needs the person, and holds up no other', async (how, place) => {
    const { bad, good } = await saveThree(place);
    await spoil(stage, bad, how);
    await noteSent(stage.store);
    await stage.pass();
    expect(stage.sent).toEqual(good);
    expect(await arrivedOnes()).toEqual(good);
    expect(stage.sender.state()).toMatchObject({ standing: 'idle', waiting: [{ pictureId: bad, failed: 'damaged' }] });
    const asked = stage.asked.length;
    await passMinutes(5, 60);
    expect(stage.asked.length).toBe(asked);
    await stage.sender.giveUp(bad);
    await stage.pass();
    expect(await stage.store.pictures.list()).toHaveLength(2);
  });

  test('is no matter where the commune has it already', async () => {
    const pictureId = await savePhoto(stage, false);
    await spoil(stage, pictureId, 'missing');
    const [row] = await stage.store.pictures.list();
    stage.states.set(pictureId, { state: 'arrived', sha256: row?.sha256 ?? '' });
    await noteSent(stage.store);
    await stage.pass();
    expect(stage.sender.state().waiting).toEqual([]);
  });

  test('or cannot be read just now, holds up no other, and goes once it can', async () => {
    const { bad, good } = await saveThree(0);
    const read = stage.store.pictures.box;
    const reading = vi.spyOn(stage.store.pictures, 'box').mockImplementation(async (pictureId) => {
      if (pictureId === bad) throw new DiskError('failed');
      return await read(pictureId);
    });
    await noteSent(stage.store);
    await stage.pass();
    expect(stage.sent).toEqual(good);
    reading.mockRestore();
    await passMinutes(1);
    expect(await arrivedOnes()).toHaveLength(3);
  });

  test('holds up no other on a phone too full to note it', async () => {
    const { bad, good } = await saveThree(0);
    await spoil(stage, bad, 'missing');
    const noting = vi.spyOn(stage.store.pictures, 'noteTrouble').mockRejectedValue(new DiskError('full'));
    await noteSent(stage.store);
    await stage.pass();
    await passMinutes(5, 5);
    expect(stage.sent).toEqual(good);
    expect(stage.sender.state().waiting).toMatchObject([{ pictureId: bad, failed: 'damaged' }]);
    expect(noting).toHaveBeenCalled();
  });
});

describe('a photo that alone does not get through', () => {
  /** With how often it may be tried in an hour that comes a quarter after the first try. */
  const answers = [
    ['refused as nobody foresaw', { code: 'refused' }, 1],
    ['refused, and to come again in a day', { code: 'refused', retryAfterMs: 86_400_000 }, 1],
    ['too much just now', { code: 'busy', retryAfterMs: 86_400_000 }, 12],
    ['damaged on its way', { code: 'damaged' }, 1],
    ['not wanted after all', { code: 'not_wanted' }, 1],
    ['asked for another session', { code: 'no_session' }, 1],
    ['cut off', { code: 'unreachable' }, 12],
    ['said to be there, and not there', 'taken_in_vain', 1],
    ['failing as nobody foresaw', 'throws', 12],
  ] as const;
  test.each(answers.flatMap(([what, answer, most]) => places.map((place) => [what, place, answer, most] as const)))(
    '(%s, at place %d) holds up no other, is tried ever more rarely, and goes by itself once it can',
    async (_what, place, answer, most) => {
      const { bad, good } = await saveThree(place);
      stage.always.set(bad, answer);
      await noteSent(stage.store);
      await stage.pass();
      await passMinutes(5, 5);
      expect(await arrivedOnes()).toEqual(good);
      expect(stage.sender.state()).toMatchObject({ standing: 'later', waiting: [{ pictureId: bad }] });
      // Not what was taken later either.
      const late = await savePhoto(stage);
      await passMinutes(5);
      expect(await arrivedOnes()).toContain(late);
      const before = stage.sent.length;
      await passMinutes(5, 5, 10, 10, 10, 10, 10);
      expect(stage.sent.length - before).toBeLessThanOrEqual(most);
      expect(stage.sender.state().waiting).toMatchObject([{ pictureId: bad }]);
      stage.always.delete(bad);
      await passMinutes(60, 360);
      expect(await arrivedOnes()).toContain(bad);
      expect(stage.sender.state()).toMatchObject({ standing: 'idle', waiting: [] });
    },
  );

  test('is tried a few times on the first day and once a day from then on, also by a phone that was locked between, and by the person at once', async () => {
    const pictureId = await savePhoto(stage);
    stage.always.set(pictureId, { code: 'refused' });
    for (let times = 0; times < 48; times++) {
      await stage.pass(1_800_000);
      stage.sender.wake();
    }
    const [row] = stage.sender.state().waiting;
    expect(row !== undefined && troubleOf(row)).toBe('stuck');
    expect(stage.sent.length).toBeGreaterThan(3);
    expect(stage.sent.length).toBeLessThanOrEqual(7);
    stage.sender.stop();
    const again = await createStage({}, { phone: stage.phone, store: stage.store });
    again.always.set(pictureId, { code: 'refused' });
    await again.pass();
    for (let hours = 0; hours < 12; hours++) await again.pass(3_600_000);
    expect(again.sent.length).toBeLessThanOrEqual(1);
    const before = again.sent.length;
    again.sender.sendNow();
    await again.pass();
    expect(again.sent).toHaveLength(before + 1);
    again.always.clear();
    await again.sender.tryAgain(pictureId);
    await again.pass();
    expect(again.sender.state()).toMatchObject({ standing: 'idle', waiting: [] });
    expect((await again.store.pictures.list())[0]).not.toHaveProperty('setBacks');
  });

  test('spends no more where it is sent whole each time, and refused at its end', async () => {
    const pictureId = await savePhoto(stage, false);
    stage.sender.stop();
    const sent: string[] = [];
    const again = await createStage({
      async send({ box, onProgress }) {
        sent.push(pictureId);
        for (const part of [0, box.length / 2, box.length]) onProgress(part);
        return err({ code: 'refused' });
      },
    }, { phone: stage.phone, store: stage.store });
    await noteSent(again.store);
    for (let times = 0; times < 24; times++) await again.pass(300_000);
    expect(sent.length).toBeLessThanOrEqual(6);
  });

  test('is asked about by itself once a question with it among others was refused', async () => {
    const { bad, good } = await saveThree(0);
    for (const error of [{ code: 'refused', status: 400, error: 'invalid' }, { code: 'endpoint_error', status: 500 }] as const) {
      stage.unaskable.set(bad, error);
      await noteSent(stage.store);
      await stage.pass();
      await passMinutes(1, 5, 5);
      expect(await arrivedOnes()).toEqual(good);
    }
    stage.unaskable.clear();
    await passMinutes(5);
    expect(await arrivedOnes()).toContain(bad);
  });
});

describe('each gets its turn', () => {
  test('behind more than one question holds of those that the commune does not know yet', async () => {
    const held: string[] = [];
    for (let times = 0; times < maxPicturesAsked + 1; times++) held.push(await savePhoto(stage, false));
    const last = await savePhoto(stage, false);
    for (const pictureId of held) stage.states.set(pictureId, { state: 'unknown' });
    // Two entries each, a hundred at once.
    await noteSent(stage.store);
    await noteSent(stage.store);
    await stage.pass();
    expect(stage.sent).toEqual([last]);
    expect(stage.asked.every((ids) => ids.length <= maxPicturesAsked)).toBe(true);
  });

  test('the oldest first, and one that is on its way stays first as long as it gets on', async () => {
    const [first, second] = [await savePhoto(stage, false), await savePhoto(stage, false)];
    stage.sender.stop();
    let reached = 0;
    const sent: string[] = [];
    const again = await createStage({
      async send({ pictureId, onProgress }) {
        sent.push(pictureId);
        onProgress(reached);
        reached += 100;
        onProgress(reached);
        return err({ code: 'unreachable' });
      },
    }, { phone: stage.phone, store: stage.store });
    await noteSent(again.store);
    for (let times = 0; times < 4; times++) await again.pass(60_000);
    expect(new Set(sent)).toEqual(new Set([first]));
    reached = -1_000;
    for (let times = 0; times < 3; times++) await again.pass(300_000);
    expect(sent).toContain(second);
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
