import { describe, expect, test } from 'vitest';
import { StorageFailure } from '#sync/engine.ts';
import type { Disk } from './disk.ts';
import {
  answerOf, commitPage, createTabsHub, createTestChannel, createTestPhone, createTwoTabs, diskKinds, everyoneChannel, hamletChannel, householdRow, lan, leave, memoryDisks, newId,
  pull, pullAll, segmentsOf, verdictRow,
} from './store.test-support.ts';
import type { TestStore } from './store.test-support.ts';

describe.each(diskKinds)('pulling ($name)', (kind) => {
  test('a page and its cursor are there together, also after a restart', async () => {
    const phone = await createTestPhone(kind);
    const store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const households = Array.from({ length: 25 }, (_, index) => householdRow({ no: index + 1 }));
    for (const household of households) hamlet.show(household);
    await pullAll(store, hamlet, answerOf(), 10);
    for (const open of [store, await phone.openStore()]) {
      expect(open.all('household')).toHaveLength(25);
      expect((await open.pullStanding()).channels.get(hamletChannel)?.cursor).toBe(25);
      expect(open.find(households[3]?.recordId ?? '')).toMatchObject({ fields: { no: 4 }, version: 1, deleted: false, conflicts: [] });
    }
  });

  test('a kind that this version does not know is shown nowhere, disturbs nothing, and lies on the disk for the one that does', async () => {
    const phone = await createTestPhone(kind);
    const store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const household = householdRow();
    const foreign = { ...householdRow(), kind: 'poll', fields: { said: 'gì đó' } };
    for (const row of [household, foreign]) hamlet.show(row);
    expect(await pull(store, hamlet)).toBe('committed');
    for (const open of [store, await phone.openStore()]) {
      expect(open.all('household')).toHaveLength(1);
      expect(open.find(foreign.recordId)).toBeUndefined();
    }
    hamlet.show({ recordId: household.recordId, version: 2, gone: 'deleted' });
    expect(await pull(store, hamlet)).toBe('committed');
    hamlet.show(householdRow());
    // Its digest holds over what lies on the disk: a row that was dropped there would not agree.
    expect(await pull(await phone.openStore(), hamlet)).toBe('committed');
  });

  test('what was half written about a record goes with the record where it is gone for everybody, in all tabs, and stays where it only left this phone', async () => {
    const phone = await createTestPhone(kind);
    const tabs = createTabsHub();
    const [store, other] = [await phone.openStore({ tabs: tabs() }), await phone.openStore({ tabs: tabs() })];
    const hamlet = createTestChannel(hamletChannel);
    const [erased, moved, stays] = [householdRow(), householdRow(), householdRow()];
    for (const household of [erased, moved, stays]) hamlet.show(household);
    await pull(store, hamlet);
    await other.refresh();
    for (const { recordId } of [erased, moved, stays]) await other.saveDraft({ draftId: `household-${recordId}`, form: 'household', subjectId: recordId, values: { headName: 'Nông Văn Sơn' } });
    await other.saveDraft({ draftId: 'feedback', form: 'feedback', values: { said: 'của ai khác' } });
    hamlet.show({ recordId: erased.recordId, version: 2, gone: 'deleted' });
    hamlet.show({ recordId: moved.recordId, version: 2, gone: 'evicted' });
    expect(await pull(store, hamlet)).toBe('committed');
    await other.refresh();
    const left = ['feedback', ...[moved, stays].map(({ recordId }) => `household-${recordId}`)].sort();
    for (const open of [store, other, await phone.openStore()]) expect(open.drafts().map(({ draftId }) => draftId).sort()).toEqual(left);
    expect((await phone.openDisk().read(['drafts'], async ({ drafts }) => await drafts.all())).map(({ draftId }) => draftId).sort()).toEqual(left);
  });

  test('two tabs over one disk show the same, whoever fetched it', async () => {
    const phone = await createTestPhone(kind);
    const tabs = createTabsHub();
    const [one, other] = [await phone.openStore({ tabs: tabs() }), await phone.openStore({ tabs: tabs() })];
    const hamlet = createTestChannel(hamletChannel);
    const households = Array.from({ length: 30 }, (_, index) => householdRow({ no: index + 1 }));
    for (const [index, household] of households.entries()) {
      hamlet.show(household);
      if (index % 5 === 4) hamlet.show({ recordId: households[index - 2]?.recordId ?? '', version: 2, gone: 'evicted' });
      await pull(index % 3 === 0 ? one : other, hamlet);
    }
    await Promise.all([one.refresh(), other.refresh()]);
    const numbers = (store: TestStore) => store.searchHouseholds('').map((household) => household.fields.no);
    expect(numbers(one)).toHaveLength(24);
    expect(numbers(other)).toEqual(numbers(one));
    expect(numbers(await phone.openStore())).toEqual(numbers(one));
    expect((await segmentsOf(phone, hamletChannel)).length).toBeLessThan(15);
  });
});

describe('a page holds only what it was asked for', () => {
  async function opened() {
    const phone = await createTestPhone(memoryDisks);
    const store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    hamlet.show(householdRow());
    await store.recordContact(answerOf());
    return { phone, store, hamlet, before: await store.pullStanding() };
  }

  test('a tab that slept throws its page away', async () => {
    const { phone, store, hamlet, before } = await opened();
    const late = hamlet.page(0);
    expect(await pull(store, hamlet)).toBe('committed');
    const asked = { epoch: before.epoch, cursor: 0, generation: before.absent };
    expect(await commitPage(store, late, asked, answerOf())).toBe('stale');
    const other = await phone.openStore();
    const slept = await other.pullStanding();
    const standing = slept.channels.get(hamletChannel);
    if (standing === undefined) throw new Error('no channel');
    hamlet.show(householdRow());
    const page = hamlet.page(standing.cursor);
    await pull(store, hamlet);
    expect(await commitPage(other, page, { epoch: slept.epoch, ...standing }, answerOf())).toBe('stale');
    expect(await segmentsOf(phone, hamletChannel)).toHaveLength(2);
    expect(other.all('household')).toHaveLength(2);
  });

  test('verdicts are thrown away with a page of their answer: they may speak of what it brought', async () => {
    const { phone, store, hamlet, before } = await opened();
    const own = createTestChannel(phone.ownChannel);
    own.show(verdictRow(newId(), 1, 'applied'));
    const made = { epoch: before.epoch, cursor: 0, generation: before.absent };
    const late = { page: hamlet.page(0), made };
    // Another tab is a page ahead, and this one has not looked since: on the disk it shows.
    const other = await phone.openStore();
    const disk = phone.openDisk();
    const slow: Disk = {
      ...disk,
      async write(names, body) {
        if (names.includes('segments')) await pull(other, hamlet);
        return await disk.write(names, body);
      },
    };
    const behind = await phone.openStore({ disk: slow });
    expect(await behind.commitPages([late, { page: own.page(0), made }], answerOf())).toEqual(['stale', 'stale']);
    expect(await store.commitPages([late, { page: own.page(0), made }], answerOf())).toEqual(['stale', 'stale']);
    expect([...(await store.pullStanding()).channels.keys()]).toEqual([hamletChannel]);
    expect(await pull(store, own)).toBe('committed');
  });

  test('of two tabs that commit the same page at the same moment one does', async () => {
    const { phone, store, hamlet, before } = await opened();
    const other = await phone.openStore();
    const asked = { epoch: before.epoch, cursor: 0, generation: before.absent };
    const outcomes = await Promise.all([store, other].map((tab) => commitPage(tab, hamlet.page(0), asked, answerOf())));
    expect(outcomes.toSorted()).toEqual(['committed', 'stale']);
    expect(await segmentsOf(phone, hamletChannel)).toHaveLength(1);
    await Promise.all([store.refresh(), other.refresh()]);
    for (const open of [store, other, await phone.openStore()]) expect(open.all('household')).toHaveLength(1);
  });

  test('a page of another epoch, of another cursor, or from before a restart is thrown away', async () => {
    const { store, hamlet } = await opened();
    await pull(store, hamlet);
    const { epoch, round, channels } = await store.pullStanding();
    const standing = channels.get(hamletChannel);
    if (standing === undefined) throw new Error('no channel');
    hamlet.show(householdRow());
    const page = hamlet.page(standing.cursor);
    expect(await commitPage(store, page, { epoch, ...standing }, answerOf({ epoch: 2 }))).toBe('stale');
    expect(await commitPage(store, { ...page, from: 0 }, { epoch, ...standing }, answerOf())).toBe('stale');
    await store.restart(1, round);
    expect(await commitPage(store, page, { epoch, ...standing }, answerOf())).toBe('stale');
    expect(store.all('household')).toHaveLength(1);
  });

  test('a channel that was left is not brought back by a page from before', async () => {
    const { phone, store, hamlet, before } = await opened();
    const late = hamlet.page(0);
    await pull(store, hamlet);
    await leave(store, [hamletChannel]);
    expect(await commitPage(store, late, { epoch: before.epoch, cursor: 0, generation: before.absent }, answerOf())).toBe('stale');
    expect(await segmentsOf(phone, hamletChannel)).toEqual([]);
    expect(await pull(store, hamlet)).toBe('committed');
    expect(store.all('household')).toHaveLength(1);
  });

  test('the answer that says what is left may open a channel, one from before another was left may not', async () => {
    const { store, hamlet, before } = await opened();
    const made = { epoch: before.epoch, cursor: 0, generation: before.absent };
    const page = { page: hamlet.page(0), made };
    const leaving = answerOf({ pull: { member: lan, pages: [page.page], left: ['hamlet/01789-009'] } });
    await leave(store, ['hamlet/01789-008']);
    expect(await store.commitPages([page], leaving)).toEqual(['stale']);
    const { absent } = await store.pullStanding();
    expect(await store.commitPages([{ ...page, made: { ...made, generation: absent } }], leaving)).toEqual(['committed']);
    expect((await store.pullStanding()).absent).not.toBe(absent);
  });

  test('no channel is left where the page that brings its record elsewhere was stale: the next answer names it once more', async () => {
    const phone = await createTestPhone(memoryDisks);
    const [store, slept] = [await phone.openStore(), await phone.openStore()];
    const [hamlet, everyone] = [createTestChannel(hamletChannel), createTestChannel(everyoneChannel)];
    const moved = householdRow();
    hamlet.show(moved);
    everyone.show(householdRow());
    for (const channel of [hamlet, everyone]) await pull(store, channel);
    await slept.refresh();
    const { epoch, absent, channels } = await slept.pullStanding();
    const standing = channels.get(everyoneChannel) ?? { cursor: 0, generation: absent };
    everyone.show(householdRow());
    await pull(store, everyone);
    everyone.show(moved);
    const page = everyone.page(standing.cursor);
    const left = answerOf({ pull: { member: { ...lan, assignments: [] }, pages: [page], left: [hamletChannel] } });
    expect(await slept.commitPages([{ page, made: { epoch, ...standing } }], left, absent)).toEqual(['stale']);
    await store.refresh();
    // Who the member is by that answer comes with what they read by it.
    for (const open of [slept, store, await phone.openStore()]) expect(open.account()).toEqual(lan);
    for (const open of [slept, store, await phone.openStore()]) expect(open.find(moved.recordId)).toBeDefined();
    const now = await slept.pullStanding();
    const next = { page: everyone.page(now.channels.get(everyoneChannel)?.cursor ?? 0), made: { epoch, ...(now.channels.get(everyoneChannel) ?? standing) } };
    expect(await slept.commitPages([next], left, now.absent)).toEqual(['committed']);
    expect(slept.find(moved.recordId)).toBeDefined();
    expect(slept.account().assignments).toEqual([]);
    expect([...(await slept.pullStanding()).channels.keys()]).toEqual([everyoneChannel]);
  });

  test('an answer from before another tab left something takes away neither what was given again nor the newer account', async () => {
    const { phone, store, slept, hamlet } = await createTwoTabs();
    const { absent } = await slept.pullStanding();
    const late = answerOf({ pull: { member: { ...lan, assignments: [] }, pages: [], left: [hamletChannel] } });
    await leave(store, [hamletChannel]);
    await pull(store, hamlet);
    await slept.recordContact(late);
    await slept.commitPages([], late, absent);
    for (const open of [slept, await phone.openStore()]) {
      expect(open.all('household')).toHaveLength(1);
      expect(open.account().assignments).toEqual(lan.assignments);
    }
  });

  test('what another tab was told while a full disk kept a page out is not taken back by the older account of that answer', async () => {
    const phone = await createTestPhone(memoryDisks);
    const disk = phone.openDisk();
    const store = await phone.openStore();
    const [hamlet, everyone] = [createTestChannel(hamletChannel), createTestChannel(everyoneChannel)];
    hamlet.show(householdRow());
    const full: Disk = {
      ...disk,
      write: async (names, work) => {
        if (!names.some((name) => name === 'outbox')) return await disk.write(names, work);
        await pull(store, hamlet);
        throw new StorageFailure('full');
      },
    };
    const slept = await phone.openStore({ disk: full });
    const { epoch, absent } = await slept.pullStanding();
    const page = everyone.page(0);
    const late = answerOf({ pull: { member: { ...lan, assignments: [] }, pages: [page], left: [] } });
    await expect(slept.commitPages([{ page, made: { epoch, cursor: 0, generation: absent } }], late, absent)).rejects.toMatchObject({ code: 'full' });
    for (const open of [slept, await phone.openStore()]) expect(open.account().assignments).toEqual(lan.assignments);
  });
});
