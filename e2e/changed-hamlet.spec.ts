/**
 * A member's hamlet changes while three entries are still unsent. None is lost: the lead and the bloc see them whole, take one, take one into
 * another hamlet, decline one, and the author is told what became of each. And the phone that left a hamlet no longer opens what it held of it.
 */
import { cpSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt, verdictCounts } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { choose, enrol, goTo, logVisit, newPhone, openInside, sendNow, unlock } from './phone.ts';
import type { Phone } from './phone.ts';
import { channelsOnDisk } from './phone-disk.ts';

const memberId = '01990000-0000-7000-8000-000000000201';
const commune = '01456';
const oldHamlet = { hamletId: '01456-001', name: 'Ngọc Sơn' };
const newHamlet = { hamletId: '01456-002', name: 'Lũng Rì' };
const helped = 'Đã giúp nhà ông Sơn lợp lại chuồng trâu.';
const path = 'Đường vào xóm sạt hai chỗ sau mưa, xe máy không qua được. Mong xã cho người xuống xem.';
const twice = 'Hẹn tuần sau mang giống ngô tới.';
const mended = 'Đã hẹn mang giống ngô tới thứ Hai.';
const why = 'Lượt thăm này tổ đã ghi hôm qua rồi.';

async function raise(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Các mục chính' }).getByRole('link', { name: 'Ý kiến', exact: true }).click();
  await page.getByRole('main').getByRole('link', { name: 'Ghi ý kiến' }).click();
  await choose(page, 'Trong cuộc họp');
  await choose(page, 'Kiến nghị');
  await page.getByLabel('Chủ đề').selectOption({ label: 'Đường, cầu' });
  await page.getByLabel('Bà con nói gì?').fill(path);
  await choose(page.getByRole('radiogroup', { name: 'Có ghi tên bà con không?' }), 'Ghi tên');
  await page.getByLabel('Tên người nói').fill('Phùng Văn Khôi (mẫu)');
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await page.getByText('Xong', { exact: true }).click();
}

/** From what the first screen says to one of the entries that wait, found by what its line holds. */
async function openWaiting(phone: Phone, count: number, line: string | RegExp): Promise<Page> {
  const { page } = phone;
  await page.getByRole('link', { name: `${count} phiếu chờ bạn xem` }).click({ timeout: 30_000 });
  await page.getByRole('list', { name: 'Phiếu chờ bạn xem' }).getByRole('link').filter({ hasText: line }).click();
  await expect(page.getByText('Vì sao phải chờ')).toBeVisible();
  await expect(page.getByText(/^Khi phiếu về đến xã, (người ghi không còn phụ trách xóm này|việc này ở xóm này không thuộc phần người ghi)\.$/)).toBeVisible();
  await expect(page.getByText('Hoàng Thị Én (mẫu)')).toBeVisible();
  await expect(page.getByText(oldHamlet.name, { exact: true })).toBeVisible();
  return page;
}

test('what was written for a hamlet before the member left it is not lost, and a supervisor says what becomes of it', { tag: ['@long', '@safekeeping'] }, async () => {
  const endpoint = await startEndpoint();
  const [memberLink, leadLink, blocLink] = endpoint.links;
  const member = await newPhone(endpoint.url);
  const lead = await newPhone(endpoint.url);
  const bloc = await newPhone(endpoint.url, 'desk');
  const copy = await newPhone(endpoint.url);
  const visit = (outcome: string) => recordsAt(endpoint.folder, 'visit').find(({ fields }) => fields['outcome'] === outcome);
  const feedback = () => recordsAt(endpoint.folder, 'feedback').find(({ fields }) => fields['text'] === path);
  try {
    await enrol(member, memberLink!);
    await enrol(lead, leadLink!);
    await enrol(bloc, blocLink!);
    await expect(member.page.getByText('Xã đã nhận đủ.')).toBeVisible();

    await test.step('three entries are written without a signal, and meanwhile the member is given another hamlet', async () => {
      await member.goOffline();
      await logVisit(member.page, { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)', outcome: helped });
      await logVisit(member.page, { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)', outcome: twice });
      await raise(member.page);
      await endpoint.administer('assign', memberId, '--commune', commune, '--role', 'team_member', '--hamlet', newHamlet.hamletId);
    });

    await test.step('back online nothing is lost, nothing is applied, and the author is told who looks at it', async () => {
      await member.goOnline();
      await sendNow(member);
      expect(verdictCounts(endpoint.folder)['quarantined']).toBe(3);
      expect([visit(helped), visit(twice), feedback()]).toEqual([undefined, undefined, undefined]);
      const needing = member.page.getByRole('list', { name: 'Cần bạn xem' }).getByRole('listitem');
      await expect(needing).toHaveCount(3);
      await expect(needing.first()).toContainText('Bạn không còn phụ trách xóm của phiếu này nên phiếu chờ tổ trưởng hoặc xã xem. Không mất.');
      await goTo(member, 'Hôm nay');
      await expect(member.page.getByRole('banner').or(member.page.getByRole('main')).getByText(newHamlet.name).first()).toBeVisible();
    });

    await test.step('without a signal the lead is told that deciding needs one; with it, takes one as it is', async () => {
      await lead.goOffline();
      await openInside(lead, '/cho-xem');
      await expect(lead.page.getByText('Phải có sóng mới xem và quyết định được.')).toBeVisible();
      await lead.goOnline();
      await goTo(lead, 'Hôm nay');
      const page = await openWaiting(lead, 3, 'Nông Văn Sơn (mẫu)');
      await expect(page.getByText(helped)).toBeVisible();
      // A reason that was begun before they thought better of it is nothing to go on with.
      await page.getByText('Không nhận', { exact: true }).click();
      await page.getByLabel('Vì sao không nhận?').fill('Chưa rõ.');
      await page.getByRole('button', { name: 'Nhận vào sổ' }).click();
      await expect(page.getByText('Đã nhận vào sổ. Người ghi sẽ được báo.')).toBeVisible();
      expect(visit(helped)).toBeDefined();
      await goTo(lead, 'Hôm nay');
      await expect(page.getByRole('list', { name: 'Đang viết dở' })).toHaveCount(0);
    });

    await test.step('and declines one with a reason', async () => {
      await goTo(lead, 'Hôm nay');
      const page = await openWaiting(lead, 2, 'Lý Thị Mẩy (mẫu)');
      await page.getByText('Không nhận', { exact: true }).click();
      await page.getByRole('button', { name: 'Không nhận, báo người ghi' }).click();
      await expect(page.getByText('Ghi ít nhất vài chữ để người ghi hiểu.')).toBeVisible();
      await page.getByLabel('Vì sao không nhận?').fill(why);
      // Called away in the middle of it.
      await page.waitForTimeout(500);
      await page.reload();
      await unlock(lead);
      await goTo(lead, 'Hôm nay');
      await page.getByRole('list', { name: 'Đang viết dở' }).getByRole('link', { name: /^Phiếu chờ bạn xem/ }).click();
      await expect(page.getByLabel('Vì sao không nhận?')).toHaveValue(why);
      await page.getByRole('button', { name: 'Không nhận, báo người ghi' }).click();
      await expect(page.getByText('Không nhận. Người ghi sẽ được báo.')).toBeVisible();
      expect(visit(twice)).toBeUndefined();
      await goTo(lead, 'Hôm nay');
      await expect(page.getByRole('list', { name: 'Đang viết dở' })).toHaveCount(0);
    });

    await test.step('the bloc takes the third into the hamlet where the member now works', async () => {
      await goTo(bloc, 'Hộ');
      await goTo(bloc, 'Xử lý ý kiến');
      const page = await openWaiting(bloc, 1, 'Đường, cầu');
      await expect(page.getByText(path)).toBeVisible();
      await page.getByText('Nhận vào xóm khác').click();
      await page.getByLabel('Xóm nào?').selectOption({ label: newHamlet.name });
      await page.getByRole('button', { name: 'Nhận vào xóm này' }).click();
      await expect(page.getByText('Không có phiếu nào chờ bạn xem.')).toBeVisible();
      expect(feedback()?.fields).toMatchObject({ citizenName: 'Phùng Văn Khôi (mẫu)' });
    });

    await test.step('the author is told all three outcomes, with who and why', async () => {
      const { page } = member;
      await goTo(member, 'Hôm nay');
      await page.getByRole('main').getByRole('link', { name: 'Gửi và nhận', exact: true }).click();
      await page.getByRole('button', { name: 'Gửi ngay' }).click();
      await expect(page.getByText('Còn 1 phiếu trên máy này.')).toBeVisible({ timeout: 30_000 });
      await expect(page.getByText(`Lục Văn Thắng (mẫu) đã xem và không nhận: “${why}”`)).toBeVisible();
      const taken = page.getByRole('list', { name: 'Phiếu đã được xem' }).getByRole('listitem');
      await expect(taken.filter({ hasText: 'Lục Văn Thắng (mẫu) đã nhận vào sổ' })).toHaveCount(1);
      await expect(taken.filter({ hasText: 'Đàm Thị Hoa (mẫu) đã nhận vào sổ' })).toHaveCount(1);
      await expect(page.getByRole('list', { name: 'Cần bạn xem' }).getByRole('listitem')).toHaveCount(1);
      await goTo(member, 'Ý kiến');
      await expect(page.getByText(path.slice(0, 60))).toBeVisible();
    });

    await test.step('what was declined keeps the phone from being passed on, and a file is no way out', async () => {
      const { page } = member;
      await openInside(member, '/cai-dat');
      await expect(page.getByText(/^1 phiếu xã chưa nhận, gửi lại như cũ cũng không được\./)).toBeVisible();
      await expect(page.getByRole('button', { name: /Trao máy|Gửi bằng tệp|Gửi ngay/ })).toHaveCount(0);
      await page.getByRole('main').getByRole('link', { name: 'Gửi và nhận' }).click();
      await page.getByRole('button', { name: 'Gửi bằng tệp' }).click();
      await expect(page.getByText('Không có phiếu nào chờ gửi.', { exact: true })).toBeVisible();
      await expect(page.getByText(/Xã đã (có|nhận) đủ/)).toHaveCount(0);
    });

    await test.step('the author mends the one that was declined, is interrupted, goes on, and it waits for the lead once more', async () => {
      const { page } = member;
      await goTo(member, 'Hôm nay');
      await page.getByRole('link', { name: /không nhận/u }).click();
      await page.getByRole('link', { name: 'Sửa và gửi lại' }).click();
      // Nothing that only a machine reads is put before a person.
      for (const box of await page.getByRole('textbox').all()) await expect(box).not.toHaveValue(/^[0-9a-f]{8}-/u);
      await page.getByLabel('Đã làm, đã hẹn').fill(mended);
      await expect(page.getByText('Đã giữ nháp')).toBeVisible();
      await look(page, 'mend-declined');
      await member.kill();
      await member.open('/gui-nhan', { offline: true });
      await unlock(member);
      await member.page.getByRole('link', { name: 'Sửa và gửi lại' }).click();
      await expect(member.page.getByLabel('Đã làm, đã hẹn')).toHaveValue(mended);
      await member.page.getByRole('button', { name: 'Lưu và gửi lại' }).click();
      await expect(member.page.getByText('Đã lưu trên máy này. Sẽ tự gửi khi có sóng.')).toBeVisible();
      await member.goOnline();
      await sendNow(member);
      expect(visit(mended)).toBeUndefined();
      await goTo(lead, 'Hôm nay');
      const again = await openWaiting(lead, 1, 'Lý Thị Mẩy (mẫu)');
      await expect(again.getByText(mended)).toBeVisible();
    });

    await test.step('a copy of the phone\'s disk, with the passphrase, no longer opens the hamlet that was left', async () => {
      await member.close();
      cpSync(member.profile, copy.profile, { recursive: true });
      await copy.open('/', { offline: true });
      await unlock(copy);
      expect(await channelsOnDisk(copy.page)).toContain(`hamlet/${newHamlet.hamletId}`);
      expect(await channelsOnDisk(copy.page)).not.toContain(`hamlet/${oldHamlet.hamletId}`);
      await goTo(copy, 'Hộ');
      await copy.page.getByLabel('Tìm tên, số nhà, số điện thoại').fill('nong van son');
      await expect(copy.page.getByText(/Không thấy hộ nào khớp/)).toBeVisible();
      await openInside(copy, `/ho/${String(visit(helped)?.fields['householdId'])}`);
      await expect(copy.page.getByText('Không thấy hộ này trên máy.')).toBeVisible();
    });
    expect([...member.complaints, ...lead.complaints, ...bloc.complaints, ...copy.complaints]).toEqual([]);
  } finally {
    for (const phone of [member, lead, bloc, copy]) await phone.dispose();
    await endpoint.dispose();
  }
});
