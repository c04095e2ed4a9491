/** Hands sealed entries over with the delivery token, which delivers and reads nothing: for a phone whose keys are gone. */
import { protocolVersion, syncAnswerSchema } from '#sync/protocol.ts';
import type { SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import type { Result } from '#domain/result.ts';
import { callEndpoint } from './call.ts';
import type { CallError, Fetch } from './call.ts';

export async function deliver(
  sealed: Pick<SyncRequest, 'sessions' | 'entries'>,
  deliveryToken: string,
  fetchFrom?: Fetch,
): Promise<Result<SyncAnswer['entries'], CallError>> {
  const body: SyncRequest = { protocol: protocolVersion, sessions: sealed.sessions, entries: sealed.entries };
  const answer = await callEndpoint(
    { method: 'POST', path: '/sync', body, authorization: `Delivery ${deliveryToken}`, answer: syncAnswerSchema },
    fetchFrom,
  );
  return answer.ok ? { ok: true, value: answer.value.entries } : answer;
}
