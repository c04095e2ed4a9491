import { expect, test } from 'vitest';
import { vi } from '#client/languages/vi.ts';
import { dueWords } from './due-words.ts';
import { steadyList } from './steady-list.ts';
import { deskKeyOf } from './use-desk-keys.ts';

const there = () => true;

test('new ones are announced and the list stands still', () => {
  expect(steadyList(['b', 'a'], ['d', 'c', 'b', 'a'], there)).toEqual({ shown: ['b', 'a'], arrivals: 2 });
});

test('a row that was just dealt with keeps its place until the reader asks', () => {
  expect(steadyList(['c', 'b', 'a'], ['c', 'a'], there)).toEqual({ shown: ['c', 'b', 'a'], arrivals: 0 });
});

test('a row that may not be read any more goes at once', () => {
  expect(steadyList(['c', 'b', 'a'], ['c', 'a'], (id) => id !== 'b')).toEqual({ shown: ['c', 'a'], arrivals: 0 });
});

test('nobody reads an empty list: what comes first is shown at once', () => {
  expect(steadyList([], ['b', 'a'], there)).toEqual({ shown: ['b', 'a'], arrivals: 0 });
});

test('the time left is told in working days, what is overdue in days', () => {
  expect(dueWords(vi, { owed: 'answer', dueOn: '2026-11-25' }, '2026-11-23')).toBe('còn 2 ngày làm việc để trả lời');
  expect(dueWords(vi, { owed: 'answer', dueOn: '2026-11-30' }, '2026-11-27')).toBe('còn 1 ngày làm việc để trả lời');
  expect(dueWords(vi, { owed: 'answer', dueOn: '2026-11-23' }, '2026-11-23')).toBe('hạn trả lời: hôm nay');
  expect(dueWords(vi, { owed: 'answer', dueOn: '2026-11-20' }, '2026-11-23')).toBe('quá hạn trả lời 3 ngày');
  expect(dueWords(vi, { owed: 'answer', dueOn: '2026-11-29' }, '2026-11-28')).toBe('hạn trả lời: 29/11');
});

test('keys work on the desk and never while someone types', () => {
  const press = (key: string, isTyping = false, hasModifier = false) => deskKeyOf({ key, isTyping, hasModifier });
  expect(['j', 'k', 'a', 'g', '?', 'Escape', 'G'].map((key) => press(key))).toEqual(['next', 'previous', 'answer', 'assign', 'keys', 'close', 'assign']);
  expect(['j', 'k', 'a', 'g', '?', 'Escape'].map((key) => press(key, true))).toEqual([undefined, undefined, undefined, undefined, undefined, 'close']);
  expect(press('a', false, true)).toBeUndefined();
  expect(['x', 'Enter', 'toString'].map((key) => press(key))).toEqual([undefined, undefined, undefined]);
});
