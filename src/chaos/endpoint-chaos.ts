/** A real endpoint on a real file, killed at random under load and started again; then everything is compared. */
import { watch } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { createServingProcess, foundCommune } from './serving-process.ts';
import type { ServingProcess } from './serving-process.ts';
import { below, happens, pick, sleep } from './chance.ts';
import { databaseName, readAsLeft, watchCommits } from './endpoint-database.ts';
import { reckon } from './endpoint-reckoning.ts';
import type { Reckoning } from './endpoint-reckoning.ts';
import { doSomething } from './field-work.ts';
import { createNodePhone } from './node-phone.ts';
import type { NodePhone, Sign } from './node-phone.ts';

/**
 * When the process is killed: at any time; soon after entries left a phone; as soon as its file is written to, or a commit becomes visible
 * in it, while entries are on the way; as soon as an answer begins to arrive.
 */
const moments = ['any', 'sent', 'written', 'written', 'committed', 'committed', 'answered'] as const;
type Moment = (typeof moments)[number];

export interface ChaosArgs {
  readonly cycles: number;
  /** The figures. */
  readonly say: (line: string) => void;
  /** What is being done, for whoever watches. */
  readonly trace: (line: string) => void;
}

interface Kills {
  all: number;
  /** Entries were on the way, and the phone never got an answer. */
  midRequest: number;
  /** Of those: the killed process had committed some of them, and no process before it. */
  committed: number;
  /** Entries that were committed at the last kill. */
  known: ReadonlySet<string>;
  /** It had not yet answered anybody since its start. */
  starting: number;
}

/** A phone that reached the endpoint so often and still waits will wait for ever; so will one that cannot reach it for so long. */
const mostVainSyncs = 10;
const reachedWithinMs = 3 * 60_000;
const longestWaitMs = 30_000;
const longestWatchMs = 1_000;
const longestPauseMs = 160;
/** So many entries may wait on a phone; then its person rests. */
const mostWaiting = 60;
const settleEvery = 5;

/** Resolves to what differs (nothing, when all is well) and prints one line of figures. */
export async function runEndpointChaos({ cycles, say, trace }: ChaosArgs): Promise<readonly string[]> {
  const begun = performance.now();
  const serving = await createServingProcess();
  const listeners = new Set<(sign: Sign) => void>();
  const phones: NodePhone[] = [];
  let stopWork = (): Promise<void> => Promise.resolve();
  try {
    const crew = await foundCommune(serving.folder);
    serving.begin();
    await serving.answers();
    for (const invited of crew) phones.push(await createNodePhone(serving.url, invited, (sign) => listeners.forEach((listener) => listener(sign))));
    await drain(phones);

    const kills: Kills = { all: 0, midRequest: 0, committed: 0, known: new Set(), starting: 0 };
    const damage: string[] = [];
    stopWork = beginWork(phones);
    for (let cycle = 1; cycle <= cycles; cycle++) {
      const moment = pick(moments);
      await waitFor(moment, serving, phones, listeners);
      damage.push(...(await kill(serving, phones, kills)));
      trace(`cycle ${cycle}: ${moment}; in mid-request ${kills.midRequest}, committed ${kills.committed}`);
      await sleep(below(150));
      serving.begin();
      if (happens(0.1)) {
        await sleep(below(600));
        await serving.kill();
        kills.all += 1;
        kills.starting += 1;
        serving.begin();
      }
      await serving.answers();
      for (const phone of phones) phone.wake();
      if (cycle % settleEvery !== 0 || cycle === cycles) continue;
      await stopWork();
      await drain(phones);
      const standing = await reckon(serving.folder, phones, { thorough: false });
      const differences = differencesOf(standing);
      if (differences.length > 0) {
        say(figures(cycle, kills, standing, begun));
        return differences;
      }
      stopWork = beginWork(phones);
    }
    await stopWork();
    await drain(phones);
    const reckoning = await reckon(serving.folder, phones, { thorough: true });
    say(figures(cycles, kills, reckoning, begun));
    return [...damage, ...differencesOf(reckoning), ...serving.faults()];
  } finally {
    await stopWork();
    for (const phone of phones) phone.close();
    await serving.dispose();
  }
}

/** Each person saves something, again and again, whether the endpoint is there or not. The result stops them. */
function beginWork(phones: readonly NodePhone[]): () => Promise<void> {
  let isOver = false;
  const working = phones.map(async (phone) => {
    while (!isOver) {
      const entries = phone.store.unsettledCount() < mostWaiting ? doSomething(phone.store) : undefined;
      if (entries !== undefined) await phone.save(entries);
      await sleep(10 + below(longestPauseMs));
    }
  });
  return async () => {
    isOver = true;
    await Promise.all(working);
  };
}

async function waitFor(moment: Moment, serving: ServingProcess, phones: readonly NodePhone[], listeners: Set<(sign: Sign) => void>): Promise<void> {
  await sleep(100 + below(500));
  if (moment === 'any') return;
  const awaited: Sign = moment === 'answered' ? 'answered' : 'sent';
  await new Promise<void>((resolve) => {
    listeners.add((sign) => {
      if (sign === awaited) resolve();
    });
    // An endpoint that answers nobody any more is killed as well.
    void sleep(longestWaitMs).then(resolve);
  }).finally(() => listeners.clear());
  if (moment === 'answered') return;
  if (moment === 'sent') return await sleep(below(25));
  const isOnTheWay = () => phones.some((phone) => phone.delivery() !== undefined);
  if (moment === 'committed') {
    const commits = watchCommits(serving.folder);
    for (const until = performance.now() + longestWatchMs; performance.now() < until; ) {
      if (commits.hasMore() && isOnTheWay()) break;
      await setImmediate();
    }
    return commits.close();
  }
  await new Promise<void>((resolve) => {
    const watcher = watch(serving.folder, (_event, name) => {
      if (name === `${databaseName}-wal` && isOnTheWay()) resolve();
    });
    void sleep(longestWatchMs).then(resolve).finally(() => watcher.close());
  });
  if (happens(0.5)) await sleep(below(4));
}

/** Resolves to what is wrong with the file as the killed process left it. */
async function kill(serving: ServingProcess, phones: readonly NodePhone[], kills: Kills): Promise<readonly string[]> {
  const gone = serving.kill();
  const deliveries = phones.map((phone) => ({ phone, delivery: phone.delivery() }));
  await gone;
  const onTheWay = new Set<string>();
  for (const { phone, delivery } of deliveries) {
    // What was in the wire already may still arrive.
    if (delivery === undefined || (await delivery.isAnswered)) continue;
    for (const deviceSeq of delivery.numbers) onTheWay.add(nameOf({ deviceId: phone.deviceId, deviceSeq }));
  }
  const left = readAsLeft(serving.folder);
  kills.all += 1;
  if (onTheWay.size > 0) kills.midRequest += 1;
  const known = new Set(left.entries.map(nameOf));
  if ([...onTheWay].some((name) => known.has(name) && !kills.known.has(name))) kills.committed += 1;
  kills.known = known;
  return left.damage.map((line) => `after kill ${kills.all}: ${line}`);
}

function nameOf({ deviceId, deviceSeq }: { readonly deviceId: string; readonly deviceSeq: number }): string {
  return `${deviceId} ${deviceSeq}`;
}

/** What still waits after that shows in the reckoning. */
async function drain(phones: readonly NodePhone[]): Promise<void> {
  await Promise.all(phones.map(drainOne));
  // What one sent last the others have not seen yet.
  for (const phone of phones) await phone.sync();
}

async function drainOne(phone: NodePhone): Promise<void> {
  const giveUpAt = performance.now() + reachedWithinMs;
  for (let vain = 0; vain < mostVainSyncs && performance.now() < giveUpAt; ) {
    const { hasReached, waiting } = await phone.sync();
    if (hasReached && waiting === 0) return;
    vain = hasReached ? vain + 1 : 0;
    await sleep(100);
  }
}

function differencesOf({ lost, doubled, otherwise }: Reckoning): string[] {
  return [...lost, ...doubled, ...otherwise];
}

function figures(cycles: number, kills: Kills, { settled, lost, doubled }: Reckoning, begun: number): string {
  const seconds = ((performance.now() - begun) / 1000 / cycles).toFixed(1);
  return (
    `endpoint: ${cycles} cycles, ${kills.all} kills (${kills.midRequest} in mid-request, ${kills.committed} of them between commit and answer, ` +
    `${kills.starting} while starting), ${settled} entries settled, ${lost.length} lost, ${doubled.length} doubled, ${seconds} s a cycle`
  );
}
