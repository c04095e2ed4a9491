/** The real endpoint on a database in memory, with a small commune, behind a network that loses, doubles and delays. */
import type { Change } from '#domain/change.ts';
import { instantOf, provinceAreaId } from '#domain/identifiers.ts';
import { err, ok } from '#domain/result.ts';
import type { Assignment } from '#domain/role.ts';
import type { Transport } from '#sync/engine.ts';
import { createNewId } from '#sync/new-id.ts';
import { syncRequestSchema } from '#sync/protocol.ts';
import type { SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import { migrate } from '#server/database/migrations.ts';
import type { Database } from '#server/database/schema.ts';
import { openSqlite } from '#server/database/sqlite.ts';
import { createEndpoint } from '#server/endpoint.ts';
import type { Endpoint, EndpointDeps } from '#server/endpoint.ts';
import type { Chance } from './chance.ts';
import { plainOpener } from './stand-ins.ts';
import type { Timeline } from './timeline.ts';

export const commune = '01789';
export const hamlet = '01789-003';
export const office = '018f0000-0000-7000-8000-000000000001';

export interface Weather {
  /** Nothing goes wrong any more. */
  isCalm: boolean;
}

export interface SimulatedEndpoint {
  readonly db: Database;
  endpoint(): Endpoint;
  transportOf(authorization: () => string, name: string): Transport;
  close(): Promise<void>;
}

export interface EndpointArgs {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly trace: (line: string) => void;
  /** To show that a broken endpoint is found out. */
  readonly sabotage?: ((request: SyncRequest) => SyncRequest) | undefined;
}

export async function createSimulatedEndpoint({ timeline, chance, weather, trace, sabotage }: EndpointArgs): Promise<SimulatedEndpoint> {
  const db = openSqlite(':memory:');
  await migrate(db);
  const newId = createNewId(() => timeline.now(), chance.bytes);
  const deps: EndpointDeps = { db, clock: timeline, random: chance.bytes, newId, opener: plainOpener };
  let endpoint: Endpoint | undefined = await createEndpoint(deps);
  await endpoint.applyOwnEntries(commune, [
    { entryId: newId(), memberId: endpoint.identity().endpointId, occurredAt: instantOf(timeline.now()), changes: firstRecords(newId) },
  ]);

  /** The process ends after its commit, before its answer; another takes its place a little later. */
  function crash(): void {
    trace('endpoint crashes');
    endpoint = undefined;
    timeline.setTimeout(() => {
      void createEndpoint(deps).then((started) => (endpoint = started));
    }, 500 + chance.int(20_000));
  }

  async function arrive(authorization: string, sent: SyncRequest): Promise<SyncAnswer | undefined> {
    const serving = endpoint;
    if (serving === undefined) return undefined;
    // Over the wire it is text, read by the schema.
    const request = syncRequestSchema.parse(JSON.parse(JSON.stringify(sabotage === undefined ? sent : sabotage(sent))));
    const auth = await serving.authenticate(authorization);
    if (!auth.ok) throw new Error(`not authenticated: ${auth.error.code}`);
    return JSON.parse(JSON.stringify(await serving.sync(auth.value, request))) as SyncAnswer;
  }

  return {
    db,
    endpoint() {
      if (endpoint === undefined) throw new Error('the endpoint is down');
      return endpoint;
    },
    transportOf: (authorization, name) => ({
      async sync(request) {
        const rough = (probability: number) => !weather.isCalm && chance.happens(probability);
        const carried = `${name} sends ${request.entries.map((entry) => entry.deviceSeq).join(',') || 'nothing'}`;
        await timeline.sleep(50 + chance.int(rough(0.2) ? 30_000 : 500));
        if (rough(0.12)) {
          trace(`${carried}: lost on the way`);
          return err({ code: 'unreachable' });
        }
        if (rough(0.03)) return err({ code: 'endpoint_error', status: 503, retryAfterMs: 5_000 });
        if (rough(0.02)) return err({ code: 'not_our_endpoint' });
        if (rough(0.06)) {
          trace(`${carried}: doubled`);
          void timeline.sleep(chance.int(60_000)).then(async () => await arrive(authorization(), request));
        }
        const answer = await arrive(authorization(), request);
        if (answer === undefined) return err({ code: 'unreachable' });
        if (rough(0.03)) {
          crash();
          return err({ code: 'timeout' });
        }
        if (rough(0.12)) {
          trace(`${carried}: the answer is lost`);
          return err({ code: 'timeout' });
        }
        await timeline.sleep(50 + chance.int(rough(0.2) ? 30_000 : 500));
        trace(`${carried}: ${answer.entries.map((entry) => entry.outcome).join(',')}`);
        return ok(answer);
      },
    }),
    close: () => db.destroy(),
  };
}

function firstRecords(newId: () => string): Change[] {
  const change = (kind: Change['kind'], areaId: string, recordId: string, set: Record<string, unknown>): Change => ({
    recordId, kind, areaId, base: 0, set,
  });
  const area = (code: string, set: Record<string, unknown>) => change('area', code, code, { code, ...set });
  return [
    area(commune, { level: 'commune', kind: 'xa', name: 'Quang Hán', parent: provinceAreaId('04') }),
    area(hamlet, { level: 'hamlet', kind: 'xom', name: 'Ngọc Sơn', parent: commune }),
    change('unit', commune, office, { kind: 'office', name: 'UBND xã Quang Hán' }),
    ...Array.from({ length: 6 }, (_, index) =>
      change('household', hamlet, newId(), { no: index + 1, headName: `Nông Văn ${index + 1} (mẫu)`, houseLabel: `nhà ${index + 1}`, contact: 'yes' }),
    ),
  ];
}

export const crew: readonly { readonly name: string; readonly assignment: Assignment }[] = [
  { name: 'Lan', assignment: { role: 'team_member', hamletId: hamlet } },
  { name: 'Mai', assignment: { role: 'team_lead', hamletId: hamlet } },
  { name: 'Hoa', assignment: { role: 'bloc_officer' } },
];
