import { describe, expect, test } from 'vitest';
import { checkFields } from './change.ts';
import { provinceAreaId } from './identifiers.ts';
import { householdNeeds } from './household.ts';
import { recordKinds } from './record.ts';
import type { RecordKind } from './record.ts';
import { idOf, personId, randomIdOf, validFields } from './records.test-support.ts';

/** What no schema may ever take (domain model 3.4). */
const neverStored = [
  'religion', 'ethnicity', 'partyMember', 'belief', 'attitude', 'trust', 'sentiment', 'score', 'influence', 'note', 'tags', 'gps', 'latitude',
  'idCard', 'diagnosis', 'biometrics', 'voice', 'childName', '__proto__', 'constructor', 'toString',
];

describe.each(recordKinds)('%s', (kind: RecordKind) => {
  test('its valid fields hold', () => {
    expect(checkFields(kind, validFields[kind])).toBeUndefined();
  });

  test.each(neverStored)('a key %s is refused by its name', (key) => {
    const fields = JSON.parse(JSON.stringify({ ...validFields[kind] }).replace(/^\{/, `{${JSON.stringify(key)}:"x",`)) as Record<string, unknown>;
    expect(Object.keys(fields)).toContain(key);
    expect(checkFields(kind, fields)).toEqual({ code: 'unknown_field', field: key });
  });

  test('an unknown key is named before any other fault', () => {
    const [first = ''] = Object.keys(validFields[kind]).filter((field) => field !== 'type');
    expect(checkFields(kind, { ...validFields[kind], [first]: 7n, religion: 'x' })).toEqual({ code: 'unknown_field', field: 'religion' });
  });
});

test('every kind of feedback event refuses what it has no field for', () => {
  const base = { feedbackId: idOf(3), step: 1, on: '2026-11-22' };
  expect(checkFields('feedback_event', { ...base, type: 'start', religion: 'x' })).toEqual({ code: 'unknown_field', field: 'religion' });
  expect(checkFields('feedback_event', { ...base, type: 'start', answer: 'Xã sẽ sửa cầu tuần sau' })).toEqual({ code: 'unknown_field', field: 'answer' });
  expect(checkFields('feedback_event', { ...base, type: 'judge' })).toEqual({ code: 'not_in_list', field: 'type' });
});

describe('a household', () => {
  const household = validFields.household;

  test('that declined is counted, not detailed', () => {
    const declined = { no: 12, houseLabel: 'cạnh nhà văn hóa', contact: 'no' };
    expect(checkFields('household', declined)).toBeUndefined();
    expect(checkFields('household', { ...declined, headName: 'Nông Văn Sơn' })).toEqual({ code: 'declined', field: 'headName' });
    expect(checkFields('household', { ...declined, phone: '0912345678' })).toEqual({ code: 'declined', field: 'phone' });
    expect(checkFields('household', { ...declined, needs: ['poor'], sourceListId: idOf(9) })).toEqual({ code: 'declined', field: 'needs' });
  });

  test('that did not decline has a name', () => {
    const { headName: _name, ...nameless } = household;
    expect(checkFields('household', nameless)).toEqual({ code: 'required', field: 'headName' });
    expect(checkFields('household', { ...nameless, contact: 'not_asked' })).toEqual({ code: 'required', field: 'headName' });
  });

  test.each(householdNeeds)('has the need %s only from an official list', (need) => {
    expect(checkFields('household', { ...household, needs: [need] })).toEqual({ code: 'required', field: 'sourceListId' });
    expect(checkFields('household', { ...household, needs: [need], sourceListId: randomIdOf(1) })).toBeUndefined();
  });

  test.each([
    ['no', 0, 'out_of_range'], ['no', 10_000, 'out_of_range'], ['no', 1.5, 'wrong_type'], ['no', '12', 'wrong_type'], ['no', undefined, 'required'],
    ['headName', 'N', 'too_short'], ['headName', 'N'.repeat(81), 'too_long'], ['houseLabel', '', 'too_short'], ['houseLabel', 'x'.repeat(61), 'too_long'],
    ['phone', '091234567', 'wrong_format'], ['members', 21, 'out_of_range'], ['members', 0, 'out_of_range'], ['contact', 'maybe', 'not_in_list'],
    ['contact', undefined, 'required'], ['lang', 'en', 'not_in_list'], ['needs', ['rich'], 'not_in_list'],
  ])('with %s = %j is told %s', (field, value, code) => {
    expect(checkFields('household', { ...household, [field]: value })).toEqual({ code, field });
  });
});

describe('feedback', () => {
  const named = validFields.feedback;

  test.each(['khieu_nai', 'to_cao'] as const)('of kind %s keeps its day and nothing that was said', (kind) => {
    expect(checkFields('feedback', { kind, receivedOn: '2026-11-21' })).toBeUndefined();
    for (const [field, value] of Object.entries(named)) {
      if (field === 'kind' || field === 'receivedOn') continue;
      expect(checkFields('feedback', { kind, receivedOn: '2026-11-21', [field]: value }), field).toEqual({ code: 'referred_kind', field });
    }
  });

  test.each(['receiptCode', 'channel', 'topic', 'text', 'anonymity', 'citizenName'])('that is named needs %s', (field) => {
    expect(checkFields('feedback', { ...named, [field]: undefined })).toEqual({ code: 'required', field });
  });

  test.each(['name_withheld', 'anonymous'] as const)('that is %s holds nothing that leads to the citizen', (anonymity) => {
    const { citizenName: _name, ...unnamed } = named;
    expect(checkFields('feedback', { ...unnamed, anonymity })).toBeUndefined();
    const leads = { citizenName: 'Lý Thị Mẩy', citizenPhone: '0912345678', householdId: idOf(1), nameToResponder: true };
    for (const [field, value] of Object.entries(leads)) {
      expect(checkFields('feedback', { ...unnamed, anonymity, [field]: value }), field).toEqual({ code: 'not_named', field });
    }
  });

  test('says something: ten characters at least, a thousand at most', () => {
    expect(checkFields('feedback', { ...named, text: 'Cầu hỏng' })).toEqual({ code: 'too_short', field: 'text' });
    expect(checkFields('feedback', { ...named, text: 'x'.repeat(1001) })).toEqual({ code: 'too_long', field: 'text' });
  });
});

test('a visit and a contact are never about the attitude of staff', () => {
  expect(checkFields('visit', { ...validFields.visit, topics: ['staff_attitude'] })).toEqual({ code: 'not_in_list', field: 'topics' });
  expect(checkFields('prestigious_contact', { ...validFields.prestigious_contact, personId, topics: ['staff_attitude'] })).toEqual({ code: 'not_in_list', field: 'topics' });
});

test('an area is of a kind its level has, and all but a province lie in another', () => {
  expect(checkFields('area', { code: provinceAreaId('04'), level: 'province', kind: 'tinh', name: 'Cao Bằng' })).toBeUndefined();
  expect(checkFields('area', { code: provinceAreaId('04'), level: 'province', kind: 'xa', name: 'Cao Bằng' })).toEqual({ code: 'kind_of_level', field: 'kind' });
  expect(checkFields('area', { code: '01789', level: 'commune', kind: 'xa', name: 'Quang Hán' })).toEqual({ code: 'required', field: 'parent' });
});
