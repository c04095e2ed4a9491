import { useLayoutEffect, useRef, useState } from 'react';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { namesBy } from '#client/languages/record-title.ts';
import { fieldName, valueWords } from '#client/languages/record-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import { memberName } from '#client/store/my-hamlets.ts';
import type { FieldStore, SaveError } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { Confirm } from '#client/ui/confirm.tsx';
import { formatDay, formatMoment } from '#client/ui/dates.ts';
import { Fold } from '#client/ui/fold.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { Answer, Question } from '#client/ui/question.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import type { CommandError } from '#domain/command.ts';
import type { AnyRecord } from '#domain/record.ts';
import { maySettle, settleConflict } from '#domain/settle-conflict.ts';
import { OtherValue } from './other-value.tsx';
import { isForCommune, mayDelete, questionsOf } from './questions.ts';
import type { Question as Asked, Side } from './questions.ts';

const doubleTapMs = 600;

/**
 * The next question stands where this one stood: the second of two quick taps was not meant for it. A slow phone shows it late, so the time runs from when it can
 * be tapped, not from the answer before.
 */
function useMeantTap(field: string | undefined, isBusy: boolean): { readonly isMeant: () => boolean } {
  const answered = useRef<string | undefined>(undefined);
  const asked = useRef({ field, isBusy, since: 0 });
  // Before anything can be tapped.
  useLayoutEffect(() => {
    asked.current = { field, isBusy, since: performance.now() };
  }, [field, isBusy]);
  return {
    isMeant: () => {
      const isNext = answered.current !== undefined && answered.current !== field;
      if (isNext && performance.now() - asked.current.since < doubleTapMs) return false;
      answered.current = field;
      return true;
    },
  };
}

/** What two people wrote differently on this record: asked one after the other; one tap takes an answer. Nothing where they agree. */
export function RecordConflicts({ recordId }: { readonly recordId: string }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const { isBusy: isSaving, run } = useOneAct();
  const [error, setError] = useState<{ readonly field: string; readonly saving?: SaveError; readonly refused?: CommandError } | undefined>(undefined);
  /** Settled here and taken back: it may be chosen once more, though nothing is open on the record any longer. */
  const [takenBack, setTakenBack] = useState<Asked | undefined>(undefined);
  const [isDropAsked, setIsDropAsked] = useState(false);

  const record = store.find(recordId);
  const open = record === undefined || record.deleted ? [] : questionsOf(record);
  const mine = record === undefined ? [] : open.filter((question) => maySettle(store.account(), record, store, question.field));
  const asked = mine[0] ?? takenBack;
  const tap = useMeantTap(asked?.field, isSaving);
  if (record === undefined || record.deleted) return null;
  if (asked === undefined) return open.length === 0 ? null : <Notice tone="calm">{isForCommune(record, store) ? m.conflict.communeChooses : m.conflict.othersChoose}</Notice>;
  const { field } = asked;
  const name = fieldName(m, field) ?? m.words.recordKinds[record.kind];

  const settleNow = async (value: unknown): Promise<boolean> => {
    const now = store.find(recordId);
    if (now === undefined) return false;
    const entry = settleConflict(now, field, value, store.commandContext());
    if (!entry.ok) {
      setError({ field, refused: entry.error });
      return false;
    }
    const saved = await store.write([entry.value]);
    setError(saved.ok ? undefined : { field, saving: saved.error });
    return saved.ok;
  };
  /** True after the strict commit. */
  const settle = async (value: unknown) => (await run(async () => await settleNow(value))) === true;
  const words = (value: unknown, who: string) => sideWords(m, store, record, field, value, who);
  const take = async (value: unknown, who: string) => {
    if (!tap.isMeant() || !(await settle(value))) return;
    setTakenBack(undefined);
    const before = asked.sides[0]?.value;
    showToast(m.conflict.saved(name, inPassing(words(value, who))), {
      label: m.ui.undo,
      run: () =>
        void settle(before).then((isBack) => {
          if (!isBack) return;
          setTakenBack(asked);
          showToast(m.conflict.undone(name, inPassing(words(before, m.conflict.someone))));
        }),
    });
  };
  const keepOrDrop = async (isGone: boolean) => {
    setIsDropAsked(false);
    if (tap.isMeant() && (await settle(isGone))) showToast(isGone ? m.conflict.savedGone : m.conflict.savedKept);
  };

  const problem = error?.field !== field ? null : error.saving !== undefined ? (
    <Notice tone="danger">{saveErrorWords(m, error.saving)}</Notice>
  ) : null;
  const more = mine.length > 1 ? <p className="quiet">{m.conflict.next(mine.length - 1)}</p> : null;

  if (field === 'deleted') {
    const [stays, ...wishes] = asked.sides;
    return (
      <Question
        asked={m.conflict.askDeleted(nameOf(m, store, wishes[0]?.memberId))}
        answers={
          <>
            <Answer words={m.conflict.keep} detail={whoAndWhen(m, store, stays, m.conflict.wrote)} disabled={isSaving} onTake={() => void keepOrDrop(false)} />
            {mayDelete(store.account(), record, store) ? (
              <Answer words={m.conflict.drop} detail={whoAndWhen(m, store, wishes[0], m.conflict.wished)} disabled={isSaving} onTake={() => setIsDropAsked(true)} />
            ) : null}
          </>
        }
      >
        {problem}
        {more}
        {isDropAsked ? (
          <Confirm question={m.conflict.dropAsk} yes={m.conflict.drop} onYes={() => void keepOrDrop(true)} onNo={() => setIsDropAsked(false)} />
        ) : null}
      </Question>
    );
  }

  const refused = error?.field === field ? error.refused : undefined;
  return (
    <Question
      asked={askWords(m, store, asked, name)}
      answers={asked.sides.map((side) => {
        const who = nameOf(m, store, side.memberId);
        return (
          <Answer
            key={JSON.stringify(side.value)}
            words={words(side.value, who)}
            detail={[whoAndWhen(m, store, side, m.conflict.wrote), side.isShown ? m.conflict.shownNow : ''].filter((part) => part !== '').join(' · ')}
            disabled={isSaving}
            onTake={() => void take(side.value, who)}
          />
        );
      })}
    >
      {problem}
      {/* What is wrong with a third value stands beside its field, below. */}
      {refused !== undefined && refused.field !== field ? <Notice tone="danger">{saveErrorWords(m, { code: 'refused', rejection: refused })}</Notice> : null}
      {isYesOrNo(asked) ? null : (
        <Fold label={m.conflict.otherOf[field] ?? m.conflict.other}>
          <OtherValue
            key={field}
            record={record}
            field={field}
            name={name}
            error={refused?.field === field ? fieldErrorWords(m, refused) : undefined}
            disabled={isSaving}
            onTake={(value) => void take(value, m.conflict.you)}
          />
        </Fold>
      )}
      {more}
    </Question>
  );
}

function askWords(m: Messages, store: FieldStore, { field, sides }: Asked, name: string): string {
  const me = store.account().memberId;
  const others = [...new Set(sides.flatMap(({ memberId }) => (memberId === undefined || memberId === me ? [] : [memberId])))];
  const [other] = others;
  if (others.length !== 1 || !sides.some(({ memberId }) => memberId === me)) return m.conflict.askAmongOthers(name);
  const who = nameOf(m, store, other);
  return m.conflict.asks[field]?.(who) ?? m.conflict.ask(who, name);
}

function sideWords(m: Messages, store: FieldStore, record: AnyRecord, field: string, value: unknown, who: string): string {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return m.conflict.leftEmpty;
  const nameOfRecord = namesBy(m, { find: (id) => store.find(id), day: formatDay });
  return valueWords(m, record.kind, field, value, { day: formatDay, amount: formatNumber, nameOf: nameOfRecord }) ?? m.conflict.version(who);
}

const passingLength = 60;

/** What is said in passing must not cover the screen: a whole text stands on the record itself. */
function inPassing(words: string): string {
  return words.length <= passingLength ? words : `“${words.slice(0, passingLength).trimEnd()}…”`;
}

/** There is no third. */
function isYesOrNo({ sides }: Asked): boolean {
  return sides.some(({ value }) => typeof value === 'boolean');
}

function nameOf(m: Messages, store: FieldStore, memberId: string | undefined): string {
  if (memberId === undefined) return m.conflict.someone;
  return memberId === store.account().memberId ? m.conflict.you : (memberName(store, memberId) ?? m.conflict.someone);
}

function whoAndWhen(m: Messages, store: FieldStore, side: Side | undefined, words: (who: string, when: string) => string): string {
  if (side?.occurredAt === undefined) return '';
  return words(nameOf(m, store, side.memberId), formatMoment(side.occurredAt));
}
