/** What is half written: any form, several of one form, there after the phone was turned, locked, its app started anew, its browser killed. Issue 5. */
import type { Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { choose, enrol, goTo, logVisit, newPhone, openHousehold, openInside, startVisit, unlock } from './phone.ts';
import type { Phone } from './phone.ts';

const son = { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' };
const may = { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)' };
const outcome = 'Đã làm, đã hẹn';

/** A draft by the words of its line, and where its text stands in its form. */
interface Written {
  readonly line: RegExp;
  readonly field: string;
  readonly words: string;
}

async function openDraft(phone: Phone, line: RegExp): Promise<void> {
  await goTo(phone, 'Hôm nay');
  await phone.page.getByRole('list', { name: 'Đang viết dở' }).getByRole('link', { name: line }).click();
}

/** A form has the screen to itself: no menu says that it is open. */
async function unlockForm(page: Page): Promise<void> {
  await page.getByLabel('Cụm mật khẩu').fill('con trau di cay som');
  await page.getByRole('button', { name: 'Mở', exact: true }).click();
}

async function leave(page: Page): Promise<void> {
  await expect(page.getByText('Đã giữ nháp')).toBeVisible();
  await page.getByRole('link', { name: 'Quay lại' }).click();
  await expect(page.getByText('Đã giữ nháp')).toHaveCount(0);
}

test('half-written forms outlive a turn of the phone, a lock, a new start and a kill', { tag: '@long' }, async () => {
  test.setTimeout(300_000);
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    await logVisit(phone.page, { ...may, outcome: 'Đã ghi xong từ trước' });
    const written: Written[] = [];

    await test.step('a member begins many things and ends none of them', async () => {
      const { page } = phone;
      await startVisit(page, son);
      await page.getByLabel(outcome).fill('Lượt thăm thứ nhất');
      await leave(page);
      // Another visit to the same household, beside the first.
      await startVisit(page, son);
      await page.getByRole('link', { name: 'Ghi phiếu khác' }).click();
      await expect(page.getByLabel(outcome)).toHaveValue('');
      await page.getByLabel(outcome).fill('Lượt thăm thứ hai');
      await leave(page);
      await startVisit(page, may);
      await page.getByLabel(outcome).fill('Nhà khác');
      await leave(page);
      written.push({ line: /Ghi lượt thăm · Lý Thị Mẩy/, field: outcome, words: 'Nhà khác' });

      for (const words of ['Đường vào xóm ngập, xe không đi được.', 'Xin thêm bóng đèn ở nhà văn hóa xóm.']) {
        await openInside(phone, '/y-kien/moi');
        await expect(page.getByRole('heading', { name: 'Ghi ý kiến' })).toBeVisible();
        if (words.startsWith('Xin')) await page.getByRole('link', { name: 'Ghi phiếu khác' }).click();
        await choose(page, 'Phản ánh');
        await page.getByLabel('Bà con nói gì?').fill(words);
        await leave(page);
      }

      await openHousehold(page, may);
      await page.getByRole('link', { name: 'Sửa thông tin hộ' }).click();
      await page.getByLabel('Nhà ở gần').fill('cạnh suối');
      await leave(page);
      written.push({ line: /^Sửa thông tin hộ.*Lý Thị Mẩy/s, field: 'Nhà ở gần', words: 'cạnh suối' });

      await openHousehold(page, may);
      await page.getByRole('list', { name: 'Các lượt thăm' }).getByRole('link').first().click();
      await page.getByRole('link', { name: 'Sửa', exact: true }).click();
      await page.getByLabel(outcome).fill('Sửa lại lượt đã ghi');
      await leave(page);
      written.push({ line: /^Sửa lượt thăm/, field: outcome, words: 'Sửa lại lượt đã ghi' });

      await goTo(phone, 'Hôm nay');
      await page.getByRole('link', { name: 'Ghi lượt thăm', exact: true }).click();
      await page.getByRole('link', { name: 'Ghi nhiều hộ vắng một lúc' }).click();
      await page.locator('label', { hasText: 'Đàm Minh Đức (mẫu)' }).click();
      await leave(page);
    });

    const all = 8;
    const expectKept = async () => {
      const { page } = phone;
      await goTo(phone, 'Hôm nay');
      await expect(page.getByRole('list', { name: 'Đang viết dở' }).getByRole('listitem')).toHaveCount(all);
      for (const { line, field, words } of written) {
        await openDraft(phone, line);
        await expect(page.getByLabel(field)).toHaveValue(words);
        await page.getByRole('link', { name: 'Quay lại' }).click();
      }
      const ofSon = [];
      for (const at of [0, 1]) {
        await goTo(phone, 'Hôm nay');
        await page.getByRole('list', { name: 'Đang viết dở' }).getByRole('link', { name: /Ghi lượt thăm · Nông Văn Sơn/ }).nth(at).click();
        ofSon.push(await page.getByLabel(outcome).inputValue());
        await page.getByRole('link', { name: 'Quay lại' }).click();
      }
      expect(ofSon.sort()).toEqual(['Lượt thăm thứ hai', 'Lượt thăm thứ nhất']);
    };
    await test.step('all of them are listed, and each opens with what was typed', expectKept);

    await test.step('the phone is turned in the middle of a word', async () => {
      const { page } = phone;
      await openDraft(phone, /Ghi lượt thăm · Lý Thị Mẩy/);
      await page.getByLabel(outcome).fill('Nhà khác, xoay máy');
      await page.setViewportSize({ width: 740, height: 360 });
      await expect(page.getByLabel(outcome)).toHaveValue('Nhà khác, xoay máy');
      await page.setViewportSize({ width: 360, height: 740 });
      await page.getByLabel(outcome).fill('Nhà khác');
      await leave(page);
    });

    await test.step('the app is started anew in the middle of a word, as an update does', async () => {
      const { page } = phone;
      await openDraft(phone, /^Sửa lượt thăm/);
      await page.getByLabel(outcome).fill('Sửa lại lượt đã ghi');
      await page.waitForTimeout(500);
      await page.reload();
      await unlockForm(page);
      // Where it was left, not on the first screen.
      await expect(page.getByLabel(outcome)).toHaveValue('Sửa lại lượt đã ghi');
      await page.getByRole('link', { name: 'Quay lại' }).click();
      await expectKept();
    });

    await test.step('the phone locks itself in the middle of a word', async () => {
      const { page } = phone;
      await page.clock.install();
      await page.reload();
      await unlock(phone);
      await openDraft(phone, /^Sửa lượt thăm/);
      await page.getByLabel(outcome).fill('Sửa lại lượt đã ghi, rồi khóa');
      await page.clock.fastForward('05:01');
      await expect(page.getByText('Máy đã tự khóa vì một lúc không dùng.')).toBeVisible();
      await unlockForm(page);
      await expect(page.getByLabel(outcome)).toHaveValue('Sửa lại lượt đã ghi, rồi khóa');
      await page.getByLabel(outcome).fill('Sửa lại lượt đã ghi');
      await leave(page);
      await expectKept();
    });

    await test.step('the browser is killed', async () => {
      await phone.page.waitForTimeout(500);
      await phone.kill();
      await phone.open('/', { offline: true });
      await unlock(phone);
      await expectKept();
    });

    await test.step('one is dropped, and taken back', async () => {
      const { page } = phone;
      await goTo(phone, 'Hôm nay');
      const list = page.getByRole('list', { name: 'Đang viết dở' });
      await list.getByRole('listitem').filter({ hasText: 'Sửa lượt thăm' }).getByRole('button', { name: 'Bỏ bản này' }).click();
      await expect(list.getByRole('listitem')).toHaveCount(all - 1);
      await page.getByRole('button', { name: 'Hoàn lại' }).click();
      await expect(list.getByRole('listitem')).toHaveCount(all);
      await openDraft(phone, /^Sửa lượt thăm/);
      await expect(page.getByLabel(outcome)).toHaveValue('Sửa lại lượt đã ghi');
    });
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});

test('what an office writes outlives a new start as well: a member’s new name, and several new persons and households side by side', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const [admin, officer] = [await newPhone(endpoint.url, 'desk'), await newPhone(endpoint.url, 'desk')];
  const startAnew = async (desk: Phone) => {
    await desk.page.waitForTimeout(500);
    await desk.page.reload();
    await unlock(desk);
  };
  try {
    await test.step('the administrator’s edit of a member', async () => {
      await enrol(admin, endpoint.links[4]!);
      const { page } = admin;
      const opened = page.getByRole('region', { name: 'Người đang mở' });
      await page.getByRole('list', { name: 'Thành viên' }).getByRole('link', { name: /^Hoàng Thị Én/ }).click();
      await opened.getByRole('button', { name: 'Sửa tên, vai trò' }).click();
      await page.getByLabel('Họ và tên').fill('Hoàng Thị Én Nhỏ (mẫu)');
      await startAnew(admin);
      await openInside(admin, '/gui-nhan');
      await page.getByRole('list', { name: 'Đang viết dở' }).getByRole('link', { name: /^Sửa tên, vai trò/ }).click();
      await expect(page.getByLabel('Họ và tên')).toHaveValue('Hoàng Thị Én Nhỏ (mẫu)');
      await opened.getByLabel('Làm việc gì?').selectOption({ label: 'Tổ trưởng' });
      await startAnew(admin);
      // Meanwhile somebody else sent them to another hamlet: what lay half written gives nothing back.
      const memberId = String(recordsAt(endpoint.folder, 'member').find(({ fields }) => fields['name'] === 'Hoàng Thị Én (mẫu)')?.recordId);
      await endpoint.administer('assign', memberId, '--commune', '01456', '--role', 'team_member', '--hamlet', '01456-002');
      await openInside(admin, `/quan-ly/${memberId}`);
      await page.reload();
      await unlock(admin);
      await expect(opened.getByText('Vai trò của người này vừa được sửa ở nơi khác.', { exact: false })).toBeVisible();
      await expect(opened.getByLabel('Làm việc gì?')).toHaveValue('team_member');
      await expect(opened.getByLabel('Xóm nào?')).toHaveValue('01456-002');
      await expect(page.getByLabel('Họ và tên')).toHaveValue('Hoàng Thị Én Nhỏ (mẫu)');
      await opened.getByRole('button', { name: 'Lưu thay đổi' }).click();
      await expect(opened.getByRole('heading', { name: 'Hoàng Thị Én Nhỏ (mẫu)' })).toBeVisible();
      await openInside(admin, '/gui-nhan');
      await expect(page.getByRole('list', { name: 'Đang viết dở' })).toHaveCount(0);
    });

    await test.step('two new persons and two new households', async () => {
      await enrol(officer, endpoint.links[2]!);
      const { page } = officer;
      for (const [path, title, field, names] of [
        ['/uy-tin/moi', 'Thêm người có uy tín', 'Họ và tên', ['Lý Văn Một (mẫu)', 'Lý Văn Hai (mẫu)']],
        ['/ho/moi', 'Thêm hộ', 'Chủ hộ', ['Nông Thị Ba (mẫu)', 'Nông Thị Bốn (mẫu)']],
      ] as const) {
        for (const [at, name] of names.entries()) {
          await openInside(officer, path);
          await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
          if (at > 0) await page.getByRole('link', { name: 'Ghi phiếu khác' }).click();
          await expect(page.getByLabel(field)).toHaveValue('');
          await page.getByLabel(field).fill(name);
          await leave(page);
        }
      }
      await startAnew(officer);
      await openInside(officer, '/gui-nhan');
      const list = page.getByRole('list', { name: 'Đang viết dở' });
      await expect(list.getByRole('listitem')).toHaveCount(4);
      const typed: string[] = [];
      for (const [line, field] of [['Thêm người có uy tín', 'Họ và tên'], ['Thêm hộ', 'Chủ hộ']] as const) {
        for (const at of [0, 1]) {
          await openInside(officer, '/gui-nhan');
          await list.getByRole('link', { name: line }).nth(at).click();
          typed.push(await page.getByLabel(field).inputValue());
        }
      }
      expect(typed.sort()).toEqual(['Lý Văn Hai (mẫu)', 'Lý Văn Một (mẫu)', 'Nông Thị Ba (mẫu)', 'Nông Thị Bốn (mẫu)']);
    });
    expect([...admin.complaints, ...officer.complaints]).toEqual([]);
  } finally {
    await Promise.all([admin.dispose(), officer.dispose()]);
    await endpoint.dispose();
  }
});
