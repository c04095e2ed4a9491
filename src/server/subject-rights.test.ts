import { beforeEach, describe, expect, test } from 'vitest';
import { letGoText } from '#domain/let-go.ts';
import type { ErasureConfirmationsAnswer, ErasureErrorCode } from '#sync/subject-rights.ts';
import { createListInMemory } from './append-only-list.ts';
import type { Erasure } from './erasure-list.ts';
import { change, commune, createTestEndpoint, dumpDatabase, enrolPhone, household, namedFeedback, north, renewPhone, roles, south, visit } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

const told = 'nhà sàn cạnh suối';
let stage: TestEndpoint;
let member: TestPhone;
let lead: TestPhone;
let dpo: TestPhone;

beforeEach(async () => {
  stage = await createTestEndpoint({ erasures: createListInMemory<Erasure>() });
  member = await enrolPhone(stage, roles.member);
  lead = await enrolPhone(stage, roles.lead);
  dpo = await enrolPhone(stage, roles.dpo);
});

async function saved(phone: TestPhone, ...args: Parameters<TestPhone['save']>) {
  const entry = await phone.save(...args);
  await phone.sync();
  return entry;
}

async function savedHousehold() {
  const id = stage.newId();
  await saved(lead, [change('household', north, id, household(1, { houseLabel: told }))]);
  return id;
}

async function requested(subjectId: string, over: object = {}, phone = lead) {
  const id = stage.newId();
  const fields = { subjectId, subjectKind: 'household', kind: 'erase', receivedOn: '2026-11-22', way: 'at_door', ...over };
  const entry = await saved(phone, [change('subject_request', north, id, fields)]);
  expect(phone.verdict(entry.entryId)?.verdict).toBe('applied');
  return id;
}

async function ask(phone: TestPhone, path: string, requestId: string): Promise<{ status: number; body: unknown }> {
  const response = await stage.app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${phone.sessionToken}` },
    body: JSON.stringify({ requestId }),
  });
  return { status: response.status, body: await response.json() };
}
const erase = async (requestId: string, phone = dpo) => await ask(phone, '/erasure', requestId);

async function confirmations(requestId: string) {
  const { devices } = (await ask(dpo, '/erasure/confirmations', requestId)).body as ErasureConfirmationsAnswer;
  return new Map(devices.map((device) => [device.deviceId, device]));
}

describe('a data-protection officer', () => {
  test('reads what was asked, by ids and days, and nothing of the household', async () => {
    const householdId = await savedHousehold();
    const id = await requested(householdId);
    await dpo.sync();
    expect([...dpo.channels.keys()].toSorted()).toEqual([`device/${dpo.deviceId}`, `dpo/${commune}`, `everyone/${commune}`, `handbook/${commune}`, `handbook/99904`]);
    expect(dpo.seen().get(id)).toMatchObject({ areaId: north, fields: { subjectId: householdId, kind: 'erase' } });
    expect(dpo.seen().has(householdId)).toBe(false);
  });

  test('erases what a request is about, and the request says when it was done, in their name', async () => {
    const householdId = await savedHousehold();
    const id = await requested(householdId);
    expect(await erase(id)).toEqual({ status: 200, body: { closedOn: '2026-11-22' } });
    expect(await dumpDatabase(stage.db)).not.toContain(told);
    for (const phone of [lead, dpo]) {
      await phone.sync();
      expect(phone.seen().has(householdId)).toBe(false);
      expect(phone.seen().get(id)).toMatchObject({ fields: { closedAs: 'done', closedOn: '2026-11-22' } });
    }
    const lines = await stage.db.selectFrom('audit').select(['actor', 'origin', 'subject']).where('action', '=', 'record_erased').execute();
    expect(lines).toEqual([{ actor: dpo.memberId, origin: dpo.deviceId, subject: householdId }]);
    const written = await stage.db.selectFrom('record_history').select('memberId').where('recordId', '=', id).where('field', '=', 'closedAs').execute();
    expect(written).toEqual([{ memberId: dpo.memberId }]);
  });

  test('who says it again changes nothing more', async () => {
    const id = await requested(await savedHousehold());
    const first = await erase(id);
    const before = await dumpDatabase(stage.db);
    stage.clock.at += 3 * 86_400_000;
    expect(await erase(id)).toEqual(first);
    const withoutTimes = (text: string) => text.replaceAll(/"(lastUsedAt|lastContactAt)":\d+/gu, '');
    expect(withoutTimes(await dumpDatabase(stage.db))).toBe(withoutTimes(before));
  });

  test('is refused where there is nothing to carry out, and nobody else is let', async () => {
    const householdId = await savedHousehold();
    const id = await requested(householdId);
    expect(await erase(id, lead)).toEqual({ status: 403, body: { error: 'not_your_role' } });
    expect(await ask(lead, '/erasure/confirmations', id)).toEqual({ status: 403, body: { error: 'not_your_role' } });
    expect(await erase(stage.newId())).toEqual({ status: 404, body: { error: 'not_found' } });
    expect(await erase(householdId)).toEqual({ status: 404, body: { error: 'not_found' } });
    expect(await erase(await requested(householdId, { kind: 'access' }))).toEqual({ status: 409, body: { error: 'not_an_erasure' } });
    expect(await ask(dpo, '/erasure/confirmations', id)).toEqual({ status: 409, body: { error: 'not_erased' } });
    await dpo.sync();
    await saved(dpo, [change('subject_request', north, id, { closedAs: 'refused', closedOn: '2026-11-22', refusal: 'kept_by_law' }, 1)]);
    expect(await erase(id)).toEqual({ status: 409, body: { error: 'closed' } });
    expect(await dumpDatabase(stage.db)).toContain(told);
  });

  test('each refusal that the wire knows is one that somebody is told', async () => {
    const householdId = await savedHousehold();
    const open = await requested(householdId);
    const refused = await requested(householdId);
    const access = await requested(householdId, { kind: 'access' });
    const colleagueId = stage.newId();
    const colleague = await requested(colleagueId, {}, dpo);
    await stage.db.updateTable('record').set({ recordId: colleagueId }).where('recordId', '=', member.memberId).execute();
    await dpo.sync();
    await saved(dpo, [change('subject_request', north, refused, { closedAs: 'refused', closedOn: '2026-11-22', refusal: 'kept_by_law' }, 1)]);
    const bringsAbout: Record<ErasureErrorCode, () => ReturnType<typeof ask>> = {
      not_your_role: () => erase(open, lead),
      not_found: () => erase(stage.newId()),
      not_an_erasure: () => erase(access),
      closed: () => erase(refused),
      never_erased: () => erase(colleague),
      not_erased: () => ask(dpo, '/erasure/confirmations', open),
    };
    for (const [error, asking] of Object.entries(bringsAbout)) expect((await asking()).body).toEqual({ error });
  });

  test('never erases what no citizen can ask for, whatever a request calls it', async () => {
    // The officer names a subject that this start does not hold yet; when it comes it is a colleague.
    const colleague = stage.newId();
    const id = await requested(colleague, {}, dpo);
    await enrolPhone(stage, roles.officer, {});
    await stage.db.updateTable('record').set({ recordId: colleague }).where('recordId', '=', member.memberId).execute();
    expect(await erase(id)).toEqual({ status: 409, body: { error: 'never_erased' } });
  });
});

describe('what was said in the name of an erased household', () => {
  const personal = ['Lý Thị Mẩy', '0912345678', '0988777666'];

  test('goes on to its answer without name, number and household: in the record, its history and its conflicts', async () => {
    const householdId = await savedHousehold();
    const officer = await enrolPhone(stage, roles.officer);
    const feedbackId = stage.newId();
    await saved(member, [change('feedback', north, feedbackId, namedFeedback({ householdId, nameToResponder: true }))]);
    const number = await saved(member, [change('feedback', north, feedbackId, { citizenPhone: '0988777666' }, 1)]);
    await officer.sync();
    const step = (id: string, fields: object, n: number) => change('feedback_event', north, id, { feedbackId, step: n, on: '2026-11-22', ...fields });
    await saved(officer, [step(stage.newId(), { type: 'triage' }, 0)]);
    await saved(officer, [step(stage.newId(), { type: 'return', field: 'citizenPhone', comment: 'Xin số điện thoại' }, 1)]);
    await member.sync();
    const detailId = stage.newId();
    const detail = await saved(member, [step(detailId, { type: 'add_detail', detail: 'Số của bà là 0988777666' }, 2)]);
    expect(member.verdict(detail.entryId)?.verdict).toBe('applied');
    await erase(await requested(householdId));
    for (const phone of [member, officer]) {
      await phone.sync();
      const { fields } = phone.seen().get(feedbackId) as { fields: Record<string, unknown> };
      expect(fields).toMatchObject({ text: 'Đường vào xóm hỏng, xin sửa trước Tết.', citizenName: letGoText, anonymity: 'named' });
      expect(Object.keys(fields)).not.toEqual(expect.arrayContaining(['householdId']));
      expect(phone.seen().get(detailId)).toMatchObject({ fields: { detail: letGoText } });
    }
    const dump = await dumpDatabase(stage.db);
    for (const words of personal) expect(dump).not.toContain(words);
    // Erased itself, it still finds the phone on which nothing but the number lies sealed.
    await erase(await requested(feedbackId, { subjectKind: 'feedback' }, member));
    await member.sync();
    expect(member.verdict(number.entryId)?.verdict).toBe('erased');
  });

  test('and comes only now, or waits, is kept without them, and what its author writes there later too', async () => {
    const householdId = await savedHousehold();
    const [feedbackId, waitingId] = [stage.newId(), stage.newId()];
    const waits = await saved(member, [change('feedback', north, waitingId, namedFeedback({ householdId, receiptCode: '7K3F-2M9Q-J' }))], { after: [stage.newId()] });
    expect(member.verdict(waits.entryId)?.verdict).toBe('held');
    await erase(await requested(householdId));
    expect(await dumpDatabase(stage.db)).not.toContain('Lý Thị Mẩy');
    const late = await saved(member, [change('feedback', north, feedbackId, namedFeedback({ householdId }))]);
    expect(member.verdict(late.entryId)).toMatchObject({ verdict: 'merged', code: 'declined' });
    const edit = await saved(member, [change('feedback', north, feedbackId, { citizenPhone: '0988777666', citizenName: 'Lý Thị Mẩy' }, 1)]);
    expect(member.verdict(edit.entryId)?.verdict).toBe('merged');
    stage.clock.at += 8 * 86_400_000;
    await member.sync();
    expect(member.verdict(waits.entryId)).toMatchObject({ verdict: 'merged', code: 'waited_too_long' });
    for (const id of [feedbackId, waitingId]) expect(member.seen().get(id)).toMatchObject({ fields: { citizenName: letGoText } });
    const dump = await dumpDatabase(stage.db);
    for (const words of personal) expect(dump).not.toContain(words);
    // The same bytes once more are the same entry still.
    member.outbox.push(await member.seal(waits, waits.deviceSeq));
    const [answer] = await member.sync();
    expect(answer?.entries).toMatchObject([{ outcome: 'kept' }]);
  });
});

test('that a household of another hamlet was erased, is there or never was is told to nobody who names it in feedback; what was said waits for the bloc’s lead, without the erased name', async () => {
  const blocLead = await enrolPhone(stage, roles.blocLead);
  const southLead = await enrolPhone(stage, roles.southLead);
  const [erased, alive, never] = [stage.newId(), stage.newId(), stage.newId()];
  await saved(southLead, [change('household', south, erased, household(1)), change('household', south, alive, household(2))]);
  const held = await saved(member, [change('feedback', north, stage.newId(), namedFeedback({ householdId: erased, receiptCode: '7K3F-2M9Q-K' }))], { after: [stage.newId()] });
  await stage.endpoint.eraseRecord(commune, erased);
  const codes = ['7K3F-2M9Q-H', '7K3F-2M9R-J', '7K3F-2M9S-K'];
  const entries = [held];
  for (const [no, householdId] of [erased, alive, never].entries()) {
    const named = namedFeedback({ householdId, receiptCode: codes[no], ...(householdId === erased ? {} : { citizenName: 'Đàm Thị Hoa (mẫu)', citizenPhone: '0900000000' }) });
    entries.push(await saved(member, [change('feedback', north, stage.newId(), named)]));
  }
  stage.clock.at += 8 * 86_400_000;
  await member.sync();
  for (const { entryId } of entries) expect(member.verdict(entryId)).toMatchObject({ verdict: 'quarantined', code: 'no_access' });
  expect(await dumpDatabase(stage.db)).not.toContain('Lý Thị Mẩy');
  expect(await waitingFor(lead)).toEqual([]);
  expect((await waitingFor(blocLead)).map(({ entryId }) => entryId).toSorted()).toEqual(entries.map(({ entryId }) => entryId).toSorted());
  for (const { entryId } of entries) expect(await stage.endpoint.decide(await authOf(blocLead), { entryId, decision: 'accept' })).toMatchObject({ ok: true });
  const kept = (await stage.endpoint.records(commune, 'feedback')).map(({ fields: { citizenName, householdId = 'none' } }) => `${citizenName ?? ''} ${householdId}`);
  expect(kept.toSorted()).toEqual([`Đàm Thị Hoa (mẫu) ${alive}`, 'Đàm Thị Hoa (mẫu) none', `${letGoText} none`, `${letGoText} none`].toSorted());
});

async function authOf(phone: TestPhone) {
  const auth = await stage.endpoint.authenticate(`Bearer ${phone.sessionToken}`);
  if (!auth.ok || auth.value.kind !== 'session') throw new Error('no session');
  return auth.value;
}

async function waitingFor(phone: TestPhone) {
  return await stage.endpoint.waitingFor(await authOf(phone));
}

test('an erasure reaches the sealed copy of an entry that was rejected, or declined by a supervisor', async () => {
  const householdId = await savedHousehold();
  await member.sync();
  const refused = await saved(member, [change('visit', north, stage.newId(), visit(householdId, { outcome: told, met: 'perhaps' }))]);
  const other = await saved(member, [change('household', north, stage.newId(), household(2, { members: 99 }))]);
  const quarantined = await saved(member, [change('household', south, householdId, { houseLabel: told }, 1), change('household', south, stage.newId(), household(2))]);
  const blocLead = await enrolPhone(stage, roles.blocLead);
  const auth = await stage.endpoint.authenticate(`Bearer ${blocLead.sessionToken}`);
  if (!auth.ok || auth.value.kind !== 'session') throw new Error('no session');
  expect(member.verdict(quarantined.entryId)?.verdict).toBe('quarantined');
  expect((await stage.endpoint.decide(auth.value, { entryId: quarantined.entryId, decision: 'decline', reason: 'Không phải xóm này' })).ok).toBe(true);
  await erase(await requested(householdId));
  await member.sync();
  expect([refused, other, quarantined].map(({ entryId }) => member.verdict(entryId)?.verdict)).toEqual(['erased', 'rejected', 'erased']);
  const open = await stage.db.selectFrom('rejected_record').select('entryId').distinct().execute();
  expect(open.map(({ entryId }) => entryId)).toEqual([other.entryId]);
});

describe('what a household took back', () => {
  test('lies nowhere any more, nor in what was set before it declined; who touched it is still found when it is erased', async () => {
    const householdId = await savedHousehold();
    const number = await saved(member, [change('household', north, householdId, { phone: '0988777666' }, 1)]);
    await lead.sync();
    await saved(lead, [change('household', north, householdId, { phone: '0911222333' }, 1)]);
    await member.sync();
    const before = await dumpDatabase(stage.db);
    for (const words of ['Nông Văn 1 (mẫu)', '0988777666', '0911222333']) expect(before).toContain(words);

    const said = { householdId, purpose: 'visits', decision: 'withdrawn', way: 'spoken', wording: 1, on: '2026-11-22' };
    const cleared = { contact: 'no', headName: null, phone: null };
    const taken = await saved(member, [change('consent', north, stage.newId(), said), change('household', north, householdId, cleared, 3)]);
    expect(member.verdict(taken.entryId)?.verdict).toBe('applied');
    const dump = await dumpDatabase(stage.db);
    for (const words of ['Nông Văn 1 (mẫu)', '0988777666', '0911222333']) expect(dump).not.toContain(words);
    expect(dump).toContain(told);

    await erase(await requested(householdId));
    await member.sync();
    expect(member.verdict(number.entryId)?.verdict).toBe('erased');
  });
});

describe('phones confirm it', () => {
  test('each when its request says that it has passed what tells of it, and no sooner', async () => {
    const householdId = await savedHousehold();
    await saved(member, [change('visit', north, stage.newId(), visit(householdId, { outcome: told }))]);
    const southLead = await enrolPhone(stage, roles.southLead);
    await southLead.sync();
    const id = await requested(householdId);
    await erase(id);
    expect([...(await confirmations(id)).keys()].toSorted()).toEqual([member.deviceId, lead.deviceId].toSorted());
    stage.clock.at += 3_600_000;
    await member.sync();
    // It was told in this answer; whether the phone kept the page is said by its next request alone.
    expect((await confirmations(id)).get(member.deviceId)?.confirmedAt).toBeUndefined();
    stage.clock.at += 3_600_000;
    await member.sync();
    const confirmed = (await confirmations(id)).get(member.deviceId);
    expect(confirmed).toMatchObject({ erasedAt: '2026-11-22T08:00:00+07:00', confirmedAt: '2026-11-22T10:00:00+07:00', state: 'active', memberId: member.memberId });
    expect((await confirmations(id)).get(lead.deviceId)?.confirmedAt).toBeUndefined();
    stage.clock.at += 3_600_000;
    await member.sync();
    expect((await confirmations(id)).get(member.deviceId)).toEqual({ ...confirmed, lastContactAt: '2026-11-22T11:00:00+07:00' });
  });

  test('every phone in use is waited for where nobody knows any more which held it: neither in the backup nor sent again', async () => {
    const erasures = createListInMemory<Erasure>();
    stage = await createTestEndpoint({ erasures });
    member = await enrolPhone(stage, roles.member);
    lead = await enrolPhone(stage, roles.lead);
    dpo = await enrolPhone(stage, roles.dpo);
    const [before, since] = [stage.newId(), stage.newId()];
    const id = await requested(before, {}, dpo);
    const later = await requested(since, {}, dpo);
    for (const phone of [member, lead]) await phone.sync();
    // What the list outside the database says of a record that the backup does not have; and one that is erased only now.
    erasures.append({ communeCode: commune, recordId: before, erasedAt: stage.clock.at });
    stage = await stage.restarted();
    await erase(later);
    const all = [member, lead, dpo].map(({ deviceId }) => deviceId).toSorted();
    for (const requestId of [id, later]) expect([...(await confirmations(requestId)).keys()].toSorted()).toEqual(all);
    const open = async (requestId: string) => [...(await confirmations(requestId)).values()].filter(({ confirmedAt }) => confirmedAt === undefined).map(({ deviceId }) => deviceId);
    for (let n = 0; n < 2; n++) await member.sync();
    for (const requestId of [id, later]) expect(await open(requestId)).not.toContain(member.deviceId);
    for (const requestId of [id, later]) expect(await open(requestId)).toContain(lead.deviceId);
  });

  test('of a phone that lost the page on its way nothing is believed', async () => {
    const id = await requested(await savedHousehold());
    await member.sync();
    await erase(id);
    const before = new Map([...member.channels].map(([channelId, channel]) => [channelId, { ...channel }]));
    await member.sync();
    for (const [channelId, channel] of before) member.channels.set(channelId, channel);
    await member.sync();
    expect((await confirmations(id)).get(member.deviceId)?.confirmedAt).toBeUndefined();
    await member.sync();
    expect((await confirmations(id)).get(member.deviceId)?.confirmedAt).toBeDefined();
  });

  test('whose member has left the hamlet meanwhile, by no longer asking for its channel', async () => {
    const id = await requested(await savedHousehold());
    await member.sync();
    await stage.endpoint.changeAssignments(commune, member.memberId, [roles.southLead]);
    await erase(id);
    expect((await confirmations(id)).has(member.deviceId), 'by what it was sent').toBe(true);
    await member.sync();
    expect((await confirmations(id)).get(member.deviceId)?.confirmedAt).toBeUndefined();
    await member.sync();
    expect((await confirmations(id)).get(member.deviceId)?.confirmedAt).toBeDefined();
  });

  test('that begins its own channel only now has not emptied what it sealed, before it was told there', async () => {
    const late = await enrolPhone(stage, roles.member);
    const [householdId, requestId] = [stage.newId(), stage.newId()];
    await late.save([change('household', north, householdId, household(3))]);
    // Locked, it delivers and reads nothing.
    await late.request(`Delivery ${late.deliveryToken}`, late.pushBody());
    late.outbox.length = 0;
    await lead.sync();
    await saved(lead, [change('subject_request', north, requestId, { subjectId: householdId, subjectKind: 'household', kind: 'erase', receivedOn: '2026-11-22', way: 'at_door' })]);
    await erase(requestId);
    // Its first request arrives, and the answer is lost on its way.
    await late.request(`Bearer ${late.sessionToken}`, { ...late.pushBody([]), pull: late.pullBody() });
    expect((await confirmations(requestId)).get(late.deviceId)?.confirmedAt).toBeUndefined();
    await late.sync();
    await late.sync();
    expect((await confirmations(requestId)).get(late.deviceId)?.confirmedAt).toBeDefined();
  });

  test('that had sealed something of it nobody knew of is open once that has arrived, until it was told to empty its copy', async () => {
    const householdId = await savedHousehold();
    await member.sync();
    const unsent = await member.save([change('visit', north, stage.newId(), visit(householdId, { outcome: told }))]);
    const bytes = member.outbox.splice(0);
    const id = await requested(householdId);
    await stage.endpoint.changeAssignments(commune, member.memberId, [roles.southLead]);
    await member.sync();
    await member.sync();
    await erase(id);
    expect((await confirmations(id)).has(member.deviceId)).toBe(false);
    // Locked, it delivers and hears no verdict.
    await member.request(`Delivery ${member.deliveryToken}`, member.pushBody(bytes));
    expect((await confirmations(id)).get(member.deviceId)).toMatchObject({ state: 'active', memberId: member.memberId });
    expect((await confirmations(id)).get(member.deviceId)?.confirmedAt).toBeUndefined();
    await member.sync();
    expect(member.verdict(unsent.entryId)?.verdict).toBe('erased');
    await member.sync();
    expect((await confirmations(id)).get(member.deviceId)?.confirmedAt).toBeDefined();
  });

  test('that took a new identity since the erasure is open as what it became, until that has said so', async () => {
    const id = await requested(await savedHousehold());
    await member.sync();
    await erase(id);
    const once = await renewPhone(stage, member);
    const renewed = await renewPhone(stage, once);
    // A screen passes over retired devices: they went on as others.
    const open = async () => [...(await confirmations(id)).values()].filter(({ state, confirmedAt }) => state !== 'retired' && confirmedAt === undefined).map(({ deviceId }) => deviceId);
    expect(await open()).toContain(renewed.deviceId);
    await renewed.sync();
    expect(await open()).toContain(renewed.deviceId);
    await renewed.sync();
    expect(await open()).not.toContain(renewed.deviceId);
  });

  test('that sealed something of it under an earlier identity is open as what it is today, also where its member has left the hamlet', async () => {
    const householdId = await savedHousehold();
    await member.sync();
    await saved(member, [change('visit', north, stage.newId(), visit(householdId, { outcome: told }))]);
    const id = await requested(householdId);
    await stage.endpoint.changeAssignments(commune, member.memberId, [roles.southLead]);
    await member.sync();
    await member.sync();
    const renewed = await renewPhone(stage, member);
    await renewed.sync();
    await erase(id);
    expect((await confirmations(id)).get(renewed.deviceId)).toMatchObject({ state: 'active' });
    expect((await confirmations(id)).get(renewed.deviceId)?.confirmedAt).toBeUndefined();
    await renewed.sync();
    expect((await confirmations(id)).get(renewed.deviceId)?.confirmedAt).toBeUndefined();
    await renewed.sync();
    expect((await confirmations(id)).get(renewed.deviceId)?.confirmedAt).toBeDefined();
  });

  test('that is renewed, as the device that it became; a revoked one is named as open', async () => {
    const id = await requested(await savedHousehold());
    await member.sync();
    await lead.sync();
    await erase(id);
    await stage.endpoint.revokeDevice(commune, lead.deviceId);
    const renewed = await renewPhone(stage, member);
    await renewed.sync();
    await renewed.sync();
    const devices = await confirmations(id);
    expect(devices.get(member.deviceId)).toMatchObject({ state: 'retired', confirmedAt: expect.any(String) });
    expect(devices.get(lead.deviceId)).toMatchObject({ state: 'revoked', memberId: lead.memberId });
    expect(devices.get(lead.deviceId)?.confirmedAt).toBeUndefined();
  });

  test('that was renewed, its member has left the hamlet, and the erasure comes before its first request: by what the device it was had been sent', async () => {
    const id = await requested(await savedHousehold());
    await member.sync();
    const renewed = await renewPhone(stage, member);
    await stage.endpoint.changeAssignments(commune, member.memberId, [roles.southLead]);
    await erase(id);
    const open = (await confirmations(id)).get(renewed.deviceId);
    expect(open).toMatchObject({ state: 'active', memberId: member.memberId });
    expect(open?.confirmedAt).toBeUndefined();
    expect(renewed.channels.has(`hamlet/${north}`)).toBe(true);
    const [answer] = await renewed.sync();
    expect(answer?.pull).toMatchObject({ left: [`hamlet/${north}`] });
    expect((await confirmations(id)).get(renewed.deviceId)?.confirmedAt).toBeUndefined();
    await renewed.sync();
    expect((await confirmations(id)).get(renewed.deviceId)?.confirmedAt).toBeDefined();
  });

  test('that was renewed and reads the hamlet still, each of two that held one disk', async () => {
    const id = await requested(await savedHousehold());
    await member.sync();
    const both = [await renewPhone(stage, member), await renewPhone(stage, member)];
    await erase(id);
    for (const { deviceId } of both) expect((await confirmations(id)).get(deviceId)?.state).toBe('active');
    for (let round = 0; round < 2; round++) await both[0]?.sync();
    const [said, silent] = await Promise.all(both.map(async ({ deviceId }) => (await confirmations(id)).get(deviceId)));
    expect(said?.confirmedAt).toBeDefined();
    expect(silent?.confirmedAt).toBeUndefined();
  });

  test('an older program’s cursor is no word for its boxes', async () => {
    const id = await requested(await savedHousehold());
    await member.sync();
    await erase(id);
    for (let round = 0; round < 3; round++) await member.request(`Bearer ${member.sessionToken}`, { ...member.pushBody([]), pull: { ...member.pullBody(), schema: 1, channels: {} } });
    expect((await confirmations(id)).get(member.deviceId)?.confirmedAt).toBeUndefined();
  });
});
