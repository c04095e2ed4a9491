import { useState } from 'react';
import type { DeskRow } from './desk-row.ts';
import { isInQueue, passesFilter } from './queues.ts';
import type { DeskFilter, QueueName } from './queues.ts';
import { steadyList } from './steady-list.ts';

export interface SteadyRows {
  readonly rows: readonly DeskRow[];
  /** How many more belong here than are shown. */
  readonly arrivals: number;
  /** The reader asks for all that belongs to this view now. */
  readonly showAll: (queue: QueueName, filter: DeskFilter) => void;
}

/** The list of a queue that stands still under the reader's eyes; each row itself is always as it is now. */
export function useSteadyRows(rows: readonly DeskRow[], queue: QueueName, filter: DeskFilter): SteadyRows {
  const idsOf = (ofQueue: QueueName, ofFilter: DeskFilter) =>
    rows.filter((row) => isInQueue(ofQueue, row) && passesFilter(ofFilter, row)).map((row) => row.feedback.recordId);
  const belonging = idsOf(queue, filter);
  const [held, setHeld] = useState<readonly string[]>(belonging);
  // The first rows to come are what the reader then holds.
  if (held.length === 0 && belonging.length > 0) setHeld(belonging);
  const byId = new Map(rows.map((row) => [row.feedback.recordId, row]));
  const { shown, arrivals } = steadyList(held, belonging, (id) => byId.has(id));
  return {
    rows: shown.flatMap((id) => byId.get(id) ?? []),
    arrivals,
    showAll: (ofQueue, ofFilter) => setHeld(idsOf(ofQueue, ofFilter)),
  };
}
