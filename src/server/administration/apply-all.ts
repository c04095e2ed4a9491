/** Applies entries of the endpoint's own that were checked before: anything but success is a fault of this program. */
import type { Endpoint } from '../endpoint.ts';

/** All in one transaction. Throws, with nothing written, when one of them does not hold. */
export async function applyAll(endpoint: Endpoint, batches: Parameters<Endpoint['applyOwnBatches']>[0]): Promise<void> {
  const verdicts = await endpoint.applyOwnBatches(batches);
  const refused = verdicts.find(({ verdict }) => verdict !== 'applied' && verdict !== 'merged');
  if (refused === undefined) return;
  throw new Error(`entry ${refused.index + 1} was ${refused.verdict}: ${refused.code ?? ''} ${refused.field ?? ''}; nothing was written`);
}
