/** Which screens stand on the bar of a narrow screen, and which are left to a list: every screen of a role is reached on a phone too. */
import { isOfTeam } from '#domain/role.ts';
import type { Assignment } from '#domain/role.ts';
import { screensOf } from './which-screens.ts';
import type { ScreenName } from './which-screens.ts';

/** A team's bar has room for three and the plus; what is left out is reached from Today. */
const onTeamBar: readonly ScreenName[] = ['today', 'households', 'feedback'];
/** A desk opened on a phone, of the bloc, a unit, the administrator or the data-protection officer. */
const onDeskBar: readonly ScreenName[] = ['review', 'households', 'members', 'hamlets', 'audit', 'requests', 'handbook', 'sync', 'settings'];
/** Left out first where somebody is much at once. */
const rarest: readonly ScreenName[] = ['handbook', 'hamlets', 'audit', 'requests', 'households'];
const roomOnBar = 5;

export interface MenuBar {
  readonly onBar: readonly ScreenName[];
  /** In the order of the menu; a wide screen's menu holds them too. */
  readonly left: readonly ScreenName[];
}

export function menuBarOf(assignments: readonly Assignment[]): MenuBar {
  const screens = screensOf(assignments);
  const isTeam = isOfTeam({ assignments });
  const wanted = isTeam && !screens.includes('review') ? onTeamBar : onDeskBar.filter((screen) => screens.includes(screen));
  // The plus stands on a team's bar as well.
  const surplus = Math.max(0, wanted.length - (isTeam ? roomOnBar - 1 : roomOnBar));
  const leftOut = rarest.filter((screen) => wanted.includes(screen)).slice(0, surplus);
  const onBar = wanted.filter((screen) => !leftOut.includes(screen));
  return { onBar, left: screens.filter((screen) => !onBar.includes(screen)) };
}
