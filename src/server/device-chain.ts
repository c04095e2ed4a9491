/** A phone that was given a new identity (docs/decisions/0012) is one device after another: what the earlier ones sealed is its own. */
import type { Entry } from '#domain/change.ts';
import type { Database, EntryTable } from './database/schema.ts';
import { findEntry } from './verdicts.ts';

/** The device itself, the one it took the place of, and so on back. */
export async function devicesOfPhone(db: Database, communeCode: string, deviceId: string): Promise<string[]> {
  const devices: string[] = [];
  for (let next: string | null = deviceId; next !== null && !devices.includes(next); ) {
    devices.push(next);
    const row: { replaces: string | null } | undefined = await db
      .selectFrom('device')
      .select('replaces')
      .where('communeCode', '=', communeCode)
      .where('deviceId', '=', next)
      .executeTakeFirst();
    next = row?.replaces ?? null;
  }
  return devices;
}

/** Those that took its place, and so on: of two phones that held the same disk each became a device of its own. */
export async function devicesAfter(db: Database, communeCode: string, deviceId: string): Promise<string[]> {
  const rows = await db.selectFrom('device').select('deviceId').where('communeCode', '=', communeCode).where('replaces', '=', deviceId).orderBy('enrolledAt').orderBy('deviceId').execute();
  const devices: string[] = [];
  for (const row of rows) devices.push(row.deviceId, ...(await devicesAfter(db, communeCode, row.deviceId)));
  return devices;
}

/**
 * The entries whose settings are this one's own, though another device stands in the history: those it came after, sealed under an earlier identity of
 * the phone or accepted by a supervisor. Without them a phone's own chain would conflict with itself.
 */
export async function ownEntriesOf(db: Database, communeCode: string, entry: Pick<Entry, 'deviceId' | 'after'>): Promise<ReadonlySet<string>> {
  const own = new Set<string>();
  for (const entryId of entry.after) {
    const earlier = await findEntry(db, communeCode, entryId);
    if (earlier === undefined || !(await isOfPhone(db, entry.deviceId, earlier))) continue;
    own.add(earlier.acceptedAs ?? entryId);
  }
  return own;
}

/** This device's, or one's that it took the place of on the same phone. */
export async function isOfPhone(db: Database, deviceId: string, { communeCode, deviceId: found }: EntryTable): Promise<boolean> {
  return found === deviceId || (await devicesOfPhone(db, communeCode, deviceId)).includes(found);
}
