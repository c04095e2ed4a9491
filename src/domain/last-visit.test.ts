import { expect, it } from 'vitest';
import { lastVisit, standingVisits } from './last-visit.ts';
import { idOf, recordOf } from './records.test-support.ts';

const visit = (n: number, date: string, fields: Parameters<typeof recordOf<'visit'>>[2] = {}, occurredAt = `2026-11-2${n}T08:00:00+07:00`) =>
  recordOf('visit', idOf(n), { date, ...fields }, { occurredAt });

it('the last visit is that of the newest day, also where an older one was logged after it; of one day the one that was logged last', () => {
  const [newest, late] = [visit(1, '2026-11-20'), visit(5, '2026-11-03')];
  expect(lastVisit([late, newest])).toBe(newest);
  const absent = visit(2, '2026-11-20', { met: 'absent' });
  expect(lastVisit([newest, absent, late])).toBe(absent);
  expect(lastVisit([])).toBeUndefined();
});

it('a void visit is none, and is not counted', () => {
  const [counts, gone] = [visit(1, '2026-11-10'), visit(2, '2026-11-20', { voidReason: 'did_not_happen' })];
  expect(standingVisits([gone, counts, { ...counts, deleted: true }])).toEqual([counts]);
  expect(lastVisit([gone, counts])).toBe(counts);
});
