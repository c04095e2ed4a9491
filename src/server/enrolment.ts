/** A phone names itself, proves its key and that the endpoint opens what it seals, and gets its tokens. */
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { EnrolmentAnswer, EnrolmentErrorCode, EnrolmentRequest } from '#sync/protocol.ts';
import { hasRoom } from './admission.ts';
import type { Admission } from './admission.ts';
import type { EndpointContext } from './context.ts';
import type { InvitationTable, Writing } from './database/schema.ts';
import { refusalOf } from './invitations.ts';
import type { Invitations } from './invitations.ts';

type Refusal = { code: EnrolmentErrorCode };

export function createEnrolment(context: EndpointContext, { invitations, admission }: { readonly invitations: Invitations; readonly admission: Admission }) {
  const { db, clock } = context;

  /**
   * Repeating a request whose answer was lost gives the same device, and a session, until the device was heard of by a session: then
   * its answer had arrived, and the request, which may still be found on the phone's disk without any passphrase, opens nothing more.
   */
  async function enrol(request: EnrolmentRequest): Promise<Result<EnrolmentAnswer, Refusal>> {
    const found = await invitations.find(db, request.invitation);
    if (found === undefined) return err({ code: 'unknown_invitation' });
    if (!(await admission.isProven(request, found.communeCode))) return err({ code: 'probe_not_opened' });
    const answer: Result<EnrolmentAnswer, Refusal> = await db.transaction().execute(async (tx) => {
      const invitation = await invitations.find(tx, request.invitation);
      if (invitation === undefined) return err({ code: 'unknown_invitation' });
      const refusal = await register(tx, invitation, request);
      if (refusal !== undefined) return err({ code: refusal });
      return ok(await admission.answer(tx, invitation.communeCode, invitation.memberId, request.deviceId));
    });
    if (answer.ok) await admission.keepOutside(found.communeCode, request.deviceId);
    return answer;
  }

  async function register(tx: Writing, invitation: InvitationTable, request: EnrolmentRequest): Promise<EnrolmentErrorCode | undefined> {
    const { communeCode, memberId } = invitation;
    const now = clock.now();
    const device = await admission.acquaintanceOf(tx, communeCode, memberId, request);
    if (device.kind === 'known' && !device.isHeardOf && invitation.usedByDeviceId === request.deviceId) return undefined;
    const refusal = refusalOf(invitation, now);
    if (refusal !== undefined) return refusal;
    if (device.kind === 'other') return 'used_invitation';
    if (device.kind === 'new') {
      if (!(await hasRoom(tx, communeCode, memberId))) return 'too_many_devices';
      await admission.admit(tx, request, { communeCode, memberId, replaces: null });
    }
    await tx
      .updateTable('invitation')
      .set({ usedByDeviceId: request.deviceId, usedAt: now })
      .where('communeCode', '=', communeCode)
      .where('tokenHash', '=', invitation.tokenHash)
      .execute();
    return undefined;
  }

  return { enrol };
}
