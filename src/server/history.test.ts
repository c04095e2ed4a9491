import { beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '#domain/change.ts';
import { historyAnswerSchema } from '#sync/protocol.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, namedFeedback, north, office, ownDraft, roles, south } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let stage: TestEndpoint;
let member: TestPhone;
let lead: TestPhone;

beforeEach(async () => {
  stage = await createTestEndpoint();
  member = await enrolPhone(stage, roles.member);
  lead = await enrolPhone(stage, roles.lead);
});

async function save(phone: TestPhone, ...changes: Change[]): Promise<void> {
  const entry = await phone.save(changes);
  await phone.sync();
  expect(phone.verdict(entry.entryId)?.verdict).toMatch(/applied|merged/);
}

async function ask(phone: Pick<TestPhone, 'sessionToken'> | undefined, body: object) {
  const headers: Record<string, string> = phone === undefined ? {} : { authorization: `Bearer ${phone.sessionToken}` };
  const response = await stage.app.request('/history', { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as unknown };
}
async function historyOf(phone: TestPhone, recordId: string) {
  const { status, body } = await ask(phone, { recordId });
  expect(status).toBe(200);
  return historyAnswerSchema.parse(body).settings;
}
const told = (settings: Awaited<ReturnType<typeof historyOf>>) => settings.map(({ version, field, value }) => [version, field, value]);
const notFound = { status: 404, body: { error: 'not_found' } };

const event = (feedbackId: string, step: number, over: object) =>
  change('feedback_event', north, stage.newId(), { feedbackId, step, on: '2026-11-22', ...over });

async function houseOfMember(): Promise<string> {
  const id = stage.newId();
  await save(member, change('household', north, id, household(1)));
  return id;
}

describe('the history of a record', () => {
  test('tells each setting, who made it and when, oldest first, with both values of a conflict', async () => {
    const id = await houseOfMember();
    stage.clock.at += 3_600_000;
    await save(lead, change('household', north, id, { houseLabel: 'gốc đa', phone: '0900000000' }, 1));
    await save(member, change('household', north, id, { houseLabel: 'gốc mít', phone: null }, 1));
    const settings = await historyOf(lead, id);
    expect(told(settings)).toEqual([
      [1, 'contact', 'yes'], [1, 'headName', 'Nông Văn 1 (mẫu)'], [1, 'houseLabel', 'nhà 1'], [1, 'no', 1],
      [2, 'houseLabel', 'gốc đa'], [2, 'phone', '0900000000'],
      [3, 'houseLabel', 'gốc mít'], [3, 'phone', null],
    ]);
    expect(settings[4]).toEqual({
      version: 2, field: 'houseLabel', value: 'gốc đa', memberId: lead.memberId, memberName: 'team_lead (mẫu)', occurredAt: '2026-11-22T09:00:00+07:00',
    });
  });

  test('names nobody where the endpoint itself wrote', async () => {
    const id = stage.newId();
    await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, [change('household', north, id, household(1))])]);
    expect((await historyOf(lead, id)).map(({ memberName }) => memberName)).toEqual(['', '', '', '']);
  });

  test('tells of a deletion that stood against an edit', async () => {
    const id = stage.newId();
    const deletion: Change = { recordId: id, kind: 'household', areaId: north, base: 1, delete: true };
    await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, [change('household', north, id, household(1))])]);
    await save(lead, change('household', north, id, { houseLabel: 'gốc đa' }, 1));
    await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, [deletion])]);
    expect(told(await historyOf(lead, id)).at(-1)).toEqual([3, 'deleted', true]);
  });

  test('is that of the record alone: what happens to a feedback are records of their own', async () => {
    const id = stage.newId();
    await save(member, change('feedback', north, id, namedFeedback()));
    const officer = await enrolPhone(stage, roles.officer);
    const triage = event(id, 0, { type: 'triage' });
    await save(officer, triage);
    expect((await historyOf(member, id)).map(({ field }) => field)).not.toContain('type');
    expect(told(await historyOf(member, triage.recordId))).toContainEqual([1, 'type', 'triage']);
  });
});

describe('who is told', () => {
  test('nobody whose channels do not show the record now, and of one that is not there the same is said', async () => {
    const id = await houseOfMember();
    for (const phone of [await enrolPhone(stage, roles.southLead), await enrolPhone(stage, roles.responder), await enrolPhone(stage, roles.admin)]) {
      expect(await ask(phone, { recordId: id })).toEqual(notFound);
      expect(await ask(phone, { recordId: stage.newId() })).toEqual(notFound);
    }
    expect((await ask(lead, { recordId: id })).status).toBe(200);
  });

  test('no one who lost the role, nor of a record that left or was deleted', async () => {
    const [id, feedback] = [await houseOfMember(), stage.newId()];
    await save(member, change('feedback', north, feedback, namedFeedback()));
    const officer = await enrolPhone(stage, roles.officer);
    await save(officer, event(feedback, 0, { type: 'triage', topic: 'staff_attitude' }));
    for (const phone of [member, lead, officer]) expect(await ask(phone, { recordId: feedback })).toEqual(notFound);
    const blocLead = await enrolPhone(stage, roles.blocLead);
    expect((await ask(blocLead, { recordId: feedback })).status).toBe(200);
    await stage.endpoint.changeAssignments(commune, member.memberId, [{ role: 'team_member', hamletId: south }]);
    expect(await ask(member, { recordId: id })).toEqual(notFound);
    const deletion: Change = { recordId: id, kind: 'household', areaId: north, base: 1, delete: true };
    await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, [deletion])]);
    expect(await ask(lead, { recordId: id })).toEqual(notFound);
    await stage.endpoint.changeAssignments(commune, lead.memberId, []);
    expect(await ask(lead, { recordId: north })).toEqual(notFound);
  });

  test('a unit is not told what it may not see of the citizen, though it was written before it was hidden, until the citizen agrees', async () => {
    const id = stage.newId();
    await save(member, change('feedback', north, id, namedFeedback()));
    const [officer, responder] = [await enrolPhone(stage, roles.officer), await enrolPhone(stage, roles.responder)];
    await save(officer, event(id, 0, { type: 'triage' }), event(id, 1, { type: 'assign', unitId: office, dueOn: '2026-12-04' }));
    const settings = await historyOf(responder, id);
    expect(told(settings)).toContainEqual([1, 'topic', 'road']);
    expect(JSON.stringify(settings)).not.toMatch(/Mẩy|0912345678|citizen/);
    await save(member, change('feedback', north, id, { nameToResponder: true }, 1));
    expect(told(await historyOf(responder, id))).toContainEqual([1, 'citizenName', 'Lý Thị Mẩy (mẫu)']);
  });

  test('who reads the record through two channels is told what either shows', async () => {
    const both = await enrolPhone(stage, roles.responder);
    await stage.endpoint.changeAssignments(commune, both.memberId, [roles.responder, roles.officer]);
    const id = stage.newId();
    await save(member, change('feedback', north, id, namedFeedback()));
    await save(both, event(id, 0, { type: 'triage' }), event(id, 1, { type: 'assign', unitId: office, dueOn: '2026-12-04' }));
    expect(told(await historyOf(both, id))).toContainEqual([1, 'citizenPhone', '0912345678']);
  });

  test('nobody is told what a household took back, also after it agreed again', async () => {
    const id = stage.newId();
    await save(member, change('household', north, id, household(1, { phone: '0900000000' })));
    await save(lead, change('household', north, id, { contact: 'no', headName: null, phone: null }, 1));
    expect(told(await historyOf(lead, id))).toEqual([
      [1, 'contact', 'yes'], [1, 'houseLabel', 'nhà 1'], [1, 'no', 1],
      [2, 'contact', 'no'], [2, 'headName', null], [2, 'phone', null],
    ]);
    await save(member, change('household', north, id, { contact: 'yes', headName: 'Nông Văn Sơn (mẫu)' }, 2));
    const settings = told(await historyOf(lead, id));
    expect(settings).toContainEqual([3, 'headName', 'Nông Văn Sơn (mẫu)']);
    expect(JSON.stringify(settings)).not.toMatch(/Nông Văn 1|0900000000/);
    await save(member, change('household', north, id, { contact: 'no', headName: null }, 3));
    expect(JSON.stringify(await historyOf(lead, id))).not.toMatch(/Nông Văn/);
  });
});

describe('the route', () => {
  test('answers a session alone', async () => {
    const id = await houseOfMember();
    expect(await ask(undefined, { recordId: id })).toEqual({ status: 401, body: { error: 'no_session' } });
    const headers = { authorization: `Delivery ${member.deliveryToken}` };
    const response = await stage.app.request('/history', { method: 'POST', headers, body: JSON.stringify({ recordId: id }) });
    expect([response.status, await response.json()]).toEqual([401, { error: 'no_session' }]);
  });

  test('refuses what it does not know, and answers no page', async () => {
    expect(await ask(member, { recordId: 'x', fields: [] })).toEqual({ status: 422, body: { error: 'unknown_field', field: 'fields' } });
    expect((await stage.app.request('/history', { headers: { accept: 'text/html' } })).status).toBe(404);
  });
});
