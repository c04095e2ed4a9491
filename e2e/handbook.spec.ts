/** The handbook: what the bloc writes is read and searched without a signal, a team confirms a document, and the bloc sees which teams have. */
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { enrol, goTo, newPhone, openInside, sendNow, unlock } from './phone.ts';

test('a page and a document reach a team, which reads, searches and confirms without a signal', async () => {
  const endpoint = await startEndpoint();
  const [memberLink, , blocLink] = endpoint.links;
  const member = await newPhone(endpoint.url);
  const bloc = await newPhone(endpoint.url, 'desk');
  try {
    await enrol(bloc, blocLink!);
    await test.step('the bloc writes a page; its draft outlives the browser', async () => {
      const { page } = bloc;
      await goTo(bloc, 'Sổ tay');
      await page.getByRole('link', { name: 'Viết trang mới' }).click();
      await page.getByLabel('Tên trang').fill('Mất máy');
      await expect(page.getByText(/Đã có trang “Mất máy”/)).toBeVisible();
      await page.getByLabel('Tên trang').fill('Khi nước lũ về');
      await page.getByLabel('Nội dung').fill('## Trước lũ\n\nĐưa người già lên **nhà văn hóa** trước.\n\n- đèn pin\n- nước uống\n\nMất máy thì xem [trang này](mat-may). <script>alert(1)</script>');
      await page.getByText('Xem trước').click();
      await expect(page.getByRole('heading', { name: 'Trước lũ' })).toBeVisible();
      await page.waitForTimeout(500);
      await bloc.kill();
      await bloc.open('/so-tay/trang/moi');
      await unlock(bloc);
      await expect(bloc.page.getByLabel('Nội dung')).toHaveValue(/Đưa người già/);
      await bloc.page.getByLabel('Thứ tự').fill('0');
      await bloc.page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(bloc.page.getByText('Bản số 1')).toBeVisible();
      await expect(bloc.page.getByText('<script>')).toBeVisible();
    });
    await test.step('and a document that teams are asked to confirm', async () => {
      const { page } = bloc;
      await goTo(bloc, 'Sổ tay');
      await page.getByRole('link', { name: 'Thêm văn bản' }).click();
      await page.getByLabel('Loại').selectOption({ label: 'Thông báo' });
      await page.getByLabel('Số, ký hiệu').fill('7-TB/ĐU');
      await page.getByLabel('Tên', { exact: true }).fill('Về phòng lũ quét');
      await page.getByLabel('Cơ quan ban hành').fill('Đảng ủy xã');
      await page.getByLabel('Tóm tắt').fill('Mỗi tổ xem lại các nhà ven suối.');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByText('0/4 tổ đã đọc')).toBeVisible();
      await sendNow(bloc);
    });

    await enrol(member, memberLink!);
    await expect(member.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    await test.step('the member finds it in Today and reads it without a signal', async () => {
      const { page } = member;
      await member.goOffline();
      const toRead = page.getByRole('list', { name: 'Văn bản tổ chưa đọc' });
      await expect(toRead.getByRole('link')).toHaveCount(2);
      await page.getByRole('main').getByRole('link', { name: /^Sổ tay/ }).click();
      await expect(page.getByRole('list', { name: 'Các trang' }).getByRole('link').first()).toHaveText('Khi nước lũ về');
      await page.getByLabel('Tìm trong sổ tay').fill('nguoi gia len');
      const found = page.getByRole('list', { name: 'Các trang' }).getByRole('link');
      await expect(found).toHaveCount(1);
      await expect(found.locator('mark')).toHaveText('người già lên');
      await found.click();
      await expect(page.getByRole('heading', { name: 'Trước lũ', level: 2 })).toBeVisible();
      await page.getByRole('link', { name: 'trang này' }).click();
      await expect(page.getByRole('heading', { name: 'Mất máy', level: 1 })).toBeVisible();
    });
    await test.step('and confirms it for the team', async () => {
      const { page } = member;
      await openInside(member, '/so-tay');
      await page.getByRole('list', { name: 'Văn bản', exact: true }).getByRole('link', { name: /7-TB/ }).click();
      await page.getByRole('button', { name: 'Tổ tôi đã đọc' }).click();
      await expect(page.getByText(/^Tổ Ngọc Sơn đã đọc ngày/)).toBeVisible();
      await expect(page.getByRole('button', { name: 'Tổ tôi đã đọc' })).toHaveCount(0);
      await goTo(member, 'Hôm nay');
      await expect(page.getByRole('list', { name: 'Văn bản tổ chưa đọc' }).getByRole('link')).toHaveCount(1);
      await member.goOnline();
      await sendNow(member);
    });
    await test.step('the bloc sees that one of four has, and which have not', async () => {
      const { page } = bloc;
      await sendNow(bloc);
      await goTo(bloc, 'Sổ tay');
      await page.getByRole('link', { name: /7-TB.*1\/4 tổ đã đọc/s }).click();
      await expect(page.getByRole('list', { name: 'Chưa đọc (3)' }).getByRole('listitem')).toHaveText(['Lũng Rì', 'Nà Thoong', 'Pác Khuổi']);
      const receipt = recordsAt(endpoint.folder, 'reading_receipt').at(-1);
      expect(receipt?.fields).toMatchObject({ hamletId: '01456-001', readVersion: 1 });
    });
    await test.step('a changed document asks anew', async () => {
      const { page } = bloc;
      await page.getByRole('link', { name: 'Sửa văn bản' }).click();
      await page.getByLabel('Tóm tắt').fill('Mỗi tổ xem lại các nhà ven suối trước thứ Bảy.');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByText('Đã đọc bản cũ (1)')).toBeVisible();
      await sendNow(bloc);
      await openInside(bloc, '/so-tay');
      await expect(page.getByRole('link', { name: /7-TB.*0\/4 tổ đã đọc/s })).toBeVisible();
      await sendNow(member);
      await goTo(member, 'Hôm nay');
      await expect(member.page.getByRole('list', { name: 'Văn bản tổ chưa đọc' }).getByText('Có bản sửa, tổ chưa đọc lại')).toBeVisible();
    });
    expect([...member.complaints, ...bloc.complaints]).toEqual([]);
  } finally {
    await member.dispose();
    await bloc.dispose();
    await endpoint.dispose();
  }
});

test('the screens of the handbook', { tag: '@long' }, async () => {
  test.setTimeout(300_000);
  const endpoint = await startEndpoint();
  const member = await newPhone(endpoint.url);
  const bloc = await newPhone(endpoint.url, 'desk');
  try {
    await enrol(member, endpoint.links[0]!);
    await expect(member.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    await openInside(member, '/so-tay');
    await look(member.page, 'handbook-member');
    await member.page.getByLabel('Tìm trong sổ tay').fill('ma tiep nhan');
    await expect(member.page.locator('mark').first()).toBeVisible();
    await look(member.page, 'handbook-search');
    await member.page.getByLabel('Tìm trong sổ tay').fill('');
    for (const [name, link] of [['page', 'Ghi một lượt thăm'], ['document', '12-KH/ĐU']] as const) {
      await openInside(member, '/so-tay');
      await member.page.getByRole('main').getByRole('link', { name: link }).last().click();
      await expect(member.page.getByText('Lịch sử sửa đổi')).toBeVisible();
      await look(member.page, `handbook-${name}`);
    }
    await enrol(bloc, endpoint.links[2]!);
    await openInside(bloc, '/so-tay');
    await expect(bloc.page.getByRole('link', { name: '12-KH/ĐU' })).toBeVisible();
    await look(bloc.page, 'handbook-bloc');
    await bloc.page.getByRole('link', { name: '12-KH/ĐU' }).click();
    await expect(bloc.page.getByText('1/4 tổ đã đọc')).toBeVisible();
    await look(bloc.page, 'handbook-document-bloc');
    await bloc.page.getByRole('link', { name: 'Sửa văn bản' }).click();
    await look(bloc.page, 'handbook-document-form');
    await openInside(bloc, '/so-tay');
    await bloc.page.getByRole('link', { name: 'Những điều không bao giờ ghi' }).click();
    await bloc.page.getByRole('link', { name: 'Sửa trang' }).click();
    await bloc.page.getByText('Cách viết', { exact: true }).click();
    await bloc.page.getByText('Xem trước').click();
    await look(bloc.page, 'handbook-page-form');
    await bloc.page.setViewportSize({ width: 1280, height: 800 });
    const printed = await endpoint.administer('invite', '--commune', '99904', '--role', 'province_viewer', '--name', 'Nông Văn Tỉnh (mẫu)');
    const [invitation] = /https?:\/\/\S+\/moi#\S+/.exec(printed) ?? [];
    const province = await newPhone(endpoint.url, 'desk');
    try {
      await enrol(province, invitation!);
      await expect(province.page.getByRole('heading', { name: 'Sổ tay', level: 1 })).toBeVisible();
      await expect(province.page.getByRole('link', { name: 'Nói bằng tiếng của bà con' })).toBeVisible();
      await look(province.page, 'handbook-province');
      await province.page.setViewportSize({ width: 1280, height: 800 });
      await province.page.getByRole('link', { name: 'Viết trang mới' }).click();
      await province.page.getByLabel('Tên trang').fill('Cho mọi xã');
      await province.page.getByLabel('Nội dung').fill('Cho mọi xã.');
      await province.page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(province.page.getByText('do tỉnh viết')).toBeVisible();
      await sendNow(province);
      await sendNow(member);
      await openInside(member, '/so-tay');
      await expect(member.page.getByRole('link', { name: 'Cho mọi xã' })).toBeVisible();
      expect([...province.complaints]).toEqual([]);
    } finally {
      await province.dispose();
    }
    expect([...member.complaints, ...bloc.complaints]).toEqual([]);
  } finally {
    await member.dispose();
    await bloc.dispose();
    await endpoint.dispose();
  }
});
