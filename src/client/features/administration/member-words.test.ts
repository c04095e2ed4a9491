import { describe, expect, it } from 'vitest';
import { vi } from '#client/languages/vi.ts';
import type { DeviceSummary, MemberSummary } from '#client/remote/administration.ts';
import type { AnyRecord } from '#domain/record.ts';
import type { HeldRole } from '#domain/role-days.ts';
import { leftWords, phoneWords, willDoWords } from './member-words.ts';

const now = Date.parse('2026-11-22T09:00:00+07:00');
const today = '2026-11-22';
const communeCode = '01456';
const unitId = '01990000-0000-7000-8000-000000000101';
const area = (code: string, kind: string, name: string, mergedInto?: string) =>
  ({ recordId: code, kind: 'area', fields: { code, level: 'hamlet', kind, name, ...(mergedInto === undefined ? {} : { mergedInto }) } }) as unknown as AnyRecord;
const records = [
  area('01456-001', 'xom', 'Ngọc Sơn'), area('01456-002', 'ban', 'Lũng Rì'), area('01456-003', 'xom', 'Nà Thoong', '01456-002'),
  { recordId: unitId, kind: 'unit', fields: { kind: 'office', name: 'Trạm Y tế xã' } } as unknown as AnyRecord,
];
const store = {
  find: (id: string) => records.find(({ recordId }) => recordId === id),
  account: () => ({ memberId: unitId, communeCode, name: 'Khiêm', assignments: [] }),
};
const device = (change: Partial<DeviceSummary> = {}): DeviceSummary => ({
  deviceId: unitId, state: 'active', enrolledAt: '2026-10-01T08:00:00+07:00', lastContactAt: '2026-11-19T08:00:00+07:00', unsent: 0, sessions: [], ...change,
});
const inTeam = (hamletId: string, fromDay = '2026-01-01'): HeldRole => ({ assignment: { role: 'team_member', hamletId }, fromDay });
const lan = (change: Partial<MemberSummary> = {}): MemberSummary => ({ memberId: unitId, name: 'Lan', roles: [inTeam('01456-001')], devices: [device()], invitations: [], ...change });
const willDo = (member: MemberSummary, after: readonly HeldRole[]) => willDoWords(vi, store, member, after, { today, now });

describe('the phones of a member in words', () => {
  it('tell when they were heard last and what was unsent then', () => {
    expect(phoneWords(vi, lan({ devices: [device({ unsent: 3 })] }), now)).toBe('đang dùng, liên lạc 3 ngày trước, 3 phiếu chưa gửi');
    const two = [device({ unsent: 3 }), device({ unsent: 1, lastContactAt: '2026-11-22T08:00:00+07:00' }), device({ state: 'revoked', unsent: 9 })];
    expect(phoneWords(vi, lan({ devices: two }), now)).toBe('2 máy đang dùng, liên lạc hôm nay, 4 phiếu chưa gửi');
  });

  it('tell that there is none, that somebody is invited and for how long, or that it was revoked', () => {
    const invitations = [{ invitationId: 'i', createdAt: '2026-11-21T22:30:00+07:00', expiresAt: '2026-11-24T22:30:00+07:00' }];
    expect(phoneWords(vi, lan({ devices: [] }), now)).toBe('chưa có máy');
    expect(phoneWords(vi, lan({ devices: [device({ state: 'revoked' })], invitations }), now)).toBe('đã mời, còn 61 giờ');
    expect(phoneWords(vi, lan({ devices: [device({ state: 'revoked' })] }), now)).toBe('máy đã thu hồi');
    expect(leftWords(vi, '2026-11-22T09:59:00+07:00', now)).toBe('còn chưa đầy 1 giờ');
  });
});

describe('what will happen to what is on a phone', () => {
  it('is said for a move: the one book goes, the other comes, and what is unsent is not lost', () => {
    expect(willDo(lan({ devices: [device({ unsent: 3 })] }), [inTeam('01456-002', today)])).toEqual([
      'Ở lần kết nối tới, máy của Lan bỏ sổ xóm Ngọc Sơn và tải sổ bản Lũng Rì.',
      'Phiếu ghi cho xóm Ngọc Sơn mà chưa gửi không mất: tổ trưởng xóm Ngọc Sơn hoặc khối dân vận xã xem.',
      'Liên lạc lần cuối 3 ngày trước, máy còn 3 phiếu chưa gửi.',
    ]);
  });

  it('is said with its day where it is to come', () => {
    expect(willDo(lan(), [{ ...inTeam('01456-001'), toDay: '2026-11-30' }, { assignment: { role: 'responder', unitId }, fromDay: '2026-12-01' }])[0]).toBe(
      'Từ ngày 01/12/2026, ở lần kết nối tới, máy của Lan bỏ sổ xóm Ngọc Sơn và tải ý kiến giao cho Trạm Y tế xã.',
    );
  });

  it('is said truthfully of one who leaves: the phone drops its books, does not wipe itself', () => {
    expect(willDo(lan(), [])).toEqual([
      'Ở lần kết nối tới, máy của Lan bỏ sổ xóm Ngọc Sơn.',
      'Phiếu ghi cho xóm Ngọc Sơn mà chưa gửi không mất: tổ trưởng xóm Ngọc Sơn hoặc khối dân vận xã xem.',
      'Máy không tự xóa: vẫn mở được và gửi nốt phiếu cũ. Muốn xóa cả máy thì thu hồi máy.',
    ]);
    const officer = lan({ roles: [{ assignment: { role: 'bloc_lead' }, fromDay: '2026-01-01' }] });
    expect(willDo(officer, [{ assignment: { role: 'bloc_officer' }, fromDay: today }])).toEqual([
      'Ở lần kết nối tới, máy của Lan bỏ ý kiến về cán bộ.', 'Phiếu đã ghi mà chưa gửi không mất: khối dân vận xã xem.',
    ]);
  });

  it('is nothing where no book changes (also to the hamlet that took the old one in), or no phone is there', () => {
    expect(willDo(lan({ roles: [inTeam('01456-003')] }), [inTeam('01456-002', today)])).toEqual(['Máy của Lan không phải bỏ hay tải sổ nào.']);
    expect(willDo(lan({ devices: [device({ state: 'revoked' })] }), [])).toEqual(['Lan chưa dùng máy nào nên không có gì phải đổi trên máy.']);
  });
});
