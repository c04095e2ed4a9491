import { describe, expect, it } from 'vitest';
import { readCsv } from '#tables/csv.ts';
import { readAreaList } from './area-list.ts';

function read(text: string, known: readonly string[] = []) {
  const table = readCsv(text);
  if (!table.ok) throw new Error(table.error.code);
  return readAreaList(table.value, (areaId) => known.includes(areaId));
}
const heading = 'code,level,kind,name,parent_code';
const province = '04,province,tinh,Cao Bằng,';
const errorsOf = (rows: readonly string[], known?: readonly string[]) => {
  const list = read([heading, ...rows].join('\n'), known);
  return list.ok ? list.value.errors.map(({ line, column, value, code, otherLine }) => [line, column, value, code, otherLine]) : list.error;
};

describe('the list of areas', () => {
  it('gives provinces and communes with their ids and parents', () => {
    const list = read(`${heading}\n${province}\n01456,commune,xa,Quang Hán,04\n`);
    expect(list).toMatchObject({ ok: true, value: { errors: [], read: 2 } });
    expect(list.ok && list.value.areas).toEqual([
      { code: '99904', level: 'province', kind: 'tinh', name: 'Cao Bằng' },
      { code: '01456', level: 'commune', kind: 'xa', name: 'Quang Hán', parent: '99904' },
    ]);
  });

  it('keeps a commune whose code looks like a province and three zeros apart from that province', () => {
    const list = read(`${heading}\n${province}\n14,province,tinh,Sơn La,\n04000,commune,xa,Đoàn Kết,14\n`);
    const ids = list.ok ? list.value.areas.map((area) => area.code) : [];
    expect(new Set(ids).size).toBe(3);
  });

  it('names a commune under a province whose own code is wrong', () => {
    expect(errorsOf(['4,province,tinh,Cao Bằng,', '01456,commune,xa,Quang Hán,4'])).toEqual([
      [2, 'code', '4', 'bad_code', undefined],
      [3, 'parent_code', '4', 'unknown_parent', undefined],
    ]);
  });

  it('takes a parent that came with an earlier list', () => {
    expect(errorsOf(['01456,commune,xa,Quang Hán,04'], ['99904'])).toEqual([]);
  });

  it.each([
    ['bad code', '1456,commune,xa,Quang Hán,04', 'code', '1456', 'bad_code'],
    ['bad code of a province', '4,province,tinh,Cao Bằng,', 'code', '4', 'bad_code'],
    ['bad level', '01456,district,xa,Quang Hán,04', 'level', 'district', 'bad_level'],
    ['hamlet', '01456,hamlet,xom,Ngọc Sơn,04', 'level', 'hamlet', 'bad_level'],
    ['unknown kind', '01456,commune,huyen,Quang Hán,04', 'kind', 'huyen', 'bad_kind'],
    ['kind of another level', '01456,commune,tinh,Quang Hán,04', 'kind', 'tinh', 'kind_of_level'],
    ['missing name', '01456,commune,xa,,04', 'name', '', 'bad_name'],
    ['missing parent', '01456,commune,xa,Quang Hán,', 'parent_code', '', 'no_parent'],
    ['parent that is not there', '01456,commune,xa,Quang Hán,05', 'parent_code', '05', 'unknown_parent'],
    ['parent of a province', '08,province,tinh,Tuyên Quang,04', 'parent_code', '04', 'parent_of_province'],
  ])('names a %s by line and column', (_name, row, column, value, code) => {
    expect(errorsOf([province, row])).toEqual([[3, column, value, code, undefined]]);
  });

  it('names a code that came before, with its line', () => {
    expect(errorsOf([province, '01456,commune,xa,Quang Hán,04', '01456,commune,xa,Trà Lĩnh,04'])).toEqual([[4, 'code', '01456', 'code_twice', 3]]);
  });

  it('names a line with more cells than columns: a comma in a name moved what follows', () => {
    const moved = '01456,commune,xa,Quang Hán,04,thừa';
    expect(errorsOf([province, moved])).toEqual([[3, undefined, 'thừa', 'extra_cells', undefined]]);
    expect(errorsOf([province, '01456,commune,xa,Quang Hán,04,,'])).toEqual([]);
    const list = read(`${heading}\n${province}\n${moved}`);
    expect(list.ok && list.value.areas).toHaveLength(1);
  });

  it('names the columns it misses', () => {
    expect(read('code,name\n04,Cao Bằng')).toEqual({ ok: false, error: { code: 'missing_columns', columns: ['level', 'kind', 'parent_code'] } });
  });
});
