import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { dayOf } from '#domain/identifiers.ts';
import { MemberFormFrame } from './member-form.tsx';
import type { MemberFormProps } from './member-form.tsx';
import { willDoWords } from './member-words.ts';
import { WillDo } from './will-do.tsx';

/** Somebody no longer works for the commune: they hold nothing from now on. */
export function LeaveForm({ member, onSave, onClose }: MemberFormProps) {
  const m = useMessages();
  const store = useStore();
  const { now } = store.commandContext();
  const sentences = [
    ...willDoWords(m, store, member, [], { today: dayOf(now), now }),
    ...(member.invitations.length === 0 ? [] : [m.administration.willDo.openInvitations(member.invitations.length)]),
  ];
  return (
    <MemberFormFrame
      title={m.administration.leave}
      yes={m.administration.form.leaveYes}
      variant="danger"
      onSubmit={async () => await onSave({ name: member.name, roles: [] })}
      onClose={onClose}
    >
      <WillDo sentences={sentences} />
    </MemberFormFrame>
  );
}
