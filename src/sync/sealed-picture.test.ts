import { beforeAll, describe, expect, test } from 'vitest';
import { attachmentLimits } from '#domain/attachment.ts';
import {
  carriesMetadata, createDeviceKeys, createEndpointKeyPair, hashPicture, importDeviceKey, maxSealedPictureBytes, openOwnPicture, openPicture,
  pictureTypeOf, readPictureHeader, sealPicture,
} from './entry.ts';
import type { EndpointKeyPair, SealedPicture } from './entry.ts';

const deviceId = '0193a5e0-1111-7000-8000-000000000001';
const endpointId = '0193a5e0-2222-7000-8000-000000000002';
const picture = Uint8Array.from({ length: 5000 }, (_, at) => at % 251);
const unreadable = { ok: false, error: { code: 'unreadable' } };

let keyPair: EndpointKeyPair;
let device: Awaited<ReturnType<typeof createDeviceKeys>>;
let of: Omit<Parameters<typeof sealPicture>[0], 'picture'>;
let sealed: SealedPicture;

beforeAll(async () => {
  keyPair = await createEndpointKeyPair();
  device = await createDeviceKeys();
  const endpoint = { endpointId, keyId: keyPair.keyId, publicKey: keyPair.publicKey };
  of = { endpoint, communeCode: '01789', deviceId, deviceKey: await importDeviceKey(device.privateKey) };
  sealed = await sealPicture({ ...of, picture });
});

const open = async (box: Uint8Array, over: Partial<Parameters<typeof openPicture>[0]> = {}) =>
  await openPicture({ box, endpointId, keyPair, devicePublicKey: device.publicKey, ...over });

describe('a sealed picture', () => {
  test('is opened by the endpoint, and by the phone with the key it kept', async () => {
    expect(await open(sealed.box)).toEqual({ ok: true, value: picture });
    expect(await openOwnPicture(sealed.key, sealed.box)).toEqual({ ok: true, value: picture });
    expect(readPictureHeader(sealed.box)).toMatchObject({ ok: true, value: { communeCode: '01789', deviceId } });
    expect(await hashPicture(sealed.box)).toBe(sealed.sha256);
  });

  test('tells its size to the KiB and nothing else of what it is', async () => {
    const text = Buffer.from(sealed.box).toString('latin1');
    expect(text).not.toContain(Buffer.from(picture.subarray(0, 16)).toString('latin1'));
    const other = await sealPicture({ ...of, picture: picture.subarray(0, 4990) });
    expect(other.box.length).toBe(sealed.box.length);
    expect(other.sha256).not.toBe(sealed.sha256);
  });

  test('opens for no other key, no other endpoint and no other device', async () => {
    expect(await openOwnPicture((await sealPicture({ ...of, picture })).key, sealed.box)).toEqual(unreadable);
    expect(await open(sealed.box, { endpointId: deviceId })).toEqual(unreadable);
    expect(await open(sealed.box, { devicePublicKey: (await createDeviceKeys()).publicKey })).toEqual({ ok: false, error: { code: 'forged' } });
  });

  test('opens with no byte changed, cut or added', async () => {
    for (const at of [0, 1, 2, 3, 10, 200, 400, 2000, sealed.box.length - 1]) {
      const changed = sealed.box.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect((await open(changed)).ok, `byte ${at}`).toBe(false);
    }
    for (const length of [0, 3, 4, 100, 400, 1500, sealed.box.length - 1]) expect((await open(sealed.box.slice(0, length))).ok, `length ${length}`).toBe(false);
    expect((await open(new Uint8Array([...sealed.box, 0]))).ok).toBe(false);
  });

  test('is of no other kind', async () => {
    for (const kind of [1, 2, 3]) {
      const other = sealed.box.slice();
      other[1] = kind;
      expect(await open(other)).toEqual(unreadable);
      expect(await openOwnPicture(sealed.key, other)).toEqual(unreadable);
    }
  });

  test('has a largest size, which the largest picture stays under', async () => {
    const largest = new Uint8Array(attachmentLimits.bytes).fill(7);
    const { box } = await sealPicture({ ...of, picture: largest });
    expect(box.length).toBeLessThanOrEqual(maxSealedPictureBytes);
    expect((await open(box)).ok).toBe(true);
    await expect(sealPicture({ ...of, picture: new Uint8Array(attachmentLimits.bytes + 1) })).rejects.toThrow(RangeError);
    await expect(sealPicture({ ...of, picture: new Uint8Array() })).rejects.toThrow(RangeError);
  });
});

const segment = (marker: number, ...body: number[]) => [0xff, marker, 0, body.length + 2, ...body];
const jpeg = (...segments: number[][]) => Uint8Array.from([0xff, 0xd8, ...segments.flat(), ...segment(0xda, 1, 2), 9, 9, 0xff, 0xd9]);
const text = (words: string) => [...words].map((letter) => letter.charCodeAt(0));
const chunk = (name: string, ...body: number[]) => [...text(name), body.length, 0, 0, 0, ...body, ...(body.length % 2 === 1 ? [0] : [])];
const webp = (...chunks: number[][]) => Uint8Array.from([...text('RIFF'), 0, 0, 0, 0, ...text('WEBP'), ...chunks.flat()]);

describe("a picture's own bytes", () => {
  test('say what type it is', () => {
    expect(pictureTypeOf(jpeg())).toBe('image/jpeg');
    expect(pictureTypeOf(webp(chunk('VP8 ', 1, 2, 3)))).toBe('image/webp');
    for (const other of [[], [0x89, 0x50, 0x4e, 0x47], text('GIF89a'), text('RIFFxxxxWAVE'), text('<svg>')]) expect(pictureTypeOf(Uint8Array.from(other))).toBeUndefined();
  });

  test('carry nothing else where only the picture is there', () => {
    expect(carriesMetadata(jpeg(segment(0xe0, ...text('JFIF\0')), segment(0xdb, 1, 2)))).toBe(false);
    expect(carriesMetadata(jpeg(segment(0xe2, ...text('ICC_PROFILE\0'))))).toBe(false);
    expect(carriesMetadata(webp(chunk('VP8X', 0), chunk('VP8 ', 1, 2, 3)))).toBe(false);
  });

  test.each([
    ['EXIF in a JPEG', jpeg(segment(0xe0, 1), segment(0xe1, ...text('Exif\0\0')))],
    ['XMP in a JPEG', jpeg(segment(0xe1, ...text('http://ns.adobe.com/xap/1.0/\0')))],
    ['a second picture in a JPEG', jpeg(segment(0xe2, ...text('MPF\0')))],
    ['IPTC in a JPEG', jpeg(segment(0xed, 1))],
    ['a comment in a JPEG', jpeg(segment(0xfe, 1))],
    ['EXIF in a WebP', webp(chunk('VP8X', 8), chunk('VP8 ', 1, 2, 3), chunk('EXIF', 1, 2))],
    ['XMP in a WebP', webp(chunk('VP8 ', 1), chunk('XMP ', 1, 2))],
    ['a JPEG that is cut', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff])],
    ['no picture at all', Uint8Array.from(text('<html>'))],
  ])('are found out: %s', (_what, bytes) => {
    expect(carriesMetadata(bytes)).toBe(true);
  });
});
