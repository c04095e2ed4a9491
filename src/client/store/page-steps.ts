/** The pages of an answer, all of them in one transaction, and what their verdicts settle. */
import type { MadePage, PageOutcome } from '#sync/engine.ts';
import type { Page, Row, SyncAnswer } from '#sync/protocol.ts';
import { sealAccount } from './account.ts';
import { digestWith, emptyRows, isTakingFrom, rememberDigest, wholeWith } from './channel-memory.ts';
import type { HeldChannel } from './channel-memory.ts';
import { deleteSegments, deviceOf, leave, leftIn } from './channel-tables.ts';
import type { AccountRow, ChannelRow, DiskTables, LogRow } from './disk.ts';
import { dropGone, dropPictures, picturesOf } from './gone-pictures.ts';
import { newGeneration, readLog } from './log.ts';
import type { HeldEntry } from './outbox-memory.ts';
import { isFinal } from './receipts.ts';
import { toBeSentAgain } from './sealed-outbox.ts';
import { sealRows } from './segments.ts';
import type { StoreCore } from './store-core.ts';
import type { StoreMemory } from './store-memory.ts';
import { recordsOf } from './taken-back.ts';

/** A digest that does not match downloads its channel anew once a day at most, by the endpoint's time. */
const replaceEveryMs = 24 * 3_600_000;

/** A page and all that is to be written of it. */
interface ReadyPage extends MadePage {
  /** The channel as it was: on disk, and in memory. */
  readonly row: ChannelRow | undefined;
  readonly rows: HeldChannel;
  readonly generation: string;
  readonly after: ChannelRow;
  readonly isMismatch: boolean;
  /** False: there is nothing to write. */
  readonly isNews: boolean;
  readonly box: Uint8Array | undefined;
  /** How many rows lie in it. */
  readonly boxRows: number;
  /** Something of the channel is gone by this page. */
  readonly isTaking: boolean;
  /** The box is all of the channel and takes the place of its older ones: the page says that something of it is gone. */
  readonly isWhole: boolean;
  readonly settled: readonly ((tables: DiskTables) => Promise<void>)[];
  /** What goes once more. */
  readonly again: readonly HeldEntry[];
}

/** All that one answer brings. */
interface ReadyAnswer {
  readonly prepared: readonly (ReadyPage | undefined)[];
  readonly member: AccountRow | undefined;
  readonly answer: SyncAnswer;
  readonly absent: string | undefined;
}

/** Both within a step. */
export function createPageSteps(core: StoreCore) {
  const { disk, phone } = core;
  /** Numbers of entries that went once more because no verdict spoke of them. */
  const askedOnce = new Set<number>();

  /** What is to be written of a page, sealed before the transaction: inside it nothing but the disk may be waited for. */
  async function ready({ page, made }: MadePage, answer: SyncAnswer): Promise<ReadyPage | undefined> {
    const memory = core.memory();
    const { channelId } = page;
    const row = memory.channelRows.get(channelId);
    if (memory.log === undefined || !isMadeFor(row, memory.log, page, made, answer)) return undefined;
    const held = memory.channels.get(channelId);
    const opened = held === undefined ? await phone.safe.createChannelKey(channelId) : undefined;
    const safe = held?.safe ?? opened?.channel;
    if (safe === undefined) throw new Error(`channel ${channelId} has no key`);
    const generation = row?.generation ?? newGeneration();
    const rows: HeldChannel = held ?? { safe, shown: emptyRows(generation) };
    const begun: ChannelRow | undefined = row ?? (opened && { channelId, generation, wrappedKey: opened.wrappedKey, cursor: 0, mismatches: 0 });
    if (begun === undefined) throw new Error(`channel ${channelId} is in memory and not on disk`);

    const target = rows.next ?? rows.shown;
    const digest = page.more ? undefined : page.digest;
    const isMismatch = digest !== undefined && digest !== digestWith(target, page.rows);
    const base: ChannelRow = { ...begun, cursor: page.cursor, upTo: page.upTo, shown: page.more ? begun.shown : undefined };
    const after = isMismatch ? mismatched(base, answer.endpointTime) : base;
    const again = digest === undefined || isMismatch ? [] : forgotten(channelId, page.rows, answer);
    const settled = [...settledBy(channelId, page.rows), ...again.map(sendingAgain)];
    const isNews = row === undefined || settled.length > 0 || JSON.stringify(after) !== JSON.stringify(row);
    // In the page's own transaction: once the cursor has passed what says that it is gone, no box on this disk holds it any more. The endpoint counts on that.
    const isTaking = isTakingFrom(target, page.rows);
    const isWhole = isTaking && !core.damaged.has(channelId);
    const toSeal = isWhole ? wholeWith(target, page.rows) : page.rows;
    const box = page.rows.length === 0 || !isNews ? undefined : await sealRows(safe, { channelId, generation }, toSeal);
    return { page, made, row, rows, generation, after, isMismatch, isNews, box, boxRows: toSeal.length, isTaking, isWhole, settled, again };
  }

  /** Who the member is by this answer; undefined: as they are here. */
  async function sealedMember({ pull }: SyncAnswer): Promise<AccountRow | undefined> {
    const member = pull !== undefined && 'member' in pull ? pull.member : undefined;
    const isOther = member !== undefined && JSON.stringify(member) !== JSON.stringify(core.memory().account);
    return isOther ? await sealAccount(phone.safe, member) : undefined;
  }

  /**
   * A record that moves leaves one channel and comes by another: whatever ends the phone in between, it is here by one of the two. Who the member is goes along with
   * what they read by it.
   */
  async function commitPages(pages: readonly MadePage[], answer: SyncAnswer, absent?: string): Promise<PageOutcome[]> {
    await core.follow();
    const left = leftIn(answer);
    const member = await sealedMember(answer);
    const prepared: (ReadyPage | undefined)[] = [];
    for (const page of pages) prepared.push(await ready(page, answer));
    const isAnyNews = left.length > 0 || member !== undefined || prepared.some((one) => one?.isNews);
    const memory = core.memory();
    const names = ['meta', 'channels', 'segments', 'outbox', 'drafts', 'pictures', 'pictureBoxes'] as const;
    const committed = isAnyNews ? await disk.write(names, async (tables) => await writePages(tables, { prepared, member, answer, absent })) : [];
    if (committed === undefined) return prepared.map(() => 'stale');
    for (const one of committed) remember(memory, one);
    // Settled rows are read back with all else of the outbox, and all is shown as one.
    const isAnySettled = committed.some(({ settled }) => settled.length > 0);
    const isAnyDraftGone = committed.some((one) => draftsAboutGone(one).length > 0);
    if (isAnySettled || isAnyDraftGone || left.length > 0 || member !== undefined) await core.follow();
    if (!isAnySettled && isAnyNews) core.show();
    return prepared.map((one) => {
      if (one === undefined || (one.isNews && !committed.includes(one))) return 'stale';
      return isFetchedAnew(one) ? 'mismatch' : 'committed';
    });
  }

  /**
   * Within one transaction, and all or nothing: where another tab has gone past one page meanwhile, what leaves one channel by this answer may come by the very page
   * that is overtaken, and would be out of sight until the next. Undefined: nothing. No verdicts while a channel is fetched anew: they may speak of what it lacks.
   */
  async function writePages(tables: DiskTables, { prepared, member, answer, absent }: ReadyAnswer): Promise<ReadyPage[] | undefined> {
    const log = await readLog(tables);
    if (member !== undefined && (await isAnyOpenedSince(tables, answer))) return undefined;
    for (const one of prepared) {
      const isOvertaken = one === undefined || (one.isNews && !isMadeFor(await tables.channels.get(one.after.channelId), log, one.page, one.made, answer));
      if (isOvertaken) return undefined;
    }
    const written: ReadyPage[] = [];
    let isAnyToCome = false;
    for (const one of prepared) {
      if (one?.isNews !== true) continue;
      const { page, row, generation, after, box, boxRows, isWhole } = one;
      const { channelId } = after;
      if (isAnyToCome && deviceOf(channelId) !== undefined) continue;
      if (box !== undefined) {
        if (isWhole) await deleteSegments(tables, channelId, generation);
        await tables.segments.add({ channelId, generation, from: isWhole ? 0 : page.from, to: page.cursor, rows: boxRows, box });
      }
      await tables.channels.put(after);
      if (row?.shown !== undefined && !page.more) await deleteSegments(tables, channelId, row.shown.generation);
      for (const settle of one.settled) await settle(tables);
      await dropGone(tables, { rows: page.rows, draftIds: draftsAboutGone(one), drafts: core.memory().drafts });
      written.push(one);
      isAnyToCome ||= isFetchedAnew(one);
    }
    const after = await putMember(tables, log, { member, answer, absent });
    const isAnySettled = written.some(({ settled }) => settled.length > 0);
    const isAnyDraftGone = written.some((one) => draftsAboutGone(one).length > 0);
    if (isAnySettled || isAnyDraftGone || after !== log) {
      await tables.meta.put({ ...after, outboxRevision: after.outboxRevision + (isAnySettled ? 1 : 0), draftsRevision: after.draftsRevision + (isAnyDraftGone ? 1 : 0) });
    }
    return written;
  }

  /** Who the member is, without what they no longer read. The log as it is to be put; the very same where nothing changes. */
  async function putMember(tables: Pick<DiskTables, 'meta' | 'channels' | 'segments'>, log: LogRow, { member, answer, absent }: Omit<ReadyAnswer, 'prepared'>): Promise<LogRow> {
    const after = await leave(tables, log, leftIn(answer), absent);
    // Asked before another tab left something: the account that this one heard may be the older one.
    if (member === undefined || (absent !== undefined && absent !== log.absent)) return after;
    await tables.meta.put(member);
    return { ...after, accountRevision: after.accountRevision + 1 };
  }

  /**
   * What was half written about a record that is gone for everybody: nothing could ever be saved of it, and the endpoint counts an erased household
   * as erased on this phone once the cursor has passed. A record that only left this phone (`evicted`) takes no word of the member along.
   */
  function draftsAboutGone({ page }: ReadyPage): string[] {
    const gone = new Set(page.rows.flatMap((row) => ('gone' in row && row.gone === 'deleted' ? [row.recordId] : [])));
    if (gone.size === 0) return [];
    const memory = core.memory();
    return [...memory.drafts.values()].flatMap((draft) => ([...recordsOf(draft, memory)].some((recordId) => gone.has(recordId)) ? [draft.draftId] : []));
  }

  /** A full disk keeps pages out, and nothing that the member may no longer read in. */
  async function leaveAlone(answer: SyncAnswer, absent?: string): Promise<void> {
    const member = await sealedMember(answer);
    if (leftIn(answer).length === 0 && member === undefined) return;
    await disk.write(['meta', 'channels', 'segments'], async (tables) => {
      const heard = (await isAnyOpenedSince(tables, answer)) ? undefined : member;
      await tables.meta.put(await putMember(tables, await readLog(tables), { member: heard, answer, absent }));
    });
    await core.follow();
  }

  /** Memory as the disk is after the page. */
  function remember(memory: StoreMemory, { page, rows, generation, after, isMismatch, isTaking, isWhole, again }: ReadyPage): void {
    const { channelId } = after;
    for (const { row } of again) askedOnce.add(row.deviceSeq);
    const { safe } = rows;
    const target = rows.next ?? rows.shown;
    const digest = page.more ? undefined : page.digest;
    if (memory.channels.get(channelId) === undefined) memory.channels.replace(channelId, rows);
    memory.channels.fold(channelId, rows.next === undefined ? 'shown' : 'next', page.rows, page.cursor);
    if (digest !== undefined && !isMismatch) rememberDigest(target, digest);
    if (!page.more && rows.next !== undefined) memory.channels.replace(channelId, { safe, shown: rows.next });
    if (after.shown !== undefined && after.generation !== generation) {
      const now = memory.channels.get(channelId) ?? rows;
      memory.channels.replace(channelId, { ...now, next: emptyRows(after.generation) });
    }
    memory.channelRows.set(channelId, after);
    memory.unmerged.set(channelId, isWhole ? 1 : (memory.unmerged.get(channelId) ?? 0) + 1);
    // Boxes that did not open: they are rewritten when the channel has been fetched anew.
    if (isWhole) memory.toRewrite.delete(channelId);
    else if (isTaking) memory.toRewrite.add(channelId);
  }

  /** What the verdicts of a page change in the outbox, each to be done within the page's own transaction. */
  function settledBy(channelId: string, rows: readonly Row[]): ((tables: DiskTables) => Promise<void>)[] {
    const deviceId = deviceOf(channelId);
    if (deviceId === undefined) return [];
    const { outbox } = core.memory();
    const byEntry = new Map(outbox.entries().flatMap((held) => (held.entry === undefined ? [] : [[held.entry.entryId, held.row] as const])));
    return rows.flatMap((row) => {
      if (!('verdict' in row)) return [];
      const { entryId, deviceSeq, verdict, settledAt } = row.verdict;
      const sealedHere = outbox.get(deviceSeq);
      const isBySeq = sealedHere !== undefined && sealedHere.entry === undefined && sealedHere.sealedBy === deviceId;
      const known = byEntry.get(entryId) ?? (isBySeq ? sealedHere.row : undefined);
      if (known === undefined) return [];
      return async (tables: DiskTables) => {
        const { outbox: table } = tables;
        if (verdict === 'erased') await dropPictures(tables, picturesOf(outbox.get(known.deviceSeq)?.entry));
        const now = await table.get(known.deviceSeq);
        if (now === undefined || now.sessionId !== known.sessionId) return;
        const { again: _again, settledAt: _before, receipt: _receipt, ...rest } = now;
        // Of what was erased no copy stays, not even a sealed one.
        await table.put({ ...rest, ...(isFinal(row.verdict) ? { settledAt } : {}), ...(verdict === 'erased' ? { bytes: '' } : {}) });
      };
    });
  }

  /**
   * At the end of a device's channel: what the endpoint has said it has, or has settled by a receipt, and no verdict speaks of. A backup was put back unnoticed,
   * and no cursor tells so: these are sent once more. What is only said to be there, once in each life of a page: nothing goes to and fro without end.
   */
  function forgotten(channelId: string, rows: readonly Row[], { endpointTime }: SyncAnswer): HeldEntry[] {
    const deviceId = deviceOf(channelId);
    if (deviceId === undefined) return [];
    const spokenOf = new Set(rows.flatMap((row) => ('verdict' in row ? [row.verdict.deviceSeq] : [])));
    const { outbox } = core.memory();
    return outbox.entries().filter(({ row: { deviceSeq, bytes }, sealedBy, receipt }) => {
      if (sealedBy !== deviceId || bytes === '' || spokenOf.has(deviceSeq) || outbox.hasChannelVerdict(deviceSeq)) return false;
      return receipt === undefined ? outbox.isKeptOnly(deviceSeq) && !askedOnce.has(deviceSeq) : Date.parse(receipt.endpointTime) <= Date.parse(endpointTime);
    });
  }

  return { commitPages, leaveAlone };
}

function sendingAgain({ row: before, receipt }: HeldEntry): (tables: DiskTables) => Promise<void> {
  return async ({ outbox }) => {
    const now = await outbox.get(before.deviceSeq);
    if (now?.sessionId === before.sessionId && (receipt === undefined || now.receipt !== undefined)) await outbox.put(toBeSentAgain(now, false));
  };
}

/** Its digest was another: the channel is downloaded again beside what is shown. */
function isFetchedAnew({ isMismatch, after, generation }: ReadyPage): boolean {
  return isMismatch && after.generation !== generation;
}

/**
 * An answer says of every channel that was here when it was asked for what is new, or that it is left. Was one opened since? Who the member is by this answer may be
 * the older word then.
 */
async function isAnyOpenedSince(tables: Pick<DiskTables, 'channels'>, answer: SyncAnswer): Promise<boolean> {
  const pages = answer.pull !== undefined && 'pages' in answer.pull ? answer.pull.pages : [];
  const spokenOf = new Set([...pages.map(({ channelId }) => channelId), ...leftIn(answer)]);
  return (await tables.channels.all()).some(({ channelId }) => !spokenOf.has(channelId));
}

/** A page holds only for the epoch, generation and cursor it was asked with: a tab that slept throws its page away. */
function isMadeFor(
  row: ChannelRow | undefined,
  log: LogRow,
  page: Page,
  made: MadePage['made'],
  answer: SyncAnswer,
): boolean {
  if (log.epoch !== answer.epoch || (made.epoch !== 0 && made.epoch !== answer.epoch) || page.from !== made.cursor) return false;
  return row === undefined
    ? made.generation === log.absent && made.cursor === 0
    : made.generation === row.generation && made.cursor === row.cursor;
}

function mismatched(row: ChannelRow, endpointTime: string): ChannelRow {
  const counted = { ...row, mismatches: row.mismatches + 1 };
  const since = row.replacedAt === undefined ? Infinity : Date.parse(endpointTime) - Date.parse(row.replacedAt);
  if (since < replaceEveryMs) return counted;
  const shown = { generation: row.generation, cursor: row.cursor };
  return { ...counted, shown, generation: newGeneration(), cursor: 0, upTo: undefined, replacedAt: endpointTime };
}
