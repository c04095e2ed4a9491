import { describe, expect, it } from 'vitest';
import { mayWrite } from '#domain/permissions.ts';
import { commandContext, idOf } from '#domain/records.test-support.ts';
import type { AnyRecord } from '#domain/record.ts';
import type { Role } from '#domain/role.ts';
import type { ListLayout } from './layout.ts';
import { commune, listOf, ngocSon, recordOf, recordsHeld } from './lists.test-support.ts';
import { planImport } from './plan-import.ts';

const unit = recordOf('unit', idOf(4), '01456', { kind: 'office', name: 'Công an xã' });
const known = recordOf('household', idOf(1), '01456-001', { no: 9, headName: 'Nông Văn Sơn', houseLabel: 'số 9', contact: 'yes' });
const tables: Readonly<Record<ListLayout, string>> = {
  households: 'STT;Xóm;Chủ hộ;Hộ nghèo\n1;Ngọc Sơn;Lý Thị Mẩy;x\n2;Ngọc Sơn;Nông Văn Sơn;x',
  prestigious: 'Họ và tên;Năm sinh;Xóm;Số QĐ;Ngày QĐ\nLý Văn Páo;1960;Ngọc Sơn;12/QĐ;5/3/2023',
  feedback:
    'Ngày tiếp nhận;Địa chỉ;Nội dung;Hình thức;Lĩnh vực;Đơn vị xử lý;Ngày trả lời;Kết quả\n5/3/2026;Ngọc Sơn;Cầu treo đầu xóm hỏng;;;Công an xã;9/3/2026;Đã sửa xong cầu\n6/3/2026;;Thái độ của cán bộ một cửa;;Cán bộ;Công an xã;;\n7/3/2026;;Đơn khiếu nại;;;;;',
  models: 'Tên mô hình;Lĩnh vực;Chủ mô hình;Số QĐ;Ngày công nhận\nThắp sáng đường quê;NTM;Chi bộ xóm Ngọc Sơn;45/QĐ;5/3/2026',
};

/** The changes of a list's plan that this role may not make, in the order in which they are written. */
function refused(layout: ListLayout, role: Role): string[] {
  const held = recordsHeld([commune, ngocSon, unit, known]);
  const decisions = { answers: {}, otherwise: 'merge', allowsNewHamlets: false, allowsAboutStaff: role === 'bloc_lead' } as const;
  const plan = planImport(listOf(layout, tables[layout]), { commune, hamlets: [ngocSon], ...held.byKind() }, decisions, commandContext());
  const member = { memberId: idOf(6), communeCode: '01456', assignments: [{ role, ...(role === 'team_lead' ? { hamletId: '01456-001' } : {}) }] };
  const records = { find: (recordId: string): AnyRecord | undefined => held.records.get(recordId), eventsOf: held.eventsOf };
  return plan.entries.flatMap((entry) => {
    const faults = entry.changes.flatMap((change) => {
      const answer = mayWrite(member, change, records.find(change.recordId), records);
      held.write([{ ...entry, changes: [change] }]);
      return answer.allowed ? [] : [`${change.kind} ${answer.reason}`];
    });
    return faults;
  });
}

describe.each(Object.keys(tables) as ListLayout[])('the list of %s', (layout) => {
  it.each(['bloc_officer', 'bloc_lead'] as const)('may be imported whole by a %s', (role) => {
    expect(refused(layout, role)).toEqual([]);
  });
});

it('of feedback holds for an officer nothing about staff, which only the lead may read', () => {
  const held = recordsHeld([commune, ngocSon, unit]);
  const decisions = { answers: {}, allowsNewHamlets: false, allowsAboutStaff: false };
  const plan = planImport(listOf('feedback', tables.feedback), { commune, hamlets: [ngocSon], ...held.byKind() }, decisions, commandContext());
  expect(plan.wrong).toMatchObject([{ line: 3, errors: [{ field: 'topic', value: 'Cán bộ', code: 'about_staff' }] }]);
  expect(plan.counts).toMatchObject({ created: 2, wrong: 1 });
});

it('is more than a hamlet\'s lead may write: needs, decisions and answers are the commune\'s', () => {
  expect(refused('households', 'team_lead')).toEqual(['household not_your_role', 'household not_your_role']);
  expect(refused('prestigious', 'team_lead')).toEqual(['prestigious_term not_your_role']);
  expect(refused('models', 'team_lead')).toEqual(['mobilization_model not_your_role']);
});
