import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { reasonLength } from '#client/remote/waiting.ts';
import type { DecisionRequest, WaitingForSupervisor } from '#client/remote/waiting.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Select } from '#client/ui/choice.tsx';
import { TextArea } from '#client/ui/field.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { otherHamlets } from './waiting-words.ts';

interface DecisionFormsProps {
  readonly entry: WaitingForSupervisor;
  readonly disabled: boolean;
  readonly onDecide: (request: DecisionRequest) => void;
}

/** What needs more than one tap: into which hamlet, or why not. */
export function DecisionForms({ entry, disabled, onDecide }: DecisionFormsProps) {
  const m = useMessages();
  const hamlets = otherHamlets(useStore(), entry.changes);
  const [hamletId, setHamletId] = useState<string | undefined>(undefined);
  const [reason, setReason] = useState('');
  const [isTooShort, setIsTooShort] = useState(false);
  const { entryId } = entry;

  const decline = () => {
    const words = reason.trim();
    setIsTooShort(words.length < reasonLength.least);
    if (words.length >= reasonLength.least) onDecide({ entryId, decision: 'decline', reason: words });
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
            onChange={setHamletId}
          />
          <Button
            wide
            disabled={disabled || hamletId === undefined}
            onClick={() => {
              if (hamletId !== undefined) onDecide({ entryId, decision: 'accept', hamletId });
            }}
          >
            {m.supervisor.acceptThere}
          </Button>
        </Fold>
      )}
      <Fold label={m.supervisor.decline}>
        <TextArea
          label={m.supervisor.reason}
          hint={m.supervisor.reasonHint}
          maxLength={reasonLength.most}
          value={reason}
          onChange={(event) => {
            setReason(event.currentTarget.value);
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
