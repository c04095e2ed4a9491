import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { List } from '#client/ui/list.tsx';
import { Section } from '#client/ui/section.tsx';
import { documentsToRead } from './book.ts';
import { DocumentRow } from './document-row.tsx';

/** Documents that a team of mine is asked to read and has not; nothing where there are none. For Today, and for the handbook itself. */
export function ToRead() {
  const m = useMessages();
  const toRead = documentsToRead(useStore());
  if (toRead.length === 0) return null;
  return (
    <Section title={m.handbook.reading.toRead} count={toRead.length}>
      <List label={m.handbook.reading.toRead}>
        {toRead.map(({ document }) => (
          <DocumentRow key={document.recordId} document={document} />
        ))}
      </List>
    </Section>
  );
}
