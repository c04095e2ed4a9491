/** An entry as a line its author recognizes: what, about whom, which day. */
import { entryTitle as titleOfChanges } from '#client/languages/entry-title.ts';
import { recordTitle as titleOf } from '#client/languages/record-title.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { FieldStore, OutboxEntry } from '#client/store/field-store.ts';
import { formatDay, formatWhen } from '#client/ui/dates.ts';
import type { AnyRecord } from '#domain/record.ts';

export function entryTitle(m: Messages, store: Pick<FieldStore, 'find' | 'entryOf'>, entry: Pick<OutboxEntry, 'deviceSeq' | 'savedAt'>): string {
  // As it was written: what waits for a supervisor may be about a household that this phone no longer holds.
  const changes = store.entryOf(entry.deviceSeq)?.changes ?? [];
  return titleOfChanges(m, changes, { find: (id) => store.find(id), day: formatDay }) ?? m.sync.unnamedEntry(formatWhen(entry.savedAt));
}

export function recordTitle(m: Messages, store: Pick<FieldStore, 'find'>, record: AnyRecord): string {
  return titleOf(m, record, { find: (id) => store.find(id), day: formatDay });
}
