/** The roles a member holds, from one local day to another: what may be read and written follows from them at each request. */
import * as z from 'zod/mini';
import { dayOf, instantOf } from '#domain/identifiers.ts';
import { presentArea } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import { areaOfHolder, assignmentSchema } from '#domain/role.ts';
import type { Assignment, Role } from '#domain/role.ts';
import { writeAudit } from './audit.ts';
import type { EndpointContext } from './context.ts';
import type { AssignmentTable, Database, Writing } from './database/schema.ts';
import type { RoleChange } from './ended-roles.ts';
import { applyOwnInside } from './own-entries.ts';
import { createRecordsAtHand } from './records-at-hand.ts';

export function createAssignments(context: EndpointContext) {
  const { db, clock, endedRoles } = context;

  /** What the member holds on a local day (default: today), in the hamlets of today: a merged one is followed into the one that stands for it. */
  async function assignmentsOf(at: Database, communeCode: string, memberId: string, day = dayOf(clock.now())): Promise<Assignment[]> {
    const rows = (await rowsOf(at, communeCode, memberId)).filter((row) => isHeldOn(row, day));
    const held = new Map<string, Assignment>();
    for (const row of rows) {
      const assignment = await present(at, communeCode, rowToAssignment(row));
      held.set(keyOf(assignment), assignment);
    }
    return [...held.values()];
  }

  /** For a new member. The roles begin today. */
  async function begin(tx: Writing, communeCode: string, memberId: string, assignments: readonly Assignment[]): Promise<void> {
    await insert(tx, communeCode, memberId, assignments, { firstNo: 1, fromDay: dayOf(clock.now()) });
  }

  /**
   * From now on the member holds exactly these; the first is the one colleagues see. What else was held ended yesterday. False: there is no such member.
   * Throws, and changes nothing, when the member's record would break a rule (a hamlet that is not there).
   */
  async function change(communeCode: string, memberId: string, assignments: readonly Assignment[]): Promise<boolean> {
    const changedAt = clock.now();
    const wanted = z.array(assignmentSchema).parse(assignments);
    return await db.transaction().execute(async (tx) => {
      if ((await createdAtOf(tx, communeCode, memberId)) === undefined) return false;
      const isChanged = await hold(tx, { communeCode, memberId, changedAt, assignments: wanted });
      const refused = await showInRecord(tx, communeCode, memberId, wanted[0]);
      if (refused !== undefined) throw new Error(`the member's record was ${refused}`);
      // Last, when nothing can refuse it any more: a crash before the commit changes the roles at the next start, never less.
      if (isChanged) endedRoles?.append({ communeCode, memberId, changedAt, assignments: wanted });
      return true;
    });
  }

  /** Brings back what the list outside the database says: after a restore the database may have forgotten. */
  async function applyEndedRoles(): Promise<void> {
    const last = new Map((endedRoles?.all() ?? []).map((line) => [`${line.communeCode} ${line.memberId}`, line]));
    for (const line of last.values()) {
      const { communeCode, memberId, changedAt, assignments } = line;
      await db.transaction().execute(async (tx) => {
        const createdAt = await createdAtOf(tx, communeCode, memberId);
        // Made anew since then, the member holds what they were given anew.
        if (createdAt === undefined || createdAt > changedAt || !(await hold(tx, line))) return;
        // Roles are what counts; a card that cannot be mended (its hamlet came after the backup) keeps nobody out of the endpoint.
        const refused = await showInRecord(tx, communeCode, memberId, assignments[0]);
        if (refused !== undefined) context.log(`roles member=${memberId} record=${refused}`);
      });
    }
  }

  /** False: nothing had to change. */
  async function hold(tx: Writing, { communeCode, memberId, changedAt, assignments }: RoleChange): Promise<boolean> {
    const today = dayOf(changedAt);
    const yesterday = dayOf(changedAt - dayMs);
    const rows = await rowsOf(tx, communeCode, memberId);
    const missing = new Map<string, Assignment>();
    for (const assignment of assignments) missing.set(keyOf(await present(tx, communeCode, assignment)), assignment);
    let isChanged = false;
    for (const row of rows) {
      if (row.toDay !== null && row.toDay < today) continue;
      const key = keyOf(await present(tx, communeCode, rowToAssignment(row)));
      if (row.fromDay <= today && row.toDay === null && missing.delete(key)) continue;
      isChanged = true;
      const ended = { communeCode, memberId, assignmentNo: row.assignmentNo };
      if (row.fromDay < today) await endOn(tx, ended, yesterday);
      // What began today, or would have begun later, never was held.
      else await remove(tx, ended);
    }
    const firstNo = Math.max(0, ...rows.map((row) => row.assignmentNo)) + 1;
    await insert(tx, communeCode, memberId, [...missing.values()], { firstNo, fromDay: today });
    isChanged ||= missing.size > 0;
    if (isChanged) await writeAudit(tx, { communeCode, at: clock.now(), actor: 'endpoint', action: 'roles_changed', subject: memberId });
    return isChanged;
  }

  /** The card that colleagues see. Undefined: it stands, or there is none, or nothing to say on it; otherwise why it was refused. */
  async function showInRecord(tx: Writing, communeCode: string, memberId: string, assignment: Assignment | undefined): Promise<string | undefined> {
    const records = createRecordsAtHand(tx, communeCode);
    await records.loadWhole(memberId);
    const record = records.find(memberId);
    if (assignment === undefined || !isKind(record, 'member') || record.deleted) return undefined;
    const { role, hamletId = null, unitId = null } = assignment;
    const { fields } = record;
    const isShown = fields.role === role && (fields.hamletId ?? null) === hamletId && (fields.unitId ?? null) === unitId;
    if (isShown) return undefined;
    const draft = {
      entryId: context.newId(),
      memberId: context.keys.identity.endpointId,
      occurredAt: instantOf(clock.now()),
      changes: [{ recordId: memberId, kind: 'member' as const, areaId: areaOfHolder(assignment, communeCode), base: record.version, set: { role, hamletId, unitId } }],
    };
    const [verdict] = await applyOwnInside(context, tx, [{ communeCode, drafts: [draft] }]);
    return verdict?.verdict === 'applied' ? undefined : `${verdict?.verdict ?? 'lost'} ${verdict?.code ?? ''} ${verdict?.field ?? ''}`;
  }

  return { assignmentsOf, begin, change, applyEndedRoles };
}

const dayMs = 86_400_000;

async function present(at: Database, communeCode: string, assignment: Assignment): Promise<Assignment> {
  if (assignment.hamletId === undefined) return assignment;
  const records = createRecordsAtHand(at, communeCode);
  await records.loadWhole(assignment.hamletId);
  return { ...assignment, hamletId: presentArea(assignment.hamletId, records) };
}

function keyOf({ role, hamletId, unitId }: Assignment): string {
  return JSON.stringify([role, hamletId, unitId]);
}

function isHeldOn({ fromDay, toDay }: AssignmentTable, day: string): boolean {
  return fromDay <= day && (toDay === null || toDay >= day);
}

function rowToAssignment({ role, hamletId, unitId }: AssignmentTable): Assignment {
  return { role: role as Role, ...(hamletId === null ? {} : { hamletId }), ...(unitId === null ? {} : { unitId }) };
}

async function rowsOf(at: Database, communeCode: string, memberId: string): Promise<AssignmentTable[]> {
  return await at
    .selectFrom('assignment')
    .selectAll()
    .where('communeCode', '=', communeCode)
    .where('memberId', '=', memberId)
    .orderBy('assignmentNo')
    .execute();
}

async function insert(
  tx: Writing,
  communeCode: string,
  memberId: string,
  assignments: readonly Assignment[],
  { firstNo, fromDay }: { readonly firstNo: number; readonly fromDay: string },
): Promise<void> {
  for (const [index, { role, hamletId = null, unitId = null }] of assignments.entries()) {
    const row = { communeCode, memberId, assignmentNo: firstNo + index, role, hamletId, unitId, fromDay, toDay: null };
    await tx.insertInto('assignment').values(row).execute();
  }
}

type AssignmentKey = Pick<AssignmentTable, 'communeCode' | 'memberId' | 'assignmentNo'>;

async function endOn(tx: Writing, { communeCode, memberId, assignmentNo }: AssignmentKey, toDay: string): Promise<void> {
  await tx
    .updateTable('assignment')
    .set({ toDay })
    .where('communeCode', '=', communeCode)
    .where('memberId', '=', memberId)
    .where('assignmentNo', '=', assignmentNo)
    .execute();
}

async function remove(tx: Writing, { communeCode, memberId, assignmentNo }: AssignmentKey): Promise<void> {
  await tx
    .deleteFrom('assignment')
    .where('communeCode', '=', communeCode)
    .where('memberId', '=', memberId)
    .where('assignmentNo', '=', assignmentNo)
    .execute();
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
