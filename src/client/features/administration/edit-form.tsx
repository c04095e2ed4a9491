import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { useDraftedValues } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { formatWhen } from '#client/ui/dates.ts';
import { TextField } from '#client/ui/field.tsx';
import { dayOf } from '#domain/identifiers.ts';
import { memberNameLength } from '#domain/member.ts';
import { rolesAhead } from '#domain/role-days.ts';
import { MemberFormFrame } from './member-form.tsx';
import type { MemberFormProps } from './member-form.tsx';
import { willDoWords } from './member-words.ts';
import { emptyRole, fieldsToRoles, roleToFields } from './role-form.ts';
import type { RoleFields, RoleProblems } from './role-form.ts';
import { RoleList } from './role-fields.tsx';
import { WillDo } from './will-do.tsx';

interface MemberValues {
  readonly name: string;
  readonly roles: readonly RoleFields[];
}

export function editDraftId(memberId: string): string {
  return `member-${memberId}`;
}

/** Another name, other roles, other days. */
export function EditForm({ member, onSave, onClose }: MemberFormProps) {
  const m = useMessages();
  const store = useStore();
  const words = m.administration.form;
  const { now } = store.commandContext();
  const today = dayOf(now);
  const { values, setValues, resumedAt, end } = useDraftedValues<MemberValues>(store, { draftId: editDraftId(member.memberId), form: 'member', subjectId: member.memberId }, () => {
    const ahead = rolesAhead(member.roles, today).map(roleToFields);
    return { name: member.name, roles: ahead.length === 0 ? [emptyRole(today)] : ahead };
  });
  const { name, roles } = values;
  const [problems, setProblems] = useState<RoleProblems>({});
  const wanted = fieldsToRoles(name, roles, member.roles, today);

  const submit = async () => {
    setProblems(wanted.ok ? {} : wanted.error);
    if (!wanted.ok) return 'not_ready';
    const failed = await onSave(wanted.value);
    if (failed === undefined) await end();
    return failed;
  };

  return (
    <MemberFormFrame title={m.administration.edit} yes={words.save} onSubmit={submit} onClose={() => {
      void end();
      onClose();
    }}>
      {resumedAt === undefined ? null : <p className="quiet">{words.resumed(formatWhen(resumedAt))}</p>}
      <TextField
        label={words.name}
        value={name}
        maxLength={memberNameLength.most}
        onChange={(event) => setValues({ ...values, name: event.currentTarget.value })}
        error={problems['name'] === undefined ? undefined : words.problems[problems['name']]}
      />
      <RoleList roles={roles} problems={problems} today={today} onChange={(changed) => setValues({ ...values, roles: changed })} />
      {wanted.ok ? <WillDo sentences={willDoWords(m, store, member, wanted.value.roles, { today, now })} /> : null}
    </MemberFormFrame>
  );
}
