/**
 * Which phones hold what was erased, and which have said that they do not any more. A phone says so by its cursor: it commits a page, the boxes without what the page
 * says is gone, and the cursor in one transaction (client/store/page-steps.ts), so a later request whose cursor lies beyond is its word for it.
 */
import { channelId as channelIds, channelsOfMember } from '#domain/permissions.ts';
import type { SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import type { Accounts } from './accounts.ts';
import { channelCounter } from './channel-rows.ts';
import type { Database, ErasureDeviceTable, Writing } from './database/schema.ts';
import { devicesAfter, devicesOfPhone } from './device-chain.ts';

type Pull = NonNullable<SyncRequest['pull']>;
type Pulled = NonNullable<SyncAnswer['pull']>;

/** Programs before this schema rewrote their boxes after the cursor: their cursor is no word for it. */
const firstSchemaThatConfirms = 2;

/**
 * At the erasure: the devices that may hold it, by what they were served and by what their members read now. `sequences`: by channel, where the erasure is told.
 * `verdicts`: by device, where its own channel tells it to empty a sealed copy. `isRestored`: what was served since the backup nobody knows, so any phone may hold it.
 * `isUnknown`: nor which channels showed it, so any may on any phone: each says so when all that it reads has come to where it stands now.
 */
export async function noteHolders(
  tx: Writing,
  accounts: Accounts,
  args: {
    readonly communeCode: string;
    readonly recordId: string;
    readonly erasedAt: number;
    readonly sequences: ReadonlyMap<string, number>;
    readonly verdicts: ReadonlyMap<string, number>;
    readonly isRestored: boolean;
    readonly isUnknown: boolean;
  },
): Promise<void> {
  const { communeCode, recordId, erasedAt, sequences, verdicts, isRestored, isUnknown } = args;
  const noteIn = async (deviceId: string, channelId: string, sequence: number) => await note(tx, { communeCode, recordId, deviceId, channelId, sequence, erasedAt });
  for (const [deviceId, sequence] of verdicts) {
    for (const holder of await standingFor(tx, communeCode, deviceId)) await noteIn(holder, channelIds.device(deviceId), sequence);
  }
  const active = await tx.selectFrom('device').select(['deviceId', 'memberId']).where('communeCode', '=', communeCode).where('state', '=', 'active').execute();
  if (isUnknown) {
    for (const { deviceId, memberId } of active) {
      const sent = await tx.selectFrom('device_channel').select('channelId').where('communeCode', '=', communeCode).where('deviceId', '=', deviceId).execute();
      const reads = new Set([channelIds.device(deviceId), ...channelsOfMember(await accounts.scopeOf(tx, communeCode, memberId)), ...sent.map((row) => row.channelId)]);
      for (const channelId of reads) await noteIn(deviceId, channelId, await channelCounter(tx, communeCode, channelId));
    }
  }
  if (sequences.size === 0) return;
  const served = await tx
    .selectFrom('device_channel')
    .innerJoin('device', (join) => join.onRef('device.communeCode', '=', 'device_channel.communeCode').onRef('device.deviceId', '=', 'device_channel.deviceId'))
    .select(['device_channel.deviceId', 'device_channel.channelId'])
    .where('device_channel.communeCode', '=', communeCode)
    .where('device_channel.channelId', 'in', [...sequences.keys()])
    .where('device.state', '!=', 'retired')
    .execute();
  for (const { deviceId, channelId } of served) await noteIn(deviceId, channelId, sequences.get(channelId) ?? 0);
  for (const { deviceId, memberId } of active) {
    const reads = isRestored ? sequences.keys() : channelsOfMember(await accounts.scopeOf(tx, communeCode, memberId));
    for (const channelId of reads) {
      const sequence = sequences.get(channelId);
      if (sequence !== undefined) await noteIn(deviceId, channelId, sequence);
    }
  }
}

/** An entry that came after the erasure has shown that its phone holds a sealed copy: until it has read in its own channel that it is to be emptied. */
export async function noteSealedCopy(tx: Writing, args: { readonly communeCode: string; readonly deviceId: string; readonly recordIds: readonly string[] }): Promise<void> {
  const { communeCode, deviceId, recordIds } = args;
  const erased = await tx.selectFrom('erasure').select(['recordId', 'erasedAt']).where('communeCode', '=', communeCode).where('recordId', 'in', recordIds).execute();
  const channelId = channelIds.device(deviceId);
  const sequence = await channelCounter(tx, communeCode, channelId);
  for (const holder of await standingFor(tx, communeCode, deviceId)) {
    for (const { recordId, erasedAt } of erased) await note(tx, { communeCode, recordId, deviceId: holder, channelId, sequence, erasedAt });
  }
}

type Held = Omit<ErasureDeviceTable, 'endsAt' | 'confirmedAt'>;

/** Open from now on, whatever was said before. */
async function note(tx: Writing, held: Held): Promise<void> {
  const row = { ...held, endsAt: null, confirmedAt: null };
  await tx
    .insertInto('erasure_device')
    .values(row)
    .onConflict((conflict) => conflict.columns(['communeCode', 'recordId', 'deviceId', 'channelId']).doUpdateSet(row))
    .execute();
}

/** The device, or what the phone that it was has become. */
async function standingFor(tx: Writing, communeCode: string, deviceId: string): Promise<string[]> {
  const known = [deviceId, ...(await devicesAfter(tx, communeCode, deviceId))];
  const rows = await tx.selectFrom('device').select('deviceId').where('communeCode', '=', communeCode).where('deviceId', 'in', known).where('state', '!=', 'retired').orderBy('deviceId').execute();
  return rows.length === 0 ? [deviceId] : rows.map((row) => row.deviceId);
}

/** At each pull: what the device holds from now on, and what its request confirms. Writes only where something changed. */
export async function noteAnswered(
  tx: Writing,
  args: { readonly communeCode: string; readonly deviceId: string; readonly pull: Pull; readonly answer: Pulled; readonly now: number },
): Promise<void> {
  const { communeCode, deviceId, pull, answer, now } = args;
  const served = 'pages' in answer ? answer.pages.map((page) => page.channelId) : [];
  await noteHeld(tx, communeCode, deviceId, new Set([...Object.keys(pull.channels), ...served]));
  const devices = await devicesOfPhone(tx, communeCode, deviceId);
  const open = await tx
    .selectFrom('erasure_device')
    .selectAll()
    .where('communeCode', '=', communeCode)
    .where('deviceId', 'in', devices)
    .where('confirmedAt', 'is', null)
    .execute();
  if (open.length === 0) return;
  // Told to begin anew, it keeps its rows for show until the channel is whole again: only what this epoch ends counts.
  const isRestarted = !('pages' in answer);
  const pages = new Map('pages' in answer ? answer.pages.map((page) => [page.channelId, page]) : []);
  for (const row of open) {
    const position = pull.channels[row.channelId];
    const page = pages.get(row.channelId);
    const isEnded = row.endsAt !== null && position !== undefined && position.cursor >= row.endsAt;
    // A channel that this very answer brings it is one that it begins: what it sealed itself is emptied only by what it is told there.
    const isLeft = position === undefined && page === undefined;
    const change = isRestarted
      ? { endsAt: null }
      : pull.schema >= firstSchemaThatConfirms && (isEnded || isLeft)
        ? { confirmedAt: now }
        : row.endsAt === null && page?.more === false && page.cursor >= row.sequence
          ? { endsAt: page.cursor }
          : undefined;
    if (change === undefined) continue;
    await tx
      .updateTable('erasure_device')
      .set(change)
      .where('communeCode', '=', communeCode)
      .where('recordId', '=', row.recordId)
      .where('deviceId', '=', row.deviceId)
      .where('channelId', '=', row.channelId)
      .execute();
  }
}

/** The channels that it holds or was just sent, as one set in the place of the last. */
async function noteHeld(tx: Writing, communeCode: string, deviceId: string, held: ReadonlySet<string>): Promise<void> {
  const before = await tx.selectFrom('device_channel').select('channelId').where('communeCode', '=', communeCode).where('deviceId', '=', deviceId).execute();
  const known = new Set(before.map((row) => row.channelId));
  for (const channelId of known) {
    if (held.has(channelId)) continue;
    await tx.deleteFrom('device_channel').where('communeCode', '=', communeCode).where('deviceId', '=', deviceId).where('channelId', '=', channelId).execute();
  }
  const fresh = [...held].filter((channelId) => !known.has(channelId));
  if (fresh.length > 0) await tx.insertInto('device_channel').values(fresh.map((channelId) => ({ communeCode, deviceId, channelId }))).execute();
}

/** A phone under a new identity holds what it held, until its first request says what that is; and it has still to say what it has not said. */
export async function inheritHeld(tx: Writing, { communeCode, deviceId, replaces }: { readonly communeCode: string; readonly deviceId: string; readonly replaces: string }): Promise<void> {
  const channels = await tx.selectFrom('device_channel').select('channelId').where('communeCode', '=', communeCode).where('deviceId', '=', replaces).execute();
  const held = channels.map(({ channelId }) => ({ communeCode, deviceId, channelId }));
  if (held.length > 0) await tx.insertInto('device_channel').values(held).onConflict((conflict) => conflict.columns(['communeCode', 'deviceId', 'channelId']).doNothing()).execute();
  const open = await tx.selectFrom('erasure_device').selectAll().where('communeCode', '=', communeCode).where('deviceId', '=', replaces).where('confirmedAt', 'is', null).execute();
  const asked = open.map((row) => ({ ...row, deviceId }));
  if (asked.length > 0) await tx.insertInto('erasure_device').values(asked).onConflict((conflict) => conflict.columns(['communeCode', 'recordId', 'deviceId', 'channelId']).doNothing()).execute();
}

export interface ErasureDevice {
  readonly deviceId: string;
  readonly memberId: string;
  readonly state: 'active' | 'retired' | 'revoked';
  readonly lastContactAt: number;
  readonly erasedAt: number;
  /** When it had said so of every channel; undefined: still open. */
  readonly confirmedAt: number | undefined;
}

/** Every device that was noted for this record, by their ids. */
export async function readHolders(db: Database, communeCode: string, recordId: string): Promise<ErasureDevice[]> {
  const rows = await db
    .selectFrom('erasure_device as noted')
    .innerJoin('device', (join) => join.onRef('device.communeCode', '=', 'noted.communeCode').onRef('device.deviceId', '=', 'noted.deviceId'))
    .select(['noted.deviceId', 'device.memberId', 'device.state', 'device.lastContactAt', 'noted.erasedAt', 'noted.confirmedAt'])
    .where('noted.communeCode', '=', communeCode)
    .where('noted.recordId', '=', recordId)
    .orderBy('noted.deviceId')
    .execute();
  const byDevice = Map.groupBy(rows, (row) => row.deviceId);
  return [...byDevice.values()].flatMap((noted) => {
    const [first] = noted;
    if (first === undefined) return [];
    const isOpen = noted.some(({ confirmedAt }) => confirmedAt === null);
    const { deviceId, memberId, state, lastContactAt } = first;
    const erasedAt = Math.max(...noted.map((row) => row.erasedAt));
    return [{ deviceId, memberId, state, lastContactAt, erasedAt, confirmedAt: isOpen ? undefined : Math.max(...noted.map((row) => row.confirmedAt ?? 0)) }];
  });
}
