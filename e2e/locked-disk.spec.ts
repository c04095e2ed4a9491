/** What somebody gets who takes a locked or wiped phone's disk to the endpoint, and who reads the endpoint's log: no word of anybody, and no token that reads. */
import { startEndpoint } from './endpoint-process.ts';
import { expect, test } from './fixtures.ts';
import { enrol, goTo, logVisit, newPhone, sendNow, unlock } from './phone.ts';
import type { Phone } from './phone.ts';
import { searchProfile, textsIn, tokensIn } from './profile-search.ts';

const outcome = 'Ông cụ nhờ dựng lại cổng tre trước rằm';
const typed = [outcome, '0987321456'];
/** Of the demo: it reached the phone in the commune's pages. */
const pulled = ['Nông Văn Sơn', 'Lý Thị Mẩy'];
const son = { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' };

/** Whoever has this text asks for everything, as a session and as a delivery. */
async function tryToken(url: string, token: string): Promise<{ readonly session: number; readonly delivery: number; readonly reads: boolean }> {
  const body = JSON.stringify({ protocol: 1, sessions: [], entries: [], pull: { epoch: 0, schema: 1, unsent: 0, channels: {} } });
  const [session, delivery] = await Promise.all(
    ['Bearer', 'Delivery'].map((scheme) => fetch(`${url}/sync`, { method: 'POST', headers: { authorization: `${scheme} ${token}` }, body })),
  );
  const texts = [await session?.text(), await delivery?.text()];
  return { session: session?.status ?? 0, delivery: delivery?.status ?? 0, reads: texts.some((text) => text?.includes('"pull"') === true) };
}

/** What the page itself sends while it is unlocked. */
function listenForSession(phone: Phone): () => string | undefined {
  let token: string | undefined;
  phone.page.context().on('request', (request) => {
    const [scheme, text] = (request.headers()['authorization'] ?? '').split(' ');
    if (scheme === 'Bearer') token = text;
  });
  return () => token;
}

test('a locked phone’s disk opens nothing at the endpoint, a wiped one holds no word, and the endpoint’s log says none', { tag: ['@long', '@safekeeping'] }, async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    let session: string | undefined;
    await test.step('a day’s work, sent; while unlocked the session reads', async () => {
      await enrol(phone, endpoint.links[0]!);
      const sessionNow = listenForSession(phone);
      await logVisit(phone.page, { ...son, outcome, phone: '0987321456' });
      await sendNow(phone);
      session = sessionNow();
      expect(await tryToken(endpoint.url, session ?? '')).toMatchObject({ session: 200, reads: true });
    });
    await test.step('locked: every token on the disk is tried, and none reads', async () => {
      await settings(phone);
      await phone.page.getByRole('button', { name: 'Khóa ngay' }).click();
      await expect(phone.page.getByLabel('Cụm mật khẩu')).toBeVisible();
      await phone.close();
      const tokens = tokensIn(phone.profile);
      // The one that delivers is there: the search sees what a token looks like.
      expect(tokens.length).toBeGreaterThan(0);
      expect(tokens).not.toContain(session);
      const tried = await Promise.all(tokens.map((token) => tryToken(endpoint.url, token)));
      expect(tried.filter(({ session: status, reads }) => status !== 401 || reads)).toEqual([]);
      expect(tried.some(({ delivery }) => delivery === 200)).toBe(true);
      expect(searchProfile(phone.profile, [...typed, ...pulled])).toEqual([]);
    });
    await test.step('wiped: no word of anybody is left', async () => {
      await phone.open();
      await unlock(phone);
      await settings(phone);
      await phone.page.getByRole('button', { name: 'Trao máy cho người khác' }).click();
      await phone.page.getByRole('dialog').getByRole('button', { name: 'Xóa và trao máy' }).click();
      await expect(phone.page.getByText('Không có phiếu nào chưa gửi.')).toBeVisible();
      await phone.close();
      expect(searchProfile(phone.profile, [...typed, ...pulled])).toEqual([]);
      const tried = await Promise.all(tokensIn(phone.profile).map((token) => tryToken(endpoint.url, token)));
      expect(tried.filter(({ session: status, reads }) => status !== 401 || reads)).toEqual([]);
    });
    await test.step('what the endpoint printed and keeps beside its database names nobody', async () => {
      expect(endpoint.output()).toContain('sync session');
      expect([...typed, ...pulled].filter((text) => endpoint.output().includes(text))).toEqual([]);
      expect(textsIn(endpoint.folder, [...typed, ...pulled], (path) => !path.includes('.sqlite'))).toEqual([]);
    });
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});

test('the control: an endpoint that prints what it writes is caught by the same search', { tag: ['@long', '@safekeeping'] }, async () => {
  const endpoint = await startEndpoint({ imports: './e2e/control/print-answers.ts' });
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    await logVisit(phone.page, { ...son, outcome, phone: '0987321456' });
    await sendNow(phone);
    expect([...typed, ...pulled].filter((text) => !endpoint.output().includes(text))).toEqual([]);
    expect([...typed, ...pulled].filter((text) => textsIn(endpoint.folder, [text], () => true).length === 0)).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});

async function settings(phone: Phone): Promise<void> {
  await goTo(phone, 'Hôm nay');
  await phone.page.getByRole('link', { name: 'Cài đặt' }).filter({ visible: true }).click();
}
