import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { failureWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { notePrint } from '#client/remote/administration.ts';
import type { PrintedList } from '#client/remote/administration.ts';
import { useCalls } from '#client/remote/use-calls.ts';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { Button } from '#client/ui/button.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Printed } from '#client/ui/printed.tsx';
import { useOnline } from '#client/ui/use-online.ts';

interface AuditedPrintProps {
  readonly list: PrintedList;
  readonly rows: number;
  /** What goes on paper. */
  readonly sheet: ReactNode;
}

/**
 * The button that prints a named list: the commune's audit log has the line first, and nothing else of this screen reaches a printer, not by the browser's own menu
 * either. Without a signal nothing is printed: it could not be written down.
 */
export function AuditedPrint({ list, rows, sheet }: AuditedPrintProps) {
  const m = useMessages();
  const words = m.people.print;
  const calls = useCalls();
  const isOnline = useOnline();
  const { isBusy, run } = useOneAct();
  /** Written down, and not printed yet. */
  const [isNoted, setIsNoted] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);

  useEffect(() => {
    if (!isNoted) return;
    // The next print is another one, with a line of its own.
    const end = () => setIsNoted(false);
    window.addEventListener('afterprint', end);
    // Once the sheet is drawn in the place of the words.
    const frame = requestAnimationFrame(() => window.print());
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('afterprint', end);
    };
  }, [isNoted]);

  const print = async () => {
    const noted = await notePrint(calls, { list, rows });
    setProblem(noted.ok ? undefined : words.notTold(failureWords(m, noted.error)));
    setIsNoted(noted.ok);
  };

  return (
    <>
      <Printed>{isNoted ? sheet : <p>{words.notThisWay}</p>}</Printed>
      {problem === undefined ? null : <Notice tone="danger">{problem}</Notice>}
      {isOnline ? null : <Notice tone="calm">{words.offline}</Notice>}
      <div className="line">
        <Button disabled={isBusy || !isOnline || rows === 0} onClick={() => void run(print)}>
          <Icon name="print" />
          {isBusy ? words.asking : words.print}
        </Button>
      </div>
      <p className="quiet">{words.audited}</p>
    </>
  );
}
