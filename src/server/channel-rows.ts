/** Gives rows of channels their next sequence and keeps each channel's counter and digest. */
import { addDigest, digestToHex, emptyDigest, hexToDigest, rowDigest, subtractDigest } from '#sync/digest.ts';
import { countChange } from './change-count.ts';
import { nextCount } from './next-count.ts';
import type { ChannelRowTable, Database, Writing } from './database/schema.ts';

/** How far a channel has counted; 0: nothing was ever shown there. */
export async function channelCounter(db: Database, communeCode: string, channelId: string): Promise<number> {
  const row = await db.selectFrom('channel_counter').select('counter').where('communeCode', '=', communeCode).where('channelId', '=', channelId).executeTakeFirst();
  return row?.counter ?? 0;
}

export interface RaisedRow extends Omit<ChannelRowTable, 'communeCode' | 'sequence'> {
  /** The row as it stands now. */
  readonly replaces: ChannelRowTable | undefined;
}

/**
 * By channel, the highest sequence given. Counters are touched in the order of the channels' ids, so that two transactions never wait
 * for each other; within a channel the rows keep their order. Each record at most once a channel.
 */
export async function raiseRows(
  tx: Writing,
  args: { readonly communeCode: string; readonly rows: readonly RaisedRow[]; readonly epoch: number },
): Promise<Map<string, number>> {
  const { communeCode, epoch } = args;
  const byChannel = Map.groupBy(args.rows, (row) => row.channelId);
  const highest = new Map<string, number>();
  if (byChannel.size > 0) await countChange(tx);
  for (const channelId of [...byChannel.keys()].toSorted()) {
    const state = await tx
      .selectFrom('channel_counter')
      .select(['counter', 'digest'])
      .where('communeCode', '=', communeCode)
      .where('channelId', '=', channelId)
      .executeTakeFirst();
    let counter = state?.counter ?? 0;
    let digest = state === undefined ? emptyDigest : hexToDigest(state.digest);
    for (const { replaces, recordId, version, gone, hidden } of byChannel.get(channelId) ?? []) {
      counter = nextCount(counter, epoch);
      if (replaces !== undefined && replaces.gone === null) digest = subtractDigest(digest, rowDigest(recordId, replaces.sequence));
      if (gone === null) digest = addDigest(digest, rowDigest(recordId, counter));
      const row = { communeCode, channelId, recordId, sequence: counter, version, gone, hidden };
      await tx
        .insertInto('channel_row')
        .values(row)
        .onConflict((conflict) => conflict.columns(['communeCode', 'channelId', 'recordId']).doUpdateSet(row))
        .execute();
    }
    const counted = { communeCode, channelId, counter, digest: digestToHex(digest) };
    await tx
      .insertInto('channel_counter')
      .values(counted)
      .onConflict((conflict) => conflict.columns(['communeCode', 'channelId']).doUpdateSet(counted))
      .execute();
    highest.set(channelId, counter);
  }
  return highest;
}
