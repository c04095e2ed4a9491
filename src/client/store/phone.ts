/**
 * What a phone is: empty -> enrolling (`enrol-phone.ts`) -> enrolled, locked or unlocked (`unlock-phone.ts`) -> wiped. All of it is one row on
 * disk; nothing here needs a network. Who may hold such a disk, and what stops them: docs/threat-model.md.
 */
import { passkeyOf } from '#client/vault/vault-row.ts';
import type { EnrolmentRequest } from '#sync/protocol.ts';
import type { Disk, WipeReason } from './disk.ts';
import { withoutKeys } from './release-settled.ts';
import { tellTabs } from './tabs.ts';

export type { StorageErrorCode, UnlockedPhone } from './unlocked-phone.ts';

/** After so many wrong passphrases the phone is wiped. */
export const maxWrongTries = 10;

export type PhoneStanding =
  | { readonly state: 'empty' }
  /** Keys are on disk, the endpoint's answer is not: unlock, then repeat `request`. */
  | { readonly state: 'enrolling'; readonly communeCode: string; readonly deviceId: string; readonly request: EnrolmentRequest; readonly triesLeft: number }
  | { readonly state: 'locked'; readonly communeCode: string; readonly deviceId: string; readonly triesLeft: number; readonly hasPasskey: boolean }
  /** Sealed entries may remain, readable by nobody here, until they are sent or cleared: `readUnsettled` tells. */
  | { readonly state: 'wiped'; readonly communeCode: string; readonly deviceId: string; readonly why: WipeReason; readonly deliveryToken?: string | undefined };

/** Throws `DiskError`. */
export async function readPhone(disk: Disk): Promise<PhoneStanding> {
  return await disk.read(['keyring'], async ({ keyring }) => {
    const row = await keyring.get('phone');
    if (row === undefined) return { state: 'empty' };
    const { communeCode, deviceId } = row;
    if (row.state === 'wiped') return { state: 'wiped', communeCode, deviceId, why: row.why, deliveryToken: row.deliveryToken };
    const triesLeft = maxWrongTries - row.wrongTries;
    return row.state === 'enrolling'
      ? { state: 'enrolling', communeCode, deviceId, request: row.request, triesLeft }
      : { state: 'locked', communeCode, deviceId, triesLeft, hasPasskey: passkeyOf(row.vault) !== undefined };
  });
}

/**
 * Keys, segments, drafts and session are gone in one transaction, without any network. The sealed outbox stays, and the sealed pictures: readable by
 * nobody here, sent (pictures: when the same person is let in on this phone again) or cleared by a person who was told how many there are.
 */
export async function wipePhone(disk: Disk, why: WipeReason): Promise<void> {
  const tables = ['keyring', 'sealingSessions', 'channels', 'segments', 'drafts', 'pictures', 'meta'] as const;
  await disk.write(tables, async ({ keyring, sealingSessions, channels, segments, drafts, pictures, meta }) => {
    const row = await keyring.get('phone');
    if (row === undefined || row.state === 'wiped') return;
    const { communeCode, deviceId, endpoint } = row;
    const deliveryToken = row.state === 'enrolled' ? row.deliveryToken : row.wiped?.deliveryToken;
    await keyring.put({ key: 'phone', state: 'wiped', why, communeCode, deviceId, endpoint, deliveryToken });
    for (const session of await sealingSessions.all()) await sealingSessions.put(withoutKeys(session));
    for (const { key: _key, ...picture } of await pictures.all()) await pictures.put(picture);
    for (const table of [channels, segments, drafts]) await table.clear();
    await meta.delete('account');
  });
  // A tab that is open yet closes its store when it looks.
  tellTabs();
}

/** Knowingly gives up what a wiped phone has not sent, told how many there are. The phone is empty then. */
export async function clearWipedPhone(disk: Disk): Promise<void> {
  await disk.write(['keyring', 'sealingSessions', 'outbox', 'pictures', 'pictureBoxes'], async ({ keyring, sealingSessions, outbox, pictures, pictureBoxes }) => {
    if ((await keyring.get('phone'))?.state !== 'wiped') throw new Error('only a wiped phone is cleared');
    for (const table of [outbox, pictures, pictureBoxes]) await table.clear();
    await sealingSessions.clear();
    await keyring.delete('phone');
  });
}

/** How many sealed pictures lie here of which nobody said that they have arrived. Throws `DiskError`. */
export async function countPictures(disk: Disk): Promise<number> {
  return await disk.read(['pictures'], async ({ pictures }) => (await pictures.all()).filter(({ arrived }) => arrived === undefined).length);
}

/** How many half-written forms lie here. What is in them nobody can tell without the keys. Throws `DiskError`. */
export async function countDrafts(disk: Disk): Promise<number> {
  return await disk.read(['drafts'], async ({ drafts }) => (await drafts.all()).length);
}
