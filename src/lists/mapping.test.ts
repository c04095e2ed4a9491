import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import type { ListLayout } from './layout.ts';
import { hamletOf, listOf, naThoong, ngocSon, readRows, sheetOf } from './lists.test-support.ts';
import { mappingOf, proposeForSheets, proposeMapping, recallMapping } from './mapping.ts';
import { fieldOf, isForbidden } from './plain-heading.ts';
import type { Sheet } from '#tables/table.ts';

const odd = 'Số nóc;Xóm;Chủ nhà;Số khẩu;Dân tộc;Dùng điện\n1;Ngọc Sơn;Nông Văn Sơn;4;Tày;có\n2;Ngọc Sơn;Lý Thị Mẩy;3;Dao;không';

describe('a proposed mapping', () => {
  it('says of each column what it is taken for, with some of its values', () => {
    expect(proposeMapping(sheetOf(odd), 'households')).toEqual([
      { key: 'so noc', heading: 'Số nóc', use: 'none', samples: ['1', '2'] },
      { key: 'xom', heading: 'Xóm', use: 'hamlet', samples: ['Ngọc Sơn'] },
      { key: 'chu nha', heading: 'Chủ nhà', use: 'none', samples: ['Nông Văn Sơn', 'Lý Thị Mẩy'] },
      { key: 'so khau', heading: 'Số khẩu', use: 'members', samples: ['4', '3'] },
      { key: 'dan toc', heading: 'Dân tộc', use: 'forbidden', samples: [] },
      { key: 'dung dien', heading: 'Dùng điện', use: 'none', samples: ['có', 'không'] },
    ]);
  });

  it('is changed by a person, remembered as plain JSON, and does for the next file of the same office', () => {
    expect(readRows('households', odd)).toMatchObject({ ok: false, error: { code: 'missing_columns' } });
    const mapping = { ...mappingOf(proposeMapping(sheetOf(odd), 'households') ?? []), 'so noc': 'no', 'chu nha': 'headName', 'so khau': null } as const;
    const recalled = recallMapping(JSON.parse(JSON.stringify(mapping)), 'households');
    const next = 'CHỦ NHÀ;SỐ NÓC;XÓM;SỐ KHẨU\nHoàng Văn Lâm;7;Ngọc Sơn;5';
    expect(proposeMapping(sheetOf(next), 'households', recalled)?.map(({ use }) => use)).toEqual(['headName', 'no', 'hamlet', 'none']);
    expect(listOf('households', next, recalled).rows[0]?.row.household).toMatchObject({ no: 7, headName: 'Hoàng Văn Lâm' });
    expect(listOf('households', next, recalled).rows[0]?.row.household.members).toBeUndefined();
  });

  it('finds a heading of which it knows nothing but what was remembered', () => {
    const next = 'DANH BẠ\nNóc;Nhà ai;Ở đâu\n3;Hoàng Văn Lâm;Ngọc Sơn';
    const mapping = { noc: 'no', 'nha ai': 'headName', 'o dau': 'hamlet' } as const;
    expect(listOf('households', next, mapping).rows.map(({ row }) => row.household.headName)).toEqual(['Hoàng Văn Lâm']);
  });

  it('is one for all sheets of a file, each heading once', () => {
    const sheets = [sheetOf('Bìa', 'Bìa'), sheetOf(odd, 'A'), sheetOf('Chủ nhà;Xóm;Số khẩu;Máy cày\nLý A;Ngọc Sơn;4;có', 'B')];
    expect(proposeForSheets(sheets, 'households').map(({ key, use }) => [key, use])).toEqual([
      ['so noc', 'none'], ['xom', 'hamlet'], ['chu nha', 'none'], ['so khau', 'members'], ['dan toc', 'forbidden'], ['dung dien', 'none'], ['may cay', 'none'],
    ]);
  });

  it('takes nothing from what was remembered but fields of this list', () => {
    expect(recallMapping({ a: 'no', b: null, c: 'title', d: 5, e: 'religion' }, 'households')).toEqual({ a: 'no', b: null });
    expect(recallMapping(null, 'households')).toEqual({});
    expect(recallMapping('x', 'households')).toEqual({});
  });

  it('maps two columns of one heading each by its own key', () => {
    const twice = 'STT;Xóm;Chủ hộ;Số khẩu;Số khẩu\n1;Ngọc Sơn;Nông Văn Sơn;4;5';
    expect(readRows('households', twice)).toEqual({ ok: false, error: { code: 'doubled_columns', headings: ['Số khẩu'] } });
    expect(proposeMapping(sheetOf(twice), 'households')?.map(({ key }) => key)).toEqual(['stt', 'xom', 'chu ho', 'so khau', 'so khau #2']);
    expect(listOf('households', twice, { 'so khau': null }).rows[0]?.row.household.members).toBe(5);
  });
});

/** Cells that tell when one of a column is looked at. */
function watched(cells: readonly string[], touched: Set<number>): readonly string[] {
  return new Proxy(cells, {
    get(target, name, receiver) {
      if (typeof name === 'string' && /^\d+$/u.test(name)) touched.add(Number(name));
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
}

describe('a forbidden column', () => {
  const headings = ['STT', 'Họ và tên', 'Xóm', 'Năm sinh', 'Dân tộc', 'Thành phần', 'Đảng viên', 'Ghi chú', 'Số QĐ'];
  const rows = [
    ['1', 'Lý Văn Páo', 'Ngọc Sơn', '1960', 'SECRET', 'SECRET', 'SECRET', 'SECRET', '12/QĐ'],
    ['', '', '', '', 'SECRET', '', '', '', ''],
    ['', 'Tổng cộng', '', '', '', '', '', 'SECRET', ''],
    ['', '', '', '', '', '', '', 'SECRET', ''],
  ];
  const sheetWatched = (touched: Set<number>): Sheet => ({
    name: '', rows: [{ line: 1, cells: headings }, ...rows.map((cells, index) => ({ line: index + 2, cells: watched(cells, touched) }))],
  });

  it('is not looked at below its heading, neither for a sample nor for the list, and no mapping makes it readable', () => {
    const touched = new Set<number>();
    const mapping = { 'dan toc': 'sex', 'ghi chu': 'phone', 'dang vien': 'sex' } as const;
    expect(proposeMapping(sheetWatched(touched), 'prestigious', mapping)?.filter(({ use }) => use === 'forbidden').map(({ heading }) => heading)).toEqual([
      'Dân tộc', 'Thành phần', 'Đảng viên', 'Ghi chú',
    ]);
    const list = listOf('prestigious', [sheetWatched(touched)], mapping);
    expect(list.sheets[0]?.dropped.filter((column) => column.isForbidden)).toHaveLength(4);
    expect([...touched].filter((column) => column >= 4 && column <= 7)).toEqual([]);
    expect(touched).toEqual(new Set([0, 1, 2, 3, 8]));
    expect(JSON.stringify(list)).not.toContain('SECRET');
  });

  it('is one also under a group of two rows, and what stands under the group is not read', () => {
    const sheet = sheetOf('STT;Chủ hộ;Xóm;Đảng viên;;Số khẩu\n;;;Chính thức;Dự bị;\n1;Nông Văn Sơn;Ngọc Sơn;SECRET;SECRET;4');
    expect(proposeMapping(sheet, 'households')?.map(({ heading, use }) => [heading, use])).toEqual([
      ['STT', 'no'], ['Chủ hộ', 'headName'], ['Xóm', 'hamlet'], ['Đảng viên', 'forbidden'], ['Số khẩu', 'members'],
    ]);
    const below = sheetOf(';;;Đảng viên;\nSTT;Chủ hộ;Xóm;Chính thức;Dự bị\n1;Nông Văn Sơn;Ngọc Sơn;SECRET;SECRET');
    expect(proposeMapping(below, 'households')?.map(({ use }) => use)).toEqual(['no', 'headName', 'hamlet', 'forbidden', 'forbidden']);
    expect(JSON.stringify([listOf('households', [sheet]), listOf('households', [below])])).not.toContain('SECRET');
  });

  it.each(['DT', 'dt/tg', 'TG', 'Thành phần (già làng, thầy cúng)', 'Trình độ VH', 'Số CMND/CCCD', 'Là đảng viên', 'Ghi chú (tôn giáo)', 'Nhận xét'])('is known as "%s"', (heading) => {
    for (const layout of ['households', 'prestigious', 'feedback', 'models'] as const) expect(isForbidden(heading, layout)).toBe(true);
  });

  it('is not a telephone, which is told apart by its đ', () => {
    expect([fieldOf('ĐT', 'households'), fieldOf('Số ĐT', 'households'), fieldOf('DT', 'households')]).toEqual(['phone', 'phone', undefined]);
  });

  it('is in the book of feedback also whoever spoke', () => {
    for (const heading of ['Họ và tên', 'Họ tên công dân', 'Số điện thoại', 'SĐT', 'ĐT']) expect(isForbidden(heading, 'feedback')).toBe(true);
    expect(isForbidden('Hình thức (trực tiếp, điện thoại)', 'feedback')).toBe(false);
  });
});

describe('several hamlets', () => {
  const one = 'STT;Chủ hộ\n1;Nông Văn Sơn\n2;Lý Thị Mẩy';
  const told = (text: string | readonly Sheet[], hamlets = [ngocSon, naThoong]) => listOf('households', text, {}, hamlets).rows.map(({ hamlet, row }) => [hamlet, row.household.no]);

  it('stand in rows between the households, with or without numerals and counts, each total ending one', () => {
    const text = 'STT;Chủ hộ;Số khẩu\nI;XÓM NGỌC SƠN (86 hộ);\n1;Nông Văn Sơn;4\n2;Lý Thị Mẩy;3\n;Cộng;7\n;Xóm Nà Thoong: 20 hộ;\n1;Bế Văn Lâm;4\nNgười lập biểu;;Trưởng xóm';
    expect(told(text)).toEqual([['XÓM NGỌC SƠN', 1], ['XÓM NGỌC SƠN', 2], ['Xóm Nà Thoong', 1]]);
    expect(listOf('households', text).wrong).toEqual([]);
  });

  it('begin anew after a total: a row without its number is a household there, and wrong', () => {
    const list = listOf('households', 'STT;Chủ hộ;Số khẩu\n;Xóm Ngọc Sơn;\n1;Nông Văn Sơn;4\n;Cộng;4\n;Xóm Nà Thoong;\n;Bế Văn Lâm;4\n;Cộng;4\n;Lục Văn Thắng;Bế Thị Hà');
    expect(list.wrong.map(({ line }) => line)).toEqual([6]);
    expect(list.sheets[0]?.skipped).toEqual({ empty: 0, totals: 2, other: [8] });
  });

  it('stand on the tabs of the sheets', () => {
    expect(told([sheetOf(one, 'Xóm Ngọc Sơn'), sheetOf(one, 'nà thoong')])).toEqual([['Xóm Ngọc Sơn', 1], ['Xóm Ngọc Sơn', 2], ['nà thoong', 1], ['nà thoong', 2]]);
  });

  it('stand in the title', () => {
    expect(told(`DANH SÁCH HỘ GIA ĐÌNH XÓM NGỌC SƠN, XÃ QUANG HÁN NĂM 2026\n\n${one}`)[0]).toEqual(['XÓM NGỌC SƠN', 1]);
  });

  it('are missed where nothing names one, and a page of totals is left out and named', () => {
    expect(readRows('households', [sheetOf(one, 'Sheet1')])).toEqual({ ok: false, error: { code: 'missing_columns', fields: ['hamlet'] } });
    const list = listOf('households', [sheetOf('STT;Xóm;Số hộ\n1;Ngọc Sơn;86', 'Tổng hợp'), sheetOf(one, 'Xóm Ngọc Sơn')]);
    expect(list.leftOut).toEqual([{ name: 'Tổng hợp', error: { code: 'missing_columns', fields: ['headName'] } }]);
    expect(list.rows.map(({ sheet, line }) => [sheet, line])).toEqual([['Xóm Ngọc Sơn', 2], ['Xóm Ngọc Sơn', 3]]);
  });

  it('does not take a household whose name is missing for a hamlet', () => {
    const list = listOf('households', 'STT;Xóm;Chủ hộ\n1;Xóm Ngọc Sơn;\n2;Xóm Ngọc Sơn;Lý Thị Mẩy');
    expect(list.wrong).toMatchObject([{ line: 2, errors: [{ field: 'headName', code: 'required' }] }]);
  });

  it('leave no sheet out in silence: one whose hamlet nobody can tell has wrong rows, one with a column twice stops the list', () => {
    const list = listOf('households', [sheetOf(one, 'Xóm Ngọc Sơn'), sheetOf(one, 'Lũng Rì')]);
    expect([list.rows.length, list.wrong.map(({ sheet, errors }) => [sheet, errors[0]?.field])]).toEqual([2, [['Lũng Rì', 'hamlet'], ['Lũng Rì', 'hamlet']]]);
    expect(readRows('households', [sheetOf(one, 'Xóm Ngọc Sơn'), sheetOf('STT;Chủ hộ;Họ tên\n1;A B;C D', 'Xóm Nà Thoong')])).toMatchObject({ error: { code: 'doubled_columns' } });
  });

  it('take no page number for a hamlet, and no signature', () => {
    const numbered = hamletOf('01456-003', '5', { kind: 'to_dan_pho' });
    expect(readRows('households', [sheetOf(`Mẫu số;5\n${one}`, '5')], {}, [numbered])).toMatchObject({ error: { code: 'missing_columns' } });
    expect(told('STT;Chủ hộ\nTỔ 5 (12 hộ);\n1;Nông Văn Sơn\n;Cộng tổ 5: 1 hộ\n;TỔ TRƯỞNG', [numbered])).toEqual([['TỔ 5', 1]]);
  });

  it('is ambiguous as ever where two are called alike', () => {
    expect(told('STT;Xóm;Chủ hộ\n1;Lũng Mò;A B', [hamletOf('01456-001', 'Lũng Mơ')])).toEqual([['Lũng Mò', 1]]);
  });
});

const layoutTables: Readonly<Record<ListLayout, readonly (readonly [string, string])[]>> = {
  households: [['STT', '1'], ['Xóm/Tổ dân phố', 'Ngọc Sơn'], ['Họ và tên chủ hộ', 'Nông Văn Sơn'], ['Số nhân khẩu', '4'], ['Địa chỉ', 'đầu cầu'], ['Số điện thoại', '912345678'], ['Hộ nghèo', 'x'], ['Ghi chú', 'SECRET']],
  prestigious: [['STT', '1'], ['Họ và tên', 'Lý Văn Páo'], ['Nơi cư trú (xóm, xã)', 'Xóm Ngọc Sơn'], ['Năm sinh', '1960'], ['Giới tính', 'Nam'], ['Dân tộc', 'SECRET'], ['Số QĐ công nhận', '12/QĐ-UBND'], ['Ngày công nhận', '5/3/2023']],
  feedback: [['STT', '1'], ['Ngày tiếp nhận', '5/3/2026'], ['Họ và tên', 'SECRET'], ['Nội dung', 'Cầu treo hỏng ván'], ['Hình thức', 'Trực tiếp'], ['Lĩnh vực', 'Giao thông'], ['Ngày trả lời', '9/3/2026'], ['Kết quả', 'Đã thay ván cầu']],
  models: [['STT', '1'], ['Tên mô hình', 'Thắp sáng đường quê'], ['Lĩnh vực', 'Nông thôn mới'], ['Đơn vị/cá nhân đăng ký', 'Chi bộ xóm Ngọc Sơn'], ['Số hộ tham gia', '86'], ['Ngày đăng ký', '46000'], ['Ghi chú', 'SECRET']],
};

describe.each(Object.entries(layoutTables) as [ListLayout, (typeof layoutTables)[ListLayout]][])('the headings of %s', (layout, columns) => {
  const rowsOf = (list: ReturnType<typeof listOf>) => list.rows.map(({ hamlet, row }) => ({ hamlet, row }));
  const tableOf = (ordered: typeof columns, spell: (heading: string) => string) => ({
    name: '', rows: [{ line: 1, cells: ordered.map(([heading]) => spell(heading)) }, { line: 2, cells: ordered.map(([, cell]) => cell) }],
  });

  it('give the same list in any order, case and spelling', () => {
    const expected = rowsOf(listOf(layout, [tableOf(columns, (heading) => heading)]));
    expect(expected).toHaveLength(1);
    const spellings = fc.constantFrom<(heading: string) => string>(
      (heading) => heading, (heading) => heading.toUpperCase(), (heading) => heading.toLowerCase(), withoutDiacritics,
      (heading) => heading.normalize('NFD'), (heading) => ` ${heading.replaceAll(' ', '  ')}: `, (heading) => `${heading} (nếu có)`, (heading) => heading.replace(' ', '\n'),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray([...columns], { minLength: columns.length }), spellings, (ordered, spell) => {
        const list = listOf(layout, [tableOf(ordered, spell)]);
        expect(rowsOf(list)).toEqual(expected);
        expect(JSON.stringify(list)).not.toContain('SECRET');
      }),
    );
  });
});
