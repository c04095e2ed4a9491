import { expect, test } from 'vitest';
import { en } from '#client/languages/en.ts';
import { vi } from '#client/languages/vi.ts';
import { auditActions } from '#client/remote/administration.ts';
import type { AuditLineShown } from '#client/remote/administration.ts';
import { auditDays, auditWords, groupOf, originWords } from './audit-words.ts';

const id = '01990000-0000-7000-8000-000000000205';
const line = (number: number, action: string, at = '2026-11-22T09:00:00+07:00', change: Partial<AuditLineShown> = {}): AuditLineShown => ({
  number, at, actor: id, actorName: 'Nông Văn Khiêm', action, subject: '01990000-0000-7000-8000-0000000009ab', ...change,
});

test('a line is a sentence with the names that are known, else with the end of an id', () => {
  expect(auditWords(vi, line(1, 'invitation_created', undefined, { subjectName: 'Lan' }))).toBe('Nông Văn Khiêm tạo lời mời cho Lan');
  expect(auditWords(vi, line(1, 'device_revoked', undefined, { actor: 'endpoint', actorName: undefined }))).toBe('Máy của xã thu hồi máy …000009ab');
  expect(auditWords(vi, line(1, 'retention_run', undefined, { actor: 'endpoint', actorName: undefined, subject: '12' }))).toBe('Máy của xã bỏ 12 mục đã hết hạn giữ');
  expect(auditWords(vi, line(1, 'list_printed', undefined, { subject: 'prestigious:26' }))).toBe('Nông Văn Khiêm in danh sách người có uy tín (26 người)');
  expect(auditWords(vi, line(1, 'list_printed', undefined, { subject: 'later:3' }))).toBe('Nông Văn Khiêm in later:3');
  expect(auditWords(vi, line(1, 'something_new'))).toBe('Nông Văn Khiêm: việc khác (something_new) …000009ab');
});

test('from where: the phone that asked, or the endpoint', () => {
  expect(originWords(vi, { origin: id })).toBe('từ máy …00000205');
  expect(originWords(vi, {})).toBe('từ máy của xã');
});

test('lines stand under their local day, in the order they were told, those of the chosen group alone', () => {
  const lines = [line(4, 'session_ended', '2026-11-21T17:30:00.000Z'), line(3, 'member_created'), line(2, 'device_enrolled', '2026-11-21T23:59:00+07:00'), line(1, 'roles_changed', '2026-11-21T08:00:00+07:00')];
  const numbers = (days: ReturnType<typeof auditDays>) => days.map(({ day, lines: ofDay }) => [day, ofDay.map(({ number }) => number)]);
  expect(numbers(auditDays(lines, 'all'))).toEqual([['2026-11-22', [4, 3]], ['2026-11-21', [2, 1]]]);
  expect(numbers(auditDays(lines, 'devices'))).toEqual([['2026-11-22', [4]], ['2026-11-21', [2]]]);
  expect(numbers(auditDays(lines, 'people'))).toEqual([['2026-11-22', [3]], ['2026-11-21', [1]]]);
  expect(auditDays(lines, 'entries')).toEqual([]);
});

test('every action that is written down has words in both languages, and no other has', () => {
  expect(groupOf({ action: 'other_content' })).toBe('other');
  expect(groupOf({ action: 'records_written' })).toBe('entries');
  for (const m of [vi, en]) expect(Object.keys(m.administration.audit.actions).toSorted()).toEqual(auditActions.toSorted());
});
