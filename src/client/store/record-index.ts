/** The records a screen sees, and the ways it asks for them. Lists are made once and stay the same array until one of theirs changes. */
import { isKeptApart } from '#domain/feedback.ts';
import { isStanding } from '#domain/household.ts';
import { presentArea, standingOf } from '#domain/permissions.ts';
import type { FeedbackStanding } from '#domain/feedback-fold.ts';
import { isKind, parentIdOf } from '#domain/record.ts';
import type { AnyRecord, RecordKind, RecordState, Records } from '#domain/record.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import type { FieldStore } from './field-store.ts';
import { answersTo, createHouseholdTable } from './household-table.ts';

type Queries = Pick<FieldStore, 'all' | 'inHamlet' | 'childrenOf' | 'feedbackOfHousehold' | 'householdsOf' | 'standing' | 'searchHouseholds'>;
export interface RecordIndex extends Records, Queries {
  /** Undefined: no longer shown. */
  set(recordId: string, record: AnyRecord | undefined): void;
}

export function createRecordIndex(): RecordIndex {
  const records = new Map<string, AnyRecord>();
  const groups = new Map<string, Map<string, AnyRecord>>();
  const lists = new Map<string, readonly AnyRecord[]>();
  const standings = new WeakMap<object, { readonly events: unknown; readonly standing: FeedbackStanding }>();
  let mergedAreas: { readonly areas: unknown; readonly into: ReadonlyMap<string, readonly string[]> } | undefined;

  function list(key: string, sort?: (a: AnyRecord, b: AnyRecord) => number): readonly AnyRecord[] {
    const known = lists.get(key);
    if (known !== undefined) return known;
    const made = [...(groups.get(key)?.values() ?? [])];
    if (sort !== undefined) made.sort(sort);
    lists.set(key, made);
    return made;
  }

  function remove(record: AnyRecord): void {
    for (const key of keysOf(record)) {
      const group = groups.get(key);
      group?.delete(record.recordId);
      if (group?.size === 0) groups.delete(key);
      lists.delete(key);
    }
  }

  function add(record: AnyRecord): void {
    for (const key of keysOf(record)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, new Map([[record.recordId, record]]));
      else group.set(record.recordId, record);
      lists.delete(key);
    }
  }

  /** A hamlet and those that were merged into it. */
  function areasOf(hamletId: string): readonly string[] {
    const areas = list('kind:area');
    if (mergedAreas?.areas !== areas) {
      const into = new Map<string, string[]>();
      for (const { recordId } of areas) {
        const present = presentArea(recordId, index);
        if (present !== recordId) into.set(present, [...(into.get(present) ?? []), recordId]);
      }
      mergedAreas = { areas, into };
    }
    return [hamletId, ...(mergedAreas.into.get(hamletId) ?? [])];
  }

  const households = createHouseholdTable(() => list('kind:household') as unknown as readonly RecordState<'household'>[]);

  /** Of a household and its doubles, as if it had all been written on the one. */
  function ofHousehold(group: string, householdId: string): readonly AnyRecord[] {
    const ids = index.householdsOf(householdId);
    if (ids.length === 1) return list(`${group}:${householdId}`, newestFirst);
    return ids.flatMap((id) => list(`${group}:${id}`, newestFirst)).sort(newestFirst);
  }

  const index: RecordIndex = {
    set(recordId, record) {
      const before = records.get(recordId);
      if (before === record) return;
      households.note(shownHousehold(before), shownHousehold(record));
      if (before !== undefined) remove(before);
      if (record === undefined) {
        records.delete(recordId);
        return;
      }
      records.set(recordId, record);
      add(record);
    },
    find: (recordId) => records.get(recordId),
    eventsOf: (feedbackId) => list(`parent:feedback_event:${feedbackId}`, newestFirst) as readonly RecordState<'feedback_event'>[],
    all: <K extends RecordKind>(kind: K) => list(`kind:${kind}`) as unknown as readonly RecordState<K>[],
    inHamlet<K extends RecordKind>(kind: K, hamletId: string) {
      const areas = areasOf(hamletId);
      const found = areas.length === 1 ? list(`area:${kind}:${hamletId}`) : areas.flatMap((areaId) => list(`area:${kind}:${areaId}`));
      return found as unknown as readonly RecordState<K>[];
    },
    childrenOf: <K extends RecordKind>(kind: K, parentId: string) => ofHousehold(`parent:${kind}`, parentId) as unknown as readonly RecordState<K>[],
    feedbackOfHousehold: (householdId) => ofHousehold('household', householdId) as readonly RecordState<'feedback'>[],
    householdsOf(householdId) {
      const found = [householdId];
      // It grows while it is read: a double may have doubles of its own, and in a ring each is met once.
      for (const id of found) for (const { recordId } of list(`doubles:${id}`)) if (!found.includes(recordId)) found.push(recordId);
      return found;
    },
    standing(feedback) {
      const events = index.eventsOf(feedback.recordId);
      const known = standings.get(feedback);
      if (known?.events === events) return known.standing;
      const standing = standingOf(feedback, index);
      standings.set(feedback, { events, standing });
      return standing;
    },
    searchHouseholds(text, within, { order = 'number', isPast = false } = {}) {
      const words = searchedWords(text);
      const wordsLeft = wordsBesideHamlet(words, index);
      const areas = within === undefined ? undefined : new Set((typeof within === 'string' ? [within] : within).flatMap(areasOf));
      return households.sorted(order).filter((household) => isStanding(household.fields) !== isPast && areas?.has(household.areaId) !== false && (answersTo(household, words) || answersTo(household, wordsLeft(household.areaId))));
    },
  };
  return index;
}

/** A telephone number is one word, however it is written: `0912 345 678`, `0912.345.678`, `+84 912 345 678`. */
function searchedWords(text: string): readonly string[] {
  const plain = withoutDiacritics(text);
  if (/^\+?[\d .-]{6,}$/u.test(plain)) return [plain.replace(/[ .-]/gu, '').replace(/^(?:\+84|0084)/u, '0')];
  return plain.split(' ').filter((word) => word !== '');
}

/** Where the search begins with the whole name of a household's hamlet, of today or before a merger, the words after it; else all of them. */
function wordsBesideHamlet(words: readonly string[], records: Pick<Records, 'find'>): (areaId: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  const wordsOfName = (areaId: string): number => {
    const hamlet = records.find(areaId);
    const name = isKind(hamlet, 'area') ? withoutDiacritics(hamlet.fields.name).split(' ') : [];
    return name.every((word, at) => words[at] === word) ? name.length : 0;
  };
  return (areaId) => {
    const left = known.get(areaId) ?? words.slice(Math.max(...[areaId, presentArea(areaId, records)].map(wordsOfName)));
    known.set(areaId, left);
    return left;
  };
}

/** Deleted records are found by their id alone. */
function keysOf(record: AnyRecord): string[] {
  if (record.deleted) return [];
  const { kind, areaId } = record;
  const keys = [`kind:${kind}`, `area:${kind}:${areaId}`];
  const parentId = parentIdOf(kind, record.fields);
  if (parentId !== undefined) keys.push(`parent:${kind}:${parentId}`);
  if (isKind(record, 'feedback') && record.fields.householdId !== undefined && !isKeptApart(record.fields)) {
    keys.push(`household:${record.fields.householdId}`);
  }
  if (isKind(record, 'household') && record.fields.mergedInto !== undefined) keys.push(`doubles:${record.fields.mergedInto}`);
  return keys;
}

function newestFirst(a: AnyRecord, b: AnyRecord): number {
  return Date.parse(b.occurredAt) - Date.parse(a.occurredAt) || (a.recordId < b.recordId ? 1 : -1);
}

function shownHousehold(record: AnyRecord | undefined): RecordState<'household'> | undefined {
  return isKind(record, 'household') && !record.deleted ? record : undefined;
}
