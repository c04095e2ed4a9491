/** What is held about a household, shown at its own door: all of it, without a signal, and nothing of the neighbour. */
import type { Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { enrol, fillVisit, newPhone, openHousehold, raiseInVisit, save, sendNow, startVisit } from './phone.ts';

const may = { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)' };
const son = { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' };
const outcome = 'Đã mang thuốc tẩy giun cho trâu, hẹn thứ Bảy lại sang';
const named = 'Mó nước sau nhà đục sau mưa, mong xã cho người xem.';
const withheld = 'Loa xóm mở quá sớm, trẻ con không ngủ được, xin chỉnh giờ.';

test('shows all that is held, offline, and nothing of the neighbour', async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    const { page } = phone;
    await expect(page.getByText('Xã đã nhận đủ.')).toBeVisible();

    await test.step('a visit without a signal, with feedback named and withheld; a form left half written', async () => {
      await phone.goOffline();
      await startVisit(page, may);
      await fillVisit(page, { outcome });
      await raiseInVisit(page, { topic: 'Nước', text: named, name: 'for the commune only' });
      await raiseInVisit(page, { topic: 'Văn hóa', text: withheld, name: 'withheld' });
      await save(page);
      await page.getByText('Xong', { exact: true }).click();
      await startVisit(page, may);
      await fillVisit(page, { outcome: 'Đang ghi thì có khách' });
      await expect(page.getByText('Đã giữ nháp')).toBeVisible();
      await page.getByRole('link', { name: 'Quay lại' }).click();
    });

    await test.step('the screen says all of it, what it is for, who reads it, and what it cannot know', async () => {
      await openHeld(page, may);
      const shown = page.getByRole('main');
      for (const words of [
        may.household, '0900000002', 'để gọi trước khi đến', 'tiếng Dao', 'Đồng ý cho ghi', 'Nói rõ cách gia hạn thẻ bảo hiểm y tế', outcome, 'mới chỉ có trên máy này', named,
        'Đường bê tông ở dốc Keng Cải', 'Mang sổ đỏ, giấy chứng tử', 'Đang ghi thì có khách', 'Tổ dân vận xóm Ngọc Sơn', 'Khối dân vận xã Quang Hán', 'Dân tộc, bệnh gì, số căn cước',
        'Bây giờ máy không có sóng.',
      ]) {
        await expect(shown, words).toContainText(words);
      }
      await expect(shown).toContainText('xóm Ngọc Sơn, xã Quang Hán');
      await look(page, 'held-about-household');
    });

    await test.step('nothing of another household, of what was said without a name, and nothing that leads there', async () => {
      const text = await page.locator('body').innerText();
      for (const words of [withheld, 'Nông Văn Sơn', 'Dương Văn Dũng', 'Bể nước chung của xóm cạn', 'Mái bếp dột nặng', '0900000001']) expect(text).not.toContain(words);
      await expect(page.getByRole('navigation')).toBeHidden();
      expect(await page.getByRole('main').getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('aria-label')))).toEqual(['Quay lại']);
    });

    await test.step('on paper: its words without what is pressed', async () => {
      await page.emulateMedia({ media: 'print' });
      await expect(page.getByRole('heading', { name: 'Những gì đang lưu về hộ này' })).toBeVisible();
      await expect(page.getByText(outcome)).toBeVisible();
      await expect(page.getByRole('button')).toHaveCount(0);
      await expect(page.getByRole('link')).toHaveCount(0);
      await expect(page.getByText('Lịch sử sửa đổi').first()).toBeHidden();
      await page.emulateMedia({ media: null });
      expect(await printsOf(page)).toBe(1);
    });

    await test.step('with a signal the commune adds who changed what', async () => {
      await page.getByRole('link', { name: 'Quay lại' }).click();
      await phone.goOnline();
      await sendNow(phone);
      await openHeld(page, son);
      await page.getByText('Lịch sử sửa đổi').first().click();
      await expect(page.getByText(/ghi lần đầu · /)).toBeVisible();
    });
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});

async function openHeld(page: Page, household: typeof may): Promise<void> {
  await openHousehold(page, household);
  await page.getByRole('link', { name: 'Những gì đang lưu về hộ này' }).click();
  await expect(page.getByRole('heading', { name: 'Những gì đang lưu về hộ này' })).toBeVisible();
}

/** How often the page asks the browser to print when the button is pressed once. */
async function printsOf(page: Page): Promise<number> {
  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-prints', String(Number(document.documentElement.dataset['prints'] ?? 0) + 1));
  });
  await page.getByRole('button', { name: 'In ra giấy' }).click();
  return await page.evaluate(() => Number(document.documentElement.dataset['prints'] ?? 0));
}
