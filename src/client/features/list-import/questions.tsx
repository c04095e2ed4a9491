import { fieldFacts } from '#client/languages/record-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import { Choice } from '#client/ui/choice.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { formatNumber } from '#client/ui/numbers.ts';
import { Section } from '#client/ui/section.tsx';
import type { RecordKind } from '#domain/record.ts';
import { nearAnswers } from '#lists/import-plan.ts';
import type { FieldDifference, NearAnswer, NearQuestion } from '#lists/import-plan.ts';
import { placeWords } from './import-words.ts';
import styles from './list-import.module.css';

interface QuestionsProps {
  readonly kind: RecordKind;
  readonly questions: readonly NearQuestion[];
  readonly otherwise: NearAnswer | undefined;
  readonly isBusy: boolean;
  readonly onAnswer: (id: string, answer: NearAnswer) => Promise<void>;
  readonly onOtherwise: (answer: NearAnswer) => Promise<void>;
}

/** More than a person reads in one sitting are answered together, or a part at a time. */
const shown = 30;

/** Rows that may be somebody who is in the book already. */
export function Questions({ kind, questions, otherwise, isBusy, onAnswer, onOtherwise }: QuestionsProps) {
  const m = useMessages();
  const t = m.listImport;
  if (questions.length === 0) return null;
  const options = nearAnswers.map((value) => ({ value, label: t.nearAnswers[value] }));
  return (
    <Section title={t.questionsTitle} count={questions.length}>
      <fieldset disabled={isBusy} className={styles['questions']}>
        <legend className="spoken">{t.questionsTitle}</legend>
        {questions.length < 2 ? null : <Choice label={t.forAll} options={options} value={otherwise} onChange={(answer) => void onOtherwise(answer)} />}
        {questions.slice(0, shown).map((question) => (
          <div key={question.id} className={styles['question']}>
            <Choice
              label={`${t.questionReasons[question.reason]} · ${t.inFile(question.said, placeWords(m, question))}`}
              hint={[
                'recordId' in question.like ? t.inBook(question.like.said) : t.likeRow(question.like.said, placeWords(m, question.like)),
                ...question.differs.flatMap((difference) => differenceWords(m, kind, difference) ?? []),
              ].join(' · ')}
              options={question.mayMerge ? options : options.filter(({ value }) => value !== 'merge')}
              value={question.answer}
              onChange={(answer) => void onAnswer(question.id, answer)}
            />
          </div>
        ))}
      </fieldset>
      {questions.length <= shown ? null : <p className="quiet">{t.moreQuestions(formatNumber(questions.length - shown))}</p>}
    </Section>
  );
}

/** Undefined: a field of which no word is for a person (the id of the list). */
function differenceWords(m: Messages, kind: RecordKind, { field, from, to }: FieldDifference): string | undefined {
  const words = (value: unknown) => fieldFacts(m, kind, { [field]: value ?? undefined }, { day: formatDay, amount: formatNumber, nameOf: () => undefined })[0];
  const [before, after] = [words(from), words(to)];
  const name = (after ?? before)?.name;
  return name === undefined ? undefined : m.listImport.wouldChange(name, before?.words ?? m.listImport.emptyValue, after?.words ?? m.listImport.emptyValue);
}
