/** What is done at a desk (the bloc's, a unit's), in the words that stand there. */
import { expect } from '@playwright/test';
import type { Locator } from '@playwright/test';
import { goTo, sendNow } from './phone.ts';
import type { Phone } from './phone.ts';

/** Fetches what is new and shows all of it. */
export async function lookAtAll(desk: Phone): Promise<void> {
  await sendNow(desk);
  await goTo(desk, 'Xử lý ý kiến');
  await desk.page.getByRole('navigation', { name: 'Các nhóm ý kiến' }).getByRole('button', { name: /^Tất cả/ }).click();
}

/** Opens the feedback whose line holds these words of it. */
export async function openOnDesk(desk: Phone, words: string): Promise<Locator> {
  await lookAtAll(desk);
  await desk.page.getByRole('main').getByRole('link').filter({ hasText: words }).click();
  const open = desk.page.getByRole('article');
  await expect(open.getByText(words).first()).toBeVisible();
  return open;
}

export async function assignOpen(desk: Phone, unit: string): Promise<void> {
  const { page } = desk;
  await page.getByRole('button', { name: 'Phân loại và giao đơn vị' }).click();
  await page.getByLabel('Đơn vị trả lời').selectOption({ label: unit });
  await page.getByRole('button', { name: 'Giao', exact: true }).click();
  await isSent(desk);
}

export async function answerOpen(desk: Phone, answer: string): Promise<void> {
  const { page } = desk;
  await page.getByRole('button', { name: 'Trả lời', exact: true }).click();
  await page.getByLabel('Câu trả lời cho bà con').fill(answer);
  await page.getByRole('button', { name: 'Lưu câu trả lời' }).click();
  await isSent(desk);
}

/** Asks the team for more about one field of it. */
export async function returnOpen(desk: Phone, field: string, comment: string): Promise<void> {
  const { page } = desk;
  await page.getByText('Việc khác', { exact: true }).click();
  await page.getByRole('button', { name: 'Hỏi thêm', exact: true }).click();
  await page.getByLabel('Hỏi thêm về').selectOption({ label: field });
  await page.getByLabel('Cần hỏi gì?').fill(comment);
  await page.getByRole('button', { name: 'Gửi câu hỏi' }).click();
  await isSent(desk);
}

async function isSent(desk: Phone): Promise<void> {
  await expect(desk.page.getByText('Xã đã nhận được.')).toBeVisible({ timeout: 30_000 });
}
