import { expect, test } from 'vitest';
import { isOfTeam } from '#domain/role.ts';
import type { Assignment } from '#domain/role.ts';
import { screensOf } from './which-screens.ts';

const team: Assignment = { role: 'team_member', hamletId: '01456-001' };
const responder: Assignment = { role: 'responder', unitId: '0190a000-0000-7000-8000-000000000001' };

test.each<[string, readonly Assignment[], string, boolean]>([
  ['a team member', [team], 'today households feedback people handbook sync settings', true],
  ['a team lead', [{ role: 'team_lead', hamletId: '01456-001' }], 'today households feedback people handbook sync settings', true],
  ['the bloc', [{ role: 'bloc_officer' }], 'review households people requests handbook sync settings', false],
  ['a responder, who lists no household', [responder], 'review handbook sync settings', false],
  ['an administrator', [{ role: 'commune_admin' }], 'members hamlets handbook sync settings', false],
  ['a data protection officer', [{ role: 'dpo' }], 'audit requests handbook sync settings', false],
  ['an administrator in a team', [{ role: 'commune_admin' }, team], 'today households feedback people members hamlets handbook sync settings', true],
  ['the province', [{ role: 'province_viewer' }], 'handbook sync settings', false],
  ['somebody without a role any more', [], 'sync settings', false],
  ['a bloc officer who is in a team as well', [team, { role: 'bloc_lead' }], 'review today households feedback people requests handbook sync settings', true],
])('%s opens on their own work', (_, assignments, screens, logs) => {
  expect(screensOf(assignments).join(' ')).toBe(screens);
  expect(isOfTeam({ assignments })).toBe(logs);
});
