/**
 * The store's memory and how it follows the disk: what any tab committed is read once, decrypted, folded in and shown. Everything
 * that changes memory runs as a step, one after the other.
 */
import { StorageFailure } from '#sync/engine.ts';
import type { Disk, LogRow } from './disk.ts';
import { openChanges, readChanges } from './log-changes.ts';
import { replay } from './replay.ts';
import type { Safe } from './safe.ts';
import type { Sealer } from './sealer.ts';
import { createMemory } from './store-memory.ts';
import type { StoreMemory } from './store-memory.ts';
import type { Tabs } from './tabs.ts';
import { takeBackInDrafts } from './taken-back.ts';

export interface StoreDeps {
  readonly disk: Disk;
  /** An `UnlockedPhone` is one. */
  readonly phone: { readonly deviceId: string; readonly safe: Safe; readonly sealer: Sealer };
  readonly clock: { now(): number };
  /** n random bytes. */
  readonly random: (length: number) => Uint8Array;
  readonly tabs?: Tabs | undefined;
  /** After each save that is on disk: the moment to wake the engine. */
  readonly onWritten?: (() => void) | undefined;
  /** Another tab wiped the phone: this store has closed itself. */
  readonly onWiped?: (() => void) | undefined;
  /**
   * The phone has become another device, in this tab or another: this store has closed itself. Its keys are still open, for `followRenewal`;
   * who follows closes the phone it was. Without this it counts as wiped.
   */
  readonly onRenewed?: (() => void) | undefined;
  /** The schema of the entries that are written; by default the oldest that has what they hold. */
  readonly schema?: number | undefined;
}

export interface StoreCore extends StoreDeps {
  memory(): StoreMemory;
  isClosed(): boolean;
  /** Another device took this one's place, says the endpoint. */
  isRetired(): boolean;
  noteRetired(): void;
  /** Resolves when no step is under way, and none was begun by what the last one answered. Never rejects. */
  settled(): Promise<void>;
  close(): void;
  revision(): number;
  subscribe(listener: () => void): () => void;
  /** Runs `body` when all steps before it are done. Throws `StorageFailure` (`locked`) once the store is closed. */
  step<T>(body: () => Promise<T>): Promise<T>;
  /** Within a step: memory as the disk is now. */
  follow(): Promise<void>;
  /**
   * Within a step, after a commit of this tab: memory was changed to match. `before` and `after`: the log as the transaction found
   * and left it. What another tab did in between is read at the next `follow`.
   */
  adopt(before: LogRow, after: LogRow): void;
  /** Within a step, after memory changed: lays the outbox over the channels and tells the screens. */
  show(): void;
  /** Tells the screens. */
  notify(): void;
  tellTabs(): void;
  /** Channels of which a stored box does not open: to be downloaded again. */
  readonly damaged: Set<string>;
}

export function createStoreCore(deps: StoreDeps): StoreCore {
  const { disk, phone } = deps;
  const listeners = new Set<() => void>();
  const damaged = new Set<string>();
  let memory = createMemory();
  let isClosed = false;
  let isRetired = false;
  let revision = 0;
  let lastStep: Promise<unknown> = Promise.resolve();

  function notify(): void {
    revision += 1;
    for (const listener of listeners) listener();
  }

  function close(): void {
    // One that ended because the phone was renewed has left its keys open.
    phone.safe.close();
    if (!isClosed) end();
  }

  function end(): void {
    isClosed = true;
    deps.tabs?.close();
    // Screens that are still there for a moment find nothing, and ask who uses the phone.
    memory = { ...createMemory(), account: memory.account };
  }

  async function follow(): Promise<void> {
    const found = await readChanges(disk, memory, phone.deviceId);
    if (found === 'renewed' && deps.onRenewed !== undefined) {
      end();
      deps.onRenewed();
      throw new StorageFailure('locked');
    }
    if (found === 'renewed' || found === 'wiped') {
      close();
      deps.onWiped?.();
      throw new StorageFailure('locked');
    }
    const isSame =
      isAtSameRevisions(memory.log, found.log) &&
      found.segments.size === 0 &&
      found.channels.length === memory.channels.ids().length;
    const opened = await openChanges(deps, found, memory);
    // A lock may have fallen while boxes were being opened.
    if (isClosed) throw new StorageFailure('locked');
    memory.log = found.log;
    memory.channelRows.clear();
    for (const row of found.channels) memory.channelRows.set(row.channelId, row);
    for (const channelId of memory.channels.ids()) {
      if (!memory.channelRows.has(channelId)) memory.channels.replace(channelId, undefined);
    }
    for (const [channelId, change] of opened.channels) {
      if ('whole' in change) memory.channels.replace(channelId, change.whole);
      else for (const part of change.parts) memory.channels.fold(channelId, change.into, part.rows, part.to);
      memory.unmerged.set(channelId, (memory.unmerged.get(channelId) ?? 0) + change.segments);
      if (change.isTakingAway) memory.toRewrite.add(channelId);
    }
    for (const channelId of opened.damaged) {
      damaged.add(channelId);
      // Its key does not open: what was held under an earlier one is no longer it.
      if (!opened.channels.has(channelId)) memory.channels.replace(channelId, undefined);
    }
    if (opened.outbox !== undefined) {
      for (const { row } of memory.outbox.entries()) memory.outbox.delete(row.deviceSeq);
      for (const held of opened.outbox) memory.outbox.set(held);
      memory.sessions.clear();
      for (const session of found.sessions ?? []) memory.sessions.set(session.sessionId, session);
    }
    if (opened.drafts !== undefined) {
      memory.drafts.clear();
      for (const draft of opened.drafts) memory.drafts.set(draft.draftId, draft);
    }
    if (opened.account !== undefined) memory.account = opened.account;
    if (!isSame) core.show();
  }

  /** What the step itself did stands, whatever comes of this: the next one sees to it again. */
  async function takeBack(): Promise<void> {
    try {
      await takeBackInDrafts(core);
    } catch (error) {
      if (!isClosed && !(error instanceof StorageFailure)) throw error;
    }
  }

  const core: StoreCore = {
    ...deps,
    damaged,
    memory: () => memory,
    isClosed: () => isClosed,
    isRetired: () => isRetired,
    noteRetired() {
      if (isClosed || isRetired) return;
      isRetired = true;
      notify();
    },
    async settled() {
      for (let seen: Promise<unknown> | undefined; seen !== lastStep; ) {
        seen = lastStep;
        await seen;
        // A form that waited for its draft to be kept saves only now: after all that is ready to run.
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    close,
    revision: () => revision,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async step(body) {
      const before = lastStep;
      const run = before.then(async () => {
        if (isClosed) throw new StorageFailure('locked');
        try {
          const came = await body();
          await takeBack();
          return came;
        } catch (error) {
          // Keys that are gone fail in many ways; what closed them is the one reason.
          throw isClosed ? new StorageFailure('locked', { cause: error }) : error;
        }
      });
      lastStep = run.catch(() => undefined);
      return await run;
    },
    follow,
    adopt(before, after) {
      if (isAtSameRevisions(memory.log, before)) memory.log = after;
    },
    notify,
    show() {
      const { channels, outbox, index, overlay } = memory;
      outbox.judge();
      const laid = replay(outbox.laidOver(), channels.record);
      const touched = channels.takeTouched();
      for (const recordId of overlay?.changed.keys() ?? []) touched.add(recordId);
      for (const recordId of laid.changed.keys()) touched.add(recordId);
      for (const recordId of touched) index.set(recordId, laid.changed.get(recordId) ?? channels.record(recordId));
      memory.overlay = laid;
      notify();
    },
    tellTabs: () => deps.tabs?.tell(),
  };
  return core;
}

function isAtSameRevisions(one: LogRow | undefined, other: LogRow): boolean {
  return one?.outboxRevision === other.outboxRevision && one.draftsRevision === other.draftsRevision && one.accountRevision === other.accountRevision;
}
