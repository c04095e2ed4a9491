/** Two devices gave a field different values, or one deleted what another edited: a person says what stays. */
import { checkFields } from './change.ts';
import type { EntryDraft } from './change.ts';
import { entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import { detailFields } from './household.ts';
import { mayWrite } from './permissions.ts';
import type { AnyRecord, Records } from './record.ts';
import { err } from './result.ts';
import type { Result } from './result.ts';
import type { MemberScope } from './role.ts';

/**
 * One entry of one change. `value`: what the field is from now on, one of those that stood against each other or another; undefined, null
 * or empty clears it. For the field `deleted`: true deletes the record, all else keeps it.
 * It settles what this phone shows of the record: a value that another device set meanwhile stands against it once more (`applyChange`).
 */
export function settleConflict(record: AnyRecord, field: string, value: unknown, context: CommandContext): Result<EntryDraft, CommandError> {
  const { recordId, kind, areaId } = record;
  const touched = { recordId, kind, areaId, base: record.version };
  if (field === 'deleted') {
    return entryOf([value === true ? { ...touched, delete: true } : { ...touched, set: {}, settles: [field] }], context);
  }
  const set = { ...takenBack(record, field, value), [field]: isEmpty(value) ? null : value };
  const fields = Object.fromEntries(Object.entries({ ...record.fields, ...set }).filter(([, each]) => !isEmpty(each)));
  const rejection = checkFields(kind, fields);
  return rejection === undefined ? entryOf([{ ...touched, set, settles: [field] }], context) : err({ kind, ...rejection });
}

/** Whoever may write this field of it settles it (undefined: any that is open); to all others the record is simply there. */
export function maySettle(member: MemberScope, record: AnyRecord, records: Records, field?: string): boolean {
  const { recordId, kind, areaId, version, conflicts } = record;
  const open = field === undefined ? conflicts.map((conflict) => conflict.field) : [field];
  return open.some((one) => mayWrite(member, { recordId, kind, areaId, base: version, set: {}, settles: [one] }, record, records).allowed);
}

/** With a household's yes go the details it had given under it. */
function takenBack({ kind, fields }: AnyRecord, field: string, value: unknown): Record<string, null> {
  if (kind !== 'household' || field !== 'contact' || value !== 'no') return {};
  return Object.fromEntries(detailFields.filter((detail) => !isEmpty(fields[detail])).map((detail) => [detail, null]));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
