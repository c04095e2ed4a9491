/**
 * What happens to a visit after it was saved: five doors without anybody in one press, made void, corrected, asked about by the commune and answered at the phone,
 * none of it with a signal. Issue 5, domain model 3.1.
 */
import type { Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { choose, enrol, goTo, logVisit, newPhone, openHousehold, sendNow } from './phone.ts';
import type { Phone } from './phone.ts';

const son = { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' };
const five = ['Nông Văn Sơn (mẫu)', 'Lý Thị Mẩy (mẫu)', 'Đàm Minh Đức (mẫu)', 'Lục Văn Quỳnh (mẫu)', 'Dương Văn Dũng (mẫu)'];

/** The page of the newest visit to a household. */
async function openLastVisit(page: Page, household: typeof son): Promise<void> {
  await openHousehold(page, household);
  await page.getByRole('list', { name: 'Các lượt thăm' }).getByRole('link').first().click();
  await expect(page.getByText('Lịch sử sửa đổi')).toBeVisible();
}

async function settle(phone: Phone): Promise<void> {
  await goTo(phone, 'Hôm nay');
  await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 30_000 });
}

test('five absents are one press, and a slip is taken back before and after it was sent', async () => {
  const endpoint = await startEndpoint();
  const member = await newPhone(endpoint.url);
  try {
    await enrol(member, endpoint.links[0]!);
    const { page } = member;
    await settle(member);
    const before = recordsAt(endpoint.folder, 'visit').length;
    await member.goOffline();

    const tickFive = async () => {
      await page.getByRole('link', { name: 'Ghi lượt thăm', exact: true }).click();
      await page.getByRole('link', { name: 'Ghi nhiều hộ vắng một lúc' }).click();
      for (const household of five.slice(0, 4)) await page.locator('label', { hasText: household }).click();
      // What is ticked stays so while another is searched for.
      await page.getByLabel('Tìm tên, số nhà, số điện thoại').fill('duong van dung');
      await page.locator('label', { hasText: five[4]! }).click();
    };
    await test.step('without a signal: five ticks, one press', async () => {
      await tickFive();
      await page.getByLabel('Tìm tên, số nhà, số điện thoại').fill('');
      await look(page, 'absents', { atNight: false });
      await page.getByRole('button', { name: 'Lưu 5 hộ vắng' }).click();
      await expect(page.getByText('Đã lưu 5 hộ vắng trên máy này.')).toBeVisible();
      await expect(page.getByText(/5 phiếu chỉ có trên máy này/)).toBeVisible();
    });

    await test.step('undone before they were sent: the commune gets five visits that are void', async () => {
      await page.getByRole('button', { name: 'Hoàn lại' }).first().click();
      await expect(page.getByText('Không còn tính 5 lượt vắng vừa ghi.')).toBeVisible();
      await member.goOnline();
      await settle(member);
      const sent = recordsAt(endpoint.folder, 'visit').filter(({ fields }) => fields['met'] === 'absent' && fields['voidReason'] === 'did_not_happen');
      expect(sent).toHaveLength(5);
      expect(recordsAt(endpoint.folder, 'visit')).toHaveLength(before + 5);
    });

    await test.step('saved again and sent: each stands by itself, and one is made void on its own page', async () => {
      await tickFive();
      await page.getByRole('button', { name: 'Lưu 5 hộ vắng' }).click();
      await settle(member);
      expect(recordsAt(endpoint.folder, 'visit')).toHaveLength(before + 10);
      await openLastVisit(page, son);
      await page.getByText('Không tính phiếu này').click();
      await choose(page.getByRole('radiogroup', { name: 'Vì sao không tính?' }), 'Ghi nhầm hộ, nhầm người');
      await page.getByRole('button', { name: 'Không tính', exact: true }).click();
      await expect(page.getByText('Phiếu này không tính: Ghi nhầm hộ, nhầm người.')).toBeVisible();
      await look(page, 'visit-void', { atNight: false });
      await page.getByRole('link', { name: 'Quay lại' }).click();
      await expect(page.getByRole('list', { name: 'Các lượt thăm' }).locator('s')).toHaveCount(2);
      await expect(page.getByText(/không tính: Ghi nhầm hộ, nhầm người/)).toBeVisible();
    });

    await test.step('what is held about the household says so, and restored it counts again', async () => {
      await page.getByRole('link', { name: 'Những gì đang lưu về hộ này' }).click();
      await page.getByRole('button', { name: /^Các lượt thăm/ }).click();
      await expect(page.getByText('Ghi nhầm hộ, nhầm người').first()).toBeVisible();
      await page.getByRole('link', { name: 'Quay lại' }).click();
      await page.getByRole('list', { name: 'Các lượt thăm' }).getByRole('link').first().click();
      await page.getByRole('button', { name: 'Tính lại phiếu này' }).click();
      await expect(page.getByText(/Phiếu này không tính/)).toHaveCount(0);
      await page.getByText('Lịch sử sửa đổi').click();
      // Both stay in its history: that it was void and why, and that it counts again.
      await expect(page.getByText('Không tính vì: Ghi nhầm hộ, nhầm người')).toBeVisible();
      await expect(page.getByText('Không tính vì: để trống')).toBeVisible();
      await settle(member);
      expect(recordsAt(endpoint.folder, 'visit').filter(({ fields }) => fields['voidReason'] === 'wrong_household')).toEqual([]);
    });
    expect([...member.complaints]).toEqual([]);
  } finally {
    await member.dispose();
    await endpoint.dispose();
  }
});

test('the commune asks about a visit and the team answers, neither with a signal', async () => {
  const endpoint = await startEndpoint();
  const [memberLink, , blocLink] = endpoint.links;
  const member = await newPhone(endpoint.url);
  const bloc = await newPhone(endpoint.url, 'desk');
  try {
    await enrol(member, memberLink!);
    await settle(member);
    await logVisit(member.page, { ...son, outcome: 'Đã hẹn mang ống nước tới.' });
    await settle(member);
    await enrol(bloc, blocLink!);
    await sendNow(bloc);

    await test.step('the bloc asks without a signal, in words that no note may hold only once they are gone', async () => {
      await bloc.goOffline();
      const { page } = bloc;
      await openLastVisit(page, son);
      await page.getByRole('link', { name: 'Hỏi lại tổ dân vận' }).click();
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByText('Chọn một mục.')).toBeVisible();
      await page.getByLabel('Hỏi về mục nào?').selectOption({ label: 'Đã làm, đã hẹn' });
      await page.getByLabel('Cần hỏi gì?').fill('Nhà này là đảng viên à?');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByText(/Bỏ chữ “?đảng viên/)).toBeVisible();
      await page.getByLabel('Cần hỏi gì?').fill('Hẹn ngày nào, ai mang tới?');
      await look(page, 'visit-return', { atNight: false });
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByText('Đang chờ tổ trả lời.', { exact: false })).toBeVisible();
      await page.getByRole('link', { name: 'Hỏi lại tổ dân vận' }).click();
      await page.getByLabel('Hỏi về mục nào?').selectOption({ label: 'Lý do' });
      await page.getByLabel('Cần hỏi gì?').fill('Có phải thăm thường kỳ không?');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByText('Có phải thăm thường kỳ không?')).toBeVisible();
      await bloc.goOnline();
      await sendNow(bloc);
    });

    await test.step('the member finds both on Today and answers them at the door of somebody else, without a signal', async () => {
      const { page } = member;
      await sendNow(member);
      await member.goOffline();
      await goTo(member, 'Hôm nay');
      const list = page.getByRole('list', { name: 'Cần bạn xem' });
      await expect(list.getByText('Xã hỏi về mục Đã làm, đã hẹn: Hẹn ngày nào, ai mang tới?')).toBeVisible();
      await expect(page.getByRole('link', { name: /^\d+ cần xem$/ })).toBeVisible();
      await look(page, 'today-asked', { atNight: false });
      // What the app tells the phone to show on its icon, from here on.
      await page.evaluate(() => {
        const told: number[] = [];
        Object.assign(window, { told });
        Object.defineProperty(navigator, 'setAppBadge', { value: async (count: number) => void told.push(count) });
      });
      await list.getByRole('link', { name: /Đã làm, đã hẹn/ }).click();
      await expect(page.getByText('Hẹn ngày nào, ai mang tới?')).toBeVisible();
      await look(page, 'visit-correct', { atNight: false });
      const about = page.getByRole('status').filter({ hasText: 'Có phải thăm thường kỳ không?' });
      await about.getByRole('button', { name: 'Ghi thế là đúng' }).click();
      await expect(about).toHaveCount(0);
      await page.getByLabel('Đã làm, đã hẹn').fill('Thứ Bảy này Hội Nông dân mang ống nước tới.');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByText('Đã lưu phần sửa trên máy này.')).toBeVisible();
      await expect(page.getByText('Thứ Bảy này Hội Nông dân mang ống nước tới.').first()).toBeVisible();
      await goTo(member, 'Hôm nay');
      await expect(page.getByText('Xã hỏi về mục', { exact: false })).toHaveCount(0);
      // One less at each answer.
      const told = await page.evaluate(() => (window as unknown as { told: readonly number[] }).told);
      expect(told.map((count) => count - told.at(-1)!)).toEqual([1, 0]);
      await member.goOnline();
      await settle(member);
      const settled = recordsAt(endpoint.folder, 'visit_return').map(({ fields }) => `${String(fields['field'])} ${String(fields['settledAs'])}`);
      expect(settled.sort()).toEqual(['outcome corrected', 'purpose stands']);
    });

    await test.step('the bloc sees both answers, and asks once more', async () => {
      const { page } = bloc;
      await sendNow(bloc);
      await goTo(bloc, 'Xử lý ý kiến');
      const answers = page.getByRole('list', { name: 'Tổ đã trả lời về lượt thăm' });
      await page.getByText('Tổ đã trả lời về lượt thăm').click();
      await look(page, 'desk-answered', { atNight: false });
      await page.setViewportSize({ width: 1280, height: 800 });
      await expect(answers.getByRole('link', { name: /Có phải thăm thường kỳ không\? · Ghi thế là đúng/ })).toBeVisible();
      await expect(page.getByText('Câu hỏi đang chờ tổ trả lời')).toHaveCount(0);
      await answers.getByRole('link', { name: /Hẹn ngày nào, ai mang tới\? · Đã sửa/ }).click();
      await expect(page.getByText('Thứ Bảy này Hội Nông dân mang ống nước tới.').first()).toBeVisible();
      await page.getByText('Đã hỏi trước đây').click();
      await expect(page.getByText('Đã sửa ·', { exact: false })).toBeVisible();
      await expect(page.getByText('Ghi thế là đúng ·', { exact: false })).toBeVisible();
      await page.getByRole('link', { name: 'Hỏi lại tổ dân vận' }).click();
      await page.getByLabel('Hỏi về mục nào?').selectOption({ label: 'Ngày' });
      await page.getByLabel('Cần hỏi gì?').fill('Đúng ngày này không?');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByText('Đang chờ tổ trả lời.', { exact: false })).toBeVisible();
      await sendNow(bloc);
      await goTo(bloc, 'Xử lý ý kiến');
      await page.getByText('Câu hỏi đang chờ tổ trả lời').click();
      await expect(page.getByRole('list', { name: 'Câu hỏi đang chờ tổ trả lời' }).getByRole('link')).toContainText(['Đúng ngày này không?']);
    });

    const resting = 'Phiếu không tính thì chưa ai phải trả lời. Tính lại thì xã lại hỏi.';
    await test.step('made void without a signal the visit owes no answer: the question rests there, and is asked again where it counts again', async () => {
      const { page } = member;
      const onToday = page.getByText('Xã hỏi về mục Ngày: Đúng ngày này không?');
      await sendNow(member);
      await member.goOffline();
      await goTo(member, 'Hôm nay');
      await expect(onToday).toBeVisible();
      await openLastVisit(page, son);
      await page.getByText('Không tính phiếu này').click();
      await choose(page.getByRole('radiogroup', { name: 'Vì sao không tính?' }), 'Ghi hai lần');
      await page.getByRole('button', { name: 'Không tính', exact: true }).click();
      await expect(page.getByText('Phiếu này không tính: Ghi hai lần.')).toBeVisible();
      await expect(page.getByText(resting, { exact: false })).toBeVisible();
      await expect(page.getByRole('button', { name: 'Ghi thế là đúng' })).toHaveCount(0);
      await look(page, 'visit-void-asked', { atNight: false });
      await goTo(member, 'Hôm nay');
      await expect(onToday).toHaveCount(0);
      await openHousehold(page, son);
      await expect(page.getByRole('list', { name: 'Các lượt thăm' })).not.toContainText('Xã hỏi lại');
      await member.goOnline();
      await settle(member);
      await sendNow(bloc);
      await openLastVisit(bloc.page, son);
      await expect(bloc.page.getByText(resting, { exact: false })).toBeVisible();
      await openLastVisit(page, son);
      await page.getByRole('button', { name: 'Tính lại phiếu này' }).click();
      await expect(page.getByRole('button', { name: 'Ghi thế là đúng' })).toBeVisible();
      await goTo(member, 'Hôm nay');
      await expect(onToday).toBeVisible();
      await settle(member);
    });

    await test.step('the bloc takes it back', async () => {
      const { page } = bloc;
      await sendNow(bloc);
      await openLastVisit(page, son);
      await expect(page.getByText('Đang chờ tổ trả lời.', { exact: false })).toBeVisible();
      await page.getByRole('button', { name: 'Không hỏi nữa' }).click();
      await expect(page.getByRole('button', { name: 'Không hỏi nữa' })).toHaveCount(0);
      await sendNow(bloc);
      expect(recordsAt(endpoint.folder, 'visit_return').map(({ fields }) => String(fields['settledAs'])).sort()).toEqual(['corrected', 'stands', 'withdrawn']);
    });
    expect([...member.complaints, ...bloc.complaints]).toEqual([]);
  } finally {
    await member.dispose();
    await bloc.dispose();
    await endpoint.dispose();
  }
});
