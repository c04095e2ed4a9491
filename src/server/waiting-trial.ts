/**
 * What an entry that waits would make, were it applied as it stands, and to which supervisor that may be shown. Nothing is written. Why it is done so:
 * docs/decisions/0014.
 */
import { changeSchema, checkEntry, maxChanges } from '#domain/change.ts';
import type { Change, Entry } from '#domain/change.ts';
import { isDetailField } from '#domain/household.ts';
import { communeCodeOf, isHamletId } from '#domain/identifiers.ts';
import { isLetGo } from '#domain/let-go.ts';
import { channelsOf, channelsOfMember, namesUnread, presentArea } from '#domain/permissions.ts';
import type { Denial } from '#domain/permissions.ts';
import { isKind, parentIdOf } from '#domain/record.ts';
import type { AnyRecord, Records } from '#domain/record.ts';
import type { RejectionCode } from '#domain/rejection.ts';
import { isOfBloc, isSupervisorRole } from '#domain/role.ts';
import type { Assignment, MemberScope } from '#domain/role.ts';
import type { HeldCode } from '#domain/waiting-code.ts';
import { tryEntry } from './apply-entry.ts';
import type { TriedEntry } from './apply-entry.ts';
import type { EndpointContext } from './context.ts';
import type { Writing } from './database/schema.ts';
import { ownEntriesOf } from './device-chain.ts';
import { erasedAmong } from './erased-records.ts';
import { isOfNewerSchema, readEntry } from './read-entry.ts';
import type { EntryOutline } from './read-entry.ts';
import { createRecordsAtHand } from './records-at-hand.ts';

/** A member with those of their roles alone by which they decide: a team's lead in the hamlet, the bloc in the commune. */
export type Supervisor = MemberScope;

export interface WaitingAuthor {
  readonly memberId: string;
  /** What they held when it was written. */
  readonly allowedThen: readonly Assignment[];
}

export interface Problem {
  readonly code: Denial | HeldCode | RejectionCode;
  readonly field?: string | undefined;
}

/** An entry as it would be applied. */
export interface ReadyEntry {
  readonly entry: Entry;
  /** In whose place it is applied: the author, with all that stands behind the decision. */
  readonly author: MemberScope;
  readonly own: ReadonlySet<string>;
}

export interface Trial {
  /** May this supervisor see it at all? */
  readonly isShown: boolean;
  readonly changes: readonly Change[];
  /** Why it cannot be accepted so. */
  readonly problem: Problem | undefined;
  /** Where there is no problem. */
  readonly ready: ReadyEntry | undefined;
}

export function supervisorOf(member: MemberScope): Supervisor | undefined {
  const assignments = member.assignments.filter(({ role }) => isSupervisorRole(role));
  return assignments.length === 0 ? undefined : { ...member, assignments };
}

export function covers(supervisor: Supervisor, areaId: string): boolean {
  return supervisor.assignments.some(({ role, hamletId }) =>
    role === 'team_lead' ? hamletId === areaId : communeCodeOf(areaId) === supervisor.communeCode,
  );
}

/** `into`: the hamlet that takes in the records which are new. */
export async function tryWaiting(
  context: EndpointContext,
  tx: Writing,
  args: { readonly supervisor: Supervisor; readonly author: WaitingAuthor; readonly outline: EntryOutline; readonly into?: string | undefined },
): Promise<Trial> {
  const { supervisor, author, outline, into } = args;
  const { communeCode } = supervisor;
  const hidden: Trial = { isShown: false, changes: [], problem: { code: 'no_access' }, ready: undefined };
  if ((await erasedAmong(tx, communeCode, outline.recordIds)).size > 0) return hidden;
  const read = isOfNewerSchema(outline, context.schema) ? undefined : readEntry(outline);
  const changes = read?.ok === true ? read.value.changes : readableChanges(outline);
  const known = createRecordsAtHand(tx, communeCode, supervisor.provinceId);
  for (const change of changes) await known.loadFor(change);
  for (const recordId of outline.recordIds) {
    await known.loadWhole(recordId);
    const record = known.find(recordId);
    // What is there already and not theirs to read: that it is there is not theirs to know either.
    if (record !== undefined && !isShownWhole(supervisor, record, known)) return hidden;
  }
  // Whether what it names is there is for those alone who read all that there is.
  const namesHidden = changes.some((change) => namesUnread(supervisor, change, known.find(change.recordId), known));
  if (namesHidden && !isBlocLead(supervisor)) return hidden;
  const shown = changes.map((change) => withoutTakenBack(change, known));
  const untried = (problem: Problem): Trial => ({ isShown: mayBeShownUntried(supervisor, changes, outline, known), changes: shown, problem, ready: undefined });
  if (read === undefined) return untried({ code: 'schema' });
  if (!read.ok) return untried(read.error);

  const movedInto = changes.map((change) => (into !== undefined && known.find(change.recordId) === undefined ? { ...change, areaId: into } : change));
  const moved = movedInto.map((change) => withoutAbsentHousehold(change, known));
  for (const change of moved) await known.loadFor(change);
  const own = await ownEntriesOf(tx, communeCode, read.value);
  // As if from a device of its own: what any other set meanwhile, also the author's or the endpoint's, stands against it.
  const entry = { ...read.value, changes: moved, memberId: author.memberId, deviceId: outline.entryId };
  const lender = lenderOf(supervisor, author, moved, known);
  const shared = { communeCode, entry, own, epoch: context.keys.epoch, now: context.clock.now() };
  const tried = await tryEntry(tx, { ...shared, author: lender });
  const asWritten = tried.ok || tried.error.verdict === 'rejected' ? tried : await tryEntry(tx, { ...shared, author: undefined });
  const problem = tried.ok ? checkEntry(entry) : { code: tried.error.code, field: 'field' in tried.error ? tried.error.field : undefined };
  // Without the record it belongs to, or in another commune, nobody here can say who may read it.
  if (!asWritten.ok || hasOrphan(asWritten.value) || moved.some(({ areaId }) => communeCodeOf(areaId) !== communeCode)) return untried(problem ?? { code: 'no_access' });
  const { records } = asWritten.value;
  const isShown = [...asWritten.value.changes.values()].every(({ after }) => isShownWhole(supervisor, after, records));
  return { isShown, changes: shown, problem, ready: problem === undefined ? { entry, author: lender, own } : undefined };
}

/**
 * A decision lends what the author was allowed when it was written, what the supervisor may do, and in the bloc's hands what a team may do in its hamlet.
 * What none of them is allowed (a team that renames its hamlet) nobody's acceptance allows.
 */
function lenderOf(supervisor: Supervisor, author: WaitingAuthor, changes: readonly Change[], records: Pick<Records, 'find'>): MemberScope {
  const isBloc = isOfBloc(supervisor);
  const hamlets = isBloc ? new Set(changes.map((change) => areaOf(change, records)).filter(isHamletId)) : [];
  const team = [...hamlets].map((hamletId): Assignment => ({ role: 'team_lead', hamletId }));
  const { communeCode, provinceId } = supervisor;
  return { memberId: author.memberId, communeCode, provinceId, assignments: [...author.allowedThen, ...supervisor.assignments, ...team] };
}

function isBlocLead({ assignments }: Supervisor): boolean {
  return assignments.some(({ role }) => role === 'bloc_lead');
}

/** What a citizen said is answered also where the household that it names never came. */
function withoutAbsentHousehold(change: Change, records: Pick<Records, 'find'>): Change {
  if (change.kind !== 'feedback' || !('set' in change) || typeof change.set['householdId'] !== 'string') return change;
  if (records.find(change.set['householdId']) !== undefined) return change;
  const { householdId: _absent, ...set } = change.set;
  return { ...change, set };
}

/** Details of a household that has declined by now are told to nobody, whoever wrote them down before; nor, later, that there were some. */
function withoutTakenBack<C extends Change>(change: C, records: Pick<Records, 'find'>): C {
  const record = records.find(change.recordId);
  if (!isKind(record, 'household') || !('set' in change)) return change;
  const contact = 'contact' in change.set ? change.set['contact'] : record.fields.contact;
  const isTakenBack = ([field, value]: [string, unknown]): boolean => value !== null && isDetailField(field) && (contact === 'no' || isLetGo(value));
  return { ...change, set: Object.fromEntries(Object.entries(change.set).filter((setting) => !isTakenBack(setting))) };
}

/** Where it lies today, or would lie. */
function areaOf(change: Change, records: Pick<Records, 'find'>): string {
  const parentId = 'set' in change ? parentIdOf(change.kind, change.set) : undefined;
  const record = records.find(change.recordId) ?? (parentId === undefined ? undefined : records.find(parentId));
  return presentArea(record?.areaId ?? change.areaId, records);
}

function hasOrphan({ changes, records }: TriedEntry): boolean {
  return [...changes.values()].some(({ after }) => {
    const parentId = parentIdOf(after.kind, after.fields);
    return parentId !== undefined && records.find(parentId) === undefined;
  });
}

/** It lies where they decide, and one of the channels that they read by it shows all of its fields that anybody reads: a list that names erased feedback is for nobody. */
function isShownWhole(supervisor: Supervisor, record: AnyRecord, records: Records): boolean {
  if (!covers(supervisor, presentArea(record.areaId, records))) return false;
  const readable = channelsOfMember(supervisor);
  const placings = channelsOf(record, records);
  const isRead = (field: string): boolean => placings.some(({ hidden }) => !hidden.includes(field));
  return placings.some(({ channelId, hidden }) => readable.includes(channelId) && !hidden.some(isRead));
}

/** What cannot be tried is for the bloc's lead; for others where all of it lies in places of theirs and nothing in it was said by a citizen. */
function mayBeShownUntried(supervisor: Supervisor, changes: readonly Change[], outline: EntryOutline, records: Pick<Records, 'find'>): boolean {
  if (isBlocLead(supervisor)) return true;
  const { changes: written } = outline.opened;
  const isReadable = Array.isArray(written) && written.length === changes.length;
  const isFeedback = ({ kind }: Change): boolean => kind === 'feedback' || kind === 'feedback_event';
  return isReadable && changes.every((change) => !isFeedback(change) && covers(supervisor, areaOf(change, records)));
}

function readableChanges({ opened }: EntryOutline): Change[] {
  const { changes } = opened;
  return (Array.isArray(changes) ? changes.slice(0, maxChanges) : []).flatMap((change) => {
    const read = changeSchema.safeParse(change);
    return read.success ? [read.data] : [];
  });
}
