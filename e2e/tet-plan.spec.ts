/**
 * Prestigious persons: a hamlet proposes somebody, the commune recognizes them and writes down what they are given; and scenario 5 of the domain model, a commune's
 * twenty-six persons visited for Tết, with the clocks of endpoint and desk three weeks before it; and what a member's Today says of it then.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { databaseText, recordsAt } from './endpoint-records.ts';
import { startEndpoint } from './endpoint-process.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { choose, enrol, goTo, newPhone, openInside, sendNow } from './phone.ts';
import type { Phone } from './phone.ts';

const threeWeeksBefore = '2027-01-16T08:00:00+07:00';
const rule = 'Quyết định 12/2018/QĐ-TTg';

const save = (page: Page) => page.getByRole('button', { name: 'Lưu', exact: true }).click();
const isSaved = async (page: Page) => await expect(page.getByText('Đã lưu trên máy này. Sẽ tự gửi khi có sóng.').last()).toBeVisible();
const steps = (page: Page): Locator => page.getByRole('list', { name: 'Các bước của nhiệm kỳ' });

/** A step of the term that asks for days that stand there already, and for what `fill` writes. */
async function takeStep(page: Page, name: string, fill: () => Promise<void> = async () => undefined): Promise<void> {
  await page.getByRole('link', { name, exact: true }).click();
  await fill();
  await save(page);
  await expect(page.getByRole('heading', { name: 'Chế độ đã nhận' })).toBeVisible();
}

async function openPerson(phone: Phone, name: string): Promise<void> {
  await openInside(phone, '/uy-tin');
  await phone.page.getByRole('main').getByRole('link').filter({ hasText: name }).click();
  await expect(phone.page.getByRole('heading', { level: 1, name })).toBeVisible();
}

test('a hamlet proposes, the commune recognizes, and what is over a cap is told by the rule and kept', async () => {
  const endpoint = await startEndpoint();
  const lead = await newPhone(endpoint.url);
  const desk = await newPhone(endpoint.url, 'desk');
  try {
    await enrol(lead, endpoint.links[1]!);
    await enrol(desk, endpoint.links[2]!);
    await lead.goOffline();
    await openInside(lead, '/uy-tin/moi');
    const { page } = lead;
    await page.getByLabel('Họ và tên').fill('Sầm Thị Vân (mẫu)');
    await page.getByLabel('Năm sinh').fill('2015');
    await choose(page, 'Nữ');
    await save(page);
    await expect(page.getByText('Năm sinh phải từ 1920 và người ấy đủ 18 tuổi.')).toBeVisible();
    await page.getByLabel('Năm sinh').fill('1962');
    await save(page);
    await expect(page.getByRole('heading', { level: 1, name: 'Sầm Thị Vân (mẫu)' })).toBeVisible();

    await expect(page.getByText('Chưa có lượt gặp nào. Bấm Ghi lượt gặp sau khi gặp.')).toBeVisible();
    await page.getByRole('link', { name: 'Ghi việc giới thiệu' }).click();
    await page.getByLabel('Tổng số hộ của xóm').fill('86');
    await expect(page.getByText('Cần ít nhất 58 hộ dự: hai phần ba của cả 86 hộ trong xóm.')).toBeVisible();
    await page.getByLabel('Số hộ dự họp').fill('57');
    await save(page);
    await expect(page.getByText(/Mới có 57 hộ dự, chưa đủ 58 hộ/)).toBeVisible();
    await page.getByLabel('Số hộ dự họp').fill('58');
    await save(page);
    await isSaved(page);
    await takeStep(page, 'Ghi họp liên tịch');
    await takeStep(page, 'Ghi đã gửi lên xã');
    await expect(steps(page).getByRole('listitem').filter({ hasText: 'Đã gửi lên xã' })).toHaveAttribute('aria-current', 'step');
    // What follows is the commune's.
    await expect(page.getByRole('link', { name: 'Ghi quyết định công nhận' })).toHaveCount(0);
    await lead.goOnline();
    await sendNow(lead);

    await sendNow(desk);
    await openPerson(desk, 'Sầm Thị Vân (mẫu)');
    // The bloc logs no talks: it is told of no button that it has not.
    await expect(desk.page.getByText('Chưa có lượt gặp nào.', { exact: true })).toBeVisible();
    await takeStep(desk.page, 'Ghi quyết định công nhận', async () => await desk.page.getByLabel('Số quyết định').fill('47/QĐ-UBND'));
    await takeStep(desk.page, 'Bắt đầu nhiệm kỳ');
    await expect(steps(desk.page).getByRole('listitem').filter({ hasText: 'Đang giữ' })).toHaveAttribute('aria-current', 'step');

    await desk.page.getByRole('link', { name: 'Ghi chế độ' }).click();
    // Pressed by mistake it writes down no gift that nobody gave.
    await save(desk.page);
    await expect(desk.page.getByText('Chọn một loại.')).toBeVisible();
    await look(desk.page, 'benefit-untouched');
    await desk.page.setViewportSize({ width: 1280, height: 800 });
    await desk.page.getByLabel('Loại').selectOption({ label: 'Thăm khi ốm đau' });
    await choose(desk.page.getByRole('radiogroup', { name: 'Cấp' }), 'Xã');
    await desk.page.getByLabel('Số tiền').pressSequentially('800000');
    await expect(desk.page.getByLabel('Số tiền')).toHaveValue('800.000');
    await expect(desk.page.getByText(rule)).toHaveCount(0);
    // Left in the middle: it stands above the register, and goes on where it was left.
    await openInside(desk, '/uy-tin');
    await desk.page.getByRole('list', { name: 'Đang viết dở' }).getByRole('link', { name: /Ghi chế độ · Sầm Thị Vân/ }).click();
    await expect(desk.page.getByLabel('Số tiền')).toHaveValue('800.000');
    await desk.page.getByLabel('Số tiền').fill('900000');
    await expect(desk.page.getByText(`Quá mức 800.000 đồng/lần theo ${rule}.`)).toBeVisible();
    await save(desk.page);
    const given = desk.page.getByRole('list', { name: /^Chế độ đã nhận/ }).getByRole('link', { name: /Thăm khi ốm đau/ });
    await expect(given).toContainText('900.000 đồng');
    await given.click();
    await desk.page.getByText('Không tính phiếu này', { exact: true }).click();
    await choose(desk.page.getByRole('radiogroup', { name: 'Vì sao không tính?' }), 'Ghi hai lần');
    await desk.page.getByRole('button', { name: 'Không tính', exact: true }).click();
    await expect(desk.page.getByText('Phiếu này không tính: Ghi hai lần.')).toBeVisible();
    await sendNow(desk);
    expect(recordsAt(endpoint.folder, 'benefit').filter(({ fields }) => fields['kind'] === 'ill_visit').map(({ fields }) => [fields['amount'], fields['voidReason']])).toEqual([[900_000, 'entered_twice']]);
    const terms = recordsAt(endpoint.folder, 'prestigious_term').filter(({ fields }) => fields['decisionNo'] === '47/QĐ-UBND');
    expect(terms.map(({ fields, inConflict }) => [fields['state'], fields['households'], fields['present'], inConflict])).toEqual([['active', 86, 58, []]]);
    expect([...lead.complaints, ...desk.complaints]).toEqual([]);
  } finally {
    await lead.dispose();
    await desk.dispose();
    await endpoint.dispose();
  }
});

test('a lead without a signal takes no decision back: who is asked finds the question at the person, and the lead reads who chooses', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const lead = await newPhone(endpoint.url);
  const desk = await newPhone(endpoint.url, 'desk');
  const name = 'Sầm Thị Vân (mẫu)';
  const standing = (phone: Phone, words: string) => expect(steps(phone.page).getByRole('listitem').filter({ hasText: words })).toHaveAttribute('aria-current', 'step');
  try {
    await enrol(lead, endpoint.links[1]!);
    await enrol(desk, endpoint.links[2]!);
    const { page } = lead;
    await openInside(lead, '/uy-tin/moi');
    await page.getByLabel('Họ và tên').fill(name);
    await page.getByLabel('Năm sinh').fill('1962');
    await choose(page, 'Nữ');
    await save(page);
    await page.getByRole('link', { name: 'Ghi việc giới thiệu' }).click();
    await page.getByLabel('Tổng số hộ của xóm').fill('86');
    await page.getByLabel('Số hộ dự họp').fill('58');
    await save(page);
    await isSaved(page);
    await sendNow(lead);
    await lead.goOffline();
    await openPerson(lead, name);
    await takeStep(page, 'Ghi họp liên tịch');

    await sendNow(desk);
    await openPerson(desk, name);
    await desk.page.getByText('Việc khác với nhiệm kỳ', { exact: true }).click();
    await takeStep(desk.page, 'Ghi đã gửi lên xã');
    await takeStep(desk.page, 'Ghi quyết định công nhận', async () => await desk.page.getByLabel('Số quyết định').fill('47/QĐ-UBND'));
    await sendNow(desk);

    await lead.goOnline();
    await sendNow(lead);
    await openPerson(lead, name);
    await standing(lead, 'Đã công nhận');
    await page.getByText('Việc khác với nhiệm kỳ', { exact: true }).click();
    await page.getByRole('link', { name: 'Xem phiếu' }).click();
    await expect(page.getByText('Có người ghi khác nhau ở phiếu này. Xã sẽ chọn; cả hai bản đều được giữ.')).toBeVisible();

    await sendNow(desk);
    await openPerson(desk, name);
    await standing(desk, 'Đã công nhận');
    const asked = desk.page.getByRole('status').filter({ hasText: 'Hai người ghi khác nhau' });
    await asked.getByRole('link', { name: 'Xem phiếu' }).click();
    const question = desk.page.getByRole('region', { name: /Giữ bản nào\?$/ });
    await expect(question.getByRole('button', { name: /^Đã công nhận/ })).toContainText('đang hiện');
    await expect(question.getByRole('button', { name: /^Đã họp liên tịch/ })).toBeVisible();
    await question.getByRole('button', { name: /^Đã công nhận/ }).click();
    await expect(question).toHaveCount(0);
    await sendNow(desk);
    const terms = recordsAt(endpoint.folder, 'prestigious_term').filter(({ fields }) => fields['decisionNo'] === '47/QĐ-UBND');
    expect(terms.map(({ fields, inConflict }) => [fields['state'], typeof fields['minutesOn'], inConflict])).toEqual([['recognized', 'string', []]]);
    expect([...lead.complaints, ...desk.complaints]).toEqual([]);
  } finally {
    await lead.dispose();
    await desk.dispose();
    await endpoint.dispose();
  }
});

test('Tết for prestigious persons: twenty-six, none missing', { tag: '@long' }, async () => {
  test.setTimeout(400_000);
  const endpoint = await startEndpoint({ startsAt: threeWeeksBefore });
  const desk = await newPhone(endpoint.url, 'desk');
  try {
    // The demo has four hamlets; twenty-two more come with the commune's list.
    const names = Array.from({ length: 22 }, (_, index) => `Lũng Thứ ${index + 5}`);
    const list = join(endpoint.folder, 'danh-sach.csv');
    writeFileSync(list, ['STT,Xóm,Họ và tên chủ hộ', ...names.map((name, index) => `1,${name},Hộ Mẫu ${index + 5} (mẫu)`)].join('\n'));
    await endpoint.administer('import-households', list, '--commune', '01456', '--create-hamlets');
    await enrol(desk, endpoint.links[2]!, { startsAt: threeWeeksBefore });
    const { page } = desk;
    await sendNow(desk);
    await goTo(desk, 'Người có uy tín');
    await expect(page.getByText('3/26 xóm có người có uy tín')).toBeVisible();
    // Three weeks before, the plan stands there by itself.
    await expect(page.getByText('Tết Đinh Mùi 2027 · còn 21 ngày')).toBeVisible();

    // The one of the demo's persons whose proposal lies at the commune.
    await page.getByRole('main').getByRole('link').filter({ hasText: 'Đã gửi lên xã' }).click();
    await takeStep(page, 'Ghi quyết định công nhận', async () => await page.getByLabel('Số quyết định').fill('12/QĐ-UBND'));
    await takeStep(page, 'Bắt đầu nhiệm kỳ');
    for (const [index, name] of names.entries()) {
      await openInside(desk, '/uy-tin/moi');
      await page.getByLabel('Xóm', { exact: true }).selectOption({ label: `xóm ${name}` });
      await page.getByLabel('Họ và tên').fill(`Người Mẫu ${index + 5} (mẫu)`);
      await page.getByLabel('Năm sinh').fill(String(1950 + index));
      await choose(page, index % 2 === 0 ? 'Nam' : 'Nữ');
      await choose(page, 'Đã có');
      await page.getByLabel('Số quyết định').fill(`${200 + index}/QĐ-UBND`);
      await page.getByLabel('Ngày quyết định').fill('2023-12-08');
      await save(page);
      await expect(page.getByRole('heading', { level: 1, name: `Người Mẫu ${index + 5} (mẫu)` })).toBeVisible();
    }
    await openInside(desk, '/uy-tin');
    await expect(page.getByText('26/26 xóm có người có uy tín')).toBeVisible();

    await page.getByRole('link', { name: 'Kế hoạch thăm Tết' }).click();
    await expect(page.getByText('0/26 người đã được thăm')).toBeVisible();
    await expect(page.getByText('26 người đang giữ nhiệm kỳ. Xóm nào cũng có người.')).toBeVisible();
    await page.getByLabel('Số tiền').fill('500001');
    await expect(page.getByText(`Quá mức 500.000 đồng/lần theo ${rule}.`)).toBeVisible();
    await page.getByLabel('Số tiền').fill('500000');
    await expect(page.getByText(rule)).toHaveCount(0);
    await page.getByLabel('Người trao').fill('Khối dân vận xã');
    const toVisit = page.getByRole('list', { name: 'Chưa thăm' }).getByRole('button', { name: /^Ghi đã thăm/ });
    for (let left = 26; left > 0; left--) {
      await expect(toVisit).toHaveCount(left);
      // Twice, as an impatient finger does: one visit all the same.
      await (left === 26 ? toVisit.first().dblclick() : toVisit.first().click());
    }
    await expect(page.getByText('26/26 người đã được thăm')).toBeVisible();
    await expect(page.getByText('I-19, chế độ người có uy tín đã thực hiện trong dịp này: 100 %')).toBeVisible();

    await openPerson(desk, 'Người Mẫu 5 (mẫu)');
    await logTetGift(page, undefined);
    await logTetGift(page, `Đây là lần thứ 3 tính cho năm 2027, quá 2 lần/năm theo ${rule}.`);
    await printList(desk, endpoint.folder);
    await sendNow(desk);

    const visits = recordsAt(endpoint.folder, 'benefit').filter(({ fields }) => fields['kind'] === 'tet_visit' && String(fields['date']).startsWith('2027'));
    expect(visits.length).toBe(28);
    expect(new Set(visits.map(({ fields }) => fields['personId'])).size).toBe(26);
    expect(visits.every(({ fields }) => fields['date'] === '2027-01-16' && fields['voidReason'] === undefined)).toBe(true);
    expect(desk.complaints).toEqual([]);
  } finally {
    await desk.dispose();
    await endpoint.dispose();
  }
});

test('three weeks before Tết a member’s Today names the persons of their hamlet who were not called on yet, and no more once they were, without a signal', async () => {
  const endpoint = await startEndpoint({ startsAt: threeWeeksBefore });
  const member = await newPhone(endpoint.url);
  const [first, second] = ['Bế Văn Lâm (mẫu)', 'Dương Thị Ngân (mẫu)'];
  try {
    const list = join(endpoint.folder, 'nguoi-uy-tin.csv');
    const rows = [`${second},1958,Ngọc Sơn,88/QĐ-UBND,08/12/2023`, 'Phùng Văn Cải (mẫu),1955,Lũng Rì,89/QĐ-UBND,08/12/2023'];
    writeFileSync(list, ['Họ và tên,Năm sinh,Nơi cư trú,Số QĐ,Ngày công nhận', ...rows].join('\n'));
    await endpoint.administer('import-prestigious', list, '--commune', '01456');
    await enrol(member, endpoint.links[0]!, { startsAt: threeWeeksBefore });
    const { page } = member;
    await sendNow(member);
    await member.goOffline();
    await goTo(member, 'Hôm nay');
    const due = page.getByRole('list', { name: 'Người có uy tín, dịp lễ, Tết' });
    await expect(due.getByRole('link')).toHaveCount(2);
    for (const name of [first, second]) await expect(due.getByRole('link', { name })).toContainText('Tết ngày 06/02, chưa ghi lượt chúc Tết');
    // Of another hamlet's nothing is said here.
    await expect(page.getByText('Phùng Văn Cải')).toHaveCount(0);
    await page.getByRole('link', { name: '2 dịp lễ, Tết' }).click();
    await expect(due).toBeInViewport();
    await page.screenshot({ path: join(test.info().project.outputDir, 'screens', 'today-tet-section-phone.png') });
    await look(page, 'today-tet');

    // Nobody was at home: they are still to be called on.
    for (const [met, left] of [['Vắng', 2], ['Có', 1]] as const) {
      await due.getByRole('link', { name: first }).click();
      await page.getByRole('link', { name: 'Ghi lượt gặp' }).click();
      await choose(page.getByRole('radiogroup', { name: 'Gặp?' }), met);
      await page.getByText('Ngày gặp').click();
      await expect(page.getByLabel('Gặp ngày nào?')).toHaveValue('2027-01-16');
      if (met === 'Có') await look(page, 'contact-for-tet', { atNight: false });
      // Opened from there it is a call for Tết, as long as nobody says otherwise.
      await expect(page.getByLabel('Lý do')).toHaveValue('tet');
      await save(page);
      await isSaved(page);
      await page.getByText('Xong', { exact: true }).click();
      await goTo(member, 'Hôm nay');
      await expect(due.getByRole('link')).toHaveCount(left);
    }
    await expect(due.getByRole('link', { name: second })).toBeVisible();
    await expect(page.getByRole('link', { name: '1 dịp lễ, Tết' })).toBeVisible();

    // A talk about what was said in the hamlet names it; begun with one and then for another purpose, it names none.
    for (const purpose of ['Thường kỳ', 'Theo ý kiến đã ghi']) {
      await openPerson(member, second);
      await page.getByRole('link', { name: 'Ghi lượt gặp' }).click();
      await page.getByLabel('Lý do').selectOption({ label: 'Theo ý kiến đã ghi' });
      await page.getByRole('group', { name: 'Nói về ý kiến nào?' }).getByText('Nhà ở · Nông Văn Sơn (mẫu)').click();
      if (purpose !== 'Thường kỳ') await look(page, 'contact-followup', { atNight: false });
      await page.getByLabel('Lý do').selectOption({ label: purpose });
      await save(page);
      await isSaved(page);
      await page.getByText('Xong', { exact: true }).click();
    }
    await page.getByRole('list', { name: 'Các lượt gặp' }).getByRole('link', { name: /Theo ý kiến đã ghi/ }).click();
    await expect(page.getByRole('link', { name: /^Ý kiến · / })).toHaveCount(1);
    await goTo(member, 'Hôm nay');
    await member.goOnline();
    await sendNow(member);
    const talks = recordsAt(endpoint.folder, 'prestigious_contact').filter(({ fields }) => fields['purpose'] === 'tet');
    expect(talks.map(({ fields }) => `${String(fields['met'])} ${String(fields['date'])}`).sort()).toEqual(['absent 2027-01-16', 'yes 2027-01-16']);
    const followed = recordsAt(endpoint.folder, 'prestigious_contact').filter(({ fields }) => fields['feedbackIds'] !== undefined);
    expect(followed.map(({ fields }) => [fields['purpose'], (fields['feedbackIds'] as string[]).length])).toEqual([['feedback_followup', 1]]);
    expect(member.complaints).toEqual([]);
  } finally {
    await member.dispose();
    await endpoint.dispose();
  }
});

/** From the open person: a gift for Tết, with this warning or none; saved all the same. */
async function logTetGift(page: Page, warning: string | undefined): Promise<void> {
  await page.getByRole('link', { name: 'Ghi chế độ' }).click();
  await page.getByLabel('Loại').selectOption({ label: 'Thăm, tặng quà Tết' });
  await choose(page.getByRole('radiogroup', { name: 'Dịp' }), 'Tết Nguyên đán');
  await page.getByLabel('Hiện vật').fill('bánh chưng');
  if (warning === undefined) await expect(page.getByText(rule)).toHaveCount(0);
  else await expect(page.getByText(warning)).toBeVisible();
  await save(page);
  await expect(page.getByRole('heading', { name: 'Chế độ đã nhận' })).toBeVisible();
}

/** Every print is a line in the audit log without a name; without a signal there is none. */
async function printList(desk: Phone, folder: string): Promise<void> {
  const { page } = desk;
  await page.evaluate(() => {
    window.print = () => {
      document.documentElement.dataset['printedRows'] = String(document.querySelectorAll('.printed-sheet tbody tr').length);
      window.dispatchEvent(new Event('afterprint'));
    };
  });
  const printed = page.locator('html');
  await openInside(desk, '/uy-tin/danh-sach');
  await desk.goOffline();
  await expect(page.getByText('Danh sách có tên chỉ in khi có sóng')).toBeVisible();
  await expect(page.getByRole('button', { name: 'In', exact: true })).toBeDisabled();
  await desk.goOnline();
  await page.getByRole('button', { name: 'In', exact: true }).click();
  await expect(printed).toHaveAttribute('data-printed-rows', '26');
  // By the browser's own menu nothing but a sentence is printed.
  await expect(page.locator('.printed-sheet tbody tr')).toHaveCount(0);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('Danh sách có tên chỉ in bằng nút In trên màn hình này')).toBeVisible();
  await expect(page.getByRole('main')).toBeHidden();
  await page.emulateMedia({ media: null });
  expect(databaseText(folder)).toContain('"action":"list_printed","subject":"prestigious:26"');
  expect(databaseText(folder).split('list_printed').length - 1).toBe(1);
}
