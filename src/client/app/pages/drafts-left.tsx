import { recordAbout } from '#client/languages/record-title.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { Draft, FieldStore } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { formatDay, formatWhen } from '#client/ui/dates.ts';
import { Fold } from '#client/ui/fold.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { termStates } from '#domain/prestigious-term.ts';
import { isKind } from '#domain/record.ts';
import { wordsIn } from './orphaned-words.ts';

/** Forms that were left half written, to go on with or to give up. */
export function DraftsLeft() {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const drafts = store.drafts().flatMap((draft) => {
    const place = placeOf(draft, m, store) ?? orphaned(draft, m);
    return place === undefined ? [] : [{ draft, ...place }];
  });
  if (drafts.length === 0) return null;

  const discard = async (draft: Draft) => {
    await store.removeDraft(draft.draftId);
    showToast(m.today.draftDropped, { label: m.ui.undo, run: () => void store.saveDraft({ draftId: draft.draftId, form: draft.form, subjectId: draft.subjectId, values: draft.values }) });
  };

  return (
    <Section title={m.today.drafts} count={drafts.length}>
      <List label={m.today.drafts}>
        {drafts.map(({ draft, title, href, texts }) => (
          <Row key={draft.draftId} href={href} title={title} detail={m.today.draftFrom(formatWhen(draft.savedAt))}>
            {texts === undefined ? null : (
              <Fold label={m.today.draftWords}>
                {texts.map((text, index) => (
                  <p key={index}>{text}</p>
                ))}
              </Fold>
            )}
            <Button variant="bare" onClick={() => void discard(draft)}>
              <Icon name="trash" />
              {m.today.dropDraft}
            </Button>
          </Row>
        ))}
      </List>
    </Section>
  );
}

interface Place {
  readonly title: string;
  /** Where its form opens; undefined: nowhere any more. */
  readonly href?: string;
  /** What was typed, where no form opens it: to be read out, copied or given up. */
  readonly texts?: readonly string[];
}

/** The forms about a record; what it is about may have left this phone, with the hamlet that it lies in. */
const aboutRecords = new Set(['visit', 'household', 'move_household', 'contact', 'tell', 'detail', 'person', 'propose', 'held', 'term', 'benefit', 'handbook_page', 'document', 'photos']);

function orphaned(draft: Draft, m: Messages): Place | undefined {
  if (!aboutRecords.has(draft.form)) return undefined;
  const texts = wordsIn(draft.values);
  return { title: m.today.draftOrphaned, ...(texts.length === 0 ? {} : { texts }) };
}

/** What a draft is about and where its form opens; undefined: a form this version does not have, or its record is gone. */
function placeOf(draft: Draft, m: Messages, store: FieldStore): Place | undefined {
  const { subjectId, draftId } = draft;
  if (draft.form === 'new_member') return { title: m.administration.form.newTitle, href: paths.newMember() };
  if (draft.form === 'new_household') return { title: m.households.form.newTitle, href: paths.newHousehold(draftId) };
  if (draft.form === 'list_import') return { title: m.listImport.title, href: paths.importList() };
  if (draft.form === 'feedback') return { title: m.feedback.newTitle, href: paths.newFeedback(draftId) };
  if (draft.form === 'new_person') return { title: m.people.form.newTitle, href: paths.newPerson() };
  if (draft.form === 'reception') return { title: m.administration.reception.title, href: paths.hamlet(store.account().communeCode) };
  if (draft.form === 'handbook_page' && subjectId === undefined) return { title: m.handbook.newPage, href: paths.newHandbookPage(draftId) };
  if (draft.form === 'document' && subjectId === undefined) return { title: m.handbook.newDocument, href: paths.newDocument(draftId) };
  const subject = subjectId === undefined ? undefined : store.find(subjectId);
  if (subject === undefined) return undefined;
  if (draft.form === 'photos') return { title: [m.photos.addTitle, recordAbout(m, subject, { find: store.find, day: formatDay })].join(' · '), href: paths.addPhotos(subject.recordId, draftId) };
  switch (subject.kind) {
    case 'household': {
      const name = m.words.household(subject.fields.headName, subject.fields.no);
      if (draft.form === 'household') return { title: `${m.households.form.title} · ${name}`, href: paths.correctHousehold(subject.recordId, draftId) };
      return draft.form === 'move_household'
        ? { title: `${m.households.moving.title} · ${name}`, href: paths.moveHousehold(subject.recordId, draftId) }
        : { title: `${m.visits.title} · ${name}`, href: paths.newVisit(subject.recordId, draftId) };
    }
    case 'prestigious_person':
      return placeOfPerson(draft, subject.recordId, subject.fields.fullName, m);
    case 'prestigious_term': {
      const { personId } = subject.fields;
      const to = termStates.find((state) => state === (draft.values as { readonly to?: unknown }).to);
      const person = store.find(personId);
      if (to === undefined || !isKind(person, 'prestigious_person')) return undefined;
      return { title: `${m.people.term.steps[to]} · ${person.fields.fullName}`, href: paths.termStep(personId, subject.recordId, to) };
    }
    case 'benefit':
      return { title: `${m.people.benefit.correctTitle} · ${m.words.benefitKinds[subject.fields.kind]}`, href: paths.benefit(subject.fields.personId, subject.recordId) };
    case 'feedback': {
      const { topic } = store.standing(subject);
      const about = topic === undefined ? '' : ` · ${m.words.topics[topic]}`;
      return draft.form === 'tell'
        ? { title: `${m.feedback.tellTitle}${about}`, href: paths.tell(subject.recordId) }
        : { title: `${m.feedback.detail}${about}`, href: paths.feedback(subject.recordId) };
    }
    case 'handbook_page':
      return { title: `${m.handbook.editPage} · ${subject.fields.title}`, href: paths.editHandbookPage(subject.recordId, draftId) };
    case 'document':
      return { title: `${m.handbook.editDocument} · ${subject.fields.number}`, href: paths.editDocument(subject.recordId, draftId) };
    default:
      return undefined;
  }
}

function placeOfPerson({ form, draftId }: Draft, personId: string, fullName: string, m: Messages): Place {
  switch (form) {
    case 'person':
      return { title: `${m.people.form.title} · ${fullName}`, href: paths.correctPerson(personId) };
    case 'propose':
      return { title: `${m.people.term.proposeTitle} · ${fullName}`, href: paths.proposeTerm(personId) };
    case 'held':
      return { title: `${m.people.term.heldTitle} · ${fullName}`, href: paths.heldTerm(personId) };
    case 'benefit':
      return { title: `${m.people.benefit.title} · ${fullName}`, href: paths.newBenefit(personId) };
    default:
      return { title: `${m.people.logContact} · ${fullName}`, href: paths.newContact(personId, draftId) };
  }
}
