import { expect, test } from 'vitest';
import type { Row } from '#sync/protocol.ts';
import { openRows, sealRows } from './segments.ts';
import type { ChannelSafe } from './safe.ts';

/** Boxes as they are under the encryption. */
const open: ChannelSafe = { seal: async (plain) => new Uint8Array(plain), open: async (box) => new Uint8Array(box) };
const channel = { channelId: 'hamlet/01789-003', generation: 'first' };

function rowsOf(letters: number): Row[] {
  return [{ recordId: 'a'.repeat(letters), sequence: 1, gone: 'deleted' }] as unknown as Row[];
}
async function throughABox(rows: Row[]): Promise<Row[] | undefined> {
  const box = await sealRows(open, channel, rows);
  return await openRows(open, { id: 1, ...channel, from: 0, to: 1, rows: rows.length, box });
}

test('a box of any size opens to the rows that were put into it', async () => {
  const around = [65_535, 65_536, 65_537].map((length) => length - JSON.stringify(rowsOf(0)).length);
  for (const letters of [1, ...around, 300_000, 2]) expect(await throughABox(rowsOf(letters))).toEqual(rowsOf(letters));
});

test('boxes that are opened at once do not mix', async () => {
  const sizes = [3, 40_000, 100_000, 5];
  expect(await Promise.all(sizes.map(async (letters) => await throughABox(rowsOf(letters))))).toEqual(sizes.map(rowsOf));
});
