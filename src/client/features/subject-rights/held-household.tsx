import { useMessages } from '#client/languages/use-messages.ts';
import type { RecordState } from '#domain/record.ts';
import { householdFacts } from './held-words.ts';
import type { HeldWordsContext } from './held-words.ts';
import styles from './held-page.module.css';

/** Every field of a household, what stands in it and what it is kept for. */
export function HouseholdFacts({ household, context }: { readonly household: RecordState<'household'>; readonly context: HeldWordsContext }) {
  const m = useMessages();
  return (
    <dl className={styles['fields']}>
      {householdFacts(m, household, context).map(({ name, words, keptFor, isKept }) => (
        <div key={name} className={styles['field']}>
          <dt>{name}</dt>
          <dd>
            <span className={isKept ? styles['value'] : styles['quiet']}>{words}</span>
            <span className={styles['quiet']}>{keptFor}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
