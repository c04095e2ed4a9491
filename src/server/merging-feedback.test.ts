import { beforeEach, expect, test } from 'vitest';
import type { Change } from '#domain/change.ts';
import { change, createTestEndpoint, enrolPhone, namedFeedback, newRandomId, north, ownDraft, roles, commune } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let stage: TestEndpoint;
let officer: TestPhone;
let other: TestPhone;
let said: string[];
beforeEach(async () => {
  stage = await createTestEndpoint();
  officer = await enrolPhone(stage, roles.officer);
  other = await enrolPhone(stage, roles.officer);
  said = [newRandomId(), newRandomId(), newRandomId()];
  const codes = ['7K3F-2M9Q-H', '7K3F-2M9R-J', '7K3F-2M9S-K'];
  for (const [no, id] of said.entries()) {
    const verdicts = await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, [change('feedback', north, id, namedFeedback({ receiptCode: codes[no] }))])]);
    expect(verdicts).toMatchObject([{ verdict: 'applied' }]);
  }
  for (const phone of [officer, other]) await phone.sync();
});

const merging = (from: number, into: number): Change[] => [
  change('feedback_event', north, stage.newId(), { type: 'merge', feedbackId: said[from], intoId: said[into], step: 0, on: '2026-11-22' }),
];

test('two officers without a signal merge two feedbacks into each other: the first stands, the second is told, and one of the two is left to be answered', async () => {
  const [first, second] = [await officer.save(merging(0, 1)), await other.save(merging(1, 0))];
  for (const phone of [officer, other]) await phone.sync();
  expect(officer.verdict(first.entryId)?.verdict).toBe('applied');
  expect(other.verdict(second.entryId)).toMatchObject({ verdict: 'rejected', code: 'already_merged', field: 'intoId' });
  expect(await stage.endpoint.records(commune, 'feedback_event')).toHaveLength(1);
});

test('nor over a third', async () => {
  for (const [from, into] of [[0, 1], [1, 2]] as const) {
    const { entryId } = await officer.save(merging(from, into));
    await officer.sync();
    expect(officer.verdict(entryId)?.verdict).toBe('applied');
  }
  const { entryId } = await other.save(merging(2, 0));
  await other.sync();
  expect(other.verdict(entryId)).toMatchObject({ verdict: 'rejected', code: 'already_merged' });
});

test('a merger into feedback that is not there, or that its author may not read, is set aside: what was said is still to be answered, and the two answers are one', async () => {
  const aboutStaff = newRandomId();
  const own = namedFeedback({ topic: 'staff_attitude', receiptCode: '7K3F-2M9T-M' });
  expect(await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, [change('feedback', north, aboutStaff, own)])])).toMatchObject([{ verdict: 'applied' }]);
  const household = stage.newId();
  for (const intoId of [stage.newId(), aboutStaff]) {
    const { entryId } = await officer.save([change('feedback_event', north, stage.newId(), { type: 'merge', feedbackId: said[0], intoId, step: 0, on: '2026-11-22' })]);
    await officer.sync();
    expect(officer.verdict(entryId)).toMatchObject({ verdict: 'quarantined', code: 'no_access' });
  }
  expect(await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, [change('household', north, household, { no: 1, headName: 'Nông Văn Sơn (mẫu)', houseLabel: 'nhà 1', contact: 'yes' })])])).toMatchObject([{ verdict: 'applied' }]);
  const { entryId } = await officer.save([change('feedback_event', north, stage.newId(), { type: 'merge', feedbackId: said[0], intoId: household, step: 0, on: '2026-11-22' })]);
  await officer.sync();
  expect(officer.verdict(entryId)).toMatchObject({ verdict: 'rejected', code: 'unknown_record', field: 'intoId' });
  expect(await stage.endpoint.records(commune, 'feedback_event')).toEqual([]);
});
