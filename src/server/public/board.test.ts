import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FeedbackStep } from '#domain/advance-feedback.ts';
import { publicWords } from './public-words.ts';
import { change, commune, createTestEndpoint, enrolPhone, namedFeedback, north, office, ownDraft, roles, south } from '../test-support.ts';
import type { TestEndpoint, TestPhone } from '../test-support.ts';

const { board } = publicWords.vi;
let stage: TestEndpoint;
let member: TestPhone;
let lead: TestPhone;
beforeEach(async () => {
  stage = await createTestEndpoint();
  member = await enrolPhone(stage, roles.member);
  lead = await enrolPhone(stage, roles.blocLead);
});
afterEach(async () => {
  await stage.db.destroy();
});

async function sent(phone: TestPhone, ...changes: Parameters<TestPhone['save']>[0]) {
  const entry = await phone.save(changes);
  await phone.sync();
  expect(phone.verdict(entry.entryId)).toMatchObject({ verdict: 'applied' });
}
const answer = (publicAnswer: string | undefined): FeedbackStep => ({ type: 'answer', answer: 'Anh Tài sẽ đến nhà bà Mẩy', ...(publicAnswer === undefined ? {} : { publicAnswer }) });
/** Said, and what happened to it: each step by the bloc's lead, the walk to the door by the team. */
async function answered(set: object, ...steps: FeedbackStep[]): Promise<string> {
  const said = stage.newId();
  await sent(member, change('feedback', north, said, namedFeedback({ place: 'đầu cầu treo', ...set })));
  for (const [step, event] of steps.entries()) {
    for (const phone of [member, lead]) await phone.sync();
    await sent(event.type === 'deliver' ? member : lead, change('feedback_event', north, stage.newId(), { on: '2026-11-23', ...event, feedbackId: said, step }));
  }
  return said;
}
/** A minute later: what a board shows is kept so long. */
async function page(hamlet = north, query = '') {
  stage.clock.at += 60_000;
  const shown = await stage.app.request(`/bang-tin/${hamlet}${query}`, { headers: { accept: 'text/html' } });
  return { status: shown.status, text: await shown.text() };
}
const told: FeedbackStep = { type: 'deliver', channel: 'visit', on: '2026-11-25' };

test('a board shows what was answered for all to read once whoever spoke was told, and nothing of who, what or where', async () => {
  expect((await page()).text).toContain(board.none);
  await answered({}, { type: 'triage' }, answer('Đường vào xóm sửa xong trước Tết.'), told);
  await answered({ receiptCode: '0000-0001-1' }, { type: 'triage' }, answer('Máng nước thay trong tháng này.'));
  await answered({ receiptCode: '0000-0002-2' }, { type: 'triage' }, answer(undefined), told);
  await answered({ receiptCode: '0000-0003-3' }, { type: 'triage' }, { type: 'assign', unitId: office, dueOn: '2026-12-04' });
  const { status, text } = await page();
  expect(status).toBe(200);
  expect(text).toContain('Đường vào xóm sửa xong trước Tết.');
  expect(text).toContain('25/11/2026');
  expect(text).toContain(board.title('Xóm Ngọc Sơn'));
  // Not told yet, without words for all, not answered: none of them stands there.
  expect(text.match(/<blockquote>/gu)).toHaveLength(1);
  const secrets = ['Mẩy', 'Tài', '0912345678', 'xin sửa', 'cầu treo', 'Máng nước', '7K3F'];
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  const stored = JSON.stringify(await stage.db.selectFrom('record').select('fields').execute());
  expect(secrets.filter((secret) => !stored.includes(secret))).toEqual([]);
  expect((await page(north, '?lang=en')).text).toContain(publicWords.en.board.answers);
});

test('never what was said about staff, and not what was opened anew or deleted since', async () => {
  const shown = 'Sẽ rút kinh nghiệm trong toàn đơn vị.';
  await answered({}, { type: 'triage' }, answer(shown), told);
  const reopened = await answered({ receiptCode: '0000-0001-1' }, { type: 'triage' }, answer(shown), told, { type: 'reopen', reason: 'Chưa xong việc' });
  await answered({ receiptCode: '0000-0002-2' }, { type: 'triage', topic: 'staff_attitude' }, answer(shown));
  const staff = await answered({ receiptCode: '0000-0003-3' }, { type: 'triage' }, answer(shown), told);
  await stage.db.updateTable('record').set({ fields: JSON.stringify(namedFeedback({ topic: 'staff_attitude' })) }).where('recordId', '=', staff).execute();
  expect((await page()).text.match(/<blockquote>/gu)).toHaveLength(1);
  await stage.db.updateTable('record').set({ deleted: 1 }).where('recordId', '!=', reopened).where('kind', '=', 'feedback').execute();
  expect((await page()).text).toContain(board.none);
});

test('of a hamlet that was merged is that of the hamlet it lies in; another hamlet’s stays its own; of none it says so', async () => {
  await answered({}, { type: 'triage' }, answer('Đường vào xóm sửa xong trước Tết.'), told);
  expect((await page(south)).text).toContain(board.none);
  await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, [change('area', north, north, { mergedInto: south }, 1)])]);
  for (const hamlet of [north, south]) {
    const { text } = await page(hamlet);
    expect(text).toContain('Đường vào xóm sửa xong trước Tết.');
    expect(text).toContain('Niếng');
  }
  for (const none of [`${commune}-099`, commune, 'x', '%3Cb%3E']) {
    const { status, text } = await page(none);
    expect([status, text.includes(board.notFound), text.includes('<b>')]).toEqual([404, true, false]);
  }
});

test('is read from the database once a minute at most, however often it is asked for; one address asks for so many others and then waits', async () => {
  expect((await page()).text).toContain(board.none);
  await answered({}, { type: 'triage' }, answer('Đường vào xóm sửa xong trước Tết.'), told);
  const ask = async (hamlet: string) => (await stage.app.request(`/bang-tin/${hamlet}`)).status;
  const again = await stage.app.request(`/bang-tin/${north}`);
  expect(await again.text()).toContain(board.none);
  const statuses = [];
  for (let n = 1; n <= 70; n++) statuses.push(await ask(`${commune}-${String(100 + n)}`));
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(5);
  expect(await ask(north)).toBe(200);
});
