import { expect, it } from 'vitest';
import { likelyDoubles } from './likely-doubles.ts';
import { idOf, recordOf } from './records.test-support.ts';

const son = recordOf('household', idOf(1), { no: 12, headName: 'Nông Văn Sơn', houseLabel: 'cạnh nhà văn hóa', phone: '0912345678' });
const may = recordOf('household', idOf(2), { no: 13, headName: 'Lý Thị Mẩy', houseLabel: 'đầu cầu treo', phone: '0987654321' });
const declined = { ...recordOf('household', idOf(3)), fields: { no: 14, houseLabel: 'ven suối', contact: 'no' as const } };
const all = [son, may, declined];
const told = (typed: Parameters<typeof likelyDoubles>[0], among = all) => likelyDoubles(typed, among).map(({ household, signs }) => [household.fields.no, ...signs]);

it('is the same number, the same phone, the same name typed without diacritics, the same landmark', () => {
  expect(told({ no: 13 })).toEqual([[13, 'no']]);
  expect(told({ phone: '0912345678' })).toEqual([[12, 'phone']]);
  expect(told({ headName: 'nong van  SON' })).toEqual([[12, 'headName']]);
  expect(told({ houseLabel: 'Cạnh nhà văn hóa xóm' })).toEqual([[12, 'houseLabel']]);
  expect(told({ houseLabel: 'ven suối' })).toEqual([[14, 'houseLabel']]);
});

it('is none where nothing is alike, or nothing was typed yet', () => {
  expect(told({ no: 99, headName: 'Nông Văn Sỹ', phone: '0911111111', houseLabel: 'cạnh trường' })).toEqual([]);
  expect(told({ headName: ' ', phone: undefined, houseLabel: '' })).toEqual([]);
  expect(told({ houseLabel: 'cầu' })).toEqual([]);
});

it('names the likeliest first: a phone tells more than a number', () => {
  expect(told({ no: 13, headName: 'Nông Văn Sơn', phone: '0912345678' })).toEqual([[12, 'phone', 'headName'], [13, 'no']]);
});

it('makes nothing of a landmark that half the hamlet shares', () => {
  const shared = [1, 2, 3, 4].map((no) => recordOf('household', idOf(no), { no, houseLabel: 'đầu xóm' }));
  expect(told({ houseLabel: 'đầu xóm' }, shared)).toEqual([]);
  expect(told({ houseLabel: 'đầu xóm' }, shared.slice(1))).toHaveLength(3);
  expect(told({ houseLabel: 'đầu xóm', no: 2 }, shared)).toEqual([[2, 'no', 'houseLabel']]);
});
