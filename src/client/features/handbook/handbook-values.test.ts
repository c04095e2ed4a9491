import { expect, test } from 'vitest';
import { commandContext, idOf, recordOf } from '#domain/records.test-support.ts';
import { writeDocument, writePage } from '#domain/write-handbook.ts';
import { documentValues, pageValues } from './handbook-values.ts';

const context = commandContext({ now: Date.parse('2026-11-30T09:00:00+07:00') });
const today = '2026-11-30';

function sentBy(made: ReturnType<typeof writePage>) {
  const [change] = made.ok && made.value !== undefined ? made.value.changes : [];
  return change !== undefined && 'set' in change ? change.set : undefined;
}

test('a draft taken up later sends what was touched, and leaves what a colleague corrected meanwhile', () => {
  const page = recordOf('handbook_page', idOf(30), { title: 'Mất máy, báo ngay', body: 'Gọi xã trong ngày.', order: 6 });
  const { order, ...typed } = pageValues(page, { body: 'Gọi xã ngay.' });
  expect({ order, ...typed }).toEqual({ title: 'Mất máy, báo ngay', body: 'Gọi xã ngay.', order: '6' });
  expect(sentBy(writePage(page, { ...typed, order: Number(order) }, [page], context))).toMatchObject({ body: 'Gọi xã ngay.', edition: 2 });
  expect(sentBy(writePage(page, { ...typed, order: Number(order) }, [page], context))).not.toHaveProperty('title');

  const document = recordOf('document', idOf(31), { number: '13-KH/ĐU', summary: 'Xem mái nhà.', asksReceipt: true });
  expect(sentBy(writeDocument(document, documentValues(document, { summary: 'Xem mái nhà, chăn ấm.' }, today), context))).toEqual({ summary: 'Xem mái nhà, chăn ấm.' });
});

test('what was emptied stays empty, and a new one begins with nothing but its day', () => {
  const page = recordOf('handbook_page', idOf(30), { order: 6 });
  expect(pageValues(page, { order: '', title: '' })).toMatchObject({ order: '', title: '', body: page.fields.body });
  expect(pageValues(undefined, {})).toEqual({ title: '', body: '', order: '' });
  expect(documentValues(undefined, { kind: 'notice' }, today)).toEqual({ number: '', date: today, issuer: '', title: '', kind: 'notice', summary: '', asksReceipt: true });
});
