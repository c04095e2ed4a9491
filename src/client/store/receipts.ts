/** Verdicts that come by file: opened with the sealing session they were sealed for, kept beside their entries until the channel speaks. */
import { isSame } from '#client/vault/vault-row.ts';
import { bytesToText, textToBytes } from '#sync/bytes.ts';
import type { SealedReceipt } from '#sync/entry.ts';
import { receiptSchema } from '#sync/protocol.ts';
import type { Receipt, Verdict } from '#sync/protocol.ts';
import { readAs } from '#sync/read-as.ts';
import type { DiskTables, LogRow, OutboxRow } from './disk.ts';
import type { FieldStore } from './field-store.ts';
import { readLog } from './log.ts';
import type { HeldEntry, ReceivedVerdict } from './outbox-memory.ts';
import type { Safe } from './safe.ts';
import { receiptKeyContext } from './sealer.ts';
import type { StoreCore } from './store-core.ts';

export function createReceiptLoader(core: StoreCore): FieldStore['loadReceipts'] {
  const { disk, phone } = core;

  /** Undefined: not for a sealing session of this phone, or not what the endpoint sealed. */
  async function open(sealed: SealedReceipt): Promise<Receipt | undefined> {
    const session = core.memory().sessions.get(sealed.session);
    const receiptKey = session?.receiptKey && (await phone.safe.open(session.receiptKey, receiptKeyContext(sealed.session)));
    if (session === undefined || receiptKey === undefined) return undefined;
    const { sessionId, deviceId } = session;
    const opened = await phone.sealer.openReceipt({ sessionId, deviceId, receiptKey }, sealed);
    return opened.ok ? readAs(receiptSchema, opened.value) : undefined;
  }

  /** The entry that a verdict of this session's receipt speaks of, if it lies here and its channel has said nothing of it. */
  function entryFor(session: string, { deviceSeq, entryId }: Verdict): HeldEntry | undefined {
    const { outbox } = core.memory();
    const held = outbox.get(deviceSeq);
    if (held?.row.sessionId !== session || outbox.hasChannelVerdict(deviceSeq)) return undefined;
    return held.entry === undefined || held.entry.entryId === entryId ? held : undefined;
  }

  async function load(receipts: readonly SealedReceipt[]): Promise<{ readonly settled: number; readonly notOurs: number }> {
    await core.follow();
    let notOurs = 0;
    const newest = new Map<HeldEntry, ReceivedVerdict>();
    for (const sealed of receipts) {
      const receipt = await open(sealed);
      if (receipt === undefined) notOurs += 1;
      const { epoch = 0, endpointTime = '', verdicts = [] } = receipt ?? {};
      for (const verdict of verdicts) {
        const held = entryFor(sealed.session, verdict);
        const received = { epoch, endpointTime, verdict };
        if (held !== undefined && isNewer(received, newest.get(held) ?? held.receipt)) newest.set(held, received);
      }
    }
    const kept: Kept[] = [];
    for (const [{ row }, received] of newest) kept.push({ before: row, received, box: await sealVerdict(phone.safe, row.deviceSeq, received) });
    const settled = kept.length === 0 ? 0 : await disk.write(['meta', 'outbox'], async (tables) => await keep(tables, kept));
    await core.follow();
    return { settled, notOurs };
  }

  return async (receipts) => {
    const loaded = await core.step(async () => await load(receipts));
    core.tellTabs();
    return loaded;
  };
}

interface Kept {
  readonly before: OutboxRow;
  readonly received: ReceivedVerdict;
  readonly box: Uint8Array;
}

/** Within one transaction. How many entries this settled; what another tab changed meanwhile stays as that tab left it. */
async function keep(tables: Pick<DiskTables, 'meta' | 'outbox'>, kept: readonly Kept[]): Promise<number> {
  const log = await readLog(tables);
  let settled = 0;
  for (const { before, received, box } of kept) {
    const now = await tables.outbox.get(before.deviceSeq);
    // What was said before a restore counts for nothing after it.
    if (now === undefined || !isUnchanged(now, before) || isOutdated(received, log)) continue;
    const { settledAt: _before, ...rest } = now;
    const { verdict, settledAt } = received.verdict;
    // `again` stays: what the channels hold of an entry from before a restore is not gone by a word on paper.
    await tables.outbox.put({
      ...rest,
      receipt: box,
      kept: log.round,
      refused: undefined,
      ...(isFinal(received.verdict) ? { settledAt } : {}),
      ...(verdict === 'erased' ? { bytes: '' } : {}),
    });
    if (isFinal(received.verdict) && now.settledAt === undefined) settled += 1;
  }
  await tables.meta.put({ ...log, outboxRevision: log.outboxRevision + 1 });
  return settled;
}

/** `held` and `quarantined` are not the end of an entry. */
export function isFinal({ verdict }: Verdict): boolean {
  return verdict !== 'held' && verdict !== 'quarantined';
}

/** A backup that was put back unnoticed (the endpoint's `last-told` with it) raises no epoch: there the time tells. */
function isOutdated({ epoch, endpointTime }: ReceivedVerdict, log: LogRow): boolean {
  if (epoch !== log.epoch) return epoch < log.epoch;
  return log.restartedAt !== undefined && Date.parse(endpointTime) <= Date.parse(log.restartedAt);
}

/** An older receipt, handed in again, takes nothing back. */
function isNewer(one: ReceivedVerdict, other: ReceivedVerdict | undefined): boolean {
  if (other === undefined) return true;
  if (one.epoch !== other.epoch) return one.epoch > other.epoch;
  const apart = Date.parse(one.endpointTime) - Date.parse(other.endpointTime);
  return apart === 0 ? isFinal(one.verdict) && !isFinal(other.verdict) : apart > 0;
}

function isUnchanged(now: OutboxRow, before: OutboxRow): boolean {
  const isSameReceipt = now.receipt === undefined || before.receipt === undefined ? now.receipt === before.receipt : isSame(now.receipt, before.receipt);
  return isSameReceipt && now.sessionId === before.sessionId && now.settledAt === before.settledAt && now.bytes === before.bytes;
}

async function sealVerdict(safe: Safe, deviceSeq: number, received: ReceivedVerdict): Promise<Uint8Array> {
  return await safe.seal(textToBytes(JSON.stringify(received)), contextOf(deviceSeq));
}

/** What a row keeps of it, not opened anew where it is the one known `before`. Undefined: none, damaged, or of an earlier life of this phone. */
export async function openVerdict(safe: Safe, row: OutboxRow, before: HeldEntry | undefined): Promise<ReceivedVerdict | undefined> {
  if (row.receipt === undefined) return undefined;
  if (before?.row.receipt !== undefined && isSame(before.row.receipt, row.receipt)) return before.receipt;
  const plain = await safe.open(row.receipt, contextOf(row.deviceSeq));
  return plain === undefined ? undefined : (JSON.parse(bytesToText(plain)) as ReceivedVerdict);
}

function contextOf(deviceSeq: number): string {
  return `outbox/${deviceSeq}/receipt`;
}
