import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { readingStanding } from './reading-standing.ts';

const [north, south, west] = ['01789-001', '01789-002', '01789-003'] as const;
const receipt = (hamletId: string, readVersion: number, on = '2026-11-22') => ({ hamletId, readVersion, on });

test('which teams have read it as it stands, which before it was changed, and which never', () => {
  const standing = readingStanding({ version: 3 }, [receipt(north, 3), receipt(south, 2), receipt('01789-009', 3)], [west, south, north]);
  expect(standing).toEqual({ read: [{ hamletId: north, on: '2026-11-22' }], readBefore: [{ hamletId: south, on: '2026-11-22' }], unread: [west] });
});

test('a changed document asks anew, and an old receipt does not stand for the new version', () => {
  const receipts = [receipt(north, 1)];
  expect(readingStanding({ version: 1 }, receipts, [north]).read).toHaveLength(1);
  expect(readingStanding({ version: 2 }, receipts, [north])).toMatchObject({ read: [], readBefore: [{ hamletId: north }] });
});

test('two of one team confirm: it counts once, on the newest day, whatever came first', () => {
  const receipts = [receipt(north, 2, '2026-11-28'), receipt(north, 1, '2026-11-30'), receipt(north, 2, '2026-11-25')];
  expect(readingStanding({ version: 2 }, receipts, [north])).toEqual({ read: [{ hamletId: north, on: '2026-11-28' }], readBefore: [], unread: [] });
});

test('each team stands in one list, whatever was confirmed', () => {
  const hamlets = [north, south, west];
  const receipts = fc.array(fc.record({ hamletId: fc.constantFrom(...hamlets), readVersion: fc.nat(4), on: fc.constantFrom('2026-11-20', '2026-11-21') }));
  fc.assert(
    fc.property(fc.nat(4), receipts, (version, given) => {
      const { read, readBefore, unread } = readingStanding({ version }, given, hamlets);
      expect([...read.map((one) => one.hamletId), ...readBefore.map((one) => one.hamletId), ...unread].toSorted()).toEqual(hamlets);
      expect(unread).toEqual(hamlets.filter((hamletId) => !given.some((one) => one.hamletId === hamletId)));
      expect(read.map((one) => one.hamletId)).toEqual(hamlets.filter((hamletId) => given.some((one) => one.hamletId === hamletId && one.readVersion >= version)));
    }),
  );
});
