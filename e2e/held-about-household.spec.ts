/** What is held about a household, shown at its own door: all of it, without a signal, and nothing of the neighbour. */
import { rmSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { buildChangedApp } from './changed-app.ts';
import { startEndpoint } from './endpoint-process.ts';
import { databaseText, recordsAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { textOnDisk } from './phone-disk.ts';
import { choose, enrol, fillVisit, newPhone, openHousehold, openInside, raiseInVisit, save, sendNow, startVisit } from './phone.ts';

const may = { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)' };
const son = { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' };
/** The demo has asked no household with an odd number. */
const unasked = { search: 'be thi tuyet', household: 'Bế Thị Tuyết (mẫu)' };
const outcome = 'Đã mang thuốc tẩy giun cho trâu, hẹn thứ Bảy lại sang';
const named = 'Mó nước sau nhà đục sau mưa, mong xã cho người xem.';
const withheld = 'Loa xóm mở quá sớm, trẻ con không ngủ được, xin chỉnh giờ.';

/** Consents of these stories: those who refused before the demo begins said so then. */
const saidHere = (folder: string) => recordsAt(folder, 'consent').filter(({ fields }) => fields['decision'] !== 'refused');

test('shows all that is held, offline, and nothing of the neighbour', { tag: '@long' }, async () => {
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

    await test.step('its parts lie one press away each; opened, the screen says all of it, what it is for, who reads it, and what it cannot know', async () => {
      await openHeld(page, may);
      await expect(page.getByText(outcome)).toBeHidden();
      await look(page, 'held-folded', { atNight: false });
      await openAllParts(page);
      const shown = page.getByRole('main');
      for (const words of [
        may.household, '0900000002', 'để gọi trước khi đến', 'tiếng Dao', 'Đồng ý cho ghi', 'Nói rõ cách gia hạn thẻ bảo hiểm y tế', outcome, 'mới chỉ có trên máy này', named,
        'Đường bê tông ở dốc Keng Cải', 'Mang sổ đỏ, giấy chứng tử', 'Đang ghi thì có khách', 'Tổ dân vận xóm Ngọc Sơn', 'Khối dân vận xã Quang Hán', 'Dân tộc, bệnh gì, số căn cước',
        'Bây giờ máy không có sóng.',
      ]) {
        await expect(shown, words).toContainText(words, { useInnerText: true });
      }
      await expect(shown).toContainText('xóm Ngọc Sơn, xã Quang Hán', { useInnerText: true });
      await look(page, 'held-about-household');
    });

    await test.step('nothing of another household, of what was said without a name, and nothing that leads there', async () => {
      const text = await page.locator('body').innerText();
      for (const words of [withheld, 'Nông Văn Sơn', 'Dương Văn Dũng', 'Bể nước chung của xóm cạn', 'Mái bếp dột nặng', '0900000001']) expect(text).not.toContain(words);
      await expect(page.getByRole('navigation')).toBeHidden();
      const own = new URL(page.url()).pathname.replace('/luu-gi', '');
      const leadTo = await page.getByRole('main').getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      expect(leadTo).toEqual([own, `${own}/sua`, `${own}/dong-y`, `${own}/yeu-cau`]);
    });

    await test.step('on paper: its words, also of the parts that are folded, without what is pressed', async () => {
      const parts = page.getByRole('main').getByRole('heading', { level: 2 }).getByRole('button', { expanded: true });
      while ((await parts.count()) > 0) await parts.first().click();
      await expect(page.getByText(outcome)).toBeHidden();
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

test('consent that is taken back without a signal takes name and number off both phones and out of the commune’s database', { tag: '@long' }, async () => {
  // Boxes as plain bytes, so that a search of the tables finds what is there: before, it does.
  const appFolder = await buildChangedApp('plain-boxes');
  const endpoint = await startEndpoint({ appFolder });
  const member = await newPhone(endpoint.url);
  const lead = await newPhone(endpoint.url);
  const duc = { search: 'dam minh duc', household: 'Đàm Minh Đức (mẫu)' };
  const details = ['Đàm Minh Đức', '0912000444'];
  const foundIn = (text: string) => details.filter((words) => text.includes(words));
  try {
    await enrol(member, endpoint.links[0]!);
    const { page } = member;
    await test.step('its number is corrected, and all hold name and number', async () => {
      await expect(page.getByText('Xã đã nhận đủ.')).toBeVisible();
      await openHousehold(page, duc);
      await page.getByRole('link', { name: 'Sửa thông tin hộ' }).click();
      await page.getByLabel('Số điện thoại').fill('0912 000 444');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByText('Gọi 0912000444')).toBeVisible();
      await sendNow(member);
      await enrol(lead, endpoint.links[1]!);
      await expect(lead.page.getByText('Xã đã nhận đủ.')).toBeVisible();
      for (const phone of [member, lead]) expect(foundIn(await textOnDisk(phone.page))).toEqual(details);
      expect(foundIn(databaseText(endpoint.folder))).toEqual(details);
    });

    await test.step('it takes its consent back at the door, and nothing asks again', async () => {
      await member.goOffline();
      await openHousehold(page, duc);
      await page.getByRole('link', { name: 'Hộ có cho ghi không' }).click();
      await page.getByRole('button', { name: 'Hộ rút lại đồng ý' }).click();
      await expect(page.getByText(/^Bỏ khỏi sổ ngay.*: tên chủ hộ, số điện thoại, diện cần giúp\.$/)).toBeVisible();
      await look(page, 'consent-taken-back', { atNight: false });
      await page.getByRole('button', { name: 'Rút lại đồng ý' }).click();
      await expect(page.getByRole('heading', { name: 'Hộ số 4' })).toBeVisible();
      await page.getByRole('link', { name: 'Sửa thông tin hộ' }).click();
      await expect(page.getByLabel('Nhà ở gần')).toBeVisible();
      await expect(page.getByLabel(/Chủ hộ|Số điện thoại/)).toHaveCount(0);
      await page.getByRole('link', { name: 'Quay lại' }).click();
      await page.getByRole('main').getByRole('link', { name: 'Ghi lượt thăm' }).click();
      await expect(page.getByRole('radiogroup', { name: 'Gặp?' })).toBeVisible();
      await expect(page.getByText('Đọc cho bà con nghe')).toHaveCount(0);
      await expect(page.getByText('Sửa số điện thoại')).toHaveCount(0);
      await page.getByRole('button', { name: 'Ghi ý kiến' }).click();
      await expect(page.getByLabel('Bà con nói gì?')).toBeVisible();
      await expect(page.getByText('Ghi tên', { exact: true })).toHaveCount(0);
      await page.getByRole('link', { name: 'Quay lại' }).click();
    });

    await test.step('after the sync it lies nowhere, and that it was taken back is kept', async () => {
      await member.goOnline();
      await sendNow(member);
      await sendNow(lead);
      await openInside(lead, '/ho');
      await expect(lead.page.getByRole('link', { name: /Hộ số 4 / })).toBeVisible();
      for (const phone of [member, lead]) expect(foundIn(await textOnDisk(phone.page))).toEqual([]);
      expect(foundIn(databaseText(endpoint.folder))).toEqual([]);
      expect(saidHere(endpoint.folder).map(({ fields }) => fields['decision'])).toEqual(['withdrawn']);
    });
    expect([...member.complaints, ...lead.complaints]).toEqual([]);
  } finally {
    await member.dispose();
    await lead.dispose();
    await endpoint.dispose();
    rmSync(appFolder, { recursive: true, force: true });
  }
});

test('a household that was never asked answers with the first visit, in one save', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    const { page } = phone;
    await startVisit(page, unasked);
    await expect(page.getByText('Nhà mình đồng ý không?')).toBeVisible();
    await choose(page.getByRole('radiogroup', { name: 'Gặp?' }), 'Vắng');
    await expect(page.getByText('Đọc cho bà con nghe')).toHaveCount(0);
    await fillVisit(page, { outcome: 'Hẹn cuối tuần mang giống ngô tới' });
    await choose(page.getByRole('radiogroup', { name: 'Bà con trả lời' }), 'Đồng ý');
    await look(page, 'consent-at-first-visit', { atNight: false });
    await save(page);
    await expect.poll(() => saidHere(endpoint.folder), { timeout: 30_000 }).toHaveLength(1);
    const [consent] = saidHere(endpoint.folder);
    expect(consent?.fields).toMatchObject({ purpose: 'visits', decision: 'given', way: 'spoken', wording: 1 });
    const household = recordsAt(endpoint.folder, 'household').find(({ recordId }) => recordId === consent?.fields['householdId']);
    expect(household?.fields).toMatchObject({ contact: 'yes', headName: unasked.household });
    const visit = recordsAt(endpoint.folder, 'visit').find(({ fields }) => fields['outcome'] === 'Hẹn cuối tuần mang giống ngô tới');
    expect(visit?.entryIds).toEqual(consent?.entryIds);
    await page.getByText('Xong', { exact: true }).click();
    await startVisit(page, unasked);
    await expect(page.getByText('Đọc cho bà con nghe')).toHaveCount(0);
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
  await expect(page.getByText('để gọi trước khi đến')).toBeVisible();
}

const foldedPart = (page: Page) => page.getByRole('main').getByRole('heading', { level: 2 }).getByRole('button', { expanded: false });

async function openAllParts(page: Page): Promise<void> {
  while ((await foldedPart(page).count()) > 0) await foldedPart(page).first().click();
}

/** How often the page asks the browser to print when the button is pressed once. */
async function printsOf(page: Page): Promise<number> {
  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-prints', String(Number(document.documentElement.dataset['prints'] ?? 0) + 1));
  });
  await page.getByRole('button', { name: 'In ra giấy' }).click();
  return await page.evaluate(() => Number(document.documentElement.dataset['prints'] ?? 0));
}
