import type { ReactNode } from 'react';
import { saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Notice } from '#client/ui/notice.tsx';
import { useToast } from '#client/ui/toast.tsx';
import type { RecordState } from '#domain/record.ts';
import { settleReturn } from '#domain/return-visit.ts';
import { useOneAct } from '#client/acts/use-one-act.ts';

interface AskedAboutProps {
  readonly asked: RecordState<'visit_return'>;
  /** May answer it: the visit's author and the lead. */
  readonly answers: boolean;
  /** May take it back: the bloc. */
  readonly withdraws: boolean;
  /** The visit does not count: nobody has to answer until it does again. */
  readonly rests: boolean;
  /** Beside the answer: what leads to mending. */
  readonly children?: ReactNode;
}

/** One question of the commune about a field of a visit, with what whoever reads it may do about it. */
export function AskedAbout({ asked, answers, withdraws, rests, children }: AskedAboutProps) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const { isBusy, run } = useOneAct();
  const r = m.visits.returning;
  const { field, comment, on } = asked.fields;
  const settle = (as: 'stands' | 'withdrawn', words: string) =>
    void run(async () => {
      const entry = settleReturn(asked, as, store.commandContext());
      const saved = entry.ok ? await store.write([entry.value]) : undefined;
      showToast(saved?.ok === true ? words : saved === undefined ? m.errors.unknown : saveErrorWords(m, saved.error));
    });
  return (
    <Notice tone={answers ? 'warn' : 'calm'}>
      <p>
        <strong>{r.asked(m.words.fields[field] ?? field)}</strong>
      </p>
      <p>{comment}</p>
      <p className="quiet">
        {r.onDay(formatDay(on))}
        {answers ? '' : ` · ${rests ? r.rests : withdraws ? r.waits : r.forOthers}`}
      </p>
      {answers || withdraws ? (
        <div className="line">
          {answers ? children : null}
          {answers ? (
            <Button disabled={isBusy} onClick={() => settle('stands', r.stood)}>
              {r.stands}
            </Button>
          ) : null}
          {withdraws ? (
            <Button disabled={isBusy} onClick={() => settle('withdrawn', r.withdrawn)}>
              {r.withdraw}
            </Button>
          ) : null}
        </div>
      ) : null}
    </Notice>
  );
}
