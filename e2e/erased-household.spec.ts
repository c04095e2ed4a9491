/**
 * A household asks to be erased where nobody has a signal; the officer erases it; both phones of the team confirm, and it lies nowhere any more. The phones
 * run the app whose boxes are plain bytes, so that a search of their tables finds what is there: before the erasure it does.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { buildChangedApp } from './changed-app.ts';
import { startEndpoint } from './endpoint-process.ts';
import { databaseText } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { textOnDisk } from './phone-disk.ts';
import { enrol, logVisit, newPhone, openHousehold, openInside, sendNow } from './phone.ts';

const may = { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)' };
const outcome = 'Đã cùng bà dựng lại giàn su su đổ sau gió';
const words = ['Lý Thị Mẩy', outcome, '0900000002'];

test('a household that asks for it is erased everywhere, and the officer sees which phones have done so', { tag: '@long' }, async () => {
  const appFolder = await buildChangedApp('plain-boxes');
  const endpoint = await startEndpoint({ appFolder });
  const [memberLink, leadLink, , , , officerLink] = endpoint.links;
  const member = await newPhone(endpoint.url);
  const lead = await newPhone(endpoint.url);
  const officer = await newPhone(endpoint.url, 'desk');
  try {
    await test.step('two phones hold it, and so does the commune', async () => {
      await enrol(member, memberLink!);
      await expect(member.page.getByText('Xã đã nhận đủ.')).toBeVisible();
      await logVisit(member.page, { ...may, outcome });
      await sendNow(member);
      await enrol(lead, leadLink!);
      await expect(lead.page.getByText('Xã đã nhận đủ.')).toBeVisible();
      for (const { page } of [member, lead]) expect(foundIn(await textOnDisk(page))).toEqual(words);
      expect(foundIn(databaseText(endpoint.folder))).toEqual(words);
    });

    await test.step('it asks at the door, without a signal, and is told by when', async () => {
      await member.goOffline();
      await openHousehold(member.page, may);
      await member.page.getByRole('link', { name: 'Những gì đang lưu về hộ này' }).click();
      await member.page.getByRole('link', { name: 'Hộ yêu cầu xóa, xem, sửa' }).click();
      await expect(member.page.getByText('Nói với bà con: xã báo lại trước ngày')).toBeVisible();
      await look(member.page, 'request-form', { atNight: false });
      await member.page.getByRole('button', { name: 'Ghi yêu cầu' }).click();
      await expect(member.page.getByText('còn 20 ngày')).toBeVisible();
      await member.page.getByRole('link', { name: 'Quay lại' }).click();
      await member.goOnline();
      await sendNow(member);
    });

    await test.step('the officer learns no name, erases, and sees that no phone has confirmed yet', async () => {
      await enrol(officer, officerLink!);
      const { page } = officer;
      await openInside(officer, '/yeu-cau');
      await page.getByRole('link', { name: /Xin xóa · Hộ/ }).click();
      await expect(page.getByText('xóm Ngọc Sơn, xã Quang Hán')).toBeVisible();
      expect(foundIn(await textOnDisk(page))).toEqual([]);
      await look(page, 'request-of-officer', { atNight: false });
      await page.getByRole('button', { name: 'Xóa vĩnh viễn' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Xóa vĩnh viễn' }).click();
      await expect(page.getByText('0 trên 2 máy đã xóa.')).toBeVisible({ timeout: 30_000 });
      await look(page, 'request-erased', { atNight: false });
    });

    await test.step('each phone erases when it next connects, and says so when it asks again', async () => {
      for (const phone of [member, lead]) {
        await sendNow(phone);
        await sendNow(phone);
        expect(foundIn(await textOnDisk(phone.page))).toEqual([]);
        await openInside(phone, '/ho');
        await phone.page.getByRole('searchbox').fill('');
        await expect(phone.page.getByText('Nông Văn Sơn (mẫu)')).toBeVisible();
        await expect(phone.page.getByText(may.household)).toHaveCount(0);
      }
      await officer.page.getByRole('button', { name: 'Hỏi lại' }).click();
      await expect(officer.page.getByText('Cả 2 máy từng giữ đều đã xóa.')).toBeVisible({ timeout: 30_000 });
    });

    await test.step('the commune’s files hold neither name, number nor what was done there', async () => {
      await endpoint.kill();
      foldLog(endpoint.folder);
      expect(foundIn(filesOf(endpoint.folder))).toEqual([]);
    });
    expect([...member.complaints, ...lead.complaints, ...officer.complaints]).toEqual([]);
  } finally {
    await member.dispose();
    await lead.dispose();
    await officer.dispose();
    await endpoint.dispose();
    rmSync(appFolder, { recursive: true, force: true });
  }
});

function foundIn(text: string): readonly string[] {
  return words.filter((word) => text.includes(word));
}

/** What its next start, or the nightly round, would do: the write-ahead log is folded into the file, whose freed pages are overwritten. */
function foldLog(folder: string): void {
  const database = new Database(join(folder, 'gan-dan.sqlite'));
  database.pragma('wal_checkpoint(truncate)');
  database.close();
}

/** The bytes of all files beside the endpoint, as UTF-8. */
function filesOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('utf8'))
    .join('\n');
}
