import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { isOfTeam, roles } from '#domain/role.ts';
import type { Assignment, Role } from '#domain/role.ts';
import { menuBarOf } from './menu-bar.ts';
import { screensOf } from './which-screens.ts';

const as = (role: Role): Assignment => ({ role, hamletId: '01456-001' });

test.each<[string, readonly Role[], string, string]>([
  ['a team member', ['team_member'], 'today households feedback', 'people handbook sync settings'],
  ['the bloc', ['bloc_officer'], 'review households requests sync settings', 'people handbook'],
  ['an administrator', ['commune_admin'], 'members hamlets handbook sync settings', ''],
  ['a responder', ['responder'], 'review handbook sync settings', ''],
  ['the province', ['province_viewer'], 'handbook sync settings', ''],
  ['a data-protection officer', ['dpo'], 'audit requests handbook sync settings', ''],
  ['a bloc officer who administers', ['bloc_officer', 'commune_admin'], 'review households members sync settings', 'people hamlets requests handbook'],
  ['a bloc lead who is in a team', ['team_member', 'bloc_lead'], 'review households sync settings', 'today feedback people requests handbook'],
  ['a team member who administers', ['team_member', 'commune_admin'], 'today households feedback', 'people members hamlets handbook sync settings'],
])('the bar of %s', (_, held, onBar, left) => {
  const bar = menuBarOf(held.map(as));
  expect([bar.onBar.join(' '), bar.left.join(' ')]).toEqual([onBar, left]);
});

test('whatever somebody holds, the bar fits a narrow phone, and all that is theirs stands on it or in the list', () => {
  fc.assert(
    fc.property(fc.subarray([...roles]), (held) => {
      const assignments = held.map(as);
      const { onBar, left } = menuBarOf(assignments);
      expect(onBar.length + Number(isOfTeam({ assignments }))).toBeLessThanOrEqual(5);
      expect([...onBar, ...left].toSorted()).toEqual([...screensOf(assignments)].toSorted());
      // The list stands in Today, or in the settings where there is no Today.
      expect(onBar.includes('today') || onBar.includes('settings')).toBe(true);
    }),
  );
});
