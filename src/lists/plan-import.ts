/** From a list to what an import would write. Nothing is written here. */
import { creation, entryOf } from '#domain/command.ts';
import type { CommandContext } from '#domain/command.ts';
import { checkEntry, maxChanges } from '#domain/change.ts';
import type { Change, EntryDraft } from '#domain/change.ts';
import { parentIdOf } from '#domain/record.ts';
import type { RecordKind } from '#domain/record.ts';
import { createReceiptCode } from '#domain/receipt-code.ts';
import { isReferredKind } from '#domain/feedback.ts';
import type { FeedbackKind } from '#domain/feedback.ts';
import { dayOf, startOfDay } from '#domain/identifiers.ts';
import { fingerprintOf } from './fingerprint.ts';
import { reckonFeedback } from './feedback-plan.ts';
import { reckonHouseholds } from './household-plan.ts';
import type { Decisions, ImportPlan, ImportRecords, ImportTrace, PlannedCreation, Reckoning } from './import-plan.ts';
import type { ListLayout } from './layout.ts';
import { reckonModels } from './model-plan.ts';
import { reckonPrestigious } from './prestigious-plan.ts';
import type { ReadList } from './read-list.ts';

/** What a list comes to, without ids: two reckonings of the same list against the same records are the same. */
export function reckonImport(list: ReadList, records: ImportRecords, decisions: Decisions): Reckoning {
  const reckoned = reckoners[list.layout](list as never, records, decisions);
  return { ...reckoned, notes: [...list.notes, ...reckoned.notes] };
}

type Reckoner<L extends ListLayout> = (list: ReadList<L>, records: ImportRecords, decisions: Decisions) => Reckoning;
const reckoners: { readonly [L in ListLayout]: Reckoner<L> } = {
  households: reckonHouseholds, prestigious: reckonPrestigious, feedback: reckonFeedback, models: reckonModels,
};

export function planImport(list: ReadList, records: ImportRecords, decisions: Decisions, context: CommandContext): ImportPlan {
  return withEntries(reckonImport(list, records, decisions), context);
}

/** By layout, the kind of record that a row becomes. */
export const kindOfLayout: Readonly<Record<ListLayout, RecordKind>> = {
  households: 'household', prestigious: 'prestigious_person', feedback: 'feedback', models: 'mobilization_model',
};

/** How many rows become a record of their own; a term goes with its person. */
export function countCreated({ layout, create }: Reckoning): number {
  return create.filter(({ kind }) => kind === kindOfLayout[layout]).length;
}

/** The entries of what was reckoned, with the ids that are made for them. */
export function withEntries(reckoning: Reckoning, context: CommandContext): ImportPlan {
  const { create, merge, joined, createHamlets, questions, unchanged, skipped, wrong } = reckoning;
  const changes: Change[] = createHamlets.map((area) => changeOf(creation('area', area.code, area.code, area)));
  const apart: EntryDraft[] = [];
  for (const planned of create) {
    const [main, ...belonging] = changesOf(planned, context);
    if (main === undefined) continue;
    // Unnamed feedback is an entry of its own, dated to the day; what happened to it is not.
    if (main.kind === 'feedback') apart.push(entryApart(main, context));
    else changes.push(main);
    changes.push(...belonging);
  }
  for (const { record, set } of merge) {
    if (Object.keys(set).length > 0) changes.push({ recordId: record.recordId, kind: record.kind, areaId: record.areaId, base: record.version, set });
  }
  return {
    ...reckoning,
    entries: [...apart, ...entriesOf(changes, context)],
    trace: traceOf([...apart.flatMap((entry) => entry.changes), ...changes], reckoning),
    counts: {
      created: countCreated(reckoning),
      merged: merge.length + joined.length,
      unchanged: unchanged.length,
      skipped: skipped.length,
      open: questions.filter(({ answer }) => answer === undefined).length,
      wrong: wrong.length,
    },
  };
}

/** The record, then those that belong to it. */
function changesOf({ kind, areaId, fields, with: belonging = [] }: PlannedCreation, context: CommandContext): Change[] {
  const isFeedback = kind === 'feedback';
  const recordId = isFeedback ? context.newRandomId() : context.newId();
  const receiptCode = isFeedback && !isReferredKind(fields['kind'] as FeedbackKind) ? { receiptCode: createReceiptCode(context.random) } : {};
  return [
    changeOf(creation(kind, areaId, recordId, { ...fields, ...receiptCode })),
    ...belonging.map((child) => changeOf(creation(child.kind, areaId, context.newId(), { ...child.fields, [child.parentField]: recordId }))),
  ];
}

function entryApart(change: Change, context: CommandContext): EntryDraft {
  const entry = { entryId: context.newRandomId(), memberId: context.memberId, occurredAt: startOfDay(dayOf(context.now)), changes: [change] };
  const rejection = checkEntry(entry);
  if (rejection !== undefined) throw new Error('feedback of a checked book broke a rule', { cause: rejection });
  return entry;
}

function traceOf(changes: readonly Change[], { merge }: Reckoning): ImportTrace {
  const mergedIds = new Set(merge.map(({ record }) => record.recordId));
  const made = changes.flatMap((change) => ('set' in change && !mergedIds.has(change.recordId) ? [{ ...change, parentId: parentIdOf(change.kind, change.set) }] : []));
  const own = new Set(made.map(({ recordId }) => recordId));
  return {
    created: made.map(({ recordId, kind, set, parentId }) => ({
      recordId, kind, fingerprint: fingerprintOf(set), ...(parentId !== undefined && own.has(parentId) ? { of: parentId } : {}),
    })),
    merged: merge.filter(({ differs }) => differs.length > 0).map(({ record, differs }) => ({ recordId: record.recordId, kind: record.kind, differs })),
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

/** Half a surrogate pair is taken for three bytes: too many is safe. */
function utf8Length(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    length += code < 0x80 ? 1 : code < 0x8_00 ? 2 : 3;
  }
  return length;
}
