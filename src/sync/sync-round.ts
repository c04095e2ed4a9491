/**
 * One round trip of the sync: sends one batch, notes what the answer says of it, then commits the pages, all as one, and no verdicts
 * while a channel has more: a verdict must not arrive before the records it speaks of.
 */
import type { BatchSize, Carried } from './batch-size.ts';
import { isShallow, maxAnswerDepth } from './depth.ts';
import type { Clock, PullStanding, SyncError, SyncStore, Transport } from './engine.ts';
import { maxLost, protocolVersion, syncAnswerSchema } from './protocol.ts';
import { readAs } from './read-as.ts';
import type { Page, SyncAnswer, SyncRequest } from './protocol.ts';

export interface Round {
  readonly error?: SyncError;
  /** There is more to send or to fetch. */
  readonly again: boolean;
  /** Something was kept or committed. */
  readonly moved: boolean;
}

export interface RoundDeps {
  readonly store: SyncStore;
  readonly transport: Transport;
  readonly batch: BatchSize;
  readonly clock: Pick<Clock, 'now'>;
  /** What comes after that is thrown away. */
  readonly isStopped: () => boolean;
}

export function createRound({ store, transport, batch, clock, isStopped }: RoundDeps): () => Promise<Round> {
  async function runRound(): Promise<Round> {
    const made = await store.pullStanding();
    const outbound = await store.outbound(batch.limits());
    // Entries stand before `pull`: of a request that is cut on the way the endpoint takes those that are whole.
    // After a restore the endpoint's rows lack what is being sent again: they must not take the place of what is shown before all of it is there.
    const isFetching = outbound.isMoreRetained !== true && batch.fetchesBeside(bytesOf(outbound.entries));
    const request: SyncRequest = {
      protocol: protocolVersion,
      sessions: outbound.sessions,
      entries: outbound.entries,
      ...(isFetching ? { pull: pullFrom(made) } : {}),
    };
    const sentAt = clock.now();
    const answered = await transport.sync(request);
    if (isStopped()) return { again: false, moved: false };
    if (!answered.ok) {
      batch.failed(answered.error, carriedIn(outbound.entries, clock.now() - sentAt));
      // A batch that was too large is sent in parts at once; whatever else failed needs time.
      if (answered.error.code === 'too_large' && outbound.entries.length > 1) return { again: true, moved: true };
      if (answered.error.code === 'no_session' && answered.error.retired === true) store.noteRetired();
      return { error: answered.error, again: false, moved: false };
    }
    const answer = readAs(syncAnswerSchema, answered.value);
    // A row of 5,000 levels would pass the schema and could not be written to disk.
    if (answer === undefined || !isShallow(answered.value, maxAnswerDepth)) return { error: { code: 'not_our_endpoint' }, again: false, moved: false };
    batch.passed(carriedIn(outbound.entries, clock.now() - sentAt));

    await store.recordContact(answer);
    await store.recordOutcomes(answer.entries, outbound.round);
    if (answer.pull !== undefined && 'restart' in answer.pull) {
      await store.restart(answer.epoch, made.round);
      return { again: true, moved: false };
    }
    const pulled = await commitPages(answer, made);
    const isMoreToSend = !isStopped() && (await store.outbound(batch.limits())).entries.length > 0;
    return { again: pulled.again || isMoreToSend || !isFetching, moved: pulled.moved || answer.entries.length > 0 };
  }

  function pullFrom(made: PullStanding): NonNullable<SyncRequest['pull']> {
    const lost = store.lostEntries().slice(0, maxLost);
    return {
      epoch: made.epoch, schema: made.schema, channels: positionsOf(made), unsent: store.unsettledCount(),
      ...(lost.length === 0 ? {} : { lost: [...lost] }),
    };
  }

  async function commitPages(answer: SyncAnswer, made: PullStanding): Promise<Pick<Round, 'again' | 'moved'>> {
    if (answer.pull === undefined || !('pages' in answer.pull)) return { again: false, moved: false };
    const { pages, left } = answer.pull;
    if (isStopped()) return { again: false, moved: false };
    // Records that are still to come may be those of a verdict: it waits until all that the endpoint showed at its moment is here.
    const isAnyToCome = pages.some((page) => page.more && !bringsVerdicts(page));
    const offered = [...pages].sort(verdictsLast).filter((page) => !isAnyToCome || !bringsVerdicts(page));
    const asked = offered.map((page) => ({ page, made: { epoch: made.epoch, ...(made.channels.get(page.channelId) ?? { cursor: 0, generation: made.absent }) } }));
    const outcomes = await store.commitPages(asked, answer, made.absent);
    // Nothing was left either: an endpoint that makes every page from elsewhere must not keep the phone asking.
    const isOvertaken = outcomes.length > 0 && outcomes.every((outcome) => outcome === 'stale');
    return {
      again: pages.some((page) => page.more) || outcomes.some((outcome) => outcome !== 'committed'),
      moved: (left.length > 0 && !isOvertaken) || offered.some((page, index) => outcomes[index] !== 'stale' && page.cursor > page.from),
    };
  }

  return runRound;
}

function positionsOf({ channels }: PullStanding): NonNullable<SyncRequest['pull']>['channels'] {
  return Object.fromEntries(
    [...channels].map(([channelId, { cursor, upTo }]) => [channelId, upTo === undefined ? { cursor } : { cursor, upTo }]),
  );
}

function carriedIn(entries: SyncRequest['entries'], elapsedMs: number): Carried {
  return { deviceSeqs: entries.map((entry) => entry.deviceSeq), bytes: bytesOf(entries), elapsedMs };
}

function bytesOf(entries: SyncRequest['entries']): number {
  return entries.reduce((bytes, entry) => bytes + entry.bytes.length, 0);
}

function bringsVerdicts({ channelId }: Page): boolean {
  return channelId.startsWith('device/');
}

function verdictsLast(a: Page, b: Page): number {
  return Number(bringsVerdicts(a)) - Number(bringsVerdicts(b));
}
