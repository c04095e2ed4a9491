/** What this phone is at the moment, as far as it can be told without a key: that decides what is shown. */
import { lookAtContact } from '#client/store/contact.ts';
import type { ContactStanding } from '#client/store/contact.ts';
import type { Disk } from '#client/store/disk.ts';
import { countPictures, readPhone } from '#client/store/phone.ts';
import type { PhoneStanding } from '#client/store/phone.ts';
import { readUnsettled } from '#client/store/sealed-outbox.ts';
import { clock } from './platform.ts';
import type { Session } from './session.ts';

export type LockReason = 'idle' | 'hidden' | 'asked';

/** Why the keys were open and the phone is not. */
export type NotOpened =
  /** What is on the disk could not be read. */
  | 'failed'
  /** It must ask the commune first, and did not reach it; or the commune knows no such phone. */
  | 'not_reached'
  | 'not_known'
  /** Who uses it is damaged on the disk, and the commune could not be asked. */
  | 'member_unknown';

/** What exists only on this phone. */
export interface HeldSealed {
  readonly unsent: number;
  /** Milliseconds since 1970; undefined where there is nothing. */
  readonly since: number | undefined;
  /** Sealed pictures that no endpoint named as arrived. */
  readonly pictures: number;
}

export interface ClosedGate {
  readonly at: 'closed';
  readonly standing: PhoneStanding;
  readonly held: HeldSealed;
  readonly contact: ContactStanding;
  readonly because: LockReason | undefined;
  readonly notOpened: NotOpened | undefined;
}

export type Gate =
  | { readonly at: 'reading' }
  /** The browser lets this page keep nothing. */
  | { readonly at: 'no_storage' }
  | ClosedGate
  | { readonly at: 'open'; readonly session: Session };

export async function readGate(disk: Disk, { because, notOpened }: Partial<Pick<ClosedGate, 'because' | 'notOpened'>> = {}): Promise<Gate> {
  try {
    const [standing, unsettled, contact] = [await readPhone(disk), await readUnsettled(disk), await lookAtContact(disk, clock.now())];
    const held = { unsent: unsettled?.entries.length ?? 0, since: unsettled?.since, pictures: await countPictures(disk) };
    return { at: 'closed', standing, held, contact, because, notOpened };
  } catch {
    return { at: 'no_storage' };
  }
}
