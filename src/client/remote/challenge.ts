/** The endpoint's one-use challenge, which a device signs to show who asks. */
import { challengeAnswerSchema } from '#sync/protocol.ts';
import { ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { callEndpoint } from './call.ts';
import type { CallError, Fetch } from './call.ts';

/** Given for any device: that it comes does not tell that the endpoint knows this one. */
export async function askChallenge(
  { communeCode, deviceId }: { readonly communeCode: string; readonly deviceId: string },
  fetchFrom?: Fetch,
): Promise<Result<string, CallError>> {
  const answer = await callEndpoint(
    { method: 'POST', path: '/session/challenge', body: { communeCode, deviceId }, answer: challengeAnswerSchema },
    fetchFrom,
  );
  return answer.ok ? ok(answer.value.challenge) : answer;
}
