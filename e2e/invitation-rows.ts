/** Invitations as they lie in the endpoint's database file. Change them only while the endpoint is stopped. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export interface InvitationRow {
  readonly expiresAt: number;
  readonly usedByDeviceId: string | null;
}

export function invitationOf(folder: string, link: string): InvitationRow {
  return inDatabase(folder, (database) => {
    const row = database.prepare('select expiresAt, usedByDeviceId from invitation where tokenHash = ?').get(hashOf(link));
    if (row === undefined) throw new Error('the endpoint has no such invitation');
    return row as InvitationRow;
  });
}

/** As it is 72 hours after it was made, and a second. */
export function letExpire(folder: string, link: string): void {
  change(folder, 'update invitation set expiresAt = ? where tokenHash = ?', Date.now() - 1_000, hashOf(link));
}

export function cancel(folder: string, link: string): void {
  change(folder, 'update invitation set cancelledAt = ? where tokenHash = ?', Date.now() - 1_000, hashOf(link));
}

export function deviceCount(folder: string): number {
  return inDatabase(folder, (database) => database.prepare('select count(*) from device').pluck().get() as number);
}

/** Only the hash of what stands behind the # is kept. */
function hashOf(link: string): string {
  return createHash('sha256').update(new URL(link).hash.slice(1)).digest('base64url');
}

function change(folder: string, statement: string, ...values: readonly (string | number)[]): void {
  inDatabase(folder, (database) => {
    const { changes } = database.prepare(statement).run(...values);
    if (changes !== 1) throw new Error(`${changes} invitations were changed, not 1`);
  });
}

function inDatabase<T>(folder: string, body: (database: Database.Database) => T): T {
  const database = new Database(join(folder, 'gan-dan.sqlite'), { fileMustExist: true });
  try {
    return body(database);
  } finally {
    database.close();
  }
}
