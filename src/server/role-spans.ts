/** The days between which a member holds their roles, and what a change makes of them. Days are local, `YYYY-MM-DD`, and inclusive. */
import { addDays } from '#domain/identifiers.ts';
import type { Assignment } from '#domain/role.ts';
import type { HeldRole } from '#sync/administration.ts';

/** A role in the hamlet of today: a merged one is followed into the one that stands for it. */
export type PresentOf = (assignment: Assignment) => Assignment;

export function isHeldOn({ fromDay, toDay }: HeldRole, day: string): boolean {
  return fromDay <= day && (toDay === undefined || toDay >= day);
}

/** It ended before this day. */
export function isOver({ toDay }: HeldRole, day: string): boolean {
  return toDay !== undefined && toDay < day;
}

/**
 * From `day` on exactly `wanted`, in this order; apart from what was over by then, which stays as it was. What else ran ended the day before; what began this
 * day or was to begin later never was held. Done again on what it made, it changes nothing, also after later changes were made and are made again in their order.
 */
export function spansAfter(spans: readonly HeldRole[], wanted: readonly HeldRole[], day: string, presentOf: PresentOf): HeldRole[] {
  const over = spans.filter((span) => isOver(span, day));
  const running = spans.filter((span) => !isOver(span, day));
  const kept = new Map<HeldRole, HeldRole>();
  const held: HeldRole[] = [];
  for (const role of wanted) {
    if (isOver(role, day) || held.some((other) => isSameRun(other, role, presentOf))) continue;
    const same = running.filter((span) => isSameRun(span, role, presentOf));
    for (const span of same) kept.set(span, withEnd(span, role.toDay));
    held.push(...(same.length > 0 ? same.map((span) => kept.get(span) ?? span) : [role]));
  }
  const ended = running.filter((span) => !kept.has(span) && span.fromDay < day).map((span) => withEnd(span, addDays(day, -1)));
  return inOrder([...over, ...ended, ...held], day);
}

/** What is over by its days, each once; then the rest, in its own order. */
export function inOrder(spans: readonly HeldRole[], day: string): HeldRole[] {
  const over = new Map(spans.filter((span) => isOver(span, day)).map((span) => [textOf(span), span]));
  const sorted = [...over].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, span]) => span);
  return [...sorted, ...spans.filter((span) => !isOver(span, day))];
}

export function isSameSpans(a: readonly HeldRole[], b: readonly HeldRole[]): boolean {
  return a.length === b.length && a.every((span, index) => textOf(span) === textOf(b[index]));
}

/** Exactly these from `day` on, without an end: what runs already goes on from when it began. */
export function openRoles(spans: readonly HeldRole[], assignments: readonly Assignment[], day: string, presentOf: PresentOf): HeldRole[] {
  return assignments.flatMap((assignment) => {
    const key = keyOf(presentOf(assignment));
    const running = spans.filter((span) => isHeldOn(span, day) && keyOf(presentOf(span.assignment)) === key);
    return running.length > 0 ? running.map((span) => withEnd(span, undefined)) : [{ assignment, fromDay: day }];
  });
}

/** The roles of which a change says what is past and cannot be said any more: they would begin or end before `day`, and do not so far. */
export function findInPast(spans: readonly HeldRole[], wanted: readonly HeldRole[], day: string, presentOf: PresentOf): HeldRole | undefined {
  return wanted.find((role) => {
    const known = spans.filter((span) => isSameRun(span, role, presentOf));
    if (isOver(role, day)) return !known.some((span) => span.toDay === role.toDay);
    return role.fromDay < day && !known.some((span) => !isOver(span, day));
  });
}

/** The first day from `day` on that none of them holds; undefined: there is none. */
export function firstDayWithout(spans: readonly HeldRole[], day: string): string | undefined {
  for (let open = day; ; ) {
    const holding = spans.filter((span) => isHeldOn(span, open));
    if (holding.length === 0) return open;
    const ends = holding.flatMap(({ toDay }) => toDay ?? []);
    if (ends.length < holding.length) return undefined;
    open = addDays(ends.toSorted().at(-1) ?? open, 1);
  }
}

export function keyOf({ role, hamletId, unitId }: Assignment): string {
  return JSON.stringify([role, hamletId, unitId]);
}

/** The same role in the same place from the same day on, whenever it ends. */
export function isSameRun(a: HeldRole, b: HeldRole, presentOf: PresentOf): boolean {
  return a.fromDay === b.fromDay && keyOf(presentOf(a.assignment)) === keyOf(presentOf(b.assignment));
}

function withEnd({ assignment, fromDay }: HeldRole, toDay: string | undefined): HeldRole {
  return { assignment, fromDay, ...(toDay === undefined ? {} : { toDay }) };
}

function textOf(span: HeldRole | undefined): string {
  return span === undefined ? '' : JSON.stringify([span.fromDay, span.toDay ?? '', keyOf(span.assignment)]);
}
