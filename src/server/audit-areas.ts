/** What an area's change leaves in the audit log, whoever wrote it. */
import type { Change } from '#domain/change.ts';
import { receptionFields } from '#domain/write-reception.ts';
import { writeAudit } from './audit.ts';
import type { AuditLine } from './audit.ts';
import type { Writing } from './database/schema.ts';

/** Of a merger follows who reads what, for a whole hamlet at once; of a reception, where every phone of the commune sends a citizen. */
export async function auditAreaChanges(tx: Writing, by: Pick<AuditLine, 'communeCode' | 'at' | 'actor' | 'origin'>, changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    if (change.kind !== 'area' || !('set' in change)) continue;
    const { set, recordId: subject } = change;
    if (set['mergedInto'] !== undefined) await writeAudit(tx, { ...by, action: set['mergedInto'] === null ? 'hamlet_parted' : 'hamlet_merged', subject });
    if (receptionFields.some((field) => field in set)) await writeAudit(tx, { ...by, action: 'reception_changed', subject });
  }
}
