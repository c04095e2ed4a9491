/**
 * Sends the pictures that lie on this phone: after the records, one at a time, going on from where each stands, by one tab. Whatever becomes of one, no record waits, and no other
 * picture for longer than the line needs.
 */
import type { PictureRow, PictureTrouble } from '#client/store/pictures.ts';
import { hasArrived, keepArrivedMs } from '#client/store/pictures.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import type { askPictureStates, PictureState } from '#client/remote/pictures.ts';
import { maxPicturesAsked } from '#client/remote/pictures.ts';
import type { SendPictureError } from '#client/remote/send-picture.ts';
import { err } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { picturesIn } from '#client/store/gone-pictures.ts';
import { findLeftovers } from './leftovers.ts';
import { dueAt, inTurn, newCourse } from './photo-course.ts';
import type { PhotoCourse } from './photo-course.ts';
import type { PhotoWishes } from './photo-wishes.ts';

/** Why nothing is being sent, or that it is. `wifi_unknown`: it shall wait for Wi-Fi, and this browser does not say what the phone is on. */
export type PhotoStanding = 'idle' | 'sending' | 'after_records' | 'paused' | 'no_wifi' | 'wifi_unknown' | 'offline' | 'later' | 'other_tab';

export interface PhotoState {
  readonly standing: PhotoStanding;
  /** Saved with a record, and not at the commune yet; the oldest first. */
  readonly waiting: readonly PictureRow[];
  /** Being sent: how much of it is there, in bytes. */
  readonly current?: { readonly pictureId: string; readonly sent: number; readonly size: number } | undefined;
}

export type Network = { readonly isOnline: boolean; readonly isWifi: boolean | undefined };

export interface PhotoSenderDeps {
  readonly store: Pick<FieldStore, 'pictures' | 'outbox' | 'drafts' | 'find' | 'subscribe'>;
  readonly ask: (recordIds: readonly string[]) => ReturnType<typeof askPictureStates>;
  readonly send: (args: { readonly pictureId: string; readonly box: Uint8Array; readonly onProgress: (sent: number) => void; readonly signal: AbortSignal }) => Promise<Result<undefined, SendPictureError>>;
  readonly clock: { now(): number; setTimeout(run: () => void, ms: number): unknown; clearTimeout(timer: unknown): void };
  readonly network: () => Network;
  readonly wishes: PhotoWishes;
  /** Runs `body` unless another tab is at it; false: it is. */
  readonly alone: (body: () => Promise<void>) => Promise<boolean>;
}

export interface PhotoSender {
  state(): PhotoState;
  subscribe(listener: () => void): () => void;
  /** A good moment to go on: a connection, a page that is seen again, something saved. */
  wake(): void;
  /** The person wants those that wait now, whatever the phone is on; what is taken later waits for Wi-Fi again. */
  sendNow(): void;
  pause(): void;
  goOn(): void;
  setWifiOnly(isWished: boolean): void;
  /** What could not be sent, once more. */
  tryAgain(pictureId: string): Promise<void>;
  /** Given up knowingly: the picture goes from this phone; its record stays. */
  giveUp(pictureId: string): Promise<void>;
  stop(): void;
}

/** After the nth failure in a row that may be the line's. */
const backOffMs = [5_000, 20_000, 60_000, 300_000];
/** Before another look at what may be a leftover, at what the commune does not know yet, and at whether the other tab is through. */
const lookAgainMs = 2 * 60_000 + 1_000;
const dayMs = 24 * 3_600_000;
/** Why a question got no answer that may be about what was asked. */
const lineFaults: readonly string[] = ['unreachable', 'timeout', 'not_our_endpoint', 'no_session'];
/** What the commune still knows nothing of after so long, and nothing here names any more, comes no more. */
const keepUnknownMs = 7 * dayMs;

export function createPhotoSender(deps: PhotoSenderDeps): PhotoSender {
  const { store, clock, wishes } = deps;
  const listeners = new Set<() => void>();
  const unnamedSince = new Map<string, number>();
  const courses = new Map<string, PhotoCourse>();
  let state: PhotoState = { standing: 'idle', waiting: [] };
  let failures = 0;
  let isStopped = false;
  let isRunning = false;
  let isWokenMeanwhile = false;
  /** Those that stood on the screen when the person wanted them sent whatever the phone is on. */
  const wantedNow = new Set<string>();
  /** All that lay here at the last look. */
  let lying: readonly string[] = [];
  /** How everything stood that the last look went by; undefined: it came to nothing. */
  let lookedAt: string | undefined;
  let sending: AbortController | undefined;
  let timer: unknown;
  let timerAt: number | undefined;
  /** After a failure; a person, a connection that came back and a page that is seen again do not wait for it. */
  let notBefore = 0;

  function show(next: Partial<PhotoState>): void {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  function later(ms: number): void {
    const at = clock.now() + ms;
    if (timerAt !== undefined && timerAt <= at) return;
    clock.clearTimeout(timer);
    timerAt = at;
    timer = clock.setTimeout(() => {
      timerAt = undefined;
      wake();
    }, ms);
  }

  function wake(): void {
    if (isStopped) return;
    isWokenMeanwhile = true;
    if (!isRunning) void run();
  }

  async function run(): Promise<void> {
    isRunning = true;
    try {
      while (isWokenMeanwhile && !isStopped) {
        isWokenMeanwhile = false;
        await tidy();
        const held = whyNot();
        if (state.waiting.length === 0 || held !== undefined) {
          show({ standing: state.waiting.length === 0 ? 'idle' : (held ?? 'idle') });
          continue;
        }
        const isMine = await deps.alone(sendAll);
        if (!isMine) show({ standing: 'other_tab' });
        if (!isMine) later(lookAgainMs);
      }
    } catch {
      // The disk could not be read, or the phone was locked meanwhile: the next occasion looks again.
      lookedAt = undefined;
      if (!isStopped) later(lookAgainMs);
    } finally {
      isRunning = false;
    }
  }

  /** Reads what lies here, and lets go of what nobody needs any more. */
  async function tidy(): Promise<void> {
    lookedAt = surroundings();
    const rows = (await store.pictures.list()).map((row) => ({ ...row, ...courses.get(row.pictureId)?.trouble }));
    lying = rows.map(({ pictureId }) => pictureId);
    for (const pictureId of courses.keys()) if (!lying.includes(pictureId)) courses.delete(pictureId);
    const now = clock.now();
    const named = (pictureId: string) => store.find(pictureId) !== undefined || store.outbox().some(({ recordIds }) => recordIds.includes(pictureId));
    const { leftovers, isAnyUndecided } = findLeftovers(rows, { named, drafts: store.drafts(), unnamedSince, now });
    const kept = rows.filter(({ arrived }) => arrived !== undefined && now - arrived.at >= keepArrivedMs).map(({ pictureId }) => pictureId);
    await store.pictures.drop([...leftovers, ...kept]);
    if (isAnyUndecided) later(lookAgainMs);
    const round = store.pictures.round();
    show({ waiting: rows.filter((row) => row.recorded === true && !hasArrived(row, round) && !leftovers.includes(row.pictureId)) });
    // An earlier timer may have run in place of theirs.
    const pauses = [notBefore, ...toSend().map((row) => dueAt(row, now))].filter((at) => at > now);
    if (pauses.length > 0) later(Math.min(...pauses) - now);
  }

  /** All but the clock and the line that what becomes of a picture depends on, out of memory: while a form is being written, the disk is left alone. */
  function surroundings(): string {
    const entries = store.outbox().map(({ entryId, state: standing, isKept }) => [entryId, standing, isKept]);
    const drafted = store.drafts().flatMap(({ values }) => picturesIn(values));
    const isThere = lying.map((pictureId) => store.find(pictureId) !== undefined);
    return JSON.stringify([store.pictures.revision(), store.pictures.round(), entries, drafted, isThere]);
  }

  function courseOf(pictureId: string): PhotoCourse {
    const course = courses.get(pictureId) ?? newCourse();
    courses.set(pictureId, course);
    return course;
  }

  /** Whose turn it is first. Some may be in a pause of their own. */
  function toSend(): readonly PictureRow[] {
    return inTurn(state.waiting.filter(({ failed }) => failed === undefined), (pictureId) => courses.get(pictureId)?.cuts ?? 0);
  }

  function isReady(row: PictureRow): boolean {
    return mayGoNow(row) && dueAt(row, clock.now()) <= clock.now();
  }

  function mayGoNow({ pictureId }: PictureRow): boolean {
    return !wishes.isWifiOnly() || deps.network().isWifi === true || wantedNow.has(pictureId);
  }

  function waitsForWifi(): PhotoStanding {
    return deps.network().isWifi === undefined ? 'wifi_unknown' : 'no_wifi';
  }

  function whyNot(): PhotoStanding | undefined {
    if (wishes.isPaused()) return 'paused';
    if (!deps.network().isOnline) return 'offline';
    const open = toSend();
    if (open.length > 0 && !open.some(mayGoNow)) return waitsForWifi();
    // What people said goes first.
    if (store.outbox().some((entry) => entry.state === 'on_this_phone' && entry.isKept !== true)) return 'after_records';
    return clock.now() < notBefore || (open.length > 0 && !open.some(isReady)) ? 'later' : undefined;
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      await tidy();
      const held = whyNot();
      const open = toSend();
      if (isStopped || held !== undefined || open.length === 0) {
        show({ standing: held !== undefined && open.length > 0 ? held : 'idle', current: undefined });
        return;
      }
      const next = await settleStates(open.filter(isReady));
      if (next === 'failed') return failedNow();
      if (next === undefined) {
        // Their records wait for something else: a supervisor, an entry before them.
        show({ standing: open.every(mayGoNow) ? 'after_records' : waitsForWifi(), current: undefined });
        later(lookAgainMs);
        return;
      }
      if (next === 'settled') continue;
      if (!(await sendOne(next))) return;
    }
  }

  /** Notes what the endpoint says of each, and gives the first that is to be sent. `settled`: something was noted, look anew. Undefined: none is wanted yet. */
  async function settleStates(ready: readonly PictureRow[]): Promise<PictureRow | 'settled' | 'failed' | undefined> {
    for (const asked of inQuestions(ready)) {
      const answer = await deps.ask(asked.map(({ pictureId }) => pictureId));
      if (!answer.ok) {
        if (!lineFaults.includes(answer.error.code)) suspect(asked);
        return 'failed';
      }
      const states = new Map(answer.value.pictures.map((told) => [told.recordId, told]));
      let isAnySettled = false;
      for (const row of asked) isAnySettled = (await settle(row, states.get(row.pictureId))) || isAnySettled;
      if (isAnySettled) return 'settled';
      const wanted = asked.find(({ pictureId }) => states.get(pictureId)?.state === 'wanted');
      if (wanted !== undefined) return wanted;
    }
    return undefined;
  }

  /** As many at once as may be; those that may be why a question was refused each by itself, behind all others. */
  function inQuestions(rows: readonly PictureRow[]): readonly (readonly PictureRow[])[] {
    const isSuspect = ({ pictureId }: PictureRow) => courses.get(pictureId)?.isSuspect === true;
    const clear = rows.filter((row) => !isSuspect(row));
    const questions = Array.from({ length: Math.ceil(clear.length / maxPicturesAsked) }, (_, at) => clear.slice(at * maxPicturesAsked, (at + 1) * maxPicturesAsked));
    return [...questions, ...rows.filter(isSuspect).map((row) => [row])];
  }

  function suspect(asked: readonly PictureRow[]): void {
    for (const { pictureId } of asked) {
      const course = courseOf(pictureId);
      // Alone: the others of a refused question are asked about before it is its turn again.
      if (course.isSuspect) course.cuts += 1;
      course.isSuspect = true;
    }
  }

  async function settle(row: PictureRow, told: { readonly state: PictureState; readonly sha256?: string | undefined } | undefined): Promise<boolean> {
    const { pictureId, savedAt, sha256 } = row;
    const course = courseOf(pictureId);
    const { isSaidToBeThere } = course;
    Object.assign(course, { isSaidToBeThere: false, isSuspect: false });
    // The receipt names what came; another hash would be another picture.
    if (told?.state === 'arrived' && told.sha256 === sha256) return await isNoted(store.pictures.noteArrived(pictureId));
    if (told?.state === 'arrived') return await noteTrouble(pictureId, { failed: 'not_taken' });
    if (told?.state === 'removed') return await isNoted(store.pictures.drop([pictureId]));
    if (told?.state === 'unknown' && unnamedSince.has(pictureId) && clock.now() - savedAt >= keepUnknownMs) return await isNoted(store.pictures.drop([pictureId]));
    if (told?.state === 'wanted' && isSaidToBeThere) return await setBack(row);
    return false;
  }

  /** False: the disk is too full, or cannot be written just now. No other picture waits for that. */
  async function isNoted(writing: Promise<void>): Promise<boolean> {
    return await writing.then(() => true, () => false);
  }

  async function noteTrouble(pictureId: string, trouble: PictureTrouble): Promise<true> {
    courseOf(pictureId).trouble = trouble;
    await isNoted(store.pictures.noteTrouble(pictureId, trouble));
    return true;
  }

  /** It waits for its own next turn; the others go on. */
  async function setBack({ pictureId, setBacks }: PictureRow): Promise<true> {
    return await noteTrouble(pictureId, { setBacks: { times: (setBacks?.times ?? 0) + 1, at: clock.now() } });
  }

  /** True: go on with the next. */
  async function sendOne(row: PictureRow): Promise<boolean> {
    const { pictureId, size } = row;
    const course = courseOf(pictureId);
    const box = await store.pictures.box(pictureId).catch(() => 'not_read' as const);
    if (isStopped) return false;
    if (box === 'not_read') return await setBack(row);
    if (box === undefined) return await noteTrouble(pictureId, { failed: 'damaged' });
    sending = new AbortController();
    let from: number | undefined;
    let hasMoved = false;
    const onProgress = (sent: number) => {
      from ??= sent;
      if (sent > Math.max(from, course.furthest)) {
        // It moves: what failed before is past.
        failures = 0;
        hasMoved = true;
      }
      course.furthest = Math.max(course.furthest, sent);
      show({ standing: 'sending', current: { pictureId, sent, size } });
    };
    show({ standing: 'sending', current: { pictureId, sent: 0, size } });
    const came = await deps.send({ pictureId, box, onProgress, signal: sending.signal }).catch(() => err({ code: 'unreachable' } as const));
    sending = undefined;
    if (came.ok) {
      failures = 0;
      course.isSaidToBeThere = true;
      return true;
    }
    const { error } = came;
    switch (error.code) {
      case 'unreadable':
        return await noteTrouble(pictureId, { failed: 'unreadable' });
      case 'stopped':
        show({ current: undefined });
        return !isStopped;
      case 'not_wanted':
        // Asked anew: what became of it.
        course.isSaidToBeThere = true;
        return true;
      case 'no_session':
      case 'damaged':
        return await setBack(row);
      case 'refused':
        await setBack(row);
        // The endpoint lives: it has just answered. It gets its breath, and the next its turn.
        rest(retryAfter(error));
        return false;
      case 'unreachable':
      case 'busy':
        course.cuts = hasMoved ? 0 : course.cuts + 1;
        failedNow('retryAfterMs' in error ? retryAfter(error) : 0);
        return false;
    }
  }

  /** What is said about one picture holds up the others for no longer than a bad line would. */
  function retryAfter({ retryAfterMs = 0 }: { readonly retryAfterMs?: number | undefined }): number {
    return Math.min(retryAfterMs, backOffMs.at(-1) ?? 0);
  }

  function failedNow(retryAfterMs = 0): void {
    failures += 1;
    rest(Math.max(retryAfterMs, backOffMs[Math.min(failures, backOffMs.length) - 1] ?? 0));
  }

  function rest(ms: number): void {
    const waitMs = Math.max(ms, backOffMs[0] ?? 0);
    notBefore = clock.now() + waitMs;
    later(waitMs);
    show({ standing: 'later', current: undefined });
  }

  function soon(): void {
    failures = 0;
    notBefore = 0;
    wake();
  }

  const stopListening = store.subscribe(() => {
    // Something was written: it goes first, and what was sent of the picture stays sent.
    if (whyNot() === 'after_records') sending?.abort();
    if (surroundings() !== lookedAt) wake();
  });
  wake();

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wake: soon,
    sendNow() {
      for (const { pictureId, setBacks } of state.waiting) {
        wantedNow.add(pictureId);
        // Long ago: its pause is over. How often stays known.
        if (setBacks !== undefined) courseOf(pictureId).trouble = { setBacks: { ...setBacks, at: 0 } };
      }
      wishes.setPaused(false);
      soon();
    },
    pause() {
      wishes.setPaused(true);
      sending?.abort();
      wake();
    },
    goOn() {
      wishes.setPaused(false);
      soon();
    },
    setWifiOnly(isWished) {
      wishes.setWifiOnly(isWished);
      wantedNow.clear();
      if (whyNot() !== undefined) sending?.abort();
      soon();
    },
    async tryAgain(pictureId) {
      courses.delete(pictureId);
      await store.pictures.noteTrouble(pictureId, {});
      soon();
    },
    async giveUp(pictureId) {
      await store.pictures.drop([pictureId]);
      soon();
    },
    stop() {
      isStopped = true;
      clock.clearTimeout(timer);
      sending?.abort();
      stopListening();
    },
  };
}
