import { expect, test } from 'vitest';
import type { HeldRole } from '#domain/role-days.ts';
import { emptyRole, fieldsToRoles, roleToFields, rolesToGive, withChange } from './role-form.ts';
import type { RoleFields } from './role-form.ts';

const today = '2026-11-22';
const [ngocSon, lungRi] = ['01456-001', '01456-002'];
const held: HeldRole = { assignment: { role: 'team_member', hamletId: ngocSon }, fromDay: '2026-01-01' };
const fields = (change: Partial<RoleFields> = {}): RoleFields => ({ ...emptyRole(today), role: 'team_member', hamletId: ngocSon, ...change });
const problemsOf = (...wrong: readonly RoleFields[]) => {
  const read = fieldsToRoles('Nông Thị Lan', wrong, [held], today);
  return read.ok ? {} : read.error;
};

test('what a form says becomes a name without stray spaces and the roles with their places and days', () => {
  const said = [fields({ toDay: '2026-12-31' }), { ...emptyRole(today), role: 'responder', unitId: 'u', hamletId: ngocSon } as const, { ...emptyRole(today), role: 'dpo', unitId: 'u' } as const];
  expect(fieldsToRoles('  Nông  Thị Lan ', said, [], today)).toEqual({
    ok: true,
    value: {
      name: 'Nông Thị Lan',
      roles: [
        { assignment: { role: 'team_member', hamletId: ngocSon }, fromDay: today, toDay: '2026-12-31' },
        { assignment: { role: 'responder', unitId: 'u' }, fromDay: today },
        { assignment: { role: 'dpo' }, fromDay: today },
      ],
    },
  });
});

test('a role that is held comes back from the form as it was', () => {
  for (const role of [held, { ...held, toDay: '2026-12-01' }]) expect(fieldsToRoles('Lan', [roleToFields(role)], [role], today)).toMatchObject({ value: { roles: [role] } });
});

test.each<[string, Record<string, string>, RoleFields]>([
  ['no work', { '0.role': 'role' }, emptyRole(today)],
  ['no hamlet', { '0.hamletId': 'hamlet' }, fields({ hamletId: '' })],
  ['no unit', { '0.unitId': 'unit' }, fields({ role: 'responder' })],
  ['no first day', { '0.fromDay': 'from_day' }, fields({ fromDay: '' })],
  ['a beginning in the past that is not so yet', { '0.fromDay': 'from_past' }, fields({ fromDay: '2026-11-21' })],
  ['an end before the beginning', { '0.toDay': 'to_before' }, fields({ fromDay: '2026-12-02', toDay: '2026-12-01' })],
  ['an end in the past', { '0.toDay': 'to_past' }, fields({ fromDay: '2026-01-01', toDay: '2026-11-21' })],
])('a role with %s is not taken, and the field is named', (_, problems, wrong) => {
  expect(problemsOf(wrong)).toEqual(problems);
});

test('a role that ended is not gone on with from its first day: the commune would refuse it', () => {
  const read = fieldsToRoles('Lan', [fields({ fromDay: '2026-01-01' })], [{ ...held, toDay: '2026-11-20' }], today);
  expect(read).toEqual({ ok: false, error: { '0.fromDay': 'from_past' } });
});

test('a name of one letter is not taken, and all that is wrong is said at once', () => {
  expect(fieldsToRoles(' L ', [emptyRole(today), fields({ hamletId: '' })], [], today)).toEqual({
    ok: false, error: { name: 'name_short', '0.role': 'role', '1.hamletId': 'hamlet' },
  });
});

test('the same role in the same place is held once on any day', () => {
  expect(problemsOf(fields(), fields({ fromDay: '2026-12-01' }))).toEqual({ '1.role': 'twice' });
  expect(problemsOf(fields({ toDay: '2026-11-30' }), fields({ fromDay: '2026-12-01' }), fields({ hamletId: lungRi }))).toEqual({});
});

test('another role or place begins today, whatever the one before it began; a role to come keeps its day', () => {
  const before = roleToFields(held);
  expect(withChange(before, { hamletId: lungRi }, today).fromDay).toBe(today);
  expect(withChange(before, { role: 'team_lead' }, today).fromDay).toBe(today);
  expect(withChange(before, { toDay: '2026-12-31' }, today).fromDay).toBe('2026-01-01');
  expect(withChange({ ...before, fromDay: '2027-01-01' }, { hamletId: lungRi }, today).fromDay).toBe('2027-01-01');
});

test('a commune gives every role but the one of the province', () => {
  expect(rolesToGive).toEqual(['team_member', 'team_lead', 'bloc_officer', 'bloc_lead', 'responder', 'commune_admin', 'dpo']);
});
