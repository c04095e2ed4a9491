import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openBox, sealBox } from './box.ts';

const key = crypto.getRandomValues(new Uint8Array(32));
const damaged = { ok: false, error: { code: 'damaged' } };

test('what is sealed opens under the same key and context, and under no other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.string(), fc.string(), async (plain, context, other) => {
      const box = await sealBox(key, plain, context);
      expect(await openBox(key, box, context)).toEqual({ ok: true, value: new Uint8Array(plain) });
      fc.pre(other !== context);
      expect(await openBox(key, box, other)).toEqual(damaged);
      expect(await openBox(crypto.getRandomValues(new Uint8Array(32)), box, context)).toEqual(damaged);
    }),
  );
});

test('every bit of a box counts, and so does its length', async () => {
  const box = await sealBox(key, new TextEncoder().encode('Bể nước đầu xóm'), 'drafts/1');
  for (let bit = 0; bit < box.length * 8; bit++) {
    const flipped = box.slice();
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    expect(await openBox(key, flipped, 'drafts/1'), `bit ${bit}`).toEqual(damaged);
  }
  for (const nothing of [null, undefined, 'x', {}]) expect(await openBox(key, nothing as Uint8Array, 'drafts/1')).toEqual(damaged);
  for (const length of [0, 1, 12, 28, box.length - 1]) expect(await openBox(key, box.slice(0, length), 'drafts/1')).toEqual(damaged);
});

test('the plain bytes do not stand in the box, and the same bytes never seal alike', async () => {
  const plain = new TextEncoder().encode('Nguyễn Văn Đức');
  const boxes = await Promise.all(Array.from({ length: 1_000 }, () => sealBox(key, plain, 'c')));
  expect(boxes.some((box) => Buffer.from(box).includes('Nguy'))).toBe(false);
  expect(new Set(boxes.map((box) => Buffer.from(box.subarray(1, 13)).toString('hex'))).size).toBe(1_000);
});

test('a part of a larger buffer is sealed as that part alone', async () => {
  const buffer = Uint8Array.of(9, 9, 1, 2, 3, 9);
  const box = await sealBox(key, buffer.subarray(2, 5), 'c');
  const around = new Uint8Array(box.length + 4);
  around.set(box, 2);
  expect(await openBox(key, around.subarray(2, 2 + box.length), 'c')).toEqual({ ok: true, value: Uint8Array.of(1, 2, 3) });
});

test('the key is taken when the call is made: overwriting it afterwards changes nothing', async () => {
  const own = key.slice();
  const sealing = sealBox(own, Uint8Array.of(7), 'c');
  own.fill(0);
  expect(await openBox(key, await sealing, 'c')).toEqual({ ok: true, value: Uint8Array.of(7) });
});

test('a key of another length is a mistake of the caller', async () => {
  await expect(sealBox(new Uint8Array(16), new Uint8Array(1), 'c')).rejects.toThrow(RangeError);
  await expect(openBox(new Uint8Array(0), new Uint8Array(60), 'c')).rejects.toThrow(RangeError);
});
