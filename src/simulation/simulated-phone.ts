/** A phone: the real store over a disk in memory, the real engine, in one tab or two, that lose power at their commits. */
import type { EntryDraft } from '#domain/change.ts';
import { err } from '#domain/result.ts';
import type { Assignment } from '#domain/role.ts';
import { sealAccount } from '#client/store/account.ts';
import type { SaveError } from '#client/store/field-store.ts';
import type { KeyringRow } from '#client/store/disk.ts';
import { firstLog } from '#client/store/log.ts';
import { createMemoryDisk, PowerLoss } from '#client/store/memory-disk.ts';
import type { MemoryDisk } from '#client/store/memory-disk.ts';
import { openFieldStore } from '#client/store/open-store.ts';
import type { Tabs } from '#client/store/tabs.ts';
import { bytesToBase64url } from '#sync/bytes.ts';
import { createSyncEngine } from '#sync/engine.ts';
import type { SyncEngine, Transport } from '#sync/engine.ts';
import { createNewId } from '#sync/new-id.ts';
import type { Chance } from './chance.ts';
import { commune } from './simulated-endpoint.ts';
import type { SimulatedEndpoint, Weather } from './simulated-endpoint.ts';
import { createHeader, createPlainSafe, createPlainSealer, sealPlain } from './stand-ins.ts';
import type { Timeline } from './timeline.ts';

export type PhoneStore = Awaited<ReturnType<typeof openFieldStore>>;
export interface OpenTab {
  readonly store: PhoneStore;
  readonly engine: SyncEngine;
}

export interface SimulatedPhone {
  readonly name: string;
  readonly deviceId: string;
  readonly authorization: string;
  readonly disk: MemoryDisk;
  /** Entries whose save was confirmed, and those whose save was cut off by a loss of power: on disk or not. */
  readonly saved: Map<string, EntryDraft>;
  readonly cutOff: Map<string, EntryDraft>;
  tabs(): readonly OpenTab[];
  /** At least one tab is open then. */
  start(): Promise<void>;
  openTab(): Promise<OpenTab>;
  /** Beyond the last mast, until `ms` have passed or all is calm. */
  goOffline(ms: number): void;
  save(tab: OpenTab, entries: readonly EntryDraft[]): Promise<SaveError | undefined>;
  /** The store as it is read from disk from nothing. */
  reopen(): Promise<PhoneStore>;
  /** What was seen to be untrue while it ran. */
  readonly broken: string[];
}

export interface PhoneArgs {
  readonly name: string;
  readonly assignment: Assignment;
  readonly endpoint: SimulatedEndpoint;
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly trace: (line: string) => void;
}

const pollMs = 20 * 60_000;

export async function createSimulatedPhone(args: PhoneArgs): Promise<SimulatedPhone> {
  const { name, endpoint, timeline, chance, weather, trace } = args;
  const identity = endpoint.endpoint().identity();
  const deviceId = createNewId(() => timeline.now(), chance.bytes)();
  const enrolled = await enrol(args, deviceId);
  const authorization = `Bearer ${enrolled.sessionToken}`;
  const safe = createPlainSafe(chance);
  const sealer = createPlainSealer({ endpoint: identity, communeCode: commune, deviceId }, chance);
  const disk = createMemoryDisk();
  const account = await sealAccount(safe, enrolled.member);
  const row = { key: 'phone', state: 'enrolled', communeCode: commune, deviceId, endpoint: identity, wrongTries: 0, deliveryToken: enrolled.deliveryToken };
  await disk.write(['keyring', 'meta'], async ({ keyring, meta }) => {
    // Its vault is a stand-in and lies nowhere.
    await keyring.put(row as KeyringRow);
    await meta.put({ ...firstLog(), accountRevision: 1 });
    await meta.put(account);
  });

  let open: OpenTab[] = [];
  const hub = createTabsHub();
  const broken: string[] = [];
  const saved = new Map<string, EntryDraft>();
  const cutOff = new Map<string, EntryDraft>();
  let offlineUntil = 0;
  const line = endpoint.transportOf(() => authorization, name);
  const transport: Transport = {
    sync: async (request) => (!weather.isCalm && timeline.now() < offlineUntil ? err({ code: 'unreachable' }) : await line.sync(request)),
  };

  async function openStore(tabDisk: MemoryDisk, onWritten?: () => void): Promise<PhoneStore> {
    return await openFieldStore({ disk: tabDisk, phone: { deviceId, safe, sealer }, clock: timeline, random: chance.bytes, tabs: hub(), onWritten });
  }

  async function openTab(): Promise<OpenTab> {
    const tabDisk = disk.open();
    let engine: SyncEngine | undefined;
    const store = await openStore(tabDisk, () => engine?.wake('write'));
    engine = createSyncEngine({ store, transport, clock: timeline, random: chance.next, pollMs });
    const tab: OpenTab = { store, engine };
    open.push(tab);
    watch(store);
    tabDisk.onCommit = (moment) => {
      if (weather.isCalm || !chance.happens(0.015)) return;
      trace(`${name} loses power ${moment} a commit`);
      tabDisk.kill();
      engine.stop();
      store.close();
      open = open.filter((other) => other !== tab);
      throw new PowerLoss();
    };
    engine.wake('start');
    return tab;
  }

  /** What was saved is in sight of its tab from then on, and of any other as soon as that has seen it, whatever the sync does. */
  function watch(store: PhoneStore): void {
    const seen = new Set<string>();
    store.subscribe(() => {
      if (!open.some((tab) => tab.store === store)) return;
      for (const recordId of visitsOf(saved.values())) {
        if (store.find(recordId) !== undefined) seen.add(recordId);
        else if (seen.has(recordId)) broken.push(`${name} no longer sees ${recordId}, which it saved`);
      }
    });
  }

  return {
    name, deviceId, authorization, disk, saved, cutOff, broken, openTab,
    tabs: () => open,
    goOffline(ms) {
      offlineUntil = timeline.now() + ms;
      trace(`${name} is offline for ${ms / 60_000} minutes`);
    },
    async start() {
      if (open.length === 0) await openTab();
    },
    async save(tab, entries) {
      // Until it is confirmed the save may have reached the disk or not.
      for (const entry of entries) cutOff.set(entry.entryId, entry);
      const result = await tab.store.write(entries);
      for (const entry of entries) {
        if (result.ok) saved.set(entry.entryId, entry);
        if (result.ok && tab.store.outbox().every((one) => one.entryId !== entry.entryId)) broken.push(`${name} does not see what it saved`);
        if (result.ok || (result.error.code !== 'storage_failed' && result.error.code !== 'locked')) cutOff.delete(entry.entryId);
      }
      return result.ok ? undefined : result.error;
    },
    reopen: () => openStore(disk.open()),
  };
}

function visitsOf(drafts: Iterable<EntryDraft>): string[] {
  return [...drafts].flatMap((draft) => draft.changes.flatMap(({ kind, recordId }) => (kind === 'visit' ? [recordId] : [])));
}

async function enrol({ name, assignment, endpoint, chance }: PhoneArgs, deviceId: string) {
  const { invitation } = await endpoint.endpoint().createInvitation({ communeCode: commune, name: `${name} (mẫu)`, assignments: [assignment] });
  const { endpointId, keyId } = endpoint.endpoint().identity();
  const info = { endpointId, keyId, communeCode: commune, deviceId, sessionId: bytesToBase64url(chance.bytes(16)) };
  const probe = sealPlain('probe', info, 1, {});
  const enrolled = await endpoint.endpoint().enrol({ invitation, deviceId, devicePublicKey: `key-of-${name}`, header: createHeader(info), probe });
  if (!enrolled.ok) throw new Error(`not enrolled: ${enrolled.error.code}`);
  return enrolled.value;
}

/** Tabs of one browser tell each other at once. */
function createTabsHub(): () => Tabs {
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
