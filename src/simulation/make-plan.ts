/** A plan from a seed. Each run has a handful of kinds of fault, and those often: what few of them do together is what is rarely seen. */
import { createChance, seedFor } from './chance.ts';
import type { Chance } from './chance.ts';
import { hamlets } from './commune.ts';
import { bundleFates, messageFaults, newestSchema, receiptFates } from './plan.ts';
import type { Deed, Plan, Restore, Step } from './plan.ts';

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;
const year = 365 * day;

/** The deeds of one theme, by chance; several make what a run suffers from. */
type Theme = (chance: Chance, phone: number) => (Deed & { readonly wait?: number })[];

const someMs = (chance: Chance) => chance.pick([0, 50, 400, 3 * second, 20 * second, 90 * second, 10 * minute]) + chance.int(1000);
const moment = (chance: Chance) => chance.pick(['before', 'after'] as const);

const themes: readonly Theme[] = [
  (chance, phone) => {
    const deeds: (Deed & { readonly wait?: number })[] = [];
    for (let count = 1 + chance.int(3); count > 0; count--) deeds.push({ do: 'message', phone, fault: chance.pick(messageFaults), ms: someMs(chance) });
    return deeds;
  },
  (chance, phone) => [{ do: 'message', phone, fault: chance.pick(['request_delayed', 'request_doubled'] as const), ms: Math.floor(day * chance.pick([0.1, 1, 8, 31, 180]) * chance.next()) }],
  (chance, phone) => [{ do: 'offline', phone, ms: chance.int(40 * minute) }],
  (chance) => [{ do: 'proxy', bytes: chance.pick([900, 1500, 3000, 6000]), ms: chance.int(30 * minute) }],
  (chance, phone) => [{ do: 'power', phone, moment: moment(chance), commits: chance.int(7), page: chance.happens(0.3) }],
  (chance, phone) => [{ do: 'full', phone, commits: chance.int(6), times: 1 + chance.int(3) }],
  (chance) => [{ do: 'crash', moment: moment(chance), commits: chance.int(6), ms: 500 + chance.int(20 * second) }],
  (chance, phone) => [{ do: 'clock', phone, ms: Math.floor((chance.next() * 2 - 1) * chance.pick([minute, day, 10 * year])), drift: chance.int(3) === 0 ? chance.int(200) - 100 : 0 }],
  (chance, phone) => [{ do: 'open_tab', phone }, { do: 'work', phone, tab: 0, both: true, salt: salt(chance) }],
  (chance, phone) => [{ do: 'sleep', phone, tab: chance.int(2) }],
  (chance, phone) => [{ do: 'wake', phone, tab: 0 }, { do: 'close_tab', phone, tab: chance.int(2) }],
  (_chance, phone) => [{ do: 'clear', phone }],
  (_chance, phone) => [{ do: 'copy_disk', phone }],
  (_chance, phone) => [{ do: 'put_back_disk', phone }],
  (chance) => [{ do: 'days', days: chance.pick([1, 2, 6, 8, 25, 31, 40, 95]) }],
  (chance) => [{ do: 'back_up' }, ...(chance.happens(0.5) ? [{ do: 'verify_backup' } as const] : [])],
  (chance) => [{ do: 'restore', back: chance.int(3), ...byHand(chance, 0.4), ms: chance.int(5 * minute) }],
  (chance) => [{ do: 'office', salt: salt(chance) }],
  (chance) => [{ do: 'merge_hamlets', from: 1 + chance.int(hamlets.length - 1), into: 0 }],
  (chance, phone) => [{ do: 'spoil', phone, entries: 1 + chance.int(2) }],
  (chance, phone) => [{ do: 'assign', phone, roles: chance.int(7) }],
  (_chance, phone) => [{ do: 'wipe', phone }],
  (_chance, phone) => [{ do: 'revoke', phone }],
  (chance, phone) => [{ do: 'offline', phone, ms: minute }, { do: 'work', phone, tab: 0, salt: salt(chance), wait: 61 * second }, { do: 'send_locked', phone }],
  (chance) => [{ do: 'erase', salt: salt(chance) }],
  (chance) => [{ do: 'decide', salt: salt(chance) }],
  (chance, phone) => [
    { do: 'offline', phone, ms: 3 * minute }, { do: 'work', phone, tab: 0, salt: salt(chance) },
    { do: 'bundle', phone, fate: chance.pick(bundleFates), receipt: chance.pick(receiptFates), ms: chance.int(30 * second) },
  ],
  (chance) => [{ do: 'endpoint_schema', schema: 1 + chance.int(newestSchema), ms: chance.int(20 * second) }],
  (chance, phone) => [{ do: 'phone_schema', phone, schema: 1 + chance.int(newestSchema) }],
  (chance) => [{ do: 'proxy', bytes: 6000 + chance.int(4000), ms: 0, lasts: true }],
];

/** Longer stories that few steps drawn alone would make. */
const stories: readonly Theme[] = [
  // A first download, and the office deletes something between two pages of it.
  (chance, phone) => [
    { do: 'clear', phone }, { do: 'look', phone }, { do: 'office', salt: salt(chance) }, { do: 'office', salt: salt(chance) }, { do: 'office', salt: salt(chance) },
  ],
  // A receipt that comes back when the endpoint has forgotten what it says.
  (chance, phone) => [
    { do: 'back_up' }, { do: 'offline', phone, ms: 20 * minute }, { do: 'work', phone, tab: 0, salt: salt(chance) }, { do: 'work', phone, tab: 0, salt: salt(chance) },
    { do: 'bundle', phone, fate: 'carried', receipt: 'late', ms: 1000 }, { do: 'restore', back: 0, byHand: false, ms: 1000 },
    { do: 'days', days: 0.1 }, { do: 'look', phone }, { do: 'days', days: 5 }, { do: 'look', phone },
  ],
  // A device that the backup does not know.
  (chance, phone) => [
    { do: 'back_up' }, { do: 'clear', phone }, { do: 'work', phone, tab: 0, salt: salt(chance) }, { do: 'look', phone },
    { do: 'restore', back: 0, ...byHand(chance, 0.3), ms: 1000 }, { do: 'work', phone, tab: 0, salt: salt(chance) },
  ],
  // A tab is frozen while its answer is on the way; another takes its lock and goes on.
  (chance, phone) => [
    { do: 'open_tab', phone }, { do: 'look', phone, wait: 60 + chance.int(500) }, { do: 'sleep', phone, tab: 0 },
    { do: 'work', phone, tab: 1, salt: salt(chance), wait: chance.int(90) * second }, { do: 'office', salt: salt(chance) },
    { do: 'look', phone, wait: 5 * second }, { do: 'wake', phone, tab: 0 },
  ],
  // Copied, gone on, put back, gone on.
  (chance, phone) => [
    { do: 'copy_disk', phone }, { do: 'work', phone, tab: 0, salt: salt(chance) }, { do: 'work', phone, tab: 0, salt: salt(chance) },
    { do: 'put_back_disk', phone }, { do: 'work', phone, tab: 0, salt: salt(chance) }, { do: 'look', phone },
  ],
  // Settled after a backup, let go after a month or not, and the backup put back.
  (chance, phone) => [
    { do: 'back_up' }, { do: 'work', phone, tab: 0, salt: salt(chance) }, { do: 'days', days: 1 + chance.int(3) },
    ...(chance.happens(0.5) ? [{ do: 'back_up' } as const, { do: 'verify_backup' } as const] : []), { do: 'days', days: 15 + chance.int(25) },
    { do: 'look', phone }, { do: 'restore', back: chance.int(2), ...byHand(chance, 0.4), ms: 1000 }, { do: 'work', phone, tab: 0, salt: salt(chance) },
  ],
  // A member's hamlet changes in the middle of a push, and somebody decides on what they had written.
  (chance, phone) => [
    { do: 'offline', phone, ms: 10 * minute }, { do: 'work', phone, tab: 0, salt: salt(chance) }, { do: 'work', phone, tab: 0, salt: salt(chance) },
    { do: 'assign', phone, roles: chance.int(7), wait: 11 * minute }, { do: 'look', phone, wait: 5 * second }, { do: 'decide', salt: salt(chance) }, { do: 'decide', salt: salt(chance) },
  ],
];

function byHand(chance: Chance, probability: number): Pick<Restore, 'byHand' | 'unmarked'> {
  return chance.happens(probability) ? { byHand: true, unmarked: chance.happens(0.5) } : { byHand: false };
}

function salt(chance: Chance): number {
  return chance.int(2 ** 31);
}

/** From this seed on people do all that the app has by now; below it what they did when the seeds that show planted bugs were found. */
export const wideFrom = 20_000_000;

export function makePlan(seed: number): Plan {
  const chance = createChance(seedFor(seed, 'plan'));
  const phones = chance.pick([3, 3, 3, 4, 4, 5, 6, 7, 8]);
  // Most of the work is done by few, so that their entries meet each other on the way.
  const busy = Array.from({ length: 1 + chance.int(3) }, () => chance.int(phones));
  const chosen = Array.from({ length: 2 + chance.int(5) }, () => chance.pick(themes));
  const steps: Step[] = [];
  const push = (deed: Deed & { readonly wait?: number }) => void steps.push({ ...deed, wait: deed.wait ?? pause(chance) });
  // Told at a turn of its own, among all else.
  const story = chance.happens(0.3) ? chance.pick(stories)(chance, chance.pick(busy)) : [];
  const storyAt = chance.int(8);
  for (let turn = 12 + chance.int(14); turn > 0; turn--) {
    if (turn === storyAt + 4) for (const deed of story) push(deed);
    const phone = chance.happens(0.75) ? chance.pick(busy) : chance.int(phones);
    if (chance.happens(0.5)) push({ do: 'work', phone, tab: chance.int(2), salt: salt(chance) });
    else if (chance.happens(0.15)) push({ do: 'look', phone });
    else for (const deed of chance.pick(chosen)(chance, phone)) push(deed);
  }
  const isWide = seed >= wideFrom;
  return { salt: salt(chance), phones, steps: isWide ? steps.map((step) => (step.do === 'work' ? { ...step, isWide } : step)) : steps };
}

/** Often in the middle of what is under way. */
function pause(chance: Chance): number {
  const kind = chance.next();
  if (kind < 0.3) return 0;
  if (kind < 0.55) return chance.int(700);
  if (kind < 0.75) return chance.int(5 * second);
  return kind < 0.93 ? chance.int(2 * minute) : chance.int(30 * minute);
}
