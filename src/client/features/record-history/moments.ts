/** A record's history as moments: who set which fields, when, the newest first. From the endpoint, or from what the phone itself knows. */
import type { RecordHistory } from '#client/remote/history.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { isSameValue } from '#domain/change.ts';
import type { Change, Entry } from '#domain/change.ts';
import type { AnyRecord } from '#domain/record.ts';

export interface Setting {
  /** `deleted`: the record was given up. */
  readonly field: string;
  readonly value: unknown;
  /** Laid aside: another value is shown until a person chooses. */
  readonly isAside?: true;
}

export interface Moment {
  readonly key: string;
  readonly memberId: string;
  /** As the endpoint calls them; undefined: only this phone tells. */
  readonly memberName?: string | undefined;
  readonly occurredAt: string;
  readonly isFirst: boolean;
  /** The commune does not have it yet. */
  readonly isOnlyHere: boolean;
  readonly settings: readonly Setting[];
}

/** One moment a version: what one save set. */
export function momentsOf({ settings }: RecordHistory): readonly Moment[] {
  const byVersion = new Map<number, RecordHistory['settings']>();
  for (const setting of settings) byVersion.set(setting.version, [...(byVersion.get(setting.version) ?? []), setting]);
  const versions = [...byVersion.keys()].sort((a, b) => b - a);
  const first = versions.at(-1);
  return versions.flatMap((version) => {
    const set = byVersion.get(version) ?? [];
    const [one] = set;
    if (one === undefined) return [];
    const { memberId, memberName, occurredAt } = one;
    return [
      {
        key: `version ${version}`,
        memberId,
        memberName,
        occurredAt,
        isFirst: version === first,
        isOnlyHere: false,
        settings: set.map(({ field, value }) => ({ field, value })),
      },
    ];
  });
}

type OwnEntries = Pick<FieldStore, 'outbox' | 'entryOf'>;

/** What this phone saved and the commune does not have. `told`: what its history already says, so that nothing is told twice. */
export function unsentMoments(store: OwnEntries, recordId: string, told: readonly Moment[] = []): readonly Moment[] {
  return store
    .outbox()
    .filter(({ recordIds, state, reason }) => recordIds.includes(recordId) && (state === 'on_this_phone' || reason?.verdict === 'rejected'))
    .map(({ deviceSeq }) => store.entryOf(deviceSeq))
    .filter((entry) => entry !== undefined)
    .reverse()
    .flatMap((entry) => entry.changes.filter((change) => change.recordId === recordId).map((change) => momentOf(entry, change)))
    .filter((moment) => !told.some((known) => isSameMoment(known, moment)));
}

function momentOf(entry: Entry, change: Change): Moment {
  const { entryId, memberId, occurredAt } = entry;
  const settings = 'set' in change ? Object.entries(change.set).map(([field, value]) => ({ field, value })) : [{ field: 'deleted', value: true }];
  return { key: `${entryId} ${change.recordId}`, memberId, occurredAt, isFirst: change.base === 0, isOnlyHere: true, settings };
}

function isSameMoment(known: Moment, own: Moment): boolean {
  if (known.memberId !== own.memberId || known.occurredAt !== own.occurredAt) return false;
  return own.settings.every(({ field, value }) => known.settings.some((one) => one.field === field && isSameValue(one.value ?? null, value ?? null)));
}

/** Without the endpoint: the values that stand against each other, and who made the record. */
export function knownMoments(record: AnyRecord): readonly Moment[] {
  const fields = record.fields as Readonly<Record<string, unknown>>;
  const aside = record.conflicts.map(
    ({ field, value, memberId, occurredAt, version }): Moment => ({
      key: `aside ${field} ${version} ${JSON.stringify(value)}`,
      memberId,
      occurredAt,
      isFirst: false,
      isOnlyHere: false,
      settings: [{ field, value, isAside: true }],
    }),
  );
  const shown = record.conflicts.flatMap(({ field, shown: by }): Moment[] =>
    by === undefined || field === 'deleted'
      ? []
      : [{ key: `shown ${field}`, ...by, isFirst: false, isOnlyHere: false, settings: [{ field, value: fields[field] ?? null }] }],
  );
  const made: Moment = {
    key: 'made',
    memberId: record.memberId,
    occurredAt: record.occurredAt,
    isFirst: true,
    isOnlyHere: false,
    settings: [],
  };
  const once = new Map([...aside, ...shown].map((moment) => [moment.key, moment]));
  const told = [...once.values()].sort((a, b) => Date.parse(b.occurredAt) - Date.parse(a.occurredAt));
  return record.version === 0 ? told : [...told, made];
}
