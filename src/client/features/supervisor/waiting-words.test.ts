import { describe, expect, it } from 'vitest';
import { entryTitle } from '#client/languages/entry-title.ts';
import { vi } from '#client/languages/vi.ts';
import type { Change } from '#domain/change.ts';
import type { AnyRecord } from '#domain/record.ts';
import type { Role } from '#domain/role.ts';
import { changeLines, isSupervisor, otherHamlets, problemWords, rolesWords, titleContext, whyWords } from './waiting-words.ts';

const id = (n: number) => `01900000-0000-7000-8000-00000000000${n}`;
const commune = '01789';
const here = '01789-003';
const there = '01789-004';
const rest = { version: 2, deleted: false, conflicts: [], memberId: id(9), occurredAt: '2026-11-21T14:10:00+07:00' };
const area = (code: string, name: string, fields: object = {}): AnyRecord => ({
  ...rest, recordId: code, kind: 'area', areaId: code, fields: { code, level: 'hamlet', kind: 'xom', name, parent: commune, ...fields },
});
const household: AnyRecord = {
  ...rest, recordId: id(1), kind: 'household', areaId: here,
  fields: { no: 12, headName: 'Nông Văn Sơn', houseLabel: 'trên dốc', contact: 'yes', phone: '0922222222' },
};
const areas = [area(here, 'Ngọc Sơn'), area(there, 'Lũng Rì'), area('01789-005', 'Nà Thoong', { mergedInto: there })];

function store(role: Role, hamletId?: string, known: readonly AnyRecord[] = [household]) {
  const records = [...areas, ...known];
  return {
    find: (recordId: string) => records.find((record) => record.recordId === recordId),
    eventsOf: () => [],
    all: (kind: string) => records.filter((record) => record.kind === kind),
    account: () => ({ memberId: id(8), communeCode: commune, name: 'x', assignments: [{ role, ...(hamletId === undefined ? {} : { hamletId }) }] }),
  } as unknown as Parameters<typeof otherHamlets>[0];
}

const visit: Change = { recordId: id(2), kind: 'visit', areaId: here, base: 0, set: { householdId: id(1), date: '2026-11-21', purpose: 'tet', met: 'yes', feedbackIds: [id(3)] } };
const corrected: Change = { recordId: id(1), kind: 'household', areaId: here, base: 2, set: { phone: '0911111111', lang: 'tay', headName: null } };
const said: Change = { recordId: id(3), kind: 'feedback', areaId: here, base: 0, set: { kind: 'phan_anh', topic: 'road', text: 'Cầu treo hỏng ván' } };
const title = (known: Parameters<typeof titleContext>[0], ...changes: readonly Change[]) => entryTitle(vi, changes, titleContext(known));

describe('an entry that waits, in words', () => {
  const desk = store('bloc_officer');

  it('is told by its visit, though the corrected household stands first', () => {
    expect(title(desk, { ...corrected, set: { phone: null } }, visit)).toBe('Lượt thăm · Nông Văn Sơn · số 12 · 21/11/2026');
    expect(title(desk, corrected, visit)).toBe('Lượt thăm · Hộ số 12 · 21/11/2026');
    expect(title(desk, said)).toBe('Ý kiến · Đường, cầu');
  });

  it('names a household that it makes itself, and none that is not known here', () => {
    const made: Change = { recordId: id(1), kind: 'household', areaId: here, base: 0, set: { no: 20, headName: 'Lý Thị Mẩy', houseLabel: 'x', contact: 'yes' } };
    const empty = store('bloc_officer', undefined, []);
    expect(title(empty, made, visit)).toBe('Lượt thăm · Lý Thị Mẩy · số 20 · 21/11/2026');
    expect(title(empty, corrected)).toBe('Sửa thông tin hộ');
    expect(title(empty)).toBeUndefined();
  });

  it('shows what a correction sets beside what stands there today, and leaves out ids', () => {
    expect(changeLines(vi, desk, [corrected], corrected)).toEqual([
      { name: 'Chủ hộ', words: 'để trống', today: 'Nông Văn Sơn' },
      { name: 'Số điện thoại', words: '0911111111', today: '0922222222' },
      { name: 'Nói chuyện bằng', words: 'tiếng Tày', today: 'để trống' },
    ]);
    expect(changeLines(vi, desk, [visit], visit).map(({ name, words, today }) => [name, words, today])).toEqual([
      ['Hộ', 'Nông Văn Sơn · số 12', undefined],
      ['Ngày', '21/11/2026', undefined],
      ['Lý do', 'Tết', undefined],
      ['Có gặp không', 'Có', undefined],
    ]);
  });

  it('says why it waits, also for a reason this version does not know', () => {
    expect(whyWords(vi, { verdict: 'quarantined', code: 'no_access' })).toBe(vi.supervisor.because['no_access']);
    expect(whyWords(vi, { verdict: 'held' })).toBe(vi.supervisor.becauseHeld);
    expect(whyWords(vi, { verdict: 'quarantined', code: 'something_new' })).toBe(vi.supervisor.becauseOther);
    expect(problemWords(vi, { code: 'required', field: 'headName' })).toBe('Chủ hộ: Mục này còn trống.');
  });

  it('says what the author was when it was written', () => {
    expect(rolesWords(vi, desk, [{ role: 'team_member', hamletId: here }])).toBe('Tổ viên, xóm Ngọc Sơn');
    expect(rolesWords(vi, desk, [])).toBeUndefined();
  });
});

describe('into which hamlet it may be taken instead', () => {
  const names = (...args: Parameters<typeof otherHamlets>) => otherHamlets(...args).map(({ name }) => name);

  it('is any other of the commune for the bloc, without those that were merged away', () => {
    expect(names(store('bloc_officer'), [said])).toEqual(['Lũng Rì']);
  });

  it('is a lead\'s own hamlet alone', () => {
    expect(names(store('team_lead', there), [said])).toEqual(['Lũng Rì']);
    expect(names(store('team_lead', here), [said])).toEqual([]);
  });

  it('is none where all it makes lies with a household that is there', () => {
    expect(names(store('bloc_officer'), [visit, corrected])).toEqual([]);
    expect(names(store('bloc_officer'), [visit, said])).toEqual(['Lũng Rì']);
  });
});

it('a supervisor is a lead or one of the bloc', () => {
  const is = (role: Role) => isSupervisor([role === 'team_lead' || role === 'team_member' ? { role, hamletId: here } : { role }]);
  expect(['team_member', 'team_lead', 'bloc_officer', 'bloc_lead', 'commune_admin', 'responder'].filter((role) => is(role as Role))).toEqual(['team_lead', 'bloc_officer', 'bloc_lead']);
});
