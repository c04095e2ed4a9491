import type { ReactNode } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { ChipsFold } from '#client/ui/chips-fold.tsx';
import { Choice, Select } from '#client/ui/choice.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { DayFold } from '#client/ui/day-fold.tsx';
import { DateField, TextField } from '#client/ui/field.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { LimitedText } from '#client/ui/limited-text.tsx';
import { supportKinds, visitTopics } from '#domain/topic.ts';
import { companionUnits, visitLimits, visitMet, visitPurposes } from '#domain/visit.ts';
import type { ReturnableField } from '#domain/visit-return.ts';
import type { VisitFieldValues } from './visit-field-values.ts';

interface VisitFieldsProps {
  readonly values: VisitFieldValues;
  readonly onChange: (fields: Partial<VisitFieldValues>) => void;
  /** Why a field is not taken, in words. */
  readonly wrong: (field: ReturnableField) => string | undefined;
  /** What the commune asks about a field: stands above it, and unfolds it. */
  readonly asked?: ((field: ReturnableField) => ReactNode) | undefined;
  readonly outcomeHint: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** After the first question. */
  readonly consent?: ReactNode;
  /** At the end, among what is rarely needed. */
  readonly folds?: ReactNode;
}

/** What is written of a visit, in the order people speak: what is usual without scrolling, the rest one press away. */
export function VisitFields({ values, onChange, wrong, asked, outcomeHint, today, consent, folds }: VisitFieldsProps) {
  const m = useMessages();
  const ask = (field: ReturnableField) => asked?.(field);
  const isOpen = (field: ReturnableField) => (ask(field) === undefined && wrong(field) === undefined ? undefined : true);
  const promised = (
    <>
      {ask('promisedOn')}
      <DateField
        label={m.visits.promised}
        hint={m.visits.promisedHint}
        min={today}
        value={values.promisedOn}
        onChange={(event) => onChange({ promisedOn: event.currentTarget.value })}
        error={wrong('promisedOn')}
      />
    </>
  );
  const isPromiseFirst = values.met === 'asked_later';
  return (
    <>
      {ask('met')}
      <Choice
        label={m.visits.met}
        options={visitMet.map((value) => ({ value, label: m.words.met[value] }))}
        value={values.met}
        onChange={(met) => onChange({ met })}
        error={wrong('met')}
      />
      {isPromiseFirst ? promised : null}
      {consent}
      {ask('purpose')}
      <Select
        label={m.visits.purpose}
        options={visitPurposes.map((value) => ({ value, label: m.words.visitPurposes[value] }))}
        value={values.purpose}
        onChange={(purpose) => onChange({ purpose })}
        error={wrong('purpose')}
      />
      {ask('outcome')}
      <LimitedText
        label={m.visits.outcome}
        hint={outcomeHint}
        rows={2}
        limit={visitLimits.outcome}
        value={values.outcome}
        onChange={(outcome) => onChange({ outcome })}
        error={wrong('outcome')}
      />
      <div>
        <ChipsFold
          name={m.visits.companions}
          label={m.visits.companionsHint}
          options={companionUnits.map((value) => ({ value, label: m.words.companionUnits[value] }))}
          value={values.companions}
          onChange={(companions) => onChange({ companions })}
          isOpen={isOpen('companions')}
          above={ask('companions')}
        />
        <ChipsFold
          name={m.visits.topics}
          label={m.visits.topicsUpTo(visitLimits.topics)}
          options={visitTopics.map((value) => ({ value, label: m.words.topics[value] }))}
          value={values.topics}
          onChange={(topics) => onChange({ topics })}
          max={visitLimits.topics}
          error={wrong('topics')}
          isOpen={isOpen('topics')}
          above={ask('topics')}
        />
        <ChipsFold
          name={m.visits.needs}
          label={m.visits.needsHint}
          options={supportKinds.map((value) => ({ value, label: m.words.supportKinds[value] }))}
          value={values.needsReported}
          onChange={(needsReported) => onChange({ needsReported })}
          isOpen={isOpen('needsReported')}
          above={ask('needsReported')}
        />
        {isPromiseFirst ? null : (
          <Fold label={m.visits.promisedFold} detail={values.promisedOn === '' ? undefined : formatDay(values.promisedOn)} isOpen={isOpen('promisedOn')}>
            {promised}
          </Fold>
        )}
        <DayFold day={values.date} today={today} onChange={(date) => onChange({ date })} error={wrong('date')} isOpen={isOpen('date')} above={ask('date')} />
        <Fold label={m.visits.duration} detail={values.durationMin === '' ? undefined : m.visits.minutes(values.durationMin)} isOpen={isOpen('durationMin')}>
          {ask('durationMin')}
          <TextField
            label={m.visits.durationLabel}
            hint={m.visits.durationHint}
            inputMode="numeric"
            maxLength={3}
            value={values.durationMin}
            onChange={(event) => onChange({ durationMin: event.currentTarget.value })}
            error={wrong('durationMin')}
          />
        </Fold>
        {folds}
      </div>
    </>
  );
}
