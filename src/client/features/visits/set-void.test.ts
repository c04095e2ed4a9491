import { expect, it } from 'vitest';
import type { FieldStore, SaveError } from '#client/store/field-store.ts';
import type { EntryDraft } from '#domain/change.ts';
import { commandContext, idOf, recordOf } from '#domain/records.test-support.ts';
import { err, ok } from '#domain/result.ts';
import { setVoidIn } from './set-void.ts';

const visit = recordOf('visit', idOf(10));

function storeOf(error?: SaveError) {
  const written: EntryDraft[] = [];
  const store: Pick<FieldStore, 'commandContext' | 'write'> = {
    commandContext,
    write: async (entries) => {
      written.push(...entries);
      return error === undefined ? ok(undefined) : err(error);
    },
  };
  return { store, written };
}

it('writes that it does not count and why, or that it counts again', async () => {
  const { store, written } = storeOf();
  expect(await setVoidIn(store, visit, 'entered_twice')).toBeUndefined();
  expect(await setVoidIn(store, recordOf('benefit', idOf(11), { voidReason: 'other' }), undefined)).toBeUndefined();
  expect(written.map(({ changes }) => changes.map((change) => [change.recordId, 'set' in change && change.set]))).toEqual([
    [[visit.recordId, { voidReason: 'entered_twice' }]],
    [[idOf(11), { voidReason: null }]],
  ]);
});

it('writes nothing where it is so already', async () => {
  const { store, written } = storeOf();
  expect(await setVoidIn(store, recordOf('visit', idOf(10), { voidReason: 'other' }), 'other')).toBeUndefined();
  expect(await setVoidIn(store, visit, undefined)).toBeUndefined();
  expect(written).toEqual([]);
});

it('says why not: the rules refuse it and nothing is written, or the phone cannot keep it', async () => {
  const { store, written } = storeOf();
  const spoiled = recordOf('visit', idOf(10), { promisedOn: 'Thứ Bảy' });
  expect(await setVoidIn(store, spoiled, 'other')).toMatchObject({ code: 'refused', rejection: { field: 'promisedOn' } });
  expect(written).toEqual([]);
  expect(await setVoidIn(storeOf({ code: 'storage_full' }).store, visit, 'other')).toEqual({ code: 'storage_full' });
});
