import { beforeEach, describe, expect, test } from 'vitest';
import { currentSchema } from '#domain/change.ts';
import type { Change } from '#domain/change.ts';
import { letGoText } from '#domain/let-go.ts';
import { change, commune, createTestEndpoint, dumpDatabase, enrolPhone, household, namedFeedback, newRandomId, north, office, ownDraft, roles, south, visit } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let stage: TestEndpoint;
let member: TestPhone;
let lead: TestPhone;
let southLead: TestPhone;
let officer: TestPhone;
let blocLead: TestPhone;

beforeEach(async () => {
  stage = await createTestEndpoint();
  member = await enrolPhone(stage, roles.member);
  lead = await enrolPhone(stage, roles.lead);
  southLead = await enrolPhone(stage, roles.southLead);
  officer = await enrolPhone(stage, roles.officer);
  blocLead = await enrolPhone(stage, roles.blocLead);
});

const authOf = ({ deviceId, memberId }: TestPhone) => ({ kind: 'session', communeCode: commune, deviceId, memberId }) as const;
const waitingFor = (phone: TestPhone) => stage.endpoint.waitingFor(authOf(phone));
const shownTo = async (phone: TestPhone) => (await waitingFor(phone)).map(({ entryId }) => entryId);
const accept = (phone: TestPhone, entryId: string, hamletId?: string) =>
  stage.endpoint.decide(authOf(phone), { entryId, decision: 'accept', ...(hamletId === undefined ? {} : { hamletId }) });
const decline = (phone: TestPhone, entryId: string, reason = 'Đã ghi ở sổ khác.') => stage.endpoint.decide(authOf(phone), { entryId, decision: 'decline', reason });
const applied = { ok: true, value: { verdict: 'applied' } };
const refused = (code: string, field?: string) => ({ ok: false, error: field === undefined ? { code } : { code, field } });

async function saved(phone: TestPhone, ...args: Parameters<TestPhone['save']>) {
  const entry = await phone.save(...args);
  await phone.sync();
  return entry;
}

/** Hands in what a phone sealed that has no session any more. */
async function handedIn(phone: TestPhone, changes: Change[], over: Parameters<TestPhone['save']>[1] = {}) {
  const entry = phone.entry(changes, over);
  await stage.endpoint.sync({ kind: 'bundle' }, phone.pushBody([await phone.seal(entry, entry.deviceSeq)]));
  return entry;
}

const standing = (entryId: string) => stage.db.selectFrom('entry').select(['verdict', 'code']).where('entryId', '=', entryId).executeTakeFirstOrThrow();
const recordOf = (recordId: string) => stage.db.selectFrom('record').selectAll().where('recordId', '=', recordId).executeTakeFirst();

async function revoked(phone: TestPhone = member): Promise<TestPhone> {
  await stage.endpoint.revokeDevice(commune, phone.deviceId);
  return phone;
}

/** Three entries for the north, unsent when the member's hamlet became the south. */
async function movedAway() {
  const id = stage.newId();
  const visitId = stage.newId();
  const made = await member.save([change('household', north, id, household(1, { members: 2 }))]);
  const visited = await member.save([change('visit', north, visitId, visit(id))], { after: [made.entryId] });
  const corrected = await member.save([change('household', north, id, { members: 3 })], { after: [made.entryId, visited.entryId] });
  await stage.endpoint.changeAssignments(commune, member.memberId, [{ role: 'team_member', hamletId: south }]);
  await member.sync();
  return { id, visitId, made, visited, corrected, all: [made, visited, corrected] };
}

describe('a member whose hamlet changed', () => {
  test('loses nothing: the lead of the hamlet they wrote in, and the bloc, see what waits and why', async () => {
    const { all, made } = await movedAway();
    const ids = all.map(({ entryId }) => entryId).toSorted();
    expect(all.map(({ entryId }) => member.verdict(entryId)?.code)).toEqual(['not_your_role', 'follows_refused', 'follows_refused']);
    for (const phone of [lead, officer, blocLead]) expect((await shownTo(phone)).toSorted()).toEqual(ids);
    for (const phone of [member, southLead]) expect(await shownTo(phone)).toEqual([]);
    const [first] = await waitingFor(lead);
    expect(first).toEqual({
      entryId: made.entryId,
      memberId: member.memberId,
      memberName: 'team_member (mẫu)',
      occurredAt: made.occurredAt,
      receivedAt: '2026-11-22T08:00:00+07:00',
      verdict: 'quarantined',
      code: 'not_your_role',
      allowedThen: [{ role: 'team_member', hamletId: south }],
      changes: made.changes,
      mayAccept: true,
    });
  });

  test('is accepted where it was written: in their name, the original kept, and they are told', async () => {
    const { id, made, visited, corrected } = await movedAway();
    expect(await accept(lead, made.entryId)).toEqual(applied);
    await Promise.all([member.sync(), lead.sync()]);
    expect(member.verdict(made.entryId)).toMatchObject({ verdict: 'applied', code: 'accepted', decidedBy: lead.memberId });
    expect(member.verdict(made.entryId)?.sequences).toEqual({});
    expect(lead.seen().get(id)).toMatchObject({ memberId: member.memberId, areaId: north, fields: { no: 1 } });
    expect(await stage.db.selectFrom('waiting_entry').select(['reason', 'content']).where('entryId', '=', made.entryId).executeTakeFirst()).toEqual({
      reason: 'accepted',
      content: JSON.stringify(made),
    });
    // What followed it is judged by what its author may do today, which is nothing here; so it is for the lead to decide as well.
    expect((await waitingFor(lead)).map(({ entryId, code, mayAccept }) => [entryId, code, mayAccept])).toEqual([
      [visited.entryId, 'no_access', true],
      [corrected.entryId, 'follows_refused', true],
    ]);
    const { verdictVersion } = await stage.db.selectFrom('entry').select('verdictVersion').where('entryId', '=', corrected.entryId).executeTakeFirstOrThrow();
    expect(verdictVersion).toBe(1);
    expect([await accept(lead, visited.entryId), await accept(lead, corrected.entryId)]).toEqual([applied, applied]);
    await lead.sync();
    expect(lead.seen().get(id)).toMatchObject({ fields: { members: 3 } });
    expect(lead.seen().get(id)).not.toHaveProperty('conflicts');
    expect(await shownTo(blocLead)).toEqual([]);
    expect((await stage.db.selectFrom('audit').select(['actor', 'subject']).where('action', '=', 'entry_accepted').execute()).length).toBe(3);
  });

  test('is accepted into their new hamlet: its new records alone move, and what followed it is applied by itself', async () => {
    const { id, visitId, all, made } = await movedAway();
    expect(await accept(officer, made.entryId, south)).toEqual(applied);
    await Promise.all([member.sync(), southLead.sync(), lead.sync()]);
    expect(all.map(({ entryId }) => member.verdict(entryId))).toMatchObject([{ verdict: 'applied', code: 'accepted' }, { verdict: 'applied' }, { verdict: 'applied' }]);
    for (const recordId of [id, visitId]) {
      expect(southLead.seen().get(recordId)).toMatchObject({ areaId: south, memberId: member.memberId });
      expect(lead.seen().has(recordId)).toBe(false);
    }
    expect(southLead.seen().get(id)).toMatchObject({ fields: { members: 3 } });
    expect(southLead.seen().get(id)).not.toHaveProperty('conflicts');
  });

  test('into another hamlet: what was there before stays where it is', async () => {
    const [there, fresh] = [stage.newId(), stage.newId()];
    await saved(lead, [change('household', north, there, household(1))]);
    await revoked();
    const entry = await handedIn(member, [change('household', north, there, { members: 4 }, 1), change('household', north, fresh, household(2))]);
    expect(await accept(officer, entry.entryId, south)).toEqual(applied);
    expect([(await recordOf(there))?.areaId, (await recordOf(fresh))?.areaId]).toEqual([north, south]);
  });

  test('nobody takes it into a hamlet that is not theirs, or that is not there', async () => {
    const { made } = await movedAway();
    expect(await accept(lead, made.entryId, south)).toEqual(refused('no_access', 'hamletId'));
    expect(await accept(southLead, made.entryId, south)).toEqual(refused('not_waiting'));
    expect(await accept(officer, made.entryId, '01789-777')).toEqual(refused('unknown_area', 'hamletId'));
    expect(await accept(officer, made.entryId, '99904-001')).toEqual(refused('no_access', 'hamletId'));
    expect(await standing(made.entryId)).toEqual({ verdict: 'quarantined', code: 'not_your_role' });
  });
});

describe('declining', () => {
  test('tells the author why and by whom; the content is gone', async () => {
    const { made, visited } = await movedAway();
    expect(await decline(lead, made.entryId, 'Hộ này đã có trong sổ.')).toEqual({ ok: true, value: { verdict: 'rejected' } });
    await member.sync();
    expect(member.verdict(made.entryId)).toMatchObject({
      verdict: 'rejected', code: 'declined_by_supervisor', note: 'Hộ này đã có trong sổ.', decidedBy: lead.memberId, decidedByName: 'team_lead (mẫu)',
    });
    expect(await dumpDatabase(stage.db)).not.toContain('Nông Văn 1');
    expect(await stage.db.selectFrom('audit').select(['actor', 'subject']).where('action', '=', 'entry_declined').execute()).toEqual([
      { actor: lead.memberId, subject: made.entryId },
    ]);
    // What followed it stays for somebody to look at; without the household a visit belongs nowhere.
    const left = await waitingFor(lead);
    expect(left.map(({ entryId, mayAccept }) => [entryId, mayAccept])).toContainEqual([visited.entryId, false]);
    expect(await accept(lead, visited.entryId)).toEqual(refused('no_access'));
    expect((await decline(lead, visited.entryId)).ok).toBe(true);
  });

  test('what is held can be declined as well, and what waited for it is refused with it', async () => {
    const held = await saved(member, [change('household', north, stage.newId(), household(1))], { after: [stage.newId()] });
    const follower = await saved(member, [change('household', north, stage.newId(), household(2))], { after: [held.entryId] });
    expect((await decline(lead, held.entryId)).ok).toBe(true);
    expect(await standing(follower.entryId)).toEqual({ verdict: 'rejected', code: 'follows_refused' });
  });
});

describe('what is held', () => {
  test('can be accepted before what it waits for, and what waited for it goes on', async () => {
    const id = stage.newId();
    const held = await saved(member, [change('household', north, id, household(1))], { after: [stage.newId()] });
    const follower = await saved(member, [change('visit', north, stage.newId(), visit(id))], { after: [held.entryId] });
    expect(await accept(lead, held.entryId)).toEqual(applied);
    expect(await standing(follower.entryId)).toEqual({ verdict: 'applied', code: null });
    await member.sync();
    expect(member.verdict(held.entryId)).toMatchObject({ code: 'accepted', sequences: { [`hamlet/${north}`]: expect.any(Number) } });
  });

  test('for an upgrade: is shown with its reason and cannot be accepted; what it cannot show goes to the lead of the bloc alone', async () => {
    const plain = await saved(member, [change('household', north, stage.newId(), household(1))], { schema: currentSchema + 1 });
    const newer = { ...member.entry([change('household', north, stage.newId(), {})]), schema: currentSchema + 1, changes: [{ kind: 'poll', said: 'gì đó' }], occurredAt: 'soon' };
    member.outbox.push(await member.seal(newer, newer.deviceSeq));
    await member.sync();
    expect(await waitingFor(lead)).toMatchObject([{ entryId: plain.entryId, verdict: 'held', code: 'schema', mayAccept: false, problem: { code: 'schema' } }]);
    expect(await shownTo(southLead)).toEqual([]);
    expect(await shownTo(officer)).toEqual([plain.entryId]);
    expect((await shownTo(blocLead)).toSorted()).toEqual([plain.entryId, newer.entryId].toSorted());
    expect(await accept(lead, plain.entryId)).toEqual(refused('schema'));
    expect((await decline(blocLead, newer.entryId)).ok).toBe(true);
  });

  test('one that our own program cannot try stands in no way of the others', async () => {
    const good = await saved(member, [change('household', south, stage.newId(), household(1))]);
    const id = stage.newId();
    await saved(lead, [change('household', north, id, household(2))]);
    await revoked();
    const bad = await handedIn(member, [change('household', north, id, { members: 3 }, 1)]);
    await stage.db.updateTable('record').set({ conflicts: 'broken' }).where('recordId', '=', id).execute();
    expect(await waitingFor(blocLead)).toMatchObject([{ entryId: good.entryId, mayAccept: true }, { entryId: bad.entryId, mayAccept: false, problem: { code: 'fault' } }]);
    expect(await shownTo(lead)).toEqual([]);
    expect(await accept(blocLead, bad.entryId)).toEqual(refused('fault'));
  });
});

describe('a lost phone', () => {
  test('what was sealed on it before is accepted, with what came after it', async () => {
    await revoked();
    const id = stage.newId();
    const first = await handedIn(member, [change('household', north, id, household(1))]);
    const second = await handedIn(member, [change('visit', north, stage.newId(), visit(id))], { after: [first.entryId] });
    expect((await waitingFor(lead)).map(({ code, mayAccept }) => [code, mayAccept])).toEqual([['revoked_device', true], ['revoked_device', false]]);
    expect(await accept(lead, first.entryId)).toEqual(applied);
    expect((await waitingFor(lead)).map(({ entryId, code, mayAccept }) => [entryId, code, mayAccept])).toEqual([[second.entryId, 'revoked_device', true]]);
    expect(await accept(lead, second.entryId)).toEqual(applied);
  });

  test('an older value of it that meets a newer one is noted, and shown to a person', async () => {
    const id = stage.newId();
    await saved(lead, [change('household', north, id, household(1))]);
    await saved(lead, [change('household', north, id, { houseLabel: 'cạnh cầu' }, 1)]);
    await revoked();
    const old = await handedIn(member, [change('household', north, id, { houseLabel: 'cạnh suối' }, 1)]);
    expect(await accept(lead, old.entryId)).toEqual(applied);
    await lead.sync();
    expect(lead.seen().get(id)).toMatchObject({ fields: { houseLabel: 'cạnh suối' }, conflicts: [{ field: 'houseLabel', value: 'cạnh cầu', memberId: lead.memberId }] });
  });

  test('an entry under another name is accepted in the name of whose phone it was', async () => {
    const id = stage.newId();
    const entry = await saved(member, [change('household', north, id, household(1))], { memberId: lead.memberId });
    expect(await waitingFor(lead)).toMatchObject([{ code: 'wrong_author', memberId: member.memberId, mayAccept: true }]);
    expect(await accept(lead, entry.entryId)).toEqual(applied);
    expect(await recordOf(id)).toMatchObject({ memberId: member.memberId });
  });
});

describe('who may see and decide', () => {
  const staffFeedback = () => namedFeedback({ topic: 'staff_attitude', text: 'Cán bộ xóm nói năng khó nghe với bà con.' });

  test('feedback about staff is for the lead of the bloc alone, also its later steps while it is not there', async () => {
    await revoked();
    const id = stage.newId();
    const said = await handedIn(member, [change('feedback', north, id, staffFeedback())]);
    const detail = { type: 'add_detail', feedbackId: id, step: 0, on: '2026-11-22', detail: 'Cán bộ ấy nói hôm thứ ba.' };
    const step = await handedIn(member, [change('feedback_event', north, stage.newId(), detail)], { after: [said.entryId] });
    const ids = [said.entryId, step.entryId].toSorted();
    expect((await shownTo(blocLead)).toSorted()).toEqual(ids);
    for (const phone of [lead, officer, southLead]) {
      expect(await shownTo(phone)).toEqual([]);
      for (const entryId of ids) {
        expect(await accept(phone, entryId)).toEqual(refused('not_waiting'));
        expect(await decline(phone, entryId)).toEqual(refused('not_waiting'));
      }
    }
    expect(await accept(blocLead, said.entryId)).toEqual(applied);
    for (const phone of [lead, officer]) expect(await shownTo(phone)).toEqual([]);
  });

  test('a step that turns feedback into one about staff, or away from it, is for the lead of the bloc alone', async () => {
    const [road, staff] = [stage.newId(), stage.newId()];
    await saved(lead, [change('feedback', north, road, namedFeedback())]);
    await saved(lead, [change('feedback', north, staff, staffFeedback())]);
    await revoked(officer);
    const triage = (feedbackId: string, topic: string) => change('feedback_event', north, stage.newId(), { type: 'triage', feedbackId, step: 0, on: '2026-11-22', topic });
    const towards = await handedIn(officer, [triage(road, 'staff_attitude')]);
    const away = await handedIn(officer, [triage(staff, 'road')]);
    const plain = await handedIn(officer, [triage(road, 'road')]);
    const second = await enrolPhone(stage, roles.officer);
    for (const phone of [lead, second]) expect(await shownTo(phone)).toEqual([plain.entryId]);
    expect((await shownTo(blocLead)).toSorted()).toEqual([towards, away, plain].map(({ entryId }) => entryId).toSorted());
  });

  test('kept-apart feedback tells no time of day, neither waiting nor accepted', async () => {
    await revoked();
    const { citizenName: _name, citizenPhone: _phone, ...unnamed } = namedFeedback({ anonymity: 'name_withheld' });
    const id = newRandomId();
    const dated = '2026-11-22T00:00:00+07:00';
    const entry = await handedIn(member, [change('feedback', north, id, unnamed)], { entryId: newRandomId(), occurredAt: dated });
    expect(await waitingFor(lead)).toMatchObject([{ occurredAt: dated, receivedAt: dated, mayAccept: true }]);
    expect(await accept(lead, entry.entryId)).toEqual(applied);
    await lead.sync();
    expect(lead.seen().get(id)).toMatchObject({ occurredAt: dated, receivedAt: dated });
    const rows = await stage.db.selectFrom('entry').selectAll().where('receivedAt', '=', dated).execute();
    expect(rows.map(({ entryId, settledAt }) => [entryId[14], settledAt])).toEqual([['4', dated], ['4', dated]]);
  });

  test('a complaint says its kind, day and hamlet, to whoever would read them', async () => {
    await revoked();
    const over = { entryId: newRandomId(), occurredAt: '2026-11-22T00:00:00+07:00' };
    const entry = await handedIn(member, [change('feedback', north, newRandomId(), { kind: 'to_cao', receivedOn: '2026-11-22' })], over);
    for (const phone of [lead, officer, blocLead]) expect(await shownTo(phone)).toEqual([entry.entryId]);
    expect(await shownTo(southLead)).toEqual([]);
    expect(await accept(lead, entry.entryId)).toEqual(applied);
  });

  test('nobody decides on their own, and nobody without such a role on any', async () => {
    const own = await saved(lead, [change('household', south, stage.newId(), household(1))]);
    expect(await shownTo(lead)).toEqual([]);
    expect(await accept(lead, own.entryId)).toEqual(refused('own_entry'));
    expect(await decline(lead, own.entryId)).toEqual(refused('own_entry'));
    const second = await enrolPhone(stage, roles.lead, { memberId: lead.memberId });
    const lost = await handedIn(await revoked(lead), [change('household', north, stage.newId(), household(3))]);
    expect(await shownTo(second)).toEqual([]);
    for (const { entryId } of [own, lost]) expect(await accept(second, entryId)).toEqual(refused('own_entry'));
    const northern = await saved(southLead, [change('household', north, stage.newId(), household(1))]);
    const others = [member, await enrolPhone(stage, roles.responder), await enrolPhone(stage, roles.admin)];
    for (const phone of others) {
      expect(await shownTo(phone)).toEqual([]);
      for (const { entryId } of [own, northern]) expect(await accept(phone, entryId)).toEqual(refused('not_waiting'));
    }
    expect(await accept(second, northern.entryId)).toEqual(applied);
    expect(await accept(southLead, own.entryId)).toEqual(applied);
  });

  test('what a record holds that is not theirs is not told by a change that names their hamlet', async () => {
    const hidden = stage.newId();
    await saved(southLead, [change('household', south, hidden, household(1))]);
    const edit = await saved(member, [change('household', north, hidden, { members: 99 }, 1)]);
    const known = await saved(member, [change('household', north, hidden, { members: 5 }, 1)]);
    const child = await saved(member, [change('visit', north, stage.newId(), visit(hidden))]);
    expect(await shownTo(lead)).toEqual([]);
    expect((await shownTo(southLead)).toSorted()).toEqual([edit, known, child].map(({ entryId }) => entryId).toSorted());
    expect((await waitingFor(southLead)).map(({ mayAccept, problem }) => [mayAccept, problem])).toContainEqual([false, { code: 'out_of_range', field: 'members' }]);
    expect(await accept(southLead, edit.entryId)).toEqual(refused('out_of_range', 'members'));
  });

  test("an acceptance allows nothing that neither author nor supervisor nor a hamlet's team may do", async () => {
    const rename = await saved(member, [change('area', north, north, { name: 'Tên khác' }, 1)]);
    const merging = await saved(member, [change('area', north, north, { mergedInto: south }, 1)]);
    const unit = await saved(member, [change('unit', commune, stage.newId(), { kind: 'office', name: 'Đơn vị lạ' })]);
    for (const phone of [lead, officer, blocLead]) {
      for (const { entryId } of [rename, merging, unit]) expect((await accept(phone, entryId)).ok).toBe(false);
    }
    expect(await waitingFor(blocLead)).toMatchObject(Array.from({ length: 3 }, () => ({ mayAccept: false, problem: { code: 'not_your_role' } })));
    // A hamlet's lead has no say over what lies, or would lie, elsewhere, though all may read it.
    expect(await shownTo(lead)).toEqual([rename.entryId]);
    const id = stage.newId();
    await saved(lead, [change('feedback', north, id, namedFeedback())]);
    await saved(blocLead, [change('feedback_event', north, stage.newId(), { type: 'triage', feedbackId: id, step: 0, on: '2026-11-22' })]);
    const assign = await saved(member, [change('feedback_event', north, stage.newId(), { type: 'assign', feedbackId: id, step: 1, on: '2026-11-22', unitId: office, dueOn: '2026-12-01' })]);
    expect(await accept(lead, assign.entryId)).toEqual(refused('not_your_role'));
    expect(await accept(officer, assign.entryId)).toEqual(applied);
  });

  test('what its author was allowed when it was written may be accepted by whoever may see it', async () => {
    const personId = stage.newId();
    await saved(lead, [change('prestigious_person', north, personId, { fullName: 'Hoàng Văn Sáu (mẫu)', birthYear: 1950 })]);
    await revoked(officer);
    const given = await handedIn(officer, [change('benefit', north, stage.newId(), { personId, kind: 'tet_visit', date: '2026-02-10' })]);
    expect(await waitingFor(lead)).toMatchObject([{ entryId: given.entryId, allowedThen: [roles.officer], mayAccept: true }]);
    const never = await saved(member, [change('benefit', north, stage.newId(), { personId, kind: 'tet_visit', date: '2026-02-10' })]);
    expect(await accept(lead, never.entryId)).toEqual(refused('not_your_role'));
    expect(await accept(lead, given.entryId)).toEqual(applied);
  });

  test('where citizens are received stands in the audit log also when it is taken from a phone that was revoked: by whoever took it', async () => {
    const admin = await enrolPhone(stage, roles.admin);
    await revoked(admin);
    const { entryId } = await handedIn(admin, [change('area', commune, commune, { receptionPlace: 'Trụ sở UBND xã', receptionHours: 'Thứ Năm' }, 1)]);
    expect(await accept(blocLead, entryId)).toEqual(applied);
    const lines = await stage.db.selectFrom('audit').select(['actor', 'action', 'subject']).where('communeCode', '=', commune).orderBy('number', 'desc').limit(2).execute();
    expect(lines).toEqual([{ actor: blocLead.memberId, action: 'reception_changed', subject: commune }, { actor: blocLead.memberId, action: 'entry_accepted', subject: entryId }]);
  });

  test('a hamlet that was merged is decided on by the lead of the one that stands for it', async () => {
    const { made } = await movedAway();
    const admin = await enrolPhone(stage, roles.admin);
    await saved(admin, [change('area', north, north, { mergedInto: south }, 1)]);
    expect(await shownTo(southLead)).toContain(made.entryId);
    expect(await accept(southLead, made.entryId, north)).toEqual(applied);
    await southLead.sync();
    expect(southLead.seen().has(made.changes[0]?.recordId ?? '')).toBe(true);
  });

  test('a stray commune is for the bloc to take into a hamlet of its own', async () => {
    const id = stage.newId();
    const stray = await saved(member, [change('household', '99904', id, household(1))]);
    expect(await shownTo(lead)).toEqual([]);
    expect(await waitingFor(blocLead)).toMatchObject([{ entryId: stray.entryId, mayAccept: false, problem: { code: 'no_access' } }]);
    expect(await accept(blocLead, stray.entryId)).toEqual(refused('no_access'));
    expect(await accept(blocLead, stray.entryId, north)).toEqual(applied);
    expect(await recordOf(id)).toMatchObject({ areaId: north });
  });
});

describe('at the same time', () => {
  test('one of two decisions stands', async () => {
    const { made } = await movedAway();
    const both = await Promise.all([accept(lead, made.entryId), decline(officer, made.entryId)]);
    expect(both.map((decision) => (decision.ok ? 'ok' : decision.error.code)).toSorted()).toEqual(['already_decided', 'ok']);
    expect(await decline(blocLead, made.entryId)).toEqual(refused('already_decided'));
  });

  test('the phone sends it again: before, during and after, it keeps what was said of it', async () => {
    const { made } = await movedAway();
    const again = member.pushBody([await member.seal({ ...made, deviceSeq: 40 }, 40)]);
    await stage.endpoint.sync({ kind: 'bundle' }, again);
    expect(await standing(made.entryId)).toEqual({ verdict: 'quarantined', code: 'not_your_role' });
    await Promise.all([stage.endpoint.sync({ kind: 'bundle' }, again), accept(lead, made.entryId), stage.endpoint.sync({ kind: 'bundle' }, again)]);
    await stage.endpoint.sync({ kind: 'bundle' }, again);
    expect(await standing(made.entryId)).toEqual({ verdict: 'applied', code: 'accepted' });
    expect((await stage.endpoint.records(commune, 'household')).map(({ version }) => version)).toEqual([1]);
    await stage.restarted();
    expect(await standing(made.entryId)).toEqual({ verdict: 'applied', code: 'accepted' });
  });

  test('its record was deleted: it comes back, flagged, or the rule says why not', async () => {
    const id = stage.newId();
    await saved(lead, [change('household', north, id, household(1))]);
    await revoked();
    const old = await handedIn(member, [change('household', north, id, { members: 3 }, 1)]);
    const knowing = await handedIn(member, [change('household', north, id, { members: 4 }, 2)]);
    await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, [{ recordId: id, kind: 'household', areaId: north, base: 1, delete: true }])]);
    expect(await accept(lead, knowing.entryId)).toEqual(refused('deleted'));
    expect(await accept(lead, old.entryId)).toEqual(applied);
    await lead.sync();
    expect(lead.seen().get(id)).toMatchObject({ fields: { members: 3 }, conflicts: [{ field: 'deleted' }] });
  });

  test('its household declined: what it took back is kept nowhere, also not in the original', async () => {
    const id = stage.newId();
    await saved(lead, [change('household', north, id, household(1))]);
    await revoked();
    const entry = await handedIn(member, [change('household', north, id, { phone: '0987654321', members: 4 }, 1)]);
    await saved(lead, [change('household', north, id, { contact: 'no', headName: null }, 1)]);
    expect(await accept(lead, entry.entryId)).toEqual(applied);
    expect(JSON.parse((await recordOf(id))?.fields ?? '')).toMatchObject({ contact: 'no', members: 4 });
    expect(await dumpDatabase(stage.db)).not.toContain('0987654321');
  });

  test('feedback that its visit lists was erased: nobody reads that list any more, and it keeps nobody from deciding', async () => {
    const [id, visitId, feedbackId] = [stage.newId(), stage.newId(), stage.newId()];
    await saved(lead, [change('household', north, id, household(1))]);
    await saved(lead, [change('visit', north, visitId, visit(id, { feedbackIds: [feedbackId] })), change('feedback', north, feedbackId, namedFeedback())]);
    await revoked();
    const entry = await handedIn(member, [change('visit', north, visitId, { outcome: 'đã hẹn sửa mái' }, 1)]);
    await stage.endpoint.eraseRecord(commune, feedbackId);
    for (const supervisor of [lead, officer, blocLead]) expect(await shownTo(supervisor)).toEqual([entry.entryId]);
    expect(await shownTo(southLead)).toEqual([]);
    expect(await accept(lead, entry.entryId)).toEqual(applied);
  });

  test('its record was erased: nothing waits any more', async () => {
    const id = stage.newId();
    await saved(lead, [change('household', north, id, household(1))]);
    await revoked();
    const entry = await handedIn(member, [change('household', north, id, { houseLabel: 'cạnh suối' }, 1)]);
    await stage.db.insertInto('erasure').values({ communeCode: commune, recordId: id, erasedAt: stage.clock.now() }).execute();
    expect(await shownTo(blocLead)).toEqual([]);
    expect(await accept(lead, entry.entryId)).toEqual(refused('not_waiting'));
    await stage.endpoint.eraseRecord(commune, id);
    expect(await accept(lead, entry.entryId)).toEqual(refused('not_waiting'));
    expect(await standing(entry.entryId)).toEqual({ verdict: 'erased', code: null });
  });

  test('an accepted entry is erased with its record, its original too', async () => {
    const { id, made } = await movedAway();
    await accept(lead, made.entryId);
    await stage.endpoint.eraseRecord(commune, id);
    expect(await standing(made.entryId)).toEqual({ verdict: 'erased', code: null });
    expect(await dumpDatabase(stage.db)).not.toContain('Nông Văn 1');
  });
});

test('what a household took back meanwhile is shown to no supervisor, whether the entry can be accepted or not', async () => {
  const id = stage.newId();
  await saved(lead, [change('household', north, id, household(1))]);
  const details = change('household', north, id, { phone: '0988888888', houseLabel: 'gốc đa' }, 1);
  await revoked();
  const alone = await handedIn(member, [details]);
  const beside = await handedIn(member, [details, change('visit', north, stage.newId(), visit(id, { householdId: stage.newId() }))]);
  await saved(lead, [change('household', north, id, { contact: 'no', headName: null }, 1)]);
  for (const phone of [lead, officer, blocLead]) {
    const shown = await waitingFor(phone);
    expect(shown.map(({ entryId }) => entryId).toSorted()).toEqual([alone.entryId, beside.entryId].toSorted());
    expect(shown.map(({ changes }) => changes[0])).toEqual([alone, beside].map(() => ({ ...details, set: { houseLabel: 'gốc đa' } })));
  }
});

describe('what waits about a household that declines', () => {
  const phone = '0988888888';
  let id: string;
  beforeEach(async () => {
    id = stage.newId();
    await saved(lead, [change('household', north, id, household(1))]);
    await revoked();
  });
  const details = (base = 1, over = {}) => change('household', north, id, { phone, headName: 'Trieu Mui Nai', members: 4, ...over }, base);
  const declined = (base = 1) => saved(lead, [change('household', north, id, { contact: 'no', headName: null }, base)]);
  const agreedAgain = () => saved(lead, [change('household', north, id, { contact: 'yes', headName: 'Trieu Mui Coi' }, 2)]);
  const isKept = async () => (await dumpDatabase(stage.db)).includes(phone);

  test('keeps no name and number of it, also when it agrees again: it is asked again, and no supervisor is shown a word in their place', async () => {
    const before = await handedIn(member, [details()]);
    expect(await isKept()).toBe(true);
    await declined();
    expect(await isKept()).toBe(false);
    const late = await handedIn(member, [details()]);
    expect(await isKept()).toBe(false);
    expect(await dumpDatabase(stage.db)).not.toContain('Trieu Mui Nai');
    await agreedAgain();
    for (const shown of await waitingFor(lead)) expect(shown).toMatchObject({ mayAccept: true, changes: [{ set: { members: 4 } }] });
    expect((await waitingFor(lead)).map(({ changes }) => changes[0] !== undefined && 'set' in changes[0] && Object.keys(changes[0].set))).toEqual([['members'], ['members']]);
    for (const { entryId } of [before, late]) {
      expect(await accept(lead, entryId)).toEqual(applied);
      expect(await stage.db.selectFrom('waiting_entry').selectAll().where('entryId', '=', entryId).execute()).toEqual([]);
    }
    expect(JSON.parse((await recordOf(id))?.fields ?? '')).toEqual({ no: 1, houseLabel: 'nhà 1', contact: 'yes', headName: 'Trieu Mui Coi', members: 4 });
  });

  test('keeps what its author gave after the household had agreed again, or says itself that it agrees', async () => {
    const own = await handedIn(member, [details(1, { contact: 'yes' })]);
    await declined();
    expect(await isKept()).toBe(true);
    expect(await decline(lead, own.entryId)).toMatchObject({ ok: true });
    expect(await isKept()).toBe(false);
    const knowing = await handedIn(member, [details(2)]);
    expect(await isKept()).toBe(true);
    await agreedAgain();
    await declined(3);
    expect(await isKept()).toBe(false);
    expect(await accept(lead, knowing.entryId)).toEqual(applied);
  });

  test('keeps what is about another household, and all but the details of this one', async () => {
    const other = stage.newId();
    const entry = await handedIn(member, [details(), change('household', north, other, household(2, { phone: '0977777777' })), change('visit', north, stage.newId(), visit(id))]);
    await declined();
    const { content } = await stage.db.selectFrom('waiting_entry').select('content').where('entryId', '=', entry.entryId).executeTakeFirstOrThrow();
    const { changes } = JSON.parse(content) as { changes: Change[] };
    expect(changes[0]).toMatchObject({ base: 1, set: { headName: letGoText, phone: letGoText, members: 4 } });
    expect(changes.slice(1)).toEqual(entry.changes.slice(1));
  });
});
