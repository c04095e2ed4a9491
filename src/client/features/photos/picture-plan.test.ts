import { describe, expect, test } from 'vitest';
import { attachmentLimits } from '#domain/attachment.ts';
import { claimedSize, fileKindOf, firstThatFits, fitInside, pictureSteps, thumbnailLimits, thumbnailSteps } from './picture-plan.ts';

describe('how large a photo becomes', () => {
  test.each([
    [{ width: 4000, height: 3000 }, { width: 1280, height: 960 }],
    [{ width: 3000, height: 4000 }, { width: 960, height: 1280 }],
    [{ width: 800, height: 600 }, { width: 800, height: 600 }],
    [{ width: 9000, height: 3 }, { width: 1280, height: 1 }],
  ])('%o becomes %o', (size, fitted) => {
    expect(fitInside(size, attachmentLimits.side)).toEqual(fitted);
  });

  test('no step asks for more than is allowed, each for less than the one before, and the last fits whatever it shows', async () => {
    for (const [steps, side] of [[pictureSteps, attachmentLimits.side], [thumbnailSteps, thumbnailLimits.side]] as const) {
      expect(Math.max(...steps.map((step) => step.side))).toBe(side);
      const costs = steps.map((step) => step.side ** 2 * step.quality);
      expect(costs.toSorted((a, b) => b - a)).toEqual(costs);
    }
    // Noise at the lowest quality: half a byte a pixel.
    expect(640 * 640 * 0.5).toBeLessThan(attachmentLimits.bytes);
    expect(Math.ceil(thumbnailLimits.bytes / 3) * 4).toBeLessThanOrEqual(attachmentLimits.thumbnail);
  });

  test('the first that fits is taken, and no further one is made', async () => {
    const made: number[] = [];
    const encode = async (side: number, quality: number) => {
      made.push(quality);
      return { side, size: Math.round(side * side * quality) };
    };
    const came = await firstThatFits(pictureSteps, encode, 1280 * 1280 * 0.7);
    expect(came?.size).toBe(Math.round(1280 * 1280 * 0.6));
    expect(made).toEqual([0.82, 0.72, 0.6]);
    expect(await firstThatFits(pictureSteps, encode, 10)).toBeUndefined();
  });
});

const jpeg = (width: number, height: number) => Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, 6, 1, 2, 3, 4, 0xff, 0xc4, 0, 3, 9, 0xff, 0xc2, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 3, 0, 0]);
const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const png = (width: number) => Uint8Array.from([0x89, ...letters('PNG\r\n\u001a\n'), 0, 0, 0, 13, ...letters('IHDR'), 0, 0, width >> 8, width & 255, 0, 0, 0, 9]);
const webp = Uint8Array.from([...letters('RIFF'), 0, 0, 0, 0, ...letters('WEBPVP8X'), 10, 0, 0, 0, 0, 0, 0, 0, 0xff, 0x0f, 0, 0xb7, 0x0b, 0]);
const heic = Uint8Array.from([0, 0, 0, 24, ...letters('ftypheic')]);

describe('what a file says before it is unpacked', () => {
  test('is how large it is', () => {
    expect(claimedSize(jpeg(9000, 7000))).toEqual({ width: 9000, height: 7000 });
    expect(claimedSize(png(5000))).toEqual({ width: 5000, height: 9 });
    expect(claimedSize(webp)).toEqual({ width: 4096, height: 3000 });
  });

  test('and what it is, whatever it is called', () => {
    expect([jpeg(1, 1), png(1), webp, heic, Uint8Array.from(letters('<svg>')), new Uint8Array()].map(fileKindOf)).toEqual(['jpeg', 'png', 'webp', 'heic', 'other', 'other']);
  });

  test('is nothing where it is cut or damaged', () => {
    for (const bytes of [new Uint8Array(), jpeg(9, 9).subarray(0, 14), Uint8Array.from([0xff, 0xd8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]), png(9).subarray(0, 20), heic]) expect(claimedSize(bytes)).toBeUndefined();
  });
});
