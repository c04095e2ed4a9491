import { useState } from 'react';
import type { ComponentType } from 'react';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { ChipsFold } from '#client/ui/chips-fold.tsx';
import { Chips, Choice, Select } from '#client/ui/choice.tsx';
import { formatShortDay } from '#client/ui/dates.ts';
import { DayFold } from '#client/ui/day-fold.tsx';
import { Empty } from '#client/ui/empty.tsx';
import { LimitedText } from '#client/ui/limited-text.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { SavedPage } from '#client/ui/saved-page.tsx';
import { attachPhotos } from '#domain/attach-photo.ts';
import type { PhotoBegun, PhotoError } from '#domain/attach-photo.ts';
import type { CommandError } from '#domain/command.ts';
import { dayOf } from '#domain/identifiers.ts';
import { contactMet, contactPurposes } from '#domain/prestigious-person.ts';
import type { ContactPurpose } from '#domain/prestigious-person.ts';
import type { ContactInput } from '#domain/record-contact.ts';
import { recordContact } from '#domain/record-contact.ts';
import { isKind } from '#domain/record.ts';
import type { RecordState } from '#domain/record.ts';
import { visitTopics } from '#domain/topic.ts';
import type { VisitTopic } from '#domain/topic.ts';
import { visitLimits } from '#domain/visit.ts';
import { feedbackToFollow } from './feedback-to-follow.ts';

/** Photos of a talk: given by the page where the two meet. */
type PhotosBlock = ComponentType<{
  readonly photos: readonly PhotoBegun[];
  readonly onChange: (change: (before: readonly PhotoBegun[]) => readonly PhotoBegun[]) => void;
  readonly error?: PhotoError | undefined;
}>;

interface ContactFormProps {
  readonly personId: string;
  readonly draftId?: string | undefined;
  /** Chosen already in a talk that is begun; undefined: the usual one. */
  readonly purpose?: ContactPurpose | undefined;
  readonly Photos: PhotosBlock;
}

/** A talk with a prestigious person: what was done or promised, never what they think. */
export function ContactForm({ personId, draftId = `contact-${personId}`, purpose, Photos }: ContactFormProps) {
  const m = useMessages();
  const person = useStore().find(personId);
  if (!isKind(person, 'prestigious_person') || person.deleted) {
    return (
      <Page title={m.people.logContact} back={paths.people()}>
        <Empty>{m.people.gone}</Empty>
      </Page>
    );
  }
  return <FormOfPerson key={draftId} person={person} draftId={draftId} purpose={purpose} Photos={Photos} />;
}

interface ContactValues extends Required<Pick<ContactInput, 'date' | 'purpose' | 'met'>> {
  readonly topics: VisitTopic[];
  readonly feedbackIds: string[];
  readonly outcome: string;
  readonly photos: readonly PhotoBegun[];
}

interface FormOfPersonProps extends Omit<ContactFormProps, 'personId'> {
  readonly person: RecordState<'prestigious_person'>;
  readonly draftId: string;
}

function FormOfPerson({ person, draftId, purpose, Photos }: FormOfPersonProps) {
  const m = useMessages();
  const store = useStore();
  const today = dayOf(store.commandContext().now);
  const begin = (): ContactValues => ({ date: today, purpose: purpose ?? 'regular', met: 'yes', topics: [], feedbackIds: [], outcome: '', photos: [] });
  const { values, setValues, form, resumedAt } = useDraftedForm(store, { draftId, form: 'contact', subjectId: person.recordId }, begin);
  const [error, setError] = useState<CommandError | undefined>(undefined);
  const [photoError, setPhotoError] = useState<PhotoError | undefined>(undefined);
  const [isSaved, setIsSaved] = useState(false);
  const toFollow = values.purpose === 'feedback_followup' ? feedbackToFollow(store, person.areaId) : [];
  const set = (fields: Partial<ContactValues>) => setValues((before) => ({ ...before, ...fields }));
  const wrong = (field: string) => (error?.field === field ? fieldErrorWords(m, error) : undefined);

  const submit = async () => {
    // A day to come is asked about on the phone alone.
    const { photos, feedbackIds, ...talk } = values;
    // Chosen before another purpose was, or ended since the draft was kept: it is not on the screen, and is not saved.
    const followed = feedbackIds.filter((id) => toFollow.some(({ said }) => said.recordId === id));
    const context = form.context();
    const entry = values.date > today ? undefined : recordContact(person, { ...talk, feedbackIds: followed }, context);
    if (entry?.ok !== true) {
      setError(entry?.error ?? { kind: 'prestigious_contact', code: 'out_of_range', field: 'date' });
      return;
    }
    setError(undefined);
    const contactId = entry.value.changes[0]?.recordId ?? '';
    // Their ids go on from the talk's: begun anew they would be the same.
    const taken = attachPhotos({ recordId: contactId, areaId: person.areaId }, photos, context);
    setPhotoError(taken.ok ? undefined : taken.error);
    if (taken.ok && (await form.save([entry.value, ...taken.value]))) setIsSaved(true);
  };

  if (isSaved) {
    return (
      <SavedPage title={m.people.logContact} heading={person.fields.fullName} words={m.visits.saved} doneHref={paths.person(person.recordId)} />
    );
  }
  return (
    <FormPage
      title={m.people.logContact}
      back={paths.person(person.recordId, purpose)}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error)]}
      above={<ResumedNotice savedAt={resumedAt} />}
    >
      <p>
        <strong>{person.fields.fullName}</strong>
      </p>
      <Choice
        label={m.visits.met}
        options={contactMet.map((value) => ({ value, label: m.words.met[value] }))}
        value={values.met}
        onChange={(met) => set({ met })}
      />
      <Select
        label={m.visits.purpose}
        options={contactPurposes.map((value) => ({ value, label: m.words.contactPurposes[value] }))}
        value={values.purpose}
        onChange={(chosen) => set({ purpose: chosen })}
      />
      {toFollow.length === 0 ? null : (
        <Chips
          label={m.people.followed}
          options={toFollow.map(({ said: { recordId, fields }, topic }) => ({
            value: recordId,
            label: [topic === undefined ? undefined : m.words.topics[topic], fields.citizenName, formatShortDay(fields.receivedOn)].filter((part) => part !== undefined).join(' · '),
          }))}
          value={values.feedbackIds}
          onChange={(feedbackIds) => set({ feedbackIds })}
          max={visitLimits.feedback}
          inLines
          error={wrong('feedbackIds')}
        />
      )}
      <div>
        <ChipsFold
          name={m.visits.topics}
          label={m.visits.topicsUpTo(visitLimits.topics)}
          options={visitTopics.map((value) => ({ value, label: m.words.topics[value] }))}
          value={values.topics}
          onChange={(topics) => set({ topics })}
          max={visitLimits.topics}
          error={wrong('topics')}
        />
        <DayFold name={{ fold: m.people.contactDay, field: m.people.contactDayLabel }} day={values.date} today={today} onChange={(date) => set({ date })} error={wrong('date')} />
      </div>
      <LimitedText
        label={m.visits.outcome}
        hint={m.people.outcomeHint}
        limit={visitLimits.outcome}
        value={values.outcome}
        onChange={(outcome) => set({ outcome })}
        error={wrong('outcome')}
      />
      <Photos photos={values.photos} onChange={(change) => setValues((before) => ({ ...before, photos: change(before.photos) }))} error={photoError} />
    </FormPage>
  );
}
