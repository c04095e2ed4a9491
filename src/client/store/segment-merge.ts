/**
 * Small segments are merged as they gather, and a channel is rewritten at once when something in it is gone, for whatever reason: it must not lie
 * on in an older box (what left the channel may be erased later, of which this channel says no word). Committed only if every segment that was
 * read is still there.
 */
import type { Row } from '#sync/protocol.ts';
import type { SegmentRow } from './disk.ts';
import { openRows, sealRows } from './segments.ts';
import type { StoreCore } from './store-core.ts';

const mergeAt = 8;
const rowsOfOne = 1_000;

/** Within a step, after a page of the channel was committed. */
export async function mergeSegments(core: StoreCore, channelId: string): Promise<void> {
  const { disk } = core;
  const { channels, channelRows, unmerged, toRewrite } = core.memory();
  const safe = channels.get(channelId)?.safe;
  const generation = channelRows.get(channelId)?.generation;
  const isWhole = toRewrite.has(channelId);
  if (safe === undefined || generation === undefined || (!isWhole && (unmerged.get(channelId) ?? 0) < mergeAt)) return;
  const found = await disk.read(['segments'], async ({ segments }) => await segments.ofChannel(channelId));
  const run = smallAtTheEnd(found.filter((segment) => segment.generation === generation), isWhole);
  if (!isWhole && run.length < mergeAt) {
    unmerged.set(channelId, run.length);
    return;
  }
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined || run.length < 2) {
    toRewrite.delete(channelId);
    return;
  }

  const newest = new Map<string, Row>();
  for (const segment of run) {
    const rows = await openRows(safe, segment);
    if (rows === undefined) {
      core.damaged.add(channelId);
      return;
    }
    for (const row of rows) newest.set(row.recordId, row);
  }
  // No older box is left that a mark of what is gone could speak of.
  const rows = [...newest.values()].filter((row) => !isWhole || !('gone' in row)).sort((a, b) => a.sequence - b.sequence);
  const box = await sealRows(safe, { channelId, generation }, rows);
  const isMerged = await disk.write(['segments', 'channels'], async ({ segments, channels: table }) => {
    if ((await table.get(channelId))?.generation !== generation) return false;
    for (const { id } of run) if ((await segments.get(id)) === undefined) return false;
    for (const { id } of run) await segments.delete(id);
    await segments.add({ channelId, generation, from: first.from, to: last.to, rows: rows.length, box });
    return true;
  });
  if (!isMerged) return;
  unmerged.set(channelId, 1);
  toRewrite.delete(channelId);
}

/** Those at the end that make one together; all where the channel is to be rewritten. */
function smallAtTheEnd(segments: readonly SegmentRow[], isWhole: boolean): readonly SegmentRow[] {
  if (isWhole) return segments;
  let start = segments.length;
  let rows = 0;
  while (start > 0) {
    rows += segments[start - 1]?.rows ?? 0;
    if (rows > rowsOfOne) break;
    start -= 1;
  }
  return segments.slice(start);
}
