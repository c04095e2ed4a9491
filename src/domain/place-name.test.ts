import { expect, test } from 'vitest';
import { saysItsKind } from './place-name.ts';

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
