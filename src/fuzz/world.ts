/** All targets, on a commune of their own each time: what one block of inputs did is gone in the next. */
import { createApp } from '#server/app.ts';
import { createChance, seedFor } from '#simulation/chance.ts';
import { plainOpener } from '#simulation/stand-ins.ts';
import { createCommune } from './commune.ts';
import type { Commune } from './commune.ts';
import { createPlainSealing, realSealing } from './sealing.ts';
import type { Target, World } from './target.ts';
import { parserTargets } from './targets/parsers.ts';
import { phoneStoreTarget } from './targets/phone-store.ts';
import { requestsTarget } from './targets/requests.ts';
import { openedEntriesTarget, sealedEntriesTarget } from './targets/sealed-entries.ts';

const hourMs = 3_600_000;

export async function openWorld(seed: number): Promise<World> {
  const real = await createCommune(realSealing, createChance(seedFor(seed, 'real')));
  const plainChance = createChance(seedFor(seed, 'plain'));
  const plain = await createCommune(createPlainSealing(plainChance), plainChance, { opener: plainOpener });
  const phoneChance = createChance(seedFor(seed, 'phone'));
  const home = await createCommune(createPlainSealing(phoneChance), phoneChance, { opener: plainOpener });
  // An hour passes between two requests for the rate limits, and no time for the endpoint.
  let limitTime = 0;
  const app = createApp({
    endpoint: real.endpoint,
    clock: { now: () => (limitTime += hourMs) },
    log: (line) => {
      if (line.startsWith('error ')) real.faults.push(line);
    },
  });
  const names = namesOf(real);
  const targets = [
    await requestsTarget(real, app, names),
    sealedEntriesTarget(real, app),
    openedEntriesTarget(plain),
    await phoneStoreTarget(home, phoneChance),
    ...(await parserTargets(real)),
  ] as Target[];
  return {
    targets,
    names,
    async close() {
      for (const commune of [real, plain, home]) await commune.close();
    },
  };
}

function namesOf({ phones, endpoint }: Commune): Map<string, string> {
  const names = new Map<string, string>([['endpoint', endpoint.identity().endpointId]]);
  for (const phone of phones) {
    for (const [what, text] of Object.entries({ session: phone.sessionToken, delivery: phone.deliveryToken, device: phone.deviceId, member: phone.memberId, seal: phone.sessionId, info: phone.header.info, enc: phone.header.enc, signature: phone.header.signature })) {
      names.set(`${phone.name} ${what}`, text);
    }
  }
  return names;
}
