/** Lists that stand one under the other in a sheet, and rows that say which hamlet: nobody is written into another one's hamlet, and nothing under a heading that is not its own. */
import { describe, expect, it } from 'vitest';
import { commune, hamletOf, listOf, naThoong, ngocSon, readRows, sheetOf } from './lists.test-support.ts';
import { reckonImport } from './plan-import.ts';

const hamlets = [ngocSon, naThoong];
const heading = 'STT;Họ và tên chủ hộ;Số nhân khẩu';
const read = (text: string, name = '') => listOf('households', [sheetOf(text, name)], {}, hamlets);
/** By name of the head, the hamlet that each row is said to lie in. */
const hamletsIn = (text: string, name = '') => Object.fromEntries(read(text, name).rows.map(({ hamlet, row }) => [row.household.headName, hamlet]));
const wrongIn = (text: string, name = '') => read(text, name).wrong.map(({ line, errors }) => [line, ...errors.map(({ field, code }) => `${field} ${code}`)]);

describe('another heading further down', () => {
  const lower = 'DANH SÁCH HỘ XÓM NGỌC SƠN\nSTT;Họ và tên chủ hộ;Số điện thoại;Địa chỉ\n1;Nông Văn Sơn;0912345678;đầu cầu\nSTT;Họ và tên chủ hộ;Số CMND;Dân tộc\n2;Giàng A Páo;285123456;Mông';

  it('says what stands under it: nothing forbidden is read as what the heading above was', () => {
    const list = read(lower);
    expect(list.rows.map(({ row, hamlet }) => [row.household.headName, row.household.phone, row.household.houseLabel, hamlet])).toEqual([
      ['Nông Văn Sơn', '0912345678', 'đầu cầu', 'XÓM NGỌC SƠN'], ['Giàng A Páo', undefined, 'số 2', 'XÓM NGỌC SƠN'],
    ]);
    expect(JSON.stringify(list)).not.toMatch(/285123456|Mông/u);
    expect(list.sheets.flatMap(({ dropped }) => dropped.map((column) => [column.heading, column.isForbidden]))).toEqual([['Số CMND', true], ['Dân tộc', true]]);
  });

  it('keeps apart who is poor and who is nearly so, where the columns change places', () => {
    const list = read('XÓM NGỌC SƠN\nSTT;Chủ hộ;Hộ nghèo;Hộ cận nghèo\n1;Nông Văn Sơn;x;\nSTT;Chủ hộ;Hộ cận nghèo;Hộ nghèo\n2;Lý Thị Mẩy;x;');
    expect(list.rows.map(({ row }) => row.household.needs)).toEqual([['poor'], ['near_poor']]);
  });

  it('that is the same again on the next page changes nothing', () => {
    expect(hamletsIn(`XÓM NGỌC SƠN\n${heading}\n1;Nông Văn Sơn;4\n${heading}\n2;Lý Thị Mẩy;3`)).toEqual({ 'Nông Văn Sơn': 'XÓM NGỌC SƠN', 'Lý Thị Mẩy': 'XÓM NGỌC SƠN' });
  });

  it('that lacks what a list needs is said with its line, and its rows are not read under the one above', () => {
    const list = read(`XÓM NGỌC SƠN\n${heading}\n1;Nông Văn Sơn;4\nHọ và tên chủ hộ;Dân tộc;Số điện thoại\nGiàng A Páo;Mông;0912345678`);
    expect(list.rows).toHaveLength(1);
    expect(list.leftOut).toEqual([{ name: '', line: 4, error: { code: 'missing_columns', fields: ['no'] } }]);
  });
});

describe('lists of several hamlets in one sheet', () => {
  it('each under a title of its own, with a total between them or none', () => {
    for (const total of ['Tổng cộng;;4\n', '']) {
      const text = `DANH SÁCH HỘ XÓM NGỌC SƠN;;\n${heading}\n1;Nông Văn Sơn;4\n${total}DANH SÁCH HỘ XÓM NÀ THOONG;;\n${heading}\n1;Lý Thị Mẩy;3`;
      expect(hamletsIn(text)).toEqual({ 'Nông Văn Sơn': 'XÓM NGỌC SƠN', 'Lý Thị Mẩy': 'XÓM NÀ THOONG' });
    }
  });

  it.each(['II;Xóm Nà Thoong;7', 'II;Xóm Nà Thoong;', 'II;Nà Thoong;', ';Nà Thoong;', '2;Xóm Nà Thoong;7', 'B.;nà thoong;7 hộ'])('under a row “%s”', (row) => {
    expect(hamletsIn(`${heading}\nI;Xóm Ngọc Sơn;\n1;Nông Văn Sơn;4\n${row}\n1;Lý Thị Mẩy;3`)).toEqual({ 'Nông Văn Sơn': 'Xóm Ngọc Sơn', 'Lý Thị Mẩy': expect.stringMatching(/nà thoong/iu) });
  });

  it('under a row that nobody understands lie in none, and are refused', () => {
    const text = `${heading}\nI;Xóm Ngọc Sơn;\n1;Nông Văn Sơn;4\nII;Khuôn Thoong;7\n1;Lý Thị Mẩy;3`;
    expect(hamletsIn(text)).toEqual({ 'Nông Văn Sơn': 'Xóm Ngọc Sơn' });
    expect(wrongIn(text)).toEqual([[4, 'no not_a_number'], [5, 'hamlet required']]);
  });

  it('grouped by something else stay in the hamlet of the title', () => {
    const text = `DANH SÁCH XÓM NGỌC SƠN\n${heading}\nI;Hộ nghèo;2\n1;Nông Văn Sơn;4\nII;Hộ cận nghèo;1\n2;Lý Thị Mẩy;3`;
    expect(Object.values(hamletsIn(text))).toEqual(['XÓM NGỌC SƠN', 'XÓM NGỌC SƠN']);
  });

  it.each(['12;Bàn Văn Phú;', '12;BÀN VĂN PHÚ;', '12;Ban Van Phu;', '12;BAN VAN PHU;3'])('and the family name Bàn is no bản: “%s” is a household', (row) => {
    const list = read(`XÓM NGỌC SƠN\n${heading}\n${row}\n13;Lý Thị Mẩy;3`);
    expect(list.rows.map(({ hamlet, row: { household } }) => [household.no, hamlet])).toEqual([[12, 'XÓM NGỌC SƠN'], [13, 'XÓM NGỌC SƠN']]);
  });

  it('a cell left empty under another hamlet than the sheet names is refused, for nobody knows which was meant', () => {
    const rows = 'STT;Xóm;Họ và tên chủ hộ\n1;Ngọc Sơn;Nông Văn Sơn\n2;;Lý Thị Mẩy\n1;Nà Thoong;Hoàng Văn Páo\n2;;Bế Thị Lan';
    expect(hamletsIn(rows, 'Ngọc Sơn')).toEqual({ 'Nông Văn Sơn': 'Ngọc Sơn', 'Lý Thị Mẩy': 'Ngọc Sơn', 'Hoàng Văn Páo': 'Nà Thoong' });
    expect(wrongIn(rows, 'Ngọc Sơn')).toEqual([[5, 'hamlet required']]);
  });

  it.each([
    ['DANH SÁCH HỘ XÓM NGỌC SƠN', 'Nà Thoong'], ['DANH SÁCH HỘ XÓM NGỌC SƠN, NÀ THOONG', ''], ['DANH SÁCH XÓM NGỌC SƠN VÀ XÓM NÀ THOONG', ''],
  ])('a title and a tab that name two (“%s”, “%s”) name none', (title, tab) => {
    const list = readRows('households', [sheetOf(`${title}\n${heading}\n1;Nông Văn Sơn;4`, tab)], {}, hamlets);
    expect(list.ok ? list.value.rows : list.error).toEqual({ code: 'missing_columns', fields: ['hamlet'] });
  });
});

describe('a column without a heading beside a name', () => {
  const readIn = (rows: string) => readRows('households', `XÓM NGỌC SƠN\nSTT;Họ và tên chủ hộ;;Số nhân khẩu\n${rows}`, {}, hamlets);

  it.each(['1;Nông Văn;Sơn;4\n2;Lý Thị;Mẩy;3\n3;Bế Lan;;2', '1;Nông Văn Sơn;Tày;4\n2;Lý Thị Mẩy;Dao;3', '1;Nông Văn Sơn;Tin lành;4'])('with words in it (%j) is neither joined to the name nor passed over', (rows) => {
    const list = readIn(rows);
    expect(list.ok ? list.value.rows : list.error).toEqual({ code: 'unnamed_column', headings: ['Họ và tên chủ hộ'] });
  });

  it('with ticks or numbers, or a stray word, is not read', () => {
    for (const rows of ['1;Nông Văn Sơn;x;4', '1;Nông Văn Sơn;12;4', '1;Nông Văn Sơn;;4\n2;Lý Thị Mẩy;;3\n3;Bế Lan;xem lại;2']) {
      const list = readIn(rows);
      expect(list.ok && list.value.rows[0]?.row.household.headName).toBe('Nông Văn Sơn');
      expect(JSON.stringify(list)).not.toMatch(/xem lại|"12"/u);
    }
  });
});

describe('a cell for a name', () => {
  it.each([
    ['Nông Văn Sơn (Đảng viên)', 'wording'], ['Nông Văn Sơn theo đạo Tin lành', 'wording'], ['Vàng A (dân tộc Mông)', 'wording'],
    ['Nông Văn Sơn CCCD 004090001234', 'wrong_format'], ['#N/A', 'wrong_format'], ['Nông Văn Sơn 0912345678', 'wrong_format'],
  ])('that says more than the name (“%s”) is refused, in every list of persons', (name, code) => {
    expect(read(`XÓM NGỌC SƠN\n${heading}\n1;${name};4`).wrong[0]?.errors.map((error) => [error.field, error.code])).toEqual([['headName', code]]);
    expect(listOf('prestigious', `Họ và tên;Năm sinh;Xóm\n${name};1960;Ngọc Sơn`).wrong[0]?.errors.map((error) => [error.field, error.code])).toEqual([['fullName', code]]);
  });

  it.each(['Nguyễn Tiến Bộ', 'Lê Văn Đạo', 'Hoàng Đảng', "H'Nương Niê", 'Y-Blô Ê Ban', 'Nông Văn Sơn (mẫu)', 'Nông Văn Sơn (A)', 'Nông Văn Sơn 2'])('that is a name (“%s”) is read', (name) => {
    expect(read(`XÓM NGỌC SƠN\n${heading}\n1;${name};4`).rows.map(({ row }) => row.household.headName)).toEqual([name]);
  });

  it('is the same name with Đ from another keyboard, or with marks that nobody sees', () => {
    expect(read(`XÓM NGỌC SƠN\n${heading}\n1;\u00D0inh V\u0103n S\u01A1n;4\n2;Lý Thị\u200B Mẩy;3`).rows.map(({ row }) => row.household.headName)).toEqual(['Đinh Văn Sơn', 'Lý Thị Mẩy']);
  });
});

it('a telephone that is not there is no mistake, and an address that only names the hamlet is no landmark', () => {
  const list = read('STT;Xóm;Họ và tên chủ hộ;Số điện thoại;Địa chỉ\n1;Ngọc Sơn;Nông Văn Sơn;không có;Xóm Ngọc Sơn\n2;Ngọc Sơn;Lý Văn Sơn;;Ngọc Sơn, xã Quang Hán\n3;Ngọc Sơn;Bế Lan;ko;xóm Ngọc Sơn, cạnh suối');
  expect(list.rows.map(({ row: { household } }) => [household.phone, household.houseLabel])).toEqual([[undefined, 'số 1'], [undefined, 'số 2'], [undefined, 'xóm Ngọc Sơn, cạnh suối']]);
});

it('a tip about a crime is kept no more than a denunciation', () => {
  const list = listOf('feedback', 'Ngày;Xóm;Nội dung\n5/3/2026;Ngọc Sơn;Tố giác ông Lý A trồng cây thuốc phiện', {}, hamlets);
  expect(list.rows.map(({ row }) => row.feedback)).toEqual([{ kind: 'to_cao', receivedOn: '2026-03-05' }]);
  expect(JSON.stringify(list)).not.toContain('Lý A');
});

it('a list of persons is no list of households', () => {
  const list = readRows('households', 'STT;Xóm;Họ và tên;Quan hệ với chủ hộ;Năm sinh\n1;Ngọc Sơn;Nông Văn Sơn;Chủ hộ;1970\n2;Ngọc Sơn;Nông Thị Bé;Con;2019', {}, hamlets);
  expect(list.ok ? list.value.rows : list.error).toEqual({ code: 'lists_persons' });
});

it.each(['CMT', 'CMTND', 'Số GTTT', 'Số CC', 'Đạo', 'Theo đạo', 'Tộc người', 'Dântộc', 'Số thẻ đảng', 'Ðảng viên', 'Hộ chiếu', 'Tình trạng sức khỏe', 'Khuyết tật', 'Số BHYT', 'Tiền án'])(
  'a column “%s” is never read',
  (forbidden) => {
    const list = read(`XÓM NGỌC SƠN\nSTT;Họ và tên chủ hộ;${forbidden}\n1;Nông Văn Sơn;SECRET`);
    expect(list.sheets[0]?.dropped).toEqual([{ heading: expect.any(String), isForbidden: true }]);
  },
);

it('a model’s field of work may be explained in its heading, and what a commune directs is no belief', () => {
  const list = listOf('models', 'STT;Tên mô hình;Lĩnh vực (kinh tế, xã hội, hệ thống chính trị);Xóm\n1;Hàng rào xanh;Kinh tế;Ngọc Sơn');
  expect(list.wrong).toEqual([]);
  expect(list.rows).toHaveLength(1);
  expect(read('XÓM NGỌC SƠN\nSTT;Họ và tên chủ hộ;Chỉ đạo\n1;Nông Văn Sơn;x').sheets[0]?.dropped).toEqual([{ heading: 'Chỉ đạo', isForbidden: false }]);
});

it('the same words on the same day from two hamlets are two pieces of feedback', () => {
  const list = listOf('feedback', 'Ngày;Xóm;Nội dung\n5/3/2026;Ngọc Sơn;Đường hỏng\n5/3/2026;Nà Thoong;Đường hỏng\n5/3/2026;Nà Thoong;Đường hỏng', {}, hamlets);
  const found = reckonImport(list, { commune, hamlets }, { answers: {}, allowsNewHamlets: false, allowsAboutStaff: true });
  expect([found.create.map(({ areaId }) => areaId), found.wrong.map(({ line }) => line)]).toEqual([['01456-001', '01456-002'], [4]]);
});

it('a hamlet of another name is still made by who may, from a row above its households', () => {
  const list = listOf('households', `${heading}\nI;Xóm Lũng Nọi;3\n1;Nông Văn Sơn;4`, {}, [hamletOf('01456-001', 'Ngọc Sơn')]);
  expect(list.rows.map(({ hamlet }) => hamlet)).toEqual(['Xóm Lũng Nọi']);
});
