/** What anybody may ask without an account: where a receipt stands. Pages, not data: they work in any browser, also where the app was never opened. */
import type { Context, Hono } from 'hono';
import { readReceiptCode } from '#domain/receipt-code.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Gate } from '../gate.ts';
import { publicStyle, stylePath } from './public-page.ts';
import { publicWords } from './public-words.ts';
import type { PublicLanguage } from './public-words.ts';
import { askReceiptPage, receiptPage, receiptPath } from './receipt-page.ts';

/** No code is longer, however it is written. */
const longestTyped = 20;

export function addPublicRoutes(app: Hono, { endpoint, gate }: { readonly endpoint: Pick<Endpoint, 'receipt'>; readonly gate: Gate }): void {
  app.get(stylePath, (c) => c.body(publicStyle, 200, { 'content-type': 'text/css; charset=utf-8' }));

  app.get(receiptPath, (c) => {
    const typed = (c.req.query('code') ?? '').slice(0, longestTyped);
    const code = readReceiptCode(typed);
    if (code !== undefined) return c.redirect(`${receiptPath}/${code}?lang=${languageOf(c)}`, 303);
    return typed.trim() === '' ? c.html(askReceiptPage(languageOf(c))) : wrong(c, typed);
  });

  app.get(`${receiptPath}/:code`, async (c) => {
    const language = languageOf(c);
    const { receipt, tooOften } = publicWords[language];
    // Counted before anything is looked up: no faster answer for a code that is none.
    const seconds = gate.secondsToWait(c, 'receipt', gate.addressOf(c));
    if (seconds !== undefined) return c.html(askReceiptPage(language, '', tooOften(Math.ceil(seconds / 60))), 429);
    const typed = c.req.param('code').slice(0, longestTyped);
    const code = readReceiptCode(typed);
    if (code === undefined) return wrong(c, typed);
    const shown = await endpoint.receipt(code);
    return shown === undefined ? c.html(askReceiptPage(language, code, receipt.notFound(code)), 404) : c.html(receiptPage(language, shown));
  });
}

function wrong(c: Context, typed: string): Response | Promise<Response> {
  const language = languageOf(c);
  return c.html(askReceiptPage(language, typed, publicWords[language].receipt.wrong(typed)), 404);
}

/** Vietnamese unless English is asked for. */
function languageOf(c: Context): PublicLanguage {
  return c.req.query('lang') === 'en' ? 'en' : 'vi';
}
