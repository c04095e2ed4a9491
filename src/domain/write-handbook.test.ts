import { describe, expect, test } from 'vitest';
import type { EntryDraft } from './change.ts';
import { textMark } from './reading-standing.ts';
import { commandContext, commune, hamlet, idOf, recordOf } from './records.test-support.ts';
import type { Result } from './result.ts';
import { archiveDocument, archivePage, confirmReading, pagesNamedAs, slugOf, writeDocument, writePage } from './write-handbook.ts';

const context = commandContext({ now: Date.parse('2026-11-30T09:00:00+07:00') });
const here = { areaId: commune };
const page = recordOf('handbook_page', idOf(30), { slug: 'ghi-mot-luot-tham', title: 'Ghi một lượt thăm', body: 'Hỏi thăm trước.', order: 1 }, { areaId: commune, version: 4 });
const document = recordOf('document', idOf(31), { asksReceipt: true }, { areaId: commune, version: 2 });
const input = { number: ' 12-KH/ĐU ', date: '2026-11-20', issuer: 'Đảng ủy xã', title: 'Kế hoạch\nthăm hộ', kind: 'plan', summary: '', asksReceipt: false } as const;

function changeOf(made: Result<EntryDraft | undefined, unknown>) {
  if (!made.ok || made.value === undefined) throw new Error(`nothing was made: ${JSON.stringify(made)}`);
  const [change, ...others] = made.value.changes;
  expect(others).toEqual([]);
  return change;
}

describe('a page', () => {
  test.each([
    ['Ghi một lượt thăm', 'ghi-mot-luot-tham'],
    ['Đến nhà: hỏi gì?  (mẫu)', 'den-nha-hoi-gi-mau'],
    ['NHỮNG ĐIỀU KHÔNG GHI', 'nhung-dieu-khong-ghi'],
    ['…', 'trang'],
    ['Thăm hộ '.repeat(20), 'tham-ho-tham-ho-tham-ho-tham-ho-tham-ho-tham-ho-tham-ho-tham'],
  ])('named %s is found under %s', (title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });

  test('that is new gets a name nobody has, and says who has that one', () => {
    const taken = [page, recordOf('handbook_page', idOf(32), { slug: 'ghi-mot-luot-tham-2' })];
    expect(pagesNamedAs('Ghi một lượt thăm!', taken)).toEqual([page]);
    expect(pagesNamedAs('  ', [recordOf('handbook_page', idOf(33), { slug: 'trang' })])).toEqual([]);
    expect(changeOf(writePage(here, { title: ' Ghi  một lượt thăm ', body: 'Mới\r\n' }, taken, context))).toMatchObject({
      kind: 'handbook_page', areaId: commune, base: 0, set: { slug: 'ghi-mot-luot-tham-3', title: 'Ghi một lượt thăm', body: 'Mới', edition: 1, editedOn: '2026-11-30' },
    });
  });

  test('keeps its name when its title changes, and sends only what differs', () => {
    expect(changeOf(writePage(page, { title: 'Ghi lượt thăm', body: page.fields.body, order: 1 }, [page], context))).toEqual({
      recordId: page.recordId, kind: 'handbook_page', areaId: commune, base: 4, set: { title: 'Ghi lượt thăm', edition: 2, editedOn: '2026-11-30' },
    });
    // Another place in the list is no other text.
    const moved = changeOf(writePage(page, { title: page.fields.title, body: page.fields.body }, [page], context));
    expect(moved && 'set' in moved && moved.set).toEqual({ order: null });
    const fifth = recordOf('handbook_page', page.recordId, { ...page.fields, edition: 5, editedOn: '2026-11-01' });
    expect(changeOf(writePage(fifth, { ...fifth.fields, body: 'Khác' }, [], context))).toMatchObject({ set: { body: 'Khác', edition: 6, editedOn: '2026-11-30' } });
    expect(writePage(page, { ...page.fields }, [page], context)).toEqual({ ok: true, value: undefined });
  });

  test.each([
    [{ title: ' ', body: 'Có' }, { code: 'required', field: 'title' }],
    [{ title: 'Có', body: '\n' }, { code: 'required', field: 'body' }],
    [{ title: 'Có', body: 'a'.repeat(20_001) }, { code: 'too_long', field: 'body' }],
  ])('that lacks something, or is too long, says which', (lacking, error) => {
    expect(writePage(here, lacking, [], context)).toMatchObject({ ok: false, error });
  });

  test('may name what no note about a person may: it is about none', () => {
    expect(writePage(here, { title: 'Không ghi', body: 'Không ghi tôn giáo, quan điểm chính trị.' }, [], context)).toMatchObject({ ok: true });
  });

  test('is put away on that day, and comes back', () => {
    const put = changeOf(archivePage(page, false, context));
    expect(put).toMatchObject({ base: 4, set: { archivedOn: '2026-11-30' } });
    const away = recordOf('handbook_page', page.recordId, { archivedOn: '2026-11-01' });
    expect(changeOf(archivePage(away, true, context))).toMatchObject({ set: { archivedOn: null } });
    expect(archivePage(away, false, context)).toEqual({ ok: true, value: undefined });
  });
});

describe('a document', () => {
  test('stands on one line each, and asks a receipt only where it does', () => {
    expect(changeOf(writeDocument(here, input, context))).toMatchObject({
      kind: 'document', base: 0, set: { number: '12-KH/ĐU', date: '2026-11-20', issuer: 'Đảng ủy xã', title: 'Kế hoạch thăm hộ', kind: 'plan' },
    });
    expect(changeOf(writeDocument(here, { ...input, asksReceipt: true }, context))).toMatchObject({ set: { asksReceipt: true } });
    expect(changeOf(writeDocument(document, { ...document.fields, asksReceipt: false }, context))).toMatchObject({ base: 2, set: { asksReceipt: null } });
  });

  test.each([
    [{ ...input, number: '' }, { code: 'required', field: 'number' }],
    [{ ...input, date: '' }, { code: 'required', field: 'date' }],
    [{ ...input, date: '2026-12-01' }, { code: 'out_of_range', field: 'date' }],
    [{ ...input, summary: 'a'.repeat(2001) }, { code: 'too_long', field: 'summary' }],
  ])('that lacks something, or is of a day to come, says which', (lacking, error) => {
    expect(writeDocument(here, lacking, context)).toMatchObject({ ok: false, error });
  });

  test('is put away, and comes back', () => {
    expect(changeOf(archiveDocument(document, false, context))).toMatchObject({ set: { archivedOn: '2026-11-30' } });
    expect(archiveDocument(document, true, context)).toEqual({ ok: true, value: undefined });
  });
});

test('a team confirms the version that it has read, for its hamlet, without a name of its own', () => {
  const change = changeOf(confirmReading(document, hamlet, context));
  expect(change).toMatchObject({ kind: 'reading_receipt', areaId: hamlet, base: 0 });
  expect(change && 'set' in change && change.set).toEqual({ subjectId: document.recordId, hamletId: hamlet, readVersion: 2, readText: textMark(document), on: '2026-11-30' });
});
