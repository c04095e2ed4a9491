/** Members, the roles they hold on a day, and their devices. */
import { dayOf } from '#domain/identifiers.ts';
import type { Assignment, MemberScope, Role } from '#domain/role.ts';
import type { MemberAccount } from '#sync/protocol.ts';
import { writeAudit } from './audit.ts';
import type { EndpointContext } from './context.ts';
import type { Database, DeviceTable, Writing } from './database/schema.ts';

export interface DeviceSummary {
  readonly communeCode: string;
  readonly deviceId: string;
  readonly memberId: string;
  /** As the member's record says; empty where there is none. */
  readonly memberName: string;
  readonly state: DeviceTable['state'];
  readonly enrolledAt: number;
  readonly lastContactAt: number;
  /** Entries that existed only there, as it last reported. */
  readonly unsent: number;
}

export type Accounts = ReturnType<typeof createAccounts>;

export function createAccounts(context: EndpointContext) {
  const { db, clock, revocations } = context;

  /** What the member holds on a local day (default: today). */
  async function assignmentsOf(at: Database, communeCode: string, memberId: string, day = dayOf(clock.now())): Promise<Assignment[]> {
    const rows = await at
      .selectFrom('assignment')
      .select(['role', 'hamletId', 'unitId'])
      .where('communeCode', '=', communeCode)
      .where('memberId', '=', memberId)
      .where('fromDay', '<=', day)
      .where((where) => where.or([where('toDay', 'is', null), where('toDay', '>=', day)]))
      .orderBy('assignmentNo')
      .execute();
    return rows.map(({ role, hamletId, unitId }) => ({
      role: role as Role,
      ...(hamletId === null ? {} : { hamletId }),
      ...(unitId === null ? {} : { unitId }),
    }));
  }

  async function scopeOf(at: Database, communeCode: string, memberId: string): Promise<MemberScope> {
    return { memberId, communeCode, assignments: await assignmentsOf(at, communeCode, memberId) };
  }

  async function nameOf(at: Database, communeCode: string, recordId: string): Promise<string> {
    const row = await at
      .selectFrom('record')
      .select('fields')
      .where('communeCode', '=', communeCode)
      .where('recordId', '=', recordId)
      .executeTakeFirst();
    const name: unknown = row === undefined ? undefined : (JSON.parse(row.fields) as { name?: unknown }).name;
    return typeof name === 'string' ? name : '';
  }

  async function accountOf(at: Database, communeCode: string, memberId: string): Promise<MemberAccount> {
    const assignments = await assignmentsOf(at, communeCode, memberId);
    return { memberId, communeCode, name: await nameOf(at, communeCode, memberId), assignments };
  }

  /** The roles begin today. */
  async function createMember(tx: Writing, communeCode: string, memberId: string, assignments: readonly Assignment[]): Promise<void> {
    const now = clock.now();
    await tx.insertInto('member').values({ communeCode, memberId, createdAt: now }).execute();
    for (const [index, { role, hamletId, unitId }] of assignments.entries()) {
      await tx
        .insertInto('assignment')
        .values({
          communeCode,
          memberId,
          assignmentNo: index + 1,
          role,
          hamletId: hamletId ?? null,
          unitId: unitId ?? null,
          fromDay: dayOf(now),
          toDay: null,
        })
        .execute();
    }
    await writeAudit(tx, { communeCode, at: now, actor: 'endpoint', action: 'member_created', subject: memberId });
  }

  async function listDevices(communeCode?: string): Promise<DeviceSummary[]> {
    let query = db.selectFrom('device').selectAll().orderBy('communeCode').orderBy('enrolledAt').orderBy('deviceId');
    if (communeCode !== undefined) query = query.where('communeCode', '=', communeCode);
    const summaries: DeviceSummary[] = [];
    for (const device of await query.execute()) {
      const { deviceId, memberId, state, enrolledAt, lastContactAt, unsent } = device;
      const memberName = await nameOf(db, device.communeCode, memberId);
      summaries.push({ communeCode: device.communeCode, deviceId, memberId, memberName, state, enrolledAt, lastContactAt, unsent });
    }
    return summaries;
  }

  async function revokeDevice(communeCode: string, deviceId: string): Promise<boolean> {
    const at = clock.now();
    const known = await findDevice(db, communeCode, deviceId);
    if (known === undefined) return false;
    if (known.state === 'revoked') return true;
    // On the list first: a crash in between revokes at the next start, never less.
    revocations?.append({ communeCode, deviceId, revokedAt: at });
    await db.transaction().execute((tx) => markRevoked(tx, communeCode, deviceId, at));
    return true;
  }

  /** Marks what the list outside the database names: after a restore the database may have forgotten. */
  async function applyRevocations(): Promise<void> {
    for (const { communeCode, deviceId, revokedAt } of revocations?.all() ?? []) {
      await db.transaction().execute(async (tx) => {
        const device = await findDevice(tx, communeCode, deviceId);
        if (device !== undefined && device.state !== 'revoked') await markRevoked(tx, communeCode, deviceId, revokedAt);
      });
    }
  }

  return { assignmentsOf, scopeOf, accountOf, nameOf, createMember, listDevices, revokeDevice, applyRevocations };
}

async function markRevoked(tx: Writing, communeCode: string, deviceId: string, at: number): Promise<void> {
  await tx
    .updateTable('device')
    .set({ state: 'revoked', revokedAt: at })
    .where('communeCode', '=', communeCode)
    .where('deviceId', '=', deviceId)
    .execute();
  await writeAudit(tx, { communeCode, at, actor: 'endpoint', action: 'device_revoked', subject: deviceId });
}

export async function findDevice(db: Database, communeCode: string, deviceId: string): Promise<DeviceTable | undefined> {
  return await db
    .selectFrom('device')
    .selectAll()
    .where('communeCode', '=', communeCode)
    .where('deviceId', '=', deviceId)
    .executeTakeFirst();
}
