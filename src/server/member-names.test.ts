import { beforeEach, expect, test } from 'vitest';
import type { Database } from './database/schema.ts';
import { memberNamesOf } from './member-names.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, north, office, ownDraft, roles } from './test-support.ts';
import type { TestEndpoint } from './test-support.ts';

let stage: TestEndpoint;

beforeEach(async () => {
  stage = await createTestEndpoint();
});

/** The same database, and how many statements were asked of it. */
function counted(db: Database): { readonly db: Database; readonly statements: () => number } {
  let statements = 0;
  const counting = db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => {
      statements += 1;
      return Promise.resolve(result);
    },
  });
  return { db: counting, statements: () => statements };
}

test('a name is told by the id of its member and of each of their phones, whatever those are by now', async () => {
  const lead = await enrolPhone(stage, roles.lead);
  const second = await enrolPhone(stage, roles.lead, { memberId: lead.memberId });
  await stage.endpoint.revokeDevice(commune, second.deviceId);
  const ids = [lead.memberId, lead.deviceId, second.deviceId];
  expect(Object.fromEntries(await memberNamesOf(stage.db, commune, ids))).toEqual(Object.fromEntries(ids.map((id) => [id, 'team_lead (mẫu)'])));
});

test('nothing but a member is told: no household, unit or hamlet, nobody of another commune, nobody who was erased', async () => {
  const [lead, gone] = [await enrolPhone(stage, roles.lead), await enrolPhone(stage, roles.member)];
  const house = stage.newId();
  await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, [change('household', north, house, household(1))])]);
  expect(await stage.endpoint.eraseRecord(commune, gone.memberId)).toBe(true);
  expect([...(await memberNamesOf(stage.db, commune, [house, office, north, gone.memberId, gone.deviceId, stage.newId()]))]).toEqual([]);
  expect([...(await memberNamesOf(stage.db, '01790', [lead.memberId, lead.deviceId]))]).toEqual([]);
});

test('many names cost one statement, and none costs none', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) {
    const phone = await enrolPhone(stage, roles.member);
    ids.push(phone.memberId, phone.deviceId);
  }
  const { db, statements } = counted(stage.db);
  expect((await memberNamesOf(db, commune, [...ids, ...ids])).size).toBe(10);
  expect(statements()).toBe(1);
  await memberNamesOf(db, commune, []);
  expect(statements()).toBe(1);
});
