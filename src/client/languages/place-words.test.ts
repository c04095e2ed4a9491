import { expect, test } from 'vitest';
import { areaWords, areaWordsOf, assignmentWords, placeWords } from './place-words.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';
import type { AnyRecord } from '#domain/record.ts';

test('an area is said with the word for its kind, once', () => {
  expect(areaWords(vi, { kind: 'xom', name: 'Ngọc Sơn' })).toBe('xóm Ngọc Sơn');
  expect(areaWords(vi, { kind: 'xom', name: 'Xóm Ngọc Sơn' })).toBe('Xóm Ngọc Sơn');
  expect(areaWords(vi, { kind: 'ban', name: 'Bản Giốc' })).toBe('Bản Giốc');
  // A name that only begins like the word.
  expect(areaWords(vi, { kind: 'xa', name: 'Xanh' })).toBe('xã Xanh');
  expect(areaWords(en, { kind: 'xom', name: 'Ngọc Sơn' })).toBe('hamlet Ngọc Sơn');
  expect(areaWords(en, { kind: 'ban', name: 'Bản Giốc' })).toBe('Bản Giốc');
  expect(areaWords(vi, { kind: 'xom', name: 'Tổ 5' })).toBe('Tổ 5');
});

test('what somebody does is said with its place, a unit too; what has not come down yet is no riddle', () => {
  const records = [
    { recordId: '01456', kind: 'area', fields: { level: 'commune', kind: 'xa', name: 'Quang Hán' } },
    { recordId: '01456-001', kind: 'area', fields: { level: 'hamlet', kind: 'xom', name: 'Ngọc Sơn', parent: '01456' } },
    { recordId: 'unit', kind: 'unit', fields: { name: 'Trạm Y tế xã' } },
  ] as unknown as AnyRecord[];
  const known = { find: (id: string) => records.find(({ recordId }) => recordId === id) };
  expect(assignmentWords(vi, known, { role: 'team_member', hamletId: '01456-001' })).toBe('Tổ viên, xóm Ngọc Sơn');
  expect(assignmentWords(vi, known, { role: 'responder', unitId: 'unit' })).toBe('Đơn vị trả lời, Trạm Y tế xã');
  expect(assignmentWords(vi, known, { role: 'responder', unitId: 'elsewhere' })).toBe('Đơn vị trả lời');
  expect(assignmentWords(en, known, { role: 'bloc_lead' })).toBe(en.words.roles.bloc_lead);
  expect(placeWords(vi, known, '01456-001')).toBe('xóm Ngọc Sơn, xã Quang Hán');
  expect(areaWordsOf(vi, known, '01456-002')).toBe('01456-002');
});
