/** One run from one seed: three phones in a commune, an afternoon of work under faults, then calm, then the reckoning. */
import type { SyncRequest } from '#sync/protocol.ts';
import { createChance } from './chance.ts';
import type { Chance } from './chance.ts';
import { doSomething } from './field-work.ts';
import { findBroken } from './invariants.ts';
import { createSimulatedEndpoint, crew } from './simulated-endpoint.ts';
import type { Weather } from './simulated-endpoint.ts';
import { createSimulatedPhone } from './simulated-phone.ts';
import type { OpenTab, SimulatedPhone } from './simulated-phone.ts';
import { createTimeline } from './timeline.ts';

export interface SeedRun {
  readonly seed: number;
  /** Broken invariants; empty when all hold. */
  readonly broken: readonly string[];
  /** What happened, a line each; the same for the same seed. */
  readonly trace: readonly string[];
  readonly saved: number;
}

const begin = Date.parse('2026-11-22T08:00:00+07:00');
const steps = 40;
const longestPauseMs = 6 * 60_000;
/** Longer than any rest after a failure, and than any poll. */
const calmMs = 25 * 60_000;

export async function runSeed(seed: number, options: { readonly sabotage?: (request: SyncRequest) => SyncRequest } = {}): Promise<SeedRun> {
  const chance = createChance(seed);
  const timeline = createTimeline(begin);
  const weather: Weather = { isCalm: true };
  const trace: string[] = [];
  const note = (line: string) => void trace.push(`${timeline.now() - begin} ${line}`);
  const endpoint = await createSimulatedEndpoint({ timeline, chance, weather, trace: note, sabotage: options.sabotage });
  const phones: SimulatedPhone[] = [];
  for (const one of crew) phones.push(await createSimulatedPhone({ ...one, endpoint, timeline, chance, weather, trace: note }));

  for (const phone of phones) await phone.start();
  await timeline.pass(60_000);
  weather.isCalm = false;
  for (let step = 0; step < steps; step++) {
    await work(chance.pick(phones), note, chance);
    await timeline.pass(chance.int(longestPauseMs));
  }
  weather.isCalm = true;
  for (const phone of phones) await restart(phone);
  await timeline.pass(calmMs);
  for (const phone of phones) for (const tab of phone.tabs()) await timeline.finish(tab.engine.run());

  const broken = await findBroken(endpoint, phones);
  for (const phone of phones) for (const tab of phone.tabs()) tab.engine.stop();
  await endpoint.close();
  return { seed, broken, trace, saved: phones.reduce((sum, phone) => sum + phone.saved.size, 0) };
}

type Note = (line: string) => void;

async function work(phone: SimulatedPhone, note: Note, chance: Chance): Promise<void> {
  await restart(phone);
  if (chance.happens(0.15)) phone.goOffline(chance.int(60) * 60_000);
  if (phone.tabs().length < 2 && chance.happens(0.1)) await attempt(async () => void (await phone.openTab()));
  if (phone.tabs().length === 0) return;
  // A person has one hand, but a tab may be saving yet when the next is begun.
  const tabs = chance.happens(0.3) ? phone.tabs() : [chance.pick(phone.tabs())];
  await Promise.all(tabs.map(async (tab) => await workIn(tab, phone, note, chance)));
}

async function workIn(tab: OpenTab, phone: SimulatedPhone, note: Note, chance: Chance): Promise<void> {
  const entries = doSomething(tab.store, chance);
  if (entries === undefined) return;
  const error = await phone.save(tab, entries);
  note(`${phone.name} saves ${entries.map((entry) => entry.changes.map((change) => change.kind).join('+')).join(' and ')}: ${error?.code ?? 'ok'}`);
}

/** A phone that lost power is started again, until it stays on. */
async function restart(phone: SimulatedPhone): Promise<void> {
  for (let tries = 0; phone.tabs().length === 0 && tries < 20; tries++) await attempt(() => phone.start());
}

/** What a loss of power in the middle of it leaves undone is done at the next occasion. */
async function attempt(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'StorageFailure')) throw error;
  }
}
