import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { elementsOf } from './markdown-elements.tsx';

const shown = (body: string) =>
  renderToStaticMarkup(<>{elementsOf(body, { linkTo: (slug, words) => (slug === 'mat-may' ? <a href="/so-tay/trang/1">{words}</a> : words), tableClass: 'table' })}</>);

test('headings, lists and strong words are elements', () => {
  expect(shown('## Trước\n\nHỏi **thăm** _đã_.\n\n- một\n- hai')).toBe('<h2>Trước</h2><p>Hỏi <strong>thăm</strong> <em>đã</em>.</p><ul><li>một</li><li>hai</li></ul>');
});

test.each([
  ['# A\n\n## B\n\n### C\n\n# D', 'h2 h3 h4 h2'],
  ['### A\n\n##### B\n\n### C\n\n## D', 'h2 h3 h2 h2'],
  ['Chữ\n\n#### A', 'h2'],
])('%j has headings below the page’s own, none left out', (body, levels) => {
  expect([...shown(body).matchAll(/<(h\d)>/g)].map(([, level]) => level).join(' ')).toBe(levels);
});

test.each([
  ['[Mất máy](mat-may)', '<p><a href="/so-tay/trang/1">Mất máy</a></p>'],
  ['[Không có](khong-co)', '<p>Không có</p>'],
  ['[Luật](https://vbpl.vn/x)', '<p><a href="https://vbpl.vn/x" target="_blank" rel="noopener noreferrer">Luật</a></p>'],
  ['[Gọi](tel:0206)', '<p><a href="tel:0206">Gọi</a></p>'],
  ['[Thư](mailto:a@b.vn)', '<p><a href="mailto:a@b.vn">Thư</a></p>'],
  ['[x](http://a.vn)', '<p>x</p>'],
  ['[x](javascript:alert(1))', '<p>x</p>'],
  ['[x](JAVASCRIPT:alert%281%29)', '<p>x</p>'],
  ['[x](data:text/html,1)', '<p>x</p>'],
  ['[x](//evil.vn)', '<p>x</p>'],
  ['[x](/ho)', '<p>x</p>'],
  ['![ảnh](https://a.vn/a.png)', '<p>ảnh</p>'],
])('%s becomes %s', (body, html) => {
  expect(shown(body)).toBe(html);
});

test.each([
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<div style="color:red" onclick="x()">a</div>', 'a <b onmouseover=x()>b</b> c', '<iframe src="https://a.vn"></iframe>',
  '<a href="javascript:x">a</a>', '<https://a.vn/"onclick="x>', '[x](https://a.vn "t\\" onclick=\\"x")', '[^1]\n\n[^1]: <img src=x>', '---\ntitle: <b>x</b>\n---\nchữ', '<!-- <script> -->',
  '- [ ] <input autofocus onfocus=x()>', '| <img src=x> | b |\n|:--|--:|\n| <svg onload=x()> | d |', '``` js onload=x\n<script>\n```', '[a]: javascript:x\n\n[a]',
])('%j makes no element that somebody wrote, no picture, no handler, no style', (body) => {
  const html = shown(body);
  const names = html.replaceAll(/="[^"]*"/g, '=""');
  expect(names).not.toMatch(/<(script|img|iframe|svg|input|style|object|embed|link|form|div style)/i);
  expect(names).not.toMatch(/<[^>]*\s(on\w+|style|id|src|srcdoc)=/i);
  expect(html).not.toMatch(/href="(?!https:|tel:|mailto:|\/so-tay\/)/i);
});

test('what somebody wrote as HTML is shown as it was typed', () => {
  expect(shown('a <b>x</b> c')).toBe('<p>a &lt;b&gt;x&lt;/b&gt; c</p>');
});

test('a table scrolls within the page and has a name', () => {
  const html = shown('| Việc | Ai |\n|:---|---:|\n| Thăm | **Tổ** |');
  expect(html).toContain('role="region" tabindex="0" aria-label="Việc, Ai"');
  expect(html).toContain('<th scope="col">Việc</th>');
  expect(html).toContain('<td><strong>Tổ</strong></td>');
});
