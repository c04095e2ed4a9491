/** Calls that an unlocked device makes in its own name, opening its next session by itself where the last one has ended. */
import type * as z from 'zod/mini';
import { signChallenge } from '#sync/entry.ts';
import { sessionAnswerSchema } from '#sync/protocol.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { callEndpoint, callForBytes } from './call.ts';
import type { CallError, Fetch } from './call.ts';
import { askChallenge } from './challenge.ts';

/** An unlocked device, as far as its calls need it. */
export interface CallingDevice {
  readonly communeCode: string;
  readonly deviceId: string;
  /** Signs the endpoint's one-use challenge. */
  readonly deviceKey: CryptoKey;
  /** The session's token as it is kept now (another tab may have opened the next one); undefined: none. */
  sessionToken(): Promise<string | undefined>;
  /** Keeps the next session's token (sealed on disk), before it is used. */
  keepSessionToken(token: string): Promise<void>;
}

/** The device was revoked, or retired (another took its place), or its next session is refused. */
export interface NoSession {
  readonly code: 'no_session';
  readonly revoked: boolean;
  readonly retired?: true;
}
export type SessionCallError = CallError | NoSession;

export interface SessionCalls {
  /** Never throws for what a network does. `refused` is the endpoint's own "no" to what was asked, never to who asks. */
  post<A>(path: string, body: unknown, answer: z.ZodMiniType<A>): Promise<Result<A, SessionCallError>>;
  /** Of what is answered with bytes of one of these types. */
  postForBytes(path: string, body: unknown, types: readonly string[]): Promise<Result<Blob, SessionCallError>>;
  /** As it is kept now, for what does not go through `post`: it may have ended. Undefined: none. */
  sessionToken(): Promise<string | undefined>;
}

/** By the device's signature under the endpoint's one-use challenge. The token is kept before it is used. */
export async function openNextSession(device: CallingDevice, fetchFrom?: Fetch): Promise<Result<string, CallError>> {
  const challenge = await askChallenge(device, fetchFrom);
  if (!challenge.ok) return challenge;
  const opened = await callEndpoint(
    { method: 'POST', path: '/session', body: { challenge: challenge.value, signature: await signChallenge(device.deviceKey, challenge.value) }, answer: sessionAnswerSchema },
    fetchFrom,
  );
  if (!opened.ok) return opened;
  await device.keepSessionToken(opened.value.sessionToken);
  return ok(opened.value.sessionToken);
}

export function createSessionCalls(device: CallingDevice, fetchFrom?: Fetch): SessionCalls {
  let opening: Promise<Result<string, CallError>> | undefined;

  /** Two calls that meet an ended session share the next one. */
  async function openSession(): Promise<Result<string, CallError>> {
    opening ??= openNextSession(device, fetchFrom).finally(() => (opening = undefined));
    return await opening;
  }

  async function inSession<A>(asking: (authorization: string) => Promise<Result<A, CallError>>): Promise<Result<A, SessionCallError>> {
    const kept = await device.sessionToken();
    if (kept !== undefined) {
      const answered = await asking(`Bearer ${kept}`);
      if (answered.ok) return answered;
      if (!isSessionEnded(answered.error)) return err(toNoSession(answered.error));
    }
    const token = await openSession();
    if (!token.ok) return err(toNoSession(token.error));
    const answered = await asking(`Bearer ${token.value}`);
    return answered.ok ? answered : err(toNoSession(answered.error));
  }

  return {
    post: async (path, body, answer) =>
      await inSession(async (authorization) => await callEndpoint({ method: 'POST', path, body, authorization, answer }, fetchFrom)),
    postForBytes: async (path, body, types) =>
      await inSession(async (authorization) => await callForBytes({ method: 'POST', path, body, authorization, types }, fetchFrom)),
    sessionToken: async () => await device.sessionToken(),
  };
}

const revokedError = 'revoked_device';
const retiredError = 'retired_device';

function isSessionEnded(error: CallError): boolean {
  return error.code === 'refused' && error.status === 401 && error.error !== revokedError && error.error !== retiredError;
}

/** What stands between a device and its session. */
export function toNoSession(error: CallError): SessionCallError {
  if (error.code !== 'refused') return error;
  if (error.error === revokedError) return { code: 'no_session', revoked: true };
  if (error.error === retiredError) return { code: 'no_session', revoked: false, retired: true };
  return error.status === 401 ? { code: 'no_session', revoked: false } : error;
}
