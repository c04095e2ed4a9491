/** What was set on a record since somebody saw it, as the rules ask for it. */
import type { Change, Entry, FieldSetting } from '#domain/change.ts';
import type { Database } from './database/schema.ts';
import { nothingSet } from './empty-history.ts';

/** Whose entry looks back: without `deviceSeq` all that its device set is its own. */
type Writer = Pick<Entry, 'deviceId'> & Partial<Pick<Entry, 'deviceSeq'>>;

/**
 * By rising version, what was set after the change's `base`, without the entry's own. What the same device set counts as another's where this one cannot have seen
 * it: a twin's, or that of a higher `deviceSeq` where this one comes late. `alone`: also what anybody but this member ever set, seen or not.
 */
export async function readSettings(
  db: Database,
  communeCode: string,
  change: Pick<Change, 'recordId' | 'base'>,
  { entry: { deviceId, deviceSeq = Infinity }, own, alone }: { readonly entry: Writer; readonly own: ReadonlySet<string>; readonly alone?: string | undefined },
): Promise<FieldSetting[]> {
  const rows = await db
    .selectFrom('record_history as setting')
    .leftJoin('entry', (join) => join.onRef('entry.communeCode', '=', 'setting.communeCode').onRef('entry.entryId', '=', 'setting.entryId'))
    .select(['setting.field', 'value', 'version', 'setting.deviceId', 'memberId', 'occurredAt', 'setting.entryId', 'entry.deviceSeq as setBySeq'])
    .where('setting.communeCode', '=', communeCode)
    .where('recordId', '=', change.recordId)
    .where('setting.field', '!=', nothingSet)
    .where((where) => where.or([where('version', '>', change.base), ...(alone === undefined ? [] : [where('setting.memberId', '!=', alone)])]))
    .orderBy('version')
    .execute();
  const settings = rows.filter(({ entryId }) => !own.has(entryId));
  const hasTwin = settings.some((setting) => setting.deviceId === deviceId) && (await isTwinKnown(db, communeCode, deviceId));
  return settings.map(({ setBySeq, entryId, ...setting }) => {
    const isUnseen = setting.deviceId === deviceId && (hasTwin || (setBySeq ?? 0) > deviceSeq);
    return { ...setting, deviceId: isUnseen ? entryId : setting.deviceId, value: JSON.parse(setting.value) as unknown };
  });
}

/** Two phones hold this device's disk: one of its numbers was given twice. */
async function isTwinKnown(db: Database, communeCode: string, deviceId: string): Promise<boolean> {
  const row = await db
    .selectFrom('entry')
    .select('entryId')
    .where('communeCode', '=', communeCode)
    .where('deviceId', '=', deviceId)
    .where('code', '=', 'restored_phone')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
