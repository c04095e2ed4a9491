/**
 * Sends what is sealed while nobody has unlocked the phone: from the service worker, and from a page that stands at its lock. Needs no
 * key: sealed rows, session headers and the delivery token, which delivers and reads nothing.
 */
import type { Result } from '#domain/result.ts';
import type { Exclusive } from '#sync/engine.ts';
import { batchLimits } from '#sync/protocol.ts';
import type { SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import { deliverSealed } from './deliver.ts';
import type { Disk, KeyringRow } from './disk.ts';
import { readOutbound } from './sealed-outbox.ts';

/** The name under which the browser is asked to wake the service worker when there is a connection. */
export const backgroundSyncTag = 'gan-dan outbox';

export interface DeliverLockedDeps {
  readonly disk: Disk;
  readonly send: (sealed: Pick<SyncRequest, 'sessions' | 'entries'>, deliveryToken: string) => Promise<Result<SyncAnswer['entries'], unknown>>;
  /** The same lock as the engine's: an open page and the worker never send at once. */
  readonly exclusive: Exclusive;
  /** Something went: open pages should look at the disk again. */
  readonly onSent?: (() => void) | undefined;
}

/**
 * Resolves to whether anything is left that another try could bring through. What the endpoint could not open (`refused`) is for a
 * person to see, and a phone without a token (nobody enrolled) has nothing to send: neither is worth another try. Throws `DiskError`.
 */
export async function deliverLocked({ disk, send, exclusive, onSent }: DeliverLockedDeps): Promise<{ readonly isThrough: boolean }> {
  const deliveryToken = tokenOf(await disk.read(['keyring'], async ({ keyring }) => await keyring.get('phone')));
  if (deliveryToken === undefined || (await isThrough(disk))) return { isThrough: true };
  const hasSent = await exclusive(async () => await deliverSealed(disk, async (sealed) => await send(sealed, deliveryToken)));
  if (hasSent === true) onSent?.();
  return { isThrough: await isThrough(disk) };
}

async function isThrough(disk: Disk): Promise<boolean> {
  const { entries } = await readOutbound(disk, { ...batchLimits, entries: 1, skip: ({ refused }) => refused !== undefined });
  return entries.length === 0;
}

/** Enrolling anew, a wiped phone goes on sending what its earlier life left. */
function tokenOf(row: KeyringRow | undefined): string | undefined {
  return row?.state === 'enrolling' ? row.wiped?.deliveryToken : row?.deliveryToken;
}
