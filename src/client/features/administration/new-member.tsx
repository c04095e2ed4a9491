import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useMessages } from '#client/languages/use-messages.ts';
import { saveMember } from '#client/remote/administration.ts';
import { useCalls } from '#client/remote/use-calls.ts';
import { useDraftedValues } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { formatWhen } from '#client/ui/dates.ts';
import { TextField } from '#client/ui/field.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { paths } from '#client/ui/paths.ts';
import { useToast } from '#client/ui/toast.tsx';
import { dayOf } from '#domain/identifiers.ts';
import { memberNameLength } from '#domain/member.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import { MemberFormFrame } from './member-form.tsx';
import { workWords } from './member-words.ts';
import { emptyRole, fieldsToRoles } from './role-form.ts';
import type { RoleFields, RoleProblems } from './role-form.ts';
import { RoleList } from './role-fields.tsx';
import type { Members } from './use-members.ts';

const draftForm = 'new_member';

interface NewMemberValues {
  readonly name: string;
  readonly roles: readonly RoleFields[];
}

/**
 * A member is added. Their id is made with the form and lives in its draft: sent again after an answer that was lost, also when the phone
 * was locked in between, it is still the same person.
 */
export function NewMember({ members }: { readonly members: Members }) {
  const m = useMessages();
  const store = useStore();
  const calls = useCalls();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const words = m.administration.form;
  const today = dayOf(store.commandContext().now);
  const [memberId] = useState(() => store.drafts().find(({ form }) => form === draftForm)?.draftId ?? store.commandContext().newId());
  const { values, setValues, resumedAt, end } = useDraftedValues<NewMemberValues>(store, { draftId: memberId, form: draftForm }, () => ({ name: '', roles: [emptyRole(today)] }));
  const [problems, setProblems] = useState<RoleProblems>({});
  const sameName = members.value?.find(
    (member) => member.memberId !== memberId && values.name.trim() !== '' && withoutDiacritics(member.name) === withoutDiacritics(values.name),
  );

  const submit = async () => {
    const wanted = fieldsToRoles(values.name, values.roles, [], today);
    setProblems(wanted.ok ? {} : wanted.error);
    if (!wanted.ok) return 'not_ready';
    const saved = await members.act(() => saveMember(calls, { memberId, ...wanted.value }));
    if (!saved.ok) return saved.error;
    await end();
    showToast(words.added(wanted.value.name));
    navigate(paths.member(memberId), { replace: true });
    return undefined;
  };

  return (
    <MemberFormFrame
      title={words.newTitle}
      yes={words.saveNew}
      onSubmit={submit}
      onClose={() => {
        void end();
        navigate(paths.members(), { replace: true });
      }}
    >
      {resumedAt === undefined ? null : <p className="quiet">{words.resumed(formatWhen(resumedAt))}</p>}
      <TextField
        label={words.name}
        hint={words.nameHint}
        value={values.name}
        maxLength={memberNameLength.most}
        onChange={(event) => setValues({ ...values, name: event.currentTarget.value })}
        error={problems['name'] === undefined ? undefined : words.problems[problems['name']]}
      />
      {sameName === undefined ? null : (
        <Notice tone="warn">
          <Link href={paths.member(sameName.memberId)}>
            {words.sameName(sameName.name, workWords(m, store, sameName, today) || m.administration.noRole)}
          </Link>
        </Notice>
      )}
      <RoleList roles={values.roles} problems={problems} today={today} onChange={(roles) => setValues({ ...values, roles })} />
    </MemberFormFrame>
  );
}
