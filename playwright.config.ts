import { defineConfig } from '@playwright/test';
import { findBrowser } from './tools/browser.ts';

const { executablePath, args } = await findBrowser();
// Playwright reads this file again in every worker: they take the browser found (or installed) here.
process.env['GAN_DAN_BROWSER'] = executablePath;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Long enough for a whole field story with its key derivations on a busy machine; no step waits for it to pass.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    launchOptions: { executablePath, args: [...args] },
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
});
