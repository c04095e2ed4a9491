import { expect, test } from 'vitest';
import { applyChange } from './change.ts';
import type { Change } from './change.ts';
import type { FeedbackEvent } from './feedback.ts';
import type { RecordState } from './record.ts';
import { endpointContext, eventOf, hamlet, idOf, recordOf, recordsOf } from './records.test-support.ts';
import type { Topic } from './topic.ts';

const ids = [idOf(101), idOf(102), idOf(103)] as const;
const [first, second, third] = ids;
const on = '2026-11-22';
const merging = (feedbackId: string, intoId: string): FeedbackEvent => ({ type: 'merge', feedbackId, step: 0, on, intoId });

/** What becomes of a merger where others came first; `absent`: not on this phone, or erased. */
function told(from: string, into: string, over: { merged?: readonly FeedbackEvent[]; absent?: string; topics?: Readonly<Record<string, Topic>> } = {}) {
  const { merged = [], absent, topics = {} } = over;
  const records: RecordState[] = ids.filter((id) => id !== absent).map((id) => recordOf('feedback', id, topics[id] === undefined ? {} : { topic: topics[id] }));
  const change: Change = { recordId: idOf(200), kind: 'feedback_event', areaId: hamlet, base: 0, set: { ...merging(from, into) } };
  const context = endpointContext([], recordsOf(...records, ...merged.map((event, no) => eventOf(300 + no, event))));
  const [atEndpoint, onPhone] = [context, { ...context, endpoint: undefined }].map((each) => applyChange(undefined, change, each));
  expect(onPhone?.ok).toBe(atEndpoint?.ok);
  return atEndpoint?.ok === true ? 'applied' : atEndpoint?.error;
}
const refused = { code: 'already_merged', field: 'intoId' };

test('a feedback is not merged into itself, nor into one that was merged into it: somebody is left to answer', () => {
  expect(told(first, first)).toEqual(refused);
  expect(told(second, first, { merged: [merging(first, second)] })).toEqual(refused);
  expect(told(third, first, { merged: [merging(first, second), merging(second, third)] })).toEqual(refused);
});

test('into any other it is, also into one that was merged further on, or into one that is not here', () => {
  expect(told(first, second)).toBe('applied');
  expect(told(third, first, { merged: [merging(first, second)] })).toBe('applied');
  expect(told(first, third, { absent: third })).toBe('applied');
  expect(told(third, first, { merged: [merging(first, second), merging(second, third)], absent: second })).toBe('applied');
  // That merger did not apply: it had been sorted before.
  expect(told(second, first, { merged: [{ type: 'triage', feedbackId: first, step: 0, on }, merging(first, second)] })).toBe('applied');
  // A ring that an older version let happen is none of this one's.
  expect(told(third, first, { merged: [merging(first, second), merging(second, first)] })).toBe('applied');
});

test('what became of feedback about staff is told to nobody who does not read it, and is to whoever does', () => {
  const merged = [merging(first, second)];
  expect(told(second, first, { merged, topics: { [first]: 'staff_attitude' } })).toBe('applied');
  expect(told(second, first, { merged, topics: { [first]: 'staff_attitude', [second]: 'staff_attitude' } })).toEqual(refused);
});
