import { beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '#domain/change.ts';
import type { Assignment } from '#domain/role.ts';
import { createListInMemory } from './append-only-list.ts';
import type { RoleChange } from './role-change-list.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, north, office, ownDraft, random, roles, south, visit } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';
import { createNewId } from '#sync/new-id.ts';

const day = 86_400_000;
const southMember = { role: 'team_member', hamletId: south } as const satisfies Assignment;
const roleChangeList = () => createListInMemory<RoleChange>();

let stage: TestEndpoint;
let member: TestPhone;
let lists: { readonly roleChanges: ReturnType<typeof roleChangeList> };

beforeEach(async () => {
  lists = { roleChanges: roleChangeList() };
  stage = await createTestEndpoint(lists);
  member = await enrolPhone(stage, roles.member);
});

const assign = (...assignments: Assignment[]) => stage.endpoint.changeAssignments(commune, member.memberId, assignments);
const heldBy = (phone: TestPhone, at = stage) => at.endpoint.assignmentsOf(commune, phone.memberId);
const spans = (phone = member) =>
  stage.db.selectFrom('assignment').select(['role', 'hamletId', 'fromDay', 'toDay']).where('memberId', '=', phone.memberId).orderBy('assignmentNo').execute();

async function own(...changes: Change[]): Promise<void> {
  const verdicts = await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, changes)]);
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['applied']);
}

describe('a change of roles', () => {
  test('ends what was held as of yesterday and begins the new ones today', async () => {
    stage.clock.at += 3 * day;
    expect(await assign(southMember, roles.officer)).toMatchObject({ ok: true });
    expect(await heldBy(member)).toEqual([southMember, roles.officer]);
    expect(await spans()).toEqual([
      { role: 'team_member', hamletId: north, fromDay: '2026-11-22', toDay: '2026-11-24' },
      { role: 'team_member', hamletId: south, fromDay: '2026-11-25', toDay: null },
      { role: 'bloc_officer', hamletId: null, fromDay: '2026-11-25', toDay: null },
    ]);
  });

  test('leaves a role that goes on as it was, and what began today and ends today never was', async () => {
    stage.clock.at += 3 * day;
    await assign(roles.member, roles.officer);
    await assign(roles.member);
    expect(await spans()).toEqual([{ role: 'team_member', hamletId: north, fromDay: '2026-11-22', toDay: null }]);
    stage.clock.at += day;
    await assign(roles.member, southMember);
    expect((await spans()).at(-1)).toMatchObject({ hamletId: south, fromDay: '2026-11-26' });
  });

  test('takes back what was to begin later, and what was to end later goes on', async () => {
    await stage.db.updateTable('assignment').set({ toDay: '2026-12-31' }).where('memberId', '=', member.memberId).execute();
    const later = { communeCode: commune, memberId: member.memberId, assignmentNo: 2, role: 'dpo', hamletId: null, unitId: null, fromDay: '2026-12-01', toDay: null };
    await stage.db.insertInto('assignment').values(later).execute();
    stage.clock.at += day;
    await assign(roles.member);
    expect(await spans()).toEqual([{ role: 'team_member', hamletId: north, fromDay: '2026-11-22', toDay: null }]);
  });

  test('the same again changes nothing and writes no line', async () => {
    await assign(southMember);
    const before = [await spans(), lists.roleChanges.all().length];
    await assign(southMember);
    expect([await spans(), lists.roleChanges.all().length]).toEqual(before);
  });

  test('of one who is not there is told, of a hamlet that is not there is refused whole', async () => {
    expect(await stage.endpoint.changeAssignments(commune, stage.newId(), [roles.officer])).toEqual({ ok: false, error: { code: 'not_found' } });
    const before = await spans();
    expect(await assign({ role: 'team_lead', hamletId: '01789-077' })).toEqual({ ok: false, error: { code: 'unknown_place', field: 'roles' } });
    expect(await spans()).toEqual(before);
    // Nothing but what each held when they were made.
    expect(lists.roleChanges.all().filter(({ memberId }) => memberId === member.memberId)).toHaveLength(1);
  });

  test('can end all of them', async () => {
    stage.clock.at += day;
    await assign();
    expect(await heldBy(member)).toEqual([]);
    const [answer] = await member.sync();
    expect(answer?.pull).toMatchObject({ member: { assignments: [] } });
    expect(member.seen().size).toBe(0);
  });

  test('counts at once: the old hamlet leaves the phone, the new one comes, and nothing more is taken for the old one', async () => {
    const [house, southHouse] = [stage.newId(), stage.newId()];
    await own(change('household', north, house, household(1)), change('household', south, southHouse, household(1)));
    await member.sync();
    expect([house, southHouse].map((id) => member.seen().has(id))).toEqual([true, false]);
    const before = await member.save([change('visit', north, stage.newId(), visit(house))]);
    await assign(southMember);
    const after = await member.save([change('visit', south, stage.newId(), visit(southHouse))]);
    const [answer] = await member.sync();
    expect(answer?.pull).toMatchObject({ left: [`hamlet/${north}`], member: { assignments: [southMember] } });
    expect([house, southHouse].map((id) => member.seen().has(id))).toEqual([false, true]);
    expect(member.verdict(before.entryId)).toMatchObject({ verdict: 'quarantined', code: 'no_access' });
    expect(member.verdict(after.entryId)).toMatchObject({ verdict: 'applied' });
    const waiting = await stage.db.selectFrom('waiting_entry').select(['entryId', 'allowedThen']).execute();
    expect(waiting).toEqual([{ entryId: before.entryId, allowedThen: JSON.stringify([southMember]) }]);
  });

  test('what was written while a role was held is kept with that role for the supervisor', async () => {
    const house = stage.newId();
    await own(change('household', north, house, household(1)));
    await member.sync();
    const entry = await member.save([change('visit', north, stage.newId(), visit(house))]);
    stage.clock.at += 5 * day;
    await assign(southMember);
    await member.sync();
    expect(member.verdict(entry.entryId)).toMatchObject({ verdict: 'quarantined' });
    expect(await stage.db.selectFrom('waiting_entry').select('allowedThen').execute()).toEqual([{ allowedThen: JSON.stringify([roles.member]) }]);
  });

  test('is seen by colleagues: the card moves with the role', async () => {
    const [northLead, southLead, officer] = [await enrolPhone(stage, roles.lead), await enrolPhone(stage, roles.southLead), await enrolPhone(stage, roles.officer)];
    const sees = async () => {
      for (const phone of [northLead, southLead, officer]) await phone.sync();
      return [northLead, southLead, officer].map((phone) => phone.seen().has(member.memberId));
    };
    expect(await sees()).toEqual([true, false, true]);
    await assign(southMember);
    expect(await sees()).toEqual([false, true, true]);
    expect(officer.seen().get(member.memberId)).toMatchObject({ areaId: south, fields: { role: 'team_member', hamletId: south } });
    await assign(roles.responder);
    expect(await sees()).toEqual([true, true, true]);
    expect(northLead.seen().get(member.memberId)).toMatchObject({ areaId: commune, fields: { role: 'responder', unitId: office } });
    expect(northLead.seen().get(member.memberId)).not.toMatchObject({ fields: { hamletId: expect.anything() } });
  });

  test('leaves a line in the audit', async () => {
    await assign(southMember);
    expect(await stage.db.selectFrom('audit').select(['actor', 'subject']).where('action', '=', 'roles_changed').execute()).toEqual([
      { actor: 'endpoint', subject: member.memberId },
    ]);
  });
});

describe('after a restore', () => {
  /** Puts the roles back as a backup had them. */
  async function restored(backup: Awaited<ReturnType<typeof readBackup>>): Promise<TestEndpoint> {
    await stage.db.deleteFrom('assignment').execute();
    await stage.db.insertInto('assignment').values(backup).execute();
    return await stage.restarted();
  }
  const readBackup = () => stage.db.selectFrom('assignment').selectAll().execute();

  test('a role that was ended stays ended, and the one that took its place is held', async () => {
    const backup = await readBackup();
    stage.clock.at += 2 * day;
    await assign(southMember);
    stage.clock.at += 2 * day;
    const again = await restored(backup);
    expect(await heldBy(member, again)).toEqual([southMember]);
    expect(await spans()).toMatchObject([{ hamletId: north, toDay: '2026-11-23' }, { hamletId: south, fromDay: '2026-11-24', toDay: null }]);
  });

  test('of several changes the last one counts, also where a role was given back', async () => {
    const backup = await readBackup();
    for (const assignment of [southMember, roles.officer, roles.member]) {
      stage.clock.at += day;
      await assign(assignment);
    }
    expect(await heldBy(member, await restored(backup))).toEqual([roles.member]);
  });

  test('a start without a restore changes nothing, whatever the list holds', async () => {
    for (const assignment of [southMember, roles.officer]) {
      await assign(assignment);
      stage.clock.at += day;
    }
    const before = [await spans(), (await stage.db.selectFrom('audit').selectAll().execute()).length];
    await stage.restarted();
    expect([await spans(), (await stage.db.selectFrom('audit').selectAll().execute()).length]).toEqual(before);
  });

  test('one whom the backup does not know is passed over; made anew since, they hold what they were given anew', async () => {
    const unknown = createNewId(stage.clock.now, random)();
    lists.roleChanges.append({ communeCode: commune, memberId: unknown, changedAt: stage.clock.at, assignments: [roles.officer] });
    stage.clock.at += 1000;
    const again = await stage.restarted();
    const phone = await enrolPhone(again, roles.lead, { memberId: unknown });
    expect(await heldBy(phone, await again.restarted())).toEqual([roles.lead]);
  });

  test('a hamlet that came after the backup keeps nobody out of the endpoint', async () => {
    const assignment = { role: 'team_member', hamletId: '01789-009' } as const;
    lists.roleChanges.append({ communeCode: commune, memberId: member.memberId, changedAt: stage.clock.at, assignments: [assignment] });
    const again = await stage.restarted();
    expect(await heldBy(member, again)).toEqual([assignment]);
    expect(again.logged.join('\n')).toContain(`roles member=${member.memberId} record=unknown_area`);
  });
});

describe('a hamlet merged while a phone is away', () => {
  test('its unsent entries for the old hamlet are applied, and are there in the new one', async () => {
    const southLead = await enrolPhone(stage, roles.southLead);
    const house = stage.newId();
    await own(change('household', north, house, household(1)));
    await member.sync();
    const [call, newHouse] = [stage.newId(), stage.newId()];
    const entries = [
      await member.save([change('visit', north, call, visit(house))]),
      await member.save([change('household', north, newHouse, household(2)), change('visit', north, stage.newId(), visit(newHouse))]),
      await member.save([change('household', north, house, { houseLabel: 'gốc đa' }, 1)]),
    ];
    await own(change('area', north, north, { mergedInto: south }, 1));
    await member.sync();
    expect(entries.map(({ entryId }) => member.verdict(entryId)?.verdict)).toEqual(['applied', 'applied', 'applied']);
    expect(Object.keys(member.verdict(entries[0]?.entryId ?? '')?.sequences ?? {})).toEqual([`hamlet/${south}`]);
    await southLead.sync();
    for (const phone of [member, southLead]) expect([house, call, newHouse].map((id) => phone.rows(`hamlet/${south}`).has(id))).toEqual([true, true, true]);
    expect(southLead.seen().get(house)).toMatchObject({ fields: { houseLabel: 'gốc đa' } });
  });

  test('is followed over a chain, and two roles that became one are one', async () => {
    const west = '01789-003';
    await own(change('area', west, west, { code: west, level: 'hamlet', kind: 'xom', name: 'Nà Thoong', parent: commune }));
    await assign(roles.lead, { role: 'team_lead', hamletId: south });
    await own(change('area', north, north, { mergedInto: south }, 1));
    expect(await heldBy(member)).toEqual([{ role: 'team_lead', hamletId: south }]);
    await own(change('area', south, south, { mergedInto: west }, 1));
    expect(await heldBy(member)).toEqual([{ role: 'team_lead', hamletId: west }]);
    const [answer] = await member.sync();
    expect(answer?.pull).toMatchObject({ member: { assignments: [{ role: 'team_lead', hamletId: west }] } });
    expect([...member.channels.keys()].toSorted()).toEqual([`device/${member.deviceId}`, `everyone/${commune}`, `hamlet/${west}`, `handbook/${commune}`, `handbook/99904`]);
  });

  test('a merger in the wrong direction is turned round when it is taken back first', async () => {
    const house = stage.newId();
    const southLead = await enrolPhone(stage, roles.southLead);
    await own(change('household', north, house, household(1)));
    await own(change('area', north, north, { mergedInto: south }, 1));
    const turned = ownDraft(stage, [change('area', south, south, { mergedInto: north }, 1)]);
    expect(await stage.endpoint.applyOwnEntries(commune, [turned])).toMatchObject([{ verdict: 'rejected', code: 'already_merged' }]);
    await own(change('area', north, north, { mergedInto: null }, 2));
    await own(change('area', south, south, { mergedInto: north }, 1));
    for (const phone of [member, southLead]) {
      await phone.sync();
      expect([phone.seen().has(house), phone.channels.has(`hamlet/${north}`)]).toEqual([true, true]);
    }
  });

  test('a role of the hamlet of before is the role of the hamlet of today: a change that names it changes nothing', async () => {
    await own(change('area', north, north, { mergedInto: south }, 1));
    const before = await spans();
    await assign(southMember);
    expect(await spans()).toEqual(before);
  });
});
