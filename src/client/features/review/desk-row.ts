/** One feedback on the desk with where it stands, and who sees which. */
import { communeCodeOf } from '#domain/identifiers.ts';
import type { FeedbackStanding } from '#domain/feedback-fold.ts';
import type { RecordState } from '#domain/record.ts';
import { isOfBloc } from '#domain/role.ts';
import type { MemberScope } from '#domain/role.ts';
import type { FieldStore } from '#client/store/field-store.ts';

export interface DeskRow {
  readonly feedback: RecordState<'feedback'>;
  readonly standing: FeedbackStanding;
  /** Its answer is owed and the day for it has passed. */
  readonly isOverdue: boolean;
}

/** What a member does at the desk. One who only answers for units sees those units' feedback and nothing else. */
export interface DeskScope {
  readonly isBloc: boolean;
  readonly isLead: boolean;
  readonly unitIds: readonly string[];
}

export function deskScopeOf({ assignments }: Pick<MemberScope, 'assignments'>): DeskScope {
  return {
    isBloc: isOfBloc({ assignments }),
    isLead: assignments.some(({ role }) => role === 'bloc_lead'),
    unitIds: assignments.flatMap(({ role, unitId }) => (role === 'responder' && unitId !== undefined ? [unitId] : [])),
  };
}

/** A unit owes the answer: until then its due day counts. */
export function isOwed({ state }: Pick<FeedbackStanding, 'state'>): boolean {
  return state === 'assigned' || state === 'in_progress';
}

export function deskRowOf(feedback: RecordState<'feedback'>, standing: FeedbackStanding, today: string): DeskRow {
  const isOverdue = isOwed(standing) && standing.dueOn !== undefined && standing.dueOn < today;
  return { feedback, standing, isOverdue };
}

/** All feedback the member works on, newest first. `today`: `YYYY-MM-DD`. */
export function deskRowsOf(store: Pick<FieldStore, 'all' | 'standing' | 'account'>, today: string): DeskRow[] {
  const account = store.account();
  const scope = deskScopeOf(account);
  const dated = store
    .all('feedback')
    .filter((feedback) => !feedback.deleted && communeCodeOf(feedback.areaId) === account.communeCode)
    .map((feedback) => deskRowOf(feedback, store.standing(feedback), today))
    .filter(({ standing }) => scope.isBloc || (standing.assignee !== undefined && scope.unitIds.includes(standing.assignee)))
    .map((row) => ({ row, at: Date.parse(row.feedback.receivedAt ?? row.feedback.occurredAt) }));
  dated.sort((a, b) => b.at - a.at || (a.row.feedback.recordId < b.row.feedback.recordId ? -1 : 1));
  return dated.map(({ row }) => row);
}
