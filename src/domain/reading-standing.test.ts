import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { idOf, recordOf } from './records.test-support.ts';
import { readingStanding, textMark } from './reading-standing.ts';

const [north, south, west] = ['01789-001', '01789-002', '01789-003'] as const;
const receipt = (hamletId: string, readVersion: number, on = '2026-11-22') => ({ hamletId, readVersion, on });

test('which teams have read it as it stands, which before it was changed, and which never', () => {
  const standing = readingStanding({ version: 3, text: 'aaaaaaaa' }, [receipt(north, 3), receipt(south, 2), receipt('01789-009', 3)], [west, south, north]);
  expect(standing).toEqual({ read: [{ hamletId: north, on: '2026-11-22' }], readBefore: [{ hamletId: south, on: '2026-11-22' }], unread: [west] });
});

test('a changed document asks anew, and an old receipt does not stand for the new version', () => {
  const receipts = [receipt(north, 1)];
  expect(readingStanding({ version: 1, text: 'aaaaaaaa' }, receipts, [north]).read).toHaveLength(1);
  expect(readingStanding({ version: 2, text: 'aaaaaaaa' }, receipts, [north])).toMatchObject({ read: [], readBefore: [{ hamletId: north }] });
});

test('what changes no word leaves it read; a word changed asks anew, and put back as it was read it is read', () => {
  const read = recordOf('document', idOf(31), { summary: 'Xem mái nhà.', asksReceipt: true }, { version: 2 });
  const receipts = [{ ...receipt(north, 2), readText: textMark(read) }];
  const standing = (fields: Partial<typeof read.fields>, version: number) => {
    const now = recordOf('document', idOf(31), { ...read.fields, ...fields }, { version });
    return readingStanding({ version, text: textMark(now) }, receipts, [north]).read.length;
  };
  // Put away and brought back; where a restored endpoint jumped ahead.
  expect([standing({}, 4), standing({ archivedOn: '2026-11-29' }, 3), standing({}, 1004)]).toEqual([1, 1, 1]);
  // Also of the same version, as two who wrote at once leave it.
  expect([standing({ summary: 'Xem mái nhà, chăn ấm.' }, 3), standing({ date: '2026-01-02' }, 2), standing({ kind: 'notice' }, 2)]).toEqual([0, 0, 0]);
  expect(standing({ summary: 'Xem mái nhà.' }, 6)).toBe(1);
});

test('each word of a page or a document counts, whatever stands beside it', () => {
  const page = (title: string, body: string) => textMark(recordOf('handbook_page', idOf(30), { title, body }));
  expect(page('Mất máy', 'Gọi xã.')).toMatch(/^[0-9a-f]{8}$/);
  expect(new Set([page('Mất máy', 'Gọi xã.'), page('Mất máy', 'Gọi xã'), page('Mất', 'máy Gọi xã.'), page('Gọi xã.', 'Mất máy')]).size).toBe(4);
  const moved = recordOf('handbook_page', idOf(32), { title: 'Mất máy', body: 'Gọi xã.', order: 9, edition: 4 });
  expect(textMark(moved)).toBe(page('Mất máy', 'Gọi xã.'));
});

test('two of one team confirm: it counts once, on the newest day, whatever came first', () => {
  const receipts = [receipt(north, 2, '2026-11-28'), receipt(north, 1, '2026-11-30'), receipt(north, 2, '2026-11-25')];
  expect(readingStanding({ version: 2, text: 'aaaaaaaa' }, receipts, [north])).toEqual({ read: [{ hamletId: north, on: '2026-11-28' }], readBefore: [], unread: [] });
});

test('each team stands in one list, whatever was confirmed', () => {
  const hamlets = [north, south, west];
  const receipts = fc.array(fc.record({ hamletId: fc.constantFrom(...hamlets), readVersion: fc.nat(4), on: fc.constantFrom('2026-11-20', '2026-11-21') }));
  fc.assert(
    fc.property(fc.nat(4), receipts, (version, given) => {
      const { read, readBefore, unread } = readingStanding({ version, text: 'aaaaaaaa' }, given, hamlets);
      expect([...read.map((one) => one.hamletId), ...readBefore.map((one) => one.hamletId), ...unread].toSorted()).toEqual(hamlets);
      expect(unread).toEqual(hamlets.filter((hamletId) => !given.some((one) => one.hamletId === hamletId)));
      expect(read.map((one) => one.hamletId)).toEqual(hamlets.filter((hamletId) => given.some((one) => one.hamletId === hamletId && one.readVersion >= version)));
    }),
  );
});
