/**
 * What the register's keepers do: the bloc moves a household to another hamlet and takes it back, copies needs from a list; a lead stops following one where
 * nobody lives any more; and a commune of twenty thousand households is scrolled and searched.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { choose, enrol, goTo, newPhone, openHousehold, sendNow } from './phone.ts';

const duc = { search: 'dam minh duc', household: 'Đàm Minh Đức (mẫu)' };
const searchLabel = 'Tìm tên, số nhà, số điện thoại';

async function otherWork(page: Page, words: string): Promise<void> {
  await page.getByText('Việc khác', { exact: true }).click();
  await page.getByRole('link', { name: words, exact: true }).click();
}

test('a household moves to another hamlet with its consent, and one where nobody lives is followed no longer', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const bloc = await newPhone(endpoint.url, 'desk');
  const lead = await newPhone(endpoint.url);
  const ofDuc = () => recordsAt(endpoint.folder, 'household').filter(({ fields }) => fields['headName'] === duc.household);
  try {
    await enrol(bloc, endpoint.links[2]!);
    const { page } = bloc;
    await sendNow(bloc);

    await test.step('the bloc moves it: closed here, written there, its consent beside it', async () => {
      await openHousehold(page, duc);
      await otherWork(page, 'Chuyển sang xóm khác');
      await look(page, 'household-move', { atNight: false });
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.getByLabel('Xóm nào?').selectOption({ index: 1 });
      await page.getByLabel('Nhà ở gần').fill('cạnh trạm y tế');
      await page.getByRole('button', { name: 'Chuyển hộ' }).click();
      await expect(page.getByText(/Đã chuyển hộ sang/)).toBeVisible();
      await expect(page.getByText('cạnh trạm y tế')).toBeVisible();
      await sendNow(bloc);
      const [old, moved] = ofDuc().toSorted((a, b) => a.occurredAt.localeCompare(b.occurredAt));
      expect(old?.fields).toMatchObject({ closedReason: 'moved_hamlet', closedTo: moved?.areaId });
      expect(moved?.fields).toMatchObject({ houseLabel: 'cạnh trạm y tế', contact: old?.fields['contact'] });
    });

    await test.step('the old record says where it went, and is opened again', async () => {
      await goTo(bloc, 'Hộ');
      await page.getByLabel(searchLabel).fill('dam minh duc');
      await page.getByText('Không còn theo dõi (1)').click();
      await page.getByRole('list', { name: 'Không còn theo dõi (1)' }).getByRole('link').click();
      await expect(page.getByText(/Hộ đã chuyển sang .+ từ \d/)).toBeVisible();
      await expect(page.getByRole('list', { name: 'Ở xóm mới' }).getByRole('link', { name: /Đàm Minh Đức/ })).toBeVisible();
      await look(page, 'household-moved', { atNight: false });
      await page.getByRole('button', { name: 'Mở lại hộ' }).click();
      await expect(page.getByText('Đã mở lại hộ.')).toBeVisible();
      await sendNow(bloc);
      expect(ofDuc().filter(({ fields }) => fields['closedOn'] !== undefined)).toEqual([]);
    });

    await test.step('the bloc copies needs from a list, in the form where the rest is corrected', async () => {
      await openHousehold(page, { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)' });
      await page.getByRole('link', { name: 'Sửa thông tin hộ' }).click();
      await choose(page.getByRole('group', { name: 'Diện cần giúp' }), 'Hộ cận nghèo');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByText('Diện cần giúp chép từ danh sách nào? Chọn danh sách.')).toBeVisible();
      await page.getByLabel('Chép từ danh sách nào?').selectOption({ label: 'Danh sách mới' });
      await look(page, 'household-needs', { atNight: false });
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByText('Đã lưu trên máy này. Sẽ tự gửi khi có sóng.')).toBeVisible();
      await sendNow(bloc);
    });

    await test.step('the lead stops following one without a signal; it leaves the list, and comes back by one press', async () => {
      await enrol(lead, endpoint.links[1]!);
      await expect(lead.page.getByText('Xã đã nhận đủ.')).toBeVisible();
      await lead.goOffline();
      await openHousehold(lead.page, { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' });
      await otherWork(lead.page, 'Thôi theo dõi hộ');
      await lead.page.getByRole('button', { name: 'Thôi theo dõi' }).click();
      await expect(lead.page.getByText('Chọn một lý do.')).toBeVisible();
      await choose(lead.page, 'Không còn ai ở');
      await look(lead.page, 'household-close', { atNight: false });
      await lead.page.getByRole('button', { name: 'Thôi theo dõi' }).click();
      await expect(lead.page.getByText(/Không còn theo dõi từ .*: Không còn ai ở\./)).toBeVisible();
      await expect(lead.page.getByRole('link', { name: 'Ghi lượt thăm' }).filter({ visible: true })).toHaveCount(1);
      await goTo(lead, 'Hộ');
      await expect(lead.page.getByText('Không còn theo dõi (1)')).toBeVisible();
      // What was said lies on no other screen of a phone; whoever comes back undoes it.
      expect(await lead.page.getByRole('button', { name: 'Hoàn lại' }).isVisible()).toBe(false);
      await lead.page.goBack();
      await lead.page.getByRole('button', { name: 'Hoàn lại' }).click();
      await expect(lead.page.getByText('Đã mở lại hộ.')).toBeVisible();
      await goTo(lead, 'Hộ');
      await expect(lead.page.getByText('Không còn theo dõi (1)')).toHaveCount(0);
      await look(lead.page, 'households', { atNight: false });
    });
    expect([...bloc.complaints, ...lead.complaints]).toEqual([]);
  } finally {
    await bloc.dispose();
    await lead.dispose();
    await endpoint.dispose();
  }
});

const families = ['Nông', 'Hoàng', 'Lý', 'Bế', 'Đàm', 'Triệu', 'Lục', 'Sầm', 'Vương', 'Mã'];
const given = ['Văn Dũng', 'Thị Hạnh', 'Văn Khôi', 'Thị Tuyết', 'Minh Đức', 'Thị Đào', 'Văn Quỳnh', 'Thị Sen', 'Hữu Ưng'];

test('twenty thousand households of a commune are scrolled, searched without diacritics and sorted', { tag: '@long' }, async () => {
  test.setTimeout(600_000);
  const endpoint = await startEndpoint();
  const bloc = await newPhone(endpoint.url, 'desk');
  try {
    const names = Array.from({ length: 20_000 }, (_, at) => `${families[at % 10]} ${given[Math.floor(at / 10) % 9]} ${String(at).padStart(5, '0')}`);
    const list = names.map((name, at) => `${1 + Math.floor(at / 20)},Lũng Vài ${1 + (at % 20)},${name}`);
    const file = join(endpoint.folder, 'danh-sach.csv');
    writeFileSync(file, ['STT,Xóm,Họ và tên chủ hộ', ...list].join('\n'));
    await endpoint.administer('import-households', file, '--commune', '01456', '--create-hamlets');
    await enrol(bloc, endpoint.links[2]!);
    const { page } = bloc;
    await sendNow(bloc);
    await goTo(bloc, 'Hộ');
    await expect(page.getByText(/^20\.0\d\d hộ$/)).toBeVisible({ timeout: 180_000 });

    const rows = page.getByRole('list', { name: 'Hộ', exact: true }).getByRole('listitem');
    await test.step('those in sight alone are drawn, each says which of how many it is', async () => {
      expect(await rows.count()).toBeLessThan(60);
      await expect(rows.first()).toHaveAttribute('aria-posinset', '1');
      await expect(rows.first()).toHaveAttribute('aria-setsize', /^20\d{3}$/);
      // As it stands on the screen: as high as it needs it would be drawn whole.
      await page.screenshot({ path: join(test.info().project.outputDir, 'screens', 'households-20000-desk.png') });
      await page.setViewportSize({ width: 360, height: 740 });
      await page.screenshot({ path: join(test.info().project.outputDir, 'screens', 'households-20000-phone.png') });
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    await test.step('scrolled to its end the last one is there, and back from its page it is there still', async () => {
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      await expect(rows.last()).toHaveAttribute('aria-posinset', /^20\d{3}$/);
      const link = rows.last().getByRole('link');
      const name = (await link.innerText()).split('\n')[0]!;
      await link.click();
      await expect(page.getByRole('heading', { level: 1 })).toContainText(name.split(' · ')[0]!);
      await page.getByRole('main').getByRole('link', { name: 'Quay lại' }).click();
      await expect(page.getByRole('link', { name }).first()).toBeInViewport();
    });

    await test.step('the keyboard goes from row to row', async () => {
      await rows.last().getByRole('link').focus();
      await page.keyboard.press('Shift+Tab');
      const focused = page.locator('li:has(a:focus)');
      const last = Number(await rows.last().getAttribute('aria-posinset'));
      await expect(focused).toHaveAttribute('aria-posinset', String(last - 1));
    });

    await test.step('a few keys without diacritics find one in twenty thousand', async () => {
      const took = await page.evaluate(() => new Promise<number>((resolve) => {
        const field = document.querySelector<HTMLInputElement>('input[type=search]')!;
        const begun = performance.now();
        const watch = new MutationObserver(() => {
          if (![...document.querySelectorAll('p')].some((line) => line.textContent === '1 hộ')) return;
          watch.disconnect();
          resolve(performance.now() - begun);
        });
        watch.observe(document.body, { subtree: true, childList: true, characterData: true });
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field, '12345');
        field.dispatchEvent(new Event('input', { bubbles: true }));
        setTimeout(() => {
          watch.disconnect();
          resolve(-1);
        }, 5000);
      }));
      expect(took, 'the one household is in the list').toBeGreaterThan(0);
      test.info().annotations.push({ type: 'search', description: `${Math.round(took)} ms from the key to the list` });
      await page.getByLabel(searchLabel).fill('ma thi sen 0');
      await expect(rows.first()).toContainText('Mã Thị Sen');
      await page.getByLabel(searchLabel).fill('');
      await page.getByRole('button', { name: 'Xếp theo tên' }).click();
      await expect(page.getByRole('button', { name: 'Xếp theo số' })).toBeVisible();
    });
    expect([...bloc.complaints]).toEqual([]);
  } finally {
    await bloc.dispose();
    await endpoint.dispose();
  }
});
