import { expect, test } from 'vitest';
import type { AnyRecord, FieldsOf, RecordKind, RecordState } from '#domain/record.ts';
import { commandContext, idOf, recordOf } from '#domain/records.test-support.ts';
import type { Assignment } from '#domain/role.ts';
import { confirmReading } from '#domain/write-handbook.ts';
import { standingHamlets } from '#client/store/my-hamlets.ts';
import { documentsNewest, documentsToRead, mayChange, pageNamed, pagesInOrder, readingOf } from './book.ts';
import type { HandbookDocument, HandbookPage } from './book.ts';

const commune = '01456';
const province = '99904';
const [north, south] = ['01456-001', '01456-002'];

function record<K extends RecordKind>(kind: K, recordId: string, fields: FieldsOf[K], over: Partial<RecordState> = {}): AnyRecord {
  const base = { areaId: commune, version: 1, deleted: false, conflicts: [], memberId: 'm', occurredAt: '2026-11-21T14:10:00+07:00' };
  return { ...base, recordId, kind, fields, ...over } as unknown as AnyRecord;
}
const page = (id: string, fields: Partial<FieldsOf['handbook_page']>, over: Partial<RecordState> = {}) => record('handbook_page', id, { slug: id, title: id, body: 'chữ', ...fields }, over);
const document = (id: string, fields: Partial<FieldsOf['document']>, over: Partial<RecordState> = {}) =>
  record('document', id, { number: id, date: '2026-11-01', issuer: 'Xã', title: id, kind: 'plan', asksReceipt: true, ...fields }, over);
const receipt = (id: string, subjectId: string, hamletId: string, readVersion = 1) => record('reading_receipt', id, { subjectId, hamletId, readVersion, on: '2026-11-20' }, { areaId: hamletId });
const hamlet = (code: string, name: string, mergedInto?: string) =>
  record('area', code, { code, level: 'hamlet', kind: 'xom', name, ...(mergedInto === undefined ? {} : { mergedInto }) }, { areaId: code });

function storeOf(assignments: readonly Assignment[], ...records: readonly AnyRecord[]) {
  return {
    all: <K extends RecordKind>(kind: K) => records.filter((one) => one.kind === kind) as unknown as readonly RecordState<K>[],
    find: (recordId: string) => records.find((one) => one.recordId === recordId),
    account: () => ({ memberId: 'm', communeCode: commune, name: 'Én', assignments: [...assignments] }),
  };
}
const member: Assignment = { role: 'team_member', hamletId: north };
const ids = (records: readonly { readonly recordId: string }[]) => records.map(({ recordId }) => recordId).join(' ');

test('pages stand by their place, then by their title, the commune’s before the province’s; documents the newest first', () => {
  const store = storeOf(
    [member],
    page('z', { title: 'Ă' }), page('b', { title: 'B', order: 2 }), page('p', { title: 'A', order: 1 }, { areaId: province }), page('a', { title: 'A', order: 1 }), page('y', { title: 'A' }),
    document('old', { date: '2015-10-20' }), document('new', { date: '2026-11-20' }),
  );
  expect(ids(pagesInOrder(store))).toBe('a p b y z');
  expect(ids(documentsNewest(store))).toBe('new old');
});

test('a link leads to the commune’s own page of that name, and to one that is listed', () => {
  const store = storeOf(
    [member],
    page('1', { slug: 'a' }, { areaId: province }), page('2', { slug: 'a' }), page('3', { slug: 'b', archivedOn: '2026-11-01' }), page('4', { slug: 'b' }, { areaId: province }), page('5', { slug: 'c', archivedOn: '2026-11-01' }),
  );
  expect(['a', 'b', 'c', 'd'].map((slug) => pageNamed(store, slug)?.recordId)).toEqual(['2', '4', '5', undefined]);
});

test('of the province’s a commune’s bloc changes none, and a team none at all', () => {
  const own = page('1', {}) as unknown as HandbookPage;
  const theirs = page('2', {}, { areaId: province }) as unknown as HandbookPage;
  const bloc = storeOf([{ role: 'bloc_officer' }]);
  expect([mayChange(bloc, own), mayChange(bloc, theirs), mayChange(storeOf([member]), own)]).toEqual([true, false, false]);
});

test('a team is asked to read what asks it and it has not read as it stands, and nobody else is asked', () => {
  const records = [
    document('unread', {}), document('read', {}), document('changed', {}, { version: 3 }), document('asks nothing', { asksReceipt: false }), document('put away', { archivedOn: '2026-11-02' }),
    document('by others', {}), receipt('r1', 'read', north), receipt('r2', 'changed', north, 2), receipt('r3', 'by others', south),
  ];
  expect(documentsToRead(storeOf([member], ...records)).map(({ document: one, wasRead }) => [one.recordId, wasRead])).toEqual([['by others', false], ['changed', true], ['unread', false]]);
  expect(documentsToRead(storeOf([{ role: 'bloc_officer' }, { role: 'dpo' }], ...records))).toEqual([]);
});

/** As the real store: a list stays the same array until one of its records changes, and so does who uses the phone. */
function storeThatStays() {
  const lists: Partial<Record<RecordKind, readonly AnyRecord[]>> = { document: [document('one', {})], reading_receipt: [receipt('r', 'one', south)], area: [], visit: [] };
  const now = { lists, account: storeOf([member]).account() };
  return { now, store: { ...storeOf([]), account: () => now.account, all: ((kind: RecordKind) => lists[kind]) as ReturnType<typeof storeOf>['all'] } };
}

test.each(['document', 'reading_receipt', 'area'] as const)('what is to read is made once, and anew when a record of kind %s changed', (kind) => {
  const { now, store } = storeThatStays();
  const before = documentsToRead(store);
  expect(before).toMatchObject([{ hamletIds: [north] }]);
  now.lists.visit = [];
  expect(documentsToRead(store)).toBe(before);
  now.lists[kind] = [...(now.lists[kind] ?? [])];
  expect(documentsToRead(store)).not.toBe(before);
});

test('whoever is in another team by now is asked to read for that one', () => {
  const { now, store } = storeThatStays();
  expect(documentsToRead(store)).toHaveLength(1);
  now.account = { ...now.account, assignments: [{ role: 'team_member', hamletId: south }] };
  expect(documentsToRead(store)).toEqual([]);
});

test('a document that was put away and brought back changed no word: who has read it is asked no more', () => {
  const one = recordOf('document', idOf(31), { number: '12', asksReceipt: true }, { areaId: commune, version: 1 });
  const made = confirmReading(one, north, commandContext());
  const [change] = made.ok ? made.value.changes : [];
  const given = record('reading_receipt', 'r', (change as unknown as { set: FieldsOf['reading_receipt'] }).set, { areaId: north });
  const back = { ...one, version: 3 };
  expect(documentsToRead(storeOf([member], back, given))).toEqual([]);
  const changed = { ...back, fields: { ...one.fields, summary: 'Khác' } };
  expect(documentsToRead(storeOf([member], changed, given))).toMatchObject([{ wasRead: true }]);
});

test('a hamlet that was merged is asked no more, and what its team confirmed counts for the one that took it in', () => {
  const one = document('d', {});
  const store = storeOf([member], hamlet(south, 'Nà Thoong', north), hamlet(north, 'Ngọc Sơn'), hamlet('01456-003', 'Lũng Rì'), one, receipt('r', 'd', south));
  expect(standingHamlets(store)).toEqual(['01456-003', north]);
  expect(readingOf(store, one as unknown as HandbookDocument, standingHamlets(store))).toMatchObject({ read: [{ hamletId: north }], unread: ['01456-003'] });
});
