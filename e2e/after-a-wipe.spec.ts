/** After a wipe: what was on the screen before is nowhere to be found, and what was sealed arrives, whatever happens to the browser. */
import type { Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt, verdictCounts } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { enrol, logVisit, newPhone, openHousehold } from './phone.ts';

const visits = [
  { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)', outcome: 'Đã xem lại máng nước sau bếp.' },
  { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)', outcome: 'Hẹn chở giống ngô về phiên chợ sau.' },
  { search: 'phung van khoi', household: 'Phùng Văn Khôi (mẫu)', outcome: 'Nhắc lịch tiêm cho đàn bò.' },
] as const;
const [son] = visits;
const wiped = 'Máy này đã được xóa';

test('the back button after a wipe shows nothing of before, also where the browser has kept the page as it was', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    await phone.close();
    // Left out by Playwright: what a person's browser does.
    await phone.open('/', { keepsPagesLeft: true });
    const { page } = phone;
    const unlock = async () => {
      await page.getByLabel('Cụm mật khẩu').fill('con trau di cay som');
      await page.getByRole('button', { name: 'Mở', exact: true }).click();
    };
    await unlock();
    await openHousehold(page, son);
    await expect(page.getByRole('heading', { name: son.household })).toBeVisible();

    await test.step('the page is left for another address and brought back as it was: it opens anew, and asks for the passphrase', async () => {
      await page.evaluate(() => window.addEventListener('pageshow', ({ persisted }) => sessionStorage.setItem('cameBackAsItWas', String(persisted))));
      await page.goto(new URL('/health', page.url()).href);
      await page.goBack({ waitUntil: 'commit' });
      await expect(page.getByLabel('Cụm mật khẩu')).toBeVisible();
      expect(await page.evaluate(() => sessionStorage.getItem('cameBackAsItWas'))).toBe('true');
      await unlock();
      await expect(page.getByRole('heading', { name: son.household })).toBeVisible();
    });
    const other = await page.context().newPage();

    await test.step('the page of a household is left for another address, and the phone is wiped in another tab', async () => {
      await noteWhatComesBack(page);
      await page.goto(new URL('/health', page.url()).href);
      await wipeAtLock(other, page.url());
    });

    await test.step('back and back again: what stands there is that the phone was wiped', async () => {
      for (const path of [/^\/ho\//u, /^\/ho$/u, /^\/$/u]) {
        await page.goBack({ waitUntil: 'commit' });
        expect(new URL(page.url()).pathname).toMatch(path);
        await expect(page.getByRole('heading', { name: wiped })).toBeVisible();
        await expectNothingOfBefore(page);
      }
      // The browser had kept the page, and let it go as it heard of the wipe; or before, short of memory, which it does not tell.
      expect(['broadcastchannel-message', 'masked']).toContain((await whyNotAsItWas(page)).join());
    });
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});

test('the browser is killed between the wipe and the delivery: after the next start all that was sealed arrives', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    await phone.goOffline();
    for (const visit of visits) await logVisit(phone.page, visit);
    await phone.page.reload();
    await wipeAtLock(phone.page);
    await expect(phone.page.getByText(/^Còn 3 phiếu chưa gửi/u)).toBeVisible();
    await phone.kill();
    expect(outcomesAt(endpoint.folder)).toEqual([0, 0, 0]);

    await test.step('with nobody there to take them they still lie there', async () => {
      // Not the phone's own network: between its start and the first word from here a browser has one.
      await endpoint.kill();
      await phone.open('/');
      await expect(phone.page.getByText(/^Còn 3 phiếu chưa gửi/u)).toBeVisible();
      await phone.kill();
    });

    await test.step('in reach of the commune they go by themselves', async () => {
      await endpoint.restart();
      await phone.open('/');
      await expect(phone.page.getByText('Không có phiếu nào chưa gửi.')).toBeVisible({ timeout: 30_000 });
      expect(outcomesAt(endpoint.folder)).toEqual([1, 1, 1]);
      expect(Object.keys(verdictCounts(endpoint.folder))).toEqual(['applied']);
    });
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});

/** How often each visit lies at the commune. */
function outcomesAt(folder: string): number[] {
  const outcomes = recordsAt(folder, 'visit').map(({ fields }) => fields['outcome']);
  return visits.map(({ outcome }) => outcomes.filter((one) => one === outcome).length);
}

async function wipeAtLock(page: Page, url?: string): Promise<void> {
  if (url !== undefined) await page.goto(new URL('/', url).href);
  await page.getByRole('button', { name: 'Quên cụm mật khẩu?' }).click();
  await page.getByRole('button', { name: 'Xóa khóa để vào lại' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Xóa khóa' }).click();
  await expect(page.getByRole('heading', { name: wiped })).toBeVisible();
}

/** Where the browser brings the page back as it was, all that is drawn from then on is kept, to be looked at. */
async function noteWhatComesBack(page: Page): Promise<void> {
  await page.evaluate(() => {
    const shown: string[] = [];
    Object.assign(window, { shownAgain: shown });
    const note = () => shown.push(`${document.title}\n${document.body.innerText}`);
    window.addEventListener('pageshow', () => {
      note();
      requestAnimationFrame(function next() {
        note();
        if (shown.length < 200) requestAnimationFrame(next);
      });
    });
  });
}

/** What the browser itself says. */
async function whyNotAsItWas(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const [loaded] = performance.getEntriesByType('navigation') as (PerformanceEntry & { readonly notRestoredReasons?: { readonly reasons: readonly { readonly reason: string }[] } | null })[];
    return loaded?.notRestoredReasons?.reasons.map(({ reason }) => reason) ?? [];
  });
}

async function expectNothingOfBefore(page: Page): Promise<void> {
  const drawn = await page.evaluate(() => [...((window as unknown as { shownAgain?: string[] }).shownAgain ?? []), document.title, document.documentElement.outerHTML].join('\n'));
  for (const words of ['Nông Văn Sơn', 'Lý Thị Mẩy', 'Hoàng Thị Én', 'Ngọc Sơn', '0900000001']) expect(drawn, words).not.toContain(words);
}
