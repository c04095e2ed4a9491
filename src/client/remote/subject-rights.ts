/** What a data-protection officer asks of the endpoint about a citizen's request: to erase, and which phones have followed. */
import { erasureAnswerSchema, erasureConfirmationsAnswerSchema, erasureErrors } from '#sync/subject-rights.ts';
import type { ErasureAnswer, ErasureConfirmation, ErasureErrorCode } from '#sync/subject-rights.ts';
import { ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { SessionCallError, SessionCalls } from './session-calls.ts';

export { erasureErrors } from '#sync/subject-rights.ts';
export type { ErasureConfirmation } from '#sync/subject-rights.ts';

/** Which of the officer's own refusals this is; undefined: none, or one of a newer endpoint. */
export function erasureErrorOf(error: SessionCallError): ErasureErrorCode | undefined {
  return error.code === 'refused' ? erasureErrors.find((code) => code === error.error) : undefined;
}

/** For ever and everywhere. Where no answer came it is not known whether it was done; said again it changes nothing more. */
export async function eraseForRequest(calls: SessionCalls, requestId: string): Promise<Result<ErasureAnswer, SessionCallError>> {
  return await calls.post('/erasure', { requestId }, erasureAnswerSchema);
}

/** Every device that may have held what was erased. `refused` 409 `not_erased`: it is still there. */
export async function fetchErasureConfirmations(calls: SessionCalls, requestId: string): Promise<Result<readonly ErasureConfirmation[], SessionCallError>> {
  const answer = await calls.post('/erasure/confirmations', { requestId }, erasureConfirmationsAnswerSchema);
  return answer.ok ? ok(answer.value.devices) : answer;
}
