/** The real endpoint on the database in memory, in one process after another: it crashes at its commits, and is put back to a backup. */
import { createNewId } from '#sync/new-id.ts';
import { syncRequestSchema } from '#sync/protocol.ts';
import type { SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import { createListInMemory } from '#server/append-only-list.ts';
import { createEndpoint } from '#server/endpoint.ts';
import type { AdmittedDevice } from '#server/device-list.ts';
import type { RoleChange } from '#server/role-change-list.ts';
import type { Endpoint, EndpointDeps } from '#server/endpoint.ts';
import type { Erasure } from '#server/erasure-list.ts';
import type { Revocation } from '#server/revocation-list.ts';
import { changesIn, epochOf } from '#server/change-count.ts';
import { raiseEpoch } from '#server/epoch.ts';
import { createLastToldInMemory } from '#server/last-told.ts';
import type { SyncAuth } from '#server/sessions.ts';
import { createChance, seedFor } from './chance.ts';
import { createEndpointRecord } from './endpoint-record.ts';
import type { EndpointRecord } from './endpoint-record.ts';
import { isDue } from './faults.ts';
import type { Members } from './members.ts';
import type { RunContext } from './run-context.ts';
import { ProcessGone } from './simulated-database.ts';
import type { Connection, SimulatedDatabase } from './simulated-database.ts';
import { plainOpener } from './stand-ins.ts';
import { newestSchema } from './plan.ts';
import type { Restore } from './plan.ts';

/** `undefined`: nothing answers. */
export type Reply = { readonly status: number; readonly text: string } | undefined;

export interface SimulatedEndpoint {
  readonly record: EndpointRecord;
  readonly database: SimulatedDatabase;
  /** A request as it came over the wire. */
  arrive(authorization: string | undefined, text: string): Promise<Reply>;
  /** What is not asked over the wire (the command line, a test's own look); undefined: it is down. */
  ask<T>(question: (endpoint: Endpoint) => Promise<T>): Promise<T | undefined>;
  /** Starts it if it is down. */
  start(): Promise<void>;
  backUp(): void;
  verifyBackup(): void;
  /** False: there is no such backup. It is down for `ms` then. */
  restore(deed: Omit<Restore, 'do'>): Promise<boolean>;
  /** `unnoticed`: once at least with the epoch as it was, and nothing that tells the endpoint. */
  wasPutBack(): 'no' | 'with_epoch' | 'unnoticed';
  /** Down for `ms`, then a program that reads entries up to this schema. */
  replaceProgram(schema: number, ms: number): void;
  schema(): number;
  stop(): void;
}

interface Backup {
  readonly number: number;
  readonly at: number;
}
type OnAnswer = (auth: SyncAuth, request: SyncRequest, answer: SyncAnswer) => void;

const longestBackupAgeMs = 30 * 86_400_000;

export async function createSimulatedEndpoint(
  run: RunContext,
  database: SimulatedDatabase,
  options: { readonly onAnswer: OnAnswer; readonly members: Members; readonly sabotage?: ((request: SyncRequest) => SyncRequest) | undefined },
): Promise<SimulatedEndpoint> {
  const { timeline, faults } = run;
  const chance = createChance(seedFor(run.salt, 'endpoint'));
  const newId = createNewId(() => timeline.now(), chance.bytes);
  const record = createEndpointRecord(run, database);
  let serving: Endpoint | undefined;
  let connection: Connection | undefined;
  let restarting: unknown;
  let schema = newestSchema;
  let backups: Backup[] = [];
  // They lie outside the database, and survive it.
  const lists = {
    revocations: createListInMemory<Revocation>(),
    erasures: createListInMemory<Erasure>(),
    roleChanges: createListInMemory<RoleChange>(),
    devices: createListInMemory<AdmittedDevice>(),
    lastTold: createLastToldInMemory(),
  };
  // In a third of the runs every channel comes in many pages.
  const pageRows = chance.happens(0.3) ? 1 + chance.int(6) : undefined;
  let wasPutBack: 'no' | 'with_epoch' | 'unnoticed' = 'no';
  /** The command line's own commits are not those that crash. */
  let isCalledByHand = false;

  function onCommit(moment: 'before' | 'after'): void {
    if (faults.isCalm() || isCalledByHand || !isDue(faults.crash, moment)) return;
    faults.fired(`endpoint crashed ${moment} a commit`);
    run.note(`the endpoint crashes ${moment} a commit`);
    down(faults.crash.ms);
    throw new ProcessGone();
  }

  function down(ms: number): void {
    connection?.kill();
    connection = undefined;
    serving = undefined;
    timeline.clearTimeout(restarting);
    restarting = timeline.setTimeout(() => void start(), ms);
  }

  async function start(): Promise<void> {
    if (serving !== undefined) return;
    timeline.clearTimeout(restarting);
    connection = database.connect(onCommit);
    const deps: EndpointDeps = { db: connection.db, clock: timeline, random: chance.bytes, newId, opener: plainOpener, schema, pageRows, ...lists };
    try {
      serving = await createEndpoint(deps);
    } catch (error) {
      if (!(error instanceof ProcessGone)) throw error;
    }
    record.look();
  }

  function checkRevoked(deviceId: string): void {
    if (lists.revocations.all().some((revocation) => revocation.deviceId === deviceId)) run.broke(`${deviceId} was revoked and is let in`);
  }

  async function serve(endpoint: Endpoint, authorization: string | undefined, text: string): Promise<Reply> {
    const request = readRequest(text);
    if (request === undefined) return { status: 400, text: '{"error":"unreadable"}' };
    const auth = await endpoint.authenticate(authorization);
    if (auth.ok && auth.value.kind === 'session') checkRevoked(auth.value.deviceId);
    if (!auth.ok) return { status: 401, text: JSON.stringify({ error: auth.error.code }) };
    const sent = options.sabotage === undefined ? request : options.sabotage(request);
    const answer = await endpoint.sync(auth.value, sent);
    record.look();
    options.onAnswer(auth.value, request, answer);
    return { status: 200, text: JSON.stringify(answer) };
  }

  await start();
  return {
    record,
    database,
    async arrive(authorization, text) {
      const endpoint = serving;
      if (endpoint === undefined) return undefined;
      try {
        return await serve(endpoint, authorization, text);
      } catch (error) {
        if (error instanceof ProcessGone || endpoint !== serving) return undefined;
        run.broke(`the endpoint failed: ${error instanceof Error ? error.message : String(error)}`);
        return { status: 500, text: '{"error":"failed"}' };
      } finally {
        record.look();
      }
    },
    async ask(question) {
      if (serving === undefined) return undefined;
      isCalledByHand = true;
      try {
        return await question(serving);
      } finally {
        isCalledByHand = false;
        record.look();
      }
    },
    start,
    backUp() {
      const number = database.backUp();
      record.keep(number);
      options.members.keep(number);
      backups.push({ number, at: timeline.now() });
    },
    verifyBackup() {
      const newest = backups.at(-1);
      if (newest === undefined) return;
      database.run(`insert into meta values ('verifiedBackupAt', ?) on conflict do update set value = excluded.value`, new Date(newest.at).toISOString());
    },
    async restore({ back, byHand, unmarked = false, ms }) {
      const backup = backups.at(-1 - (back % Math.max(1, backups.length)));
      if (backup === undefined || timeline.now() - backup.at > longestBackupAgeMs) return false;
      down(ms);
      database.restore(backup.number);
      const { db } = database.connect(() => undefined);
      const changes = await changesIn(db);
      // An epoch that was begun is not forgotten.
      const isMarkLost = unmarked && epochOf(lists.lastTold.read() ?? 0) === epochOf(changes);
      if (isMarkLost) lists.lastTold.write(changes);
      // What nobody was told, nobody can tell is missing: its versions are given again.
      const isNoticed = !byHand || (lists.lastTold.read() ?? 0) > changes;
      record.goBack(backup.number, isNoticed);
      options.members.goBack(backup.number);
      backups = backups.filter(({ number }) => number <= backup.number);
      if (isMarkLost) wasPutBack = 'unnoticed';
      else if (wasPutBack === 'no') wasPutBack = 'with_epoch';
      if (!byHand) await raiseEpoch(db, timeline.now(), lists.lastTold);
      return true;
    },
    wasPutBack: () => wasPutBack,
    replaceProgram(next, ms) {
      schema = next;
      down(ms);
    },
    schema: () => schema,
    stop() {
      timeline.clearTimeout(restarting);
      connection?.kill();
    },
  };
}

function readRequest(text: string): SyncRequest | undefined {
  try {
    const parsed = syncRequestSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
