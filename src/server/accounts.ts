/** Members, the roles they hold on a day, and their devices. */
import { dayOf } from '#domain/identifiers.ts';
import { provinceIdOf } from '#domain/province.ts';
import { ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { MemberScope } from '#domain/role.ts';
import { rolesAhead } from '#domain/role-days.ts';
import type { HeldRole } from '#domain/role-days.ts';
import type { MemberAccount } from '#sync/protocol.ts';
import { createAssignments } from './assignments.ts';
import { actorOf, writeAudit } from './audit.ts';
import type { Asker } from './audit.ts';
import type { EndpointContext } from './context.ts';
import type { Database, DeviceTable, Writing } from './database/schema.ts';
import { devicesAfter, devicesOfPhone } from './device-chain.ts';
import { createMemberCards } from './member-cards.ts';
import { memberNamesOf } from './member-names.ts';
import type { OfficeRefusal } from './office-refusal.ts';
import { rowToRecord } from './records-at-hand.ts';

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

export interface NewMember {
  readonly communeCode: string;
  readonly memberId: string;
  /** 2 to 80 characters. */
  readonly name: string;
  /** At least one; the first that is held is the one colleagues see. */
  readonly roles: readonly HeldRole[];
  /** Undefined: the endpoint or its command line. */
  readonly by?: Asker | undefined;
}

export type Accounts = ReturnType<typeof createAccounts>;

export function createAccounts(context: EndpointContext) {
  const { db, clock, revocations, roleChanges } = context;
  const cards = createMemberCards(context);
  const assignments = createAssignments(context, cards);
  const { assignmentsOf } = assignments;

  async function scopeOf(at: Database, communeCode: string, memberId: string): Promise<MemberScope> {
    return { memberId, communeCode, assignments: await assignmentsOf(at, communeCode, memberId), provinceId: await provinceOf(at, communeCode) };
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
    const name = await nameOf(at, communeCode, memberId);
    return { memberId, communeCode, name, assignments: await assignmentsOf(at, communeCode, memberId) };
  }

  async function isMember(at: Database, communeCode: string, memberId: string): Promise<boolean> {
    const row = await at
      .selectFrom('member')
      .select('memberId')
      .where('communeCode', '=', communeCode)
      .where('memberId', '=', memberId)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** With their card. Refused as a change of their roles would be: the caller gives the transaction up then. */
  async function createMember(tx: Writing, { communeCode, memberId, name, roles, by }: NewMember): Promise<Result<undefined, OfficeRefusal>> {
    const now = clock.now();
    await tx.insertInto('member').values({ communeCode, memberId, createdAt: now }).execute();
    const begun = await assignments.begin(tx, communeCode, memberId, roles);
    if (!begun.ok) return begun;
    await writeAudit(tx, { communeCode, at: now, ...actorOf(by), action: 'member_created', subject: memberId });
    const shown = await cards.create(tx, { communeCode, memberId, name, roles, by });
    if (!shown.ok) return shown;
    // A line of somebody whom a crash before the commit never made changes nothing: they have no phone.
    roleChanges?.append({ communeCode, memberId, changedAt: now, roles: [...rolesAhead(roles, dayOf(now))] });
    return ok(undefined);
  }

  /**
   * A phone of theirs is known, and the backup is older than their account: they are a member again, with the roles that the list outside the database has
   * (`applyRoleChanges`, after this). False: it has none, as of whoever was made before members were listed.
   */
  async function bringBackMember(tx: Writing, communeCode: string, memberId: string): Promise<boolean> {
    const first = roleChanges?.all().find((line) => line.communeCode === communeCode && line.memberId === memberId);
    if (first === undefined) return false;
    await tx.insertInto('member').values({ communeCode, memberId, createdAt: first.changedAt }).execute();
    await writeAudit(tx, { communeCode, at: clock.now(), actor: 'endpoint', action: 'member_brought_back', subject: memberId });
    return true;
  }

  async function listDevices(communeCode?: string): Promise<DeviceSummary[]> {
    let query = db.selectFrom('device').selectAll().orderBy('communeCode').orderBy('enrolledAt').orderBy('deviceId');
    if (communeCode !== undefined) query = query.where('communeCode', '=', communeCode);
    const summaries: DeviceSummary[] = [];
    for (const [code, devices] of Map.groupBy(await query.execute(), (device) => device.communeCode)) {
      const names = await memberNamesOf(db, code, devices.map(({ memberId }) => memberId));
      for (const { deviceId, memberId, state, enrolledAt, lastContactAt, unsent } of devices) {
        summaries.push({ communeCode: code, deviceId, memberId, memberName: names.get(memberId) ?? '', state, enrolledAt, lastContactAt, unsent });
      }
    }
    return summaries;
  }

  async function revokeDevice(tx: Writing, communeCode: string, deviceId: string, by?: Asker): Promise<boolean> {
    const at = clock.now();
    const known = await findDevice(tx, communeCode, deviceId);
    if (known === undefined) return false;
    // Whoever holds the phone may hold the keys of what it was, and have made what it became.
    const devices = [...(await devicesOfPhone(tx, communeCode, deviceId)), ...(await devicesAfter(tx, communeCode, deviceId))];
    for (const id of devices) {
      const device = await findDevice(tx, communeCode, id);
      if (device === undefined || device.state === 'revoked') continue;
      // On the list first: a crash in between revokes at the next start, never less.
      revocations?.append({ communeCode, deviceId: id, revokedAt: at });
      await markRevoked(tx, { communeCode, deviceId: id, at, by });
    }
    return true;
  }

  /** Marks what the list outside the database names: after a restore the database may have forgotten. */
  async function applyRevocations(): Promise<void> {
    for (const { communeCode, deviceId, revokedAt } of revocations?.all() ?? []) {
      await db.transaction().execute(async (tx) => {
        const device = await findDevice(tx, communeCode, deviceId);
        if (device !== undefined && device.state !== 'revoked') await markRevoked(tx, { communeCode, deviceId, at: revokedAt });
      });
    }
  }

  const { heldRolesOf, change, applyRoleChanges, showCardsOfToday } = assignments;
  return {
    assignmentsOf, heldRolesOf, scopeOf, accountOf, nameOf, isMember, createMember, bringBackMember, changeMember: change, applyRoleChanges, showCardsOfToday, listDevices,
    revokeDevice, applyRevocations,
  };
}

async function markRevoked(
  tx: Writing,
  { communeCode, deviceId, at, by }: { readonly communeCode: string; readonly deviceId: string; readonly at: number; readonly by?: Asker | undefined },
): Promise<void> {
  await tx
    .updateTable('device')
    .set({ state: 'revoked', revokedAt: at })
    .where('communeCode', '=', communeCode)
    .where('deviceId', '=', deviceId)
    .execute();
  await writeAudit(tx, { communeCode, at, ...actorOf(by), action: 'device_revoked', subject: deviceId });
}

/** The province that the commune's own record names, by its area id; undefined: none is known. */
export async function provinceOf(db: Database, communeCode: string): Promise<string | undefined> {
  const row = await db.selectFrom('record').selectAll().where('communeCode', '=', communeCode).where('recordId', '=', communeCode).executeTakeFirst();
  return row === undefined ? undefined : provinceIdOf(rowToRecord(row));
}

export async function findDevice(db: Database, communeCode: string, deviceId: string): Promise<DeviceTable | undefined> {
  return await db
    .selectFrom('device')
    .selectAll()
    .where('communeCode', '=', communeCode)
    .where('deviceId', '=', deviceId)
    .executeTakeFirst();
}
