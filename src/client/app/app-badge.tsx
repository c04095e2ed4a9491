import { useEffect } from 'react';
import { useStore } from '#client/store/use-store.ts';
import { setAppBadge } from './badge.ts';
import { badgeCount, waitingLists } from './today-lists.ts';

/** Keeps the number on the app's icon true while the phone is open. Shows nothing itself. */
export function AppBadge() {
  const count = badgeCount(waitingLists(useStore()));
  useEffect(() => setAppBadge(count), [count]);
  return null;
}
