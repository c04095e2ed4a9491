/** What this phone saved and the channels do not show yet, laid over what they do show. */
import { applyChange } from '#domain/change.ts';
import type { Entry, EntryDraft } from '#domain/change.ts';
import { mayWrite } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import type { AnyRecord, RecordState, Records } from '#domain/record.ts';
import type { Rejection } from '#domain/rejection.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { MemberScope } from '#domain/role.ts';

/** Records with changes laid over them. */
export interface Overlay extends Records {
  readonly changed: ReadonlyMap<string, AnyRecord>;
}

export function createOverlay(below: Records): Overlay & { lay(records: Iterable<AnyRecord>): void } {
  const changed = new Map<string, AnyRecord>();
  const events = new Map<string, Map<string, RecordState<'feedback_event'>>>();
  return {
    changed,
    find: (recordId) => changed.get(recordId) ?? below.find(recordId),
    eventsOf(feedbackId) {
      const own = events.get(feedbackId);
      const known = below.eventsOf(feedbackId);
      return own === undefined ? known : [...known.filter((event) => !own.has(event.recordId)), ...own.values()];
    },
    lay(records) {
      for (const record of records) {
        changed.set(record.recordId, record);
        if (!isKind(record, 'feedback_event')) continue;
        const { feedbackId } = record.fields;
        events.set(feedbackId, (events.get(feedbackId) ?? new Map<string, RecordState<'feedback_event'>>()).set(record.recordId, record));
      }
    },
  };
}

export type Refusal = { readonly code: 'refused'; readonly rejection: Rejection } | { readonly code: 'not_allowed'; readonly reason: 'no_access' | 'not_your_role' };

/**
 * The records as the entry leaves them, all or none. With `author` permission is asked as well, each change after those before it.
 */
export function applyEntry(
  entry: EntryDraft & Pick<Entry, 'deviceId'>,
  records: Records,
  author?: MemberScope,
): Result<Overlay, Refusal> {
  const staged = createOverlay(records);
  for (const change of entry.changes) {
    const record = staged.find(change.recordId);
    const permission = author === undefined ? undefined : mayWrite(author, change, record, staged);
    if (permission?.allowed === false) return err({ code: 'not_allowed', reason: permission.reason });
    const applied = applyChange(record, change, { entry, records: staged, settingsSince: [] });
    if (!applied.ok) return err({ code: 'refused', rejection: applied.error });
    staged.lay([applied.value]);
  }
  return ok(staged);
}

/**
 * Entries in `deviceSeq` order over what the channels say. One whose record is gone meanwhile shows nothing; its outbox row still stands.
 * No rule of `applyChange` asks for events; permission, which does, was asked at the save.
 */
export function replay(entries: readonly Entry[], find: Records['find']): Overlay {
  const overlay = createOverlay({ find, eventsOf: () => [] });
  for (const entry of entries) {
    const applied = applyEntry(entry, overlay);
    if (applied.ok) overlay.lay(applied.value.changed.values());
  }
  return overlay;
}
