/** What became of an entry: kept for ever in its row, told in the channel of the device that made it. */
import { channelId, channelsOfMember } from '#domain/permissions.ts';
import type { RejectionCode } from '#domain/rejection.ts';
import type { MemberScope } from '#domain/role.ts';
import type { WaitingCode } from '#domain/waiting-code.ts';
import type { Verdict } from '#sync/protocol.ts';
import { raiseRows } from './channel-rows.ts';
import type { EndpointContext } from './context.ts';
import type { Database, EntryTable, Writing } from './database/schema.ts';
import { receivedAtOf } from './received-at.ts';

/** Why it stands so; or what is to be noticed about one that was applied: how it came (`restored_phone` …), what was left out (`declined`), or whose decision it was (`accepted`). */
export type SettlementCode =
  | WaitingCode | RejectionCode
  | 'restored_phone' | 'waited_too_long' | 'earlier_lost' | 'accepted'
  | 'declined_by_supervisor' | 'kept_too_long';

export interface Settlement {
  readonly verdict: Verdict['verdict'];
  readonly code?: SettlementCode | undefined;
  readonly field?: string | undefined;
  /** The entries a held one waits for. */
  readonly after?: readonly string[] | undefined;
  readonly sequences?: Readonly<Record<string, number>> | undefined;
  /** What a supervisor decided: who, in which words, and as which new entry. */
  readonly decision?: { readonly decidedBy: string; readonly note?: string | undefined; readonly acceptedAs?: string | undefined } | undefined;
}

/** An entry as it is settled: what of it is needed even where its content is not kept. */
export interface SettledEntry {
  readonly communeCode: string;
  readonly entryId: string;
  readonly deviceId: string;
  readonly deviceSeq: number;
  readonly contentHash: string;
  /** To know whether its times are told to the day. */
  readonly occurredAt: string;
}

export async function findEntry(db: Database, communeCode: string, entryId: string): Promise<EntryTable | undefined> {
  return await db
    .selectFrom('entry')
    .selectAll()
    .where('communeCode', '=', communeCode)
    .where('entryId', '=', entryId)
    .executeTakeFirst();
}

/** What its author is told of where an entry stands: a channel they do not read must not be told by its counter. */
export function sequencesFor(author: MemberScope, sequences: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  const readable = new Set(channelsOfMember(author));
  return Object.fromEntries([...sequences].filter(([id]) => readable.has(id)));
}

/** Writes the verdict, or the next one of an entry that was held, and raises its row in the device's channel. */
export async function settle(context: EndpointContext, tx: Writing, entry: SettledEntry, settlement: Settlement): Promise<void> {
  const { communeCode, entryId, deviceId, deviceSeq } = entry;
  const known = await findEntry(tx, communeCode, entryId);
  if (known !== undefined && isSameSettlement(known, settlement)) return;
  const at = receivedAtOf(entry.occurredAt, context.clock.now());
  const row: EntryTable = {
    communeCode,
    entryId,
    contentHash: entry.contentHash,
    deviceId,
    deviceSeq: known?.deviceSeq ?? deviceSeq,
    verdict: settlement.verdict,
    code: settlement.code ?? null,
    // A name of a field, never more: whoever sends nonsense chooses it.
    field: settlement.field?.slice(0, maxFieldLength) ?? null,
    after: settlement.after === undefined ? null : JSON.stringify(settlement.after),
    sequences: settlement.sequences === undefined ? null : JSON.stringify(settlement.sequences),
    verdictVersion: (known?.verdictVersion ?? 0) + 1,
    receivedAt: known?.receivedAt ?? at,
    settledAt: at,
    decidedBy: settlement.decision?.decidedBy ?? null,
    note: settlement.decision?.note ?? null,
    acceptedAs: settlement.decision?.acceptedAs ?? null,
  };
  await tx
    .insertInto('entry')
    .values(row)
    .onConflict((conflict) => conflict.columns(['communeCode', 'entryId']).doUpdateSet(row))
    .execute();
  const replaces = await tx
    .selectFrom('channel_row')
    .selectAll()
    .where('communeCode', '=', communeCode)
    .where('channelId', '=', channelId.device(deviceId))
    .where('recordId', '=', entryId)
    .executeTakeFirst();
  const raised = { channelId: channelId.device(deviceId), recordId: entryId, version: row.verdictVersion, gone: null, hidden: '[]', replaces };
  await raiseRows(tx, { communeCode, rows: [raised], epoch: context.keys.epoch });
}

const maxFieldLength = 40;

/** An entry that is held goes on being held for the same: nothing new to tell. */
function isSameSettlement(known: EntryTable, { verdict, code, after }: Settlement): boolean {
  const knownAfter = known.after === null ? undefined : (JSON.parse(known.after) as string[]);
  return verdict === 'held' && known.verdict === 'held' && known.code === (code ?? null) && String(knownAfter) === String(after);
}

/** The verdict as it travels. `names`: of the supervisors who decided, by member id. */
export function entryToVerdict(row: EntryTable, names: ReadonlyMap<string, string>): Verdict {
  const { entryId, deviceSeq, verdict, code, field, after, sequences, settledAt, note, decidedBy } = row;
  const decidedByName = decidedBy === null ? undefined : names.get(decidedBy);
  return {
    entryId,
    deviceSeq,
    verdict: verdict as Verdict['verdict'],
    ...(code === null ? {} : { code }),
    ...(field === null ? {} : { field }),
    ...(after === null ? {} : { after: JSON.parse(after) as string[] }),
    ...(sequences === null ? {} : { sequences: JSON.parse(sequences) as Record<string, number> }),
    settledAt,
    ...(note === null ? {} : { note }),
    ...(decidedBy === null ? {} : { decidedBy }),
    ...(decidedByName === undefined ? {} : { decidedByName }),
  };
}
