/** A small commune on a real endpoint in memory, the same at every start but for the keys: what mutated requests are sent to. */
import { currentSchema } from '#domain/change.ts';
import type { Change, Entry } from '#domain/change.ts';
import { instantOf } from '#domain/identifiers.ts';
import type { RecordKind } from '#domain/record.ts';
import type { Assignment } from '#domain/role.ts';
import { createNewId } from '#sync/new-id.ts';
import type { SealedEntry, SealingSessionHeader } from '#sync/entry.ts';
import { migrate } from '#server/database/migrations.ts';
import type { Database } from '#server/database/schema.ts';
import { openSqlite } from '#server/database/sqlite.ts';
import { createEndpoint } from '#server/endpoint.ts';
import type { Endpoint, EndpointDeps } from '#server/endpoint.ts';
import type { Chance } from '#simulation/chance.ts';
import { watchState } from './state-watch.ts';
import type { StateWatch } from './state-watch.ts';

export const communeCode = '01789';
export const hamlet = '01789-001';
export const otherHamlet = '01789-002';
export const unitId = '018f0000-0000-7000-8000-000000000001';
export const now = Date.parse('2026-11-22T08:00:00+07:00');

export const crew: readonly { readonly name: string; readonly assignment: Assignment }[] = [
  { name: 'lead', assignment: { role: 'team_lead', hamletId: hamlet } },
  { name: 'officer', assignment: { role: 'bloc_officer' } },
  { name: 'blocLead', assignment: { role: 'bloc_lead' } },
  { name: 'responder', assignment: { role: 'responder', unitId } },
  { name: 'administrator', assignment: { role: 'commune_admin' } },
  { name: 'protectionOfficer', assignment: { role: 'dpo' } },
];

export interface Phone {
  readonly name: string;
  readonly communeCode: string;
  readonly deviceId: string;
  readonly memberId: string;
  readonly sessionToken: string;
  readonly deliveryToken: string;
  readonly sessionId: string;
  readonly header: SealingSessionHeader;
  seal(entry: unknown, deviceSeq: number): Promise<SealedEntry>;
  sign(challenge: string): Promise<string>;
}

/** How a phone seals: for real, or by a stand-in. */
export type Sealing = (endpoint: Endpoint, deviceId: string) => Promise<{
  readonly devicePublicKey: string;
  readonly sessionId: string;
  readonly header: SealingSessionHeader;
  seal(value: unknown, deviceSeq: number, kind: 'entry' | 'probe'): Promise<SealedEntry>;
  sign(challenge: string): Promise<string>;
}>;

export interface Commune {
  readonly endpoint: Endpoint;
  readonly db: Database;
  readonly watch: StateWatch;
  readonly phones: readonly Phone[];
  /** Records that are there, by kind. */
  readonly records: ReadonlyMap<RecordKind, string>;
  /** Lines that tell of a fault in our own code. */
  readonly faults: string[];
  readonly newId: () => string;
  invite(): Promise<string>;
  close(): Promise<void>;
}

export async function createCommune(sealing: Sealing, chance: Chance, more: Pick<EndpointDeps, 'opener'> = {}): Promise<Commune> {
  const db = openSqlite(':memory:');
  await migrate(db);
  const faults: string[] = [];
  const log = (line: string) => {
    if (/^(fault|error) /u.test(line)) faults.push(line);
  };
  const newId = createNewId(() => now, chance.bytes);
  const endpoint = await createEndpoint({ db, clock: { now: () => now }, random: chance.bytes, newId, log, ...more });
  const records = new Map<RecordKind, string>();
  const create = (kind: RecordKind, areaId: string, set: Record<string, unknown>, recordId = newId()): Change => {
    records.set(kind, recordId);
    return { recordId, kind, areaId, base: 0, set };
  };
  const area = (code: string, set: Record<string, unknown>) => create('area', code, { code, ...set }, code);
  const own = (changes: readonly Change[]) => ({ entryId: newId(), memberId: endpoint.identity().endpointId, occurredAt: instantOf(now), changes: [...changes] });
  const household = create('household', hamlet, { no: 1, headName: 'Nông Văn Sơn (mẫu)', houseLabel: 'đầu cầu treo', contact: 'yes', phone: '0900000001', members: 4 });
  const person = create('prestigious_person', hamlet, { fullName: 'Bế Văn Lâm (mẫu)', birthYear: 1950, sex: 'm' });
  const verdicts = await endpoint.applyOwnEntries(communeCode, [
    own([
      area(communeCode, { level: 'commune', kind: 'xa', name: 'Quang Hán', parent: '99904' }),
      area(otherHamlet, { level: 'hamlet', kind: 'xom', name: 'Bản Niếng', parent: communeCode }),
      area(hamlet, { level: 'hamlet', kind: 'xom', name: 'Ngọc Sơn', parent: communeCode }),
      create('unit', communeCode, { kind: 'office', name: 'UBND xã Quang Hán' }, unitId),
    ]),
    own([household, person]),
    own([
      create('visit', hamlet, { householdId: household.recordId, date: '2026-11-20', purpose: 'regular', met: 'yes' }),
      create('prestigious_contact', hamlet, { personId: person.recordId, date: '2026-11-20', purpose: 'regular', met: 'yes' }),
      create('feedback', hamlet, {
        kind: 'phan_anh', receivedOn: '2026-11-20', receiptCode: '7K3F-2M9Q-H', channel: 'visit', topic: 'road', text: 'Đường vào xóm hỏng, xin sửa trước Tết.',
        anonymity: 'named', citizenName: 'Lý Thị Mẩy (mẫu)', householdId: household.recordId,
      }),
    ]),
  ]);
  const refused = verdicts.find(({ verdict }) => verdict !== 'applied');
  if (refused !== undefined) throw new Error(`no commune: ${JSON.stringify(refused)}`);
  const phones: Phone[] = [];
  for (const { name, assignment } of crew) phones.push(await enrolPhone({ endpoint, newId, sealing }, name, assignment));
  const watch = await watchState(db);
  return {
    endpoint, db, watch, phones, records, faults, newId,
    invite: async () => (await endpoint.createInvitation({ communeCode, name: 'mới (mẫu)', assignments: [{ role: 'team_member', hamletId: hamlet }] })).invitation,
    close: () => db.destroy(),
  };
}

interface Enrolling {
  readonly endpoint: Endpoint;
  readonly newId: () => string;
  readonly sealing: Sealing;
}

async function enrolPhone({ endpoint, newId, sealing }: Enrolling, name: string, assignment: Assignment): Promise<Phone> {
  const { invitation, memberId } = await endpoint.createInvitation({ communeCode, name: `${name} (mẫu)`, assignments: [assignment] });
  const deviceId = newId();
  const keys = await sealing(endpoint, deviceId);
  const probe = await keys.seal({ probe: true }, 1, 'probe');
  const enrolled = await endpoint.enrol({ invitation, deviceId, devicePublicKey: keys.devicePublicKey, header: keys.header, probe });
  if (!enrolled.ok) throw new Error(`not enrolled: ${enrolled.error.code}`);
  const { sessionToken, deliveryToken } = enrolled.value;
  const { sessionId, header, sign } = keys;
  return { name, communeCode, deviceId, memberId, sessionToken, deliveryToken, sessionId, header, sign, seal: (entry, deviceSeq) => keys.seal(entry, deviceSeq, 'entry') };
}

/** Entries as phones write them, each of another kind: what mutated ones are made of. */
export function sampleEntries({ records, newId }: Pick<Commune, 'records' | 'newId'>, { deviceId, memberId }: Pick<Phone, 'deviceId' | 'memberId'>): Entry[] {
  const at = (kind: RecordKind) => records.get(kind) ?? '';
  const create = (kind: RecordKind, set: Record<string, unknown>, recordId = newId()): Change => ({ recordId, kind, areaId: hamlet, base: 0, set });
  const correct = (kind: RecordKind, set: Record<string, unknown>, base = 1): Change => ({ recordId: at(kind), kind, areaId: hamlet, base, set });
  const entry = (changes: Change[], after: string[] = []): Entry => ({
    entryId: newId(), deviceId, deviceSeq: 1, memberId, schema: currentSchema, occurredAt: instantOf(now), after, changes,
  });
  const said = { receivedOn: '2026-11-22', receiptCode: '7K3F-2M9Q-H', channel: 'visit', topic: 'water', text: 'Mó nước đầu xóm cạn, xin xã cho người xem.' };
  return [
    entry([
      create('visit', { householdId: at('household'), date: '2026-11-22', purpose: 'policy_info', met: 'yes', companions: ['women', 'health'], topics: ['insurance'], outcome: 'Hẹn báo Trạm Y tế xã', durationMin: 20 }),
      correct('household', { phone: '0912345678', members: 5 }),
    ]),
    entry([create('household', { no: 2, headName: 'Lý Thị Mẩy (mẫu)', houseLabel: 'cạnh nhà văn hóa', contact: 'yes', needs: ['poor'], sourceListId: newId(), lang: 'dao' })]),
    entry([correct('household', { houseLabel: 'trên dốc', members: null })]),
    entry([create('feedback', { kind: 'phan_anh', ...said, anonymity: 'named', citizenName: 'Lý Thị Mẩy (mẫu)', citizenPhone: '0912345678', householdId: at('household'), nameToResponder: true })]),
    entry([create('feedback', { kind: 'kien_nghi', ...said, channel: 'meeting', anonymity: 'name_withheld' })]),
    entry([create('feedback_event', { feedbackId: at('feedback'), type: 'triage', step: 0, on: '2026-11-22', urgency: 'normal' })]),
    entry([create('feedback_event', { feedbackId: at('feedback'), type: 'assign', step: 1, on: '2026-11-22', unitId, dueOn: '2026-12-07' })], [newId()]),
    entry([create('prestigious_contact', { personId: at('prestigious_person'), date: '2026-11-22', purpose: 'regular', met: 'yes', outcome: 'Bàn ngày dọn đường' })]),
    entry([create('prestigious_person', { fullName: 'Hoàng Văn Khôi (mẫu)', birthYear: 1961, sex: 'm', phone: '0900090001', languages: ['tay', 'vi'] })]),
    entry([create('benefit', { personId: at('prestigious_person'), kind: 'newspaper', date: '2026-10-01', level: 'province' })]),
    entry([{ recordId: at('visit'), kind: 'visit', areaId: hamlet, base: 1, delete: true }]),
    entry([correct('area', { signal: 'weak' })]),
    entry([correct('unit', { name: 'Mặt trận xã' })]),
  ];
}
