/**
 * What lies in the browser's profile on disk after a day's work holds no typed name or text. The same day in a build whose boxes are
 * plain bytes is the control: there the same search finds them. (`profile-search.spec.ts` shows what the search can open.)
 */
import { rmSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { buildChangedApp } from './changed-app.ts';
import { startEndpoint } from './endpoint-process.ts';
import { expect, test } from './fixtures.ts';
import { acceptInvitation, choose, goIn, goTo, newPhone, passphrase, raiseInVisit, save, sendNow, startVisit, unlock } from './phone.ts';
import type { Phone } from './phone.ts';
import { searchProfile } from './profile-search.ts';

/** Typed and sent: they come back from the commune as part of its pages. Vietnamese, plain ASCII, and letters of Latin-1 alone. */
const sent = {
  visit: 'Máng nước sau bếp đã thay hai đoạn tre mục',
  feedback: 'Con dốc lên nương lở đất ba hôm nay chưa ai dọn',
  citizen: 'Sùng Thị Chở Mây',
  citizenPhone: '0987123456',
  place: 'khúc cua cây gạo già',
  contact: 'Both old men will mend the goat fence on Sunday',
  withheld: 'Cô giáo nói bé Hà và bé Tú ngã ngoài hè, nhà bà Lò kê giùm lá cói',
} as const;
/** Typed and saved without a signal: sealed to the commune, in both builds. */
const unsent = {
  visit: 'Tặng bao ngô giống, hẹn trở lại phiên chợ sau',
  feedback: 'Loa xóm hỏng từ Tết, không nghe được tin bão',
  citizen: 'Giàng A Pủa Lềnh',
} as const;
const halfWritten = {
  visit: 'Đang ngồi bên bếp thì trời đổ mưa đá',
  feedback: 'The bridge planks are rotten near the mill',
} as const;
const searched = 'trieu thi tuyet khong co o day';
/** Of the demo: they reached the phone in the commune's pages. */
const pulled = ['Nông Văn Sơn', 'Lý Thị Mẩy', 'Bế Văn Lâm', 'Hướng dẫn đăng ký giống ngô vụ xuân', 'dốc Keng Cải'];
const passphrases = [passphrase, 'con trau di cay som'];
/** Of eight digits: fewer stand by chance among a profile's numbers. */
const pin = '83614027';
const typed = [...Object.values(sent), ...Object.values(unsent), ...Object.values(halfWritten), searched];

test('nothing typed or received can be read in the profile of a browser that was closed', async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await dayOfWork(phone, endpoint.links[0]!);
    await lock(phone.page);
    await phone.page.getByRole('button', { name: 'Hiện chữ' }).click();
    await unlock(phone);
    await goTo(phone, 'Hôm nay');
    await lock(phone.page);
    await expectNoWordsBesideTheDatabase(phone.page);
    await phone.close();
    expect(searchProfile(phone.profile, [...typed, ...pulled, ...passphrases])).toEqual([]);
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});

test('nor in the profile of a browser that was killed, unlocked, in the middle of a form', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await dayOfWork(phone, endpoint.links[0]!);
    await setPin(phone);
    await startVisit(phone.page, { search: 'duong van dung', household: 'Dương Văn Dũng (mẫu)' });
    await phone.page.getByLabel('Đã làm, đã hẹn').fill(halfWritten.visit);
    await expect(phone.page.getByText('Đã giữ nháp')).toBeVisible();
    await phone.kill();
    expect(searchProfile(phone.profile, [...typed, ...pulled, ...passphrases, pin])).toEqual([]);
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});

test('the control: without encryption the same search finds the drafts and the pages of the commune', { tag: '@long' }, async () => {
  const appFolder = await buildChangedApp('plain-boxes');
  const endpoint = await startEndpoint({ appFolder });
  const phone = await newPhone(endpoint.url);
  try {
    await dayOfWork(phone, endpoint.links[0]!);
    await lock(phone.page);
    await phone.close();
    const findings = searchProfile(phone.profile, [...typed, ...pulled, ...passphrases]);
    const inDatabase = new Set(findings.filter(({ file }) => file.includes('IndexedDB')).map(({ text }) => text));
    // What was saved unsent is sealed in both builds; what was typed into the search is kept in neither.
    const readable = [...Object.values(sent), ...Object.values(halfWritten), ...pulled];
    expect(readable.filter((text) => !inDatabase.has(text))).toEqual([]);
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
    rmSync(appFolder, { recursive: true, force: true });
  }
});

/** Enrols; sends part of the work, keeps part of it unsent, leaves two forms half written. */
async function dayOfWork(phone: Phone, invitation: string): Promise<void> {
  await test.step('the member enrols, looking at the passphrase while typing it', async () => {
    await phone.open(invitation);
    const { page } = phone;
    await acceptInvitation(page);
    await choose(page, 'Tôi tự đặt');
    await page.getByRole('button', { name: 'Hiện chữ' }).first().click();
    await page.getByLabel('Cụm mật khẩu của bạn').fill(passphrase);
    await page.getByLabel('Gõ lại cụm mật khẩu').fill(passphrase);
    await page.getByRole('button', { name: 'Khóa máy bằng cụm này' }).click();
    await goIn(page);
    await expect(page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 30_000 });
  });
  const { page } = phone;

  await test.step('a visit with named feedback, a talk, feedback with the name withheld: sent', async () => {
    await page.getByRole('navigation', { name: 'Các mục chính' }).getByRole('link', { name: 'Hộ', exact: true }).click();
    await page.getByLabel('Tìm tên, số nhà, số điện thoại').fill(searched);
    await startVisit(page, { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' });
    await page.getByLabel('Đã làm, đã hẹn').fill(sent.visit);
    await raiseInVisit(page, { topic: 'Đường, cầu', text: sent.feedback, name: 'for the commune only' });
    await page.getByLabel('Tên người nói').fill(sent.citizen);
    await page.getByLabel('Số điện thoại người nói').fill(sent.citizenPhone);
    await page.getByText('Nơi xảy ra, mức gấp').click();
    await page.getByLabel('Xảy ra ở đâu?').fill(sent.place);
    await saveAndGoOn(page);

    await goTo(phone, 'Hôm nay');
    await page.getByRole('link', { name: 'Người có uy tín' }).filter({ visible: true }).click();
    await page.getByRole('link', { name: /Bế Văn Lâm/ }).click();
    await page.getByRole('link', { name: 'Ghi lượt gặp' }).click();
    await page.getByLabel('Đã làm, đã hẹn').fill(sent.contact);
    await saveAndGoOn(page);

    await startFeedback(phone);
    await page.getByLabel('Bà con nói gì?').fill(sent.withheld);
    await choose(page, 'Giấu tên');
    await saveAndGoOn(page);
    await sendNow(phone);
  });

  await test.step('without a signal: a visit with feedback, unsent', async () => {
    await phone.goOffline();
    await startVisit(page, { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)' });
    await page.getByLabel('Đã làm, đã hẹn').fill(unsent.visit);
    await raiseInVisit(page, { topic: 'Văn hóa', text: unsent.feedback, name: 'for the commune only' });
    await page.getByLabel('Tên người nói').fill(unsent.citizen);
    await saveAndGoOn(page);
  });

  await test.step('two forms are left half written', async () => {
    await startVisit(page, { search: 'phung van khoi', household: 'Phùng Văn Khôi (mẫu)' });
    await page.getByLabel('Đã làm, đã hẹn').fill(halfWritten.visit);
    await expect(page.getByText('Đã giữ nháp')).toBeVisible();
    await page.getByRole('link', { name: 'Quay lại' }).click();
    await startFeedback(phone);
    await page.getByLabel('Bà con nói gì?').fill(halfWritten.feedback);
    await expect(page.getByText('Đã giữ nháp')).toBeVisible();
    await page.getByRole('link', { name: 'Quay lại' }).click();
    await goTo(phone, 'Hôm nay');
    await expect(page.getByText(/phiếu chỉ có trên máy này, từ/)).toBeVisible();
  });
}

/** The page for feedback outside a visit, its kind and topic chosen. */
async function startFeedback(phone: Phone): Promise<void> {
  const { page } = phone;
  await goTo(phone, 'Ý kiến');
  await page.getByRole('link', { name: 'Ghi ý kiến' }).click();
  await choose(page, 'Phản ánh');
  await page.getByLabel('Chủ đề').selectOption({ label: 'Trường học' });
}

async function saveAndGoOn(page: Page): Promise<void> {
  await save(page);
  await page.getByText('Xong', { exact: true }).click();
}

async function setPin(phone: Phone): Promise<void> {
  const { page } = phone;
  await goTo(phone, 'Hôm nay');
  await page.getByRole('link', { name: 'Cài đặt' }).filter({ visible: true }).click();
  await page.getByRole('link', { name: /^Mã PIN/u }).click();
  for (const enter of ['Tiếp', 'Đặt mã PIN']) {
    for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
    await page.getByRole('button', { name: enter, exact: true }).click();
  }
  await expect(page.getByText('Đã đặt cho lần mở này.')).toBeVisible();
}

async function lock(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Cài đặt' }).filter({ visible: true }).click();
  await page.getByRole('button', { name: 'Khóa ngay' }).click();
  await expect(page.getByLabel('Cụm mật khẩu')).toBeVisible();
}

/** What a page can keep without the database, read through the browser itself. */
async function expectNoWordsBesideTheDatabase(page: Page): Promise<void> {
  expect(await page.context().cookies()).toEqual([]);
  const kept = await page.evaluate(async () => {
    const texts = [document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) texts.push(request.url, (await (await cache.match(request))?.text()) ?? '');
    }
    return texts;
  });
  // The shell is there: what is searched below is not nothing.
  expect(kept.length).toBeGreaterThan(10);
  const words = [...typed, ...pulled, ...passphrases];
  expect(words.filter((word) => kept.some((text) => text.includes(word)))).toEqual([]);
}
