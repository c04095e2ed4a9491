/** The calls that bring a phone in: whom to seal to, what an invitation is for, and the enrolment itself. */
import {
  endpointIdentitySchema, enrolmentAnswerSchema, enrolmentCheckAnswerSchema, enrolmentErrors, invitationSchema,
} from '#sync/protocol.ts';
import type { EnrolmentAnswer, EnrolmentCheckAnswer, EnrolmentErrorCode, EnrolmentRequest } from '#sync/protocol.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { EndpointIdentity } from '#sync/entry.ts';
import { callEndpoint } from './call.ts';
import type { CallError, Fetch } from './call.ts';

/** Who and where an invitation is for. */
export type InvitationFound = EnrolmentCheckAnswer;

export type EnrolmentFailure = EnrolmentErrorCode | 'unreachable' | 'not_our_endpoint' | 'endpoint_error';

export async function fetchEndpoint(fetchFrom?: Fetch): Promise<Result<EndpointIdentity, EnrolmentFailure>> {
  const answer = await callEndpoint({ method: 'GET', path: '/endpoint', answer: endpointIdentitySchema }, fetchFrom);
  return answer.ok ? ok(answer.value) : err(toFailure(answer.error));
}

/** The invitation in what a person pasted: a link, its part after the #, or a whole message around it. Undefined: none, or cut short. */
export function readInvitation(text: string): string | undefined {
  const candidates = text.split(/[\s#?&<>"']+/u);
  return candidates.find((candidate) => invitationSchema.safeParse(candidate).success);
}

/** Asking does not use the invitation up. */
export async function checkInvitation(invitation: string, fetchFrom?: Fetch): Promise<Result<EnrolmentCheckAnswer, EnrolmentFailure>> {
  const answer = await callEndpoint(
    { method: 'POST', path: '/enrolment/check', body: { invitation }, answer: enrolmentCheckAnswerSchema },
    fetchFrom,
  );
  return answer.ok ? ok(answer.value) : err(toFailure(answer.error));
}

/** The same request again gives the same device again: after a lost answer it is simply repeated. */
export async function enrol(request: EnrolmentRequest, fetchFrom?: Fetch): Promise<Result<EnrolmentAnswer, EnrolmentFailure>> {
  const answer = await callEndpoint({ method: 'POST', path: '/enrolment', body: request, answer: enrolmentAnswerSchema }, fetchFrom);
  return answer.ok ? ok(answer.value) : err(toFailure(answer.error));
}

function toFailure(error: CallError): EnrolmentFailure {
  switch (error.code) {
    case 'unreachable':
    case 'timeout':
      return 'unreachable';
    case 'not_our_endpoint':
      return 'not_our_endpoint';
    case 'refused':
      return (enrolmentErrors as readonly string[]).includes(error.error) ? (error.error as EnrolmentErrorCode) : 'endpoint_error';
    case 'endpoint_error':
    case 'too_large':
      return 'endpoint_error';
  }
}
