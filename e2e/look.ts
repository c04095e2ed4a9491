/** Looks at the screen in front as a checker does: for everybody to read, to reach with a thumb, and whole on a narrow phone. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';

const sizes = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 800 } } as const;
const rules = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
/** Of a side, in CSS pixels: a thumb in the sun. */
const smallestTarget = 48;

/** At both sizes and, on the phone, `atNight` as well; a picture of each lies under `test-results/screens/` afterwards. */
export async function look(page: Page, name: string, { atNight = true } = {}): Promise<void> {
  await test.step(name, async () => {
    for (const [size, viewport] of Object.entries(sizes)) {
      await showWhole(page, viewport);
      await expectGood(page, `${name}, ${size}`);
      await keepPicture(page, `${name}-${size}`);
    }
    if (atNight) {
      await showWhole(page, sizes.phone);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectReadable(page, `${name}, at night`);
      await keepPicture(page, `${name}-night`);
      await page.emulateMedia({ colorScheme: 'light' });
    }
    await page.setViewportSize(sizes.phone);
  });
}

/** As wide as that and as high as it needs: rows out of sight are not drawn, and what is not drawn cannot be judged. */
async function showWhole(page: Page, { width, height }: { readonly width: number; readonly height: number }): Promise<void> {
  await page.setViewportSize({ width, height });
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  if (whole > height) await page.setViewportSize({ width, height: whole });
}

async function expectGood(page: Page, name: string): Promise<void> {
  await expectReadable(page, name);
  expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), `${name}: nothing to the side`).toBeLessThanOrEqual(0);
  expect.soft(await smallTargets(page), `${name}: reached by a thumb`).toEqual([]);
}

async function expectReadable(page: Page, name: string): Promise<void> {
  // What slides in is judged where it comes to rest.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))));
  const { violations } = await new AxeBuilder({ page }).withTags(rules).setLegacyMode().analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`));
  expect.soft(found, `${name}: read by everybody`).toEqual([]);
}

/** What is pressed and can be seen, smaller than a thumb. A radio or a box is pressed by its whole label. */
async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((smallest) => {
    const pressed = [...document.querySelectorAll<HTMLElement>('a[href], button, summary, select, input, textarea, label:has(input)')];
    return pressed
      .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .filter((element) => !(element instanceof HTMLInputElement && ['radio', 'checkbox'].includes(element.type)))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => Math.round(box.width) < smallest || Math.round(box.height) < smallest)
      .map(({ element, box }) => `${element.tagName} “${(element.innerText || element.ariaLabel || '').slice(0, 40)}” ${Math.round(box.width)}×${Math.round(box.height)}`);
  }, smallestTarget);
}

async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = join(test.info().project.outputDir, 'screens');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
