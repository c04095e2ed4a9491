import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { HandOverFile } from '#client/store/hand-over.ts';
import { Button } from '#client/ui/button.tsx';
import { giveFile } from '#client/ui/give-file.ts';
import type { GivenFile } from '#client/ui/give-file.ts';
import { Icon } from '#client/ui/icon.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';

type Outcome = { readonly count: number; readonly given: GivenFile } | 'nothing' | 'failed';

/** Makes a file of what exists only here and gives it to whoever carries it. Works on a locked and on a wiped phone too: nothing in it can be read. */
export function HandOver({ make, onGiven }: { readonly make: () => Promise<HandOverFile | undefined>; readonly onGiven?: (count: number) => void }) {
  const m = useMessages().bundle;
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);
  const { isBusy: isMaking, run } = useOneAct();

  const press = async () => {
    setOutcome(undefined);
    try {
      const file = await make();
      if (file === undefined) setOutcome('nothing');
      else {
        const given = await giveFile(file);
        setOutcome({ count: file.count, given });
        if (given !== 'dismissed') onGiven?.(file.count);
      }
    } catch (error) {
      reportError(error);
      setOutcome('failed');
    }
  };

  return (
    <div className="stack-close">
      <p>{m.handOverHint}</p>
      <Button wide disabled={isMaking} onClick={() => void run(press)}>
        <Icon name="file" />
        {isMaking ? m.making : m.handOver}
      </Button>
      {outcome === undefined ? null : <HandOverOutcome outcome={outcome} />}
    </div>
  );
}

function HandOverOutcome({ outcome }: { readonly outcome: Outcome }) {
  const m = useMessages().bundle;
  if (outcome === 'failed') return <Notice tone="danger">{m.makingFailed}</Notice>;
  if (outcome === 'nothing') return <Notice tone="good">{m.nothingToHandOver}</Notice>;
  if (outcome.given === 'dismissed') return <Notice tone="calm">{m.notShared}</Notice>;
  return (
    <Notice tone="calm">
      <strong>{outcome.given === 'shared' ? m.shared(outcome.count) : m.downloaded(outcome.count)}</strong>
      <p>{m.staysHere}</p>
    </Notice>
  );
}
