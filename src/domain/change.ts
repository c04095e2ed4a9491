/**
 * An entry is what one save did: an atomic group of changes. `applyChange` is the ONE place a rule about a record lives;
 * the phone runs it at the save and in its replay, the endpoint when it applies the entry.
 */
import * as z from 'zod/mini';
import { conflictsWithoutDeclined, decliningAsDouble, withoutDeclined } from './declining.ts';
import { withoutLetGo } from './let-go.ts';
import { isKeptApart, isKeptOffLists, isReferredKind } from './feedback.ts';
import type { Feedback } from './feedback.ts';
import { areaIdSchema, communeCodeOf, instantSchema, isAreaId, isHamletId, isRandomId, recordIdSchema, startOfDay, uuidSchema } from './identifiers.ts';
import { stateSetMeanwhile } from './meanwhile.ts';
import { areasFrom } from './merged-areas.ts';
import { householdsFrom, isDeclinedOnItsWay } from './merged-households.ts';
import { closesRing } from './merged-feedback.ts';
import { isKind, kindRules, parentIdOf, recordKinds } from './record.ts';
import type { AnyRecord, Conflict, RecordKind, Records } from './record.ts';
import { toRejection } from './rejection.ts';
import type { Rejection } from './rejection.ts';
import { err, ok } from './result.ts';
import type { Result } from './result.ts';

/** The newest schema that this version reads and writes. The endpoint reads every one that ever shipped. */
export const currentSchema = 3;

/**
 * The schema that an entry of these changes is written under: the oldest that has all of their kinds and fields. So an endpoint that does not know a new one
 * holds the entries which need it (`held(schema)`), and goes on taking all others.
 */
export function schemaOf(changes: readonly (Pick<Change, 'kind'> & { readonly set?: SetChange['set'] })[]): number {
  return Math.max(1, ...changes.flatMap(({ kind, set = {} }) => {
    const { since, fieldsSince = {} } = kindRules[kind];
    return [since, ...Object.entries(fieldsSince).flatMap(([field, schema]) => (Object.hasOwn(set, field) ? [schema] : []))];
  }));
}

/** An entry holds at most so many changes, and names at most so many entries that it comes after. */
export const maxChanges = 50;
export const maxAfter = 200;

const touchedRecord = {
  recordId: recordIdSchema,
  kind: z.enum(recordKinds),
  areaId: areaIdSchema,
  /** The record's version the device had seen; 0: new. */
  base: z.int().check(z.gte(0)),
};

/** `set`: the fields this save gave a value; null clears one. `settles`: fields whose open conflict a person settles with this change. */
const setChangeSchema = z.strictObject({
  ...touchedRecord,
  set: z.record(z.string().check(z.maxLength(40)), z.unknown()).check(z.refine((set) => Object.keys(set).length <= 40, 'too_many')),
  settles: z.optional(z.array(z.string().check(z.maxLength(40))).check(z.maxLength(40))),
});
const deletionSchema = z.strictObject({ ...touchedRecord, delete: z.literal(true) });
export const changeSchema = z.union([setChangeSchema, deletionSchema]);
export type SetChange = z.infer<typeof setChangeSchema>;
export type Change = z.infer<typeof changeSchema>;

/**
 * `after`: the device's unsettled entries that touch or create a record this one touches or refers to.
 * `occurredAt`: fixed once by the command; to the day where the time must not tell.
 */
export const entrySchema = z.strictObject({
  entryId: uuidSchema,
  deviceId: uuidSchema,
  deviceSeq: z.int().check(z.gte(1)),
  memberId: uuidSchema,
  schema: z.int().check(z.gte(1)),
  occurredAt: instantSchema,
  after: z.array(uuidSchema).check(z.maxLength(maxAfter)),
  changes: z.array(changeSchema).check(z.minLength(1), z.maxLength(maxChanges)),
});
export type Entry = z.infer<typeof entrySchema>;

/** What a command makes; the store adds the device, its next `deviceSeq`, `schema` and `after`. */
export type EntryDraft = Pick<Entry, 'entryId' | 'memberId' | 'occurredAt' | 'changes'>;

/** One earlier setting of a field, from the record's history. */
export interface FieldSetting {
  readonly field: string;
  readonly value: unknown;
  readonly version: number;
  readonly deviceId: string;
  readonly memberId: string;
  readonly occurredAt: string;
}

export interface ApplyContext {
  readonly entry: Pick<Entry, 'deviceId' | 'memberId' | 'occurredAt'>;
  readonly records: Records;
  /** What was set (or `deleted`) after the change's `base`, by rising version. The phone, which has no history, gives none. */
  readonly settingsSince: readonly FieldSetting[];
  /** Of a record that a member deletes: what belongs to it and is not deleted. Only the endpoint knows all of it. */
  readonly hanging?: readonly AnyRecord[] | undefined;
  /** The endpoint's own: how the version rises, and when the record first arrived. Absent on the phone, where no version rises. */
  readonly endpoint?: { readonly nextVersion: (version: number) => number; readonly receivedAt: string } | undefined;
}

/**
 * The record after the change, or why the change breaks a rule. Permission is judged elsewhere (`permissions.ts`), before.
 * Merge (docs/protocol.md, "Versions and conflicts"): a field conflicts if another device set it to another value after the change's `base`; the later
 * accepted value is shown, the other is kept in `conflicts` (of a state on a `way`, the one further along is shown); deletion against edit, or against what hangs on the record: it stays, flagged.
 */
export function applyChange(record: AnyRecord | undefined, change: Change, context: ApplyContext): Result<AnyRecord, Rejection> {
  if (record !== undefined && record.kind !== change.kind) return err({ code: 'fixed', field: 'kind' });
  if (record === undefined && change.base > 0) return err({ code: 'unknown_record' });
  return 'delete' in change ? applyDeletion(record, context) : applySetting(record, change, context);
}

/** The change as it is applied and kept: without what a household took back and what was let go of. The very same change where it holds none of it. */
export function withoutForgone<C extends Change>(
  record: AnyRecord | undefined,
  change: C,
  context: ApplyContext,
): C {
  return withoutLetGo(record, withoutDeclined(record, decliningAsDouble(record, change, context), context));
}

function applyDeletion(record: AnyRecord | undefined, context: ApplyContext): Result<AnyRecord, Rejection> {
  if (record === undefined) return err({ code: 'unknown_record' });
  const { deviceId, memberId } = context.entry;
  const [child] = context.hanging ?? [];
  // A member deletes what is theirs alone: what another one set is given whenever it was.
  const edit = context.settingsSince.find((s) => (s.deviceId !== deviceId || s.memberId !== memberId) && s.field !== 'deleted') ?? (child && { ...child, version: record.version });
  // Who wished it deleted is this entry's author; the edit tells only when it stood against one.
  const wish = edit === undefined ? undefined : { ...context.entry, field: 'deleted', value: true, version: edit.version };
  const conflicts = wish === undefined || edit === undefined ? record.conflicts : withConflict(record.conflicts, wish, edit, context);
  return ok({ ...record, version: raised(record.version, context), deleted: edit === undefined, conflicts });
}

function applySetting(record: AnyRecord | undefined, asWritten: SetChange, context: ApplyContext): Result<AnyRecord, Rejection> {
  const change = withoutForgone(record, asWritten, context);
  // The last one: an earlier one may have been met, and noted, before somebody deleted it once more.
  const deletion = context.settingsSince.findLast((s) => s.deviceId !== context.entry.deviceId && s.field === 'deleted');
  if (record?.deleted === true && deletion === undefined) return err({ code: 'deleted' });
  const unknown = unknownFieldIn(change);
  if (unknown !== undefined) return err(unknown);
  const before: Readonly<Record<string, unknown>> = record?.fields ?? {};
  const overtaking = record === undefined ? undefined : overtakingState(record, change, context);
  const { state, ...withoutState } = change.set;
  const set = overtaking === undefined ? change.set : withoutState;
  const fixed = record === undefined ? undefined : fixedFieldIn(change, before);
  if (fixed !== undefined) return err({ code: 'fixed', field: fixed });
  const fields = Object.fromEntries(
    Object.entries({ ...before, ...set }).filter(([, value]) => value !== null && value !== undefined),
  );
  const rejection =
    checkFields(change.kind, fields) ??
    checkReferences(change.kind, fields, context) ??
    checkList(change, before, context.records) ??
    (record === undefined || change.kind === 'member' ? checkPlace(change, context.records) : undefined) ??
    checkMerger(change, fields, context.records);
  if (rejection !== undefined) return err(rejection);

  let conflicts = (record?.conflicts ?? []).filter((conflict) => change.settles?.includes(conflict.field) !== true);
  // What an open conflict shows from now on is this author's: whoever settles it is told so, also without a signal.
  conflicts = conflicts.map((conflict) => (Object.hasOwn(set, conflict.field) ? { ...conflict, shown: whoAndWhen(context.entry) } : conflict));
  if (deletion !== undefined) conflicts = withConflict(conflicts, { ...deletion, value: true }, context.entry, context);
  // Also where the change settles: what another device set after its base is a value that whoever settled never saw.
  for (const [field, value] of Object.entries(set)) {
    const others = context.settingsSince.filter(
      (s) => s.field === field && s.deviceId !== context.entry.deviceId && !isSameValue(s.value, value),
    );
    for (const other of others) conflicts = withConflict(conflicts, other, context.entry, context);
  }
  if (overtaking !== undefined) conflicts = withConflict(conflicts, { ...context.entry, field: 'state', value: state, version: raised(record?.version ?? 0, context) }, overtaking, context);
  // A child lies where its parent lies, whatever the phone knew: a hamlet may have moved meanwhile. A colleague lies where their role puts them.
  const parentId = parentIdOf(change.kind, fields);
  const parent = parentId === undefined ? undefined : context.records.find(parentId);
  const { memberId, occurredAt } = context.entry;
  const receivedAt = context.endpoint?.receivedAt;
  const made = record ?? { recordId: change.recordId, kind: change.kind, memberId, occurredAt, ...(receivedAt === undefined ? {} : { receivedAt }) };
  return ok({
    ...made,
    areaId: parent?.areaId ?? (change.kind === 'member' ? change.areaId : (record?.areaId ?? change.areaId)),
    version: raised(record?.version ?? 0, context),
    deleted: false,
    fields,
    conflicts: conflictsWithoutDeclined(change.kind, fields, conflicts),
  } as unknown as AnyRecord);
}

/**
 * The setting of the state that stands, where it is further along its way than this change's and neither knew of the other: a lead's late "sent to the commune" does not
 * take back that the commune recognized. The step is laid aside, and a person says.
 */
function overtakingState(record: AnyRecord, { kind, set }: SetChange, context: ApplyContext): FieldSetting | undefined {
  const { way = [] } = kindRules[kind];
  const setting = stateSetMeanwhile(record, context);
  return setting !== undefined && Object.hasOwn(set, 'state') && way.indexOf(String(set['state'])) < way.indexOf(String(setting.value)) ? setting : undefined;
}

function raised(version: number, context: ApplyContext): number {
  return context.endpoint === undefined ? version : context.endpoint.nextVersion(version);
}

function fixedFieldIn(change: SetChange, before: Readonly<Record<string, unknown>>): string | undefined {
  const { fixed } = kindRules[change.kind];
  return Object.keys(change.set).find(
    (field) => (fixed === 'all' || fixed.includes(field)) && !isSameValue(change.set[field] ?? undefined, before[field]),
  );
}

type WhoAndWhen = Pick<FieldSetting, 'memberId' | 'occurredAt'>;

function whoAndWhen({ memberId, occurredAt }: WhoAndWhen): WhoAndWhen {
  return { memberId, occurredAt };
}

/** `other`: the value that is laid aside; `shown`: whose stands in its place. */
function withConflict(
  conflicts: readonly Conflict[],
  { field, value, version, ...other }: Omit<FieldSetting, 'deviceId'>,
  shown: WhoAndWhen,
  context: ApplyContext,
): Conflict[] {
  const kept = conflicts.filter((c) => !(c.field === field && isSameValue(c.value, value)));
  const conflict = { field, value: value ?? null, ...whoAndWhen(other), version, shown: whoAndWhen(shown) };
  return context.endpoint === undefined ? [...conflicts] : [...kept, conflict];
}

/** The same value of the same setting, whatever is shown in its place by now. */
export function isSameConflict(a: Conflict, b: Conflict): boolean {
  return a.field === b.field && a.version === b.version && isSameValue(a.value, b.value);
}

/** Equal as JSON values; the order of an object's keys does not matter. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = b as Record<string, unknown>;
  return left.length === Object.keys(b).length && left.every(([key, value]) => Object.hasOwn(right, key) && isSameValue(value, right[key]));
}

/** A key that the kind has not, also where it is only cleared or settled: the name itself would be kept, and may say anything. */
export function unknownFieldIn({ kind, set, settles = [] }: SetChange): Rejection | undefined {
  const settled = settles.filter((field) => field !== 'deleted').map((field) => [field, null] as const);
  const rejection = checkFields(kind, { ...Object.fromEntries(settled), ...set });
  return rejection?.code === 'unknown_field' ? rejection : undefined;
}

/** The fields of a record of this kind against its strict schema; undefined: they hold. The form asks the same before it saves. */
export function checkFields(kind: RecordKind, fields: Readonly<Record<string, unknown>>): Rejection | undefined {
  // The input is asked for because it alone tells a missing value from one of the wrong type.
  const parsed = kindRules[kind].schema.safeParse(fields, { reportInput: true });
  return parsed.success ? undefined : toRejection(parsed.error.issues);
}

function checkReferences(kind: RecordKind, fields: Readonly<Record<string, unknown>>, context: ApplyContext): Rejection | undefined {
  if (kind === 'prestigious_person' && typeof fields['birthYear'] === 'number') {
    const year = Number(context.entry.occurredAt.slice(0, 4));
    if (fields['birthYear'] > year - 18) return { code: 'out_of_range', field: 'birthYear' };
  }
  // A parent that is not at hand is on its way (`after` sees to that); one of another kind never was a parent.
  const { parent } = kindRules[kind];
  const parentId = parentIdOf(kind, fields);
  const found = parentId === undefined ? undefined : context.records.find(parentId);
  if (parent !== undefined && found !== undefined && !parent.kinds.includes(found.kind)) return { code: 'unknown_record', field: parent.field };
  // No step applies to it, and whatever one says would be kept in its history all the same.
  if (kind === 'feedback_event' && isKind(found, 'feedback') && isReferredKind(found.fields.kind)) return { code: 'referred_kind', field: 'feedbackId' };
  if (kind === 'subject_request') {
    const subject = context.records.find(String(fields['subjectId']));
    if (subject !== undefined && subject.kind !== fields['subjectKind']) return { code: 'unknown_record', field: 'subjectId' };
  }
  return undefined;
}

/** A list names feedback alone, and the hamlet reads it: it would say who spoke, or that somebody spoke about staff. What stood there before it turned out so is not asked about again. */
function checkList({ kind, set }: SetChange, before: Readonly<Record<string, unknown>>, records: Records): Rejection | undefined {
  const { feedbackIds } = set;
  if ((kind !== 'visit' && kind !== 'prestigious_contact') || !Array.isArray(feedbackIds)) return undefined;
  const known = Array.isArray(before['feedbackIds']) ? before['feedbackIds'] : [];
  const apart = feedbackIds.some((id) => {
    const listed = known.includes(id) ? undefined : records.find(String(id));
    // Anything else: a request about feedback would tell of that feedback as well.
    return listed !== undefined && (!isKind(listed, 'feedback') || isKeptOffLists(listed.fields));
  });
  return apart ? { code: 'kept_apart', field: 'feedbackIds' } : undefined;
}

/** A new record, or a colleague who moves, lies in a hamlet that its commune has. A phone without the commune's areas cannot know, and is not asked. */
function checkPlace({ kind, recordId, areaId, set }: SetChange, records: Records): Rejection | undefined {
  if (kind === 'area') {
    if (set['code'] !== recordId) return { code: 'wrong_format', field: 'code' };
    return areaId === recordId ? undefined : { code: 'wrong_format', field: 'areaId' };
  }
  const parentId = parentIdOf(kind, set);
  const liesWithParent = parentId !== undefined && records.find(parentId) !== undefined;
  if (liesWithParent || !isHamletId(areaId) || records.find(communeCodeOf(areaId)) === undefined) return undefined;
  return isKind(records.find(areaId), 'area') ? undefined : { code: 'unknown_area', field: 'areaId' };
}

/**
 * What takes a hamlet in is another hamlet of its commune: all that lies in it, and whoever works there, would else be nowhere. Nor does it lie in this one by now
 * (two people without a signal, each the other way round): in a ring each hamlet stands for itself, and both would believe it done.
 */
function checkMerger({ kind, recordId, areaId, set }: SetChange, fields: Readonly<Record<string, unknown>>, records: Records): Rejection | undefined {
  const { mergedInto, feedbackId, intoId } = set;
  if (kind === 'feedback_event' && typeof feedbackId === 'string' && typeof intoId === 'string') {
    const taking = records.find(intoId);
    if (taking !== undefined && taking.kind !== 'feedback') return { code: 'unknown_record', field: 'intoId' };
    return closesRing(feedbackId, intoId, records) ? { code: 'already_merged', field: 'intoId' } : undefined;
  }
  if (kind === 'household' && typeof mergedInto === 'string') {
    const taking = records.find(mergedInto);
    if (mergedInto === recordId || (taking !== undefined && taking.kind !== 'household')) return { code: 'unknown_record', field: 'mergedInto' };
    // It would be given back its details by the other one's.
    if (fields['contact'] === 'no' && taking !== undefined && !isDeclinedOnItsWay(mergedInto, records)) return { code: 'declined', field: 'mergedInto' };
    return householdsFrom(mergedInto, records).includes(recordId) ? { code: 'already_merged', field: 'mergedInto' } : undefined;
  }
  if (kind !== 'area' || typeof mergedInto !== 'string') return undefined;
  const communeCode = communeCodeOf(areaId);
  const mayTakeIn = isHamletId(recordId) && isHamletId(mergedInto) && mergedInto !== recordId && communeCodeOf(mergedInto) === communeCode;
  const isThere = records.find(communeCode) === undefined || isKind(records.find(mergedInto), 'area');
  if (!mayTakeIn || !isThere) return { code: 'unknown_area', field: 'mergedInto' };
  return areasFrom(mergedInto, records).includes(recordId) ? { code: 'already_merged', field: 'mergedInto' } : undefined;
}

/**
 * Rules about an entry as a whole: its lists name feedback alone, and none that no list may name, unnamed feedback is an entry of its own, its ids carry no time, it is dated to the day.
 */
export function checkEntry(entry: Pick<Entry, 'entryId' | 'occurredAt' | 'changes'>): Rejection | undefined {
  const keptOffLists = new Set(entry.changes.filter((change) => !mayBeListed(change)).map(({ recordId }) => recordId));
  for (const change of entry.changes) {
    // Whatever else took a code would stand in the place of a hamlet that comes later.
    if (isAreaId(change.recordId) !== (change.kind === 'area')) return { code: 'wrong_format', field: 'recordId' };
    // The list may come before what it names.
    const { feedbackIds } = 'set' in change ? change.set : {};
    if (Array.isArray(feedbackIds) && feedbackIds.some((id) => keptOffLists.has(String(id)))) return { code: 'kept_apart', field: 'feedbackIds' };
    if (change.kind !== 'feedback' || change.base > 0 || !('set' in change)) continue;
    if (!isKeptApart(change.set as Pick<Feedback, 'kind' | 'anonymity'>)) continue;
    // Exactly the one written form: a fraction of a second or another offset would tell as much as the hour.
    const isDatedToTheDay = entry.occurredAt === startOfDay(entry.occurredAt.slice(0, 10));
    if (entry.changes.length > 1 || !isRandomId(entry.entryId) || !isRandomId(change.recordId) || !isDatedToTheDay) {
      return { code: 'kept_apart', field: 'anonymity' };
    }
  }
  return undefined;
}

/** May a list of the same entry name what this makes? */
function mayBeListed(change: Change): boolean {
  return change.kind === 'feedback' && !('set' in change && isKeptOffLists(change.set as Pick<Feedback, 'kind' | 'anonymity' | 'topic'>));
}
