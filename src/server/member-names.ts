/** What members are called, as their records say. */
import type { Database } from './database/schema.ts';

/**
 * By id, for those ids that are a member's or their device's: theirs is the only kind of name that is looked up, all of them in one statement. None where
 * the member's record says none (it was erased).
 */
export async function memberNamesOf(db: Database, communeCode: string, ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(ids)];
  if (asked.length === 0) return new Map();
  const rows = await db
    .selectFrom('record')
    .select(['recordId as id', 'fields'])
    .where('communeCode', '=', communeCode)
    .where('kind', '=', 'member')
    .where('recordId', 'in', asked)
    .unionAll(
      db
        .selectFrom('device')
        .innerJoin('record', (join) => join.onRef('record.communeCode', '=', 'device.communeCode').onRef('record.recordId', '=', 'device.memberId'))
        .select(['device.deviceId as id', 'record.fields'])
        .where('device.communeCode', '=', communeCode)
        .where('device.deviceId', 'in', asked),
    )
    .execute();
  return new Map(
    rows.flatMap(({ id, fields }): [string, string][] => {
      const { name } = JSON.parse(fields) as { readonly name?: unknown };
      return typeof name === 'string' ? [[id, name]] : [];
    }),
  );
}
