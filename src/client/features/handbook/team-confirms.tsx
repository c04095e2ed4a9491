import { saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { areaName, myHamlets } from '#client/store/my-hamlets.ts';
import { useOneSave } from '#client/store/use-one-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Icon } from '#client/ui/icon.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { confirmReading } from '#domain/write-handbook.ts';
import { readingOf } from './book.ts';
import type { HandbookDocument } from './book.ts';

/** A team says that it has read it: once a version, whoever of the team presses. Nothing for whoever is in no team. */
export function TeamConfirms({ document }: { readonly document: HandbookDocument }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const { save, isSaving, error } = useOneSave();
  const mine = myHamlets(store);
  if (mine.length === 0) return null;
  const { read, readBefore, unread } = readingOf(store, document, mine);
  const asked = [...unread, ...readBefore.map(({ hamletId }) => hamletId)];
  const confirm = async (hamletId: string) => {
    if (await save(confirmReading(document, hamletId, store.commandContext()))) showToast(m.handbook.reading.done);
  };
  return (
    <>
      {read.map(({ hamletId, on }) => (
        <Notice key={hamletId} tone="good">
          {m.handbook.reading.confirmed(areaName(store, hamletId), formatDay(on))}
        </Notice>
      ))}
      {error === undefined ? null : <Notice tone="danger">{saveErrorWords(m, error)}</Notice>}
      {asked.length === 0 ? null : (
        <>
          <p className="quiet">{document.version === 0 ? m.handbook.reading.notSentYet : readBefore.length > 0 ? m.handbook.reading.readBefore : m.handbook.reading.confirmHint}</p>
          {document.version === 0
            ? null
            : asked.map((hamletId) => (
                <Button key={hamletId} variant="primary" wide disabled={isSaving} onClick={() => void confirm(hamletId)}>
                  <Icon name="check" />
                  {mine.length === 1 ? m.handbook.reading.confirm : m.handbook.reading.confirmFor(areaName(store, hamletId))}
                </Button>
              ))}
        </>
      )}
    </>
  );
}
