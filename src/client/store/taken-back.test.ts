import { describe, expect, test } from 'vitest';
import { recordConsent } from '#domain/record-consent.ts';
import { isKind } from '#domain/record.ts';
import { DiskError } from './disk.ts';
import type { Disk } from './disk.ts';
import { openDraft } from './drafts.ts';
import {
  createPlainSafe, createTabsHub, createTestChannel, createTestPhone, diskKinds, hamletChannel, householdRow, memoryDisks, newId, pull, verdictRow, visitDraft,
} from './store.test-support.ts';
import type { TestChannel, TestPhone, TestStore } from './store.test-support.ts';

const said = { kind: 'phan_anh', text: 'Mó nước đầu xóm cạn rồi', anonymity: 'named', citizenName: 'Nông Văn Sơn', citizenPhone: '0912345678' };
const visit = (householdId: string) => ({
  draftId: `visit-${householdId}`, form: 'visit', subjectId: householdId,
  values: { met: 'yes', outcome: 'Hẹn chở giống ngô', phone: '0912345678', feedback: [{ key: 1, said }] },
});
const correction = (householdId: string) => ({
  draftId: `household-${householdId}`, form: 'household', subjectId: householdId, values: { headName: 'Nông Văn Sơn', phone: '0912345678', needs: ['poor'], list: 'new', houseLabel: 'cạnh cây gạo' },
});
const visitWithout = { met: 'yes', outcome: 'Hẹn chở giống ngô', feedback: [{ key: 1, said: { kind: 'phan_anh', text: 'Mó nước đầu xóm cạn rồi', anonymity: 'named' } }] };

async function saveAll(store: TestStore, drafts: readonly Parameters<TestStore['saveDraft']>[0][]) {
  for (const draft of drafts) expect(await store.saveDraft(draft)).toEqual({ ok: true, value: undefined });
}
/** As the disk has them, whatever a store would make of it. */
async function onDisk(phone: TestPhone): Promise<Record<string, unknown>> {
  const rows = await phone.openDisk().read(['drafts'], async ({ drafts }) => await drafts.all());
  const drafts = await Promise.all(rows.map(async (row) => await openDraft(createPlainSafe(), row)));
  return Object.fromEntries(drafts.map((draft) => [draft?.draftId, draft?.values]));
}
const isOfDrafts = (names: readonly string[]) => names.join(' ') === 'meta drafts';
const shown = (store: TestStore) => Object.fromEntries(store.drafts().map(({ draftId, values }) => [draftId, values]));

function declines(hamlet: TestChannel, household: ReturnType<typeof householdRow>, version = 2) {
  const { headName: _name, ...fields } = household.fields;
  hamlet.show({ ...household, version, fields: { ...fields, contact: 'no' } });
}

async function withHouseholds(store: TestStore) {
  const hamlet = createTestChannel(hamletChannel);
  const [household, neighbour] = [householdRow(), householdRow()];
  for (const row of [household, neighbour]) hamlet.show(row);
  await pull(store, hamlet);
  return { hamlet, household, id: household.recordId, neighbourId: neighbour.recordId };
}

describe.each(diskKinds)('of a household that declines ($name)', (kind) => {
  test('half-written forms lose its name and phone as soon as the phone hears of it, in every tab; the own words stay, and so do other households', async () => {
    const phone = await createTestPhone(kind);
    const tabs = createTabsHub();
    const [store, other] = [await phone.openStore({ tabs: tabs() }), await phone.openStore({ tabs: tabs() })];
    const { hamlet, household, id, neighbourId } = await withHouseholds(store);
    await other.refresh();
    await saveAll(other, [visit(id), correction(id), visit(neighbourId)]);
    const before = other.drafts().map(({ savedAt }) => savedAt);
    phone.clock.at += 60_000;
    declines(hamlet, household);
    expect(await pull(store, hamlet)).toBe('committed');
    await other.refresh();
    const left = { [`visit-${id}`]: visitWithout, [`household-${id}`]: { houseLabel: 'cạnh cây gạo' }, [`visit-${neighbourId}`]: visit(neighbourId).values };
    expect(await onDisk(phone)).toEqual(left);
    for (const open of [store, other, await phone.openStore()]) expect(shown(open)).toEqual(left);
    expect(other.drafts().map(({ savedAt }) => savedAt)).toEqual(before);
  });

  test('they lose it with the save in which the member writes it down', async () => {
    const phone = await createTestPhone(kind);
    const store = await phone.openStore();
    const { id } = await withHouseholds(store);
    await saveAll(store, [visit(id), correction(id)]);
    const record = store.find(id);
    if (!isKind(record, 'household')) throw new Error('no household');
    const withdrawn = recordConsent(record, { purpose: 'visits', decision: 'withdrawn', way: 'spoken', wording: 1, on: '2026-11-22' }, store.commandContext());
    if (!withdrawn.ok) throw new Error(withdrawn.error.code);
    expect(await store.write([withdrawn.value], { endsDraft: 'consent' })).toEqual({ ok: true, value: undefined });
    expect(await onDisk(phone)).toEqual({ [`visit-${id}`]: visitWithout, [`household-${id}`]: { houseLabel: 'cạnh cây gạo' } });
    expect(shown(store)).toEqual(await onDisk(phone));
  });

  test('a form that stood open meanwhile does not bring it back, also in a tab that has not heard yet', async () => {
    const phone = await createTestPhone(kind);
    const tabs = createTabsHub();
    const disk = phone.openDisk();
    let writes = 0;
    const counted: Disk = {
      ...disk,
      async write(names, body) {
        if (isOfDrafts(names)) writes += 1;
        return await disk.write(names, body);
      },
    };
    const [store, slept] = [await phone.openStore({ tabs: tabs(), disk: counted }), await phone.openStore()];
    const { hamlet, household, id } = await withHouseholds(store);
    await slept.refresh();
    declines(hamlet, household);
    await pull(store, hamlet);
    await saveAll(store, [visit(id)]);
    expect(await onDisk(phone)).toEqual({ [`visit-${id}`]: visitWithout });
    // It was not on the disk for a moment either.
    expect(writes).toBe(1);
    await saveAll(slept, [correction(id)]);
    await slept.refresh();
    expect(await onDisk(phone)).toEqual({ [`visit-${id}`]: visitWithout, [`household-${id}`]: { houseLabel: 'cạnh cây gạo' } });
  });

  test('what mends an entry about it loses it too, and goes with the household where that is erased', async () => {
    const phone = await createTestPhone(kind);
    const store = await phone.openStore();
    const { hamlet, household, id } = await withHouseholds(store);
    const entry = visitDraft(id, {}, { outcome: 'đã hẹn' });
    await store.write([entry]);
    const own = createTestChannel(phone.ownChannel);
    own.show(verdictRow(entry.entryId, 1, 'rejected', { code: 'too_long', field: 'outcome' }));
    await pull(store, own);
    await saveAll(store, [{ draftId: 'mend', form: 'mend', subjectId: entry.entryId, values: { '0/outcome': 'đã hẹn lại', '1/phone': '0912345678', '1/headName': null } }]);
    declines(hamlet, household);
    await pull(store, hamlet);
    expect(await onDisk(phone)).toEqual({ mend: { '0/outcome': 'đã hẹn lại', '1/headName': null } });
    hamlet.show({ recordId: id, version: 3, gone: 'deleted' });
    await pull(store, hamlet);
    expect(await onDisk(phone)).toEqual({});
    expect(store.drafts()).toEqual([]);
  });
});

test('an entry that was rejected is read and mended without what its household took back since; all else of it, and what is about another household, is there', async () => {
  const phone = await createTestPhone(memoryDisks);
  const store = await phone.openStore();
  const { hamlet, household, id, neighbourId } = await withHouseholds(store);
  const details = (recordId: string, base: number) => ({ recordId, kind: 'household', areaId: household.areaId, base, set: { headName: 'Nông Văn Sơn', phone: '0912345678', members: 4 } }) as const;
  const write = async (change: ReturnType<typeof details>) => {
    const entry = { ...visitDraft(id), entryId: newId(), changes: [change] };
    expect((await store.write([entry])).ok).toBe(true);
    return entry;
  };
  const own = createTestChannel(phone.ownChannel);
  const [about, neighbours] = [await write(details(id, household.version)), await write(details(neighbourId, household.version))];
  for (const [at, { entryId }] of [about, neighbours].entries()) own.show(verdictRow(entryId, at + 1, 'rejected', { code: 'out_of_range', field: 'members' }));
  await pull(store, own);
  expect(store.entryOf(1)?.changes).toEqual(about.changes);
  declines(hamlet, household);
  await pull(store, hamlet);
  for (const open of [store, await phone.openStore()]) {
    expect(open.entryOf(1)?.changes).toEqual([{ ...details(id, household.version), set: { members: 4 } }]);
    expect(open.entryOf(2)?.changes).toEqual(neighbours.changes);
  }
  expect(store.find(id)?.fields).not.toHaveProperty('phone');
});

describe('whatever comes in between', () => {
  test('a phone that dies before the forms are rewritten does it when it opens; the page that told of it stands', async () => {
    const phone = await createTestPhone(memoryDisks);
    const before = await phone.openStore();
    const { hamlet, household, id } = await withHouseholds(before);
    await saveAll(before, [visit(id)]);
    const disk = phone.openDisk();
    const full: Disk = {
      ...disk,
      async write(names, body) {
        if (isOfDrafts(names)) throw new DiskError('full');
        return await disk.write(names, body);
      },
    };
    const store = await phone.openStore({ disk: full });
    declines(hamlet, household);
    expect(await pull(store, hamlet)).toBe('committed');
    expect(store.find(id)).toMatchObject({ fields: { contact: 'no' } });
    expect(await onDisk(phone)).toEqual({ [`visit-${id}`]: visit(id).values });
    expect(shown(await phone.openStore())).toEqual({ [`visit-${id}`]: visitWithout });
    expect(await onDisk(phone)).toEqual({ [`visit-${id}`]: visitWithout });
  });

  test('what another tab types at that very moment is not lost', async () => {
    const phone = await createTestPhone(memoryDisks);
    const other = await phone.openStore();
    const { hamlet, household, id } = await withHouseholds(other);
    await saveAll(other, [visit(id)]);
    const disk = phone.openDisk();
    let isTyped = false;
    const slow: Disk = {
      ...disk,
      async write(names, body) {
        if (isOfDrafts(names) && !isTyped) {
          isTyped = true;
          await saveAll(other, [{ ...visit(id), values: { ...visit(id).values, outcome: 'Hẹn chở giống ngô sáng mai' } }]);
        }
        return await disk.write(names, body);
      },
    };
    const store = await phone.openStore({ disk: slow });
    declines(hamlet, household);
    await pull(store, hamlet);
    expect(isTyped).toBe(true);
    expect(await onDisk(phone)).toEqual({ [`visit-${id}`]: { ...visitWithout, outcome: 'Hẹn chở giống ngô sáng mai' } });
    expect(shown(store)).toEqual(await onDisk(phone));
  });
});
