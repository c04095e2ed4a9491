/** The audit log: append-only (the database refuses anything else) and chained by hash, a chain a commune. Ids only. */
import { createHash } from 'node:crypto';
import type { Database, Writing } from './database/schema.ts';

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
  const hash = chained(last?.hash ?? '', { ...line, number });
  await tx.insertInto('audit').values({ communeCode, number, at, actor, action, subject, hash }).execute();
}

/** Each line's hash stands upon that of the one before. */
function chained(before: string, { communeCode, number, at, actor, action, subject }: AuditLine & { readonly number: number }): string {
  return createHash('sha256').update(JSON.stringify([before, communeCode, number, at, actor, action, subject])).digest('base64url');
}

/** A commune's log, read from its first line. */
export interface AuditChain {
  readonly communeCode: string;
  /** How many lines there are, whole or not. */
  readonly lines: number;
  /** Of the last line. Written down elsewhere, it shows later that no end was cut off: the chain alone cannot. */
  readonly lastHash: string;
  /** The number of the first line that is missing or is not what was written; undefined: every line holds. */
  readonly brokenAt: number | undefined;
}

const linesAtATime = 5_000;

/** Every commune that has a log, in the order of their codes. */
export async function readAuditChains(db: Database): Promise<AuditChain[]> {
  const communes = await db.selectFrom('audit').select('communeCode').distinct().orderBy('communeCode').execute();
  const chains: AuditChain[] = [];
  for (const { communeCode } of communes) chains.push(await readChain(db, communeCode));
  return chains;
}

async function readChain(db: Database, communeCode: string): Promise<AuditChain> {
  let lines = 0;
  let lastNumber = 0;
  let lastHash = '';
  let brokenAt: number | undefined;
  for (;;) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('communeCode', '=', communeCode)
      .where('number', '>', lastNumber)
      .orderBy('number')
      .limit(linesAtATime)
      .execute();
    for (const row of rows) {
      const isWhole = row.number === lastNumber + 1 && row.hash === chained(lastHash, { ...row, action: row.action as AuditAction });
      if (!isWhole) brokenAt ??= lastNumber + 1;
      lines += 1;
      lastNumber = row.number;
      lastHash = row.hash;
    }
    if (rows.length < linesAtATime) return { communeCode, lines, lastHash, brokenAt };
  }
}
