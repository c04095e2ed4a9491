import { useMessages } from '#client/languages/use-messages.ts';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { paths } from '#client/ui/paths.ts';
import { useWaiting } from './use-waiting.ts';

/** How many entries wait for this supervisor, leading to them. Without `always` nothing where none do, or where nobody told yet. */
export function WaitingCount({ always = false }: { readonly always?: boolean }) {
  const m = useMessages();
  const { value: entries = [] } = useWaiting();
  if (entries.length === 0 && !always) return null;
  return (
    <List label={m.supervisor.title}>
      <Row
        href={paths.waiting()}
        title={entries.length === 0 ? m.supervisor.title : m.supervisor.count(entries.length)}
        mark={entries.length === 0 ? undefined : <Mark state="needs_you" />}
      />
    </List>
  );
}
