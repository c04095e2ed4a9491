import { expect, test } from 'vitest';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { createSyncEngine } from './engine.ts';
import type { Clock, SyncStore, TransportError } from './engine.ts';
import type { SyncAnswer, SyncRequest } from './protocol.ts';

/** What one request met on its way: how long it took, and what came of it. */
interface Met {
  readonly seconds: number;
  /** The line broke: before (`lost`) or after (`unheard`) the endpoint had it. */
  readonly broke?: 'lost' | 'unheard';
}

const member = { memberId: '0199f7a0-0000-7000-8000-000000000001', communeCode: '01789', name: 'Lan', assignments: [] };

/** A phone with entries of 1,000 characters and an endpoint whose verdicts tell what it has; each request meets what is next in `line`. */
function createHill(entries: number, line: Met[]) {
  let now = 1_000_000;
  const clock: Clock = { now: () => now, setTimeout: () => undefined, clearTimeout: () => undefined };
  const outbox = new Map<number, 'waiting' | 'kept' | 'settled'>(Array.from({ length: entries }, (_, index) => [index + 1, 'waiting']));
  const atEndpoint = new Set<number>();
  const log: string[] = [];
  const store: SyncStore = {
    async outbound(limits) {
      const fits = [...outbox].filter(([, state]) => state === 'waiting').slice(0, Math.min(limits.entries, Math.max(1, Math.floor(limits.bytes / 1_000))));
      return { round: '1', sessions: [], entries: limits.entries === 0 ? [] : fits.map(([deviceSeq]) => ({ session: 's', deviceSeq, bytes: 'A'.repeat(1_000) })) };
    },
    unsettledCount: () => [...outbox.values()].filter((state) => state !== 'settled').length,
    lostEntries: () => [],
    noteRetired: () => undefined,
    pullStanding: async () => ({ schema: 1, epoch: 1, round: '1', absent: 'absent', channels: new Map() }),
    async recordOutcomes(outcomes) {
      for (const { deviceSeq } of outcomes) outbox.set(deviceSeq, 'kept');
    },
    async commitPages(pages) {
      for (const deviceSeq of atEndpoint) outbox.set(deviceSeq, 'settled');
      return pages.map(() => 'committed');
    },
    restart: async () => undefined,
    recordContact: async () => undefined,
  };
  async function sync(request: SyncRequest): Promise<Result<SyncAnswer, TransportError>> {
    const { seconds, broke } = line.shift() ?? { seconds: 1 };
    now += seconds * 1_000;
    log.push(`${request.entries.length}${request.pull === undefined ? '' : ' and news'}${broke === undefined ? '' : `, ${broke}`}`);
    if (broke !== 'lost') for (const { deviceSeq } of request.entries) atEndpoint.add(deviceSeq);
    if (broke !== undefined) return err({ code: 'unreachable' });
    const page = { channelId: 'device/0000a', from: 0, cursor: 1, rows: [], more: false };
    return ok({
      epoch: 1, schema: 1, endpointTime: '2026-11-22T08:00:00+07:00',
      entries: request.entries.map(({ session, deviceSeq }) => ({ session, deviceSeq, outcome: 'kept' as const })),
      ...(request.pull === undefined ? {} : { pull: { member, pages: [page], left: [] } }),
    });
  }
  const engine = createSyncEngine({ store, clock, random: () => 1 - Number.EPSILON, transport: { sync } });
  const pass = (seconds: number) => void (now += seconds * 1_000);
  return { engine, log, outbox, pass, restSeconds: () => ((engine.state().nextTryAt ?? 0) - now) / 1_000 };
}

test('on a line that proves slow what is to be sent goes first, and news are fetched when it is through', async () => {
  const { engine, log, outbox } = createHill(70, [{ seconds: 5 }, { seconds: 12 }, { seconds: 2 }]);
  await engine.run();
  expect(log).toEqual(['20 and news', '40', '10 and news']);
  expect([...outbox.values()].every((state) => state === 'settled')).toBe(true);
});

test('news are fetched also where the last of it filled a request', async () => {
  const { engine, log } = createHill(60, [{ seconds: 5 }, { seconds: 12 }]);
  await engine.run();
  expect(log).toEqual(['20 and news', '40', '0 and news']);
});

test('on a fast line all of it goes in two requests, with news', async () => {
  const { engine, log } = createHill(180, [{ seconds: 0.2 }, { seconds: 0.4 }]);
  await engine.run();
  expect(log).toEqual(['20 and news', '160 and news']);
});

test('after a cut the phone first asks what arrived and sends that no more', async () => {
  const { engine, log, outbox } = createHill(30, [{ seconds: 3, broke: 'unheard' }]);
  await engine.run();
  await engine.run();
  expect(log).toEqual(['20 and news, unheard', '0 and news', '10 and news']);
  expect([...outbox.values()].every((state) => state === 'settled')).toBe(true);
});

test('a line that is cut each time, and carries something each time, is tried again at once; one that carries nothing is left alone longer and longer', async () => {
  const cut = { seconds: 3, broke: 'lost' } as const;
  const carrying = createHill(400, [{ seconds: 5 }, cut, { seconds: 1 }, { seconds: 6 }, cut, { seconds: 1 }, { seconds: 6 }, cut]);
  const rests: number[] = [];
  for (let run = 0; run < 3; run++) {
    await carrying.engine.run();
    rests.push(carrying.restSeconds());
    carrying.pass(carrying.restSeconds());
  }
  expect(rests).toEqual([2, 2, 2]);
  const dead = createHill(400, [cut, cut, cut]);
  const longer: number[] = [];
  for (let run = 0; run < 3; run++) {
    await dead.engine.run();
    longer.push(dead.restSeconds());
    dead.pass(dead.restSeconds());
  }
  expect(longer).toEqual([2, 4, 8]);
});
