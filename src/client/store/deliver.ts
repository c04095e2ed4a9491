/** Hands over what lies sealed in the outbox, page or no page, locked or wiped: whoever calls brings the road it travels by. */
import type { Result } from '#domain/result.ts';
import { batchLimits } from '#sync/protocol.ts';
import type { SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import type { Disk } from './disk.ts';
import { noteOutcomes, readOutbound } from './sealed-outbox.ts';

export type SendSealed = (sealed: Pick<SyncRequest, 'sessions' | 'entries'>) => Promise<Result<SyncAnswer['entries'], unknown>>;

/** Nobody watches, and the line may be cut at any moment: what takes some seconds comes through (at 50 kbit/s, five). */
const batchBytes = 32 * 1024;

/**
 * Until the endpoint has it all or the road gives out; resolves to whether anything went. A batch that may have failed by its size is
 * halved; what the endpoint could not open, or is too large alone, is not tried again in this run and holds up nobody. Throws `DiskError`.
 */
export async function deliverSealed(disk: Disk, send: SendSealed): Promise<boolean> {
  const tried = new Set<number>();
  const skip = ({ deviceSeq }: { readonly deviceSeq: number }) => tried.has(deviceSeq);
  let size: number = batchLimits.entries;
  let hasSent = false;
  for (;;) {
    const { round, ...sealed } = await readOutbound(disk, { entries: size, bytes: batchBytes, skip });
    const [first] = sealed.entries;
    if (first === undefined) return hasSent;
    const delivered = await send(sealed);
    if (delivered.ok) {
      const noted = await noteOutcomes(disk, delivered.value, round);
      for (const { deviceSeq } of sealed.entries) tried.add(deviceSeq);
      hasSent ||= noted.some(({ kept, refused }) => kept !== undefined && refused === undefined);
      size = Math.min(batchLimits.entries, size * 2);
    } else if (mayBeSize(delivered.error) && sealed.entries.length > 1) {
      size = Math.floor(sealed.entries.length / 2);
    } else if (codeOf(delivered.error) === 'too_large') {
      tried.add(first.deviceSeq);
    } else {
      return hasSent;
    }
  }
}

/** On a line too slow for the whole batch half of it may pass. */
function mayBeSize(error: unknown): boolean {
  return codeOf(error) === 'too_large' || codeOf(error) === 'timeout';
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
