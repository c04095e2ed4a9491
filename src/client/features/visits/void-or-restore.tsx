import { useState } from 'react';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { mayCorrect } from '#client/store/may-correct.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Choice } from '#client/ui/choice.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { voidReasons } from '#domain/visit.ts';
import type { VoidReason } from '#domain/visit.ts';
import { isVoid } from '#domain/void-record.ts';
import type { VoidableRecord } from '#domain/void-record.ts';
import { setVoidIn } from './set-void.ts';
import { voidableIn } from './visit-in-hand.ts';

/** Beside a form that puts the record right: that it does not count, or that it counts again. Nothing is deleted. Nothing for whoever may not. */
export function VoidOrRestore({ recordId }: { readonly recordId: string }) {
  const store = useStore();
  const record = voidableIn(store, recordId);
  if (record === undefined || !mayCorrect(store, record)) return null;
  return isVoid(record) ? <Restore record={record} isMine /> : <MakeVoid record={record} />;
}

/** Saves at once, and says so or why not. */
function useVoiding(record: VoidableRecord) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const { isBusy, run } = useOneAct();
  const setVoid = (reason: VoidReason | undefined, words: string) =>
    void run(async () => {
      const error = await setVoidIn(store, record, reason);
      showToast(error === undefined ? words : saveErrorWords(m, error));
    });
  return { isBusy, setVoid };
}

/** Says that it is void and why; whoever may (`isMine`) lets it count again. */
export function Restore({ record, isMine }: { readonly record: VoidableRecord; readonly isMine: boolean }) {
  const m = useMessages();
  const v = m.visits.voiding;
  const { isBusy, setVoid } = useVoiding(record);
  const { voidReason = 'other' } = record.fields;
  return (
    <Notice tone="warn">
      <p>{v.is(m.words.voidReasons[voidReason])}</p>
      {isMine ? (
        <div className="line">
          <Button disabled={isBusy} onClick={() => setVoid(undefined, v.undone)}>
            {v.undo}
          </Button>
        </div>
      ) : null}
    </Notice>
  );
}

/** One press away, and never without a reason. */
export function MakeVoid({ record }: { readonly record: VoidableRecord }) {
  const m = useMessages();
  const v = m.visits.voiding;
  const [reason, setReason] = useState<VoidReason | undefined>(undefined);
  const { isBusy, setVoid } = useVoiding(record);
  return (
    <Fold label={v.open}>
      <Choice label={v.label} hint={v.hint} options={voidReasons.map((value) => ({ value, label: m.words.voidReasons[value] }))} value={reason} onChange={setReason} />
      <div className="line">
        <Button variant="danger" disabled={isBusy || reason === undefined} onClick={() => (reason === undefined ? undefined : setVoid(reason, v.done))}>
          {v.yes}
        </Button>
      </div>
    </Fold>
  );
}
