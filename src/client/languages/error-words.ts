/** What went wrong, from codes to words a member understands. */
import type { RejectionCode } from '#domain/rejection.ts';
import type { Messages } from './vi.ts';

interface Refused {
  readonly code?: string | undefined;
  readonly field?: string | undefined;
  /** Which words do not belong there (domain/wording.ts). */
  readonly words?: readonly string[] | undefined;
}

/** For beside the field itself: the field is not named again. */
export function fieldErrorWords(m: Messages, { code, field, words }: Refused): string {
  if (words !== undefined) return m.errors.wordingInNote(quoted(words));
  const exact = field === undefined ? undefined : m.errors.ofField[field]?.[code as RejectionCode];
  return exact ?? generalWords(m, code);
}

/** For away from the field: its name first. */
export function rejectionWords(m: Messages, { code, field, words }: Refused): string {
  const name = field === undefined ? undefined : m.words.fields[field];
  // No word of ours stands for it: its own name is all that can be said.
  if (code === 'unknown_field' && field !== undefined && name === undefined) return m.errors.unknownField(field);
  const why = fieldErrorWords(m, { code, field, words });
  return name === undefined ? why : m.errors.inField(name, why);
}

type Reason = Refused & { readonly verdict: string; readonly note?: string | undefined; readonly decidedByName?: string | undefined };

/** What a citizen said holds words that are better left out, unless they are wished for. Undefined: it holds none. */
export function wordingSaidWords(m: Messages, words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : m.errors.wordingSaid(quoted(words));
}

function quoted(words: readonly string[]): string {
  return words.map((each) => `“${each}”`).join(', ');
}

/** Why a record needs the person (`NeedsYouReason` of the store). */
export function reasonWords(m: Messages, reason: Reason): string {
  const { code, field, note } = reason;
  switch (reason.verdict) {
    case 'rejected':
      if (note !== undefined) return m.errors.reasons.declined(reason.decidedByName, note);
      if (code === 'kept_too_long') return m.errors.reasons.keptTooLong;
      return m.errors.reasons.rejected(rejectionWords(m, reason));
    case 'quarantined':
      return (code === undefined ? undefined : m.errors.reasons.quarantined[code]) ?? m.errors.reasons.quarantinedOther;
    case 'held':
      return code === 'schema' ? m.errors.reasons.heldSchema : m.errors.reasons.held;
    case 'merged': {
      const name = field === undefined ? undefined : m.words.fields[field];
      return name === undefined ? m.errors.reasons.mergedOther : m.errors.reasons.merged(name);
    }
    case 'erased':
      return m.errors.reasons.erased;
    case 'unreadable':
      return m.errors.reasons.unreadable;
    default:
      return m.errors.reasons.quarantinedOther;
  }
}

/** The same for the record's own page (`RecordMark` of the store); undefined: nothing to say, or the page asks which value stays instead. */
export function ownPageWords(m: Messages, mark: { readonly state: 'on_this_phone' | 'sent' } | { readonly state: 'needs_you'; readonly reason: Reason }): string | undefined {
  return mark.state === 'needs_you' && mark.reason.verdict !== 'merged' ? reasonWords(m, mark.reason) : undefined;
}

/** Why a save saved nothing (`SaveError` of the store). */
export function saveErrorWords(
  m: Messages,
  error: { readonly code: keyof Messages['errors']['save']; readonly rejection?: Refused | undefined; readonly reason?: string | undefined },
): string {
  const words = m.errors.save[error.code];
  const why = error.rejection === undefined ? m.errors.permission[error.reason ?? ''] : rejectionWords(m, error.rejection);
  return why === undefined ? words : `${words} ${why}`;
}

/** Why the phone and the commune do not meet (`SyncError` of the engine). */
export function transportErrorWords(
  m: Messages,
  error: { readonly code: keyof Messages['errors']['transport']; readonly revoked?: boolean | undefined; readonly retired?: boolean | undefined },
): string {
  if (error.retired === true) return m.storage.renewing;
  return error.revoked === true ? m.errors.transport.revoked : m.errors.transport[error.code];
}

/** The same where nothing is sent again by itself: a question, a decision, a file in somebody's hand. */
export function askErrorWords(m: Messages, error: Parameters<typeof transportErrorWords>[1]): string {
  return m.errors.asking[error.code] ?? transportErrorWords(m, error);
}

interface RefusedAsk {
  readonly code: 'refused';
  readonly status: number;
  readonly error: string;
  readonly field?: string | undefined;
}

/** Why what was asked of the commune was not told or not done. `no`: its own "no" in words; undefined: one that a person can do nothing about. */
export function failureWords(
  m: Messages,
  error: Parameters<typeof askErrorWords>[1] | RefusedAsk,
  no: (refused: RefusedAsk) => string | undefined = () => undefined,
): string {
  if (error.code !== 'refused') return askErrorWords(m, error);
  return no(error) ?? m.errors.asking['endpoint_error'] ?? m.errors.unknown;
}

function generalWords(m: Messages, code: string | undefined): string {
  if (code === undefined) return m.errors.unknown;
  return m.errors.rejection[code as RejectionCode] ?? m.errors.permission[code] ?? m.errors.unknown;
}
