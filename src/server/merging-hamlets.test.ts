import { beforeEach, describe, expect, test } from 'vitest';
import { mergeHamlets } from '#domain/merge-hamlets.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, newRandomId, north, ownDraft, random, roles, south, visit } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

const west = '01789-003';
const southMember = { role: 'team_member', hamletId: south } as const;

let stage: TestEndpoint;
let admin: TestPhone;
let northMember: TestPhone;
let southLead: TestPhone;
let house: string;
let call: string;

beforeEach(async () => {
  stage = await createTestEndpoint();
  admin = await enrolPhone(stage, roles.admin);
  northMember = await enrolPhone(stage, roles.member);
  southLead = await enrolPhone(stage, roles.southLead);
  [house, call] = [stage.newId(), stage.newId()];
  await stage.endpoint.applyOwnEntries(commune, [
    ownDraft(stage, [change('area', west, west, { code: west, level: 'hamlet', kind: 'xom', name: 'Nà Thoong', parent: commune })]),
  ]);
  await northMember.save([change('household', north, house, household(1)), change('visit', north, call, visit(house))]);
  await northMember.sync();
});

/** As the administrator's phone saves it. */
async function merge(from: string, mergedInto: string | null, base = 1): Promise<unknown> {
  const entry = await admin.save([change('area', from, from, { mergedInto }, base)]);
  await admin.sync();
  const { verdict, code, field } = admin.verdict(entry.entryId) ?? {};
  return [verdict, code, field].filter((part) => part !== undefined);
}

describe('an administrator merges two hamlets through the sync', () => {
  test('with the command that the screen calls, and households, visits and roles lie in the one that took the other in', async () => {
    const areas = await stage.endpoint.records(commune, 'area');
    const from = areas.find(({ recordId }) => recordId === north);
    if (from === undefined) throw new Error('no hamlet');
    const context = { now: stage.clock.now(), newId: stage.newId, newRandomId, random, memberId: admin.memberId };
    const draft = mergeHamlets(from, south, areas, context);
    if (!draft.ok) throw new Error(draft.error.code);
    const entry = await admin.save([...draft.value.changes]);
    await admin.sync();
    expect(admin.verdict(entry.entryId)?.verdict).toBe('applied');

    await southLead.sync();
    for (const id of [house, call]) expect(southLead.rows(`hamlet/${south}`).get(id)).toMatchObject({ areaId: north });
    const [answer] = await northMember.sync();
    expect(answer?.pull).toMatchObject({ left: [`hamlet/${north}`], member: { assignments: [southMember] } });
    expect(northMember.rows(`hamlet/${south}`).has(house)).toBe(true);
    const corrected = await southLead.save([change('household', north, house, { houseLabel: 'gốc đa' }, 1)]);
    await southLead.sync();
    expect(southLead.verdict(corrected.entryId)?.verdict).toBe('applied');
    const colleagues = [...southLead.seen().values()].filter((row) => 'kind' in row && row.kind === 'member').map(({ recordId }) => recordId);
    expect(colleagues).toContain(northMember.memberId);
  });

  test('not into itself, not into a commune, not into a hamlet that is not there or is of another commune, and never the commune itself', async () => {
    for (const target of [north, commune, '01789-077', '01790-001']) expect([target, await merge(north, target)]).toEqual([target, ['rejected', 'unknown_area', 'mergedInto']]);
    expect(await merge(commune, north)).toEqual(['rejected', 'unknown_area', 'mergedInto']);
    await southLead.sync();
    expect(southLead.seen().has(house)).toBe(false);
  });

  test('into one that was itself merged meanwhile: all of it lies in the last of them, and nothing is lost', async () => {
    expect(await merge(south, west)).toEqual(['applied']);
    expect(await merge(north, south)).toEqual(['applied']);
    await southLead.sync();
    expect([...southLead.channels.keys()].filter((id) => id.startsWith('hamlet/'))).toEqual([`hamlet/${west}`]);
    expect(southLead.seen().has(house)).toBe(true);
    await northMember.sync();
    expect(await stage.endpoint.assignmentsOf(commune, northMember.memberId)).toEqual([{ role: 'team_member', hamletId: west }]);
    expect(northMember.rows(`hamlet/${west}`).has(house)).toBe(true);
  });

  test('not the other way round, when another administrator had done so before a signal came: the first merger stands, the second is told, and readers have one hamlet', async () => {
    const other = await enrolPhone(stage, roles.admin);
    const [first, second] = [
      await admin.save([change('area', north, north, { mergedInto: south }, 1)]),
      await other.save([change('area', south, south, { mergedInto: north }, 1)]),
    ];
    for (const phone of [admin, other]) await phone.sync();
    expect(admin.verdict(first.entryId)?.verdict).toBe('applied');
    expect(other.verdict(second.entryId)).toMatchObject({ verdict: 'rejected', code: 'already_merged', field: 'mergedInto' });
    for (const phone of [northMember, southLead]) {
      await phone.sync();
      expect([...phone.channels.keys()].filter((id) => id.startsWith('hamlet/'))).toEqual([`hamlet/${south}`]);
      expect(phone.rows(`hamlet/${south}`).has(house)).toBe(true);
    }
    expect(await merge(south, west)).toEqual(['applied']);
    expect(await merge(west, north)).toEqual(['rejected', 'already_merged', 'mergedInto']);
  });

  test('and takes it back: each hamlet has its own again', async () => {
    await merge(north, south);
    expect(await merge(north, null, 2)).toEqual(['applied']);
    for (const phone of [southLead, northMember]) await phone.sync();
    expect([southLead.seen().has(house), northMember.seen().has(house)]).toEqual([false, true]);
    const noted = await stage.db.selectFrom('audit').select(['actor', 'origin', 'action']).where('subject', '=', north).orderBy('number').execute();
    expect(noted).toEqual(['hamlet_merged', 'hamlet_parted'].map((action) => ({ actor: admin.memberId, origin: admin.deviceId, action })));
  });

  test('nobody else may', async () => {
    for (const phone of [northMember, await enrolPhone(stage, roles.lead), await enrolPhone(stage, roles.officer), await enrolPhone(stage, roles.blocLead)]) {
      const entry = await phone.save([change('area', north, north, { mergedInto: south }, 1)]);
      await phone.sync();
      expect(phone.verdict(entry.entryId)).toMatchObject({ verdict: 'quarantined', code: 'not_your_role' });
    }
  });

  test('but writes no card of a member: what a member is follows from their account', async () => {
    const entries = [
      await admin.save([change('member', commune, stage.newId(), { name: 'Không có ai', role: 'bloc_lead' })]),
      await admin.save([change('member', commune, admin.memberId, { role: 'bloc_lead' }, 1)]),
    ];
    await admin.sync();
    expect(entries.map(({ entryId }) => admin.verdict(entryId)?.code)).toEqual(['not_your_role', 'not_your_role']);
  });
});
