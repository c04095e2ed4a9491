import { useDeferredValue, useEffect, useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { MemberSummary } from '#client/remote/administration.ts';
import { useStore } from '#client/store/use-store.ts';
import { AskedNotice } from '#client/ui/asked-notice.tsx';
import { Beside } from '#client/ui/beside.tsx';
import { ButtonLink } from '#client/ui/button.tsx';
import { formatWhen } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { SearchField } from '#client/ui/search-field.tsx';
import { dayOf } from '#domain/identifiers.ts';
import { hasLeft } from '#domain/role-days.ts';
import { compareVietnamese, withoutDiacritics } from '#domain/vietnamese-text.ts';
import { phoneWords, workWords } from './member-words.ts';
import { MemberOpen } from './member-open.tsx';
import { NewMember } from './new-member.tsx';
import { officeFailureWords } from './refusal-words.ts';
import { useMembers } from './use-members.ts';
import type { Members } from './use-members.ts';

/** Everybody with an account in the commune, and the one that is open (`openId`) or being added (`isNew`). */
export function MembersPage({ openId, isNew = false }: { readonly openId?: string | undefined; readonly isNew?: boolean }) {
  const m = useMessages();
  const members = useMembers();
  const open = members.value?.find(({ memberId }) => memberId === openId);
  const isOpen = isNew || openId !== undefined;
  return (
    <Page title={m.administration.title} back={isOpen ? paths.members() : undefined} wide>
      {/* Whoever goes from one to the next wants to see how they stand now. */}
      <MembersStanding key={openId ?? 'list'} members={members} />
      <Beside
        list={<MemberList members={members} openId={openId} />}
        openLabel={m.administration.openLabel}
        choose={m.administration.choose}
        open={
          isNew ? (
            <NewMember members={members} />
          ) : open !== undefined ? (
            <MemberOpen key={open.memberId} member={open} members={members} />
          ) : openId !== undefined && members.value !== undefined && !members.isAsking ? (
            <Empty>{m.administration.gone}</Empty>
          ) : openId === undefined ? undefined : (
            <p className="quiet">{m.administration.asking}</p>
          )
        }
      />
    </Page>
  );
}

function MembersStanding({ members }: { readonly members: Members }) {
  const m = useMessages();
  const { value, toldAt, isAsking, error, refresh } = members;
  useEffect(() => {
    if (navigator.onLine) void refresh();
  }, [refresh]);
  return (
    <AskedNotice
      isTold={value !== undefined}
      isAsking={isAsking}
      failure={error === undefined ? undefined : officeFailureWords(m, error)}
      offline={m.administration.offline}
      asking={m.administration.asking}
      asOf={toldAt === undefined ? '' : m.administration.askedAt(formatWhen(toldAt))}
      onRetry={() => void refresh()}
    />
  );
}

function MemberList({ members, openId }: { readonly members: Members; readonly openId: string | undefined }) {
  const m = useMessages();
  const store = useStore();
  const [text, setText] = useState('');
  const wanted = withoutDiacritics(useDeferredValue(text));
  const { now } = store.commandContext();
  const today = dayOf(now);
  if (members.value === undefined) return null;
  const workOf = (member: MemberSummary) => workWords(m, store, member, today);
  const found = members.value
    .filter((member) => withoutDiacritics(`${member.name} ${workOf(member)}`).includes(wanted))
    .sort((a, b) => compareVietnamese(a.name, b.name));
  const here = found.filter((member) => !hasLeft(member.roles, today));
  const left = found.filter((member) => hasLeft(member.roles, today));
  const rows = (shown: readonly MemberSummary[]) =>
    shown.map((member) => (
      <Row
        key={member.memberId}
        href={paths.member(member.memberId)}
        isCurrent={member.memberId === openId}
        title={member.name}
        detail={
          <>
            {workOf(member) || m.administration.noRole}
            <br />
            {phoneWords(m, member, now)}
          </>
        }
      />
    ));
  return (
    <>
      <ButtonLink variant="primary" wide href={paths.newMember()}>
        <Icon name="plus" />
        {m.administration.add}
      </ButtonLink>
      <SearchField label={m.administration.search} value={text} onChange={setText} />
      {found.length === 0 ? (
        <Empty>{wanted === '' ? m.administration.none : m.administration.notFound(text.trim())}</Empty>
      ) : (
        <>
          <p className="quiet" aria-live="polite">
            {m.administration.count(here.length)}
          </p>
          {here.length === 0 ? null : <List label={m.administration.title}>{rows(here)}</List>}
          {left.length === 0 ? null : (
            <Fold label={m.administration.left} detail={String(left.length)} isOpen={wanted !== '' && here.length === 0 ? true : undefined}>
              <List label={m.administration.left}>{rows(left)}</List>
            </Fold>
          )}
        </>
      )}
    </>
  );
}
