/** Screens that show only where two people met: what they wrote differently, its history, what waits for a supervisor, what its author is told. */
import { startEndpoint } from './endpoint-process.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { enrol, goTo, logVisit, newPhone, openHousehold, openInside, sendNow } from './phone.ts';

test.describe.configure({ timeout: 300_000 });

const duc = { search: 'dam minh duc', household: 'Đàm Minh Đức (mẫu)' };
const son = { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' };
const memberId = '01990000-0000-7000-8000-000000000201';

test('the screens where two people met', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const [memberLink, leadLink] = endpoint.links;
  const member = await newPhone(endpoint.url);
  const lead = await newPhone(endpoint.url);
  try {
    await enrol(member, memberLink!);
    await enrol(lead, leadLink!);
    await sendNow(member);
    await member.goOffline();
    await lead.goOffline();
    await logVisit(member.page, { ...duc, phone: '0911111111' });
    await logVisit(lead.page, { ...duc, phone: '0922222222' });
    for (const phone of [member, lead]) {
      await phone.goOnline();
      await sendNow(phone);
    }
    await goTo(lead, 'Hôm nay');
    await look(lead.page, 'two-today', { atNight: true });
    await openHousehold(lead.page, duc);
    await look(lead.page, 'two-conflict', { atNight: true });
    await lead.page.getByText('Ghi số khác').click();
    await lead.page.getByLabel('Số điện thoại đúng là').fill('0912');
    await lead.page.getByRole('button', { name: 'Giữ giá trị này' }).click();
    await look(lead.page, 'two-conflict-wrong', { atNight: true });
    await lead.page.getByText('Lịch sử sửa đổi').click();
    await expect(lead.page.getByText('ghi lần đầu')).toBeVisible();
    await look(lead.page, 'two-history', { atNight: true });
    await lead.goOffline();
    await look(lead.page, 'two-history-offline');
    await lead.goOnline();

    await member.goOffline();
    await logVisit(member.page, { ...son, outcome: 'Đã giúp nhà ông Sơn lợp lại chuồng trâu.', phone: '0933333333' });
    await logVisit(member.page, { ...duc, outcome: 'Hẹn tuần sau mang giống ngô tới.' });
    await endpoint.administer('assign', memberId, '--commune', '01456', '--role', 'team_member', '--hamlet', '01456-002');
    await member.goOnline();
    await sendNow(member);
    await look(member.page, 'two-author-waits', { atNight: true });

    await openInside(lead, '/cho-xem');
    const waiting = lead.page.getByRole('list', { name: 'Phiếu chờ bạn xem' }).getByRole('link');
    await expect(waiting).toHaveCount(2);
    await look(lead.page, 'two-waiting', { atNight: true });
    await waiting.first().click();
    await lead.page.getByText('Không nhận', { exact: true }).click();
    await lead.page.getByRole('button', { name: 'Không nhận, báo người ghi' }).click();
    await look(lead.page, 'two-waiting-one', { atNight: true });
    await lead.page.getByLabel('Vì sao không nhận?').fill('Lượt thăm này tổ đã ghi hôm qua rồi.');
    await lead.page.getByRole('button', { name: 'Không nhận, báo người ghi' }).click();
    await expect(waiting).toHaveCount(1);
    await waiting.first().click();
    await lead.page.getByRole('button', { name: 'Nhận vào sổ' }).click();
    await expect(lead.page.getByText('Không có phiếu nào chờ bạn xem.')).toBeVisible();
    await look(lead.page, 'two-waiting-none');
    await lead.goOffline();
    await look(lead.page, 'two-waiting-offline', { atNight: true });

    await member.page.getByRole('button', { name: 'Gửi ngay' }).click();
    await expect(member.page.getByRole('list', { name: 'Phiếu đã được xem' })).toBeVisible({ timeout: 30_000 });
    await look(member.page, 'two-author-told', { atNight: true });
    await member.page.getByRole('link', { name: 'Sửa và gửi lại' }).first().click();
    await look(member.page, 'two-mend', { atNight: true });
    expect([...member.complaints, ...lead.complaints]).toEqual([]);
  } finally {
    await member.dispose();
    await lead.dispose();
    await endpoint.dispose();
  }
});
