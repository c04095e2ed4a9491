/** The faults stop: what is delayed arrives, everybody opens their phone and syncs until nothing is new. */
import { commune } from './commune.ts';
import { opened, renewWhereDue } from './take-step.ts';
import { newestSchema } from './plan.ts';
import type { Stage } from './take-step.ts';
import type { SimulatedPhone } from './simulated-phone.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

export async function becomeQuiet(stage: Stage): Promise<void> {
  const { run, endpoint, phones } = stage;
  const { timeline, faults } = run;
  faults.calm();
  run.note('calm');
  if (endpoint.schema() !== newestSchema) endpoint.replaceProgram(newestSchema, 0);
  await timeline.pass(1);
  await endpoint.start();
  for (const phone of phones) for (const tab of phone.tabs()) tab.wake();
  await timeline.pass(2 * minuteMs);
  // First what waits, while nobody has waited too long for it.
  await syncAll(stage, phones.filter(hasUnsettled));
  for (const phone of phones) phone.closeAll();
  // All that is delayed arrives, and nothing is held any more that waits for what will not come.
  await timeline.pass(Math.max(8 * dayMs, timeline.end() - timeline.now() + minuteMs));
  // Whoever has something to send goes first: the others fetch it in their one turn.
  await syncAll(stage, endpoint.wasPutBack() === 'no' ? phones.filter(hasUnsettled) : phones);
  if (endpoint.wasPutBack() === 'unnoticed') {
    await syncAll(stage, phones);
    // A digest that does not match is found out at the end of a channel, and mended once a day.
    for (const phone of phones) phone.closeAll();
    await timeline.pass(dayMs + minuteMs);
    await syncAll(stage, phones);
  }
  await syncUntilNothingIsNew(stage);
}

/** What one of them brings is fetched by the others, who may have had their turn before. */
async function syncUntilNothingIsNew(stage: Stage): Promise<void> {
  for (let rounds = 0; rounds < mostRounds; rounds++) {
    const before = rowsEverShown(stage);
    await syncAll(stage, stage.phones);
    if (rowsEverShown(stage) === before) return;
  }
  stage.run.broke(`after ${mostRounds} rounds there is still something new`);
}

function rowsEverShown({ endpoint: { database } }: Stage): number {
  return database.rows<{ rows: number }>('select coalesce(sum(counter), 0) rows from channel_counter')[0]?.rows ?? 0;
}

function hasUnsettled(phone: SimulatedPhone): boolean {
  for (const row of phone.contents().tables.outbox.values()) if (row['settledAt'] === undefined) return true;
  return false;
}

/** One that brings, one that fetches, and one for what that shows to be due. */
const mostRounds = 4;

/** Longer than any sync takes, however slow the line. */
const longestSyncMs = 2 * 3_600_000;

async function syncAll(stage: Stage, phones: readonly SimulatedPhone[]): Promise<void> {
  for (const phone of phones) {
    // A new identity, an enrolment after a wipe, and what an earlier life left sealed: each begins with a sync that shows that it is due.
    for (let tries = 0; tries < 6; tries++) {
      const ended = await syncPhone(stage, phone);
      if (ended === 'through') break;
      await renewWhereDue(stage, phone);
      // The account has too many devices: the commune ends this one, and invites its owner anew.
      const isShutOut = ended === 'no_session' && tries === 2;
      if (isShutOut) await stage.endpoint.ask(async (serving) => await serving.revokeDevice(commune, phone.deviceId()));
    }
  }
}

async function syncPhone(stage: Stage, phone: SimulatedPhone): Promise<string> {
  await opened(stage, phone);
  for (const tab of phone.tabs()) {
    const ended = await stage.run.timeline.finishWithin(tab.engine.run(), longestSyncMs);
    // Waiting for the other tab, which heard that the phone is revoked and wiped it: that tab is closed, and with it what it waited for.
    if (ended === undefined && phone.tabs().includes(tab)) stage.run.broke(`${phone.name}'s sync does not come to an end`);
    stage.run.note(`${phone.name} syncs: ${ended === undefined ? 'without end' : (ended.lastError?.code ?? 'ok')}`);
    if (ended?.lastError !== undefined) return ended.lastError.code;
    if (!phone.tabs().includes(tab) || tab.store.needsNewIdentity() || tab.store.unsettledCount() > 0) return 'again';
  }
  return phone.tabs().length === 0 ? 'again' : 'through';
}
