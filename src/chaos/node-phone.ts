/** A phone without a screen: the real vault, store, engine and calls over HTTP; only its disk is memory. */
import type { EntryDraft } from '#domain/change.ts';
import { createSessionCalls } from '#client/remote/session-calls.ts';
import { createTransport } from '#client/remote/sync-transport.ts';
import { enrol, fetchEndpoint } from '#client/remote/enrolment.ts';
import type { Fetch } from '#client/remote/call.ts';
import { argonFloor } from '#client/vault/vault.ts';
import { createMemoryDisk } from '#client/store/memory-disk.ts';
import type { MemoryDisk } from '#client/store/memory-disk.ts';
import { openFieldStore } from '#client/store/open-store.ts';
import { beginEnrolment, completeEnrolment } from '#client/store/enrol-phone.ts';
import { unlock } from '#client/store/unlock-phone.ts';
import type { UnlockedPhone } from '#client/store/phone.ts';
import { createSyncEngine } from '#sync/engine.ts';
import type { Transport } from '#sync/engine.ts';
import { createNewId } from '#sync/new-id.ts';
import { randomBytes } from './chance.ts';
import type { Invited } from './serving-process.ts';

export type OpenStore = Awaited<ReturnType<typeof openFieldStore>>;

export interface NodePhone {
  readonly name: string;
  readonly deviceId: string;
  readonly disk: MemoryDisk;
  readonly store: OpenStore;
  /** Asks the endpoint as this phone, beside its engine. */
  readonly transport: Transport;
  /** Entries whose save was confirmed. */
  readonly confirmed: ReadonlyMap<string, EntryDraft>;
  /** The request under way, where it carries entries. */
  delivery(): Delivery | undefined;
  save(entries: readonly EntryDraft[]): Promise<void>;
  /** The connection seems to be back. */
  wake(): void;
  /** One whole sync. `waiting`: entries that have not been sent or have no verdict. */
  sync(): Promise<{ readonly hasReached: boolean; readonly waiting: number }>;
  /** The store as it is read from disk from nothing, with the passphrase. */
  reopen(): Promise<OpenStore>;
  close(): void;
}

export interface Delivery {
  /** `deviceSeq` of its entries. */
  readonly numbers: readonly number[];
  /** Whether the whole answer came. */
  readonly isAnswered: Promise<boolean>;
}

const passphrase = 'con trâu đi cày sớm';
const pollMs = 3_000;
const clock = {
  now: () => Date.now(),
  setTimeout: (run: () => void, ms: number): unknown => setTimeout(run, ms),
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout | undefined),
};

/** A request with entries is about to leave; the first bytes of its answer are here. */
export type Sign = 'sent' | 'answered';

/** Enrols by the invitation. */
export async function createNodePhone(url: string, { name, invitation }: Invited, onSign: (sign: Sign) => void): Promise<NodePhone> {
  const fetchFrom: Fetch = async (path, init) => {
    const response = await fetch(`${url}${path}`, init);
    if (delivery !== undefined) onSign('answered');
    return response;
  };
  let delivery: Delivery | undefined;
  const disk = createMemoryDisk();
  const identity = await fetchEndpoint(fetchFrom);
  if (!identity.ok) throw new Error(`no endpoint to enrol at: ${identity.error}`);
  const newId = createNewId(clock.now, randomBytes);
  const begun = await beginEnrolment(disk, { invitation, endpoint: identity.value, passphrase, newId, argon: argonFloor });
  if (!begun.ok) throw new Error(`the enrolment cannot begin: ${begun.error.code}`);
  const phone = begun.value;
  const answer = await enrol(phone.enrolling, fetchFrom);
  if (!answer.ok) throw new Error(`not enrolled: ${answer.error}`);
  const completed = await completeEnrolment(disk, phone, answer.value);
  if (!completed.ok) throw new Error(`the enrolment is not on disk: ${completed.error.code}`);

  const confirmed = new Map<string, EntryDraft>();
  const transport = createTransport(createSessionCalls(phone, fetchFrom));
  const watched: Transport = {
    async sync(request) {
      const asked = transport.sync(request);
      if (request.entries.length > 0) {
        delivery = { numbers: request.entries.map(({ deviceSeq }) => deviceSeq), isAnswered: asked.then(({ ok }) => ok) };
        onSign('sent');
      }
      const answered = await asked;
      delivery = undefined;
      return answered;
    },
  };
  const open = async (unlocked: UnlockedPhone, onWritten?: () => void) =>
    await openFieldStore({ disk: disk.open(), phone: unlocked, clock, random: randomBytes, onWritten });
  const store = await open(phone, () => engine.wake('write'));
  const engine = createSyncEngine({ store, transport: watched, clock, random: Math.random, pollMs });
  engine.wake('start');

  return {
    name, disk, store, transport, confirmed,
    deviceId: phone.deviceId,
    delivery: () => delivery,
    async save(entries) {
      const saved = await store.write(entries);
      if (saved.ok) for (const entry of entries) confirmed.set(entry.entryId, entry);
    },
    wake: () => engine.wake('online'),
    async sync() {
      const { lastError } = await engine.run();
      const unsent = (await store.outbound({ entries: 200, bytes: 1e9 })).entries.length;
      return { hasReached: lastError === undefined, waiting: Math.max(unsent, store.unsettledCount()) };
    },
    async reopen() {
      const unlocked = await unlock(disk.open(), passphrase);
      if (!unlocked.ok) throw new Error(`${name} does not open: ${unlocked.error.code}`);
      return await open(unlocked.value);
    },
    close() {
      engine.stop();
      store.close();
    },
  };
}
