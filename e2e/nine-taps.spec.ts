/**
 * A visit from the lock screen to “saved”: every press is counted by the page itself, and the whole is done at a person's pace. Nine presses at most beside PIN and
 * text, and under half a minute with them (issue 5).
 */
import type { Locator, Page } from '@playwright/test';
import { startEndpoint } from './endpoint-process.ts';
import { expect, test } from './fixtures.ts';
import { choose, enrol, newPhone, unlock } from './phone.ts';

const pin = '4927';
/** A member of fifty: milliseconds for one press, and for one character typed. */
const pace = { press: 700, character: 200 } as const;
const most = { presses: 9, ms: 30_000 } as const;

/** A person's hand: it waits before each press and each character, and counts what it does. */
interface Hand {
  press(what: Locator): Promise<void>;
  type(what: Locator, words: string): Promise<void>;
  readonly presses: () => number;
  readonly characters: () => number;
}

function aHand(page: Page): Hand {
  let presses = 0;
  let characters = 0;
  return {
    async press(what) {
      await page.waitForTimeout(pace.press);
      await what.click();
      presses += 1;
    },
    // Words go where the last press put the cursor.
    async type(what, words) {
      await expect(what).toBeFocused();
      await what.pressSequentially(words, { delay: pace.character });
      characters += words.length;
    },
    presses: () => presses,
    characters: () => characters,
  };
}

/** How often the page itself was pressed since it was last asked. */
async function countPresses(page: Page): Promise<void> {
  await page.evaluate(() => {
    const counted = { presses: 0 };
    Object.assign(window, { counted });
    document.addEventListener('pointerdown', () => (counted.presses += 1), true);
  });
}

async function pressesSeen(page: Page): Promise<number> {
  return await page.evaluate(() => (window as unknown as { counted: { presses: number } }).counted.presses);
}

test('from the lock screen to “saved” in nine presses and half a minute', async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await enrol(phone, endpoint.links[0]!);
    const { page } = phone;
    await expect(page.getByText('Xã đã nhận đủ.')).toBeVisible();
    // The clock moves as this story moves it until the phone has locked itself; the presses after it take real time.
    await page.clock.install();
    await page.reload();
    await unlock(phone);
    await page.getByRole('main').getByRole('link', { name: 'Cài đặt', exact: true }).click();
    await page.getByRole('link', { name: 'Mã PIN' }).click();
    await enterPin(page, 'Tiếp');
    await enterPin(page, 'Đặt mã PIN');
    await page.getByRole('navigation', { name: 'Các mục chính' }).getByRole('link', { name: 'Hôm nay' }).click();

    const lockItself = async () => {
      await page.clock.fastForward('05:01');
      await expect(page.getByRole('group', { name: 'Gõ mã PIN' })).toBeVisible();
    };
    const pinMs = (pin.length + 1) * pace.press;
    const told: string[] = [];
    const judge = async (what: string, hand: Hand, began: number) => {
      // What the page counted, beside the PIN's own presses: no press goes uncounted.
      expect(await pressesSeen(page), `${what}: as the page counts`).toBe(hand.presses() + pin.length + 1);
      const ms = pinMs + hand.presses() * pace.press + hand.characters() * pace.character;
      told.push(`${what}: ${hand.presses()} presses, ${hand.characters()} characters, ${(ms / 1000).toFixed(1)} s at a person's pace (${((performance.now() - began) / 1000).toFixed(1)} s by the clock)`);
      expect(hand.presses(), what).toBeLessThanOrEqual(most.presses);
      expect(ms, what).toBeLessThan(most.ms);
    };

    await test.step('the usual visit: the plus, the household, Lưu', async () => {
      await lockItself();
      await countPresses(page);
      const began = performance.now();
      await enterPinSlowly(page);
      const hand = aHand(page);
      await hand.press(page.getByRole('link', { name: 'Ghi lượt thăm', exact: true }));
      await hand.press(page.getByRole('list', { name: 'Thăm hộ nào?' }).getByRole('link').first());
      // Within reach without scrolling, whatever stands above it.
      await expect(page.getByRole('button', { name: 'Lưu', exact: true })).toBeInViewport({ ratio: 1 });
      await expect(page.getByLabel('Đã làm, đã hẹn')).toBeInViewport();
      await hand.press(page.getByRole('button', { name: 'Lưu', exact: true }));
      await expect(page.getByText('Đã lưu trên máy này. Sẽ tự gửi khi có sóng.')).toBeVisible();
      await judge('the usual visit', hand, began);
      await page.getByRole('button', { name: 'Xong' }).click();
      await page.getByRole('link', { name: 'Quay lại' }).click();
    });

    await test.step('a household found as typed, another purpose, who went along, what was promised', async () => {
      await page.getByRole('navigation', { name: 'Các mục chính' }).getByRole('link', { name: 'Hôm nay' }).click();
      await lockItself();
      await countPresses(page);
      const began = performance.now();
      await enterPinSlowly(page);
      const hand = aHand(page);
      await hand.press(page.getByRole('link', { name: 'Ghi lượt thăm', exact: true }));
      const search = page.getByLabel('Tìm tên, số nhà, số điện thoại');
      await hand.press(search);
      await hand.type(search, 'nong van son');
      await hand.press(page.getByRole('link', { name: 'Nông Văn Sơn (mẫu)' }));
      await hand.press(page.getByText('Đi cùng', { exact: true }));
      await hand.press(page.locator('label', { hasText: /^Bộ đội Biên phòng$/ }));
      const outcome = page.getByLabel('Đã làm, đã hẹn');
      await hand.press(outcome);
      await hand.type(outcome, 'da xem lai mang nuoc, thu bay mang ong toi');
      await hand.press(page.getByRole('button', { name: 'Lưu', exact: true }));
      await expect(page.getByText('Đã lưu trên máy này. Sẽ tự gửi khi có sóng.')).toBeVisible();
      await judge('a visit with words', hand, began);
      await page.getByRole('button', { name: 'Xong' }).click();
    });

    await test.step('who went along and why is chosen already at the next door', async () => {
      await page.getByRole('link', { name: 'Ghi lượt thăm', exact: true }).first().click();
      await expect(page.locator('summary', { hasText: 'Đi cùng' })).toContainText('Bộ đội Biên phòng');
      await choose(page.getByRole('radiogroup', { name: 'Gặp?' }), 'Vắng');
    });
    process.stdout.write(`${told.join('\n')}\n`);
    expect([...phone.complaints]).toEqual([]);
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});

async function enterPin(page: Page, enter: string): Promise<void> {
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: enter, exact: true }).click();
}

async function enterPinSlowly(page: Page): Promise<void> {
  for (const digit of pin) {
    await page.waitForTimeout(pace.press);
    await page.getByRole('button', { name: digit, exact: true }).click();
  }
  await page.getByRole('button', { name: 'Mở', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Các mục chính' })).toBeVisible();
}
