import { expect, test } from 'vitest';
import type { AccountRow } from './disk.ts';
import { sealAccount } from './account.ts';
import { answerOf, createPlainSafe, createTestChannel, createTestPhone, diskKinds, hamletChannel, householdRow, lan, pull, visitDraft } from './store.test-support.ts';

const another = await sealAccount(createPlainSafe(2), lan);

test.each([
  ['nothing stands there', undefined],
  ['it is no box', { key: 'account', box: null } as unknown as AccountRow],
  ['its box does not open', another],
])('who uses the phone is damaged (%s): all else opens, what is unsent is sent, and the next answer of the endpoint mends it', async (_what, row) => {
  for (const kind of diskKinds) {
    const phone = await createTestPhone(kind);
    const before = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const household = householdRow();
    hamlet.show(household);
    await pull(before, hamlet);
    expect((await before.write([visitDraft(household.recordId)])).ok).toBe(true);
    await before.saveDraft({ draftId: 'd', form: 'visit', subjectId: household.recordId, values: { outcome: 'đang viết' } });
    expect(before.isMemberKnown()).toBe(true);
    await phone.openDisk().write(['meta'], async ({ meta }) => await (row === undefined ? meta.delete('account') : meta.put(row)));

    const store = await phone.openStore();
    expect(store.isMemberKnown()).toBe(false);
    expect(() => store.account()).toThrow('nobody is known');
    expect(store.find(household.recordId)).toMatchObject({ fields: { no: 12 } });
    expect(store.drafts()).toMatchObject([{ draftId: 'd', values: { outcome: 'đang viết' } }]);
    expect((await store.outbound({ entries: 9, bytes: 1e6 })).entries).toHaveLength(1);
    await store.commitPages([], answerOf({ pull: { member: lan, pages: [hamlet.page(1)], left: [] } }));
    for (const open of [store, await phone.openStore()]) {
      expect(open.isMemberKnown()).toBe(true);
      expect(open.account()).toEqual(lan);
    }
    expect((await store.write([visitDraft(household.recordId)])).ok).toBe(true);
  }
});
