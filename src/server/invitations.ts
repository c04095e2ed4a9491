/** Invitations: one use, 72 hours, kept as a hash. */
import type { Area } from '#domain/area.ts';
import { instantOf } from '#domain/identifiers.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { areaOfHolder } from '#domain/role.ts';
import type { Assignment } from '#domain/role.ts';
import type { EnrolmentCheckAnswer, EnrolmentErrorCode } from '#sync/protocol.ts';
import type { Accounts } from './accounts.ts';
import { areaTitle } from './area-title.ts';
import { writeAudit } from './audit.ts';
import type { EndpointContext } from './context.ts';
import type { Database, InvitationTable } from './database/schema.ts';
import { applyOwnInside } from './own-entries.ts';
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

export type Invitations = ReturnType<typeof createInvitations>;

export function createInvitations(context: EndpointContext, accounts: Accounts) {
  const { db, clock, random, newId } = context;

  /** Throws when the member's record breaks a rule (a name of one letter): the caller asks `checkFields` first. */
  async function create(args: NewInvitation): Promise<{ invitation: string; memberId: string; expiresAt: number }> {
    const { communeCode, name, assignments } = args;
    const memberId = args.memberId ?? newId();
    const now = clock.now();
    const invitation = createToken(communeCode, random);
    const expiresAt = now + invitationLifeMs;
    await db.transaction().execute(async (tx) => {
      if (!(await accounts.isMember(tx, communeCode, memberId))) {
        const first = assignments[0];
        if (first === undefined) throw new Error('a new member needs a role');
        await accounts.createMember(tx, communeCode, memberId, assignments);
        const set = { name, ...first };
        const endpointId = context.keys.identity.endpointId;
        const draft = {
          entryId: newId(),
          memberId: endpointId,
          occurredAt: instantOf(now),
          changes: [{ recordId: memberId, kind: 'member' as const, areaId: areaOfHolder(first, communeCode), base: 0, set }],
        };
        const verdicts = await applyOwnInside(context, tx, [{ communeCode, drafts: [draft] }]);
        const refused = verdicts.find((verdict) => verdict.verdict !== 'applied');
        if (refused !== undefined) throw new Error(`the member's record was ${refused.verdict}: ${refused.code} ${refused.field ?? ''}`);
      }
      await tx
        .insertInto('invitation')
        .values({
          communeCode,
          tokenHash: hashToken(invitation),
          memberId,
          createdAt: now,
          expiresAt,
          usedByDeviceId: null,
          usedAt: null,
          cancelledAt: null,
        })
        .execute();
      await writeAudit(tx, { communeCode, at: now, actor: 'endpoint', action: 'invitation_created', subject: memberId });
    });
    return { invitation, memberId, expiresAt };
  }

  /** Asking does not use it up. */
  async function check(invitation: string): Promise<Result<EnrolmentCheckAnswer, { code: EnrolmentErrorCode }>> {
    const found = await find(db, invitation);
    if (found === undefined) return err({ code: 'unknown_invitation' });
    const refusal = refusalOf(found, clock.now());
    if (refusal !== undefined) return err({ code: refusal });
    const { communeCode, memberId, expiresAt } = found;
    const { name, assignments } = await accounts.accountOf(db, communeCode, memberId);
    const { hamletId, unitId } = assignments[0] ?? {};
    const hamletName = hamletId === undefined ? '' : await areaName(communeCode, hamletId);
    const unitName = unitId === undefined ? '' : await accounts.nameOf(db, communeCode, unitId);
    return ok({
      name,
      communeCode,
      communeName: await areaName(communeCode, communeCode),
      ...(hamletName === '' ? {} : { hamletName }),
      ...(unitName === '' ? {} : { unitName }),
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

  return { create, check, find };
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
