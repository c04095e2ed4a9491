import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf } from '#domain/identifiers.ts';
import type { SyncAnswer } from '#sync/protocol.ts';
import { createMemoryDisk } from './memory-disk.ts';
import type { Disk } from './disk.ts';
import {
  answerOf, createPlainSafe, createTabsHub, createTestChannel, createTestPhone, diskKinds, epochStart, everyoneChannel, hamletChannel,
  householdRow, lan, newId, pull, verdictRow, visitDraft,
} from './store.test-support.ts';
import type { TestChannel, TestPhone, TestStore } from './store.test-support.ts';

const [memory] = diskKinds;
if (memory === undefined) throw new Error('no disk to test on');
const plenty = { entries: 200, bytes: 256 * 1024 };
const dayMs = 24 * 3_600_000;
const at = (ms: number) => instantOf(epochStart + ms);

async function segmentsOf(disk: Disk, channelId: string) {
  return await disk.read(['segments'], async ({ segments }) => await segments.ofChannel(channelId));
}
async function pullAll(store: TestStore, channel: TestChannel, answer?: SyncAnswer, size = 500): Promise<void> {
  for (let pages = 0; pages < 100; pages++) {
    await pull(store, channel, answer, size);
    const standing = (await store.pullStanding()).channels.get(channel.channelId);
    if (standing?.cursor === channel.counter()) return;
  }
  throw new Error('the channel never ends');
}

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
    expect((await segmentsOf(phone.openDisk(), hamletChannel)).length).toBeLessThan(15);
  });
});

describe('a page holds only what it was asked for', () => {
  async function opened() {
    const phone = await createTestPhone(memory!);
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
    expect(await store.commitPage(late, asked, answerOf())).toBe('stale');
    const other = await phone.openStore();
    const slept = await other.pullStanding();
    const standing = slept.channels.get(hamletChannel);
    if (standing === undefined) throw new Error('no channel');
    hamlet.show(householdRow());
    const page = hamlet.page(standing.cursor);
    await pull(store, hamlet);
    expect(await other.commitPage(page, { epoch: slept.epoch, ...standing }, answerOf())).toBe('stale');
    expect(await segmentsOf(phone.openDisk(), hamletChannel)).toHaveLength(2);
    expect(other.all('household')).toHaveLength(2);
  });

  test('of two tabs that commit the same page at the same moment one does', async () => {
    const { phone, store, hamlet, before } = await opened();
    const other = await phone.openStore();
    const asked = { epoch: before.epoch, cursor: 0, generation: before.absent };
    const outcomes = await Promise.all([store, other].map((tab) => tab.commitPage(hamlet.page(0), asked, answerOf())));
    expect(outcomes.toSorted()).toEqual(['committed', 'stale']);
    expect(await segmentsOf(phone.openDisk(), hamletChannel)).toHaveLength(1);
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
    expect(await store.commitPage(page, { epoch, ...standing }, answerOf({ epoch: 2 }))).toBe('stale');
    expect(await store.commitPage({ ...page, from: 0 }, { epoch, ...standing }, answerOf())).toBe('stale');
    await store.restart(1, round);
    expect(await store.commitPage(page, { epoch, ...standing }, answerOf())).toBe('stale');
    expect(store.all('household')).toHaveLength(1);
  });

  test('a channel that was left is not brought back by a page from before', async () => {
    const { phone, store, hamlet, before } = await opened();
    const late = hamlet.page(0);
    await pull(store, hamlet);
    await store.leaveChannels([hamletChannel]);
    expect(await store.commitPage(late, { epoch: before.epoch, cursor: 0, generation: before.absent }, answerOf())).toBe('stale');
    expect(await segmentsOf(phone.openDisk(), hamletChannel)).toEqual([]);
    expect(await pull(store, hamlet)).toBe('committed');
    expect(store.all('household')).toHaveLength(1);
  });
});

describe('channels', () => {
  test('a channel that is left is gone from memory, search and disk, and its old boxes open no more', async () => {
    const phone = await createTestPhone(memory!);
    const tabs = createTabsHub();
    const [store, other] = [await phone.openStore({ tabs: tabs() }), await phone.openStore({ tabs: tabs() })];
    const hamlet = createTestChannel(hamletChannel);
    hamlet.show(householdRow());
    await pull(store, hamlet);
    const disk = phone.openDisk();
    const stolen = await segmentsOf(disk, hamletChannel);
    const draft = visitDraft(store.all('household')[0]?.recordId ?? '');
    await store.write([draft]);
    await store.leaveChannels([hamletChannel]);
    await other.refresh();
    for (const open of [store, other, await phone.openStore()]) {
      expect(open.all('household')).toEqual([]);
      expect(open.searchHouseholds('Nông')).toEqual([]);
      expect((await open.pullStanding()).channels.has(hamletChannel)).toBe(false);
      // What this phone saved goes on.
      expect((await open.outbound(plenty)).entries).toHaveLength(1);
    }
    const left = await disk.read(['channels', 'sealingSessions', 'meta'], async (tables) => [
      ...(await tables.channels.all()).map((row) => row.wrappedKey),
      ...(await tables.sealingSessions.all()).map((row) => row.entryKey),
    ]);
    const safe = createPlainSafe();
    for (const wrapped of left) expect(wrapped && (await safe.openChannelKey(hamletChannel, wrapped))).toBeUndefined();
    expect(stolen).toHaveLength(1);
  });

  test('a record is shown while any channel holds it, in its highest version, with the fields of all at that version', async () => {
    const phone = await createTestPhone(memory!);
    const store = await phone.openStore();
    const [hamlet, unit] = [createTestChannel(hamletChannel), createTestChannel('unit/u-1'.replace('u-1', newId()))];
    const row = householdRow({ phone: '0912345678' });
    const { phone: _hidden, ...open }: Record<string, unknown> = row.fields;
    unit.show({ ...row, fields: open, version: 3 });
    await pull(store, unit);
    hamlet.show({ ...row, version: 3 });
    await pull(store, hamlet);
    expect(store.find(row.recordId)).toMatchObject({ version: 3, fields: { phone: '0912345678' } });
    hamlet.show({ ...row, fields: { ...row.fields, no: 99 }, version: 4 });
    await pull(store, hamlet);
    expect(store.find(row.recordId)).toMatchObject({ version: 4, fields: { no: 99 } });
    hamlet.show({ recordId: row.recordId, version: 5, gone: 'evicted' });
    await pull(store, hamlet);
    expect(store.find(row.recordId)).toMatchObject({ version: 3, fields: open });
    expect(store.find(row.recordId)?.fields).not.toHaveProperty('phone');
    unit.show({ recordId: row.recordId, version: 5, gone: 'deleted' });
    await pull(store, unit);
    expect(store.find(row.recordId)).toBeUndefined();
    expect((await phone.openStore()).all('household')).toEqual([]);
  });

  test('whatever rows come in whatever pages, memory and disk agree with the channels, small segments merged or not', async () => {
    const ids = Array.from({ length: 6 }, newId);
    const step = fc.record({
      channel: fc.constantFrom(0, 1),
      record: fc.nat({ max: ids.length - 1 }),
      what: fc.constantFrom('row', 'row', 'row', 'evicted', 'deleted'),
      pulls: fc.constantFrom('no', 'one', 'other'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 4 }), async (steps, size) => {
        const phone = await createTestPhone(memory!);
        const tabs = createTabsHub();
        const stores = { one: await phone.openStore({ tabs: tabs() }), other: await phone.openStore() };
        const channels = [createTestChannel(hamletChannel), createTestChannel(everyoneChannel)];
        const shown = [new Map<string, number>(), new Map<string, number>()];
        let version = 0;
        for (const { channel, record, what, pulls } of steps) {
          const recordId = ids[record] ?? '';
          version += 1;
          if (what === 'row') {
            channels[channel]?.show({ ...householdRow({ no: version }), recordId, version });
            shown[channel]?.set(recordId, version);
          } else {
            channels[channel]?.show({ recordId, version, gone: what });
            shown[channel]?.delete(recordId);
          }
          if (pulls !== 'no') for (const one of channels) await pull(stores[pulls], one, answerOf(), size);
        }
        for (const one of channels) await pullAll(stores.one, one, answerOf(), size);
        await stores.other.refresh();
        const expected = ids.map((recordId) => {
          const versions = shown.flatMap((rows) => rows.get(recordId) ?? []);
          return versions.length === 0 ? undefined : Math.max(...versions);
        });
        for (const store of [stores.one, stores.other, await phone.openStore()]) {
          expect(ids.map((recordId) => store.find(recordId)?.version)).toEqual(expected);
        }
        const mismatches = await phone.openDisk().read(['channels'], async (tables) => (await tables.channels.all()).map((row) => row.mismatches));
        expect(mismatches).toEqual(mismatches.map(() => 0));
      }),
      { numRuns: 40 },
    );
  });

  test('what is deleted lies on in no older box', async () => {
    const phone = await createTestPhone(memory!);
    const store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const [gone, stays] = [householdRow({ headName: 'Hoàng Văn Xóa' }), householdRow({ headName: 'Nông Thị Còn' })];
    hamlet.show(gone);
    hamlet.show(stays);
    await pull(store, hamlet);
    hamlet.show({ recordId: gone.recordId, version: 2, gone: 'deleted' });
    await pull(store, hamlet);
    const segments = await segmentsOf(phone.openDisk(), hamletChannel);
    expect(segments).toHaveLength(1);
    expect(segments[0]).toMatchObject({ from: 0, to: 3, rows: 1 });
    expect((await phone.openStore()).all('household').map((household) => household.fields.headName)).toEqual(['Nông Thị Còn']);
  });

  test('nor after power was lost right after the page that deletes', async () => {
    const phone = await createTestPhone(memory!);
    const disk = createMemoryDisk((phone.openDisk() as ReturnType<typeof createMemoryDisk>).contents);
    const store = await phone.openStore({ disk });
    const hamlet = createTestChannel(hamletChannel);
    const gone = householdRow();
    hamlet.show(gone);
    hamlet.show(householdRow());
    await pull(store, hamlet);
    hamlet.show({ recordId: gone.recordId, version: 2, gone: 'deleted' });
    disk.onCommit = (moment, tables) => {
      if (moment === 'before' && tables.includes('segments') && !tables.includes('outbox')) disk.kill();
    };
    await pull(store, hamlet);
    expect(await segmentsOf(phone.openDisk(), hamletChannel)).toHaveLength(2);
    await pull(await phone.openStore(), hamlet);
    expect(await segmentsOf(phone.openDisk(), hamletChannel)).toMatchObject([{ from: 0, to: 3, rows: 1 }]);
  });

  test('the mark of what is gone is kept while an older box may hold the row', async () => {
    const phone = await createTestPhone(memory!);
    const store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const households = Array.from({ length: 1_000 }, (_, index) => householdRow({ no: index + 1 }));
    for (const household of households) hamlet.show(household);
    await pull(store, hamlet, answerOf(), 1_000);
    for (const household of households.slice(0, 9)) {
      hamlet.show({ recordId: household.recordId, version: 2, gone: 'evicted' });
      await pull(store, hamlet);
    }
    expect((await segmentsOf(phone.openDisk(), hamletChannel)).map((segment) => segment.from)).toEqual([0, 1_000, 1_008]);
    expect((await phone.openStore()).all('household')).toHaveLength(991);
  });

  test('segments are merged only if every one that was read is still there', async () => {
    const phone = await createTestPhone(memory!);
    const contents = (phone.openDisk() as ReturnType<typeof createMemoryDisk>).contents;
    const disk = createMemoryDisk(contents);
    const store = await phone.openStore({ disk });
    const hamlet = createTestChannel(hamletChannel);
    for (let page = 0; page < 7; page++) {
      hamlet.show(householdRow({ no: page + 1 }));
      await pull(store, hamlet);
    }
    // The first transaction after the eighth page is the merge: another tab replaces a segment right before it.
    let commits = 0;
    disk.onCommit = (moment, tables) => {
      if (moment !== 'after' || !tables.includes('segments')) return;
      commits += 1;
      if (commits === 1) contents.tables.segments.delete(3);
    };
    hamlet.show(householdRow({ no: 8 }));
    await pull(store, hamlet);
    expect([...contents.tables.segments.keys()]).toEqual([1, 2, 4, 5, 6, 7, 8]);
  });
});

describe('the digest', () => {
  /** A phone whose channel row was lost on the way: it holds one record less than the endpoint shows. */
  async function withGap() {
    const phone = await createTestPhone(memory!);
    const store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const lost = householdRow({ headName: 'Lục Thị Mất' });
    hamlet.show(householdRow());
    hamlet.show(lost);
    await store.recordContact(answerOf());
    const { absent } = await store.pullStanding();
    const page = hamlet.page(0);
    const short = { ...page, rows: page.rows.slice(0, 1) };
    const outcome = await store.commitPage(short, { epoch: 1, cursor: 0, generation: absent }, answerOf());
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
    expect((await segmentsOf(phone.openDisk(), hamletChannel)).every((segment) => segment.to <= 2)).toBe(true);
  });

  test('at most once a day of the endpoint, and counted each time', async () => {
    const { phone, store, hamlet } = await withGap();
    const wrong = async (ms: number) => {
      hamlet.show(householdRow());
      const { epoch, absent, channels } = await store.pullStanding();
      const standing = channels.get(hamletChannel) ?? { cursor: 0, generation: absent };
      const page = { ...hamlet.page(standing.cursor), digest: '0'.repeat(32) };
      return await store.commitPage(page, { epoch, ...standing }, answerOf({ endpointTime: at(ms) }));
    };
    expect(await wrong(60_000)).toBe('committed');
    expect(await wrong(dayMs - 1_000)).toBe('committed');
    expect(await rowOf(phone)).toMatchObject({ mismatches: 3, shown: undefined });
    expect(await wrong(dayMs + 60_000)).toBe('mismatch');
    await pullAll(store, hamlet);
    expect(store.all('household')).toHaveLength(5);
    expect(await rowOf(phone)).toMatchObject({ mismatches: 4, shown: undefined });
  });

  test('a box that does not open any more is fetched again, the rest is shown meanwhile', async () => {
    const phone = await createTestPhone(memory!);
    const hamlet = createTestChannel(hamletChannel);
    const first = await phone.openStore();
    for (let page = 0; page < 3; page++) {
      hamlet.show(householdRow({ no: page + 1 }));
      await pull(first, hamlet);
    }
    const { contents } = phone.openDisk() as ReturnType<typeof createMemoryDisk>;
    const damaged = contents.tables.segments.get(2);
    contents.tables.segments.set(2, { ...damaged, box: Uint8Array.of(1, 2, 3) });
    const store = await phone.openStore();
    expect(store.all('household').map((household) => household.fields.no)).toEqual([1, 3]);
    await pullAll(store, hamlet);
    expect(store.all('household')).toHaveLength(3);
    expect((await phone.openStore()).all('household')).toHaveLength(3);
  });

  test('a channel whose key does not open any more begins from nothing', async () => {
    const phone = await createTestPhone(memory!);
    const hamlet = createTestChannel(hamletChannel);
    hamlet.show(householdRow());
    await pull(await phone.openStore(), hamlet);
    const { contents } = phone.openDisk() as ReturnType<typeof createMemoryDisk>;
    contents.tables.channels.set(hamletChannel, { ...contents.tables.channels.get(hamletChannel), wrappedKey: Uint8Array.of(9) });
    const store = await phone.openStore();
    expect(store.all('household')).toEqual([]);
    await pullAll(store, hamlet);
    expect(store.all('household')).toHaveLength(1);
  });
});

describe('what this phone saved', () => {
  async function opened() {
    const phone = await createTestPhone(memory!);
    const store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const own = createTestChannel(phone.ownChannel);
    const household = householdRow();
    hamlet.show(household);
    await pull(store, hamlet);
    return { phone, store, hamlet, own, household, householdId: household.recordId };
  }
  const keep = async (store: TestStore, outcome: 'kept' | 'unreadable' = 'kept') => {
    const { entries, round } = await store.outbound(plenty);
    await store.recordOutcomes(entries.map(({ session, deviceSeq }) => ({ session, deviceSeq, outcome })), round);
  };

  test('never flickers on its way from this phone to sent, in whatever order verdict and page come', async () => {
    for (const isVerdictFirst of [true, false]) {
      const { store, hamlet, own, householdId, household } = await opened();
      const draft = visitDraft(householdId);
      const correction = {
        ...visitDraft(householdId),
        changes: [{ recordId: householdId, kind: 'household' as const, areaId: household.areaId, base: 1, set: { no: 77 } }],
      };
      await store.write([draft, correction]);
      const seen: unknown[] = [];
      store.subscribe(() => {
        const visit = store.find(draft.visitId);
        seen.push({ visit: visit?.fields, no: store.searchHouseholds('')[0]?.fields.no, mark: visit && store.mark(visit).state });
      });
      await keep(store);
      const sequences = {
        [hamletChannel]: hamlet.show({ ...household, kind: 'visit', recordId: draft.visitId, fields: draft.changes[0] && 'set' in draft.changes[0] ? draft.changes[0].set : {} }),
      };
      const corrected = { [hamletChannel]: hamlet.show({ ...household, version: 2, fields: { ...household.fields, no: 77 } }) };
      own.show(verdictRow(draft.entryId, 1, 'applied', { sequences }));
      own.show(verdictRow(correction.entryId, 2, 'applied', { sequences: corrected }));
      for (const channel of isVerdictFirst ? [own, hamlet] : [hamlet, own]) await pull(store, channel, answerOf(), 1);
      for (const channel of isVerdictFirst ? [own, hamlet] : [hamlet, own]) await pullAll(store, channel, answerOf(), 1);
      expect(seen.length).toBeGreaterThan(3);
      const visit = store.find(draft.visitId);
      for (const moment of seen) expect(moment).toMatchObject({ visit: visit?.fields, no: 77 });
      const marks = seen.map((moment) => (moment as { mark: string }).mark);
      expect(marks).toEqual(marks.toSorted());
      expect(marks.at(-1)).toBe('sent');
      expect(store.outbox()).toEqual([]);
    }
  });

  test('is laid over what others did meanwhile, and gives way once its channel has passed it', async () => {
    const { store, hamlet, own, household, householdId } = await opened();
    const correction = {
      ...visitDraft(householdId),
      changes: [{ recordId: householdId, kind: 'household' as const, areaId: household.areaId, base: 1, set: { no: 77 } }],
    };
    await store.write([correction]);
    hamlet.show({ ...household, version: 2, fields: { ...household.fields, no: 50, houseLabel: 'đầu cầu' } });
    await pull(store, hamlet);
    expect(store.find(householdId)).toMatchObject({ version: 2, fields: { no: 77, houseLabel: 'đầu cầu' } });
    const conflicts = [{ field: 'no', value: 50, memberId: newId(), occurredAt: at(0), version: 2 }];
    const sequence = hamlet.show({ ...household, version: 3, fields: { ...household.fields, no: 77, houseLabel: 'đầu cầu' }, conflicts });
    own.show(verdictRow(correction.entryId, 1, 'merged', { sequences: { [hamletChannel]: sequence } }));
    await pull(store, own);
    await pull(store, hamlet);
    const shown = store.find(householdId);
    expect(shown).toMatchObject({ version: 3, fields: { no: 77 } });
    expect(shown && store.mark(shown)).toEqual({ state: 'needs_you', reason: { verdict: 'merged', field: 'no' } });
    hamlet.show({ ...household, version: 4, fields: { ...household.fields, no: 51 } });
    await pull(store, hamlet);
    expect(store.find(householdId)).toMatchObject({ fields: { no: 51 } });
  });

  test.each(['held', 'quarantined', 'rejected'] as const)('%s stays in sight and needs a person', async (verdict) => {
    const { phone, store, own, householdId } = await opened();
    const draft = visitDraft(householdId);
    await store.write([draft]);
    await keep(store);
    own.show(verdictRow(draft.entryId, 1, verdict, { code: 'no_access' }));
    await pull(store, own);
    for (const open of [store, await phone.openStore()]) {
      const visit = open.find(draft.visitId);
      expect(visit && open.mark(visit)).toEqual({ state: 'needs_you', reason: { verdict, code: 'no_access' } });
      expect(open.outbox()).toMatchObject([{ state: 'needs_you', reason: { verdict } }]);
      expect(open.unsettledCount()).toBe(0);
    }
    own.show(verdictRow(draft.entryId, 1, 'applied', { sequences: {} }));
    await pull(store, own);
    expect(store.outbox()).toEqual([]);
  });

  test('erased: nothing of it is kept, not even sealed, and it is told', async () => {
    const { phone, store, own, householdId } = await opened();
    const draft = visitDraft(householdId);
    await store.write([draft]);
    own.show(verdictRow(draft.entryId, 1, 'erased'));
    await pull(store, own);
    expect(store.find(draft.visitId)).toBeUndefined();
    expect(store.outbox()).toMatchObject([{ state: 'needs_you', reason: { verdict: 'erased' } }]);
    const rows = await phone.openDisk().read(['outbox'], async ({ outbox }) => await outbox.all());
    expect(rows).toMatchObject([{ deviceSeq: 1, bytes: '' }]);
    expect((await store.outbound(plenty)).entries).toEqual([]);
    await store.discard(1);
    expect(store.outbox()).toEqual([]);
  });

  test('bytes the endpoint could not open need a person, hold up nobody and are tried again by the next page', async () => {
    const { phone, store, householdId } = await opened();
    const [bad, good] = [visitDraft(householdId), visitDraft(householdId)];
    await store.write([bad]);
    await keep(store, 'unreadable');
    const visit = store.find(bad.visitId);
    expect(visit && store.mark(visit)).toEqual({ state: 'needs_you', reason: { verdict: 'unreadable', code: 'unreadable' } });
    await store.write([good]);
    expect((await store.outbound(plenty)).entries.map((entry) => entry.deviceSeq)).toEqual([2]);
    expect((await (await phone.openStore()).outbound(plenty)).entries.map((entry) => entry.deviceSeq)).toEqual([1, 2]);
  });

  test('travels within the limits, in order', async () => {
    const { store, householdId } = await opened();
    await store.write([visitDraft(householdId), visitDraft(householdId), visitDraft(householdId)]);
    const numbers = async (limits: Parameters<TestStore['outbound']>[0]) => (await store.outbound(limits)).entries.map((entry) => entry.deviceSeq);
    expect(await numbers({ entries: 2, bytes: 1e6 })).toEqual([1, 2]);
    expect(await numbers({ entries: 9, bytes: 10 })).toEqual([1]);
    expect(await numbers({ entries: 9, bytes: 1e6, skip: new Set([1]) })).toEqual([2, 3]);
  });

  test('after a restore all that is retained is sent again, shown as only here until it is settled, and takes nothing back', async () => {
    const { phone, store, hamlet, own, household, householdId } = await opened();
    const correction = {
      ...visitDraft(householdId),
      changes: [{ recordId: householdId, kind: 'household' as const, areaId: household.areaId, base: 1, set: { no: 77 } }],
    };
    const waiting = visitDraft(householdId);
    await store.write([correction, waiting]);
    await keep(store);
    own.show(verdictRow(correction.entryId, 1, 'applied', { sequences: { [hamletChannel]: hamlet.show({ ...household, version: 2, fields: { ...household.fields, no: 77 } }) } }));
    await pull(store, own);
    hamlet.show({ ...household, version: 3, fields: { ...household.fields, no: 78 } });
    await pull(store, hamlet);
    expect((await store.outbound(plenty)).entries).toEqual([]);

    const { round } = await store.pullStanding();
    await store.restart(2, round);
    await store.restart(2, round);
    expect(store.find(householdId)).toMatchObject({ fields: { no: 78 } });
    expect((await store.outbound(plenty)).entries.map((entry) => entry.deviceSeq)).toEqual([1, 2]);
    expect(store.unsettledCount()).toBe(2);
    expect((await store.pullStanding()).channels.get(hamletChannel)?.cursor).toBe(0);
    expect((await store.pullStanding()).channels.has(phone.ownChannel)).toBe(false);
    // What was said before the restore counts for nothing now.
    await store.recordOutcomes([{ session: (await store.outbound(plenty)).entries[0]?.session ?? '', deviceSeq: 1, outcome: 'kept' }], round);
    expect((await store.outbound(plenty)).entries).toHaveLength(2);

    const restored = answerOf({ epoch: 2 });
    await keep(store);
    const [hamletAgain, ownAgain] = [createTestChannel(hamletChannel), createTestChannel(phone.ownChannel)];
    const sequences = { [hamletChannel]: hamletAgain.show({ ...household, version: 2 ** 33 + 1, fields: { ...household.fields, no: 77 } }) };
    ownAgain.show(verdictRow(correction.entryId, 1, 'applied', { sequences }));
    await pull(store, hamletAgain, restored);
    await pull(store, ownAgain, restored);
    expect(store.find(householdId)).toMatchObject({ version: 2 ** 33 + 1, fields: { no: 77 } });
    expect(store.unsettledCount()).toBe(1);
    expect((await phone.openStore()).find(waiting.visitId)).toBeDefined();
  });

  test('is retained 30 days of the endpoint and until a verified backup holds it; the key goes with the last settled one', async () => {
    const { phone, store, own, householdId } = await opened();
    const [one, two] = [visitDraft(householdId), visitDraft(householdId)];
    await store.write([one, two]);
    await keep(store);
    const disk = phone.openDisk();
    const look = async () =>
      await disk.read(['outbox', 'sealingSessions'], async ({ outbox, sealingSessions }) => ({
        numbers: (await outbox.all()).map((row) => row.deviceSeq),
        keys: (await sealingSessions.all()).map((row) => row.entryKey !== undefined),
      }));
    own.show(verdictRow(one.entryId, 1, 'applied', { sequences: {} }));
    await pull(store, own);
    await store.recordContact(answerOf());
    expect(await look()).toEqual({ numbers: [1, 2], keys: [true] });
    own.show(verdictRow(two.entryId, 2, 'applied', { sequences: {} }));
    await pull(store, own);
    await store.recordContact(answerOf());
    expect(await look()).toEqual({ numbers: [1, 2], keys: [false] });
    const reopened = await phone.openStore();
    expect(reopened.outbox()).toEqual([]);
    expect(reopened.unsettledCount()).toBe(0);

    const late = at(31 * dayMs);
    await store.recordContact(answerOf({ endpointTime: late }));
    await store.recordContact(answerOf({ endpointTime: late, verifiedBackupAt: at(dayMs - 60_000) }));
    expect(await look()).toEqual({ numbers: [1, 2], keys: [false] });
    await store.recordContact(answerOf({ endpointTime: at(20 * dayMs), verifiedBackupAt: at(10 * dayMs) }));
    expect(await look()).toEqual({ numbers: [1, 2], keys: [false] });
    await store.recordContact(answerOf({ endpointTime: late }));
    expect(await look()).toEqual({ numbers: [], keys: [] });
    await store.write([visitDraft(householdId)]);
    expect(await look()).toEqual({ numbers: [3], keys: [true] });
    expect((await phone.openStore()).all('visit')).toHaveLength(1);
  });

  test('a page that saves after another tab let its key go is replayed all the same', async () => {
    const { phone, store, own, householdId } = await opened();
    const one = visitDraft(householdId);
    await store.write([one]);
    own.show(verdictRow(one.entryId, 1, 'applied', { sequences: {} }));
    const other = await phone.openStore();
    await pull(other, own);
    await other.recordContact(answerOf());
    const two = visitDraft(householdId);
    await store.write([two]);
    expect((await phone.openStore()).find(two.visitId)).toBeDefined();
  });
});

describe('contact', () => {
  test('the member is whom the endpoint last named, in every tab', async () => {
    const phone = await createTestPhone(memory!);
    const tabs = createTabsHub();
    const [store, other] = [await phone.openStore({ tabs: tabs() }), await phone.openStore({ tabs: tabs() })];
    const member = { ...lan, assignments: [{ role: 'team_lead' as const, hamletId: '01789-003' }] };
    phone.clock.at = epochStart + 5_000;
    await store.recordContact(answerOf({ pull: { member, pages: [], left: [] } }));
    await other.refresh();
    for (const open of [store, other, await phone.openStore()]) {
      expect(open.account()).toEqual(member);
      expect(open.lastContactAt()).toBe(epochStart + 5_000);
    }
  });

  test('a phone that another tab wiped closes here as well', async () => {
    const phone = await createTestPhone(memory!);
    let told = 0;
    const store = await phone.openStore({ onWiped: () => (told += 1) });
    const hamlet = createTestChannel(hamletChannel);
    hamlet.show(householdRow());
    await pull(store, hamlet);
    await phone.openDisk().write(['keyring'], async ({ keyring }) => {
      await keyring.put({ key: 'phone', state: 'wiped', why: 'asked', communeCode: '01789', deviceId: phone.deviceId, endpoint: { endpointId: 'e', keyId: 'k', publicKey: '' } });
    });
    await store.refresh();
    expect(told).toBe(1);
    expect(store.all('household')).toEqual([]);
    expect(await store.write([visitDraft(newId())])).toEqual({ ok: false, error: { code: 'locked' } });
  });
});
