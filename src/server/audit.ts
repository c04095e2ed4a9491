/** The audit log: append-only (the database refuses anything else) and chained by hash, a chain a commune. Ids only. */
import { createHash } from 'node:crypto';
import type { AuditAction } from '#sync/administration.ts';
import { countChange } from './change-count.ts';
import type { AuditTable, Database, Writing } from './database/schema.ts';

/** The member who asked, and the device they asked from. Undefined instead: the endpoint itself, or its command line. */
export interface Asker {
  readonly memberId: string;
  readonly deviceId: string;
}

/** `actor`, `subject`: ids of a member, device, entry, channel, hamlet or commune, or `endpoint`; of a run of retention how many records it let go of, of the command line's writing how many it wrote, of a run that waits the local day that is not believed; of a database that was put back the epoch that began, of a printed list which one and how many rows. `origin`: the device that asked, where one did. `at`: milliseconds since 1970. */
export interface AuditLine {
  readonly communeCode: string;
  readonly at: number;
  readonly actor: string;
  readonly action: AuditAction;
  readonly subject: string;
  readonly origin?: string | null | undefined;
}

/** Who stands in the line. */
export function actorOf(by: Asker | undefined): Pick<AuditLine, 'actor' | 'origin'> {
  return by === undefined ? { actor: 'endpoint' } : { actor: by.memberId, origin: by.deviceId };
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
  const { communeCode, at, actor, action, subject, origin = null } = line;
  const hash = chained(last?.hash ?? '', { ...line, number });
  await tx.insertInto('audit').values({ communeCode, number, at, actor, action, subject, origin, hash }).execute();
  // Also what no channel shows: a copy that lacks nothing but this line is an older one.
  await countChange(tx);
}

/** Each line's hash stands upon that of the one before. A line without an origin is hashed as all were before there was one. */
function chained(before: string, { communeCode, number, at, actor, action, subject, origin = null }: Omit<AuditTable, 'hash'> | (AuditLine & { readonly number: number })): string {
  const line = [before, communeCode, number, at, actor, action, subject, ...(origin === null ? [] : [origin])];
  return createHash('sha256').update(JSON.stringify(line)).digest('base64url');
}

/** A commune's log, as far as it was read, from its first line on. */
export interface AuditChain {
  readonly communeCode: string;
  /** How many lines there are, whole or not. */
  readonly lines: number;
  readonly lastNumber: number;
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
  for (const { communeCode } of communes) chains.push(await readChainOn(db, emptyChain(communeCode)));
  return chains;
}

export function emptyChain(communeCode: string): AuditChain {
  return { communeCode, lines: 0, lastNumber: 0, lastHash: '', brokenAt: undefined };
}

/** Reads what came after the last line that was read. */
export async function readChainOn(db: Database, from: AuditChain): Promise<AuditChain> {
  let chain = from;
  for (;;) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('communeCode', '=', from.communeCode)
      .where('number', '>', chain.lastNumber)
      .orderBy('number')
      .limit(linesAtATime)
      .execute();
    chain = withLines(chain, rows);
    if (rows.length < linesAtATime) return chain;
  }
}

/** `rows`: the next ones, by number. */
export function withLines(chain: AuditChain, rows: readonly AuditTable[]): AuditChain {
  let { lines, lastNumber, lastHash, brokenAt } = chain;
  for (const row of rows) {
    const isWhole = row.number === lastNumber + 1 && row.hash === chained(lastHash, row);
    if (!isWhole) brokenAt ??= lastNumber + 1;
    lines += 1;
    lastNumber = row.number;
    lastHash = row.hash;
  }
  return { communeCode: chain.communeCode, lines, lastNumber, lastHash, brokenAt };
}
