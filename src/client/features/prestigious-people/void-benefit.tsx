import { useState } from 'react';
import { saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { Button } from '#client/ui/button.tsx';
import { Choice } from '#client/ui/choice.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { voidReasons } from '#domain/visit.ts';
import type { VoidReason } from '#domain/visit.ts';
import { voidRecord } from '#domain/void-record.ts';
import type { Given } from './person-reads.ts';

/** Says that a benefit does not count, and why; or that it counts again. Nothing is deleted. */
export function VoidBenefit({ benefit }: { readonly benefit: Given }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const words = m.people.benefit;
  const { isBusy, run } = useOneAct();
  const [reason, setReason] = useState<VoidReason | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const { voidReason } = benefit.fields;
  const say = async (next: VoidReason | undefined) => {
    const entry = voidRecord(benefit, next, store.commandContext());
    if (!entry.ok || entry.value === undefined) return;
    const saved = await store.write([entry.value]);
    setProblem(saved.ok ? undefined : saveErrorWords(m, saved.error));
    if (saved.ok) showToast(next === undefined ? m.people.saved : words.voidDone);
  };
  return (
    <>
      {problem === undefined ? null : <Notice tone="danger">{problem}</Notice>}
      {voidReason === undefined ? (
        <Fold label={words.voidTitle}>
          <div className="stack">
            <Choice label={words.voidWhy} options={voidReasons.map((value) => ({ value, label: m.words.voidReasons[value] }))} value={reason} onChange={setReason} />
            <Button disabled={isBusy || reason === undefined} onClick={() => void run(async () => await say(reason))}>
              {words.voidIt}
            </Button>
          </div>
        </Fold>
      ) : (
        <div className="stack">
          <Notice tone="calm">{words.isVoid(m.words.voidReasons[voidReason])}</Notice>
          <Button disabled={isBusy} onClick={() => void run(async () => await say(undefined))}>
            {words.countAgain}
          </Button>
        </div>
      )}
    </>
  );
}
