/** The audit log as the data-protection officer reads it: newest first, page by page, with the names of members and of nobody else. */
import { instantOf } from '#domain/identifiers.ts';
import type { AuditAnswer, AuditLineShown } from '#sync/administration.ts';
import { emptyChain, readChainOn, withLines } from './audit.ts';
import type { AuditChain } from './audit.ts';
import type { AuditTable, Database } from './database/schema.ts';
import { memberNamesOf } from './member-names.ts';

const pageLines = 100;

export function createAuditPages(db: Database) {
  /** As far as this process has read each commune's log: the whole of it at the first page, then what is new. */
  const checked = new Map<string, Promise<AuditChain>>();

  /** The lines below number `before`; undefined: from the newest on. */
  return async function auditPage(communeCode: string, before: number | undefined): Promise<AuditAnswer> {
    const chain = await checkOn(communeCode);
    const rows = (await readBelow(db, communeCode, before)).toReversed();
    // The oldest of them only stands behind the others' hashes; what was changed since the log was read shows here.
    const [oldest, ...rest] = rows;
    const page = oldest === undefined || oldest.number === 1 ? withLines(emptyChain(communeCode), rows) : withLines(standingOn(oldest), rest);
    const broken = [chain.brokenAt, page.brokenAt, await cutAt(db, chain)].filter((number) => number !== undefined);
    const shown = rows.slice(-pageLines).toReversed();
    const names = await memberNamesOf(db, communeCode, shown.flatMap(({ actor, subject }) => [actor, subject]));
    return {
      lines: shown.map((row) => rowToLine(row, names)),
      more: rows.length > pageLines,
      ...(broken.length === 0 ? {} : { brokenAt: Math.min(...broken) }),
    };
  };

  /** One after the other: two pages asked for at once read the log once. */
  async function checkOn(communeCode: string): Promise<AuditChain> {
    const reading = (checked.get(communeCode) ?? Promise.resolve(emptyChain(communeCode))).then((chain) => readChainOn(db, chain));
    checked.set(communeCode, reading);
    try {
      return await reading;
    } catch (reason) {
      checked.delete(communeCode);
      throw reason;
    }
  }
}

/** The line that the page's other lines stand on is taken as it is: the whole log was read. */
function standingOn({ communeCode, number, hash }: AuditTable): AuditChain {
  return { communeCode, lines: 0, lastNumber: number, lastHash: hash, brokenAt: undefined };
}

/** Newest first, one more than a page shows. */
async function readBelow(db: Database, communeCode: string, before: number | undefined): Promise<AuditTable[]> {
  let query = db.selectFrom('audit').selectAll().where('communeCode', '=', communeCode);
  if (before !== undefined) query = query.where('number', '<', before);
  return await query.orderBy('number', 'desc').limit(pageLines + 1).execute();
}

/** The last line that was read is no longer there, or another stands in its place: an end was cut off, or written anew, under a running endpoint. */
async function cutAt(db: Database, { communeCode, lastNumber, lastHash }: AuditChain): Promise<number | undefined> {
  if (lastNumber === 0) return undefined;
  const row = await db.selectFrom('audit').select('hash').where('communeCode', '=', communeCode).where('number', '=', lastNumber).executeTakeFirst();
  if (row?.hash === lastHash) return undefined;
  const last = await db.selectFrom('audit').select('number').where('communeCode', '=', communeCode).where('number', '<', lastNumber).orderBy('number', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? (last?.number ?? 0) + 1 : lastNumber;
}

function rowToLine({ number, at, actor, action, subject, origin }: AuditTable, names: ReadonlyMap<string, string>): AuditLineShown {
  const [actorName, subjectName] = [names.get(actor), names.get(subject)];
  return {
    number,
    at: instantOf(at),
    actor,
    ...(actorName === undefined ? {} : { actorName }),
    action,
    subject,
    ...(subjectName === undefined ? {} : { subjectName }),
    ...(origin === null ? {} : { origin }),
  };
}
