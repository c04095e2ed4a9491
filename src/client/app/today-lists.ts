/** What a member has to do today, as lists: what needs them, what to tell, where they promised to come, who is due. */
import { dueHouseholds } from '#client/features/households/household-order.ts';
import type { DueHousehold } from '#client/features/households/household-order.ts';
import { visitOf } from '#client/features/visits/visit-in-hand.ts';
import type { FieldStore, OutboxEntry } from '#client/store/field-store.ts';
import { mayCorrect } from '#client/store/may-correct.ts';
import { myHamlets } from '#client/store/my-hamlets.ts';
import type { FeedbackStanding } from '#domain/feedback-fold.ts';
import { isStanding } from '#domain/household.ts';
import { dayOf } from '#domain/identifiers.ts';
import { datedOccasions, occasionAt } from '#domain/occasion.ts';
import type { DatedOccasion } from '#domain/occasion.ts';
import { isPromiseDue, promiseOf } from '#domain/promised-visit.ts';
import type { PromisedVisit } from '#domain/promised-visit.ts';
import type { RecordState } from '#domain/record.ts';
import { waitsForTeam } from '#domain/return-visit.ts';
import { personsForOccasion } from '#domain/tet-plan.ts';

export interface SaidFeedback {
  readonly said: RecordState<'feedback'>;
  readonly standing: FeedbackStanding;
}

export interface PromisedHousehold extends PromisedVisit {
  readonly household: RecordState<'household'>;
}

export interface PersonForOccasion {
  readonly person: RecordState<'prestigious_person'>;
  readonly occasion: DatedOccasion;
  /** `YYYY-MM-DD`. */
  readonly day: string;
}

/** What waits for this person. */
export interface WaitingLists {
  /** Entries that the commune could not simply take. */
  readonly entries: readonly OutboxEntry[];
  /** Feedback about which the commune asks more. */
  readonly returnedFeedback: readonly SaidFeedback[];
  /** What the commune asks about visits that this member may correct; the oldest first. */
  readonly askedVisits: readonly { readonly asked: RecordState<'visit_return'>; readonly visit: RecordState<'visit'> }[];
  /** Answers that wait to be told at the door; the oldest first. */
  readonly toTell: readonly SaidFeedback[];
  /** The earliest day first; those without one last. */
  readonly promised: readonly PromisedHousehold[];
}

export interface TodayLists extends WaitingLists {
  /** Whom it would be good to see. */
  readonly due: readonly DueHousehold[];
  readonly people: readonly PersonForOccasion[];
}

export function todayLists(store: FieldStore): TodayLists {
  const today = dayOf(store.commandContext().now);
  const hamlets = myHamlets(store);
  const waiting = waitingLists(store);
  const isPromised = new Set(waiting.promised.map(({ household }) => household.recordId));
  return {
    ...waiting,
    // Once on the screen is enough.
    due: dueHouseholds(standingHouseholds(store, hamlets), visitsIn(store), today).filter(({ household }) => !isPromised.has(household.recordId)),
    people: peopleForOccasions(store, hamlets, today),
  };
}

const lastWaiting = new WeakMap<FieldStore, { readonly revision: number; readonly today: string; readonly lists: WaitingLists }>();

/** Made once for each revision of the store and each day: the app's icon and the page of today ask for the same. */
export function waitingLists(store: FieldStore): WaitingLists {
  const today = dayOf(store.commandContext().now);
  const revision = store.revision();
  const last = lastWaiting.get(store);
  if (last?.revision === revision && last.today === today) return last.lists;
  const lists = makeWaitingLists(store, today);
  lastWaiting.set(store, { revision, today, lists });
  return lists;
}

function makeWaitingLists(store: FieldStore, today: string): WaitingLists {
  const hamlets = myHamlets(store);
  const feedback = hamlets.flatMap((hamletId) => store.inHamlet('feedback', hamletId)).map((said) => ({ said, standing: store.standing(said) }));
  return {
    entries: store.outbox().filter(({ state }) => state === 'needs_you'),
    returnedFeedback: feedback.filter(({ standing }) => standing.state === 'returned'),
    askedVisits: questionsAboutVisits(store, hamlets),
    toTell: feedback
      .filter(({ standing }) => standing.state === 'answered')
      .sort((a, b) => (a.standing.answeredOn ?? '').localeCompare(b.standing.answeredOn ?? '')),
    promised: promisedHouseholds(standingHouseholds(store, hamlets), visitsIn(store), today),
  };
}

function standingHouseholds(store: FieldStore, hamlets: readonly string[]): readonly RecordState<'household'>[] {
  return hamlets.flatMap((hamletId) => store.inHamlet('household', hamletId)).filter(({ fields }) => isStanding(fields));
}

function visitsIn(store: FieldStore) {
  return (householdId: string) => store.childrenOf('visit', householdId);
}

/** What the number on the app's icon counts: what waits for this person, and nothing that can wait. */
export function badgeCount({ entries, returnedFeedback, askedVisits, toTell, promised }: WaitingLists): number {
  return entries.length + returnedFeedback.length + askedVisits.length + toTell.length + promised.length;
}

export function promisedHouseholds(
  households: readonly RecordState<'household'>[],
  visitsOf: (householdId: string) => readonly RecordState<'visit'>[],
  today: string,
): readonly PromisedHousehold[] {
  return households
    .flatMap((household) => {
      const promise = promiseOf(visitsOf(household.recordId));
      return promise === undefined ? [] : [{ household, ...promise }];
    })
    .filter((promise) => isPromiseDue(promise, today))
    .sort((a, b) => (a.on ?? '9').localeCompare(b.on ?? '9') || a.visit.fields.date.localeCompare(b.visit.fields.date));
}

function questionsAboutVisits(store: FieldStore, hamlets: readonly string[]) {
  return hamlets
    .flatMap((hamletId) => store.inHamlet('visit_return', hamletId))
    .flatMap((asked) => {
      const visit = visitOf(store, asked.fields.visitId);
      return visit !== undefined && waitsForTeam(asked, visit) && mayCorrect(store, visit) ? [{ asked, visit }] : [];
    })
    .sort((a, b) => a.asked.fields.on.localeCompare(b.asked.fields.on));
}

/** By `personsForOccasion`: who was neither given anything nor called on for an occasion that is near. */
function peopleForOccasions(store: FieldStore, hamlets: readonly string[], today: string): readonly PersonForOccasion[] {
  const persons = hamlets.flatMap((hamletId) => store.inHamlet('prestigious_person', hamletId));
  const talks = persons.flatMap(({ recordId }) => store.childrenOf('prestigious_contact', recordId));
  const records = { persons, terms: store.all('prestigious_term'), benefits: store.all('benefit'), talks };
  return datedOccasions.flatMap((occasion) => {
    const days = occasionAt(occasion, today);
    return days === undefined ? [] : personsForOccasion(occasion, today, records).map((person) => ({ person, occasion, day: days.day }));
  });
}
