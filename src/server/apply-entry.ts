/** Applies an entry's changes to the records, all or none: permission, then the domain's own rules, then what is written. */
import { applyChange, isSameConflict, withoutForgone } from '#domain/change.ts';
import type { Change, Entry } from '#domain/change.ts';
import { takeOutOf } from '#domain/record-consent.ts';
import { withoutErasedHousehold } from '#domain/let-go.ts';
import { detailFields } from '#domain/household.ts';
import { isRemovable, mayRead, mayWrite } from '#domain/permissions.ts';
import type { Denial } from '#domain/permissions.ts';
import { isKind, parentIdOf } from '#domain/record.ts';
import type { AnyRecord, RecordState } from '#domain/record.ts';
import type { Rejection } from '#domain/rejection.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { MemberScope } from '#domain/role.ts';
import { letGoAccepted } from './accepted-entries.ts';
import type { EndpointContext } from './context.ts';
import type { Database, Writing } from './database/schema.ts';
import { emptyHistory, nothingSet } from './empty-history.ts';
import { erasedAmong, erasedBefore } from './erased-records.ts';
import { readSettings } from './field-settings.ts';
import { doublesOf } from './household-doubles.ts';
import { nextCount } from './next-count.ts';
import { dropPicture } from './drop-picture.ts';
import { placeRecords } from './place-records.ts';
import type { RecordChange } from './place-records.ts';
import { createRecordsAtHand, feedbackIdsIn, recordToRow } from './records-at-hand.ts';
import type { RecordsAtHand } from './records-at-hand.ts';
import { receivedAtOf } from './received-at.ts';
import { forgetInWaiting } from './waiting-content.ts';
import { noteTakenOut } from './write-and-fold.ts';
import { writeOwnEntry } from './write-own-entry.ts';

/** `deviceId` and `memberId` of an entry that the endpoint itself made are its own. */
export type ApplicableEntry = Pick<Entry, 'entryId' | 'deviceId' | 'memberId' | 'occurredAt' | 'changes'>;

export interface AppliedEntry {
  /** True: another device had set a field to another value meanwhile; both are kept. */
  readonly merged: boolean;
  /** True: a household declined meanwhile, and details of it were left out; they are kept nowhere. */
  readonly declined: boolean;
  /** By channel, the highest sequence that its records got. */
  readonly sequences: ReadonlyMap<string, number>;
}

export type NotApplied =
  | { readonly verdict: 'quarantined'; readonly code: Denial }
  | ({ readonly verdict: 'rejected' } & Rejection);

/** What an entry would make of the records it touches, and nothing written yet. */
export interface TriedEntry {
  /** As they would be. */
  readonly records: RecordsAtHand;
  readonly changes: ReadonlyMap<string, RecordChange>;
  readonly history: readonly { readonly change: Change; readonly version: number }[];
  readonly merged: boolean;
  readonly declined: boolean;
}

export interface ApplyArgs {
  readonly communeCode: string;
  readonly entry: ApplicableEntry & Partial<Pick<Entry, 'deviceSeq'>>;
  /** Entries of other devices whose settings are this one's own: what it came after on the same phone. */
  readonly own?: ReadonlySet<string> | undefined;
  /** Undefined: the endpoint itself, of whom no permission is asked. */
  readonly author: MemberScope | undefined;
}

/** Writes nothing unless the whole entry holds. Where a household declines by it, the endpoint empties those of its doubles that the author did not know of. */
export async function applyEntry(context: EndpointContext, tx: Writing, args: ApplyArgs): Promise<Result<AppliedEntry, NotApplied>> {
  const { epoch } = context.keys;
  const tried = await tryEntry(tx, { ...args, epoch, now: context.clock.now() });
  if (!tried.ok) return tried;
  const { communeCode, entry } = args;
  const { records, changes, history, merged, declined } = tried.value;
  const declining = [...changes.values()].filter(declines);
  // Also what comes too late and is left out: it may have waited here.
  const unpictured = [...changes.values()].filter(losesPicture);
  if (declined || declining.length > 0 || unpictured.length > 0) noteTakenOut(tx);
  await writeRecords(tx, communeCode, records, changes);
  for (const { after } of declining) {
    await emptyHistory(tx, communeCode, after.recordId, detailFields);
    await letGoAccepted(tx, communeCode, after.recordId, detailFields);
  }
  for (const { change, version } of history) await writeHistory(tx, communeCode, entry, change, version);
  for (const { after } of unpictured) {
    await dropPicture(tx, communeCode, after.recordId);
    await emptyHistory(tx, communeCode, after.recordId, ['thumbnail']);
  }
  // When the history says that it declined: what was written before is known by that.
  for (const { after } of declining) await forgetInWaiting(tx, communeCode, [after.recordId]);
  const sequences = await placeRecords(tx, { communeCode, records, changes: [...changes.values()], epoch });
  for (const { after } of declining) await declineDoubles(context, tx, { communeCode, householdId: after.recordId, occurredAt: entry.occurredAt });
  return ok({ merged: merged || declined, declined, sequences });
}

/**
 * Whoever wrote that a household declined may not have known of its doubles, or had an app that knew none. An entry of the endpoint's own, not a part of theirs: what
 * they write on a double later, they write unaware that it declined too, and are not refused for it.
 */
async function declineDoubles(
  context: EndpointContext,
  tx: Writing,
  { communeCode, householdId, occurredAt }: { readonly communeCode: string; readonly householdId: string; readonly occurredAt: string },
): Promise<void> {
  const records = createRecordsAtHand(tx, communeCode);
  const doubles: RecordState<'household'>[] = [];
  for (const recordId of await doublesOf(tx, communeCode, householdId)) {
    await records.loadWhole(recordId);
    const double = records.find(recordId);
    if (isKind(double, 'household')) doubles.push(double);
  }
  const emptied = takeOutOf(doubles);
  if (!emptied.ok) throw new Error(`a double cannot be emptied: ${emptied.error.code} ${emptied.error.field ?? ''}`);
  if (emptied.value.length === 0) return;
  const { keys, clock } = context;
  const { endpointId } = keys.identity;
  const draft = { entryId: context.newId(), memberId: endpointId, occurredAt, changes: emptied.value };
  const applied = await applyEntry(context, tx, { communeCode, entry: { ...draft, deviceId: endpointId }, author: undefined });
  if (!applied.ok) throw new Error(`a double cannot be emptied: ${applied.error.code}`);
  await writeOwnEntry(tx, { communeCode, draft, deviceId: endpointId, contentHash: keys.contentHash(JSON.stringify(draft)), verdict: applied.value.merged ? 'merged' : 'applied', now: clock.now() });
}

/** What a household takes back is kept nowhere: what was ever set there goes before it is written that it took it back. */
function declines({ before, after }: RecordChange): boolean {
  return isKind(before, 'household') && isKind(after, 'household') && before.fields.contact !== 'no' && after.fields.contact === 'no';
}

/** A photo that is taken away leaves no picture of any size. */
function losesPicture({ before, after }: RecordChange): boolean {
  return isKind(after, 'attachment') && after.fields.removedOn !== undefined && !(isKind(before, 'attachment') && before.fields.removedOn !== undefined);
}

/** Permission and rules, change by change, over what the earlier ones made. */
export async function tryEntry(db: Database, args: ApplyArgs & { readonly epoch: number; readonly now: number }): Promise<Result<TriedEntry, NotApplied>> {
  const { communeCode, entry, own = new Set<string>(), author, epoch, now } = args;
  const records = createRecordsAtHand(db, communeCode, author?.provinceId);
  const changes = new Map<string, RecordChange>();
  const endpoint = { nextVersion: (version: number) => nextCount(version, epoch), receivedAt: receivedAtOf(entry.occurredAt, now) };
  const history: { readonly change: Change; readonly version: number }[] = [];
  let merged = false;
  let declined = false;
  const put = (change: Change, before: AnyRecord | undefined, after: AnyRecord) => {
    merged ||= after.conflicts.some((conflict) => !before?.conflicts.some((known) => isSameConflict(known, conflict)));
    records.put(after);
    changes.set(after.recordId, { before: changes.has(after.recordId) ? changes.get(after.recordId)?.before : before, after });
    history.push({ change, version: after.version });
  };
  const erased = await erasedAmong(db, communeCode, entry.changes.flatMap(householdsIn));
  for (const recordId of erased) {
    if (author !== undefined && !(await erasedBefore(db, communeCode, recordId, { member: author, records }))) return err({ verdict: 'quarantined', code: 'no_access' });
  }
  for (const sealed of entry.changes) {
    const written = withoutErasedHousehold(sealed, (recordId) => erased.has(recordId));
    await records.loadFor(written);
    const before = records.find(written.recordId);
    const isTheirs = author !== undefined && 'delete' in written;
    const settingsSince = before === undefined ? [] : await readSettings(db, communeCode, written, { entry, own, ...(isTheirs ? { alone: author.memberId } : {}) });
    const permission = author === undefined ? undefined : mayWrite(author, written, before, records, { entry, settingsSince });
    if (permission?.allowed === false) return err({ verdict: 'quarantined', code: permission.reason });
    if (author !== undefined && listsUnread(author, written, before, { entry, records })) return err({ verdict: 'rejected', code: 'kept_apart', field: 'feedbackIds' });
    const hanging = isTheirs ? await records.hangingOn(written.recordId) : [];
    const rules = { entry, records, settingsSince, hanging, endpoint };
    // The history keeps what was applied.
    const change = withoutForgone(before, written, rules);
    declined ||= change !== sealed;
    const applied = applyChange(before, change, rules);
    if (!applied.ok) return err({ verdict: 'rejected', ...applied.error });
    const after = applied.value;
    put(change, before, after);
    const parent = records.find(parentIdOf(after.kind, after.fields) ?? after.recordId);
    if (parent === undefined || after.deleted || !parent.deleted || !isRemovable(parent.kind)) continue;
    // Written for it by somebody who did not know: it comes back, as it stays where this had come first.
    const touch = { recordId: parent.recordId, kind: parent.kind, areaId: parent.areaId, base: 0, set: {} };
    const revived = applyChange(parent, touch, { entry, records, settingsSince: await readSettings(db, communeCode, touch, { entry, own }), endpoint });
    if (!revived.ok) return err({ verdict: 'rejected', ...revived.error });
    put(touch, parent, revived.value);
  }
  return ok({ records, changes, history, merged, declined });
}

function householdsIn(change: Change): string[] {
  const householdId = change.kind === 'feedback' && 'set' in change ? change.set['householdId'] : undefined;
  return typeof householdId === 'string' ? [householdId] : [];
}

/** A list of feedback names what its writer reads or raises with it. Any other id is answered as one that no list may name, there or not. */
function listsUnread(
  author: MemberScope,
  change: Change,
  before: AnyRecord | undefined,
  { entry, records }: { readonly entry: ApplicableEntry; readonly records: RecordsAtHand },
): boolean {
  const kept = new Set(before === undefined ? [] : feedbackIdsIn(before.fields));
  return ('set' in change ? feedbackIdsIn(change.set) : []).some((id) => {
    if (kept.has(id) || entry.changes.some(({ recordId, kind, base }) => recordId === id && kind === 'feedback' && base === 0)) return false;
    const feedback = records.find(id);
    return feedback === undefined || !mayRead(author, feedback, records);
  });
}

async function writeRecords(
  tx: Writing,
  communeCode: string,
  records: RecordsAtHand,
  changes: ReadonlyMap<string, RecordChange>,
): Promise<void> {
  for (const recordId of changes.keys()) {
    const row = recordToRow(communeCode, records.find(recordId) as AnyRecord);
    await tx
      .insertInto('record')
      .values(row)
      .onConflict((conflict) => conflict.columns(['communeCode', 'recordId']).doUpdateSet(row))
      .execute();
  }
}

async function writeHistory(tx: Writing, communeCode: string, entry: ApplicableEntry, change: Change, version: number): Promise<void> {
  const set: [string, unknown][] = 'set' in change ? Object.entries(change.set) : [['deleted', true]];
  // Of what a household took back nothing may be left to set. Its erasure must find every entry that touched it, on whose phone it lies sealed.
  const settings: [string, unknown][] = set.length === 0 ? [[nothingSet, null]] : set;
  const { deviceId, memberId, entryId, occurredAt } = entry;
  const rows = settings.map(([field, value]) => ({
    communeCode,
    recordId: change.recordId,
    version,
    field,
    value: JSON.stringify(value ?? null),
    deviceId,
    memberId,
    entryId,
    occurredAt,
  }));
  await tx.insertInto('record_history').values(rows).execute();
}
