/** What the engine hands over: pages, outcomes, a restart. Each is one transaction that holds only what it was made for. */
import { currentSchema } from '#domain/change.ts';
import { StorageFailure } from '#sync/engine.ts';
import type { PullStanding, SyncStore } from '#sync/engine.ts';
import type { SyncAnswer } from '#sync/protocol.ts';
import { begunAnew, deleteChannel, deviceOf, leftIn } from './channel-tables.ts';
import { findReleasable } from './release-settled.ts';
import { newGeneration, readLog } from './log.ts';
import { createPageSteps } from './page-steps.ts';
import { mergeSegments } from './segment-merge.ts';
import { noteOutcomes, readOutbound, toBeSentAgain } from './sealed-outbox.ts';
import type { StoreCore } from './store-core.ts';

export function createPullSteps(core: StoreCore): SyncStore {
  const { disk } = core;
  const { commitPages, leaveAlone } = createPageSteps(core);
  /** Refused entries are tried once more in each life of a page. */
  const triedAgain = new Set<number>();

  async function pullStanding(): Promise<PullStanding> {
    return await core.step(async () => {
      await core.follow();
      const { log, channelRows } = core.memory();
      if (log === undefined) throw new Error('the log was not read');
      const damaged = [...core.damaged];
      core.damaged.clear();
      for (const channelId of damaged) await replaceDamaged(channelId);
      const channels = [...channelRows.values()].map(({ channelId, cursor, upTo, generation }) => [channelId, { cursor, upTo, generation }] as const);
      return { schema: core.schema ?? currentSchema, epoch: log.epoch, round: log.round, absent: log.absent, channels: new Map(channels) };
    });
  }

  /** Boxes of it do not open: all of the channel is fetched beside what does, or from nothing where its key is lost. */
  async function replaceDamaged(channelId: string): Promise<void> {
    const isKeyLost = core.memory().channels.get(channelId) === undefined;
    await disk.write(['channels', 'segments'], async (tables) => {
      const row = await tables.channels.get(channelId);
      if (row === undefined) return;
      if (isKeyLost) await deleteChannel(tables, channelId);
      else await tables.channels.put(await begunAnew(tables, row));
    });
    await core.follow();
  }

  /** The page is committed whatever becomes of this; a merge that fails is done after another page. */
  async function merge(channelId: string): Promise<void> {
    try {
      await core.step(async () => await mergeSegments(core, channelId));
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error;
    }
  }

  async function restart(epoch: number, round: string): Promise<void> {
    await core.step(async () => {
      await core.follow();
      const { outbox } = core.memory();
      await disk.write(['meta', 'channels', 'segments', 'outbox'], async (tables) => {
        const log = await readLog(tables);
        // Another tab was told the same and has begun.
        if (log.round !== round) return;
        for (const row of await tables.channels.all()) {
          // Verdicts are words of the endpoint as it was: what they settled is sent and settled again.
          if (deviceOf(row.channelId) !== undefined) await deleteChannel(tables, row.channelId);
          else await tables.channels.put(await begunAnew(tables, row));
        }
        for (const row of await tables.outbox.all()) if (row.bytes !== '') await tables.outbox.put(toBeSentAgain(row, outbox.isSent(row.deviceSeq)));
        await tables.meta.put({
          ...log, epoch, round: newGeneration(), absent: newGeneration(), outboxRevision: log.outboxRevision + 1,
          restartedAt: epoch === log.epoch ? log.endpointTime : undefined,
        });
      });
      await core.follow();
    });
    core.tellTabs();
  }

  async function sendAllAgain(epoch: number): Promise<void> {
    const round = core.memory().log?.round;
    if (round !== undefined) await restart(epoch, round);
  }

  async function recordContact(answer: SyncAnswer): Promise<void> {
    await core.step(async () => {
      await core.follow();
      const releasable = findReleasable(core, answer);
      await disk.write(['meta', 'outbox', 'sealingSessions'], async (tables) => {
        const log = await readLog(tables);
        const released = await releasable(tables);
        await tables.meta.put({
          ...log,
          epoch: log.epoch === 0 ? answer.epoch : log.epoch,
          lastContactAt: core.clock.now(),
          away: undefined,
          endpointTime: answer.endpointTime,
          verifiedBackupAt: answer.verifiedBackupAt ?? log.verifiedBackupAt,
          outboxRevision: log.outboxRevision + (released ? 1 : 0),
        });
      });
      await core.follow();
      core.notify();
    });
  }

  return {
    pullStanding,
    async outbound(limits) {
      return await readOutbound(disk, {
        ...limits,
        skip: (row) => limits.skip?.has(row.deviceSeq) === true || (row.refused !== undefined && triedAgain.has(row.deviceSeq)),
      });
    },
    unsettledCount: () => core.memory().outbox.unsettledCount(),
    lostEntries: () => core.memory().outbox.lost(),
    noteRetired: core.noteRetired,
    async recordOutcomes(outcomes, round) {
      await core.step(async () => {
        const changed = await noteOutcomes(disk, outcomes, round);
        for (const row of changed) if (row.refused !== undefined) triedAgain.add(row.deviceSeq);
        if (changed.length === 0) return;
        await core.follow();
      });
    },
    async commitPages(pages, answer, absent) {
      const hasLeft = leftIn(answer).length > 0;
      const outcomes = await core.step(async () => {
        try {
          return await commitPages(pages, answer, absent);
        } catch (error) {
          if (error instanceof StorageFailure && error.code === 'full') {
            await leaveAlone(answer, absent);
            if (hasLeft) core.tellTabs();
          }
          throw error;
        }
      });
      if (hasLeft) core.tellTabs();
      const fresh = pages.flatMap(({ page }, index) => (outcomes[index] === 'stale' ? [] : [{ channelId: page.channelId, outcome: outcomes[index] }]));
      if (fresh.length === 0) return outcomes;
      // Verdicts are missing that this phone was given: a backup was put back unnoticed, and newer ones have filled the gap.
      if (fresh.some(({ channelId, outcome }) => outcome === 'mismatch' && deviceOf(channelId) !== undefined)) await sendAllAgain(answer.epoch);
      core.tellTabs();
      for (const { channelId } of fresh) await merge(channelId);
      return outcomes;
    },
    restart,
    recordContact,
  };
}
