/** Everything of the log that is in memory while the phone is unlocked. */
import type { MemberAccount } from '#sync/protocol.ts';
import { createChannelMemory } from './channel-memory.ts';
import type { ChannelMemory } from './channel-memory.ts';
import type { ChannelRow, LogRow, SealingSessionRow } from './disk.ts';
import type { Draft } from './field-store.ts';
import { createOutboxMemory } from './outbox-memory.ts';
import type { OutboxMemory } from './outbox-memory.ts';
import { createRecordIndex } from './record-index.ts';
import type { RecordIndex } from './record-index.ts';
import type { Overlay } from './replay.ts';

/** Dropped as one when the store closes. */
export interface StoreMemory {
  readonly channels: ChannelMemory;
  readonly channelRows: Map<string, ChannelRow>;
  readonly outbox: OutboxMemory;
  readonly index: RecordIndex;
  readonly drafts: Map<string, Draft>;
  readonly sessions: Map<string, SealingSessionRow>;
  /** Segments added to a channel since somebody looked whether to merge them. */
  readonly unmerged: Map<string, number>;
  /** Channels in which something was deleted that an older box may still hold. */
  readonly toRewrite: Set<string>;
  /** As last read or written by this tab. */
  log: LogRow | undefined;
  account: MemberAccount | undefined;
  overlay: Overlay | undefined;
}

export function createMemory(): StoreMemory {
  const channels = createChannelMemory();
  const memory: StoreMemory = {
    channels,
    channelRows: new Map(),
    outbox: createOutboxMemory(channels, () => memory.log?.round),
    index: createRecordIndex(),
    drafts: new Map(),
    sessions: new Map(),
    unmerged: new Map(),
    toRewrite: new Set(),
    log: undefined,
    account: undefined,
    overlay: undefined,
  };
  return memory;
}
