/** The hamlet proposes a prestigious person, the commune decides; a phone that comes late takes back no decision, and a lead who knows of one cannot. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Change } from '#domain/change.ts';
import { change, createTestEndpoint, enrolPhone, north, roles } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let stage: TestEndpoint;
let officer: TestPhone;
let lead: TestPhone;
let person: string;
let term: string;
beforeEach(async () => {
  stage = await createTestEndpoint();
  officer = await enrolPhone(stage, roles.officer);
  lead = await enrolPhone(stage, roles.lead);
  [person, term] = [stage.newId(), stage.newId()];
  expect(await sent(lead, [change('prestigious_person', north, person, { fullName: 'Lý Văn Páo (mẫu)', birthYear: 1960 })])).toMatchObject({ verdict: 'applied' });
});
afterEach(async () => {
  await stage.db.destroy();
});

async function sent(phone: TestPhone, changes: Change[]) {
  const entry = await phone.save(changes);
  await phone.sync();
  return phone.verdict(entry.entryId);
}
const proposal = { termFrom: 2023, termTo: 2027, state: 'proposed', proposedOn: '2026-11-20', households: 86, present: 58 };
const proposed = (set: object = {}) => change('prestigious_term', north, term, { personId: person, ...proposal, ...set });
const step = (set: object, base: number) => change('prestigious_term', north, term, { ...set }, base);
const recognition = (base: number) => step({ state: 'recognized', decisionNo: '12/QĐ-UBND', decidedOn: '2026-11-22' }, base);
const shown = async (phone: TestPhone) => {
  await phone.sync();
  return phone.seen().get(term);
};

test('a lead’s step that comes after the decision takes nothing back: the person stays recognized, the step is kept beside it, and the bloc is asked', async () => {
  expect(await sent(lead, [proposed()])).toMatchObject({ verdict: 'applied' });
  const unaware = await lead.save([step({ state: 'submitted', submittedOn: '2026-11-21' }, 1)]);
  await officer.sync();
  expect(await sent(officer, [recognition(1)])).toMatchObject({ verdict: 'applied' });
  await lead.sync();
  expect(lead.verdict(unaware.entryId)).toMatchObject({ verdict: 'merged' });
  for (const phone of [officer, lead]) {
    expect(await shown(phone)).toMatchObject({
      fields: { state: 'recognized', submittedOn: '2026-11-21' },
      conflicts: [{ field: 'state', value: 'submitted', memberId: lead.memberId, shown: { memberId: officer.memberId } }],
    });
  }
  // Whoever settles it says so with both in sight.
  expect(await sent(lead, [{ ...step({ state: 'submitted' }, 3), settles: ['state'] }])).toMatchObject({ verdict: 'quarantined', code: 'not_your_role' });
  expect(await sent(officer, [{ ...step({ state: 'recognized' }, 3), settles: ['state'] }])).toMatchObject({ verdict: 'applied' });
  const settled = await shown(lead);
  expect(settled).toMatchObject({ fields: { state: 'recognized' } });
  expect(settled).not.toHaveProperty('conflicts');
});

test('a lead who knows of the decision changes nothing of it', async () => {
  expect(await sent(lead, [proposed()])).toMatchObject({ verdict: 'applied' });
  await officer.sync();
  expect(await sent(officer, [recognition(1)])).toMatchObject({ verdict: 'applied' });
  for (const set of [{ state: 'proposed' }, { state: 'submitted', submittedOn: '2026-11-22' }, { termTo: 2099 }, { present: 80 }]) {
    expect(await sent(lead, [step(set, 2)]), JSON.stringify(set)).toMatchObject({ verdict: 'quarantined', code: 'not_your_role' });
  }
  expect(await shown(officer)).toMatchObject({ version: 2, fields: { state: 'recognized', termTo: 2027 } });
});

test('what was returned goes on to be sent once more', async () => {
  expect(await sent(lead, [proposed()])).toMatchObject({ verdict: 'applied' });
  expect(await sent(lead, [step({ state: 'submitted', submittedOn: '2026-11-21' }, 1)])).toMatchObject({ verdict: 'applied' });
  await officer.sync();
  expect(await sent(officer, [step({ state: 'returned' }, 2)])).toMatchObject({ verdict: 'applied' });
  await lead.sync();
  expect(await sent(lead, [step({ state: 'submitted', submittedOn: '2026-11-22' }, 3)])).toMatchObject({ verdict: 'applied' });
});

test('a meeting to which too few came proposes nobody, and a lead’s proposal begins with it', async () => {
  expect(await sent(lead, [proposed({ present: 1 })])).toMatchObject({ verdict: 'rejected', code: 'out_of_range', field: 'present' });
  expect(await sent(lead, [proposed({ state: 'submitted', submittedOn: '2026-11-21' })])).toMatchObject({ verdict: 'quarantined', code: 'not_your_role' });
  expect(await sent(lead, [proposed()])).toMatchObject({ verdict: 'applied' });
});

test('a second step on top of one that hid the decision on the lead’s own phone, written as that phone writes it, takes nothing back either', async () => {
  expect(await sent(lead, [proposed()])).toMatchObject({ verdict: 'applied' });
  const first = await lead.save([step({ state: 'joint_meeting', minutesOn: '2026-11-21' }, 1)]);
  await officer.sync();
  expect(await sent(officer, [recognition(1)])).toMatchObject({ verdict: 'applied' });
  const second = await lead.save([step({ state: 'submitted', submittedOn: '2026-11-21' }, 1)], { after: [first.entryId] });
  await lead.sync();
  expect([first, second].map(({ entryId }) => lead.verdict(entryId)?.verdict)).toEqual(['merged', 'merged']);
  expect(await shown(officer)).toMatchObject({ fields: { state: 'recognized' }, conflicts: [{ field: 'state', value: 'joint_meeting' }, { field: 'state', value: 'submitted' }] });
});
