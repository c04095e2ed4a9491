/** The endpoint as author: administration, imports, the demo. The same rules, versions, sequences and history; no permission is asked. */
import { checkEntry } from '#domain/change.ts';
import type { EntryDraft } from '#domain/change.ts';
import { communeCodeOf } from '#domain/identifiers.ts';
import { parentIdOf } from '#domain/record.ts';
import type { AnyRecord, RecordKind } from '#domain/record.ts';
import type { RejectionCode } from '#domain/rejection.ts';
import type { Verdict } from '#sync/protocol.ts';
import { applyEntry } from './apply-entry.ts';
import { auditAreaChanges } from './audit-areas.ts';
import { writeAudit } from './audit.ts';
import type { EndpointContext } from './context.ts';
import type { Writing } from './database/schema.ts';
import { erasedAmong } from './erased-records.ts';
import { readRecords } from './records-at-hand.ts';
import { findEntry } from './verdicts.ts';
import { writeAndFold } from './write-and-fold.ts';
import { writeOwnEntry } from './write-own-entry.ts';

export interface OwnBatch {
  readonly communeCode: string;
  readonly drafts: readonly EntryDraft[];
}

/** `erased`: it touches a record that is. `rejected` with code and field as for a phone; `index`: which draft, counted over all batches from 0. */
export interface OwnVerdict {
  readonly index: number;
  readonly entryId: string;
  readonly verdict: Verdict['verdict'];
  readonly code?: RejectionCode | 'other_content' | undefined;
  readonly field?: string | undefined;
}

/** Thrown to leave a transaction without a trace; carries the verdicts out. */
class NotAllApplied extends Error {
  readonly verdicts: OwnVerdict[];
  constructor(verdicts: OwnVerdict[]) {
    super('not all own entries hold');
    this.name = 'NotAllApplied';
    this.verdicts = verdicts;
  }
}

/** The records of a commune as the transaction that is to write sees them: nobody changes them before it has written. */
export type RecordReader = <K extends RecordKind>(communeCode: string, kind: K) => Promise<Extract<AnyRecord, { kind: K }>[]>;
export type PlanBatches = (records: RecordReader) => Promise<readonly OwnBatch[]>;

/** All in one transaction, or nothing at all: then the verdicts tell which did not hold, the others what they would have been. */
export async function applyOwnBatches(context: EndpointContext, planned: readonly OwnBatch[] | PlanBatches): Promise<OwnVerdict[]> {
  try {
    return await writeAndFold(context.db, async (tx) => {
      const batches = typeof planned === 'function' ? await planned((communeCode, kind) => readRecords(tx, communeCode, kind)) : planned;
      const fresh: OwnBatch[] = [];
      for (const { communeCode, drafts } of batches) fresh.push({ communeCode, drafts: await unknownOf(tx, communeCode, drafts) });
      const verdicts = await applyOwnInside(context, tx, batches);
      if (verdicts.some(({ verdict }) => verdict !== 'applied' && verdict !== 'merged')) throw new NotAllApplied(verdicts);
      for (const batch of fresh) await auditWritten(context, tx, batch);
      return verdicts;
    });
  } catch (reason) {
    if (reason instanceof NotAllApplied) return reason.verdicts;
    throw reason;
  }
}

async function unknownOf(tx: Writing, communeCode: string, drafts: readonly EntryDraft[]): Promise<EntryDraft[]> {
  const unknown: EntryDraft[] = [];
  for (const draft of drafts) if ((await findEntry(tx, communeCode, draft.entryId)) === undefined) unknown.push(draft);
  return unknown;
}

/** One line a batch, however long the list that was imported, and one for each merger and reception in it. */
async function auditWritten({ clock }: EndpointContext, tx: Writing, { communeCode, drafts }: OwnBatch): Promise<void> {
  const changes = drafts.flatMap((draft) => draft.changes);
  const records = new Set(changes.map(({ recordId }) => recordId)).size;
  if (records === 0) return;
  const line = { communeCode, at: clock.now(), actor: 'endpoint' };
  await writeAudit(tx, { ...line, action: 'records_written', subject: String(records) });
  await auditAreaChanges(tx, line, changes);
}

/** For a transaction that writes more than records, and says itself in the audit log what that was. The caller gives it up when a verdict is neither `applied` nor `merged`. */
export async function applyOwnInside(context: EndpointContext, tx: Writing, batches: readonly OwnBatch[]): Promise<OwnVerdict[]> {
  const verdicts: OwnVerdict[] = [];
  for (const { communeCode, drafts } of batches) {
    for (const draft of drafts) {
      const stray = draft.changes.find((change) => communeCodeOf(change.areaId) !== communeCode);
      if (stray !== undefined) throw new Error(`a change of ${stray.areaId} was given to commune ${communeCode}`);
      verdicts.push({ index: verdicts.length, entryId: draft.entryId, ...(await applyOwn(context, tx, communeCode, draft)) });
    }
  }
  return verdicts;
}

async function applyOwn(
  context: EndpointContext,
  tx: Writing,
  communeCode: string,
  draft: EntryDraft,
): Promise<Omit<OwnVerdict, 'entryId' | 'index'>> {
  const { keys, clock } = context;
  const contentHash = keys.contentHash(JSON.stringify(draft));
  const known = await findEntry(tx, communeCode, draft.entryId);
  if (known !== undefined) {
    return known.contentHash === contentHash ? { verdict: known.verdict as Verdict['verdict'] } : { verdict: 'rejected', code: 'other_content' };
  }
  const recordIds = draft.changes.flatMap((change) => [change.recordId, ...('set' in change ? [parentIdOf(change.kind, change.set) ?? []].flat() : [])]);
  if ((await erasedAmong(tx, communeCode, recordIds)).size > 0) return { verdict: 'erased' };
  const rejection = checkEntry(draft);
  if (rejection !== undefined) return { verdict: 'rejected', ...rejection };
  const now = clock.now();
  const deviceId = keys.identity.endpointId;
  const applied = await applyEntry(context, tx, { communeCode, entry: { ...draft, deviceId }, author: undefined });
  if (!applied.ok) {
    if (applied.error.verdict === 'quarantined') throw new Error('the endpoint itself was asked for a permission');
    return applied.error;
  }
  const verdict = applied.value.merged ? 'merged' : 'applied';
  await writeOwnEntry(tx, { communeCode, draft, deviceId, contentHash, verdict, now });
  return { verdict };
}
