import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { letGoText } from '#domain/let-go.ts';
import { StorageFailure } from '#sync/engine.ts';
import {
  answerOf, createPlainSafe, createPlainSealer, createTabsHub, createTestChannel, createTestPhone, createTwoTabs, everyoneChannel,
  hamletChannel, householdRow, lan, leave, memoryDisks, newId, openMemoryDisk, pull, pullAll, segmentsOf, visitDraft,
} from './store.test-support.ts';

const plenty = { entries: 200, bytes: 256 * 1024 };

describe('channels', () => {
  test('a channel that is left is gone from memory, search and disk, and its old boxes open no more', async () => {
    const phone = await createTestPhone(memoryDisks);
    const tabs = createTabsHub();
    const [store, other] = [await phone.openStore({ tabs: tabs() }), await phone.openStore({ tabs: tabs() })];
    const hamlet = createTestChannel(hamletChannel);
    hamlet.show(householdRow());
    await pull(store, hamlet);
    const disk = phone.openDisk();
    const stolen = await segmentsOf(phone, hamletChannel);
    const draft = visitDraft(store.all('household')[0]?.recordId ?? '');
    await store.write([draft]);
    await vi.waitFor(() => expect(other.all('household')).toHaveLength(1));
    await leave(store, [hamletChannel]);
    // The other tab hears of it by itself.
    await vi.waitFor(() => expect(other.all('household')).toEqual([]));
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

  test('a channel that is left goes also where the disk is too full for the pages of the same answer', async () => {
    const phone = await createTestPhone(memoryDisks);
    const disk = openMemoryDisk(phone);
    const openTab = createTabsHub();
    const store = await phone.openStore({ disk, tabs: openTab() });
    const other = await phone.openStore({ tabs: openTab() });
    const [hamlet, everyone] = [createTestChannel(hamletChannel), createTestChannel(everyoneChannel)];
    for (const channel of [hamlet, everyone]) channel.show(householdRow());
    await pull(store, hamlet);
    await other.refresh();
    let seenByOther = other.all('household').length;
    other.subscribe(() => (seenByOther = other.all('household').length));
    expect(seenByOther).toBe(1);
    const { epoch, absent } = await store.pullStanding();
    const page = everyone.page(0);
    disk.onCommit = (moment, tables) => {
      if (moment === 'before' && tables.includes('outbox')) throw new StorageFailure('full');
    };
    const answer = answerOf({ pull: { member: lan, pages: [page], left: [hamletChannel] } });
    await expect(store.commitPages([{ page, made: { epoch, cursor: 0, generation: absent } }], answer)).rejects.toMatchObject({ code: 'full' });
    // The other tab hears of it by itself.
    await vi.waitFor(() => expect(seenByOther).toBe(0));
    for (const open of [store, await phone.openStore()]) {
      expect(open.all('household')).toEqual([]);
      expect((await open.pullStanding()).channels.size).toBe(0);
    }
    expect(await segmentsOf(phone, hamletChannel)).toEqual([]);
  });

  test('a tab that slept while a hamlet was left and given again shows it, and what it fetches then opens in every tab', async () => {
    const { phone, store, slept, hamlet } = await createTwoTabs();
    await leave(store, [hamletChannel]);
    await pull(store, hamlet);
    await slept.refresh();
    expect(slept.all('household')).toHaveLength(1);
    hamlet.show(householdRow());
    await pull(slept, hamlet);
    await store.refresh();
    for (const open of [store, slept, await phone.openStore()]) expect(open.all('household')).toHaveLength(2);
  });

  test('a record is shown while any channel holds it, in its highest version, with the fields of all at that version', async () => {
    const phone = await createTestPhone(memoryDisks);
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
        const phone = await createTestPhone(memoryDisks);
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

  test.each(['deleted', 'evicted'] as const)('what is %s lies on in no older box', async (why) => {
    const phone = await createTestPhone(memoryDisks);
    const store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const [gone, stays] = [householdRow({ headName: 'Hoàng Văn Xóa' }), householdRow({ headName: 'Nông Thị Còn' })];
    hamlet.show(gone);
    hamlet.show(stays);
    await pull(store, hamlet);
    hamlet.show({ recordId: gone.recordId, version: 2, gone: why });
    await pull(store, hamlet);
    const segments = await segmentsOf(phone, hamletChannel);
    expect(segments).toHaveLength(1);
    expect(segments[0]).toMatchObject({ from: 0, to: 3, rows: 1 });
    expect((await phone.openStore()).all('household').map((household) => household.fields.headName)).toEqual(['Nông Thị Còn']);
  });

  test.each<[string, object]>([
    ['a field that was cleared', { phone: undefined }],
    ['words that were let go of', { houseLabel: letGoText }],
  ])('nor does %s', async (_, after) => {
    const phone = await createTestPhone(memoryDisks);
    const store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const before = householdRow({ phone: '0912345678', houseLabel: 'nhà sàn cạnh suối' });
    hamlet.show(before);
    await pull(store, hamlet);
    hamlet.show({ ...before, version: 2, fields: { ...before.fields, headName: 'Nông Thị Còn' } });
    await pull(store, hamlet);
    expect(await segmentsOf(phone, hamletChannel), 'a correction is no reason').toHaveLength(2);
    hamlet.show({ ...before, version: 3, fields: JSON.parse(JSON.stringify({ ...before.fields, ...after })) as Record<string, unknown> });
    await pull(store, hamlet);
    expect(await segmentsOf(phone, hamletChannel)).toMatchObject([{ from: 0, to: 3, rows: 1 }]);
    expect((await phone.openStore()).all('household')).toHaveLength(1);
  });

  test('nor does the value of a conflict that a person settled', async () => {
    const phone = await createTestPhone(memoryDisks);
    const store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const conflict = { field: 'phone', value: '0987654321', memberId: newId(), occurredAt: '2026-11-21T08:00:00+07:00', version: 1 };
    const before = householdRow({}, { conflicts: [conflict] });
    hamlet.show(before);
    await pull(store, hamlet);
    hamlet.show({ ...before, version: 2, conflicts: [] });
    await pull(store, hamlet);
    expect(await segmentsOf(phone, hamletChannel)).toHaveLength(1);
  });

  test('and nothing is between the page that deletes and the box without it: one transaction', async () => {
    const phone = await createTestPhone(memoryDisks);
    const disk = openMemoryDisk(phone);
    const store = await phone.openStore({ disk });
    const hamlet = createTestChannel(hamletChannel);
    const gone = householdRow();
    hamlet.show(gone);
    hamlet.show(householdRow());
    await pull(store, hamlet);
    hamlet.show({ recordId: gone.recordId, version: 2, gone: 'deleted' });
    disk.onCommit = (moment, tables) => {
      if (moment === 'after' && tables.includes('segments')) disk.kill();
    };
    await pull(store, hamlet).catch(() => undefined);
    expect(await segmentsOf(phone, hamletChannel)).toMatchObject([{ from: 0, to: 3, rows: 1 }]);
  });

  test('no mark of what is gone outlives the boxes that it spoke of', async () => {
    const phone = await createTestPhone(memoryDisks);
    const store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const households = Array.from({ length: 1_000 }, (_, index) => householdRow({ no: index + 1 }));
    for (const household of households) hamlet.show(household);
    await pull(store, hamlet, answerOf(), 1_000);
    for (const household of households.slice(0, 3)) {
      hamlet.show({ recordId: household.recordId, version: 2, gone: 'evicted' });
      hamlet.show(householdRow());
      await pull(store, hamlet);
    }
    expect(await segmentsOf(phone, hamletChannel)).toMatchObject([{ from: 0, to: 1_006, rows: 1_000 }]);
    expect((await phone.openStore()).all('household')).toHaveLength(1_000);
  });

  test('segments are merged only if every one that was read is still there', async () => {
    const phone = await createTestPhone(memoryDisks);
    const disk = openMemoryDisk(phone);
    const { segments } = disk.contents.tables;
    const safe = createPlainSafe();
    let seals = 0;
    const store = await phone.openStore({
      disk,
      phone: {
        deviceId: phone.deviceId,
        sealer: createPlainSealer(phone.deviceId),
        safe: {
          ...safe,
          async createChannelKey(channelId) {
            const { wrappedKey, channel } = await safe.createChannelKey(channelId);
            const seal: typeof channel.seal = async (plain, context) => {
              seals += 1;
              // The ninth box is the merged one: another tab has put something else in the place of what it was made of.
              if (seals === 9) segments.delete(3);
              return await channel.seal(plain, context);
            };
            return { wrappedKey, channel: { ...channel, seal } };
          },
        },
      },
    });
    const hamlet = createTestChannel(hamletChannel);
    for (let page = 0; page < 8; page++) {
      hamlet.show(householdRow({ no: page + 1 }));
      await pull(store, hamlet);
    }
    expect(seals).toBe(9);
    expect([...segments.keys()]).toEqual([1, 2, 4, 5, 6, 7, 8]);
    hamlet.show(householdRow({ no: 9 }));
    await pull(store, hamlet);
    expect([...segments.keys()]).toHaveLength(1);
  });
});
