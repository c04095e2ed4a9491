/** What anybody may ask without an account: where a receipt stands, what a hamlet's board says. Pages, not data: they work in any browser, also where the app was never opened. */
import type { Context, Hono } from 'hono';
import { isHamletId } from '#domain/identifiers.ts';
import { readReceiptCode } from '#domain/receipt-code.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Gate } from '../gate.ts';
import { boardPage, boardPath, noBoardPage } from './board-page.ts';
import type { BoardShown } from './board-shown.ts';
import { publicStyle, stylePath } from './public-page.ts';
import { publicWords } from './public-words.ts';
import type { PublicLanguage } from './public-words.ts';
import { askReceiptPage, receiptPage, receiptPath } from './receipt-page.ts';

/** No code is longer, however it is written. */
const longestTyped = 20;

export interface PublicDeps {
  readonly endpoint: Pick<Endpoint, 'receipt' | 'board'>;
  readonly gate: Gate;
  readonly clock: { now(): number };
}

export function addPublicRoutes(app: Hono, deps: PublicDeps): void {
  const { endpoint, gate } = deps;
  addBoard(app, deps);
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

/** A page for a wall or a village's router: it is read anew once in a while, and asked for as often as anybody likes. */
const boardIsFreshFor = 60_000;

function addBoard(app: Hono, { endpoint, gate, clock }: PublicDeps): void {
  const kept = new Map<string, { readonly at: number; readonly shown: BoardShown | undefined }>();
  app.get(`${boardPath}/:hamlet`, async (c) => {
    const language = languageOf(c);
    const { board, tooOften } = publicWords[language];
    const hamletId = c.req.param('hamlet').slice(0, longestTyped);
    const here = `${boardPath}/${encodeURIComponent(hamletId)}`;
    if (!isHamletId(hamletId)) return c.html(noBoardPage(language, here, board.notFound), 404);
    const now = clock.now();
    let known = kept.get(hamletId);
    if (known === undefined || now - known.at >= boardIsFreshFor) {
      const seconds = gate.secondsToWait(c, 'board', gate.addressOf(c));
      if (seconds !== undefined) return c.html(noBoardPage(language, here, tooOften(Math.ceil(seconds / 60))), 429);
      known = { at: now, shown: await endpoint.board(hamletId) };
      // Whatever is asked for, no more is kept than a province has hamlets.
      if (kept.size > 5_000) kept.clear();
      kept.set(hamletId, known);
    }
    return known.shown === undefined ? c.html(noBoardPage(language, here, board.notFound), 404) : c.html(boardPage(language, known.shown));
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
