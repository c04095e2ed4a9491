import { expect, test } from 'vitest';
import { commandContext, commune, hamlet, recordOf } from './records.test-support.ts';
import type { RecordState } from './record.ts';
import { writeReception } from './write-reception.ts';
import type { Reception } from './write-reception.ts';

const quangHan: RecordState<'area'> = { ...recordOf('area', commune, {}, { areaId: commune, version: 3 }), fields: { code: commune, level: 'commune', kind: 'xa', name: 'Quang Hán', parent: '99904' } };
const reception: Reception = { receptionPlace: 'Trụ sở UBND xã', receptionHours: 'Thứ Năm, 7 giờ 30' };

function written(input: Partial<Reception>, before = quangHan) {
  const entry = writeReception(before, { ...reception, ...input }, commandContext());
  return entry.ok ? entry.value?.changes : entry.error;
}

test('a commune writes down where and when it receives citizens, without the space around it', () => {
  expect(written({ receptionPlace: ' Trụ sở UBND xã ' })).toEqual([{ recordId: commune, kind: 'area', areaId: commune, base: 3, set: reception }]);
});

test('only what differs is written, and nothing where nothing does', () => {
  const before = { ...quangHan, fields: { ...quangHan.fields, ...reception } };
  expect(written({ receptionHours: 'Thứ Ba' }, before)).toMatchObject([{ set: { receptionHours: 'Thứ Ba' } }]);
  expect(written({}, before)).toBeUndefined();
});

test.each<[string, Partial<Reception>, string, string]>([
  ['without a place', { receptionPlace: ' ' }, 'required', 'receptionPlace'],
  ['without hours', { receptionHours: '' }, 'required', 'receptionHours'],
  ['with two letters', { receptionPlace: 'ub' }, 'too_short', 'receptionPlace'],
  ['with a whole page', { receptionHours: 'x'.repeat(121) }, 'too_long', 'receptionHours'],
])('it is not written %s, and the field is named', (_, input, code, field) => {
  expect(written(input)).toEqual({ kind: 'area', code, field });
});

test('a hamlet receives nobody', () => {
  expect(written({}, recordOf('area', hamlet))).toMatchObject({ code: 'kind_of_level' });
});
