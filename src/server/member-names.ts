/** What members are called, as their records say. */
import type { Database } from './database/schema.ts';

/**
 * By id, for those ids that are a member's or their device's: theirs is the only kind of name that is looked up. None where the member's record says none
 * (it was erased).
 */
export async function memberNamesOf(db: Database, communeCode: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const members = await db.selectFrom('member').select('memberId').where('communeCode', '=', communeCode).where('memberId', 'in', ids).execute();
  const devices = await db.selectFrom('device').select(['deviceId', 'memberId']).where('communeCode', '=', communeCode).where('deviceId', 'in', ids).execute();
  const memberOf = new Map([...members.map(({ memberId }) => [memberId, memberId] as const), ...devices.map(({ deviceId, memberId }) => [deviceId, memberId] as const)]);
  if (memberOf.size === 0) return new Map();
  const rows = await db
    .selectFrom('record')
    .select(['recordId', 'fields'])
    .where('communeCode', '=', communeCode)
    .where('kind', '=', 'member')
    .where('recordId', 'in', [...memberOf.values()])
    .execute();
  const nameOf = new Map(rows.map(({ recordId, fields }) => [recordId, (JSON.parse(fields) as { name?: unknown }).name]));
  const names = new Map<string, string>();
  for (const [id, memberId] of memberOf) {
    const name = nameOf.get(memberId);
    if (typeof name === 'string') names.set(id, name);
  }
  return names;
}
