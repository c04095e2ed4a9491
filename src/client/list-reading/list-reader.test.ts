import { expect, test } from 'vitest';
import { commandContext, commune, hamlet, now, recordOf } from '#domain/records.test-support.ts';
import { mappingOf } from '#lists/mapping.ts';
import { createListReader } from './list-reader.ts';
import type { OpenedList, ReckonedList } from './reading.ts';

const records = {
  commune: recordOf('area', commune, { code: commune, level: 'commune', kind: 'xa', name: 'Quang Hán' }, { areaId: commune }),
  hamlets: [recordOf('area', hamlet, {}, { areaId: hamlet })],
  households: [],
};
const decisions = { answers: {}, allowsNewHamlets: false, allowsAboutStaff: false };
const asked = { layout: 'households', records, decisions, today: '2026-11-21', sourceListId: '5f0c2d1e-0000-4000-8000-000000000001' } as const;

const file = (text: string) => new TextEncoder().encode(text).buffer;
const list = `DANH SÁCH HỘ
STT;Xóm;Họ và tên chủ hộ;Tôn giáo;Số điện thoại
1;Ngọc Sơn;Nông Văn Sơn;Bí mật;912345678
2;Ngọc Sơn;Lý Thị Mẩy;Bí mật;09123
3;Lũng Xa;Bế Văn Thử;Bí mật;
`;

async function openedAndReckoned(text: string) {
  const reader = createListReader(commandContext());
  const opened = (await reader.open({ bytes: file(text), layout: 'households', recalled: {} })) as OpenedList;
  const found = (await reader.reckon({ ...asked, mapping: mappingOf(opened.columns) })) as ReckonedList;
  return { reader, opened, found };
}

test('a file is opened with its columns, what may not be stored without a sample', async () => {
  const { opened } = await openedAndReckoned(list);
  expect(opened).toMatchObject({ kind: 'csv', encoding: 'utf-8', sheets: [''] });
  expect(opened.columns.map(({ heading, use }) => [heading, use])).toEqual([
    ['STT', 'no'], ['Xóm', 'hamlet'], ['Họ và tên chủ hộ', 'headName'], ['Tôn giáo', 'forbidden'], ['Số điện thoại', 'phone'],
  ]);
  expect(JSON.stringify(opened)).not.toContain('Bí mật');
});

test('what a person looks at says what would be written and what is wrong, by row and column with the value, and writes nothing', async () => {
  const { found } = await openedAndReckoned(list);
  expect(found.counts).toEqual({ created: 1, merged: 0, unchanged: 0, skipped: 0, open: 0, wrong: 2 });
  expect(found.createdIn).toEqual([{ areaId: hamlet, count: 1 }]);
  expect(found.wrong.map(({ line, errors }) => [line, errors.map(({ column, value, code }) => [column, value, code])])).toEqual([
    [4, [['Số điện thoại', '09123', 'wrong_format']]],
    [5, [['Xóm', 'Lũng Xa', 'unknown_area']]],
  ]);
  expect(found.dropped).toEqual([{ heading: 'Tôn giáo', isForbidden: true }]);
  expect(JSON.stringify(found)).not.toContain('Bí mật');
});

test('the entries come from what was reckoned last, in the name and at the time that the page gives', async () => {
  const { reader } = await openedAndReckoned(list);
  const { entries, trace } = await reader.plan({ now, memberId: commandContext().memberId });
  expect(entries).toHaveLength(1);
  expect(entries[0]?.changes).toMatchObject([{ kind: 'household', areaId: hamlet, base: 0, set: { no: 1, headName: 'Nông Văn Sơn', phone: '0912345678', contact: 'not_asked' } }]);
  expect(trace.created).toHaveLength(1);
  expect(JSON.stringify([entries, trace])).not.toContain('Bí mật');
});

test('nothing is planned that was not reckoned, and another file begins anew', async () => {
  const { reader } = await openedAndReckoned(list);
  expect(await reader.open({ bytes: file(''), layout: 'households', recalled: {} })).toEqual({ error: { code: 'empty' } });
  await expect(reader.plan({ now, memberId: commandContext().memberId })).rejects.toThrow('nothing was reckoned yet');
});

test('a file that is no such list has no columns, and one that lacks them says which', async () => {
  const reader = createListReader(commandContext());
  expect(await reader.open({ bytes: file('a;b\n1;2\n'), layout: 'households', recalled: {} })).toMatchObject({ columns: [] });
  await reader.open({ bytes: file('Xóm;Họ và tên chủ hộ\nNgọc Sơn;Nông Văn Sơn\n'), layout: 'households', recalled: {} });
  expect(await reader.reckon({ ...asked, mapping: {} })).toEqual({ error: { code: 'missing_columns', fields: ['no'] } });
});
