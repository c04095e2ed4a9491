import { expect, test } from 'vitest';
import { isPromiseDue, promiseOf } from './promised-visit.ts';
import { idOf, recordOf } from './records.test-support.ts';
import type { Visit } from './visit.ts';

let next = 30;
const visit = (date: string, fields: Partial<Visit> = {}, hour = '08') => recordOf('visit', idOf(next++), { date, ...fields }, { occurredAt: `${date}T${hour}:00:00+07:00` });

test('a day that was named is a promise until somebody is met again, in whatever order it was written down', () => {
  const promised = visit('2026-11-10', { promisedOn: '2026-11-20' });
  expect(promiseOf([visit('2026-10-01'), promised])).toEqual({ visit: promised, on: '2026-11-20' });
  expect(promiseOf([promised, visit('2026-11-19')])).toBeUndefined();
  expect(promiseOf([visit('2026-11-19'), promised])).toBeUndefined();
});

test('whoever asked for another time is visited again, also where no day was named', () => {
  const asked = visit('2026-11-10', { met: 'asked_later' });
  expect(promiseOf([asked])).toEqual({ visit: asked, on: undefined });
  expect(promiseOf([asked, visit('2026-11-10', {}, '16')])).toBeUndefined();
});

test('nobody at the door takes back no promise; a new one takes its place', () => {
  const promised = visit('2026-11-10', { promisedOn: '2026-11-20' });
  expect(promiseOf([promised, visit('2026-11-20', { met: 'absent' })])?.on).toBe('2026-11-20');
  expect(promiseOf([promised, visit('2026-11-20', { met: 'absent', promisedOn: '2026-11-25' })])?.on).toBe('2026-11-25');
});

test('what is void promises nothing and keeps no promise', () => {
  const promised = visit('2026-11-10', { promisedOn: '2026-11-20' });
  expect(promiseOf([{ ...promised, fields: { ...promised.fields, voidReason: 'wrong_household' } }])).toBeUndefined();
  expect(promiseOf([promised, visit('2026-11-19', { voidReason: 'did_not_happen' })])?.on).toBe('2026-11-20');
});

test.each([
  ['three days ahead', '2026-11-24', false],
  ['two days ahead', '2026-11-23', true],
  ['over', '2026-11-12', true],
  ['not named', undefined, true],
])('whether it is time to go to a promise whose day is %s', (_, on, isDue) => {
  expect(isPromiseDue({ visit: visit('2026-11-10'), on }, '2026-11-21')).toBe(isDue);
});
