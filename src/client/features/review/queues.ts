/** The desk's queues and filters: which feedback waits for what. */
import type { FeedbackState } from '#domain/feedback.ts';
import type { Topic } from '#domain/topic.ts';
import type { DeskRow, DeskScope } from './desk-row.ts';

export const queueNames = ['fresh', 'to_assign', 'waiting', 'overdue', 'to_tell', 'returned', 'done', 'all'] as const;
export type QueueName = (typeof queueNames)[number];

const statesOf: Record<Exclude<QueueName, 'overdue' | 'all'>, readonly FeedbackState[]> = {
  fresh: ['received', 'reopened'],
  to_assign: ['triaged'],
  waiting: ['assigned', 'in_progress', 'transferred_up'],
  to_tell: ['answered'],
  returned: ['returned'],
  done: ['delivered', 'confirmed', 'closed_unreachable', 'merged', 'withdrawn', 'referred'],
};

export function isInQueue(queue: QueueName, row: DeskRow): boolean {
  if (queue === 'all') return true;
  return queue === 'overdue' ? row.isOverdue : statesOf[queue].includes(row.standing.state);
}

/** A unit that answers is never asked to triage or to assign. */
export function queuesFor(scope: DeskScope): readonly QueueName[] {
  return scope.isBloc ? queueNames : queueNames.filter((queue) => queue !== 'fresh' && queue !== 'to_assign');
}

export function countsOf(rows: readonly DeskRow[]): Record<QueueName, number> {
  const count = (queue: QueueName) => rows.filter((row) => isInQueue(queue, row)).length;
  return Object.fromEntries(queueNames.map((queue) => [queue, count(queue)])) as Record<QueueName, number>;
}

export interface DeskFilter {
  readonly state?: FeedbackState | undefined;
  readonly hamletId?: string | undefined;
  readonly topic?: Topic | undefined;
  readonly onlyOverdue: boolean;
}
export const noFilter: DeskFilter = { onlyOverdue: false };

export function passesFilter(filter: DeskFilter, { feedback, standing, isOverdue }: DeskRow): boolean {
  return (
    (filter.state === undefined || standing.state === filter.state) &&
    (filter.hamletId === undefined || feedback.areaId === filter.hamletId) &&
    (filter.topic === undefined || standing.topic === filter.topic) &&
    (!filter.onlyOverdue || isOverdue)
  );
}

export function isFiltering({ state, hamletId, topic, onlyOverdue }: DeskFilter): boolean {
  return state !== undefined || hamletId !== undefined || topic !== undefined || onlyOverdue;
}
