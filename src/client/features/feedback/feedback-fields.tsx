import { useState } from 'react';
import { fieldErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from '#client/ui/button.tsx';
import { Choice, Select } from '#client/ui/choice.tsx';
import { PhoneField, TextField } from '#client/ui/field.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { LimitedText } from '#client/ui/limited-text.tsx';
import { Notice } from '#client/ui/notice.tsx';
import type { Rejection } from '#domain/rejection.ts';
import { feedbackKinds, isReferredKind, urgencies } from '#domain/feedback.ts';
import type { FeedbackKind } from '#domain/feedback.ts';
import { isAboutStaff, topics } from '#domain/topic.ts';
import { losesWords, withKind } from './feedback-said.ts';
import type { FeedbackSaid } from './feedback-said.ts';
import { ReceptionPlace } from './reception-place.tsx';

interface FeedbackFieldsProps {
  readonly said: FeedbackSaid;
  readonly onChange: (said: FeedbackSaid) => void;
  readonly error?: Rejection | undefined;
  /** Who most likely speaks: offered once the name may be written. */
  readonly speaker?: { readonly name?: string | undefined; readonly phone?: string | undefined } | undefined;
  /** Whoever speaks does not let their name be written down: it is not asked for. */
  readonly isNameless?: boolean | undefined;
}

const textLimit = 1000;

/** What a citizen says, in the order it is said. For a complaint or denunciation there is nothing to write into. */
export function FeedbackFields({ said, onChange, error, speaker, isNameless = false }: FeedbackFieldsProps) {
  const m = useMessages();
  const [asked, setAsked] = useState<FeedbackKind | undefined>(undefined);
  const set = (fields: Partial<FeedbackSaid>) => onChange({ ...said, ...fields });
  const wrong = (field: string) => (error !== undefined && (error.field ?? 'text') === field ? fieldErrorWords(m, error) : undefined);
  const chooseKind = (kind: FeedbackKind) => {
    if (losesWords(said, kind)) setAsked(kind);
    else onChange(withKind(said, kind));
  };

  return (
    <div className="stack">
      <Choice
        label={m.feedback.kind}
        options={feedbackKinds.map((value) => ({ value, label: m.words.feedbackKinds[value] }))}
        value={said.kind}
        onChange={chooseKind}
        error={wrong('kind')}
      />
      {asked === undefined ? null : (
        <Notice tone="warn">
          <p>{m.feedback.referredLoses}</p>
          <div className="line">
            <Button
              variant="danger"
              onClick={() => {
                onChange(withKind(said, asked));
                setAsked(undefined);
              }}
            >
              {m.feedback.referredDrop}
            </Button>
            <Button onClick={() => setAsked(undefined)}>{m.ui.back}</Button>
          </div>
        </Notice>
      )}
      {isReferredKind(said.kind) ? (
        <Notice tone="warn">
          <strong>{m.feedback.referredTitle}</strong>
          <p>{m.feedback.referredWhere}</p>
          <ReceptionPlace />
          <p>{m.feedback.referredKept}</p>
        </Notice>
      ) : (
        <>
          <Select
            label={m.feedback.topic}
            options={topics.map((value) => ({ value, label: m.words.topics[value] }))}
            value={said.topic}
            onChange={(topic) => set({ topic })}
            placeholder={m.feedback.chooseTopic}
            error={wrong('topic')}
          />
          {isAboutStaff(said.topic) ? <Notice tone="calm">{m.feedback.aboutStaff}</Notice> : null}
          <LimitedText
            label={m.feedback.text}
            hint={m.feedback.textHint}
            limit={textLimit}
            rows={4}
            value={said.text ?? ''}
            onChange={(text) => set({ text })}
            error={wrong('text')}
          />
          {isNameless ? null : (
            <Choice
              label={m.feedback.anonymity}
              options={[
                { value: 'named', label: m.words.anonymities.named },
                { value: 'name_withheld', label: m.words.anonymities.name_withheld },
              ]}
              value={said.anonymity === 'anonymous' ? undefined : said.anonymity}
              onChange={(anonymity) =>
                set(
                  anonymity === 'named'
                    ? { anonymity, citizenName: said.citizenName ?? speaker?.name, citizenPhone: said.citizenPhone ?? speaker?.phone }
                    : { anonymity },
                )
              }
              error={wrong('anonymity')}
            />
          )}
          {said.anonymity === 'name_withheld' ? <p className="quiet">{m.feedback.withheldHint}</p> : null}
          {said.anonymity === 'named' ? (
            <>
              <TextField
                label={m.feedback.citizenName}
                maxLength={80}
                value={said.citizenName ?? ''}
                onChange={(event) => set({ citizenName: event.currentTarget.value })}
                error={wrong('citizenName')}
              />
              <PhoneField
                label={m.feedback.citizenPhone}
                hint={m.ui.optional}
                value={said.citizenPhone ?? ''}
                onChange={(event) => set({ citizenPhone: event.currentTarget.value })}
                error={wrong('citizenPhone')}
              />
              <Choice
                label={m.feedback.nameToResponder}
                options={[
                  { value: 'no', label: m.words.no },
                  { value: 'yes', label: m.words.yes },
                ]}
                value={said.nameToResponder === true ? 'yes' : 'no'}
                onChange={(value) => set({ nameToResponder: value === 'yes' })}
              />
            </>
          ) : null}
          <Fold
            label={m.feedback.more}
            detail={said.urgency === 'urgent_safety' ? m.words.urgencies.urgent_safety : said.place}
          >
            <div className="stack">
              <TextField
                label={m.feedback.place}
                hint={m.ui.optional}
                maxLength={80}
                value={said.place ?? ''}
                onChange={(event) => set({ place: event.currentTarget.value })}
                error={wrong('place')}
              />
              <Choice
                label={m.feedback.urgency}
                options={urgencies.map((value) => ({ value, label: m.words.urgencies[value] }))}
                value={said.urgency ?? 'normal'}
                onChange={(urgency) => set({ urgency })}
              />
            </div>
          </Fold>
        </>
      )}
    </div>
  );
}
