import { describe, expect, test } from 'vitest';
import { endInPast, hasLeft, heldRoleSchema, isHeldOn, isOver, isSameRun, rolesAhead } from './role-days.ts';
import type { HeldRole, PresentOf } from './role-days.ts';

const [north, south] = ['01789-001', '01789-002'];
const today = '2026-11-22';
const inTeam = (fromDay: string, toDay?: string, hamletId = north): HeldRole => ({ assignment: { role: 'team_member', hamletId }, fromDay, ...(toDay === undefined ? {} : { toDay }) });
/** North was merged into south. */
const presentOf: PresentOf = (assignment) => (assignment.hamletId === north ? { ...assignment, hamletId: south } : assignment);

test('a role is held from its first day to its last, both of them with it', () => {
  const role = inTeam('2026-11-20', today);
  expect(['2026-11-19', '2026-11-20', today, '2026-11-23'].map((day) => [isHeldOn(role, day), isOver(role, day)])).toEqual([[false, false], [true, false], [true, false], [false, true]]);
  expect([isHeldOn(inTeam(today), '2099-01-01'), isOver(inTeam(today), '2099-01-01')]).toEqual([true, false]);
});

test('whoever has no role ahead has left, on the day after their last', () => {
  const roles = [inTeam('2026-01-01', '2026-11-21'), inTeam('2026-01-01', today, south)];
  expect(rolesAhead(roles, today)).toEqual([roles[1]]);
  expect([hasLeft(roles, today), hasLeft(roles, '2026-11-23'), hasLeft([inTeam('2027-01-01')], today), hasLeft([], today)]).toEqual([false, true, false, true]);
});

test('a role that ends before it begins is none', () => {
  expect(heldRoleSchema.safeParse(inTeam(today, today)).success).toBe(true);
  expect(heldRoleSchema.safeParse(inTeam(today, '2026-11-21')).success).toBe(false);
});

test('the same run is the same role in the same place from the same day, wherever that place lies today', () => {
  const run = inTeam(today, '2026-12-31');
  expect([isSameRun(run, inTeam(today)), isSameRun(run, inTeam('2026-11-23')), isSameRun(run, inTeam(today, undefined, south))]).toEqual([true, false, false]);
  expect(isSameRun(run, inTeam(today, undefined, south), presentOf)).toBe(true);
});

describe('what is past', () => {
  test('cannot be said of a role that was not so: neither that it began, nor that it ended', () => {
    expect(endInPast([], inTeam('2026-11-21'), today)).toBe('fromDay');
    expect(endInPast([], inTeam('2026-11-01', '2026-11-21'), today)).toBe('fromDay');
    expect(endInPast([inTeam('2026-11-01')], inTeam('2026-11-01', '2026-11-21'), today)).toBe('toDay');
    expect(endInPast([inTeam('2026-11-01', '2026-11-20')], inTeam('2026-11-01', '2026-11-21'), today)).toBe('toDay');
    // It ended: what goes on from its first day would be another.
    expect(endInPast([inTeam('2026-11-01', '2026-11-20')], inTeam('2026-11-01'), today)).toBe('fromDay');
  });

  test('is said again as it was, and ends another day that is not past', () => {
    const known = [inTeam('2026-11-01'), inTeam('2026-10-01', '2026-10-31')];
    for (const role of [...known, inTeam('2026-11-01', today), inTeam(today), inTeam('2027-01-01', '2027-12-31')]) expect(endInPast(known, role, today)).toBeUndefined();
    expect(endInPast(known, inTeam('2026-11-01', undefined, south), today)).toBe('fromDay');
    expect(endInPast(known, inTeam('2026-11-01', undefined, south), today, presentOf)).toBeUndefined();
  });
});
