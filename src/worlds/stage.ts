/** A real endpoint on a database in memory, on which worlds are played one after another, each in a commune of its own. */
import { currentSchema, schemaOf } from '#domain/change.ts';
import { instantOf } from '#domain/identifiers.ts';
import type { SyncAnswer } from '#sync/protocol.ts';
import { createNewId } from '#sync/new-id.ts';
import { createApp } from '#server/app.ts';
import { migrate } from '#server/database/migrations.ts';
import { createEndpoint } from '#server/endpoint.ts';
import { createChance, seedFor } from '#simulation/chance.ts';
import type { Chance } from '#simulation/chance.ts';
import { createHeader, keyOf, plainOpener, sealPlain } from '#simulation/stand-ins.ts';
import { openStageDatabase } from './stage-database.ts';
import { startedAt } from './make-plan.ts';
import type { Plan, Step } from './plan.ts';
import { provincialEntries } from './provinces.ts';
import type { Model, StoredRecord } from './reckoning.ts';

const hourMs = 3_600_000;
const stepMs = 1_000;

export type Stage = Awaited<ReturnType<typeof openStage>>;

export async function openStage() {
  const db = openStageDatabase();
  await migrate(db);
  let now = startedAt;
  let chance: Chance = createChance(1);
  let newId = createNewId(() => now, (length) => chance.bytes(length));
  const random = (length: number) => chance.bytes(length);
  const faults: string[] = [];
  const log = (line: string) => {
    if (/^(fault|error) /u.test(line)) faults.push(line);
  };
  const endpoint = await createEndpoint({ db, clock: { now: () => now }, random, newId: () => newId(), opener: plainOpener, log });
  for (const { communeCode, drafts } of provincialEntries(endpoint.identity().endpointId, instantOf(now))) await endpoint.applyOwnEntries(communeCode, drafts);
  // An hour passes between two requests for the rate limits alone.
  let limitTime = 0;
  const app = createApp({ endpoint, clock: { now: () => (limitTime += hourMs) }, log });
  return {
    db,
    endpoint,
    app,
    faults,
    /** Each step has its own time and its own chance: a step that is left out takes nothing from the others. */
    begin(seed: number, no: number) {
      now = startedAt + (no + 10) * stepMs;
      chance = createChance(seedFor(seed, `step ${no}`));
      newId = createNewId(() => now, random);
    },
    time: () => instantOf(now),
    close: () => db.destroy(),
  };
}

export interface Player {
  readonly memberId: string;
  readonly token: string;
  readonly deviceId: string;
  readonly header: ReturnType<typeof createHeader>;
  readonly claims: Parameters<typeof sealPlain>[1];
  /** As a phone keeps them. */
  channels: Record<string, { cursor: number; upTo?: number }>;
}

/** The commune, its people and their phones. */
export async function populate(stage: Stage, plan: Plan): Promise<Player[]> {
  const { endpoint } = stage;
  const { communeCode, hamlets, units } = plan;
  stage.begin(plan.seed, -10);
  const area = (code: string, fields: object) => ({ recordId: code, kind: 'area' as const, areaId: code, base: 0, set: { code, ...fields } });
  const own = (changes: Parameters<typeof endpoint.applyOwnEntries>[1][number]['changes'], no: number) => ({
    entryId: `018f0000-0000-7000-8000-${communeCode}00000${String(no).padStart(2, '0')}`, memberId: endpoint.identity().endpointId, occurredAt: stage.time(), changes,
  });
  const verdicts = await endpoint.applyOwnEntries(communeCode, [
    own([
      area(communeCode, { level: 'commune', kind: 'xa', name: 'Quang Hán', parent: '99904' }),
      ...hamlets.map((code) => area(code, { level: 'hamlet', kind: 'xom', name: `Xóm ${code}`, parent: communeCode })),
      ...units.map((recordId, no) => ({ recordId, kind: 'unit' as const, areaId: communeCode, base: 0, set: { kind: 'office', name: `Đơn vị ${no}` } })),
    ], 1),
  ]);
  if (verdicts.some(({ verdict }) => verdict !== 'applied')) throw new Error(`no commune: ${JSON.stringify(verdicts)}`);
  const players: Player[] = [];
  for (const [no, { name, deviceId, assignments }] of plan.members.entries()) {
    stage.begin(plan.seed, no - 9);
    const { invitation, memberId } = await endpoint.createInvitation({ communeCode, name, assignments });
    const { endpointId, keyId } = endpoint.identity();
    const claims = { endpointId, keyId, communeCode, deviceId, sessionId: `session-${no}`.padEnd(22, '0') };
    const header = createHeader(claims);
    const probe = sealPlain('probe', claims, 1, { probe: true });
    const enrolled = await endpoint.enrol({ invitation, deviceId, devicePublicKey: keyOf(deviceId), header, probe });
    if (!enrolled.ok) throw new Error(`not enrolled: ${enrolled.error.code}`);
    players.push({ memberId, token: enrolled.value.sessionToken, deviceId, header, claims, channels: {} });
  }
  return players;
}

/** What is answered, as text; for a step of the office, nothing. */
export async function take(stage: Stage, plan: Plan, players: readonly Player[], step: Step & { readonly no: number }): Promise<string> {
  stage.begin(plan.seed, step.no);
  const { endpoint } = stage;
  const { communeCode } = plan;
  const player = (no: number): Player => players[no] as Player;
  const ask = async (by: number, path: string, body: object) => await post(stage, path, player(by).token, body);
  switch (step.is) {
    case 'push': {
      const { deviceSeq, author, ...rest } = step.entry;
      const { claims, deviceId } = player(step.by);
      const entry = { ...rest, deviceId, deviceSeq, memberId: player(author).memberId, schema: schemaOf(rest.changes), occurredAt: occurredAt(stage, step.entry) };
      return await pull(stage, player(step.by), [sealPlain('entry', claims, deviceSeq, entry)]);
    }
    case 'pull':
      return await pull(stage, player(step.by), []);
    case 'history':
      return await ask(step.by, '/history', { recordId: step.recordId });
    case 'waiting':
      return await ask(step.by, '/waiting', {});
    case 'decide': {
      const { entryId, hamletId } = step;
      const decision = step.accepts ? { decision: 'accept', ...(hamletId === undefined ? {} : { hamletId }) } : { decision: 'decline', reason: 'Không đúng chỗ' };
      return await ask(step.by, '/waiting/decision', { entryId, ...decision });
    }
    case 'roles':
      // Refused where nobody would be left who administers the commune.
      return (await endpoint.changeAssignments(communeCode, player(step.of).memberId, step.assignments)).ok ? 'changed' : 'refused';
    case 'revoke':
      await endpoint.revokeDevice(communeCode, player(step.of).deviceId);
      return '';
    case 'office':
      await endpoint.applyOwnEntries(communeCode, [{ entryId: step.entryId, memberId: endpoint.identity().endpointId, occurredAt: stage.time(), changes: [...step.changes] }]);
      return '';
  }
}

/** Unnamed feedback is dated to the day. */
function occurredAt(stage: Stage, { entryId }: { readonly entryId: string }): string {
  return entryId[14] === '4' ? `${stage.time().slice(0, 10)}T00:00:00+07:00` : stage.time();
}

export async function pull(stage: Stage, player: Player, entries: object[], from: Player['channels'] = player.channels): Promise<string> {
  const body = { protocol: 1, sessions: entries.length === 0 ? [] : [player.header], entries, pull: { epoch: 1, schema: currentSchema, unsent: 0, channels: from } };
  const text = await post(stage, '/sync', player.token, body);
  const { pull: pulled } = JSON.parse(text.slice(4)) as Partial<SyncAnswer>;
  if (pulled !== undefined && 'pages' in pulled && from === player.channels) {
    player.channels = Object.fromEntries(pulled.pages.map(({ channelId, cursor, upTo }) => [channelId, { cursor, ...(upTo === undefined ? {} : { upTo }) }]));
  }
  return text;
}

export async function post(stage: Stage, path: string, token: string, body: object): Promise<string> {
  const response = await stage.app.request(path, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(body) });
  return `${response.status} ${await response.text()}`;
}

export async function modelOf({ db }: Stage, communeCode: string): Promise<Model> {
  const rows = await db.selectFrom('record').select(['recordId', 'kind', 'areaId', 'memberId', 'version', 'deleted', 'fields']).where('communeCode', '=', communeCode).execute();
  const states = await db.selectFrom('record_history').select(['recordId', 'version', 'memberId', 'value']).where('communeCode', '=', communeCode).where('field', '=', 'state').orderBy('version').execute();
  return new Map(
    rows.map(({ deleted, fields: written, ...row }): [string, StoredRecord] => {
      const fields = JSON.parse(written) as Record<string, unknown>;
      const stateSet = states.findLast(({ recordId, value }) => recordId === row.recordId && JSON.parse(value) === fields['state']);
      return [row.recordId, { ...row, deleted: deleted !== 0, fields, stateSet }];
    }),
  );
}
