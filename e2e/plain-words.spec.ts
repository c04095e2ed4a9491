/** Whatever goes wrong says what it is, in the words of the field, and nothing is lost by it. */
import type { Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import type { EndpointProcess } from './endpoint-process.ts';
import { recordsAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { gatewayError, loginPage, loginRedirect, serverError, startGoBetween, through } from './go-between.ts';
import type { GoBetween } from './go-between.ts';
import { cancel, deviceCount, invitationOf, letExpire } from './invitation-rows.ts';
import { acceptInvitation, enrol, fillVisit, goIn, lockWith, logVisit, newPhone, save, startVisit, unlock } from './phone.ts';
import type { Phone } from './phone.ts';

let endpoint: EndpointProcess;
let goBetween: GoBetween;
/** What a story started, the last first. */
let started: { dispose(): Promise<void> }[] = [];

test.beforeEach(async () => {
  endpoint = await startEndpoint();
  started = [endpoint];
  goBetween = await startGoBetween(endpoint.url);
  started.unshift(goBetween);
});

test.afterEach(async () => {
  for (const one of started) await one.dispose();
  started = [];
});

async function takePhone(): Promise<Phone> {
  const phone = await newPhone(goBetween.url);
  started.unshift(phone);
  return phone;
}

test('an invitation that cannot be used says why, and another one goes through on the same phone', { tag: '@long' }, async () => {
  const [memberLink, leadLink, blocLink, responderLink] = endpoint.links as [string, string, string, string];
  await endpoint.kill();
  letExpire(endpoint.folder, leadLink);
  cancel(endpoint.folder, blocLink);
  await endpoint.restart();
  const first = await takePhone();
  const second = await takePhone();
  const { bad, unknown, expired, cancelled, used } = {
    bad: 'Đường dẫn này thiếu hoặc sai chữ. Hãy chép lại cả đường dẫn từ tin nhắn mời.',
    unknown: 'Xã không có lời mời này. Hãy chép lại cả đường dẫn, hoặc hỏi người đã mời bạn.',
    expired: 'Lời mời đã quá 3 ngày. Hãy xin khối dân vận xã lời mời mới.',
    cancelled: 'Lời mời này đã được thu lại. Hãy hỏi khối dân vận xã.',
    used: 'Lời mời này đã được dùng trên một máy khác. Nếu không phải bạn dùng, hãy báo ngay cho khối dân vận xã.',
  };

  await test.step('a link cut short, opened and pasted', async () => {
    await second.open(through(goBetween, memberLink).slice(0, -5));
    await expect(second.page.getByText(bad)).toHaveCount(1);
    await paste(second.page, memberLink.slice(0, -5));
    await expect(second.page.getByText(bad)).toHaveCount(2);
  });

  await test.step('unknown, expired and cancelled ones', async () => {
    const stranger = memberLink.replace(/.{8}$/u, 'AAAAAAAA');
    for (const [link, words] of [[stranger, unknown], [leadLink, expired], [blocLink, cancelled]] as const) {
      await paste(second.page, `Chào anh chị, lời mời đây: ${link}`);
      await expect(second.page.getByText(words)).toBeVisible();
      await expect(second.page.getByRole('button', { name: 'Thử lại' })).toHaveCount(0);
      await second.page.getByRole('button', { name: 'Dùng lời mời khác' }).click();
    }
  });

  await test.step('one that another phone uses while the passphrase is chosen', async () => {
    await paste(second.page, responderLink);
    await acceptInvitation(second.page);
    await enrol(first, through(goBetween, responderLink));
    await lockWith(second.page);
    await expect(second.page.getByText(used)).toBeVisible({ timeout: 60_000 });
    await second.page.getByRole('button', { name: 'Bỏ và bắt đầu lại' }).click();
    await second.page.getByRole('dialog').getByRole('button', { name: 'Bỏ và bắt đầu lại' }).click();
  });

  await test.step('one that was used before', async () => {
    await paste(second.page, responderLink);
    await expect(second.page.getByText(used)).toBeVisible();
    await second.page.getByRole('button', { name: 'Dùng lời mời khác' }).click();
  });

  await test.step('and the right one goes through', async () => {
    await paste(second.page, memberLink);
    await acceptInvitation(second.page);
    await lockWith(second.page);
    await goIn(second.page);
    expect(deviceCount(endpoint.folder)).toBe(2);
  });
  expect([...first.complaints, ...second.complaints]).toEqual([]);
});

test('enrolment waits through a missing network, a login page and an endpoint in trouble, and uses the invitation once', { tag: '@long' }, async () => {
  const [memberLink] = endpoint.links as [string];
  const phone = await takePhone();
  const unreachable = 'Đang không có sóng hoặc không tới được máy của xã. Chưa mất gì, lời mời vẫn còn. Có sóng thì bấm thử lại.';
  const inTrouble = 'Máy của xã đang trục trặc. Chưa mất gì, lời mời vẫn còn. Chờ ít phút rồi thử lại.';
  const notOurs = 'Có trang khác trả lời thay máy của xã, thường là trang đăng nhập wifi. Hãy đăng nhập wifi hoặc dùng 4G rồi thử lại.';
  const retry = () => phone.page.getByRole('button', { name: 'Thử lại' }).click();

  await test.step('while the invitation is looked at', async () => {
    goBetween.become(serverError);
    await phone.open(through(goBetween, memberLink));
    await expect(phone.page.getByText(inTrouble)).toBeVisible();
    for (const [weather, words] of [[loginPage, notOurs], [gatewayError, inTrouble], [loginRedirect, notOurs], ['cut', unreachable]] as const) {
      goBetween.become(weather);
      await retry();
      await expect(phone.page.getByText(words)).toBeVisible();
    }
    goBetween.become('clear');
    await phone.goOffline();
    await retry();
    await expect(phone.page.getByText(unreachable)).toBeVisible();
    await phone.goOnline();
    await retry();
  });

  await test.step('while the keys are made: what was typed stands', async () => {
    await acceptInvitation(phone.page);
    goBetween.become(loginPage);
    await lockWith(phone.page);
    await expect(phone.page.getByText(notOurs)).toBeVisible();
    await expect(phone.page.getByLabel('Gõ lại cụm mật khẩu')).not.toHaveValue('');
    expect(deviceCount(endpoint.folder)).toBe(0);
  });

  await test.step('while the phone is registered, even if the answer alone is lost and the browser is killed', async () => {
    goBetween.become(serverError, '/enrolment');
    await phone.page.getByRole('button', { name: 'Khóa máy bằng cụm này' }).click();
    await expect(phone.page.getByText(inTrouble)).toBeVisible({ timeout: 60_000 });
    await expect(phone.page.getByRole('button', { name: 'Bỏ và bắt đầu lại' })).toBeVisible();
    goBetween.become(loginPage);
    await retry();
    await expect(phone.page.getByText(notOurs)).toBeVisible();
    expect(deviceCount(endpoint.folder)).toBe(0);
    goBetween.become('answer_lost');
    await retry();
    await expect(phone.page.getByText(unreachable)).toBeVisible();
    expect(deviceCount(endpoint.folder)).toBe(1);
    await phone.kill();
  });

  await test.step('it goes on where it was', async () => {
    goBetween.become('clear');
    await phone.open('/');
    await expect(phone.page.getByText('Lời mời không bị mất.')).toBeVisible();
    await phone.page.getByLabel('Cụm mật khẩu').fill('con trau di cay som');
    await phone.page.getByRole('button', { name: 'Làm tiếp' }).click();
    await goIn(phone.page);
    expect(deviceCount(endpoint.folder)).toBe(1);
  });
  expect(phone.complaints).toEqual([]);
});

test('a saved visit waits on the phone while the endpoint fails or something else answers, and goes once when it can', async () => {
  const [memberLink] = endpoint.links as [string];
  const phone = await takePhone();
  await enrol(phone, through(goBetween, memberLink));
  await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();
  const before = recordsAt(endpoint.folder, 'visit').length;
  const arrived = (outcome: string) => recordsAt(endpoint.folder, 'visit').filter(({ fields }) => fields['outcome'] === outcome).length;
  const inTrouble = 'Máy của xã đang trục trặc. Không mất gì, máy sẽ tự gửi lại.';
  const notOurs = 'Mạng này bắt đăng nhập hoặc chặn. Thử mạng khác, phiếu vẫn an toàn.';
  const unreachable = 'Chưa nối được với xã. Máy sẽ tự gửi lại.';
  const onlyHere = phone.page.getByText(/1 phiếu chỉ có trên máy này/u);

  await test.step('it goes by itself when the endpoint is well again', async () => {
    const outcome = 'Đã hẹn mang giống ngô tới.';
    goBetween.become(serverError);
    await logVisit(phone.page, { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)', outcome });
    await expect(phone.page.getByRole('listitem').filter({ hasText: outcome }).getByText('trên máy này')).toBeVisible();
    await goToToday(phone.page);
    await expect(onlyHere).toBeVisible();
    await expect(phone.page.getByText(inTrouble)).toBeVisible();
    expect(arrived(outcome)).toBe(0);
    goBetween.become('clear');
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 60_000 });
    await expect(phone.page.getByText(inTrouble)).toHaveCount(0);
    expect(arrived(outcome)).toBe(1);
  });

  await test.step('and by the button, however often it was pressed before', async () => {
    const outcome = 'Đã xem lại sổ tiêm phòng.';
    goBetween.become(loginPage);
    await logVisit(phone.page, { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)', outcome });
    await goToToday(phone.page);
    await onlyHere.click();
    for (const [weather, words] of [
      [loginPage, notOurs], [serverError, inTrouble], [loginRedirect, notOurs], [gatewayError, inTrouble], ['cut', unreachable],
    ] as const) {
      goBetween.become(weather);
      await phone.page.getByRole('button', { name: 'Gửi ngay' }).click();
      // What the press came to, and how things stand.
      await expect(phone.page.getByText(words)).toHaveCount(2);
      await expect(onlyHere).toBeVisible();
      await expect(phone.page.getByText('Xã đã nhận đủ.')).toHaveCount(0);
      expect(arrived(outcome)).toBe(0);
    }
    goBetween.become('answer_lost');
    await phone.page.getByRole('button', { name: 'Gửi ngay' }).click();
    await expect.poll(() => arrived(outcome)).toBe(1);
    await expect(phone.page.getByText(unreachable)).toHaveCount(2);
    await expect(onlyHere).toBeVisible();
    goBetween.become('clear');
    await phone.page.getByRole('button', { name: 'Gửi ngay' }).click();
    await expect(phone.page.getByText('Đã gửi 1 phiếu. Xã đã nhận được.')).toBeVisible();
    expect(arrived(outcome)).toBe(1);
    expect(recordsAt(endpoint.folder, 'visit')).toHaveLength(before + 2);
  });
  expect(phone.complaints).toEqual([]);
});

test('a wrong passphrase is counted, also past a killed browser, and the right one finds everything', { tag: '@long' }, async () => {
  const [memberLink] = endpoint.links as [string];
  const phone = await takePhone();
  await enrol(phone, through(goBetween, memberLink));
  await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();
  const outcome = 'Đã đọc thư của con trai cho bà nghe.';
  await phone.goOffline();
  // Also for the service worker, which a starting browser wakes before it is told that it is offline.
  goBetween.become('cut');
  await logVisit(phone.page, { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)', outcome });
  await phone.close();

  await phone.open('/', { offline: true });
  await tryPassphrase(phone.page, 'con trâu đi cày muộn');
  await expect(phone.page.getByText(left(9))).toBeVisible({ timeout: 60_000 });
  await phone.kill();
  await phone.open('/', { offline: true });
  await expect(phone.page.getByText(left(9))).toBeVisible();
  await tryPassphrase(phone.page, 'con trâu đi cày khuya');
  await expect(phone.page.getByText(left(8))).toBeVisible({ timeout: 60_000 });
  // Too short to have been chosen: a slip of the finger is no try.
  await tryPassphrase(phone.page, 'con');
  await expect(phone.page.getByText(left(8))).toBeVisible();
  await phone.close();

  await phone.open('/', { offline: true });
  await expect(phone.page.getByText(left(8))).toBeVisible();
  await unlock(phone);
  await expect(phone.page.getByText(/1 phiếu chỉ có trên máy này/u)).toBeVisible();
  goBetween.become('clear');
  await phone.goOnline();
  await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 60_000 });
  expect(recordsAt(endpoint.folder, 'visit').filter(({ fields }) => fields['outcome'] === outcome)).toHaveLength(1);
  await phone.page.reload();
  await expect(phone.page.getByLabel('Cụm mật khẩu')).toBeVisible();
  await expect(phone.page.getByText('Chưa đúng.')).toHaveCount(0);
  expect(phone.complaints).toEqual([]);
});

test('a full phone says so at each step, keeps the text on the screen, and saves once there is room', { tag: '@long' }, async () => {
  const [memberLink] = endpoint.links as [string];
  const phone = await takePhone();
  const outcome = 'Đã xem chuồng bò, hẹn cán bộ thú y tới.';
  await phone.open('about:blank');
  await makeRoom(phone.page);

  await test.step('when it makes its keys', async () => {
    await phone.page.goto(through(goBetween, memberLink));
    await acceptInvitation(phone.page);
    // The app itself is on the phone by now.
    await phone.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await fillUp(phone.page);
    await lockWith(phone.page);
    await expect(phone.page.getByText('Máy đầy nên chưa lưu được khóa. Xóa bớt ảnh hoặc video rồi thử lại. Lời mời vẫn còn.')).toBeVisible({ timeout: 60_000 });
    expect(deviceCount(endpoint.folder)).toBe(0);
    await makeRoom(phone.page);
    await phone.page.getByRole('button', { name: 'Khóa máy bằng cụm này' }).click();
    await goIn(phone.page);
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();
  });
  const before = recordsAt(endpoint.folder, 'visit').length;

  await test.step('when a visit is saved', async () => {
    await startVisit(phone.page, { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' });
    await fillUp(phone.page);
    await fillVisit(phone.page, { outcome });
    await expect(phone.page.getByText('Chưa giữ được nháp')).toBeVisible();
    await phone.page.getByRole('button', { name: 'Lưu', exact: true }).click();
    const full = phone.page.getByText('Máy hết chỗ nên chưa lưu được. Chữ đã ghi vẫn còn trên màn hình. Xóa bớt ảnh trong máy rồi bấm Lưu lại.');
    await expect(full).toBeVisible();
    await expect(phone.page.getByLabel('Đã làm, đã hẹn')).toHaveValue(outcome);
    await makeRoom(phone.page);
    await save(phone.page);
    await phone.page.getByText('Xong', { exact: true }).click();
    await goToToday(phone.page);
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 60_000 });
    expect(recordsAt(endpoint.folder, 'visit').filter(({ fields }) => fields['outcome'] === outcome)).toHaveLength(1);
    expect(recordsAt(endpoint.folder, 'visit')).toHaveLength(before + 1);
  });

  await test.step('when news come', async () => {
    await fillUp(phone.page);
    await phone.page.getByText('Xã đã nhận đủ.').click();
    await phone.page.getByRole('button', { name: 'Gửi ngay' }).click();
    await expect(phone.page.getByText('Máy hết chỗ nên chưa cất được tin mới của xã. Xóa bớt ảnh trong máy. Phiếu đã ghi vẫn còn.')).toHaveCount(2);
  });

  await test.step('and it still opens, shows what it holds and sends what waits', async () => {
    const waiting = 'Đã nhắc lịch tiêm cho đàn bò.';
    const full = 'Máy hết chỗ nên chưa cất được tin mới của xã. Xóa bớt ảnh trong máy. Phiếu đã ghi vẫn còn.';
    await makeRoom(phone.page);
    await phone.goOffline();
    await logVisit(phone.page, { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)', outcome: waiting });
    await phone.page.goto(goBetween.url);
    await expect(phone.page.getByLabel('Cụm mật khẩu')).toBeVisible();
    await fillUp(phone.page);
    await unlock(phone);
    await expect(phone.page.getByText(/1 phiếu chỉ có trên máy này/u)).toBeVisible();
    await phone.goOnline();
    await expect(phone.page.getByText(full)).toBeVisible({ timeout: 60_000 });
    const arrived = () => recordsAt(endpoint.folder, 'visit').filter(({ fields }) => fields['outcome'] === waiting).length;
    expect(arrived()).toBe(1);
    // The phone could not note that it arrived: it says what it knows.
    await expect(phone.page.getByText(/1 phiếu chỉ có trên máy này/u)).toBeVisible();
    await makeRoom(phone.page);
    await phone.page.getByText(full).click();
    await phone.page.getByRole('button', { name: 'Gửi ngay' }).click();
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 60_000 });
    expect(arrived()).toBe(1);
    expect(recordsAt(endpoint.folder, 'visit')).toHaveLength(before + 2);
  });
  expect(phone.complaints).toEqual([]);
});

test("inside Zalo's browser the link is not used up", { tag: '@long' }, async () => {
  const [memberLink] = endpoint.links as [string];
  const link = through(goBetween, memberLink);
  const inZalo = await takePhone();
  await inZalo.open(link, {
    userAgent:
      'Mozilla/5.0 (Linux; Android 13; SM-A146P Build/TP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0 Mobile Safari/537.36 Zalo android/24100001',
  });
  await expect(inZalo.page.getByRole('heading', { name: 'Hãy mở bằng trình duyệt' })).toBeVisible();
  await expect(inZalo.page.getByText('Bạn đang ở trong Zalo. Mở ở đây thì máy không giữ được phiếu. Lời mời vẫn chưa dùng.')).toBeVisible();
  await expect(inZalo.page.getByRole('button', { name: 'Đúng là tôi' })).toHaveCount(0);
  // Zalo's own menu opens what stands in the address bar.
  expect(inZalo.page.url()).toBe(link);
  await inZalo.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await inZalo.page.getByRole('button', { name: 'Chép đường dẫn' }).click();
  await expect(inZalo.page.getByText('Đã chép đường dẫn. Lời mời vẫn chưa dùng.')).toBeVisible();
  const copied = await inZalo.page.evaluate(async () => await navigator.clipboard.readText());
  expect(copied).toBe(link);
  expect(invitationOf(endpoint.folder, memberLink).usedByDeviceId).toBeNull();

  const phone = await takePhone();
  await enrol(phone, copied);
  expect(invitationOf(endpoint.folder, memberLink).usedByDeviceId).not.toBeNull();
  expect([...inZalo.complaints, ...phone.complaints]).toEqual([]);
});

test('a request with a key nobody asked for is refused by the name of the key', async () => {
  const invitation = new URL(endpoint.links[0]!).hash.slice(1);
  const ask = async (body: object) =>
    await fetch(`${endpoint.url}/enrolment/check`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const refused = await ask({ invitation, ethnicity: 'Tày' });
  expect(refused.status).toBe(422);
  expect(await refused.json()).toEqual({ error: 'unknown_field', field: 'ethnicity' });
  expect((await ask({ invitation })).status).toBe(200);
});

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel('Dán lời mời vào đây').fill(text);
  await page.getByRole('button', { name: 'Xem lời mời' }).click();
}

async function tryPassphrase(page: Page, words: string): Promise<void> {
  await page.getByLabel('Cụm mật khẩu').fill(words);
  await page.getByRole('button', { name: 'Mở', exact: true }).click();
}

function left(tries: number): string {
  return `Chưa đúng. Còn ${tries} lần. Phiếu chưa gửi vẫn an toàn.`;
}

async function goToToday(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Các mục chính' }).getByRole('link', { name: 'Hôm nay', exact: true }).click();
}

/** Little enough that what `fillUp` tries to write cannot fit, and plenty for the app. */
const roomBytes = 16 * 1024 * 1024;

async function makeRoom(page: Page): Promise<void> {
  await allowBytes(page, roomBytes);
}

/** From now on the browser refuses every write, as a phone does whose photos have eaten the last of it. */
async function fillUp(page: Page): Promise<void> {
  await allowBytes(page, 1);
  // Chromium remembers for half a minute how much room IndexedDB had, and asks anew when a write would not fit into that.
  const refusal = await page.evaluate(
    async (bytes) =>
      await new Promise((resolve) => {
        const opening = indexedDB.open('photos', 1);
        opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('photos'));
        opening.addEventListener('error', () => resolve(opening.error?.name));
        opening.addEventListener('success', () => {
          // Random, or Chromium would press it into next to nothing.
          const photo = new Uint8Array(bytes);
          for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(photo.subarray(at, at + 65_536));
          const writing = opening.result.transaction('photos', 'readwrite');
          writing.objectStore('photos').put(photo, 1);
          writing.addEventListener('complete', () => resolve('written'));
          writing.addEventListener('abort', () => {
            opening.result.close();
            resolve(writing.error?.name);
          });
        });
      }),
    roomBytes + 1,
  );
  expect(refusal).toBe('QuotaExceededError');
}

async function allowBytes(page: Page, quotaSize: number): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Storage.overrideQuotaForOrigin', { origin: new URL(goBetween.url).origin, quotaSize });
}
