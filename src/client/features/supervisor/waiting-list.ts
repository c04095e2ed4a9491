/** What waits for the supervisor who uses this phone, between a decision and the next answer of the endpoint. */
import type { SessionCallError } from '#client/remote/session-calls.ts';
import type { WaitingForSupervisor } from '#client/remote/waiting.ts';
import type { Result } from '#domain/result.ts';

/** Without the entry that was decided on, by them or by somebody else; the very same list where it may still wait. */
export function withoutDecided(entries: readonly WaitingForSupervisor[], entryId: string, decided: Result<void, SessionCallError>): readonly WaitingForSupervisor[] {
  const isGone = decided.ok || (decided.error.code === 'refused' && (decided.error.status === 404 || decided.error.error === 'already_decided'));
  return isGone ? entries.filter((entry) => entry.entryId !== entryId) : entries;
}
