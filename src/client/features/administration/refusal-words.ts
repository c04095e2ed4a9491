/** Why what was asked of the commune was not told or not done, in words. */
import { askErrorWords, rejectionWords } from '#client/languages/error-words.ts';
import type { Messages } from '#client/languages/vi.ts';
import { officeErrorOf } from '#client/remote/administration.ts';
import type { SessionCallError } from '#client/remote/session-calls.ts';

/** Why nothing could be asked or told; the endpoint's own "no" where it said one. */
export function failureWords(m: Messages, error: SessionCallError): string {
  if (error.code !== 'refused') return askErrorWords(m, error);
  const code = officeErrorOf(error) ?? (error.status === 404 ? 'not_found' : undefined);
  if (code !== undefined) return m.administration.refused[code];
  if (Object.hasOwn(m.errors.rejection, error.error)) return rejectionWords(m, { code: error.error, field: error.field });
  return m.errors.asking['endpoint_error'] ?? m.errors.unknown;
}

/** The same after an act: where no answer came it is not known whether it was done. */
export function actFailureWords(m: Messages, error: SessionCallError): string {
  const isUnknown = error.code === 'unreachable' || error.code === 'timeout' || error.code === 'endpoint_error' || error.code === 'not_our_endpoint';
  return isUnknown ? m.administration.notSure(failureWords(m, error)) : failureWords(m, error);
}
