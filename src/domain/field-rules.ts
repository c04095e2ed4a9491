/** Fields that fewer may set than may write the record (domain model, sections 2, 3.1 and 3.2). */
import type { Change } from './change.ts';
import { isKind } from './record.ts';
import type { AnyRecord, RecordKind } from './record.ts';
import { blocRoles as bloc } from './role.ts';
import type { Role } from './role.ts';

/** By kind, by field: who may. A field that is not here is for whoever may write the record. */
const fieldRules: Partial<Record<RecordKind, Readonly<Record<string, readonly Role[]>>>> = {
  // What a household is entitled to comes from an official list alone, never from what a team saw.
  household: { needs: bloc, sourceListId: bloc },
  // Written without names, for everybody to read: by the bloc.
  feedback_event: { publicAnswer: bloc },
};

/** Of every field that this change sets or settles and that not everyone may: the roles that may. */
export function rolesByField(change: Change, record: AnyRecord | undefined): (readonly Role[])[] {
  const rules = fieldRules[change.kind];
  if (rules === undefined || !('set' in change)) return [];
  const fields = new Set([...Object.keys(change.set), ...(change.settles ?? [])]);
  return [...fields].flatMap((field) => (Object.hasOwn(rules, field) && !isTakenBack(field, change.set, record) ? [rules[field] ?? []] : []));
}

/** With a household's yes go its details, whoever hears the no. */
function isTakenBack(field: string, set: Readonly<Record<string, unknown>>, record: AnyRecord | undefined): boolean {
  if (!Object.hasOwn(set, field) || set[field] !== null) return false;
  return ('contact' in set ? set['contact'] : isKind(record, 'household') ? record.fields.contact : undefined) === 'no';
}
