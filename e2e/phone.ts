/** A person's phone or desk: a browser with a profile of its own on disk, and what that person does with it, in their words. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { findBrowser } from '../tools/browser.ts';

export const passphrase = 'con trâu đi cày sớm';

export interface Phone {
  /** The page in front. A new one after `open`. */
  readonly page: Page;
  readonly profile: string;
  /** Starts the browser (again) on this profile; `offline`: without any network from the first moment. */
  open(path?: string, options?: { readonly offline?: boolean }): Promise<void>;
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

export async function newPhone(url: string, size: keyof typeof sizes = 'phone'): Promise<Phone> {
  const profile = mkdtempSync(join(tmpdir(), 'gan-dan-profile-'));
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
    async open(path = '/', { offline = false } = {}) {
      context = await chromium.launchPersistentContext(profile, {
        executablePath,
        args: [...args],
        viewport: sizes[size],
        locale: 'vi-VN',
        timezoneId: 'Asia/Ho_Chi_Minh',
        offline,
      });
      page = context.pages()[0] ?? (await context.newPage());
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
export async function enrol(phone: Phone, link: string): Promise<void> {
  await phone.open(link);
  const { page } = phone;
  await page.getByRole('button', { name: 'Đúng là tôi' }).click();
  await choose(page, 'Tôi tự đặt');
  await page.getByLabel('Cụm mật khẩu của bạn').fill(passphrase);
  await page.getByLabel('Gõ lại cụm mật khẩu').fill(passphrase);
  await page.getByRole('button', { name: 'Khóa máy bằng cụm này' }).click();
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

/** A radio or a chip by its words: the whole label is the target, as for a thumb. */
export async function choose(page: Page, words: string): Promise<void> {
  await page.locator('label', { hasText: new RegExp(`^${escaped(words)}$`) }).click();
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
}

/** From anywhere to the open visit form of a household, found as typed. */
export async function startVisit(page: Page, { search, household }: Pick<VisitSaid, 'search' | 'household'>): Promise<void> {
  await page.getByRole('navigation', { name: 'Các mục chính' }).getByRole('link', { name: 'Hộ', exact: true }).click();
  await page.getByLabel('Tìm tên, số nhà, số điện thoại').fill(search);
  await page.getByRole('link', { name: household }).click();
  await page.getByRole('main').getByRole('link', { name: 'Ghi lượt thăm' }).click();
  await expect(page.getByRole('heading', { name: 'Ghi lượt thăm' })).toBeVisible();
}

export async function fillVisit(page: Page, { met = 'Có', outcome, phone }: VisitSaid): Promise<void> {
  await choose(page, met);
  if (outcome !== undefined) await page.getByLabel('Đã làm, đã hẹn').fill(outcome);
  if (phone !== undefined) {
    await page.getByText('Sửa số điện thoại').click();
    await page.getByLabel('Số điện thoại của hộ').fill(phone);
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
