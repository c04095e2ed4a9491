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
const aboutRecords = new Set(['visit', 'household', 'contact', 'tell', 'detail', 'photos']);

function orphaned(draft: Draft, m: Messages): Place | undefined {
  if (!aboutRecords.has(draft.form)) return undefined;
  const texts = wordsIn(draft.values);
  return { title: m.today.draftOrphaned, ...(texts.length === 0 ? {} : { texts }) };
}

/** What a draft is about and where its form opens; undefined: a form this version does not have, or its record is gone. */
function placeOf(draft: Draft, m: Messages, store: FieldStore): Place | undefined {
  const { subjectId, draftId } = draft;
  if (draft.form === 'new_member') return { title: m.administration.form.newTitle, href: paths.newMember() };
  if (draft.form === 'feedback') return { title: m.feedback.newTitle, href: paths.newFeedback(draftId) };
  if (draft.form === 'reception') return { title: m.administration.reception.title, href: paths.hamlet(store.account().communeCode) };
  const subject = subjectId === undefined ? undefined : store.find(subjectId);
  if (subject === undefined) return undefined;
  if (draft.form === 'photos') return { title: [m.photos.addTitle, recordAbout(m, subject, { find: store.find, day: formatDay })].join(' · '), href: paths.addPhotos(subject.recordId, draftId) };
  switch (subject.kind) {
    case 'household': {
      const name = m.words.household(subject.fields.headName, subject.fields.no);
      return draft.form === 'household'
        ? { title: `${m.subjectRights.correct.title} · ${name}`, href: paths.correctHousehold(subject.recordId, draftId) }
        : { title: `${m.visits.title} · ${name}`, href: paths.newVisit(subject.recordId, draftId) };
    }
    case 'prestigious_person':
      return { title: `${m.people.logContact} · ${subject.fields.fullName}`, href: paths.newContact(subject.recordId, draftId) };
    case 'feedback': {
      const { topic } = store.standing(subject);
      const about = topic === undefined ? '' : ` · ${m.words.topics[topic]}`;
      return draft.form === 'tell'
        ? { title: `${m.feedback.tellTitle}${about}`, href: paths.tell(subject.recordId) }
        : { title: `${m.feedback.detail}${about}`, href: paths.feedback(subject.recordId) };
    }
    default:
      return undefined;
  }
}
