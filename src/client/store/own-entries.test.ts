import { describe, expect, test } from 'vitest';
import { instantOf } from '#domain/identifiers.ts';
import { StorageFailure } from '#sync/engine.ts';
import {
  answerOf, createTabsHub, createTestChannel, createTestPhone, epochStart, hamletChannel, hamletId, householdRow, lan,
  memoryDisks, newId, openMemoryDisk, pull, pullAll, verdictRow, visitDraft,
} from './store.test-support.ts';
import type { TestStore } from './store.test-support.ts';

const plenty = { entries: 200, bytes: 256 * 1024 };
const dayMs = 24 * 3_600_000;
const at = (ms: number) => instantOf(epochStart + ms);

describe('what this phone saved', () => {
  async function opened() {
    const phone = await createTestPhone(memoryDisks);
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
        [hamletChannel]: hamlet.show({ ...household, kind: 'visit', recordId: draft.visitId, fields: draft.set }),
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

  test('and hides a decision, so that the next step on top of it says no more than the first that its author knew of that', async () => {
    const leads = { ...lan, assignments: [{ role: 'team_lead' as const, hamletId }] };
    const phone = await createTestPhone(memoryDisks, leads);
    const store = await phone.openStore();
    const hamlet = createTestChannel(hamletChannel);
    const person = householdRow({}, { kind: 'prestigious_person', fields: { fullName: 'Lý Văn Páo (mẫu)' } });
    const proposal = { personId: person.recordId, termFrom: 2023, termTo: 2027, state: 'proposed' };
    const term = householdRow({}, { kind: 'prestigious_term', fields: proposal });
    hamlet.show(person);
    hamlet.show(term);
    await pull(store, hamlet);
    const { recordId } = term;
    const step = (set: Record<string, unknown>) => ({ ...visitDraft(recordId), changes: [{ recordId, kind: 'prestigious_term' as const, areaId: hamletId, base: store.find(recordId)?.version ?? 0, set }] });
    expect(await store.write([step({ state: 'joint_meeting', minutesOn: '2026-11-21' })])).toMatchObject({ ok: true });
    hamlet.show({ ...term, version: 2, fields: { ...proposal, state: 'recognized', decisionNo: '12/QĐ-UBND', decidedOn: '2026-11-22' } });
    await pull(store, hamlet);
    expect(store.find(recordId)).toMatchObject({ version: 2, fields: { state: 'joint_meeting' } });
    expect(await store.write([step({ minutesOn: '2026-11-20' }), step({ state: 'submitted', submittedOn: '2026-11-22' })])).toMatchObject({ ok: true });
    expect([1, 2, 3].map((deviceSeq) => store.entryOf(deviceSeq)?.changes[0]?.base)).toEqual([1, 2, 1]);
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
    // Verdicts go with a restore, what the person was told does not.
    await store.restart(2, (await store.pullStanding()).round);
    expect(store.outbox()).toMatchObject([{ state: 'needs_you', reason: { verdict: 'erased' } }]);
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

  test('that was damaged on the disk keeps nothing else from opening, and is still sent', async () => {
    const { phone, store, householdId } = await opened();
    const [damaged, whole] = [visitDraft(householdId), visitDraft(householdId)];
    await store.write([damaged, whole]);
    const { outbox } = openMemoryDisk(phone).contents.tables;
    outbox.set(1, { ...outbox.get(1), bytes: 'damaged' });
    const reopened = await phone.openStore();
    expect(reopened.find(damaged.visitId)).toBeUndefined();
    expect(reopened.find(whole.visitId)).toBeDefined();
    expect(reopened.outbox()).toMatchObject([{ deviceSeq: 1, recordIds: [] }, { deviceSeq: 2 }]);
    expect((await reopened.outbound(plenty)).entries).toHaveLength(2);
  });

  test('travels within the limits, in order', async () => {
    const { store, householdId } = await opened();
    await store.write([visitDraft(householdId), visitDraft(householdId), visitDraft(householdId)]);
    const numbers = async (limits: Parameters<TestStore['outbound']>[0]) => (await store.outbound(limits)).entries.map((entry) => entry.deviceSeq);
    expect(await numbers({ entries: 2, bytes: 1e6 })).toEqual([1, 2]);
    expect(await numbers({ entries: 9, bytes: 10 })).toEqual([1]);
    expect(await numbers({ entries: 9, bytes: 1e6, skip: new Set([1]) })).toEqual([2, 3]);
  });

  test('a refused record stays in sight through a restore: no channel ever held it', async () => {
    const { store, own, householdId } = await opened();
    const refused = visitDraft(householdId);
    await store.write([refused]);
    await keep(store);
    own.show(verdictRow(refused.entryId, 1, 'rejected', { code: 'required', field: 'date' }));
    await pull(store, own);
    await store.restart(2, (await store.pullStanding()).round);
    expect(store.find(refused.visitId)).toMatchObject({ kind: 'visit' });
    expect((await store.outbound(plenty)).entries).toHaveLength(1);
  });

  test('says after a restore whether more of what was settled is to be sent than fits one request', async () => {
    const { store, own, householdId } = await opened();
    const settled = [visitDraft(householdId), visitDraft(householdId)];
    await store.write([...settled, visitDraft(householdId)]);
    await keep(store);
    for (const [index, { entryId }] of settled.entries()) own.show(verdictRow(entryId, index + 1, 'applied', { sequences: {} }));
    await pull(store, own);
    await store.restart(2, (await store.pullStanding()).round);
    const isMore = async (entries: number) => (await store.outbound({ entries, bytes: 1e6 })).isMoreRetained;
    expect([await isMore(1), await isMore(2), await isMore(3)]).toEqual([true, false, false]);
  });

  test('that the endpoint has, and whose verdict its channel does not bring, goes once more: a backup was put back unnoticed', async () => {
    const { phone, store, own, householdId } = await opened();
    const drafts = [visitDraft(householdId), visitDraft(householdId)];
    await store.write(drafts);
    await keep(store);
    own.show(verdictRow(drafts[0]?.entryId ?? '', 1, 'held', { code: 'schema' }));
    expect((await store.outbound(plenty)).entries).toEqual([]);
    await pull(store, own);
    expect((await store.outbound(plenty)).entries.map((entry) => entry.deviceSeq)).toEqual([2]);
    // An endpoint that goes on saying nothing is not asked without end; the next life of the page asks once more.
    await keep(store);
    await pull(store, own);
    expect((await store.outbound(plenty)).entries).toEqual([]);
    const reopened = await phone.openStore();
    await pull(reopened, own);
    expect((await reopened.outbound(plenty)).entries.map((entry) => entry.deviceSeq)).toEqual([2]);
    await keep(reopened);
    own.show(verdictRow(drafts[1]?.entryId ?? '', 2, 'applied'));
    await pull(reopened, own);
    expect((await reopened.outbound(plenty)).entries).toEqual([]);
    expect(reopened.unsettledCount()).toBe(0);
  });

  test('that the endpoint has goes once more also where the disk was full when it was to be noted so', async () => {
    const { phone, own, householdId } = await opened();
    const disk = openMemoryDisk(phone);
    const store = await phone.openStore({ disk });
    await store.write([visitDraft(householdId)]);
    await keep(store);
    const toSend = async () => (await store.outbound(plenty)).entries.map((entry) => entry.deviceSeq);
    disk.onCommit = (moment, tables) => {
      if (moment === 'before' && tables.includes('segments') && tables.includes('outbox')) throw new StorageFailure('full');
    };
    await expect(pull(store, own)).rejects.toMatchObject({ code: 'full' });
    expect(await toSend()).toEqual([]);
    disk.onCommit = undefined;
    await pull(store, own);
    expect(await toSend()).toEqual([1]);
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
    own.show(verdictRow(waiting.entryId, 2, 'held', { code: 'schema' }));
    await pull(store, own);
    hamlet.show({ ...household, version: 3, fields: { ...household.fields, no: 78 } });
    await pull(store, hamlet);
    expect((await store.outbound(plenty)).entries).toEqual([]);

    const { round } = await store.pullStanding();
    await store.restart(2, round);
    await store.restart(2, round);
    expect(store.find(householdId)).toMatchObject({ fields: { no: 78 } });
    expect((await store.outbound(plenty)).entries.map((entry) => entry.deviceSeq)).toEqual([1, 2]);
    expect((await store.outbound(plenty)).isMoreRetained).toBe(false);
    expect(store.unsettledCount()).toBe(2);
    expect((await store.pullStanding()).channels.get(hamletChannel)?.cursor).toBe(0);
    expect((await store.pullStanding()).channels.has(phone.ownChannel)).toBe(false);
    // What was said before the restore counts for nothing now.
    for (const outcome of ['kept', 'unreadable'] as const) {
      await store.recordOutcomes([{ session: (await store.outbound(plenty)).entries[0]?.session ?? '', deviceSeq: 1, outcome }], round);
      expect((await store.outbound(plenty)).entries).toHaveLength(2);
    }
    expect(store.unsettledCount()).toBe(2);

    const restored = answerOf({ epoch: 2 });
    await keep(store);
    const [hamletAgain, ownAgain] = [createTestChannel(hamletChannel), createTestChannel(phone.ownChannel)];
    const sequences = { [hamletChannel]: hamletAgain.show({ ...household, version: 2 ** 33 + 1, fields: { ...household.fields, no: 77 } }) };
    ownAgain.show(verdictRow(correction.entryId, 1, 'applied', { sequences }));
    await pull(store, hamletAgain, restored);
    // A tab that was told the same and comes late starts nothing over.
    await store.restart(2, round);
    expect((await store.pullStanding()).channels.get(hamletChannel)?.cursor).toBe(1);
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
    const toItsEnd = { member: lan, pages: [own.page(2)], left: [] };
    await store.recordContact(answerOf({ endpointTime: late, pull: toItsEnd }));
    await store.recordContact(answerOf({ endpointTime: late, verifiedBackupAt: at(dayMs - 60_000), pull: toItsEnd }));
    expect(await look()).toEqual({ numbers: [1, 2], keys: [false] });
    await store.recordContact(answerOf({ endpointTime: at(20 * dayMs), verifiedBackupAt: at(10 * dayMs), pull: toItsEnd }));
    expect(await look()).toEqual({ numbers: [1, 2], keys: [false] });
    // A restored endpoint may have forgotten it, and name a verified backup of its new life.
    await store.recordContact(answerOf({ epoch: 2, endpointTime: late, pull: toItsEnd }));
    await store.recordContact(answerOf({ endpointTime: late, pull: { restart: 'cursor' } }));
    expect(await look()).toEqual({ numbers: [1, 2], keys: [false] });
    // Put back unnoticed, and as many verdicts given since as it forgot: another digest is all that tells.
    const forgetful = createTestChannel(own.channelId);
    forgetful.show(verdictRow(newId(), 3, 'applied', { sequences: {} }));
    forgetful.show(verdictRow(newId(), 4, 'applied', { sequences: {} }));
    await store.recordContact(answerOf({ endpointTime: late, pull: { member: lan, pages: [forgetful.page(2)], left: [] } }));
    await store.recordContact(answerOf({ endpointTime: late, pull: { member: lan, pages: [{ ...own.page(2), more: true, digest: undefined }], left: [] } }));
    await store.recordContact(answerOf({ endpointTime: late }));
    expect(await look()).toEqual({ numbers: [1, 2], keys: [false] });
    await store.recordContact(answerOf({ endpointTime: late, pull: toItsEnd }));
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
    const phone = await createTestPhone(memoryDisks);
    const tabs = createTabsHub();
    const [store, other] = [await phone.openStore({ tabs: tabs() }), await phone.openStore({ tabs: tabs() })];
    const member = { ...lan, assignments: [{ role: 'team_lead' as const, hamletId: '01789-003' }] };
    phone.clock.at = epochStart + 5_000;
    const answer = answerOf({ pull: { member, pages: [], left: [] } });
    await store.recordContact(answer);
    await store.commitPages([], answer);
    await other.refresh();
    for (const open of [store, other, await phone.openStore()]) {
      expect(open.account()).toEqual(member);
      expect(open.lastContactAt()).toBe(epochStart + 5_000);
    }
  });

  test('a database the browser emptied under an open page is told as what it is', async () => {
    const phone = await createTestPhone(memoryDisks);
    let told = 0;
    const store = await phone.openStore({ onWiped: () => (told += 1) });
    await phone.openDisk().write(['keyring', 'meta'], async ({ keyring, meta }) => {
      await keyring.clear();
      await meta.clear();
    });
    expect(await store.write([visitDraft(newId())])).toEqual({ ok: false, error: { code: 'locked' } });
    expect(told).toBe(1);
  });

  test('a phone that another tab wiped closes here as well', async () => {
    const phone = await createTestPhone(memoryDisks);
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
