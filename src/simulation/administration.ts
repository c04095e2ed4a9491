/** What the commune does while phones are out: it changes roles, merges hamlets, erases, ends devices, and decides on what waits. */
import type { Assignment } from '#domain/role.ts';
import type { DecisionRequest } from '#sync/protocol.ts';
import { createChance } from './chance.ts';
import { commune, hamlets, office, supervisor } from './commune.ts';
import type { SimulatedPhone } from './simulated-phone.ts';
import type { Stage } from './take-step.ts';

const [ngocSon, pacNgan, lungPhai] = hamlets;
const rolesToHold: readonly (readonly Assignment[])[] = [
  [{ role: 'team_member', hamletId: ngocSon }],
  [{ role: 'team_member', hamletId: pacNgan }],
  [{ role: 'team_lead', hamletId: pacNgan }],
  [{ role: 'team_member', hamletId: lungPhai }, { role: 'team_member', hamletId: ngocSon }],
  [],
  [{ role: 'bloc_officer' }],
  [{ role: 'responder', unitId: office }],
];

export async function assignRoles({ run, endpoint, members, changed }: Stage, { memberId, index }: SimulatedPhone, choice: number): Promise<void> {
  // One stays who sees what waits.
  if (index === supervisor) return;
  const assignments = (rolesToHold[choice % rolesToHold.length] ?? []).map((one) => (one.hamletId === undefined ? one : { ...one, hamletId: members.present(one.hamletId) }));
  const done = await endpoint.ask(async (serving) => await serving.changeAssignments(commune, memberId, assignments));
  if (done?.ok !== true) return;
  run.faults.fired(assignments.length === 0 ? 'roles taken away' : 'roles changed');
  members.assign(memberId, assignments);
  changed.add(memberId);
}

export async function mergeHamlets({ run, endpoint, members, newId }: Stage, fromIndex: number, intoIndex: number): Promise<void> {
  const [from, into] = [hamlets[fromIndex], hamlets[intoIndex]];
  if (from === undefined || into === undefined || from === into) return;
  const done = await endpoint.ask(async (serving) => {
    const area = (await serving.records(commune, 'area')).find((one) => one.recordId === from);
    if (area === undefined || area.fields.mergedInto !== undefined) return false;
    const change = { recordId: from, kind: 'area' as const, areaId: from, base: area.version, set: { mergedInto: into } };
    const draft = { entryId: newId(), memberId: serving.identity().endpointId, occurredAt: '2026-11-22T00:00:00+07:00', changes: [change] };
    const [verdict] = await serving.applyOwnEntries(commune, [draft]);
    return verdict?.verdict === 'applied' || verdict?.verdict === 'merged';
  });
  if (done !== true) return;
  run.faults.fired('hamlets merged');
  members.merge(from, into);
}

export async function eraseSomething({ run, endpoint }: Stage, salt: number): Promise<void> {
  const chance = createChance(salt);
  const kind = chance.pick(['household', 'visit', 'feedback'] as const);
  const erased = await endpoint.ask(async (serving) => {
    const records = await serving.records(commune, kind);
    if (records.length === 0) return false;
    return await serving.eraseRecord(commune, chance.pick<(typeof records)[number]>(records).recordId);
  });
  if (erased === true) run.faults.fired('record erased');
}

export async function revokePhone({ run, endpoint }: Stage, phone: SimulatedPhone): Promise<void> {
  if (phone.index === supervisor) return;
  const done = await endpoint.ask(async (serving) => await serving.revokeDevice(commune, phone.deviceId()));
  if (done === true) run.faults.fired('device revoked');
}

/** One of those that wait, by chance: as it stands, into a hamlet, or declined. */
export async function decideOnOne({ run, endpoint, members, supervisorAuth }: Stage, salt: number): Promise<void> {
  const chance = createChance(salt);
  const hamletId = members.present(chance.pick(hamlets));
  const reason = 'đã có người ghi rồi';
  await endpoint.ask(async (serving) => {
    const waiting = await serving.waitingFor(supervisorAuth);
    if (waiting.length === 0) return;
    const { entryId } = chance.pick(waiting);
    const request: DecisionRequest = chance.pick<DecisionRequest>([
      { entryId, decision: 'accept' },
      { entryId, decision: 'accept', hamletId },
      { entryId, decision: 'decline', reason },
    ]);
    const decided = await serving.decide(supervisorAuth, request);
    run.note(`the supervisor: ${JSON.stringify(request)} ${decided.ok ? decided.value.verdict : decided.error.code}`);
    if (!decided.ok) return;
    // Pressed again, on a slow line; or somebody else decided at the same time.
    const again = await serving.decide(supervisorAuth, chance.pick<DecisionRequest>([request, { entryId, decision: 'accept' }]));
    if (again.ok) run.broke(`${entryId} was decided on twice`);
    run.faults.fired(request.decision === 'decline' ? 'waiting entry declined' : request.hamletId === undefined ? 'waiting entry accepted' : 'waiting entry moved');
  });
}
