/**
 * What was hidden from a member at the moment of an answer. It may reach the phone late, and by then somebody's edit may have opened the
 * record again: the phone shows it with its next page, and until then shows what it was told.
 */
import type { SyncAnswer } from '#sync/protocol.ts';
import type { SyncAuth } from '#server/sessions.ts';
import { commune } from './commune.ts';
import type { Ledger } from './ledger.ts';
import type { Readers, StoredRecord } from './readers.ts';
import type { SimulatedDatabase } from './simulated-database.ts';

export interface ToldHidden {
  answered(auth: SyncAuth, answer: SyncAnswer): void;
  /** Records that a verdict or an eviction of this very answer speaks of, and that its member could not read when it was given. */
  hiddenIn(memberId: string, answer: SyncAnswer): readonly string[];
}

export function createToldHidden(database: SimulatedDatabase, ledger: Ledger, readers: Readers): ToldHidden {
  const hidden = new Map<string, readonly string[]>();
  const nameOf = (memberId: string, answer: SyncAnswer) => `${memberId} ${JSON.stringify(answer)}`;

  function isHidden(memberId: string, recordId: string): boolean {
    const [record] = database.rows<StoredRecord>(`select recordId, kind, areaId, fields from record where communeCode = '${commune}' and recordId = ?`, recordId);
    return record !== undefined && readers.hiddenFrom(memberId, record) === 'nothing';
  }

  return {
    answered(auth, answer) {
      if (auth.kind !== 'session') return;
      const found = spokenOf(answer, ledger).filter((recordId) => isHidden(auth.memberId, recordId));
      if (found.length > 0) hidden.set(nameOf(auth.memberId, answer), found);
    },
    hiddenIn: (memberId, answer) => (hidden.size === 0 ? [] : (hidden.get(nameOf(memberId, answer)) ?? [])),
  };
}

function spokenOf({ pull }: SyncAnswer, ledger: Ledger): string[] {
  if (pull === undefined || !('pages' in pull)) return [];
  return pull.pages.flatMap(({ rows }) =>
    rows.flatMap((row) => {
      if ('gone' in row) return row.gone === 'evicted' ? [row.recordId] : [];
      return 'verdict' in row ? (ledger.get(row.recordId)?.draft.changes.map((change) => change.recordId) ?? []) : [];
    }),
  );
}
