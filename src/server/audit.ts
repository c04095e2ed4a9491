/** The audit log: append-only (the database refuses anything else) and chained by hash, a chain a commune. Ids only. */
import { createHash } from 'node:crypto';
import type { Writing } from './database/schema.ts';

export type AuditAction =
  | 'member_created' | 'invitation_created' | 'device_enrolled' | 'device_revoked' | 'other_content' | 'cursor_above_counter'
  | 'entry_quarantined' | 'entry_failed' | 'entry_accepted' | 'entry_declined' | 'record_erased' | 'roles_changed' | 'device_renewed' | 'device_brought_back';

/** `actor`, `subject`: ids of a member, device, entry or channel, or `endpoint`. `at`: milliseconds since 1970. */
export interface AuditLine {
  readonly communeCode: string;
  readonly at: number;
  readonly actor: string;
  readonly action: AuditAction;
  readonly subject: string;
}

export async function writeAudit(tx: Writing, line: AuditLine): Promise<void> {
  const last = await tx
    .selectFrom('audit')
    .select(['number', 'hash'])
    .where('communeCode', '=', line.communeCode)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const number = (last?.number ?? 0) + 1;
  const { communeCode, at, actor, action, subject } = line;
  const chained = JSON.stringify([last?.hash ?? '', communeCode, number, at, actor, action, subject]);
  const hash = createHash('sha256').update(chained).digest('base64url');
  await tx.insertInto('audit').values({ communeCode, number, at, actor, action, subject, hash }).execute();
}
