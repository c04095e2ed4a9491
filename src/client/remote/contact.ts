/** Asks the endpoint, by this device's own proof, whether it is still one of its phones. */
import { openNextSession, toNoSession } from './session-calls.ts';
import type { CallingDevice } from './session-calls.ts';
import type { Fetch } from './call.ts';

/** `not_now`: no connection, an endpoint in trouble, a page that answers in its place. `not_known`: it has no such device (any more). */
export type ContactOutcome = 'met' | 'revoked' | 'not_known' | 'not_now';

export async function askContact(device: CallingDevice, fetchFrom?: Fetch): Promise<ContactOutcome> {
  const opened = await openNextSession(device, fetchFrom);
  if (opened.ok) return 'met';
  const error = toNoSession(opened.error);
  if (error.code !== 'no_session') return 'not_now';
  if (error.revoked) return 'revoked';
  // Another device took its place on a copy of its disk: it is known, and takes an identity of its own once it is open.
  return error.retired === true ? 'met' : 'not_known';
}
