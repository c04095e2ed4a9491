/** The locks of a phone, as a member meets them: PIN, fingerprint, another passphrase, thirty days without the commune. */
import type { CDPSession, Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import type { EndpointProcess } from './endpoint-process.ts';
import { expect, test } from './fixtures.ts';
import { look } from './look.ts';
import { choose, enrol, fillVisit, goTo, logVisit, newPhone, openHousehold, passphrase, startVisit, unlock } from './phone.ts';
import type { Phone } from './phone.ts';

const son = { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' };
const pin = '4927';

async function withMember(story: (phone: Phone, endpoint: EndpointProcess) => Promise<void>): Promise<void> {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    await expect(phone.page.getByText('Xã đã nhận đủ.')).toBeVisible();
    await story(phone, endpoint);
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
}

test('a PIN opens what locked itself, for five tries and half an hour; then the passphrase is asked', async () => {
  await withMember(async (phone) => {
    const { page } = phone;
    // From here on the page's clock and timers are moved by this test, as time moves them; nothing in the app knows of it.
    await page.clock.install();
    await page.reload();
    await unlock(phone);

    await test.step('the member sets it; what a neighbour would try first is refused', async () => {
      await openLockPage(page, 'Mã PIN');
      await look(page, 'pin-choose');
      await typePin(page, '1234', 'Tiếp');
      await expect(page.getByText('Số liền nhau dễ đoán quá. Chọn mã khác.')).toBeVisible();
      await typePin(page, pin, 'Tiếp');
      await typePin(page, '4928', 'Đặt mã PIN');
      await expect(page.getByText('Hai lần gõ chưa giống nhau. Chọn lại từ đầu.')).toBeVisible();
      await setPin(page);
    });

    await test.step('after five idle minutes the screens are gone, and the PIN brings them back with the draft', async () => {
      await startVisit(page, son);
      await fillVisit(page, { outcome: 'Đang viết dở' });
      await expect(page.getByText('Đã giữ nháp')).toBeVisible();
      await page.clock.fastForward('05:01');
      await expect(page.getByRole('group', { name: 'Gõ mã PIN' })).toBeVisible();
      await expect(page.getByText('Đang viết dở')).toHaveCount(0);
      await expect(page.getByText(son.household)).toHaveCount(0);
      await look(page, 'lock-pin');
      await typePin(page, '8305', 'Mở');
      await expect(page.getByText('Mã PIN chưa đúng.')).toBeVisible();
      await expect(page.getByText(/^Mã PIN dùng được đến \d\d:\d\d, còn 4 lần gõ\.$/u)).toBeVisible();
      // By keyboard, as at a desk.
      await page.keyboard.type(pin);
      await page.keyboard.press('Enter');
      await expect(page.getByLabel('Đã làm, đã hẹn')).toHaveValue('Đang viết dở');
    });

    await test.step('out of sight nothing of it can be read, and after a minute it locks', async () => {
      await setSeen(page, false);
      await expect(page.locator('#root')).toHaveCSS('opacity', '0');
      await page.clock.fastForward('00:59');
      await setSeen(page, true);
      await expect(page.locator('#root')).toHaveCSS('opacity', '1');
      await expect(page.getByLabel('Đã làm, đã hẹn')).toHaveValue('Đang viết dở');
      await setSeen(page, false);
      await page.clock.fastForward('01:01');
      await setSeen(page, true);
      await expect(page.getByText('Máy đã tự khóa khi bạn rời đi.')).toBeVisible();
      await typePin(page, pin, 'Mở');
      await expect(page.getByLabel('Đã làm, đã hẹn')).toHaveValue('Đang viết dở');
    });

    await test.step('the fifth wrong one asks the passphrase, and tells why', async () => {
      await page.clock.fastForward('05:01');
      for (let tries = 1; tries < 5; tries++) {
        await typePin(page, '8305', 'Mở');
        await expect(page.getByText(new RegExp(`còn ${5 - tries} lần gõ`, 'u'))).toBeVisible();
      }
      await typePin(page, '8305', 'Mở');
      await expect(page.getByText('Lần này cần cụm mật khẩu: mã PIN chỉ dùng 30 phút, 5 lần gõ, và bỏ khi bấm Khóa ngay hoặc đổi cụm mật khẩu.')).toBeVisible();
      await expect(page.getByRole('group', { name: 'Gõ mã PIN' })).toHaveCount(0);
      await typePassphrase(page);
      await expect(page.getByLabel('Đã làm, đã hẹn')).toHaveValue('Đang viết dở');
      await page.getByRole('link', { name: 'Quay lại' }).click();
    });

    await test.step('who likes a PIN is offered one, and after half an hour it opens nothing', async () => {
      await expect(page.getByText('Đặt mã PIN để hôm nay mở lại cho nhanh?')).toBeVisible();
      await look(page, 'pin-offered');
      // What is printed meanwhile is the citizen's paper.
      await page.emulateMedia({ media: 'print' });
      await expect(page.getByText('Đặt mã PIN để hôm nay mở lại cho nhanh?')).toBeHidden();
      await page.emulateMedia({ media: null });
      // Nor does it stand on what is held out at the door; it waits for its member.
      await openHousehold(page, son);
      await page.getByRole('link', { name: 'Những gì đang lưu về hộ này' }).click();
      await expect(page.getByRole('heading', { name: 'Những gì đang lưu về hộ này' })).toBeVisible();
      await expect(page.getByText('Đặt mã PIN để hôm nay mở lại cho nhanh?')).toBeHidden();
      await page.getByRole('link', { name: 'Quay lại' }).click();
      await page.getByRole('button', { name: 'Đặt mã PIN' }).click();
      await setPin(page);
      await page.clock.fastForward('05:01');
      await expect(page.getByRole('group', { name: 'Gõ mã PIN' })).toBeVisible();
      await page.getByRole('button', { name: 'Dùng cụm mật khẩu' }).click();
      await expect(page.getByLabel('Cụm mật khẩu')).toBeVisible();
      await page.getByRole('button', { name: 'Dùng mã PIN' }).click();
      await page.clock.fastForward('30:00');
      await expect(page.getByText('Lần này cần cụm mật khẩu: mã PIN chỉ dùng 30 phút, 5 lần gõ, và bỏ khi bấm Khóa ngay hoặc đổi cụm mật khẩu.')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Dùng mã PIN' })).toHaveCount(0);
      await unlock(phone);
    });

    await test.step('neither does it after “lock now”, nor in a page that was opened anew', async () => {
      await page.getByRole('button', { name: 'Đặt mã PIN' }).click();
      await setPin(page);
      await page.getByRole('button', { name: 'Khóa ngay' }).click();
      await expect(page.getByLabel('Cụm mật khẩu')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Dùng mã PIN' })).toHaveCount(0);
      await unlock(phone);
      await page.getByRole('button', { name: 'Đặt mã PIN' }).click();
      await setPin(page);
      await page.reload();
      await expect(page.getByLabel('Cụm mật khẩu')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Dùng mã PIN' })).toHaveCount(0);
    });
  });
});

test('“lock now” in one tab locks all of them, and no PIN opens any', { tag: '@long' }, async () => {
  await withMember(async (phone) => {
    const { page } = phone;
    await openLockPage(page, 'Mã PIN');
    await setPin(page);
    await startVisit(page, son);
    await fillVisit(page, { outcome: 'Đang viết dở' });
    await expect(page.getByText('Đã giữ nháp')).toBeVisible();
    const other = await page.context().newPage();
    await other.goto(new URL('/', page.url()).href);
    await typePassphrase(other);
    await other.getByRole('link', { name: 'Cài đặt' }).filter({ visible: true }).click({ timeout: 60_000 });
    await other.getByRole('button', { name: 'Khóa ngay' }).click();
    for (const tab of [other, page]) {
      await expect(tab.getByLabel('Cụm mật khẩu')).toBeVisible();
      await expect(tab.getByText('Đang viết dở')).toHaveCount(0);
      await expect(tab.getByRole('button', { name: 'Dùng mã PIN' })).toHaveCount(0);
    }
    await typePassphrase(page);
    await expect(page.getByLabel('Đã làm, đã hẹn')).toHaveValue('Đang viết dở');
  });
});

test('what is typed or saved in the very moment of the lock is on the phone, and is not asked for again', async () => {
  await withMember(async (phone) => {
    const { page } = phone;
    const lockFromElsewhere = async (press: boolean, ms: number) => {
      await page.evaluate(([pressed, wait]) => {
        const save = [...document.querySelectorAll('button')].find((button) => button.textContent === 'Lưu');
        if (pressed && save === undefined) throw new Error('there is no button to press');
        if (pressed) save?.click();
        setTimeout(() => new BroadcastChannel('gan-dan lock-now').postMessage('locked'), wait);
      }, [press, ms] as const);
      await expect(page.getByLabel('Cụm mật khẩu')).toBeVisible();
    };

    // Before the draft is kept for the first time, and a little later.
    for (const ms of [0, 10]) {
      await startVisit(page, son);
      await page.getByLabel('Đã làm, đã hẹn').fill(`Lưu lúc khóa ${ms}`);
      await lockFromElsewhere(true, ms);
      await expect(page.getByText('Phiếu bạn bấm Lưu ngay trước lúc khóa đã lưu trên máy này.')).toBeVisible();
      if (ms === 0) await look(page, 'saved-as-it-locked');
      await unlock(phone);
      await expect(page.getByRole('heading', { name: 'Ghi lượt thăm' })).toHaveCount(0);
      await openHousehold(page, son);
      await expect(page.getByText(`Lưu lúc khóa ${ms}`)).toHaveCount(1);
    }

    await startVisit(page, son);
    await page.getByLabel('Đã làm, đã hẹn').fill('Chữ cuối trước lúc khóa');
    await lockFromElsewhere(false, 0);
    await expect(page.getByText('Phiếu bạn bấm Lưu')).toHaveCount(0);
    await typePassphrase(page);
    await expect(page.getByLabel('Đã làm, đã hẹn')).toHaveValue('Chữ cuối trước lúc khóa');
  });
});

test('a fingerprint opens the phone without a signal, beside the passphrase and never in its place', { tag: '@long' }, async () => {
  await withMember(async (phone) => {
    const { page } = phone;
    const finger = await addAuthenticator(page);

    await test.step('it is turned on by whoever knows the passphrase', async () => {
      await openLockPage(page, 'Vân tay, khuôn mặt');
      await look(page, 'passkey-off');
      await page.getByLabel('Cụm mật khẩu').fill('không phải cụm này');
      await page.getByRole('button', { name: 'Bật', exact: true }).click();
      await expect(page.getByText('Cụm đang dùng chưa đúng. Còn 9 lần, quá thì máy tự xóa sổ và khóa.')).toBeVisible();
      await page.getByLabel('Cụm mật khẩu').fill(passphrase);
      await page.getByRole('button', { name: 'Bật', exact: true }).click();
      await expect(page.getByText('Đang bật trên máy này.')).toBeVisible();
      await look(page, 'passkey-on');
      expect(await finger.names()).toEqual(['Gần Dân']);
    });
    await test.step('in a page that was opened anew, out of reach, it opens', async () => {
      await phone.goOffline();
      await page.reload();
      await expect(page.getByRole('button', { name: 'Mở bằng vân tay, khuôn mặt' })).toBeVisible();
      await look(page, 'lock-passkey');
      await page.getByRole('button', { name: 'Mở bằng vân tay, khuôn mặt' }).click();
      await expect(page.getByRole('navigation', { name: 'Các mục chính' })).toBeVisible();
    });
    await test.step('somebody else’s finger opens nothing, costs no try, and the passphrase opens as ever', async () => {
      await page.reload();
      await finger.setVerified(false);
      await page.getByRole('button', { name: 'Mở bằng vân tay, khuôn mặt' }).click();
      await expect(page.getByText('Chưa nhận được vân tay, khuôn mặt. Thử lại, hoặc dùng cụm mật khẩu.')).toBeVisible();
      await expect(page.getByText(/Còn \d+ lần/u)).toHaveCount(0);
      await unlock(phone);
      await finger.setVerified(true);
    });
    await test.step('turned off, it opens nothing any more', async () => {
      await openLockPage(page, 'Vân tay, khuôn mặt');
      await page.getByRole('button', { name: 'Tắt' }).click();
      await expect(page.getByText('Đã tắt. Vân tay, khuôn mặt không mở được máy này nữa.')).toBeVisible();
      await page.reload();
      await expect(page.getByLabel('Cụm mật khẩu')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Mở bằng vân tay, khuôn mặt' })).toHaveCount(0);
    });
  });
});

test('another passphrase opens the phone from then on, and the one before does not', { tag: '@long' }, async () => {
  await withMember(async (phone) => {
    const { page } = phone;
    await phone.goOffline();
    await logVisit(page, { ...son, outcome: 'Ghi trước khi đổi.' });
    await openLockPage(page, 'Đổi cụm mật khẩu');
    await look(page, 'passphrase-change');
    await choose(page, 'Tôi tự đặt');

    await test.step('not by who does not know the one of now', async () => {
      await changeTo(page, 'không phải cụm này', 'đồi chè gió mát');
      await expect(page.getByText('Cụm đang dùng chưa đúng. Còn 9 lần, quá thì máy tự xóa sổ và khóa.')).toBeVisible();
    });
    await test.step('not to the same one', async () => {
      await changeTo(page, passphrase, 'CON TRAU di cay som');
      await expect(page.getByText('Cụm mới giống cụm đang dùng. Chọn cụm khác.')).toBeVisible();
    });
    await test.step('to another', async () => {
      await changeTo(page, passphrase, 'đồi chè gió mát');
      await expect(page.getByText('Đã đổi cụm mật khẩu.')).toBeVisible({ timeout: 60_000 });
      await look(page, 'passphrase-changed');
    });
    await test.step('after a restart the old one is refused and the new one opens, with all that was saved', async () => {
      await phone.close();
      await phone.open('/', { offline: true });
      await phone.page.getByLabel('Cụm mật khẩu').fill(passphrase);
      await phone.page.getByRole('button', { name: 'Mở', exact: true }).click();
      await expect(phone.page.getByText('Chưa đúng. Còn 9 lần. Phiếu chưa gửi vẫn an toàn.')).toBeVisible({ timeout: 60_000 });
      await phone.page.getByLabel('Cụm mật khẩu').fill('doi che gio mat');
      await phone.page.getByRole('button', { name: 'Mở', exact: true }).click();
      await expect(phone.page.getByRole('navigation', { name: 'Các mục chính' })).toBeVisible({ timeout: 60_000 });
      await openHousehold(phone.page, son);
      await expect(phone.page.getByRole('link', { name: /Ghi trước khi đổi\./u }).first()).toBeVisible();
    });
  });
});

test('after thirty days without the commune the phone opens only in contact, and loses nothing; a revoked one learns of it there', { tag: '@long' }, async () => {
  await withMember(async (phone, endpoint) => {
    const { page } = phone;
    const enrolledAt = Date.now();
    /** What the phone's clock says from now on; its timers go on. */
    const onDay = async (days: number) => await page.clock.setFixedTime(enrolledAt + days * 24 * 3_600_000);
    await phone.goOffline();
    await logVisit(page, { ...son, outcome: 'Ghi trước một tháng xa xã.' });
    const opens = page.getByRole('navigation', { name: 'Các mục chính' });

    await test.step('on the twenty-ninth day it opens', async () => {
      await onDay(29);
      await page.reload();
      await unlock(phone);
    });
    await test.step('on the thirty-first it says why it does not, and what is unsent can still be handed over', async () => {
      await onDay(31);
      await page.reload();
      await expect(page.getByText(/^Đã 30 ngày máy này chưa liên lạc với xã\./u)).toBeVisible();
      await typePassphrase(page);
      await expect(page.getByText(/Khóa đã đúng, nhưng chưa nối được với xã\./u)).toBeVisible({ timeout: 60_000 });
      await expect(opens).toHaveCount(0);
      await expect(page.getByText(/1 phiếu/u).first()).toBeVisible();
      await look(page, 'lock-thirty-days');
    });
    await test.step('a clock that is put back does not open it', async () => {
      await onDay(1);
      await page.reload();
      await typePassphrase(page);
      await expect(page.getByText(/Khóa đã đúng, nhưng chưa nối được với xã\./u)).toBeVisible({ timeout: 60_000 });
      await expect(opens).toHaveCount(0);
    });
    await test.step('in reach it asks the commune and opens, and what was sealed has gone', async () => {
      await phone.goOnline();
      await unlock(phone);
      await goTo(phone, 'Hôm nay');
      await expect(page.getByText('Xã đã nhận đủ.')).toBeVisible({ timeout: 30_000 });
    });
    await test.step('revoked meanwhile, it is wiped in place of being opened', async () => {
      await phone.goOffline();
      await onDay(32);
      await page.reload();
      const [device] = (await endpoint.administer('list-devices')).split('\n').filter((line) => line.includes('Hoàng Thị Én'));
      await endpoint.administer('revoke', '--commune', '01456', /[0-9a-f-]{36}/u.exec(device ?? '')?.[0] ?? '');
      await phone.goOnline();
      await typePassphrase(page);
      await expect(page.getByText('Xã đã ngừng máy này nên khóa, sổ và bản nháp trên máy đã xóa.')).toBeVisible({ timeout: 60_000 });
    });
  });
});

async function openLockPage(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Các mục chính' }).getByRole('link', { name: 'Hôm nay', exact: true }).click();
  await page.getByRole('link', { name: 'Cài đặt' }).filter({ visible: true }).click();
  await page.getByRole('link', { name: new RegExp(`^${name}`, 'u') }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

/** As another app in front of it does; a browser without a screen never goes out of sight by itself. */
async function setSeen(page: Page, isSeen: boolean): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isSeen ? 'visible' : 'hidden');
}

async function typePin(page: Page, digits: string, enter: string): Promise<void> {
  for (const digit of digits) await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: enter, exact: true }).click();
}

/** On the page that chooses it, to the end. */
async function setPin(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Chọn mã PIN' })).toBeVisible();
  await typePin(page, pin, 'Tiếp');
  await typePin(page, pin, 'Đặt mã PIN');
  await expect(page.getByText('Đã đặt cho lần mở này.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Cài đặt' })).toBeVisible();
}

async function typePassphrase(page: Page): Promise<void> {
  await page.getByLabel('Cụm mật khẩu').fill('con trau di cay som');
  await page.getByRole('button', { name: 'Mở', exact: true }).click();
}

async function changeTo(page: Page, old: string, chosen: string): Promise<void> {
  await page.getByLabel('Cụm mật khẩu đang dùng').fill(old);
  await page.getByLabel('Cụm mật khẩu của bạn').fill(chosen);
  await page.getByLabel('Gõ lại cụm mật khẩu').fill(chosen);
  await page.getByRole('button', { name: 'Đổi cụm mật khẩu' }).click();
}

/** The browser's own stand-in for a phone's fingerprint reader. It is gone with the browser: a new page, not a new browser, is what it can outlive. */
async function addAuthenticator(page: Page) {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true, hasPrf: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  return {
    setVerified: async (isUserVerified: boolean) => await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    /** What the phone could show of its owner. */
    names: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials.map(({ userName }) => userName),
  };
}
