import { beforeEach, describe, expect, test } from 'vitest';
import { dayOf } from '#domain/identifiers.ts';
import type { Assignment } from '#domain/role.ts';
import type { HeldRole } from '#domain/role-days.ts';
import { createListInMemory } from './append-only-list.ts';
import type { RoleChange } from './role-change-list.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, north, ownDraft, roles, south } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';
import { hashToken } from './tokens.ts';

const day = 86_400_000;
const southMember = { role: 'team_member', hamletId: south } as const satisfies Assignment;
const role = (assignment: Assignment, fromDay: string, toDay?: string): HeldRole => ({ assignment, fromDay, ...(toDay === undefined ? {} : { toDay }) });

let stage: TestEndpoint;
let admin: TestPhone;
let member: TestPhone;
let northLead: TestPhone;
let southLead: TestPhone;
let lists: { readonly roleChanges: ReturnType<typeof createListInMemory<RoleChange>> };

beforeEach(async () => {
  lists = { roleChanges: createListInMemory<RoleChange>() };
  stage = await createTestEndpoint(lists);
  admin = await enrolPhone(stage, roles.admin);
  member = await enrolPhone(stage, roles.member);
  northLead = await enrolPhone(stage, roles.lead);
  southLead = await enrolPhone(stage, roles.southLead);
});

const authOf = ({ deviceId, memberId, sessionToken }: TestPhone) => ({ kind: 'session', communeCode: commune, deviceId, memberId, sessionId: hashToken(sessionToken) }) as const;

async function hold(...held: HeldRole[]): Promise<void> {
  expect(await stage.endpoint.office.saveMember(authOf(admin), { memberId: member.memberId, name: 'Nông Thị Lan', roles: held })).toEqual({ ok: true, value: undefined });
}

const rows = (at: TestEndpoint = stage) => at.db.selectFrom('assignment').select(['role', 'hamletId', 'fromDay', 'toDay']).where('memberId', '=', member.memberId).orderBy('assignmentNo').execute();

async function card(phone: TestPhone): Promise<unknown> {
  await phone.sync();
  return phone.seen().get(member.memberId);
}

describe('on the day that a role begins or ends', () => {
  beforeEach(async () => {
    await hold(role(roles.member, '2026-11-22', '2026-11-24'), role(southMember, '2026-11-25'));
  });

  test('the member reads and writes by the roles of that day, without anybody doing anything', async () => {
    const [northHouse, southHouse] = [stage.newId(), stage.newId()];
    await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, [change('household', north, northHouse, household(1)), change('household', south, southHouse, household(1))])]);
    for (const [at, sees] of [['2026-11-24', [true, false]], ['2026-11-25', [false, true]]] as const) {
      while (dayOf(stage.clock.at) < at) stage.clock.at += day;
      await member.sync();
      expect([at, [northHouse, southHouse].map((id) => member.seen().has(id))]).toEqual([at, sees]);
    }
    const entries = [await member.save([change('household', south, southHouse, { no: 2 }, 1)]), await member.save([change('household', north, northHouse, { no: 2 }, 1)])];
    await member.sync();
    expect(entries.map(({ entryId }) => member.verdict(entryId)?.verdict)).toEqual(['applied', 'quarantined']);
  });

  test('colleagues see it on the card, whoever of them syncs first, once', async () => {
    expect(await card(southLead)).toBeUndefined();
    expect(await card(northLead)).toMatchObject({ areaId: north });
    stage.clock.at += 3 * day;
    expect(await card(southLead)).toMatchObject({ areaId: south, fields: { role: 'team_member', hamletId: south } });
    expect(await card(northLead)).toBeUndefined();
    const history = async () => (await stage.db.selectFrom('record_history').selectAll().where('recordId', '=', member.memberId).execute()).length;
    const before = await history();
    for (const phone of [northLead, southLead, member]) await phone.sync();
    await stage.restarted();
    await southLead.sync();
    expect(await history()).toBe(before);
  });

  test('what was set aside before is seen and decided by whoever leads from that day on', async () => {
    const entry = await member.save([change('household', south, stage.newId(), household(3))]);
    await member.sync();
    expect(member.verdict(entry.entryId)?.verdict).toBe('quarantined');
    const next = await enrolPhone(stage, roles.officer);
    expect(await stage.endpoint.office.saveMember(authOf(admin), { memberId: next.memberId, name: 'Lý Thị Mẩy', roles: [role({ role: 'team_lead', hamletId: south }, '2026-11-25')] })).toMatchObject({ ok: true });
    expect(await stage.endpoint.waitingFor(authOf(next))).toEqual([]);
    stage.clock.at += 3 * day;
    expect(await stage.endpoint.waitingFor(authOf(next))).toMatchObject([{ entryId: entry.entryId, mayAccept: true }]);
  });
});

describe('the card of one who holds nothing today', () => {
  test('says so from the day after the last role ended, and keeps the name', async () => {
    await hold(role(roles.member, '2026-11-22', '2026-11-23'));
    stage.clock.at += day;
    expect(await card(northLead)).toMatchObject({ fields: { name: 'Nông Thị Lan', role: 'team_member', hamletId: north } });
    expect(await card(northLead)).not.toMatchObject({ fields: { withoutRole: true } });
    stage.clock.at += day;
    expect(await card(northLead)).toMatchObject({ fields: { name: 'Nông Thị Lan', role: 'team_member', hamletId: north, withoutRole: true } });
  });

  test('says what they will hold, and no longer that they hold nothing from the day it begins', async () => {
    const next = stage.newId();
    const request = { memberId: next, name: 'Lý Thị Mẩy', roles: [role(southMember, '2026-11-24')] };
    expect(await stage.endpoint.office.saveMember(authOf(admin), request)).toMatchObject({ ok: true });
    await southLead.sync();
    expect(southLead.seen().get(next)).toMatchObject({ fields: { role: 'team_member', withoutRole: true } });
    stage.clock.at += 2 * day;
    await southLead.sync();
    expect(southLead.seen().get(next)).toHaveProperty('fields', { name: 'Lý Thị Mẩy', role: 'team_member', hamletId: south });
  });
});

describe('after a restore', () => {
  const readBackup = () => stage.db.selectFrom('assignment').selectAll().execute();
  async function restored(backup: Awaited<ReturnType<typeof readBackup>>): Promise<TestEndpoint> {
    await stage.db.deleteFrom('assignment').execute();
    await stage.db.insertInto('assignment').values(backup).execute();
    return await stage.restarted();
  }

  test('each role has the days it had, also one that came and ended in between, one that is to come, and an end that was taken back', async () => {
    const backups = [await readBackup()];
    const steps: readonly HeldRole[][] = [
      [role(roles.member, '2026-11-22', '2026-12-31'), role(roles.officer, '2026-11-24', '2026-11-25')],
      [role(roles.member, '2026-11-22'), role(southMember, '2026-11-26')],
      [role(southMember, '2026-11-26', '2026-12-31'), role(roles.blocLead, '2027-01-01')],
      [role(southMember, '2026-11-26', '2027-02-28')],
    ];
    for (const held of steps) {
      stage.clock.at += 2 * day;
      await hold(...held);
      backups.push(await readBackup());
    }
    const before = await rows();
    expect(before).toEqual([
      { role: 'team_member', hamletId: north, fromDay: '2026-11-22', toDay: '2026-11-27' },
      { role: 'bloc_officer', hamletId: null, fromDay: '2026-11-24', toDay: '2026-11-25' },
      { role: 'team_member', hamletId: south, fromDay: '2026-11-26', toDay: '2027-02-28' },
    ]);
    for (const backup of backups) expect(await rows(await restored(backup))).toEqual(before);
    expect(await card(southLead)).toMatchObject({ fields: { role: 'team_member', hamletId: south } });
  });

  test('a list that was begun before roles had days is done as it was written', async () => {
    const backup = await readBackup();
    lists.roleChanges.append({ communeCode: commune, memberId: member.memberId, changedAt: stage.clock.at + 2 * day, assignments: [roles.member, southMember] });
    lists.roleChanges.append({ communeCode: commune, memberId: member.memberId, changedAt: stage.clock.at + 4 * day, assignments: [southMember] });
    stage.clock.at += 5 * day;
    const expected = [
      { role: 'team_member', hamletId: north, fromDay: '2026-11-22', toDay: '2026-11-25' },
      { role: 'team_member', hamletId: south, fromDay: '2026-11-24', toDay: null },
    ];
    expect(await rows(await restored(backup))).toEqual(expected);
    expect(await rows(await stage.restarted())).toEqual(expected);
  });
});
