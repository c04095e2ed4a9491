/** What a person is asked about a record where two wrote different things, one question a field. */
import { isSameValue } from '#domain/change.ts';
import { communeCodeOf } from '#domain/identifiers.ts';
import { mayWrite, presentArea } from '#domain/permissions.ts';
import type { AnyRecord, RecordKind, Records } from '#domain/record.ts';
import type { MemberScope } from '#domain/role.ts';
import { maySettle } from '#domain/settle-conflict.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { paths } from '#client/ui/paths.ts';

/** One of the values that stand against each other; `memberId`, `occurredAt` undefined: not known here. */
export interface Side {
  readonly value: unknown;
  readonly isShown: boolean;
  readonly memberId: string | undefined;
  readonly occurredAt: string | undefined;
}

export interface Question {
  readonly field: string;
  /** The value that is shown first, then those laid aside, the newest first. Each value once. */
  readonly sides: readonly Side[];
}

/** For `deleted`: the record as it stands (false) against the wish to have it gone (true). */
export function questionsOf(record: AnyRecord): readonly Question[] {
  const fields = [...new Set(record.conflicts.map(({ field }) => field))];
  return fields.map((field) => {
    const aside = record.conflicts.filter((conflict) => conflict.field === field).sort((a, b) => b.version - a.version);
    const [newest] = aside;
    const value = field === 'deleted' ? false : ((record.fields as Readonly<Record<string, unknown>>)[field] ?? null);
    const shown: Side = { value, isShown: true, memberId: newest?.shown?.memberId, occurredAt: newest?.shown?.occurredAt };
    const others = aside
      .filter((conflict) => !isSameValue(conflict.value ?? null, value))
      .map((conflict): Side => ({ value: conflict.value ?? null, isShown: false, memberId: conflict.memberId, occurredAt: conflict.occurredAt }));
    return { field, sides: [shown, ...others] };
  });
}

/** What somebody else wrote on, or for, stays whatever is said here (`applyChange`): it is not offered. */
export function mayDelete(member: MemberScope, record: AnyRecord, records: Records): boolean {
  const { recordId, kind, areaId, version, conflicts } = record;
  return conflicts.every(({ shown }) => shown?.memberId === member.memberId) && mayWrite(member, { recordId, kind, areaId, base: version, delete: true }, record, records).allowed;
}

/** By kind that a person is asked about, the page that asks. Others are written once, by the endpoint, or only ended: a photo taken off, a question answered. */
const askingPages: Partial<Record<RecordKind, (recordId: string) => string>> = {
  household: paths.household, visit: paths.record, prestigious_person: paths.person, prestigious_contact: paths.record, prestigious_term: paths.record, benefit: paths.record,
  feedback: paths.feedback, subject_request: paths.record, mobilization_model: paths.record, handbook_page: paths.handbookPage, document: paths.document, area: paths.hamlet,
};

/** Is it the commune alone that is asked, and not the team of the place? */
export function isForCommune(record: AnyRecord, records: Records): boolean {
  const { areaId } = record;
  const holding = (assignments: MemberScope['assignments']): MemberScope => ({ memberId: '', communeCode: communeCodeOf(areaId), assignments });
  const mayTeam = maySettle(holding([{ role: 'team_lead', hamletId: presentArea(areaId, records) }]), record, records);
  return !mayTeam && maySettle(holding([{ role: 'bloc_lead' }, { role: 'commune_admin' }]), record, records);
}

export interface OpenConflict {
  readonly record: AnyRecord;
  /** Where it is asked. */
  readonly href: string;
}

/** Records that ask the person who uses this phone. */
export function openConflicts(store: Pick<FieldStore, 'all' | 'account' | keyof Records>): readonly OpenConflict[] {
  const account = store.account();
  return Object.entries(askingPages).flatMap(([kind, pageOf]) =>
    (store.all(kind as RecordKind) as readonly AnyRecord[])
      .filter((record) => record.conflicts.length > 0 && maySettle(account, record, store))
      .map((record) => ({ record, href: pageOf(record.recordId) })),
  );
}
