/** Executes a plan: everybody at work under its faults, then calm, then the reckoning. */
import type { SyncRequest } from '#sync/protocol.ts';
import { checkHistory, checkQuiet } from './check-quiet.ts';
import { checkErasure, checkSupervision } from './check-people.ts';
import { checkDigests } from './check-digests.ts';
import { checkDeclined } from './check-declined.ts';
import { checkMerges } from './check-merges.ts';
import { checkReaders, checkWaitingReaders } from './check-readers.ts';
import { checkSettled } from './check-settled.ts';
import { createAnswerCheck } from './check-answers.ts';
import { createNewId } from '#sync/new-id.ts';
import { createChance, seedFor } from './chance.ts';
import { crew, supervisor } from './commune.ts';
import { createFaults } from './faults.ts';
import type { FaultKind } from './faults.ts';
import { createLedger } from './ledger.ts';
import { createMembers } from './members.ts';
import { copyOf } from './phone-image.ts';
import type { Plan } from './plan.ts';
import { createReaders } from './readers.ts';
import type { RunContext } from './run-context.ts';
import { createSimulatedEndpoint } from './simulated-endpoint.ts';
import { createLine } from './simulated-network.ts';
import { createSimulatedPhone } from './simulated-phone.ts';
import { becomeQuiet } from './quiet.ts';
import { takeStep } from './take-step.ts';
import type { Stage } from './take-step.ts';
import { createTimeline } from './timeline.ts';
import { createToldHidden } from './told-hidden.ts';
import { watchPhone } from './watch-phone.ts';
import { openWorld } from './world.ts';

export interface PlanRun {
  /** Broken invariants; empty when all hold. */
  readonly broken: readonly string[];
  /** What happened, a line each; the same for the same plan. */
  readonly trace: readonly string[];
  readonly saved: number;
  /** How often each kind of fault happened. */
  readonly fired: ReadonlyMap<FaultKind, number>;
}
export interface RunOptions {
  /** To show that a broken endpoint is found out. */
  readonly sabotage?: ((request: SyncRequest) => SyncRequest) | undefined;
}

/** One run at a time in a process: they share one database. */
export async function runPlan(plan: Plan, options: RunOptions = {}): Promise<PlanRun> {
  const world = await openWorld();
  const looks = new Set<() => void>();
  const timeline = createTimeline(world.begin, () => {
    if (looks.size === 0) return;
    const now = [...looks];
    looks.clear();
    for (const look of now) look();
  });
  const broken = new Set<string>();
  const trace: string[] = [];
  const run: RunContext = {
    salt: plan.salt,
    timeline,
    faults: createFaults(),
    ledger: createLedger(),
    note: (line) => void trace.push(`${timeline.now() - world.begin} ${line}`),
    lookSoon: (look) => void looks.add(look),
    broke(line) {
      if (!broken.has(line)) trace.push(`${timeline.now() - world.begin} BROKEN ${line}`);
      broken.add(line);
    },
  };
  world.database.beginRun();
  const stage = await setUp(run, plan, world, options);
  try {
    for (const step of plan.steps) await takeStep(stage, step);
    await becomeQuiet(stage);
    await checkQuiet(stage);
    checkHistory(run, stage.endpoint);
    // Of twins of one disk the history alone does not tell which had seen what.
    if (stage.putBack.size === 0) checkMerges(run, stage.endpoint);
    checkDeclined(run, stage.endpoint);
    const isStable = stage.changed.size === 0 && !run.faults.counts.has('hamlets merged') && stage.endpoint.wasPutBack() === 'no';
    checkSettled(run, stage.endpoint, isStable);
    if (stage.endpoint.wasPutBack() !== 'unnoticed') checkDigests(run, stage.phones);
    await checkSupervision(stage);
    await checkErasure(stage);
    checkReaders(stage);
    await checkWaitingReaders(stage);
    for (const row of world.database.rows<Record<string, unknown>>('select channelId, counter, digest from channel_counter order by channelId')) {
      trace.push(Object.values(row).join(' '));
    }
  } catch (error) {
    run.broke(`the run threw: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' | ') : String(error)}`);
  } finally {
    for (const phone of stage.phones) phone.closeAll();
    stage.endpoint.stop();
    world.database.endRun();
  }
  const saved = [...run.ledger.entries.values()].filter((entry) => entry.isConfirmed).length;
  return { broken: [...broken], trace, saved, fired: run.faults.counts };
}

async function setUp(run: RunContext, plan: Plan, world: Awaited<ReturnType<typeof openWorld>>, options: RunOptions): Promise<Stage> {
  const { database } = world;
  const present = crew.slice(0, plan.phones);
  const members = createMembers(new Map(world.phones.map((enrolled, index) => [enrolled.memberId, crew[index]?.assignments ?? []])), run.timeline.now);
  const readers = createReaders(database, members);
  const checkAnswer = createAnswerCheck(run, database, readers);
  const toldHidden = createToldHidden(database, run.ledger, readers);
  const endpoint = await createSimulatedEndpoint(run, database, {
    onAnswer(auth, _request, answer) {
      checkAnswer(auth, answer);
      toldHidden.answered(auth, answer);
    },
    members,
    sabotage: options.sabotage,
  });
  const events = watchPhone({ run, endpoint, readers, members, toldHidden });
  const phones = present.map(({ name }, index) => {
    const enrolled = world.phones[index];
    if (enrolled === undefined) throw new Error('the crew is larger than the commune');
    return createSimulatedPhone({ run, index, name, enrolled: copyOf(enrolled), line: createLine(run, endpoint, index), events });
  });
  const chief = world.phones[supervisor];
  if (chief === undefined) throw new Error('nobody sees what waits');
  const { communeCode, deviceId, memberId } = chief;
  return {
    run, endpoint, members, readers, phones,
    copies: new Map(), putBack: new Set(), renewing: new Set(), changed: new Set(),
    supervisorAuth: { kind: 'session', communeCode, deviceId, memberId },
    newId: createNewId(() => run.timeline.now(), createChance(seedFor(run.salt, 'ids')).bytes),
  };
}
