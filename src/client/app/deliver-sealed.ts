/** A wiped phone still sends what it had sealed, until the endpoint has it all or the network gives out. */
import { deliver } from '#client/remote/delivery.ts';
import type { Disk } from '#client/store/disk.ts';
import { noteOutcomes, readOutbound } from '#client/store/sealed-outbox.ts';
import { batchLimits } from '#sync/protocol.ts';

/** Resolves to whether anything went. What the endpoint could not open is not tried again in this run. */
export async function deliverSealed(disk: Disk, deliveryToken: string): Promise<boolean> {
  const tried = new Set<number>();
  let hasSent = false;
  for (;;) {
    const { round, ...sealed } = await readOutbound(disk, { ...batchLimits, skip: ({ deviceSeq }) => tried.has(deviceSeq) });
    if (sealed.entries.length === 0) return hasSent;
    const delivered = await deliver(sealed, deliveryToken);
    if (!delivered.ok) return hasSent;
    const noted = await noteOutcomes(disk, delivered.value, round);
    for (const { deviceSeq } of sealed.entries) tried.add(deviceSeq);
    hasSent ||= noted.some(({ kept }) => kept !== undefined);
  }
}
