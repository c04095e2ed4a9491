/** What must never be stored about a person is not: the phone asks for other words first (scenario 6 of the field). */
import { expect, test } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt } from './endpoint-records.ts';
import { look } from './look.ts';
import { choose, enrol, fillVisit, newPhone, raiseInVisit, save, startVisit } from './phone.ts';

const son = { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' };

test('a note about belief waits until its words are gone, a citizen’s own words are asked about once, and nobody hears of it', async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    const { page } = phone;
    const pressSave = async () => await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    const saved = page.getByText('Đã lưu trên máy này. Sẽ tự gửi khi có sóng.');
    const outcomes = () => recordsAt(endpoint.folder, 'visit').map(({ fields }) => fields['outcome']);

    await test.step('the note is named and waits, its text stays', async () => {
      await startVisit(page, son);
      await fillVisit(page, { outcome: 'Hộ này theo đạo, thiếu gạo' });
      await pressSave();
      await expect(page.getByText('Bỏ chữ “theo đạo”. Không ghi đạo, tư tưởng', { exact: false })).toBeVisible();
      await expect(page.getByLabel('Đã làm, đã hẹn')).toHaveValue('Hộ này theo đạo, thiếu gạo');
      await expect(page.getByLabel('Đã làm, đã hẹn')).toBeFocused();
      await look(page, 'forbidden-note');
      await pressSave();
      await expect(saved).toHaveCount(0);
    });
    await test.step('reworded to what help is needed it is saved and sent', async () => {
      await fillVisit(page, { outcome: 'Gia đình thiếu gạo, đã báo xã' });
      await save(page);
      await expect.poll(outcomes, { timeout: 30_000 }).toContain('Gia đình thiếu gạo, đã báo xã');
      expect(outcomes().join('\n')).not.toContain('theo đạo');
      await page.getByText('Xong', { exact: true }).click();
    });
    await test.step('what a citizen says is asked about once, and is theirs', async () => {
      const text = 'Họ bảo nhà tôi theo đạo nên chưa được vay vốn.';
      await startVisit(page, son);
      await choose(page.getByRole('radiogroup', { name: 'Gặp?' }), 'Có');
      await raiseInVisit(page, { topic: 'Nước', text, name: 'withheld' });
      await pressSave();
      await expect(page.getByText('Lời bà con có chữ “theo đạo”.', { exact: false })).toBeVisible();
      await expect(saved).toHaveCount(0);
      await look(page, 'wording-asked-once');
      await save(page);
      await expect.poll(() => recordsAt(endpoint.folder, 'feedback').map(({ fields }) => fields['text']), { timeout: 30_000 }).toContain(text);
    });
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});
