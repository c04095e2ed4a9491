/** Everything this phone holds about one household, and nothing of anybody else: what `/ho/:id/luu-gi` shows. */
import type { Draft, FieldStore } from '#client/store/field-store.ts';
import { householdOf } from '#client/store/household-in-hand.ts';
import type { FeedbackStanding } from '#domain/feedback-fold.ts';
import { isKeptApart } from '#domain/feedback.ts';
import { communeCodeOf } from '#domain/identifiers.ts';
import { presentArea } from '#domain/permissions.ts';
import type { RecordState } from '#domain/record.ts';
import { isBlocRole, isTeamRole } from '#domain/role.ts';

export interface Held {
  readonly household: RecordState<'household'>;
  /** Other records of the same household, entered twice; what hangs on them is among what follows. */
  readonly doubles: readonly RecordState<'household'>[];
  /** Newest first. */
  readonly visits: readonly RecordState<'visit'>[];
  /** What the commune asked about those visits; newest first. */
  readonly returns: readonly RecordState<'visit_return'>[];
  /** Of these visits, by the visit's id; the oldest first. */
  readonly photos: ReadonlyMap<string, readonly RecordState<'attachment'>[]>;
  /** Named and tied to the household; newest first. What is withheld is tied to none. */
  readonly feedback: readonly { readonly said: RecordState<'feedback'>; readonly standing: FeedbackStanding }[];
  /** What it answered when it was asked; newest first. */
  readonly consents: readonly RecordState<'consent'>[];
  /** What it asked about its own record. */
  readonly requests: readonly RecordState<'subject_request'>[];
  /** Also about its visits and what it said: an answer half told, a detail half written. */
  readonly drafts: readonly Draft[];
}

type HeldIn = Pick<FieldStore, 'all' | 'childrenOf' | 'feedbackOfHousehold' | 'find' | 'householdsOf' | 'standing' | 'drafts'>;

export function heldAbout(store: HeldIn, household: RecordState<'household'>): Held {
  const { recordId } = household;
  const named = store.feedbackOfHousehold(recordId).filter(({ fields }) => !isKeptApart({ kind: fields.kind, anonymity: fields.anonymity }));
  const households = store.householdsOf(recordId);
  const visits = store.childrenOf('visit', recordId);
  const subjects = new Set([...households, ...named.map((said) => said.recordId), ...visits.map((visit) => visit.recordId)]);
  return {
    household,
    doubles: households.flatMap((id) => (id === recordId ? [] : (householdOf(store, id) ?? []))),
    visits,
    returns: visits.flatMap((visit) => store.childrenOf('visit_return', visit.recordId)),
    photos: new Map(visits.map((visit) => [visit.recordId, [...store.childrenOf('attachment', visit.recordId)].reverse()])),
    feedback: named.map((said) => ({ said, standing: store.standing(said) })),
    consents: store.childrenOf('consent', recordId),
    requests: store.all('subject_request').filter(({ fields }) => households.includes(fields.subjectId)),
    drafts: store.drafts().filter((draft) => (draft.subjectId !== undefined && subjects.has(draft.subjectId)) || households.some((id) => isTicked(draft, id))),
  };
}

/** A list of several households in which this one is ticked. */
function isTicked({ form, values }: Draft, householdId: string): boolean {
  if (form !== 'absents' || typeof values !== 'object' || values === null || !('chosen' in values)) return false;
  return Array.isArray(values.chosen) && values.chosen.includes(householdId);
}

export interface Readers {
  /** The area ids they work in. */
  readonly hamletId: string;
  readonly communeCode: string;
  readonly inTeam: number;
  readonly inBloc: number;
}

/** Who reads a household and its visits (`channelsOf`), as far as this phone's list of members tells. */
export function readersOf(store: Pick<FieldStore, 'all' | 'find'>, { areaId }: Pick<RecordState, 'areaId'>): Readers {
  const hamletId = presentArea(areaId, store);
  const members = store.all('member').map(({ fields }) => fields);
  return {
    hamletId,
    communeCode: communeCodeOf(hamletId),
    inTeam: members.filter((member) => isTeamRole(member.role) && presentArea(member.hamletId ?? '', store) === hamletId).length,
    inBloc: members.filter(({ role }) => isBlocRole(role)).length,
  };
}
