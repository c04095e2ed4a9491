/** What screens write: entries, drafts. Seal first; then one transaction; then memory. */
import { checkEntry, maxAfter, schemaOf } from '#domain/change.ts';
import type { Change, Entry, EntryDraft } from '#domain/change.ts';
import { kindRules } from '#domain/record.ts';
import type { Records } from '#domain/record.ts';
import { provinceIdOf } from '#domain/province.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { sealDraft } from './drafts.ts';
import type { LogRow, OutboxRow, SealingSessionRow } from './disk.ts';
import type { Draft, FieldStore, NeedsYouReason, SaveError, WriteOptions } from './field-store.ts';
import { picturesOf } from './gone-pictures.ts';
import { readLog } from './log.ts';
import { recordsNamedIn } from './outbox-memory.ts';
import type { HeldEntry } from './outbox-memory.ts';
import { applyEntry, createOverlay, replay } from './replay.ts';
import { entryKeyContext, receiptKeyContext } from './sealer.ts';
import type { SealerSession } from './sealer.ts';
import type { StoreCore } from './store-core.ts';
import type { StoreMemory } from './store-memory.ts';
import { withoutTakenBack } from './taken-back.ts';
import { storageCodeOf } from './unlocked-phone.ts';

type Writing = Pick<FieldStore, 'write' | 'mend' | 'discard' | 'saveDraft' | 'removeDraft'>;
type Unnumbered = Omit<Entry, 'deviceSeq'>;
/** The log as a transaction found and left it. */
interface Passage {
  readonly before: LogRow;
  readonly after: LogRow;
}
/** `inPlaceOf`: the entry that goes with the same transaction. */
interface Appending extends WriteOptions {
  readonly inPlaceOf?: number | undefined;
}
/** Another tab saved or dropped what this form goes on from. */
const endedElsewhere = { code: 'ended_elsewhere' } as const;
/** Entries of 50 changes are checked in about 20 ms on a fast phone. */
const breathAfter = 8;

export function createWriteSteps(core: StoreCore): Writing {
  const { disk, phone, clock } = core;
  let openedSession: Promise<{ readonly session: SealerSession; readonly row: SealingSessionRow }> | undefined;

  /** One sealing session a page, from its first save on. */
  async function ownSession() {
    openedSession ??= phone.sealer.openSession().then(async (session) => {
      const { sessionId, header } = session;
      const entryKey = await phone.safe.seal(session.entryKey, entryKeyContext(sessionId));
      const receiptKey = await phone.safe.seal(session.receiptKey, receiptKeyContext(sessionId));
      return { session, row: { sessionId, header, deviceId: phone.deviceId, entryKey, receiptKey } };
    });
    return await openedSession;
  }

  /**
   * The entries without their numbers, checked one after the other against what the ones before them leave. `isSentAgain`: of records that the
   * author may by now neither write nor read, the commune has judged once and judges again; here nothing of it could be known.
   */
  async function prepare(drafts: readonly EntryDraft[], below: Records, isSentAgain = false): Promise<Result<Unnumbered[], SaveError>> {
    const { outbox, account } = core.memory();
    if (account === undefined) throw new Error('nobody is known to use this phone');
    const records = createOverlay(below);
    const author = { ...account, provinceId: provinceIdOf(below.find(account.communeCode)) };
    const prepared: Unnumbered[] = [];
    const entryIds = new Set<string>();
    for (const [index, draft] of drafts.entries()) {
      // An import of thousands of records must not hold up the page; all steps of the store wait for this one.
      if (index > 0 && index % breathAfter === 0) await new Promise((resolve) => setTimeout(resolve));
      // The endpoint would take the second for the first: it would be lost, and shown as sent.
      if (entryIds.has(draft.entryId)) throw new Error('two entries of one save have the same id');
      entryIds.add(draft.entryId);
      if (draft.memberId !== account.memberId) return err({ code: 'not_allowed', reason: 'not_your_role' });
      const broken = checkEntry(draft);
      if (broken !== undefined) return err({ code: 'refused', rejection: broken });
      const isHere = ({ base, recordId }: Change) => base === 0 || records.find(recordId) !== undefined;
      const judged = isSentAgain ? { ...draft, changes: draft.changes.filter(isHere) } : draft;
      const applied = applyEntry({ ...judged, deviceId: phone.deviceId }, records, isSentAgain ? undefined : author);
      if (!applied.ok) return applied;
      records.lay(applied.value.changed.values());
      const named = recordsNamedIn(draft.changes);
      const together = prepared.filter(({ changes }) => changes.some(({ recordId }) => named.has(recordId))).map((earlier) => earlier.entryId);
      const after = [...outbox.before(draft), ...together].slice(-maxAfter);
      const { entryId, memberId, occurredAt } = draft;
      const changes = draft.changes.map((change) => asSeen(change, outbox.laidOver()));
      prepared.push({ entryId, deviceId: phone.deviceId, memberId, schema: core.schema ?? schemaOf(changes), occurredAt, after, changes });
    }
    return ok(prepared);
  }

  async function append(prepared: readonly Unnumbered[], options: Appending): Promise<Result<void, SaveError>> {
    const { endsDraft, inPlaceOf, onSealed } = options;
    const { session, row: sessionRow } = await ownSession();
    for (;;) {
      const { lastSeq } = await disk.read(['meta'], readLog);
      const held: HeldEntry[] = [];
      for (const [index, unnumbered] of prepared.entries()) {
        const entry: Entry = { ...unnumbered, deviceSeq: lastSeq + 1 + index };
        const bytes = await phone.sealer.seal(session, entry);
        if (!bytes.ok) return err({ code: 'too_large' });
        const row: OutboxRow = { deviceSeq: entry.deviceSeq, sessionId: session.sessionId, bytes: bytes.value, savedAt: clock.now() };
        held.push({ row, entry, sealedBy: phone.deviceId, receipt: undefined });
        onSealed?.(index + 1);
      }
      const passage = await commit(held, sessionRow, options);
      if (passage === undefined) continue;
      if (passage === 'ended_elsewhere') return err(endedElsewhere);
      const memory = core.memory();
      for (const one of held) memory.outbox.set(one);
      if (inPlaceOf !== undefined) memory.outbox.delete(inPlaceOf);
      memory.sessions.set(sessionRow.sessionId, sessionRow);
      if (endsDraft !== undefined) memory.drafts.delete(endsDraft);
      core.adopt(passage.before, passage.after);
      core.show();
      return ok(undefined);
    }
  }

  /** Undefined: another tab took the number meanwhile; seal again with the next. */
  async function commit(
    held: readonly HeldEntry[],
    sessionRow: SealingSessionRow,
    { endsDraft, goesOn, inPlaceOf }: Appending,
  ): Promise<Passage | 'ended_elsewhere' | undefined> {
    const names = ['meta', 'outbox', 'sealingSessions', 'drafts', 'pictures'] as const;
    return await disk.write(names, async ({ meta, outbox, sealingSessions, drafts, pictures }) => {
      const before = await readLog({ meta });
      const [first] = held;
      if (first === undefined) return { before, after: before };
      if (before.lastSeq + 1 !== first.row.deviceSeq) {
        // The disk may have begun this transaction once more after it had committed it: then the row is ours.
        const isOurs = (await outbox.get(first.row.deviceSeq))?.bytes === first.row.bytes;
        return isOurs ? { before, after: before } : undefined;
      }
      // Two tabs may have gone on from one draft: the first to save ends it, the second would make the same visit twice.
      if (goesOn === true && endsDraft !== undefined && (await drafts.get(endsDraft)) === undefined) return 'ended_elsewhere';
      if (inPlaceOf !== undefined && (await outbox.get(inPlaceOf)) === undefined) return 'ended_elsewhere';
      for (const { row } of held) await outbox.add(row);
      if (inPlaceOf !== undefined) await outbox.delete(inPlaceOf);
      // Each time: another tab may have let the key go, with all its entries settled.
      await sealingSessions.put(sessionRow);
      if (endsDraft !== undefined) await drafts.delete(endsDraft);
      // Not later: a phone that is wiped meanwhile could not tell such a picture from what a lost form had taken.
      for (const pictureId of held.flatMap(({ entry }) => picturesOf(entry))) {
        const picture = await pictures.get(pictureId);
        if (picture !== undefined) await pictures.put({ ...picture, recorded: true });
      }
      const after: LogRow = {
        ...before,
        lastSeq: before.lastSeq + held.length,
        outboxRevision: before.outboxRevision + 1,
        draftsRevision: before.draftsRevision + (endsDraft === undefined ? 0 : 1),
      };
      await meta.put(after);
      return { before, after };
    });
  }

  async function write(drafts: readonly EntryDraft[], options: WriteOptions): Promise<Result<void, SaveError>> {
    const { endsDraft } = options;
    await core.follow();
    // The same form pressed twice makes the same entries: what is saved already is not saved again.
    const fresh = drafts.filter((draft) => !core.memory().outbox.hasEntry(draft.entryId));
    if (fresh.length === 0) {
      if (endsDraft !== undefined) await changeDraft(endsDraft, undefined);
      return ok(undefined);
    }
    const prepared = await prepare(fresh, core.memory().index);
    return prepared.ok ? await append(prepared.value, options) : prepared;
  }

  async function mend(deviceSeq: number, drafts: readonly EntryDraft[], options: WriteOptions): Promise<Result<void, SaveError>> {
    if (drafts.length === 0) throw new Error('what gives an entry up without another in its place is a discard');
    await core.follow();
    const { outbox } = core.memory();
    // The same form pressed twice: it was mended by the first.
    if (drafts.every((draft) => outbox.hasEntry(draft.entryId))) return ok(undefined);
    if (outbox.get(deviceSeq) === undefined) return err(endedElsewhere);
    if (verdictOf(deviceSeq) !== 'rejected') throw new Error(`entry ${deviceSeq} was not rejected`);
    const prepared = await prepare(drafts, recordsWithout(core.memory(), deviceSeq), true);
    return prepared.ok ? await append(prepared.value, { ...options, inPlaceOf: deviceSeq }) : prepared;
  }

  function verdictOf(deviceSeq: number): NeedsYouReason['verdict'] | undefined {
    return core.memory().outbox.list().find((entry) => entry.deviceSeq === deviceSeq)?.reason?.verdict;
  }

  /** Puts a draft, or removes it where there is none. `goesOn`: only where it is still there; false: it is not. */
  async function changeDraft(draftId: string, draft: Draft | undefined, goesOn = false): Promise<boolean> {
    const row = draft && (await sealDraft(phone.safe, draft));
    const passage = await disk.write(['meta', 'drafts'], async ({ meta, drafts }): Promise<Passage | undefined> => {
      const found = await readLog({ meta });
      if (goesOn && (await drafts.get(draftId)) === undefined) return undefined;
      if (row === undefined) await drafts.delete(draftId);
      else await drafts.put(row);
      const left = { ...found, draftsRevision: found.draftsRevision + 1 };
      await meta.put(left);
      return { before: found, after: left };
    });
    if (passage === undefined) return false;
    const { drafts } = core.memory();
    if (draft === undefined) drafts.delete(draftId);
    else drafts.set(draftId, draft);
    core.adopt(passage.before, passage.after);
    core.notify();
    return true;
  }

  async function saved(body: () => Promise<Result<void, SaveError>>): Promise<Result<void, SaveError>> {
    try {
      const result = await core.step(body);
      if (result.ok) core.tellTabs();
      return result;
    } catch (error) {
      if (core.isClosed()) return err({ code: 'locked' });
      return err({ code: storageCodeOf(error) });
    }
  }

  return {
    async write(entries, options) {
      const result = await saved(async () => await write(entries, options ?? {}));
      if (result.ok) core.onWritten?.();
      return result;
    },
    async mend(deviceSeq, entries, options) {
      const result = await saved(async () => await mend(deviceSeq, entries, options ?? {}));
      if (result.ok) core.onWritten?.();
      return result;
    },
    async discard(deviceSeq) {
      await core.step(async () => {
        await core.follow();
        const verdict = verdictOf(deviceSeq);
        if (verdict !== 'rejected' && verdict !== 'erased' && verdict !== 'unreadable') {
          throw new Error(`entry ${deviceSeq} is not one to be given up`);
        }
        await disk.write(['meta', 'outbox'], async ({ meta, outbox }) => {
          const log = await readLog({ meta });
          await outbox.delete(deviceSeq);
          await meta.put({ ...log, outboxRevision: log.outboxRevision + 1 });
        });
        await core.follow();
      });
      core.tellTabs();
    },
    async saveDraft(draft, options) {
      return await saved(async () => {
        // The form may have stood open since before its household declined.
        const kept = withoutTakenBack(draft, core.memory());
        const isKept = await changeDraft(draft.draftId, { ...kept, savedAt: clock.now() }, options?.goesOn);
        return isKept ? ok(undefined) : err(endedElsewhere);
      });
    },
    async removeDraft(draftId) {
      await core.step(async () => {
        await changeDraft(draftId, undefined);
      });
      core.tellTabs();
    },
  };
}

/**
 * A step that is taken on top of an own one that is still laid over the channels: what those brought since that one's base lay hidden under it, and is no more known to
 * the author now than it was then (decision 0032).
 */
function asSeen(change: Change, laidOver: readonly Pick<Entry, 'changes'>[]): Change {
  if (!isStep(change)) return change;
  const below = laidOver.flatMap(({ changes }) => changes).filter((own) => own.recordId === change.recordId && isStep(own));
  return below.length === 0 ? change : { ...change, base: Math.min(change.base, ...below.map(({ base }) => base)) };
}

function isStep(change: Change): boolean {
  return 'set' in change && Object.hasOwn(change.set, 'state') && kindRules[change.kind].way !== undefined;
}

/** The records as they would stand had that entry never been saved. */
function recordsWithout({ channels, index, outbox }: StoreMemory, deviceSeq: number): Records {
  const { find } = replay(outbox.laidOver(deviceSeq), channels.record);
  return { find, eventsOf: (feedbackId) => index.eventsOf(feedbackId).filter(({ recordId }) => find(recordId) !== undefined) };
}
