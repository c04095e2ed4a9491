/**
 * A household declines to be detailed while a colleague is offline. Neither could have known of the other, so neither is refused; but
 * what the household took back is kept nowhere: not in the record, not in its open conflicts, not in the history.
 */
import type { ApplyContext, Change, SetChange } from './change.ts';
import { detailFields, isDetailField } from './household.ts';
import { letGoText } from './let-go.ts';
import { isSetMeanwhile } from './meanwhile.ts';
import type { Meanwhile } from './meanwhile.ts';
import { isDeclinedOnItsWay } from './merged-households.ts';
import { isKind } from './record.ts';
import type { AnyRecord, Conflict } from './record.ts';

/** A household that declines, as a correction sets it: counted, and not detailed. */
export const declinedFields = { contact: 'no', ...Object.fromEntries(detailFields.map((field) => [field, undefined])) } as const;

/**
 * The change as it is applied and kept: whoever merges a double into a household that declined, and had not heard of it, takes out of the double what the household
 * took back, as everybody does who had (`mergeHouseholds`). The very same change where it merges into no such household.
 */
export function decliningAsDouble<C extends Change>(record: AnyRecord | undefined, change: C, { records }: Pick<ApplyContext, 'records'>): C {
  if (change.kind !== 'household' || !('set' in change)) return change;
  const { mergedInto } = change.set;
  if (typeof mergedInto !== 'string' || !isDeclinedOnItsWay(mergedInto, records)) return change;
  const before: Readonly<Record<string, unknown>> = record?.fields ?? {};
  const named = detailFields.filter((field) => isNotNull(field in change.set ? change.set[field] : before[field]));
  if (named.length === 0 && (change.set['contact'] ?? before['contact']) === 'no') return change;
  return { ...change, set: { ...change.set, contact: 'no', ...Object.fromEntries(named.map((field) => [field, null])) } };
}

/**
 * The change as it is applied and kept: details of a household that declined after the change's `base` are left out of it, and a
 * declining takes out the details that others gave after its `base`. The very same change where nothing has to give way.
 */
export function withoutDeclined<C extends Change>(
  record: AnyRecord | undefined,
  change: C,
  context: Meanwhile,
): C {
  if (!isKind(record, 'household') || change.kind !== 'household' || !('set' in change)) return change;
  const set: SetChange['set'] = { ...change.set };
  const contact = 'contact' in set ? set['contact'] : record.fields.contact;
  if (contact !== 'no') return change;
  const { contact: was } = record.fields;
  for (const field of detailFields) {
    if (was === 'no' && isNotNull(set[field]) && isSetMeanwhile('contact', record, change, context)) delete set[field];
    // Told as a change of its own, so that the history says when the detail went. Earlier versions of the app did not take out the list.
    else if (was !== 'no' && record.fields[field] !== undefined && !(field in set) && (field === 'sourceListId' || isSetMeanwhile(field, record, change, context))) set[field] = null;
  }
  return Object.keys(set).length === Object.keys(change.set).length ? change : { ...change, set };
}

/**
 * The change as it waits: of the details that `withoutDeclined` leaves out, only that it gave them, so that it counts as declined also when the household agrees
 * again before it is judged. The very same change where it gives none.
 */
export function withDetailsMarked<C extends Change>(
  record: AnyRecord | undefined,
  change: C,
  context: Meanwhile,
): C {
  const applied = withoutDeclined(record, change, context);
  if (!('set' in change) || !('set' in applied)) return change;
  const given = detailFields.filter((field) => field in change.set && !(field in applied.set) && change.set[field] !== letGoText);
  return given.length === 0 ? change : { ...change, set: { ...change.set, ...Object.fromEntries(given.map((field) => [field, letGoText])) } };
}

/** Without the values of details in a household that declined. */
export function conflictsWithoutDeclined(kind: string, fields: Readonly<Record<string, unknown>>, conflicts: readonly Conflict[]): readonly Conflict[] {
  const isDeclined = kind === 'household' && fields['contact'] === 'no';
  return isDeclined ? conflicts.filter(({ field }) => !isDetailField(field)) : conflicts;
}

function isNotNull(value: unknown): boolean {
  return value !== null && value !== undefined;
}
