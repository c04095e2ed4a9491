import { useState } from 'react';
import { saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button, ButtonLink } from '#client/ui/button.tsx';
import { Choice } from '#client/ui/choice.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Fold } from '#client/ui/fold.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { paths } from '#client/ui/paths.ts';
import { useToast } from '#client/ui/toast.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { isOpenReturn } from '#domain/return-visit.ts';
import { voidReasons } from '#domain/visit.ts';
import type { VoidReason } from '#domain/visit.ts';
import { isVoid, isVoidable } from '#domain/void-record.ts';
import type { VoidableRecord } from '#domain/void-record.ts';
import { AskedAbout } from './asked-about.tsx';
import { setVoidIn } from './set-void.ts';
import { mayAskBack, mayCorrect } from './visit-in-hand.ts';

/** What stands at the top of a record's page: that it is void, and what the commune asks about it. */
export function VisitNotices({ recordId }: { readonly recordId: string }) {
  const m = useMessages();
  const store = useStore();
  const record = voidableIn(store, recordId);
  if (record === undefined) return null;
  const isMine = mayCorrect(store, record);
  const open = record.kind === 'visit' ? store.childrenOf('visit_return', recordId).filter(isOpenReturn) : [];
  return (
    <>
      {isVoid(record) ? <Restore record={record} isMine={isMine} /> : null}
      {open.map((asked) => (
        <AskedAbout key={asked.recordId} asked={asked} answers={isMine && !isVoid(record)} withdraws={mayAskBack(store)} rests={isVoid(record)}>
          <ButtonLink href={paths.correctVisit(recordId)}>{m.visits.returning.mend}</ButtonLink>
        </AskedAbout>
      ))}
    </>
  );
}

/** What may be done with it: a visit is corrected or asked about; a visit, a talk or a benefit is made void. Nothing for other kinds. */
export function VisitActions({ recordId }: { readonly recordId: string }) {
  const m = useMessages();
  const store = useStore();
  const record = voidableIn(store, recordId);
  if (record === undefined) return null;
  const isVisit = record.kind === 'visit';
  const isMine = mayCorrect(store, record) && !isVoid(record);
  const asksBack = isVisit && mayAskBack(store) && !isVoid(record);
  const settled = isVisit ? store.childrenOf('visit_return', recordId).filter((asked) => !isOpenReturn(asked)) : [];
  return (
    <div className="stack">
      {asksBack || (isVisit && isMine) ? (
        <div className="line">
          {isVisit && isMine ? <ButtonLink href={paths.correctVisit(recordId)}>{m.visits.correct.open}</ButtonLink> : null}
          {asksBack ? <ButtonLink href={paths.returnVisit(recordId)}>{m.visits.returning.ask}</ButtonLink> : null}
        </div>
      ) : null}
      <div>
        {settled.length === 0 ? null : (
          <Fold label={m.visits.returning.earlier} detail={settled.length}>
            {settled.map(({ recordId: id, fields }) => (
              <div key={id}>
                <p>
                  <strong>{m.words.fields[fields.field]}</strong>: {fields.comment}
                </p>
                {fields.settledAs === undefined || fields.settledOn === undefined ? null : (
                  <p className="quiet">{m.visits.returning.settled(m.words.returnSettlements[fields.settledAs], formatDay(fields.settledOn))}</p>
                )}
              </div>
            ))}
          </Fold>
        )}
        {isMine ? <MakeVoid record={record} /> : null}
      </div>
    </div>
  );
}

function voidableIn(store: Pick<FieldStore, 'find'>, recordId: string): VoidableRecord | undefined {
  const record = store.find(recordId);
  return record === undefined || record.deleted || !isVoidable(record) ? undefined : record;
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

function Restore({ record, isMine }: { readonly record: VoidableRecord; readonly isMine: boolean }) {
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

function MakeVoid({ record }: { readonly record: VoidableRecord }) {
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
