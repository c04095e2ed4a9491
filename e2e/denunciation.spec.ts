/**
 * A denunciation at the door: shown where to go, counted, and nothing else of it is kept anywhere. Domain model, scenario 7. Where to go is what the
 * commune's administrator wrote down last.
 */
import { expect, test } from './fixtures.ts';
import { startEndpoint } from './endpoint-process.ts';
import { recordsAt } from './endpoint-records.ts';
import { look } from './look.ts';
import { choose, enrol, fillVisit, goTo, newPhone, openInside, raiseInVisit, save, sendNow, startVisit } from './phone.ts';

const son = { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' };
const office = 'Phòng tiếp công dân, trụ sở UBND xã Quang Hán (mẫu)';
const half = 'Ông cán bộ ấy cầm tiền của dân rồi bảo';

test('a denunciation is sent to where it is received: no field to write into, a slip that tells nothing, kind and day alone', async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    const { page } = phone;
    await expect(page.getByText('Xã đã nhận đủ.')).toBeVisible();
    const before = recordsAt(endpoint.folder, 'feedback').map(({ recordId }) => recordId);

    await test.step('what was written before it was called a denunciation is asked about, and goes', async () => {
      await phone.goOffline();
      await startVisit(page, son);
      await raiseInVisit(page, { topic: 'Nước', text: half, name: 'withheld' });
      const block = page.getByRole('group', { name: 'Ý kiến 1' });
      await choose(block, 'Tố cáo');
      await page.getByRole('button', { name: 'Bỏ phần đã ghi' }).click();
      await expect(block.getByText(office)).toBeVisible();
      await expect(block.getByText('Thứ Ba và thứ Năm')).toBeVisible();
      await expect(block.locator('input:not([type=radio]), textarea, select')).toHaveCount(0);
    });

    await test.step('the saved page says where to go, and the slip says neither what nor who nor when', async () => {
      await save(page);
      await expect(page.getByText(office)).toBeVisible();
      await look(page, 'denunciation-saved', { atNight: false });
      await page.getByRole('link', { name: 'In giấy chỉ nơi tiếp công dân' }).click();
      await expect(page.getByRole('button', { name: 'In giấy này' })).toBeVisible();
      await look(page, 'reception-slip', { atNight: false });
      await page.emulateMedia({ media: 'print' });
      await expect(page.getByText(office)).toBeVisible();
      const printed = await page.locator('body').innerText();
      for (const words of ['Nông Văn Sơn', 'Ngọc Sơn', 'In giấy này', new Date().getFullYear().toString()]) expect(printed).not.toContain(words);
      expect(printed).not.toMatch(/tố cáo|khiếu nại/iu);
      expect(printed.match(/nơi tiếp công dân/giu)).toHaveLength(1);
      await page.emulateMedia({ media: null });
    });

    await test.step('the commune counts one: kind and day, in its hamlet', async () => {
      await page.getByRole('link', { name: 'Quay lại' }).click();
      await phone.goOnline();
      await sendNow(phone);
      const kept = recordsAt(endpoint.folder, 'feedback').filter(({ recordId }) => !before.includes(recordId));
      expect(kept.map(({ fields }) => Object.keys(fields).sort())).toEqual([['kind', 'receivedOn']]);
      expect(kept[0]).toMatchObject({ fields: { kind: 'to_cao' }, occurredAt: `${String(kept[0]?.fields['receivedOn'])}T00:00:00+07:00` });
      const newest = recordsAt(endpoint.folder, 'visit').toSorted((a, b) => b.receivedAt.localeCompare(a.receivedAt))[0];
      expect(newest?.fields['feedbackIds']).toBeUndefined();
      expect(newest?.entryIds).not.toEqual(kept[0]?.entryIds);
    });
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});

test('where and when citizens are received is written at the desk without a signal, and stands on the slip of a phone that has none', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const desk = await newPhone(endpoint.url, 'desk');
  const phone = await newPhone(endpoint.url);
  const [place, hours] = ['Nhà văn hóa xã, phòng bên trái cổng vào', 'Sáng thứ Tư, từ 8 giờ đến 11 giờ'];
  const kept = () => recordsAt(endpoint.folder, 'area').find(({ recordId }) => recordId === '01456')?.fields;
  try {
    await enrol(phone, endpoint.links[0]!);
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    await enrol(desk, endpoint.links[4]!);
    const { page } = desk;
    const open = page.getByRole('article', { name: 'Xã Quang Hán' });

    await test.step('the administrator has no signal; an hour that is left out is asked for, and the rest stays', async () => {
      await goTo(desk, 'Xóm');
      await page.getByRole('list', { name: 'Tiếp công dân' }).getByRole('link').click();
      await expect(open.getByText('đã gửi')).toBeVisible();
      await desk.goOffline();
      await expect(page.getByLabel('Nơi tiếp công dân')).toHaveValue(office);
      await page.getByLabel('Nơi tiếp công dân').fill(place.replace(', ', ',\n'));
      await page.getByLabel('Giờ tiếp công dân').fill('');
      await page.getByRole('button', { name: 'Lưu nơi, giờ tiếp' }).click();
      await expect(page.getByLabel('Giờ tiếp công dân')).toBeFocused();
      await expect(open.getByRole('alert')).toHaveText('Mục này còn trống.');
      await look(page, 'reception-wrong', { atNight: false });
    });

    await test.step('saved on this device alone; the commune and the phones say what they said', async () => {
      await page.getByLabel('Giờ tiếp công dân').fill(hours);
      await page.getByRole('button', { name: 'Lưu nơi, giờ tiếp' }).click();
      const row = page.getByRole('list', { name: 'Tiếp công dân' }).getByRole('link');
      await expect(row).toContainText(`${place} · ${hours}`);
      await expect(row).toContainText('trên máy này');
      expect(kept()).toMatchObject({ receptionPlace: office });
      await sendNow(phone);
      await openInside(phone, '/noi-tiep-cong-dan');
      await expect(phone.page.getByText(office)).toBeVisible();
    });

    await test.step('with a signal it goes by itself', async () => {
      await desk.goOnline();
      await expect(page.getByRole('list', { name: 'Tiếp công dân' }).getByText('trên máy này')).toHaveCount(0, { timeout: 30_000 });
      expect(kept()).toMatchObject({ receptionPlace: place, receptionHours: hours });
    });

    await test.step('and the member sends a citizen there where no phone has a signal', async () => {
      await sendNow(phone);
      await phone.goOffline();
      await startVisit(phone.page, son);
      await fillVisit(phone.page, {});
      await phone.page.getByRole('button', { name: 'Ghi ý kiến' }).click();
      await choose(phone.page.getByRole('group', { name: 'Ý kiến 1' }), 'Tố cáo');
      await save(phone.page);
      await phone.page.getByRole('link', { name: 'In giấy chỉ nơi tiếp công dân' }).click();
      await phone.page.emulateMedia({ media: 'print' });
      for (const words of [place, hours]) await expect(phone.page.getByText(words)).toBeVisible();
      await expect(phone.page.getByText(office)).toHaveCount(0);
      await phone.page.emulateMedia({ media: null });
    });
    expect([...desk.complaints, ...phone.complaints]).toEqual([]);
  } finally {
    await desk.dispose();
    await phone.dispose();
    await endpoint.dispose();
  }
});
