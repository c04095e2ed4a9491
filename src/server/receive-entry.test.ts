import { beforeEach, describe, expect, test } from 'vitest';
import { currentSchema } from '#domain/change.ts';
import { change, commune, createTestEndpoint, dumpDatabase, enrolPhone, household, namedFeedback, newRandomId, north, ownDraft, roles, south, visit } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

const day = 86_400_000;
let stage: TestEndpoint;
let member: TestPhone;
let lead: TestPhone;

beforeEach(async () => {
  stage = await createTestEndpoint();
  member = await enrolPhone(stage, roles.member);
  lead = await enrolPhone(stage, roles.lead);
});

async function settle(phone: TestPhone, ...saved: Parameters<TestPhone['save']>) {
  const entry = await phone.save(...saved);
  await phone.sync();
  return { entry, verdict: phone.verdict(entry.entryId) };
}

async function settledHousehold(phone: TestPhone = lead, over: object = {}): Promise<string> {
  const id = stage.newId();
  const { verdict } = await settle(phone, [change('household', north, id, household(1, over))]);
  expect(verdict?.verdict).toBe('applied');
  return id;
}

describe('what is applied', () => {
  test('an entry of three changes arrives whole, with the sequences of the channels its author reads', async () => {
    const id = await settledHousehold();
    await member.sync();
    const feedbackId = stage.newId();
    const visitId = stage.newId();
    const { verdict } = await settle(member, [
      change('visit', north, visitId, visit(id, { feedbackIds: [feedbackId] })),
      change('feedback', north, feedbackId, namedFeedback()),
      change('household', north, id, { phone: '0987654321' }, 1),
    ]);
    expect(verdict).toMatchObject({ verdict: 'applied' });
    expect(Object.keys(verdict?.sequences ?? {})).toEqual([`hamlet/${north}`]);
    await lead.sync();
    expect([...lead.seen().keys()]).toEqual(expect.arrayContaining([id, visitId, feedbackId]));
    expect(lead.seen().get(id)).toMatchObject({ version: 2, fields: { phone: '0987654321' } });
  });

  test('a household is merged into another, that one into a third, in one hamlet and by the bloc across two; the ring is refused', async () => {
    const officer = await enrolPhone(stage, roles.officer);
    const [one, two, three] = [await settledHousehold(), await settledHousehold(), stage.newId()];
    const founded = await settle(officer, [change('household', south, three, household(3))]);
    expect(founded.verdict?.verdict).toBe('applied');
    const merge = async (phone: TestPhone, from: string, into: string, hamlet = north) => (await settle(phone, [change('household', hamlet, from, { mergedInto: into }, 1)])).verdict;
    expect(await merge(lead, one, two)).toMatchObject({ verdict: 'applied' });
    expect(await merge(officer, two, three)).toMatchObject({ verdict: 'applied' });
    expect(await merge(officer, three, one, south)).toMatchObject({ verdict: 'rejected', code: 'already_merged', field: 'mergedInto' });
  });

  test('a repeated request leaves each record once and its verdict as it was', async () => {
    const id = stage.newId();
    const entry = await member.save([change('household', north, id, household(1))]);
    const lost = member.pushBody();
    await member.request(`Bearer ${member.sessionToken}`, lost);
    const answer = await member.request(`Bearer ${member.sessionToken}`, lost);
    expect(answer.entries.map(({ outcome }) => outcome)).toEqual(['kept']);
    await member.sync();
    expect(member.seen().get(id)).toMatchObject({ version: 1 });
    expect(member.verdict(entry.entryId)).toMatchObject({ verdict: 'applied' });
    expect(await stage.db.selectFrom('record_history').selectAll().where('recordId', '=', id).where('field', '=', 'no').execute()).toHaveLength(1);
  });

  test('the same id with other content is refused, audited, and the first verdict stands', async () => {
    const { entry } = await settle(member, [change('household', north, stage.newId(), household(1))]);
    const other = member.entry([change('household', north, stage.newId(), household(2))], { entryId: entry.entryId, deviceSeq: entry.deviceSeq });
    const answer = await member.request(undefined, member.pushBody([await member.seal(other, other.deviceSeq)]));
    expect(answer.entries[0]?.outcome).toBe('unreadable');
    expect(await stage.db.selectFrom('audit').select('subject').where('action', '=', 'other_content').execute()).toEqual([{ subject: entry.entryId }]);
    await member.sync();
    expect(member.verdict(entry.entryId)?.verdict).toBe('applied');
  });

  test('the same content sealed again, at another place in the outbox, is the same entry', async () => {
    const { entry } = await settle(member, [change('household', north, stage.newId(), household(1))]);
    const again = { ...entry, deviceSeq: 40, after: [stage.newId()] };
    const answer = await member.request(undefined, member.pushBody([await member.seal(again, 40)]));
    expect(answer.entries[0]?.outcome).toBe('kept');
    expect(await stage.db.selectFrom('audit').selectAll().where('action', '=', 'other_content').execute()).toEqual([]);
  });

  test('one deviceSeq with another entry is applied and flagged: the phone was restored', async () => {
    await settle(member, [change('household', north, stage.newId(), household(1))], { deviceSeq: 7 });
    const { verdict } = await settle(member, [change('household', north, stage.newId(), household(2))], { deviceSeq: 7 });
    expect(verdict).toMatchObject({ verdict: 'applied', code: 'restored_phone' });
  });

  test('two holders of one copied disk are two devices to the merge as well: neither value goes in silence', async () => {
    const { entry } = await settle(member, [change('household', north, stage.newId(), household(1))]);
    const id = entry.changes[0]?.recordId ?? '';
    await settle(member, [change('household', north, id, { houseLabel: 'cạnh suối' }, 1)], { deviceSeq: 7 });
    const other = await settle(member, [change('household', north, id, { houseLabel: 'cạnh cầu' }, 1)], { deviceSeq: 7 });
    expect(other.verdict).toMatchObject({ verdict: 'merged', code: 'restored_phone' });
    const [shown] = await stage.endpoint.records(commune, 'household');
    expect(shown).toMatchObject({ fields: { houseLabel: 'cạnh cầu' }, conflicts: [{ field: 'houseLabel', value: 'cạnh suối' }] });
    // What that holder writes next, having seen neither, stands in no conflict with itself.
    const next = await settle(member, [change('household', north, id, { houseLabel: 'cạnh đình' }, 1)], { deviceSeq: 8, after: [other.entry.entryId] });
    const [now] = await stage.endpoint.records(commune, 'household');
    expect(next.verdict?.verdict).toBe('applied');
    expect(now?.conflicts.map(({ value }) => value)).toEqual(['cạnh suối']);
  });

  test('a gap in deviceSeq holds up nothing', async () => {
    const { verdict } = await settle(member, [change('household', north, stage.newId(), household(1))], { deviceSeq: 90 });
    expect(verdict).toMatchObject({ verdict: 'applied' });
  });

  test('the clock of the phone is in no rule: an entry from 2001 is applied', async () => {
    const { verdict } = await settle(member, [change('household', north, stage.newId(), household(1))], { occurredAt: '2001-01-01T00:00:01+07:00' });
    expect(verdict).toMatchObject({ verdict: 'applied' });
  });
});

describe('merge', () => {
  test('two devices set one field: the later accepted value is shown, both are kept, the verdict says so', async () => {
    const id = await settledHousehold();
    await member.sync();
    await settle(lead, [change('household', north, id, { houseLabel: 'cạnh suối' }, 1)]);
    const { verdict } = await settle(member, [change('household', north, id, { houseLabel: 'cạnh cầu' }, 1)]);
    expect(verdict?.verdict).toBe('merged');
    const row = member.seen().get(id);
    expect(row).toMatchObject({ fields: { houseLabel: 'cạnh cầu' }, conflicts: [{ field: 'houseLabel', value: 'cạnh suối', memberId: lead.memberId }] });
  });

  test('two devices set different fields: both stand and nothing is noted', async () => {
    const id = await settledHousehold();
    await settle(lead, [change('household', north, id, { houseLabel: 'cạnh suối' }, 1)]);
    const { verdict } = await settle(member, [change('household', north, id, { phone: '0911111111' }, 1)]);
    expect(verdict?.verdict).toBe('applied');
    expect(member.seen().get(id)).toMatchObject({ fields: { houseLabel: 'cạnh suối', phone: '0911111111' } });
    expect(member.seen().get(id)).not.toHaveProperty('conflicts');
  });

  test("a device's own chain made offline does not conflict with itself", async () => {
    const id = await settledHousehold();
    const first = await member.save([change('household', north, id, { houseLabel: 'cạnh suối' }, 1)]);
    const second = await member.save([change('household', north, id, { houseLabel: 'cạnh cầu' }, 1)], { after: [first.entryId] });
    await member.sync();
    expect(member.verdict(second.entryId)?.verdict).toBe('applied');
    expect(member.seen().get(id)).toMatchObject({ version: 3, fields: { houseLabel: 'cạnh cầu' } });
  });

  test('a household that declined meanwhile: the visit stands, the number is left out, kept nowhere, and the verdict says so', async () => {
    const id = await settledHousehold();
    await member.sync();
    await settle(lead, [change('household', north, id, { contact: 'no', headName: null }, 1)]);
    const visitId = stage.newId();
    const { verdict } = await settle(member, [change('visit', north, visitId, visit(id)), change('household', north, id, { phone: '0987654321', members: 4 }, 1)]);
    expect(verdict).toMatchObject({ verdict: 'merged', code: 'declined' });
    expect(member.seen().has(visitId)).toBe(true);
    expect(member.seen().get(id)).toMatchObject({ fields: { contact: 'no', members: 4 } });
    expect(await dumpDatabase(stage.db)).not.toContain('0987654321');
    const seen = await settle(member, [change('household', north, id, { phone: '0987654321' }, 3)]);
    expect(seen.verdict).toMatchObject({ verdict: 'rejected', code: 'declined' });
  });

  test('a household that declines while a colleague gives it a number: the declining takes it out', async () => {
    const id = await settledHousehold();
    await member.sync();
    await settle(lead, [change('household', north, id, { phone: '0987654321' }, 1)]);
    const { verdict } = await settle(member, [change('household', north, id, { contact: 'no', headName: null }, 1)]);
    expect(verdict).toMatchObject({ verdict: 'merged', code: 'declined' });
    expect(JSON.stringify(member.seen().get(id))).not.toContain('0987654321');
    expect(member.seen().get(id)).toMatchObject({ fields: { contact: 'no' } });
  });

  test('a deletion against an edit: the record stays, flagged', async () => {
    const id = await settledHousehold();
    await settle(member, [change('household', north, id, { houseLabel: 'cạnh suối' }, 1)]);
    const deletion = { recordId: id, kind: 'household' as const, areaId: north, base: 1, delete: true as const };
    const verdicts = await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, [deletion])]);
    expect(verdicts[0]?.verdict).toBe('merged');
    await member.sync();
    expect(member.seen().get(id)).toMatchObject({ conflicts: [{ field: 'deleted', value: true }] });
  });

  test('an edit against a deletion: the record comes back, flagged', async () => {
    const id = await settledHousehold();
    await member.sync();
    await stage.endpoint.applyOwnEntries(commune, [
      ownDraft(stage, [{ recordId: id, kind: 'household', areaId: north, base: 1, delete: true }]),
    ]);
    await lead.sync();
    expect(lead.seen().has(id)).toBe(false);
    const { verdict } = await settle(member, [change('household', north, id, { houseLabel: 'cạnh suối' }, 1)]);
    expect(verdict?.verdict).toBe('merged');
    await lead.sync();
    expect(lead.seen().get(id)).toMatchObject({ fields: { houseLabel: 'cạnh suối' }, conflicts: [{ field: 'deleted', value: true }] });
  });
});

describe('held', () => {
  test('an entry waits for the earlier one it names and is applied with it, a chain in one go', async () => {
    const id = stage.newId();
    const first = member.entry([change('household', north, id, household(1))]);
    const second = member.entry([change('visit', north, stage.newId(), visit(id))], { after: [first.entryId] });
    const third = member.entry([change('household', north, id, { phone: '0911111111' })], { after: [first.entryId, second.entryId] });
    member.outbox.push(await member.seal(third, third.deviceSeq), await member.seal(second, second.deviceSeq));
    await member.sync();
    expect(member.verdict(second.entryId)).toMatchObject({ verdict: 'held', after: [first.entryId] });
    expect(member.verdict(third.entryId)).toMatchObject({ verdict: 'held', after: [first.entryId, second.entryId] });
    member.outbox.push(await member.seal(first, first.deviceSeq));
    await member.sync();
    expect([first, second, third].map((entry) => member.verdict(entry.entryId)?.verdict)).toEqual(['applied', 'applied', 'applied']);
    expect(member.seen().get(id)).toMatchObject({ version: 2, fields: { phone: '0911111111' } });
    expect(await stage.db.selectFrom('waiting_entry').selectAll().execute()).toEqual([]);
    expect(await stage.db.selectFrom('waiting_after').selectAll().execute()).toEqual([]);
  });

  test('a held entry that comes again stays held once', async () => {
    const held = member.entry([change('household', north, stage.newId(), household(1))], { after: [stage.newId()] });
    const sealed = await member.seal(held, held.deviceSeq);
    for (let n = 0; n < 3; n++) await member.request(undefined, member.pushBody([sealed]));
    await member.sync();
    expect(member.verdict(held.entryId)?.verdict).toBe('held');
    expect(member.channels.get(`device/${member.deviceId}`)?.cursor).toBe(1);
  });

  test.for(['rejected', 'quarantined'] as const)('what follows a %s entry is %s as well, along the chain', async (fate) => {
    const area = fate === 'rejected' ? north : south;
    const id = stage.newId();
    const first = member.entry([change('household', area, id, household(1, fate === 'rejected' ? { members: 99 } : {}))]);
    const second = member.entry([change('visit', area, stage.newId(), visit(id))], { after: [first.entryId] });
    const third = member.entry([change('household', area, id, { members: 3 })], { after: [second.entryId] });
    for (const entry of [third, second, first]) member.outbox.push(await member.seal(entry, entry.deviceSeq));
    await member.sync();
    expect([first, second, third].map((entry) => member.verdict(entry.entryId)?.verdict)).toEqual([fate, fate, fate]);
    expect(member.verdict(third.entryId)?.code).toBe('follows_refused');
    expect(member.seen().has(id)).toBe(false);
  });

  test('after seven days it is applied without what it waited for, at the next sync of anyone, and flagged', async () => {
    const id = stage.newId();
    const { entry } = await settle(member, [change('household', north, id, household(1))], { after: [stage.newId()] });
    stage.clock.at += 7 * day - 1;
    await lead.sync();
    expect(lead.seen().has(id)).toBe(false);
    stage.clock.at += 1;
    await lead.sync();
    expect(lead.seen().has(id)).toBe(true);
    await member.sync();
    expect(member.verdict(entry.entryId)).toMatchObject({ verdict: 'applied', code: 'waited_too_long' });
  });

  test("another device's entry is nothing to wait for: its being there is not told", async () => {
    const { entry } = await settle(lead, [change('household', north, stage.newId(), household(1))]);
    const { verdict } = await settle(member, [change('household', north, stage.newId(), household(2))], { after: [entry.entryId] });
    expect(verdict).toMatchObject({ verdict: 'held', after: [entry.entryId] });
  });

  test('an entry of a newer schema waits for the upgrade, with its content', async () => {
    const newer = { ...member.entry([change('household', north, stage.newId(), { colour: 'xanh lam' })]), schema: currentSchema + 1 };
    member.outbox.push(await member.seal(newer, newer.deviceSeq));
    await member.sync();
    expect(member.verdict(newer.entryId)).toMatchObject({ verdict: 'held', code: 'schema' });
    expect(await dumpDatabase(stage.db)).toContain('xanh lam');
  });

  test('a fault of the program leaves nothing half done: the entry waits, others go on, the next start judges it again', async () => {
    const id = await settledHousehold();
    const counter = stage.db.updateTable('channel_counter').where('channelId', '=', `hamlet/${north}`);
    const { digest } = await stage.db.selectFrom('channel_counter').select('digest').where('channelId', '=', `hamlet/${north}`).executeTakeFirstOrThrow();
    // Stands for any broken invariant: it is met when the record has been written already.
    await counter.set({ digest: 'broken' }).execute();
    const visitId = stage.newId();
    const broken = await member.save([change('visit', north, visitId, visit(id))]);
    const refused = await member.save([change('household', north, stage.newId(), household(2, { members: 99 }))]);
    await member.sync();
    expect(member.verdict(broken.entryId)).toMatchObject({ verdict: 'held', code: 'fault' });
    expect(member.verdict(refused.entryId)).toMatchObject({ verdict: 'rejected' });
    expect(await stage.db.selectFrom('record').selectAll().where('recordId', '=', visitId).execute()).toEqual([]);
    const told = member.channels.get(`device/${member.deviceId}`)?.cursor;
    await stage.restarted();
    await member.sync();
    expect(member.channels.get(`device/${member.deviceId}`)?.cursor).toBe(told);
    await counter.set({ digest }).execute();
    await stage.restarted();
    await member.sync();
    expect(member.verdict(broken.entryId)).toMatchObject({ verdict: 'applied' });
    expect(member.seen().has(visitId)).toBe(true);
  });
});

describe('quarantined', () => {
  test('a hidden record and an absent one get the same verdict', async () => {
    const southLead = await enrolPhone(stage, roles.southLead);
    const hidden = stage.newId();
    await settle(southLead, [change('household', south, hidden, household(1))]);
    const edit = await settle(member, [change('household', north, hidden, { phone: '0911111111' }, 1)]);
    const editAbsent = await settle(member, [change('household', north, stage.newId(), { phone: '0911111111' }, 1)]);
    const child = await settle(member, [change('visit', north, stage.newId(), visit(hidden))]);
    const childOfAbsent = await settle(member, [change('visit', north, stage.newId(), visit(stage.newId()))]);
    const told = [edit, editAbsent, child, childOfAbsent].map(({ verdict }) => [verdict?.verdict, verdict?.code]);
    expect(told).toEqual(Array.from({ length: 4 }, () => ['quarantined', 'no_access']));
  });

  test('a role that may not is told so, and what it was allowed when it wrote is kept beside the content', async () => {
    const responder = await enrolPhone(stage, roles.responder);
    const { entry, verdict } = await settle(responder, [change('household', north, stage.newId(), household(1, { houseLabel: 'giữ nguyên văn' }))]);
    expect(verdict).toMatchObject({ verdict: 'quarantined', code: 'not_your_role' });
    const waiting = await stage.db.selectFrom('waiting_entry').selectAll().where('entryId', '=', entry.entryId).executeTakeFirstOrThrow();
    expect(waiting.content).toContain('giữ nguyên văn');
    expect(JSON.parse(waiting.allowedThen ?? '')).toEqual([roles.responder]);
  });

  test('an entry in the name of another member is set aside', async () => {
    const { verdict } = await settle(member, [change('household', north, stage.newId(), household(1))], { memberId: lead.memberId });
    expect(verdict).toMatchObject({ verdict: 'quarantined', code: 'wrong_author' });
  });

  test('entries of a revoked device are kept aside, by whatever road they come', async () => {
    await member.save([change('household', north, stage.newId(), household(1))]);
    await stage.endpoint.revokeDevice(commune, member.deviceId);
    const answer = await lead.request(`Bearer ${lead.sessionToken}`, { ...member.pushBody(), pull: lead.pullBody() });
    expect(answer.entries[0]?.outcome).toBe('kept');
    const rows = await stage.db.selectFrom('entry').select(['verdict', 'code']).where('deviceId', '=', member.deviceId).execute();
    expect(rows).toEqual([{ verdict: 'quarantined', code: 'revoked_device' }]);
  });

  test('a record of another commune cannot be touched', async () => {
    const { verdict } = await settle(member, [change('household', '99904', stage.newId(), household(1))]);
    expect(verdict).toMatchObject({ verdict: 'quarantined', code: 'no_access' });
  });
});

describe('rejected and erased', () => {
  test('an unknown field is named, and its content lies nowhere; an accepted text is found', async () => {
    const id = stage.newId();
    const { verdict } = await settle(member, [change('household', north, id, household(1, { houseLabel: 'nhà sàn đầu xóm', loyalty: 'nghi ngờ' }))]);
    expect(verdict).toMatchObject({ verdict: 'rejected', code: 'unknown_field', field: 'loyalty' });
    await settle(member, [change('household', north, stage.newId(), household(2, { houseLabel: 'gốc đa' }))]);
    const dump = await dumpDatabase(stage.db);
    expect(dump).toContain('gốc đa');
    expect(dump).not.toContain('nghi ngờ');
    expect(dump).not.toContain('nhà sàn đầu xóm');
    expect(stage.logged.join('\n')).not.toContain('nghi ngờ');
  });

  test.for([
    ['one that waits', { after: ['018f0000-0000-7000-8000-0000000000aa'] }, north],
    ['one that is not allowed', {}, south],
    ['one under another name', { memberId: '018f0000-0000-7000-8000-0000000000ab' }, north],
  ] as const)('an unknown field is refused before %s is kept', async ([, over, area]) => {
    const set = household(1, { loyalty: 'nghi ngờ' });
    const { verdict } = await settle(member, [change('household', area, stage.newId(), set)], { ...over, after: [...('after' in over ? over.after : [])] });
    expect(verdict).toMatchObject({ verdict: 'rejected', code: 'unknown_field', field: 'loyalty' });
    expect(await dumpDatabase(stage.db)).not.toContain('nghi ngờ');
  });

  test('also one that goes by the name of a prototype, which schemas pass over', async () => {
    const written = member.entry([change('household', south, stage.newId(), household(1, { hidden: 'nghi ngờ' }))]);
    const sealed: unknown = JSON.parse(JSON.stringify(written).replace('"hidden"', '"__proto__"'));
    member.outbox.push(await member.seal(sealed, written.deviceSeq));
    await member.sync();
    expect(member.verdict(written.entryId)).toMatchObject({ verdict: 'rejected', code: 'unknown_field', field: '__proto__' });
    expect(await dumpDatabase(stage.db)).not.toContain('nghi ngờ');
  });

  test('an unknown field of the entry itself is refused as well', async () => {
    const entry = { ...member.entry([change('household', north, stage.newId(), household(1))]), mood: 'bực bội' };
    member.outbox.push(await member.seal(entry, entry.deviceSeq));
    await member.sync();
    expect(member.verdict(entry.entryId)).toMatchObject({ verdict: 'rejected', code: 'unknown_field', field: 'mood' });
    expect(await dumpDatabase(stage.db)).not.toContain('bực bội');
  });

  test('the content of a complaint is kept nowhere, not even where it would have been set aside', async () => {
    const complaint = { kind: 'to_cao', receivedOn: '2026-11-22', text: 'tố cáo ông trưởng xóm' };
    const over = { entryId: newRandomId(), occurredAt: '2026-11-22T00:00:00+07:00' };
    const { verdict } = await settle(member, [change('feedback', south, newRandomId(), complaint)], over);
    expect(verdict).toMatchObject({ verdict: 'rejected', code: 'referred_kind', field: 'text' });
    expect(await dumpDatabase(stage.db)).not.toContain('tố cáo ông');
  });

  test('nor in a step beside one', async () => {
    const denounced = newRandomId();
    const over = { entryId: newRandomId(), occurredAt: '2026-11-22T00:00:00+07:00' };
    await settle(member, [change('feedback', north, denounced, { kind: 'to_cao', receivedOn: '2026-11-22' })], over);
    const detail = { type: 'add_detail', feedbackId: denounced, step: 0, on: '2026-11-22', detail: 'tố cáo ông trưởng xóm' };
    const { verdict } = await settle(member, [change('feedback_event', north, stage.newId(), detail)]);
    expect(verdict).toMatchObject({ verdict: 'rejected', code: 'referred_kind' });
    expect(await dumpDatabase(stage.db)).not.toContain('tố cáo ông');
  });

  test('a name beside unnamed feedback is kept nowhere, not even where the entry would wait', async () => {
    const withheld = namedFeedback({ anonymity: 'name_withheld', citizenName: 'Lý Thị Giấu Tên' });
    const apart = () => ({ entryId: newRandomId(), occurredAt: '2026-11-22T00:00:00+07:00' });
    const waiting = await settle(member, [change('feedback', north, newRandomId(), withheld)], { ...apart(), after: [stage.newId()] });
    const notTheirs = await settle(member, [change('feedback', south, newRandomId(), withheld)], apart());
    for (const { verdict } of [waiting, notTheirs]) expect(verdict).toMatchObject({ verdict: 'rejected', code: 'not_named' });
    expect(await dumpDatabase(stage.db)).not.toContain('Giấu Tên');
  });

  test('a household in a hamlet that the commune has not', async () => {
    const officer = await enrolPhone(stage, roles.officer);
    const { verdict } = await settle(officer, [change('household', '01789-777', stage.newId(), household(1))]);
    expect(verdict).toMatchObject({ verdict: 'rejected', code: 'unknown_area', field: 'areaId' });
    const admin = await enrolPhone(stage, roles.admin);
    const hamlet = '01789-777';
    const fields = { code: hamlet, level: 'hamlet', kind: 'xom', name: 'Mới', parent: commune };
    expect((await settle(admin, [change('area', hamlet, hamlet, { ...fields, code: '01789-778' })])).verdict).toMatchObject({ verdict: 'rejected', field: 'code' });
    expect((await settle(admin, [change('area', hamlet, hamlet, fields)])).verdict?.verdict).toBe('applied');
    expect((await settle(officer, [change('household', hamlet, stage.newId(), household(1))])).verdict?.verdict).toBe('applied');
  });

  test('one change that breaks a rule refuses the whole entry', async () => {
    const good = stage.newId();
    const { verdict } = await settle(member, [
      change('household', north, good, household(1)),
      change('household', north, stage.newId(), household(2, { members: 99 })),
    ]);
    expect(verdict).toMatchObject({ verdict: 'rejected', code: 'out_of_range', field: 'members' });
    expect(member.seen().has(good)).toBe(false);
    expect(await stage.db.selectFrom('record').selectAll().where('recordId', '=', good).execute()).toEqual([]);
  });

  test('unnamed feedback in the company of a visit is refused', async () => {
    const id = await settledHousehold();
    const { citizenName: _name, citizenPhone: _phone, ...unnamed } = namedFeedback({ anonymity: 'name_withheld' });
    const { verdict } = await settle(member, [change('visit', north, stage.newId(), visit(id)), change('feedback', north, newRandomId(), unnamed)]);
    expect(verdict).toMatchObject({ verdict: 'rejected', code: 'kept_apart' });
  });

  test('unnamed feedback tells no time of day anywhere', async () => {
    const { citizenName: _name, citizenPhone: _phone, ...unnamed } = namedFeedback({ anonymity: 'name_withheld' });
    const id = newRandomId();
    const over = { entryId: newRandomId(), occurredAt: '2026-11-22T00:00:00+07:00' };
    const { entry, verdict } = await settle(member, [change('feedback', north, id, unnamed)], over);
    expect(verdict).toMatchObject({ verdict: 'applied', settledAt: '2026-11-22T00:00:00+07:00' });
    expect(member.seen().get(id)).toMatchObject({ receivedAt: '2026-11-22T00:00:00+07:00' });
    const row = await stage.db.selectFrom('entry').select('receivedAt').where('entryId', '=', entry.entryId).executeTakeFirstOrThrow();
    expect(row.receivedAt).toBe('2026-11-22T00:00:00+07:00');
  });

  test('a change to an erased record, or to what belongs to one, settles as erased and leaves no content', async () => {
    const id = await settledHousehold();
    await stage.db.insertInto('erasure').values({ communeCode: commune, recordId: id, erasedAt: stage.clock.now() }).execute();
    const edit = await settle(member, [change('household', north, id, { houseLabel: 'đã xóa rồi' }, 1)]);
    const child = await settle(member, [change('visit', north, stage.newId(), visit(id, { outcome: 'đã xóa rồi' }))]);
    expect([edit.verdict?.verdict, child.verdict?.verdict]).toEqual(['erased', 'erased']);
    expect(await dumpDatabase(stage.db)).not.toContain('đã xóa rồi');
  });
});

test('once two phones are known to hold one disk, what either set before the other saw it is a conflict, not the own chain', async () => {
  const id = await settledHousehold(lead, { phone: '0912345670' });
  const theirs = await settle(lead, [change('household', north, id, { phone: '0912345671' }, 1)], { deviceSeq: 3 });
  // The other phone goes on from the copy of before: its first number was given already, its second is new.
  const first = await lead.save([change('household', north, id, { members: 3 }, 1)], { deviceSeq: 3 });
  const second = await lead.save([change('household', north, id, { phone: '0912345679', members: 4 }, 1)], { deviceSeq: 4, after: [first.entryId] });
  await lead.sync();
  expect([theirs.entry, first, second].map(({ entryId }) => lead.verdict(entryId))).toMatchObject([{ verdict: 'applied' }, { verdict: 'applied', code: 'restored_phone' }, { verdict: 'merged' }]);
  expect(lead.seen().get(id)).toMatchObject({ fields: { phone: '0912345679', members: 4 }, conflicts: [{ field: 'phone', value: '0912345671' }] });
});

describe('an entry that comes after a later one of its own phone', () => {
  test('is told as a conflict where the later one waited for it no longer: neither value goes in silence', async () => {
    const id = await settledHousehold(lead, { phone: '0912345670' });
    const [early, last] = [lead.entry([change('household', north, id, { phone: '0912345671' }, 1)]), ['0912345672', '0912345673'] as const];
    const waiting = await lead.save([change('household', north, id, { phone: last[0] }, 1)], { after: [early.entryId] });
    const follower = await lead.save([change('household', north, id, { phone: last[1] }, 1)], { after: [waiting.entryId] });
    await lead.sync([early.entryId]);
    expect([waiting, follower].map(({ entryId }) => lead.verdict(entryId)?.verdict)).toEqual(['applied', 'applied']);
    // It had not gone lost: somebody hands it in as a file.
    lead.outbox.push(await lead.seal(early, early.deviceSeq));
    await lead.sync();
    expect(lead.verdict(early.entryId)?.verdict).toBe('merged');
    expect(lead.seen().get(id)).toMatchObject({ fields: { phone: '0912345671' }, conflicts: expect.arrayContaining([expect.objectContaining({ field: 'phone', value: last[1] })]) });
  });
});

describe('bytes that do not settle', () => {
  test('of an unknown device, of a forged header, of a session that is not there, of a broken entry', async () => {
    const sealed = await member.seal(member.entry([change('household', north, stage.newId(), household(1))]), 1);
    const stranger = await enrolPhone(await createTestEndpoint(), roles.member);
    const ask = async (sessions: TestPhone['header'][], entry = sealed) =>
      (await member.request(undefined, { protocol: 1, sessions, entries: [entry] })).entries[0]?.outcome;
    expect(await ask([stranger.header], await stranger.seal({}, 1))).toBe('unknown_device');
    expect(await ask([{ ...member.header, signature: lead.header.signature }])).toBe('unreadable');
    expect(await ask([])).toBe('unreadable');
    expect(await ask([member.header], { ...sealed, deviceSeq: 2 })).toBe('unreadable');
    expect(await ask([member.header], await member.seal({ entryId: 'no id' }, 3))).toBe('unreadable');
    expect(await stage.db.selectFrom('entry').select('entryId').where('deviceId', '=', member.deviceId).execute()).toEqual([]);
    expect(await ask([member.header])).toBe('kept');
  });

  test('one that cannot be read holds up none of the others', async () => {
    const good = await member.save([change('household', north, stage.newId(), household(1))]);
    const broken = { ...(await member.seal({}, 9)), bytes: 'AAAA' };
    member.outbox.unshift(broken);
    const [answer] = await member.sync();
    expect(answer?.entries.map(({ outcome }) => outcome)).toEqual(['unreadable', 'kept']);
    expect(member.verdict(good.entryId)?.verdict).toBe('applied');
  });
});
