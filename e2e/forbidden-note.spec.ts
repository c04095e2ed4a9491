/** What must never be stored about a person is not: the phone asks for other words first (domain model, scenario 6). */
import { rmSync } from 'node:fs';
import { buildChangedApp } from './changed-app.ts';
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt, verdictCounts } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { choose, enrol, fillVisit, newPhone, openInside, raiseInVisit, save, startVisit } from './phone.ts';
import { searchProfile } from './profile-search.ts';

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

test('an app that somebody altered to keep a belief is refused: the key is named to its member, what stood in it is kept nowhere', { tag: ['@long', '@safekeeping'] }, async () => {
  const appFolder = await buildChangedApp('forbidden-key');
  const endpoint = await startEndpoint({ appFolder });
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    const { page } = phone;
    const outcome = 'Đã báo lịch tiêm cho cháu';
    const known = recordsAt(endpoint.folder, 'visit').length;
    await startVisit(page, son);
    await fillVisit(page, { outcome });
    await save(page);
    await expect.poll(() => verdictCounts(endpoint.folder)['rejected'], { timeout: 30_000 }).toBe(1);
    await page.getByText('Xong', { exact: true }).click();
    await openInside(phone, '/gui-nhan');
    await expect(page.getByText('Phiếu có mục lạ “religion”', { exact: false }).first()).toBeVisible({ timeout: 30_000 });
    await look(page, 'forbidden-key');

    expect(recordsAt(endpoint.folder, 'visit')).toHaveLength(known);
    // The neighbour's name of the demo is the control: the same search finds what is kept.
    expect(searchProfile(endpoint.folder, ['thờ thần rừng già', outcome])).toEqual([]);
    expect(searchProfile(endpoint.folder, [son.household]).length).toBeGreaterThan(0);
    expect(endpoint.output()).not.toContain('rừng già');
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
    rmSync(appFolder, { recursive: true, force: true });
  }
});
