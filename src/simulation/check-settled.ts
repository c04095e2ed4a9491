/** What became of each entry in the end, and whether it may have become that: nothing waits for ever, nothing is refused without a reason. */
import type { SavedEntry } from './ledger.ts';
import type { RunContext } from './run-context.ts';
import type { SimulatedEndpoint } from './simulated-endpoint.ts';

interface EntryRow {
  readonly entryId: string;
  readonly deviceId: string;
  readonly verdict: string;
  readonly code: string | null;
  readonly state: string;
  readonly receivedAt: string;
  readonly settledAt: string;
  /** 1: its content is kept for a supervisor. */
  readonly isKept: number;
}

/** At quiet. `isStable`: nobody's rights changed in this run and no backup was put back, so that an author may do in the end what they might at first. */
export function checkSettled(run: RunContext, { database, record }: SimulatedEndpoint, isStable: boolean): void {
  const rows = database.rows<EntryRow>(
    `select e.entryId, e.deviceId, e.verdict, e.code, e.receivedAt, e.settledAt, d.state,
       exists (select 1 from waiting_entry w where w.communeCode = e.communeCode and w.entryId = e.entryId) as isKept
     from entry e join device d on d.communeCode = e.communeCode and d.deviceId = e.deviceId`,
  );
  const refused = rows.filter(({ verdict }) => verdict === 'rejected' || verdict === 'quarantined').map(({ entryId }) => entryId);
  for (const row of rows) {
    const saved = run.ledger.get(row.entryId);
    if (saved === undefined) continue;
    const { entryId, verdict, code } = row;
    if (verdict === 'held' && code !== 'schema') run.broke(`${entryId} is held for ever`);
    if ((verdict === 'held' || verdict === 'quarantined') && row.isKept === 0) run.broke(`${entryId} is ${verdict}, and nobody has its content any more`);
    const isWithReason = verdict === 'rejected' ? isRejectable(run, saved, row, refused) : isToBeSetAside(run, saved, row, { refused, erased: record.erased, isStable }) || cameTooLate(run, saved, row, rows);
    if ((verdict === 'rejected' || verdict === 'quarantined') && !isWithReason) run.broke(`${entryId} is ${verdict} (${code ?? ''}) for no reason`);
  }
}

function isRejectable(run: RunContext, saved: SavedEntry, { code }: EntryRow, refused: readonly string[]): boolean {
  if (saved.isSpoiled || code === 'declined_by_supervisor') return true;
  // It waited for what it came after longer than anything waits, and without that it is not whole.
  if (code === 'required') return saved.draft.changes.some(({ base }) => base === 0);
  // What others made of a record meanwhile.
  if (code === 'deleted' || code === 'declined' || code === 'unknown_record') return true;
  // Two people made each household the double of the other.
  if (code === 'already_merged') return saved.draft.changes.some((change) => 'set' in change && typeof change.set['mergedInto'] === 'string');
  // Written upon what was refused, it has nothing to stand on, by whatever rule that is found out.
  return followsOne(run, saved, refused);
}

interface Circumstances {
  readonly refused: readonly string[];
  readonly erased: ReadonlySet<string>;
  readonly isStable: boolean;
}

function isToBeSetAside(run: RunContext, saved: SavedEntry, { code, state }: EntryRow, { refused, erased, isStable }: Circumstances): boolean {
  if (code === 'revoked_device') return state === 'revoked';
  if (code === 'follows_refused') return followsOne(run, saved, refused);
  if (code === 'wrong_author') return false;
  // On its phone a record that was refused stays in sight, and more may be written below it.
  if (followsOne(run, saved, refused)) return true;
  // Whether the household that it was to be the double of is not theirs to read or was erased, nobody is told.
  if (saved.draft.changes.some((change) => 'set' in change && erased.has(String(change.set['mergedInto'])))) return true;
  // Feedback about staff is hidden from the team as soon as it is known to be that.
  return !isStable || saved.draft.changes.some(({ kind }) => kind === 'feedback' || kind === 'feedback_event');
}

/** Nothing waits longer (`waited_too_long`). */
const longestWaitMs = 7 * 86_400_000;

/** What it came after, by its author's own order, arrived when it had been waited for in vain (both are told to the second). */
function cameTooLate(run: RunContext, saved: SavedEntry, row: EntryRow, rows: readonly EntryRow[]): boolean {
  if (Date.parse(row.settledAt) - Date.parse(row.receivedAt) < longestWaitMs) return false;
  const ofPhone = run.ledger.ofPhone(saved.phone);
  const before = new Set(ofPhone.slice(0, ofPhone.indexOf(saved)).map(({ draft }) => draft.entryId));
  return followsOne(run, saved, rows.flatMap(({ entryId, receivedAt }) => (receivedAt >= row.settledAt && before.has(entryId) ? [entryId] : [])));
}

/** Another one of the phone's, of these, touches or makes what this one touches or refers to. */
function followsOne(run: RunContext, saved: SavedEntry, others: readonly string[]): boolean {
  const words = JSON.stringify(saved.draft.changes);
  return others.some((entryId) => {
    const other = run.ledger.get(entryId);
    return other !== undefined && other !== saved && other.phone === saved.phone && other.draft.changes.some(({ recordId }) => words.includes(recordId));
  });
}
