/**
 * Who may do what, where: the table of domain model section 2, enforced by phone and endpoint alike on push, and through channels on pull.
 * A channel is what a set of people may read; `channelsOf` says which channels show a record and with which fields.
 */
import type { Change, SetChange } from './change.ts';
import { citizenFields, feedbackTransitions, isReferredKind } from './feedback.ts';
import type { FeedbackEventType } from './feedback.ts';
import { foldFeedback } from './feedback-fold.ts';
import type { FeedbackStanding } from './feedback-fold.ts';
import { rolesByField } from './field-rules.ts';
import { communeCodeOf, isHamletId } from './identifiers.ts';
import type { Meanwhile } from './meanwhile.ts';
import { areasFrom } from './merged-areas.ts';
import { isKind, parentIdOf } from './record.ts';
import type { AnyRecord, RecordKind, RecordState, Records } from './record.ts';
import { closingNames, isSaidByEndpointAlone } from './subject-request.ts';
import { blocRoles as bloc, isBlocRole, isTeamRole, teamRoles as team } from './role.ts';
import type { Assignment, MemberScope, Role } from './role.ts';
import { isAboutStaff } from './topic.ts';

interface WriteRule {
  readonly create: readonly Role[];
  readonly change: readonly Role[];
  /** May change only what they wrote themselves. */
  readonly changeOwn: readonly Role[];
  /** May delete what they wrote themselves; one that somebody else wrote on, or that something hangs on, stays all the same (`applyChange`). */
  readonly removeOwn: readonly Role[];
}

/** In its own commune code, a province keeps the handbook of all its communes. */
const handbookKeepers: readonly Role[] = [...bloc, 'province_viewer'];

/**
 * One row a kind. Feedback events have a row an event type: `feedbackTransitions[type].by`. What fewer may set than may write the record:
 * `field-rules.ts`.
 */
const writeRules: Record<RecordKind, WriteRule> = {
  area: { create: ['commune_admin'], change: ['commune_admin'], changeOwn: [], removeOwn: [] },
  unit: { create: ['commune_admin'], change: ['commune_admin'], changeOwn: [], removeOwn: [] },
  // By the endpoint alone, as the account is administered (`officeRules`): a card must not say what nobody holds.
  member: { create: [], change: [], changeOwn: [], removeOwn: [] },
  household: { create: [...team, ...bloc], change: [...team, ...bloc], changeOwn: [], removeOwn: [] },
  visit: { create: team, change: ['team_lead'], changeOwn: ['team_member'], removeOwn: [] },
  prestigious_person: { create: ['team_lead', ...bloc], change: ['team_lead', ...bloc], changeOwn: [], removeOwn: bloc },
  prestigious_contact: { create: team, change: ['team_lead'], changeOwn: ['team_member'], removeOwn: [] },
  benefit: { create: bloc, change: bloc, changeOwn: [], removeOwn: [] },
  feedback: { create: [...team, ...bloc], change: [], changeOwn: [...team, ...bloc], removeOwn: [] },
  consent: { create: [...team, ...bloc], change: [], changeOwn: [], removeOwn: [] },
  subject_request: { create: [...team, ...bloc, 'dpo'], change: ['dpo'], changeOwn: [], removeOwn: [] },
  feedback_event: { create: [], change: [], changeOwn: [], removeOwn: [] },
  // The bloc may ask no longer; who may correct the visit answers by that, or says that it stands (`answeringRoles`).
  visit_return: { create: bloc, change: bloc, changeOwn: [], removeOwn: [] },
  prestigious_term: { create: ['team_lead', ...bloc], change: ['team_lead', ...bloc], changeOwn: [], removeOwn: bloc },
  mobilization_model: { create: ['team_lead', ...bloc], change: ['team_lead', ...bloc], changeOwn: [], removeOwn: bloc },
  attachment: { create: [...team, ...bloc], change: ['team_lead', ...bloc], changeOwn: team, removeOwn: [] },
  handbook_page: { create: handbookKeepers, change: handbookKeepers, changeOwn: [], removeOwn: [] },
  document: { create: handbookKeepers, change: handbookKeepers, changeOwn: [], removeOwn: [] },
  reading_receipt: { create: team, change: [], changeOwn: [], removeOwn: [] },
};

/** What is done beside the records, at the endpoint, by whoever holds the role in the commune. */
const officeRules = {
  /** Members, their roles and days, invitations, devices, everybody's sessions. */
  administer: ['commune_admin'],
  readAudit: ['dpo'],
  /** Named lists on paper, each print audited. */
  printLists: bloc,
  /** What a citizen asked to have erased, and which phones have followed. */
  erase: ['dpo'],
} as const satisfies Record<string, readonly Role[]>;
export type OfficeTask = keyof typeof officeRules;

/** May this member do so in their commune? Their own sessions are everybody's own to list and to end. */
export function mayInOffice(member: Pick<MemberScope, 'assignments'>, task: OfficeTask): boolean {
  const roles: readonly Role[] = officeRules[task];
  return member.assignments.some(({ role }) => roles.includes(role));
}

/** Writes pages and documents of their own commune code. */
export function keepsHandbook(member: Pick<MemberScope, 'assignments'>): boolean {
  return member.assignments.some(({ role }) => handbookKeepers.includes(role));
}

export type Denial = 'no_access' | 'not_your_role';
export type Permission = { readonly allowed: true } | { readonly allowed: false; readonly reason: Denial };
const allowed: Permission = { allowed: true };

/**
 * May this member make this change? Judged by the record's present area (a hamlet is followed into the one it was merged into).
 * `no_access` is the one answer both for a record that the member may not read and for one that does not exist, also where the change only names it.
 * `meanwhile`: at the endpoint, what was set since the change's base; a phone asks as it saves, of what it shows.
 */
export function mayWrite(member: MemberScope, change: Change, record: AnyRecord | undefined, records: Records, meanwhile?: Pick<Meanwhile, 'entry' | 'settingsSince'>): Permission {
  const noAccess: Permission = { allowed: false, reason: 'no_access' };
  if (communeCodeOf(change.areaId) !== member.communeCode) return noAccess;
  if (record !== undefined ? !mayRead(member, record, records) : change.base > 0) return noAccess;
  const parentId = 'set' in change ? parentIdOf(change.kind, change.set) : undefined;
  const parent = parentId === undefined ? undefined : records.find(parentId);
  if (parentId !== undefined && record === undefined && (parent === undefined || !mayRead(member, parent, records))) return noAccess;

  if (namesUnread(member, change, record, records)) return noAccess;

  if (change.kind === 'subject_request' && 'set' in change && record === undefined && !mayAskAbout(member, change.set['subjectId'], records)) return noAccess;

  const area = presentArea((record ?? parent)?.areaId ?? change.areaId, records);
  const assignee = isKind(parent, 'feedback') ? standingOf(parent, records).assignee : undefined;
  const holds = (roles: readonly Role[]) =>
    member.assignments.some((a) => roles.includes(a.role) && coversArea(a, area, member.communeCode) && (a.role !== 'responder' || a.unitId === assignee));
  const roles =
    'delete' in change
      ? rolesToRemove(record, member)
      : record === undefined
        ? createRoles(change.kind, change.set)
        : isKind(record, 'visit_return')
          ? answeringRoles(change.set, rolesToChange(records.find(record.fields.visitId), member))
          : rolesToChange(record, member, change.set);
  return [roles, ...rolesByField(change, record, meanwhile)].every(holds) ? allowed : { allowed: false, reason: 'not_your_role' };
}

/** By kind, the field that names another record beside the parent. */
const namingFields: Partial<Record<RecordKind, string>> = { feedback: 'householdId', feedback_event: 'intoId', household: 'mergedInto', reading_receipt: 'subjectId' };

/**
 * Does a change newly name, beside its parent, a record that the member may not read, or that is not there: the household of whoever spoke, or the feedback that
 * is to take this one in (which would be at its end, with nobody to answer it), the household that it is the double of, the document that was read?
 */
export function namesUnread(member: MemberScope, change: Change, record: AnyRecord | undefined, records: Records): boolean {
  const field = namingFields[change.kind];
  const named = field !== undefined && 'set' in change ? change.set[field] : undefined;
  if (field === undefined || typeof named !== 'string') return false;
  const known: Readonly<Record<string, unknown>> = { ...record?.fields };
  if (known[field] === named) return false;
  const found = records.find(named);
  return found === undefined || !mayRead(member, found, records);
}

function createRoles(kind: RecordKind, set: Readonly<Record<string, unknown>>): readonly Role[] {
  // Whoever takes a request down does not close it by that.
  if (kind === 'subject_request' && closingNames.some((field) => (set[field] ?? null) !== null)) return closingRoles(set['kind'], set);
  if (kind !== 'feedback_event') return writeRules[kind].create;
  const type = set['type'];
  return typeof type === 'string' && Object.hasOwn(feedbackTransitions, type) ? feedbackTransitions[type as FeedbackEventType].by : [];
}

/** Who may change a record of theirs may also be who may not change another's. Nobody, where there is none. */
function rolesToChange(record: AnyRecord | undefined, member: Pick<MemberScope, 'memberId'>, set: SetChange['set'] = {}): readonly Role[] {
  if (record === undefined) return [];
  const { change, changeOwn } = writeRules[record.kind];
  const others = isKind(record, 'subject_request') ? closingRoles(record.fields.kind, set) : change;
  return record.memberId === member.memberId ? [...others, ...changeOwn] : others;
}

function rolesToRemove(record: AnyRecord | undefined, member: Pick<MemberScope, 'memberId'>): readonly Role[] {
  return record?.memberId === member.memberId ? writeRules[record.kind].removeOwn : [];
}

/** Of this kind a member may delete what they wrote themselves. Never feedback: no office may let a complaint vanish (decision 0031). */
export function isRemovable(kind: RecordKind): boolean {
  return writeRules[kind].removeOwn.length > 0;
}

/** `correcting`: who may correct the visit that is asked about. */
function answeringRoles({ settledAs }: SetChange['set'], correcting: readonly Role[]): readonly Role[] {
  if (settledAs === 'withdrawn') return writeRules.visit_return.change;
  return settledAs === null || settledAs === undefined ? [...writeRules.visit_return.change, ...correcting] : correcting;
}

/** `kind`: what is asked for. */
function closingRoles(kind: unknown, set: Readonly<Record<string, unknown>>): readonly Role[] {
  if (isSaidByEndpointAlone(kind, set)) return [];
  const { change: roles } = writeRules.subject_request;
  // What is shown or corrected at the bloc needs no officer beside it; only who erases, or refuses to, answers for it alone.
  return kind === 'erase' ? roles : [...roles, 'bloc_lead'];
}

/** Whoever may read the subject, and a data-protection officer about anything in the commune: they read none of it. */
function mayAskAbout(member: MemberScope, subjectId: unknown, records: Records): boolean {
  if (member.assignments.some(({ role }) => role === 'dpo')) return true;
  const subject = typeof subjectId === 'string' ? records.find(subjectId) : undefined;
  return subject !== undefined && mayRead(member, subject, records);
}

/** A team covers its hamlet; all others the commune (a responder in it what is assigned to its unit: `mayWrite`). */
function coversArea(assignment: Assignment, areaId: string, communeCode: string): boolean {
  if (isTeamRole(assignment.role)) return assignment.hamletId === areaId;
  return communeCodeOf(areaId) === communeCode;
}

/** The hamlet that stands for this one today: followed through `mergedInto`. */
export function presentArea(areaId: string, records: Pick<Records, 'find'>): string {
  return areasFrom(areaId, records).at(-1) ?? areaId;
}

/** Channel ids: what a set of people may read. */
export const channelId = {
  hamlet: (hamletId: string) => `hamlet/${hamletId}`,
  /** The commune's bloc. */
  commune: (communeCode: string) => `commune/${communeCode}`,
  /** The bloc's lead alone: feedback about staff. */
  lead: (communeCode: string) => `lead/${communeCode}`,
  /** Feedback assigned to a unit. */
  unit: (unitId: string) => `unit/${unitId}`,
  /** What every member in the commune may read: areas, units, colleagues at the commune. */
  everyone: (communeCode: string) => `everyone/${communeCode}`,
  /** Pages of the handbook and documents: everybody's, also whoever reads nothing else. A province's: for all of its communes (decision 0030). */
  handbook: (communeCode: string) => `handbook/${communeCode}`,
  /** The commune's data-protection officers: what citizens ask about their own records, by id. */
  dpo: (communeCode: string) => `dpo/${communeCode}`,
  /** A device's verdicts. */
  device: (deviceId: string) => `device/${deviceId}`,
} as const;

/** The channels a member reads by the roles held now, sorted. The device's own comes on top of them. */
export function channelsOfMember(member: MemberScope): string[] {
  const channels = new Set<string>();
  for (const { role, hamletId, unitId } of member.assignments) {
    channels.add(channelId.handbook(member.communeCode));
    if (member.provinceId !== undefined) channels.add(channelId.handbook(member.provinceId));
    // Totals alone, and no name: not even those of colleagues.
    if (role !== 'province_viewer') channels.add(channelId.everyone(member.communeCode));
    if (isTeamRole(role) && hamletId !== undefined) channels.add(channelId.hamlet(hamletId));
    if (isBlocRole(role)) channels.add(channelId.commune(member.communeCode));
    if (role === 'bloc_lead') channels.add(channelId.lead(member.communeCode));
    if (role === 'dpo') channels.add(channelId.dpo(member.communeCode));
    if (role === 'responder' && unitId !== undefined) channels.add(channelId.unit(unitId));
  }
  const sorted = [...channels];
  sorted.sort();
  return sorted;
}

export interface ChannelPlacing {
  readonly channelId: string;
  /** Fields this channel's readers do not get. */
  readonly hidden: readonly string[];
}

/** The channels that show a record, with the fields each leaves out. A deleted record keeps its channels, so that its readers learn of it. */
export function channelsOf(record: AnyRecord, records: Records): ChannelPlacing[] {
  const area = presentArea(record.areaId, records);
  const communeCode = communeCodeOf(area);
  const shown = (...channels: string[]) => channels.map((id) => ({ channelId: id, hidden: [] }));
  const atCommune = channelId.commune(communeCode);
  const inHamlet = isHamletId(area) ? [channelId.hamlet(area)] : [];
  switch (record.kind) {
    case 'area':
    case 'unit':
      return shown(channelId.everyone(communeCode));
    case 'member':
      return isTeamRole(record.fields.role) ? shown(...inHamlet, atCommune) : shown(channelId.everyone(communeCode));
    case 'visit':
    case 'prestigious_contact':
      return channelsOfList(record.fields.feedbackIds ?? [], records, [...inHamlet, atCommune], communeCode);
    case 'household':
    case 'prestigious_person':
    case 'benefit':
    case 'consent':
    case 'visit_return':
    case 'prestigious_term':
    case 'mobilization_model':
    case 'attachment':
    case 'reading_receipt':
      return shown(...inHamlet, atCommune);
    case 'handbook_page':
    case 'document':
      return shown(channelId.handbook(communeCode));
    case 'subject_request':
      return shown(...readersOfSubject(record, records, inHamlet, communeCode), channelId.dpo(communeCode));
    case 'feedback':
      return channelsOfFeedback(record, records, inHamlet, communeCode).map(({ isUnit: _isUnit, ...placing }) => placing);
    case 'feedback_event': {
      const feedback = records.find(record.fields.feedbackId);
      if (!isKind(feedback, 'feedback')) return shown(atCommune);
      const hidden = hiddenDetail(record, feedback, records);
      return channelsOfFeedback(feedback, records, inHamlet, communeCode).map((placing) => ({ ...placing, hidden: placing.isUnit ? hidden : [] }));
    }
  }
}

/**
 * A visit's list names feedback that turned out to be about staff, or is gone: at whose door that was said is not for those it goes past. The bloc's lead alone
 * still finds the one from the other.
 */
function channelsOfList(feedbackIds: readonly string[], records: Records, readers: readonly string[], communeCode: string): ChannelPlacing[] {
  const listed = feedbackIds.map((feedbackId) => records.find(feedbackId));
  const namesStaff = listed.some((feedback) => isKind(feedback, 'feedback') && isAboutStaff(standingOf(feedback, records).topic));
  const isHidden = namesStaff || listed.some((one) => !isKind(one, 'feedback'));
  const placings = readers.map((id) => ({ channelId: id, hidden: isHidden ? ['feedbackIds'] : [] }));
  return namesStaff ? [...placings, { channelId: channelId.lead(communeCode), hidden: [] }] : placings;
}

/** Whoever may not know of a feedback must not learn of it by what was asked about it; where it is gone nobody can tell any more who might. */
function readersOfSubject({ fields }: RecordState<'subject_request'>, records: Records, inHamlet: readonly string[], communeCode: string): string[] {
  if (fields.subjectKind !== 'feedback') return [...inHamlet, channelId.commune(communeCode)];
  const feedback = records.find(fields.subjectId);
  if (!isKind(feedback, 'feedback')) return [channelId.lead(communeCode)];
  return channelsOfFeedback(feedback, records, inHamlet, communeCode).flatMap((placing) => (placing.isUnit ? [] : [placing.channelId]));
}

function channelsOfFeedback(
  feedback: RecordState<'feedback'>,
  records: Records,
  inHamlet: readonly string[],
  communeCode: string,
): (ChannelPlacing & { readonly isUnit: boolean })[] {
  const standing = standingOf(feedback, records);
  const readers = isAboutStaff(standing.topic) ? [channelId.lead(communeCode)] : [...inHamlet, channelId.commune(communeCode)];
  const placings = readers.map((id) => ({ channelId: id, hidden: [] as readonly string[], isUnit: false }));
  if (standing.assignee !== undefined && !isReferredKind(feedback.fields.kind)) {
    const hidden = feedback.fields.nameToResponder === true ? [] : citizenFields;
    placings.push({ channelId: channelId.unit(standing.assignee), hidden, isUnit: true });
  }
  return placings;
}

/** A number asked for later is the citizen's as much as one given at once: what a unit does not get of an event. */
function hiddenDetail(event: RecordState<'feedback_event'>, feedback: RecordState<'feedback'>, records: Records): readonly string[] {
  if (feedback.fields.nameToResponder === true || event.fields.type !== 'add_detail') return [];
  const step = standingOf(feedback, records).history.find(({ eventId }) => eventId === event.recordId);
  return step === undefined || step.maySayPhone ? ['detail'] : [];
}

/** Where a feedback stands, from its record and the events at hand. */
export function standingOf(feedback: RecordState<'feedback'>, records: Pick<Records, 'eventsOf'>): FeedbackStanding {
  const events = records.eventsOf(feedback.recordId).filter((event) => !event.deleted);
  return foldFeedback(feedback.fields, events.map((event) => ({ eventId: event.recordId, event: event.fields })));
}

export function mayRead(member: MemberScope, record: AnyRecord, records: Records): boolean {
  const mine = channelsOfMember(member);
  return channelsOf(record, records).some((placing) => mine.includes(placing.channelId));
}
