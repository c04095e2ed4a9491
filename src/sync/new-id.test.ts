import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { uuidSchema } from '#domain/identifiers.ts';
import { createNewId, createNewRandomId } from './new-id.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));
const timeOf = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

test('an id is a UUIDv7 that carries the time it was made', () => {
  const id = createNewId(() => 1_790_000_000_123, random)();
  expect(uuidSchema.safeParse(id).success).toBe(true);
  expect([id[14], timeOf(id)]).toEqual(['7', 1_790_000_000_123]);
});

test('ids rise within a millisecond, over a full counter, and when the clock is put back', () => {
  let now = 1_790_000_000_000;
  const newId = createNewId(() => now, random);
  const ids = Array.from({ length: 10_000 }, newId);
  now -= 60_000;
  ids.push(...Array.from({ length: 100 }, newId));
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(10_100);
});

test('a random id is a UUIDv4', () => {
  const id = createNewRandomId(random)();
  expect(uuidSchema.safeParse(id).success).toBe(true);
  expect(id[14]).toBe('4');
});
