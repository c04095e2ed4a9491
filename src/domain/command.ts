/** What every command is given and gives: pure functions from what a person entered to entries; id and time are fixed here, once. */
import { checkEntry, checkFields, isSameValue } from './change.ts';
import type { Change, EntryDraft } from './change.ts';
import { instantOf } from './identifiers.ts';
import type { AnyRecord, FieldsOf, RecordKind } from './record.ts';
import type { Rejection } from './rejection.ts';
import { err, ok } from './result.ts';
import type { Result } from './result.ts';
import { findWordingInNotes } from './wording.ts';

export interface CommandContext {
  /** Milliseconds since 1970, by the device's clock. */
  readonly now: number;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** A new UUIDv4, for what must not tell when it was made. */
  readonly newRandomId: () => string;
  /** n random bytes. */
  readonly random: (length: number) => Uint8Array;
  /** The member who acts. */
  readonly memberId: string;
}

/** Why a command made nothing: the rule, and where in the form. */
export interface CommandError extends Rejection {
  readonly kind: RecordKind;
  /** Which words do not belong there, as they were typed, where `code` is `wording`. */
  readonly words?: readonly string[] | undefined;
}

/** A new record's change. Fields that are undefined or empty text are left out. */
export function creation(
  kind: RecordKind,
  areaId: string,
  recordId: string,
  fields: Readonly<Record<string, unknown>>,
): Result<Change, CommandError> {
  const set = present(fields);
  const rejection = checkFields(kind, set);
  return rejection === undefined ? ok({ recordId, kind, areaId, base: 0, set }) : err({ kind, ...rejection });
}

/** A correction of an existing record: only what differs is sent, an emptied field as null; undefined where nothing differs. */
export function correction<K extends RecordKind>(
  record: AnyRecord,
  kind: K,
  fields: Readonly<Partial<Record<keyof FieldsOf[K] & string, unknown>>>,
): Result<Change | undefined, CommandError> {
  const before = record.fields as Readonly<Record<string, unknown>>;
  const kept = present(fields);
  const differing = Object.keys(fields).filter((field) => !isSameValue(kept[field], before[field]));
  if (differing.length === 0) return ok(undefined);
  const set = Object.fromEntries(differing.map((field) => [field, kept[field] ?? null]));
  const rejection = checkFields(kind, present({ ...before, ...set }));
  return rejection === undefined
    ? ok({ recordId: record.recordId, kind, areaId: record.areaId, base: record.version, set })
    : err({ kind, ...rejection });
}

/** An entry of these changes, by this author, now. */
export function entryOf(changes: readonly Change[], context: CommandContext): Result<EntryDraft, CommandError> {
  const entry: EntryDraft = {
    entryId: context.newId(),
    memberId: context.memberId,
    occurredAt: instantOf(context.now),
    changes: [...changes],
  };
  const error = errorOf(entry);
  return error === undefined ? ok(entry) : err(error);
}

/** What the rules, or the words of its notes, have against an entry that a person is about to save. */
export function errorOf(entry: EntryDraft): CommandError | undefined {
  const rejection = checkEntry(entry);
  if (rejection !== undefined) return { kind: entry.changes[0]?.kind ?? 'visit', ...rejection };
  const wording = findWordingInNotes(entry.changes);
  return wording === undefined ? undefined : { code: 'wording', ...wording };
}

/** Without what is undefined, null or empty. */
function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
