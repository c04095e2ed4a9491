/** A passphrase is forgotten while four visits are unsent: all four arrive, and the same person comes back in on the same phone. */
import { startEndpoint } from './endpoint-process.ts';
import { expect, test } from './fixtures.ts';
import { recordsAt, verdictCounts } from './endpoint-records.ts';
import { look } from './look.ts';
import { acceptInvitation, enrol, fillVisit, goIn, goTo, lockWith, logVisit, newPhone, openHousehold, startVisit } from './phone.ts';

/** Hoàng Thị Én of the demo. */
const memberId = '01990000-0000-7000-8000-000000000201';
const visits = [
  { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)', outcome: 'Đã xem lại máng nước sau bếp.' },
  { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)', outcome: 'Hẹn chở giống ngô về phiên chợ sau.' },
  { search: 'phung van khoi', household: 'Phùng Văn Khôi (mẫu)', outcome: 'Nhắc lịch tiêm cho đàn bò.' },
  { search: 'duong van dung', household: 'Dương Văn Dũng (mẫu)', outcome: 'Xem lại giấy bảo hiểm của bà cụ.' },
] as const;

test('a forgotten passphrase with four unsent visits: all four arrive, and a new invitation brings them back to the phone', { tag: ['@long', '@safekeeping'] }, async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();

    await test.step('four visits and a draft exist only on this phone, and its page is opened anew', async () => {
      await phone.goOffline();
      for (const visit of visits) await logVisit(phone.page, visit);
      await startVisit(phone.page, visits[0]);
      await fillVisit(phone.page, { outcome: 'Đang viết dở' });
      await expect(phone.page.getByText('Đã giữ nháp')).toBeVisible();
      // Not the browser: between one and the next it would have a network, and send.
      await phone.page.reload();
    });

    await test.step('at the lock it is said what stays, what is lost and what to do', async () => {
      const { page } = phone;
      await page.getByRole('button', { name: 'Quên cụm mật khẩu?' }).click();
      await expect(page.getByText(/^4 phiếu chưa gửi, từ \d\d:\d\d, vẫn niêm phong ở máy này\./u)).toBeVisible();
      await expect(page.getByText('1 bản viết dở. Không ai đọc lại được.')).toBeVisible();
      await look(page, 'forgotten');
      await page.getByRole('button', { name: 'Xóa khóa để vào lại' }).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText('4 phiếu chưa gửi');
      await look(page, 'forgotten-asks');
      await dialog.getByRole('button', { name: 'Thôi' }).click();
      await page.getByRole('button', { name: 'Quay lại mở khóa' }).click();
      await expect(page.getByLabel('Cụm mật khẩu')).toBeVisible();
      await page.getByRole('button', { name: 'Quên cụm mật khẩu?' }).click();
      await page.getByRole('button', { name: 'Xóa khóa để vào lại' }).click();
      await dialog.getByRole('button', { name: 'Xóa khóa' }).click();
      await expect(page.getByText(/^Còn 4 phiếu chưa gửi/u)).toBeVisible();
    });

    await test.step('in reach again they go by themselves, and nobody had to know the passphrase', async () => {
      await phone.goOnline();
      await expect(phone.page.getByText('Không có phiếu nào chưa gửi.')).toBeVisible({ timeout: 30_000 });
      const outcomes = recordsAt(endpoint.folder, 'visit').map(({ fields }) => fields['outcome']);
      expect(visits.map(({ outcome }) => outcomes.filter((one) => one === outcome).length)).toEqual([1, 1, 1, 1]);
      expect(Object.keys(verdictCounts(endpoint.folder))).toEqual(['applied']);
    });

    await test.step('a new invitation for the same person, on the same phone, shows all four', async () => {
      const { page } = phone;
      const printed = await endpoint.administer('invite', '--commune', '01456', '--member', memberId);
      const link = /https?:\/\/\S+\/moi#\S+/u.exec(printed)?.[0] ?? '';
      await page.getByRole('button', { name: 'Dùng lại máy với lời mời mới' }).click();
      await page.getByLabel('Dán lời mời vào đây').fill(link);
      await page.getByRole('button', { name: 'Xem lời mời' }).click();
      await acceptInvitation(page);
      await lockWith(page);
      await goIn(page);
      await goTo(phone, 'Hôm nay');
      await expect(page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 30_000 });
      for (const visit of visits) {
        await openHousehold(page, visit);
        await expect(page.getByText(visit.outcome).first()).toBeVisible();
      }
      await goTo(phone, 'Hôm nay');
      await expect(page.getByText('Đang viết dở')).toHaveCount(0);
    });
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});

test('an invitation opened on a phone in use says whose it is not, and leads to passing the phone on', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    // The hamlet's list is here before the member walks out of reach.
    await openHousehold(phone.page, visits[0]);
    await phone.goOffline();
    await logVisit(phone.page, visits[0]);
    await phone.close();
    await phone.open(endpoint.links[1]);
    const { page } = phone;
    await expect(page.getByRole('heading', { name: 'Máy này đã có người dùng' })).toBeVisible();
    await look(page, 'second-invitation');
    await page.getByRole('button', { name: 'Trao máy này cho người khác' }).click();
    await page.getByLabel('Cụm mật khẩu').fill('con trau di cay som');
    await page.getByRole('button', { name: 'Mở', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Trao máy cho người khác' })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('button', { name: 'Trao máy cho người khác' })).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Trao máy cho người khác' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Xóa và trao máy' }).click();
    await expect(page.getByText('Không có phiếu nào chưa gửi.')).toBeVisible();
    expect(recordsAt(endpoint.folder, 'visit').filter(({ fields }) => fields['outcome'] === visits[0].outcome)).toHaveLength(1);
    await phone.close();
    await phone.open(endpoint.links[1]);
    await phone.page.getByRole('button', { name: 'Dùng lại máy với lời mời mới' }).click();
    await expect(phone.page.getByRole('button', { name: 'Đúng là tôi' })).toBeVisible();
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});
