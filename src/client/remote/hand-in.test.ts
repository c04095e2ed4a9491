import { expect, test } from 'vitest';
import { createBundle, createReceiptFile, readReceiptFile } from '#sync/bundle.ts';
import type { Bundle } from '#sync/bundle.ts';
import { batchLimits } from '#sync/protocol.ts';
import type { SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import { handIn } from './hand-in.ts';

const endpointId = '018f0000-0000-7000-8000-000000000001';
const now = Date.parse('2026-11-22T08:00:00+07:00');
const session = 'AAAAAAAAAAAAAAAAAAAAAA';

function bundleOf(entries: number, over: Partial<Bundle> = {}): string {
  return createBundle({
    endpointId, epoch: 1, communeCode: '01789', madeAt: '2026-11-21T08:00:00+07:00',
    sessions: [{ sessionId: session, header: { info: 'aW5mbw', enc: 'ZW5j', signature: 'c2ln' } }],
    entries: Array.from({ length: entries }, (_, index) => ({ session, deviceSeq: index + 1, bytes: 'c2VhbGVk' })),
    ...over,
  });
}

/** An endpoint that says of each entry what `outcomeOf` says; `asked`: the requests it got. */
function endpoint(outcomeOf: (deviceSeq: number) => Partial<SyncAnswer['entries'][number]> = () => ({}), over: Partial<SyncAnswer> = {}) {
  const asked: SyncRequest[] = [];
  const state = { failsAfter: Infinity };
  const fetchFrom = async (path: string, init: RequestInit): Promise<Response> => {
    if (path === '/endpoint') return Response.json({ endpointId, keyId: 'key', publicKey: 'cHVi' });
    if (asked.length >= state.failsAfter) throw new TypeError('no connection');
    const body = init.body;
    const text = typeof body === 'string' ? body : await new Response(new Response(body).body?.pipeThrough(new DecompressionStream('gzip'))).text();
    const request = JSON.parse(text) as SyncRequest;
    asked.push(request);
    expect(new Headers(init.headers).get('authorization')).toBeNull();
    const answer: SyncAnswer = {
      epoch: 1, schema: 1, endpointTime: '2026-11-22T01:00:00.000Z',
      entries: request.entries.map((entry) => ({ session, deviceSeq: entry.deviceSeq, outcome: 'kept', ...outcomeOf(entry.deviceSeq) })),
      receipts: [{ session, bytes: 'cmVjZWlwdA' }],
      ...over,
    };
    return Response.json(answer);
  };
  return { asked, state, fetchFrom };
}

test('every entry is handed in without an account, and the receipt is a file for the way home', async () => {
  const { asked, fetchFrom } = endpoint();
  const handed = await handIn(bundleOf(3), now, fetchFrom);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ receipts: true, sessions: [{ info: 'aW5mbw' }] });
  expect(asked[0]?.pull).toBeUndefined();
  expect(handed).toMatchObject({ ok: true, value: { entries: 3, taken: 3, known: 0, unreadable: 0, isOfEarlierEpoch: false } });
  if (!handed.ok) throw new Error('not handed in');
  expect(handed.value.receipt?.name).toBe('gan-dan-bien-nhan-3-phieu-2026-11-22.gandan');
  expect(readReceiptFile(handed.value.receipt?.text ?? '')).toMatchObject({ ok: true, value: { endpointId, receipts: [{ session, bytes: 'cmVjZWlwdA' }] } });
});

test('what was there already and what does not open are counted apart', async () => {
  const { fetchFrom } = endpoint((seq) => (seq === 1 ? { known: true } : seq === 2 ? { outcome: 'unreadable' } : {}));
  expect(await handIn(bundleOf(4), now, fetchFrom)).toMatchObject({ ok: true, value: { entries: 4, taken: 2, known: 1, unreadable: 1 } });
});

test('a file of another endpoint, a receipt, a cut one: refused before anything is sent', async () => {
  const { asked, fetchFrom } = endpoint();
  const foreign = bundleOf(1, { endpointId: '018f0000-0000-7000-8000-000000000002' });
  expect(await handIn(foreign, now, fetchFrom)).toEqual({ ok: false, error: { code: 'foreign' } });
  const receipts = createReceiptFile([{ session, bytes: 'cmVjZWlwdA' }], { endpointId, madeAt: '2026-11-21T08:00:00+07:00' });
  expect(await handIn(receipts, now, fetchFrom)).toEqual({ ok: false, error: { code: 'is_receipt' } });
  expect(await handIn(bundleOf(1).slice(0, -9), now, fetchFrom)).toEqual({ ok: false, error: { code: 'damaged' } });
  expect(await handIn('thư', now, fetchFrom)).toEqual({ ok: false, error: { code: 'not_a_bundle' } });
  expect(asked).toEqual([]);
});

test('a file made before a restore is taken, and it is said; one of a phone that had not met the endpoint yet is not old', async () => {
  const { fetchFrom } = endpoint(() => ({}), { epoch: 2 });
  expect(await handIn(bundleOf(1), now, fetchFrom)).toMatchObject({ ok: true, value: { taken: 1, isOfEarlierEpoch: true } });
  expect(await handIn(bundleOf(1, { epoch: 0 }), now, fetchFrom)).toMatchObject({ ok: true, value: { isOfEarlierEpoch: false } });
});

test('a connection that ends in between tells what arrived; handing in again goes on', async () => {
  const { state, fetchFrom } = endpoint();
  const many = bundleOf(batchLimits.entries + 5);
  state.failsAfter = 1;
  expect(await handIn(many, now, fetchFrom)).toMatchObject({
    ok: true,
    value: { entries: batchLimits.entries + 5, taken: batchLimits.entries, unreadable: 0, broken: { code: 'unreachable' } },
  });
  state.failsAfter = 0;
  expect(await handIn(many, now, fetchFrom)).toEqual({ ok: false, error: { code: 'unreachable' } });
});
