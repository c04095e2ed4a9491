/**
 * The register of households: one is added without a signal and its double is told of, merged and parted again; the bloc moves one to another hamlet; one that
 * nobody lives in any more leaves the list and comes back; names are found without diacritics.
 */
import type { Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { choose, enrol, goTo, logVisit, newPhone, openHousehold, sendNow } from './phone.ts';

const duc = { search: 'dam minh duc', household: 'Đàm Minh Đức (mẫu)' };
const again = { search: 'dam minh duc', household: 'Đàm Minh Đức (mẫu) · số 25' };
const search = 'Tìm tên, số nhà, số điện thoại';

async function startAdding(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Các mục chính' }).getByRole('link', { name: 'Hộ', exact: true }).click();
  await page.getByRole('link', { name: 'Thêm hộ' }).click();
}

async function otherWork(page: Page, words: string): Promise<void> {
  await page.getByText('Việc khác', { exact: true }).click();
  await page.getByRole('link', { name: words, exact: true }).click();
}

test('a household added without a signal warns of its double, and both are made one and parted again', async () => {
  const endpoint = await startEndpoint();
  const lead = await newPhone(endpoint.url);
  const households = () => recordsAt(endpoint.folder, 'household').filter(({ fields }) => String(fields['headName']).startsWith('Đàm Minh Đức'));
  try {
    await enrol(lead, endpoint.links[1]!);
    await expect(lead.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    const { page } = lead;
    await test.step('typed without diacritics it is found; what is alike is said while it is typed, and nothing keeps from saving', async () => {
      await lead.goOffline();
      await logVisit(page, { ...duc, outcome: 'Đã xem lại máng nước.' });
      await startAdding(page);
      await expect(page.getByText('Số tiếp theo của xóm là 25')).toBeVisible();
      await page.getByLabel('Chủ hộ').fill('Dam minh duc (mẫu)');
      const double = page.getByRole('status').filter({ hasText: 'Có phải hộ này không?' });
      await expect(double.getByRole('link', { name: /Đàm Minh Đức \(mẫu\) · số \d+/ })).toBeVisible();
      await expect(double).toContainText('cùng tên');
      await look(page, 'household-add');
      await page.getByLabel('Chủ hộ').fill('Đàm Minh Đức (mẫu)');
      await page.getByLabel('Nhà ở gần').fill('gần mó nước');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Đàm Minh Đức (mẫu)' })).toBeVisible();
      await expect(page.getByText('Số 25')).toBeVisible();
      await lead.goOnline();
      await sendNow(lead);
      expect(households().map(({ fields }) => [fields['no'], fields['contact']])).toContainEqual([25, 'not_asked']);
    });

    await test.step('the two are compared and made one: the visits of both are shown on the one that goes on', async () => {
      await openHousehold(page, again);
      await otherWork(page, 'Gộp hộ ghi trùng');
      await page.getByRole('list', { name: 'Có thể trùng' }).getByRole('button', { name: /Đàm Minh Đức/ }).click();
      await expect(page.getByRole('radiogroup', { name: 'Giữ hộ nào?' })).toBeVisible();
      await look(page, 'household-merge');
      await choose(page.getByRole('radiogroup', { name: 'Nhà ở gần' }), 'gần mó nước');
      await page.getByRole('button', { name: 'Gộp làm một hộ' }).click();
      await expect(page.getByText('Đã gộp làm một hộ.')).toBeVisible();
      await expect(page.getByText('Đã xem lại máng nước.')).toBeVisible();
      await expect(page.getByRole('list', { name: 'Bản ghi trùng đã gộp vào hộ này' }).getByRole('link', { name: again.household })).toBeVisible();
      await expect(page.getByText('gần mó nước').first()).toBeVisible();
      await sendNow(lead);
      expect(households().filter(({ fields }) => fields['mergedInto'] !== undefined)).toHaveLength(1);
    });

    await test.step('the double stands in no list, says where it goes on, and is parted again', async () => {
      await goTo(lead, 'Hộ');
      await page.getByLabel(search).fill('đàm minh đức');
      await expect(page.getByRole('list', { name: 'Hộ', exact: true }).getByRole('link', { name: /Đàm Minh Đức/ })).toHaveCount(1);
      await page.getByText('Không còn theo dõi (1)').click();
      await page.getByRole('link', { name: again.household }).click();
      await expect(page.getByText('Hộ này ghi trùng, đã gộp vào:')).toBeVisible();
      await look(page, 'household-double', { atNight: false });
      await page.getByRole('button', { name: 'Tách ra' }).click();
      await expect(page.getByText('Đã tách lại thành hai hộ.')).toBeVisible();
      await sendNow(lead);
      expect(households().filter(({ fields }) => fields['mergedInto'] !== undefined)).toHaveLength(0);
    });
    expect([...lead.complaints]).toEqual([]);
  } finally {
    await lead.dispose();
    await endpoint.dispose();
  }
});
