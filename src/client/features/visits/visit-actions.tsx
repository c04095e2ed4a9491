import { useMessages } from '#client/languages/use-messages.ts';
import { mayCorrect } from '#client/store/may-correct.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Fold } from '#client/ui/fold.tsx';
import { paths } from '#client/ui/paths.ts';
import { isOpenReturn } from '#domain/return-visit.ts';
import { isVoid } from '#domain/void-record.ts';
import { AskedAbout } from './asked-about.tsx';
import { mayAskBack, voidableIn } from './visit-in-hand.ts';
import { MakeVoid, Restore } from './void-or-restore.tsx';

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
