import { expect, test } from 'vitest';
import { wordsIn } from './orphaned-words.ts';

test('of a form about somebody who has left the phone the own words stay to be read, and nobody is named', () => {
  const said = { text: 'Xin sửa mó nước đầu xóm', citizenName: 'Lý Thị Mẩy', citizenPhone: '0912345678', place: 'nhà ông Sơn', topic: 'water' };
  expect(wordsIn({ outcome: 'Hẹn chở giống ngô', phone: '0987123456', met: 'yes', feedback: [{ key: 1, said }, { key: 2, said: { ...said, text: ' ' } }] })).toEqual(['Hẹn chở giống ngô', 'Xin sửa mó nước đầu xóm']);
  expect(wordsIn({ headName: 'Nông Văn Sơn Hà', houseLabel: 'cạnh nhà văn hóa', phone: '0987123456' })).toEqual([]);
  expect(wordsIn({ detail: 'Chỗ cầu gãy là đoạn dưới' })).toEqual(['Chỗ cầu gãy là đoạn dưới']);
});
