/** What exists only on a phone is lost by nothing that a person, the browser or another version of the app does to it in passing. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { buildChangedApp } from './changed-app.ts';
import { startEndpoint } from './endpoint-process.ts';
import type { EndpointProcess } from './endpoint-process.ts';
import { recordsAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { enrol, fillVisit, goTo, logVisit, newPhone, save, startVisit, unlock } from './phone.ts';
import type { Phone } from './phone.ts';
import { channelsOnDisk, keysOnDisk } from './phone-disk.ts';

const son = { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' };
const may = { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)' };

/** An enrolled phone that has heard the commune. The endpoint serves a copy of the app, so that another can be put in its place. */
async function withMember(story: (phone: Phone, endpoint: EndpointProcess, appFolder: string) => Promise<void>): Promise<void> {
  const appFolder = mkdtempSync(join(tmpdir(), 'gan-dan-app-'));
  cpSync('dist', appFolder, { recursive: true });
  const endpoint = await startEndpoint({ appFolder });
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    await story(phone, endpoint, appFolder);
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
    rmSync(appFolder, { recursive: true, force: true });
  }
}

const visitsAt = ({ folder }: EndpointProcess, outcome: string) => recordsAt(folder, 'visit').filter(({ fields }) => fields['outcome'] === outcome).length;

test('a phone is passed on only when the commune has everything, and the next person finds it clean', { tag: '@long' }, async () => {
  await withMember(async (phone, endpoint) => {
    const { page } = phone;
    const outcome = 'Đã xem lại máng nước.';
    await phone.goOffline();
    await logVisit(page, { ...son, outcome });
    await startVisit(page, may);
    await fillVisit(page, { outcome: 'Đang viết dở' });
    await expect(page.getByText('Đã giữ nháp')).toBeVisible();
    await page.getByRole('link', { name: 'Quay lại' }).click();
    for (const keys of await bookOnDisk(page)) expect(keys).not.toEqual([]);

    await test.step('while something exists only here it is refused, with how much and since when', async () => {
      await openSettings(phone);
      await expect(page.getByText(/^1 phiếu chỉ có trên máy này, từ \d\d:\d\d$/u)).toBeVisible();
      await expect(page.getByText('Gửi hết rồi mới trao máy được. Không có sóng thì gửi bằng tệp.')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Trao máy cho người khác' })).toHaveCount(0);
      await look(page, 'settings-pass-on-refused');
      await page.getByRole('button', { name: 'Gửi ngay' }).click();
      await expect(page.getByText('Chưa nối được với xã. Máy sẽ tự gửi lại.')).toBeVisible();
    });
    await test.step('sent, it asks once more, and says that a draft goes with it', async () => {
      await phone.goOnline();
      await expect(page.getByText('Không còn gì chỉ có trên máy này. Xã đã nhận hết.')).toBeVisible({ timeout: 30_000 });
      expect(visitsAt(endpoint, outcome)).toBe(1);
      await page.getByRole('button', { name: 'Trao máy cho người khác' }).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog.getByText('1 bản viết dở chưa thành phiếu sẽ mất.')).toBeVisible();
      await look(page, 'settings-pass-on-asks');
      await dialog.getByRole('button', { name: 'Xóa và trao máy' }).click();
    });
    await test.step('the next person finds nothing of it', async () => {
      await expect(page.getByText('Khóa, sổ và bản nháp trên máy đã xóa theo yêu cầu.')).toBeVisible();
      await expect(page.getByText('Không có phiếu nào chưa gửi.')).toBeVisible();
      for (const keys of await bookOnDisk(page)) expect(keys).toEqual([]);
      await look(page, 'wiped-all-sent');
      await page.getByRole('button', { name: 'Dùng lại máy với lời mời mới' }).click();
      await expect(page.getByLabel('Dán lời mời vào đây')).toBeVisible();
    });
  });
});

test('passed on without a signal, after a file: what is sealed stays, is counted at every step, and is sent by itself', { tag: '@long' }, async () => {
  await withMember(async (phone, endpoint) => {
    const { page } = phone;
    const outcome = 'Đã nhắc lịch tiêm cho đàn bò.';
    await phone.goOffline();
    await logVisit(page, { ...son, outcome });
    await openSettings(phone);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Gửi bằng tệp' }).click();
    expect((await downloading).suggestedFilename()).toMatch(/^gan-dan-1-phieu-.*\.gandan$/u);
    await page.getByRole('button', { name: 'Trao máy cho người khác' }).click();
    await expect(page.getByRole('dialog')).toContainText('Xã chưa báo nhận 1 phiếu.');
    await page.getByRole('dialog').getByRole('button', { name: 'Xóa và trao máy' }).click();

    await test.step('the wiped phone tells what it holds, and asks before it lets go of it', async () => {
      await expect(page.getByText(/^Còn 1 phiếu chưa gửi, từ \d\d:\d\d, đã niêm phong\./u)).toBeVisible();
      await look(page, 'wiped-unsent');
      await page.getByRole('button', { name: 'Bỏ các phiếu này' }).click();
      await expect(page.getByRole('dialog')).toContainText(/^Bỏ hẳn 1 phiếu chưa gửi, từ \d\d:\d\d\?/u);
      await page.getByRole('dialog').getByRole('button', { name: 'Thôi' }).click();
      await page.getByRole('button', { name: 'Gửi ngay' }).click();
      await expect(page.getByText('Chưa gửi được. Ra nơi có sóng rồi bấm gửi lại.')).toBeVisible();
    });
    await test.step('whoever begins anew on it is told that nothing is lost by that', async () => {
      await page.getByRole('button', { name: 'Dùng lại máy với lời mời mới' }).click();
      await expect(page.getByText(/^1 phiếu của lần dùng trước, từ \d\d:\d\d, vẫn niêm phong ở máy này\./u)).toBeVisible();
      await look(page, 'enrolment-on-a-wiped-phone');
    });
    await test.step('and back in reach it goes', async () => {
      await phone.goOnline();
      await expect.poll(() => visitsAt(endpoint, outcome), { timeout: 30_000 }).toBe(1);
      await page.reload();
      await expect(page.getByText('Không có phiếu nào chưa gửi.')).toBeVisible();
    });
  });
});

test('a second invitation on a phone in use is refused, with what it holds', { tag: '@long' }, async () => {
  await withMember(async (phone, endpoint) => {
    await phone.goOffline();
    await logVisit(phone.page, { ...son, met: 'Vắng' });
    await phone.page.goto(endpoint.links[2]!);
    await expect(phone.page.getByRole('heading', { name: 'Máy này đã có người dùng' })).toBeVisible();
    await expect(phone.page.getByText(/^Máy này còn 1 phiếu chưa gửi, từ \d\d:\d\d\. Có sóng thì máy tự gửi/u)).toBeVisible();
    await look(phone.page, 'second-invitation');
  });
});

test('a database the browser cleared is told of, with what was in it', { tag: '@long' }, async () => {
  await withMember(async (phone) => {
    const { page } = phone;
    await phone.goOffline();
    await logVisit(page, { ...son, met: 'Vắng' });
    await logVisit(page, { ...may, met: 'Vắng' });
    await startVisit(page, son);
    await deleteDatabase(page);

    await test.step('under the open app: nothing is said to be saved', async () => {
      // A draft or a sync may meet the empty disk before the button does.
      const told = page.getByText(/Máy này từng có phiếu mà nay trống/u);
      const button = page.getByRole('button', { name: 'Lưu', exact: true });
      await Promise.race([button.click().catch(() => undefined), told.waitFor()]);
      await expect(told).toBeVisible();
      await expect(page.getByText('Đã lưu trên máy này.')).toHaveCount(0);
    });
    await test.step('and at every start after that', async () => {
      await phone.close();
      await phone.open();
      await expect(phone.page.getByText(/Máy này từng có phiếu mà nay trống.*Lần cuối mở, máy còn 2 phiếu chưa gửi, từ \d\d:\d\d/u)).toBeVisible();
      await look(phone.page, 'unexpectedly-empty');
    });
  });
});

test('a database the browser closed under the app is opened again: the save that meets it is kept', { tag: '@long' }, async () => {
  await withMember(async (phone, endpoint) => {
    const { page } = phone;
    const outcome = 'Đã ghi sau khi trình duyệt đóng kho.';
    await startVisit(page, son);
    await fillVisit(page, { outcome });
    await forceClose(page);
    await save(page);
    await expect.poll(() => visitsAt(endpoint, outcome), { timeout: 30_000 }).toBe(1);
  });
});

test('two tabs write at once: both are kept, each counts what the other saved, and the commune gets each once', { tag: '@long' }, async () => {
  await withMember(async (phone, endpoint) => {
    const { page } = phone;
    const other = await openTab(phone, endpoint.url);
    await phone.goOffline();
    for (const tab of [page, other]) await startVisit(tab, tab === page ? son : may);
    await fillVisit(page, { outcome: 'Viết ở thẻ một' });
    await fillVisit(other, { outcome: 'Viết ở thẻ hai' });
    for (const tab of [page, other]) {
      await expect(tab.getByText('Đã giữ nháp')).toBeVisible();
      await sealSlowly(tab);
    }
    await Promise.all([save(page), save(other)]);
    for (const tab of [page, other]) {
      await tab.getByText('Xong', { exact: true }).click();
      await goTo({ ...phone, page: tab }, 'Hôm nay');
      await expect(tab.getByText(/2 phiếu chỉ có trên máy này/u)).toBeVisible();
    }
    await phone.goOnline();
    for (const tab of [page, other]) await expect(tab.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 60_000 });
    expect([visitsAt(endpoint, 'Viết ở thẻ một'), visitsAt(endpoint, 'Viết ở thẻ hai')]).toEqual([1, 1]);
  });
});

test('a newer version in another tab: this one stops and says so, and the half-written form is in the new one', { tag: '@long' }, async () => {
  await withMember(async (phone, endpoint, appFolder) => {
    const { page } = phone;
    await phone.goOffline();
    await logVisit(page, { ...may, met: 'Vắng' });
    await phone.goOnline();
    await startVisit(page, son);
    await fillVisit(page, { outcome: 'Viết dở ở bản cũ' });
    await expect(page.getByText('Đã giữ nháp')).toBeVisible();
    const other = await phone.page.context().newPage();

    await test.step('the new version is taken in the other tab', async () => {
      const next = await buildChangedApp('next-number');
      rmSync(appFolder, { recursive: true });
      cpSync(next, appFolder, { recursive: true });
      rmSync(next, { recursive: true });
      await other.goto(endpoint.url);
      await other.evaluate(async () => {
        await (await navigator.serviceWorker.ready).update();
      });
      await expect(other.getByText('Có bản mới. Cập nhật khi xong việc? Phiếu và bản viết dở trên máy vẫn còn nguyên.')).toBeVisible({ timeout: 30_000 });
      await other.getByRole('button', { name: 'Cập nhật', exact: true }).click();
      await expect(other.getByLabel('Cụm mật khẩu')).toBeVisible();
    });
    await test.step('the old tab has stopped, and says why', async () => {
      await expect(page.getByRole('heading', { name: 'Bản mới đang mở ở thẻ khác' })).toBeVisible();
      await look(page, 'newer-took-over');
    });
    await test.step('opened as the new version it holds the draft', async () => {
      await page.getByRole('button', { name: 'Mở bản mới' }).click();
      await page.getByLabel('Cụm mật khẩu').fill('con trau di cay som');
      await page.getByRole('button', { name: 'Mở', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Ghi lượt thăm' })).toBeVisible({ timeout: 60_000 });
      await expect(page.getByLabel('Đã làm, đã hẹn')).toHaveValue('Viết dở ở bản cũ');
      await save(page);
      await expect.poll(() => visitsAt(endpoint, 'Viết dở ở bản cũ'), { timeout: 30_000 }).toBe(1);
    });
  });
});

test('a phone that is nearly full says so before anybody writes', { tag: '@long' }, async () => {
  await withMember(async (phone) => {
    const { page } = phone;
    const full = page.getByText('Máy sắp đầy. Xóa bớt ảnh hoặc gửi phiếu trước khi ghi tiếp.');
    await page.reload();
    await unlock(phone);
    await expect(page.getByText('Xã đã nhận đủ.')).toBeVisible();
    await expect(full).toHaveCount(0);
    await tellNearlyFull(page);
    await page.reload();
    await unlock(phone);
    await expect(full).toBeVisible();
    await look(page, 'nearly-full-today');
    await page.getByText('Xã đã nhận đủ.').click();
    await expect(full).toBeVisible();
    await startVisit(page, son);
    await expect(full).toBeVisible();
    await look(page, 'nearly-full-form');
  });
});

async function openSettings(phone: Phone): Promise<void> {
  await goTo(phone, 'Hôm nay');
  await phone.page.getByRole('main').getByRole('link', { name: 'Cài đặt' }).click();
  await expect(phone.page.getByRole('heading', { name: 'Cài đặt' })).toBeVisible();
}

/** What the phone holds of its member's book: channels, their rows, drafts. */
async function bookOnDisk(page: Page): Promise<readonly (readonly string[])[]> {
  return [await channelsOnDisk(page), await keysOnDisk(page, 'segments'), await keysOnDisk(page, 'drafts')];
}

/** Another tab of the same browser, unlocked. */
async function openTab(phone: Phone, url: string): Promise<Page> {
  const page = await phone.page.context().newPage();
  await page.goto(url);
  await unlock({ ...phone, page });
  return page;
}

/** As a phone whose sealing takes two seconds: two that save at once then both have taken their number before either has written. */
async function sealSlowly(page: Page): Promise<void> {
  await page.evaluate(() => {
    const encrypt = SubtleCrypto.prototype.encrypt;
    SubtleCrypto.prototype.encrypt = async function slow(...args) {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      return await encrypt.apply(this, args);
    };
  });
}

/** As a browser does that clears what a site has kept, and as "clear data" in its settings. */
async function deleteDatabase(page: Page): Promise<void> {
  await page.evaluate(
    async () =>
      await new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('gan-dan');
        deleting.addEventListener('success', () => resolve());
        deleting.addEventListener('error', () => reject(new Error(deleting.error?.message)));
      }),
  );
}

/** The browser's own page for it: every connection of the app is closed by force. */
async function forceClose(page: Page): Promise<void> {
  const internals = await page.context().newPage();
  await internals.goto('chrome://indexeddb-internals');
  await internals.getByText('Force close').click();
  await internals.close();
}

/** As a browser that tells how much room there is, and the phone is at four fifths of it. */
async function tellNearlyFull(page: Page): Promise<void> {
  await page.addInitScript(() => {
    navigator.storage.estimate = () => Promise.resolve({ quota: 500_000_000, usage: 400_000_000 });
  });
}
