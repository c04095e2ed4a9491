import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { isOfTeam } from '#domain/role.ts';
import type { Assignment } from '#domain/role.ts';
import { documentsToRead } from '#client/features/handbook/book.ts';
import { forgetLook } from '#client/features/households/list-choices.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { classNames } from '#client/ui/class-names.ts';
import { Icon } from '#client/ui/icon.tsx';
import type { IconName } from '#client/ui/icon.tsx';
import { paths } from '#client/ui/paths.ts';
import { ToastShelf } from '#client/ui/toast.tsx';
import { isFormPath } from './form-path.ts';
import { isAtTheDoor } from './held-out.ts';
import styles from './layout.module.css';
import { menuBarOf } from './menu-bar.ts';
import { screensOf } from './which-screens.ts';
import type { ScreenName } from './which-screens.ts';

export const tabs: Record<ScreenName, { readonly href: string; readonly icon: IconName }> = {
  today: { href: paths.today(), icon: 'today' },
  households: { href: paths.households(), icon: 'house' },
  feedback: { href: paths.feedbackList(), icon: 'feedback' },
  people: { href: paths.people(), icon: 'people' },
  review: { href: paths.review(), icon: 'inbox' },
  members: { href: paths.members(), icon: 'members' },
  hamlets: { href: paths.hamlets(), icon: 'place' },
  audit: { href: paths.audit(), icon: 'log' },
  requests: { href: paths.requests(), icon: 'file' },
  handbook: { href: paths.handbook(), icon: 'book' },
  sync: { href: paths.sync(), icon: 'sync' },
  settings: { href: paths.settings(), icon: 'settings' },
};

export function Layout({ assignments, children }: { readonly assignments: readonly Assignment[]; readonly children: ReactNode }) {
  const m = useMessages();
  const [location] = useLocation();
  const screens = screensOf(assignments);
  const isTeam = isOfTeam({ assignments });
  const { onBar } = menuBarOf(assignments);
  const store = useStore();
  const unread = documentsToRead(store).length;
  const middle = Math.ceil(screens.filter((screen) => onBar.includes(screen)).length / 2);
  const tab = (screen: ScreenName) => (
    <Link
      key={screen}
      href={tabs[screen].href}
      className={classNames(styles['tab'], !onBar.includes(screen) && styles['onlyWide'])}
      aria-current={isUnder(location, tabs[screen].href) ? 'page' : undefined}
      onClick={screen === 'households' ? () => forgetLook(store) : undefined}
    >
      <Icon name={tabs[screen].icon} size={24} />
      {m.app.tabs[screen]}
      {screen === 'handbook' && unread > 0 ? ` (${unread})` : null}
    </Link>
  );
  return (
    <div className={classNames(styles['layout'], isFormPath(location) && styles['noBar'], isAtTheDoor(location) && styles['atTheDoor'])}>
      {/* Inside the layout: what is said in passing stands above the bar, and goes when the phone locks. */}
      <ToastShelf>
        <div className={styles['content']}>{children}</div>
      </ToastShelf>
      <nav className={styles['nav']} aria-label={m.app.mainMenu}>
        <div className={styles['brand']}>
          <img src="/icon.svg" alt="" />
          {m.app.name}
        </div>
        {screens.slice(0, middle).map(tab)}
        {isTeam ? (
          <Link href={addPath(location)} className={styles['add']} aria-label={m.app.tabs.addVisit}>
            <Icon name="plus" size={24} />
            {m.app.tabs.add}
          </Link>
        ) : null}
        {screens.slice(middle).map(tab)}
      </nav>
    </div>
  );
}

/** A visit to the household that is open, else the list to find one in. */
function addPath(location: string): string {
  const [, householdId] = /^\/ho\/([^/]+)/u.exec(location) ?? [];
  return householdId === undefined || location === paths.newHousehold() ? paths.startVisit() : paths.newVisit(householdId);
}

function isUnder(location: string, href: string): boolean {
  return href === '/' ? location === '/' : location === href || location.startsWith(`${href}/`);
}
