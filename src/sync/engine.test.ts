import { describe, expect, test } from 'vitest';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { createSyncEngine, StorageFailure } from './engine.ts';
import type { Clock, Exclusive, SyncStore, TransportError } from './engine.ts';
import { maxLost } from './protocol.ts';
import type { Page, SyncAnswer, SyncRequest } from './protocol.ts';

/** Time passes when the test says so; what is due runs in its order. */
function createFakeClock() {
  let now = 1_000_000;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  const settle = async () => {
    for (let turn = 0; turn < 200; turn++) await Promise.resolve();
  };
  const clock: Clock = {
    now: () => now,
    setTimeout(run, ms) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return timer;
    },
    clearTimeout(timer) {
      timers = timers.filter((other) => other !== timer);
    },
  };
  return {
    clock,
    waiting: () => timers.map((timer) => timer.at - now),
    settle,
    async pass(ms: number) {
      const end = now + ms;
      for (;;) {
        const [next] = timers.filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        now = next.at;
        timers = timers.filter((other) => other !== next);
        next.run();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}

type Reply = Result<SyncAnswer, TransportError>;
const answer = (more: Partial<SyncAnswer> = {}): SyncAnswer => ({ epoch: 1, schema: 1, endpointTime: '2026-11-22T08:00:00+07:00', entries: [], ...more });
const page = (channelId: string, from: number, cursor: number, more = false): Page => ({ channelId, from, cursor, rows: [], more });
const member = { memberId: '0199f7a0-0000-7000-8000-000000000001', communeCode: '01789', name: 'Lan', assignments: [] };

/** A phone of a few lines and an endpoint that keeps what it is sent, both told in a log one can read. */
function createScene(options: { readonly reply?: (request: SyncRequest, index: number) => Reply | undefined; readonly exclusive?: Exclusive; readonly pollMs?: number } = {}) {
  const time = createFakeClock();
  const log: string[] = [];
  const outbox = new Map<number, 'waiting' | 'kept'>();
  const cursors = new Map<string, number>();
  const lost: string[] = [];
  let requests = 0;
  let epoch = 0;
  let round = 1;
  const store: SyncStore = {
    async outbound({ entries, skip }) {
      const all = [...outbox].filter(([seq, state]) => state === 'waiting' && skip?.has(seq) !== true);
      const waiting = all.slice(0, entries);
      return { round: String(round), sessions: [], isMoreRetained: round > 1 && all.length > waiting.length, entries: waiting.map(([deviceSeq]) => ({ session: 's', deviceSeq, bytes: 'AA' })) };
    },
    unsettledCount: () => [...outbox.values()].filter((state) => state === 'waiting').length,
    async pullStanding() {
      const channels = new Map([...cursors].map(([channelId, cursor]) => [channelId, { cursor, generation: `g-${channelId}` }]));
      return { schema: 1, epoch, round: String(round), absent: 'absent', channels };
    },
    lostEntries: () => lost,
    noteRetired() {
      log.push('retired');
    },
    async recordOutcomes(outcomes, of) {
      if (of !== String(round)) return;
      for (const { deviceSeq, outcome } of outcomes) if (outcome === 'kept') outbox.set(deviceSeq, 'kept');
      if (outcomes.length > 0) log.push(`kept:${outcomes.length}`);
    },
    async commitPages(pages, said) {
      let isAnyStale = false;
      for (const channelId of said.pull !== undefined && 'left' in said.pull ? said.pull.left : []) {
        cursors.delete(channelId);
        log.push(`left:${channelId}`);
      }
      return pages.map(({ page: got, made }) => {
        isAnyStale ||= made.cursor !== (cursors.get(got.channelId) ?? 0) || got.from !== made.cursor;
        if (isAnyStale) return 'stale';
        cursors.set(got.channelId, got.cursor);
        log.push(`page:${got.channelId}:${got.cursor}`);
        return 'committed';
      });
    },
    async restart(next) {
      epoch = next;
      round += 1;
      for (const seq of outbox.keys()) outbox.set(seq, 'waiting');
      for (const channelId of cursors.keys()) cursors.set(channelId, 0);
      log.push(`restart:${next}`);
    },
    async recordContact(said) {
      if (epoch === 0) epoch = said.epoch;
    },
  };
  const engine = createSyncEngine({
    store,
    clock: time.clock,
    random: () => 1 - Number.EPSILON,
    exclusive: options.exclusive,
    pollMs: options.pollMs,
    transport: {
      async sync(request) {
        const first = request.entries[0]?.deviceSeq ?? 0;
        log.push(`send:${first}:${request.entries.length}`);
        const reply = options.reply?.(request, requests++);
        return reply ?? ok(answer({ entries: request.entries.map(({ session, deviceSeq }) => ({ session, deviceSeq, outcome: 'kept' })) }));
      },
    },
  });
  return {
    engine, store, log, lost, cursors, outbox, ...time,
    save(count: number) {
      const last = outbox.size;
      for (let seq = last + 1; seq <= last + count; seq++) outbox.set(seq, 'waiting');
    },
  };
}

const fails = (code: 'timeout' | 'unreachable' | 'too_large' | 'not_our_endpoint'): Reply => err({ code });
const breaks = (status = 500, retryAfterMs?: number): Reply => err({ code: 'endpoint_error', status, retryAfterMs });
const pulls = (...pages: Page[]): Reply => ok(answer({ pull: { member, pages, left: [] } }));

describe('a sync', () => {
  test('sends all there is in batches of at most 200', async () => {
    const scene = createScene();
    scene.save(450);
    await scene.engine.run();
    expect(scene.log).toEqual(['send:1:200', 'kept:200', 'send:201:200', 'kept:200', 'send:401:50', 'kept:50']);
    expect(scene.engine.state()).toEqual({ isRunning: false, lastSuccessAt: scene.clock.now(), lastError: undefined, nextTryAt: undefined });
  });

  test('fetches until no channel has more, and commits the device channel last', async () => {
    const device = page('device/0000a', 0, 3);
    const scene = createScene({
      reply: (_, index) => [pulls(device, page('hamlet/0000b', 0, 10, true)), pulls(device, page('hamlet/0000b', 10, 14))][index],
    });
    await scene.engine.run();
    // A record that a verdict names may have been raised behind the page that is cut off: until all is here the verdict would call it sent.
    expect(scene.log).toEqual(['send:0:0', 'page:hamlet/0000b:10', 'send:0:0', 'page:hamlet/0000b:14', 'page:device/0000a:3']);
  });

  test('a page that came too late holds up the verdicts of its answer', async () => {
    const device = page('device/0000a', 0, 3);
    const late = page('hamlet/0000b', 5, 9);
    const scene = createScene({ reply: (_, index) => [pulls(device, late), pulls(device, page('hamlet/0000b', 3, 9))][index] });
    scene.cursors.set('hamlet/0000b', 3);
    await scene.engine.run();
    expect(scene.log).toEqual(['send:0:0', 'send:0:0', 'page:hamlet/0000b:9', 'page:device/0000a:3']);
  });

  test('asks again where a page was stale, but not for ever', async () => {
    const scene = createScene({ reply: () => pulls(page('hamlet/0000b', 5, 9)) });
    scene.cursors.set('hamlet/0000b', 3);
    expect((await scene.engine.run()).lastError).toEqual({ code: 'endpoint_error', status: 200 });
    expect(scene.log).toEqual(['send:0:0', 'send:0:0', 'send:0:0']);
  });

  test('nor where an answer all of whose pages are stale names a channel to leave', async () => {
    const left = ok(answer({ pull: { member, pages: [page('hamlet/0000b', 5, 9)], left: ['hamlet/0000c'] } }));
    const scene = createScene({ reply: () => left });
    scene.cursors.set('hamlet/0000b', 3);
    expect((await scene.engine.run()).lastError).toEqual({ code: 'endpoint_error', status: 200 });
    expect(scene.log.filter((line) => line.startsWith('send'))).toHaveLength(3);
  });

  test('starts over and sends all again when the endpoint asks for it', async () => {
    const scene = createScene({ reply: (_, index) => (index === 1 ? ok(answer({ epoch: 2, pull: { restart: 'epoch' } })) : undefined) });
    scene.save(3);
    await scene.engine.run();
    scene.log.length = 0;
    await scene.engine.run();
    expect(scene.log).toEqual(['send:0:0', 'restart:2', 'send:1:3', 'kept:3']);
  });

  test('after a restore fetches nothing before all that was settled has been sent again: what is shown would lack it', async () => {
    const asked: boolean[] = [];
    const scene = createScene({
      reply: (request, index) => {
        asked.push(request.pull !== undefined);
        return index === 0 ? ok(answer({ epoch: 2, pull: { restart: 'epoch' } })) : undefined;
      },
    });
    scene.save(450);
    for (const seq of scene.outbox.keys()) scene.outbox.set(seq, 'kept');
    await scene.engine.run();
    expect(scene.log).toEqual(['send:0:0', 'restart:2', 'send:1:200', 'kept:200', 'send:201:200', 'kept:200', 'send:401:50', 'kept:50']);
    expect(asked).toEqual([true, false, false, true]);
  });

  test('gives up channels that the member no longer reads', async () => {
    const scene = createScene({ reply: () => ok(answer({ pull: { member, pages: [], left: ['hamlet/0000b'] } })) });
    scene.cursors.set('hamlet/0000b', 4);
    await scene.engine.run();
    expect(scene.log).toEqual(['send:0:0', 'left:hamlet/0000b']);
  });

  test('takes nothing from what is not an answer of our endpoint', async () => {
    const garbage = { epoch: 1, entries: [{ session: 's', deviceSeq: 1, outcome: 'kept' }] } as unknown as SyncAnswer;
    const scene = createScene({ reply: () => ok(garbage) });
    scene.save(1);
    expect((await scene.engine.run()).lastError).toEqual({ code: 'not_our_endpoint' });
    expect(scene.outbox.get(1)).toBe('waiting');
  });

  test('runs once however many ask, and once more for what was asked meanwhile', async () => {
    const scene = createScene();
    scene.save(1);
    scene.engine.wake('write');
    scene.engine.wake('write');
    scene.engine.wake('start');
    await scene.pass(1_000);
    expect(scene.log).toEqual(['send:1:1', 'kept:1']);
    const running = scene.engine.run();
    scene.save(1);
    scene.engine.wake('write');
    await running;
    await scene.pass(1_000);
    expect(scene.log.slice(2).filter((line) => line.startsWith('send:2'))).toHaveLength(1);
    expect([...scene.outbox.values()]).toEqual(['kept', 'kept']);
  });

  test('a person who asks while a sync runs gets one of their own', async () => {
    const scene = createScene();
    const first = scene.engine.run();
    const second = scene.engine.run();
    await Promise.all([first, second]);
    expect(scene.log).toEqual(['send:0:0', 'send:0:0']);
  });

  test('asks for news from time to time', async () => {
    const scene = createScene({ pollMs: 60_000 });
    await scene.engine.run();
    await scene.pass(125_000);
    expect(scene.log).toEqual(['send:0:0', 'send:0:0', 'send:0:0']);
  });

  test('leaves the work to the tab that holds the lock, and looks again later', async () => {
    let isTaken = true;
    const scene = createScene({ exclusive: async (body) => (isTaken ? undefined : await body()) });
    scene.save(1);
    await scene.engine.run();
    expect(scene.log).toEqual([]);
    expect(scene.engine.state()).toMatchObject({ isRunning: false, lastError: undefined, lastSuccessAt: undefined });
    isTaken = false;
    await scene.pass(2_000);
    expect(scene.log).toEqual(['send:1:1', 'kept:1']);
  });

  test('stops for good: no timer, no commit of an answer that comes later', async () => {
    const scene = createScene({
      pollMs: 1_000,
      reply: () => {
        scene.engine.stop();
        return pulls(page('hamlet/0000b', 0, 4));
      },
    });
    scene.engine.wake('start');
    await scene.pass(10_000);
    expect(scene.log).toEqual(['send:0:0']);
    scene.engine.wake('button');
    await scene.engine.run();
    expect(scene.waiting()).toEqual([]);
    expect(scene.log).toEqual(['send:0:0']);
  });

  test('a phone that locks in the middle of a sync ends it quietly; keys that are gone at any other time are a fault', async () => {
    const scene = createScene();
    scene.store.pullStanding = async () => {
      scene.engine.stop();
      throw new Error('the vault is closed');
    };
    await expect(scene.engine.run()).resolves.toMatchObject({ isRunning: false, lastError: undefined });
    const other = createScene();
    other.store.pullStanding = async () => await Promise.reject(new Error('the vault is closed'));
    await expect(other.engine.run()).rejects.toThrow('the vault is closed');
    expect(other.engine.state().isRunning).toBe(false);
  });

  test('says when the phone could not take what came, and tries again', async () => {
    const scene = createScene({ reply: () => pulls(page('hamlet/0000b', 0, 4)) });
    const { commitPages } = scene.store;
    scene.store.commitPages = async () => {
      throw new StorageFailure('full');
    };
    expect((await scene.engine.run()).lastError).toEqual({ code: 'storage_full' });
    scene.store.commitPages = commitPages;
    await scene.pass(2_000);
    expect(scene.engine.state().lastError).toBeUndefined();
    expect(scene.log).toEqual(['send:0:0', 'send:0:0', 'page:hamlet/0000b:4']);
  });
});

describe('after a failure', () => {
  test('rests twice as long each time, up to five minutes, and begins anew after a success', async () => {
    let isDown = true;
    const scene = createScene({ reply: () => (isDown ? fails('unreachable') : undefined) });
    const rests: number[] = [];
    await scene.engine.run();
    for (let failure = 0; failure < 10; failure++) {
      const rest = (scene.engine.state().nextTryAt ?? 0) - scene.clock.now();
      rests.push(rest);
      await scene.pass(rest);
    }
    expect(rests).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000]);
    isDown = false;
    await scene.pass(300_000);
    expect(scene.engine.state()).toMatchObject({ lastError: undefined, nextTryAt: undefined });
    isDown = true;
    await scene.engine.run();
    expect((scene.engine.state().nextTryAt ?? 0) - scene.clock.now()).toBe(2_000);
  });

  test('pressing the button again and again does not make the rest longer', async () => {
    const scene = createScene({ reply: () => fails('unreachable') });
    for (let press = 0; press < 7; press++) await scene.engine.run();
    expect((scene.engine.state().nextTryAt ?? 0) - scene.clock.now()).toBe(2_000);
  });

  test('a save does not cut the rest short, a connection that came back does', async () => {
    const scene = createScene({ reply: (_, index) => (index === 0 ? fails('unreachable') : undefined) });
    await scene.engine.run();
    scene.engine.wake('write');
    await scene.pass(1_000);
    expect(scene.log).toEqual(['send:0:0']);
    scene.engine.wake('online');
    await scene.pass(0);
    expect(scene.log).toEqual(['send:0:0', 'send:0:0']);
  });

  test('obeys the endpoint that asks for time', async () => {
    const scene = createScene({ reply: (_, index) => (index === 0 ? breaks(503, 90_000) : undefined) });
    await scene.engine.run();
    await scene.pass(89_000);
    expect(scene.log).toEqual(['send:0:0']);
    await scene.pass(1_000);
    expect(scene.log).toEqual(['send:0:0', 'send:0:0']);
  });

  test('a revoked phone does not ask again by itself', async () => {
    const scene = createScene({ reply: () => err({ code: 'no_session', revoked: true }) });
    await scene.engine.run();
    await scene.pass(3_600_000);
    expect(scene.log).toEqual(['send:0:0']);
    expect(scene.engine.state()).toMatchObject({ lastError: { code: 'no_session', revoked: true }, nextTryAt: undefined });
  });

  test('a batch that is too large is halved at once, and grows again', async () => {
    const scene = createScene({ reply: (request) => (request.entries.length > 30 ? fails('too_large') : undefined) });
    scene.save(200);
    await scene.engine.run();
    expect(scene.log.slice(0, 6)).toEqual(['send:1:200', 'send:1:100', 'send:1:50', 'send:1:25', 'kept:25', 'send:26:50']);
    expect([...scene.outbox.values()].every((state) => state === 'kept')).toBe(true);
  });

  test('a batch that timed out is halved for the next try, down to one', async () => {
    const scene = createScene({ reply: (request) => (request.entries.length > 1 ? fails('timeout') : undefined) });
    scene.save(4);
    await scene.engine.run();
    await scene.pass(2_000);
    await scene.pass(4_000);
    expect(scene.log.slice(0, 4)).toEqual(['send:1:4', 'send:1:2', 'send:1:1', 'kept:1']);
  });

  test('one entry that can never pass holds up nobody, and is tried again alone', async () => {
    const scene = createScene({ reply: (request) => (request.entries.some((entry) => entry.deviceSeq === 3) ? breaks() : undefined) });
    scene.save(6);
    await scene.engine.run();
    for (let rest = 0; rest < 12; rest++) await scene.pass(300_000);
    const stuck = [...scene.outbox].filter(([, state]) => state === 'waiting').map(([seq]) => seq);
    expect(stuck).toEqual([3]);
    expect(scene.engine.state()).toMatchObject({ lastError: undefined });
    scene.log.length = 0;
    scene.save(1);
    await scene.engine.run();
    expect(scene.log.slice(0, 2)).toEqual(['send:7:1', 'kept:1']);
    await scene.pass(600_000);
    scene.log.length = 0;
    await scene.engine.run();
    expect(scene.log).toEqual(['send:0:0', 'send:3:1']);
  });

  test('entries that only failed because the endpoint was down all go when it is back', async () => {
    let isDown = true;
    const scene = createScene({ reply: () => (isDown ? breaks(502) : undefined) });
    scene.save(5);
    await scene.engine.run();
    await scene.pass(24 * 3_600_000);
    isDown = false;
    await scene.pass(600_000);
    expect([...scene.outbox.values()].every((state) => state === 'kept')).toBe(true);
  });
});

test('what a held entry waits for in vain is named to the endpoint, at most as much as the wire takes, and nothing when nothing is lost', async () => {
  const named: unknown[] = [];
  const scene = createScene({ reply: (request) => void named.push(request.pull?.lost) });
  await scene.engine.run();
  scene.lost.push(...Array.from({ length: maxLost + 1 }, (_, index) => `lost-${index}`));
  await scene.engine.run();
  expect(named).toEqual([undefined, scene.lost.slice(0, maxLost)]);
});

test('a device that the endpoint calls retired is noted as one, a revoked one is not', async () => {
  const said: TransportError[] = [{ code: 'no_session', revoked: true }, { code: 'no_session', revoked: false, retired: true }];
  const scene = createScene({ reply: (_, index) => err(said[index] ?? { code: 'unreachable' }) });
  await scene.engine.run();
  expect(scene.log).not.toContain('retired');
  await scene.engine.run();
  expect(scene.log).toContain('retired');
});
