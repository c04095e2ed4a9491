import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { MemberSummary } from '#client/remote/administration.ts';
import { useDraftedValues } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Notice } from '#client/ui/notice.tsx';
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
  /** The roles that the member held as these were begun, as JSON. */
  readonly heldThen: string;
}

function asHeld(member: MemberSummary, today: string): MemberValues {
  const ahead = rolesAhead(member.roles, today).map(roleToFields);
  return { name: member.name, roles: ahead.length === 0 ? [emptyRole(today)] : ahead, heldThen: JSON.stringify(member.roles) };
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
  const { values, setValues, resumedAt, end } = useDraftedValues<MemberValues>(store, { draftId: editDraftId(member.memberId), form: 'member', subjectId: member.memberId }, () => asHeld(member, today));
  // A colleague changed the roles meanwhile, or while this lay half written: saved on top of that it would give back what was ended.
  const isOvertaken = values.heldThen !== JSON.stringify(member.roles);
  const current = isOvertaken ? { ...asHeld(member, today), name: values.name } : values;
  const { name, roles } = current;
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
      {isOvertaken ? <Notice tone="warn">{words.rolesChanged}</Notice> : null}
      <TextField
        label={words.name}
        value={name}
        maxLength={memberNameLength.most}
        onChange={(event) => setValues({ ...current, name: event.currentTarget.value })}
        error={problems['name'] === undefined ? undefined : words.problems[problems['name']]}
      />
      <RoleList roles={roles} problems={problems} today={today} onChange={(changed) => setValues({ ...current, roles: changed })} />
      {wanted.ok ? <WillDo sentences={willDoWords(m, store, member, wanted.value.roles, { today, now })} /> : null}
    </MemberFormFrame>
  );
}
