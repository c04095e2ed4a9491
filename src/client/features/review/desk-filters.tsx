import { useMessages } from '#client/languages/use-messages.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Chips, Select } from '#client/ui/choice.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { feedbackStates } from '#domain/feedback.ts';
import type { FeedbackState } from '#domain/feedback.ts';
import { topics } from '#domain/topic.ts';
import type { Topic } from '#domain/topic.ts';
import { compareVietnamese } from '#domain/vietnamese-text.ts';
import type { DeskRow } from './desk-row.ts';
import { isFiltering, noFilter } from './queues.ts';
import type { DeskFilter } from './queues.ts';
import styles from './review-desk.module.css';

interface DeskFiltersProps {
  readonly store: FieldStore;
  readonly rows: readonly DeskRow[];
  readonly filter: DeskFilter;
  readonly onFilter: (filter: DeskFilter) => void;
}

/** By state, hamlet, topic and overdue; what nobody has said anything about is not offered. Never by person or household. */
export function DeskFilters({ store, rows, filter, onFilter }: DeskFiltersProps) {
  const m = useMessages();
  const any = { value: '', label: m.review.any } as const;
  const states = new Set(rows.map((row) => row.standing.state));
  const said = new Set(rows.map((row) => row.standing.topic));
  const hamlets = [...new Set(rows.map((row) => row.feedback.areaId))].map((value) => ({ value, label: areaName(store, value) }));
  hamlets.sort((a, b) => compareVietnamese(a.label, b.label));
  return (
    <Fold label={m.review.filters} detail={isFiltering(filter) ? m.review.filterOn : undefined}>
      <div className={styles['filters']}>
        <Select
          label={m.review.hamlet}
          options={[any, ...hamlets]}
          value={filter.hamletId ?? ''}
          onChange={(value) => onFilter({ ...filter, hamletId: value === '' ? undefined : value })}
        />
        <Select<Topic | ''>
          label={m.review.topic}
          options={[any, ...topics.filter((topic) => said.has(topic)).map((value) => ({ value, label: m.words.topics[value] }))]}
          value={filter.topic ?? ''}
          onChange={(value) => onFilter({ ...filter, topic: value === '' ? undefined : value })}
        />
        <Select<FeedbackState | ''>
          label={m.review.state}
          options={[any, ...feedbackStates.filter((state) => states.has(state)).map((value) => ({ value, label: m.words.feedbackStates[value] }))]}
          value={filter.state ?? ''}
          onChange={(value) => onFilter({ ...filter, state: value === '' ? undefined : value })}
        />
        <Chips
          label={m.review.dueLabel}
          options={[{ value: 'overdue', label: m.review.onlyOverdue }]}
          value={filter.onlyOverdue ? ['overdue'] : []}
          onChange={(value) => onFilter({ ...filter, onlyOverdue: value.length > 0 })}
        />
        {isFiltering(filter) ? <Button onClick={() => onFilter(noFilter)}>{m.review.clearFilters}</Button> : null}
      </div>
    </Fold>
  );
}
