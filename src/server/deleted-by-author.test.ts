import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '#domain/change.ts';
import type { RecordKind } from '#domain/record.ts';
import { change, commune, createTestEndpoint, enrolPhone, namedFeedback, north, ownDraft, roles } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let stage: TestEndpoint;
let officer: TestPhone;
let colleague: TestPhone;
let member: TestPhone;
let lead: TestPhone;
let person: string;
let term: string;
beforeEach(async () => {
  stage = await createTestEndpoint();
  officer = await enrolPhone(stage, roles.officer);
  colleague = await enrolPhone(stage, roles.officer);
  member = await enrolPhone(stage, roles.member);
  lead = await enrolPhone(stage, roles.lead);
  [person, term] = [stage.newId(), stage.newId()];
  expect(await sent(officer, [
    change('prestigious_person', north, person, { fullName: 'Lý Văn Páo (mẫu)', birthYear: 1960 }),
    change('prestigious_term', north, term, { personId: person, termFrom: 2023, termTo: 2027, state: 'submitted' }),
  ])).toMatchObject({ verdict: 'applied' });
  for (const phone of [colleague, member, lead]) await phone.sync();
});
afterEach(async () => {
  await stage.db.destroy();
});

async function sent(phone: TestPhone, changes: Change[]) {
  const entry = await phone.save(changes);
  await phone.sync();
  return phone.verdict(entry.entryId);
}
const deletion = (kind: RecordKind, recordId: string, base = 1): Change => ({ recordId, kind, areaId: north, base, delete: true });
const bothGone = () => [deletion('prestigious_term', term), deletion('prestigious_person', person)];
const talk = () => change('prestigious_contact', north, stage.newId(), { personId: person, date: '2026-11-22', purpose: 'regular', met: 'yes' });
const shows = async (phone: TestPhone, recordId = person) => {
  await phone.sync();
  return phone.seen().get(recordId);
};

describe('what a member of the bloc wrote and takes back', () => {
  test('is gone for everybody, the person after the term, in one entry', async () => {
    expect(await sent(officer, bothGone())).toMatchObject({ verdict: 'applied' });
    for (const phone of [officer, colleague, member]) for (const id of [person, term]) expect(await shows(phone, id)).toBeUndefined();
  });

  test('stays, flagged, where something still hangs on it', async () => {
    expect(await sent(officer, [deletion('prestigious_person', person)])).toMatchObject({ verdict: 'merged' });
    expect(await shows(member)).toMatchObject({ conflicts: [{ field: 'deleted', value: true, memberId: officer.memberId }] });
  });

  test('stays where a member has written a talk that the officer has not seen; the term alone goes', async () => {
    const unaware = await officer.save(bothGone());
    expect(await sent(member, [talk()])).toMatchObject({ verdict: 'applied' });
    await officer.sync();
    expect(officer.verdict(unaware.entryId)).toMatchObject({ verdict: 'merged' });
    expect(await shows(member)).toMatchObject({ conflicts: [{ field: 'deleted', shown: { memberId: member.memberId } }] });
    expect(await shows(member, term)).toBeUndefined();
  });

  test('comes back with the talk of a member who had not heard of it', async () => {
    const unaware = await member.save([talk()]);
    expect(await sent(officer, bothGone())).toMatchObject({ verdict: 'applied' });
    await member.sync();
    expect(member.verdict(unaware.entryId)).toMatchObject({ verdict: 'merged' });
    for (const phone of [officer, member]) expect(await shows(phone)).toMatchObject({ conflicts: [{ field: 'deleted', memberId: officer.memberId, shown: { memberId: member.memberId } }] });
  });

  test('comes back with its term where the lead was mending that', async () => {
    const unaware = await lead.save([change('prestigious_term', north, term, { households: 40 }, 1)]);
    expect(await sent(officer, bothGone())).toMatchObject({ verdict: 'applied' });
    await lead.sync();
    expect(lead.verdict(unaware.entryId)).toMatchObject({ verdict: 'merged' });
    for (const id of [person, term]) expect(await shows(officer, id)).toMatchObject({ conflicts: [{ field: 'deleted' }] });
  });

  test('stays where somebody else wrote on it, also where the officer has seen that', async () => {
    expect(await sent(lead, [change('prestigious_person', north, person, { phone: '0912345678' }, 1)])).toMatchObject({ verdict: 'applied' });
    await officer.sync();
    expect(await sent(officer, [deletion('prestigious_term', term), deletion('prestigious_person', person, 2)])).toMatchObject({ verdict: 'merged' });
    expect(await shows(lead)).toMatchObject({ fields: { phone: '0912345678' }, conflicts: [{ field: 'deleted', shown: { memberId: lead.memberId } }] });
  });

  test('their own mending holds up nothing', async () => {
    expect(await sent(officer, [change('prestigious_person', north, person, { phone: '0912345678' }, 1)])).toMatchObject({ verdict: 'applied' });
    expect(await sent(officer, [deletion('prestigious_term', term), deletion('prestigious_person', person, 2)])).toMatchObject({ verdict: 'applied' });
    expect(await shows(lead)).toBeUndefined();
  });
});

describe('what is not theirs', () => {
  test('is set aside for a supervisor, and stays', async () => {
    for (const phone of [colleague, lead, member]) expect(await sent(phone, [deletion('prestigious_term', term)])).toMatchObject({ verdict: 'quarantined', code: 'not_your_role' });
    expect(await shows(officer, term)).toMatchObject({ fields: { personId: person } });
  });

  test('nor is what a citizen said, whoever wrote it down', async () => {
    const feedback = stage.newId();
    expect(await sent(officer, [change('feedback', north, feedback, namedFeedback({ channel: 'office' }))])).toMatchObject({ verdict: 'applied' });
    expect(await sent(officer, [deletion('feedback', feedback)])).toMatchObject({ verdict: 'quarantined', code: 'not_your_role' });
    expect(await shows(officer, feedback)).toMatchObject({ fields: { kind: 'phan_anh' } });
  });

  test('the endpoint itself deletes by its own command, whatever hangs on it', async () => {
    expect(await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, [deletion('prestigious_person', person)])])).toMatchObject([{ verdict: 'applied' }]);
    expect(await shows(officer)).toBeUndefined();
  });
});
