import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workbookFile } from '../../../tools/awkward-tables/workbook-file.ts';
import type { WorkbookCell } from '../../../tools/awkward-tables/workbook-file.ts';
import { openDesk } from './test-support.ts';
import type { Desk } from './test-support.ts';

const areas = 'code,level,kind,name,parent_code\n04,province,tinh,Cao Bằng,\n01456,commune,xa,Quang Hán,04\n';
const households = 'STT;Xóm;Chủ hộ;Số khẩu;Số điện thoại\n1;Ngọc Sơn;Nông Văn Sơn;4;0912345678\n2;Ngọc Sơn;Lý Thị Mẩy;3;\n';
const inCommune = ['--commune', '01456'] as const;
let folder: string;
let desk: Desk;
const at = (name: string) => join(folder, name);
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(at(name), content);
  return at(name);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gan-dan-'));
  desk = await openDesk();
  await desk.run('import-areas', file('areas.csv', areas));
  await desk.run('import-households', file('list.csv', households), ...inCommune, '--create-hamlets', '--undo-file', at('undo.json'));
});
afterEach(async () => {
  await desk.db.destroy();
  rmSync(folder, { recursive: true });
});
const standing = async () => (await desk.endpoint.records('01456', 'household')).filter(({ fields }) => fields.closedOn === undefined).map(({ fields }) => [fields.no, fields.headName, fields.phone]);

describe('a household that may be there already', () => {
  const near = 'STT;Xóm;Chủ hộ;Số điện thoại\n9;Ngọc Sơn;Nông văn Sơn;0987654321\n';
  it('is written beside it and named, unless something else is asked for', async () => {
    const { done, text } = await desk.run('import-households', file('near.csv', near), ...inCommune);
    expect([done, text]).toEqual([true, expect.stringContaining('dòng 2: “9 Nông văn Sơn” cùng tên với “1 Nông Văn Sơn” trong sổ, vẫn ghi riêng.')]);
    expect(await standing()).toHaveLength(3);
  });
  it('is mended with --near merge, left out with --near skip', async () => {
    expect((await desk.run('import-households', file('near.csv', near), ...inCommune, '--near', 'skip')).text).toContain('Không có gì thay đổi.');
    const { text } = await desk.run('import-households', at('near.csv'), ...inCommune, '--near', 'merge');
    expect(text).toContain('Đã ghi 0 hộ mới, 1 hộ sửa theo danh sách vào sổ.');
    expect(await standing()).toEqual(expect.arrayContaining([[9, 'Nông văn Sơn', '0987654321']]));
    expect(await standing()).toHaveLength(2);
  });
});

it('a workbook of several sheets comes in as one list, its wrong rows named by sheet', async () => {
  const sheet = (name: string, ...rows: readonly (readonly WorkbookCell[])[]) => ({ name, rows: new Map(rows.map((cells, index) => [index + 1, cells])) });
  const heading = ['STT', 'Họ và tên chủ hộ', 'Số khẩu', 'Tôn giáo'];
  const bytes = workbookFile([
    sheet('Xóm Ngọc Sơn', heading, [11, 'Hoàng Văn Lâm', 4, 'SECRET'], ['Cộng', undefined, 4]),
    sheet('Xóm Nà Thoong', heading, [1, 'Bế Thị Hà', 'bốn', 'SECRET'], [2, 'Triệu Văn Phúc', 3, 'SECRET']),
    sheet('Tổng hợp', ['Xóm', 'Số hộ'], ['Ngọc Sơn', 86]),
  ]);
  const { done, text } = await desk.run('import-households', file('list.xlsx', bytes), ...inCommune, '--create-hamlets', '--skip-bad', at('bad.csv'));
  expect(done).toBe(true);
  expect(text).toContain('Không đọc trang “Tổng hợp”.');
  expect(text).toContain('Trang “Xóm Nà Thoong”, dòng 2, cột “Số khẩu”: “bốn” không phải là số nguyên.');
  expect(await standing()).toHaveLength(4);
  expect(readFileSync(at('bad.csv'), 'utf8')).toContain('Xóm Nà Thoong');
  writeFileSync(at('bad.csv'), readFileSync(at('bad.csv'), 'utf8').replace('bốn', '4'));
  expect((await desk.run('import-households', at('bad.csv'), ...inCommune)).text).toContain('Đã ghi 1 hộ vào sổ.');
  expect(await desk.dump()).not.toContain('SECRET');
});

describe('undo-import', () => {
  it('takes back what an import wrote, once', async () => {
    expect((await desk.run('undo-import', at('undo.json'), ...inCommune, '--dry-run')).text).toContain('sẽ lấy lại 2 mục mới');
    expect(await standing()).toHaveLength(2);
    const { done, text } = await desk.run('undo-import', at('undo.json'), ...inCommune);
    // The hamlet that it made stays.
    expect([done, text]).toEqual([true, 'Đã lấy lại 2 mục mới, trả 0 mục về như trước.\nGiữ nguyên 1 mục không lấy lại được: area 01456-001.']);
    expect(await standing()).toEqual([]);
    expect((await desk.run('undo-import', at('undo.json'), ...inCommune)).text).toContain('Đã lấy lại 0 mục mới');
    expect((await desk.run('import-households', at('list.csv'), ...inCommune)).text).toContain('Đã ghi 2 hộ vào sổ.');
  });
  it('notes names of nobody that was new, and is never written over another file', async () => {
    expect(readFileSync(at('undo.json'), 'utf8')).not.toContain('Nông');
    const { done } = await desk.run('import-households', file('more.csv', 'STT;Xóm;Chủ hộ\n5;Ngọc Sơn;Bế Văn Lâm'), ...inCommune, '--undo-file', at('undo.json'));
    expect(done).toBe(false);
    expect(await standing()).toHaveLength(2);
  });
  it('takes no other file for one', async () => {
    expect(await desk.run('undo-import', at('list.csv'), ...inCommune)).toMatchObject({ done: false, text: expect.stringContaining('không phải là tệp --undo-file') });
    expect(await desk.run('undo-import', file('other.json', '{"created":[{"recordId":"x"}],"merged":[]}'), ...inCommune)).toMatchObject({ done: false });
  });
});

it('prestigious persons come in with their terms, and go again', async () => {
  const list = 'STT;Họ và tên;Năm sinh;Xóm;Dân tộc;Số QĐ công nhận;Ngày công nhận\n1;Lý Văn Páo;1960;Xóm Ngọc Sơn, xã Quang Hán;SECRET;12/QĐ-UBND;5/3/2023\n';
  const { done, text } = await desk.run('import-prestigious', file('people.csv', list), ...inCommune, '--undo-file', at('people.json'));
  expect([done, text]).toEqual([true, expect.stringContaining('Đã ghi 1 người có uy tín vào sổ.')]);
  const [person] = await desk.endpoint.records('01456', 'prestigious_person');
  expect([person?.areaId, person?.fields]).toEqual(['01456-001', { fullName: 'Lý Văn Páo', birthYear: 1960 }]);
  expect((await desk.endpoint.records('01456', 'prestigious_term')).map(({ fields }) => fields)).toMatchObject([{ personId: person?.recordId, state: 'recognized', decisionNo: '12/QĐ-UBND' }]);
  expect((await desk.run('import-prestigious', at('people.csv'), ...inCommune)).text).toContain('Không có gì thay đổi.');
  expect((await desk.run('undo-import', at('people.json'), ...inCommune)).text).toContain('Đã lấy lại 1 mục mới');
  expect((await desk.endpoint.records('01456', 'prestigious_person')).filter((record) => !record.deleted)).toEqual([]);
  expect(await desk.dump()).not.toContain('SECRET');
});

it('the book of feedback comes in without a name, complaints as a count', async () => {
  await desk.run('add-unit', ...inCommune, '--name', 'Công an xã');
  const book =
    'STT;Ngày tiếp nhận;Họ và tên;Địa chỉ;Nội dung;Hình thức;Lĩnh vực;Đơn vị xử lý;Hạn xử lý;Ngày trả lời;Kết quả\n' +
    '1;5/3/2026;SECRET;Xóm Ngọc Sơn;Cầu treo đầu xóm hỏng ván;Trực tiếp;Giao thông;Công an xã;20/3/2026;9/3/2026;Đã thay ván cầu\n2;6/3/2026;SECRET;Ngọc Sơn;Đơn tố cáo SECRET;Đơn;;;;;\n';
  const { done, text } = await desk.run('import-feedback', file('book.csv', book), ...inCommune);
  expect([done, text]).toEqual([true, expect.stringContaining('Đã ghi 2 ý kiến vào sổ.')]);
  expect(text).toContain('1 đơn khiếu nại, tố cáo: chỉ ghi loại, ngày và xóm');
  const feedback = await desk.endpoint.records('01456', 'feedback');
  expect(feedback.map(({ fields }) => fields.kind).toSorted()).toEqual(['phan_anh', 'to_cao']);
  expect((await desk.endpoint.records('01456', 'feedback_event')).map(({ fields }) => fields.type).toSorted()).toEqual(['answer', 'assign', 'deliver', 'start', 'triage']);
  expect((await desk.run('import-feedback', at('book.csv'), ...inCommune)).text).toContain('Không có gì thay đổi.');
  expect(await desk.dump()).not.toContain('SECRET');
});

it('models come in, and a list of other things is refused by name', async () => {
  const list = 'STT;Tên mô hình;Lĩnh vực;Đơn vị/cá nhân đăng ký;Ngày đăng ký\n1;Thắp sáng đường quê;Nông thôn mới;Chi bộ xóm Ngọc Sơn;15/1/2026\n';
  expect(await desk.run('import-models', file('models.csv', list), ...inCommune)).toMatchObject({ done: true, text: expect.stringContaining('Đã ghi 1 mô hình vào sổ.') });
  expect((await desk.endpoint.records('01456', 'mobilization_model'))[0]).toMatchObject({ areaId: '01456-001', fields: { field: 'new_rural', state: 'registered' } });
  expect(await desk.run('import-models', at('list.csv'), ...inCommune)).toMatchObject({ done: false, text: expect.stringContaining('Tên mô hình') });
  expect(existsSync(at('bad.csv'))).toBe(false);
});
