/** An endpoint on a database in memory with a small commune, and phones that seal for real: what the endpoint's tests stand on. */
import { randomBytes } from 'node:crypto';
import { currentSchema } from '#domain/change.ts';
import type { Change, Entry } from '#domain/change.ts';
import { instantOf } from '#domain/identifiers.ts';
import type { RecordKind } from '#domain/record.ts';
import type { Assignment } from '#domain/role.ts';
import { createDeviceKeys, importDeviceKey, openSealingSession, sealEntry, signChallenge } from '#sync/entry.ts';
import type { SealedEntry } from '#sync/entry.ts';
import { createNewId, createNewRandomId } from '#sync/new-id.ts';
import type { EnrolmentRequest, RenewalRequest, Row, SyncAnswer, SyncRequest, Verdict } from '#sync/protocol.ts';
import { createApp } from './app.ts';
import { migrate } from './database/migrations.ts';
import type { Database, EndpointSchema } from './database/schema.ts';
import { openSqlite } from './database/sqlite.ts';
import { createEndpoint } from './endpoint.ts';
import type { Endpoint, EndpointDeps } from './endpoint.ts';

export const commune = '01789';
export const north = '01789-001';
export const south = '01789-002';
export const office = '018f0000-0000-7000-8000-000000000001';

export const random = (length: number) => new Uint8Array(randomBytes(length));

/** Set `at` to let time pass. */
export function createTestClock(at = Date.parse('2026-11-22T08:00:00+07:00')) {
  const clock = { at, now: () => clock.at };
  return clock;
}

export interface TestEndpoint {
  readonly endpoint: Endpoint;
  readonly db: Database;
  readonly clock: ReturnType<typeof createTestClock>;
  readonly newId: () => string;
  readonly app: ReturnType<typeof createApp>;
  readonly logged: string[];
  /** Another start on the same database, with what is told otherwise. */
  restarted(over?: Lists): Promise<TestEndpoint>;
}

/** What stands outside the database. */
type Lists = Pick<EndpointDeps, 'revocations' | 'roleChanges' | 'devices' | 'cancelledInvitations' | 'erasures' | 'lastTold' | 'schema'>;

/** `path`: a database file, where a test looks at what lies on the disk. */
export async function createTestEndpoint(lists: Lists = {}, path = ':memory:'): Promise<TestEndpoint> {
  const clock = createTestClock();
  const db = openSqlite(path);
  await migrate(db);
  const started = await start(db, clock, lists);
  const { endpoint, newId } = started;
  const area = (recordId: string, fields: object) => change('area', recordId, recordId, { code: recordId, ...fields });
  const verdicts = await endpoint.applyOwnEntries(commune, [
    ownDraft(started, [
      area(commune, { level: 'commune', kind: 'xa', name: 'Quang Hán', parent: '99904' }),
      area(north, { level: 'hamlet', kind: 'xom', name: 'Ngọc Sơn', parent: commune }),
      area(south, { level: 'hamlet', kind: 'xom', name: 'Bản Niếng', parent: commune }),
      change('unit', commune, office, { kind: 'office', name: 'UBND xã Quang Hán' }),
    ]),
  ]);
  if (verdicts.some((verdict) => verdict.verdict !== 'applied')) throw new Error(`no commune: ${JSON.stringify(verdicts)} ${newId()}`);
  return started;
}

async function start(db: Database, clock: ReturnType<typeof createTestClock>, lists: Lists): Promise<TestEndpoint> {
  const newId = createNewId(clock.now, random);
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  const endpoint = await createEndpoint({ db, clock, random, newId, ...lists, log });
  const app = createApp({ endpoint, clock, log });
  return { endpoint, db, clock, newId, app, logged, restarted: (over = {}) => start(db, clock, { ...lists, ...over }) };
}

export function ownDraft({ endpoint, clock, newId }: TestEndpoint, changes: Change[]) {
  return { entryId: newId(), memberId: endpoint.identity().endpointId, occurredAt: instantOf(clock.now()), changes };
}

/** A change that creates, or with `base` corrects, a record. */
export function change(kind: RecordKind, areaId: string, recordId: string, set: object, base = 0): Change {
  return { recordId, kind, areaId, base, set: { ...set } };
}

export const roles = {
  member: { role: 'team_member', hamletId: north },
  lead: { role: 'team_lead', hamletId: north },
  southLead: { role: 'team_lead', hamletId: south },
  officer: { role: 'bloc_officer' },
  blocLead: { role: 'bloc_lead' },
  responder: { role: 'responder', unitId: office },
  admin: { role: 'commune_admin' },
  dpo: { role: 'dpo' },
} as const satisfies Record<string, Assignment>;

export type TestPhone = Awaited<ReturnType<typeof enrolPhone>>;
export type Identity = Awaited<ReturnType<typeof newIdentity>>;

/** Keys of a device, its sealing session, and what it shows of them to be let in. */
export async function newIdentity({ endpoint, newId }: TestEndpoint, communeCode: string = commune) {
  const keys = await createDeviceKeys();
  const deviceKey = await importDeviceKey(keys.privateKey);
  const deviceId = newId();
  const session = await openSealingSession({ endpoint: endpoint.identity(), communeCode, deviceId, deviceKey });
  const { sessionId, entryKey } = session;
  const seal = async (entry: unknown, deviceSeq: number, kind: 'entry' | 'probe' = 'entry'): Promise<SealedEntry> => {
    const sealed = await sealEntry({ entryKey, sessionId, deviceId, deviceSeq, entry, kind });
    if (!sealed.ok) throw new Error('too large');
    return sealed.value;
  };
  const probe = await seal({ probe: true }, 1, 'probe');
  return { deviceId, deviceKey, session, seal, proof: { deviceId, devicePublicKey: keys.publicKey, header: session.header, probe } };
}

/** A phone that makes its keys, enrols over the endpoint's methods and keeps what it pulls, a map a channel. */
export async function enrolPhone(test: TestEndpoint, assignment: Assignment, { memberId: known, communeCode = commune }: { memberId?: string; communeCode?: string } = {}) {
  const { endpoint } = test;
  const name = `${assignment.role} (mẫu)`;
  const { invitation, memberId } = await endpoint.createInvitation({ communeCode, name, assignments: [assignment], memberId: known });
  const identity = await newIdentity(test, communeCode);
  const request = { invitation, ...identity.proof };
  const enrolled = await endpoint.enrol(request);
  if (!enrolled.ok) throw new Error(`not enrolled: ${enrolled.error.code}`);
  return phoneAs(test, identity, { ...enrolled.value, memberId, invitation, request });
}

/** The token of a session that an unlocked phone opens by itself. */
export async function openSession({ endpoint }: Pick<TestEndpoint, 'endpoint'>, phone: Pick<TestPhone, 'deviceId' | 'deviceKey'>): Promise<string> {
  const { challenge } = await endpoint.challenge(commune, phone.deviceId);
  const opened = await endpoint.openSession(challenge, await signChallenge(phone.deviceKey, challenge));
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value.sessionToken;
}

/** As an unlocked phone asks to become `identity`: with a fresh challenge of the device that it was. */
export async function renewalRequest(test: TestEndpoint, phone: Pick<TestPhone, 'deviceId' | 'deviceKey'>, identity: Identity): Promise<RenewalRequest> {
  const { challenge } = await test.endpoint.challenge(commune, phone.deviceId);
  return { challenge, signature: await signChallenge(phone.deviceKey, challenge), ...identity.proof };
}

/** The same phone under its new identity: what it pulled stays. */
export async function renewPhone(test: TestEndpoint, phone: TestPhone, identity?: Identity): Promise<TestPhone> {
  const next = identity ?? (await newIdentity(test));
  const renewed = await test.endpoint.renew(await renewalRequest(test, phone, next));
  if (!renewed.ok) throw new Error(`not renewed: ${renewed.error.code}`);
  const { memberId, invitation, enrolmentRequest: request } = phone;
  const now = phoneAs(test, next, { ...renewed.value, memberId, invitation, request });
  for (const [channelId, channel] of phone.channels) now.channels.set(channelId, { ...channel, rows: new Map(channel.rows) });
  return now;
}

interface Admitted {
  readonly memberId: string;
  readonly invitation: string;
  readonly request: EnrolmentRequest;
  readonly sessionToken: string;
  readonly deliveryToken: string;
}

function phoneAs({ endpoint, clock, newId }: TestEndpoint, { deviceId, deviceKey, session, seal }: Identity, admitted: Admitted) {
  const { memberId, invitation, request, sessionToken, deliveryToken } = admitted;
  const channels = new Map<string, { cursor: number; upTo?: number | undefined; rows: Map<string, Row>; digest: string | undefined }>();
  let nextSeq = 1;
  const outbox: SealedEntry[] = [];

  const phone = {
    memberId,
    deviceId,
    deviceKey,
    invitation,
    enrolmentRequest: request,
    sessionToken,
    deliveryToken,
    header: session.header,
    session,
    channels,
    outbox,
    seal,
    /** An entry as this phone would write it. */
    entry(changes: Change[], over: Partial<Entry> = {}): Entry {
      return {
        entryId: newId(),
        deviceId,
        deviceSeq: over.deviceSeq ?? nextSeq++,
        memberId,
        schema: currentSchema,
        occurredAt: instantOf(clock.now()),
        after: [],
        changes,
        ...over,
      };
    },
    /** Seals what `entry` made into the outbox. */
    async save(changes: Change[], over: Partial<Entry> = {}): Promise<Entry> {
      const entry = phone.entry(changes, over);
      outbox.push(await seal(entry, entry.deviceSeq));
      return entry;
    },
    async request(authorization: string | undefined, body: SyncRequest): Promise<SyncAnswer> {
      const auth = await endpoint.authenticate(authorization);
      if (!auth.ok) throw new Error(auth.error.code);
      return await endpoint.sync(auth.value, body);
    },
    pushBody(entries: readonly SealedEntry[] = outbox): SyncRequest {
      return { protocol: 1, sessions: entries.length === 0 ? [] : [session.header], entries: [...entries] };
    },
    pullBody(epoch = 1, lost: string[] = []): NonNullable<SyncRequest['pull']> {
      const positions = [...channels].map(([id, { cursor, upTo }]) => [id, upTo === undefined ? { cursor } : { cursor, upTo }] as const);
      return { epoch, schema: currentSchema, channels: Object.fromEntries(positions), unsent: 0, ...(lost.length === 0 ? {} : { lost }) };
    },
    /** Sends the outbox and pulls until nothing is left; gives the answers. */
    async sync(lost: string[] = []): Promise<SyncAnswer[]> {
      const answers: SyncAnswer[] = [];
      for (let more = true; more; ) {
        const answer = await phone.request(`Bearer ${phone.sessionToken}`, { ...phone.pushBody(), pull: phone.pullBody(1, lost) });
        outbox.length = 0;
        answers.push(answer);
        more = fold(answer);
      }
      return answers;
    },
    /** Starts all over, as after a wipe. */
    forget(): void {
      channels.clear();
    },
    rows(channelId: string): Map<string, Row> {
      return channels.get(channelId)?.rows ?? new Map();
    },
    /** Everything it can see, by record. */
    seen(): Map<string, Row> {
      return new Map([...channels].filter(([id]) => !id.startsWith('device/')).flatMap(([, channel]) => [...channel.rows]));
    },
    verdict(entryId: string): Verdict | undefined {
      const row = channels.get(`device/${deviceId}`)?.rows.get(entryId);
      return row !== undefined && 'verdict' in row ? row.verdict : undefined;
    },
  };

  function fold(answer: SyncAnswer): boolean {
    if (answer.pull === undefined) return false;
    if ('restart' in answer.pull) throw new Error(`restart ${answer.pull.restart}`);
    let more = false;
    for (const page of answer.pull.pages) {
      const channel = channels.get(page.channelId) ?? { cursor: 0, rows: new Map<string, Row>(), digest: undefined };
      for (const row of page.rows) {
        if ('gone' in row) channel.rows.delete(row.recordId);
        else channel.rows.set(row.recordId, row);
      }
      channels.set(page.channelId, { cursor: page.cursor, upTo: page.upTo, rows: channel.rows, digest: page.digest });
      more ||= page.more;
    }
    for (const id of answer.pull.left) channels.delete(id);
    return more;
  }
  return phone;
}

export const household = (no: number, over: object = {}) => ({
  no,
  headName: `Nông Văn ${no} (mẫu)`,
  houseLabel: `nhà ${no}`,
  contact: 'yes',
  ...over,
});

export const visit = (householdId: string, over: object = {}) => ({
  householdId,
  date: '2026-11-22',
  purpose: 'regular',
  met: 'yes',
  ...over,
});

export const namedFeedback = (over: object = {}) => ({
  kind: 'phan_anh',
  receivedOn: '2026-11-22',
  receiptCode: '7K3F-2M9Q-H',
  channel: 'visit',
  topic: 'road',
  text: 'Đường vào xóm hỏng, xin sửa trước Tết.',
  anonymity: 'named',
  citizenName: 'Lý Thị Mẩy (mẫu)',
  citizenPhone: '0912345678',
  ...over,
});

export const newRandomId = createNewRandomId(random);

/** Every text in every table, to look for what must not be there. */
export async function dumpDatabase(db: Database): Promise<string> {
  const tables: (keyof EndpointSchema)[] = [
    'meta', 'record', 'record_history', 'channel_counter', 'channel_row', 'entry', 'waiting_entry', 'waiting_after', 'member', 'assignment',
    'device', 'session', 'challenge', 'invitation', 'erasure', 'audit', 'rejected_record', 'device_channel', 'erasure_device', 'retention_run',
  ];
  const parts: string[] = [];
  for (const table of tables) parts.push(JSON.stringify(await db.selectFrom(table).selectAll().execute()));
  return parts.join('\n');
}
