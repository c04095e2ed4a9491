import { expect, test } from 'vitest';
import { areaTitle, saysItsKind } from './place-name.ts';

test.each([
  ['xom', 'Xóm Ngọc Sơn', true],
  ['xom', 'Tổ 5', true],
  ['to_dan_pho', 'Khu phố 3', true],
  ['thon', 'bản Sáng'.normalize('NFD'), true],
  ['xom', 'Ngọc Sơn', false],
  ['ban', 'Bảnh Lũng', false],
  // The name of a commune, as it is.
  ['xa', 'Bản Lầu', false],
  ['xa', 'Phố Lu', false],
  ['phuong', 'Phường Thục Phán', true],
] as const)('%s named %s: %s', (kind, name, says) => {
  expect(saysItsKind({ kind, name })).toBe(says);
});

test.each([
  ['xa', 'Quang Hán', 'Xã Quang Hán'],
  ['to_dan_pho', '5', 'Tổ dân phố 5'],
  ['ban', 'Bản Sáng', 'Bản Sáng'],
  ['ban', 'bản Sáng', 'bản Sáng'],
  ['ban', 'Bảnh Lũng', 'Bản Bảnh Lũng'],
] as const)('%s named %s is called %s', (kind, name, title) => {
  expect(areaTitle({ kind, name })).toBe(title);
});
