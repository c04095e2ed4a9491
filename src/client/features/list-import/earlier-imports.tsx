import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { formatWhen } from '#client/ui/dates.ts';
import { Button } from '#client/ui/button.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { Section } from '#client/ui/section.tsx';
import { earlierImports, rowsMade } from './import-values.ts';
import { UndoImport } from './undo-import.tsx';
import type { UndoOutcome } from './undo-import.tsx';
import styles from './list-import.module.css';

/** What was imported on this device, each to be taken back as long as nobody has built upon it. */
export function EarlierImports() {
  const t = useMessages().listImport;
  const store = useStore();
  const imports = earlierImports(store.drafts());
  const [outcome, setOutcome] = useState<UndoOutcome | undefined>(undefined);
  if (imports.length === 0 && outcome === undefined) return null;
  return (
    <Section title={t.earlierTitle} count={imports.length}>
      {outcome === undefined ? null : <Notice tone={outcome.tone}>{outcome.words}</Notice>}
      <List label={t.earlierTitle}>
        {imports.map(({ draftId, layout, fileName, savedAt, created }) => (
          <Row key={draftId} title={t.earlier(t.layouts[layout], fileName)} detail={t.earlierDetail(formatWhen(savedAt), formatNumber(rowsMade({ created }).length))}>
            <div className={styles['earlier']}>
              <UndoImport
                trace={{ created, merged: [] }}
                draftId={draftId}
                onUndone={({ tone, words }) => setOutcome({ tone, words: t.undoneOf(t.earlier(t.layouts[layout], fileName), words) })}
              />
              <Button variant="bare" onClick={() => void store.removeDraft(draftId)}>
                <Icon name="trash" />
                {t.forget}
              </Button>
            </div>
          </Row>
        ))}
      </List>
    </Section>
  );
}
