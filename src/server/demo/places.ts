/**
 * Where the demo plays: two communes of Cao Bằng by their official codes and names, and what stands in them. Hamlets but Ngọc Sơn,
 * units and people are made up. Ids are fixed, so that a start that was interrupted goes on where it stopped.
 */
import type { Area } from '#domain/area.ts';
import { provinceAreaId } from '#domain/identifiers.ts';
import type { Assignment } from '#domain/role.ts';
import type { Unit } from '#domain/unit.ts';

const province: Area = { code: provinceAreaId('04'), level: 'province', kind: 'tinh', name: 'Cao Bằng' };

export const quangHan = '01456';
const lyQuoc = '01537';
export const ngocSon = '01456-001';

/** Made up. */
const reception = { receptionPlace: 'Phòng tiếp công dân, trụ sở UBND xã Quang Hán (mẫu)', receptionHours: 'Thứ Ba và thứ Năm, sáng 7 giờ 30 đến 11 giờ 30 (mẫu)' };

/** By commune; an area's record is named by its code. */
export const demoAreas: Readonly<Record<string, readonly Area[]>> = {
  [province.code]: [province],
  [quangHan]: [
    { code: quangHan, level: 'commune', kind: 'xa', name: 'Quang Hán', parent: province.code, formerNames: ['Quang Vinh'], ...reception },
    { ...hamlet(ngocSon, 'Ngọc Sơn'), signal: 'weak' },
    hamlet('01456-002', 'Lũng Rì'),
    hamlet('01456-003', 'Nà Thoong'),
    { ...hamlet('01456-004', 'Pác Khuổi'), remote: true, signal: 'none' },
  ],
  [lyQuoc]: [
    { code: lyQuoc, level: 'commune', kind: 'xa', name: 'Lý Quốc', parent: province.code, border: true, formerNames: ['Minh Long'] },
    { ...hamlet('01537-001', 'Bản Sáng'), border: true, signal: 'weak' },
    { ...hamlet('01537-002', 'Lũng Phầy'), border: true, remote: true, signal: 'none' },
  ],
};

function hamlet(code: string, name: string): Area {
  return { code, level: 'hamlet', kind: 'xom', name, parent: code.slice(0, 5), demo: true };
}

const fixedId = (serial: number) => `01990000-0000-7000-8000-${String(serial).padStart(12, '0')}`;

export const unitIds = { peoplesCommittee: fixedId(101), front: fixedId(102), borderPost: fixedId(103), bloc: fixedId(105) } as const;

export interface DemoUnit {
  readonly unitId: string;
  readonly communeCode: string;
  readonly unit: Unit;
}

export const demoUnits: readonly DemoUnit[] = [
  inQuangHan(unitIds.peoplesCommittee, { kind: 'office', name: 'UBND xã Quang Hán' }),
  inQuangHan(unitIds.front, { kind: 'front_board', name: 'Mặt trận Tổ quốc xã Quang Hán' }),
  inQuangHan(unitIds.borderPost, { kind: 'office', name: 'Đồn Biên phòng (mẫu)' }),
  inQuangHan(fixedId(104), { kind: 'office', name: 'Trạm Y tế xã Quang Hán' }),
  inQuangHan(unitIds.bloc, { kind: 'bloc', name: 'Khối dân vận xã Quang Hán' }),
  inQuangHan(fixedId(106), { kind: 'team', name: 'Tổ dân vận xóm Ngọc Sơn', hamletId: ngocSon }),
  { unitId: fixedId(121), communeCode: lyQuoc, unit: { kind: 'office', name: 'UBND xã Lý Quốc', demo: true } },
  { unitId: fixedId(122), communeCode: lyQuoc, unit: { kind: 'bloc', name: 'Khối dân vận xã Lý Quốc', demo: true } },
];

function inQuangHan(unitId: string, unit: Unit): DemoUnit {
  return { unitId, communeCode: quangHan, unit: { ...unit, demo: true } };
}

export interface DemoMember {
  readonly memberId: string;
  /** What the printed link is for, in Vietnamese. */
  readonly label: string;
  readonly name: string;
  readonly assignment: Assignment;
}

export const demoMembers = {
  member: {
    memberId: fixedId(201),
    label: 'Tổ viên, xóm Ngọc Sơn',
    name: 'Hoàng Thị Én (mẫu)',
    assignment: { role: 'team_member', hamletId: ngocSon },
  },
  lead: {
    memberId: fixedId(202),
    label: 'Tổ trưởng, xóm Ngọc Sơn',
    name: 'Lục Văn Thắng (mẫu)',
    assignment: { role: 'team_lead', hamletId: ngocSon },
  },
  bloc: {
    memberId: fixedId(203),
    label: 'Khối dân vận xã Quang Hán',
    name: 'Đàm Thị Hoa (mẫu)',
    assignment: { role: 'bloc_officer' },
  },
  responder: {
    memberId: fixedId(204),
    label: 'Người trả lời, UBND xã Quang Hán',
    name: 'Triệu Văn Phúc (mẫu)',
    assignment: { role: 'responder', unitId: unitIds.peoplesCommittee },
  },
  admin: {
    memberId: fixedId(205),
    label: 'Quản trị của xã Quang Hán',
    name: 'Nông Văn Khiêm (mẫu)',
    assignment: { role: 'commune_admin' },
  },
  dpo: {
    memberId: fixedId(206),
    label: 'Phụ trách bảo vệ dữ liệu cá nhân',
    name: 'Mạc Thị Liên (mẫu)',
    assignment: { role: 'dpo' },
  },
} as const satisfies Record<string, DemoMember>;
