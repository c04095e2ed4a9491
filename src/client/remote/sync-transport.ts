/** `POST /sync` for the engine. */
import { syncAnswerSchema } from '#sync/protocol.ts';
import type { SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import { err } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { CallError } from './call.ts';
import type { NoSession, SessionCalls } from './session-calls.ts';

export type SyncFailure = Exclude<CallError, { readonly code: 'refused' }> | NoSession;

/** The engine's `Transport`. */
export interface SyncTransport {
  sync(request: SyncRequest): Promise<Result<SyncAnswer, SyncFailure>>;
}

export function createTransport(calls: SessionCalls): SyncTransport {
  return {
    async sync(request) {
      const answer = await calls.post('/sync', request, syncAnswerSchema);
      if (answer.ok) return answer;
      const { error } = answer;
      return err(error.code === 'refused' ? { code: 'endpoint_error', status: error.status } : error);
    },
  };
}
