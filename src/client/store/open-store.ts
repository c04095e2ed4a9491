/** Opens the store of an unlocked phone: one object that screens read and write, and the engine feeds. */
import { StorageFailure } from '#sync/engine.ts';
import type { SyncStore } from '#sync/engine.ts';
import { createNewId, createNewRandomId } from '#sync/new-id.ts';
import type { FieldStore } from './field-store.ts';
import { createPictureShelf } from './pictures.ts';
import { createPullSteps } from './pull-steps.ts';
import { createReceiptLoader } from './receipts.ts';
import { createStoreCore } from './store-core.ts';
import type { StoreDeps } from './store-core.ts';
import { entryWithoutTakenBack } from './taken-back.ts';
import { createWriteSteps } from './write-steps.ts';

export type { StoreDeps } from './store-core.ts';

/** Reads and decrypts the whole log. Throws `StorageFailure` when the disk cannot be read. */
export async function openFieldStore(deps: StoreDeps): Promise<FieldStore & SyncStore> {
  const core = createStoreCore(deps);
  await core.step(core.follow);
  const newId = createNewId(() => deps.clock.now(), deps.random);
  const newRandomId = createNewRandomId(deps.random);

  async function refresh(): Promise<void> {
    try {
      await core.step(core.follow);
    } catch (error) {
      // The disk is read again at the next occasion; a closed store has nothing to read.
      if (!(error instanceof StorageFailure)) throw error;
    }
  }
  deps.tabs?.listen(() => void refresh());

  function account() {
    const known = core.memory().account;
    if (known === undefined) throw new Error('nobody is known to use this phone');
    return known;
  }

  return {
    ...createWriteSteps(core),
    ...createPullSteps(core),
    loadReceipts: createReceiptLoader(core),
    pictures: createPictureShelf(core),
    account,
    isMemberKnown: () => core.memory().account !== undefined,
    deviceId: deps.phone.deviceId,
    commandContext: () => ({ now: deps.clock.now(), newId, newRandomId, random: deps.random, memberId: account().memberId }),
    revision: core.revision,
    subscribe: core.subscribe,
    find: (recordId) => core.memory().index.find(recordId),
    eventsOf: (feedbackId) => core.memory().index.eventsOf(feedbackId),
    all: (kind) => core.memory().index.all(kind),
    inHamlet: (kind, hamletId) => core.memory().index.inHamlet(kind, hamletId),
    childrenOf: (kind, parentId) => core.memory().index.childrenOf(kind, parentId),
    feedbackOfHousehold: (householdId) => core.memory().index.feedbackOfHousehold(householdId),
    standing: (feedback) => core.memory().index.standing(feedback),
    householdsOf: (householdId) => core.memory().index.householdsOf(householdId),
    searchHouseholds: (text, within, as) => core.memory().index.searchHouseholds(text, within, as),
    mark: (record) => core.memory().outbox.mark(record, account(), core.memory().index),
    outbox: () => core.memory().outbox.list(),
    accepted: () => core.memory().outbox.accepted(),
    entryOf(deviceSeq) {
      const memory = core.memory();
      const entry = memory.outbox.get(deviceSeq)?.entry;
      return entry && entryWithoutTakenBack(entry, memory);
    },
    needsNewIdentity: () => core.isRetired() || core.memory().outbox.hasTwinOf(deps.phone.deviceId),
    handOverFile: async () => {
      // Rarely needed: not part of what every start loads.
      const { makeHandOverFile } = await import('./hand-over.ts');
      return await makeHandOverFile(deps.disk, deps.clock.now());
    },
    drafts: () => [...core.memory().drafts.values()],
    lastContactAt: () => core.memory().log?.lastContactAt,
    refresh,
    settled: core.settled,
    close: core.close,
  };
}
