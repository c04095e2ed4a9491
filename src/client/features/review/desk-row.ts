/** One feedback on the desk with where it stands, and who sees which. */
import { clockOf, escalationOf } from '#domain/feedback-clocks.ts';
import type { Clock, Escalation } from '#domain/feedback-clocks.ts';
import { communeCodeOf } from '#domain/identifiers.ts';
import type { FeedbackStanding } from '#domain/feedback-fold.ts';
import type { RecordState } from '#domain/record.ts';
import { isOfBloc } from '#domain/role.ts';
import type { MemberScope } from '#domain/role.ts';
import { shippedHolidays } from '#domain/working-days.ts';
import type { FieldStore } from '#client/store/field-store.ts';

export interface DeskRow {
  readonly feedback: RecordState<'feedback'>;
  readonly standing: FeedbackStanding;
  /** What whoever sits here is to see done next, and by when; undefined: nothing, by nobody here. */
  readonly clock: Clock | undefined;
  readonly escalation: Escalation;
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

/** A unit is shown no clock but that of its own answer. */
export function deskRowOf(feedback: RecordState<'feedback'>, standing: FeedbackStanding, { today, find, isBloc }: { readonly today: string; readonly find: FieldStore['find']; readonly isBloc: boolean }): DeskRow {
  const running = clockOf(feedback, standing, { holidays: shippedHolidays, find });
  const clock = isBloc || running?.owed === 'answer' ? running : undefined;
  return { feedback, standing, clock, escalation: clock === undefined ? 'none' : escalationOf(clock.dueOn, today, shippedHolidays) };
}

/** The day has passed. */
export function isOverdue({ escalation }: Pick<DeskRow, 'escalation'>): boolean {
  return escalation === 'late' || escalation === 'lead' || escalation === 'report';
}

/** All feedback the member works on, newest first. `today`: `YYYY-MM-DD`. */
export function deskRowsOf(store: Pick<FieldStore, 'all' | 'find' | 'standing' | 'account'>, today: string): DeskRow[] {
  const account = store.account();
  const scope = deskScopeOf(account);
  const dated = store
    .all('feedback')
    .filter((feedback) => !feedback.deleted && communeCodeOf(feedback.areaId) === account.communeCode)
    .map((feedback) => deskRowOf(feedback, store.standing(feedback), { today, find: (id) => store.find(id), isBloc: scope.isBloc }))
    .filter(({ standing }) => scope.isBloc || (standing.assignee !== undefined && scope.unitIds.includes(standing.assignee)))
    .map((row) => ({ row, at: Date.parse(row.feedback.receivedAt ?? row.feedback.occurredAt) }));
  dated.sort((a, b) => b.at - a.at || (a.row.feedback.recordId < b.row.feedback.recordId ? -1 : 1));
  return dated.map(({ row }) => row);
}
