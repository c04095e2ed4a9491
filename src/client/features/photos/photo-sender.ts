/**
 * Sends the pictures that lie on this phone: after the records, one at a time, going on from where each stands, by one tab. Whatever becomes of them, no record waits.
 */
import type { PictureFailure, PictureRow } from '#client/store/pictures.ts';
import { hasArrived, keepArrivedMs } from '#client/store/pictures.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import type { askPictureStates, PictureState } from '#client/remote/pictures.ts';
import { maxPicturesAsked } from '#client/remote/pictures.ts';
import type { SendPictureError } from '#client/remote/send-picture.ts';
import type { Result } from '#domain/result.ts';
import { picturesIn } from '#client/store/gone-pictures.ts';
import { findLeftovers } from './leftovers.ts';
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
  /** What the commune could not take, once more. */
  tryAgain(pictureId: string): Promise<void>;
  /** Given up knowingly: the picture goes from this phone; its record stays. */
  giveUp(pictureId: string): Promise<void>;
  stop(): void;
}

/** After the nth failure in a row. */
const backOffMs = [5_000, 20_000, 60_000, 300_000, 1_800_000];
/** So often the endpoint fails with one picture, while it takes others, before a person is told. */
const refusedAfter = 4;
/** So many that fail one after the other: it is the endpoint, and not the pictures. */
const failingInARow = 2;
/** Before another look at what may be a leftover, at what the commune does not know yet, and at whether the other tab is through. */
const lookAgainMs = 2 * 60_000 + 1_000;
const dayMs = 24 * 3_600_000;
/** What the commune still knows nothing of after so long, and nothing here names any more, comes no more. */
const keepUnknownMs = 7 * dayMs;

export function createPhotoSender(deps: PhotoSenderDeps): PhotoSender {
  const { store, clock, wishes } = deps;
  const listeners = new Set<() => void>();
  const unnamedSince = new Map<string, number>();
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
  /** What the endpoint failed with for no reason that it told. Whether the picture is to blame or the endpoint, those that go meanwhile tell (`othersWent`). */
  const troubles = new Map<string, { readonly times: number; readonly notBefore: number; readonly othersWent: boolean }>();
  /** How often a picture's turn came to nothing: those that had fewer go first. */
  const lostTurns = new Map<string, number>();
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
          // Woken before its time, by what was due earlier: nothing else would wake it then.
          if (held === 'later') later(notBefore - clock.now());
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
    const rows = await store.pictures.list();
    lying = rows.map(({ pictureId }) => pictureId);
    const now = clock.now();
    const named = (pictureId: string) => store.find(pictureId) !== undefined || store.outbox().some(({ recordIds }) => recordIds.includes(pictureId));
    const { leftovers, isAnyUndecided } = findLeftovers(rows, { named, drafts: store.drafts(), unnamedSince, now });
    const kept = rows.filter(({ arrived }) => arrived !== undefined && now - arrived.at >= keepArrivedMs).map(({ pictureId }) => pictureId);
    await store.pictures.drop([...leftovers, ...kept]);
    if (isAnyUndecided) later(lookAgainMs);
    const round = store.pictures.round();
    show({ waiting: rows.filter((row) => row.recorded === true && !hasArrived(row, round) && !leftovers.includes(row.pictureId)) });
  }

  /** All but the clock and the line that what becomes of a picture depends on, out of memory: while a form is being written, the disk is left alone. */
  function surroundings(): string {
    const entries = store.outbox().map(({ entryId, state: standing, isKept }) => [entryId, standing, isKept]);
    const drafted = store.drafts().flatMap(({ values }) => picturesIn(values));
    const isThere = lying.map((pictureId) => store.find(pictureId) !== undefined);
    return JSON.stringify([store.pictures.revision(), store.pictures.round(), entries, drafted, isThere]);
  }

  /** Those whose turn came to nothing behind the others; else the oldest first. */
  function toSend(): readonly PictureRow[] {
    const lost = ({ pictureId }: PictureRow) => lostTurns.get(pictureId) ?? 0;
    return state.waiting.filter(({ failed }) => failed === undefined).sort((a, b) => lost(a) - lost(b));
  }

  function restsUntil({ pictureId }: PictureRow): number {
    return troubles.get(pictureId)?.notBefore ?? 0;
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
    return clock.now() < notBefore ? 'later' : undefined;
  }

  async function sendAll(): Promise<void> {
    const unknown = new Set<string>();
    let inARow = 0;
    for (;;) {
      await tidy();
      const held = whyNot();
      const open = toSend();
      if (isStopped || held !== undefined || open.length === 0) {
        show({ standing: held !== undefined && open.length > 0 ? held : 'idle', current: undefined });
        return;
      }
      const now = clock.now();
      const asked = open.filter((row) => mayGoNow(row) && restsUntil(row) <= now && !unknown.has(row.pictureId)).slice(0, maxPicturesAsked);
      if (asked.length === 0) return rest(open, unknown.size > 0);
      const next = await settleStates(asked);
      if (next === 'failed') return failedNow();
      if (next === 'settled') continue;
      // Their records wait for something else: a supervisor, an entry before them.
      if (next === undefined) for (const { pictureId } of asked) unknown.add(pictureId);
      else {
        const came = await sendOne(next);
        if (came === 'stop') return;
        inARow = came === 'trouble' ? inARow + 1 : 0;
        if (inARow >= failingInARow) return failedNow();
      }
    }
  }

  /** Nothing can be done now for any of those that are open. */
  function rest(open: readonly PictureRow[], isAnyUnknown: boolean): void {
    const now = clock.now();
    const resting = open.map(restsUntil).filter((until) => until > now);
    if (isAnyUnknown) later(lookAgainMs);
    if (resting.length > 0) later(Math.min(...resting) - now);
    show({ standing: !open.every(mayGoNow) ? waitsForWifi() : isAnyUnknown ? 'after_records' : 'later', current: undefined });
  }

  /** Notes what the endpoint says of each, and gives the first that is to be sent. `settled`: something was noted, look anew. Undefined: none is wanted yet. */
  async function settleStates(open: readonly PictureRow[]): Promise<PictureRow | 'settled' | 'failed' | undefined> {
    const answer = await deps.ask(open.map(({ pictureId }) => pictureId));
    if (!answer.ok) return 'failed';
    const states = new Map(answer.value.pictures.map((told) => [told.recordId, told]));
    let isAnySettled = false;
    for (const row of open) isAnySettled = (await settle(row, states.get(row.pictureId))) || isAnySettled;
    return isAnySettled ? 'settled' : open.find(({ pictureId }) => states.get(pictureId)?.state === 'wanted');
  }

  async function settle(row: PictureRow, told: { readonly state: PictureState; readonly sha256?: string | undefined } | undefined): Promise<boolean> {
    const { pictureId, savedAt, sha256 } = row;
    // The receipt names what came; another hash would be another picture.
    if (told?.state === 'arrived' && told.sha256 === sha256) await store.pictures.noteArrived(pictureId);
    else if (told?.state === 'arrived') await store.pictures.noteFailed(pictureId, 'not_taken');
    else if (told?.state === 'removed') await store.pictures.drop([pictureId]);
    else if (told?.state === 'unknown' && unnamedSince.has(pictureId) && clock.now() - savedAt >= keepUnknownMs) await store.pictures.drop([pictureId]);
    else return false;
    return true;
  }

  /** `stop`: nothing more can go now. `trouble`: not this one, and maybe the others. */
  async function sendOne({ pictureId, size }: PictureRow): Promise<'next' | 'trouble' | 'stop'> {
    let box: Uint8Array | undefined;
    try {
      box = await store.pictures.box(pictureId);
    } catch {
      // A disk that gives nothing at all says so when the others are looked at.
      loseTurn(pictureId);
      return await troubled(pictureId, 'not_read');
    }
    if (box === undefined) {
      await store.pictures.noteFailed(pictureId, 'damaged');
      return 'next';
    }
    sending = new AbortController();
    let from: number | undefined;
    let isMoving = false;
    const onProgress = (sent: number) => {
      from ??= sent;
      // It moves: what failed before is past.
      isMoving ||= sent > from;
      if (isMoving) failures = 0;
      show({ standing: 'sending', current: { pictureId, sent, size } });
    };
    show({ standing: 'sending', current: { pictureId, sent: 0, size } });
    const came = await deps.send({ pictureId, box, onProgress, signal: sending.signal });
    sending = undefined;
    if (came.ok) {
      failures = 0;
      lostTurns.delete(pictureId);
      troubles.delete(pictureId);
      for (const [id, trouble] of troubles) troubles.set(id, { ...trouble, othersWent: true });
      return 'next';
    }
    const { error } = came;
    // Whoever got on a little goes on with it, and is not sent by halves.
    if (error.code !== 'stopped' && !isMoving) loseTurn(pictureId);
    switch (error.code) {
      case 'unreadable':
        await store.pictures.noteFailed(pictureId, 'unreadable');
        return 'next';
      case 'stopped':
        show({ current: undefined });
        return isStopped ? 'stop' : 'next';
      case 'not_wanted':
      case 'no_session':
        // Asked anew: what became of it, in a new session. Not for ever.
        failures += 1;
        if (failures < 3) return 'next';
        if (error.code === 'not_wanted') return await troubled(pictureId);
        break;
      case 'damaged':
        return await troubled(pictureId);
      case 'endpoint_error':
        if (error.retryAfterMs === undefined) return await troubled(pictureId);
        break;
      default:
    }
    failedNow('retryAfterMs' in error ? error.retryAfterMs : undefined);
    return 'stop';
  }

  function loseTurn(pictureId: string): void {
    lostTurns.set(pictureId, (lostTurns.get(pictureId) ?? 0) + 1);
  }

  /** It rests a while, longer each time, and holds up no other. `asWhat`: what a person is told in the end, where the others go. */
  async function troubled(pictureId: string, asWhat: PictureFailure = 'refused'): Promise<'trouble'> {
    const { times, othersWent } = troubles.get(pictureId) ?? { times: 0, othersWent: false };
    if (times + 1 >= refusedAfter && othersWent) {
      troubles.delete(pictureId);
      await store.pictures.noteFailed(pictureId, asWhat);
      return 'trouble';
    }
    troubles.set(pictureId, { times: times + 1, notBefore: clock.now() + backOff(times + 1), othersWent });
    return 'trouble';
  }

  function backOff(times: number): number {
    return backOffMs[Math.min(times, backOffMs.length) - 1] ?? 0;
  }

  function failedNow(retryAfterMs = 0): void {
    failures += 1;
    const waitMs = Math.max(retryAfterMs, backOff(failures));
    notBefore = clock.now() + waitMs;
    later(waitMs);
    show({ standing: 'later', current: undefined });
  }

  function restNoMore(): void {
    for (const [id, trouble] of troubles) troubles.set(id, { ...trouble, notBefore: 0 });
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
      for (const { pictureId } of state.waiting) wantedNow.add(pictureId);
      restNoMore();
      wishes.setPaused(false);
      soon();
    },
    pause() {
      wishes.setPaused(true);
      sending?.abort();
      wake();
    },
    goOn() {
      restNoMore();
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
      troubles.delete(pictureId);
      await store.pictures.noteFailed(pictureId, undefined);
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
