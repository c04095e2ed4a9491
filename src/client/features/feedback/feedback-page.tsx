import type { ReactNode } from 'react';
import { ownPageWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Facts } from '#client/ui/facts.tsx';
import { LargeCode } from '#client/ui/large-code.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { isReferredKind } from '#domain/feedback.ts';
import { isKind } from '#domain/record.ts';
import { DetailForm } from './detail-form.tsx';
import { FeedbackWay } from './feedback-way.tsx';
import { ReceptionPlace } from './reception-place.tsx';

interface FeedbackPageProps {
  readonly id: string;
  /** What two people wrote differently in it, asked; and who set what: parts that every record's page has. */
  readonly conflicts: ReactNode;
  readonly history: ReactNode;
}

/** One feedback: what was said, its way so far, its answer, and what the team does next. */
export function FeedbackPage({ id, conflicts, history }: FeedbackPageProps) {
  const m = useMessages();
  const store = useStore();
  const feedback = store.find(id);
  if (!isKind(feedback, 'feedback') || feedback.deleted) {
    return (
      <Page title={m.feedback.title} back={paths.feedbackList()}>
        <Empty>{m.feedback.gone}</Empty>
      </Page>
    );
  }
  const { fields } = feedback;
  const standing = store.standing(feedback);
  const mark = store.mark(feedback);
  const needs = ownPageWords(m, mark);
  const isToTell = standing.state === 'answered' || standing.state === 'delivered';
  const facts = [
    { name: m.feedback.kind, words: m.words.feedbackKinds[fields.kind] },
    { name: m.feedback.place, words: fields.place },
    { name: m.feedback.urgency, words: standing.urgency === 'normal' ? undefined : m.words.urgencies[standing.urgency] },
    { name: m.feedback.citizenName, words: fields.citizenName },
    { name: m.feedback.citizenPhone, words: fields.citizenPhone },
  ];

  return (
    <Page
      title={standing.topic === undefined ? m.words.feedbackKinds[fields.kind] : m.words.topics[standing.topic]}
      back={paths.feedbackList()}
      actions={<Mark state={mark.state} />}
      footer={
        isToTell ? (
          <ButtonLink variant="primary" wide href={paths.tell(id)}>
            {standing.state === 'answered' ? m.feedback.tell : m.feedback.noteConfirmation}
          </ButtonLink>
        ) : undefined
      }
    >
      <p>
        <strong>{m.words.feedbackStates[standing.state]}</strong>
      </p>
      {needs === undefined ? null : <Notice tone="warn">{needs}</Notice>}
      {conflicts}
      {standing.returned === undefined ? null : <DetailForm feedback={feedback} standing={standing} returned={standing.returned} />}
      {isReferredKind(fields.kind) ? (
        <Notice tone="calm">
          <p>{m.feedback.referredWhere}</p>
          <ReceptionPlace />
          <p>{m.feedback.referredKept}</p>
        </Notice>
      ) : (
        <Section title={m.feedback.saidOn(formatDay(fields.receivedOn))}>
          <p>{fields.text}</p>
          {standing.details.map((detail) => (
            <p key={detail}>{detail}</p>
          ))}
        </Section>
      )}
      {standing.answer === undefined ? null : (
        <Section title={m.feedback.answer}>
          <Notice tone="good">{standing.answer}</Notice>
          {standing.answeredOn === undefined ? null : <p className="quiet">{m.feedback.answeredOn(formatDay(standing.answeredOn))}</p>}
        </Section>
      )}
      <Facts facts={facts} />
      {fields.receiptCode === undefined ? null : (
        <>
          <LargeCode label={m.feedback.receiptCode} code={fields.receiptCode} />
          <div className="line">
            <ButtonLink href={paths.receiptSlip(id)}>{m.feedback.slip.print}</ButtonLink>
          </div>
        </>
      )}
      <Section title={m.feedback.way}>
        <FeedbackWay feedback={feedback} standing={standing} store={store} />
      </Section>
      {history}
    </Page>
  );
}
