import { describe, expect, it } from 'vitest';
import { commandContext } from '#domain/records.test-support.ts';
import type { AnyRecord } from '#domain/record.ts';
import { commune, listOf, ngocSon, recordsHeld } from './lists.test-support.ts';
import type { NearAnswer } from './import-plan.ts';
import { planImport } from './plan-import.ts';
import { undoImport } from './undo-import.ts';

const heading = 'STT;Tên mô hình;Đơn vị/cá nhân đăng ký;Lĩnh vực;Nội dung;Số hộ tham gia;Ngày đăng ký;Ngày công nhận;Số QĐ;Kết quả';
function plannedFrom(rows: string) {
  const held = recordsHeld([commune, ngocSon] as AnyRecord[]);
  const context = commandContext();
  const planned = (text = rows, otherwise?: NearAnswer) =>
    planImport(listOf('models', `DANH SÁCH MÔ HÌNH DÂN VẬN KHÉO NĂM 2026\n${heading}\n${text}`), { commune, hamlets: [ngocSon], ...held.byKind() }, { answers: {}, otherwise, allowsNewHamlets: false, allowsAboutStaff: true }, context);
  return { held, planned };
}
const modelOf = (row: string) => listOf('models', `${heading}\n${row}`).rows[0]?.row.model;

describe('a list of models', () => {
  it('becomes models with field, owner, state and measures', () => {
    const { held, planned } = plannedFrom(
      '1;Thắp sáng đường quê;Chi bộ xóm Ngọc Sơn;Xây dựng nông thôn mới;Lắp đèn đường;86 hộ;15/1/2026;20/11/2026;45/QĐ-UBND;Số đèn đã lắp: 24 cái; đường sạch\n2;Nuôi bò nhốt chuồng;Ông Nông Văn Sơn;Kinh tế;;12;15/1/2026;;;'.replace('24 cái; đường', '24 cái. Đường'),
    );
    const plan = planned();
    expect(plan.wrong).toEqual([]);
    held.write(plan.entries);
    expect(held.ofKind('mobilization_model').map(({ areaId, fields }) => [areaId, fields])).toEqual([
      ['01456-001', {
        title: 'Thắp sáng đường quê', field: 'new_rural', ownerKind: 'collective', owner: 'Chi bộ xóm Ngọc Sơn', year: 2026, registeredOn: '2026-01-15', plan: 'Lắp đèn đường', households: 86,
        results: [{ metric: 'Số đèn đã lắp', value: 24, unit: 'cái' }, { metric: 'Đường sạch' }], state: 'recognized', decisionNo: '45/QĐ-UBND', recognizedOn: '2026-11-20',
      }],
      ['01456', { title: 'Nuôi bò nhốt chuồng', field: 'economy', ownerKind: 'individual', owner: 'Ông Nông Văn Sơn', year: 2026, registeredOn: '2026-01-15', households: 12, state: 'registered' }],
    ]);
    expect(planned()).toMatchObject({ entries: [], counts: { unchanged: 2, created: 0 } });
  });

  it('tells that the list has gone on where a known model was recognized since, and takes another year for another model', () => {
    const { held, planned } = plannedFrom('1;Nuôi bò;Nông Văn Sơn;Kinh tế;;12;15/1/2025;;;');
    held.write(planned().entries);
    expect(planned('1;NUÔI BÒ;nong van son;Kinh tế;;12;15/1/2025;;45/QĐ;').unchanged).toMatchObject([{ differs: expect.arrayContaining([{ field: 'state', from: 'registered', to: 'recognized' }]) }]);
    expect(planned('1;Nuôi bò;Nông Văn Sơn;Kinh tế;;12;15/1/2026;;;').counts).toMatchObject({ created: 1 });
    expect(planned('1;Nuôi bò;Nông Văn Sơn;Kinh tế;;12;;;;').counts).toMatchObject({ created: 0, unchanged: 1 });
    const withoutYear = plannedFrom('1;Nuôi bò;Nông Văn Sơn;Kinh tế;;12;;;;');
    withoutYear.held.write(withoutYear.planned().entries);
    expect(withoutYear.planned('1;Nuôi bò;Nông Văn Sơn;Kinh tế;;12;15/1/2026;;;').counts).toMatchObject({ created: 0, unchanged: 1 });
  });

  describe('of a model that may be there already, in the same place under the same title', () => {
    const near = '1;Mô hình “Nuôi bò”;Chi hội Nông dân xóm Ngọc Sơn;Kinh tế;;20;15/1/2026;;45/QĐ;';
    function asked(rows: string, answer?: NearAnswer) {
      const { held, planned } = plannedFrom('1;Nuôi bò;Chi bộ xóm Ngọc Sơn;Kinh tế;;12;15/1/2026;;;');
      held.write(planned().entries);
      const plan = planned(rows, answer);
      held.write(plan.entries);
      return { plan, fields: held.ofKind('mobilization_model').map(({ fields }) => fields) };
    }
    it('asks, and writes nothing of it before it is answered', () => {
      const { plan, fields } = asked(near);
      expect(plan).toMatchObject({ entries: [], counts: { open: 1, created: 0 }, questions: [{ reason: 'same_title', said: 'Mô hình “Nuôi bò”, Chi hội Nông dân xóm Ngọc Sơn, 2026', like: { said: 'Nuôi bò, Chi bộ xóm Ngọc Sơn, 2026' }, mayMerge: true }] });
      expect(fields).toHaveLength(1);
    });
    it('merges by what the list says, keeps both, or leaves it out', () => {
      expect(asked(near, 'merge').fields).toMatchObject([{ title: 'Mô hình “Nuôi bò”', owner: 'Chi hội Nông dân xóm Ngọc Sơn', households: 20, state: 'recognized' }]);
      expect(asked(near, 'keep_both').fields).toHaveLength(2);
      expect(asked(near, 'skip')).toMatchObject({ plan: { entries: [], counts: { skipped: 1 } }, fields: [{ households: 12 }] });
    });
    it('merges no two rows into one model, and joins rows of one list that are one', () => {
      const both = asked(`1;Nuôi bò;Chi bộ xóm Ngọc Sơn;Kinh tế;;12;15/1/2026;;;\n${near.replace('1;', '2;')}`, 'merge');
      expect(both.plan).toMatchObject({ entries: [], questions: [{ mayMerge: false, answer: undefined }] });
      expect(asked('1;Trồng lê;Chi đoàn xóm Ngọc Sơn;Kinh tế;;1;15/1/2026;;;\n2;TRỒNG LÊ;Chi hội xóm Ngọc Sơn;Kinh tế;;1;15/1/2026;;;', 'merge').plan.counts).toMatchObject({ created: 1, merged: 1 });
    });
    it('asks of no other year and no other place', () => {
      expect(asked(near.replace('2026', '2025')).plan.counts).toMatchObject({ open: 0, created: 1 });
      expect(asked(near.replace('Chi hội Nông dân xóm Ngọc Sơn', 'Hội Nông dân xã')).plan.counts).toMatchObject({ open: 0, created: 1 });
    });
    it('takes back what merging changed', () => {
      const { held, planned } = plannedFrom('1;Nuôi bò;Chi bộ xóm Ngọc Sơn;Kinh tế;;12;15/1/2026;;;');
      held.write(planned().entries);
      const before = held.ofKind('mobilization_model').map(({ fields }) => fields);
      const plan = planned(near, 'merge');
      held.write(plan.entries);
      const undone = undoImport(plan.trace, [...held.records.values()], () => false, commandContext());
      held.write(undone.entries);
      expect(undone).toMatchObject({ setBack: 1, left: [] });
      expect(held.ofKind('mobilization_model').map(({ fields }) => fields)).toEqual(before);
    });
  });

  it('calls a model that is kept up after its recognition no other than the list does', () => {
    const { held, planned } = plannedFrom('1;Nuôi bò;Nông Văn Sơn;Kinh tế;;12;15/1/2026;;45/QĐ;');
    held.write(planned().entries);
    const [model] = held.ofKind('mobilization_model');
    if (model !== undefined) held.records.set(model.recordId, { ...model, fields: { ...model.fields, state: 'maintained' } });
    expect(planned().unchanged).toMatchObject([{ differs: [] }]);
  });

  it.each([
    ['Chi hội Phụ nữ', 'collective'], ['Trường Tiểu học Quang Hán', 'collective'], ['Đoàn Thanh Niên', 'collective'], ['bà Lý Thị Mẩy', 'individual'], ['Hoàng Văn Bản', 'individual'],
    ['Gia đình Nông Văn Sơn', 'individual'], ['', 'collective'],
  ])('takes the owner "%s" for %s', (owner, kind) => {
    expect(modelOf(`1;Nuôi bò;${owner};Kinh tế;;;;;;`)?.ownerKind).toBe(kind);
  });

  it.each([
    ['Phát triển kinh tế - xã hội', 'economy'], ['VH-XH', 'culture_society'], ['Quốc phòng - An ninh', 'defense_security'], ['QPAN', 'defense_security'], ['An sinh xã hội', 'culture_society'],
    ['Xây dựng hệ thống chính trị', 'political_system'], ['NTM', 'new_rural'],
  ])('takes the field "%s" for %s', (field, expected) => {
    expect(modelOf(`1;Nuôi bò;;${field};;;;;;`)?.field).toBe(expected);
  });

  it('refuses what says of people what may not be written', () => {
    const list = listOf('models', `${heading}\n1;Vận động hộ theo đạo;Nhóm theo đạo;Kinh tế;Gặp hộ theo đạo;;;;;Hộ theo đạo: 3 hộ\n2;Xóm không ma túy;Chi bộ;Kinh tế;;;;;;`);
    expect(list.wrong.map(({ line, errors }) => [line, errors.map(({ field, code }) => [field, code])])).toEqual([
      [2, [['title', 'wording'], ['owner', 'wording'], ['plan', 'wording'], ['results', 'wording']]],
    ]);
  });

  it('names an unknown field, a day without a year, one that has not come, a result that is too long', () => {
    const list = listOf('models', `${heading}\n1;Nuôi bò;;Khác;;mười;15/1;20/11/2030;;${'dài '.repeat(30)}`);
    expect(list.wrong[0]?.errors.map(({ field, code }) => [field, code])).toEqual([
      ['registeredOn', 'no_year'], ['recognizedOn', 'in_future'], ['households', 'not_a_number'], ['field', 'unknown_field_of_work'], ['results', 'too_long'],
    ]);
  });
});
