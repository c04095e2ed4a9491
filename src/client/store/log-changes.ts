/** What the disk holds that memory lacks: read in one moment, then decrypted, before memory changes at all. */
import { isSame } from '#client/vault/vault-row.ts';
import type { Entry } from '#domain/change.ts';
import type { MemberAccount, Row } from '#sync/protocol.ts';
import { openAccount } from './account.ts';
import { emptyRows, foldRows } from './channel-memory.ts';
import type { HeldChannel, Rows } from './channel-memory.ts';
import type { AccountRow, ChannelRow, Disk, DraftRow, LogRow, OutboxRow, SealingSessionRow, SegmentRow } from './disk.ts';
import { openDraft } from './drafts.ts';
import type { Draft } from './field-store.ts';
import { readLog } from './log.ts';
import type { HeldEntry, OutboxMemory } from './outbox-memory.ts';
import { openVerdict } from './receipts.ts';
import { entryKeyContext } from './sealer.ts';
import type { Sealer } from './sealer.ts';
import { isTakingAway, openRows } from './segments.ts';
import type { StoreDeps } from './store-core.ts';
import type { StoreMemory } from './store-memory.ts';

export interface Changes {
  readonly log: LogRow;
  readonly channels: readonly ChannelRow[];
  /** By channel: what is not folded yet, or all of it where `isWhole`. */
  readonly segments: ReadonlyMap<string, { readonly isWhole: boolean; readonly rows: readonly SegmentRow[] }>;
  readonly outbox: readonly OutboxRow[] | undefined;
  readonly sessions: readonly SealingSessionRow[] | undefined;
  readonly drafts: readonly DraftRow[] | undefined;
  readonly account: AccountRow | undefined;
}

/**
 * One moment of the disk, no more of it than memory lacks. `wiped`: it is no longer this device's, or the browser has emptied it;
 * `renewed`: the phone has become another device.
 */
export async function readChanges(disk: Disk, memory: StoreMemory, deviceId: string): Promise<Changes | 'wiped' | 'renewed'> {
  const names = ['keyring', 'meta', 'channels', 'segments', 'outbox', 'sealingSessions', 'drafts'] as const;
  return await disk.read(names, async (tables) => {
    const keyring = await tables.keyring.get('phone');
    if (keyring?.state !== 'enrolled') return 'wiped';
    if (keyring.deviceId !== deviceId) return keyring.replaced?.includes(deviceId) === true ? 'renewed' : 'wiped';
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
type ChannelChange = { readonly segments: number; readonly isTakingAway: boolean } & (
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
export async function openChanges({ phone }: Pick<StoreDeps, 'phone'>, found: Changes, memory: StoreMemory): Promise<Opened> {
  const channels = new Map<string, ChannelChange>();
  const damaged = new Set<string>();
  for (const row of found.channels) {
    const { channelId } = row;
    const changed = found.segments.get(channelId);
    if (changed === undefined) continue;
    const safe = heldKey(memory, row) ?? (await phone.safe.openChannelKey(channelId, row.wrappedKey));
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
    const told = { segments: changed.rows.length, isTakingAway: current.some((part) => isTakingAway(part.rows)) };
    if (!changed.isWhole) {
      channels.set(channelId, { ...told, into: row.shown === undefined ? 'shown' : 'next', parts: current });
      continue;
    }
    const whole: HeldChannel =
      row.shown === undefined
        ? { safe, shown: rowsOf(row.generation, current) }
        : { safe, shown: rowsOf(row.shown.generation, await open(row.shown.generation, row.shown.cursor)), next: rowsOf(row.generation, current) };
    channels.set(channelId, { ...told, whole });
  }
  return {
    channels,
    damaged,
    outbox: found.outbox && (await openOutbox(phone, found.outbox, found.sessions ?? [], memory.outbox)),
    drafts: found.drafts && (await Promise.all(found.drafts.map((row) => openDraft(phone.safe, row)))).filter((draft) => draft !== undefined),
    account: found.account && (await openAccount(phone.safe, found.account)),
  };
}

/** A channel that was left and is read again meanwhile, while this tab slept, has another key: under the one it had nothing of it opens. */
function heldKey({ channels, channelRows }: StoreMemory, { channelId, wrappedKey }: ChannelRow): HeldChannel['safe'] | undefined {
  const known = channelRows.get(channelId)?.wrappedKey;
  return known !== undefined && isSame(known, wrappedKey) ? channels.get(channelId)?.safe : undefined;
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
  const sealedBy = new Map(sessions.map(({ sessionId, deviceId }) => [sessionId, deviceId]));
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
    if (entry === undefined && session !== undefined && row.bytes !== '') entry = await openOwn(sealer, session, row);
    // Without its session's header nobody can ever open it: the person is told so, it is not sent.
    const isOrphan = row.settledAt === undefined && !sealedBy.has(row.sessionId);
    const receipt = await openVerdict(safe, row, before);
    held.push({ row: isOrphan ? { ...row, refused: 'unreadable' } : row, entry, sealedBy: sealedBy.get(row.sessionId), receipt });
  }
  return held;
}

/** Bytes that were damaged on the disk are sent all the same, for the endpoint to say so; the rest of the phone opens without them. */
async function openOwn(sealer: Sealer, session: Parameters<Sealer['open']>[0], row: OutboxRow): Promise<Entry | undefined> {
  try {
    return await sealer.open(session, row);
  } catch {
    return undefined;
  }
}
