import { entryTitle } from '#client/languages/entry-title.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { formatMoment, formatWhen } from '#client/ui/dates.ts';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Section } from '#client/ui/section.tsx';
import { titleContext } from './waiting-words.ts';

/** The author's own entries that a supervisor took, with who took them. Nothing where there were none. */
export function AcceptedList() {
  const m = useMessages();
  const store = useStore();
  const accepted = store.accepted();
  if (accepted.length === 0) return null;
  return (
    <Section title={m.supervisor.outcomes} count={accepted.length}>
      <List label={m.supervisor.outcomes}>
        {accepted.map(({ deviceSeq, savedAt, decidedByName, decidedAt }) => {
          // As its author wrote it, for it may have moved to where they do not read; once it no longer opens here, by when it was written.
          const title = entryTitle(m, store.entryOf(deviceSeq)?.changes ?? [], titleContext(store));
          return (
            <Row
              key={deviceSeq}
              title={title ?? m.sync.unnamedEntry(formatWhen(savedAt))}
              detail={m.supervisor.acceptedBy(decidedByName, formatMoment(decidedAt))}
              mark={<Mark state="sent" />}
            />
          );
        })}
      </List>
    </Section>
  );
}
