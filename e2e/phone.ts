/** A person's phone or desk: a browser with a profile of its own on disk, and what that person does with it, in their words. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect } from '@playwright/test';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { findBrowser } from '../tools/browser.ts';
import { watchPolicy } from './policy-watch.ts';

export const passphrase = 'con trâu đi cày sớm';

export interface Phone {
  /** The page in front. A new one after `open`. */
  readonly page: Page;
  readonly profile: string;
  /**
   * Starts the browser (again) on this profile; `offline`: without any network from the first moment; `userAgent`: as another browser; `keepsPagesLeft`: a page that
   * is left is kept as it was for the back button, as a person's browser does and Playwright's does not. `startsAt`: an instant that its clock shows when it starts.
   */
  open(path?: string, options?: { readonly offline?: boolean; readonly userAgent?: string; readonly keepsPagesLeft?: boolean; readonly startsAt?: string }): Promise<void>;
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  /** Closes the browser as a person does. */
  close(): Promise<void>;
  /** SIGKILL to every process of the browser: what a phone does when it needs memory or loses power. */
  kill(): Promise<void>;
  /** What the page complained about: errors on the console, uncaught exceptions, violated content policy. */
  readonly complaints: readonly string[];
  dispose(): Promise<void>;
}

const sizes = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 800 } } as const;

/** `profile`: a folder of its own by default. */
export async function newPhone(
  url: string,
  size: keyof typeof sizes = 'phone',
  profile = mkdtempSync(join(tmpdir(), 'gan-dan-profile-')),
): Promise<Phone> {
  const { executablePath, args } = await findBrowser();
  const complaints: string[] = [];
  let context: BrowserContext | undefined;
  let page: Page | undefined;

  const running = (): BrowserContext => {
    if (context === undefined) throw new Error('this phone is switched off');
    return context;
  };
  return {
    get page() {
      if (page === undefined) throw new Error('this phone is switched off');
      return page;
    },
    profile,
    complaints,
    async open(path = '/', { offline = false, userAgent, keepsPagesLeft = false, startsAt } = {}) {
      context = await chromium.launchPersistentContext(profile, {
        executablePath,
        args: [...args],
        viewport: sizes[size],
        locale: 'vi-VN',
        timezoneId: 'Asia/Ho_Chi_Minh',
        offline,
        ...(userAgent === undefined ? {} : { userAgent }),
        ...(keepsPagesLeft ? { ignoreDefaultArgs: ['--disable-back-forward-cache'] } : {}),
      });
      await watchPolicy(context);
      if (startsAt !== undefined) await context.addInitScript(moveClock, Date.parse(startsAt) - Date.now());
      page = context.pages()[0] ?? (await context.newPage());
      // A step that finds nothing fails with its own words, long before the whole story runs out of time.
      page.setDefaultTimeout(30_000);
      page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
      page.on('console', (message) => {
        // A request that fails for lack of a network is what these stories are about.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
      });
      await page.goto(new URL(path, url).href);
    },
    goOffline: () => running().setOffline(true),
    goOnline: () => running().setOffline(false),
    async close() {
      await running().close();
      context = undefined;
    },
    async kill() {
      const closed = new Promise((resolve) => running().once('close', resolve));
      for (const pid of processesOf(profile)) process.kill(pid, 'SIGKILL');
      await closed;
      context = undefined;
    },
    async dispose() {
      await context?.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** In the page: every clock that its code reads goes so many milliseconds ahead. */
function moveClock(by: number): void {
  const Real = Date;
  globalThis.Date = new Proxy(Real, {
    construct: (target, given: unknown[]) => (given.length === 0 ? new target(Real.now() + by) : Reflect.construct(target, given)),
    get: (target, key) => (key === 'now' ? () => target.now() + by : Reflect.get(target, key)),
  });
}

function processesOf(profile: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Follows an invitation to the first screen. */
export async function enrol(phone: Phone, link: string, options: Parameters<Phone['open']>[1] = {}): Promise<void> {
  await phone.open(link, options);
  await acceptInvitation(phone.page);
  await lockWith(phone.page);
  await goIn(phone.page);
}

/** The person named on the screen is them. */
export async function acceptInvitation(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Đúng là tôi' }).click();
}

/** Chooses the passphrase; what follows is the endpoint's answer. */
export async function lockWith(page: Page): Promise<void> {
  await choose(page, 'Tôi tự đặt');
  await page.getByLabel('Cụm mật khẩu của bạn').fill(passphrase);
  await page.getByLabel('Gõ lại cụm mật khẩu').fill(passphrase);
  await page.getByRole('button', { name: 'Khóa máy bằng cụm này' }).click();
}

/** From the good news to the first screen. */
export async function goIn(page: Page): Promise<void> {
  await page.getByText('Vào Hôm nay').click({ timeout: 60_000 });
  await expect(page.getByRole('navigation', { name: 'Các mục chính' })).toBeVisible();
  // The shell is kept on the phone before anybody walks out of reach.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

/** Unlocks after a start; typed without diacritics, as on a phone without a Vietnamese keyboard. */
export async function unlock(phone: Phone): Promise<void> {
  await phone.page.getByLabel('Cụm mật khẩu').fill('con trau di cay som');
  await phone.page.getByRole('button', { name: 'Mở', exact: true }).click();
  await expect(phone.page.getByRole('navigation', { name: 'Các mục chính' })).toBeVisible({ timeout: 60_000 });
}

/** A radio or a chip by its words: the whole label is the target, as for a thumb. `within`: where the same word stands twice. */
export async function choose(within: Page | Locator, words: string): Promise<void> {
  await within.locator('label', { hasText: new RegExp(`^${escaped(words)}$`) }).click();
}

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export interface VisitSaid {
  /** As typed into the search, without diacritics. */
  readonly search: string;
  /** The household as the list shows it. */
  readonly household: string;
  readonly met?: 'Có' | 'Vắng' | 'Hẹn lại';
  readonly outcome?: string;
  readonly phone?: string;
  /** The bytes of one that no face can be seen in. */
  readonly photo?: Buffer;
}

/** From anywhere to a household, found as typed. */
export async function openHousehold(page: Page, { search, household }: Pick<VisitSaid, 'search' | 'household'>): Promise<void> {
  await page.getByRole('navigation', { name: 'Các mục chính' }).getByRole('link', { name: 'Hộ', exact: true }).click();
  await page.getByLabel('Tìm tên, số nhà, số điện thoại').fill(search);
  await page.getByRole('link', { name: household }).click();
}

/** From anywhere to the open visit form of a household. */
export async function startVisit(page: Page, visit: Pick<VisitSaid, 'search' | 'household'>): Promise<void> {
  await openHousehold(page, visit);
  await page.getByRole('main').getByRole('link', { name: 'Ghi lượt thăm' }).click();
  await expect(page.getByRole('heading', { name: 'Ghi lượt thăm' })).toBeVisible();
}

export async function fillVisit(page: Page, { met = 'Có', outcome, phone, photo }: Partial<VisitSaid>): Promise<void> {
  await choose(page.getByRole('radiogroup', { name: 'Gặp?' }), met);
  if (outcome !== undefined) await page.getByLabel('Đã làm, đã hẹn').fill(outcome);
  if (phone !== undefined) {
    await page.getByText('Sửa số điện thoại').click();
    await page.getByLabel('Số điện thoại của hộ').fill(phone);
  }
  if (photo !== undefined) {
    await page.getByLabel('Chọn ảnh có sẵn').setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: photo });
    await choose(page.getByRole('radiogroup', { name: 'Trong ảnh có thấy rõ mặt người không?' }), 'Không');
  }
}

/** Presses Lưu and waits for the words that promise it is kept. */
export async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await expect(page.getByText('Đã lưu trên máy này. Sẽ tự gửi khi có sóng.')).toBeVisible();
}

export async function logVisit(page: Page, visit: VisitSaid): Promise<void> {
  await startVisit(page, visit);
  await fillVisit(page, visit);
  await save(page);
  await page.getByText('Xong', { exact: true }).click();
}

/** To one of the screens of the bar (a phone's or a desk's). */
export async function goTo(phone: Phone, tab: string): Promise<void> {
  await phone.page.getByRole('navigation', { name: 'Các mục chính' }).getByRole('link', { name: tab, exact: true }).click();
}

/** Presses the button that sends and fetches, and waits until the commune has it all. */
export async function sendNow(phone: Phone): Promise<void> {
  const { page } = phone;
  const bar = page.getByRole('navigation', { name: 'Các mục chính' });
  if ((await bar.getByRole('link', { name: 'Gửi và nhận', exact: true }).filter({ visible: true }).count()) > 0) await goTo(phone, 'Gửi và nhận');
  else {
    await goTo(phone, 'Hôm nay');
    await page.getByRole('main').getByRole('link', { name: 'Gửi và nhận', exact: true }).click();
  }
  await page.getByRole('button', { name: 'Gửi ngay' }).click();
  await expect(page.getByText(/Không có gì chờ gửi\. Xã đã có đủ\.|Xã đã nhận được\./)).toBeVisible({ timeout: 30_000 });
}

export interface Words {
  readonly topic: string;
  readonly text: string;
  readonly name: 'withheld' | 'for the commune only' | 'for the unit as well';
}

/** Opens another block for feedback in the visit form and fills it. */
export async function raiseInVisit(page: Page, { topic, text, name }: Words): Promise<void> {
  await page.getByRole('button', { name: /^Ghi (thêm )?ý kiến$/ }).click();
  const block = page.getByRole('group', { name: /^Ý kiến \d+$/ }).last();
  await choose(block, 'Phản ánh');
  await block.getByLabel('Chủ đề').selectOption({ label: topic });
  await block.getByLabel('Bà con nói gì?').fill(text);
  await choose(block, name === 'withheld' ? 'Giấu tên' : 'Ghi tên');
  if (name === 'withheld') return;
  const consent = block.getByRole('radiogroup', { name: 'Bà con có đồng ý cho đơn vị trả lời biết tên không?' });
  await choose(consent, name === 'for the unit as well' ? 'Có' : 'Không');
}

/** Types an address of the app without loading it anew, which would lock it. */
export async function openInside({ page }: Phone, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
  }, path);
}
