/** Whoever holds a slip looks at what became of it, and at the board of the hamlet, with a browser that never saw the app and with one that has it. Domain model 3.2, decision 0033. */
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { choose, enrol, newPhone, openInside, save, sendNow } from './phone.ts';

test('a receipt is looked up without an account, by hand and by its address, also on a phone that has the app', async () => {
  const endpoint = await startEndpoint();
  const [member, citizen] = [await newPhone(endpoint.url), await newPhone(endpoint.url)];
  const text = 'Máng nước đầu xóm vỡ, cả xóm thiếu nước.';
  try {
    await enrol(member, endpoint.links[0]!);
    await openInside(member, '/y-kien/moi');
    await choose(member.page, 'Phản ánh');
    await member.page.getByLabel('Chủ đề').selectOption({ label: 'Nước' });
    await member.page.getByLabel('Bà con nói gì?').fill(text);
    await choose(member.page, 'Giấu tên');
    await save(member.page);
    const address = (await member.page.getByText(/^Có mạng thì xem ở /).innerText()).split(' ').at(-1) ?? '';
    expect(address).toMatch(/^127\.0\.0\.1:\d+\/r\/[0-9A-Z-]{11}$|^localhost:\d+\/r\/[0-9A-Z-]{11}$/u);
    const code = address.split('/').at(-1) ?? '';
    await look(member.page, 'receipt-code');

    await citizen.open('/r');
    const { page } = citizen;
    await test.step('before it was sent nothing is known of it; a slip of the pen is told', async () => {
      await look(page, 'receipt-ask');
      await page.getByLabel('Mã trên giấy hẹn').fill('7K3F-2M9Q');
      await page.getByRole('button', { name: 'Xem' }).click();
      await expect(page.getByRole('alert')).toContainText('chưa đúng');
      await look(page, 'receipt-wrong', { atNight: false });
    });
    await test.step('then where it stands, and nothing of what was said', async () => {
      await member.page.getByText('Xong', { exact: true }).click();
      await sendNow(member);
      await expect.poll(() => recordsAt(endpoint.folder, 'feedback').some(({ fields }) => fields['text'] === text)).toBe(true);
      await page.getByLabel('Mã trên giấy hẹn').fill(code.toLowerCase().replaceAll('-', ''));
      await page.getByRole('button', { name: 'Xem' }).click();
      await expect(page.getByText('Xã đã nhận, đang chờ xem.')).toBeVisible();
      expect(await page.locator('body').innerText()).not.toContain('Máng nước');
      await look(page, 'receipt');
      await page.getByRole('link', { name: 'English' }).click();
      await expect(page.getByText('The commune has it and will look at it.')).toBeVisible();
    });
    await test.step('and what the commune answered in the hamlet hangs on its board', async () => {
      await page.goto(`${endpoint.url}/bang-tin/01456-001`);
      await expect(page.getByRole('heading', { name: 'Bảng tin Xóm Ngọc Sơn' })).toBeVisible();
      await expect(page.getByText('Sang tên đất thừa kế', { exact: false })).toBeVisible();
      await look(page, 'board');
    });
    await test.step('the slip is printed without a signal, with the code and nothing of what was said', async () => {
      await member.goOffline();
      const { page: own } = member;
      const said = recordsAt(endpoint.folder, 'feedback').find(({ fields }) => fields['text'] === text);
      await openInside(member, `/y-kien/${said?.recordId}`);
      await own.getByRole('link', { name: 'In giấy hẹn' }).click();
      await expect(own.getByRole('img', { name: /^Mã QR/ })).toBeVisible();
      await own.emulateMedia({ media: 'print' });
      const printed = await own.locator('body').innerText();
      expect(printed).toContain(code);
      for (const other of ['Máng nước', 'Ngọc Sơn', 'Nước', 'Giấu tên', 'Chép', 'Hôm nay']) expect(printed).not.toContain(other);
      await own.emulateMedia({ media: 'screen' });
      await member.goOnline();
    });
    await test.step('also where the app is at home', async () => {
      await member.page.goto(`${endpoint.url}/r/${code}`);
      await expect(member.page.getByRole('heading', { name: `Ý kiến có mã ${code}` })).toBeVisible();
    });
    expect([...citizen.complaints]).toEqual([]);
  } finally {
    await Promise.all([member.dispose(), citizen.dispose()]);
    await endpoint.dispose();
  }
});
