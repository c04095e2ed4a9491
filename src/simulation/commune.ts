/** The small commune of every run: its places, its people and what is known of them when the run begins. */
import type { Change } from '#domain/change.ts';
import type { FeedbackEvent } from '#domain/feedback.ts';
import { provinceAreaId } from '#domain/identifiers.ts';
import type { Assignment } from '#domain/role.ts';

export const commune = '01789';
export const hamlets = ['01789-003', '01789-004', '01789-005'] as const;
const [ngocSon, pacNgan, lungPhai] = hamlets;
export const office = '018f0000-0000-7000-8000-000000000001';

export interface CrewMember {
  readonly name: string;
  /** Whose phone it is, where one person has two. */
  readonly sameAs?: number;
  readonly assignments: readonly Assignment[];
}

/** A run has the first three to eight of them. */
export const crew: readonly CrewMember[] = [
  { name: 'Lan', assignments: [{ role: 'team_member', hamletId: ngocSon }] },
  { name: 'Mai', assignments: [{ role: 'team_lead', hamletId: ngocSon }] },
  { name: 'Hoa', assignments: [{ role: 'bloc_officer' }] },
  { name: 'Sử', assignments: [{ role: 'team_member', hamletId: pacNgan }, { role: 'team_member', hamletId: lungPhai }] },
  { name: 'Pá', assignments: [{ role: 'bloc_lead' }] },
  { name: 'Thu', assignments: [{ role: 'responder', unitId: office }] },
  { name: 'Lan 2', sameAs: 0, assignments: [{ role: 'team_member', hamletId: ngocSon }] },
  { name: 'Dín', assignments: [{ role: 'team_lead', hamletId: pacNgan }] },
];
/** Whose list shows every entry that was set aside. */
export const supervisor = 4;

export function firstRecords(newId: () => string): Change[][] {
  const change = (kind: Change['kind'], areaId: string, recordId: string, set: Record<string, unknown>): Change => ({
    recordId, kind, areaId, base: 0, set,
  });
  const area = (code: string, set: Record<string, unknown>) => change('area', code, code, { code, ...set });
  const names = ['Ngọc Sơn', 'Pác Ngàn', 'Lũng Phải'];
  const places = [
    area(commune, { level: 'commune', kind: 'xa', name: 'Quang Hán', parent: provinceAreaId('04') }),
    ...hamlets.map((code, index) => area(code, { level: 'hamlet', kind: 'xom', name: names[index], parent: commune })),
    change('unit', commune, office, { kind: 'office', name: 'UBND xã Quang Hán' }),
  ];
  const households = [ngocSon, ngocSon, ngocSon, pacNgan, pacNgan, lungPhai].map((hamletId, index) =>
    change('household', hamletId, newId(), { no: index + 1, headName: `Nông Văn ${index + 1} (mẫu)`, houseLabel: `nhà ${index + 1}`, contact: 'yes' }),
  );
  return [places, households, ...[ngocSon, ngocSon, pacNgan, ngocSon].map((hamletId, index) => feedbackOnItsWay(hamletId, index, newId, change))];
}

type MakeChange = (kind: Change['kind'], areaId: string, recordId: string, set: Record<string, unknown>) => Change;

/** One just received, one assigned, one answered, one about staff. */
function feedbackOnItsWay(hamletId: string, index: number, newId: () => string, change: MakeChange): Change[] {
  const feedbackId = newId();
  const said = {
    kind: 'phan_anh', channel: 'visit', topic: index === 3 ? 'staff_attitude' : 'road', text: `Đường vào xóm hỏng, chỗ thứ ${index}.`,
    anonymity: 'named', citizenName: 'Lý Thị Mẩy (mẫu)', citizenPhone: '0912345678', receivedOn: '2026-11-20', receiptCode: '7K3F-2M9Q-H',
  };
  const on = '2026-11-21';
  const steps: Partial<FeedbackEvent>[] = [
    { type: 'triage' },
    { type: 'assign', unitId: office, dueOn: '2026-12-07' },
    { type: 'start' },
    { type: 'answer', answer: 'Xã đã sửa xong đoạn đường này.' },
  ];
  const happened = steps.slice(0, [0, 2, 4, 1][index]);
  return [
    change('feedback', hamletId, feedbackId, said),
    ...happened.map((step, at) => change('feedback_event', hamletId, newId(), { ...step, feedbackId, step: at, on })),
  ];
}
