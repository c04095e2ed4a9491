import { expect, it } from 'vitest';
import { lastVisit } from '#domain/last-visit.ts';
import { idOf, recordOf } from '#domain/records.test-support.ts';
import { lastVisitWords } from './last-visit-words.ts';
import { vi } from './vi.ts';

const visit = (n: number, fields: Parameters<typeof recordOf<'visit'>>[2]) => recordOf('visit', idOf(n), fields, { occurredAt: `2026-11-2${n}T08:00:00+07:00` });
const words = (...visits: readonly ReturnType<typeof visit>[]) => lastVisitWords(vi, lastVisit(visits), (day) => day);

it('a row says the newest day at the door, whatever was logged last, and that nobody was there', () => {
  const [met, late] = [visit(1, { date: '2026-11-20' }), visit(5, { date: '2026-11-03' })];
  expect(words(late, met)).toBe('thăm 2026-11-20');
  expect(words(visit(2, { date: '2026-11-22', met: 'absent' }), met)).toBe('vắng 2026-11-22');
  expect(words(visit(2, { date: '2026-11-22', voidReason: 'entered_twice' }), met)).toBe('thăm 2026-11-20');
  expect(words()).toBe('chưa thăm');
});
