import { describe, expect, test } from 'vitest';
import { instantOf } from '#domain/identifiers.ts';
import {
  answerOf, commitPage, createTestChannel, createTestPhone, epochStart, hamletChannel, householdRow, leave, memoryDisks, newId, openMemoryDisk,
  pull, pullAll, segmentsOf, verdictRow,
} from './store.test-support.ts';
import type { TestPhone } from './store.test-support.ts';

const dayMs = 24 * 3_600_000;
const at = (ms: number) => instantOf(epochStart + ms);

describe('the digest', () => {
  /** A phone whose channel row was lost on the way: it holds one record less than the endpoint shows. */
  async function withGap() {
    const phone = await createTestPhone(memoryDisks);
    const store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const lost = householdRow({ headName: 'Lục Thị Mất' });
    hamlet.show(householdRow());
    hamlet.show(lost);
    await store.recordContact(answerOf());
    const { absent } = await store.pullStanding();
    const page = hamlet.page(0);
    const short = { ...page, rows: page.rows.slice(0, 1) };
    const outcome = await commitPage(store, short, { epoch: 1, cursor: 0, generation: absent }, answerOf());
    return { phone, store, hamlet, outcome };
  }
  const rowOf = async (phone: TestPhone) =>
    await phone.openDisk().read(['channels'], async ({ channels }) => await channels.get(hamletChannel));

  test('a mismatch fetches the channel anew beside what is shown, and takes its place at the end', async () => {
    const { phone, store, hamlet, outcome } = await withGap();
    expect(outcome).toBe('mismatch');
    expect(store.all('household')).toHaveLength(1);
    expect((await store.pullStanding()).channels.get(hamletChannel)?.cursor).toBe(0);
    await pull(store, hamlet, answerOf(), 1);
    expect(store.all('household')).toHaveLength(1);
    expect((await phone.openStore()).all('household')).toHaveLength(1);
    await pull(store, hamlet, answerOf(), 1);
    expect(store.all('household')).toHaveLength(2);
    expect((await phone.openStore()).all('household')).toHaveLength(2);
    expect(await rowOf(phone)).toMatchObject({ cursor: 2, mismatches: 1, shown: undefined });
    expect((await segmentsOf(phone, hamletChannel)).every((segment) => segment.to <= 2)).toBe(true);
  });

  test('the verdicts of the same answer wait for what is fetched anew: they may speak of it', async () => {
    const phone = await createTestPhone(memoryDisks);
    const store = await phone.openStore();
    const [hamlet, own] = [createTestChannel(hamletChannel), createTestChannel(phone.ownChannel)];
    hamlet.show(householdRow());
    own.show(verdictRow(newId(), 1, 'applied'));
    await store.recordContact(answerOf());
    const { epoch, absent } = await store.pullStanding();
    const made = { epoch, cursor: 0, generation: absent };
    const pages = [{ ...hamlet.page(0), digest: '0'.repeat(32) }, own.page(0)].map((page) => ({ page, made }));
    expect(await store.commitPages(pages, answerOf())).toEqual(['mismatch', 'stale']);
    expect([...(await store.pullStanding()).channels.keys()]).toEqual([hamletChannel]);
    await pullAll(store, hamlet);
    expect(await pull(store, own)).toBe('committed');
  });

  test('at most once a day of the endpoint, and counted each time', async () => {
    const { phone, store, hamlet } = await withGap();
    const wrong = async (ms: number) => {
      hamlet.show(householdRow());
      const { epoch, absent, channels } = await store.pullStanding();
      const standing = channels.get(hamletChannel) ?? { cursor: 0, generation: absent };
      const page = { ...hamlet.page(standing.cursor), digest: '0'.repeat(32) };
      return await commitPage(store, page, { epoch, ...standing }, answerOf({ endpointTime: at(ms) }));
    };
    expect(await wrong(60_000)).toBe('committed');
    expect(await wrong(dayMs - 1_000)).toBe('committed');
    expect(await rowOf(phone)).toMatchObject({ mismatches: 3, shown: undefined });
    expect(await wrong(dayMs + 60_000)).toBe('mismatch');
    await pullAll(store, hamlet);
    expect(store.all('household')).toHaveLength(5);
    expect(await rowOf(phone)).toMatchObject({ mismatches: 4, shown: undefined });
  });
});

describe('what does not open any more', () => {
  test('a box is fetched again, the rest is shown meanwhile', async () => {
    const phone = await createTestPhone(memoryDisks);
    const hamlet = createTestChannel(hamletChannel);
    const first = await phone.openStore();
    for (let page = 0; page < 3; page++) {
      hamlet.show(householdRow({ no: page + 1 }));
      await pull(first, hamlet);
    }
    const { contents } = openMemoryDisk(phone);
    const damaged = contents.tables.segments.get(2);
    contents.tables.segments.set(2, { ...damaged, box: Uint8Array.of(1, 2, 3) });
    const store = await phone.openStore();
    expect(store.all('household').map((household) => household.fields.no)).toEqual([1, 3]);
    await pullAll(store, hamlet);
    expect(store.all('household')).toHaveLength(3);
    expect((await phone.openStore()).all('household')).toHaveLength(3);
  });

  test('a channel whose key it is begins from nothing', async () => {
    const phone = await createTestPhone(memoryDisks);
    const hamlet = createTestChannel(hamletChannel);
    hamlet.show(householdRow());
    await pull(await phone.openStore(), hamlet);
    const { contents } = openMemoryDisk(phone);
    contents.tables.channels.set(hamletChannel, { ...contents.tables.channels.get(hamletChannel), wrappedKey: Uint8Array.of(9) });
    const store = await phone.openStore();
    expect(store.all('household')).toEqual([]);
    await pullAll(store, hamlet);
    expect(store.all('household')).toHaveLength(1);
  });

  test('so it does where an earlier key of it is still in memory', async () => {
    const phone = await createTestPhone(memoryDisks);
    const hamlet = createTestChannel(hamletChannel);
    hamlet.show(householdRow());
    const [store, slept] = [await phone.openStore(), await phone.openStore()];
    await pull(store, hamlet);
    await slept.refresh();
    await leave(store, [hamletChannel]);
    await pull(store, hamlet);
    const { contents } = openMemoryDisk(phone);
    contents.tables.channels.set(hamletChannel, { ...contents.tables.channels.get(hamletChannel), wrappedKey: Uint8Array.of(9) });
    await pullAll(slept, hamlet);
    for (const open of [slept, await phone.openStore()]) expect(open.all('household')).toHaveLength(1);
  });
});
