/** Where each form's draft goes on. A form without a place here would keep what was typed where nobody finds it: `draft-places.test.ts` looks for such. */
import { recordAbout } from '#client/languages/record-title.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { Draft, FieldStore } from '#client/store/field-store.ts';
import { formatDay } from '#client/ui/dates.ts';
import { paths } from '#client/ui/paths.ts';
import { termStates } from '#domain/prestigious-term.ts';
import { isKind } from '#domain/record.ts';
import type { AnyRecord, RecordKind } from '#domain/record.ts';
import { wordsIn } from './orphaned-words.ts';

export interface Place {
  readonly title: string;
  /** Where its form opens; undefined: nowhere any more. */
  readonly href?: string;
  /** What was typed, where no form opens it: to be read out, copied or given up. */
  readonly texts?: readonly string[];
}

interface Seen {
  readonly draft: Draft;
  readonly m: Messages;
  readonly store: FieldStore;
}

/** Of a form about nothing that is there yet, or about a record of this kind; `listed`: on a screen of its own, where it is gone on with. */
type PlaceOf = ((seen: Seen) => Place) | AboutRecord | 'listed';
interface AboutRecord {
  readonly about: RecordKind;
  readonly place: (subject: AnyRecord, seen: Seen) => Place | undefined;
  /** Where the same form also makes a new one. */
  readonly fresh?: (seen: Seen) => Place;
}

function about<K extends RecordKind>(kind: K, place: (subject: Extract<AnyRecord, { kind: K }>, seen: Seen) => Place | undefined): AboutRecord {
  return { about: kind, place: (subject, seen) => (isKind(subject, kind) ? place(subject, seen) : undefined) };
}

function newOr(fresh: (seen: Seen) => Place, edited: AboutRecord): AboutRecord {
  return { ...edited, fresh };
}

/** A step of a term; which one stands in the form. */
function termPlace({ recordId, fields: { personId } }: Extract<AnyRecord, { kind: 'prestigious_term' }>, { m, store, draft }: Seen): Place | undefined {
  const to = termStates.find((state) => state === (draft.values as { readonly to?: unknown }).to);
  const person = store.find(personId);
  if (to === undefined || !isKind(person, 'prestigious_person')) return undefined;
  return { title: `${m.people.term.steps[to]} · ${person.fields.fullName}`, href: paths.termStep(personId, recordId, to) };
}

const visitTitle = (visit: AnyRecord, { m, store }: Seen) => recordAbout(m, visit, { find: (id) => store.find(id), day: formatDay }) ?? '';

/** By the form's name, as it stands in its draft. */
export const draftPlaces: Readonly<Record<string, PlaceOf>> = {
  new_member: ({ m }) => ({ title: m.administration.form.newTitle, href: paths.newMember() }),
  member: ({ m, draft }) => ({ title: m.administration.edit, href: paths.member(draft.subjectId ?? '') }),
  decision: ({ m, draft }) => ({ title: m.supervisor.title, href: paths.waitingOne(draft.subjectId ?? '') }),
  feedback: ({ m, draft }) => ({ title: m.feedback.newTitle, href: paths.newFeedback(draft.draftId) }),
  reception: ({ m, store }) => ({ title: m.administration.reception.title, href: paths.hamlet(store.account().communeCode) }),
  list_import: ({ m }) => ({ title: m.listImport.title, href: paths.importList() }),
  new_household: ({ m, draft }) => ({ title: m.households.form.newTitle, href: paths.newHousehold(draft.draftId) }),
  new_person: ({ m, draft }) => ({ title: m.people.form.newTitle, href: paths.newPerson(undefined, draft.draftId) }),
  absents: ({ m, draft }) => ({ title: m.visits.absents.title, href: paths.absents(draft.draftId) }),
  visit: about('household', ({ recordId, fields }, { m, draft }) => ({
    title: `${m.visits.title} · ${m.words.household(fields.headName, fields.no)}`,
    href: paths.newVisit(recordId, draft.draftId),
  })),
  household: about('household', ({ recordId, fields }, { m, draft }) => ({
    title: `${m.households.form.title} · ${m.words.household(fields.headName, fields.no)}`,
    href: paths.correctHousehold(recordId, draft.draftId),
  })),
  move_household: about('household', ({ recordId, fields }, { m, draft }) => ({
    title: `${m.households.moving.title} · ${m.words.household(fields.headName, fields.no)}`,
    href: paths.moveHousehold(recordId, draft.draftId),
  })),
  // Of a visit, a talk or a person.
  photos: {
    about: 'visit',
    place: (subject, { m, store, draft }) => ({
      title: [m.photos.addTitle, recordAbout(m, subject, { find: (id) => store.find(id), day: formatDay })].join(' · '),
      href: paths.addPhotos(subject.recordId, draft.draftId),
    }),
  },
  visit_correction: about('visit', (visit, seen) => ({ title: `${seen.m.visits.correct.title} · ${visitTitle(visit, seen)}`, href: paths.correctVisit(visit.recordId) })),
  visit_return: about('visit', (visit, seen) => ({ title: `${seen.m.visits.returning.title} · ${visitTitle(visit, seen)}`, href: paths.returnVisit(visit.recordId) })),
  contact: about('prestigious_person', ({ recordId, fields }, { m, draft }) => ({
    title: `${m.people.logContact} · ${fields.fullName}`,
    href: paths.newContact(recordId, { draftId: draft.draftId }),
  })),
  person: about('prestigious_person', ({ recordId, fields }, { m }) => ({ title: `${m.people.form.title} · ${fields.fullName}`, href: paths.correctPerson(recordId) })),
  propose: about('prestigious_person', ({ recordId, fields }, { m }) => ({ title: `${m.people.term.proposeTitle} · ${fields.fullName}`, href: paths.proposeTerm(recordId) })),
  held: about('prestigious_person', ({ recordId, fields }, { m }) => ({ title: `${m.people.term.heldTitle} · ${fields.fullName}`, href: paths.heldTerm(recordId) })),
  benefit: about('prestigious_person', ({ recordId, fields }, { m }) => ({ title: `${m.people.benefit.title} · ${fields.fullName}`, href: paths.newBenefit(recordId) })),
  benefit_correction: about('benefit', ({ recordId, fields }, { m }) => ({
    title: `${m.people.benefit.correctTitle} · ${m.words.benefitKinds[fields.kind]}`, href: paths.benefit(fields.personId, recordId),
  })),
  term: about('prestigious_term', termPlace),
  handbook_page: newOr(({ m, draft }) => ({ title: m.handbook.newPage, href: paths.newHandbookPage(draft.draftId) }), about('handbook_page', ({ recordId, fields }, { m, draft }) => ({
    title: `${m.handbook.editPage} · ${fields.title}`, href: paths.editHandbookPage(recordId, draft.draftId),
  }))),
  document: newOr(({ m, draft }) => ({ title: m.handbook.newDocument, href: paths.newDocument(draft.draftId) }), about('document', ({ recordId, fields }, { m, draft }) => ({
    title: `${m.handbook.editDocument} · ${fields.number}`, href: paths.editDocument(recordId, draft.draftId),
  }))),
  tell: about('feedback', (said, seen) => ({ title: `${seen.m.feedback.tellTitle}${topicOf(said, seen)}`, href: paths.tell(said.recordId) })),
  detail: about('feedback', (said, seen) => ({ title: `${seen.m.feedback.detail}${topicOf(said, seen)}`, href: paths.feedback(said.recordId) })),
  // At the desk, beside the feedback it answers; and on the page of the entry that it mends.
  review: about('feedback', (said, seen) => ({ title: `${seen.m.app.tabs.review}${topicOf(said, seen)}`, href: paths.reviewOne(said.recordId) })),
  mend: 'listed',
};

/** Forms that somebody left half written. What the app itself remembers stands beside them in the store: the columns of a list, what an import made. */
export function halfWritten(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.filter(({ form }) => Object.hasOwn(draftPlaces, form));
}

function topicOf(said: Extract<AnyRecord, { kind: 'feedback' }>, { m, store }: Seen): string {
  const { topic } = store.standing(said);
  return topic === undefined ? '' : ` · ${m.words.topics[topic]}`;
}

/** What a draft is about and where its form opens; undefined: it is listed elsewhere, or this version has no such form. */
export function placeOf(draft: Draft, m: Messages, store: FieldStore): Place | undefined {
  const known = Object.hasOwn(draftPlaces, draft.form) ? draftPlaces[draft.form] : undefined;
  if (known === undefined || known === 'listed') return undefined;
  const seen = { draft, m, store };
  if (typeof known === 'function') return known(seen);
  if (draft.subjectId === undefined && known.fresh !== undefined) return known.fresh(seen);
  const subject = draft.subjectId === undefined ? undefined : store.find(draft.subjectId);
  return (subject === undefined || subject.deleted ? undefined : known.place(subject, seen)) ?? orphaned(draft, m);
}

/** What it is about has left this phone, with the hamlet that it lies in. */
function orphaned(draft: Draft, m: Messages): Place {
  const texts = wordsIn(draft.values);
  return { title: m.today.draftOrphaned, ...(texts.length === 0 ? {} : { texts }) };
}
