import { useEffect, useState } from 'react';
import { failureWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { SessionCallError } from '#client/remote/session-calls.ts';
import { fetchErasureConfirmations } from '#client/remote/subject-rights.ts';
import type { ErasureConfirmation } from '#client/remote/subject-rights.ts';
import { useCalls } from '#client/remote/use-calls.ts';
import { Button } from '#client/ui/button.tsx';
import { formatWhen } from '#client/ui/dates.ts';
import { List, Row } from '#client/ui/list.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Section } from '#client/ui/section.tsx';
import { useOnline } from '#client/ui/use-online.ts';
import { erasedOn } from './request-standing.ts';
import { refusalWords } from './request-words.ts';

type Told = { readonly at: number } & ({ readonly devices: readonly ErasureConfirmation[] } | { readonly error: SessionCallError });

/** Which phones have said that nothing of it lies on them any more, and which have not been heard since. */
export function Confirmations({ requestId }: { readonly requestId: string }) {
  const m = useMessages();
  const r = m.subjectRights.requests;
  const isOnline = useOnline();
  const calls = useCalls();
  const [tries, setTries] = useState(0);
  const [heard, setHeard] = useState<Told | undefined>(undefined);
  // What an earlier question heard is no answer to this one.
  const told = heard?.at === tries ? heard : undefined;

  useEffect(() => {
    if (!isOnline) return undefined;
    let isShown = true;
    void fetchErasureConfirmations(calls, requestId).then((answer) => {
      if (isShown) setHeard({ at: tries, ...(answer.ok ? { devices: answer.value } : { error: answer.error }) });
    });
    return () => {
      isShown = false;
    };
  }, [calls, requestId, isOnline, tries]);

  const isOver = told !== undefined && 'devices' in told && erasedOn(told.devices).isEverywhere;
  return (
    <Section title={r.phonesTitle}>
      <div role="status" className="status">
        {told === undefined ? <p className="quiet">{isOnline ? r.asking : r.phonesOffline}</p> : null}
        {told !== undefined && 'error' in told ? <Notice tone="calm">{failureWords(m, told.error, (refused) => refusalWords(m, refused))}</Notice> : null}
        {told !== undefined && 'devices' in told ? <Phones devices={told.devices} /> : null}
      </div>
      {isOnline && !isOver ? (
        <div className="line">
          <Button onClick={() => setTries((before) => before + 1)}>{r.askAgain}</Button>
        </div>
      ) : null}
    </Section>
  );
}

function Phones({ devices }: { readonly devices: readonly ErasureConfirmation[] }) {
  const m = useMessages();
  const r = m.subjectRights.requests;
  const { done, all, waited, lost, isEverywhere } = erasedOn(devices);
  return (
    <div className="stack">
      <Notice tone={isEverywhere ? 'good' : 'calm'}>{all === 0 ? r.noPhones : isEverywhere ? r.allPhones(all) : r.somePhones(done, all)}</Notice>
      {waited.length === 0 ? null : (
        <List label={r.waited}>
          {waited.map(({ deviceId, memberName, lastContactAt }) => (
            <Row key={deviceId} title={memberName} detail={r.lastHeard(formatWhen(lastContactAt))} />
          ))}
        </List>
      )}
      {lost.length === 0 ? null : (
        <List label={r.lost}>
          {lost.map(({ deviceId, memberName, lastContactAt }) => (
            <Row key={deviceId} title={memberName} detail={r.lostMeans(formatWhen(lastContactAt))} />
          ))}
        </List>
      )}
    </div>
  );
}
