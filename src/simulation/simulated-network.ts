/** A phone's way to the endpoint: it loses, delays, doubles, reorders and cuts what was armed, and nothing else. */
import type { Endpoint } from '#server/endpoint.ts';
import { createChance, seedFor } from './chance.ts';
import type { FaultKind } from './faults.ts';
import type { MessageFault } from './plan.ts';
import type { RunContext } from './run-context.ts';
import type { Reply, SimulatedEndpoint } from './simulated-endpoint.ts';

/** What a phone sees of its request: an answer, a page of somebody else's, or nothing (at once, or after its patience). */
export type Heard = NonNullable<Reply> | 'unreachable' | 'timeout' | 'portal';

const kindOf = {
  request_lost: 'request lost', request_delayed: 'request delayed', request_doubled: 'request doubled', request_reordered: 'request reordered',
  request_truncated: 'request truncated', reply_lost: 'reply lost', reply_delayed: 'reply delayed', reply_truncated: 'reply truncated',
  busy: 'busy', portal: 'portal',
} as const satisfies Record<MessageFault, FaultKind>;

export interface Line {
  send(authorization: string | undefined, text: string): Promise<Heard>;
  /** What is not a sync, in one go and with the same line; undefined: nothing was heard. */
  ask<T>(question: (endpoint: Endpoint) => Promise<T>): Promise<T | undefined>;
}

/** As long as the client waits for an answer. */
export const patienceMs = 60_000;
/** What waits to be overtaken. */
const longestOnTheWayMs = 3_600_000;

export function createLine(run: RunContext, endpoint: SimulatedEndpoint, phone: number): Line {
  const { timeline, faults } = run;
  const chance = createChance(seedFor(run.salt, `line ${phone}`));
  const latency = () => timeline.sleep(40 + chance.int(300));
  /** Requests that come after the next one. */
  const overtaken: (() => Promise<void>)[] = [];

  async function arrive(authorization: string | undefined, text: string): Promise<Reply> {
    const reply = await endpoint.arrive(authorization, text);
    for (const late of overtaken.splice(0)) await late();
    return reply;
  }
  const arriveUnheard = (authorization: string | undefined, text: string) => async () => void (await endpoint.arrive(authorization, text));

  function isOffline(): boolean {
    return !faults.isCalm() && timeline.now() < faults.phone(phone).offlineUntil;
  }
  function offline(): 'unreachable' {
    faults.fired('offline');
    return 'unreachable';
  }

  async function carry(authorization: string | undefined, text: string): Promise<Heard> {
    const reply = await arrive(authorization, text);
    await latency();
    if (isOffline()) return offline();
    return reply ?? 'unreachable';
  }

  async function send(authorization: string | undefined, text: string): Promise<Heard> {
    if (isOffline()) return offline();
    const armed = faults.isCalm() ? undefined : faults.phone(phone).messages.shift();
    await latency();
    if (isOffline()) return offline();
    if (faults.proxy !== undefined && timeline.now() < faults.proxy.until && text.length > faults.proxy.bytes) {
      faults.fired('refused by a proxy');
      return { status: 413, text: '' };
    }
    if (armed === undefined) return await carry(authorization, text);
    faults.fired(kindOf[armed.fault]);
    run.note(`phone ${phone}: ${armed.fault} ${armed.ms}`);
    switch (armed.fault) {
      case 'request_lost':
        if (armed.ms % 2 === 0) return 'unreachable';
        await timeline.sleep(patienceMs);
        return 'timeout';
      case 'request_delayed':
        if (armed.ms >= patienceMs) {
          void timeline.sleep(armed.ms).then(arriveUnheard(authorization, text));
          await timeline.sleep(patienceMs);
          return 'timeout';
        }
        await timeline.sleep(armed.ms);
        return await carry(authorization, text);
      case 'request_doubled':
        void timeline.sleep(armed.ms).then(arriveUnheard(authorization, text));
        return await carry(authorization, text);
      case 'request_reordered': {
        const late = arriveUnheard(authorization, text);
        overtaken.push(late);
        // Where no next one follows it comes all the same.
        void timeline.sleep(longestOnTheWayMs).then(async () => {
          const index = overtaken.indexOf(late);
          if (index >= 0) await overtaken.splice(index, 1)[0]?.();
        });
        await timeline.sleep(patienceMs);
        return 'timeout';
      }
      case 'request_truncated': {
        const reply = await arrive(authorization, text.slice(0, Math.floor((text.length * (armed.ms % 100)) / 100)));
        return reply ?? 'unreachable';
      }
      case 'reply_lost':
        await arrive(authorization, text);
        await timeline.sleep(patienceMs);
        return 'timeout';
      case 'reply_delayed': {
        const reply = await arrive(authorization, text);
        await timeline.sleep(Math.min(armed.ms, patienceMs));
        return armed.ms >= patienceMs ? 'timeout' : (reply ?? 'unreachable');
      }
      case 'reply_truncated': {
        const reply = await arrive(authorization, text);
        if (reply === undefined) return 'unreachable';
        return { ...reply, text: reply.text.slice(0, Math.floor((reply.text.length * (armed.ms % 100)) / 100)) };
      }
      case 'busy':
        return { status: 503, text: '' };
      case 'portal':
        return 'portal';
    }
  }

  return {
    send,
    async ask(question) {
      const armed = faults.isCalm() ? undefined : faults.phone(phone).messages.shift();
      if (armed !== undefined) faults.fired(kindOf[armed.fault]);
      await latency();
      if (isOffline()) {
        offline();
        return undefined;
      }
      const isLost = armed !== undefined && armed.fault !== 'request_doubled' && armed.fault !== 'reply_delayed';
      if (isLost && !armed.fault.startsWith('reply')) return undefined;
      const answer = await endpoint.ask(question);
      await latency();
      return isLost ? undefined : answer;
    },
  };
}
