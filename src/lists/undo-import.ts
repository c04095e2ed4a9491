/** Takes an import back, as far as nobody has changed it or built upon it since; also after its entries were sent. */
import { isSameValue } from '#domain/change.ts';
import type { Change, EntryDraft } from '#domain/change.ts';
import type { CommandContext } from '#domain/command.ts';
import { dayOf } from '#domain/identifiers.ts';
import { isKind } from '#domain/record.ts';
import type { AnyRecord, RecordKind } from '#domain/record.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { FieldDifference, ImportTrace } from './import-plan.ts';
import { entriesOf } from './plan-import.ts';

/**
 * Why something stays. `changed`: somebody wrote on it since. `built_upon`: another record names it, a visit perhaps. `gone`: it is not at hand; erased, or out of
 * reach. `no_way_back`: it may not be deleted by whoever takes the import back; a person has to close, end or erase it.
 */
export type LeftReason = 'changed' | 'built_upon' | 'gone' | 'no_way_back';

export interface Undoing {
  readonly entries: readonly EntryDraft[];
  /** Records closed as entered by mistake, or deleted; what belonged to one of them (a person's term) went with it and is not counted. */
  readonly closed: number;
  /** Records set back to what they were. */
  readonly setBack: number;
  /** `of`: the record of the same import that it belongs to. */
  readonly left: readonly { readonly recordId: string; readonly kind: RecordKind; readonly reason: LeftReason; readonly of?: string | undefined }[];
}

/**
 * `records`: all that the commune has at hand, whatever may name what was imported. `mayDelete`: asked of each record that is to be deleted (the endpoint's own command
 * line may delete all, a member what is theirs: `permissions.ts`); a household is closed as entered by mistake whoever asks.
 */
export function undoImport(trace: ImportTrace, records: readonly AnyRecord[], mayDelete: (record: AnyRecord) => boolean, context: CommandContext): Undoing {
  const byId = new Map(records.map((record) => [record.recordId, record]));
  const own = new Set(trace.created.map(({ recordId }) => recordId));
  const named = namedBy(records, own);
  const families = familiesOf(trace.created);
  const changes: Change[] = [];
  const left: Undoing['left'][number][] = [];
  let closed = 0;
  let setBack = 0;

  const created = trace.created.map((made) => ({ ...made, record: byId.get(made.recordId) }));
  const stays = new Set<string>();
  // What belongs to a record goes, or stays, with it.
  for (const { recordId, kind, fingerprint, record, of } of created) {
    const reason = isBack(record) ? undefined : reasonFor(record, { fingerprint, isNamed: named.has(recordId), mayDelete });
    if (reason === undefined) continue;
    stays.add(recordId);
    left.push({ recordId, kind, reason, of });
  }
  for (const { recordId, kind, record, of } of [...created].reverse()) {
    if (stays.has(recordId) || record === undefined || isBack(record)) continue;
    if (families.get(recordId)?.some((id) => stays.has(id)) === true) {
      left.push({ recordId, kind, reason: 'built_upon', of });
      continue;
    }
    const touched = { recordId, kind, areaId: record.areaId, base: record.version };
    changes.push(kind === 'household' ? { ...touched, set: { closedOn: dayOf(context.now), closedReason: 'mistake' } } : { ...touched, delete: true });
    if (of === undefined) closed += 1;
  }
  for (const { recordId, kind, differs } of trace.merged) {
    const record = byId.get(recordId);
    const current: Readonly<Record<string, unknown>> = { ...record?.fields };
    const isAt = (side: 'from' | 'to') => differs.every((difference) => isSameValue(current[difference.field] ?? null, difference[side] ?? null));
    if (record === undefined || record.deleted) left.push({ recordId, kind, reason: 'gone' });
    else if (isAt('from')) continue;
    else if (!isAt('to') || hasConflict(record, differs)) left.push({ recordId, kind, reason: 'changed' });
    else {
      changes.push({ recordId, kind, areaId: record.areaId, base: record.version, set: Object.fromEntries(differs.map(({ field, from }) => [field, from ?? null])) });
      setBack += 1;
    }
  }
  return { entries: entriesOf(changes, context), closed, setBack, left };
}

/** Taken back already: closed by mistake, or deleted. */
function isBack(record: AnyRecord | undefined): boolean {
  return record !== undefined && (record.deleted || (isKind(record, 'household') && record.fields.closedReason === 'mistake'));
}

function reasonFor(
  record: AnyRecord | undefined,
  { fingerprint, isNamed, mayDelete }: { readonly fingerprint: string; readonly isNamed: boolean; readonly mayDelete: (record: AnyRecord) => boolean },
): LeftReason | undefined {
  if (record === undefined) return 'gone';
  if (record.kind !== 'household' && (record.kind === 'area' || !mayDelete(record))) return 'no_way_back';
  // What was set back to the same since was still looked at by somebody, and nothing is lost by taking it back.
  if (fingerprintOf(record.fields) !== fingerprint || record.conflicts.length > 0) return 'changed';
  return isNamed ? 'built_upon' : undefined;
}

/** By record, those of the same import that it belongs to, or that belong to it. */
function familiesOf(created: ImportTrace['created']): ReadonlyMap<string, readonly string[]> {
  const families = new Map<string, string[]>();
  const join = (one: string, other: string) => families.set(one, [...(families.get(one) ?? []), other]);
  for (const { recordId, of } of created) {
    if (of === undefined) continue;
    join(recordId, of);
    join(of, recordId);
  }
  return families;
}

/** Of these records, those that another record names which is not one of them and is not deleted. */
function namedBy(records: readonly AnyRecord[], own: ReadonlySet<string>): ReadonlySet<string> {
  const named = new Set<string>();
  for (const record of records) {
    if (record.deleted || own.has(record.recordId)) continue;
    for (const value of Object.values(record.fields) as unknown[]) {
      for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) if (typeof one === 'string' && own.has(one)) named.add(one);
    }
  }
  return named;
}

function hasConflict({ conflicts }: AnyRecord, differs: readonly FieldDifference[]): boolean {
  return conflicts.some((conflict) => differs.some(({ field }) => field === conflict.field));
}
