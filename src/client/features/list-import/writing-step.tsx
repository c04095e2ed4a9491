import { useMessages } from '#client/languages/use-messages.ts';
import { Page } from '#client/ui/page.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import styles from './list-import.module.css';

/** Entries are sealed one after the other; then all of them are on the disk at once, or none. */
export function WritingStep({ sealed, of }: { readonly sealed: number; readonly of: number }) {
  const t = useMessages().listImport;
  const percent = of === 0 ? 100 : Math.floor((100 * sealed) / of);
  return (
    <Page title={t.title}>
      <p role="status">{t.writing(formatNumber(percent))}</p>
      <progress className={styles['progress']} max={of} value={sealed} aria-label={t.writing(formatNumber(percent))} />
      <p className="quiet">{t.writingHint}</p>
    </Page>
  );
}
