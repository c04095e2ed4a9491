import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import { foldAhead, partsOf, searchBook } from './book-search.ts';
import type { BookRecord, Part } from './book-search.ts';

const base = { areaId: '01789', version: 1, deleted: false, conflicts: [], memberId: '', occurredAt: '2026-11-21T14:10:00+07:00' } as const;
const page = (recordId: string, title: string, body: string): BookRecord => ({ ...base, recordId, kind: 'handbook_page', fields: { slug: recordId, title, body } });
const document = (recordId: string, title: string, summary: string): BookRecord => ({
  ...base, recordId, kind: 'document', fields: { number: '49-CT/TW', date: '2015-10-20', issuer: 'Ban Bí thư', title, kind: 'directive', summary },
});
const book = [
  page('visit', 'Ghi lượt thăm', '## Trước\n\nHỏi thăm trước, ghi **sau**. Đừng ghi tên bệnh.'),
  page('lost', 'Mất máy', 'Báo quản trị của xã để thu hồi máy. Phiếu chưa gửi vẫn nằm kín trên máy.'),
  document('directive', 'Về công tác dân vận', 'Tổ dân vận đến từng hộ.'),
];
const ids = (query: string) => searchBook(book, query).map(({ record }) => record.recordId);
const marked = (parts: readonly Part[] | undefined) => (parts ?? []).map(({ text, isFound }) => (isFound ? `[${text}]` : text)).join('');

describe('what is typed', () => {
  test.each([
    ['ghi luot', ['visit']],
    ['MẤT MÁY', ['lost']],
    ['thu hoi', ['lost']],
    ['dan van', ['directive']],
    ['49-ct', ['directive']],
    ['ban bi thu', ['directive']],
    // Both words, in any order, anywhere in it.
    ['ten tham', ['visit']],
    ['đi chợ', []],
    [' ', []],
    // From its beginning, be it not whole; never from its middle.
    ['thuh', []],
    ['di', []],
    ['nam kin', ['lost']],
    ['hu', []],
  ])('%j finds %j', (query, found) => {
    expect(ids(query)).toEqual(found);
  });

  test('stands first where it is found as typed: in a title, in a text, then scattered', () => {
    const later = [page('scattered', 'Một', 'máy đã mất'), page('by both', 'Máy bị mất', 'hai'), page('in text', 'Ba', 'nói về mất máy'), page('title', 'Mất máy', 'bốn')];
    expect(searchBook(later, 'mat may').map(({ record }) => record.recordId)).toEqual(['title', 'in text', 'by both', 'scattered']);
  });

  test('is shown where it stands, with its diacritics, without signs of Markdown', () => {
    const [hit] = searchBook(book, 'sau ghi');
    expect(marked(hit?.title)).toBe('[Ghi] lượt thăm');
    expect(marked(hit?.excerpt)).toBe('Trước Hỏi thăm trước, [ghi] [sau]. Đừng [ghi] tên bệnh.');
    const [typed] = searchBook(book, 'ghi sau');
    expect(marked(typed?.excerpt)).toBe('Trước Hỏi thăm trước, [ghi sau]. Đừng ghi tên bệnh.');
    expect(searchBook([page('c', 'Mất máy', 'khác')], 'mat')[0]?.excerpt).toEqual([]);
  });

  test('far down in a long page is shown with what stands around it, cut between words', () => {
    const long = page('long', 'Dài', `${'Hỏi thăm bà con trước. '.repeat(300)}Nước lũ về thì báo ngay. ${'Cảm ơn rồi mới về. '.repeat(300)}`);
    const [hit] = searchBook([long], 'lu ve');
    const words = marked(hit?.excerpt);
    expect(words).toContain('Nước [lũ về] thì báo ngay.');
    expect(words.startsWith('…')).toBe(true);
    expect(words.endsWith('…')).toBe(true);
    expect(words.length).toBeLessThan(200);
    expect(words.slice(1, 5)).toMatch(/^\p{L}+ /u);
  });

  test('a changed page is found by its new words alone', () => {
    expect(searchBook([page('x', 'A', 'cũ')], 'cu')).toHaveLength(1);
    expect(searchBook([page('x', 'A', 'mới')], 'cu')).toHaveLength(0);
  });
});

test('the parts of a text are the text, and what is marked is what was sought', () => {
  const texts = fc.array(fc.constantFrom('a', 'Ấ', 'đ', 'Đ', ' ', 'ổ', 'ﬁ', 'İ', 'e\u0301\u0323', '👍', 'n')).map((letters) => letters.join('').replaceAll(/\s+/g, ' ').trim());
  fc.assert(
    fc.property(texts, fc.constantFrom('a', 'd', 'da', 'n', 'on'), (text, word) => {
      const parts = partsOf(text, [word]);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      expect(parts.filter((part) => part.isFound && !withoutDiacritics(part.text).includes(word))).toEqual([]);
      expect(parts.some((part) => part.isFound)).toBe(new RegExp(`(?<![\\p{L}\\p{N}])${word}`, 'u').test(withoutDiacritics(text)));
    }),
  );
});

test('folding ahead goes a few at a time, and stops when nobody looks any more', () => {
  const many = Array.from({ length: 10 }, (_, no) => page(`p${no}`, `Trang ${no}`, 'chữ'));
  const waiting: (() => void)[] = [];
  const later = (run: () => void) => {
    waiting.push(run);
    return () => void waiting.splice(waiting.indexOf(run), 1);
  };
  const stop = foldAhead(many, later);
  let steps = 0;
  for (; steps < 2; steps += 1) waiting.shift()?.();
  expect(waiting).toHaveLength(1);
  stop();
  // The third had been put off already: stopped, it runs no more; and whoever looks again goes on from there.
  expect([steps, waiting.length]).toEqual([2, 0]);
  const again = foldAhead(many, later);
  let more = 0;
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift(), more += 1) step();
  expect(more).toBe(8);
  again();
});
