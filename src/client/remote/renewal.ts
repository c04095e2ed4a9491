/** Asks the endpoint to know this phone as another device from now on (docs/decisions/0012). */
import { enrolmentAnswerSchema, renewalErrors } from '#sync/protocol.ts';
import type { EnrolmentAnswer, RenewalErrorCode, RenewalRequest } from '#sync/protocol.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { callEndpoint } from './call.ts';
import type { CallError, Fetch } from './call.ts';
import { askChallenge } from './challenge.ts';

/** `not_now`: no connection, an endpoint in trouble, a page that answers in its place: to be tried again. */
export type RenewalFailure = RenewalErrorCode | 'not_now';

/** `toRequest` signs the endpoint's one-use challenge as the device that the phone still is. The same keys may be sent again. */
export async function renew(
  device: { readonly communeCode: string; readonly deviceId: string },
  toRequest: (challenge: string) => Promise<RenewalRequest>,
  fetchFrom?: Fetch,
): Promise<Result<EnrolmentAnswer, RenewalFailure>> {
  const challenge = await askChallenge(device, fetchFrom);
  if (!challenge.ok) return err(toFailure(challenge.error));
  const answer = await callEndpoint(
    { method: 'POST', path: '/device/renewal', body: await toRequest(challenge.value), answer: enrolmentAnswerSchema },
    fetchFrom,
  );
  return answer.ok ? ok(answer.value) : err(toFailure(answer.error));
}

function toFailure(error: CallError): RenewalFailure {
  if (error.code !== 'refused') return 'not_now';
  return renewalErrors.find((refusal) => refusal === error.error) ?? 'not_now';
}
