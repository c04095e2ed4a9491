/** The folder of a browser copied, as a restore of a phone or a cloned disk does: both holders go on, and nothing is lost or doubled. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import type { EndpointProcess } from './endpoint-process.ts';
import { recordsAt, verdictCounts } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { enrol, fillVisit, goTo, logVisit, newPhone, save, sendNow, startVisit, unlock } from './phone.ts';

const son = { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' };
const may = { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)' };
const renewed = 'Bộ nhớ máy này từng được chép hoặc khôi phục, nên xã đã nhận nó như một máy mới. Không mất phiếu nào.';

test('a phone and a copy of it: each keeps its work, both are sent, and each becomes a device of its own by itself', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const original = await newPhone(endpoint.url);
  const folder = mkdtempSync(join(tmpdir(), 'gan-dan-copy-'));
  const copy = await newPhone(endpoint.url, 'phone', join(folder, 'profile'));
  try {
    await enrol(original, endpoint.links[0]!);
    await expect(original.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    const unsentAtCopy = 'Ghi trước khi chép máy.';
    await test.step('one visit is unsent when the phone is copied', async () => {
      await original.goOffline();
      await logVisit(original.page, { ...son, outcome: unsentAtCopy });
      await original.close();
      cpSync(original.profile, copy.profile, { recursive: true });
    });
    const devices = await devicesOf(endpoint);

    await test.step('the original goes on: it sends that visit and one more', async () => {
      await original.open();
      await unlock(original);
      await logVisit(original.page, { ...son, outcome: 'Ghi ở máy gốc.' });
      await sendNow(original);
    });

    await test.step('the copy is opened out of reach and saves a visit under a number that is taken by now', async () => {
      await copy.open('/', { offline: true });
      await unlock(copy);
      await logVisit(copy.page, { ...may, outcome: 'Ghi ở máy chép.' });
      await startVisit(copy.page, son);
      await fillVisit(copy.page, { outcome: 'Đang viết ở máy chép' });
      await expect(copy.page.getByText('Đã giữ nháp')).toBeVisible();
    });

    await test.step('in reach again it takes a new identity by itself, under the form that is being written', async () => {
      await copy.goOnline();
      await expect(copy.page.getByText(renewed)).toBeVisible({ timeout: 60_000 });
      await expect(copy.page.getByLabel('Đã làm, đã hẹn')).toHaveValue('Đang viết ở máy chép');
      await look(copy.page, 'renewed-in-a-form');
      await save(copy.page);
      await copy.page.getByText('Xong', { exact: true }).click();
      await goTo(copy, 'Hôm nay');
      await expect(copy.page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 60_000 });
    });

    await test.step('the original, whose place was taken, becomes another as well', async () => {
      await original.page.getByRole('navigation', { name: 'Các mục chính' }).getByRole('link', { name: 'Hôm nay', exact: true }).click();
      await logVisit(original.page, { ...may, outcome: 'Ghi ở máy gốc, sau đó.' });
      await expect(original.page.getByText(renewed)).toBeVisible({ timeout: 60_000 });
      await goTo(original, 'Hôm nay');
      await expect(original.page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 60_000 });
    });

    await test.step('the commune has each visit once, and both phones show all of them', async () => {
      const outcomes = [unsentAtCopy, 'Ghi ở máy gốc.', 'Ghi ở máy chép.', 'Đang viết ở máy chép', 'Ghi ở máy gốc, sau đó.'];
      const arrived = recordsAt(endpoint.folder, 'visit').map(({ fields }) => fields['outcome']);
      expect(outcomes.map((outcome) => arrived.filter((one) => one === outcome).length)).toEqual([1, 1, 1, 1, 1]);
      expect(Object.keys(verdictCounts(endpoint.folder))).toEqual(['applied']);
      await sendNow(copy);
      for (const phone of [original, copy]) expect(await onlyHereLines(phone.page)).toBe(0);
    });

    await test.step('the list of devices shows the two new ones in the place of the old', async () => {
      const now = await devicesOf(endpoint);
      expect(now.length).toBe(devices.length + 2);
    });
    expect([...original.complaints, ...copy.complaints]).toEqual([]);
  } finally {
    await copy.dispose();
    await original.dispose();
    await endpoint.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
});

async function devicesOf(endpoint: EndpointProcess): Promise<string[]> {
  return (await endpoint.administer('list-devices')).split('\n').filter((line) => line.includes('Hoàng Thị Én'));
}

/** How many lines of the screen say that something exists only on this phone. */
async function onlyHereLines(page: Page): Promise<number> {
  return await page.getByText(/phiếu chỉ có trên máy này/u).count();
}
