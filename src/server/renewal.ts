/** An unlocked phone whose disk was copied or put back takes a new identity (docs/decisions/0012): signed by the device it was, proven by the one it becomes. */
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { EnrolmentAnswer, RenewalErrorCode, RenewalRequest } from '#sync/protocol.ts';
import { findDevice } from './accounts.ts';
import { hasRoom, retire } from './admission.ts';
import type { Admission } from './admission.ts';
import type { EndpointContext } from './context.ts';
import type { Writing } from './database/schema.ts';
import type { Sessions } from './sessions.ts';

export type RenewalRefusal = { readonly code: RenewalErrorCode };

export function createRenewal(context: EndpointContext, { sessions, admission }: { readonly sessions: Sessions; readonly admission: Admission }) {
  /**
   * The same keys with a fresh challenge give the same device and a new session, until the new device was heard of by a session; then `used_device`.
   * The device it was is retired. Where another phone with the same disk took its place before, a further device is made, while the account has room.
   */
  return async function renew(request: RenewalRequest): Promise<Result<EnrolmentAnswer, RenewalRefusal>> {
    const signed = await sessions.signerOf(request.challenge, request.signature);
    if (signed === undefined) return err({ code: 'no_session' });
    const { communeCode, deviceId: replaces, memberId } = signed;
    if (!(await admission.isProven(request, communeCode))) return err({ code: 'probe_not_opened' });
    const answer = await context.db.transaction().execute(async (tx) => {
      const refusal = await register(tx, { communeCode, memberId, replaces }, request);
      return refusal === undefined ? ok(await admission.answer(tx, communeCode, memberId, request.deviceId)) : err({ code: refusal });
    });
    if (answer.ok) await admission.keepOutside(communeCode, request.deviceId);
    return answer;
  };

  async function register(
    tx: Writing,
    owner: { readonly communeCode: string; readonly memberId: string; readonly replaces: string },
    request: RenewalRequest,
  ): Promise<RenewalErrorCode | undefined> {
    const { communeCode, memberId, replaces } = owner;
    // It may have been revoked, or have lost its place to another, while the probe was opened.
    const replaced = await findDevice(tx, communeCode, replaces);
    if (replaced === undefined || replaced.state === 'revoked') return 'revoked_device';
    const device = await admission.acquaintanceOf(tx, communeCode, memberId, request);
    if (device.kind === 'known') return device.replaces === replaces && !device.isHeardOf ? undefined : 'used_device';
    if (device.kind === 'other') return 'used_device';
    if (replaced.state === 'active') await retire(tx, communeCode, replaces);
    else if (!(await hasRoom(tx, communeCode, memberId))) return 'too_many_devices';
    await admission.admit(tx, request, owner);
    return undefined;
  }
}
