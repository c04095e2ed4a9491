/** From open keys to a phone at work: after thirty days without the commune it is asked first, and nothing is shown before it has answered. */
import { askContact } from '#client/remote/contact.ts';
import { lookAtContact, noteContact } from '#client/store/contact.ts';
import type { Disk } from '#client/store/disk.ts';
import type { UnlockedPhone } from '#client/store/phone.ts';
import { clock } from './platform.ts';

/** `open`: nothing stands between. Throws `DiskError`. */
export async function mayOpen(disk: Disk, phone: UnlockedPhone, ask = askContact): Promise<'open' | 'revoked' | 'not_reached' | 'not_known'> {
  const { isTooLong } = await lookAtContact(disk, clock.now(), { isOpening: true });
  if (!isTooLong) return 'open';
  switch (await ask(phone)) {
    case 'met':
      await noteContact(disk, clock.now());
      return 'open';
    case 'revoked':
      return 'revoked';
    case 'not_known':
      return 'not_known';
    case 'not_now':
      return 'not_reached';
  }
}
