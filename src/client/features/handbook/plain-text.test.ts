import { expect, test } from 'vitest';
import { plainTextOf } from './plain-text.ts';

test.each([
  ['## Ghi lượt thăm\n\nHỏi **trước**, ghi _sau_.', 'Ghi lượt thăm Hỏi trước, ghi sau.'],
  ['- một\n- hai\n1. ba', 'một hai ba'],
  ['Xem [mất máy](mat-may) hoặc [gọi xã](tel:0206 "số").', 'Xem mất máy hoặc gọi xã.'],
  ['![ảnh](a.png) xong', 'ảnh xong'],
  ['| Việc | Ai |\n|:---|---:|\n| Thăm | Tổ |', 'Việc Ai Thăm Tổ'],
  ['> trích\n\n---\n\n```\nmã\n```', 'trích mã'],
  ['Ngày 20-10, số 49-CT/TW, 5 * 3', 'Ngày 20-10, số 49-CT/TW, 5 3'],
])('%j is read as %j', (markdown, text) => {
  expect(plainTextOf(markdown)).toBe(text);
});
