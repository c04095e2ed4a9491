/**
 * A photo, whole: taken on a visit without a signal, a browser killed in mid-form, saved, sent after the records, seen by the commune; and nothing of where it was
 * taken, and nothing of it in the clear, on any disk.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Request } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import { picturesAt, recordsAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { startGoBetween, through } from './go-between.ts';
import { look } from './look.ts';
import { keysOnDisk } from './phone-disk.ts';
import { choose, enrol, goTo, newPhone, openHousehold, openInside, sendNow, startVisit, unlock } from './phone.ts';
import { exifMark, photoFromCamera } from './photo-file.ts';

const son = { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' };

test('a photo taken without a signal follows its visit, is seen by the commune, and tells nobody where it was taken', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const [memberLink, , blocLink] = endpoint.links;
  const goBetween = await startGoBetween(endpoint.url);
  const member = await newPhone(goBetween.url);
  const bloc = await newPhone(endpoint.url, 'desk');
  try {
    await enrol(member, through(goBetween, memberLink!));
    await enrol(bloc, blocLink!);
    const file = await photoFromCamera(member.page);
    expect(file.includes(exifMark)).toBe(true);
    await member.close();
    goBetween.become('cut');
    await member.open('/', { offline: true });
    await unlock(member);

    await test.step('on the form: what is no photo says so, a photo becomes small and is asked about', async () => {
      const { page } = member;
      await startVisit(page, son);
      await page.getByLabel('Đã làm, đã hẹn').fill('Xem máng nước vỡ, đã chụp lại.');
      const input = page.getByLabel('Chọn ảnh có sẵn');
      await input.setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('đây không phải ảnh') });
      await expect(page.getByText('Máy không mở được tệp này như một bức ảnh.')).toBeVisible();
      await input.setInputFiles({ name: 'b.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) });
      await expect(page.getByText('Tệp này trống, không có ảnh.')).toBeVisible();
      await input.setInputFiles({ name: 'IMG_0.HEIC', mimeType: 'image/heic', buffer: Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(64)]) });
      await expect(page.getByText('Ảnh kiểu HEIC máy này không mở được.')).toBeVisible();
      await expect(page.getByLabel('Đã làm, đã hẹn')).toHaveValue('Xem máng nước vỡ, đã chụp lại.');
      await input.setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: file });
      await expect(page.getByRole('group', { name: 'Ảnh 1' })).toBeVisible();
      await expect(page.getByText('Tệp này trống, không có ảnh.')).toBeHidden();
      // The turn that EXIF asked for is done, and within 1280 pixels.
      await expect(page.getByText(/^853 × 1.280, \d+ KB/)).toBeVisible();
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByText('Trả lời câu này thì mới lưu được ảnh.')).toBeVisible();
      await look(page, 'photo-on-form');
    });

    await test.step('a browser that writes no WebP makes a JPEG', async () => {
      const { page } = member;
      await page.evaluate(() => {
        const encode = OffscreenCanvas.prototype.convertToBlob;
        OffscreenCanvas.prototype.convertToBlob = async function withoutWebp(options) {
          return await encode.call(this, options?.type === 'image/webp' ? { type: 'image/png' } : options);
        };
      });
      await page.getByLabel('Chọn ảnh có sẵn').setInputFiles({ name: 'IMG_2.jpg', mimeType: 'image/jpeg', buffer: file });
      const second = page.getByRole('group', { name: 'Ảnh 2' });
      await expect(second.getByRole('img')).toBeVisible();
      // `/9j`: how every JPEG begins.
      await expect(second.getByRole('img')).toHaveAttribute('src', /^data:image\/jpeg;base64,\/9j/);
      const jpeg = Buffer.from(((await second.getByRole('img').getAttribute('src')) ?? '').split(',')[1] ?? '', 'base64');
      expect(/exif/iu.test(jpeg.toString('latin1'))).toBe(false);
      await second.getByRole('button', { name: 'Bỏ ảnh này' }).click();
      await expect(second).toHaveCount(0);
    });

    await test.step('a phone that is full when a photo is to be kept says so, and the form and the photo before stay', async () => {
      const { page } = member;
      await page.evaluate(() => {
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function withoutRoom(...row) {
          if (this.name === 'pictureBoxes') throw new DOMException('no room', 'QuotaExceededError');
          return put.apply(this, row);
        };
      });
      await page.getByLabel('Chọn ảnh có sẵn').setInputFiles({ name: 'IMG_3.jpg', mimeType: 'image/jpeg', buffer: file });
      await expect(page.getByText('Máy hết chỗ, chưa giữ được ảnh này. Xóa bớt ảnh hoặc gửi phiếu trước rồi thử lại. Phiếu đang ghi vẫn còn nguyên.')).toBeVisible();
      await expect(page.getByRole('group', { name: /^Ảnh \d/ })).toHaveCount(1);
      await expect(page.getByLabel('Đã làm, đã hẹn')).toHaveValue('Xem máng nước vỡ, đã chụp lại.');
    });

    await test.step('the browser is killed, and draft and photo are there', async () => {
      await expect(member.page.getByText('Đã giữ nháp')).toBeVisible();
      await member.kill();
      await member.open('/', { offline: true });
      await unlock(member);
      await member.page.getByRole('link', { name: /Nông Văn Sơn \(mẫu\).*Viết lúc/s }).click();
      await expect(member.page.getByRole('group', { name: 'Ảnh 1' }).getByRole('img')).toBeVisible();
    });

    let pixels = '';
    await test.step('a face without consent is not kept; then it is saved, and seen large without a signal', async () => {
      const { page } = member;
      const photo = page.getByRole('group', { name: 'Ảnh 1' });
      await choose(photo.getByRole('radiogroup', { name: 'Trong ảnh có thấy rõ mặt người không?' }), 'Có');
      await choose(photo.getByRole('radiogroup', { name: 'Người trong ảnh có đồng ý cho giữ ảnh này không?' }), 'Không');
      await expect(photo.getByText('Chưa được đồng ý thì không giữ ảnh này.')).toBeVisible();
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(photo.getByText('Phải được người trong ảnh đồng ý thì mới lưu được.')).toBeVisible();
      await choose(photo.getByRole('radiogroup', { name: 'Trong ảnh có thấy rõ mặt người không?' }), 'Không');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await expect(page.getByText('Đã lưu trên máy này. Sẽ tự gửi khi có sóng.')).toBeVisible();
      await page.getByText('Xong', { exact: true }).click();
      await openNewestVisit(page);
      await page.getByRole('link', { name: /^Xem ảnh 1/ }).click();
      pixels = await pixelsShown(page);
      expect(await sizeShown(page)).toEqual([853, 1280]);
      await look(page, 'photo-large');
    });

    await test.step('it waits behind the records, and pauses when the member says so', async () => {
      const { page } = member;
      await goTo(member, 'Hôm nay');
      await page.getByRole('link', { name: /phiếu chỉ có trên máy này/ }).click();
      await expect(page.getByText('1 ảnh chờ gửi')).toBeVisible();
      await page.getByRole('button', { name: 'Tạm dừng gửi ảnh' }).click();
      await expect(page.getByText('Đang tạm dừng gửi ảnh. Phiếu vẫn gửi bình thường.')).toBeVisible();
      goBetween.become('clear');
      await member.goOnline();
      await expect(page.getByText('Phiếu: xã đã nhận đủ. Ảnh còn chờ gửi.')).toBeVisible({ timeout: 60_000 });
      await look(page, 'photo-paused');
      expect(recordsAt(endpoint.folder, 'attachment')).toHaveLength(1);
    });

    await test.step('the bloc sees the small picture, and is told that the large one is still on its way', async () => {
      await sendNow(bloc);
      await openHousehold(bloc.page, son);
      await openNewestVisit(bloc.page);
      await bloc.page.getByRole('link', { name: /^Xem ảnh 1/ }).click();
      await expect(bloc.page.getByRole('button', { name: 'Xóa ảnh này' })).toBeVisible();
      await expect(bloc.page.getByText('Máy đã chụp ảnh này chưa gửi ảnh lên xã. Đây là ảnh nhỏ.')).toBeVisible();
    });

    let picture: Buffer = Buffer.alloc(0);
    await test.step('it goes, and the bloc sees it, the same to the pixel', async () => {
      await member.page.getByRole('button', { name: 'Gửi tiếp' }).click();
      await expect(member.page.getByText('Không còn ảnh nào chờ gửi.')).toBeVisible({ timeout: 60_000 });
      await expect(member.page.getByText('Xã đã nhận đủ.', { exact: true })).toBeVisible();
      const answered = bloc.page.waitForResponse((response) => response.url().endsWith('/attachment'));
      await bloc.page.getByRole('button', { name: 'Thử lại' }).click();
      expect((await answered).status()).toBe(200);
      picture = await askedAgain((await answered).request());
      // Enough of it to be searched for.
      expect(picture.length).toBeGreaterThan(20_000);
      expect(picture.length).toBeLessThanOrEqual(400 * 1024);
      expect(await pixelsShown(bloc.page)).toBe(pixels);
      await look(bloc.page, 'photo-at-the-desk');
    });

    await test.step("on the member's disk it lies sealed: the same search finds it where it was put in the clear", async () => {
      const middle = [...picture.subarray(picture.length >> 1, (picture.length >> 1) + 24)];
      expect(await foundOnDisk(member.page, [middle, [...Buffer.from(exifMark)]])).toEqual([false, false]);
      await member.page.evaluate(async (bytes) => {
        await new Promise((resolve) => {
          const opening = indexedDB.open('control', 1);
          opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('control'));
          opening.addEventListener('success', () => {
            const writing = opening.result.transaction('control', 'readwrite');
            writing.objectStore('control').put({ box: Uint8Array.from(bytes) }, 1);
            writing.addEventListener('complete', () => {
              opening.result.close();
              resolve(undefined);
            });
          });
        });
      }, [...picture, ...Buffer.from(exifMark)]);
      expect(await foundOnDisk(member.page, [middle, [...Buffer.from(exifMark)]])).toEqual([true, true]);
    });

    await test.step('nothing of it lies in the clear at the endpoint, and nowhere where it was taken', async () => {
      const middle = picture.subarray(picture.length >> 1, (picture.length >> 1) + 24);
      const lying = Buffer.concat(readdirSync(endpoint.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name))));
      expect([lying.includes(middle), lying.includes(exifMark)]).toEqual([false, false]);
      // What is there as it came is found: the hash that names the sealed picture.
      expect(lying.includes(String(recordsAt(endpoint.folder, 'attachment')[0]?.fields['sha256']))).toBe(true);
      expect(picture.includes(exifMark)).toBe(false);
      // Neither in the small one, which stands in the record; both kinds of file call it by this word.
      const small = Buffer.from(String(recordsAt(endpoint.folder, 'attachment')[0]?.fields['thumbnail']), 'base64');
      expect(small.length).toBeGreaterThan(1_000);
      expect([file, picture, small].map((one) => /exif/iu.test(one.toString('latin1')))).toEqual([true, false, false]);
    });
    expect(member.complaints).toEqual([]);
    expect(bloc.complaints).toEqual([]);
  } finally {
    await Promise.all([member.dispose(), bloc.dispose()]);
    await goBetween.dispose();
    await endpoint.dispose();
  }
});

test('a photo that is damaged on the phone holds up no other, and says what to do', { tag: '@long' }, async () => {
  const endpoint = await startEndpoint();
  const goBetween = await startGoBetween(endpoint.url);
  const member = await newPhone(goBetween.url);
  try {
    await enrol(member, through(goBetween, endpoint.links[0]!));
    const file = await photoFromCamera(member.page);
    await member.close();
    goBetween.become('cut');
    await member.open('/', { offline: true });
    await unlock(member);
    const { page } = member;
    await startVisit(page, son);
    for (const no of [1, 2]) {
      await page.getByLabel('Chọn ảnh có sẵn').setInputFiles({ name: `IMG_${no}.jpg`, mimeType: 'image/jpeg', buffer: file });
      await choose(page.getByRole('group', { name: `Ảnh ${no}` }).getByRole('radiogroup', { name: 'Trong ảnh có thấy rõ mặt người không?' }), 'Không');
    }
    await page.getByLabel('Đã làm, đã hẹn').fill('Xem máng nước vỡ.');
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect(page.getByText('Đã lưu trên máy này. Sẽ tự gửi khi có sóng.')).toBeVisible();
    await page.getByText('Xong', { exact: true }).click();
    const [damaged] = await keysOnDisk(page, 'pictureBoxes');
    await cutOnDisk(page, damaged!);
    await goTo(member, 'Hôm nay');
    await page.getByRole('link', { name: /phiếu chỉ có trên máy này/ }).click();
    await expect(page.getByText('2 ảnh chờ gửi')).toBeVisible();
    goBetween.become('clear');
    await member.goOnline();

    await test.step('the other one goes, and what happened is said, and never that all was sent', async () => {
      await expect(page.getByText('Ảnh này bị hỏng trên máy nên không gửi được nữa.')).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText('Phiếu: xã đã nhận đủ. Có ảnh chưa gửi được, cần bạn xem.')).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText(/ảnh chờ gửi/)).toBeHidden();
      await expect(page.getByRole('button', { name: 'Gửi lại' })).toBeHidden();
      expect(picturesAt(endpoint.folder)).toHaveLength(1);
      expect(picturesAt(endpoint.folder)).not.toContain(damaged);
      await look(page, 'photo-damaged');
    });

    await test.step('its own page says the same', async () => {
      await openInside(member, `/anh/${damaged!}`);
      await expect(page.getByText('Ảnh này bị hỏng trên máy nên không gửi được nữa.')).toBeVisible();
      await expect(page.locator('[data-mark="needs_you"]')).toBeVisible();
      await look(page, 'photo-damaged-large');
      await page.getByRole('main').getByRole('link', { name: 'Gửi và nhận' }).click();
    });

    await test.step('it is taken again, and given up', async () => {
      await page.getByRole('link', { name: 'Chụp lại' }).click();
      await expect(page.getByRole('heading', { name: 'Thêm ảnh' })).toBeVisible();
      await page.goBack();
      await page.getByRole('button', { name: 'Bỏ ảnh khỏi máy này' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Bỏ ảnh khỏi máy này' }).click();
      await expect(page.getByText('Không còn ảnh nào chờ gửi.')).toBeVisible();
      await expect(page.getByText('Ảnh này bị hỏng trên máy')).toBeHidden();
    });
    expect(member.complaints).toEqual([]);
  } finally {
    await member.dispose();
    await goBetween.dispose();
    await endpoint.dispose();
  }
});

/** As a disk that lost the end of a file would leave it. */
async function cutOnDisk(page: Page, pictureId: string): Promise<void> {
  await page.evaluate(async (id) => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('no answer')));
      });
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name));
      if (database.objectStoreNames.contains('pictureBoxes')) {
        const boxes = database.transaction('pictureBoxes', 'readwrite').objectStore('pictureBoxes');
        const row = (await answer(boxes.get(id))) as { box: Uint8Array };
        await answer(boxes.put({ ...row, box: row.box.slice(0, -100) }));
      }
      database.close();
    }
  }, pictureId);
}

async function openNewestVisit(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: /Thường kỳ/ }).first().click();
  await expect(page.getByRole('region', { name: 'Ảnh' })).toBeVisible();
}

/** What the large picture shows, once it is there: a hash of its pixels. */
async function pixelsShown(page: Page): Promise<string> {
  const image = page.locator('img[src^="blob:"]');
  await expect(image).toBeVisible({ timeout: 30_000 });
  return await image.evaluate(async (shown: HTMLImageElement) => {
    await shown.decode();
    const context = new OffscreenCanvas(shown.naturalWidth, shown.naturalHeight).getContext('2d');
    context?.drawImage(shown, 0, 0);
    const pixels = context?.getImageData(0, 0, shown.naturalWidth, shown.naturalHeight).data ?? new Uint8ClampedArray();
    return Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', pixels)), (byte) => byte.toString(16)).join(' ');
  });
}

/** The same question from outside of the browser, which keeps no body of a picture for anybody. */
async function askedAgain(request: Request): Promise<Buffer> {
  const headers = { 'content-type': 'application/json', authorization: (await request.allHeaders())['authorization'] ?? '' };
  const recordId = new URL(request.frame().url()).pathname.split('/').at(-1);
  const answer = await fetch(request.url(), { method: 'POST', headers, body: JSON.stringify({ recordId }) });
  return Buffer.from(await answer.arrayBuffer());
}

async function sizeShown(page: Page): Promise<[number, number]> {
  return await page.locator('img[src^="blob:"]').evaluate(async (shown: HTMLImageElement) => {
    await shown.decode();
    return [shown.naturalWidth, shown.naturalHeight] as [number, number];
  });
}

/** Is each of these rows of bytes in some table of some database of this browser? */
async function foundOnDisk(page: Page, wanted: number[][]): Promise<boolean[]> {
  return await page.evaluate(async (rows) => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('no answer')));
      });
    const texts: string[] = [];
    const latin1 = new TextDecoder('latin1');
    const read = (value: unknown): void => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) texts.push(latin1.decode(value));
      else if (typeof value === 'string') texts.push(value);
      else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) read(one);
    };
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name));
      for (const table of database.objectStoreNames) read(await answer(database.transaction(table).objectStore(table).getAll()));
      database.close();
    }
    return rows.map((row) => texts.some((text) => text.includes(latin1.decode(Uint8Array.from(row)))));
  }, wanted);
}
