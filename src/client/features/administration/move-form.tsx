import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { Select } from '#client/ui/choice.tsx';
import { DateField } from '#client/ui/field.tsx';
import { dayOf } from '#domain/identifiers.ts';
import { rolesAhead } from '#domain/role-days.ts';
import { MemberFormFrame } from './member-form.tsx';
import type { MemberFormProps } from './member-form.tsx';
import { movedTo } from './member-roles.ts';
import { willDoWords } from './member-words.ts';
import { hamletOptions } from './role-fields.tsx';
import { WillDo } from './will-do.tsx';

/** From one hamlet to another, with the same role, from today or from a later day on. */
export function MoveForm({ member, onSave, onClose }: MemberFormProps) {
  const m = useMessages();
  const store = useStore();
  const words = m.administration.form;
  const { now } = store.commandContext();
  const today = dayOf(now);
  const held = [...new Set(rolesAhead(member.roles, today).flatMap(({ assignment }) => (assignment.hamletId === undefined ? [] : [assignment.hamletId])))];
  const [from, setFrom] = useState(held[0] ?? '');
  const [to, setTo] = useState('');
  const [day, setDay] = useState(today);
  const [isAsked, setIsAsked] = useState(false);
  const isDayWrong = day === '' || day < today;
  const roles = to === '' || isDayWrong ? undefined : movedTo(member.roles, { from, to, day }, today);

  const submit = async () => {
    setIsAsked(true);
    return roles === undefined ? 'not_ready' : await onSave({ name: member.name, roles });
  };

  return (
    <MemberFormFrame title={m.administration.move} yes={words.moveYes} onSubmit={submit} onClose={onClose}>
      {held.length === 1 ? (
        <p>
          {words.moveFrom} <strong>{areaName(store, from)}</strong>
        </p>
      ) : (
        <Select label={words.moveFrom} options={held.map((value) => ({ value, label: areaName(store, value) }))} value={from} onChange={setFrom} />
      )}
      <Select
        label={words.moveTo}
        placeholder={words.pick}
        options={hamletOptions(store).filter(({ value }) => value !== from)}
        value={to === '' ? undefined : to}
        onChange={setTo}
        error={isAsked && to === '' ? words.problems.hamlet : undefined}
      />
      <DateField
        label={words.moveDay}
        value={day}
        min={today}
        onChange={(event) => setDay(event.currentTarget.value)}
        error={isAsked && isDayWrong ? words.problems.from_past : undefined}
      />
      {roles === undefined ? null : <WillDo sentences={willDoWords(m, store, member, roles, { today, now })} />}
    </MemberFormFrame>
  );
}
