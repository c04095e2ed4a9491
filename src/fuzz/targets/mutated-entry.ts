/** Entries with something wrong inside a good seal: what a broken or malicious phone that is enrolled may send. */
import { createHash } from 'node:crypto';
import type { Chance } from '#simulation/chance.ts';
import { sampleEntries } from '../commune.ts';
import type { Commune } from '../commune.ts';
import { dug, mutateJson } from '../mutate.ts';
import type { Json } from '../mutate.ts';

/** What one phone sends in one request. `road`: with its session, its delivery token, or by anyone as a bundle. */
export interface MutatedEntries {
  readonly phone: number;
  readonly road: 'session' | 'delivery' | 'bundle';
  readonly entries: readonly Json[];
}

/** The largest JSON that is sealed at all is 64 KiB. */
const maxCharacters = 60_000;

export function makeEntries(commune: Commune, chance: Chance, count: number): MutatedEntries {
  const phone = chance.int(commune.phones.length);
  const sender = commune.phones[phone] ?? { deviceId: '', memberId: '' };
  const samples = sampleEntries(commune, sender) as unknown as Json[];
  const entries: Json[] = [];
  while (entries.length < count) {
    const mutated = chance.happens(0.05) ? chance.pick(samples) : mutateJson(chance.pick(samples), samples, chance);
    if (JSON.stringify(mutated).length < maxCharacters) entries.push(mutated);
  }
  return { phone, road: chance.pick(['session', 'session', 'delivery', 'bundle'] as const), entries };
}

/** As the phone seals it: a seal says its device and number, so what stands inside is made to agree. Undefined: too much, or too deep, to be sealed. */
export function sealable(entry: Json, deviceId: string, deviceSeq: number): unknown {
  const value = dug(entry);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    if (Object.hasOwn(value, 'deviceId')) Object.assign(value, { deviceId });
    if (Object.hasOwn(value, 'deviceSeq')) Object.assign(value, { deviceSeq });
  }
  try {
    return JSON.stringify(value).length < maxCharacters ? value : undefined;
  } catch (reason) {
    if (reason instanceof RangeError) return undefined;
    throw reason;
  }
}

/** A number for an entry that the same entry always gets: two of one device may meet, as on a restored phone. */
export function seqOf(entry: Json): number {
  return 1 + createHash('sha256').update(JSON.stringify(entry)).digest().readUInt16BE(0);
}
