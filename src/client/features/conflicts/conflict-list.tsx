import { recordAbout, recordTitle } from '#client/languages/record-title.ts';
import { fieldName } from '#client/languages/record-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { formatDay } from '#client/ui/dates.ts';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Section } from '#client/ui/section.tsx';
import type { AnyRecord } from '#domain/record.ts';
import { openConflicts } from './questions.ts';

/** Records where two people wrote different things and this person may say which stays. Nothing where there are none. */
export function ConflictList() {
  const m = useMessages();
  const store = useStore();
  const open = openConflicts(store);
  if (open.length === 0) return null;
  return (
    <Section title={m.conflict.listTitle} count={open.length}>
      <List label={m.conflict.listTitle}>
        {open.map(({ record, href }) => (
          <Row
            key={record.recordId}
            href={href}
            title={titleOf(m, store, record)}
            detail={[...new Set(record.conflicts.map(({ field }) => fieldName(m, field) ?? m.words.recordKinds[record.kind]))].join(' · ')}
            mark={<Mark state="needs_you" />}
          />
        ))}
      </List>
    </Section>
  );
}

function titleOf(m: Messages, store: FieldStore, record: AnyRecord): string {
  const context = { find: (id: string) => store.find(id), day: formatDay };
  // A household or a person is called by the name alone: nothing was done there, two wrote about them.
  const isSomeone = record.kind === 'household' || record.kind === 'prestigious_person';
  return (isSomeone ? recordAbout(m, record, context) : undefined) ?? recordTitle(m, record, context);
}
