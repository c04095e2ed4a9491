/** What the domain's tests stand on: one valid record of every kind, ids one can read, and records held in a plain map. */
import type { FeedbackEvent } from './feedback.ts';
import { parentIdOf } from './record.ts';
import type { AnyRecord, FieldsOf, RecordKind, RecordState, Records } from './record.ts';
import type { Assignment, MemberScope } from './role.ts';
import type { CommandContext } from './command.ts';
import type { ApplyContext, FieldSetting } from './change.ts';

/** A UUIDv7 (v4: `randomIdOf`) that shows its number. */
export const idOf = (n: number): string => `0193a5e0-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const randomIdOf = (n: number): string => `5f0c2d1e-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const commune = '01789';
export const hamlet = '01789-003';
export const otherHamlet = '01789-004';
export const otherCommune = '01792';
export const householdId = idOf(1);
export const personId = idOf(2);
export const feedbackId = idOf(3);
export const unitId = idOf(4);
export const otherUnitId = idOf(5);
export const authorId = idOf(6);
export const colleagueId = idOf(7);
export const deviceId = idOf(8);
export const otherDeviceId = idOf(9);

/** Fields that hold, of every kind. */
export const validFields: FieldsOf = {
  area: { code: hamlet, level: 'hamlet', kind: 'xom', name: 'Ngọc Sơn', parent: commune },
  unit: { kind: 'office', name: 'UBND xã Quang Hán' },
  member: { name: 'Nông Thị Lan', role: 'bloc_officer' },
  household: { no: 12, headName: 'Nông Văn Sơn', houseLabel: 'cạnh nhà văn hóa', phone: '0912345678', contact: 'yes' },
  visit: { householdId, date: '2026-11-21', purpose: 'regular', met: 'yes' },
  prestigious_person: { fullName: 'Lý Văn Páo', birthYear: 1960 },
  prestigious_contact: { personId, date: '2026-11-21', purpose: 'regular', met: 'yes' },
  benefit: { personId, kind: 'tet_visit', date: '2026-02-10' },
  feedback: {
    kind: 'phan_anh', receivedOn: '2026-11-21', receiptCode: '7K3F-2M9Q-H', channel: 'visit', topic: 'road', text: 'Cầu treo đầu xóm bị hỏng ván',
    anonymity: 'named', citizenName: 'Lý Thị Mẩy',
  },
  feedback_event: { type: 'triage', feedbackId, step: 0, on: '2026-11-22' },
  consent: { householdId, purpose: 'visits', decision: 'given', way: 'spoken', wording: 1, on: '2026-11-21' },
  subject_request: { subjectId: householdId, subjectKind: 'household', kind: 'access', receivedOn: '2026-11-21', way: 'at_door' },
  visit_return: { visitId: idOf(10), field: 'outcome', comment: 'Hẹn ngày nào, ai đi?', on: '2026-11-22' },
  prestigious_term: { personId, termFrom: 2023, termTo: 2027, state: 'proposed' },
  mobilization_model: { title: 'Thắp sáng đường quê', field: 'new_rural', ownerKind: 'collective', state: 'registered' },
  attachment: { parentId: idOf(10), sha256: 'a'.repeat(64), type: 'image/webp', bytes: 90_000, width: 1280, height: 960, on: '2026-11-21', hasFace: false },
  handbook_page: { slug: 'ghi-luot-tham', title: 'Ghi lượt thăm', body: '# Ghi lượt thăm' },
  document: { number: '49-CT/TW', date: '2015-10-20', issuer: 'Ban Bí thư', title: 'Về tăng cường công tác dân vận', kind: 'directive' },
  reading_receipt: { subjectId: idOf(11), hamletId: hamlet, readVersion: 1, on: '2026-11-22' },
};

export function recordOf<K extends RecordKind>(
  kind: K,
  recordId: string,
  fields: Partial<FieldsOf[K]> = {},
  rest: Partial<Omit<RecordState<K>, 'kind' | 'recordId' | 'fields'>> = {},
): RecordState<K> {
  return {
    recordId,
    kind,
    areaId: hamlet,
    version: 1,
    deleted: false,
    fields: { ...validFields[kind], ...fields },
    conflicts: [],
    memberId: authorId,
    occurredAt: '2026-11-21T14:10:00+07:00',
    ...rest,
  };
}

/** Records in a map, as rules look at them. */
export function recordsOf(...records: readonly RecordState[]): Records {
  const byId = new Map(records.map((record) => [record.recordId, record as unknown as AnyRecord]));
  return {
    find: (recordId) => byId.get(recordId),
    eventsOf: (parentId) =>
      [...byId.values()].filter(
        (record): record is RecordState<'feedback_event'> & AnyRecord =>
          record.kind === 'feedback_event' && parentIdOf('feedback_event', record.fields) === parentId,
      ),
  };
}

export const eventOf = (n: number, fields: FeedbackEvent): RecordState<'feedback_event'> => ({ ...recordOf('feedback_event', idOf(n)), fields });

export const memberWith = (...assignments: readonly Assignment[]): MemberScope => ({ memberId: authorId, communeCode: commune, assignments });

/** Saturday 21 November 2026, 14:10 in Vietnam. */
export const now = Date.parse('2026-11-21T14:10:00+07:00');

/** A context whose ids count up from 100 and whose chance is the same at each call. */
export function commandContext(overrides: Partial<CommandContext> = {}): CommandContext {
  let next = 100;
  return {
    now,
    newId: () => idOf(next++),
    newRandomId: () => randomIdOf(next++),
    random: (length) => Uint8Array.from({ length }, (_, index) => index + 1),
    memberId: authorId,
    ...overrides,
  };
}

/** As the endpoint applies: every version is one more. */
export function endpointContext(settingsSince: readonly FieldSetting[] = [], records: Records = recordsOf()): ApplyContext {
  return {
    entry: { deviceId, memberId: authorId, occurredAt: '2026-11-21T14:10:00+07:00' },
    records,
    settingsSince,
    endpoint: { nextVersion: (version) => version + 1, receivedAt: '2026-11-21T15:00:00+07:00' },
  };
}
