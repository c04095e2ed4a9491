/** A phone: the real store over a disk in memory and the real engine, in one tab or several, that lose power and run full at their commits. */
import type { Entry, EntryDraft } from '#domain/change.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { SaveError } from '#client/store/field-store.ts';
import { deliverLocked } from '#client/store/deliver-locked.ts';
import { DiskError } from '#client/store/disk.ts';
import type { KeyringRow, TableName } from '#client/store/disk.ts';
import { createMemoryDisk, PowerLoss } from '#client/store/memory-disk.ts';
import type { MemoryDisk, MemoryDiskContents } from '#client/store/memory-disk.ts';
import { openFieldStore } from '#client/store/open-store.ts';
import { wipePhone } from '#client/store/phone.ts';
import { createExclusive } from '#client/store/web-lock.ts';
import { createSyncEngine } from '#sync/engine.ts';
import type { Clock, SyncEngine, TransportError } from '#sync/engine.ts';
import type { SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import type { Endpoint } from '#server/endpoint.ts';
import { createBrowser } from './browser.ts';
import type { TabLocks } from './browser.ts';
import { createChance, seedFor } from './chance.ts';
import { isDue } from './faults.ts';
import { newestSchema } from './plan.ts';
import type { Moment } from './plan.ts';
import type { Enrolled } from './phone-image.ts';
import type { RunContext } from './run-context.ts';
import type { Heard, Line } from './simulated-network.ts';
import { createPlainSafe, createPlainSealer, signChallenge } from './stand-ins.ts';

export type PhoneStore = Awaited<ReturnType<typeof openFieldStore>>;

export interface OpenTab {
  readonly store: PhoneStore;
  readonly engine: SyncEngine;
  readonly isAsleep: () => boolean;
  /** Holds its timers and what the network brings, until it wakes. */
  sleep(): void;
  wake(): void;
}

export interface SimulatedPhone {
  readonly index: number;
  readonly name: string;
  readonly memberId: string;
  readonly line: Line;
  deviceId(): string;
  contents(): MemoryDiskContents;
  tabs(): readonly OpenTab[];
  /** Rejects when the disk fails meanwhile. */
  openTab(): Promise<OpenTab>;
  closeTab(tab: OpenTab): void;
  closeAll(): void;
  save(tab: OpenTab, entries: readonly EntryDraft[], isAtOnce: boolean): Promise<SaveError | undefined>;
  /** `ms` off, and gaining `drift` milliseconds in a second from now on. */
  setClock(ms: number, drift: number): void;
  /** It is another device from now on, or the one it was, with this disk. Its pages end, unless they are to see it for themselves. */
  become(enrolled: Enrolled, arePagesToSee?: boolean): void;
  present(): Enrolled;
  /** Sealed by this phone, under its present identity or an earlier one. */
  isOwn(deviceId: string): boolean;
  /** Its keys are gone; it must be invited anew. */
  isWiped(): boolean;
  wipe(why: 'asked' | 'revoked'): Promise<void>;
  /** As the service worker does it while the phone is locked, or wiped. */
  sendLocked(): Promise<void>;
  /** The newest schema its pages write from their next start on. */
  setSchema(schema: number): void;
  /** The store as it is read from disk from nothing. */
  reopen(): Promise<PhoneStore>;
}

export interface PhoneEvents {
  opened(tab: OpenTab): void;
  /** After a commit that touched these tables. */
  committed(tables: readonly TableName[]): void;
  /** One that touched these tables found the disk full. */
  refused(tables: readonly TableName[]): void;
  /** The answer reached a page that was awake. */
  heard(answer: SyncAnswer): void;
}

export interface PhoneArgs {
  readonly run: RunContext;
  readonly index: number;
  readonly name: string;
  readonly enrolled: Enrolled;
  readonly line: Line;
  readonly events: (phone: SimulatedPhone) => PhoneEvents;
}

export function createSimulatedPhone({ run, index, name, enrolled, line, events: eventsOf }: PhoneArgs): SimulatedPhone {
  const { timeline, faults, ledger } = run;
  const chance = createChance(seedFor(run.salt, `phone ${index}`));
  /** Older browsers have none. */
  const hasLocks = chance.happens(0.5);
  const clockOff = { ms: 0, drift: 0, since: timeline.now() };
  let identity = enrolled;
  let browser = createBrowser();
  let open: TabAtWork[] = [];
  let schema = newestSchema;
  let isSendingLocked = false;

  interface TabAtWork extends OpenTab {
    readonly disk: MemoryDisk;
    readonly locks: TabLocks;
  }

  const nowHere = () => Math.floor(timeline.now() + clockOff.ms + ((timeline.now() - clockOff.since) / 1000) * clockOff.drift);

  async function openStore(disk: MemoryDisk, more: Partial<Parameters<typeof openFieldStore>[0]> = {}): Promise<PhoneStore> {
    const { deviceId, endpoint, communeCode } = identity;
    const safe = createPlainSafe(chance);
    const sealer = createPlainSealer({ endpoint, communeCode, deviceId }, chance, spoil);
    return await openFieldStore({ disk, phone: { deviceId, safe, sealer }, clock: { now: nowHere }, random: chance.bytes, schema, ...more });
  }

  /** What a broken program seals. */
  function spoil(entry: Entry): unknown {
    const armed = faults.phone(index);
    if (entry.schema > 1) faults.fired('newer schema sealed');
    const isSpoiled = !faults.isCalm() && armed.spoiled > 0;
    // It may be sealed more than once, until its number is free; the last time counts.
    const saved = ledger.get(entry.entryId);
    if (saved !== undefined) saved.isSpoiled = isSpoiled;
    if (!isSpoiled) return entry;
    armed.spoiled -= 1;
    faults.fired('unknown field sealed');
    return { ...entry, changes: entry.changes.map((change) => ('set' in change ? { ...change, set: { ...change.set, maSoLa: 1 } } : change)) };
  }

  function onCommitOf(disk: MemoryDisk): (moment: Moment, tables: readonly TableName[]) => void {
    return (moment, tables) => {
      if (moment === 'after') events.committed(tables);
      if (faults.isCalm()) return;
      const armed = faults.phone(index);
      if (isDue(armed.full, moment)) {
        faults.fired('disk full');
        run.note(`${name}: the disk is full`);
        events.refused(tables);
        throw new DiskError('full');
      }
      if (!isDue(armed.power, moment)) return;
      const isPage = armed.power.page;
      faults.fired(isPage ? `page ended ${moment} a commit` : `power lost ${moment} a commit`);
      run.note(`${name}: ${isPage ? 'the page ends' : 'power is lost'} ${moment} a commit of ${tables.join(' ')}`);
      for (const tab of open) if (!isPage || tab.disk === disk) endTab(tab);
      // A page that was about to open has no place among the open ones yet.
      disk.kill();
      throw new PowerLoss();
    };
  }

  function endTab(tab: TabAtWork): void {
    open = open.filter((other) => other !== tab);
    tab.disk.kill();
    tab.engine.stop();
    tab.store.close();
    tab.locks.release();
  }

  async function openTab(): Promise<OpenTab> {
    const disk = createMemoryDisk(identity.contents);
    disk.onCommit = onCommitOf(disk);
    const held: (() => void)[] = [];
    let isAsleep = false;
    let tab: TabAtWork | undefined;
    const isOpen = () => tab === undefined || open.includes(tab);
    const gate = (body: () => void) => {
      if (!isOpen()) return;
      if (isAsleep) held.push(body);
      else body();
    };
    const whenAwake = async () =>
      await new Promise<void>((resolve) => {
        gate(resolve);
      });
    const clock: Clock = {
      now: nowHere,
      setTimeout: (body, ms) => timeline.setTimeout(() => gate(body), ms),
      clearTimeout: (timer) => timeline.clearTimeout(timer),
    };
    const locks = browser.locks(gate);
    const endSelf = () => {
      if (tab !== undefined) endTab(tab);
    };
    const store = await openStore(disk, { tabs: browser.tabs(gate), onWritten: () => engine.wake('write'), onWiped: endSelf, onRenewed: endSelf });
    const transport = { sync: async (request: SyncRequest) => await sync(request, whenAwake) };
    const exclusive = createExclusive(hasLocks ? locks.manager : undefined, clock);
    const engine = createSyncEngine({ store, transport, clock, random: chance.next, exclusive });
    const made: TabAtWork = {
      store, engine, disk, locks,
      isAsleep: () => isAsleep,
      sleep: () => {
        isAsleep = true;
      },
      wake() {
        isAsleep = false;
        for (const body of held.splice(0)) gate(body);
        void store.refresh();
      },
    };
    tab = made;
    open.push(made);
    events.opened(made);
    engine.wake('start');
    return made;
  }

  async function post(request: SyncRequest, sessionToken: string): Promise<Heard> {
    return await line.send(`Bearer ${sessionToken}`, JSON.stringify(request));
  }

  /** As the real transport: the next session is opened where the last one has ended, and kept by the device that opened it alone. */
  async function sync(request: SyncRequest, whenAwake: () => Promise<void>): Promise<Result<SyncAnswer, TransportError>> {
    const { deviceId, sessionToken } = identity;
    let heard = await post(request, sessionToken);
    await whenAwake();
    if (isEnded(heard)) {
      const next = await openSession(deviceId);
      if (next === undefined) return err({ code: 'unreachable' });
      if (next.ok) {
        if (identity.deviceId === deviceId) identity.sessionToken = next.value.sessionToken;
        heard = await post(request, next.value.sessionToken);
      } else heard = { status: 401, text: next.error.code };
      await whenAwake();
    }
    if (typeof heard === 'object' && heard.status === 401 && heard.text.includes('revoked_device')) void phone.wipe('revoked');
    const read = readHeard(heard);
    if (read.ok) events.heard(read.value);
    return read;
  }

  /** Undefined: nothing was heard. */
  async function openSession(deviceId: string): Promise<Awaited<ReturnType<Endpoint['openSession']>> | undefined> {
    const { communeCode } = identity;
    return await line.ask(async (endpoint) => {
      const { challenge } = await endpoint.challenge(communeCode, deviceId);
      return await endpoint.openSession(challenge, signChallenge(deviceId, challenge));
    });
  }

  const phone: SimulatedPhone = {
    index, name, line,
    memberId: enrolled.memberId,
    deviceId: () => identity.deviceId,
    contents: () => identity.contents,
    present: () => identity,
    tabs: () => open,
    openTab,
    closeTab: (tab) => endTab(tab as TabAtWork),
    closeAll() {
      for (const tab of open) endTab(tab);
    },
    setClock(ms, drift) {
      Object.assign(clockOff, { ms, drift, since: timeline.now() });
    },
    become(next, arePagesToSee = false) {
      if (!arePagesToSee) phone.closeAll();
      identity = next;
      if (!arePagesToSee) browser = createBrowser();
    },
    isOwn: (deviceId) => deviceId === identity.deviceId || identity.replaced.includes(deviceId),
    isWiped: () => (identity.contents.tables.keyring.get('phone') as KeyringRow | undefined)?.state === 'wiped',
    async wipe(why) {
      await wipePhone(createMemoryDisk(identity.contents), why);
      phone.closeAll();
      faults.fired('phone wiped');
      run.note(`${name} is wiped: ${why}`);
    },
    async sendLocked() {
      if (isSendingLocked) return;
      isSendingLocked = true;
      const disk = createMemoryDisk(identity.contents);
      const send = async ({ sessions, entries }: Pick<SyncRequest, 'sessions' | 'entries'>, token: string) => {
        const read = readHeard(await line.send(`Delivery ${token}`, JSON.stringify({ protocol: 1, sessions, entries })));
        return read.ok ? ok(read.value.entries) : read;
      };
      const locks = browser.locks((body) => body());
      const exclusive = createExclusive(hasLocks ? locks.manager : undefined, timeline);
      const onSent = () => {
        faults.fired('sent while locked');
        for (const tab of open) void tab.store.refresh();
      };
      try {
        await deliverLocked({ disk, send, exclusive, onSent });
      } finally {
        isSendingLocked = false;
      }
    },
    setSchema(next) {
      schema = next;
    },
    async save(tab, entries, isAtOnce) {
      const { deviceId } = identity;
      for (const draft of entries) ledger.begin(index, deviceId, draft).isAtOnce = isAtOnce;
      const result = await tab.store.write(entries);
      for (const { entryId } of entries) {
        const saved = ledger.get(entryId);
        if (saved === undefined) continue;
        if (result.ok) saved.isConfirmed = true;
        else if (result.error.code !== 'storage_failed' && result.error.code !== 'locked') saved.isOnDisk = false;
        if (result.ok && open.includes(tab as TabAtWork) && tab.store.outbox().every((one) => one.entryId !== entryId)) {
          run.broke(`${name} does not see ${entryId}, which was just saved`);
        }
      }
      return result.ok ? undefined : result.error;
    },
    reopen: () => openStore(createMemoryDisk(identity.contents)),
  };
  const events = eventsOf(phone);
  return phone;
}

function isEnded(heard: Heard): boolean {
  return typeof heard === 'object' && heard.status === 401 && heard.text.includes('no_session');
}

function readHeard(heard: Heard): Result<SyncAnswer, TransportError> {
  if (heard === 'unreachable' || heard === 'timeout') return err({ code: heard });
  if (heard === 'portal') return err({ code: 'not_our_endpoint' });
  const { status, text } = heard;
  if (status === 413) return err({ code: 'too_large' });
  if (status >= 500) return err({ code: 'endpoint_error', status });
  if (status === 401 && text.includes('retired_device')) return err({ code: 'no_session', revoked: false, retired: true });
  if (status === 401) return err({ code: 'no_session', revoked: text.includes('revoked_device') });
  if (status !== 200) return err({ code: 'endpoint_error', status });
  try {
    return ok(JSON.parse(text) as SyncAnswer);
  } catch {
    return err({ code: 'not_our_endpoint' });
  }
}
