/** From a list to what an import would write. Nothing is written here. */
import { creation, entryOf } from '#domain/command.ts';
import type { CommandContext } from '#domain/command.ts';
import { maxChanges } from '#domain/change.ts';
import type { Change, EntryDraft } from '#domain/change.ts';
import { reckonHouseholds } from './household-plan.ts';
import type { Decisions, ImportPlan, ImportRecords, ImportTrace, Reckoning } from './import-plan.ts';
import type { ReadList, RowOf } from './read-list.ts';

/** What a list comes to, without ids: two reckonings of the same list against the same records are the same. */
export function reckonImport(list: ReadList, records: ImportRecords, decisions: Decisions): Reckoning {
  return reckoners[list.layout](list as never, records, decisions);
}

type Reckoner<L extends keyof RowOf> = (list: ReadList<L>, records: ImportRecords, decisions: Decisions) => Reckoning;
const reckoners: { readonly [L in keyof RowOf]: Reckoner<L> } = { households: reckonHouseholds };

export function planImport(list: ReadList, records: ImportRecords, decisions: Decisions, context: CommandContext): ImportPlan {
  return withEntries(reckonImport(list, records, decisions), context);
}

/** The entries of what was reckoned, with the ids that are made for them. */
export function withEntries(reckoning: Reckoning, context: CommandContext): ImportPlan {
  const { create, merge, createHamlets, questions, unchanged, skipped, wrong } = reckoning;
  const created: ImportTrace['created'][number][] = [];
  const changes: Change[] = createHamlets.map((area) => changeOf(creation('area', area.code, area.code, area)));
  for (const { kind, areaId, fields } of create) {
    const change = changeOf(creation(kind, areaId, context.newId(), fields));
    changes.push(change);
    created.push({ recordId: change.recordId, kind, fields: 'set' in change ? change.set : {} });
  }
  for (const { record, set } of merge) {
    if (Object.keys(set).length > 0) changes.push({ recordId: record.recordId, kind: record.kind, areaId: record.areaId, base: record.version, set });
  }
  const merged = merge.filter(({ differs }) => differs.length > 0);
  return {
    ...reckoning,
    entries: entriesOf(changes, context),
    trace: { created, merged: merged.map(({ record, differs }) => ({ recordId: record.recordId, kind: record.kind, differs })) },
    counts: {
      created: create.length,
      merged: merge.length,
      unchanged: unchanged.length,
      skipped: skipped.length,
      open: questions.filter(({ answer }) => answer === undefined).length,
      wrong: wrong.length,
    },
  };
}

/** Well under what an entry may weigh (64 KiB), whatever its texts are. */
const mostEntryBytes = 40 * 1024;

/** As few entries as their limits allow. */
export function entriesOf(changes: readonly Change[], context: CommandContext): EntryDraft[] {
  const drafts: EntryDraft[] = [];
  let open: Change[] = [];
  let bytes = 0;
  const close = () => {
    if (open.length > 0) drafts.push(draftOf(open, context));
    open = [];
    bytes = 0;
  };
  for (const change of changes) {
    const weight = utf8Length(JSON.stringify(change));
    if (open.length === maxChanges || bytes + weight > mostEntryBytes) close();
    open.push(change);
    bytes += weight;
  }
  close();
  return drafts;
}

function draftOf(changes: readonly Change[], context: CommandContext): EntryDraft {
  const entry = entryOf(changes, context);
  if (!entry.ok) throw new Error('an entry of a checked list broke a rule', { cause: entry.error });
  return entry.value;
}

/** The list was checked cell by cell: a change that breaks a rule now is a fault of this program. */
function changeOf(change: ReturnType<typeof creation>): Change {
  if (!change.ok) throw new Error('a row of a checked list broke a rule', { cause: change.error });
  return change.value;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const symbol of text) {
    const code = symbol.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x8_00 ? 2 : code < 0x1_00_00 ? 3 : 4;
  }
  return length;
}
