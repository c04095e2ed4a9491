import { useId } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { Choice } from '#client/ui/choice.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { consentWays } from '#domain/consent.ts';
import type { ConsentWay } from '#domain/consent.ts';
import styles from './consent-question.module.css';

/** `later`: the question is put off, and nothing is saved about it. */
type ConsentAnswer = 'given' | 'refused' | 'later';
const answers: readonly ConsentAnswer[] = ['given', 'refused', 'later'];

interface ConsentQuestionProps {
  readonly answer: ConsentAnswer | undefined;
  readonly way: ConsentWay;
  readonly onChange: (said: { readonly answer: ConsentAnswer | undefined; readonly way: ConsentWay }) => void;
  /** The numbers of its doubles that name it, and lose that with a refusal. */
  readonly doubles?: readonly number[];
}

/** Read aloud at the door, answered with one tap: may this household be written down by name? */
export function ConsentQuestion({ answer, way, onChange, doubles = [] }: ConsentQuestionProps) {
  const m = useMessages();
  const c = m.subjectRights.consent;
  const id = useId();
  return (
    <section className={styles['question']} aria-labelledby={id}>
      <h2 className={styles['title']} id={id}>
        {c.readAloud}
      </h2>
      <p>{c.text}</p>
      <Choice
        label={c.answerLabel}
        options={answers.map((value) => ({ value, label: c.answers[value] }))}
        value={answer}
        onChange={(next) => onChange({ answer: next, way })}
      />
      {answer === 'given' || answer === 'refused' ? (
        <Choice
          label={c.way}
          options={consentWays.map((value) => ({ value, label: m.words.consentWays[value] }))}
          value={way}
          onChange={(next) => onChange({ answer, way: next })}
        />
      ) : null}
      {answer === 'refused' ? (
        <Notice tone={doubles.length === 0 ? 'calm' : 'warn'}>
          <p>{c.refusedMeans}</p>
          {doubles.length === 0 ? null : <p>{c.goesOnDoubles(doubles.join(', '))}</p>}
        </Notice>
      ) : null}
    </section>
  );
}
