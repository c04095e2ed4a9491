/** What an entry that waits is kept with: never what is forgotten by then. It is judged as it was written all the same. */
import type { Change } from '#domain/change.ts';
import { withoutErasedName } from '#domain/let-go.ts';
import type { Writing } from './database/schema.ts';
import { erasedAmong } from './erased-records.ts';

type Opened = Readonly<Record<string, unknown>>;

/** Without who said it where its household was erased; the very same where none was. */
export async function withoutErasedNames(tx: Writing, communeCode: string, opened: Opened): Promise<Opened> {
  const changes = changesIn(opened);
  const households = changes.flatMap((change) => (change?.kind === 'feedback' && 'set' in change && typeof change.set?.['householdId'] === 'string' ? [change.set['householdId']] : []));
  const erased = await erasedAmong(tx, communeCode, households);
  return erased.size === 0 ? opened : { ...opened, changes: changes.map((change) => withoutErasedName(change, (recordId) => erased.has(recordId))) };
}

/** As they lie there: of a newer schema, or broken, they may be anything. */
function changesIn({ changes }: Opened): Change[] {
  return Array.isArray(changes) ? (changes as Change[]) : [];
}
