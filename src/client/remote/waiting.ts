/** Entries that wait for a supervisor: seen and decided with a connection, for nobody but a supervisor may hold them. */
import { decisionAnswerSchema, waitingAnswerSchema } from '#sync/protocol.ts';
import type { DecisionRequest, WaitingForSupervisor } from '#sync/protocol.ts';
import { ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { SessionCallError, SessionCalls } from './session-calls.ts';

export { reasonLength } from '#sync/protocol.ts';
export type { DecisionRequest, WaitingForSupervisor } from '#sync/protocol.ts';

/** Oldest first. */
export async function fetchWaiting(calls: SessionCalls): Promise<Result<readonly WaitingForSupervisor[], SessionCallError>> {
  const answer = await calls.post('/waiting', {}, waitingAnswerSchema);
  return answer.ok ? ok(answer.value.waiting) : answer;
}

/**
 * `refused`: 404, nothing of theirs waits under this id; 409 `already_decided` or `own_entry`; 422 it breaks a rule as it stands (code and
 * field), or the hamlet is not theirs. Where no answer came it is not known whether it was decided.
 */
export async function decideWaiting(calls: SessionCalls, request: DecisionRequest): Promise<Result<void, SessionCallError>> {
  const answer = await calls.post('/waiting/decision', request, decisionAnswerSchema);
  return answer.ok ? ok(undefined) : answer;
}
