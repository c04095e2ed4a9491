import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import { AskedNotice } from '#client/ui/asked-notice.tsx';
import { Button } from '#client/ui/button.tsx';
import { Select } from '#client/ui/choice.tsx';
import { formatDay, formatTime, formatWeekday, formatWhen } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { Section } from '#client/ui/section.tsx';
import { useOnline } from '#client/ui/use-online.ts';
import { auditDays, auditGroups, auditWords, originWords } from './audit-words.ts';
import type { AuditGroup } from './audit-words.ts';
import { useAudit } from './use-audit.ts';
import styles from './audit-page.module.css';
import { officeFailureWords } from './refusal-words.ts';

/** Who did what, when and from where, the newest first; and whether the log is still the one that was written. */
export function AuditPage() {
  const m = useMessages();
  const store = useStore();
  const isOnline = useOnline();
  const words = m.administration.audit;
  const audit = useAudit();
  const [group, setGroup] = useState<AuditGroup>('all');
  const { newest, lines, brokenAt, more, failed } = audit;
  const days = auditDays(lines, group);
  const { now } = store.commandContext();

  return (
    <Page
      title={words.title}
      actions={
        lines.length === 0 ? undefined : (
          <span className={styles['onScreen']}>
            <Button variant="bare" onClick={() => window.print()}>
              <Icon name="print" />
              {words.print}
            </Button>
          </span>
        )
      }
    >
      <AskedNotice
        isTold={newest.value !== undefined}
        isAsking={newest.isAsking}
        failure={newest.error === undefined ? undefined : officeFailureWords(m, newest.error)}
        offline={m.administration.offline}
        asking={m.administration.asking}
        asOf={newest.toldAt === undefined ? '' : m.administration.askedAt(formatWhen(newest.toldAt))}
        onRetry={() => void newest.refresh()}
      />
      {newest.value === undefined ? null : (
        <>
          <Notice tone={brokenAt === undefined ? 'good' : 'danger'}>{brokenAt === undefined ? words.whole : words.broken(brokenAt)}</Notice>
          <p className={styles['onPaper']}>
            {areaName(store, store.account().communeCode)} · {words.printedOn(formatWhen(now))}
          </p>
          <div className={styles['onScreen']}>
            <Select label={words.group} options={auditGroups.map((value) => ({ value, label: words.groups[value] }))} value={group} onChange={setGroup} />
          </div>
          {days.length === 0 ? <Empty>{lines.length === 0 ? words.none : words.noneInGroup}</Empty> : null}
          {days.map(({ day, lines: ofDay }) => (
            <Section key={day} title={`${formatWeekday(day)} ${formatDay(day)}`} count={ofDay.length}>
              <ol className={styles['lines']} role="list">
                {ofDay.map((line) => (
                  <li key={line.number} className={styles['line']}>
                    <span className={styles['time']}>{formatTime(line.at)}</span>
                    <span>
                      {auditWords(m, line)}
                      <br />
                      <span className="quiet">
                        {originWords(m, line)} · {words.line(line.number)}
                      </span>
                    </span>
                  </li>
                ))}
              </ol>
            </Section>
          ))}
          {failed === undefined ? null : <Notice tone="calm">{officeFailureWords(m, failed)}</Notice>}
          {more ? (
            <div className={styles['onScreen']}>
              <Button wide disabled={audit.isLoading || !isOnline} onClick={() => void audit.loadOlder()}>
                {audit.isLoading ? words.loading : words.more}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </Page>
  );
}
