/** What the endpoint's database was seen to write: each entry applied once, nothing taken back. */
import { detailFields } from '#domain/household.ts';
import { letGoText } from '#domain/let-go.ts';
import type { RunContext } from './run-context.ts';
import type { SimulatedDatabase } from './simulated-database.ts';

export interface SeenVerdict {
  readonly verdict: string;
  readonly code: string | null;
}

interface Seen {
  readonly verdicts: Map<string, SeenVerdict>;
  /** By entry and record: the version it made. */
  readonly settings: Map<string, number>;
  readonly erased: Set<string>;
}

export interface EndpointRecord {
  /** After whatever may have written. */
  look(): void;
  verdict(entryId: string): SeenVerdict | undefined;
  isApplied(entryId: string): boolean;
  readonly erased: ReadonlySet<string>;
  keep(backup: number): void;
  /** Not noticed: the epoch stays, and versions are given again. */
  goBack(backup: number, isNoticed: boolean): void;
}

export function createEndpointRecord(run: RunContext, database: SimulatedDatabase): EndpointRecord {
  let seen: Seen = { verdicts: new Map(), settings: new Map(), erased: new Set() };
  const kept = new Map<number, Seen>();
  /** By record and version: the entry that made it, in whatever epoch. */
  const given = new Map<string, string>();

  function look(): void {
    const lines = database.takeJournal();
    // What belongs to an erased record goes with it.
    if (lines.some(({ what, about }) => what === 'unset' || about === 'erased')) {
      for (const { recordId } of database.rows<{ recordId: string }>('select recordId from erasure')) seen.erased.add(recordId);
    }
    // Feedback of an erased household stays without the name, and so does its history.
    const isLetGo = (recordId: string) =>
      database.rows<{ recordId: string }>(`select recordId from record where fields like '%${letGoText}%'`).some((row) => row.recordId === recordId);
    for (const { what, entryId, about, more } of lines) {
      if (what === 'verdict') {
        const before = seen.verdicts.get(entryId)?.verdict;
        const isTakenBack = (before === 'applied' || before === 'merged') && about !== 'applied' && about !== 'merged' && about !== 'erased';
        if (isTakenBack) run.broke(`${entryId} was ${before} and became ${about}`);
        seen.verdicts.set(entryId, { verdict: about, code: more === null ? null : String(more) });
      } else if (what === 'set') {
        const key = `${entryId} ${about}`;
        const before = seen.settings.get(key);
        if (before !== undefined && before !== more) run.broke(`${entryId} was applied twice to ${about}`);
        seen.settings.set(key, Number(more));
        const version = `${String(more)} of ${about}`;
        const givenTo = given.get(version) ?? entryId;
        if (givenTo !== entryId) run.broke(`version ${version} was given to ${givenTo} and to ${entryId}`);
        given.set(version, givenTo);
      } else if (what === 'raised') {
        run.broke(`${entryId} was told of ${about} once more, with nothing new in it`);
      } else if (!seen.erased.has(about) && !isLetGo(about) && !wasTakenBack(about, entryId, more)) run.broke(`the history of ${about} lost what ${entryId} set`);
    }
  }

  /** What a household took back goes from its history; that the entry touched it stays. */
  function wasTakenBack(recordId: string, entryId: string, field: string | number | null): boolean {
    if (!(detailFields as readonly unknown[]).includes(field)) return false;
    const settings = database.rows<{ entryId: string; field: string; value: string }>('select entryId, field, value from record_history where recordId = ?', recordId);
    return settings.some((setting) => setting.entryId === entryId) && settings.some((setting) => setting.field === 'contact' && setting.value === '"no"');
  }

  return {
    look,
    verdict: (entryId) => seen.verdicts.get(entryId),
    isApplied(entryId) {
      const verdict = seen.verdicts.get(entryId)?.verdict;
      return verdict === 'applied' || verdict === 'merged';
    },
    get erased() {
      return seen.erased;
    },
    keep(backup) {
      look();
      kept.set(backup, { verdicts: new Map(seen.verdicts), settings: new Map(seen.settings), erased: new Set(seen.erased) });
    },
    goBack(backup, isNoticed) {
      if (!isNoticed) given.clear();
      database.takeJournal();
      const before = kept.get(backup);
      if (before === undefined) throw new Error(`there is no backup ${backup}`);
      // What was erased stays erased: the list lies outside the database.
      seen = { verdicts: new Map(before.verdicts), settings: new Map(before.settings), erased: new Set(seen.erased) };
    },
  };
}
