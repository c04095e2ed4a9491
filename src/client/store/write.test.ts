import { describe, expect, test } from 'vitest';
import type { EntryDraft } from '#domain/change.ts';
import { recordConsent } from '#domain/record-consent.ts';
import type { RecordState } from '#domain/record.ts';
import { openFieldStore } from './open-store.ts';
import { DiskError } from './disk.ts';
import type { Disk } from './disk.ts';
import {
  answerOf, createPlainSafe, createPlainSealer, createTabsHub, createTestChannel, createTestPhone, diskKinds, epochStart, everyoneChannel, hamletChannel, hamletId,
  householdRow, lan, memoryDisks, newId, openMemoryDisk, pull, testRandom, verdictRow, visitDraft,
} from './store.test-support.ts';
import type { TestPhone, TestStore } from './store.test-support.ts';

const plenty = { entries: 200, bytes: 256 * 1024 };

async function withHousehold(phone: TestPhone, store: TestStore) {
  const hamlet = createTestChannel(hamletChannel);
  const own = createTestChannel(phone.ownChannel);
  const household = householdRow();
  hamlet.show(household);
  await pull(store, hamlet);
  return { hamlet, own, household, householdId: household.recordId };
}

async function numbersOnDisk(phone: TestPhone): Promise<number[]> {
  return await phone.openDisk().read(['outbox'], async ({ outbox }) => (await outbox.all()).map((row) => row.deviceSeq));
}

describe.each(diskKinds)('saving ($name)', (kind) => {
  test('a saved entry is on disk, shown, marked, and there again after a restart', async () => {
    const phone = await createTestPhone(kind);
    const store = await phone.openStore();
    const { householdId } = await withHousehold(phone, store);
    const { visitId, ...draft } = visitDraft(householdId);
    expect(await store.write([draft])).toEqual({ ok: true, value: undefined });
    for (const open of [store, await phone.openStore()]) {
      const [visit] = open.childrenOf('visit', householdId);
      expect(visit).toMatchObject({ recordId: visitId, version: 0, areaId: hamletId, fields: { met: 'yes' } });
      expect(visit && open.mark(visit)).toEqual({ state: 'on_this_phone' });
      expect(open.outbox()).toMatchObject([{ deviceSeq: 1, entryId: draft.entryId, state: 'on_this_phone', recordIds: [visitId], savedAt: epochStart }]);
      expect(open.unsettledCount()).toBe(1);
    }
  });

  test('an entry names the oldest schema that has what it holds: an older endpoint holds only what it cannot read', async () => {
    const phone = await createTestPhone(kind);
    const store = await phone.openStore();
    const { householdId } = await withHousehold(phone, store);
    const consent = recordConsent(store.find(householdId) as RecordState<'household'>, { purpose: 'visits', decision: 'given', way: 'spoken', wording: 1, on: '2026-11-22' }, store.commandContext());
    if (!consent.ok) throw new Error(consent.error.code);
    expect(await store.write([visitDraft(householdId), consent.value])).toEqual({ ok: true, value: undefined });
    expect([store.entryOf(1)?.schema, store.entryOf(2)?.schema]).toEqual([1, 2]);
    expect(store.childrenOf('consent', householdId)).toMatchObject([{ fields: { decision: 'given' } }]);
  });

  test('a great many are saved together as well, none before all are sealed, and whoever watches is told how far it is', async () => {
    const phone = await createTestPhone(kind);
    const store = await phone.openStore();
    const { householdId } = await withHousehold(phone, store);
    const drafts = Array.from({ length: 40 }, () => visitDraft(householdId)).map(({ visitId: _visitId, set: _set, ...draft }) => draft);
    const told: (readonly [sealed: number, onDisk: number])[] = [];
    const disk = () => store.outbox().length;
    expect(await store.write(drafts, { onSealed: (sealed) => told.push([sealed, disk()]) })).toEqual({ ok: true, value: undefined });
    expect(told).toEqual(Array.from({ length: 40 }, (_, index) => [index + 1, 0]));
    expect(await numbersOnDisk(phone)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    // One among them that breaks a rule: nothing of the others is kept.
    const more = [...Array.from({ length: 20 }, () => visitDraft(householdId)), visitDraft(householdId, {}, { met: 'maybe' })].map(({ visitId: _visitId, set: _set, ...draft }) => draft);
    expect(await store.write(more)).toMatchObject({ ok: false, error: { code: 'refused' } });
    expect(await numbersOnDisk(phone)).toHaveLength(40);
  });

  test('several entries are saved together with numbers in a row, or none of them', async () => {
    const phone = await createTestPhone(kind);
    const store = await phone.openStore();
    const { householdId } = await withHousehold(phone, store);
    const [one, other] = [visitDraft(householdId), visitDraft(householdId)];
    const broken = visitDraft(householdId, {}, { met: 'perhaps' });
    expect(await store.write([one, broken])).toEqual({ ok: false, error: { code: 'refused', rejection: { code: 'not_in_list', field: 'met' } } });
    expect(await numbersOnDisk(phone)).toEqual([]);
    expect(store.all('visit')).toEqual([]);
    expect((await store.write([one, other])).ok).toBe(true);
    expect(await numbersOnDisk(phone)).toEqual([1, 2]);
    expect((await store.write([visitDraft(householdId)])).ok).toBe(true);
    expect(await numbersOnDisk(phone)).toEqual([1, 2, 3]);
  });

  test('two entries of one save never have the same id: the endpoint would keep one of them', async () => {
    const phone = await createTestPhone(kind);
    const store = await phone.openStore();
    const { householdId } = await withHousehold(phone, store);
    const one = visitDraft(householdId);
    await expect(store.write([one, { ...visitDraft(householdId), entryId: one.entryId }])).rejects.toThrow('the same id');
    expect(await numbersOnDisk(phone)).toEqual([]);
  });

  test('the draft ends in the transaction that saves its entry, and stays when that fails', async () => {
    const phone = await createTestPhone(kind);
    const store = await phone.openStore();
    const { householdId } = await withHousehold(phone, store);
    const typed = { draftId: 'd1', form: 'visit', subjectId: householdId, values: { outcome: 'đã hẹn thứ Ba' } };
    expect((await store.saveDraft(typed)).ok).toBe(true);
    expect(store.drafts()).toEqual([{ ...typed, savedAt: epochStart }]);
    expect((await phone.openStore()).drafts()).toEqual(store.drafts());
    const broken = visitDraft(householdId, {}, { met: 'perhaps' });
    expect((await store.write([broken], { endsDraft: 'd1' })).ok).toBe(false);
    expect((await phone.openStore()).drafts()).toHaveLength(1);
    expect((await store.write([visitDraft(householdId)], { endsDraft: 'd1' })).ok).toBe(true);
    expect(store.drafts()).toEqual([]);
    expect((await phone.openStore()).drafts()).toEqual([]);
  });

  test('two tabs that go on from one draft save one visit; a second one only when the person means it', async () => {
    const phone = await createTestPhone(kind);
    const one = await phone.openStore();
    const { householdId } = await withHousehold(phone, one);
    const typed = { draftId: 'd1', form: 'visit', subjectId: householdId, values: { outcome: 'đã hẹn' } };
    await one.saveDraft(typed);
    const other = await phone.openStore();
    const goesOn = { endsDraft: 'd1', goesOn: true };
    expect((await one.write([visitDraft(householdId)], goesOn)).ok).toBe(true);
    const ended = { ok: false, error: { code: 'ended_elsewhere' } };
    expect(await other.write([visitDraft(householdId)], goesOn)).toEqual(ended);
    expect(await other.saveDraft(typed, { goesOn: true })).toEqual(ended);
    expect(await numbersOnDisk(phone)).toEqual([1]);
    expect((await phone.openStore()).drafts()).toEqual([]);
    expect((await other.write([visitDraft(householdId)], { endsDraft: 'd1' })).ok).toBe(true);
    expect(await numbersOnDisk(phone)).toEqual([1, 2]);
  });

  test('two tabs that save at the same moment take no number twice and come to show the same', async () => {
    const phone = await createTestPhone(kind);
    const tabs = createTabsHub();
    const [one, other] = [await phone.openStore({ tabs: tabs() }), await phone.openStore({ tabs: tabs() })];
    const { householdId } = await withHousehold(phone, one);
    await other.refresh();
    const drafts = Array.from({ length: 12 }, () => visitDraft(householdId));
    const saved = await Promise.all(drafts.map((draft, index) => (index % 2 === 0 ? one : other).write([draft])));
    expect(saved.every((result) => result.ok)).toBe(true);
    expect(await numbersOnDisk(phone)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    await Promise.all([one.refresh(), other.refresh()]);
    const ids = (store: TestStore) => store.all('visit').map((visit) => visit.recordId).toSorted();
    expect(ids(one)).toEqual(drafts.map((draft) => draft.visitId).toSorted());
    expect(ids(other)).toEqual(ids(one));
    expect(ids(await phone.openStore())).toEqual(ids(one));
    const sent = await one.outbound(plenty);
    expect(new Set(sent.entries.map((entry) => entry.session)).size).toBe(2);
    expect(sent.sessions).toHaveLength(2);
  });
});

describe('saving', () => {
  async function opened() {
    const phone = await createTestPhone(memoryDisks);
    const store = await phone.openStore();
    return { phone, store, ...(await withHousehold(phone, store)) };
  }

  async function openedEntry(store: TestStore, phone: TestPhone, index: number) {
    const { entries } = await store.outbound(plenty);
    const sealed = entries[index];
    if (sealed === undefined) throw new Error('nothing is outbound');
    return await createPlainSealer(phone.deviceId).open(
      { sessionId: sealed.session, deviceId: phone.deviceId, entryKey: new TextEncoder().encode(sealed.session) },
      sealed,
    );
  }

  test('an entry names the unsettled ones that touch what it touches or refers to, and no others', async () => {
    const { phone, store, hamlet, own, householdId } = await opened();
    const settled = visitDraft(householdId);
    const correction = { ...visitDraft(householdId), changes: [{ recordId: householdId, kind: 'household', areaId: hamletId, base: 1, set: { no: 13 } }] } satisfies EntryDraft;
    await store.write([settled]);
    own.show(verdictRow(settled.entryId, 1, 'applied', { sequences: {} }));
    await pull(store, own);
    await store.write([correction]);
    const visit = visitDraft(householdId);
    const elsewhere = householdRow();
    hamlet.show(elsewhere);
    await pull(store, hamlet);
    await store.write([visit, visitDraft(elsewhere.recordId)]);
    const change = { ...visitDraft(householdId), changes: [{ recordId: visit.visitId, kind: 'visit', areaId: hamletId, base: 0, set: { met: 'absent' } }] } satisfies EntryDraft;
    await store.write([change]);
    const after = async (index: number) => (await openedEntry(store, phone, index)).after;
    expect(await after(0)).toEqual([]);
    expect(await after(1)).toEqual([correction.entryId]);
    expect(await after(2)).toEqual([]);
    expect(await after(3)).toEqual([visit.entryId]);
  });

  test('entries of one save follow each other, and a held or quarantined one is still waited for; a rejected one is not', async () => {
    const { phone, store, own, householdId } = await opened();
    const first = visitDraft(householdId);
    const second = { ...visitDraft(householdId), changes: [{ recordId: first.visitId, kind: 'visit', areaId: hamletId, base: 0, set: { met: 'absent' } }] } satisfies EntryDraft;
    await store.write([first, second]);
    expect((await openedEntry(store, phone, 1)).after).toEqual([first.entryId]);
    for (const open of [store, await phone.openStore()]) expect(open.find(first.visitId)).toMatchObject({ fields: { met: 'absent' } });
    const third = { ...second, entryId: newId() };
    for (const [verdict, named] of [['held', true], ['quarantined', true], ['rejected', false]] as const) {
      own.show(verdictRow(first.entryId, 1, verdict));
      await pull(store, own);
      const draft = { ...third, entryId: newId() };
      await store.write([draft]);
      const { entries } = await store.outbound(plenty);
      const { after } = await openedEntry(store, phone, entries.length - 1);
      expect(after.includes(first.entryId)).toBe(named);
    }
  });

  test('what the member may not write is refused before it is sealed', async () => {
    const { phone, store, householdId } = await opened();
    const stranger = { ...visitDraft(householdId), memberId: newId() };
    expect(await store.write([stranger])).toEqual({ ok: false, error: { code: 'not_allowed', reason: 'not_your_role' } });
    expect(await store.write([visitDraft(newId())])).toEqual({ ok: false, error: { code: 'not_allowed', reason: 'no_access' } });
    const renamed = {
      ...visitDraft(householdId),
      changes: [{ recordId: hamletId, kind: 'area', areaId: hamletId, base: 0, set: { code: hamletId, level: 'hamlet', kind: 'xom', name: 'Ngọc Sơn', parent: '01789' } }],
    } satisfies EntryDraft;
    expect(await store.write([renamed])).toEqual({ ok: false, error: { code: 'not_allowed', reason: 'not_your_role' } });
    expect(await numbersOnDisk(phone)).toEqual([]);
  });

  test('the bloc takes back without a signal what it wrote and has not sent; what citizens said stays', async () => {
    const officer = { ...lan, assignments: [{ role: 'bloc_officer' as const }] };
    const phone = await createTestPhone(memoryDisks, officer);
    const store = await phone.openStore();
    const [person, term, feedback] = [newId(), newId(), newId()];
    const draft = (changes: EntryDraft['changes']): EntryDraft => ({ entryId: newId(), memberId: officer.memberId, occurredAt: '2026-11-22T08:00:00+07:00', changes });
    const deletion = (kind: 'prestigious_person' | 'prestigious_term' | 'feedback', recordId: string) => ({ recordId, kind, areaId: hamletId, base: 0, delete: true as const });
    const made = draft([
      { recordId: person, kind: 'prestigious_person', areaId: hamletId, base: 0, set: { fullName: 'Lý Văn Páo', birthYear: 1960 } },
      { recordId: term, kind: 'prestigious_term', areaId: hamletId, base: 0, set: { personId: person, termFrom: 2023, termTo: 2027, state: 'recognized' } },
      { recordId: feedback, kind: 'feedback', areaId: hamletId, base: 0, set: { kind: 'phan_anh', receivedOn: '2026-11-22', receiptCode: '7K3F-2M9Q-H', channel: 'office', topic: 'road', text: 'Đường vào xóm hỏng.', anonymity: 'named', citizenName: 'Lý Thị Mẩy' } },
    ]);
    expect(await store.write([made])).toEqual({ ok: true, value: undefined });
    expect(await store.write([draft([deletion('feedback', feedback)])])).toEqual({ ok: false, error: { code: 'not_allowed', reason: 'not_your_role' } });
    expect(await store.write([draft([deletion('prestigious_term', term), deletion('prestigious_person', person)])])).toEqual({ ok: true, value: undefined });
    for (const open of [store, await phone.openStore()]) {
      expect([open.all('prestigious_person'), open.all('prestigious_term'), open.all('feedback').length]).toEqual([[], [], 1]);
      expect(open.entryOf(2)?.after).toEqual([made.entryId]);
    }
  });

  test('what seals too large is refused, and nothing of the save is kept', async () => {
    const { phone, householdId } = await opened();
    const sealer = createPlainSealer(phone.deviceId);
    let seals = 0;
    const store = await phone.openStore({
      phone: {
        ...deps(phone).phone,
        sealer: { ...sealer, seal: async (session, entry) => (++seals === 2 ? { ok: false, error: { code: 'too_large' } } : await sealer.seal(session, entry)) },
      },
    });
    expect(await store.write([visitDraft(householdId), visitDraft(householdId)])).toEqual({ ok: false, error: { code: 'too_large' } });
    expect(await numbersOnDisk(phone)).toEqual([]);
  });

  test('the same entry saved again (a second press, a save whose answer was lost) is there once', async () => {
    const { phone, store, householdId } = await opened();
    const draft = visitDraft(householdId);
    await store.saveDraft({ draftId: 'd', form: 'visit', values: {} });
    await Promise.all([store.write([draft]), store.write([draft])]);
    expect((await (await phone.openStore()).write([draft], { endsDraft: 'd' })).ok).toBe(true);
    expect(await numbersOnDisk(phone)).toEqual([1]);
    await store.refresh();
    expect(store.drafts()).toEqual([]);
    expect(store.all('visit')).toHaveLength(1);
  });

  test('a disk that is full takes nothing and says so; the draft is still there', async () => {
    const { phone, householdId } = await opened();
    const disk = openMemoryDisk(phone);
    const store = await openFieldStore({ ...deps(phone), disk });
    await store.saveDraft({ draftId: 'd', form: 'visit', values: { a: 1 } });
    for (const [thrown, code] of [[new DiskError('full'), 'storage_full'], [new DiskError('failed'), 'storage_failed']] as const) {
      disk.onCommit = (moment) => {
        if (moment === 'before') throw thrown;
      };
      expect(await store.write([visitDraft(householdId)], { endsDraft: 'd' })).toEqual({ ok: false, error: { code } });
      expect(await store.saveDraft({ draftId: 'd', form: 'visit', values: { a: 2 } })).toEqual({ ok: false, error: { code } });
      expect(store.outbox()).toEqual([]);
      expect(store.drafts()).toMatchObject([{ values: { a: 1 } }]);
    }
    disk.onCommit = undefined;
    expect((await store.write([visitDraft(householdId)], { endsDraft: 'd' })).ok).toBe(true);
    expect(await numbersOnDisk(phone)).toEqual([1]);
  });

  test('one sealed entry without its session does not hold up the others', async () => {
    const { phone, householdId } = await opened();
    const before = await phone.openStore();
    await before.write([visitDraft(householdId)]);
    const [lost] = (await before.outbound(plenty)).entries;
    await phone.openDisk().write(['sealingSessions'], async ({ sealingSessions }) => await sealingSessions.delete(lost?.session ?? ''));
    const store = await phone.openStore();
    await store.write([visitDraft(householdId)]);
    expect((await store.outbound(plenty)).entries.map(({ deviceSeq }) => deviceSeq)).toEqual([2]);
    expect(store.outbox()).toMatchObject([{ deviceSeq: 1, state: 'needs_you', reason: { verdict: 'unreadable' } }, { deviceSeq: 2, state: 'on_this_phone' }]);
  });

  test('a disk that begins a transaction again which it had committed saves nothing twice', async () => {
    const { phone, householdId } = await opened();
    const disk = openMemoryDisk(phone);
    const again: Disk = {
      read: disk.read,
      close: disk.close,
      async write(tables, body) {
        if (tables.includes('outbox')) await disk.write(tables, body);
        return await disk.write(tables, body);
      },
    };
    const store = await openFieldStore({ ...deps(phone), disk: again });
    expect(await store.write([visitDraft(householdId), visitDraft(householdId)])).toEqual({ ok: true, value: undefined });
    expect(await numbersOnDisk(phone)).toEqual([1, 2]);
    expect(store.all('visit')).toHaveLength(2);
    await store.refresh();
    expect(store.all('visit')).toHaveLength(2);
  });

  test('a closed store is locked: it writes nothing, shows nothing and holds no key', async () => {
    const { phone, store, householdId } = await opened();
    await store.write([visitDraft(householdId)]);
    store.close();
    expect(await store.write([visitDraft(householdId)])).toEqual({ ok: false, error: { code: 'locked' } });
    expect(await store.saveDraft({ draftId: 'd', form: 'visit', values: {} })).toEqual({ ok: false, error: { code: 'locked' } });
    expect(store.all('household')).toEqual([]);
    expect(store.outbox()).toEqual([]);
    expect(await numbersOnDisk(phone)).toEqual([1]);
  });

  test('a lock that falls while something is being saved leaves it saved or not, never half', async () => {
    const { phone, store, householdId } = await opened();
    const writing = store.write([visitDraft(householdId), visitDraft(householdId)]);
    store.close();
    const result = await writing;
    expect(result.ok ? [1, 2] : []).toEqual(await numbersOnDisk(phone));
  });

  test('a rejected entry is given up knowingly; one the endpoint may still apply is not', async () => {
    const { phone, store, own, householdId } = await opened();
    const [bad, waiting] = [visitDraft(householdId), visitDraft(householdId)];
    await store.write([bad]);
    await store.write([waiting]);
    own.show(verdictRow(bad.entryId, 1, 'rejected', { code: 'too_short', field: 'outcome' }));
    await pull(store, own);
    const record = store.find(bad.visitId);
    expect(record && store.mark(record)).toEqual({ state: 'needs_you', reason: { verdict: 'rejected', code: 'too_short', field: 'outcome' } });
    await expect(store.discard(2)).rejects.toThrow('is not one to be given up');
    await store.discard(1);
    expect(store.find(bad.visitId)).toBeUndefined();
    expect(store.find(waiting.visitId)).toBeDefined();
    expect((await phone.openStore()).outbox().map((entry) => entry.deviceSeq)).toEqual([2]);
    expect((await store.write([visitDraft(householdId)])).ok).toBe(true);
    expect(await numbersOnDisk(phone)).toEqual([2, 3]);
  });

  test('feedback and visits made offline stand where they will stand', async () => {
    const { store, hamlet, householdId } = await opened();
    const feedbackId = newId();
    const draft = visitDraft(householdId, {}, { feedbackIds: [feedbackId] });
    const said = {
      kind: 'kien_nghi', receivedOn: '2026-11-22', receiptCode: '7K3F-2M9Q-H', channel: 'visit', topic: 'road',
      text: 'Cầu treo đầu xóm hỏng hai tấm ván.', anonymity: 'named', citizenName: 'Nông Văn Sơn', householdId,
    };
    const withFeedback = { ...draft, changes: [...draft.changes, { recordId: feedbackId, kind: 'feedback' as const, areaId: hamletId, base: 0, set: said }] };
    expect(await store.write([withFeedback])).toEqual({ ok: true, value: undefined });
    const [feedback] = store.feedbackOfHousehold(householdId);
    expect(feedback && store.standing(feedback)).toMatchObject({ state: 'received', nextStep: 0 });
    hamlet.show({
      ...householdRow(), kind: 'feedback_event', recordId: newId(),
      fields: { type: 'triage', feedbackId, step: 0, on: '2026-11-23', urgency: 'urgent_safety' },
    });
    await pull(store, hamlet, answerOf());
    const [again] = store.feedbackOfHousehold(householdId);
    expect(again && store.standing(again)).toMatchObject({ state: 'triaged', urgency: 'urgent_safety', nextStep: 1 });
    expect(store.all('feedback')).toHaveLength(1);
  });

  test('a feedback stands where its events have brought it, also when only they change', async () => {
    const { store, hamlet } = await opened();
    const feedbackId = newId();
    const said = { kind: 'kien_nghi', receivedOn: '2026-11-22', receiptCode: '7K3F-2M9Q-H', channel: 'meeting', topic: 'road', text: 'Cầu treo hỏng hai tấm ván.', anonymity: 'name_withheld' };
    hamlet.show({ ...householdRow(), kind: 'feedback', recordId: feedbackId, fields: said });
    await pull(store, hamlet);
    const states: string[] = [];
    const note = () => {
      const [feedback] = store.all('feedback');
      if (feedback !== undefined) states.push(store.standing(feedback).state);
    };
    note();
    hamlet.show({ ...householdRow(), kind: 'feedback_event', recordId: newId(), fields: { type: 'triage', feedbackId, step: 0, on: '2026-11-23' } });
    await pull(store, hamlet);
    note();
    expect(states).toEqual(['received', 'triaged']);
  });

  test('households are found as typed, without diacritics, by label, number and the end of the phone number', async () => {
    const { store, hamlet } = await opened();
    const everyone = createTestChannel(everyoneChannel);
    const merged = { code: '01789-009', level: 'hamlet', kind: 'xom', name: 'Nà Đỏ', parent: '01789', mergedInto: hamletId };
    everyone.show({ ...householdRow(), kind: 'area', recordId: '01789-009', areaId: '01789-009', fields: merged });
    hamlet.show(householdRow({ no: 3, headName: 'Đàm Thị Đức', houseLabel: 'gốc đa', phone: '0912345678' }));
    hamlet.show(householdRow({ no: 120, headName: 'Nguyễn Văn Ấn', houseLabel: 'cuối xóm' }, { areaId: '01789-009' }));
    await pull(store, hamlet);
    const numbers = (text: string, hamletOnly?: string) => store.searchHouseholds(text, hamletOnly).map((household) => household.fields.no);
    expect(numbers('')).toEqual([3, 12, 120]);
    expect(numbers('duc')).toEqual([3]);
    expect(numbers('ĐỨC  đàm')).toEqual([3]);
    expect(numbers('nguyen van an')).toEqual([120]);
    expect(numbers('nha van hoa')).toEqual([12]);
    expect(numbers('12')).toEqual([12, 120]);
    expect(numbers('678')).toEqual([3]);
    expect(numbers('', hamletId)).toEqual([3, 12]);
    await pull(store, everyone);
    expect(numbers('', hamletId)).toEqual([3, 12, 120]);
    expect(store.inHamlet('household', hamletId)).toHaveLength(3);
    expect(numbers('zzz')).toEqual([]);
  });

  function deps(phone: TestPhone) {
    return {
      phone: { deviceId: phone.deviceId, safe: createPlainSafe(), sealer: createPlainSealer(phone.deviceId) },
      clock: phone.clock,
      random: testRandom,
    };
  }
});

test('the account is the one that used the phone', async () => {
  const phone = await createTestPhone(memoryDisks);
  expect((await phone.openStore()).account()).toEqual(lan);
});
