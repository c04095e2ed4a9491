/**
 * Two phones, one household: a member and the lead both correct its phone number and both log a visit, neither with a signal. Nobody's text
 * is lost, both numbers are shown to both with who and when, one of them says which stays, and both phones agree. Domain model, scenario 4.
 */
import type { Locator } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { enrol, goTo, logVisit, newPhone, openHousehold, sendNow } from './phone.ts';
import type { Phone } from './phone.ts';

const duc = { search: 'dam minh duc', household: 'Đàm Minh Đức (mẫu)' };
const ofMember = '0911111111';
const ofLead = '0922222222';

async function seeHousehold(phone: Phone): Promise<Locator> {
  await openHousehold(phone.page, duc);
  await expect(phone.page.getByRole('heading', { name: duc.household })).toBeVisible();
  return phone.page.getByRole('main');
}

/** Both values with who gave them and when, as a question. */
async function isAsked(phone: Phone, by: string, answers: readonly RegExp[]): Promise<void> {
  const main = await seeHousehold(phone);
  const question = main.getByRole('region', { name: `${by} cũng sửa số điện thoại này. Giữ số nào?` });
  for (const answer of answers) await expect(question.getByRole('button', { name: answer })).toBeVisible();
  await expect(question.getByRole('button', { name: /^0\d{9}/ })).toHaveCount(2);
}

test('two numbers from two phones are both shown to both, one person chooses, and both phones agree', async () => {
  const endpoint = await startEndpoint();
  const [memberLink, leadLink] = endpoint.links;
  const member = await newPhone(endpoint.url);
  const lead = await newPhone(endpoint.url);
  const household = () => recordsAt(endpoint.folder, 'household').find(({ fields }) => fields['headName'] === duc.household)!;
  const visits = () => recordsAt(endpoint.folder, 'visit').filter(({ fields }) => fields['householdId'] === household().recordId);
  try {
    await enrol(member, memberLink!);
    await enrol(lead, leadLink!);
    await expect(member.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    // So that each knows what the other is called.
    await sendNow(member);
    const before = visits().length;

    await test.step('neither has a signal; both correct the number and both log a visit', async () => {
      await member.goOffline();
      await lead.goOffline();
      await logVisit(member.page, { ...duc, outcome: 'Đã đưa thuốc cho bà.', phone: ofMember });
      await logVisit(lead.page, { ...duc, outcome: 'Hẹn thứ Bảy giúp sửa mái.', phone: ofLead });
    });

    await test.step('the member is back first, then the lead; the later one is shown, the other is not lost', async () => {
      await member.goOnline();
      await sendNow(member);
      await lead.goOnline();
      await sendNow(lead);
      await sendNow(member);
      expect(household().fields['phone']).toBe(ofLead);
      expect(household().inConflict).toEqual(['phone']);
      expect(visits()).toHaveLength(before + 2);
    });

    await test.step('both are shown both numbers, who gave them and when', async () => {
      const time = String.raw`\d\d:\d\d`;
      await isAsked(member, 'Lục Văn Thắng (mẫu)', [
        new RegExp(`${ofMember}\\s*Bạn ghi · ${time}`),
        new RegExp(`${ofLead}\\s*Lục Văn Thắng \\(mẫu\\) ghi · ${time} · đang hiện`),
      ]);
      await isAsked(lead, 'Hoàng Thị Én (mẫu)', [
        new RegExp(`${ofMember}\\s*Hoàng Thị Én \\(mẫu\\) ghi · ${time}`),
        new RegExp(`${ofLead}\\s*Bạn ghi · ${time} · đang hiện`),
      ]);
      await goTo(lead, 'Hôm nay');
      const asked = lead.page.getByRole('list', { name: 'Hai người ghi khác nhau' });
      await expect(asked.getByRole('link', { name: duc.household })).toBeVisible();
      await asked.getByRole('link').click();
    });

    await test.step('the lead, again without a signal, keeps the member\'s with one tap, takes it back, and keeps it after all', async () => {
      const { page } = lead;
      await lead.goOffline();
      await page.getByRole('button', { name: ofMember }).click();
      await expect(page.getByText(`Đã lưu trên máy này: Số điện thoại là ${ofMember}. Sẽ tự gửi khi có sóng.`)).toBeVisible();
      await expect(page.getByRole('link', { name: `Gọi ${ofMember}` })).toBeVisible();
      await page.getByRole('button', { name: 'Hoàn lại' }).click();
      await expect(page.getByText(`Đã trả lại: Số điện thoại là ${ofLead}.`)).toBeVisible();
      await expect(page.getByRole('link', { name: `Gọi ${ofLead}` })).toBeVisible();
      await page.getByRole('button', { name: ofMember }).click();
      await expect(page.getByRole('link', { name: `Gọi ${ofMember}` })).toBeVisible();
      await expect(page.getByRole('region', { name: /Giữ số nào/ })).toHaveCount(0);
      await lead.goOnline();
      await sendNow(lead);
      expect(household()).toMatchObject({ fields: { phone: ofMember }, inConflict: [] });
    });

    await test.step('both phones agree, and all that was said is there', async () => {
      await sendNow(member);
      for (const phone of [member, lead]) {
        const main = await seeHousehold(phone);
        await expect(main.getByRole('link', { name: `Gọi ${ofMember}` })).toBeVisible();
        await expect(main.getByText('Đã đưa thuốc cho bà.').first()).toBeVisible();
        await expect(main.getByText('Hẹn thứ Bảy giúp sửa mái.').first()).toBeVisible();
        await expect(main.getByText('cần bạn xem')).toHaveCount(0);
      }
    });

    await test.step('the history says who set what, with a signal; without one what the phone knows', async () => {
      const { page } = member;
      await page.getByText('Lịch sử sửa đổi').click();
      const moments = page.locator('details', { hasText: 'Lịch sử sửa đổi' }).getByRole('listitem');
      await expect(moments.first()).toContainText(`Số điện thoại: ${ofMember}`);
      await expect(moments.filter({ hasText: ofLead }).first()).toContainText('Lục Văn Thắng (mẫu)');
      await expect(moments.last()).toContainText('ghi lần đầu');
      await member.goOffline();
      await expect(page.getByText('Phần còn lại phải có sóng mới xem được.')).toBeVisible();
      await expect(moments.last()).toContainText('ghi lần đầu');
    });
    expect([...member.complaints, ...lead.complaints]).toEqual([]);
  } finally {
    await member.dispose();
    await lead.dispose();
    await endpoint.dispose();
  }
});
