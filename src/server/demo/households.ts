/** The demo's households and prestigious persons: invented, each name marked "(mẫu)", the same at every start. */
import type { Household, HouseholdNeed, SpokenLanguage } from '#domain/household.ts';
import type { PrestigiousPerson } from '#domain/prestigious-person.ts';
import { ngocSon } from './places.ts';

const families = ['Nông', 'Hoàng', 'Lý', 'Bế', 'Đàm', 'Triệu', 'Lục', 'Sầm', 'Vương', 'Mã', 'Hà', 'Dương', 'Lương', 'Phùng', 'Chu'];
const given = ['Văn Dũng', 'Thị Hạnh', 'Văn Khôi', 'Thị Tuyết', 'Minh Đức', 'Thị Đào', 'Văn Quỳnh', 'Thị Sen', 'Hữu Ưng', 'Thị Nhung', 'Văn Tài'];
const labels = [
  'đầu cầu treo', 'cạnh nhà văn hóa', 'cuối xóm', 'gần trường', 'trên dốc', 'cạnh bể nước', 'dưới gốc trám', 'ven suối', 'đầu xóm',
  'sau sân bóng', 'ngã ba lên nương', 'gần mó nước', 'cạnh sân phơi',
];
const languages: readonly SpokenLanguage[] = ['tay', 'nung', 'vi', 'tay', 'nung', 'mong', 'dao'];

/** Two that stories name; the rest are put together from the lists above. */
const named: Readonly<Record<string, readonly Household[]>> = {
  [ngocSon]: [
    { no: 1, headName: 'Nông Văn Sơn (mẫu)', houseLabel: 'đầu cầu treo', phone: '0900000001', members: 5, contact: 'yes', lang: 'tay' },
    { no: 2, headName: 'Lý Thị Mẩy (mẫu)', houseLabel: 'cạnh nhà văn hóa', phone: '0900000002', members: 4, contact: 'yes', lang: 'dao' },
  ],
};

const householdCounts: Readonly<Record<string, number>> = {
  [ngocSon]: 24,
  '01456-002': 16,
  '01456-003': 14,
  '01456-004': 12,
  '01537-001': 14,
  '01537-002': 12,
};

export const demoHamlets: readonly string[] = Object.keys(householdCounts);

/** `sourceListId` stands for the official list that the needs would come from. */
export function demoHouseholds(hamletId: string, sourceListId: string): Household[] {
  const households = [...(named[hamletId] ?? [])];
  const start = demoHamlets.indexOf(hamletId) * 7;
  for (let no = households.length + 1; no <= (householdCounts[hamletId] ?? 0); no += 1) {
    const turn = start + no;
    const needs = needsOf(turn);
    const houseLabel = pick(labels, turn);
    // One household in each hamlet did not agree: it is counted, not detailed.
    if (no === 9) households.push({ no, houseLabel, contact: 'no' });
    else {
      households.push({
        no,
        headName: `${pick(families, turn)} ${pick(given, turn)} (mẫu)`,
        houseLabel,
        ...(turn % 3 === 0 ? {} : { phone: `09000${String(start * 100 + no).padStart(5, '0')}` }),
        members: 2 + (turn % 5),
        ...(needs.length === 0 ? {} : { needs, sourceListId }),
        contact: turn % 2 === 0 ? 'yes' : 'not_asked',
        lang: pick(languages, turn),
      });
    }
  }
  return households;
}

function needsOf(turn: number): HouseholdNeed[] {
  if (turn % 8 === 3) return ['poor'];
  if (turn % 9 === 4) return ['near_poor'];
  if (turn % 11 === 5) return ['policy_merit'];
  return turn % 13 === 6 ? ['elderly_alone'] : [];
}

export function demoPerson(hamletId: string): PrestigiousPerson {
  const turn = demoHamlets.indexOf(hamletId);
  // Every second given name of the list is a man's.
  const fullName = hamletId === ngocSon ? 'Bế Văn Lâm (mẫu)' : `${pick(families, turn + 6)} ${pick(given, turn * 2)} (mẫu)`;
  return {
    fullName,
    birthYear: 1950 + turn * 3,
    sex: 'm',
    phone: `09000${String(90_000 + turn)}`,
    occupationOrRole: pick(['Trưởng xóm', 'Giáo viên nghỉ hưu', 'Cán bộ xã nghỉ hưu'], turn),
    languages: [...new Set<SpokenLanguage>([pick(languages, turn), 'vi'])],
  };
}

function pick<T>(list: readonly T[], turn: number): T {
  return list[turn % list.length] as T;
}
