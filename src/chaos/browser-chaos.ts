/** A real browser on one profile, killed at random while it saves and while it syncs, and started again; then everything is compared. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Request } from '@playwright/test';
import { ngocSon } from '#server/demo/places.ts';
import { startGoBetween } from '../../e2e/go-between.ts';
import type { GoBetween } from '../../e2e/go-between.ts';
import { createBrowserMember } from './browser-member.ts';
import type { BrowserMember, Household } from './browser-member.ts';
import { below, happens, pick, sleep } from './chance.ts';
import { arrivedAt, countIn, householdsOf, numberOf, outcomeOf } from './said-visits.ts';
import type { SaidVisit } from './said-visits.ts';
import type { ChaosArgs } from './endpoint-chaos.ts';
import { createServingProcess, foundCommune } from './serving-process.ts';

/**
 * When the browser dies: as soon as the words are there; a moment after the button was pressed; a moment after a sync began; when the
 * endpoint has the entries and its answer is lost; a moment after an answer came; while it opens; at any other time.
 */
const moments = ['words', 'pressed', 'sending', 'unanswered', 'opening', 'pressed', 'answered', 'words', 'any'] as const;
type Moment = (typeof moments)[number];

interface Run {
  readonly member: BrowserMember;
  readonly goBetween: GoBetween;
  readonly folder: string;
  readonly households: readonly Household[];
  readonly visits: SaidVisit[];
  /** What was seen to be untrue. */
  readonly lost: string[];
  readonly doubled: string[];
  readonly otherwise: string[];
  readonly kills: Record<Moment, number>;
  /** The moment of the last death. */
  diedAt: Moment | undefined;
  /** Pressed visits of which nobody saw the words, found kept after all. */
  keptUnseen: number;
}

/** Their forms are come back to: a draft that should have ended would be found there. */
const fewHouseholds = 6;
const builtApp = fileURLToPath(new URL('../../dist', import.meta.url));
/** Rather longer than a commit takes. */
const savingMs = 60;
const syncingMs = 60;
const openingMs = 1_500;
const mostLooks = 4_000;
const secondLookMs = 1_000;

/** Resolves to what differs (nothing, when all is well) and prints one line of figures. */
export async function runBrowserChaos({ cycles, say, trace }: ChaosArgs): Promise<readonly string[]> {
  if (!existsSync(join(builtApp, 'index.html'))) throw new Error('The app is not built: npm run build');
  const begun = performance.now();
  // Its own copy: a build meanwhile would be an update in the middle of it.
  const appFolder = mkdtempSync(join(tmpdir(), 'gan-dan-app-'));
  cpSync(builtApp, appFolder, { recursive: true });
  const serving = await createServingProcess({ appFolder });
  const [invited] = await foundCommune(serving.folder);
  if (invited === undefined) throw new Error('nobody is invited');
  serving.begin();
  await serving.answers();
  const goBetween = await startGoBetween(serving.url);
  const member = await createBrowserMember(goBetween.url);
  const run: Run = {
    member, goBetween,
    folder: serving.folder,
    households: householdsOf(serving.folder, ngocSon).slice(0, fewHouseholds),
    visits: [], lost: [], doubled: [], otherwise: [],
    kills: { words: 0, pressed: 0, sending: 0, unanswered: 0, answered: 0, opening: 0, any: 0 },
    diedAt: undefined,
    keptUnseen: 0,
  };
  try {
    await member.enrol(`${goBetween.url}/moi#${invited.invitation}`);
    // The hamlet is on the phone, or there would be nobody to visit.
    for (const household of run.households) await member.visitsOf(household);
    await member.phone.kill();
    for (let cycle = 0; cycle < cycles; cycle++) {
      const moment = moments[cycle % moments.length] ?? 'any';
      trace(`cycle ${cycle + 1}: ${moment}`);
      if (moment === 'opening') await killWhileOpening(run);
      goBetween.become('cut');
      await member.open();
      await member.unlock();
      await check(run, run.visits.filter(({ fate, hasArrived }) => fate === 'pressed' || (fate === 'kept' && !hasArrived)));
      await workAndDie(run, moment);
      run.diedAt = moment;
    }
    goBetween.become('clear');
    await member.open();
    await member.unlock();
    if (!(await member.saysAllIsSent())) run.otherwise.push('the phone never says that the commune has everything');
    await check(run, run.visits);
    for (const { number, fate, hasArrived } of run.visits) {
      if (fate === 'kept' && !hasArrived) run.lost.push(`visit ${number} never reached the endpoint`);
    }
    say(figures(cycles, run, begun));
    return [...run.lost, ...run.doubled, ...run.otherwise, ...member.phone.complaints, ...serving.faults()];
  } finally {
    await member.phone.dispose();
    await goBetween.dispose();
    await serving.dispose();
    rmSync(appFolder, { recursive: true, force: true });
  }
}

/** Some visits, and the browser's death at the moment that was chosen. */
async function workAndDie(run: Run, moment: Moment): Promise<void> {
  const { member, goBetween, folder } = run;
  const { phone } = member;
  // What is saved waits on this phone, or leaves as soon as it is saved.
  if (moment === 'any' || ((moment === 'words' || moment === 'pressed') && happens(0.5))) {
    goBetween.become('clear');
    await member.comeOnline();
  }
  const isDead = { now: false };
  const die = async () => {
    isDead.now = true;
    await phone.kill();
    run.kills[moment] += 1;
  };
  if (moment === 'any' || moment === 'opening') {
    const death = sleep(below(3_000)).then(die);
    await untilDead(isDead, async () => {
      while (!isDead.now) await logVisit(run);
    });
    return await death;
  }
  for (let more = below(3); more > 0; more--) await logVisit(run);
  if (moment === 'words') return await logVisit(run, { onPromise: die });
  if (moment === 'pressed') return await logVisit(run, { onPress: async () => await sleep(below(savingMs)).then(die) });
  const visit = await logVisit(run).then(() => run.visits.at(-1));
  if (moment === 'unanswered') {
    goBetween.become('answer_lost');
    await member.comeOnline();
    for (let looks = 0; visit !== undefined && !arrivedAt(folder).has(visit.number); looks++) {
      if (looks > mostLooks) throw new Error(`visit ${visit.number} does not reach the endpoint`);
      await sleep(15);
    }
    return await die();
  }
  const isSync = (request: Request) => new URL(request.url()).pathname === '/sync';
  const syncs = moment === 'sending' ? phone.page.waitForEvent('request', isSync) : phone.page.waitForEvent('requestfinished', isSync);
  goBetween.become('clear');
  await member.comeOnline();
  await syncs;
  await sleep(below(syncingMs));
  await die();
}

/** Once more before the cycle: while the keys are derived, the store is read, the first sync runs. */
async function killWhileOpening({ member, goBetween, kills }: Run): Promise<void> {
  goBetween.become('clear');
  await member.open();
  const isDead = { now: false };
  const death = sleep(below(openingMs)).then(async () => {
    isDead.now = true;
    await member.phone.kill();
    kills.opening += 1;
  });
  await untilDead(isDead, member.unlock);
  await death;
}

/** What fails because the browser was killed under it is what was meant. */
async function untilDead(isDead: { readonly now: boolean }, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isDead.now) throw error;
  }
}

interface Deaths {
  readonly onPress?: () => Promise<void>;
  readonly onPromise?: () => Promise<void>;
}

/** Logs one visit and waits for the promise, unless the browser dies first. */
async function logVisit(run: Run, { onPress, onPromise }: Deaths = {}): Promise<void> {
  const { member, visits } = run;
  // The form that was just saved still stands at its address: the next one is another household's.
  const household = pick(run.households.filter((other) => other !== visits.at(-1)?.household));
  const visit: SaidVisit = { number: visits.length + 1, household, fate: 'open', hasArrived: false };
  visits.push(visit);
  const left = numberOf(await member.fillVisit(visit.household, outcomeOf(visit.number)));
  if (left !== undefined && visits.some(({ number, fate }) => number === left && fate === 'kept')) {
    run.otherwise.push(`visit ${left} is saved and stands as a draft in the form as well`);
  }
  const promise = member.promise().then((what) => {
    if (what === 'said') visit.fate = 'kept';
    return what;
  });
  visit.fate = 'pressed';
  const pressed = member.press();
  if (onPress !== undefined) {
    // It dies while the press is on its way or what it began is under way; the promise may still have been seen.
    await Promise.all([pressed.catch(() => undefined), onPress()]);
    return;
  }
  await pressed;
  if ((await promise) === 'silent') throw new Error(`the screen does not say what became of visit ${visit.number}`);
  await onPromise?.();
}

/** Compares the phone's screens with what they promised and with what the endpoint has. */
async function check(run: Run, visits: readonly SaidVisit[]): Promise<void> {
  const arrived = arrivedAt(run.folder);
  const lists = new Map<string, string>();
  for (const visit of visits) {
    const { number, household, fate } = visit;
    if (!lists.has(household.recordId)) lists.set(household.recordId, await run.member.visitsOf(household));
    const shown = countIn(lists.get(household.recordId) ?? '', number);
    const there = arrived.get(number) ?? 0;
    if (shown > 1) run.doubled.push(`the phone shows visit ${number} ${shown} times`);
    if (there > 1) run.doubled.push(`the endpoint has visit ${number} ${there} times`);
    if (fate === 'kept' && shown === 0) {
      visit.fate = 'lost';
      // It is lost whatever a second look finds; that only helps to find out why.
      const outline = await run.member.outlineOfDisk();
      await sleep(secondLookMs);
      const later = countIn(await run.member.visitsOf(household), number);
      run.lost.push(
        `visit ${number} was saved on this phone, and the phone does not show it (at the endpoint: ${there}; died before: ${run.diedAt}; ` +
          `shown a little later: ${later}; its disk: ${outline})`,
      );
    }
    if (fate === 'pressed') {
      visit.fate = shown > 0 ? 'kept' : 'gone';
      if (shown > 0) run.keptUnseen += 1;
    }
    if (fate !== 'kept' && fate !== 'lost' && shown === 0 && there > 0) run.otherwise.push(`the endpoint has visit ${number}, and the phone does not show it`);
    if (fate !== 'kept' && fate !== 'pressed' && shown > 0) run.otherwise.push(`visit ${number} was not saved, and the phone shows it`);
    visit.hasArrived = there > 0;
  }
}

function figures(cycles: number, { visits, kills, keptUnseen, lost, doubled }: Run, begun: number): string {
  const count = (wanted: SaidVisit['fate']) => visits.filter(({ fate }) => fate === wanted).length;
  const seconds = ((performance.now() - begun) / 1000 / cycles).toFixed(1);
  return (
    `browser: ${cycles} cycles, killed ${kills.words} times at the words "saved on this phone", ${kills.pressed} while saving, ` +
    `${kills.sending + kills.unanswered + kills.answered} while syncing, ${kills.opening + kills.any} at any other time; ` +
    `${count('kept') + count('lost') - keptUnseen} visits called saved, ${keptUnseen} kept before it was said, ${count('gone')} not yet kept, ` +
    `${lost.length} lost, ${doubled.length} doubled, ${seconds} s a cycle`
  );
}
