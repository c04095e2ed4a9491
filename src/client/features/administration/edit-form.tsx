import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
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

/** Another name, other roles, other days. */
export function EditForm({ member, onSave, onClose }: MemberFormProps) {
  const m = useMessages();
  const store = useStore();
  const words = m.administration.form;
  const { now } = store.commandContext();
  const today = dayOf(now);
  const [name, setName] = useState(member.name);
  const [roles, setRoles] = useState<RoleFields[]>(() => {
    const ahead = rolesAhead(member.roles, today).map(roleToFields);
    return ahead.length === 0 ? [emptyRole(today)] : ahead;
  });
  const [problems, setProblems] = useState<RoleProblems>({});
  const wanted = fieldsToRoles(name, roles, member.roles, today);

  const submit = async () => {
    setProblems(wanted.ok ? {} : wanted.error);
    return wanted.ok ? await onSave(wanted.value) : 'not_ready';
  };

  return (
    <MemberFormFrame title={m.administration.edit} yes={words.save} onSubmit={submit} onClose={onClose}>
      <TextField
        label={words.name}
        value={name}
        maxLength={memberNameLength.most}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problems['name'] === undefined ? undefined : words.problems[problems['name']]}
      />
      <RoleList roles={roles} problems={problems} today={today} onChange={setRoles} />
      {wanted.ok ? <WillDo sentences={willDoWords(m, store, member, wanted.value.roles, { today, now })} /> : null}
    </MemberFormFrame>
  );
}
