/** Invitations: one use, 72 hours, kept as a hash. */
import type { Area } from '#domain/area.ts';
import { dayOf, instantOf } from '#domain/identifiers.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { Assignment } from '#domain/role.ts';
import type { EnrolmentCheckAnswer, EnrolmentErrorCode } from '#sync/protocol.ts';
import type { Accounts } from './accounts.ts';
import { areaTitle } from '#domain/place-name.ts';
import { actorOf, writeAudit } from './audit.ts';
import type { Asker } from './audit.ts';
import type { EndpointContext } from './context.ts';
import type { Database, InvitationTable, Writing } from './database/schema.ts';
import { communeOfToken, createToken, hashToken } from './tokens.ts';

const invitationLifeMs = 72 * 3_600_000;

export interface NewInvitation {
  readonly communeCode: string;
  /** 2 to 80 characters. */
  readonly name: string;
  /** What they will hold, from today on; the first is the one colleagues see. */
  readonly assignments: readonly Assignment[];
  /** A member who is there already (a new phone for them), or the id that a new one gets. */
  readonly memberId?: string | undefined;
}

/** `invitation`: the secret, of which only the hash is kept; `expiresAt`: milliseconds since 1970. */
export interface IssuedInvitation {
  readonly invitation: string;
  readonly invitationId: string;
  readonly expiresAt: number;
}

export type Invitations = ReturnType<typeof createInvitations>;

export function createInvitations(context: EndpointContext, accounts: Accounts) {
  const { db, clock, random, newId, cancelledInvitations } = context;

  /** Throws when the member's record breaks a rule (a name of one letter): the caller asks `checkFields` first. */
  async function create(args: NewInvitation): Promise<{ invitation: string; memberId: string; expiresAt: number }> {
    const { communeCode, name, assignments } = args;
    const memberId = args.memberId ?? newId();
    const made = await db.transaction().execute(async (tx) => {
      if (!(await accounts.isMember(tx, communeCode, memberId))) {
        const roles = assignments.map((assignment) => ({ assignment, fromDay: dayOf(clock.now()) }));
        const created = await accounts.createMember(tx, { communeCode, memberId, name, roles });
        if (!created.ok) throw new Error(`the member was refused: ${created.error.code} ${created.error.field ?? ''}`);
      }
      return await issue(tx, communeCode, memberId);
    });
    return { invitation: made.invitation, memberId, expiresAt: made.expiresAt };
  }

  /** For a member who is there. */
  async function issue(tx: Writing, communeCode: string, memberId: string, by?: Asker): Promise<IssuedInvitation> {
    const now = clock.now();
    const invitation = createToken(communeCode, random);
    const [invitationId, expiresAt] = [hashToken(invitation), now + invitationLifeMs];
    const unused = { usedByDeviceId: null, usedAt: null, cancelledAt: null };
    await tx.insertInto('invitation').values({ communeCode, tokenHash: invitationId, memberId, createdAt: now, expiresAt, ...unused }).execute();
    await writeAudit(tx, { communeCode, at: now, ...actorOf(by), action: 'invitation_created', subject: memberId });
    return { invitation, invitationId, expiresAt };
  }

  /** False: there is none that could still be used, or could have been. Cancelled before, it stays so. */
  async function cancel(tx: Writing, communeCode: string, invitationId: string, by?: Asker): Promise<boolean> {
    const now = clock.now();
    const found = await tx.selectFrom('invitation').selectAll().where('communeCode', '=', communeCode).where('tokenHash', '=', invitationId).executeTakeFirst();
    const refusal = found === undefined ? 'unknown_invitation' : refusalOf(found, now);
    if (refusal === 'cancelled_invitation') return true;
    if (found === undefined || refusal !== undefined) return false;
    // On the list first: a crash in between cancels at the next start, never less.
    cancelledInvitations?.append({ communeCode, tokenHash: invitationId, cancelledAt: now, expiresAt: found.expiresAt });
    await markCancelled(tx, found, now, by);
    return true;
  }

  async function markCancelled(tx: Writing, { communeCode, tokenHash, memberId }: InvitationTable, cancelledAt: number, by?: Asker): Promise<void> {
    await tx.updateTable('invitation').set({ cancelledAt }).where('communeCode', '=', communeCode).where('tokenHash', '=', tokenHash).execute();
    await writeAudit(tx, { communeCode, at: clock.now(), ...actorOf(by), action: 'invitation_cancelled', subject: memberId });
  }

  /**
   * At the start: cancels what the list outside the database names and an older database, put back, has open again; lists what was cancelled before there was
   * a list. What has run out opens nothing, and is forgotten.
   */
  async function applyCancellations(): Promise<void> {
    if (cancelledInvitations === undefined) return;
    const now = clock.now();
    await db.transaction().execute(async (tx) => {
      const listed = cancelledInvitations.all();
      const stored = await tx.selectFrom('invitation').selectAll().where('expiresAt', '>', now).orderBy('createdAt').orderBy('tokenHash').execute();
      for (const invitation of stored) {
        const { communeCode, tokenHash, cancelledAt, expiresAt } = invitation;
        const line = listed.find((one) => one.communeCode === communeCode && one.tokenHash === tokenHash);
        if (line !== undefined && refusalOf(invitation, now) === undefined) await markCancelled(tx, invitation, line.cancelledAt);
        if (line === undefined && cancelledAt !== null) cancelledInvitations.append({ communeCode, tokenHash, cancelledAt, expiresAt });
      }
      cancelledInvitations.forget((line) => line.expiresAt <= now);
    });
  }

  /** Those that still let a phone in, oldest first. */
  async function open(at: Database, communeCode: string): Promise<InvitationTable[]> {
    return await at
      .selectFrom('invitation')
      .selectAll()
      .where('communeCode', '=', communeCode)
      .where('expiresAt', '>', clock.now())
      .where('usedByDeviceId', 'is', null)
      .where('cancelledAt', 'is', null)
      .orderBy('createdAt')
      .orderBy('tokenHash')
      .execute();
  }

  /** Asking does not use it up. */
  async function check(invitation: string): Promise<Result<EnrolmentCheckAnswer, { code: EnrolmentErrorCode }>> {
    const found = await find(db, invitation);
    if (found === undefined) return err({ code: 'unknown_invitation' });
    const refusal = refusalOf(found, clock.now());
    if (refusal !== undefined) return err({ code: refusal });
    const { communeCode, memberId, expiresAt } = found;
    const { name, assignments } = await accounts.accountOf(db, communeCode, memberId);
    // All of them: by this somebody says whether it is meant for them.
    const hamletNames: string[] = [];
    for (const hamletId of idsOf(assignments, 'hamletId')) hamletNames.push(await areaName(communeCode, hamletId));
    const unitNames: string[] = [];
    for (const unitId of idsOf(assignments, 'unitId')) unitNames.push(await accounts.nameOf(db, communeCode, unitId));
    return ok({
      name,
      communeCode,
      communeName: await areaName(communeCode, communeCode),
      ...(hamletNames.length === 0 ? {} : { hamletName: hamletNames.join(', ') }),
      ...(unitNames.some(Boolean) ? { unitName: unitNames.filter(Boolean).join(', ') } : {}),
      assignments,
      expiresAt: instantOf(expiresAt),
    });
  }

  /** The code where the area is not there yet. */
  async function areaName(communeCode: string, areaId: string): Promise<string> {
    const row = await db
      .selectFrom('record')
      .select('fields')
      .where('communeCode', '=', communeCode)
      .where('recordId', '=', areaId)
      .where('kind', '=', 'area')
      .executeTakeFirst();
    if (row === undefined) return areaId;
    return areaTitle(JSON.parse(row.fields) as Area);
  }

  return { create, issue, cancel, applyCancellations, open, check, find };
}

function idsOf(assignments: readonly Assignment[], field: 'hamletId' | 'unitId'): readonly string[] {
  return [...new Set(assignments.flatMap((assignment) => assignment[field] ?? []))];
}

/** Why it cannot be used any more; undefined: it can. */
export function refusalOf(invitation: InvitationTable, now: number): EnrolmentErrorCode | undefined {
  if (invitation.cancelledAt !== null) return 'cancelled_invitation';
  if (invitation.usedByDeviceId !== null) return 'used_invitation';
  return invitation.expiresAt <= now ? 'expired_invitation' : undefined;
}

async function find(db: Database, invitation: string): Promise<InvitationTable | undefined> {
  const communeCode = communeOfToken(invitation);
  if (communeCode === undefined) return undefined;
  return await db
    .selectFrom('invitation')
    .selectAll()
    .where('communeCode', '=', communeCode)
    .where('tokenHash', '=', hashToken(invitation))
    .executeTakeFirst();
}
