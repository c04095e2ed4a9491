/** Asks the endpoint to know this phone as another device from now on (docs/decisions/0012). */
import { challengeAnswerSchema, enrolmentAnswerSchema } from '#sync/protocol.ts';
import type { EnrolmentAnswer, RenewalRequest } from '#sync/protocol.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { callEndpoint } from './call.ts';
import type { CallError, Fetch } from './call.ts';

const refusals = ['revoked_device', 'used_device', 'too_many_devices', 'probe_not_opened', 'no_session'] as const;
/** `not_now`: no connection, an endpoint in trouble, a page that answers in its place: to be tried again. */
export type RenewalFailure = (typeof refusals)[number] | 'not_now';

/** `toRequest` signs the endpoint's one-use challenge as the device that the phone still is. The same keys may be sent again. */
export async function renew(
  device: { readonly communeCode: string; readonly deviceId: string },
  toRequest: (challenge: string) => Promise<RenewalRequest>,
  fetchFrom?: Fetch,
): Promise<Result<EnrolmentAnswer, RenewalFailure>> {
  const { communeCode, deviceId } = device;
  const asked = await callEndpoint(
    { method: 'POST', path: '/session/challenge', body: { communeCode, deviceId }, answer: challengeAnswerSchema },
    fetchFrom,
  );
  if (!asked.ok) return err(toFailure(asked.error));
  const answer = await callEndpoint(
    { method: 'POST', path: '/device/renewal', body: await toRequest(asked.value.challenge), answer: enrolmentAnswerSchema },
    fetchFrom,
  );
  return answer.ok ? ok(answer.value) : err(toFailure(answer.error));
}

function toFailure(error: CallError): RenewalFailure {
  if (error.code !== 'refused') return 'not_now';
  return refusals.find((refusal) => refusal === error.error) ?? 'not_now';
}
