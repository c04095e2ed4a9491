import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChange, changeSchema, checkEntry, entrySchema, isSameValue } from './change.ts';
import type { Change, FieldSetting, SetChange } from './change.ts';
import { withDetailsMarked, withoutDeclined } from './declining.ts';
import { letGoText } from './let-go.ts';
import type { AnyRecord, RecordKind } from './record.ts';
import { toRejection } from './rejection.ts';
import type { Rejection } from './rejection.ts';
import {
  authorId, colleagueId, commune, deviceId, endpointContext, feedbackId, hamlet, householdId, idOf, otherDeviceId, otherHamlet, personId, randomIdOf,
  recordOf, recordsOf, validFields,
} from './records.test-support.ts';

const household = recordOf('household', householdId, {}, { version: 3 }) as AnyRecord;
const setting = (field: string, value: unknown, version: number, device = otherDeviceId): FieldSetting => ({
  field, value, version, deviceId: device, memberId: device === deviceId ? authorId : colleagueId, occurredAt: '2026-11-20T08:00:00+07:00',
});
const change = (set: Record<string, unknown>, rest: Partial<SetChange> = {}): SetChange => ({
  recordId: householdId, kind: 'household', areaId: hamlet, base: 3, set, ...rest,
});
const deletion: Change = { recordId: householdId, kind: 'household', areaId: hamlet, base: 3, delete: true };
const refusal = (code: Rejection['code'], field?: string) => ({ ok: false, error: field === undefined ? { code } : { code, field } });

function applied(record: AnyRecord | undefined, made: Change, context = endpointContext()): AnyRecord {
  const result = applyChange(record, made, context);
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

describe('a new record', () => {
  const made: Change = { recordId: idOf(40), kind: 'visit', areaId: hamlet, base: 0, set: { ...validFields.visit } };

  test('at the endpoint has version 1, its author and its first arrival', () => {
    expect(applied(undefined, made)).toEqual({
      recordId: idOf(40), kind: 'visit', areaId: hamlet, version: 1, deleted: false, fields: validFields.visit, conflicts: [], memberId: authorId,
      occurredAt: '2026-11-21T14:10:00+07:00', receivedAt: '2026-11-21T15:00:00+07:00',
    });
  });

  test('on the phone has version 0: no endpoint has applied it', () => {
    const { endpoint: _endpoint, ...onPhone } = endpointContext();
    const record = applied(undefined, made, onPhone);
    expect(record.version).toBe(0);
    expect(record).not.toHaveProperty('receivedAt');
  });

  test('lies where its parent lies, whatever the phone knew', () => {
    const moved = recordOf('household', householdId, {}, { areaId: otherHamlet });
    expect(applied(undefined, made, endpointContext([], recordsOf(moved))).areaId).toBe(otherHamlet);
    expect(applied(undefined, made).areaId).toBe(hamlet);
  });

  test('that names a parent of another kind is refused', () => {
    const person = recordOf('prestigious_person', householdId);
    expect(applyChange(undefined, made, endpointContext([], recordsOf(person)))).toEqual(refusal('unknown_record', 'householdId'));
  });

  test('that claims to be a change of one that does not exist is refused', () => {
    expect(applyChange(undefined, { ...made, base: 1 }, endpointContext())).toEqual(refusal('unknown_record'));
    expect(applyChange(undefined, deletion, endpointContext())).toEqual(refusal('unknown_record'));
    expect(applyChange(undefined, { ...deletion, base: 0 }, endpointContext())).toEqual(refusal('unknown_record'));
  });

  test('with an unknown key is refused, the key named, and so is one that lacks what it needs', () => {
    expect(applyChange(undefined, { ...made, set: { ...made.set, religion: 'x' } }, endpointContext())).toEqual(refusal('unknown_field', 'religion'));
    expect(applyChange(undefined, { ...made, set: { ...made.set, met: null } }, endpointContext())).toEqual(refusal('required', 'met'));
  });
});

describe('a change', () => {
  test('sets what it names, clears with null and leaves the rest', () => {
    const record = applied(household, change({ phone: null, houseLabel: 'đầu cầu' }));
    const { phone: _phone, ...rest } = validFields.household;
    expect(record.fields).toEqual({ ...rest, houseLabel: 'đầu cầu' });
    expect(record.version).toBe(4);
    expect(record.memberId).toBe(authorId);
  });

  test('may not clear what is required, nor name a key the kind has not', () => {
    expect(applyChange(household, change({ houseLabel: null }), endpointContext())).toEqual(refusal('required', 'houseLabel'));
    expect(applyChange(household, change({ ethnicity: 'x' }), endpointContext())).toEqual(refusal('unknown_field', 'ethnicity'));
    expect(applyChange(household, change({ contact: 'no' }), endpointContext())).toEqual(refusal('declined', 'headName'));
  });

  test('may not clear or settle a key the kind has not either: its name would be kept', () => {
    expect(applyChange(household, change({ religion: null }), endpointContext())).toEqual(refusal('unknown_field', 'religion'));
    expect(applyChange(household, change({ phone: null }, { settles: ['religion'] }), endpointContext())).toEqual(refusal('unknown_field', 'religion'));
    expect(applied(household, change({}, { settles: ['phone', 'deleted'] })).version).toBe(4);
  });

  test('never changes a record into one of another kind', () => {
    expect(applyChange(household, { ...change({}), kind: 'visit' }, endpointContext())).toEqual(refusal('fixed', 'kind'));
  });

  test.each<[RecordKind, string, unknown]>([
    ['area', 'code', otherHamlet], ['area', 'level', 'commune'], ['unit', 'kind', 'team'], ['visit', 'householdId', idOf(60)],
    ['prestigious_contact', 'personId', idOf(60)], ['benefit', 'personId', idOf(60)], ['feedback', 'anonymity', 'name_withheld'],
    ['feedback', 'kind', 'kien_nghi'], ['feedback', 'receivedOn', '2026-11-20'], ['feedback', 'receiptCode', '0000-0001-1'],
    ['feedback_event', 'type', 'start'], ['feedback_event', 'on', '2026-11-23'], ['feedback_event', 'topic', 'water'],
  ])('of %s may not touch %s once it is set', (kind, field, value) => {
    const record = recordOf(kind, idOf(41)) as unknown as AnyRecord;
    const made: Change = { recordId: idOf(41), kind, areaId: hamlet, base: 1, set: { [field]: value } };
    expect(applyChange(record, made, endpointContext())).toEqual(refusal('fixed', field));
    expect(applyChange(record, { ...made, set: { [field]: null } }, endpointContext()).ok).toBe((record.fields as Record<string, unknown>)[field] === undefined);
  });

  test('that sets a fixed field to what it is, is taken: a repeated entry does no harm', () => {
    const visit = recordOf('visit', idOf(42)) as AnyRecord;
    const again: Change = { recordId: idOf(42), kind: 'visit', areaId: hamlet, base: 0, set: { ...validFields.visit } };
    expect(applied(visit, again).fields).toEqual(validFields.visit);
  });

  test('of a deleted record is refused', () => {
    expect(applyChange({ ...household, deleted: true }, change({ phone: null }), endpointContext())).toEqual(refusal('deleted'));
  });
});

describe('two devices and one field', () => {
  const theirs = setting('phone', '0987654321', 4);
  const atFour = { ...household, version: 4, fields: { ...validFields.household, phone: '0987654321' } } as AnyRecord;

  test('the later accepted value is shown, the other is kept beside it with its author', () => {
    const record = applied(atFour, change({ phone: '0900000000' }), endpointContext([theirs]));
    expect(record.fields).toMatchObject({ phone: '0900000000' });
    const shown = { memberId: authorId, occurredAt: '2026-11-21T14:10:00+07:00' };
    expect(record.conflicts).toEqual([{ field: 'phone', value: '0987654321', memberId: colleagueId, occurredAt: theirs.occurredAt, version: 4, shown }]);
  });

  test('whose value is shown is told anew with every later one', () => {
    const open = { ...household, conflicts: [{ field: 'phone', value: '0987654321', memberId: authorId, occurredAt: theirs.occurredAt, version: 2 }] } as AnyRecord;
    const context = endpointContext();
    const later = applied(open, change({ phone: '0900000000' }), { ...context, entry: { ...context.entry, memberId: colleagueId } });
    expect(later.conflicts).toMatchObject([{ value: '0987654321', shown: { memberId: colleagueId } }]);
    expect(applied(later, change({ houseLabel: 'đầu cầu' }, { base: 4 })).conflicts).toEqual(later.conflicts);
  });

  test('clearing against setting is a conflict too', () => {
    expect(applied(atFour, change({ phone: null }), endpointContext([theirs])).conflicts).toMatchObject([{ field: 'phone', value: '0987654321' }]);
    expect(applied(household, change({ phone: '0900000000' }), endpointContext([setting('phone', null, 4)])).conflicts).toMatchObject([{ field: 'phone', value: null }]);
  });

  test('the same value, another field, or the device itself is no conflict', () => {
    expect(applied(atFour, change({ phone: '0987654321' }), endpointContext([theirs])).conflicts).toEqual([]);
    expect(applied(atFour, change({ houseLabel: 'đầu cầu' }), endpointContext([theirs])).conflicts).toEqual([]);
    const ownChain = [setting('phone', '0911111111', 4, deviceId), setting('phone', '0922222222', 5, deviceId)];
    expect(applied(atFour, change({ phone: '0900000000' }), endpointContext(ownChain)).conflicts).toEqual([]);
  });

  test('an open conflict takes newer values and holds each once', () => {
    const open = applied(atFour, change({ phone: '0900000000' }), endpointContext([theirs]));
    const third = applied(open, change({ phone: '0933333333' }), endpointContext([theirs, setting('phone', '0900000000', 5)]));
    expect(third.conflicts.map((conflict) => conflict.value)).toEqual(['0987654321', '0900000000']);
  });

  test('a person settles it, and what came meanwhile from another device is asked about again', () => {
    const open = applied(atFour, change({ phone: '0900000000' }), endpointContext([theirs]));
    const settle = change({ phone: '0987654321' }, { base: open.version, settles: ['phone'] });
    expect(applied(open, settle).conflicts).toEqual([]);
    const meanwhile = setting('phone', '0944444444', 6);
    expect(applied(open, settle, endpointContext([meanwhile])).conflicts).toMatchObject([{ field: 'phone', value: '0944444444' }]);
  });

  test('settling one field leaves the conflict of another open', () => {
    const conflicts = ['phone', 'houseLabel'].map((field) => ({ field, value: 'x', memberId: colleagueId, occurredAt: theirs.occurredAt, version: 2 }));
    const record = applied({ ...household, conflicts }, change({ phone: '0900000000' }, { settles: ['phone'] }));
    expect(record.conflicts.map((conflict) => conflict.field)).toEqual(['houseLabel']);
  });

  test('the phone, which has no history, notes no conflict of its own', () => {
    const { endpoint: _endpoint, ...onPhone } = endpointContext([theirs]);
    expect(applied(atFour, change({ phone: '0900000000' }), onPhone).conflicts).toEqual([]);
  });
});

describe('two steps of one way, taken unaware of each other', () => {
  const term = recordOf('prestigious_term', idOf(30), { state: 'recognized' }, { version: 5 }) as AnyRecord;
  const step = (set: Record<string, unknown>, base: number): SetChange => ({ recordId: idOf(30), kind: 'prestigious_term', areaId: hamlet, base, set });
  const recognized = setting('state', 'recognized', 5);
  const laidAside = { field: 'state', value: 'submitted', memberId: authorId, version: 6, shown: { memberId: colleagueId, occurredAt: recognized.occurredAt } };

  test('the one further along stands, whichever comes last; the other is kept beside it, and what else it says is taken', () => {
    const late = applied(term, step({ state: 'submitted', submittedOn: '2026-11-20' }, 4), endpointContext([recognized]));
    expect(late).toMatchObject({ version: 6, fields: { state: 'recognized', submittedOn: '2026-11-20' }, conflicts: [laidAside] });
    const onward = applied(term, step({ state: 'active' }, 4), endpointContext([recognized]));
    expect(onward).toMatchObject({ fields: { state: 'active' }, conflicts: [{ value: 'recognized', memberId: colleagueId, shown: { memberId: authorId } }] });
  });

  test('also of what came before it on that phone, and once for the same step', () => {
    const settings = [setting('state', 'submitted', 4), recognized];
    const once = applied(term, step({ state: 'joint_meeting' }, 3), endpointContext(settings));
    expect(once).toMatchObject({ fields: { state: 'recognized' }, conflicts: [{ value: 'joint_meeting' }] });
    const twice = applied(applied(term, step({ state: 'submitted' }, 4), endpointContext([recognized])), step({ state: 'submitted' }, 4), endpointContext([recognized]));
    expect(twice.conflicts).toMatchObject([{ value: 'submitted', version: 7 }]);
  });

  test('a step back by whoever saw where it stands is taken, also after a late one was laid aside', () => {
    expect(applied(term, step({ state: 'submitted' }, 5))).toMatchObject({ fields: { state: 'submitted' }, conflicts: [] });
    const late = { ...setting('state', 'joint_meeting', 6) };
    expect(applied({ ...term, version: 6 }, step({ state: 'submitted' }, 5), endpointContext([late]))).toMatchObject({ fields: { state: 'submitted' } });
    expect(applied(term, step({ state: 'submitted' }, 4), endpointContext([setting('state', 'recognized', 5, deviceId)]))).toMatchObject({ fields: { state: 'submitted' }, conflicts: [] });
  });
});

describe('a colleague whose role moves', () => {
  const card = recordOf('member', colleagueId, { role: 'team_member', hamletId: hamlet }) as AnyRecord;
  const moved = (areaId: string): SetChange => ({ recordId: colleagueId, kind: 'member', areaId, base: 1, set: { hamletId: areaId } });
  const places = recordsOf(recordOf('area', commune, { code: commune, level: 'commune', kind: 'xa' }), recordOf('area', otherHamlet, { code: otherHamlet }));

  test('lies where the role puts them; no other record moves by a change of its own', () => {
    expect(applied(card, moved(otherHamlet), endpointContext([], places))).toMatchObject({ areaId: otherHamlet, fields: { hamletId: otherHamlet } });
    expect(applied(household, change({ houseLabel: 'gốc đa' }, { areaId: otherHamlet })).areaId).toBe(hamlet);
  });

  test('moves into no hamlet that the commune does not have', () => {
    expect(applyChange(card, moved('01789-077'), endpointContext([], places))).toEqual(refusal('unknown_area', 'areaId'));
  });
});

describe('a household that declines while a colleague is offline', () => {
  const { headName: _headName, phone: _phone, ...counted } = validFields.household;
  const declined = { ...household, version: 4, fields: { ...counted, contact: 'no' } } as AnyRecord;
  const declining = [setting('contact', 'no', 4), setting('headName', null, 4), setting('phone', null, 4)];
  const { endpoint: _endpoint, ...onPhone } = endpointContext();

  test('what she wrote is applied without name, number and needs, and no conflict keeps them', () => {
    const hers = change({ phone: '0987654321', headName: 'Nông Văn Sơn', members: 5 });
    for (const context of [endpointContext(declining), onPhone]) {
      const record = applied(declined, hers, context);
      expect(record.fields).toEqual({ ...counted, contact: 'no', members: 5 });
      expect(record.conflicts).toEqual([]);
      expect(withoutDeclined(declined, hers, context)).toEqual(change({ members: 5 }));
    }
  });

  test('whoever had seen it may not write them', () => {
    const seen = change({ phone: '0987654321' }, { base: 4 });
    expect(applyChange(declined, seen, endpointContext())).toEqual(refusal('declined', 'phone'));
    expect(applyChange(declined, seen, onPhone)).toEqual(refusal('declined', 'phone'));
  });

  test('takes out the list that its needs came from, also where an earlier version of the app left it', () => {
    const listed = { ...household, fields: { ...household.fields, needs: ['poor'], sourceListId: idOf(50) } } as AnyRecord;
    const decline = change({ contact: 'no', headName: null, phone: null, needs: null });
    for (const context of [endpointContext(), onPhone]) expect(applied(listed, decline, context).fields).toEqual({ ...counted, contact: 'no' });
  });

  test('a declining that did not know of a new number takes it out, from open conflicts too', () => {
    const conflicts = [{ field: 'phone', value: '0900000000', memberId: colleagueId, occurredAt: '2026-11-20T08:00:00+07:00', version: 2 }];
    const meanwhile = { ...household, version: 4, conflicts } as AnyRecord;
    const decline = change({ contact: 'no', headName: null });
    const since = [setting('phone', '0912345678', 4), setting('headName', 'Nông Văn Sơn B', 4)];
    expect(withoutDeclined(meanwhile, decline, endpointContext(since))).toEqual(change({ contact: 'no', headName: null, phone: null }));
    for (const context of [endpointContext(since), onPhone]) {
      expect(applied(meanwhile, decline, context)).toMatchObject({ fields: { ...counted, contact: 'no' }, conflicts: [] });
    }
    expect(applyChange({ ...meanwhile, version: 3 }, decline, endpointContext())).toEqual(refusal('declined', 'phone'));
  });

  test('what waits says only that it gave them, and is applied without, also to a household that agrees again', () => {
    const hers = change({ phone: '0987654321', needs: null, members: 5 });
    const marked = withDetailsMarked(declined, hers, endpointContext(declining));
    expect(marked).toEqual(change({ phone: letGoText, needs: null, members: 5 }));
    expect(withDetailsMarked(declined, marked, endpointContext(declining))).toBe(marked);
    const agreed = { ...declined, version: 5, fields: { ...counted, contact: 'yes', headName: 'Nông Văn Sơn' } } as AnyRecord;
    for (const record of [declined, agreed]) expect(applied(record, marked, endpointContext(declining)).fields).toEqual({ ...record.fields, members: 5 });
    const seen = change({ phone: '0987654321' }, { base: 4 });
    expect(withDetailsMarked(declined, seen, endpointContext())).toBe(seen);
  });

  test('where nothing was declined a change stays the very same', () => {
    const hers = change({ phone: '0987654321' });
    expect(withDetailsMarked(household, hers, endpointContext(declining))).toBe(hers);
    expect(withoutDeclined(household, hers, endpointContext())).toBe(hers);
    expect(withoutDeclined(undefined, hers, endpointContext())).toBe(hers);
  });
});

describe('deletion', () => {
  test('of what nobody else touched ends the record', () => {
    expect(applied(household, deletion)).toMatchObject({ deleted: true, version: 4, conflicts: [], fields: validFields.household });
    const own = endpointContext([setting('phone', '0911111111', 4, deviceId)]);
    expect(applied(household, deletion, own).deleted).toBe(true);
  });

  test('against an edit: the record stays, and it is told who wished it gone', () => {
    const record = applied(household, deletion, endpointContext([setting('phone', '0987654321', 4)]));
    expect(record.deleted).toBe(false);
    expect(record.conflicts).toEqual([{ field: 'deleted', value: true, memberId: authorId, occurredAt: '2026-11-21T14:10:00+07:00', version: 4, shown: { memberId: colleagueId, occurredAt: '2026-11-20T08:00:00+07:00' } }]);
  });

  test('against what another member set on it, on this very phone: the record stays', () => {
    expect(applied(household, deletion, endpointContext([{ ...setting('phone', '0987654321', 2, deviceId), memberId: colleagueId }]))).toMatchObject({ deleted: false, conflicts: [{ field: 'deleted' }] });
  });

  test('of what something hangs on: the record stays, and it is told whose that is', () => {
    const visit = recordOf('visit', idOf(40), {}, { memberId: colleagueId, occurredAt: '2026-11-20T08:00:00+07:00' });
    const record = applied(household, deletion, { ...endpointContext(), hanging: [visit] });
    expect(record.deleted).toBe(false);
    expect(record.conflicts).toEqual([{ field: 'deleted', value: true, memberId: authorId, occurredAt: '2026-11-21T14:10:00+07:00', version: 3, shown: { memberId: colleagueId, occurredAt: '2026-11-20T08:00:00+07:00' } }]);
  });

  test('that came first: the edit brings the record back, flagged', () => {
    const gone = { ...household, deleted: true, version: 4 } as AnyRecord;
    const record = applied(gone, change({ phone: '0900000000' }), endpointContext([setting('deleted', true, 4)]));
    expect(record.deleted).toBe(false);
    expect(record.conflicts).toMatchObject([{ field: 'deleted', value: true, memberId: colleagueId }]);
  });

  test('that came once more after an edit had brought the record back: the last wish is the one that stands against the next edit', () => {
    const known = { field: 'deleted', value: true, memberId: colleagueId, occurredAt: '2026-11-20T08:00:00+07:00', version: 4, shown: { memberId: authorId, occurredAt: '2026-11-20T09:00:00+07:00' } };
    const gone = { ...household, deleted: true, version: 6, conflicts: [known] } as AnyRecord;
    const record = applied(gone, change({ phone: '0900000000' }), endpointContext([setting('deleted', true, 4), setting('phone', '0987654321', 5, deviceId), setting('deleted', true, 6)]));
    expect(record.conflicts).toMatchObject([{ field: 'deleted', version: 6 }]);
  });
});

describe('rules that look at other records', () => {
  const kept = recordOf('feedback', idOf(43), { anonymity: 'name_withheld' });
  const named = recordOf('feedback', feedbackId);
  const records = recordsOf(kept, named, recordOf('household', householdId), recordOf('prestigious_person', personId));

  test.each<[RecordKind]>([['visit'], ['prestigious_contact']])('a %s lists no feedback that is kept apart', (kind) => {
    const made = (ids: string[]): Change => ({ recordId: idOf(44), kind, areaId: hamlet, base: 0, set: { ...validFields[kind], feedbackIds: ids } });
    expect(applyChange(undefined, made([named.recordId, kept.recordId]), endpointContext([], records))).toEqual(refusal('kept_apart', 'feedbackIds'));
    expect(applyChange(undefined, made([named.recordId]), endpointContext([], records)).ok).toBe(true);
  });

  test.each<[RecordKind]>([['visit'], ['prestigious_contact']])('a %s lists no feedback about staff, named or not', (kind) => {
    const aboutStaff = recordOf('feedback', idOf(46), { topic: 'staff_attitude' });
    const made: Change = { recordId: idOf(44), kind, areaId: hamlet, base: 0, set: { ...validFields[kind], feedbackIds: [aboutStaff.recordId] } };
    expect(applyChange(undefined, made, endpointContext([], recordsOf(aboutStaff, recordOf('household', householdId), recordOf('prestigious_person', personId))))).toEqual(refusal('kept_apart', 'feedbackIds'));
  });

  test.each<[RecordKind]>([['visit'], ['prestigious_contact']])('a %s lists feedback and nothing else: what was asked about it would tell of it too', (kind) => {
    const request = recordOf('subject_request', idOf(46));
    const made = (listed: string): Change => ({ recordId: idOf(44), kind, areaId: hamlet, base: 0, set: { ...validFields[kind], feedbackIds: [listed] } });
    const context = endpointContext([], recordsOf(request, named, recordOf('household', householdId), recordOf('prestigious_person', personId)));
    for (const listed of [request.recordId, householdId]) expect(applyChange(undefined, made(listed), context)).toEqual(refusal('kept_apart', 'feedbackIds'));
    expect(applyChange(undefined, made(named.recordId), context).ok).toBe(true);
  });

  test.each(['khieu_nai', 'to_cao'] as const)('nothing is written beside a %s: a step would hold what may not be kept', (kind) => {
    const referred = { ...named, fields: { kind, receivedOn: '2026-11-21' } } as typeof named;
    const step = (set: object): Change => ({ recordId: idOf(47), kind: 'feedback_event', areaId: hamlet, base: 0, set: { feedbackId, step: 0, on: '2026-11-22', ...set } });
    for (const made of [step({ type: 'add_detail', detail: 'Ông ấy nhận tiền' }), step({ type: 'answer', answer: 'Đã xử lý ông ấy rồi' }), step({ type: 'withdraw' })]) {
      expect(applyChange(undefined, made, endpointContext([], recordsOf(referred)))).toEqual(refusal('referred_kind', 'feedbackId'));
      expect(applyChange(undefined, made, endpointContext([], recordsOf(named))).ok).toBe(true);
    }
  });

  test('a prestigious person is of age in the year of the entry', () => {
    const made = (birthYear: number): Change => ({ recordId: personId, kind: 'prestigious_person', areaId: hamlet, base: 0, set: { fullName: 'Lý Văn Páo', birthYear } });
    expect(applyChange(undefined, made(2008), endpointContext()).ok).toBe(true);
    expect(applyChange(undefined, made(2009), endpointContext())).toEqual(refusal('out_of_range', 'birthYear'));
    expect(applyChange(undefined, made(1919), endpointContext())).toEqual(refusal('out_of_range', 'birthYear'));
  });
});

describe('the place of a new record', () => {
  const ownCommune = recordOf('area', commune, { code: commune, level: 'commune', kind: 'xa', parent: '99904' }, { areaId: commune });
  const known = recordOf('area', hamlet, {}, { areaId: hamlet });
  const made = (areaId: string): Change => ({ recordId: idOf(72), kind: 'household', areaId, base: 0, set: { ...validFields.household } });

  test('is a hamlet that its commune has, or the commune itself', () => {
    const records = recordsOf(ownCommune, known);
    expect(applyChange(undefined, made(hamlet), endpointContext([], records)).ok).toBe(true);
    expect(applyChange(undefined, made(commune), endpointContext([], records)).ok).toBe(true);
    expect(applyChange(undefined, made(otherHamlet), endpointContext([], records))).toEqual(refusal('unknown_area', 'areaId'));
  });

  test('is not asked about where no areas are at hand yet, nor of what lies where its parent lies', () => {
    expect(applyChange(undefined, made(otherHamlet), endpointContext()).ok).toBe(true);
    const visit: Change = { recordId: idOf(73), kind: 'visit', areaId: otherHamlet, base: 0, set: { ...validFields.visit } };
    expect(applied(undefined, visit, endpointContext([], recordsOf(ownCommune, known, recordOf('household', householdId)))).areaId).toBe(hamlet);
  });

  test('of what lies in a merged hamlet is another hamlet of the same commune', () => {
    const records = recordsOf(ownCommune, known, recordOf('area', otherHamlet, { code: otherHamlet }, { areaId: otherHamlet }));
    const merged = (mergedInto: string | null): Change => ({ recordId: hamlet, kind: 'area', areaId: hamlet, base: 1, set: { mergedInto } });
    const into = (target: string | null) => applyChange(records.find(hamlet), merged(target), endpointContext([], records));
    expect([into(otherHamlet), into(null)].map(({ ok }) => ok)).toEqual([true, true]);
    for (const target of [hamlet, commune, '01789-077', '01792-001']) expect(into(target)).toEqual(refusal('unknown_area', 'mergedInto'));
    // The commune itself in one of its hamlets: all that its bloc alone reads would lie there.
    const whole: Change = { recordId: commune, kind: 'area', areaId: commune, base: 1, set: { mergedInto: hamlet } };
    expect(applyChange(records.find(commune), whole, endpointContext([], records))).toEqual(refusal('unknown_area', 'mergedInto'));
  });

  test('of what lies in a merged hamlet is not a hamlet that lies in it: a ring of two, of three, or one further on is refused where it would close', () => {
    const codes = [hamlet, otherHamlet, '01789-005', '01789-006'];
    const [first = '', second = '', third = '', fourth = ''] = codes;
    const into = (from: string, target: string, mergers: Readonly<Record<string, string>>) => {
      const areas = codes.map((code) => recordOf('area', code, { code, ...(mergers[code] === undefined ? {} : { mergedInto: mergers[code] }) }, { areaId: code }));
      const records = recordsOf(ownCommune, ...areas);
      const merger: Change = { recordId: from, kind: 'area', areaId: from, base: 1, set: { mergedInto: target } };
      const [atEndpoint, { endpoint: _endpoint, ...onPhone }] = [endpointContext([], records), endpointContext([], records)];
      const [told, toldOnPhone] = [atEndpoint, onPhone].map((context) => applyChange(records.find(from), merger, context));
      expect(toldOnPhone?.ok).toBe(told?.ok);
      return told?.ok === true ? told.value.fields : told?.error;
    };
    const refused = { code: 'already_merged', field: 'mergedInto' };
    expect(into(second, first, { [first]: second })).toEqual(refused);
    expect(into(third, first, { [first]: second, [second]: third })).toEqual(refused);
    expect(into(second, first, { [first]: second, [second]: third })).toEqual(refused);
    expect(into(third, second, { [first]: second })).toMatchObject({ mergedInto: second });
    expect(into(first, third, { [first]: second })).toMatchObject({ mergedInto: third });
    // A ring that an older version let happen is none of this one's.
    expect(into(fourth, first, { [first]: second, [second]: first })).toMatchObject({ mergedInto: first });
  });

  test('of a hamlet is the hamlet: id, code and place are one', () => {
    const area = (rest: Partial<SetChange>): Change => ({ recordId: otherHamlet, kind: 'area', areaId: otherHamlet, base: 0, set: { ...validFields.area, code: otherHamlet }, ...rest });
    const context = endpointContext([], recordsOf(ownCommune, known));
    expect(applyChange(undefined, area({}), context).ok).toBe(true);
    expect(applyChange(undefined, area({ set: { ...validFields.area } }), context)).toEqual(refusal('wrong_format', 'code'));
    expect(applyChange(undefined, area({ areaId: commune }), context)).toEqual(refusal('wrong_format', 'areaId'));
  });
});

describe('the names of records', () => {
  const entry = (kind: RecordKind, recordId: string) => ({
    entryId: idOf(70), occurredAt: '2026-11-21T14:10:00+07:00', changes: [{ recordId, kind, areaId: hamlet, base: 0, set: { ...validFields[kind] } }],
  });

  test('an area is named by its code, nothing else is', () => {
    expect(checkEntry(entry('area', hamlet))).toBeUndefined();
    expect(checkEntry(entry('household', householdId))).toBeUndefined();
    expect(checkEntry(entry('area', idOf(71)))).toEqual({ code: 'wrong_format', field: 'recordId' });
    expect(checkEntry(entry('household', otherHamlet))).toEqual({ code: 'wrong_format', field: 'recordId' });
  });
});

describe('an entry with feedback that is kept apart', () => {
  const { citizenName: _name, ...unnamed } = validFields.feedback;
  const raised: Change = { recordId: randomIdOf(1), kind: 'feedback', areaId: hamlet, base: 0, set: { ...unnamed, anonymity: 'name_withheld' } };
  const entry = { entryId: randomIdOf(2), occurredAt: '2026-11-21T00:00:00+07:00', changes: [raised] };
  const broken = { code: 'kept_apart', field: 'anonymity' };

  test('holds it alone, under random ids, dated to the day', () => {
    expect(checkEntry(entry)).toBeUndefined();
  });

  test('is refused with company, in either order', () => {
    const visit: Change = { recordId: idOf(45), kind: 'visit', areaId: hamlet, base: 0, set: { ...validFields.visit } };
    expect(checkEntry({ ...entry, changes: [raised, visit] })).toEqual(broken);
    expect(checkEntry({ ...entry, changes: [visit, raised] })).toEqual(broken);
  });

  test('is refused with an id that tells when it was made', () => {
    expect(checkEntry({ ...entry, entryId: idOf(46) })).toEqual(broken);
    expect(checkEntry({ ...entry, changes: [{ ...raised, recordId: idOf(46) }] })).toEqual(broken);
  });

  test.each(['2026-11-21T14:10:00+07:00', '2026-11-21T00:00:01+07:00', '2026-11-21T00:00:00.417+07:00', '2026-11-21T00:00:00+08:00', '2026-11-21T00:00:00Z'])(
    'is refused with the time %s', (occurredAt) => {
      expect(checkEntry({ ...entry, occurredAt })).toEqual(broken);
    },
  );

  test('a denunciation is kept apart even when it claims to be named', () => {
    const denounced: Change = { ...raised, recordId: idOf(47), set: { kind: 'to_cao', receivedOn: '2026-11-21', anonymity: 'named' } };
    expect(checkEntry({ ...entry, changes: [denounced] })).toEqual(broken);
  });

  test('feedback about staff stands in no list of its own entry, whichever comes first', () => {
    const aboutStaff: Change = { ...raised, recordId: feedbackId, set: { ...validFields.feedback, topic: 'staff_attitude' } };
    const listing: Change = { recordId: idOf(45), kind: 'visit', areaId: hamlet, base: 0, set: { ...validFields.visit, feedbackIds: [feedbackId] } };
    const together = { entryId: idOf(48), occurredAt: '2026-11-21T14:10:00+07:00' };
    const listed = { code: 'kept_apart', field: 'feedbackIds' };
    expect(checkEntry({ ...together, changes: [listing, aboutStaff] })).toEqual(listed);
    expect(checkEntry({ ...together, changes: [aboutStaff, listing] })).toEqual(listed);
    expect(checkEntry({ ...together, changes: [aboutStaff] })).toBeUndefined();
    // Nor does anything that is no feedback.
    const corrected = change({ phone: null });
    expect(checkEntry({ ...together, changes: [{ ...listing, set: { ...listing.set, feedbackIds: [corrected.recordId] } }, corrected] })).toEqual(listed);
  });

  test('named feedback travels with its visit', () => {
    const named: Change = { ...raised, recordId: feedbackId, set: { ...validFields.feedback } };
    expect(checkEntry({ entryId: idOf(48), occurredAt: '2026-11-21T14:10:00+07:00', changes: [named, change({ phone: null })] })).toBeUndefined();
  });
});

describe('the shape of an entry', () => {
  const entry = {
    entryId: idOf(49), deviceId, deviceSeq: 1, memberId: authorId, schema: 1, occurredAt: '2026-11-21T14:10:00+07:00', after: [], changes: [change({ phone: null })],
  };

  test('what is wrong with a change is told by the shape it comes nearest to', () => {
    const rejectionOf = (made: unknown) => {
      const parsed = changeSchema.safeParse(made, { reportInput: true });
      return parsed.success ? undefined : toRejection(parsed.error.issues);
    };
    expect(rejectionOf(change({}, { base: -1 }))).toEqual({ code: 'out_of_range', field: 'base' });
    expect(rejectionOf({ ...deletion, base: -1 })).toEqual({ code: 'out_of_range', field: 'base' });
    expect(rejectionOf({ ...deletion, delete: false })).toEqual({ code: 'not_in_list', field: 'delete' });
    expect(rejectionOf({ ...change({}), note: 'x' })).toEqual({ code: 'unknown_field', field: 'note' });
    expect(rejectionOf(change({}))).toBeUndefined();
  });

  test('is taken whole and refused with anything more, in the entry or in a change', () => {
    expect(entrySchema.safeParse(entry).success).toBe(true);
    expect(entrySchema.safeParse({ ...entry, note: 'x' }).success).toBe(false);
    expect(entrySchema.safeParse({ ...entry, changes: [{ ...change({}), delete: true }] }).success).toBe(false);
    expect(entrySchema.safeParse({ ...entry, changes: [] }).success).toBe(false);
    expect(entrySchema.safeParse({ ...entry, changes: Array.from({ length: 51 }, () => change({})) }).success).toBe(false);
    expect(changeSchema.safeParse({ ...change({}), kind: 'person' }).success).toBe(false);
    expect(changeSchema.safeParse(change({}, { base: -1 })).success).toBe(false);
  });
});

test('values are the same as JSON, whatever the order of keys', () => {
  const pairs = fc.tuple(fc.jsonValue(), fc.jsonValue());
  fc.assert(
    fc.property(pairs, ([a, b]) => {
      const copy = JSON.parse(JSON.stringify(a), (_key, value: unknown) =>
        typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).toReversed()) : value,
      ) as unknown;
      expect(isSameValue(JSON.parse(JSON.stringify(a)), copy)).toBe(true);
      expect(isSameValue(a, b)).toBe(isSameValue(b, a));
    }),
  );
  expect(isSameValue([], {})).toBe(false);
  expect(isSameValue(JSON.parse('{"__proto__":{}}'), { a: 1 })).toBe(false);
  expect(isSameValue({ a: undefined }, { b: undefined })).toBe(false);
  expect(isSameValue(['a', 'b'], ['b', 'a'])).toBe(false);
});
