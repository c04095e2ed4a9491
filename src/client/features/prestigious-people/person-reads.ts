/** The prestigious persons this phone may show, with their terms and what they were given, and what its member may write about them. */
import type { FieldStore } from '#client/store/field-store.ts';
import { mayCorrect } from '#client/store/may-correct.ts';
import { areaName, myHamlets, standingHamlets } from '#client/store/my-hamlets.ts';
import { termTransitions } from '#domain/prestigious-term.ts';
import type { TermState } from '#domain/prestigious-term.ts';
import { mayWrite, presentArea } from '#domain/permissions.ts';
import { holdersOf } from '#domain/prestigious-coverage.ts';
import { isKind } from '#domain/record.ts';
import type { RecordKind, RecordState } from '#domain/record.ts';
import { isOfBloc } from '#domain/role.ts';
import { compareVietnamese } from '#domain/vietnamese-text.ts';

export type Person = RecordState<'prestigious_person'>;
export type Term = RecordState<'prestigious_term'>;
export type Given = RecordState<'benefit'>;

export interface PeopleInReach {
  /** By hamlet, then by name, in Vietnamese order. */
  readonly persons: readonly Person[];
  readonly terms: readonly Term[];
  readonly benefits: readonly Given[];
  /** Those that stand for themselves today, by name. */
  readonly hamletIds: readonly string[];
}

/** Of the bloc's commune, else of the member's own hamlets. */
export function peopleInReach(store: FieldStore): PeopleInReach {
  const isCommunes = isOfBloc(store.account());
  const own = myHamlets(store);
  const all = <K extends RecordKind>(kind: K) => (isCommunes ? store.all(kind) : own.flatMap((hamletId) => store.inHamlet(kind, hamletId)));
  const nameOf = (areaId: string) => areaName(store, presentArea(areaId, store));
  return {
    persons: [...all('prestigious_person')].sort((a, b) => compareVietnamese(nameOf(a.areaId), nameOf(b.areaId)) || compareVietnamese(a.fields.fullName, b.fields.fullName)),
    terms: all('prestigious_term'),
    benefits: all('benefit'),
    hamletIds: isCommunes ? standingHamlets(store) : [...own].sort((a, b) => compareVietnamese(nameOf(a), nameOf(b))),
  };
}

/** Those who hold a term, in the same order. */
export function holdersInReach(store: FieldStore): readonly Person[] {
  const { persons, terms } = peopleInReach(store);
  return holdersOf(persons, terms);
}

export function personOf(store: Pick<FieldStore, 'find'>, id: string): Person | undefined {
  const person = store.find(id);
  return isKind(person, 'prestigious_person') && !person.deleted ? person : undefined;
}

export function termOf(store: Pick<FieldStore, 'find'>, id: string): Term | undefined {
  const term = store.find(id);
  return isKind(term, 'prestigious_term') && !term.deleted ? term : undefined;
}

const notYetMade = '00000000-0000-7000-8000-000000000000';

export function mayAddPerson(store: FieldStore, hamletId: string): boolean {
  return mayWrite(store.account(), { recordId: notYetMade, kind: 'prestigious_person', areaId: hamletId, base: 0, set: {} }, undefined, store).allowed;
}

/** May they write a new record of that kind about this person? */
export function mayAddTo(store: FieldStore, person: Person, kind: 'prestigious_term' | 'prestigious_contact' | 'benefit', fields: object = {}): boolean {
  const change = { recordId: notYetMade, kind, areaId: person.areaId, base: 0, set: { ...fields, personId: person.recordId } };
  return mayWrite(store.account(), change, undefined, store).allowed;
}

/** Where this term may go on to by the word of whoever uses this phone: the hamlet proposes, the commune decides. */
export function nextSteps(store: FieldStore, term: Term): readonly TermState[] {
  return termTransitions[term.fields.state].filter((state) => mayCorrect(store, term, { state }));
}
