/** A phone names itself, proves its key and that the endpoint opens what it seals, and gets its tokens. */
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { EnrolmentAnswer, EnrolmentErrorCode, EnrolmentRequest } from '#sync/protocol.ts';
import { findDevice } from './accounts.ts';
import type { Accounts } from './accounts.ts';
import { writeAudit } from './audit.ts';
import type { EndpointContext } from './context.ts';
import type { InvitationTable, Writing } from './database/schema.ts';
import { refusalOf } from './invitations.ts';
import type { Invitations } from './invitations.ts';
import type { Sessions } from './sessions.ts';
import { hashToken } from './tokens.ts';

/** An account holds at most two devices (domain model, section 2). */
export const maxDevices = 2;

type Refusal = { code: EnrolmentErrorCode };

export function createEnrolment(
  context: EndpointContext,
  { accounts, sessions, invitations }: { readonly accounts: Accounts; readonly sessions: Sessions; readonly invitations: Invitations },
) {
  const { db, clock } = context;

  /**
   * Repeating a request whose answer was lost gives the same device, and a session, until the device was heard of by a session: then
   * its answer had arrived, and the request, which may still be found on the phone's disk without any passphrase, opens nothing more.
   */
  async function enrol(request: EnrolmentRequest): Promise<Result<EnrolmentAnswer, Refusal>> {
    const found = await invitations.find(db, request.invitation);
    if (found === undefined) return err({ code: 'unknown_invitation' });
    if (!(await isProven(request, found.communeCode))) return err({ code: 'probe_not_opened' });
    return await db.transaction().execute(async (tx) => {
      const invitation = await invitations.find(tx, request.invitation);
      if (invitation === undefined) return err({ code: 'unknown_invitation' });
      const refusal = await register(tx, invitation, request);
      return refusal === undefined ? ok(await answer(tx, invitation, request.deviceId)) : err({ code: refusal });
    });
  }

  async function isProven(request: EnrolmentRequest, communeCode: string): Promise<boolean> {
    const session = await context.opener.accept(request.header, request.devicePublicKey);
    if (!session.ok) return false;
    const { info } = session.value;
    if (info.communeCode !== communeCode || info.deviceId !== request.deviceId) return false;
    return (await session.value.open(request.probe, 'probe')).ok;
  }

  async function register(tx: Writing, invitation: InvitationTable, request: EnrolmentRequest): Promise<EnrolmentErrorCode | undefined> {
    const { communeCode, memberId } = invitation;
    const now = clock.now();
    const known = await findDevice(tx, communeCode, request.deviceId);
    const isSameDevice = known?.publicKey === request.devicePublicKey && known.memberId === memberId && known.state === 'active';
    const isHeardOf = known !== undefined && known.lastContactAt !== known.enrolledAt;
    if (isSameDevice && !isHeardOf && invitation.usedByDeviceId === request.deviceId) return undefined;
    const refusal = refusalOf(invitation, now);
    if (refusal !== undefined) return refusal;
    // The id belongs to another phone or another person; no honest phone gets here.
    if (known !== undefined && !isSameDevice) return 'used_invitation';
    if (known === undefined) {
      if ((await activeDevices(tx, communeCode, memberId)) >= maxDevices) return 'too_many_devices';
      await tx
        .insertInto('device')
        .values({
          communeCode,
          deviceId: request.deviceId,
          memberId,
          state: 'active',
          publicKey: request.devicePublicKey,
          deliveryTokenHash: hashToken(deliveryTokenOf(communeCode, request.deviceId)),
          enrolledAt: now,
          lastContactAt: now,
          unsent: 0,
          revokedAt: null,
        })
        .execute();
      await writeAudit(tx, { communeCode, at: now, actor: memberId, action: 'device_enrolled', subject: request.deviceId });
    }
    await tx
      .updateTable('invitation')
      .set({ usedByDeviceId: request.deviceId, usedAt: now })
      .where('communeCode', '=', communeCode)
      .where('tokenHash', '=', invitation.tokenHash)
      .execute();
    return undefined;
  }

  async function answer(tx: Writing, invitation: InvitationTable, deviceId: string): Promise<EnrolmentAnswer> {
    const { communeCode, memberId } = invitation;
    return {
      member: await accounts.accountOf(tx, communeCode, memberId),
      deviceId,
      sessionToken: await sessions.createSession(tx, communeCode, deviceId),
      deliveryToken: deliveryTokenOf(communeCode, deviceId),
      epoch: context.keys.epoch,
    };
  }

  /** The same for each repetition: of two answers on the way, the phone may keep either. */
  function deliveryTokenOf(communeCode: string, deviceId: string): string {
    return `${communeCode}.${context.keys.contentHash(`delivery token\n${communeCode}\n${deviceId}`)}`;
  }

  return { enrol };
}

async function activeDevices(tx: Writing, communeCode: string, memberId: string): Promise<number> {
  const rows = await tx
    .selectFrom('device')
    .select('deviceId')
    .where('communeCode', '=', communeCode)
    .where('memberId', '=', memberId)
    .where('state', '=', 'active')
    .execute();
  return rows.length;
}
