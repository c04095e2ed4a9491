import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { feedbackStates, feedbackTransitions, maxStep } from './feedback.ts';
import type { FeedbackEvent, FeedbackEventType, FeedbackState } from './feedback.ts';
import { canApply, foldFeedback } from './feedback-fold.ts';
import type { FeedbackStanding, RecordedEvent } from './feedback-fold.ts';
import { unmerging } from './let-go.ts';
import { feedbackId, idOf, otherUnitId, unitId, validFields } from './records.test-support.ts';

type Step = FeedbackEvent extends infer E ? (E extends FeedbackEvent ? Omit<E, 'feedbackId' | 'step' | 'on'> & { step?: number; on?: string } : never) : never;

const feedback = validFields.feedback;
const day = '2026-11-23';
const triage: Step = { type: 'triage' };
const assign: Step = { type: 'assign', unitId, dueOn: '2026-12-07' };
const start: Step = { type: 'start' };
const answer: Step = { type: 'answer', answer: 'Xã đã thay ván cầu treo' };
const deliver: Step = { type: 'deliver', channel: 'visit' };
const confirm = (confirmation: 'satisfied' | 'partly' | 'not'): Step => ({ type: 'confirm', confirmation });
const reopen: Step = { type: 'reopen', reason: 'Cầu lại hỏng' };
const giveBack: Step = { type: 'return', field: 'place', comment: 'Cầu nào, ở đầu xóm hay cuối xóm?' };

let nextId = 1000;
/** A step as its author's device recorded it: `step` counts on from `from` unless it says otherwise. */
function recorded(steps: readonly Step[], from = 0): RecordedEvent[] {
  return steps.map((step, index) => ({ eventId: idOf(nextId++), event: { on: day, step: from + index, ...step, feedbackId } }));
}
const fold = (...steps: Step[]): FeedbackStanding => foldFeedback(feedback, recorded(steps));
const withoutHistory = ({ history: _history, ...standing }: FeedbackStanding) => standing;

const oneCycle = [triage, assign, start, answer, deliver];
/** A way to each state. `draft` is the phone's own and no event leads to it. */
const wayTo: Record<Exclude<FeedbackState, 'draft'>, Step[]> = {
  received: [],
  triaged: [triage],
  assigned: [triage, assign],
  in_progress: [triage, assign, start],
  answered: [triage, assign, start, answer],
  delivered: oneCycle,
  confirmed: [...oneCycle, confirm('partly')],
  closed_unreachable: [...oneCycle, { type: 'not_found' }, { type: 'not_found' }, { type: 'close_unreachable', on: '2026-12-07' }],
  reopened: [...oneCycle, confirm('not')],
  returned: [triage, giveBack],
  transferred_up: [triage, assign, { type: 'transfer_up', reason: 'Cầu thuộc đường tỉnh' }],
  merged: [{ type: 'merge', intoId: idOf(30) }],
  withdrawn: [{ type: 'withdraw' }],
  referred: [{ type: 'refer' }],
};
/** The table of domain model 3.2, "allowed next", as events. */
const allowedFrom: Record<keyof typeof wayTo, FeedbackEventType[]> = {
  received: ['triage', 'merge', 'refer', 'withdraw'],
  triaged: ['assign', 'answer', 'refer', 'return'],
  assigned: ['start', 'return', 'transfer_up'],
  in_progress: ['answer', 'extend'],
  answered: ['deliver', 'not_found'],
  delivered: ['confirm', 'reopen', 'not_found'],
  confirmed: ['reopen'],
  closed_unreachable: ['reopen'],
  reopened: ['triage'],
  returned: ['add_detail', 'withdraw'],
  transferred_up: ['answer'],
  merged: [],
  withdrawn: [],
  referred: [],
};
const anEventOf: Record<FeedbackEventType, Step> = {
  triage, assign, start, answer, deliver, reopen,
  choose_answer: { type: 'choose_answer', eventId: idOf(31) },
  extend: { type: 'extend', dueOn: '2026-12-21', reason: 'Chờ gỗ về' },
  transfer_up: { type: 'transfer_up', reason: 'Cầu thuộc đường tỉnh' },
  return: giveBack,
  add_detail: { type: 'add_detail', detail: 'Cầu ở đầu xóm' },
  not_found: { type: 'not_found' },
  confirm: confirm('satisfied'),
  close_unreachable: { type: 'close_unreachable' },
  merge: { type: 'merge', intoId: idOf(30) },
  withdraw: { type: 'withdraw' },
  refer: { type: 'refer' },
};

describe.each(Object.keys(wayTo) as (keyof typeof wayTo)[])('from %s', (state) => {
  const way = recorded(wayTo[state]);
  const standing = foldFeedback(feedback, way);

  test('which every step of its way led to', () => {
    expect(standing.state).toBe(state);
    expect(standing.history.map((step) => step.applied)).toEqual(wayTo[state].map(() => true));
  });

  test.each(Object.keys(feedbackTransitions) as FeedbackEventType[])('%s applies if the table says so, else it stays in the history', (type) => {
    const isAllowed = allowedFrom[state].includes(type);
    const after = foldFeedback(feedback, [...way, ...recorded([anEventOf[type]], way.length)]);
    expect(after.history.at(-1)).toMatchObject({ applied: isAllowed, event: { type } });
    expect(after.history).toHaveLength(way.length + 1);
    const { to } = feedbackTransitions[type];
    expect(after.state).toBe(isAllowed && to !== 'same' ? to : state);
    // A second answer is the one that leaves a trace in the standing: the bloc is asked to pick.
    const trace = state === 'answered' && type === 'answer' ? { otherAnswers: [after.history.at(-1)].map((step) => ({ eventId: step?.eventId, event: step?.event })) } : {};
    const untouched = { ...withoutHistory(standing), ...trace, nextStep: after.nextStep };
    expect(isAllowed ? untouched : withoutHistory(after)).toEqual(untouched);
  });
});

test('every event leads to a state of the table, and the phone alone holds drafts', () => {
  const travelling = [...feedbackStates.filter((state) => state !== 'draft'), 'same'];
  for (const { to, from } of Object.values(feedbackTransitions)) {
    expect(from).not.toContain('draft');
    expect(travelling).toContain(to);
  }
});

test('a complaint or denunciation is referred from its first moment and takes no step', () => {
  const standing = foldFeedback({ kind: 'to_cao', receivedOn: day }, recorded([triage, answer]));
  expect(standing.state).toBe('referred');
  expect(standing.history.map((step) => step.applied)).toEqual([false, false]);
});

describe('the way to an answer', () => {
  test('a request gets its answer: triaged as urgent, assigned, answered, told, confirmed in part, and may be reopened', () => {
    const standing = fold({ type: 'triage', urgency: 'urgent_safety' }, assign, start, { ...answer, publicAnswer: 'Cầu treo đã sửa' }, deliver, confirm('partly'));
    expect(withoutHistory(standing)).toMatchObject({
      state: 'confirmed', urgency: 'urgent_safety', topic: 'road', assignee: unitId, dueOn: '2026-12-07', answer: 'Xã đã thay ván cầu treo',
      publicAnswer: 'Cầu treo đã sửa', answeredOn: day, deliveredOn: day, confirmation: 'partly', closedOn: day, reopenCount: 0, nextStep: 6,
    });
    expect(canApply(standing, { ...reopen, feedbackId, step: 6, on: '2026-12-23' })).toBe(true);
  });

  test('not satisfied: reopened, a second round, and after the second "not" it can go up', () => {
    const first = fold(...oneCycle, confirm('not'));
    expect(withoutHistory(first)).toMatchObject({ state: 'reopened', reopenCount: 1, deliveredOn: undefined, closedOn: undefined });
    expect(canApply(first, { type: 'transfer_up', reason: 'Vượt quyền xã', feedbackId, step: 6, on: day })).toBe(false);
    const second = fold(...oneCycle, confirm('not'), ...oneCycle, confirm('not'));
    expect(withoutHistory(second)).toMatchObject({ state: 'reopened', reopenCount: 2 });
    expect(fold(...oneCycle, confirm('not'), ...oneCycle, confirm('not'), { type: 'transfer_up', reason: 'Vượt quyền xã' }).state).toBe('transferred_up');
  });

  test('after two reopenings the next "not" goes up by itself and no third reopening applies', () => {
    const twice = [...oneCycle, confirm('not'), ...oneCycle, confirm('not'), ...oneCycle];
    expect(withoutHistory(fold(...twice, confirm('not')))).toMatchObject({ state: 'transferred_up', reopenCount: 2 });
    expect(fold(...twice, reopen)).toMatchObject({ state: 'delivered', reopenCount: 2 });
    expect(fold(...twice, confirm('not'), answer, deliver, confirm('satisfied')).state).toBe('confirmed');
  });

  test('a closed feedback may be reopened on the thirtieth day, not on the thirty-first', () => {
    const closed = [...oneCycle, confirm('satisfied')];
    expect(fold(...closed, { ...reopen, on: '2026-12-23' }).state).toBe('reopened');
    expect(fold(...closed, { ...reopen, on: '2026-12-24' }).state).toBe('confirmed');
  });

  test('closed as unreachable only after two tries and fourteen days since the answer', () => {
    const notFound: Step = { type: 'not_found' };
    const close = (on: string): Step => ({ type: 'close_unreachable', on });
    expect(fold(...oneCycle, notFound, close('2026-12-20')).state).toBe('delivered');
    expect(fold(...oneCycle, notFound, notFound, close('2026-12-06')).state).toBe('delivered');
    expect(withoutHistory(fold(...oneCycle, notFound, notFound, close('2026-12-07')))).toMatchObject({ state: 'closed_unreachable', closedOn: '2026-12-07', tries: 2 });
    const triedBefore = [triage, answer, notFound, deliver, notFound, close('2026-12-07')];
    expect(fold(...triedBefore).state).toBe('closed_unreachable');
  });

  test('tries are counted anew for a new answer', () => {
    const notFound: Step = { type: 'not_found' };
    expect(fold(...oneCycle, notFound, notFound, confirm('not'), triage, answer).tries).toBe(0);
  });

  test('returned for detail, the detail added, triaged and assigned again', () => {
    const returned = fold(triage, assign, giveBack);
    expect(returned.returned).toEqual({ field: 'place', comment: 'Cầu nào, ở đầu xóm hay cuối xóm?' });
    const detail: Step = { type: 'add_detail', detail: 'Cầu ở đầu xóm' };
    expect(withoutHistory(fold(triage, assign, giveBack, detail))).toMatchObject({ state: 'received', returned: undefined, details: ['Cầu ở đầu xóm'] });
    const again = fold(triage, assign, giveBack, detail, { type: 'triage', topic: 'disaster' }, { type: 'assign', unitId: otherUnitId, dueOn: '2026-12-14' });
    expect(withoutHistory(again)).toMatchObject({ state: 'assigned', topic: 'disaster', assignee: otherUnitId, dueOn: '2026-12-14', details: ['Cầu ở đầu xóm'] });
  });

  test('opened or sorted anew it is no unit’s, owes nothing by a day, and what was answered stays', () => {
    const extended = [triage, assign, start, { type: 'extend', dueOn: '2026-12-14', reason: 'Chờ gỗ về' } as Step, answer, deliver];
    const nobodys = { assignee: undefined, dueOn: undefined, extended: false };
    expect(fold(...extended).assignee).toBe(unitId);
    for (const again of [reopen, confirm('not')]) {
      const standing = fold(...extended, again);
      expect(standing).toMatchObject({ state: 'reopened', ...nobodys, answer: 'Xã đã thay ván cầu treo' });
      expect(standing.history.some(({ event, applied }) => applied && event.type === 'answer')).toBe(true);
      expect(fold(...extended, again, triage)).toMatchObject({ state: 'triaged', ...nobodys, answer: 'Xã đã thay ván cầu treo' });
    }
    const detail: Step = { type: 'add_detail', detail: 'Cầu ở đầu xóm' };
    expect(fold(triage, assign, giveBack, detail, triage)).toMatchObject({ state: 'triaged', ...nobodys });
  });

  test('what was given back by a unit is no unit’s once its detail is there, or whoever spoke took it back; nor is what was passed up', () => {
    const nobodys = { assignee: undefined, dueOn: undefined, extended: false };
    const detail: Step = { type: 'add_detail', detail: 'Cầu ở đầu xóm' };
    expect(fold(triage, assign, giveBack)).toMatchObject({ state: 'returned', assignee: unitId });
    expect(fold(triage, assign, giveBack, detail)).toMatchObject({ state: 'received', ...nobodys });
    expect(fold(triage, assign, giveBack, { type: 'withdraw' })).toMatchObject({ state: 'withdrawn', ...nobodys });
    for (const end of [{ type: 'withdraw' }, { type: 'refer' }, { type: 'merge', intoId: idOf(30) }] as const satisfies readonly Step[]) {
      expect(fold(triage, assign, giveBack, detail, end)).toMatchObject(nobodys);
    }
    expect(fold(triage, assign, { type: 'transfer_up', reason: 'Cầu thuộc đường tỉnh' })).toMatchObject({ state: 'transferred_up', ...nobodys });
  });

  test('the time to answer is extended once in a round', () => {
    const extend = (dueOn: string): Step => ({ type: 'extend', dueOn, reason: 'Chờ gỗ về' });
    expect(fold(triage, assign, start, extend('2026-12-14'), extend('2026-12-28'))).toMatchObject({ state: 'in_progress', dueOn: '2026-12-14', extended: true });
    const extendedOnce = [triage, assign, start, extend('2026-12-14'), answer, deliver, confirm('not')];
    expect(fold(...extendedOnce, triage, assign, start, extend('2026-12-28'))).toMatchObject({ dueOn: '2026-12-28', extended: true });
  });

  test('merged, it leads to the one that is kept', () => {
    expect(fold({ type: 'merge', intoId: idOf(30) }).mergedInto).toBe(idOf(30));
  });

  test('merged into one that was erased, it is answered for itself: the step stays in its history, and it goes on from there', () => {
    const unmerged: Step = { type: 'merge', ...unmerging };
    const standing = fold(unmerged);
    expect(standing).toMatchObject({ state: 'received', mergedInto: undefined, nextStep: 1 });
    expect(standing.history.map(({ event, applied }) => [event.type, applied])).toEqual([['merge', false]]);
    expect(fold(unmerged, triage, assign)).toMatchObject({ state: 'assigned' });
    expect(fold(unmerged, { type: 'merge', intoId: idOf(31) })).toMatchObject({ state: 'merged', mergedInto: idOf(31) });
  });
});

describe('two devices that did not know of each other', () => {
  const base = recorded([triage, assign]);
  const both = (mine: readonly Step[], theirs: readonly Step[], from = 2): FeedbackStanding =>
    foldFeedback(feedback, [...base, ...recorded(mine, from), ...recorded(theirs, from)]);

  test('a number that was asked for is told apart from other detail, also where a second one no longer applied', () => {
    const askPhone: Step = { type: 'return', field: 'citizenPhone', comment: 'Xin số điện thoại' };
    const detail: Step = { type: 'add_detail', detail: 'Bà Mẩy, 0912999888' };
    const withheld = (events: readonly RecordedEvent[]) => foldFeedback(feedback, events).history.map((step) => step.maySayPhone);
    expect(withheld(recorded([triage, askPhone, detail, triage]))).toEqual([false, false, true, false]);
    expect(withheld(recorded([triage, giveBack, detail]))).toEqual([false, false, false]);
    expect(withheld(recorded([triage, askPhone, detail, triage, giveBack, detail]))).toEqual([false, false, true, false, false, false]);
    expect(withheld([...recorded([triage, askPhone]), ...recorded([detail], 2), ...recorded([detail], 2)])).toEqual([false, false, true, true]);
    // Two questions at once: whichever applied, either may have been answered. Without any question nobody knows.
    expect(withheld([...recorded([triage]), ...recorded([giveBack], 1), ...recorded([askPhone], 1), ...recorded([detail], 2)]).at(-1)).toBe(true);
    expect(withheld(recorded([detail]))).toEqual([true]);
  });

  test('a detail that is not shown here moves the feedback on all the same', () => {
    const hidden = { type: 'add_detail' } as Step;
    expect(fold(triage, assign, giveBack, hidden)).toMatchObject({ state: 'received', returned: undefined, details: [] });
  });

  test('both start: one applies, the other is kept and shown', () => {
    const standing = both([start], [start]);
    expect(standing.state).toBe('in_progress');
    expect(standing.history.map((step) => step.applied)).toEqual([true, true, true, false]);
  });

  test('both answer: one is shown, the other waits for the bloc to pick, and picking ends the question', () => {
    const other: Step = { type: 'answer', answer: 'Đồn biên phòng đã sửa cầu' };
    const standing = both([start, answer], [start, other]);
    expect(standing.state).toBe('answered');
    const [waiting, ...rest] = standing.otherAnswers;
    expect(rest).toEqual([]);
    const texts = [standing.answer, waiting?.event.type === 'answer' ? waiting.event.answer : undefined];
    expect(new Set(texts)).toEqual(new Set(['Xã đã thay ván cầu treo', 'Đồn biên phòng đã sửa cầu']));

    const pick: Step = { type: 'choose_answer', eventId: waiting?.eventId ?? '' };
    const events = standing.history.map(({ eventId, event }) => ({ eventId, event }));
    const picked = foldFeedback(feedback, [...events, ...recorded([pick], standing.nextStep)]);
    expect(picked.otherAnswers).toEqual([]);
    expect(picked.answer).toBe(waiting?.event.type === 'answer' ? waiting.event.answer : '');
    expect(picked.answerId).toBe(waiting?.eventId);
    expect(picked.state).toBe('answered');
  });

  test('the bloc may keep the answer that is shown, and a stranger’s id picks nothing', () => {
    const standing = both([start, answer], [start, { type: 'answer', answer: 'Đồn biên phòng đã sửa cầu' }]);
    const events = standing.history.map(({ eventId, event }) => ({ eventId, event }));
    const pick = (eventId: string) => foldFeedback(feedback, [...events, ...recorded([{ type: 'choose_answer', eventId }], standing.nextStep)]);
    const kept = pick(standing.answerId ?? '');
    expect(kept.answer).toBe(standing.answer);
    expect(kept.otherAnswers).toEqual([]);
    expect(pick(idOf(31)).otherAnswers).toEqual(standing.otherAnswers);
  });

  test('an answer by one who had seen more steps is asked about as well', () => {
    const extend: Step = { type: 'extend', dueOn: '2026-12-14', reason: 'Chờ gỗ về' };
    const standing = both([start, extend, answer], [start, { type: 'answer', answer: 'Đồn biên phòng đã sửa cầu' }]);
    expect(standing.answer).toBe('Đồn biên phòng đã sửa cầu');
    expect(standing.otherAnswers.map(({ event }) => event)).toMatchObject([{ answer: 'Xã đã thay ván cầu treo' }]);
  });

  test('an answer that lost in an earlier round is not asked about in the next', () => {
    const first = both([start, answer], [start, { type: 'answer', answer: 'Đồn biên phòng đã sửa cầu' }]);
    const events = first.history.map(({ eventId, event }) => ({ eventId, event }));
    const reopened = foldFeedback(feedback, [...events, ...recorded([deliver, confirm('not')], 4)]);
    expect(reopened.state).toBe('reopened');
    expect(reopened.otherAnswers).toEqual([]);
    const again = foldFeedback(feedback, [...events, ...recorded([deliver, confirm('not'), triage, answer], 4)]);
    expect(again.state).toBe('answered');
    expect(again.otherAnswers).toEqual([]);
  });

  test('of a return and a start at the same step the earlier row of the table goes first', () => {
    const standing = both([giveBack], [start]);
    expect(standing.state).toBe('in_progress');
    expect(standing.history.at(-1)).toMatchObject({ applied: false, event: { type: 'return' } });
  });

  test('one had seen the detail added, the other not: the later look goes later', () => {
    const detail: Step = { type: 'add_detail', detail: 'Cầu ở đầu xóm' };
    const standing = foldFeedback(feedback, [...recorded([triage, giveBack, detail, triage]), ...recorded([{ type: 'assign', unitId, dueOn: day }], 1)]);
    // The assignment knew one step only: it goes before the return, which then sends it back.
    expect(standing.state).toBe('triaged');
    expect(standing.history.map((step) => [step.event.type, step.applied])).toEqual([
      ['triage', true], ['assign', true], ['return', true], ['add_detail', true], ['triage', true],
    ]);
  });
});

const anyStep: fc.Arbitrary<Step> = fc.constantFrom(
  ...Object.values(anEventOf), confirm('not'), confirm('partly'), { type: 'close_unreachable', on: '2026-12-20' } as Step,
  { type: 'answer', answer: 'Đồn biên phòng đã sửa cầu' } as Step,
);
const anyEvents = fc
  .array(fc.tuple(anyStep, fc.nat(8)), { maxLength: 25 })
  .map((steps) => steps.map(([step, at], index) => ({ eventId: idOf(index), event: { on: day, ...step, step: at, feedbackId } })));

describe('whatever happened', () => {
  test('the order of arrival does not matter', () => {
    fc.assert(
      fc.property(
        anyEvents.chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }))),
        ([events, shuffled]) => {
          expect(foldFeedback(feedback, shuffled)).toEqual(foldFeedback(feedback, events));
        },
      ),
    );
  });

  test('nothing is lost: every event is in the history once, and a new step comes after all of them', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const standing = foldFeedback(feedback, events);
        expect(standing.history.map((step) => step.eventId).toSorted()).toEqual(events.map((event) => event.eventId).toSorted());
        expect(standing.nextStep).toBe(Math.max(0, ...events.map(({ event }) => event.step + 1)));
        expect(standing.reopenCount).toBeLessThanOrEqual(2);
      }),
    );
  });

  test('who goes on from what they see is never overruled by the order: a step that could apply does', () => {
    fc.assert(
      fc.property(anyEvents, anyStep, (events, step) => {
        const before = foldFeedback(feedback, events);
        const event = { on: day, ...step, step: before.nextStep, feedbackId };
        const after = foldFeedback(feedback, [...events, { eventId: idOf(900), event }]);
        expect(after.history.at(-1)).toMatchObject({ eventId: idOf(900), event, applied: canApply(before, event) });
      }),
    );
  });

  test('a step at the limit does not end the way: what follows is ordered by the table', () => {
    const triaged = fold({ type: 'triage', step: maxStep });
    expect(triaged.nextStep).toBe(maxStep);
    expect(fold({ type: 'triage', step: maxStep }, { type: 'assign', unitId, dueOn: day, step: maxStep }).state).toBe('assigned');
  });
});
