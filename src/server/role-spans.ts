/** What a change makes of the roles of a member and their days (#domain/role-days.ts), so that it may be made again after a restore. */
import { addDays } from '#domain/identifiers.ts';
import { assignmentKey } from '#domain/role.ts';
import type { Assignment } from '#domain/role.ts';
import { isHeldOn, isOver, isSameRun } from '#domain/role-days.ts';
import type { HeldRole, PresentOf } from '#domain/role-days.ts';

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
    const key = assignmentKey(presentOf(assignment));
    const running = spans.filter((span) => isHeldOn(span, day) && assignmentKey(presentOf(span.assignment)) === key);
    return running.length > 0 ? running.map((span) => withEnd(span, undefined)) : [{ assignment, fromDay: day }];
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

function withEnd({ assignment, fromDay }: HeldRole, toDay: string | undefined): HeldRole {
  return { assignment, fromDay, ...(toDay === undefined ? {} : { toDay }) };
}

function textOf(span: HeldRole | undefined): string {
  return span === undefined ? '' : JSON.stringify([span.fromDay, span.toDay ?? '', assignmentKey(span.assignment)]);
}
