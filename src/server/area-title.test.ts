import { expect, test } from 'vitest';
import { areaTitle } from './area-title.ts';

test.each([
  ['xa', 'Quang Hán', 'Xã Quang Hán'],
  ['to_dan_pho', '5', 'Tổ dân phố 5'],
  ['ban', 'Bản Sáng', 'Bản Sáng'],
  ['ban', 'bản Sáng', 'bản Sáng'],
  ['ban', 'Bảnh Lũng', 'Bản Bảnh Lũng'],
] as const)('%s named %s is called %s', (kind, name, title) => {
  expect(areaTitle({ kind, name })).toBe(title);
});
