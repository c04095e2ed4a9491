import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { Draft, FieldStore } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { formatWhen } from '#client/ui/dates.ts';
import { Icon } from '#client/ui/icon.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { useToast } from '#client/ui/toast.tsx';

/** Forms that were left half written, to go on with or to give up. */
export function DraftsLeft() {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const drafts = store.drafts().flatMap((draft) => {
    const place = placeOf(draft, m, store);
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
        {drafts.map(({ draft, title, href }) => (
          <Row key={draft.draftId} href={href} title={title} detail={m.today.draftFrom(formatWhen(draft.savedAt))}>
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

/** What a draft is about and where its form opens; undefined: a form this version does not have. */
function placeOf(draft: Draft, m: Messages, store: FieldStore): { readonly title: string; readonly href: string } | undefined {
  const { subjectId, draftId } = draft;
  if (draft.form === 'feedback') return { title: m.feedback.newTitle, href: paths.newFeedback(draftId) };
  const subject = subjectId === undefined ? undefined : store.find(subjectId);
  if (subject === undefined) return undefined;
  switch (subject.kind) {
    case 'household':
      return { title: `${m.visits.title} · ${m.words.household(subject.fields.headName, subject.fields.no)}`, href: paths.newVisit(subject.recordId, draftId) };
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
