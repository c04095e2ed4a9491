import { useState } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Empty } from '#client/ui/empty.tsx';
import { TextField } from '#client/ui/field.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { LimitedText } from '#client/ui/limited-text.tsx';
import { ButtonLink } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { useToast } from '#client/ui/toast.tsx';
import type { CommandError } from '#domain/command.ts';
import { pageLimit } from '#domain/handbook.ts';
import { isKind } from '#domain/record.ts';
import { pagesNamedAs, writePage } from '#domain/write-handbook.ts';
import { isKeeper, mayChange } from './book.ts';
import type { HandbookPage } from './book.ts';
import { pageValues } from './handbook-values.ts';
import type { PageValues } from './handbook-values.ts';
import styles from './handbook.module.css';
import { MarkdownText } from './markdown-text.tsx';

interface PageFormProps {
  /** Undefined: a new page. */
  readonly id?: string | undefined;
  readonly draftId?: string | undefined;
}

/** Writes a page, or changes one. */
export function PageForm({ id, draftId = `handbook-page-${id ?? 'new'}` }: PageFormProps) {
  const m = useMessages();
  const store = useStore();
  const page = id === undefined ? undefined : store.find(id);
  const isTheirs = id === undefined ? isKeeper(store) : isKind(page, 'handbook_page') && mayChange(store, page);
  if (!isTheirs) {
    return (
      <Page title={m.handbook.editPage} back={paths.handbook()}>
        <Empty>{id !== undefined && page === undefined ? m.handbook.gonePage : m.app.otherRoleWork}</Empty>
      </Page>
    );
  }
  return <FormOfPage key={draftId} page={isKind(page, 'handbook_page') ? page : undefined} draftId={draftId} />;
}

function FormOfPage({ page, draftId }: { readonly page: HandbookPage | undefined; readonly draftId: string }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const words = m.handbook.form;
  const { values: touched, setValues, form, resumedAt, anotherId } = useDraftedForm<Partial<PageValues>>(store, { draftId, form: 'handbook_page', subjectId: page?.recordId }, () => ({}));
  const values = pageValues(page, touched);
  const [error, setError] = useState<CommandError | undefined>(undefined);
  const [isUnchanged, setIsUnchanged] = useState(false);
  const [isPreviewed, setIsPreviewed] = useState(false);
  /** The title for which it was said that there is such a page: the same button answers. */
  const [warnedOf, setWarnedOf] = useState<string | undefined>(undefined);
  const atHand = store.all('handbook_page');
  const [namesake] = page === undefined ? pagesNamedAs(values.title, atHand) : [];
  const isWarned = namesake !== undefined && warnedOf === values.title;

  const set = (field: keyof PageValues, value: string) => {
    setValues((before) => ({ ...before, [field]: value }));
    setIsUnchanged(false);
    if (error?.field === field) setError(undefined);
  };
  const errorOf = (field: keyof PageValues) => (error?.field === field ? fieldErrorWords(m, error) : undefined);

  const submit = async () => {
    const { title, body, order } = values;
    const placed = order.trim() === '' ? undefined : Number(order);
    const entry = writePage(page ?? { areaId: store.account().communeCode }, { title, body, order: placed }, atHand, form.context());
    setError(entry.ok ? undefined : entry.error);
    if (!entry.ok) return;
    setIsUnchanged(entry.value === undefined);
    if (entry.value === undefined) return;
    if (namesake !== undefined && !isWarned) {
      setWarnedOf(values.title);
      return;
    }
    const [change] = entry.value.changes;
    if (!(await form.save([entry.value]))) return;
    showToast(words.savedPage);
    navigate(change === undefined ? paths.handbook() : paths.handbookPage(change.recordId), { replace: true });
  };

  return (
    <FormPage
      title={page === undefined ? m.handbook.newPage : m.handbook.editPage}
      back={page === undefined ? paths.handbook() : paths.handbookPage(page.recordId)}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error)]}
      asks={isWarned ? words.taken(namesake.fields.title) : isUnchanged ? words.unchanged : undefined}
      above={<ResumedNotice savedAt={resumedAt} anotherHref={page === undefined ? paths.newHandbookPage(`handbook-page-${anotherId}`) : undefined} />}
      below={
        <Fold label={words.preview} onToggle={setIsPreviewed}>
          {/* Made again at every key only while somebody looks. */}
          {isPreviewed ? values.body.trim() === '' ? <p className="quiet">{words.nothingToPreview}</p> : <MarkdownText body={values.body} isShort /> : null}
        </Fold>
      }
    >
      <TextField label={words.title} maxLength={120} value={values.title} onChange={(event) => set('title', event.currentTarget.value)} error={errorOf('title')} />
      {namesake === undefined ? null : (
        <Notice tone="calm">
          {words.taken(namesake.fields.title)}
          <ButtonLink href={paths.handbookPage(namesake.recordId)}>{words.openTaken}</ButtonLink>
        </Notice>
      )}
      <LimitedText
        label={words.body}
        hint={words.bodyHint(formatNumber(pageLimit))}
        limit={pageLimit}
        rows={14}
        className={styles['body']}
        value={values.body}
        onChange={(body) => set('body', body)}
        error={errorOf('body')}
      />
      <Fold label={words.how}>
        <dl className={styles['how']}>
          {words.howRows.map(([written, means]) => (
            <div key={written} className={styles['howRow']}>
              <dt>{written}</dt>
              <dd>{means}</dd>
            </div>
          ))}
        </dl>
        {page === undefined ? null : <p className="quiet">{words.linkName(page.fields.slug)}</p>}
      </Fold>
      <TextField
        label={words.order}
        hint={words.orderHint}
        inputMode="numeric"
        maxLength={4}
        value={values.order}
        onChange={(event) => set('order', event.currentTarget.value.replaceAll(/\D/gu, ''))}
        error={errorOf('order')}
      />
    </FormPage>
  );
}
