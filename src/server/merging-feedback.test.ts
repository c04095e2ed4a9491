import { beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '#domain/change.ts';
import { foldFeedback } from '#domain/feedback-fold.ts';
import type { Feedback, FeedbackEvent } from '#domain/feedback.ts';
import { letGoText } from '#domain/let-go.ts';
import { change, createTestEndpoint, dumpDatabase, enrolPhone, namedFeedback, newRandomId, north, ownDraft, roles, commune } from './test-support.ts';
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

interface Held {
  readonly recordId: string;
  readonly kind: string;
  readonly fields: object;
}

/** Where a feedback stands by the records that one side holds. */
function standingBy(held: readonly Held[], feedbackId: string | undefined) {
  const feedback = held.find(({ recordId }) => recordId === feedbackId);
  if (feedback === undefined) return undefined;
  const events = held.filter(({ kind, fields }) => kind === 'feedback_event' && (fields as FeedbackEvent).feedbackId === feedbackId);
  return foldFeedback(feedback.fields as Feedback, events.map(({ recordId, fields }) => ({ eventId: recordId, event: fields as FeedbackEvent })));
}

const atEndpoint = async (): Promise<Held[]> => [...(await stage.endpoint.records(commune, 'feedback')), ...(await stage.endpoint.records(commune, 'feedback_event'))];
const onPhone = (phone: TestPhone): Held[] => [...phone.seen().values()].flatMap((row) => ('fields' in row ? [row] : []));

async function merged(phone: TestPhone, from: number, into: number): Promise<string> {
  const { entryId } = await phone.save(merging(from, into));
  await phone.sync();
  expect(phone.verdict(entryId)?.verdict).toBe('applied');
  return entryId;
}

describe('a feedback that was merged into one that is erased later', () => {
  const words = 'Ông Trieu ở nhà sàn cạnh suối xin sửa cầu.';
  let team: TestPhone;
  beforeEach(async () => {
    team = await enrolPhone(stage, roles.member);
    await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, [change('feedback', north, String(said[1]), { text: words }, 1)])]);
    await officer.sync();
    await merged(officer, 0, 1);
    for (const phone of [other, team]) await phone.sync();
  });

  /** Every phone and the endpoint say the same of it. */
  async function stands(no: number) {
    const expected = standingBy(await atEndpoint(), said[no]);
    for (const phone of [officer, other, team]) {
      await phone.sync();
      expect(JSON.stringify(standingBy(onPhone(phone), said[no]))).toBe(JSON.stringify(expected));
    }
    return expected;
  }

  test('is open again for everybody who reads it, with its own words, receipt and history; of the erased one nothing comes back', async () => {
    const first = await stage.endpoint.records(commune, 'feedback');
    expect(await stands(0)).toMatchObject({ state: 'merged', mergedInto: said[1] });
    expect(await stage.endpoint.eraseRecord(commune, String(said[1]))).toBe(true);
    const standing = await stands(0);
    expect(standing).toMatchObject({ state: 'received', mergedInto: undefined, nextStep: 1 });
    expect(standing?.history.map(({ event, applied }) => [event.type, applied])).toEqual([['merge', false]]);
    expect(await stands(1)).toBeUndefined();
    const kept = (await stage.endpoint.records(commune, 'feedback')).find(({ recordId }) => recordId === said[0]);
    expect(kept).toEqual(first.find(({ recordId }) => recordId === said[0]));
    const dump = await dumpDatabase(stage.db);
    expect(dump).not.toContain('cạnh suối');
    expect(onPhone(team).some(({ fields }) => JSON.stringify(fields).includes(String(said[1])))).toBe(false);
  });

  test('is answered for itself, or merged into another', async () => {
    await stage.endpoint.eraseRecord(commune, String(said[1]));
    await stands(0);
    const { entryId } = await officer.save([change('feedback_event', north, stage.newId(), { type: 'merge', feedbackId: said[0], intoId: said[2], step: 1, on: '2026-11-23' })]);
    await officer.sync();
    expect(officer.verdict(entryId)?.verdict).toBe('applied');
    expect(await stands(0)).toMatchObject({ state: 'merged', mergedInto: said[2] });
  });

  test('goes on in the one that took it in, where that was merged into the erased one', async () => {
    await merged(officer, 1, 2);
    await stage.endpoint.eraseRecord(commune, String(said[2]));
    expect(await stands(1)).toMatchObject({ state: 'received' });
    expect(await stands(0)).toMatchObject({ state: 'merged', mergedInto: said[1] });
  });

  test('is shown as what it turned out to be meanwhile: one about staff goes past the team, at whose door it was said too', async () => {
    const [household, visit] = [stage.newId(), stage.newId()];
    await stage.endpoint.applyOwnEntries(commune, [
      ownDraft(stage, [
        change('household', north, household, { no: 1, headName: 'Nông Văn Sơn (mẫu)', houseLabel: 'nhà 1', contact: 'yes' }),
        change('visit', north, visit, { householdId: household, date: '2026-11-22', purpose: 'regular', met: 'yes', feedbackIds: [said[0]] }),
      ]),
    ]);
    // By one who did not know of the merger, and came too late.
    await officer.save([change('feedback_event', north, stage.newId(), { type: 'triage', feedbackId: said[0], topic: 'staff_attitude', step: 1, on: '2026-11-22' })]);
    for (const phone of [officer, team]) await phone.sync();
    expect(team.seen().get(visit)).toMatchObject({ fields: { feedbackIds: [said[0]] } });
    await stage.endpoint.eraseRecord(commune, String(said[1]));
    await team.sync();
    expect(standingBy(await atEndpoint(), said[0])).toMatchObject({ state: 'triaged', topic: 'staff_attitude' });
    expect(JSON.stringify([...team.seen().values()])).not.toContain(said[0]);
  });

  test('stays at its end where its own words are over: nobody could answer it', async () => {
    stage.clock.at = Date.parse('2028-12-20T08:00:00+07:00');
    await stage.endpoint.retain();
    expect(standingBy(await atEndpoint(), said[0])?.state).toBe('merged');
    expect((await stage.endpoint.records(commune, 'feedback')).find(({ recordId }) => recordId === said[0])?.fields.text).toBe(letGoText);
    await stage.endpoint.eraseRecord(commune, String(said[1]));
    expect(standingBy(await atEndpoint(), said[0])?.state).toBe('merged');
  });
});
