/** The page of a hamlet's board, for a phone and for a wall. */
import { html } from 'hono/html';
import type { BoardShown } from './board-shown.ts';
import { dayWords, publicPage } from './public-page.ts';
import type { Markup } from './public-page.ts';
import { publicWords } from './public-words.ts';
import type { PublicLanguage } from './public-words.ts';

export const boardPath = '/bang-tin';

export function boardPage(language: PublicLanguage, shown: BoardShown): Markup {
  const { board } = publicWords[language];
  const title = board.title(shown.title);
  const answers = shown.answers.map(({ toldOn, publicAnswer }) => html`<li><p class="hint">${dayWords(toldOn)}</p><blockquote>${publicAnswer}</blockquote></li>`);
  const body = html`
    <h1>${title}</h1>
    <p class="hint">${shown.communeTitle}</p>
    <h2>${board.answers}</h2>
    ${answers.length === 0 ? html`<p>${board.none}</p>` : html`<ul class="answers">${answers}</ul>`}
    <p>${board.nothingHere}</p>`;
  return publicPage(language, { title, here: `${boardPath}/${shown.hamletId}`, body });
}

export function noBoardPage(language: PublicLanguage, here: string, problem: string): Markup {
  const { board } = publicWords[language];
  return publicPage(language, { title: board.notFoundTitle, here, body: html`<h1>${board.notFoundTitle}</h1><p>${problem}</p>` });
}
