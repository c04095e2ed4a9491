import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { Draft, FieldStore } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { formatWhen } from '#client/ui/dates.ts';
import { Fold } from '#client/ui/fold.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Section } from '#client/ui/section.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { placeOf } from './draft-places.ts';
import type { Place } from './draft-places.ts';

/** Drafts that are listed, with where they go on; the newest first. */
export function draftsOnToday(store: FieldStore, m: Messages): readonly (Place & { readonly draft: Draft })[] {
  return store
    .drafts()
    .flatMap((draft) => {
      const place = placeOf(draft, m, store);
      return place === undefined ? [] : [{ draft, ...place }];
    })
    .sort((a, b) => b.draft.savedAt - a.draft.savedAt);
}

/** Forms that were left half written, to go on with or to give up. */
export function DraftsLeft({ anchor }: { readonly anchor?: string | undefined }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const drafts = draftsOnToday(store, m);
  if (drafts.length === 0) return null;

  const discard = async (draft: Draft) => {
    await store.removeDraft(draft.draftId);
    showToast(m.today.draftDropped, { label: m.ui.undo, run: () => void store.saveDraft({ draftId: draft.draftId, form: draft.form, subjectId: draft.subjectId, values: draft.values }) });
  };

  return (
    <Section title={m.today.drafts} count={drafts.length} anchor={anchor}>
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
