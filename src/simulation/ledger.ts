/** What people saved and what became of it as far as an onlooker can tell: kept apart from the code that is looked at. */
import type { EntryDraft } from '#domain/change.ts';
import { parentIdOf } from '#domain/record.ts';

export interface SavedEntry {
  readonly draft: EntryDraft;
  readonly phone: number;
  readonly deviceId: string;
  /** The save was confirmed; false: it was cut off, and may be on the disk or not. */
  isConfirmed: boolean;
  /** False: the disk it lay on was cleared, or put back to a time before it. */
  isOnDisk: boolean;
  /** The phone was told that it was applied. */
  isTold: boolean;
  /** And has heard more since. */
  isLongTold: boolean;
  /** A person gave it up knowingly. */
  isGivenUp: boolean;
  /** It was sealed as something else. */
  isSpoiled: boolean;
  /** Saved in the same moment as others, in another tab: which came first only the disk knows. */
  isAtOnce: boolean;
}

export interface Ledger {
  readonly entries: ReadonlyMap<string, SavedEntry>;
  /** In the order of the saves. */
  ofPhone(phone: number): readonly SavedEntry[];
  begin(phone: number, deviceId: string, draft: EntryDraft): SavedEntry;
  get(entryId: string): SavedEntry | undefined;
}

export function createLedger(): Ledger {
  const entries = new Map<string, SavedEntry>();
  const byPhone = new Map<number, SavedEntry[]>();
  return {
    entries,
    ofPhone: (phone) => byPhone.get(phone) ?? [],
    get: (entryId) => entries.get(entryId),
    begin(phone, deviceId, draft) {
      const known = entries.get(draft.entryId);
      if (known !== undefined) return known;
      const entry: SavedEntry = { draft, phone, deviceId, isConfirmed: false, isOnDisk: true, isTold: false, isLongTold: false, isGivenUp: false, isSpoiled: false, isAtOnce: false };
      entries.set(draft.entryId, entry);
      byPhone.set(phone, [...(byPhone.get(phone) ?? []), entry]);
      return entry;
    },
  };
}

/** Is any of the records that it changes, or that those belong to, among these? Of an entry that an erasure reaches nothing is left, not even its name. */
export function touchesAny({ draft }: SavedEntry, recordIds: ReadonlySet<string>): boolean {
  return draft.changes.some((change) => {
    const parentId = 'set' in change ? parentIdOf(change.kind, change.set) : undefined;
    return recordIds.has(change.recordId) || (parentId !== undefined && recordIds.has(parentId));
  });
}
