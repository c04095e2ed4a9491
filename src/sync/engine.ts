/**
 * The loop that brings entries up and pages down. Platform-free: store, transport, clock and lock come in as arguments.
 *
 *            wake, timer            lock                 answer
 *   idle ───────────────▶ waiting ───────▶ round ──────────────────▶ commit ──▶ idle, polls from time to time
 *    ▲                                     ▲   │                       │
 *    │                                     └───┼── more to send or ────┘
 *    │            back-off, then               │   to fetch, stale
 *    └───────── resting ◀──────────────────────┘ failure (a smaller batch next time)
 *
 * What a round does stands in `sync-round.ts`.
 */
import type { Result } from '#domain/result.ts';
import { createBatchSize } from './batch-size.ts';
import { batchLimits } from './protocol.ts';
import type { Page, SyncAnswer, SyncRequest } from './protocol.ts';
import { createRound } from './sync-round.ts';

/** Where the phone stands in a channel, and the generation a page must still find when it is committed. */
export interface ChannelStanding {
  readonly cursor: number;
  readonly upTo?: number | undefined;
  /** A new random text each time the channel is started over or replaced: a tab that slept commits nothing into it. */
  readonly generation: string;
}

export interface PullStanding {
  /** Of the entries that this phone writes. */
  readonly schema: number;
  /** 0: the endpoint was not met yet. */
  readonly epoch: number;
  /** Renewed at each restart. */
  readonly round: string;
  /** The generation of every channel that is not there yet; renewed when one is left. */
  readonly absent: string;
  readonly channels: ReadonlyMap<string, ChannelStanding>;
}

export interface OutboundLimits {
  readonly entries: number;
  /** Of the sealed bytes as they travel. */
  readonly bytes: number;
  /** Entries (`deviceSeq`) set aside for now. */
  readonly skip?: ReadonlySet<number> | undefined;
}
export interface Outbound extends Pick<SyncRequest, 'sessions' | 'entries'> {
  /** To be given back with what the endpoint said of them. */
  readonly round: string;
  /** Of what was settled before a restore of the endpoint, more is to be sent than these. */
  readonly isMoreRetained?: boolean | undefined;
}

/** A page, and where the phone stood in its channel when it was asked for. */
export interface MadePage {
  readonly page: Page;
  readonly made: { readonly epoch: number } & ChannelStanding;
}
/** `mismatch`: committed, the digest was another, and the channel is being downloaded again beside what is shown. */
export type PageOutcome = 'committed' | 'stale' | 'mismatch';

/** What the engine needs of the phone's store. Every method is one atomic step on disk and throws `StorageFailure`. */
export interface SyncStore {
  /** Sealed entries the endpoint has not said `kept` to in this round, in `deviceSeq` order, within the limits, and their sessions' headers. */
  outbound(limits: OutboundLimits): Promise<Outbound>;
  /** How many entries the endpoint has not given a verdict on. */
  unsettledCount(): number;
  /** Entries that a held one waits for and that are no longer here. */
  lostEntries(): readonly string[];
  /** The endpoint says that another device took this one's place. */
  noteRetired(): void;
  pullStanding(): Promise<PullStanding>;
  /** Notes what the endpoint said of the bytes, if `round` still holds. `kept` is not sent again in it; the rest is shown to the person. */
  recordOutcomes(outcomes: SyncAnswer['entries'], round: string): Promise<void>;
  /**
   * Commits all pages of an answer and their cursors together, each only if epoch, generation and cursor are those the request was made with,
   * and a device's channel only if none before it was stale or is fetched anew. With them it notes who the member is now, and leaves the channels
   * that they no longer read: their keys are destroyed at once, and `absent` is renewed; not where a page was stale, or where `absent`, as the request was
   * made with it, is another by now. On a full disk this alone is done before it throws. An outcome a page, in their order.
   */
  commitPages(pages: readonly MadePage[], answer: SyncAnswer, absent?: string): Promise<readonly PageOutcome[]>;
  /** Another epoch, or a cursor above the counter: rows stay for show, every channel starts at 0, all retained entries are sent again. */
  restart(epoch: number, round: string): Promise<void>;
  /** When the endpoint was last heard, and what may be let go (30 days of its time, and a verified backup). */
  recordContact(answer: SyncAnswer): Promise<void>;
}

/** The phone's disk is full, failed, or (`locked`) its store was closed. Nothing was changed. */
export class StorageFailure extends Error {
  readonly code: 'full' | 'failed' | 'locked';
  constructor(code: 'full' | 'failed' | 'locked', options?: { readonly cause?: unknown }) {
    super(`storage: ${code}`, options);
    this.name = 'StorageFailure';
    this.code = code;
  }
}

export type TransportError =
  /** No connection, or it broke. */
  | { readonly code: 'unreachable' }
  | { readonly code: 'timeout' }
  /** The endpoint answered with an error of its own. */
  | { readonly code: 'endpoint_error'; readonly status: number; readonly retryAfterMs?: number | undefined }
  /** What answered is not our endpoint (a captive portal's page, HTML). */
  | { readonly code: 'not_our_endpoint' }
  /** The device was revoked or retired (another took its place), or the session cannot be opened again. */
  | { readonly code: 'no_session'; readonly revoked: boolean; readonly retired?: true | undefined }
  | { readonly code: 'too_large' };

/** Why a sync ended before its end. `storage_full`, `storage_failed`: what came could not be written on this phone. */
export type SyncError = TransportError | { readonly code: 'storage_full' | 'storage_failed' };

/** One round trip, already authenticated; it opens the next session by itself where the last one has ended. */
export interface Transport {
  sync(request: SyncRequest): Promise<Result<SyncAnswer, TransportError>>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** Runs `body` while no other tab does (Web Locks); `undefined` where another holds the lock. */
export type Exclusive = <T>(body: () => Promise<T>) => Promise<T | undefined>;

export interface SyncState {
  readonly isRunning: boolean;
  /** Milliseconds since 1970; undefined: never in this page's life. */
  readonly lastSuccessAt: number | undefined;
  readonly lastError: SyncError | undefined;
  readonly nextTryAt: number | undefined;
}

export interface SyncEngine {
  /** Something happened that makes a sync worth while; runs soon, once, however many ask. */
  wake(reason: 'write' | 'online' | 'visible' | 'button' | 'start'): void;
  /** One whole sync now: pushes all, pulls until no channel has more. Resolves when it ends; never throws for an expected failure. */
  run(): Promise<SyncState>;
  state(): SyncState;
  subscribe(listener: () => void): () => void;
  stop(): void;
}

export interface SyncEngineDeps {
  readonly store: SyncStore;
  readonly transport: Transport;
  readonly clock: Clock;
  /** A number in [0, 1), for the jitter of the back-off. */
  readonly random: () => number;
  readonly exclusive?: Exclusive | undefined;
  /** How often an idle, visible page asks for news; 0: never by itself. */
  readonly pollMs?: number | undefined;
}

/** Several saves in a row travel together. */
const gatherMs = 150;
const firstRestMs = 2_000;
const longestRestMs = 5 * 60_000;
/** An endpoint that answers and never gets on is not asked for ever. */
const idleRoundsLimit = 3;

export function createSyncEngine({ store, transport, clock, random, exclusive, pollMs = 0 }: SyncEngineDeps): SyncEngine {
  const listeners = new Set<() => void>();
  const batch = createBatchSize(batchLimits);
  const runRound = createRound({ store, transport, batch, clock, isStopped: () => isStopped });
  let state: SyncState = { isRunning: false, lastSuccessAt: undefined, lastError: undefined, nextTryAt: undefined };
  let running: Promise<SyncState> | undefined;
  let timer: unknown;
  let failures = 0;
  /** Something came through since this sync began. */
  let hasMoved = false;
  let wokenMeanwhile = false;
  let isStopped = false;

  function become(change: Partial<SyncState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  /** The earliest of what is asked for; a later wish never puts off an earlier one. */
  let timerAt = Infinity;
  function runIn(ms: number): void {
    if (isStopped || timerAt <= clock.now() + ms) return;
    clock.clearTimeout(timer);
    timerAt = clock.now() + ms;
    timer = clock.setTimeout(() => {
      timerAt = Infinity;
      void run();
    }, ms);
  }
  function cancelTimer(): void {
    clock.clearTimeout(timer);
    timerAt = Infinity;
  }

  function restMs(error: SyncError): number {
    const longest = Math.min(longestRestMs, firstRestMs * 2 ** (failures - 1));
    const asked = error.code === 'endpoint_error' ? (error.retryAfterMs ?? 0) : 0;
    // Phones that lost the endpoint together must not come back together.
    return Math.max(asked, Math.round(longest * (0.5 + random() / 2)));
  }

  function run(): Promise<SyncState> {
    if (isStopped) return Promise.resolve(state);
    running ??= sync().finally(() => {
      running = undefined;
    });
    return running;
  }

  async function sync(): Promise<SyncState> {
    // A person who presses the button again and again does not put off what would have come by itself.
    const isBeforeTime = state.nextTryAt !== undefined && clock.now() < state.nextTryAt;
    cancelTimer();
    wokenMeanwhile = false;
    hasMoved = false;
    become({ isRunning: true, nextTryAt: undefined });
    let ended: SyncError | 'done' | undefined;
    try {
      ended = exclusive === undefined ? await rounds() : await exclusive(rounds);
    } catch (error) {
      if (error instanceof StorageFailure) ended = { code: error.code === 'full' ? 'storage_full' : 'storage_failed' };
      // Locked in the middle of it: keys and tables are gone, and whoever asks for them is told so by a throw.
      else if (!isStopped) {
        become({ isRunning: false });
        throw error;
      }
    }
    if (isStopped) {
      become({ isRunning: false });
      return state;
    }
    if (ended === 'done') {
      failures = 0;
      become({ isRunning: false, lastSuccessAt: clock.now(), lastError: undefined });
      if (wokenMeanwhile) runIn(gatherMs);
      else if (pollMs > 0) runIn(pollMs);
    } else if (ended === undefined) {
      // Another tab sends and fetches for this one; look again when it should be through.
      become({ isRunning: false });
      runIn(firstRestMs);
    } else {
      // A line that is cut every 20 seconds and carries something each time is worth the next try at once.
      if (hasMoved) failures = 1;
      else if (!isBeforeTime) failures += 1;
      const wait = restMs(ended);
      const isHopeless = ended.code === 'no_session' && ended.revoked;
      become({ isRunning: false, lastError: ended, nextTryAt: isHopeless ? undefined : clock.now() + wait });
      if (!isHopeless) runIn(wait);
    }
    return state;
  }

  async function rounds(): Promise<SyncError | 'done'> {
    const error = await roundsUntilThrough();
    if (error !== undefined) return error;
    // The endpoint answers: entries that were set aside get their turn, alone. Two that fail in a row mean it is not them.
    for (let failed = 0; failed < 2 && !isStopped && batch.retry(clock.now()); ) {
      failed = (await roundsUntilThrough()) === undefined ? 0 : failed + 1;
    }
    return 'done';
  }

  /** Until nothing is left to send or to fetch, or one failed. */
  async function roundsUntilThrough(): Promise<SyncError | undefined> {
    let idle = 0;
    for (;;) {
      const round = await runRound();
      if (round.error !== undefined) return round.error;
      hasMoved ||= round.moved;
      if (isStopped || !round.again) return undefined;
      idle = round.moved ? 0 : idle + 1;
      if (idle >= idleRoundsLimit) return { code: 'endpoint_error', status: 200 };
    }
  }

  return {
    wake(reason) {
      if (isStopped) return;
      if (running !== undefined) {
        wokenMeanwhile = true;
        return;
      }
      // A save does not cut a rest short; a sign that things have changed does.
      if (reason === 'write' && state.nextTryAt !== undefined) return;
      runIn(reason === 'write' ? gatherMs : 0);
    },
    async run() {
      // The sync under way may have read the outbox before what this one is asked for was saved.
      if (running !== undefined) await running;
      return await run();
    },
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      isStopped = true;
      cancelTimer();
    },
  };
}
