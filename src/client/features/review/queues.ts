/** The desk's queues and filters: which feedback waits for what. */
import type { FeedbackState } from '#domain/feedback.ts';
import type { Topic } from '#domain/topic.ts';
import { isOverdue } from './desk-row.ts';
import type { DeskRow, DeskScope } from './desk-row.ts';

/** In the order in which they stand; whoever comes to the desk finds the first of theirs open. */
export const queueNames = ['fresh', 'reopened', 'to_assign', 'waiting', 'due_today', 'overdue', 'to_tell', 'returned', 'done', 'all'] as const;
export type QueueName = (typeof queueNames)[number];

const statesOf: Record<Exclude<QueueName, 'due_today' | 'overdue' | 'all'>, readonly FeedbackState[]> = {
  fresh: ['received'],
  reopened: ['reopened'],
  to_assign: ['triaged'],
  waiting: ['assigned', 'in_progress', 'transferred_up'],
  to_tell: ['answered'],
  returned: ['returned'],
  done: ['delivered', 'confirmed', 'closed_unreachable', 'merged', 'withdrawn', 'referred'],
};

export function isInQueue(queue: QueueName, row: DeskRow): boolean {
  switch (queue) {
    case 'all':
      return true;
    case 'due_today':
      return row.escalation === 'today';
    case 'overdue':
      return isOverdue(row);
    default:
      return statesOf[queue].includes(row.standing.state);
  }
}

/** A unit that answers is never asked to triage or to assign, nor does it read on what was opened anew. */
const blocsQueues: ReadonlySet<QueueName> = new Set(['fresh', 'reopened', 'to_assign']);
export function queuesFor(scope: DeskScope): readonly QueueName[] {
  return scope.isBloc ? queueNames : queueNames.filter((queue) => !blocsQueues.has(queue));
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

export function passesFilter(filter: DeskFilter, row: DeskRow): boolean {
  const { feedback, standing } = row;
  return (
    (filter.state === undefined || standing.state === filter.state) &&
    (filter.hamletId === undefined || feedback.areaId === filter.hamletId) &&
    (filter.topic === undefined || standing.topic === filter.topic) &&
    (!filter.onlyOverdue || isOverdue(row))
  );
}

export function isFiltering({ state, hamletId, topic, onlyOverdue }: DeskFilter): boolean {
  return state !== undefined || hamletId !== undefined || topic !== undefined || onlyOverdue;
}
