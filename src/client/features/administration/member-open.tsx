import { useState } from 'react';
import { assignmentWords } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { MemberSummary } from '#client/remote/administration.ts';
import { saveMember } from '#client/remote/administration.ts';
import { useCalls } from '#client/remote/use-calls.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Section } from '#client/ui/section.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { dayOf } from '#domain/identifiers.ts';
import { hasLeft, rolesAhead } from '#domain/role-days.ts';
import { editDraftId, EditForm } from './edit-form.tsx';
import { Invitations } from './invitations.tsx';
import { LeaveForm } from './leave-form.tsx';
import type { MemberFormProps } from './member-form.tsx';
import { daysWords } from './member-words.ts';
import { MoveForm } from './move-form.tsx';
import { Phones } from './phones.tsx';
import type { Members } from './use-members.ts';

type OpenForm = 'edit' | 'move' | 'leave';

/** One member: what they do and since when, their phones, and what can be done about both. */
export function MemberOpen({ member, members }: { readonly member: MemberSummary; readonly members: Members }) {
  const m = useMessages();
  const store = useStore();
  const calls = useCalls();
  const showToast = useToast();
  const [form, setForm] = useState<OpenForm | undefined>(() => (store.drafts().some(({ draftId }) => draftId === editDraftId(member.memberId)) ? 'edit' : undefined));
  const today = dayOf(store.commandContext().now);
  const ahead = rolesAhead(member.roles, today);
  const over = member.roles.filter((role) => !ahead.includes(role));
  const mayMove = ahead.some(({ assignment }) => assignment.hamletId !== undefined);
  const close = () => setForm(undefined);

  const onSave: MemberFormProps['onSave'] = async (request) => {
    const saved = await members.act(() => saveMember(calls, { ...request, memberId: member.memberId }));
    if (!saved.ok) return saved.error;
    showToast(m.administration.form.saved);
    close();
    return undefined;
  };
  const formProps: MemberFormProps = { member, onSave, onClose: close };

  return (
    <article className="stack" aria-label={member.name}>
      <h2>{member.name}</h2>
      {form === 'edit' ? <EditForm {...formProps} /> : null}
      {form === 'move' ? <MoveForm {...formProps} /> : null}
      {form === 'leave' ? <LeaveForm {...formProps} /> : null}
      {form !== undefined ? null : (
        <Section title={m.administration.roles}>
          {ahead.length === 0 ? <p>{m.administration.noRole}</p> : null}
          {member.roles.length === 0 ? null : (
            <List label={m.administration.roles}>
              {[...ahead, ...over].map((role) => (
                <Row key={JSON.stringify(role)} title={assignmentWords(m, store, role.assignment)} detail={daysWords(m, role, today)} />
              ))}
            </List>
          )}
          <div className="line">
            <Button onClick={() => setForm('edit')}>{m.administration.edit}</Button>
            {mayMove ? <Button onClick={() => setForm('move')}>{m.administration.move}</Button> : null}
            {hasLeft(member.roles, today) ? null : <Button onClick={() => setForm('leave')}>{m.administration.leave}</Button>}
          </div>
        </Section>
      )}
      <Invitations member={member} members={members} />
      <Phones member={member} members={members} />
    </article>
  );
}
