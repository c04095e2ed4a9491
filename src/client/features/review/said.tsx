import { useMessages } from '#client/languages/use-messages.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { formatDay } from '#client/ui/dates.ts';
import { Icon } from '#client/ui/icon.tsx';
import { Section } from '#client/ui/section.tsx';
import { isReferredKind } from '#domain/feedback.ts';
import { isKind } from '#domain/record.ts';
import type { DeskRow } from './desk-row.ts';
import styles from './said.module.css';

/** What the citizen said, where, and who it was if that may be known here; then what was asked and added. */
export function Said({ store, row }: { readonly store: FieldStore; readonly row: DeskRow }) {
  const m = useMessages();
  const { feedback, standing } = row;
  const { fields } = feedback;
  if (isReferredKind(fields.kind)) return <p>{m.review.referredSaid}</p>;
  const withheld = fields.anonymity === 'named' ? m.review.nameNotShown : m.review.nameWithheld;
  const details = standing.history.flatMap(({ eventId, event, applied }) => (applied && event.type === 'add_detail' && event.detail !== undefined ? [{ eventId, detail: event.detail }] : []));
  const kept = standing.mergedInto === undefined ? undefined : store.find(standing.mergedInto);
  return (
    <>
      <Section title={m.review.said}>
        {standing.urgency === 'urgent_safety' ? (
          <p className={styles['urgent']}>
            <Icon name="urgent" /> {m.words.urgencies.urgent_safety}
          </p>
        ) : null}
        <blockquote className={styles['text']}>{fields.text}</blockquote>
        {details.map(({ eventId, detail }) => (
          <p key={eventId} className={styles['text']}>
            <strong>{m.review.details}:</strong> {detail}
          </p>
        ))}
        <p className="quiet">
          {[
            areaName(store, feedback.areaId),
            fields.place,
            formatDay(fields.receivedOn),
            fields.channel === undefined ? undefined : m.words.feedbackChannels[fields.channel],
          ]
            .filter((words) => words !== undefined)
            .join(' · ')}
        </p>
        <p>
          {fields.citizenName ?? withheld}
          {fields.citizenPhone === undefined ? null : (
            <>
              {' · '}
              <a href={`tel:${fields.citizenPhone}`}>{fields.citizenPhone}</a>
            </>
          )}
        </p>
        {fields.receiptCode === undefined ? null : (
          <p className="quiet">
            {m.review.code} <strong>{fields.receiptCode}</strong>
          </p>
        )}
        {isKind(kept, 'feedback') ? (
          <p>
            {m.review.mergedInto} <strong>{kept.fields.receiptCode}</strong>
          </p>
        ) : null}
      </Section>
      {standing.returned === undefined ? null : (
        <Section title={m.review.asked(returnedField(m.words.returnableFields, standing.returned.field))}>
          <p className={styles['text']}>{standing.returned.comment}</p>
        </Section>
      )}
    </>
  );
}

/** The answer as it will be told, and what the citizen said of it. While two wait to be picked from, neither is the answer. */
export function Answered({ row: { standing } }: { readonly row: DeskRow }) {
  const m = useMessages();
  if (standing.answer === undefined || standing.otherAnswers.length > 0) return null;
  return (
    <Section title={m.review.answer}>
      <p className={styles['text']}>{standing.answer}</p>
      {standing.publicAnswer === undefined ? null : (
        <p className={styles['text']}>
          <strong>{m.review.publicAnswer}:</strong> {standing.publicAnswer}
        </p>
      )}
      {standing.confirmation === undefined ? null : (
        <p>
          <strong>{m.review.confirmation}:</strong> {m.words.confirmations[standing.confirmation]}
        </p>
      )}
    </Section>
  );
}

function returnedField(words: Readonly<Record<string, string>>, field: string): string {
  return words[field] ?? field;
}
