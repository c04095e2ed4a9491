import { useState } from 'react';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Confirm } from '#client/ui/confirm.tsx';
import { giveFile } from '#client/ui/give-file.ts';
import { formatNumber } from '#client/ui/numbers.ts';
import { mayWrite } from '#domain/permissions.ts';
import { recordKinds } from '#domain/record.ts';
import type { AnyRecord } from '#domain/record.ts';
import type { ImportTrace } from '#lists/import-plan.ts';
import { undoImport } from '#lists/undo-import.ts';
import { hasFeedback, isUndoable, rowsAdded, rowsMade, undoFile } from './import-values.ts';
import type { LeftReason } from '#lists/undo-import.ts';

const leftReasons: readonly LeftReason[] = ['changed', 'built_upon', 'gone', 'no_way_back'];

interface UndoImportProps {
  readonly trace: ImportTrace;
  /** Where the import was noted: the note goes with it once nothing more can be taken back. */
  readonly draftId: string;
  /** The note, and this button with it, goes as soon as it is taken back: whoever holds both says what came of it. */
  readonly onUndone: (outcome: UndoOutcome) => void;
}

export interface UndoOutcome {
  readonly tone: 'good' | 'warn' | 'danger';
  readonly words: string;
}

/** Takes a whole import back, as far as nobody has built upon it; asked first, and told truthfully after. */
export function UndoImport({ trace, draftId, onUndone }: UndoImportProps) {
  const m = useMessages();
  const t = m.listImport;
  const store = useStore();
  const [isAsking, setIsAsking] = useState(false);
  const { isBusy, run } = useOneAct();

  const undo = async () => {
    setIsAsking(false);
    await run(async () => {
      const undoing = undoImport(trace, everything(store), (record) => mayDelete(store, record), store.commandContext());
      const count = undoing.closed + undoing.setBack;
      if (count > 0) {
        const saved = await store.write(undoing.entries, { endsDraft: draftId });
        if (!saved.ok) {
          onUndone({ tone: 'danger', words: saveErrorWords(m, saved.error) });
          return;
        }
      }
      const { left } = undoing;
      const reasons = leftReasons.flatMap((reason) => {
        const rows = left.filter((one) => one.reason === reason && one.of === undefined);
        return rows.length === 0 ? [] : [t.leftReasons[reason](formatNumber(rows.length))];
      });
      onUndone({ tone: left.length === 0 ? 'good' : 'warn', words: [t.undone(formatNumber(count)), ...reasons].join(' ') });
    });
  };

  if (hasFeedback(trace)) {
    return (
      <>
        <p className="quiet">{t.feedbackStays}</p>
        <Button onClick={() => void giveFile({ name: t.undoFile, text: undoFile(trace) })}>{t.giveUndoFile}</Button>
      </>
    );
  }
  if (!isUndoable(trace)) return null;
  const rows = rowsMade(trace).length + rowsAdded(trace);
  return (
    <>
      <Button disabled={isBusy} onClick={() => setIsAsking(true)}>
        {t.undo}
      </Button>
      {isAsking ? <Confirm question={t.undoAsk(formatNumber(rows))} yes={t.undo} onYes={() => void undo()} onNo={() => setIsAsking(false)} /> : null}
    </>
  );
}

function mayDelete(store: FieldStore, record: AnyRecord): boolean {
  const { recordId, kind, areaId, version } = record;
  return mayWrite(store.account(), { recordId, kind, areaId, base: version, delete: true }, record, store).allowed;
}

/** Whatever may name what was imported. */
function everything(store: Pick<FieldStore, 'all'>): AnyRecord[] {
  return recordKinds.flatMap((kind) => store.all(kind) as readonly unknown[] as readonly AnyRecord[]);
}
