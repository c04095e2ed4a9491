/** The demo: fills an empty database with two communes and their life, and invites one person of each role to them. */
import type { EntryDraft } from '#domain/change.ts';
import { communeCodeOf, isProvinceId } from '#domain/identifiers.ts';
import { createNewRandomId } from '#sync/new-id.ts';
import { applyAll } from './administration/apply-all.ts';
import { provincePages, writeHandbook } from './demo/handbook.ts';
import { demoHamlets, demoHouseholds, demoPerson } from './demo/households.ts';
import { writeFeedback, writeRefusals, writeTalks, writeTerms, writeTetGifts, writeVisits } from './demo/life.ts';
import { createNotebook } from './demo/notebook.ts';
import type { Doing } from './demo/notebook.ts';
import { demoAreas, demoMembers, demoUnits, quangHan, unitIds } from './demo/places.ts';
import type { DemoMember } from './demo/places.ts';
import type { Endpoint } from './endpoint.ts';
import { maxDevices } from './admission.ts';

export interface DemoDeps {
  readonly clock: { now(): number };
  /** A new UUIDv7. */
  readonly newId: () => string;
  readonly random: (length: number) => Uint8Array;
}

export interface DemoInvitation {
  /** For whom, in Vietnamese. */
  readonly label: string;
  readonly name: string;
  /** The token that goes behind `/moi#`; undefined: this person has two phones already, as many as an account may have. */
  readonly invitation: string | undefined;
}

/** `not_empty`: the database holds records that are not the demo's; nothing was written and nobody is invited. */
export type Demo = { readonly filled: boolean; readonly invitations: readonly DemoInvitation[] } | 'not_empty';

/** Filled once; each call makes fresh invitations, since one works only once. */
export async function fillDemo(endpoint: Endpoint, deps: DemoDeps): Promise<Demo> {
  const isEmpty = await endpoint.isEmpty();
  if (isEmpty) {
    await applyAll(endpoint, demoBatches(endpoint.identity().endpointId, deps));
  } else if (!(await isDemo(endpoint))) return 'not_empty';
  const invitations: DemoInvitation[] = [];
  for (const member of Object.values(demoMembers)) invitations.push(await invite(endpoint, member));
  return { filled: isEmpty, invitations };
}

async function isDemo(endpoint: Endpoint): Promise<boolean> {
  return (await endpoint.records(quangHan, 'unit')).some((unit) => unit.recordId === unitIds.peoplesCommittee);
}

async function invite(endpoint: Endpoint, { memberId, label, name, assignment }: DemoMember): Promise<DemoInvitation> {
  const devices = (await endpoint.listDevices(quangHan)).filter((device) => device.memberId === memberId && device.state === 'active');
  if (devices.length >= maxDevices) return { label, name, invitation: undefined };
  const { invitation } = await endpoint.createInvitation({ communeCode: quangHan, name, assignments: [assignment], memberId });
  return { label, name, invitation };
}

/** All of it at once, so that a start that is interrupted leaves nothing half done. Areas first: the rest lies in them. */
function demoBatches(endpointId: string, deps: DemoDeps): { communeCode: string; drafts: EntryDraft[] }[] {
  const now = deps.clock.now();
  const newNotebook = () => createNotebook({ ...deps, now, newRandomId: createNewRandomId(deps.random) });
  const office: Doing = { memberId: endpointId, daysAgo: 60 };
  return Object.entries(demoAreas).map(([communeCode, areas]) => {
    const notebook = newNotebook();
    notebook.create('area', areas.map((area) => ({ recordId: area.code, areaId: area.code, fields: area })), office);
    const units = demoUnits.filter((known) => known.communeCode === communeCode);
    if (units.length > 0) {
      notebook.create('unit', units.map(({ unitId, unit }) => ({ recordId: unitId, areaId: communeCode, fields: unit })), office);
    }
    const hamlets = demoHamlets.filter((hamletId) => communeCodeOf(hamletId) === communeCode);
    const sourceListId = deps.newId();
    const households = hamlets.flatMap((areaId) =>
      notebook.create('household', demoHouseholds(areaId, sourceListId).map((fields) => ({ areaId, fields })), office),
    );
    writeRefusals(notebook, households, office);
    const persons = hamlets.flatMap((areaId) => notebook.create('prestigious_person', [{ areaId, fields: demoPerson(areaId) }], office));
    writeTerms(notebook, persons, office);
    if (communeCode === quangHan) {
      writeTetGifts(notebook, persons, demoMembers.bloc.memberId);
      writeVisits(notebook, households);
      writeTalks(notebook, persons, office);
      writeFeedback(notebook, households);
      writeHandbook(notebook, office);
    }
    if (isProvinceId(communeCode)) for (const page of provincePages) notebook.page(communeCode, page, office);
    return { communeCode, drafts: notebook.drafts };
  });
}
