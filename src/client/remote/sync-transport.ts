/** `POST /sync` for the engine: authenticated, and opening the device's next session by itself where the last one has ended. */
import { challengeAnswerSchema, sessionAnswerSchema, syncAnswerSchema } from '#sync/protocol.ts';
import type { SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { callEndpoint } from './call.ts';
import type { CallError, Fetch } from './call.ts';

/** `no_session`: the device was revoked, or its next session is refused. */
export type SyncFailure = Exclude<CallError, { readonly code: 'refused' }> | { readonly code: 'no_session'; readonly revoked: boolean };

/** The engine's `Transport`. */
export interface SyncTransport {
  sync(request: SyncRequest): Promise<Result<SyncAnswer, SyncFailure>>;
}

export interface TransportDeps {
  readonly communeCode: string;
  readonly deviceId: string;
  /** Signs the endpoint's one-use challenge with the device's key. */
  readonly sign: (challenge: string) => Promise<string>;
  /** The session's token as it is kept now (another tab may have opened the next one); undefined: none. */
  readonly getToken: () => Promise<string | undefined>;
  /** Keeps the next session's token (sealed on disk), before it is used. */
  readonly setToken: (token: string) => Promise<void>;
  readonly fetch?: Fetch | undefined;
}

export function createTransport(deps: TransportDeps): SyncTransport {
  async function post(request: SyncRequest, token: string): Promise<Result<SyncAnswer, CallError>> {
    return await callEndpoint({ method: 'POST', path: '/sync', body: request, authorization: `Bearer ${token}`, answer: syncAnswerSchema }, deps.fetch);
  }

  async function openSession(): Promise<Result<string, CallError>> {
    const { communeCode, deviceId } = deps;
    const asked = await callEndpoint(
      { method: 'POST', path: '/session/challenge', body: { communeCode, deviceId }, answer: challengeAnswerSchema },
      deps.fetch,
    );
    if (!asked.ok) return asked;
    const { challenge } = asked.value;
    const opened = await callEndpoint(
      { method: 'POST', path: '/session', body: { challenge, signature: await deps.sign(challenge) }, answer: sessionAnswerSchema },
      deps.fetch,
    );
    if (!opened.ok) return opened;
    await deps.setToken(opened.value.sessionToken);
    return ok(opened.value.sessionToken);
  }

  return {
    async sync(request) {
      const kept = await deps.getToken();
      if (kept !== undefined) {
        const answer = await post(request, kept);
        if (answer.ok) return answer;
        if (!isSessionEnded(answer.error)) return err(toSyncFailure(answer.error));
      }
      const token = await openSession();
      if (!token.ok) return err(toSyncFailure(token.error));
      const answer = await post(request, token.value);
      return answer.ok ? answer : err(toSyncFailure(answer.error));
    },
  };
}

function isSessionEnded(error: CallError): boolean {
  return error.code === 'refused' && error.status === 401 && error.error !== revokedError;
}

const revokedError = 'revoked_device';

function toSyncFailure(error: CallError): SyncFailure {
  if (error.code !== 'refused') return error;
  if (error.error === revokedError) return { code: 'no_session', revoked: true };
  if (error.status === 401) return { code: 'no_session', revoked: false };
  return { code: 'endpoint_error', status: error.status };
}
