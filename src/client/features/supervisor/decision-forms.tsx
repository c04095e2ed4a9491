import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { reasonLength } from '#client/remote/waiting.ts';
import type { DecisionRequest, WaitingForSupervisor } from '#client/remote/waiting.ts';
import { useDraftedValues } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Select } from '#client/ui/choice.tsx';
import { TextArea } from '#client/ui/field.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { otherHamlets } from './waiting-words.ts';

interface DecisionFormsProps {
  readonly entry: WaitingForSupervisor;
  readonly disabled: boolean;
  /** Resolves to whether it is decided now. */
  readonly onDecide: (request: DecisionRequest) => Promise<boolean>;
}

interface DecisionValues {
  readonly hamletId?: string | undefined;
  readonly reason: string;
}

export function decisionDraftId(entryId: string): string {
  return `decision-${entryId}`;
}

/** What needs more than one tap: into which hamlet, or why not. */
export function DecisionForms({ entry, disabled, onDecide }: DecisionFormsProps) {
  const m = useMessages();
  const store = useStore();
  const { entryId } = entry;
  const hamlets = otherHamlets(store, entry.changes);
  const { values, setValues, resumedAt, end } = useDraftedValues<DecisionValues>(store, { draftId: decisionDraftId(entryId), form: 'decision', subjectId: entryId }, () => ({ reason: '' }));
  const { reason } = values;
  const hamletId = hamlets.find((hamlet) => hamlet.hamletId === values.hamletId)?.hamletId;
  const [isTooShort, setIsTooShort] = useState(false);
  const decide = async (request: DecisionRequest) => {
    if (await onDecide(request)) await end();
  };

  const decline = () => {
    const words = reason.trim();
    setIsTooShort(words.length < reasonLength.least);
    if (words.length >= reasonLength.least) void decide({ entryId, decision: 'decline', reason: words });
  };

  return (
    <div>
      {hamlets.length === 0 ? null : (
        <Fold label={m.supervisor.acceptInto}>
          <Select
            label={m.supervisor.hamlet}
            hint={m.supervisor.acceptIntoHint}
            placeholder={m.supervisor.chooseHamlet}
            options={hamlets.map((hamlet) => ({ value: hamlet.hamletId, label: hamlet.name }))}
            value={hamletId}
            onChange={(chosen) => setValues({ ...values, hamletId: chosen })}
          />
          <Button
            wide
            disabled={disabled || hamletId === undefined}
            onClick={() => {
              if (hamletId !== undefined) void decide({ entryId, decision: 'accept', hamletId });
            }}
          >
            {m.supervisor.acceptThere}
          </Button>
        </Fold>
      )}
      <Fold label={m.supervisor.decline} isOpen={resumedAt !== undefined}>
        <TextArea
          label={m.supervisor.reason}
          hint={m.supervisor.reasonHint}
          maxLength={reasonLength.most}
          value={reason}
          onChange={(event) => {
            setValues({ ...values, reason: event.currentTarget.value });
            setIsTooShort(false);
          }}
          error={isTooShort ? m.supervisor.reasonShort : undefined}
        />
        <Button variant="danger" wide disabled={disabled} onClick={decline}>
          {m.supervisor.declineNow}
        </Button>
      </Fold>
    </div>
  );
}
