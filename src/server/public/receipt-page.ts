/** The page of a receipt, and the one that asks for a code. */
import { html } from 'hono/html';
import { dayWords, publicPage } from './public-page.ts';
import type { Markup } from './public-page.ts';
import { publicWords } from './public-words.ts';
import type { PublicLanguage } from './public-words.ts';
import type { ReceiptShown } from './receipt-shown.ts';

export const receiptPath = '/r';

export function receiptPage(language: PublicLanguage, shown: ReceiptShown): Markup {
  const { receipt } = publicWords[language];
  const days = (['receivedOn', 'dueOn', 'answeredOn', 'toldOn'] as const).flatMap((day) => (shown[day] === undefined ? [] : [html`<dt>${receipt[day]}</dt><dd>${dayWords(shown[day])}</dd>`]));
  const title = receipt.ofCode(shown.code);
  const body = html`
    <h1>${title}</h1>
    <p class="state">${receipt.states[shown.state]}</p>
    <dl>${days}</dl>
    ${shown.publicAnswer === undefined ? '' : html`<h2>${receipt.answer}</h2><blockquote>${shown.publicAnswer}</blockquote>`}
    <p>${receipt.nothingHere}</p>
    <p><a href="${receiptPath}?lang=${language}">${receipt.another}</a></p>`;
  return publicPage(language, { title, here: `${receiptPath}/${shown.code}`, body });
}

/** `problem`: what was wrong with what was asked before. */
export function askReceiptPage(language: PublicLanguage, typed = '', problem?: string): Markup {
  const { receipt } = publicWords[language];
  const body = html`
    <h1>${receipt.title}</h1>
    <form action="${receiptPath}" method="get">
      <label for="code">${receipt.ask}</label>
      <p class="hint" id="hint">${receipt.hint}</p>
      ${problem === undefined ? '' : html`<p class="wrong" id="wrong" role="alert">${problem}</p>`}
      <input id="code" name="code" value="${typed}" maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" required aria-describedby="hint${problem === undefined ? '' : ' wrong'}" />
      <input type="hidden" name="lang" value="${language}" />
      <button>${receipt.look}</button>
    </form>
    <p>${receipt.nothingHere}</p>`;
  return publicPage(language, { title: receipt.title, here: receiptPath, body });
}
