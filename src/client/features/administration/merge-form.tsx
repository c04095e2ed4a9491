import { useState } from 'react';
import { rejectionWords, saveErrorWords } from '#client/languages/error-words.ts';
import { areaWordsOf } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Select } from '#client/ui/choice.tsx';
import { Confirm } from '#client/ui/confirm.tsx';
import { Empty } from '#client/ui/empty.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Section } from '#client/ui/section.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { hamletsToMergeInto, mergeHamlets } from '#domain/merge-hamlets.ts';
import type { RecordState } from '#domain/record.ts';
import { compareVietnamese } from '#domain/vietnamese-text.ts';
import { WillDo } from './will-do.tsx';

/** Lets another hamlet take this one in: an entry like any other, saved here first. */
export function MergeForm({ hamlet, hamlets }: { readonly hamlet: RecordState<'area'>; readonly hamlets: readonly RecordState<'area'>[] }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const words = m.administration.hamlet;
  const { run } = useOneAct();
  const [intoId, setIntoId] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  const [isEmpty, setIsEmpty] = useState(false);
  const [failed, setFailed] = useState<string | undefined>(undefined);
  const others = hamletsToMergeInto(hamlet, hamlets)
    .map(({ recordId }) => ({ value: recordId, label: areaName(store, recordId) }))
    .sort((a, b) => compareVietnamese(a.label, b.label));
  const from = areaWordsOf(m, store, hamlet.recordId);
  const into = areaWordsOf(m, store, intoId);
  const consequences = [words.records(from, into), words.people(from, into), words.unsent(from, into), words.forGood];

  const merge = async () => {
    setIsAsked(false);
    setFailed(undefined);
    // As it is now: another may have been merged while the question stood here.
    const made = mergeHamlets(hamlet, intoId, store.all('area'), store.commandContext());
    const saved = made.ok ? await store.write([made.value]) : undefined;
    if (!made.ok) setFailed(rejectionWords(m, made.error));
    else if (saved?.ok === false) setFailed(saveErrorWords(m, saved.error));
    else showToast(words.saved);
  };

  return (
    <Section title={words.merge}>
      {others.length === 0 ? (
        <Empty>{words.noOther}</Empty>
      ) : (
        <>
          <Select
            label={words.into}
            placeholder={m.administration.form.pick}
            options={others}
            value={intoId === '' ? undefined : intoId}
            onChange={setIntoId}
            error={isEmpty && intoId === '' ? m.administration.form.problems.hamlet : undefined}
          />
          {intoId === '' ? null : <WillDo sentences={consequences} />}
          {failed === undefined ? null : <Notice tone="danger">{failed}</Notice>}
          <div className="line">
            <Button
              variant="danger"
              onClick={() => {
                setIsEmpty(intoId === '');
                setIsAsked(intoId !== '');
              }}
            >
              {words.yes}
            </Button>
          </div>
          <p className="quiet">{words.offline}</p>
        </>
      )}
      {isAsked ? (
        <Confirm
          question={
            <div className="stack-close">
              <p>
                <strong>{words.ask(from, into)}</strong>
              </p>
              {consequences.map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </div>
          }
          yes={words.yes}
          onYes={() => void run(merge)}
          onNo={() => setIsAsked(false)}
        />
      ) : null}
    </Section>
  );
}
