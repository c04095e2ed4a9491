import { beforeEach, expect, test } from 'vitest';
import { commune, createTestEndpoint, enrolPhone, roles } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let stage: TestEndpoint;

beforeEach(async () => {
  stage = await createTestEndpoint();
});

async function print({ sessionToken }: TestPhone, body: object): Promise<number> {
  const response = await stage.app.request('/audit/print', { method: 'POST', headers: { authorization: `Bearer ${sessionToken}` }, body: JSON.stringify(body) });
  return response.status;
}
const noted = () => stage.db.selectFrom('audit').select(['communeCode', 'actor', 'origin', 'subject']).where('action', '=', 'list_printed').orderBy('number').execute();

test('each print of a named list stands in the audit log: who, from where, which list and how many rows', async () => {
  const officer = await enrolPhone(stage, roles.officer);
  expect(await print(officer, { list: 'prestigious', rows: 26 })).toBe(200);
  expect(await print(officer, { list: 'tet_plan', rows: 25 })).toBe(200);
  const by = { communeCode: commune, actor: officer.memberId, origin: officer.deviceId };
  expect(await noted()).toEqual([{ ...by, subject: 'prestigious:26' }, { ...by, subject: 'tet_plan:25' }]);
});

test('nobody but the bloc says so, and no name gets into the log', async () => {
  for (const role of [roles.member, roles.lead, roles.responder, roles.admin, roles.dpo]) {
    expect([role.role, await print(await enrolPhone(stage, role), { list: 'prestigious', rows: 26 })]).toEqual([role.role, 403]);
  }
  const lead = await enrolPhone(stage, roles.blocLead);
  for (const body of [{ list: 'Lý Văn Páo', rows: 1 }, { list: 'prestigious', rows: -1 }, { list: 'prestigious', rows: 1, names: ['Lý Văn Páo'] }, { list: 'prestigious' }]) {
    expect([body, await print(lead, body)]).toEqual([body, 422]);
  }
  expect(await noted()).toEqual([]);
});
