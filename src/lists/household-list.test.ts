import { describe, expect, it } from 'vitest';
import { listId, listOf as listIn, readRows } from './lists.test-support.ts';

const read = (text: string) => readRows('households', text);
/** As the tests below look at it: one sheet, no name. */
function listOf(text: string) {
  const list = listIn('households', text);
  const [sheet] = list.sheets;
  return {
    ...list,
    households: list.rows.map(({ row, ...place }) => ({ ...place, household: row.household })),
    dropped: sheet?.dropped,
    skipped: sheet?.skipped,
  };
}

const heading = 'STT,Xóm/Tổ dân phố,Họ và tên chủ hộ,Số nhân khẩu,Địa chỉ,Số điện thoại,Hộ nghèo,Hộ cận nghèo,Hộ chính sách';

describe('a household list', () => {
  it('gives each household with number, head, place, phone, size and needs from the list', () => {
    const list = listOf(`${heading}\n7,Ngọc Sơn,Nông Văn Sơn,4,đầu cầu treo,0912345678,x,,có\n`);
    expect(list.wrong).toEqual([]);
    expect(list.households).toMatchObject([{ line: 2, hamlet: 'Ngọc Sơn' }]);
    expect(list.households[0]?.household).toEqual({
      no: 7,
      headName: 'Nông Văn Sơn',
      houseLabel: 'đầu cầu treo',
      phone: '0912345678',
      members: 4,
      needs: ['poor', 'policy_merit'],
      sourceListId: listId,
      contact: 'not_asked',
    });
  });

  it.each([
    ['title rows above', `UỶ BAN NHÂN DÂN XÃ,,\nDANH SÁCH HỘ,,\n,,\nSTT,Xóm,Chủ hộ\n1,Ngọc Sơn,Nông Văn Sơn`],
    ['another case', `stt,XÓM,HỌ VÀ TÊN CHỦ HỘ\n1,Ngọc Sơn,Nông Văn Sơn`],
    ['no diacritics', `STT,Xom,Ho va ten chu ho\n1,Ngọc Sơn,Nông Văn Sơn`],
    ['another order', `Họ tên chủ hộ,TT,Tổ dân phố\nNông Văn Sơn,1,Ngọc Sơn`],
    ['decomposed letters', `STT,Xóm/Tổ dân phố,Họ và tên chủ hộ\n1,Ngọc Sơn,Nông Văn Sơn`.normalize('NFD')],
    ['a heading over two rows', `STT,Xóm,Họ và tên chủ hộ,Thuộc diện,\n,,,Hộ nghèo,Hộ cận nghèo\n1,Ngọc Sơn,Nông Văn Sơn,,`],
    ['the numbers of its columns under the heading', `STT,Xóm,Chủ hộ\n(1),(2),(3)\n1,Ngọc Sơn,Nông Văn Sơn`],
  ])('is found with %s', (_name, text) => {
    const list = listOf(text);
    expect(list.wrong).toEqual([]);
    expect(list.households.map(({ hamlet, household }) => [household.no, hamlet, household.headName])).toEqual([[1, 'Ngọc Sơn', 'Nông Văn Sơn']]);
  });

  it('reads the lower row of a heading as the needs it names', () => {
    const list = listOf(`STT,Xóm,Họ và tên chủ hộ,Thuộc diện,\n,,,Hộ nghèo,Hộ cận nghèo\n1,Ngọc Sơn,Nông Văn Sơn,,x`);
    expect(list.households[0]?.household.needs).toEqual(['near_poor']);
  });

  it('refuses a row whose place says what no note may say, and names its cell', () => {
    const list = listOf(`${heading}\n1,Ngọc Sơn,Nông Văn Sơn,4,nhà theo đạo cạnh suối,,,,\n2,Ngọc Sơn,Lý Thị Mẩy,4,cạnh suối,,,,\n`);
    expect(list.wrong).toMatchObject([{ line: 2, errors: [{ column: 'Địa chỉ', value: 'nhà theo đạo cạnh suối', code: 'wording' }] }]);
    expect(list.households.map(({ household }) => household.no)).toEqual([2]);
  });

  it('drops the columns that must not be kept and lists them; their cells are nowhere in what was read', () => {
    const list = listOf(
      `STT,Xóm,Chủ hộ,Dân tộc,Tôn giáo,Đảng viên,Số CCCD,Ghi chú,Năm sinh\n1,Ngọc Sơn,Nông Văn Sơn,SECRET1,SECRET2,SECRET3,SECRET4,SECRET5,SECRET6\nx,Ngọc Sơn,B,SECRET7,,,,,`,
    );
    expect(list.dropped).toEqual([
      { heading: 'Dân tộc', isForbidden: true },
      { heading: 'Tôn giáo', isForbidden: true },
      { heading: 'Đảng viên', isForbidden: true },
      { heading: 'Số CCCD', isForbidden: true },
      { heading: 'Ghi chú', isForbidden: true },
      { heading: 'Năm sinh', isForbidden: false },
    ]);
    expect(list.wrong).toHaveLength(1);
    expect(JSON.stringify(list)).toContain('Nông Văn Sơn');
    expect(JSON.stringify(list)).not.toContain('SECRET');
  });

  it('skips and counts empty rows, totals, a heading printed again and what stands under the totals', () => {
    const list = listOf(
      'STT,Xóm,Chủ hộ\n1,Ngọc Sơn,Nông Văn Sơn\n,,\nSTT,Xóm,Chủ hộ\n2,Ngọc Sơn,Tống Văn Cộng\n,Tổng cộng,2 hộ\n,,\n,,Người lập biểu\n',
    );
    expect(list.households.map((listed) => listed.line)).toEqual([2, 5]);
    expect(list.skipped).toEqual({ empty: 2, totals: 1, other: [4, 8] });
    expect(list.wrong).toEqual([]);
  });

  it('passes over no household: one without a number in the hamlet after the totals, one without a name among numbered hamlets', () => {
    const list = listOf('STT,Xóm,Chủ hộ,Số khẩu\n1,5,Nông Văn Sơn,4\n2,5,,4\n,Tổng cộng,1 hộ,\n,Bản Niếng,Hoàng Thị Mẩy,3\n,,Người lập biểu,\n(1),(2),(3),(4)\n');
    expect(list.wrong).toMatchObject([
      { line: 3, errors: [{ column: 'Chủ hộ', code: 'required' }] },
      { line: 5, errors: [{ column: 'STT', code: 'required' }] },
    ]);
    expect(list.skipped?.other).toEqual([6, 7]);
  });

  it('does not take a household for a total because of its name', () => {
    const list = listOf('Chủ hộ,STT,Xóm\nTống Văn Cộng,,Ngọc Sơn\nCông Thị Mẩy,2,Ngọc Sơn');
    expect(list.skipped?.totals).toBe(0);
    expect(list.wrong).toMatchObject([{ line: 2, errors: [{ column: 'STT', code: 'required' }] }]);
  });

  it.each([
    ['912345678', '0912345678'],
    ['912345678.0', '0912345678'],
    ["'0912345678", '0912345678'],
    ['0912 345.678', '0912345678'],
    ['+84 912 345 678', '0912345678'],
    ['', undefined],
  ])('mends a phone written %s', (typed, phone) => {
    const list = listOf(`STT,Xóm,Chủ hộ,Số ĐT\n1,Ngọc Sơn,Nông Văn Sơn,${typed}`);
    expect(list.households[0]?.household.phone).toBe(phone);
  });

  it.each([
    ['0912345678 và 0987654321', '0912345678', '0987654321'],
    ['0912 345 678 / 987654321', '0912345678', '987654321'],
    ['02063 852 123 - 0912.345.678', '0912345678', '02063 852 123'],
    ['0912345678/0912345679/0912345680', '0912345678', '0912345679, 0912345680'],
    ['02063852123', undefined, '02063852123'],
  ])('keeps of the numbers %s the first of ten digits, and says which are not kept; the household comes in', (typed, kept, leftOut) => {
    const list = listOf(`STT,Xóm,Chủ hộ,Số ĐT\n1,Ngọc Sơn,Nông Văn Sơn,${typed}`);
    expect(list.wrong).toEqual([]);
    expect(list.households[0]?.household.phone).toBe(kept);
    expect(list.notes).toEqual([{ sheet: '', line: 2, code: 'phone_left_out', said: leftOut }]);
  });

  it.each(['0912345678/nhà bà Mẩy', '0912345678 và 123', '09123456789', '02063852123x'])('does not guess at %s', (typed) => {
    const list = listOf(`STT,Xóm,Chủ hộ,Số ĐT\n1,Ngọc Sơn,Nông Văn Sơn,${typed}`);
    expect(list.wrong[0]?.errors).toMatchObject([{ field: 'phone', code: 'wrong_format' }]);
    expect(list.notes).toEqual([]);
  });

  it('counts only phones that had lost their zero', () => {
    const list = listOf(`STT,Xóm,Chủ hộ,Số ĐT\n1,Ngọc Sơn,Nông Văn A,912345678\n2,Ngọc Sơn,Nông Văn B,0912345679`);
    expect(list.mendedPhones).toEqual([{ sheet: '', line: 2 }]);
  });

  it.each([['x', true], ['X', true], ['1', true], ['có', true], ['Có', true], ['', false], ['0', false], ['Không', false]])(
    'takes the mark "%s" as %s',
    (mark, isPoor) => {
      const household = listOf(`STT,Xóm,Chủ hộ,Hộ nghèo\n1,Ngọc Sơn,Nông Văn Sơn,${mark}`).households[0]?.household;
      expect(household?.needs).toEqual(isPoor ? ['poor'] : undefined);
      expect(household?.sourceListId).toBe(isPoor ? listId : undefined);
    },
  );

  it('names every wrong cell of a row by line, column and value, and keeps the other rows', () => {
    const list = listOf(`${heading}\n1,Ngọc Sơn,Nông Văn Sơn,4,,,,,\nbảy,,B,mười,,0912,?,,\n3,Ngọc Sơn,Lý Thị Mẩy,25,,,,,\n`);
    expect(list.households.map((listed) => listed.line)).toEqual([2]);
    expect(list.wrong.map((row) => row.line)).toEqual([3, 4]);
    expect(list.wrong[0]?.errors).toEqual([
      { field: 'hamlet', column: 'Xóm/Tổ dân phố', value: '', code: 'required' },
      { field: 'no', column: 'STT', value: 'bảy', code: 'not_a_number' },
      { field: 'members', column: 'Số nhân khẩu', value: 'mười', code: 'not_a_number' },
      { field: 'poor', column: 'Hộ nghèo', value: '?', code: 'not_a_mark' },
      { field: 'headName', column: 'Họ và tên chủ hộ', value: 'B', code: 'too_short' },
      { field: 'phone', column: 'Số điện thoại', value: '0912', code: 'wrong_format' },
    ]);
    expect(list.wrong[1]?.errors).toEqual([{ field: 'members', column: 'Số nhân khẩu', value: '25', code: 'out_of_range' }]);
  });

  it('labels a house by its number where the list gives no place', () => {
    expect(listOf('STT,Xóm,Chủ hộ\n12,Ngọc Sơn,Nông Văn Sơn').households[0]?.household.houseLabel).toBe('số 12');
  });

  it('says why a table is no household list', () => {
    expect(read('a,b\n1,2')).toEqual({ ok: false, error: { code: 'no_heading' } });
    expect(read('STT,Chủ hộ\n1,Nông Văn Sơn')).toEqual({ ok: false, error: { code: 'missing_columns', fields: ['hamlet'] } });
    expect(read('STT,Xóm,Thôn,Chủ hộ\n1,a,b,Nông Văn Sơn')).toEqual({ ok: false, error: { code: 'doubled_columns', headings: ['Thôn'] } });
    expect(read('STT,Xóm,Chủ hộ\n,,')).toEqual({ ok: false, error: { code: 'no_rows' } });
  });
});
