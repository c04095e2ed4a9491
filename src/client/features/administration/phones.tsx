import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { endSession, revokeDevice } from '#client/remote/administration.ts';
import type { DeviceSummary, MemberSummary } from '#client/remote/administration.ts';
import type { SessionCallError } from '#client/remote/session-calls.ts';
import { useCalls } from '#client/remote/use-calls.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Confirm } from '#client/ui/confirm.tsx';
import { formatAgo, formatWhen } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Section } from '#client/ui/section.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { useOnline } from '#client/ui/use-online.ts';
import { endOfId } from '#domain/identifiers.ts';
import { deviceWords } from './member-words.ts';
import { actFailureWords } from './refusal-words.ts';
import type { Members } from './use-members.ts';

/** The phones of a member: when each was last heard, what was unsent then; one that is lost is revoked, a session is ended. */
export function Phones({ member, members }: { readonly member: MemberSummary; readonly members: Members }) {
  const m = useMessages();
  const store = useStore();
  const calls = useCalls();
  const isOnline = useOnline();
  const showToast = useToast();
  const words = m.administration.devices;
  const [asked, setAsked] = useState<DeviceSummary | undefined>(undefined);
  const { isBusy, run } = useOneAct();
  const [failed, setFailed] = useState<SessionCallError | undefined>(undefined);
  const { now } = store.commandContext();
  const inUse = member.devices.filter(({ state }) => state === 'active');
  const old = member.devices.filter(({ state }) => state !== 'active');
  const isShut = isBusy || !isOnline;

  const act = async (call: () => ReturnType<typeof revokeDevice>, done: string) =>
    await run(async () => {
      const acted = await members.act(call);
      setFailed(acted.ok ? undefined : acted.error);
      if (acted.ok) showToast(done);
    });

  return (
    <Section title={words.title} count={inUse.length || undefined}>
      {failed === undefined ? null : <Notice tone="danger">{actFailureWords(m, failed)}</Notice>}
      {inUse.length === 0 ? (
        <Empty>{words.none}</Empty>
      ) : (
        <List label={words.title}>
          {inUse.map((device) => (
            <Row key={device.deviceId} title={words.name(endOfId(device.deviceId))} detail={deviceWords(m, device, now)}>
              <Sessions device={device} disabled={isShut} onEnd={(sessionId) => void act(() => endSession(calls, sessionId), m.administration.sessions.ended)} />
              <div className="line">
                <Button variant="danger" disabled={isShut} onClick={() => setAsked(device)}>
                  {words.revoke}
                </Button>
              </div>
            </Row>
          ))}
        </List>
      )}
      {old.length === 0 ? null : (
        <Fold label={words.old} detail={String(old.length)}>
          <List label={words.old}>
            {old.map((device) => (
              <Row key={device.deviceId} title={words.name(endOfId(device.deviceId))} detail={deviceWords(m, device, now)} />
            ))}
          </List>
        </Fold>
      )}
      {asked === undefined ? null : (
        <Confirm
          question={
            <div className="stack-close">
              <p>
                <strong>{words.revokeAsk(endOfId(asked.deviceId), member.name)}</strong>
              </p>
              <p>{words.revokeWipes}</p>
              <p>{words.revokeOffline}</p>
              <p>{words.revokeLoses(asked.unsent, formatAgo(asked.lastContactAt, now))}</p>
              <p>{words.revokeSealed}</p>
            </div>
          }
          yes={words.revokeYes}
          onYes={() => {
            setAsked(undefined);
            void act(() => revokeDevice(calls, asked.deviceId), words.revoked);
          }}
          onNo={() => setAsked(undefined)}
        />
      )}
    </Section>
  );
}

function Sessions({ device, disabled, onEnd }: { readonly device: DeviceSummary; readonly disabled: boolean; readonly onEnd: (sessionId: string) => void }) {
  const m = useMessages();
  const words = m.administration.sessions;
  if (device.sessions.length === 0) return null;
  return (
    <Fold label={m.administration.devices.sessions(device.sessions.length)}>
      <p className="quiet">{words.meaning}</p>
      <List>
        {device.sessions.map(({ sessionId, createdAt, lastUsedAt, isThis }) => (
          <Row
            key={sessionId}
            title={words.session(formatWhen(createdAt))}
            detail={[words.lastUsed(formatWhen(lastUsedAt)), ...(isThis ? [words.thisOne] : [])].join(' · ')}
          >
            <div className="line">
              <Button disabled={disabled} onClick={() => onEnd(sessionId)}>
                {words.end}
              </Button>
            </div>
          </Row>
        ))}
      </List>
    </Fold>
  );
}
