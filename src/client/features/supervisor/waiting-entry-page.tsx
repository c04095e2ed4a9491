import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { changeTitle } from '#client/languages/entry-title.ts';
import { failureWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { SessionCallError } from '#client/remote/session-calls.ts';
import type { DecisionRequest, WaitingForSupervisor } from '#client/remote/waiting.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { formatMoment } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Facts } from '#client/ui/facts.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { useOnline } from '#client/ui/use-online.ts';
import { useToast } from '#client/ui/toast.tsx';
import type { Change } from '#domain/change.ts';
import { decisionDraftId, DecisionForms } from './decision-forms.tsx';
import { useWaiting } from './use-waiting.ts';
import { WaitingStanding } from './waiting-page.tsx';
import { changeLines, placesOf, problemWords, rolesWords, titleContext, whyWords } from './waiting-words.ts';

/** One entry that waits: who wrote it, why it waits, what is in it, whole; and what is decided about it. */
export function WaitingEntryPage({ entryId }: { readonly entryId: string }) {
  const m = useMessages();
  const waiting = useWaiting();
  const [, navigate] = useLocation();
  const isOnline = useOnline();
  const showToast = useToast();
  const store = useStore();
  const { isBusy: isDeciding, run } = useOneAct();
  const [failed, setFailed] = useState<string | undefined>(undefined);
  const entry = waiting.value?.find((one) => one.entryId === entryId);

  const decide = async (request: DecisionRequest) => {
    setFailed(undefined);
    const decided = await waiting.decide(request);
    if (!decided.ok) {
      setFailed(refusalWords(m, decided.error));
      return false;
    }
    showToast(request.decision === 'accept' ? m.supervisor.accepted : m.supervisor.declined);
    navigate(paths.waiting(), { replace: true });
    return true;
  };
  const accept = async () => {
    // A reason that was begun before is nothing to go on with any more.
    if (await decide({ entryId, decision: 'accept' })) await store.removeDraft(decisionDraftId(entryId));
  };

  if (entry === undefined) {
    return (
      <Page title={m.supervisor.title} back={paths.waiting()}>
        <WaitingStanding waiting={waiting} />
        {failed === undefined ? null : <Notice tone="calm">{failed}</Notice>}
        {waiting.value === undefined || waiting.isAsking ? null : <Empty>{m.supervisor.gone}</Empty>}
      </Page>
    );
  }
  const isShut = isDeciding || !isOnline;
  return (
    <Page
      title={m.supervisor.title}
      back={paths.waiting()}
      footer={
        <>
          {failed === undefined ? null : <Notice tone="danger">{failed}</Notice>}
          {entry.mayAccept ? (
            <Button variant="primary" wide disabled={isShut} onClick={() => void run(accept)}>
              {isDeciding ? m.supervisor.deciding : m.supervisor.accept}
            </Button>
          ) : null}
        </>
      }
    >
      <WaitingStanding waiting={waiting} />
      <WhoAndWhy entry={entry} />
      <Section title={m.supervisor.inside}>
        {entry.changes.map((change) => (
          <ChangeShown key={`${change.recordId} ${change.base}`} entry={entry} change={change} />
        ))}
      </Section>
      {entry.problem === undefined ? null : <Notice tone="warn">{m.supervisor.mayNot(problemWords(m, entry.problem))}</Notice>}
      <DecisionForms entry={entry} disabled={isShut} onDecide={async (request) => (await run(async () => await decide(request))) === true} />
    </Page>
  );
}

function WhoAndWhy({ entry }: { readonly entry: WaitingForSupervisor }) {
  const m = useMessages();
  const store = useStore();
  return (
    <>
      <Notice tone="warn">
        <strong>{m.supervisor.why}</strong>
        <p>{whyWords(m, entry)}</p>
      </Notice>
      <Facts
        facts={[
          { name: m.supervisor.writtenBy, words: entry.memberName },
          { name: m.supervisor.thenWas, words: rolesWords(m, store, entry.allowedThen) ?? m.supervisor.thenNothing },
          { name: m.supervisor.place, words: placesOf(store, entry.changes).map((areaId) => areaName(store, areaId)).join(', ') },
          { name: m.supervisor.writtenAt, words: formatMoment(entry.occurredAt) },
          { name: m.supervisor.receivedAt, words: formatMoment(entry.receivedAt) },
        ]}
      />
    </>
  );
}

function ChangeShown({ entry, change }: { readonly entry: WaitingForSupervisor; readonly change: Change }) {
  const m = useMessages();
  const store = useStore();
  const did = !('set' in change) ? m.supervisor.deletionOf : change.base === 0 ? m.supervisor.newOne : m.supervisor.correctionOf;
  return (
    <div className="stack-close">
      <p>
        <span className="quiet">{did}</span>
        <br />
        <strong>{changeTitle(m, entry.changes, change, titleContext(store))}</strong>
      </p>
      <Facts
        facts={changeLines(m, store, entry.changes, change).map(({ name, words, today }): { name: string; words: ReactNode } => ({
          name,
          words:
            today === undefined ? words : (
              <>
                {words}
                <br />
                <span className="quiet">{m.supervisor.nowIs(today)}</span>
              </>
            ),
        }))}
      />
    </div>
  );
}

function refusalWords(m: Messages, error: SessionCallError): string {
  if (error.code !== 'refused') return m.supervisor.notSure(failureWords(m, error));
  if (error.error === 'already_decided') return m.supervisor.alreadyDecided;
  if (error.error === 'own_entry') return m.supervisor.ownEntry;
  if (error.status === 404) return m.supervisor.gone;
  if (error.field === 'hamletId') return m.supervisor.outsideYours;
  return m.supervisor.mayNot(problemWords(m, { code: error.error, field: error.field }));
}
