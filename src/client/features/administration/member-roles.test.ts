import { describe, expect, it } from 'vitest';
import type { Role } from '#domain/role.ts';
import type { HeldRole } from '#domain/role-days.ts';
import { bookChanges, movedTo } from './member-roles.ts';

const [ngocSon, lungRi] = ['01456-001', '01456-002'];
const unitId = '01990000-0000-7000-8000-000000000101';
const today = '2026-11-22';
const inTeam = (hamletId: string, fromDay = '2026-01-01', toDay?: string, role: Role = 'team_member'): HeldRole => ({
  assignment: { role, hamletId }, fromDay, ...(toDay === undefined ? {} : { toDay }),
});
const atCommune = (role: Role, fromDay = '2026-01-01', toDay?: string): HeldRole => ({ assignment: { role }, fromDay, ...(toDay === undefined ? {} : { toDay }) });
const reader = { memberId: unitId, communeCode: '01456', present: (hamletId: string) => hamletId };

describe('the roles of a member who moves', () => {
  it('from today on are held in the other hamlet, no longer in the first; roles elsewhere stay', () => {
    const roles = [inTeam(ngocSon), atCommune('dpo'), inTeam(ngocSon, '2025-01-01', '2025-12-31')];
    expect(movedTo(roles, { from: ngocSon, to: lungRi, day: today }, today)).toEqual([inTeam(lungRi, today), atCommune('dpo')]);
  });

  it('on a later day are held where they are until the day before, with the last day they had', () => {
    const roles = [inTeam(ngocSon, '2026-01-01', '2027-06-30', 'team_lead')];
    expect(movedTo(roles, { from: ngocSon, to: lungRi, day: '2026-12-01' }, today)).toEqual([
      inTeam(ngocSon, '2026-01-01', '2026-11-30', 'team_lead'), inTeam(lungRi, '2026-12-01', '2027-06-30', 'team_lead'),
    ]);
  });

  it('that would only begin after the move begin there, and those that end before it stay', () => {
    const roles = [inTeam(ngocSon, '2027-01-01'), inTeam(ngocSon, '2026-01-01', '2026-11-25', 'team_lead')];
    expect(movedTo(roles, { from: ngocSon, to: lungRi, day: '2026-12-01' }, today)).toEqual([inTeam(lungRi, '2027-01-01'), roles[1]]);
  });

  it('are not held twice where somebody moves to where they were already', () => {
    const move = { from: ngocSon, to: lungRi, day: today };
    for (const roles of [[inTeam(lungRi), inTeam(ngocSon)], [inTeam(ngocSon), inTeam(lungRi)]]) expect(movedTo(roles, move, today)).toEqual([inTeam(lungRi)]);
  });

  it('are held from the move on also where the same role was to begin there later', () => {
    const move = { from: ngocSon, to: lungRi, day: today };
    expect(movedTo([inTeam(ngocSon), inTeam(lungRi, '2027-01-01')], move, today)).toEqual([inTeam(lungRi, today)]);
    const following = [inTeam(lungRi, today, '2026-12-31'), inTeam(lungRi, '2027-01-01')];
    expect(movedTo([inTeam(ngocSon, '2026-01-01', '2026-12-31'), inTeam(lungRi, '2027-01-01')], move, today)).toEqual(following);
  });
});

describe('the books of a phone', () => {
  it('change at once with a move from today, one for the other', () => {
    expect(bookChanges([inTeam(ngocSon)], [inTeam(lungRi, today)], reader, today)).toEqual([
      { day: today, drops: [`hamlet/${ngocSon}`], fetches: [`hamlet/${lungRi}`] },
    ]);
  });

  it('change on the days on which roles begin and end', () => {
    const after = [inTeam(ngocSon, '2026-01-01', '2026-11-30'), atCommune('bloc_lead', '2026-12-01', '2026-12-31')];
    expect(bookChanges([inTeam(ngocSon)], after, reader, today)).toEqual([
      { day: '2026-12-01', drops: [`hamlet/${ngocSon}`], fetches: ['commune/01456', 'lead/01456'] },
      { day: '2027-01-01', drops: ['commune/01456', 'everyone/01456', 'handbook/01456', 'lead/01456'], fetches: [] },
    ]);
  });

  it('are all dropped by one who leaves, and none change where only dates or a role in the same hamlet do', () => {
    const held = [{ assignment: { role: 'responder', unitId }, fromDay: '2026-01-01' } as const];
    expect(bookChanges(held, [], reader, today)).toEqual([{ day: today, drops: ['everyone/01456', 'handbook/01456', `unit/${unitId}`], fetches: [] }]);
    expect(bookChanges([inTeam(ngocSon)], [inTeam(ngocSon, today, undefined, 'team_lead')], reader, today)).toEqual([]);
  });

  it('do not change on days that are past', () => {
    const held = [inTeam(ngocSon), inTeam(lungRi, '2026-06-01')];
    expect(bookChanges(held, held, reader, today)).toEqual([]);
  });

  it('do not change by a move to the hamlet that took the first one in', () => {
    const present = (hamletId: string) => (hamletId === ngocSon ? lungRi : hamletId);
    expect(bookChanges([inTeam(ngocSon)], [inTeam(lungRi, today)], { ...reader, present }, today)).toEqual([]);
  });
});
