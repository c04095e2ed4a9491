/**
 * The way of a feedback, played by two devices that write unaware of each other, against the table of domain model 3.2 written out once more, by hand and without
 * `feedbackTransitions`: whatever they write in whatever order, it goes along the table, and nothing that they wrote is lost.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldFeedback } from './feedback-fold.ts';
import type { RecordedEvent } from './feedback-fold.ts';
import type { FeedbackEvent, FeedbackEventType } from './feedback.ts';
import { addDays, daysBetween } from './identifiers.ts';
import { feedbackId, idOf, otherUnitId, unitId, validFields } from './records.test-support.ts';

/** "allowed next" of the table. A state that leads to itself: extended, nobody at the door, an answer chosen. */
const allowedNext: Readonly<Record<string, readonly string[]>> = {
  received: ['triaged', 'merged', 'referred', 'withdrawn'],
  triaged: ['assigned', 'answered', 'referred', 'returned'],
  assigned: ['in_progress', 'returned', 'transferred_up'],
  in_progress: ['answered', 'in_progress'],
  answered: ['delivered', 'answered'],
  delivered: ['confirmed', 'reopened', 'closed_unreachable', 'transferred_up', 'delivered'],
  confirmed: ['reopened'],
  closed_unreachable: ['reopened'],
  reopened: ['triaged', 'transferred_up'],
  returned: ['received', 'withdrawn'],
  transferred_up: ['answered'],
  merged: [],
  withdrawn: [],
  referred: [],
};

/** What an event is called that leads from one to the other. */
const arcs: Readonly<Record<FeedbackEventType, readonly string[]>> = {
  triage: ['received>triaged', 'reopened>triaged'],
  assign: ['triaged>assigned'],
  start: ['assigned>in_progress'],
  answer: ['triaged>answered', 'in_progress>answered', 'transferred_up>answered'],
  choose_answer: ['answered>answered'],
  extend: ['in_progress>in_progress'],
  transfer_up: ['assigned>transferred_up', 'reopened>transferred_up'],
  return: ['triaged>returned', 'assigned>returned'],
  add_detail: ['returned>received'],
  deliver: ['answered>delivered'],
  not_found: ['answered>answered', 'delivered>delivered'],
  confirm: ['delivered>confirmed', 'delivered>reopened', 'delivered>transferred_up'],
  close_unreachable: ['delivered>closed_unreachable'],
  reopen: ['delivered>reopened', 'confirmed>reopened', 'closed_unreachable>reopened'],
  merge: ['received>merged'],
  withdraw: ['received>withdrawn', 'returned>withdrawn'],
  refer: ['received>referred', 'triaged>referred'],
};
const types = Object.keys(arcs) as FeedbackEventType[];

const feedback = validFields.feedback;
const stateAfter = (events: readonly RecordedEvent[]) => foldFeedback(feedback, events).state;

/** Whose turn it is, which of what the table lets them do, how many days later; or both hear of each other. */
type Turn = { readonly by: 0 | 1; readonly choice: number; readonly days: number; readonly pick: number } | 'meet';
const turns: fc.Arbitrary<Turn[]> = fc.array(
  fc.oneof({ weight: 3, arbitrary: fc.record({ by: fc.constantFrom<0 | 1>(0, 1), choice: fc.nat(10_000), days: fc.nat(20), pick: fc.nat(7) }) }, { weight: 1, arbitrary: fc.constant<Turn>('meet') }),
  { minLength: 10, maxLength: 80, size: 'max' },
);
/** What ends all is rare, so that what comes late in the way comes to pass as well. */
const rare: ReadonlySet<FeedbackEventType> = new Set(['merge', 'refer', 'withdraw', 'transfer_up', 'return']);

function chosen(state: string, choice: number): FeedbackEventType | undefined {
  const may = types.filter((type) => arcs[type].some((arc) => arc.startsWith(`${state}>`))).flatMap((type) => (rare.has(type) ? [type] : Array.from({ length: 8 }, () => type)));
  return may[choice % may.length];
}

function eventOf(type: FeedbackEventType, on: string, step: number, pick: number, known: readonly RecordedEvent[]): FeedbackEvent {
  const common = { feedbackId, step, on };
  switch (type) {
    case 'assign':
      return { ...common, type, unitId: pick % 2 === 0 ? unitId : otherUnitId, dueOn: addDays(on, 14) };
    case 'answer':
      return { ...common, type, answer: `Xã đã thay ván cầu treo, lần ${pick}` };
    case 'choose_answer':
      return { ...common, type, eventId: known.filter(({ event }) => event.type === 'answer').at(-1 - (pick % 3))?.eventId ?? idOf(1) };
    case 'extend':
      return { ...common, type, dueOn: addDays(on, 30), reason: 'Chờ vật liệu' };
    case 'transfer_up':
    case 'reopen':
      return { ...common, type, reason: 'Việc của cấp trên' };
    case 'return':
      return { ...common, type, field: 'place', comment: 'Cầu nào?' };
    case 'add_detail':
      return { ...common, type, detail: 'Cầu cuối xóm' };
    case 'deliver':
      return { ...common, type, channel: 'visit' };
    case 'confirm':
      return { ...common, type, confirmation: pick % 2 === 0 ? 'not' : pick % 4 === 1 ? 'satisfied' : 'partly' };
    case 'merge':
      return { ...common, type, intoId: idOf(900) };
    default:
      return { ...common, type };
  }
}

/** All that both wrote; each wrote only where the table lets them, by what they had heard. */
function play(all: readonly Turn[]): RecordedEvent[] {
  const heard: [RecordedEvent[], RecordedEvent[]] = [[], []];
  let day = '2026-11-23';
  let made = 0;
  for (const turn of all) {
    if (turn === 'meet') {
      const both = [...new Map([...heard[0], ...heard[1]].map((one) => [one.eventId, one])).values()];
      heard[0] = [...both];
      heard[1] = [...both];
      continue;
    }
    day = addDays(day, turn.days);
    const mine = heard[turn.by];
    const type = chosen(stateAfter(mine), turn.choice);
    if (type === undefined) continue;
    made += 1;
    // Of two at one step either may have the smaller id.
    mine.push({ eventId: idOf(1000 + ((made * 7919) % 5000)), event: eventOf(type, day, foldFeedback(feedback, mine).nextStep, turn.pick, mine) });
  }
  return [...new Map([...heard[0], ...heard[1]].map((one) => [one.eventId, one])).values()];
}

describe('two devices', () => {
  const seen = new Set<string>();

  test('reach no state but along the table, whatever each had heard', () => {
    fc.assert(
      fc.property(turns, (all) => {
        const { history } = foldFeedback(feedback, play(all));
        let before = 'received';
        const offTheTable = history.flatMap(({ event: { type }, applied }, at) => {
          const after = stateAfter(history.slice(0, at + 1));
          const arc = `${before}>${after}`;
          const isRight = applied ? allowedNext[before]?.includes(after) === true && arcs[type].includes(arc) : after === before;
          if (applied) seen.add(`${type} ${arc}`);
          before = after;
          return isRight ? [] : [`${type} ${applied ? '' : 'does not apply, and yet '}${arc}`];
        });
        expect(offTheTable).toEqual([]);
      }),
      { numRuns: 800 },
    );
    // Else it would have shown little.
    const all = types.flatMap((type) => arcs[type].map((arc) => `${type} ${arc}`));
    expect(all.filter((arc) => !seen.has(arc))).toEqual([]);
  });

  test('lose nothing that either wrote, and agree on where it stands, in whatever order it comes', () => {
    fc.assert(
      fc.property(turns, fc.infiniteStream(fc.nat(1_000_000)), (all, order) => {
        const written = play(all);
        const shuffled = written.map((one) => ({ one, at: order.next().value ?? 0 })).sort((a, b) => a.at - b.at).map(({ one }) => one);
        const standing = foldFeedback(feedback, shuffled);
        expect(standing).toEqual(foldFeedback(feedback, written));
        expect(standing.history.map(({ eventId }) => eventId).toSorted()).toEqual(written.map(({ eventId }) => eventId).toSorted());
      }),
    );
  });

  test('keep to the limits of the table: two reopenings, one extension a round, thirty days to reopen, two tries and fourteen days to close', () => {
    fc.assert(
      fc.property(turns, (all) => {
        const applied = foldFeedback(feedback, play(all)).history.filter((step) => step.applied).map(({ event }) => event);
        let [reopenings, extensions, tries] = [0, 0, 0];
        let [closedOn, answeredOn]: [string | undefined, string | undefined] = [undefined, undefined];
        const beyond = applied.flatMap((event): string[] => {
          const was = { tries, reopenings, closedOn };
          if (event.type === 'assign') extensions = 0;
          if (event.type === 'extend') extensions += 1;
          if (event.type === 'answer') [tries, answeredOn] = [0, event.on];
          if (event.type === 'not_found') tries += 1;
          if (event.type === 'reopen' || (event.type === 'confirm' && event.confirmation === 'not')) [reopenings, closedOn] = [reopenings + 1, undefined];
          else if (event.type === 'confirm' || event.type === 'close_unreachable') closedOn = event.on;
          const isOver =
            extensions > 1 ||
            (event.type === 'close_unreachable' && (was.tries < 2 || daysBetween(answeredOn ?? event.on, event.on) < 14)) ||
            (event.type === 'reopen' && (was.reopenings >= 2 || (was.closedOn !== undefined && daysBetween(was.closedOn, event.on) > 30)));
          return isOver ? [JSON.stringify(event)] : [];
        });
        expect(beyond).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
