/** A pulled page's rows as the bytes of one box. */
import { deflateSync, inflateSync } from 'fflate';
import { bytesToText, textToBytes } from '#sync/bytes.ts';
import type { Row } from '#sync/protocol.ts';
import type { SegmentRow } from './disk.ts';
import type { ChannelSafe } from './safe.ts';

export async function sealRows(safe: ChannelSafe, of: Pick<SegmentRow, 'channelId' | 'generation'>, rows: readonly Row[]): Promise<Uint8Array> {
  const plain = textToBytes(JSON.stringify(rows));
  return await safe.seal(deflateSync(plain, { level: plain.length < worthwhile ? 0 : 6 }), contextOf(of));
}

/** Bytes. A page of two or three rows is soon merged with others: until then, packing it costs more than it saves. */
const worthwhile = 1024;

/** Undefined: the box is damaged. */
export async function openRows(safe: ChannelSafe, segment: SegmentRow): Promise<Row[] | undefined> {
  const plain = await safe.open(segment.box, contextOf(segment));
  return plain === undefined ? undefined : (JSON.parse(inflateText(plain)) as Row[]);
}

/** Most boxes fit into it: inflating without one makes a new one of 128 kB each time, and copies. */
const room = new Uint8Array(65_536);

function inflateText(deflated: Uint8Array): string {
  const inflated = inflateSync(deflated, { out: room });
  // Full, it may lack the rest.
  const text = bytesToText(inflated.length < room.length ? inflated : inflateSync(deflated));
  // What a box held does not stay in it when the phone is locked.
  room.fill(0, 0, inflated.length);
  return text;
}

/** Does a page say of something that it is gone (deleted, erased, no longer in this channel), so that an older box may still hold it? */
export function isTakingAway(rows: readonly Row[]): boolean {
  return rows.some((row) => 'gone' in row);
}

function contextOf({ channelId, generation }: Pick<SegmentRow, 'channelId' | 'generation'>): string {
  return `segments/${channelId}/${generation}`;
}
