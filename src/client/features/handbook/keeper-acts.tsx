import { saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useOneSave } from '#client/store/use-one-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button, ButtonLink } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { archiveDocument, archivePage } from '#domain/write-handbook.ts';
import type { HandbookDocument, HandbookPage } from './book.ts';
import { isListed } from './book.ts';

/** What its keepers do with a page or a document: change it, put it away, bring it back. */
export function KeeperActs({ record, editHref, editLabel }: { readonly record: HandbookPage | HandbookDocument; readonly editHref: string; readonly editLabel: string }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const { save, isSaving, error } = useOneSave();
  const isAway = !isListed(record);
  const put = async (isBack: boolean) => {
    const context = store.commandContext();
    const entry = record.kind === 'document' ? archiveDocument(record, isBack, context) : archivePage(record, isBack, context);
    if (await save(entry)) showToast(isBack ? m.handbook.back : m.handbook.put);
  };
  return (
    <>
      {error === undefined ? null : <Notice tone="danger">{saveErrorWords(m, error)}</Notice>}
      <div className="line">
        <ButtonLink href={editHref}>{editLabel}</ButtonLink>
        <Button disabled={isSaving} onClick={() => void put(isAway)}>
          {isAway ? m.handbook.bringBack : m.handbook.archive}
        </Button>
      </div>
    </>
  );
}
