/** The watch over the content policy, tried on violations made on purpose: in the page, in a frame, in the service worker. */
import { startEndpoint } from './endpoint-process.ts';
import { expect, test } from './fixtures.ts';
import { newPhone } from './phone.ts';
import { takeViolations } from './policy-watch.ts';

const planted: readonly (readonly [string, () => unknown])[] = [
  ['markup made of text', () => document.body.append(Object.assign(document.createElement('div'), { innerHTML: '<img onerror="1" src="x">' }))],
  ['a script from elsewhere', () => document.body.append(Object.assign(document.createElement('script'), { src: 'https://elsewhere.example/x.js' }))],
  ['an inline style', () => document.body.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }))],
  ['a picture from elsewhere', () => Object.assign(new Image(), { src: 'https://elsewhere.example/x.png' })],
  ['a call to elsewhere', () => fetch('https://elsewhere.example/').catch(() => undefined)],
  ['a frame', () => document.body.append(Object.assign(document.createElement('iframe'), { src: '/moi' }))],
];

test('sees what the app itself would never do', async () => {
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await phone.open(endpoint.links[0]);
    await expect(phone.page.getByRole('button', { name: 'Đúng là tôi' })).toBeVisible();
    expect(takeViolations()).toEqual([]);
    for (const [what, violate] of planted) {
      await phone.page.evaluate(violate).catch(() => undefined);
      await expect.poll(() => takeViolations().length, { message: what }).toBeGreaterThan(0);
    }
    await test.step('in the service worker too', async () => {
      await phone.page.evaluate(async () => void (await navigator.serviceWorker.ready));
      const [worker] = phone.page.context().serviceWorkers();
      await worker?.evaluate(() => fetch('https://elsewhere.example/').catch(() => undefined));
      await expect.poll(() => takeViolations().length).toBeGreaterThan(0);
    });
  } finally {
    await phone.dispose();
    await endpoint.dispose();
    // The same one may be said again, by the page and by the worker, as late as they like.
    takeViolations();
  }
});

test('fails a story that asks nothing about it', async () => {
  test.fail();
  const endpoint = await startEndpoint();
  const phone = await newPhone(endpoint.url);
  try {
    await phone.open(endpoint.links[0]);
    await phone.page.evaluate(() => fetch('https://elsewhere.example/').catch(() => undefined));
  } finally {
    await phone.dispose();
    await endpoint.dispose();
  }
});
