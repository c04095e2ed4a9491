import { describe, expect, it } from 'vitest';
import { commandContext, idOf } from '#domain/records.test-support.ts';
import type { PrestigiousTerm } from '#domain/prestigious-term.ts';
import type { AnyRecord } from '#domain/record.ts';
import { commune, hamletOf, listOf, naThoong, ngocSon, recordOf, recordsHeld } from './lists.test-support.ts';
import type { NearAnswer } from './import-plan.ts';
import { planImport } from './plan-import.ts';

/** As the annex of Decision 12/2018 is laid out. */
const official = `UBND XÃ QUANG HÁN;;;;;;;;;;
DANH SÁCH NGƯỜI CÓ UY TÍN;;;;;;;;;;
STT;Họ và tên;Năm sinh;;Dân tộc;Nơi cư trú (xóm, xã);Trình độ văn hóa;Thành phần;Đảng viên;Số QĐ công nhận;Ngày công nhận
;;Nam;Nữ;;;;;;;
(1);(2);(3);(4);(5);(6);(7);(8);(9);(10);(11)
1;Lý Văn Páo;1960;;SECRET1;Xóm Ngọc Sơn, xã Quang Hán;SECRET2;SECRET3;SECRET4;12/QĐ-UBND;5/3/2023
2;Nông Thị Lan;;12/4/1955;SECRET5;Số 5, xóm Nà Thoong;SECRET6;SECRET7;SECRET8;12/QĐ-UBND ngày 5/3/2023;
;Cộng: 2 người;;;;;;;;;
;;;;;;;;TM. UỶ BAN NHÂN DÂN;;
`;

function plannedFrom(text: string, before: readonly AnyRecord[] = [], otherwise?: NearAnswer) {
  const held = recordsHeld([commune, ngocSon, naThoong, ...before] as AnyRecord[]);
  const list = listOf('prestigious', text, {}, [ngocSon, naThoong]);
  const planned = () => planImport(list, { commune, hamlets: [ngocSon, naThoong], ...held.byKind() }, { answers: {}, otherwise, allowsNewHamlets: false, allowsAboutStaff: true }, commandContext());
  return { list, held, planned };
}
const person = recordOf('prestigious_person', idOf(1), '01456-001', { fullName: 'Lý Văn Páo', birthYear: 1960 }) as AnyRecord;
const one = (row: string, heading = 'STT;Họ và tên;Năm sinh;Giới tính;Xóm;Số QĐ;Ngày QĐ') => listOf('prestigious', `${heading}\n${row}`);
const errorsOf = (row: string, heading?: string) => one(row, heading).wrong.flatMap(({ errors }) => errors.map(({ field, code }) => [field, code]));

describe('the official list of prestigious persons', () => {
  it('becomes persons with year and sex, and the terms that they were recognized for', () => {
    const { held, list, planned } = plannedFrom(official);
    const plan = planned();
    expect([plan.wrong, plan.questions, plan.counts]).toMatchObject([[], [], { created: 2 }]);
    held.write(plan.entries);
    expect(held.ofKind('prestigious_person').map(({ areaId, fields }) => [areaId, fields])).toEqual([
      ['01456-001', { fullName: 'Lý Văn Páo', birthYear: 1960, sex: 'm' }],
      ['01456-002', { fullName: 'Nông Thị Lan', birthYear: 1955, sex: 'f' }],
    ]);
    const [first] = held.ofKind('prestigious_person');
    expect(held.ofKind('prestigious_term').map(({ fields }) => fields)).toMatchObject([
      { personId: first?.recordId, state: 'recognized', termFrom: 2023, termTo: 2027, decisionNo: '12/QĐ-UBND', decidedOn: '2023-03-05' },
      { state: 'recognized', termFrom: 2023, termTo: 2027, decisionNo: '12/QĐ-UBND', decidedOn: '2023-03-05' },
    ]);
    expect(JSON.stringify([list, plan])).not.toContain('SECRET');
    expect(list.sheets[0]?.dropped.map(({ isForbidden }) => isForbidden)).toEqual([true, true, true, true]);
  });

  it('changes nothing the second time', () => {
    const { held, planned } = plannedFrom(official);
    held.write(planned().entries);
    expect(planned()).toMatchObject({ entries: [], counts: { created: 0, unchanged: 2, open: 0 } });
  });

  it('gives a person who is there the term that they have not yet, once', () => {
    const { held, planned } = plannedFrom(official, [person]);
    held.write(planned().entries);
    expect(held.ofKind('prestigious_person')).toHaveLength(2);
    expect(held.ofKind('prestigious_term').filter(({ fields }) => fields.personId === idOf(1))).toHaveLength(1);
    expect(planned().entries).toEqual([]);
  });

  it('gives no second term for the same years, or for the same decision written otherwise', () => {
    const term = recordOf('prestigious_term', idOf(2), '01456-001', { personId: idOf(1), termFrom: 2023, termTo: 2027, state: 'active', decisionNo: '12/QĐ-UBND', decidedOn: '2023-03-05' }) as AnyRecord;
    const plan = (cells: string) => plannedFrom(`Họ và tên;Năm sinh;Giới tính;Xóm;Nhiệm kỳ;Số QĐ;Ngày QĐ\nLý Văn Páo;1960;Nam;Ngọc Sơn;${cells}`, [person, term]).planned();
    for (const cells of ['2023-2027;;', ';12 / qd–ubnd;5/3/2023', '2024-2027;;', ';;5/3/2023']) {
      expect(plan(cells)).toMatchObject({ entries: [], counts: { created: 0, merged: 0, unchanged: 1 } });
    }
    expect(plan('2023-2027;;').unchanged).toMatchObject([{ differs: [{ field: 'sex' }] }]);
    expect(plan('2023-2027;99/QĐ-UBND;5/3/2024').unchanged[0]?.differs.map(({ field }) => field)).toEqual(['sex', 'decidedOn', 'decisionNo']);
    expect(plan('2018-2022;7/QĐ-UBND;5/3/2018')).toMatchObject({ counts: { created: 0, merged: 1, unchanged: 0 }, create: [{ kind: 'prestigious_term', fields: { termFrom: 2018, personId: idOf(1) } }] });
  });

  it('names a term that the register has on its way and the list as decided; of one that ended it makes a new one', () => {
    const withTerm = (fields: Pick<PrestigiousTerm, 'state'> & Partial<PrestigiousTerm>) => {
      const term = recordOf('prestigious_term', idOf(2), '01456-001', { personId: idOf(1), termFrom: 2023, termTo: 2027, ...fields }) as AnyRecord;
      return plannedFrom('Họ và tên;Năm sinh;Xóm;Số QĐ;Ngày QĐ\nLý Văn Páo;1960;Ngọc Sơn;31/QĐ-UBND;5/3/2025', [person, term]).planned();
    };
    expect(withTerm({ state: 'submitted' }).unchanged[0]?.differs).toContainEqual({ field: 'state', from: 'submitted', to: 'recognized' });
    expect(withTerm({ state: 'ended', endReason: 'moved', endedOn: '2024-02-01' })).toMatchObject({ counts: { created: 0, merged: 1 }, create: [{ fields: { termFrom: 2025, decisionNo: '31/QĐ-UBND' } }] });
  });

  it('asks about one of the same name and another year, and mends by answer', () => {
    const text = 'STT;Họ và tên;Năm sinh;Giới tính;Xóm\n1;Lý Văn Páo;1961;Nam;Ngọc Sơn';
    expect(plannedFrom(text, [person]).planned()).toMatchObject({ entries: [], questions: [{ reason: 'same_name', like: { said: 'Lý Văn Páo, 1960' } }] });
    const { held, planned } = plannedFrom(text, [person], 'merge');
    held.write(planned().entries);
    expect(held.ofKind('prestigious_person').map(({ fields }) => fields)).toEqual([{ fullName: 'Lý Văn Páo', birthYear: 1961, sex: 'm' }]);
  });

  it('finds the hamlet in an address, whose house number is no hamlet', () => {
    const hamlets = [ngocSon, hamletOf('01456-005', '5', { kind: 'to_dan_pho' })];
    const text = 'Họ và tên;Năm sinh;Nơi cư trú\nLý Văn Páo;1960;5, xóm Ngọc Sơn, xã Quang Hán\nNông Thị Lan;1955;TDP 5 - xã Quang Hán\nBế Thị Hà;1950;Lũng Rì, Quang Hán\nHoàng Văn Lâm;1951;5, Ngọc Sơn';
    const plan = planImport(listOf('prestigious', text, {}, hamlets), { commune, hamlets }, { answers: {}, allowsNewHamlets: true, allowsAboutStaff: true }, commandContext());
    expect(plan.create.map(({ areaId }) => areaId)).toEqual(['01456-001', '01456-005', '01456-006', '01456-001']);
    expect(plan.createHamlets.map(({ name }) => name)).toEqual(['Lũng Rì']);
  });

  it('mends no person by two rows', () => {
    const text = 'STT;Họ và tên;Năm sinh;Giới tính;Xóm\n1;Lý Văn Páo;1961;Nam;Ngọc Sơn\n2;Lý Văn Páo;1962;Nam;Ngọc Sơn';
    expect(plannedFrom(text, [person], 'merge').planned().counts).toMatchObject({ merged: 1, open: 1 });
  });

  it.each([
    ['1;Lý Văn Páo;năm mươi;Nam;Ngọc Sơn;;', ['birthYear', 'not_a_year']],
    ['1;Lý Văn Páo;;Nam;Ngọc Sơn;;', ['birthYear', 'required']],
    ['1;Lý Văn Páo;2015;Nam;Ngọc Sơn;;', ['birthYear', 'out_of_range']],
    ['1;Lý Văn Páo;1960;?;Ngọc Sơn;;', ['sex', 'unclear_sex']],
    ['1;;1960;Nam;Ngọc Sơn;;', ['fullName', 'required']],
    ['1;Lý Văn Páo;1960;Nam;;;', ['hamlet', 'required']],
    ['1;Lý Văn Páo;1960;Nam;Ngọc Sơn;12/QĐ;', ['decidedOn', 'required']],
    ['1;Lý Văn Páo;1960;Nam;Ngọc Sơn;12/QĐ;5/3', ['decidedOn', 'no_year']],
    ['1;Lý Văn Páo;1960;Nam;Ngọc Sơn;12/QĐ;5/3/2030', ['decidedOn', 'in_future']],
  ])('names what is wrong with %s', (row, error) => {
    expect(errorsOf(row)).toEqual([error]);
  });

  it('does not guess the sex where both years are filled', () => {
    expect(errorsOf('1;Lý Văn Páo;1960;1961;Ngọc Sơn', 'STT;Họ và tên;Nam;Nữ;Xóm')).toEqual([['birthYearFemale', 'unclear_sex']]);
    expect(errorsOf('1;Lý Văn Páo;;;Ngọc Sơn', 'STT;Họ và tên;Nam;Nữ;Xóm')).toEqual([['birthYearMale', 'required']]);
  });

  it.each([['5/3/2023', 2023, 2027], ['5/3/2025', 2025, 2027], ['20/11/2022', 2023, 2027], ['5/3/2019', 2019, 2022]])('decided on %s is for %s to %s', (day, termFrom, termTo) => {
    expect(one(`1;Lý Văn Páo;1960;Nam;Ngọc Sơn;12/QĐ;${day}`).rows[0]?.row.term).toMatchObject({ termFrom, termTo });
  });
});
