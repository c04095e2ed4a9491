/** Why what was asked of the commune was not told or not done, in words. */
import { failureWords, rejectionWords } from '#client/languages/error-words.ts';
import type { Messages } from '#client/languages/vi.ts';
import { officeErrorOf } from '#client/remote/administration.ts';
import type { SessionCallError } from '#client/remote/session-calls.ts';

/** Why nothing could be asked or told; the office's own "no" where it said one. */
export function officeFailureWords(m: Messages, error: SessionCallError): string {
  return failureWords(m, error, (refused) => {
    const code = officeErrorOf(refused) ?? (refused.status === 404 ? 'not_found' : undefined);
    if (code !== undefined) return m.administration.refused[code];
    return Object.hasOwn(m.errors.rejection, refused.error) ? rejectionWords(m, { code: refused.error, field: refused.field }) : undefined;
  });
}

/** The same after an act: where no answer came it is not known whether it was done. */
export function actFailureWords(m: Messages, error: SessionCallError): string {
  const isUnknown = error.code === 'unreachable' || error.code === 'timeout' || error.code === 'endpoint_error' || error.code === 'not_our_endpoint';
  return isUnknown ? m.administration.notSure(officeFailureWords(m, error)) : officeFailureWords(m, error);
}
