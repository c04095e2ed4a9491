import { useMessages } from '#client/languages/use-messages.ts';
import { areaName, standingHamlets } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { formatDay } from '#client/ui/dates.ts';
import { Fold } from '#client/ui/fold.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Section } from '#client/ui/section.tsx';
import type { TeamReading } from '#domain/reading-standing.ts';
import { readingOf } from './book.ts';
import type { HandbookDocument } from './book.ts';

/** For the bloc: how many teams have read it, and which have not. Teams, not persons. */
export function TeamReadings({ document }: { readonly document: HandbookDocument }) {
  const m = useMessages();
  const store = useStore();
  const words = m.handbook.reading;
  const teams = standingHamlets(store);
  const { read, readBefore, unread } = readingOf(store, document, teams);
  if (teams.length === 0) return null;
  const rows = (readings: readonly TeamReading[], label: string) => (
    <List label={label}>
      {readings.map(({ hamletId, on }) => (
        <Row key={hamletId} title={areaName(store, hamletId)} detail={words.readOn(formatDay(on))} />
      ))}
    </List>
  );
  return (
    <Section title={words.standing(read.length, teams.length)}>
      {read.length === teams.length ? <p>{words.allRead}</p> : null}
      {unread.length === 0 ? null : (
        <Fold label={words.unread(unread.length)} isOpen>
          <List label={words.unread(unread.length)}>
            {unread.map((hamletId) => (
              <Row key={hamletId} title={areaName(store, hamletId)} />
            ))}
          </List>
        </Fold>
      )}
      {readBefore.length === 0 ? null : <Fold label={words.old(readBefore.length)}>{rows(readBefore, words.old(readBefore.length))}</Fold>}
      {read.length === 0 ? null : <Fold label={words.read(read.length)}>{rows(read, words.read(read.length))}</Fold>}
    </Section>
  );
}
