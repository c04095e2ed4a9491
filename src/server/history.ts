/** `POST /history`: what was ever set on a record that its asker reads, in the fields that they read. */
import { isDetailField } from '#domain/household.ts';
import { channelId, channelsOfMember } from '#domain/permissions.ts';
import type { MemberScope } from '#domain/role.ts';
import type { RecordHistory } from '#sync/protocol.ts';
import type { Accounts } from './accounts.ts';
import type { EndpointContext } from './context.ts';
import type { Database } from './database/schema.ts';
import { nothingSet } from './empty-history.ts';
import { memberNamesOf } from './member-names.ts';
import type { MemberAuth } from './sessions.ts';

type Setting = RecordHistory['settings'][number];

export function createHistory(context: EndpointContext, accounts: Accounts) {
  /** Oldest first. Undefined for a record that none of the member's channels shows now, there or not. */
  return async function history({ communeCode, memberId }: MemberAuth, recordId: string): Promise<RecordHistory | undefined> {
    return await context.db.transaction().execute(async (tx) => {
      const member = await accounts.scopeOf(tx, communeCode, memberId);
      const channels = channelsOfMember(member);
      const shown = await shownIn(tx, communeCode, recordId, channels);
      if (shown === undefined) return await historyOfProvince(tx, member, recordId);
      const { hidden, toUnitAlone } = shown;
      const rows = await settingsOf(tx, communeCode, recordId);
      const told = new Set(rows.map((row) => row.memberId));
      // Who sits in a hamlet's team is not for a unit to know.
      if (toUnitAlone) for (const author of told) if ((await shownIn(tx, communeCode, author, channels)) === undefined) told.delete(author);
      const names = await memberNamesOf(tx, communeCode, told);
      const settings = rows
        .filter(({ field }) => !hidden.has(field))
        .map((row) => ({ ...row, value: JSON.parse(row.value) as unknown, memberName: names.get(row.memberId) ?? '' }));
      return { settings: (await kindOf(tx, communeCode, recordId)) === 'household' ? withoutTakenBack(settings) : settings };
    });
  };
}

/** A page or document that the province keeps for its communes. Who sits at the province is not for them to know. */
async function historyOfProvince(db: Database, member: MemberScope, recordId: string): Promise<RecordHistory | undefined> {
  const { provinceId } = member;
  const handbook = provinceId === undefined ? undefined : channelId.handbook(provinceId);
  if (provinceId === undefined || handbook === undefined || !channelsOfMember(member).includes(handbook)) return undefined;
  if ((await shownIn(db, provinceId, recordId, [handbook])) === undefined) return undefined;
  const rows = await settingsOf(db, provinceId, recordId);
  return { settings: rows.map((row) => ({ ...row, value: JSON.parse(row.value) as unknown, memberName: '' })) };
}

async function settingsOf(db: Database, communeCode: string, recordId: string) {
  return await db
    .selectFrom('record_history')
    .select(['version', 'field', 'value', 'memberId', 'occurredAt'])
    .where('communeCode', '=', communeCode)
    .where('recordId', '=', recordId)
    .where('field', '!=', nothingSet)
    .orderBy('version')
    .orderBy('field')
    .execute();
}

interface Shown {
  /** The fields that every one of the channels hides. */
  readonly hidden: ReadonlySet<string>;
  readonly toUnitAlone: boolean;
}

/** Undefined: none of these channels shows the record. */
export async function shownIn(db: Database, communeCode: string, recordId: string, channels: readonly string[]): Promise<Shown | undefined> {
  if (channels.length === 0) return undefined;
  const rows = await db
    .selectFrom('channel_row')
    .select(['channelId', 'hidden'])
    .where('communeCode', '=', communeCode)
    .where('recordId', '=', recordId)
    .where('channelId', 'in', channels)
    .where('gone', 'is', null)
    .execute();
  const [first, ...others] = rows.map((row) => JSON.parse(row.hidden) as string[]);
  if (first === undefined) return undefined;
  const hidden = new Set(first.filter((field) => others.every((list) => list.includes(field))));
  return { hidden, toUnitAlone: rows.every((row) => row.channelId.startsWith('unit/')) };
}

async function kindOf(db: Database, communeCode: string, recordId: string): Promise<string | undefined> {
  const row = await db.selectFrom('record').select('kind').where('communeCode', '=', communeCode).where('recordId', '=', recordId).executeTakeFirst();
  return row?.kind;
}

/** Details that a household took back when it declined are told to nobody again, also when it agreed later: only that they went. */
function withoutTakenBack(settings: readonly Setting[]): Setting[] {
  const declinedAt = settings.findLast(({ field, value }) => field === 'contact' && value === 'no')?.version ?? 0;
  return settings.filter(({ field, value, version }) => version > declinedAt || value === null || !isDetailField(field));
}
