import { useState } from 'react';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { recordAbout } from '#client/languages/record-title.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Empty } from '#client/ui/empty.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { FormPage } from '#client/ui/form-page.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { SavedPage } from '#client/ui/saved-page.tsx';
import { attachPhotos } from '#domain/attach-photo.ts';
import type { PhotoBegun, PhotoError } from '#domain/attach-photo.ts';
import type { AnyRecord } from '#domain/record.ts';
import { PhotoBlock } from './photo-block.tsx';
import { photosOf } from './photo-strip.tsx';

interface AddPhotosProps {
  readonly parentId: string;
  readonly draftId?: string | undefined;
}

/** Photos for a record that is saved already. */
export function AddPhotosForm({ parentId, draftId = `photos-${parentId}` }: AddPhotosProps) {
  const m = useMessages();
  const parent = useStore().find(parentId);
  if (parent === undefined || parent.deleted) {
    return (
      <Page title={m.photos.addTitle} back={paths.today()}>
        <Empty>{m.photos.parentGone}</Empty>
      </Page>
    );
  }
  return <FormOfParent key={draftId} parent={parent} draftId={draftId} />;
}

interface PhotoValues {
  readonly photos: readonly PhotoBegun[];
}

function FormOfParent({ parent, draftId }: { readonly parent: AnyRecord; readonly draftId: string }) {
  const m = useMessages();
  const store = useStore();
  const { values, setValues, form, resumedAt } = useDraftedForm<PhotoValues>(store, { draftId, form: 'photos', subjectId: parent.recordId }, () => ({ photos: [] }));
  const [error, setError] = useState<PhotoError | undefined>(undefined);
  const [isEmpty, setIsEmpty] = useState(false);
  const [isSaved, setIsSaved] = useState(false);
  const back = pageOf(parent);
  const about = recordAbout(m, parent, { find: store.find, day: formatDay });

  const submit = async () => {
    const entries = attachPhotos(parent, values.photos, form.context());
    setError(entries.ok ? undefined : entries.error);
    setIsEmpty(values.photos.length === 0);
    if (entries.ok && entries.value.length > 0 && (await form.save(entries.value))) setIsSaved(true);
  };

  if (isSaved) return <SavedPage title={m.photos.addTitle} heading={about ?? m.photos.addTitle} words={m.photos.saved} doneHref={back} />;
  const unnamed = error === undefined || error.field === 'hasFace' || error.field === 'consent' ? undefined : fieldErrorWords(m, error);
  return (
    <FormPage
      title={m.photos.addTitle}
      back={back}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error), isEmpty ? m.photos.noneYet : undefined, unnamed]}
      above={<ResumedNotice savedAt={resumedAt} />}
    >
      <p>
        <strong>{about}</strong>
      </p>
      <PhotoBlock
        photos={values.photos}
        onChange={(change) => {
          setIsEmpty(false);
          setValues((before) => ({ ...before, photos: change(before.photos) }));
        }}
        error={error}
        already={photosOf(store, parent.recordId).filter(({ fields }) => fields.removedOn === undefined).length}
      />
    </FormPage>
  );
}

/** Where a record's photos are seen. */
export function pageOf({ kind, recordId }: Pick<AnyRecord, 'kind' | 'recordId'>): string {
  return kind === 'prestigious_person' ? paths.person(recordId) : paths.record(recordId);
}
