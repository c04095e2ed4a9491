/**
 * The loop that brings entries up and pages down. Platform-free: store, transport, clock and lock come in as arguments.
 */
import type { Page, SyncAnswer, SyncRequest } from './protocol.ts';
import type { Result } from '#domain/result.ts';

/** Where the phone stands in a channel, and the generation a page must still find when it is committed. */
export interface ChannelStanding {
  readonly cursor: number;
  readonly upTo?: number | undefined;
  /** A new random text each time the channel is started over or replaced: a tab that slept commits nothing into it. */
  readonly generation: string;
}

export interface PullStanding {
  readonly epoch: number;
  readonly channels: ReadonlyMap<string, ChannelStanding>;
}

/** What the engine needs of the phone's store. Every method is one atomic step on disk. */
export interface SyncStore {
  /** Sealed entries the endpoint of this epoch has not said `kept` to, in `deviceSeq` order, within both limits, and their sessions' headers. */
  outbound(limits: { readonly entries: number; readonly bytes: number }): Promise<Pick<SyncRequest, 'sessions' | 'entries'>>;
  /** How many entries the endpoint has not settled. */
  unsettledCount(): number;
  standing(): Promise<PullStanding>;
  /** Notes what the endpoint said of the bytes. `kept` is not sent again in this epoch; the rest is shown to the person. */
  recordOutcomes(outcomes: SyncAnswer['entries'], epoch: number): Promise<void>;
  /** Commits the page and its cursor together, and only if epoch, generation and cursor are those the request was made with. */
  commitPage(page: Page, made: { readonly epoch: number } & ChannelStanding, answer: SyncAnswer): Promise<'committed' | 'stale'>;
  /** Channels the member no longer reads: their keys are destroyed at once. */
  leaveChannels(channelIds: readonly string[]): Promise<void>;
  /** Another epoch, or a cursor above the counter: rows stay for show, every channel starts at 0, all retained entries are sent again. */
  restart(epoch: number): Promise<void>;
  /** Who the member is now, when the endpoint was last heard, what may be let go (30 days of its time, and a verified backup). */
  recordContact(answer: SyncAnswer): Promise<void>;
}

export type TransportError =
  /** No connection, or it broke. */
  | { readonly code: 'unreachable' }
  | { readonly code: 'timeout' }
  /** The endpoint answered with an error of its own. */
  | { readonly code: 'endpoint_error'; readonly status: number; readonly retryAfterMs?: number | undefined }
  /** What answered is not our endpoint (a captive portal's page, HTML). */
  | { readonly code: 'not_our_endpoint' }
  /** The device was revoked or the session cannot be opened again. */
  | { readonly code: 'no_session'; readonly revoked: boolean }
  | { readonly code: 'too_large' };

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
  readonly lastError: TransportError | undefined;
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
