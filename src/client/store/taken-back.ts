/**
 * What a household takes back when it declines is kept in no half-written form either: not its name or phone, nor who spoke for it. The endpoint keeps none of
 * it (declining.ts in the domain). The member's own words stay.
 */
import { citizenFields } from '#domain/feedback.ts';
import type { Entry } from '#domain/change.ts';
import { withoutDeclined } from '#domain/declining.ts';
import { detailFields } from '#domain/household.ts';
import { isKind } from '#domain/record.ts';
import { sealDraft } from './drafts.ts';
import type { Draft } from './field-store.ts';
import { readLog } from './log.ts';
import { recordsNamedIn } from './outbox-memory.ts';
import type { StoreCore } from './store-core.ts';
import type { StoreMemory } from './store-memory.ts';

/** `list`: what a household's form calls the official list that its needs come from. */
const takenBack: ReadonlySet<string> = new Set([...detailFields, ...citizenFields, 'list']);

/** The records a draft is about: the one it names, or all that the entry names which it mends. */
export function recordsOf({ subjectId }: Pick<Draft, 'subjectId'>, { outbox }: Pick<StoreMemory, 'outbox'>): ReadonlySet<string> {
  if (subjectId === undefined) return new Set();
  const mended = outbox.entries().find(({ entry }) => entry?.entryId === subjectId)?.entry;
  return mended === undefined ? new Set([subjectId]) : recordsNamedIn(mended.changes);
}

/** The draft as it may be kept; the very same one where nothing of it was taken back. */
export function withoutTakenBack<D extends Pick<Draft, 'subjectId' | 'values'>>(draft: D, memory: Pick<StoreMemory, 'index' | 'outbox'>): D {
  const isDeclined = [...recordsOf(draft, memory)].some((recordId) => {
    const record = memory.index.find(recordId);
    return isKind(record, 'household') && record.fields.contact === 'no';
  });
  const values = isDeclined ? withoutDetails(draft.values) : draft.values;
  return values === draft.values ? draft : { ...draft, values };
}

/**
 * The entry as it is read to its author once more, and mended: without what its household took back since. Its sealed copy stays whole until it is mended or given
 * up, for the endpoint knows an entry by all that it says and may ask for it again; and the rest of it would be lost with it.
 */
export function entryWithoutTakenBack(entry: Entry, { index }: Pick<StoreMemory, 'index'>): Entry {
  const changes = entry.changes.map((change) => withoutDeclined(index.find(change.recordId), change, { entry, settingsSince: [] }));
  return changes.every((change, at) => change === entry.changes[at]) ? entry : { ...entry, changes };
}

/**
 * Within a step: in memory and on the disk no draft holds what was taken back. Whichever tab heard of it, and wherever a phone died in between: every step sees
 * to it anew.
 */
export async function takeBackInDrafts(core: StoreCore): Promise<void> {
  for (;;) {
    const memory = core.memory();
    const kept = [...memory.drafts.values()].flatMap((draft) => {
      const one = withoutTakenBack(draft, memory);
      return one === draft ? [] : [one];
    });
    if (kept.length === 0) return;
    const rows = await Promise.all(kept.map(async (draft) => await sealDraft(core.phone.safe, draft)));
    const passage = await core.disk.write(['meta', 'drafts'], async ({ meta, drafts }) => {
      const before = await readLog({ meta });
      // Another tab has gone on typing: what it wrote is read first, so that none of it is lost.
      if (before.draftsRevision !== memory.log?.draftsRevision) return undefined;
      for (const row of rows) await drafts.put(row);
      const after = { ...before, draftsRevision: before.draftsRevision + 1 };
      await meta.put(after);
      return { before, after };
    });
    if (passage === undefined) {
      await core.follow();
      continue;
    }
    for (const draft of kept) memory.drafts.set(draft.draftId, draft);
    core.adopt(passage.before, passage.after);
    core.notify();
    core.tellTabs();
    return;
  }
}

/** A form that mends an entry names its fields `0/phone`; null in it: to be left out, which tells nothing of anybody. */
function withoutDetails(values: unknown): unknown {
  if (typeof values !== 'object' || values === null) return values;
  if (Array.isArray(values)) {
    const parts = values.map(withoutDetails);
    return parts.every((part, index) => part === values[index]) ? values : parts;
  }
  const fields = Object.entries(values);
  const left = fields.filter(([field, value]) => value === null || !takenBack.has(field.slice(field.lastIndexOf('/') + 1))).map(([field, value]): [string, unknown] => [field, withoutDetails(value)]);
  const isSame = left.length === fields.length && left.every(([, value], index) => value === fields[index]?.[1]);
  return isSame ? values : Object.fromEntries(left);
}
