/**
 * The commune's administrator at a desk: a member is made and invited, comes in, is moved to another hamlet while something unsent lies on their phone, and
 * loses the phone. What the screen promised beforehand is what happens. And the officer who protects personal data reads all of it in the log.
 */
import type { Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import type { EndpointProcess } from './endpoint-process.ts';
import { recordsAt, verdictCounts } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { channelsOnDisk } from './phone-disk.ts';
import { enrol, goTo, logVisit, newPhone, openInside, sendNow } from './phone.ts';
import type { Phone } from './phone.ts';

const mai = 'Lý Thị Mai (mẫu)';
const [naThoong, ngocSon] = ['Nà Thoong', 'Ngọc Sơn'];
const helped = 'Đã giúp nhà gặt xong thửa ruộng cạnh suối.';

async function withDesk(story: (desk: Phone, endpoint: EndpointProcess, borrow: (size?: 'phone' | 'desk') => Promise<Phone>) => Promise<void>): Promise<void> {
  const endpoint = await startEndpoint();
  const devices: Phone[] = [];
  const borrow = async (size: 'phone' | 'desk' = 'phone') => {
    const device = await newPhone(endpoint.url, size);
    devices.push(device);
    return device;
  };
  try {
    const desk = await borrow('desk');
    await enrol(desk, endpoint.links[4]!);
    await story(desk, endpoint, borrow);
    expect(devices.flatMap(({ complaints }) => complaints)).toEqual([]);
  } finally {
    for (const device of devices) await device.dispose();
    await endpoint.dispose();
  }
}

const listOf = (page: Page) => page.getByRole('list', { name: 'Thành viên' });
const opened = (page: Page) => page.getByRole('region', { name: 'Người đang mở' });

async function fillNewMember(page: Page, name: string, hamlet: string): Promise<void> {
  await page.getByRole('link', { name: 'Thêm thành viên' }).click();
  await page.getByLabel('Họ và tên').fill(name);
  await page.getByLabel('Làm việc gì?').selectOption({ label: 'Tổ viên' });
  await page.getByLabel('Xóm nào?').selectOption({ label: hamlet });
}

/** Makes an invitation for the one who is open; its link, as it stands on the screen. */
async function invite(page: Page): Promise<string> {
  await opened(page).getByRole('button', { name: 'Tạo lời mời' }).click();
  const card = opened(page).getByRole('region', { name: /^Lời mời cho / });
  await expect(card.getByRole('img', { name: 'Mã QR của lời mời' })).toBeVisible();
  return (await card.getByText(/\/moi#/).innerText()).trim();
}

/** The first household of a hamlet, as the endpoint has it and as a list shows it. */
function householdOf({ folder }: EndpointProcess, hamletId: string): { readonly head: string; readonly title: string; readonly row: RegExp } {
  const { headName, no } = recordsAt(folder, 'household').find(({ areaId }) => areaId === hamletId)!.fields;
  const title = `${String(headName)} · số ${String(no)}`;
  return { head: String(headName), title, row: new RegExp(`^${title.replace(/[()]/gu, '\\$&')}(?!\\d)`, 'u') };
}

test('a member is made, invited, moved and revoked, and their phone does what was said beforehand', async () => {
  await withDesk(async (desk, endpoint, borrow) => {
    const { page } = desk;
    const phone = await borrow();
    const [old, next] = [householdOf(endpoint, '01456-003'), householdOf(endpoint, '01456-001')];
    let link = '';

    await test.step('the app opens on the members; one is added, and an answer that is lost on the way makes no second', async () => {
      await expect(page).toHaveURL(/\/quan-ly$/);
      await expect(listOf(page).getByRole('link')).toHaveCount(6);
      await fillNewMember(page, mai, naThoong);
      let isLost = true;
      await page.route('**/administration/member', async (route) => {
        const answer = await route.fetch();
        if (isLost) await route.abort();
        else await route.fulfill({ response: answer });
        isLost = false;
      });
      await page.getByRole('button', { name: 'Thêm người này' }).click();
      await expect(page.getByText(/Chưa rõ xã đã nhận chưa\. Chữ vẫn còn đây/)).toBeVisible();
      await expect(page.getByLabel('Họ và tên')).toHaveValue(mai);
      await page.getByRole('button', { name: 'Thêm người này' }).click();
      await expect(opened(page).getByRole('heading', { name: mai })).toBeVisible();
      await expect(listOf(page).getByRole('link', { name: mai })).toHaveCount(1);
      expect(recordsAt(endpoint.folder, 'member').filter(({ fields }) => fields['name'] === mai)).toHaveLength(1);
      await expect(listOf(page).getByRole('link', { name: mai })).toContainText('chưa có máy');
    });

    await test.step('the invitation is shown once, and its link brings the member in', async () => {
      link = await invite(page);
      expect(link).toMatch(new RegExp(`^${endpoint.url}/moi#01456\\.`));
      await expect(listOf(page).getByRole('link', { name: mai })).toContainText('đã mời, còn 71 giờ');
      await opened(page).getByRole('button', { name: 'Đã đưa, ẩn đi' }).click();
      await expect(opened(page).getByRole('list', { name: 'Lời mời chưa dùng' }).getByRole('listitem')).toHaveCount(1);
      await expect(page.getByText(link)).toHaveCount(0);
      await enrol(phone, link);
      await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();
      await goTo(phone, 'Hộ');
      await expect(phone.page.getByRole('link', { name: old.row })).toBeVisible();
    });

    await test.step('the phone stands beside its owner, with what it said last: one entry of which it does not know that it arrived', async () => {
      const answers = '**/sync';
      await phone.page.route(answers, async (route) => {
        await route.fetch();
        await route.abort();
      });
      const isLost = phone.page.waitForEvent('requestfailed', (request) => request.url().endsWith('/sync'));
      await logVisit(phone.page, { search: old.head, household: old.title, outcome: 'Thăm như mọi tháng.' });
      await isLost;
      await page.getByRole('link', { name: 'Quay lại' }).click();
      await expect(listOf(page).getByRole('link', { name: mai })).toContainText('đang dùng, liên lạc hôm nay, 1 phiếu chưa gửi');
      await phone.page.unroute(answers);
      await sendNow(phone);
      await sendNow(phone);
    });

    await test.step('and nothing unsent any more; found without diacritics', async () => {
      await openInside(desk, '/');
      await expect(page).toHaveURL(/\/quan-ly$/);
      await page.getByLabel('Tìm tên, vai trò, xóm').fill('ly thi mai');
      await expect(listOf(page).getByRole('link')).toHaveCount(1);
      await expect(listOf(page).getByRole('link', { name: mai })).toContainText('đang dùng, liên lạc hôm nay, đã gửi hết');
    });

    await test.step('moved to another hamlet: said before it is done, sentence by sentence', async () => {
      await phone.goOffline();
      await logVisit(phone.page, { search: old.head, household: old.title, outcome: helped });
      await listOf(page).getByRole('link', { name: mai }).click();
      await opened(page).getByRole('button', { name: 'Chuyển xóm' }).click();
      await opened(page).getByRole('button', { name: 'Chuyển xóm' }).click();
      await expect(opened(page).getByText('Chọn xóm.')).toBeVisible();
      await page.getByLabel('Sang xóm nào?').selectOption({ label: ngocSon });
      await expect(opened(page).getByText(`Ở lần kết nối tới, máy của ${mai} bỏ sổ xóm Nà Thoong và tải sổ xóm Ngọc Sơn.`)).toBeVisible();
      await expect(opened(page).getByText('Phiếu ghi cho xóm Nà Thoong mà chưa gửi không mất: tổ trưởng xóm Nà Thoong hoặc khối dân vận xã xem.')).toBeVisible();
      await opened(page).getByRole('button', { name: 'Chuyển xóm' }).click();
      await expect(page.getByText('Xã đã nhận thay đổi.')).toBeVisible();
      await expect(listOf(page).getByRole('link', { name: mai })).toContainText('Tổ viên, xóm Ngọc Sơn');
    });

    await test.step('and so it is: the new hamlet on the phone, the old one gone, what was unsent waiting for somebody', async () => {
      await phone.goOnline();
      await sendNow(phone);
      await expect(phone.page.getByText(/phiếu chờ tổ trưởng hoặc xã xem\. Không mất\./)).toBeVisible();
      expect(verdictCounts(endpoint.folder)['quarantined']).toBe(1);
      await goTo(phone, 'Hộ');
      await expect(phone.page.getByRole('link', { name: next.row })).toBeVisible();
      await expect(phone.page.getByRole('link', { name: old.row })).toHaveCount(0);
      expect(await channelsOnDisk(phone.page)).toContain('hamlet/01456-001');
      expect(await channelsOnDisk(phone.page)).not.toContain('hamlet/01456-003');
    });

    await test.step('a second invitation is taken back: whoever opens it is told so', async () => {
      const second = await invite(page);
      await opened(page).getByRole('button', { name: 'Đã đưa, ẩn đi' }).click();
      await opened(page).getByRole('list', { name: 'Lời mời chưa dùng' }).getByRole('button', { name: 'Thu lại' }).click();
      await expect(page.getByText('Đã thu lại lời mời.')).toBeVisible();
      await expect(opened(page).getByRole('list', { name: 'Lời mời chưa dùng' })).toHaveCount(0);
      const stranger = await borrow();
      await stranger.open(second);
      await expect(stranger.page.getByText('Lời mời này đã được thu lại.')).toBeVisible();
    });

    await test.step('the phone is revoked after its consequences were read, and wipes itself when it next asks', async () => {
      await opened(page).getByRole('button', { name: 'Thu hồi máy này' }).click();
      const question = page.getByRole('dialog');
      await expect(question).toContainText('Lần kết nối tới, máy tự xóa khóa, sổ và bản viết dở.');
      await expect(question).toContainText('gõ sai 10 lần thì máy tự xóa');
      await question.getByRole('button', { name: 'Thôi' }).click();
      await sendNow(phone);
      await opened(page).getByRole('button', { name: 'Thu hồi máy này' }).click();
      await question.getByRole('button', { name: 'Thu hồi' }).click();
      await expect(page.getByText('Đã thu hồi máy.')).toBeVisible();
      await expect(opened(page).getByText('Chưa có máy nào.')).toBeVisible();
      await expect(listOf(page).getByRole('link', { name: mai })).toContainText('máy đã thu hồi');
      await phone.page.getByRole('button', { name: 'Gửi ngay' }).click();
      await expect(phone.page.getByText('Xã đã ngừng máy này nên khóa, sổ và bản nháp trên máy đã xóa.')).toBeVisible({ timeout: 30_000 });
    });

    await test.step('the officer who protects personal data reads who did it, to whom, from which phone; and that the log is whole', async () => {
      const officer = await borrow('desk');
      await enrol(officer, endpoint.links[5]!);
      await expect(officer.page).toHaveURL(/\/nhat-ky$/);
      await expect(officer.page.getByText('Nhật ký nguyên vẹn: không dòng nào bị sửa hay bỏ.')).toBeVisible();
      const lines = officer.page.getByRole('main').getByRole('listitem');
      const khiem = 'Nông Văn Khiêm (mẫu)';
      await expect(lines.filter({ hasText: `${khiem} thêm thành viên ${mai}` })).toHaveCount(1);
      await expect(lines.filter({ hasText: `${khiem} tạo lời mời cho ${mai}` })).toHaveCount(2);
      await expect(lines.filter({ hasText: `${khiem} thu lại lời mời của ${mai}` })).toHaveCount(1);
      await expect(lines.filter({ hasText: `${khiem} đổi vai trò của ${mai}` })).toHaveCount(1);
      await expect(lines.filter({ hasText: new RegExp(`Nông Văn Khiêm \\(mẫu\\) thu hồi máy …[0-9a-f]{8} của ${mai.replace(/[()]/gu, '\\$&')}`) })).toHaveCount(1);
      await officer.page.getByLabel('Nhóm').selectOption({ label: 'Lời mời' });
      await expect(lines.filter({ hasText: 'thu hồi máy' })).toHaveCount(0);
      await expect(lines.filter({ hasText: `${khiem} thu lại lời mời của ${mai}` })).toHaveCount(1);
    });
  });
});

test('the last administrator stays, what was typed outlives a lost signal and a lock, and hamlets are merged without a signal', { tag: '@long' }, async () => {
  await withDesk(async (desk, endpoint) => {
    const { page } = desk;
    const hamlet = (id: string) => recordsAt(endpoint.folder, 'area').find(({ recordId }) => recordId === id);

    await test.step('whoever is the last to administer the commune cannot leave', async () => {
      await listOf(page).getByRole('link', { name: /Nông Văn Khiêm/ }).click();
      await opened(page).getByRole('button', { name: 'Đã nghỉ' }).click();
      await opened(page).getByRole('button', { name: 'Đúng, đã nghỉ' }).click();
      await expect(page.getByText('Xã phải còn ít nhất một người quản trị.')).toBeVisible();
      await opened(page).getByRole('button', { name: 'Thôi' }).click();
      await expect(opened(page).getByText('Quản trị của xã')).toBeVisible();
    });

    await test.step('without a signal a form says so and keeps what was typed; it is still there after the page was closed', async () => {
      await fillNewMember(page, mai, naThoong);
      await desk.goOffline();
      await expect(page.getByText('Phải có mạng mới làm được. Chữ đã ghi vẫn còn đây.')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Thêm người này' })).toBeDisabled();
      await page.getByLabel('Họ và tên').fill(`${mai} Hai`);
      await openInside(desk, '/cai-dat');
      await expect(page.getByText('1 bản viết dở, chỉ có trên máy này.')).toBeVisible();
      await openInside(desk, '/quan-ly/moi');
      await expect(page.getByLabel('Họ và tên')).toHaveValue(`${mai} Hai`);
      await expect(page.getByText(/Đang viết tiếp bản dở/)).toBeVisible();
      await page.getByRole('button', { name: 'Thôi' }).click();
      await expect(page.getByText('Xem lại được danh sách cũ, còn thay đổi thì phải có mạng.')).toBeVisible();
      await fillNewMember(page, '', naThoong);
      await expect(page.getByLabel('Họ và tên')).toHaveValue('');
    });

    await test.step('a hamlet is merged into another, never into itself: on this phone first', async () => {
      await goTo(desk, 'Xóm');
      await page.getByRole('list', { name: 'Các xóm của xã' }).getByRole('link', { name: naThoong }).click();
      const into = page.getByLabel('Gộp vào xóm nào?');
      expect(await into.locator('option').allInnerTexts()).toEqual(['Chọn', 'Lũng Rì', ngocSon, 'Pác Khuổi']);
      await into.selectOption({ label: ngocSon });
      await expect(page.getByText(`Hộ, lượt thăm, ý kiến của xóm ${naThoong} chuyển hết sang xóm ${ngocSon}.`)).toBeVisible();
      await page.getByRole('button', { name: 'Gộp', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Gộp', exact: true }).click();
      const open = page.getByRole('article', { name: naThoong });
      await expect(open.getByText(`Xóm này đã gộp vào xóm ${ngocSon}.`)).toBeVisible();
      await expect(open.getByText('trên máy này')).toBeVisible();
      expect(hamlet('01456-003')?.fields).not.toHaveProperty('mergedInto');
    });

    await test.step('and at the commune once there is a signal; a merged one takes no other in', async () => {
      await desk.goOnline();
      await expect(page.getByRole('article', { name: naThoong }).getByText('đã gửi')).toBeVisible({ timeout: 30_000 });
      expect(hamlet('01456-003')?.fields).toMatchObject({ mergedInto: '01456-001' });
      await page.getByRole('list', { name: 'Các xóm của xã' }).getByRole('link', { name: 'Lũng Rì' }).click();
      expect(await page.getByLabel('Gộp vào xóm nào?').locator('option').allInnerTexts()).toEqual(['Chọn', ngocSon, 'Pác Khuổi']);
    });
  });
});

test('everybody sees the sessions of their own phones, and ends one', { tag: '@long' }, async () => {
  await withDesk(async (_desk, endpoint, borrow) => {
    const phone = await borrow();
    await enrol(phone, endpoint.links[0]!);
    const { page } = phone;
    await openInside(phone, '/cai-dat');
    await page.getByRole('link', { name: 'Nơi tôi đang đăng nhập' }).click();
    const mine = page.getByRole('region', { name: /máy này$/ }).getByRole('listitem');
    // Asked with the session that was ended the answer is a no; then the phone has opened its next one.
    const told = async () => {
      const answer = await page.waitForResponse((response) => response.url().endsWith('/session/list') && response.ok());
      return ((await answer.json()) as { sessions: { sessionId: string }[] }).sessions.map(({ sessionId }) => sessionId);
    };
    await expect(mine).toHaveCount(1);
    await expect(mine).toContainText('lần đăng nhập này');
    await expect(page.getByText('Gọi quản trị của xã thu hồi máy.')).toBeVisible();
    const endedId = page.waitForRequest('**/session/end').then((request) => (request.postDataJSON() as { sessionId: string }).sessionId);
    const after = told();
    await mine.getByRole('button', { name: 'Đăng xuất' }).click();
    await expect(page.getByText('Đã đăng xuất.')).toBeVisible();
    // It was unlocked: it has come back by itself, with another one.
    expect(await after).toHaveLength(1);
    expect(await after).not.toContain(await endedId);
    await expect(mine).toContainText('lần đăng nhập này');
    await sendNow(phone);
  });
});
