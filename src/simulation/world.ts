/** The commune before any run: made once a process, the same each time, and taken up by every run as it was. */
import { instantOf } from '#domain/identifiers.ts';
import { openFieldStore } from '#client/store/open-store.ts';
import { createMemoryDisk } from '#client/store/memory-disk.ts';
import { createSyncEngine } from '#sync/engine.ts';
import { createNewId } from '#sync/new-id.ts';
import { migrate } from '#server/database/migrations.ts';
import { createEndpoint } from '#server/endpoint.ts';
import type { Endpoint } from '#server/endpoint.ts';
import { createChance } from './chance.ts';
import { commune, crew, firstRecords } from './commune.ts';
import { enrolPhone } from './phone-image.ts';
import type { Enrolled } from './phone-image.ts';
import { createSimulatedDatabase } from './simulated-database.ts';
import type { SimulatedDatabase } from './simulated-database.ts';
import { createPlainSafe, createPlainSealer, plainOpener } from './stand-ins.ts';
import { createTimeline } from './timeline.ts';

export interface World {
  readonly database: SimulatedDatabase;
  /** In the order of the crew: enrolled, and all fetched. */
  readonly phones: readonly Enrolled[];
  /** Milliseconds since 1970: when every run begins. */
  readonly begin: number;
}

let made: Promise<World> | undefined;

export function openWorld(): Promise<World> {
  made ??= makeWorld();
  return made;
}

const dayMs = 86_400_000;

async function makeWorld(): Promise<World> {
  const chance = createChance(4);
  const timeline = createTimeline(Date.parse('2026-11-21T08:00:00+07:00'));
  const database = createSimulatedDatabase();
  const { db } = database.connect(() => undefined);
  await migrate(db);
  const newId = createNewId(() => timeline.now(), chance.bytes);
  const endpoint = await createEndpoint({ db, clock: timeline, random: chance.bytes, newId, opener: plainOpener });
  for (const changes of firstRecords(newId)) {
    const draft = { entryId: newId(), memberId: endpoint.identity().endpointId, occurredAt: instantOf(timeline.now()), changes };
    const [verdict] = await endpoint.applyOwnEntries(commune, [draft]);
    if (verdict?.verdict !== 'applied') throw new Error(`the commune does not hold: ${JSON.stringify(verdict)}`);
  }
  const phones: Enrolled[] = [];
  for (const { name, sameAs, assignments } of crew) {
    const memberId = sameAs === undefined ? undefined : phones[sameAs]?.memberId;
    const enrolled = await enrolPhone(endpoint, { memberId, name, assignments, deviceId: newId(), chance });
    if (enrolled === undefined) throw new Error(`${name} has too many phones`);
    phones.push(enrolled);
  }
  await timeline.pass(3_600_000);
  for (const phone of phones) await fetchAll(endpoint, phone);
  return { database, phones, begin: timeline.now() + dayMs };

  async function fetchAll(from: Endpoint, enrolled: Enrolled): Promise<void> {
    const store = await openFieldStore({
      disk: createMemoryDisk(enrolled.contents),
      phone: { deviceId: enrolled.deviceId, safe: createPlainSafe(chance), sealer: createPlainSealer(enrolled, chance) },
      clock: timeline,
      random: chance.bytes,
    });
    const transport = {
      async sync(request: Parameters<Endpoint['sync']>[1]) {
        const auth = await from.authenticate(`Bearer ${enrolled.sessionToken}`);
        if (!auth.ok) throw new Error('a phone that just enrolled has no session');
        return { ok: true as const, value: await from.sync(auth.value, request) };
      },
    };
    const engine = createSyncEngine({ store, transport, clock: timeline, random: chance.next });
    const state = await engine.run();
    if (state.lastError !== undefined) throw new Error(`the first download failed: ${state.lastError.code}`);
    engine.stop();
    store.close();
  }
}
