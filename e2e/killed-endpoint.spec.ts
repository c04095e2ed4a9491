/** The endpoint dies between its commit and its answer: the phone cannot know, sends again, and everything is there once. */
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt, tracesAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { startGoBetween, through } from './go-between.ts';
import { choose, enrol, fillVisit, logVisit, newPhone, save, startVisit } from './phone.ts';

const bridge = 'Đường vào xóm sạt một đoạn dài, xe máy không qua được, mong xã cho máy xúc.';

test('an endpoint killed twice after its commit holds every record once, and the phone says what it knows', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const goBetween = await startGoBetween(endpoint.url);
  const phone = await newPhone(goBetween.url);
  try {
    await enrol(phone, through(goBetween, endpoint.links[0]!));
    const { page } = phone;
    await expect(page.getByText('Xã đã nhận đủ.')).toBeVisible();
    const kinds = ['visit', 'feedback', 'household'];
    const counts = () => Object.fromEntries(kinds.map((kind) => [kind, recordsAt(endpoint.folder, kind).length]));
    const before = counts();
    const tracesBefore = tracesAt(endpoint.folder);

    await test.step('three visits without a signal: one corrects a phone number, one raises feedback', async () => {
      await phone.goOffline();
      await logVisit(page, { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)', met: 'Vắng' });
      await logVisit(page, { search: 'dam minh duc', household: 'Đàm Minh Đức (mẫu)', phone: '0912345678', outcome: 'Đã ghi số mới.' });
      await startVisit(page, { search: 'duong van dung', household: 'Dương Văn Dũng (mẫu)' });
      await fillVisit(page, { outcome: 'Nghe bà con nói về đường.' });
      await page.getByRole('button', { name: 'Ghi ý kiến' }).click();
      await choose(page, 'Phản ánh');
      await page.getByLabel('Chủ đề').last().selectOption({ label: 'Đường, cầu' });
      await page.getByLabel('Bà con nói gì?').fill(bridge);
      await choose(page, 'Ghi tên');
      await save(page);
      await page.getByText('Xong', { exact: true }).click();
      await page.getByRole('navigation', { name: 'Các mục chính' }).getByRole('link', { name: 'Hôm nay', exact: true }).click();
      await expect(page.getByText(/3 phiếu chỉ có trên máy này/u)).toBeVisible();
    });

    const committed = await test.step('the endpoint commits them and dies before a byte of its answer is on the way', async () => {
      const killed = goBetween.loseNextDelivery(() => endpoint.kill());
      await phone.goOnline();
      await killed;
      await expect(page.getByText('Chưa nối được với xã. Máy sẽ tự gửi lại.')).toBeVisible();
      // The phone was told nothing, so it promises nothing.
      await expect(page.getByText(/3 phiếu chỉ có trên máy này/u)).toBeVisible();
      await expect(page.getByText('Xã đã nhận đủ.')).toHaveCount(0);
      // So the commit was done.
      expect(counts()).toEqual({ visit: before['visit']! + 3, feedback: before['feedback']! + 1, household: before['household'] });
      return tracesAt(endpoint.folder);
    });
    const known = tracesBefore.entries.map(({ entryId }) => entryId);
    const ours = committed.entries.filter(({ entryId }) => !known.includes(entryId));
    expect(ours.map(({ verdict, verdictVersion }) => `${verdict} ${verdictVersion}`)).toEqual(['applied 1', 'applied 1', 'applied 1']);

    await test.step('started again, it is killed once more at the answer to the repeated request', async () => {
      goBetween.become('cut');
      await endpoint.restart();
      const killed = goBetween.loseNextDelivery(() => endpoint.kill());
      goBetween.become('clear');
      await killed;
      await expect(page.getByText(/3 phiếu chỉ có trên máy này/u)).toBeVisible();
    });

    await test.step('started for good, the phone sends again by itself and is told that all is there', async () => {
      await endpoint.restart();
      await expect(page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 90_000 });
      await expect(page.getByText(/chỉ có trên máy này/u)).toHaveCount(0);
    });

    await test.step('nothing was applied a second time, not even a sequence taken', async () => {
      expect(tracesAt(endpoint.folder)).toEqual(committed);
      const corrected = recordsAt(endpoint.folder, 'household').filter(({ fields }) => fields['phone'] === '0912345678');
      expect(corrected).toHaveLength(1);
      expect(recordsAt(endpoint.folder, 'feedback').filter(({ fields }) => fields['text'] === bridge)).toHaveLength(1);
    });
    expect(phone.complaints).toEqual([]);
  } finally {
    await phone.dispose();
    await goBetween.dispose();
    await endpoint.dispose();
  }
});
