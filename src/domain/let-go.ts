/**
 * Words and names that the endpoint let go of while their record goes on: on request (a household was erased and what it had said is still to be answered), or
 * because their time is over (retention.ts). What comes late, from a phone that did not know, does not bring them back.
 */
import type { Change, SetChange } from './change.ts';
import type { FeedbackEvent } from './feedback.ts';
import { detailFields, isDetailField } from './household.ts';
import { isKind } from './record.ts';
import type { AnyRecord } from './record.ts';

/** What stands in their place where the schema asks for something, so that every program reads it: "erased under the rules". */
export const letGoText = 'Đã xóa theo quy định';

/** A member's, of whom a backup knew nothing: "name not known", until the administrator writes it down again. */
export const lostName = 'Chưa rõ tên';

export function isLetGo(value: unknown): boolean {
  return value === letGoText;
}

const nameFields = ['citizenPhone', 'householdId', 'nameToResponder'] as const;

/** Named feedback without who said it. */
export const withoutName = { citizenName: letGoText, citizenPhone: null, householdId: null, nameToResponder: null } as const;
/** Feedback without what was said. */
export const withoutWords = { text: letGoText, place: null } as const;
/**
 * Of the merger into a feedback that was erased, what took it in: whoever said the other one waits for an answer still, so the step stays in its history and does
 * not apply (feedback-fold.ts). Whether a feedback is erased or only not theirs to read, a phone could not tell by itself.
 */
export const unmerging = { intoId: letGoText } as const;

/** Was this the merger into a feedback that was erased since? */
export function isUnmerged(event: FeedbackEvent): boolean {
  return event.type === 'merge' && isLetGo(event.intoId);
}

/** The change as it is applied: without what was let go of, of its feedback or of itself while it waited. The very same change where it holds none of it. */
export function withoutLetGo<C extends Change>(record: AnyRecord | undefined, change: C): C {
  if (change.kind === 'household') return withoutMarkedDetails(change);
  if (!isKind(record, 'feedback') || !('set' in change)) return change;
  const { citizenName, text } = record.fields;
  const guarded = new Set<string>([
    ...(isLetGo(citizenName) ? Object.keys(withoutName) : []),
    ...(isLetGo(text) ? [...Object.keys(withoutWords), ...nameFields] : []),
  ]);
  const set: SetChange['set'] = Object.fromEntries(Object.entries(change.set).filter(([field]) => !guarded.has(field)));
  return Object.keys(set).length === Object.keys(change.set).length ? change : { ...change, set };
}

/** A household's change waited while the household declined: of a detail it then says only that it gave one (`withDetailsMarked` in declining.ts). */
function withoutMarkedDetails<C extends Change>(change: C): C {
  if (!('set' in change) || !detailFields.some((field) => isLetGo(change.set[field]))) return change;
  const isMarked = ([field, value]: [string, unknown]): boolean => isDetailField(field) && isLetGo(value);
  return { ...change, set: Object.fromEntries(Object.entries(change.set).filter((setting) => !isMarked(setting))) };
}

/** New feedback, of a household that was erased before it arrived, as it is applied: kept, without who said it. */
export function withoutErasedHousehold<C extends Change>(change: C, isErased: (recordId: string) => boolean): C {
  return withoutNameOf(change, isErased, nameFields);
}

/** The same of feedback that waits: it still says which household it was, so that it is judged as if it came now. */
export function withoutErasedName<C extends Change>(change: C, isErased: (recordId: string) => boolean): C {
  return withoutNameOf(change, isErased, nameFields.filter((field) => field !== 'householdId'));
}

function withoutNameOf<C extends Change>(change: C, isErased: (recordId: string) => boolean, fields: readonly string[]): C {
  // Also one that no schema has read yet: what waits for an upgrade may be anything.
  if (change?.kind !== 'feedback' || !('set' in change) || typeof change.set !== 'object' || change.set === null) return change;
  const { householdId } = change.set;
  if (typeof householdId !== 'string' || !isErased(householdId)) return change;
  const set = Object.fromEntries(Object.entries(change.set).filter(([field]) => !fields.includes(field)));
  return { ...change, set: 'citizenName' in set ? { ...set, citizenName: letGoText } : set };
}
