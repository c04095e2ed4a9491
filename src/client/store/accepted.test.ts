import { expect, test } from 'vitest';
import { createTestChannel, createTestPhone, hamletChannel, householdRow, memoryDisks, newId, pull, verdictRow, visitDraft } from './store.test-support.ts';

test('what a supervisor took is told to its author with who and when, after the phone was opened again as well', async () => {
  const phone = await createTestPhone(memoryDisks);
  const store = await phone.openStore();
  const hamlet = createTestChannel(hamletChannel);
  const own = createTestChannel(phone.ownChannel);
  const household = householdRow();
  hamlet.show(household);
  await pull(store, hamlet);
  const taken = visitDraft(household.recordId);
  const declined = visitDraft(household.recordId);
  const plain = visitDraft(household.recordId);
  await store.write([taken, declined, plain]);
  expect(store.accepted()).toEqual([]);

  const decided = { decidedBy: newId(), decidedByName: 'Lục Văn Thắng' };
  own.show(verdictRow(taken.entryId, 1, 'applied', { code: 'accepted', sequences: {}, ...decided }));
  own.show(verdictRow(declined.entryId, 2, 'rejected', { code: 'declined_by_supervisor', note: 'Đã ghi hôm qua', ...decided }));
  own.show(verdictRow(plain.entryId, 3, 'applied', { sequences: {} }));
  await pull(store, own);
  expect(store.accepted()).toMatchObject([{ deviceSeq: 1, entryId: taken.entryId, recordIds: [taken.visitId], ...decided }]);
  expect(store.outbox()).toMatchObject([{ deviceSeq: 2, state: 'needs_you', reason: { note: 'Đã ghi hôm qua', ...decided } }]);

  const again = await phone.openStore();
  expect(again.accepted()).toMatchObject([{ deviceSeq: 1, entryId: taken.entryId, ...decided }]);
  expect(Date.parse(again.accepted()[0]!.decidedAt)).toBeGreaterThan(0);
});
