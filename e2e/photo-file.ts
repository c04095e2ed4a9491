/** A photo as a phone's camera writes it: a JPEG on its side, with EXIF that says how it is to be turned, by which camera, and where it was taken. */
import type { Page } from '@playwright/test';

/** Stands in the EXIF and nowhere in the picture. */
export const exifMark = 'May anh cua Lan 22.66501N 106.25702E';

/** Wide and high, in pixels as stored; orientation 6: to be turned a quarter to the right. */
const stored = { width: 3000, height: 2000 } as const;

/** Much detail, so that it is not small by itself. */
export async function photoFromCamera(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async ({ width, height }) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    let seed = 7;
    for (let y = 0; y < height; y += 20) {
      for (let x = 0; x < width; x += 20) {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
        context.fillStyle = `hsl(${seed % 360} ${40 + ((seed >> 9) % 50)}% ${20 + ((seed >> 16) % 60)}%)`;
        context.fillRect(x, y, 20, 20);
      }
    }
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  }, stored);
  const jpeg = Buffer.from(base64, 'base64');
  return Buffer.concat([jpeg.subarray(0, 2), exifSegment(), jpeg.subarray(2)]);
}

/** TIFF, little-endian: what it shows (our mark), orientation 6, and a GPS directory with a latitude. */
function exifSegment(): Buffer {
  const words = Buffer.from(`${exifMark}\0`, 'latin1');
  const tiff = Buffer.alloc(8 + 2 + 3 * 12 + 4 + words.length + 2 + 2 * 12 + 4 + 24);
  const wordsAt = 8 + 2 + 3 * 12 + 4;
  const gpsAt = wordsAt + words.length;
  const latitudeAt = gpsAt + 2 + 2 * 12 + 4;
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(3, 8);
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  };
  entry(10, 0x010e, 2, words.length, wordsAt);
  entry(22, 0x0112, 3, 1, 6);
  entry(34, 0x8825, 4, 1, gpsAt);
  words.copy(tiff, wordsAt);
  tiff.writeUInt16LE(2, gpsAt);
  entry(gpsAt + 2, 1, 2, 2, 'N'.charCodeAt(0));
  entry(gpsAt + 14, 2, 5, 3, latitudeAt);
  for (const [index, part] of [22, 39, 54].entries()) {
    tiff.writeUInt32LE(part, latitudeAt + index * 8);
    tiff.writeUInt32LE(1, latitudeAt + index * 8 + 4);
  }
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe1, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}
