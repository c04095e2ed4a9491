/** One step of a plan, and the time that passes after it. */
import type { MemberAuth } from '#server/sessions.ts';
import { StorageFailure } from '#sync/engine.ts';
import { createChance, seedFor } from './chance.ts';
import { assignRoles, decideOnOne, eraseSomething, mergeHamlets, revokePhone } from './administration.ts';
import { clearDisk, enrolAgain, putBackDisk, takeNewIdentity } from './another-device.ts';
import { doSomething } from './field-work.ts';
import type { Members } from './members.ts';
import { workAtOffice } from './office-work.ts';
import { handOver } from './file-roads.ts';
import { copyOf } from './phone-image.ts';
import type { Enrolled } from './phone-image.ts';
import type { Deed, Step } from './plan.ts';
import type { Readers } from './readers.ts';
import type { RunContext } from './run-context.ts';
import type { SimulatedEndpoint } from './simulated-endpoint.ts';
import type { OpenTab, SimulatedPhone } from './simulated-phone.ts';

export interface Stage {
  readonly run: RunContext;
  readonly endpoint: SimulatedEndpoint;
  readonly members: Members;
  readonly readers: Readers;
  readonly phones: readonly SimulatedPhone[];
  /** By phone: what its disk was when it was copied. */
  readonly copies: Map<number, Enrolled>;
  /** Phones whose disk was put back to a copy. */
  readonly putBack: Set<number>;
  /** Phones that are asking for a new identity. */
  readonly renewing: Set<number>;
  /** Members whose roles changed in this run. */
  readonly changed: Set<string>;
  /** Sees what waits in the whole commune. */
  readonly supervisorAuth: MemberAuth;
  /** For what is made outside of phones and endpoint. */
  readonly newId: () => string;
}

const dayMs = 86_400_000;

export async function takeStep(stage: Stage, step: Step): Promise<void> {
  stage.run.note(JSON.stringify(step));
  await act(stage, step);
  await stage.run.timeline.pass(step.wait);
  for (const phone of stage.phones) await renewWhereDue(stage, phone);
}

/** By itself, as soon as a page that is open sees that it is due. */
export async function renewWhereDue(stage: Stage, phone: SimulatedPhone): Promise<void> {
  const tab = phone.tabs().find((one) => !one.isAsleep() && one.store.needsNewIdentity());
  if (tab === undefined || stage.renewing.has(phone.index)) return;
  stage.renewing.add(phone.index);
  await stage.run.timeline.finish(takeNewIdentity(stage, phone).finally(() => stage.renewing.delete(phone.index)));
}

async function act(stage: Stage, deed: Deed): Promise<void> {
  const { run, endpoint } = stage;
  const { faults, timeline } = run;
  const phone = 'phone' in deed ? stage.phones[deed.phone] : undefined;
  if ('phone' in deed && phone === undefined) return;
  if (phone !== undefined) return await actOnPhone(stage, phone, deed);
  switch (deed.do) {
    case 'proxy':
      faults.proxy = { bytes: deed.bytes, until: deed.lasts === true ? Infinity : timeline.now() + deed.ms, lasts: deed.lasts === true };
      return;
    case 'crash':
      faults.crash = { moment: deed.moment, left: deed.commits, times: 1, ms: deed.ms, page: false };
      return;
    case 'days':
      for (const each of stage.phones) for (const tab of each.tabs()) if (!tab.isAsleep()) each.closeTab(tab);
      faults.fired('days passed');
      return await timeline.pass(deed.days * dayMs);
    case 'back_up':
      return endpoint.backUp();
    case 'verify_backup':
      return endpoint.verifyBackup();
    case 'restore':
      if (await endpoint.restore(deed)) faults.fired(deed.byHand ? 'backup put back by hand' : 'backup restored');
      return;
    case 'office': {
      const done = await endpoint.ask(async (serving) => await workAtOffice(serving, createChance(deed.salt), timeline.now()));
      if (done !== undefined) faults.fired(`${done} at the office`);
      return;
    }
    case 'merge_hamlets':
      return await mergeHamlets(stage, deed.from, deed.into);
    case 'erase':
      return await eraseSomething(stage, deed.salt);
    case 'decide':
      return await decideOnOne(stage, deed.salt);
    case 'endpoint_schema':
      if (deed.schema === endpoint.schema()) return;
      faults.fired(deed.schema > endpoint.schema() ? 'endpoint upgraded' : 'endpoint rolled back');
      return endpoint.replaceProgram(deed.schema, deed.ms);
    default:
      throw new Error(`no such step: ${deed.do}`);
  }
}

async function actOnPhone(stage: Stage, phone: SimulatedPhone, deed: Deed): Promise<void> {
  const { run, copies } = stage;
  const { faults, timeline } = run;
  const armed = faults.phone(phone.index);
  switch (deed.do) {
    case 'work':
      return await work(stage, phone, deed);
    case 'look':
      for (const tab of await opened(stage, phone)) tab.engine.wake('online');
      return;
    case 'open_tab':
      await opened(stage, phone);
      if (phone.tabs().length < 3) await attempt(async () => void (await phone.openTab()));
      if (phone.tabs().length > 1) faults.fired('two tabs');
      return;
    case 'close_tab':
      return withTab(phone, deed.tab, (tab) => phone.closeTab(tab));
    case 'sleep':
      return withTab(phone, deed.tab, (tab) => {
        if (tab.engine.state().isRunning) faults.fired('tab asleep in the middle of a sync');
        tab.sleep();
        faults.fired('tab asleep');
      });
    case 'wake':
      for (const tab of phone.tabs()) tab.wake();
      return;
    case 'offline':
      armed.offlineUntil = timeline.now() + deed.ms;
      return;
    case 'message':
      armed.messages.push({ fault: deed.fault, ms: deed.ms });
      return;
    case 'power':
      armed.power = { moment: deed.moment, left: deed.commits, times: 1, ms: 0, page: deed.page };
      return;
    case 'full':
      armed.full = { moment: 'before', left: deed.commits, times: deed.times, ms: 0, page: false };
      return;
    case 'clock':
      phone.setClock(deed.ms, deed.drift);
      faults.fired('clock off');
      return;
    case 'spoil':
      armed.spoiled += deed.entries;
      return;
    case 'clear':
      return await clearDisk(stage, phone);
    case 'wipe':
      return await phone.wipe('asked');
    case 'revoke':
      return await revokePhone(stage, phone);
    case 'assign':
      return await assignRoles(stage, phone, deed.roles);
    case 'send_locked':
      phone.closeAll();
      void phone.sendLocked();
      return;
    case 'bundle':
      return await handOver(stage, phone, deed);
    case 'phone_schema':
      return phone.setSchema(deed.schema);
    case 'copy_disk':
      if (phone.tabs().some((tab) => tab.engine.state().isRunning)) return;
      copies.set(phone.index, copyOf(phone.present()));
      return;
    case 'put_back_disk':
      return putBackDisk(stage, phone);
    default:
      throw new Error(`no such step: ${deed.do}`);
  }
}

async function work(stage: Stage, phone: SimulatedPhone, deed: Extract<Deed, { do: 'work' }>): Promise<void> {
  const { run } = stage;
  const awake = (await opened(stage, phone)).filter((tab) => !tab.isAsleep());
  const chosen = deed.both === true ? awake : awake.slice(deed.tab % Math.max(1, awake.length)).slice(0, 1);
  await Promise.all(
    chosen.map(async (tab, index) => {
      const entries = doSomething(tab.store, createChance(seedFor(deed.salt, String(index))), deed.isWide === true);
      if (entries === undefined) return;
      const error = await phone.save(tab, entries, chosen.length > 1);
      const kinds = entries.map((entry) => `${entry.entryId} ${entry.changes.map((change) => `${change.kind} ${change.recordId}`).join(' + ')}`).join(' and ');
      run.note(`${phone.name} saves ${kinds}: ${error?.code ?? 'ok'}`);
    }),
  );
}

/** The phone's open tabs; one is opened where there is none. */
export async function opened(stage: Stage, phone: SimulatedPhone): Promise<readonly OpenTab[]> {
  if (phone.isWiped()) {
    // What lies sealed is sent before anybody enrols, as far as the line allows.
    await stage.run.timeline.finish(phone.sendLocked());
    await enrolAgain(stage, phone);
    if (phone.isWiped()) return [];
  }
  for (let tries = 0; phone.tabs().every((tab) => tab.isAsleep()) && tries < 5; tries++) await attempt(async () => void (await phone.openTab()));
  return phone.tabs();
}

/** What a loss of power in the middle of it leaves undone is done at the next occasion. */
async function attempt(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof StorageFailure)) throw error;
  }
}

function withTab(phone: SimulatedPhone, index: number, body: (tab: OpenTab) => void): void {
  const tab = phone.tabs()[index % Math.max(1, phone.tabs().length)];
  if (tab !== undefined) body(tab);
}
