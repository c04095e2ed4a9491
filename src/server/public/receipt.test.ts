import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FeedbackStep } from '#domain/advance-feedback.ts';
import { feedbackStates } from '#domain/feedback.ts';
import { publicWords } from './public-words.ts';
import { recordOf } from './receipt-shown.ts';
import { change, createTestEndpoint, enrolPhone, namedFeedback, north, office, roles } from '../test-support.ts';
import type { TestEndpoint, TestPhone } from '../test-support.ts';

const [code, otherCode] = ['7K3F-2M9Q-F', '0000-0001-1'];
let stage: TestEndpoint;
let member: TestPhone;
let lead: TestPhone;
let said: string;
beforeEach(async () => {
  stage = await createTestEndpoint();
  member = await enrolPhone(stage, roles.member);
  lead = await enrolPhone(stage, roles.blocLead);
  said = stage.newId();
});
afterEach(async () => {
  await stage.db.destroy();
});

const get = async (path: string, headers: Record<string, string> = {}) => await stage.app.request(path, { headers: { accept: 'text/html', ...headers } });
const textOf = async (path: string) => await (await get(path)).text();
async function sent(phone: TestPhone, ...changes: Parameters<TestPhone['save']>[0]) {
  const entry = await phone.save(changes);
  await phone.sync();
  expect(phone.verdict(entry.entryId)).toMatchObject({ verdict: 'applied' });
}
const words = publicWords.vi.receipt;

describe('a receipt', () => {
  let step = 0;
  beforeEach(async () => {
    step = 0;
    await sent(member, change('feedback', north, said, namedFeedback({ receiptCode: code, place: 'đầu cầu treo', householdId: undefined })));
    await lead.sync();
  });
  const happens = async (phone: TestPhone, event: FeedbackStep, feedbackId = said) =>
    await sent(phone, change('feedback_event', north, stage.newId(), { on: '2026-11-23', ...event, feedbackId, step: step++ }));

  test('shows at each turn where it stands and since when, and the answer that is written for all; never who spoke, what was said, where, or who answers', async () => {
    const turns: [TestPhone, FeedbackStep, string, string[]][] = [
      [lead, { type: 'triage' }, words.states.triaged, []],
      [lead, { type: 'assign', unitId: office, dueOn: '2026-12-04' }, words.states.assigned, [words.dueOn, '04/12/2026']],
      [lead, { type: 'start' }, words.states.in_progress, ['04/12/2026']],
      [lead, { type: 'answer', answer: 'Anh Lý Văn Tài sẽ đến sửa nhà bà Mẩy', publicAnswer: 'Đường vào xóm sửa xong trước Tết.' }, words.states.answered, [words.answeredOn, 'Đường vào xóm sửa xong trước Tết.']],
      [member, { type: 'deliver', channel: 'visit', on: '2026-11-25' }, words.states.delivered, [words.toldOn, '25/11/2026', 'Đường vào xóm sửa xong trước Tết.']],
      [member, { type: 'confirm', confirmation: 'not' }, words.states.reopened, []],
    ];
    const pages = [await textOf(`/r/${code}`)];
    expect(pages[0]).toContain(words.states.received);
    expect(pages[0]).toContain('22/11/2026');
    for (const [phone, event, state, more] of turns) {
      await member.sync();
      await lead.sync();
      await happens(phone, event);
      const page = await textOf(`/r/${code}`);
      pages.push(page);
      for (const part of [state, ...more]) expect(page, event.type).toContain(part);
    }
    // Opened anew there is no answer, and no day for one.
    for (const gone of ['trước Tết', '04/12/2026', words.toldOn]) expect(pages.at(-1)).not.toContain(gone);
    const secrets = ['Mẩy', 'Tài', '0912345678', 'hỏng', 'cầu treo', 'Ngọc Sơn', 'UBND', 'Quang Hán', 'road', said];
    for (const page of pages) expect(secrets.filter((secret) => page.includes(secret))).toEqual([]);
    // The control: all of it stands in the database, and would be found.
    const stored = JSON.stringify(await stage.db.selectFrom('record').select('fields').execute());
    expect(secrets.filter((secret) => !stored.includes(secret) && secret !== said)).toEqual([]);
  });

  test('of what was merged leads to what goes on, and to itself where that one is not there any more', async () => {
    const kept = stage.newId();
    await sent(member, change('feedback', north, kept, namedFeedback({ receiptCode: otherCode, receivedOn: '2026-11-20', text: 'Cầu vào xóm hỏng, đã nói tháng trước.' })));
    await lead.sync();
    await happens(lead, { type: 'merge', intoId: kept });
    expect(await textOf(`/r/${code}`)).toContain(words.states.received);
    step = 0;
    await happens(lead, { type: 'triage' }, kept);
    const page = await textOf(`/r/${code}`);
    expect(page).toContain(words.states.triaged);
    expect(page).toContain('22/11/2026');
    await stage.db.updateTable('record').set({ deleted: 1 }).where('recordId', '=', kept).execute();
    expect(await textOf(`/r/${code}`)).toContain(words.states.merged);
  });

  test('is found however its code is typed, by the form and by its address, and says so in English', async () => {
    const form = await get('/r?code=7k3f2m9qf&lang=en');
    expect([form.status, form.headers.get('location')]).toEqual([303, `/r/${code}?lang=en`]);
    const page = await textOf('/r/7k3f%202m9q-f?lang=en');
    expect(page).toContain(publicWords.en.receipt.states.received);
    expect(page).toContain('<html lang="en">');
    expect(page).not.toContain(words.states.received);
  });

  test('that somebody else used once more shows what it stood for first', async () => {
    stage.clock.at += 60_000;
    await sent(member, change('feedback', north, stage.newId(), namedFeedback({ receiptCode: code, receivedOn: '2026-11-01' })));
    expect(await textOf(`/r/${code}`)).toContain('22/11/2026');
  });

  test('is looked up by its index, and answered without a script or a cookie, kept nowhere', async () => {
    const { sql, parameters } = recordOf(stage.db, code).compile();
    const plan = await stage.db.executeQuery<{ detail: string }>({ ...recordOf(stage.db, code).compile(), sql: `explain query plan ${sql}`, parameters });
    expect(plan.rows.map(({ detail }) => detail).join(' ')).toContain('record_receipt');
    const answer = await get(`/r/${code}`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await answer.text()).not.toContain('<script');
    expect((await get('/cong-khai/trang.css')).headers.get('content-type')).toContain('text/css');
  });
});

test('a code that is none, or of nothing that is here, is told in words, and what was typed is shown as text', async () => {
  expect(await textOf('/r')).toContain(words.ask);
  const wrong = await get(`/r?code=${encodeURIComponent('<b>7K3F')}`);
  expect(wrong.status).toBe(404);
  const page = await wrong.text();
  expect(page).toContain('&lt;b&gt;7K3F');
  expect(page).not.toContain('<b>');
  const missing = await get(`/r/${code}`);
  expect(missing.status).toBe(404);
  expect(await missing.text()).toContain(words.notFound(code));
  expect(await textOf('/r/7K3F-2M9Q-J')).toContain('chưa đúng');
});

test('one address looks up so many and then waits, whatever it asks for; the wait is told in words, and nothing of the address is written', async () => {
  const statuses = [];
  for (let n = 0; n < 31; n++) statuses.push((await get(n % 2 === 0 ? `/r/${code}` : '/r/none')).status);
  expect(statuses.filter((status) => status === 404)).toHaveLength(30);
  const refused = await get(`/r/${code}`);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
  expect(await refused.text()).toContain(publicWords.vi.tooOften(1));
  stage.clock.at += 60_000;
  expect((await get(`/r/${code}`)).status).toBe(404);
});

test('each state but that of a draft has its words in both languages', () => {
  for (const language of ['vi', 'en'] as const) expect(Object.keys(publicWords[language].receipt.states).toSorted()).toEqual(feedbackStates.filter((state) => state !== 'draft').toSorted());
});
