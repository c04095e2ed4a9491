/** A channel on disk: begun anew, left, gone. Each is done within a transaction of its caller. */
import type { SyncAnswer } from '#sync/protocol.ts';
import type { ChannelRow, DiskTables, LogRow } from './disk.ts';
import { newGeneration } from './log.ts';

/** Whose verdicts a channel brings: this device's, or those of one it took the place of. Undefined: it brings records. */
export function deviceOf(channelId: string): string | undefined {
  return channelId.startsWith('device/') ? channelId.slice('device/'.length) : undefined;
}

/** Channels that the member no longer reads. */
export function leftIn({ pull }: SyncAnswer): readonly string[] {
  return pull !== undefined && 'left' in pull ? pull.left : [];
}

/**
 * Their keys are destroyed; a page made before opens no channel. The log as it is to be put. An answer to what was asked before another tab left
 * something (`absent` is of then) is overtaken: what it says is left may have been given again.
 */
export async function leave(tables: Pick<DiskTables, 'channels' | 'segments'>, log: LogRow, left: readonly string[], absent = log.absent): Promise<LogRow> {
  if (left.length === 0 || absent !== log.absent) return log;
  for (const channelId of left) await deleteChannel(tables, channelId);
  return { ...log, absent: newGeneration() };
}

/** To be downloaded beside what is shown, from 0. */
export async function begunAnew(tables: DiskTables, row: ChannelRow): Promise<ChannelRow> {
  if (row.shown !== undefined) await deleteSegments(tables, row.channelId, row.generation);
  const shown = row.shown ?? { generation: row.generation, cursor: row.cursor };
  return { ...row, shown, generation: newGeneration(), cursor: 0, upTo: undefined };
}

/** The key goes with the row: what may be left of the boxes opens no more. */
export async function deleteChannel(tables: Pick<DiskTables, 'channels' | 'segments'>, channelId: string): Promise<void> {
  await tables.channels.delete(channelId);
  await deleteSegments(tables, channelId);
}

export async function deleteSegments(tables: Pick<DiskTables, 'segments'>, channelId: string, generation?: string): Promise<void> {
  for (const segment of await tables.segments.ofChannel(channelId)) {
    if (generation === undefined || segment.generation === generation) await tables.segments.delete(segment.id);
  }
}
