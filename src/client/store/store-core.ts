/**
 * The store's memory and how it follows the disk: what any tab committed is read once, decrypted, folded in and shown. Everything
 * that changes memory runs as a step, one after the other.
 */
import type { Entry } from '#domain/change.ts';
import { StorageFailure } from '#sync/engine.ts';
import type { MemberAccount, Row } from '#sync/protocol.ts';
import { openAccount } from './account.ts';
import { createChannelMemory, emptyRows, foldRows } from './channel-memory.ts';
import type { ChannelMemory, HeldChannel, Rows } from './channel-memory.ts';
import type { ChannelRow, Disk, DraftRow, LogRow, OutboxRow, SealingSessionRow, SegmentRow } from './disk.ts';
import type { Draft } from './field-store.ts';
import { openDraft } from './drafts.ts';
import { readLog } from './log.ts';
import { createOutboxMemory } from './outbox-memory.ts';
import type { HeldEntry, OutboxMemory } from './outbox-memory.ts';
import { createRecordIndex } from './record-index.ts';
import type { RecordIndex } from './record-index.ts';
import { replay } from './replay.ts';
import type { Overlay } from './replay.ts';
import type { Safe } from './safe.ts';
import type { Sealer } from './sealer.ts';
import { openRows } from './segments.ts';
import type { Tabs } from './tabs.ts';

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
}

/** Everything in memory; dropped as one when the store closes. */
export interface StoreMemory {
  readonly channels: ChannelMemory;
  readonly channelRows: Map<string, ChannelRow>;
  readonly outbox: OutboxMemory;
  readonly index: RecordIndex;
  readonly drafts: Map<string, Draft>;
  readonly sessions: Map<string, SealingSessionRow>;
  /** Segments added to a channel since somebody looked whether to merge them. */
  readonly unmerged: Map<string, number>;
  /** As last read or written by this tab. */
  log: LogRow | undefined;
  account: MemberAccount | undefined;
  overlay: Overlay | undefined;
}

export interface StoreCore extends StoreDeps {
  memory(): StoreMemory;
  isClosed(): boolean;
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
  let revision = 0;
  let lastStep: Promise<unknown> = Promise.resolve();

  function notify(): void {
    revision += 1;
    for (const listener of listeners) listener();
  }

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    phone.safe.close();
    deps.tabs?.close();
    // Screens that are still there for a moment find nothing, and ask who uses the phone.
    memory = { ...createMemory(), account: memory.account };
  }

  async function follow(): Promise<void> {
    const found = await readChanges(disk, memory);
    if (found.isWiped(phone.deviceId)) {
      close();
      deps.onWiped?.();
      throw new StorageFailure('locked');
    }
    const isSame =
      found.log.outboxRevision === memory.log?.outboxRevision &&
      found.log.draftsRevision === memory.log.draftsRevision &&
      found.log.accountRevision === memory.log.accountRevision &&
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
    }
    for (const channelId of opened.damaged) damaged.add(channelId);
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

  const core: StoreCore = {
    ...deps,
    damaged,
    memory: () => memory,
    isClosed: () => isClosed,
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
          return await body();
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
      const { log } = memory;
      const followed =
        log?.outboxRevision === before.outboxRevision &&
        log.draftsRevision === before.draftsRevision &&
        log.accountRevision === before.accountRevision;
      if (followed) memory.log = after;
    },
    notify,
    show() {
      const { channels, outbox, index, overlay } = memory;
      // No rule of applyChange asks for events; permission, which does, was asked at the save.
      const laid = replay(outbox.judge(), { find: channels.record, eventsOf: () => [] });
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

function createMemory(): StoreMemory {
  const channels = createChannelMemory();
  return {
    channels,
    channelRows: new Map(),
    outbox: createOutboxMemory(channels),
    index: createRecordIndex(),
    drafts: new Map(),
    sessions: new Map(),
    unmerged: new Map(),
    log: undefined,
    account: undefined,
    overlay: undefined,
  };
}

interface Changes {
  readonly log: LogRow;
  isWiped(deviceId: string): boolean;
  readonly channels: readonly ChannelRow[];
  /** By channel: what is not folded yet, or all of it where `isWhole`. */
  readonly segments: ReadonlyMap<string, { readonly isWhole: boolean; readonly rows: readonly SegmentRow[] }>;
  readonly outbox: readonly OutboxRow[] | undefined;
  readonly sessions: readonly SealingSessionRow[] | undefined;
  readonly drafts: readonly DraftRow[] | undefined;
  readonly account: MemberAccountRow | undefined;
}
type MemberAccountRow = Parameters<typeof openAccount>[1];

/** One moment of the disk, no more of it than memory lacks. */
async function readChanges(disk: Disk, memory: StoreMemory): Promise<Changes> {
  const names = ['keyring', 'meta', 'channels', 'segments', 'outbox', 'sealingSessions', 'drafts'] as const;
  return await disk.read(names, async (tables) => {
    const keyring = await tables.keyring.get('phone');
    const isWiped = (deviceId: string) => keyring !== undefined && (keyring.state === 'wiped' || keyring.deviceId !== deviceId);
    const log = await readLog(tables);
    const channels = await tables.channels.all();
    const segments = new Map<string, { isWhole: boolean; rows: SegmentRow[] }>();
    for (const row of channels) {
      const held = memory.channels.get(row.channelId);
      const foldedTo = foldedAlike(row, held);
      if (foldedTo === row.cursor) continue;
      const rows = await tables.segments.ofChannel(row.channelId, foldedTo);
      // A merged segment that reaches back behind our cursor may have left out what is gone since: begin anew.
      const isWhole = foldedTo === undefined || rows.some((segment) => segment.generation === row.generation && segment.from < foldedTo);
      segments.set(row.channelId, { isWhole, rows: isWhole ? await tables.segments.ofChannel(row.channelId) : rows });
    }
    const isOther = (revision: 'outboxRevision' | 'draftsRevision' | 'accountRevision') => log[revision] !== memory.log?.[revision];
    return {
      log,
      isWiped,
      channels,
      segments,
      outbox: isOther('outboxRevision') ? await tables.outbox.all() : undefined,
      sessions: isOther('outboxRevision') ? await tables.sealingSessions.all() : undefined,
      drafts: isOther('draftsRevision') ? await tables.drafts.all() : undefined,
      account: isOther('accountRevision') ? await tables.meta.get('account') : undefined,
    };
  });
}

/** How far memory has folded what the row describes; undefined: memory holds other generations and begins anew. */
function foldedAlike(row: ChannelRow, held: HeldChannel | undefined): number | undefined {
  if (held === undefined) return undefined;
  if (row.shown === undefined) return held.next === undefined && held.shown.generation === row.generation ? held.shown.foldedTo : undefined;
  return held.shown.generation === row.shown.generation && held.next?.generation === row.generation ? held.next.foldedTo : undefined;
}

interface Part {
  readonly rows: readonly Row[];
  readonly to: number;
}
type ChannelChange = { readonly segments: number } & (
  | { readonly whole: HeldChannel }
  | { readonly into: 'shown' | 'next'; readonly parts: readonly Part[] }
);

interface Opened {
  readonly channels: ReadonlyMap<string, ChannelChange>;
  readonly damaged: ReadonlySet<string>;
  readonly outbox: readonly HeldEntry[] | undefined;
  readonly drafts: readonly Draft[] | undefined;
  readonly account: MemberAccount | undefined;
}

/** All decryption, before memory changes at all. */
async function openChanges({ phone }: StoreDeps, found: Changes, memory: StoreMemory): Promise<Opened> {
  const channels = new Map<string, ChannelChange>();
  const damaged = new Set<string>();
  for (const row of found.channels) {
    const { channelId } = row;
    const changed = found.segments.get(channelId);
    if (changed === undefined) continue;
    const safe = memory.channels.get(channelId)?.safe ?? (await phone.safe.openChannelKey(channelId, row.wrappedKey));
    if (safe === undefined) {
      damaged.add(channelId);
      continue;
    }
    const open = async (generation: string, cursor: number): Promise<Part[]> => {
      const parts: Part[] = [];
      for (const segment of changed.rows.filter((one) => one.generation === generation)) {
        const rows = await openRows(safe, segment);
        if (rows !== undefined) parts.push({ rows, to: segment.to });
        // Of the rows that are being replaced anyway as many are shown as open.
        else if (generation === row.generation) damaged.add(channelId);
      }
      return [...parts, { rows: [], to: cursor }];
    };
    const current = await open(row.generation, row.cursor);
    const segments = changed.rows.length;
    if (!changed.isWhole) {
      channels.set(channelId, { segments, into: row.shown === undefined ? 'shown' : 'next', parts: current });
      continue;
    }
    const whole: HeldChannel =
      row.shown === undefined
        ? { safe, shown: rowsOf(row.generation, current) }
        : { safe, shown: rowsOf(row.shown.generation, await open(row.shown.generation, row.shown.cursor)), next: rowsOf(row.generation, current) };
    channels.set(channelId, { segments, whole });
  }
  return {
    channels,
    damaged,
    outbox: found.outbox && (await openOutbox(phone, found.outbox, found.sessions ?? [], memory.outbox)),
    drafts: found.drafts && (await Promise.all(found.drafts.map((row) => openDraft(phone.safe, row)))).filter((draft) => draft !== undefined),
    account: found.account && (await openAccount(phone.safe, found.account)),
  };
}

function rowsOf(generation: string, parts: readonly Part[]): Rows {
  const rows = emptyRows(generation);
  for (const part of parts) foldRows(rows, part.rows, part.to);
  return rows;
}

async function openOutbox(
  { safe, sealer }: StoreDeps['phone'],
  rows: readonly OutboxRow[],
  sessions: readonly SealingSessionRow[],
  known: OutboxMemory,
): Promise<HeldEntry[]> {
  const keys = new Map<string, { readonly sessionId: string; readonly deviceId: string; readonly entryKey: Uint8Array }>();
  for (const { sessionId, deviceId, entryKey } of sessions) {
    const opened = entryKey && (await safe.open(entryKey, entryKeyContext(sessionId)));
    if (opened !== undefined) keys.set(sessionId, { sessionId, deviceId, entryKey: opened });
  }
  const held: HeldEntry[] = [];
  for (const row of rows) {
    const before = known.get(row.deviceSeq);
    const session = keys.get(row.sessionId);
    let entry: Entry | undefined = before?.row.bytes === row.bytes ? before.entry : undefined;
    if (entry === undefined && session !== undefined && row.bytes !== '') entry = await sealer.open(session, row);
    held.push({ row, entry });
  }
  return held;
}

export function entryKeyContext(sessionId: string): string {
  return `sealing-sessions/${sessionId}`;
}
