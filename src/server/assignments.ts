/** The roles a member holds, from one local day to another: what may be read and written follows from them at each request. */
import { communeCodeOf, dayOf } from '#domain/identifiers.ts';
import { presentArea } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { assignmentKey } from '#domain/role.ts';
import type { Assignment, Role } from '#domain/role.ts';
import { endInPast, isHeldOn, isOver, isSameRun, rolesAhead } from '#domain/role-days.ts';
import type { HeldRole, PresentOf } from '#domain/role-days.ts';
import { actorOf, writeAudit } from './audit.ts';
import type { Asker } from './audit.ts';
import type { EndpointContext } from './context.ts';
import type { AssignmentTable, Database, Writing } from './database/schema.ts';
import type { MemberCards } from './member-cards.ts';
import type { OfficeRefusal } from './office-refusal.ts';
import type { RoleChange } from './role-change-list.ts';
import { createRecordsAtHand } from './records-at-hand.ts';
import { firstDayWithout, inOrder, isSameSpans, openRoles, spansAfter } from './role-spans.ts';

export interface MemberChange {
  readonly communeCode: string;
  readonly memberId: string;
  /** Undefined: as they are called. */
  readonly name?: string | undefined;
  /** Undefined: the endpoint or its command line. */
  readonly by?: Asker | undefined;
}

export function createAssignments(context: EndpointContext, cards: MemberCards) {
  const { db, clock, roleChanges } = context;
  /** By commune, the day on which all cards were found true or were mended, as far as this process knows. */
  const cardsShownOn = new Map<string, string>();

  /** What the member holds on a local day (default: today), in the hamlets of today: a merged one is followed into the one that stands for it. */
  async function assignmentsOf(at: Database, communeCode: string, memberId: string, day = dayOf(clock.now())): Promise<Assignment[]> {
    const spans = (await spansOf(at, communeCode, memberId)).filter((span) => isHeldOn(span, day));
    const presentOf = await presentIn(at, communeCode, spans);
    const held = spans.map(({ assignment }) => presentOf(assignment));
    return [...new Map(held.map((assignment) => [assignmentKey(assignment), assignment])).values()];
  }

  /** All they held, hold and will hold: what is over by its days, then the rest as it was given, in the hamlets of today. */
  async function heldRolesOf(at: Database, communeCode: string, memberId: string): Promise<HeldRole[]> {
    const today = dayOf(clock.now());
    const spans = inOrder(await spansOf(at, communeCode, memberId), today);
    const presentOf = await presentIn(at, communeCode, spans);
    const shown = spans.map((span) => (isOver(span, today) ? span : { ...span, assignment: presentOf(span.assignment) }));
    return [...new Map(shown.map((span) => [JSON.stringify([span.fromDay, span.toDay, assignmentKey(span.assignment)]), span])).values()];
  }

  /** For a new member. */
  async function begin(tx: Writing, communeCode: string, memberId: string, roles: readonly HeldRole[]): Promise<Result<undefined, OfficeRefusal>> {
    const today = dayOf(clock.now());
    const refusal = await refusalOf(tx, communeCode, { spans: [], roles, today, presentOf: await presentIn(tx, communeCode, roles) });
    if (refusal !== undefined) return err(refusal);
    await write(tx, communeCode, memberId, roles);
    return ok(undefined);
  }

  /**
   * From now on the member holds exactly `roles`, apart from what is over; the first that is held is the one colleagues see. What else was held ended yesterday.
   * `not_found`, `last_administrator`, `unknown_place`, `in_the_past`, or why the card is refused: the caller gives the transaction up then.
   */
  async function change(tx: Writing, { communeCode, memberId, name, by }: MemberChange, roles: Roles): Promise<Result<undefined, OfficeRefusal>> {
    if ((await createdAtOf(tx, communeCode, memberId)) === undefined) return err({ code: 'not_found' });
    const changedAt = clock.now();
    const today = dayOf(changedAt);
    const spans = await spansOf(tx, communeCode, memberId);
    const wanted = 'roles' in roles ? roles.roles : roles.assignments.map((assignment) => ({ assignment }));
    const presentOf = await presentIn(tx, communeCode, [...spans, ...wanted]);
    const asked = 'roles' in roles ? roles.roles : openRoles(spans, roles.assignments, today, presentOf);
    const refusal = await refusalOf(tx, communeCode, { spans, roles: asked, today, presentOf });
    if (refusal !== undefined) return err(refusal);
    const after = spansAfter(spans, asked, today, presentOf);
    const isChanged = !isSameSpans(inOrder(spans, today), after);
    if (isChanged) {
      if (await losesLastAdministrator(tx, communeCode, { memberId, before: spans, after, today })) return err({ code: 'last_administrator' });
      await write(tx, communeCode, memberId, after);
      await writeAudit(tx, { communeCode, at: changedAt, ...actorOf(by), action: 'roles_changed', subject: memberId });
    }
    const shown = await cards.show(tx, { communeCode, memberId, name, by, roles: after });
    if (!shown.ok) return shown;
    // Last, when nothing can refuse it any more: a crash before the commit changes the roles at the next start, never less.
    if (isChanged) roleChanges?.append({ communeCode, memberId, changedAt, roles: [...rolesAhead(after, today)] });
    return ok(undefined);
  }

  /** Does again what the list outside the database says: after a restore the database may have forgotten. A transaction a commune. */
  async function applyRoleChanges(): Promise<void> {
    for (const lines of Map.groupBy(roleChanges?.all() ?? [], ({ communeCode }) => communeCode).values()) {
      await db.transaction().execute(async (tx) => {
        for (const [first, ...others] of Map.groupBy(lines, ({ memberId }) => memberId).values()) if (first !== undefined) await applyLines(tx, first, others);
      });
    }
  }

  /** All of one member. */
  async function applyLines(tx: Writing, first: RoleChange, others: readonly RoleChange[]): Promise<void> {
    const { communeCode, memberId } = first;
    const createdAt = await createdAtOf(tx, communeCode, memberId);
    const before = await spansOf(tx, communeCode, memberId);
    let after: readonly HeldRole[] = before;
    let lastDay = '';
    for (const line of [first, ...others]) {
      // Made anew since then, the member holds what they were given anew.
      if (createdAt === undefined || createdAt > line.changedAt) continue;
      lastDay = dayOf(line.changedAt);
      const wanted = 'roles' in line ? line.roles : line.assignments.map((assignment) => ({ assignment }));
      const presentOf = await presentIn(tx, communeCode, [...after, ...wanted]);
      const roles = 'roles' in line ? line.roles : openRoles(after, line.assignments, lastDay, presentOf);
      after = spansAfter(after, roles, lastDay, presentOf);
    }
    if (isSameSpans(inOrder(before, lastDay), after)) return;
    await write(tx, communeCode, memberId, after);
    await writeAudit(tx, { communeCode, at: clock.now(), actor: 'endpoint', action: 'roles_changed', subject: memberId });
    // Roles are what counts; a card that cannot be mended (its hamlet came after the backup) keeps nobody out of the endpoint.
    const shown = await cards.restore(tx, { communeCode, memberId, roles: after });
    if (!shown.ok) context.log(`roles member=${memberId} record=${shown.error.code}`);
  }

  /** A role begins or ends by its days, and nobody asks for it: the cards follow on the first request of that day. */
  async function showCardsOfToday(communeCode: string): Promise<void> {
    const today = dayOf(clock.now());
    if (cardsShownOn.get(communeCode) === today) return;
    const rows = await db.selectFrom('assignment').selectAll().where('communeCode', '=', communeCode).orderBy('memberId').orderBy('assignmentNo').execute();
    for (const [memberId, held] of Map.groupBy(rows, (row) => row.memberId)) {
      const card = { communeCode, memberId, roles: held.map(rowToSpan) };
      if ((await cards.correctionOf(db, card)) === undefined) continue;
      await db.transaction().execute(async (tx) => {
        const shown = await cards.show(tx, { ...card, roles: await spansOf(tx, communeCode, memberId) });
        if (!shown.ok) context.log(`roles member=${memberId} record=${shown.error.code}`);
      });
    }
    cardsShownOn.set(communeCode, today);
  }

  return { assignmentsOf, heldRolesOf, begin, change, applyRoleChanges, showCardsOfToday };
}

/** With their days; or from now on, until they are ended. */
export type Roles = { readonly roles: readonly HeldRole[] } | { readonly assignments: readonly Assignment[] };

interface Judged {
  readonly spans: readonly HeldRole[];
  readonly roles: readonly HeldRole[];
  readonly today: string;
  readonly presentOf: PresentOf;
}

async function refusalOf(tx: Writing, communeCode: string, { spans, roles, today, presentOf }: Judged): Promise<OfficeRefusal | undefined> {
  if (roles.some((role) => endInPast(spans, role, today, presentOf) !== undefined)) return { code: 'in_the_past', field: 'roles' };
  for (const role of roles) {
    // What is held already is not asked about again: after a restore its hamlet may be missing, and they must still be able to lose it.
    const isNew = !isOver(role, today) && !spans.some((span) => isSameRun(span, role, presentOf));
    if (isNew && !(await isPlaceThere(tx, communeCode, role.assignment))) return { code: 'unknown_place', field: 'roles' };
  }
  return undefined;
}

/** A commune whose areas were never loaded has no hamlets that anybody could name wrong (as `checkPlace` of the domain has it). */
async function isPlaceThere(tx: Writing, communeCode: string, { hamletId, unitId }: Assignment): Promise<boolean> {
  const records = createRecordsAtHand(tx, communeCode);
  for (const id of [communeCode, hamletId, unitId]) if (id !== undefined) await records.loadWhole(id);
  if (unitId !== undefined && !isKind(records.find(unitId), 'unit')) return false;
  if (hamletId === undefined) return true;
  return communeCodeOf(hamletId) === communeCode && (records.find(communeCode) === undefined || isKind(records.find(hamletId), 'area'));
}

/** A day would come, sooner than it does so far, on which nobody administers the commune. */
async function losesLastAdministrator(
  tx: Writing,
  communeCode: string,
  { memberId, before, after, today }: { readonly memberId: string; readonly before: readonly HeldRole[]; readonly after: readonly HeldRole[]; readonly today: string },
): Promise<boolean> {
  const administers = (spans: readonly HeldRole[]) => spans.filter(({ assignment }) => assignment.role === 'commune_admin');
  const rows = await tx
    .selectFrom('assignment')
    .selectAll()
    .where('communeCode', '=', communeCode)
    .where('memberId', '!=', memberId)
    .where('role', '=', 'commune_admin')
    .execute();
  const others = rows.map(rowToSpan);
  const never = '9999-99-99';
  const dayWithout = (own: readonly HeldRole[]) => firstDayWithout([...others, ...administers(own)], today) ?? never;
  return dayWithout(after) < dayWithout(before);
}

/** Each in the hamlet that stands for it today. */
async function presentIn(at: Database, communeCode: string, roles: readonly { readonly assignment: Assignment }[]): Promise<PresentOf> {
  const records = createRecordsAtHand(at, communeCode);
  const hamletIds = new Set(roles.flatMap(({ assignment }) => assignment.hamletId ?? []));
  for (const hamletId of hamletIds) await records.loadWhole(hamletId);
  return (assignment) => (assignment.hamletId === undefined ? assignment : { ...assignment, hamletId: presentArea(assignment.hamletId, records) });
}

function rowToSpan({ role, hamletId, unitId, fromDay, toDay }: AssignmentTable): HeldRole {
  const assignment = { role: role as Role, ...(hamletId === null ? {} : { hamletId }), ...(unitId === null ? {} : { unitId }) };
  return { assignment, fromDay, ...(toDay === null ? {} : { toDay }) };
}

async function spansOf(at: Database, communeCode: string, memberId: string): Promise<HeldRole[]> {
  const rows = await at
    .selectFrom('assignment')
    .selectAll()
    .where('communeCode', '=', communeCode)
    .where('memberId', '=', memberId)
    .orderBy('assignmentNo')
    .execute();
  return rows.map(rowToSpan);
}

/** All that the member held, holds and will hold, in this order. */
async function write(tx: Writing, communeCode: string, memberId: string, spans: readonly HeldRole[]): Promise<void> {
  await tx.deleteFrom('assignment').where('communeCode', '=', communeCode).where('memberId', '=', memberId).execute();
  for (const [index, { assignment, fromDay, toDay = null }] of spans.entries()) {
    const { role, hamletId = null, unitId = null } = assignment;
    await tx.insertInto('assignment').values({ communeCode, memberId, assignmentNo: index + 1, role, hamletId, unitId, fromDay, toDay }).execute();
  }
}

/** Milliseconds since 1970; undefined: there is no such member. */
async function createdAtOf(at: Database, communeCode: string, memberId: string): Promise<number | undefined> {
  const row = await at
    .selectFrom('member')
    .select('createdAt')
    .where('communeCode', '=', communeCode)
    .where('memberId', '=', memberId)
    .executeTakeFirst();
  return row?.createdAt;
}
