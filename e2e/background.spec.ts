/** What was saved goes while the app is closed and locked: the browser wakes the service worker when there is a connection. */
import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt, tracesAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { enrol, goTo, logVisit, newPhone, sendNow, unlock } from './phone.ts';
import type { Phone } from './phone.ts';

test('saved without a signal, the app closed: back in reach it is sent, once, and the next start says so', async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    const context = phone.page.context();
    const visits = () => recordsAt(endpoint.folder, 'visit').length;
    const before = visits();

    await test.step('two visits without a signal, then the app is locked and closed', async () => {
      await phone.goOffline();
      await logVisit(phone.page, { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)', outcome: 'Đã xem lại máng nước.' });
      await logVisit(phone.page, { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)', met: 'Vắng' });
      await goTo(phone, 'Hôm nay');
      await expect(phone.page.getByText(/2 phiếu chỉ có trên máy này/u)).toBeVisible();
      // Something else is open in the browser, or it would end.
      await context.newPage();
      await phone.page.close();
      expect(appPages(context, endpoint.url)).toEqual([]);
    });

    await test.step('woken while there is still no signal: nothing goes, nothing is lost', async () => {
      await wakeWorker(context, endpoint.url);
      expect(visits()).toBe(before);
    });

    await test.step('back in reach they arrive, with no page of the app open', async () => {
      // The browser's own Background Sync, asked for when they were saved.
      await phone.goOnline();
      await expect.poll(visits, { timeout: 30_000 }).toBe(before + 2);
      expect(appPages(context, endpoint.url)).toEqual([]);
    });
    const arrived = tracesAt(endpoint.folder);

    await test.step('opened again, still out of reach, it does not say that they exist only here', async () => {
      await phone.close();
      await phone.open('/', { offline: true });
      await unlock(phone);
      await expect(phone.page.getByText('Đang không có sóng.')).toBeVisible();
      await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();
      await expect(phone.page.getByText(/chỉ có trên máy này/u)).toHaveCount(0);
    });

    await test.step('in reach again it hears what became of them, and nothing is doubled', async () => {
      await phone.goOnline();
      await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 30_000 });
      await sendNow(phone);
      expect(tracesAt(endpoint.folder).entries).toEqual(arrived.entries);
      expect(visits()).toBe(before + 2);
    });
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});

test('an app that stands open at its lock sends too, and nobody has to unlock it', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    const visits = () => recordsAt(endpoint.folder, 'visit').length;
    const before = visits();
    await withoutBackgroundSync(phone.page);
    await phone.goOffline();
    await logVisit(phone.page, { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)', outcome: 'Đã xem lại máng nước.' });
    await lock(phone);
    // What it says at its lock is true before and after.
    const unsent = phone.page.getByText(/^1 phiếu chưa gửi, từ \d\d:\d\d/u);
    await expect(unsent).toBeVisible();
    await phone.page.getByLabel('Cụm mật khẩu').fill('con trau');
    await phone.goOnline();
    await expect.poll(visits, { timeout: 30_000 }).toBe(before + 1);
    await expect(unsent).toHaveCount(0);
    await expect(phone.page.getByLabel('Cụm mật khẩu')).toHaveValue('con trau');
    await unlock(phone);
    await goTo(phone, 'Hôm nay');
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 30_000 });
    expect(visits()).toBe(before + 1);
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});

function appPages(context: BrowserContext, url: string): string[] {
  return context.pages().map((page) => page.url()).filter((open) => open.startsWith(url));
}

/** As the browser does at a moment of its own choosing. */
async function wakeWorker(context: BrowserContext, url: string): Promise<void> {
  const [page] = context.pages();
  const cdp = await context.newCDPSession(page!);
  const registrationId = await registrationOf(cdp, url);
  await cdp.send('ServiceWorker.dispatchSyncEvent', { origin: url, registrationId, tag: 'gan-dan outbox', lastChance: false });
  await cdp.detach();
}

async function registrationOf(cdp: CDPSession, url: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL, isDeleted }) => scopeURL.startsWith(url) && !isDeleted);
      if (own !== undefined) resolve(own.registrationId);
    });
    cdp.send('ServiceWorker.enable').catch(reject);
  });
}

/** As in a browser that has none. */
async function withoutBackgroundSync(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(ServiceWorkerRegistration.prototype, 'sync', { value: undefined });
  });
}

async function lock(phone: Phone): Promise<void> {
  const { page } = phone;
  await goTo(phone, 'Hôm nay');
  await page.getByRole('link', { name: 'Cài đặt' }).filter({ visible: true }).click();
  await page.getByRole('button', { name: 'Khóa ngay' }).click();
  await expect(page.getByLabel('Cụm mật khẩu')).toBeVisible();
}
