import { useLocation } from 'wouter';
import { documentsToRead } from '#client/features/handbook/book.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { List, Row } from '#client/ui/list.tsx';
import { tabs } from '../layout.tsx';
import { menuBarOf } from '../menu-bar.ts';

/** The screens for which a phone's bar has no room. */
export function LeftOfBar() {
  const m = useMessages();
  const store = useStore();
  const { left } = menuBarOf(store.account().assignments);
  const unread = documentsToRead(store).length;
  const [location] = useLocation();
  const rows = left.filter((screen) => tabs[screen].href !== location);
  if (rows.length === 0) return null;
  return (
    <List label={m.today.more}>
      {rows.map((screen) => (
        <Row key={screen} href={tabs[screen].href} title={m.app.tabs[screen]} detail={screen === 'handbook' && unread > 0 ? m.handbook.reading.toReadCount(unread) : undefined} />
      ))}
    </List>
  );
}
