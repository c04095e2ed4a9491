/** A digest that does not match mends itself, and would hide from everyone what went wrong before. */
import type { RunContext } from './run-context.ts';
import type { SimulatedPhone } from './simulated-phone.ts';
import { channelRows } from './watch-phone.ts';

/** At quiet, where no backup was put back unnoticed: that is what digests are for. */
export function checkDigests(run: RunContext, phones: readonly SimulatedPhone[]): void {
  for (const phone of phones) {
    for (const { channelId, mismatches } of channelRows(phone)) {
      if (mismatches > 0) run.broke(`${phone.name} had another digest of ${channelId} than the endpoint, ${mismatches} times`);
    }
  }
}
