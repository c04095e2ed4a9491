import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { PlannedEntries } from '#client/list-reading/reading.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import type { ListLayout } from '#lists/layout.ts';
import { rowsAdded, rowsMade } from './import-values.ts';
import { UndoImport } from './undo-import.tsx';
import type { UndoOutcome } from './undo-import.tsx';
import styles from './list-import.module.css';

/** What was written, where it is to be seen, and the way back. */
export function DoneStep({ made, layout, draftId }: { readonly made: PlannedEntries; readonly layout: ListLayout; readonly draftId: string }) {
  const t = useMessages().listImport;
  const added = rowsAdded(made.trace);
  const created = rowsMade(made.trace);
  const [outcome, setOutcome] = useState<UndoOutcome | undefined>(undefined);
  const registers: Record<ListLayout, string> = { households: paths.households(), prestigious: paths.people(), feedback: paths.review(), models: paths.households() };
  return (
    <Page title={t.title} back={registers[layout]}>
      <Notice tone="good">{t.done}</Notice>
      <ul className={styles['counts']}>
        {created.length === 0 ? null : <li>{t.doneCreated(formatNumber(created.length))}</li>}
        {added === 0 ? null : <li>{t.doneMerged(formatNumber(added))}</li>}
      </ul>
      {layout === 'models' ? <p className="quiet">{t.noModelPage}</p> : null}
      <ButtonLink href={registers[layout]} variant="primary" wide>
        {t.openRegister[layout]}
      </ButtonLink>
      {outcome === undefined ? <UndoImport trace={made.trace} draftId={draftId} onUndone={setOutcome} /> : <Notice tone={outcome.tone}>{outcome.words}</Notice>}
    </Page>
  );
}
