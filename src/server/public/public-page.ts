/** The frame of the pages that anybody reads: one column, large letters, no script, so that any browser and any age of phone shows them. */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { publicWords } from './public-words.ts';
import type { PublicLanguage } from './public-words.ts';

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

export const stylePath = '/cong-khai/trang.css';

/** `here`: the page's own path, for the link to its other language. */
export function publicPage(language: PublicLanguage, { title, here, body }: { readonly title: string; readonly here: string; readonly body: Markup }): Markup {
  const words = publicWords[language];
  const other: PublicLanguage = language === 'vi' ? 'en' : 'vi';
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${words.app}</title>
        <link rel="stylesheet" href="${stylePath}" />
      </head>
      <body>
        <main>${body}</main>
        <footer>
          <p>${words.danger}</p>
          <p><a href="${here}?lang=${other}" lang="${other}" hreflang="${other}">${words.other}</a></p>
        </footer>
      </body>
    </html>`;
}

/** `2026-11-22` as `22/11/2026`. */
export function dayWords(day: string): string {
  return day.split('-').toReversed().join('/');
}

/** The colours of the app (src/client/ui/tokens.css), on a page of their own: nothing of the app is fetched for it. */
export const publicStyle = `
:root { color-scheme: light dark; --ink: #1b1f2a; --soft: #565b68; --paper: #fbfaf7; --card: #fff; --line: #8d92a3; --strong: #233a7c; --on-strong: #fff; --amber: #774500; }
@media (prefers-color-scheme: dark) { :root { --ink: #eef0f6; --soft: #b9bfcd; --paper: #14161d; --card: #1d2029; --line: #7f8699; --strong: #a9bcff; --on-strong: #14161d; --amber: #f7c56d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 36rem; font: 1.2rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.2rem; margin: 1.5rem 0 0.25rem; }
p { margin: 0 0 1rem; }
a { color: var(--strong); display: inline-block; padding: 0.75rem 0; }
.state { border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card); padding: 1rem; font-size: 1.35rem; font-weight: 600; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0.25rem 1rem; margin: 0 0 1rem; }
dt { color: var(--soft); }
dd { margin: 0; font-weight: 600; }
blockquote { margin: 0 0 1rem; padding: 0.75rem 1rem; border-left: 0.3rem solid var(--strong); background: var(--card); white-space: pre-line; }
form { margin: 0 0 1rem; }
label { display: block; font-weight: 600; }
.answers { list-style: none; margin: 0; padding: 0; }
.answers li { break-inside: avoid; }
.hint { color: var(--soft); font-size: 1rem; margin: 0 0 0.5rem; }
.wrong { color: var(--amber); font-weight: 600; }
input { display: block; width: 100%; min-height: 3.25rem; padding: 0.5rem 0.75rem; margin: 0 0 1rem; font: inherit; font-size: 1.4rem; color: inherit; background: var(--card); border: 2px solid var(--line); border-radius: 0.6rem; }
button { display: block; width: 100%; min-height: 3.25rem; font: inherit; font-weight: 600; color: var(--on-strong); background: var(--strong); border: 0; border-radius: 0.6rem; }
a:focus-visible, input:focus-visible, button:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: 1rem; font-size: 1rem; color: var(--soft); }
@media print { body { font-size: 12pt; max-width: none; } footer, form, a { display: none; } }
`;
