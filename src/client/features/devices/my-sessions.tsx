import { useState } from 'react';
import { failureWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { endSession, fetchSessions } from '#client/remote/administration.ts';
import type { SessionSummary } from '#client/remote/administration.ts';
import type { SessionCallError } from '#client/remote/session-calls.ts';
import { useCalls } from '#client/remote/use-calls.ts';
import { toldHook } from '#client/remote/use-told.ts';
import { useStore } from '#client/store/use-store.ts';
import { AskedNotice } from '#client/ui/asked-notice.tsx';
import { Button } from '#client/ui/button.tsx';
import { formatWhen } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { useOnline } from '#client/ui/use-online.ts';
import { useToast } from '#client/ui/toast.tsx';
import { endOfId } from '#domain/identifiers.ts';

const useSessions = toldHook(fetchSessions);

/** My own phones that the commune knows by a session: any of them can be ended. */
export function MySessions() {
  const m = useMessages();
  const store = useStore();
  const calls = useCalls();
  const isOnline = useOnline();
  const showToast = useToast();
  const sessions = useSessions();
  const words = m.administration.sessions;
  const { isBusy, run } = useOneAct();
  const [failed, setFailed] = useState<SessionCallError | undefined>(undefined);

  const end = async (sessionId: string) => {
    const ended = await sessions.act(() => endSession(calls, sessionId));
    setFailed(ended.ok ? undefined : ended.error);
    if (ended.ok) showToast(words.ended);
  };
  const whyNot = (error: SessionCallError) => failureWords(m, error, () => m.administration.refused.not_found);

  return (
    <Page title={words.title} back={paths.settings()}>
      <AskedNotice
        isTold={sessions.value !== undefined}
        isAsking={sessions.isAsking}
        failure={sessions.error === undefined ? undefined : whyNot(sessions.error)}
        offline={m.administration.offline}
        asking={m.administration.asking}
        asOf={sessions.toldAt === undefined ? '' : m.administration.askedAt(formatWhen(sessions.toldAt))}
        onRetry={() => void sessions.refresh()}
      />
      <p>{words.intro}</p>
      {failed === undefined ? null : <Notice tone="danger">{whyNot(failed)}</Notice>}
      {sessions.value === undefined ? null : sessions.value.length === 0 ? (
        <Empty>{words.none}</Empty>
      ) : (
        byPhone(sessions.value, store.deviceId).map(([deviceId, ofPhone]) => {
          const name = m.administration.devices.name(endOfId(deviceId));
          return (
            <Section key={deviceId} title={deviceId === store.deviceId ? `${name} · ${words.thisPhone}` : name}>
              <List label={name}>
                {ofPhone.map(({ sessionId, createdAt, lastUsedAt, isThis }) => (
                  <Row
                    key={sessionId}
                    title={words.session(formatWhen(createdAt))}
                    detail={[words.lastUsed(formatWhen(lastUsedAt)), ...(isThis ? [words.thisOne] : [])].join(' · ')}
                  >
                    <div className="line">
                      <Button disabled={isBusy || !isOnline} onClick={() => void run(async () => await end(sessionId))}>
                        {words.end}
                      </Button>
                    </div>
                  </Row>
                ))}
              </List>
            </Section>
          );
        })
      )}
      <Notice tone="calm">
        <p>{words.meaning}</p>
        <p>{words.lost}</p>
      </Notice>
    </Page>
  );
}

/** This phone first; of each the session used last. */
function byPhone(sessions: readonly SessionSummary[], thisPhone: string): [deviceId: string, sessions: readonly SessionSummary[]][] {
  const phones = new Map<string, SessionSummary[]>();
  const newestFirst = [...sessions].sort((a, b) => Date.parse(b.lastUsedAt) - Date.parse(a.lastUsedAt));
  for (const session of newestFirst) phones.set(session.deviceId, [...(phones.get(session.deviceId) ?? []), session]);
  return [...phones].sort(([a], [b]) => Number(b === thisPhone) - Number(a === thisPhone));
}
