import { expect, test } from 'vitest';
import { decodeQR } from 'qr/decode.js';
import { qrPath } from './qr-path.ts';

const link = 'https://gan-dan.quang-han.example.vn/moi#01456.wUQNsavXUtEeyQmuoRC9lwU3GxRawjyR2mabeMYQ60A';

/** As a camera sees it: the path drawn dark on white, some pixels a module. */
function photographed({ size, path }: ReturnType<typeof qrPath>, pixels = 4): { width: number; height: number; data: Uint8ClampedArray } {
  const width = size * pixels;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/gu)) {
    for (let row = Number(y) * pixels; row < (Number(y) + 1) * pixels; row++) {
      for (let column = Number(x) * pixels; column < (Number(x) + Number(run)) * pixels; column++) data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
  }
  return { width, height: width, data };
}

test('a camera reads from the drawing the very link that was drawn', () => {
  expect(decodeQR(photographed(qrPath(link)))).toBe(link);
});

test('four modules of quiet stand around it, and it is small enough to be scanned from a screen', () => {
  const { size, path } = qrPath(link);
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/gu)].map(([, x, y, run]) => ({ x: Number(x), y: Number(y), end: Number(x) + Number(run) }));
  expect([Math.min(...runs.map(({ x }) => x)), Math.min(...runs.map(({ y }) => y))]).toEqual([4, 4]);
  expect([Math.max(...runs.map(({ end }) => end)), Math.max(...runs.map(({ y }) => y + 1))]).toEqual([size - 4, size - 4]);
  expect(size).toBeLessThanOrEqual(53);
});
