/** A team confirms on its phone that it has read what the province keeps: the phone knows which province that is from its commune's own record. */
import { expect, test } from 'vitest';
import type { RecordState } from '#domain/record.ts';
import { confirmReading } from '#domain/write-handbook.ts';
import { communeCode, createTestChannel, createTestPhone, everyoneChannel, hamletId, householdRow, memoryDisks, newId, pull } from './store.test-support.ts';

async function phoneIn(parent: string | undefined) {
  const store = await (await createTestPhone(memoryDisks)).openStore();
  const everyone = createTestChannel(everyoneChannel);
  const fields = { code: communeCode, level: 'commune', kind: 'xa', name: 'Quang Hán', ...(parent === undefined ? {} : { parent }) };
  everyone.show({ ...householdRow(), recordId: communeCode, kind: 'area', areaId: communeCode, fields });
  everyone.show({ ...householdRow(), recordId: hamletId, kind: 'area', areaId: hamletId, fields: { code: hamletId, level: 'hamlet', kind: 'xom', name: 'Ngọc Sơn', parent: communeCode } });
  await pull(store, everyone);
  const handbook = createTestChannel('handbook/99904');
  const documentId = newId();
  const document = { number: '49-CT/TW', date: '2015-10-20', issuer: 'Ban Bí thư', title: 'Về công tác dân vận', kind: 'directive', asksReceipt: true };
  handbook.show({ ...householdRow(), recordId: documentId, kind: 'document', areaId: '99904', fields: document });
  await pull(store, handbook);
  const receipt = confirmReading(store.find(documentId) as RecordState<'document'>, hamletId, store.commandContext());
  if (!receipt.ok) throw new Error(receipt.error.code);
  return { store, saved: await store.write([receipt.value]), documentId };
}

test('of its own province', async () => {
  const { store, saved, documentId } = await phoneIn('99904');
  expect(saved).toEqual({ ok: true, value: undefined });
  expect(store.all('reading_receipt')).toMatchObject([{ areaId: hamletId, fields: { subjectId: documentId, hamletId } }]);
});

test.each(['99905', undefined])('not of another, or where it is not known which is its own (%s)', async (parent) => {
  const { store, saved } = await phoneIn(parent);
  expect(saved).toEqual({ ok: false, error: { code: 'not_allowed', reason: 'no_access' } });
  expect(store.all('reading_receipt')).toEqual([]);
});
