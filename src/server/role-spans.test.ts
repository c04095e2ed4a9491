import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignmentKey } from '#domain/role.ts';
import type { Assignment } from '#domain/role.ts';
import { endInPast, isHeldOn, isSameRun, rolesAhead } from '#domain/role-days.ts';
import type { HeldRole, PresentOf } from '#domain/role-days.ts';
import { firstDayWithout, inOrder, isSameSpans, openRoles, spansAfter } from './role-spans.ts';

const [north, south, west] = ['01789-001', '01789-002', '01789-003'];
const days = Array.from({ length: 20 }, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`);
/** North was merged into south. */
const presentOf: PresentOf = (assignment) => (assignment.hamletId === north ? { ...assignment, hamletId: south } : assignment);

const anAssignment = fc.constantFrom<Assignment[]>(
  ...[north, south, west].map((hamletId) => ({ role: 'team_member' as const, hamletId })),
  { role: 'team_lead', hamletId: west },
  { role: 'bloc_officer' },
);
const aRole: fc.Arbitrary<HeldRole> = fc
  .tuple(anAssignment, fc.nat(days.length - 1), fc.option(fc.nat(8), { nil: undefined }))
  .map(([assignment, from, length]) => ({ assignment, fromDay: days[from] ?? '', ...(length === undefined ? {} : { toDay: days[Math.min(from + length, days.length - 1)] ?? '' }) }));
/** What is asked for on a day: roles of its own, and what is already there with another end, or none. */
const aChange = fc.record({
  // Few, so that several changes fall on one day.
  day: fc.constantFrom(0, 6, 7, 13),
  isOpen: fc.boolean(),
  fresh: fc.array(aRole, { maxLength: 3 }),
  known: fc.array(fc.record({ index: fc.nat(5), end: fc.option(fc.nat(days.length - 1), { nil: undefined }) }), { maxLength: 3 }),
});
type Asked = { readonly day: string; readonly roles: readonly HeldRole[] } | { readonly day: string; readonly assignments: readonly Assignment[] };

/** What may be asked for where these roles are there; undefined: it would be refused. */
function askedOf(spans: readonly HeldRole[], { day: index, isOpen, fresh, known }: { readonly day: number; readonly isOpen: boolean; readonly fresh: readonly HeldRole[]; readonly known: readonly { readonly index: number; readonly end: number | undefined }[] }): Asked | undefined {
  const day = days[index] ?? '';
  if (isOpen) return { day, assignments: fresh.map(({ assignment }) => assignment) };
  const again = known.flatMap(({ index: which, end }) => {
    const span = spans[which];
    if (span === undefined) return [];
    const toDay = end === undefined ? undefined : days[end];
    return [{ assignment: span.assignment, fromDay: span.fromDay, ...(toDay === undefined || toDay < span.fromDay ? {} : { toDay }) }];
  });
  const roles = [...again, ...fresh];
  return roles.every((role) => endInPast(spans, role, day, presentOf) === undefined) ? { day, roles } : undefined;
}

function done(spans: readonly HeldRole[], asked: Asked): HeldRole[] {
  const roles = 'roles' in asked ? asked.roles : openRoles(spans, asked.assignments, asked.day, presentOf);
  return spansAfter(spans, roles, asked.day, presentOf);
}

const heldOn = (spans: readonly HeldRole[], day: string) => [...new Set(spans.filter((span) => isHeldOn(span, day)).map(({ assignment }) => assignmentKey(presentOf(assignment))))].toSorted();

describe('what a change makes of the roles of a member', () => {
  test('from its day on exactly what was asked, before it exactly what was', () => {
    fc.assert(
      fc.property(fc.array(aRole, { maxLength: 5 }), aChange, (before, change) => {
        const asked = askedOf(before, change);
        fc.pre(asked !== undefined);
        const after = done(before, asked);
        const wanted = 'roles' in asked ? rolesAhead(asked.roles, asked.day) : asked.assignments.map((assignment) => ({ assignment, fromDay: asked.day }));
        for (const day of days) expect([day, heldOn(after, day)]).toEqual([day, day < asked.day ? heldOn(before, day) : heldOn(firstOfEach(wanted), day)]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('done again from any backup on, in their order, changes end where they ended', () => {
    fc.assert(
      fc.property(fc.array(aRole, { maxLength: 4 }), fc.array(aChange, { maxLength: 5 }), (begun, changes) => {
        const states: HeldRole[][] = [done([], { day: days[0] ?? '', roles: begun })];
        const lines: Asked[] = [];
        for (const change of changes.toSorted((a, b) => a.day - b.day)) {
          const before = states.at(-1) ?? [];
          const asked = askedOf(before, change);
          const after = asked === undefined ? before : done(before, asked);
          // As the endpoint does: what changes nothing writes no line.
          if (asked === undefined || isSameSpans(inOrder(before, asked.day), after)) continue;
          states.push(after);
          lines.push('roles' in asked ? { day: asked.day, roles: rolesAhead(after, asked.day) } : asked);
        }
        const last = states.at(-1) ?? [];
        const lastDay = lines.at(-1)?.day ?? '';
        for (const backup of states) {
          const again = lines.reduce<readonly HeldRole[]>(done, backup);
          expect(inOrder(again, lastDay)).toEqual(inOrder(last, lastDay));
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

test('the first day that nobody holds lies behind all that follow on each other', () => {
  const admin = (fromDay: string, toDay?: string): HeldRole => ({ assignment: { role: 'commune_admin' }, fromDay, ...(toDay === undefined ? {} : { toDay }) });
  expect(firstDayWithout([], '2026-11-05')).toBe('2026-11-05');
  expect(firstDayWithout([admin('2026-11-01')], '2026-11-05')).toBeUndefined();
  expect(firstDayWithout([admin('2026-11-06')], '2026-11-05')).toBe('2026-11-05');
  expect(firstDayWithout([admin('2026-11-01', '2026-11-30'), admin('2026-12-01', '2026-12-31')], '2026-11-05')).toBe('2027-01-01');
  expect(firstDayWithout([admin('2026-11-01', '2026-11-30'), admin('2026-11-20', '2026-11-25'), admin('2026-12-02')], '2026-11-05')).toBe('2026-12-01');
});

/** The same role from the same day on is said once. */
function firstOfEach(roles: readonly HeldRole[]): HeldRole[] {
  return roles.filter((role, index) => roles.findIndex((other) => isSameRun(other, role, presentOf)) === index);
}

test('a role that was given and ended on one day is written once, however often it is done again', () => {
  const member: Assignment = { role: 'team_member', hamletId: west };
  const officer: Assignment = { role: 'bloc_officer' };
  const lines: Asked[] = [{ day: '2026-11-08', roles: [{ assignment: member, fromDay: '2026-11-01' }, { assignment: officer, fromDay: '2026-11-08' }] }, { day: '2026-11-08', roles: [] }];
  const live = lines.reduce<readonly HeldRole[]>(done, [{ assignment: member, fromDay: '2026-11-01' }]);
  expect(live).toEqual([{ assignment: member, fromDay: '2026-11-01', toDay: '2026-11-07' }]);
  expect(lines.reduce<readonly HeldRole[]>(done, live)).toEqual(live);
});
