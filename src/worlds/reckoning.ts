/**
 * Who may read and write what, reckoned from the domain model's table (section 2 and the last column of section 1) and not from `permissions.ts`: the two are
 * held against each other in every world. Where a feedback stands is the fold's to say.
 */
import { foldFeedback } from '#domain/feedback-fold.ts';
import type { FeedbackStanding } from '#domain/feedback-fold.ts';
import type { Change } from '#domain/change.ts';
import type { Feedback, FeedbackEvent } from '#domain/feedback.ts';
import type { Assignment, Role } from '#domain/role.ts';
import { parentIn, referenceIn } from './plan.ts';

export interface StoredRecord {
  readonly recordId: string;
  readonly kind: string;
  readonly areaId: string;
  readonly memberId: string;
  readonly version: number;
  readonly deleted: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Who set the state that it shows, as which of its versions. */
  readonly stateSet?: { readonly version: number; readonly memberId: string } | undefined;
}
export type Model = ReadonlyMap<string, StoredRecord>;

const sorted = (values: Iterable<string>): string[] => [...new Set(values)].toSorted();

/** Where a hamlet lies today. */
export function standsFor(areaId: string, model: Model): string {
  const seen = new Set<string>();
  for (let at = areaId; ; ) {
    const next = model.get(at)?.fields['mergedInto'];
    if (typeof next !== 'string' || seen.has(at)) return at;
    seen.add(at);
    at = next;
  }
}

function standing(feedback: StoredRecord, model: Model): FeedbackStanding {
  const events = [...model.values()].filter((one) => one.kind === 'feedback_event' && !one.deleted && one.fields['feedbackId'] === feedback.recordId);
  return foldFeedback(feedback.fields as unknown as Feedback, events.map((one) => ({ eventId: one.recordId, event: one.fields as unknown as FeedbackEvent })));
}

/** Sets of people who read: the team of a hamlet, the bloc, its lead, a unit, and everyone who is not held to totals. */
export function readersOf(record: StoredRecord, model: Model): string[] {
  const place = standsFor(record.areaId, model);
  const team = place.includes('-') ? [`team ${place}`] : [];
  switch (record.kind) {
    case 'area':
    case 'unit':
      return ['everyone'];
    case 'handbook_page':
    case 'document':
      return ['handbook'];
    case 'member':
      return ['team_member', 'team_lead'].includes(String(record.fields['role'])) ? [...team, 'bloc'] : ['everyone'];
    case 'feedback': {
      const { topic, assignee } = standing(record, model);
      const isReferred = ['khieu_nai', 'to_cao'].includes(String(record.fields['kind']));
      const unit = assignee === undefined || isReferred ? [] : [`unit ${assignee}`];
      return [...(topic === 'staff_attitude' ? ['lead'] : [...team, 'bloc']), ...unit];
    }
    case 'feedback_event': {
      const feedback = model.get(String(record.fields['feedbackId']));
      return feedback === undefined ? ['bloc'] : readersOf(feedback, model);
    }
    case 'subject_request': {
      // Who may not know of a feedback does not learn of it by what was asked about it.
      const subject = model.get(String(record.fields['subjectId']));
      const isAboutFeedback = record.fields['subjectKind'] === 'feedback';
      if (!isAboutFeedback) return [...team, 'bloc', 'dpo'];
      if (subject?.kind !== 'feedback') return ['lead', 'dpo'];
      return standing(subject, model).topic === 'staff_attitude' ? ['lead', 'dpo'] : [...team, 'bloc', 'dpo'];
    }
    default:
      return [...team, 'bloc'];
  }
}

/** The sets that somebody with these roles belongs to. */
export function setsOf(held: readonly Assignment[], model: Model): string[] {
  return sorted(
    held.flatMap(({ role, hamletId, unitId }) => {
      if (role === 'province_viewer') return ['handbook'];
      if (hamletId !== undefined) return ['handbook', 'everyone', `team ${standsFor(hamletId, model)}`];
      if (unitId !== undefined) return ['handbook', 'everyone', `unit ${unitId}`];
      if (role === 'bloc_lead') return ['handbook', 'everyone', 'bloc', 'lead'];
      if (role === 'dpo') return ['handbook', 'everyone', 'dpo'];
      return role === 'bloc_officer' ? ['handbook', 'everyone', 'bloc'] : ['handbook', 'everyone'];
    }),
  );
}

export interface Writer {
  readonly memberId: string;
  readonly communeCode: string;
  readonly held: readonly Assignment[];
}

/** Letters of the roles: m, l the team; o, b the bloc; r responder; a administrator; d data-protection officer; p province. */
const letters: Readonly<Record<string, Role>> = { m: 'team_member', l: 'team_lead', o: 'bloc_officer', b: 'bloc_lead', r: 'responder', a: 'commune_admin', d: 'dpo', p: 'province_viewer' };
/** New; somebody's; one's own. */
const table: Readonly<Record<string, readonly [create: string, change: string, own: string]>> = {
  area: ['a', 'a', 'a'],
  unit: ['a', 'a', 'a'],
  member: ['', '', ''],
  household: ['mlob', 'mlob', 'mlob'],
  visit: ['ml', 'l', 'ml'],
  prestigious_person: ['lob', 'lob', 'lob'],
  prestigious_contact: ['ml', 'l', 'ml'],
  benefit: ['ob', 'ob', 'ob'],
  feedback: ['mlob', '', 'mlob'],
  consent: ['mlob', '', ''],
  subject_request: ['mlobd', 'bd', 'bd'],
  visit_return: ['ob', 'mlob', 'mlob'],
  prestigious_term: ['lob', 'lob', 'lob'],
  mobilization_model: ['lob', 'lob', 'lob'],
  attachment: ['mlob', 'lob', 'mlob'],
  handbook_page: ['obp', 'obp', 'obp'],
  document: ['obp', 'obp', 'obp'],
  reading_receipt: ['ml', '', ''],
};
/** Who deletes one's own; nobody another's. */
const removing: Readonly<Record<string, string>> = { prestigious_person: 'ob', prestigious_term: 'ob', mobilization_model: 'ob' };
const eventTable: Readonly<Record<string, string>> = {
  triage: 'ob', assign: 'ob', start: 'obr', answer: 'obr', choose_answer: 'ob', extend: 'b', transfer_up: 'ob', return: 'obr', add_detail: 'mlob', deliver: 'mlob',
  not_found: 'ml', confirm: 'mlob', close_unreachable: 'mlob', reopen: 'bml', merge: 'ob', withdraw: 'mlob', refer: 'ob',
};

/** In the order of the way: what the hamlet and the commune say to each other, and what the commune decided. */
const ways: Readonly<Record<string, { readonly before: readonly string[]; readonly decided: readonly string[] }>> = {
  prestigious_term: { before: ['proposed', 'joint_meeting', 'submitted', 'returned'], decided: ['recognized', 'active', 'under_review', 'ended', 'replaced'] },
};

/** Each member has one phone. */
const isUnseen = (record: StoredRecord | undefined, base: number, memberId: string): boolean =>
  record?.stateSet !== undefined && record.stateSet.version > base && record.stateSet.memberId !== memberId;

/** What stands once this state is said: one further along its way stays, where neither knew of the other. */
export function stateAfter(record: StoredRecord | undefined, { kind, base }: Pick<Change, 'kind' | 'base'>, state: unknown, memberId: string): unknown {
  const { before = [], decided = [] } = ways[kind] ?? {};
  const placeOf = (one: unknown) => [...before, ...decided].indexOf(String(one));
  return isUnseen(record, base, memberId) && placeOf(state) < placeOf(record?.fields['state']) ? record?.fields['state'] : state;
}

export function isAllowed(writer: Writer, change: Change, model: Model): boolean {
  const { recordId, kind, areaId } = change;
  if (areaId.slice(0, 5) !== writer.communeCode) return false;
  const record = model.get(recordId);
  const mine = setsOf(writer.held, model);
  const reads = (one: StoredRecord | undefined) => one !== undefined && readersOf(one, model).some((set) => mine.includes(set));
  if (record === undefined ? change.base > 0 : !reads(record)) return false;
  // The bloc's everywhere in the commune.
  if (!('set' in change)) return record?.memberId === writer.memberId && writer.held.some(({ role }) => [...(removing[kind] ?? '')].some((letter) => letters[letter] === role));
  const parent = model.get(parentIn(kind, record?.fields ?? change.set) ?? '');
  // A data-protection officer takes down a request about anything, and reads none of it.
  const mayNameAny = kind === 'subject_request' && writer.held.some(({ role }) => role === 'dpo');
  if (record === undefined && (parentIn(kind, change.set) !== undefined || kind === 'subject_request') && !mayNameAny && !reads(parent)) return false;
  const named = referenceIn(kind, change.set);
  if (named !== undefined && named !== referenceIn(kind, record?.fields ?? {}) && !reads(model.get(named))) return false;

  // A request lies where it says; what belongs to another record, where that one lies.
  const place = standsFor((record ?? (kind === 'subject_request' ? undefined : parent))?.areaId ?? areaId, model);
  const assignee = kind === 'feedback_event' && parent?.kind === 'feedback' ? standing(parent, model).assignee : undefined;
  const isOne = (who: string) =>
    [...who].some((letter) =>
      writer.held.some(({ role, hamletId, unitId }) => {
        if (role !== letters[letter]) return false;
        if (hamletId !== undefined) return standsFor(hamletId, model) === place;
        return unitId === undefined || unitId === assignee;
      }),
    );
  const [create, other, own] = table[kind] ?? ['', '', ''];
  if (!isOne(record === undefined ? (kind === 'feedback_event' ? (eventTable[String(change.set['type'])] ?? '') : create) : record.memberId === writer.memberId ? own : other)) return false;

  // Who may correct the visit says that it stands, or was corrected; the bloc alone asks no longer.
  const answers = () => isOne(parent?.memberId === writer.memberId ? 'ml' : 'l');
  const settledAs = kind === 'visit_return' && record !== undefined ? change.set['settledAs'] : undefined;
  if (kind === 'visit_return' && record !== undefined && !(settledAs === 'withdrawn' ? isOne('ob') : answers() || (typeof settledAs !== 'string' && isOne('ob')))) return false;

  // Erasing is the officer's and the endpoint's: one may refuse it, the other alone says that it was done.
  if (record?.kind === 'subject_request' && record.fields['kind'] === 'erase' && (change.set['closedAs'] === 'done' || !isOne('d'))) return false;
  const touched = [...Object.keys(change.set), ...(change.settles ?? [])];
  // Whose handbook a commune reads is not for its administrator to say.
  if (kind === 'area' && (record?.fields ?? change.set)['level'] !== 'hamlet' && touched.includes('parent')) return false;
  if (kind === 'feedback_event' && touched.includes('publicAnswer') && !isOne('ob')) return false;
  // The hamlet proposes and registers, the commune decides; who keeps the register says which house is a double or stands empty.
  const communes: Readonly<Record<string, readonly string[]>> = {
    prestigious_term: ['decisionNo', 'decidedOn', 'reviewedOn', 'endedOn', 'endReason'], mobilization_model: ['decisionNo', 'recognizedOn'],
  };
  const leads: Readonly<Record<string, readonly string[]>> = {
    prestigious_term: ['proposed', 'joint_meeting', 'submitted'], mobilization_model: ['registered', 'in_progress', 'self_reported', 'ended'],
  };
  if ((communes[kind] ?? []).some((field) => touched.includes(field)) && !isOne('ob')) return false;
  if (leads[kind] !== undefined && touched.includes('state') && !leads[kind].includes(String(change.set['state'])) && !isOne('ob')) return false;
  // It begins with the meeting; and once the commune has decided, a lead who saw that writes nothing more.
  if (leads[kind] !== undefined && record === undefined && change.set['state'] !== leads[kind][0] && !isOne('ob')) return false;
  const isDecided = ways[kind]?.decided.includes(String(record?.fields['state'])) === true;
  if (isDecided && !isUnseen(record, change.base, writer.memberId) && !isOne('ob')) return false;
  if (kind === 'household' && ['mergedInto', 'closedOn', 'closedReason', 'closedTo'].some((field) => touched.includes(field)) && !isOne('lob')) return false;
  const declines = (change.set['contact'] ?? record?.fields['contact']) === 'no';
  const listed = touched.filter((field) => (field === 'needs' || field === 'sourceListId') && !(declines && change.set[field] === null));
  return kind !== 'household' || listed.length === 0 || isOne('ob');
}
