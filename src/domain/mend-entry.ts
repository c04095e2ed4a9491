/** The command behind "mend and send again": an entry that broke a rule, with some of its fields set anew or left out. */
import type { Change, Entry, EntryDraft } from './change.ts';
import { errorOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import { isRandomId } from './identifiers.ts';
import { kindRules } from './record.ts';
import { err, ok } from './result.ts';
import type { Result } from './result.ts';

/** By the change's place in the entry, by field: its new value; undefined leaves the field out of the change. */
export type FieldEdits = Readonly<Record<number, Readonly<Record<string, unknown>>>>;

/**
 * A new entry in the place of one that was rejected, which changed nothing at the commune: the same records, the same day and hour it happened, a new id.
 * What they belong to stays (throws where an edit names it): an erasure finds by it what was rejected below a household.
 * `nothing_left`: everything was left out; then it is to be given up, not sent.
 */
export function mendEntry(
  entry: Pick<Entry, 'entryId' | 'occurredAt' | 'changes'>,
  edits: FieldEdits,
  context: Pick<CommandContext, 'newId' | 'newRandomId' | 'memberId'>,
): Result<EntryDraft, CommandError | { readonly code: 'nothing_left' }> {
  const changes = entry.changes.flatMap((change, index) => mended(change, edits[index] ?? {}));
  const [first] = changes;
  if (first === undefined) return err({ code: 'nothing_left' });
  // What must not tell when it was made keeps a random id.
  const entryId = isRandomId(entry.entryId) ? context.newRandomId() : context.newId();
  const draft: EntryDraft = { entryId, memberId: context.memberId, occurredAt: entry.occurredAt, changes };
  const error = errorOf(draft);
  return error === undefined ? ok(draft) : err(error);
}

function mended(change: Change, edits: Readonly<Record<string, unknown>>): Change[] {
  if (!('set' in change)) return [change];
  const parent = kindRules[change.kind].parent?.field;
  if (parent !== undefined && parent in edits) throw new Error(`what a ${change.kind} belongs to is not mended`);
  const set = Object.fromEntries(Object.entries({ ...change.set, ...edits }).filter(([, value]) => value !== undefined));
  // A correction that corrects nothing any more; a new record without fields is for the rules to refuse.
  const isEmpty = Object.keys(set).length === 0 && change.base > 0 && (change.settles ?? []).length === 0;
  return isEmpty ? [] : [{ ...change, set }];
}
