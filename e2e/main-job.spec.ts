/**
 * The main job, whole: five visits without a signal, a browser killed in mid-form, everything sent once, feedback answered by the
 * commune, told at the door without a signal, seen as confirmed by the commune. Domain model, scenarios 1 and 2.
 */
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { startGoBetween, through } from './go-between.ts';
import { photoFromCamera } from './photo-file.ts';
import { choose, enrol, fillVisit, goTo, logVisit, newPhone, save, startVisit, unlock } from './phone.ts';

const bridge = 'Cầu treo đầu xóm hỏng hai tấm ván, trẻ con đi học rất nguy hiểm. Mong xã sửa sớm.';
const answer = 'Ủy ban xã thay ván cầu treo trước ngày 5 tháng sau, tổ thợ đã nhận việc.';

test('five visits without a signal reach the commune once, and the answer comes back to the door', async () => {
  const endpoint = await startEndpoint();
  const [memberLink, , blocLink] = endpoint.links;
  // A browser that starts wakes the service worker before it can be told that it is offline: the line itself is cut as well.
  const goBetween = await startGoBetween(endpoint.url);
  const member = await newPhone(goBetween.url);
  const bloc = await newPhone(endpoint.url, 'desk');
  try {
    await test.step('both follow their invitation', async () => {
      await enrol(member, through(goBetween, memberLink!));
      await expect(member.page.getByText('Xã đã nhận đủ.')).toBeVisible();
      await enrol(bloc, blocLink!);
    });
    const known = new Set(recordsAt(endpoint.folder, 'visit').map(({ recordId }) => recordId));
    const before = known.size;

    await test.step('the member starts the app with no network at all', async () => {
      await member.close();
      goBetween.become('cut');
      await member.open('/', { offline: true });
      await unlock(member);
      await expect(member.page.getByText('Đang không có sóng.')).toBeVisible();
    });

    let code = '';
    await test.step('and logs five visits: four met and one absent, two with a photo, one corrects a phone number, one raises feedback', async () => {
      const { page } = member;
      const photo = await photoFromCamera(page);
      await logVisit(page, { search: 'ngoc son nong', household: 'Nông Văn Sơn (mẫu)', outcome: 'Đã xem lại máng nước, hẹn mang ống tới.', photo });
      await logVisit(page, { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)', met: 'Vắng' });
      await logVisit(page, { search: 'dam minh duc', household: 'Đàm Minh Đức (mẫu)', phone: '0912345678' });
      await logVisit(page, { search: 'luc van quynh', household: 'Lục Văn Quỳnh (mẫu)', photo });

      await startVisit(page, { search: 'duong van dung', household: 'Dương Văn Dũng (mẫu)' });
      await fillVisit(page, { outcome: 'Nghe bà con nói về cầu treo.' });
      await page.getByRole('button', { name: 'Ghi ý kiến' }).click();
      await choose(page, 'Phản ánh');
      await page.getByLabel('Chủ đề').last().selectOption({ label: 'Đường, cầu' });
      await page.getByLabel('Bà con nói gì?').fill(bridge);
      await choose(page, 'Ghi tên');
      await expect(page.getByLabel('Tên người nói')).toHaveValue('Dương Văn Dũng (mẫu)');
      await save(page);
      code = (await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/).innerText()).trim();
      await page.getByText('Xong', { exact: true }).click();
    });

    await test.step('the browser is killed in mid-form and the draft is there', async () => {
      await startVisit(member.page, { search: 'phung van khoi', household: 'Phùng Văn Khôi (mẫu)' });
      await member.page.getByLabel('Đã làm, đã hẹn').fill('Đang viết thì hết pin');
      // The promise is 500 ms after the last key; nothing else tells the page to keep it.
      await member.page.waitForTimeout(500);
      await member.kill();
      await member.open('/', { offline: true });
      await unlock(member);
      await member.page.getByRole('link', { name: /Phùng Văn Khôi \(mẫu\).*Viết lúc/s }).click();
      await expect(member.page.getByLabel('Đã làm, đã hẹn')).toHaveValue('Đang viết thì hết pin');
      await member.page.getByRole('link', { name: 'Quay lại' }).click();
    });

    await test.step('all five are shown as being on this phone only, and what their photos are beside them', async () => {
      await goTo(member, 'Hôm nay');
      await expect(member.page.getByText(/7 phiếu chỉ có trên máy này, từ/)).toBeVisible();
      expect(recordsAt(endpoint.folder, 'visit')).toHaveLength(before);
    });

    await test.step('back online all five go by themselves, the photos last, and the button sends nothing twice', async () => {
      goBetween.become('clear');
      await member.goOnline();
      await expect(member.page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 30_000 });
      const arrived = recordsAt(endpoint.folder, 'visit');
      expect(arrived).toHaveLength(before + 5);
      const met = arrived.filter(({ recordId }) => !known.has(recordId)).map(({ fields }) => String(fields['met']));
      expect(met.sort()).toEqual(['absent', 'yes', 'yes', 'yes', 'yes']);
      await member.page.goto(new URL('/', goBetween.url).href);
      await unlock(member);
      await member.page.getByText('Xã đã nhận đủ.').click();
      await member.page.getByRole('button', { name: 'Gửi ngay' }).click();
      await expect(member.page.getByText('Không có gì chờ gửi. Xã đã có đủ.')).toBeVisible();
      await expect(member.page.getByText('Không còn ảnh nào chờ gửi.')).toBeVisible({ timeout: 60_000 });
      expect(recordsAt(endpoint.folder, 'attachment').map(({ fields }) => fields['type'])).toEqual(['image/webp', 'image/webp']);
      expect(recordsAt(endpoint.folder, 'visit')).toEqual(arrived);
      const corrected = recordsAt(endpoint.folder, 'household').find(({ fields }) => fields['headName'] === 'Đàm Minh Đức (mẫu)');
      expect(corrected?.fields['phone']).toBe('0912345678');
    });

    await test.step('the commune triages, assigns and answers', async () => {
      const { page } = bloc;
      await page.getByRole('button', { name: /ý kiến mới/ }).click({ timeout: 90_000 });
      await page.getByRole('link', { name: /Đường, cầu.*Ngọc Sơn/s }).first().click();
      const open = page.getByRole('article', { name: 'Đường, cầu' });
      await expect(open.getByText(bridge)).toBeVisible();
      await expect(open.getByText(code)).toBeVisible();
      await page.getByRole('button', { name: 'Phân loại và giao đơn vị' }).click();
      await page.getByLabel('Đơn vị trả lời').selectOption({ label: 'UBND xã Quang Hán' });
      await page.getByRole('button', { name: 'Giao', exact: true }).click();
      await expect(page.getByText('Đang chờ UBND xã Quang Hán trả lời.')).toBeVisible();
      await page.getByRole('button', { name: 'Trả lời', exact: true }).click();
      await page.getByLabel('Câu trả lời cho bà con').fill(answer);
      await page.getByRole('button', { name: 'Lưu câu trả lời' }).click();
      await expect(page.getByText('Đang chờ tổ dân vận báo cho dân.')).toBeVisible();
      await expect(page.getByText('Xã đã nhận được.')).toBeVisible({ timeout: 30_000 });
    });

    await test.step('the member is told to tell them, goes offline, tells them at the door', async () => {
      const { page } = member;
      await page.getByRole('button', { name: 'Gửi ngay' }).click();
      await goTo(member, 'Hôm nay');
      const toTell = page.getByRole('link', { name: /Đường, cầu · Dương Văn Dũng/ });
      await expect(toTell).toBeVisible();
      await member.goOffline();
      await toTell.click();
      await expect(page.getByText(answer)).toBeVisible();
      await choose(page, 'Đã báo');
      await choose(page, 'Được một phần');
      await save(page);
      await page.getByText('Xong', { exact: true }).click();
      await expect(page.getByText(/1 phiếu chỉ có trên máy này/)).toBeVisible();
      await member.goOnline();
      await expect(page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 30_000 });
    });

    await test.step('the commune sees it confirmed, partly', async () => {
      const open = bloc.page.getByRole('article', { name: 'Đường, cầu' });
      await expect(open.getByText('Xong, dân đã xác nhận')).toBeVisible({ timeout: 90_000 });
      await expect(open.getByText('Được một phần').first()).toBeVisible();
    });
    expect([...member.complaints, ...bloc.complaints]).toEqual([]);
  } finally {
    await member.dispose();
    await bloc.dispose();
    await goBetween.dispose();
    await endpoint.dispose();
  }
});
