/** An entry that is here already and of which nothing stays. */
import type { EndpointContext } from './context.ts';
import type { Writing } from './database/schema.ts';
import { forgetRejected } from './rejected-records.ts';
import { findEntry, settle } from './verdicts.ts';
import { dropWaiting } from './waiting-entries.ts';
import { noteTakenOut } from './write-and-fold.ts';

/** Within `writeAndFold`. Its phone empties its sealed copy: the device that it came from. Undefined: the endpoint's own, which lies on no phone, or settled so before. */
export async function settleAsErased(context: EndpointContext, tx: Writing, communeCode: string, entryId: string): Promise<string | undefined> {
  noteTakenOut(tx);
  await dropWaiting(tx, communeCode, entryId);
  await forgetRejected(tx, communeCode, entryId);
  const known = await findEntry(tx, communeCode, entryId);
  if (known === undefined || known.verdict === 'erased' || known.deviceId === context.keys.identity.endpointId) return undefined;
  // Dated to the day where its arrival is.
  await settle(context, tx, { ...known, occurredAt: known.receivedAt }, { verdict: 'erased' });
  return known.deviceId;
}
