import { Suspense, lazy, useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { cancelInvitation, createInvitation } from '#client/remote/administration.ts';
import type { InvitationAnswer, MemberSummary } from '#client/remote/administration.ts';
import type { SessionCallError } from '#client/remote/session-calls.ts';
import { useCalls } from '#client/remote/use-calls.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { formatWhen } from '#client/ui/dates.ts';
import { List, Row } from '#client/ui/list.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Section } from '#client/ui/section.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { useOnline } from '#client/ui/use-online.ts';
import { dayOf } from '#domain/identifiers.ts';
import { hasLeft } from '#domain/role-days.ts';
import { leftWords } from './member-words.ts';
import { actFailureWords, officeFailureWords } from './refusal-words.ts';
import type { Members } from './use-members.ts';

// What draws QR codes is fetched for this alone.
const InvitationShown = lazy(async () => ({ default: (await import('./invitation-shown.tsx')).InvitationShown }));

type Failed = { readonly of: 'create' | 'cancel'; readonly error: SessionCallError };

/** How a member gets into a phone: an invitation is made and shown once; those that were not used yet can be taken back. */
export function Invitations({ member, members }: { readonly member: MemberSummary; readonly members: Members }) {
  const m = useMessages();
  const store = useStore();
  const calls = useCalls();
  const isOnline = useOnline();
  const showToast = useToast();
  const words = m.administration.invitation;
  const [shown, setShown] = useState<InvitationAnswer | undefined>(undefined);
  const { isBusy, run } = useOneAct();
  const [failed, setFailed] = useState<Failed | undefined>(undefined);
  const { now } = store.commandContext();
  const mayInvite = !hasLeft(member.roles, dayOf(now));
  const isFirst = member.devices.length === 0 && member.invitations.length === 0;

  const create = async () => {
    setFailed(undefined);
    const made = await members.act(async () => {
      const answer = await createInvitation(calls, member.memberId);
      // Said this once: it stands on the screen before anything else is asked.
      if (answer.ok) setShown(answer.value);
      return answer;
    });
    if (!made.ok) setFailed({ of: 'create', error: made.error });
  };
  const cancel = async (invitationId: string) => {
    setFailed(undefined);
    const cancelled = await members.act(() => cancelInvitation(calls, invitationId));
    if (!cancelled.ok) {
      setFailed({ of: 'cancel', error: cancelled.error });
      return;
    }
    if (shown?.invitationId === invitationId) setShown(undefined);
    showToast(words.cancelled);
  };

  return (
    <Section title={words.title}>
      {shown === undefined ? null : (
        <Suspense fallback={<p className="quiet">{words.creating}</p>}>
          <InvitationShown member={member} made={shown} onDone={() => setShown(undefined)} />
        </Suspense>
      )}
      {!mayInvite || shown !== undefined ? null : (
        <>
          <p className="quiet">{words.createHint}</p>
          <div className="line">
            <Button variant={isFirst ? 'primary' : 'plain'} disabled={isBusy || !isOnline} onClick={() => void run(create)}>
              {isBusy ? words.creating : words.create}
            </Button>
          </div>
        </>
      )}
      {failed === undefined ? null : <Notice tone="danger">{failureOf(failed)}</Notice>}
      {member.invitations.length === 0 ? null : (
        <List label={words.open}>
          {member.invitations.map(({ invitationId, createdAt, expiresAt }) => (
            <Row
              key={invitationId}
              title={words.openOne(formatWhen(createdAt, now))}
              detail={leftWords(m, expiresAt, now)}
              badge={
                <Button disabled={isBusy || !isOnline} onClick={() => void run(async () => await cancel(invitationId))}>
                  {words.cancel}
                </Button>
              }
            />
          ))}
        </List>
      )}
    </Section>
  );

  function failureOf({ of, error }: Failed): string {
    if (of === 'cancel') return actFailureWords(m, error);
    return error.code === 'refused' ? officeFailureWords(m, error) : words.lost(officeFailureWords(m, error));
  }
}
