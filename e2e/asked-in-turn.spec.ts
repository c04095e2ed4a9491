/** One record on which several fields stand against each other: whole texts, lists, nothing at all. Each is asked in its turn, one at a time. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { enrol, newPhone, openInside, sendNow } from './phone.ts';

const household = 'Nông Văn Sơn (mẫu)';
const mine = 'Đã giúp nhà bà dọn máng nước và gia cố mái bếp, hẹn thứ Bảy cùng đoàn thanh niên mang tre lên làm lại hàng rào phía sau nhà. '.repeat(2).trim();
const theirs = `Mang thêm đinh. ${mine}`;
const me = { memberId: '01990000-0000-7000-8000-000000000201', occurredAt: '2026-11-20T10:10:00+07:00' };
const lead = { memberId: '01990000-0000-7000-8000-000000000202', occurredAt: '2026-11-20T09:10:00+07:00' };

/** As the endpoint keeps it after two phones wrote on one visit. To be called before anybody has pulled it. */
function disagreeAbout(folder: string): string {
  const database = new Database(join(folder, 'gan-dan.sqlite'));
  try {
    const householdId = recordsAt(folder, 'household').find(({ fields }) => fields['headName'] === household)?.recordId;
    const visit = recordsAt(folder, 'visit').find(({ fields }) => fields['householdId'] === householdId);
    if (visit === undefined) throw new Error('the demo has no visit to that household');
    const aside = (field: string, value: unknown) => ({ field, value, ...lead, version: 1, shown: me });
    database.prepare('update record set fields = ?, conflicts = ? where recordId = ?').run(
      JSON.stringify({ ...visit.fields, outcome: mine, topics: ['road'], companions: ['women'] }),
      JSON.stringify([aside('outcome', theirs), aside('topics', ['road', 'water']), aside('companions', null)]),
      visit.recordId,
    );
    return visit.recordId;
  } finally {
    database.close();
  }
}

test('several fields that stand against each other are asked one after the other, and a second tap answers nothing unread', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  const visitId = disagreeAbout(endpoint.folder);
  try {
    await enrol(phone, endpoint.links[0]!);
    const { page } = phone;
    await expect(page.getByText('Xã đã nhận đủ.')).toBeVisible();
    await sendNow(phone);
    await phone.goOffline();
    await openInside(phone, `/phieu/${visitId}`);
    // A slow phone shows the next question long after the tap.
    await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: 10 });
    const questions = page.getByRole('region', { name: /Giữ bản nào\?$/ });
    const asks = async (field: string, left: string | undefined) => {
      await expect(questions).toHaveCount(1);
      await expect(questions).toHaveAccessibleName(`Lục Văn Thắng (mẫu) cũng sửa mục “${field}”. Giữ bản nào?`);
      if (left !== undefined) await expect(questions).toContainText(left);
    };

    await test.step('two long texts; what is said in passing does not cover the screen', async () => {
      await asks('Đã làm, đã hẹn', 'Còn 2 mục nữa');
      await tapAtOnceWhatComesNext(page);
      await questions.getByRole('button', { name: /Mang thêm đinh/ }).click();
      const said = page.getByRole('status').getByText(/^Đã lưu trên máy này: Đã làm, đã hẹn là “.+…”\. Sẽ tự gửi khi có sóng\.$/u);
      await expect(said).toBeVisible();
      expect((await said.boundingBox())?.height).toBeLessThan(200);
    });
    await test.step('a list against a longer one', async () => {
      await asks('Chủ đề', 'Còn 1 mục nữa');
      await read(page);
      await questions.getByRole('button', { name: /^Đường, cầu · Nước/ }).click();
    });
    await test.step('a list against nothing', async () => {
      await asks('Đi cùng', undefined);
      await read(page);
      await questions.getByRole('button', { name: /^Để trống/ }).click();
      await expect(questions).toHaveCount(0);
    });
    await test.step('the commune has what was chosen, and nothing is open', async () => {
      await phone.goOnline();
      await sendNow(phone);
      const visit = recordsAt(endpoint.folder, 'visit').find(({ recordId }) => recordId === visitId);
      expect(visit).toMatchObject({ fields: { outcome: theirs, topics: ['road', 'water'] }, inConflict: [] });
      expect(visit?.fields).not.toHaveProperty('companions');
    });
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});

/** The second of two quick taps lands where the next question has come up. */
async function tapAtOnceWhatComesNext(page: Page): Promise<void> {
  await page.evaluate(() => {
    const answer = () => [...document.querySelectorAll<HTMLButtonElement>('main section button')].find(({ innerText }) => innerText.startsWith('Đường, cầu'));
    const watching = new MutationObserver(() => {
      const next = answer();
      if (next === undefined || next.disabled) return;
      watching.disconnect();
      next.click();
    });
    watching.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
}

/** As long as a person looks before the next tap. */
async function read(page: Page): Promise<void> {
  await page.waitForFunction((since) => performance.now() - since > 1_000, await page.evaluate(() => performance.now()));
}
