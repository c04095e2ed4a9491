/**
 * One round trip of the sync: sends one batch, notes what the answer says of it, then commits the pages, the device's own channel
 * last: a verdict must not arrive before the records it speaks of.
 */
import { currentSchema } from '#domain/change.ts';
import type { BatchSize } from './batch-size.ts';
import type { PullStanding, SyncError, SyncStore, Transport } from './engine.ts';
import { protocolVersion, syncAnswerSchema } from './protocol.ts';
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
  /** What comes after that is thrown away. */
  readonly isStopped: () => boolean;
}

export function createRound({ store, transport, batch, isStopped }: RoundDeps): () => Promise<Round> {
  async function runRound(): Promise<Round> {
    const made = await store.pullStanding();
    const outbound = await store.outbound(batch.limits());
    const request: SyncRequest = {
      protocol: protocolVersion,
      sessions: outbound.sessions,
      entries: outbound.entries,
      pull: { epoch: made.epoch, schema: currentSchema, channels: positionsOf(made), unsent: store.unsettledCount() },
    };
    const answered = await transport.sync(request);
    if (isStopped()) return { again: false, moved: false };
    if (!answered.ok) {
      batch.failed(answered.error, outbound.entries.map((entry) => entry.deviceSeq));
      // A batch that was too large is sent in parts at once; whatever else failed needs time.
      if (answered.error.code === 'too_large' && outbound.entries.length > 1) return { again: true, moved: true };
      return { error: answered.error, again: false, moved: false };
    }
    const parsed = syncAnswerSchema.safeParse(answered.value);
    if (!parsed.success) return { error: { code: 'not_our_endpoint' }, again: false, moved: false };
    batch.passed();
    const answer = parsed.data;

    await store.recordContact(answer);
    await store.recordOutcomes(answer.entries, outbound.round);
    if (answer.pull !== undefined && 'restart' in answer.pull) {
      await store.restart(answer.epoch, made.round);
      return { again: true, moved: false };
    }
    const pulled = await commitPages(answer, made);
    const isMoreToSend = !isStopped() && (await store.outbound(batch.limits())).entries.length > 0;
    return { again: pulled.again || isMoreToSend, moved: pulled.moved || answer.entries.length > 0 };
  }

  async function commitPages(answer: SyncAnswer, made: PullStanding): Promise<Pick<Round, 'again' | 'moved'>> {
    if (answer.pull === undefined || !('pages' in answer.pull)) return { again: false, moved: false };
    const { pages, left } = answer.pull;
    await store.leaveChannels(left);
    let again = false;
    let moved = left.length > 0;
    for (const page of [...pages].sort(deviceChannelLast)) {
      if (isStopped()) break;
      const standing = made.channels.get(page.channelId) ?? { cursor: 0, generation: made.absent };
      const outcome = await store.commitPage(page, { epoch: made.epoch, ...standing }, answer);
      if (page.more || outcome !== 'committed') again = true;
      if (outcome !== 'stale' && page.cursor > page.from) moved = true;
    }
    return { again, moved };
  }

  return runRound;
}

function positionsOf({ channels }: PullStanding): NonNullable<SyncRequest['pull']>['channels'] {
  return Object.fromEntries(
    [...channels].map(([channelId, { cursor, upTo }]) => [channelId, upTo === undefined ? { cursor } : { cursor, upTo }]),
  );
}

function deviceChannelLast(a: Page, b: Page): number {
  return Number(a.channelId.startsWith('device/')) - Number(b.channelId.startsWith('device/'));
}
