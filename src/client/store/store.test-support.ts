/** Phones, disks and pages for the store's tests: real disks, sealing and keys by readable stand-ins, an endpoint of a few lines. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import { argonFloor } from '#client/vault/vault.ts';
import type { VaultRow } from '#client/vault/vault.ts';
import type { Entry, EntryDraft } from '#domain/change.ts';
import { instantOf } from '#domain/identifiers.ts';
import { err, ok } from '#domain/result.ts';
import { bytesToText, textToBytes } from '#sync/bytes.ts';
import { addDigest, digestToHex, emptyDigest, rowDigest } from '#sync/digest.ts';
import { createEndpointKeyPair, hashPicture } from '#sync/entry.ts';
import type { SealedReceipt } from '#sync/entry.ts';
import { createNewId, createNewRandomId } from '#sync/new-id.ts';
import type { MadePage, PageOutcome } from '#sync/engine.ts';
import type { MemberAccount, Page, Row, SyncAnswer, VerdictRow } from '#sync/protocol.ts';
import { sealAccount } from './account.ts';
import { openDexieDisk } from './dexie-disk.ts';
import type { Disk, KeyringRow, SegmentRow } from './disk.ts';
import { beginEnrolment, completeEnrolment } from './enrol-phone.ts';
import { firstLog } from './log.ts';
import { createMemoryDisk } from './memory-disk.ts';
import type { MemoryDisk, MemoryDiskContents } from './memory-disk.ts';
import { openFieldStore } from './open-store.ts';
import type { StoreDeps } from './open-store.ts';
import type { Safe } from './safe.ts';
import type { Sealer } from './sealer.ts';
import type { Tabs } from './tabs.ts';

let seed = 1;
/** Bytes that differ from call to call and are the same in every run. */
export function testRandom(length: number): Uint8Array {
  return Uint8Array.from({ length }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (seed >> 16) & 255;
  });
}
export const epochStart = Date.parse('2026-11-22T08:00:00+07:00');
export const newId = createNewId(() => epochStart, testRandom);
export const newRandomId = createNewRandomId(testRandom);

export interface DiskKind {
  readonly name: string;
  /** A disk with nothing on it; each call of the result opens it as another tab does. */
  create(): () => Disk;
}

let databases = 0;
export const memoryDisks: DiskKind = {
  name: 'memory',
  create() {
    const disk = createMemoryDisk();
    return () => disk.open();
  },
};
export const diskKinds: readonly DiskKind[] = [
  memoryDisks,
  {
    name: 'IndexedDB through Dexie',
    create() {
      Dexie.dependencies.indexedDB = new IDBFactory();
      Dexie.dependencies.IDBKeyRange = IDBKeyRange;
      databases += 1;
      const name = `test-${databases}`;
      return () => openDexieDisk(name);
    },
  },
];

/** Keys by number: what was sealed under one opens under no other, nor under another context, nor when it is closed. */
export function createPlainSafe(phoneKey = 1): Safe {
  let isClosed = false;
  const seal = (key: string, plain: Uint8Array, context: string) => textToBytes(JSON.stringify({ key, context, plain: [...plain] }));
  const open = (key: string, box: Uint8Array, context: string) => {
    if (isClosed) throw new Error('the vault is closed');
    try {
      const found = JSON.parse(bytesToText(box)) as { key: string; context: string; plain: number[] };
      return found.key === key && found.context === context ? Uint8Array.from(found.plain) : undefined;
    } catch {
      return undefined;
    }
  };
  const channel = (key: string) => ({
    seal: async (plain: Uint8Array, context: string) => seal(key, plain, context),
    open: async (box: Uint8Array, context: string) => open(key, box, context),
  });
  const own = `data-key-${phoneKey}`;
  return {
    async createChannelKey(channelId) {
      const key = newRandomId();
      return { wrappedKey: seal(own, textToBytes(key), channelId), channel: channel(key) };
    },
    async openChannelKey(channelId, wrappedKey) {
      const key = open(own, wrappedKey, channelId);
      return key === undefined ? undefined : channel(bytesToText(key));
    },
    seal: async (plain, context) => seal(own, plain, context),
    open: async (box, context) => open(own, box, context),
    close: () => {
      isClosed = true;
    },
  };
}

/** Sealed entries that can be read, for a fast test. The session's key must be the one they were sealed with. */
export function createPlainSealer(deviceId: string): Sealer {
  return {
    async openSession() {
      const sessionId = newRandomId().replaceAll('-', '').slice(0, 22);
      return { sessionId, header: { info: sessionId, enc: deviceId, signature: '' }, entryKey: textToBytes(sessionId), receiptKey: textToBytes(`receipts of ${sessionId}`) };
    },
    seal: async ({ entryKey }, entry) => ok(JSON.stringify({ key: bytesToText(entryKey), entry })),
    async open({ entryKey }, { bytes }) {
      const { key, entry } = JSON.parse(bytes) as { key: string; entry: Entry };
      if (key !== bytesToText(entryKey)) throw new Error('sealed by another key');
      return entry;
    },
    async openReceipt({ sessionId, receiptKey }, sealed) {
      const { key, receipt } = JSON.parse(sealed.bytes) as { key: string; receipt: unknown };
      return sealed.session === sessionId && key === bytesToText(receiptKey) ? ok(receipt) : err({ code: 'unreadable' });
    },
    async sealPicture(picture) {
      const key = testRandom(4);
      const box = Uint8Array.from([...key, ...picture].map((byte) => byte ^ 255));
      return { box, key: Uint8Array.from(key), sha256: await hashPicture(box) };
    },
    async openPicture(key, box) {
      const plain = box.map((byte) => byte ^ 255);
      return key.every((byte, at) => plain[at] === byte) ? ok(plain.subarray(4)) : err({ code: 'unreadable' });
    },
  };
}

/** What the endpoint seals for a session of the plain sealer. */
export function sealPlainReceipt(session: string, receipt: unknown): SealedReceipt {
  return { session, bytes: JSON.stringify({ key: `receipts of ${session}`, receipt }) };
}

export const communeCode = '01789';
export const hamletId = '01789-003';
export const hamletChannel = `hamlet/${hamletId}`;
export const everyoneChannel = `everyone/${communeCode}`;

export const lan: MemberAccount = {
  memberId: newId(),
  communeCode,
  name: 'Lý Thị Lan',
  assignments: [{ role: 'team_member', hamletId }],
};

/** Tabs of one browser. */
export function createTabsHub(): () => Tabs {
  const listeners = new Map<Tabs, () => void>();
  return () => {
    const tabs: Tabs = {
      tell: () => {
        for (const [other, listener] of listeners) if (other !== tabs) listener();
      },
      listen: (onChange) => {
        listeners.set(tabs, onChange);
      },
      close: () => {
        listeners.delete(tabs);
      },
    };
    return tabs;
  };
}

export interface TestPhone {
  readonly deviceId: string;
  readonly ownChannel: string;
  readonly clock: { at: number; now(): number };
  /** The disk as a new tab opens it. */
  openDisk(): Disk;
  openStore(deps?: Partial<StoreDeps>): Promise<TestStore>;
}
export type TestStore = Awaited<ReturnType<typeof openFieldStore>>;

/** Of a phone whose keys are stand-ins: nobody opens its vault. */
function enrolledRow(deviceId: string): KeyringRow {
  const endpoint = { endpointId: newId(), keyId: 'k', publicKey: '' };
  const vault = {} as VaultRow;
  return { key: 'phone', state: 'enrolled', communeCode, deviceId, endpoint, vault, wrongTries: 0, deliveryToken: '', sessionToken: new Uint8Array() };
}

/** An enrolled phone that has not met the endpoint yet. */
export async function createTestPhone(kind: DiskKind, account = lan): Promise<TestPhone> {
  const openDisk = kind.create();
  const deviceId = newId();
  const clock = { at: epochStart, now: () => clock.at };
  const disk = openDisk();
  const row = await sealAccount(createPlainSafe(), account);
  await disk.write(['keyring', 'meta'], async ({ keyring, meta }) => {
    await keyring.put(enrolledRow(deviceId));
    await meta.put({ ...firstLog(), accountRevision: 1 });
    await meta.put(row);
  });
  return {
    deviceId,
    ownChannel: `device/${deviceId}`,
    clock,
    openDisk,
    openStore: async (deps) =>
      await openFieldStore({
        disk: openDisk(),
        phone: { deviceId, safe: createPlainSafe(), sealer: createPlainSealer(deviceId) },
        clock,
        random: testRandom,
        ...deps,
      }),
  };
}

/** The same person is let in again, as another device, on a phone that was wiped. */
export async function letInAgain({ openDisk, clock }: TestPhone): Promise<TestStore> {
  const disk = openDisk();
  const { keyId, publicKey } = await createEndpointKeyPair();
  const begun = await beginEnrolment(disk, {
    invitation: `${communeCode}.${'a'.repeat(43)}`, endpoint: { endpointId: newId(), keyId, publicKey }, passphrase: 'suối trong núi xanh', newId, argon: argonFloor,
  });
  if (!begun.ok) throw new Error(begun.error.code);
  const phone = begun.value;
  await completeEnrolment(disk, phone, { member: lan, deviceId: phone.deviceId, sessionToken: '01789.session', deliveryToken: '01789.delivery', epoch: 1 });
  return await openFieldStore({ disk, phone, clock, random: testRandom });
}

/** Another way to the memory disk of a phone, with a hook of its own. */
export function openMemoryDisk(phone: TestPhone): MemoryDisk {
  const disk = phone.openDisk();
  if (!('contents' in disk)) throw new Error('not a disk in memory');
  return createMemoryDisk(disk.contents as MemoryDiskContents);
}

/** What an endpoint would say of one channel: rows get the next sequences, pages come from the newest state. */
export function createTestChannel(channelId: string) {
  const rows = new Map<string, Row>();
  let counter = 0;
  return {
    channelId,
    counter: () => counter,
    show(row: Record<string, unknown> & { readonly recordId: string }): number {
      counter += 1;
      rows.set(row.recordId, { ...row, sequence: counter } as unknown as Row);
      return counter;
    },
    page(from: number, size = 500): Page {
      const later = [...rows.values()].filter((row) => row.sequence > from).sort((a, b) => a.sequence - b.sequence);
      const shown = later.slice(0, size);
      const more = later.length > shown.length;
      const cursor = more ? (shown.at(-1)?.sequence ?? counter) : counter;
      return { channelId, from, cursor, rows: shown, more, ...(more ? {} : { digest: this.digest() }) };
    },
    digest(): string {
      let sum = emptyDigest;
      for (const row of rows.values()) if (!('gone' in row)) sum = addDigest(sum, rowDigest(row.recordId, row.sequence));
      return digestToHex(sum);
    },
  };
}
export type TestChannel = ReturnType<typeof createTestChannel>;

export function householdRow(fields: Record<string, unknown> = {}, more: Record<string, unknown> = {}) {
  return {
    recordId: newId(),
    kind: 'household',
    areaId: hamletId,
    version: 1,
    fields: { no: 12, headName: 'Nông Văn Sơn', houseLabel: 'cạnh nhà văn hóa', contact: 'yes', ...fields },
    memberId: lan.memberId,
    occurredAt: '2026-11-20T09:00:00+07:00',
    receivedAt: '2026-11-20T09:00:05+07:00',
    ...more,
  };
}

export function verdictRow(entryId: string, deviceSeq: number, verdict: VerdictRow['verdict']['verdict'], more: Partial<VerdictRow['verdict']> = {}) {
  return {
    recordId: entryId,
    version: 1,
    verdict: { entryId, deviceSeq, verdict, settledAt: instantOf(epochStart + 60_000), ...more },
  };
}

export function answerOf(more: Partial<SyncAnswer> = {}): SyncAnswer {
  return { epoch: 1, schema: 1, endpointTime: instantOf(epochStart + 60_000), entries: [], ...more };
}

/** Fetches a page of the channel as the engine does, from where the store stands. */
export async function pull(store: TestStore, channel: TestChannel, answer = answerOf(), size = 500): Promise<PageOutcome> {
  await store.recordContact(answer);
  const { epoch, absent, channels } = await store.pullStanding();
  const standing = channels.get(channel.channelId) ?? { cursor: 0, generation: absent };
  return await commitPage(store, channel.page(standing.cursor, size), { epoch, ...standing }, answer);
}

/** One page as an answer of its own. */
export async function commitPage(store: TestStore, page: Page, made: MadePage['made'], answer: SyncAnswer): Promise<PageOutcome> {
  const [outcome] = await store.commitPages([{ page, made }], answer);
  if (outcome === undefined) throw new Error('nothing came of the page');
  return outcome;
}

/** An answer that says no more than which channels the member no longer reads. */
export async function leave(store: TestStore, left: string[]): Promise<void> {
  await store.commitPages([], answerOf({ pull: { member: lan, pages: [], left } }));
}

/** Two tabs of one phone that have both read a hamlet with one household. The second sleeps from now on: nothing reaches it but by `refresh`. */
export async function createTwoTabs() {
  const phone = await createTestPhone(memoryDisks);
  const [store, slept] = [await phone.openStore(), await phone.openStore()];
  const hamlet = createTestChannel(hamletChannel);
  hamlet.show(householdRow());
  await pull(store, hamlet);
  await slept.refresh();
  return { phone, store, slept, hamlet };
}

/** Pages until the channel's end. */
export async function pullAll(store: TestStore, channel: TestChannel, answer?: SyncAnswer, size = 500): Promise<void> {
  for (let pages = 0; pages < 100; pages++) {
    await pull(store, channel, answer, size);
    const standing = (await store.pullStanding()).channels.get(channel.channelId);
    if (standing?.cursor === channel.counter()) return;
  }
  throw new Error('the channel never ends');
}

export async function segmentsOf(phone: TestPhone, channelId: string): Promise<SegmentRow[]> {
  return await phone.openDisk().read(['segments'], async ({ segments }) => await segments.ofChannel(channelId));
}

export function visitDraft(householdId: string, more: Partial<EntryDraft> = {}, set: Record<string, unknown> = {}): EntryDraft & { readonly visitId: string; readonly set: Record<string, unknown> } {
  const visitId = newId();
  const fields = { householdId, date: '2026-11-22', purpose: 'regular', met: 'yes', ...set };
  return {
    entryId: newId(),
    memberId: lan.memberId,
    occurredAt: instantOf(epochStart),
    changes: [{ recordId: visitId, kind: 'visit', areaId: hamletId, base: 0, set: fields }],
    visitId,
    set: fields,
    ...more,
  };
}
