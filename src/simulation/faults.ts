/** What was armed by steps and waits for its moment, and what has happened so far. */
import type { MessageFault, Moment } from './plan.ts';

export interface ArmedCommit {
  readonly moment: Moment;
  /** Commits that pass before it. */
  left: number;
  times: number;
  readonly ms: number;
  readonly page: boolean;
}
export interface ArmedMessage {
  readonly fault: MessageFault;
  readonly ms: number;
}

export interface ArmedPhone {
  readonly messages: ArmedMessage[];
  power: ArmedCommit | undefined;
  full: ArmedCommit | undefined;
  offlineUntil: number;
  /** So many next entries are sealed with an unknown field. */
  spoiled: number;
}

export const faultKinds = [
  'request lost', 'request delayed', 'request doubled', 'request reordered', 'request truncated',
  'reply lost', 'reply delayed', 'reply truncated', 'busy', 'portal', 'offline', 'refused by a proxy',
  'power lost before a commit', 'power lost after a commit', 'page ended before a commit', 'page ended after a commit', 'disk full',
  'endpoint crashed before a commit', 'endpoint crashed after a commit', 'backup restored', 'backup put back by hand',
  'clock off', 'days passed', 'two tabs', 'tab asleep', 'tab asleep in the middle of a sync', 'database cleared', 'disk put back',
  'record corrected at the office', 'record deleted at the office', 'hamlets merged', 'unknown field sealed',
  'roles changed', 'roles taken away', 'record erased', 'waiting entry accepted', 'waiting entry moved', 'waiting entry declined',
  'device revoked', 'phone wiped', 'identity renewed', 'sent while locked', 'newer schema sealed', 'endpoint rolled back', 'endpoint upgraded',
  'bundle carried', 'bundle twice', 'bundle tampered', 'bundle truncated', 'bundle forged',
  'receipt loaded', 'receipt late', 'receipt forged', 'receipt of another',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Faults {
  /** Nothing goes wrong any more. */
  isCalm(): boolean;
  calm(): void;
  phone(index: number): ArmedPhone;
  crash: ArmedCommit | undefined;
  proxy: { readonly bytes: number; readonly until: number; readonly lasts: boolean } | undefined;
  /** Counts one that happened. */
  fired(kind: FaultKind): void;
  readonly counts: ReadonlyMap<FaultKind, number>;
}

export function createFaults(): Faults {
  const phones = new Map<number, ArmedPhone>();
  const counts = new Map<FaultKind, number>();
  let isCalm = false;
  const faults: Faults = {
    isCalm: () => isCalm,
    calm() {
      isCalm = true;
      phones.clear();
      faults.crash = undefined;
      if (faults.proxy?.lasts !== true) faults.proxy = undefined;
    },
    phone(index) {
      let armed = phones.get(index);
      if (armed === undefined) {
        armed = { messages: [], power: undefined, full: undefined, offlineUntil: 0, spoiled: 0 };
        phones.set(index, armed);
      }
      return armed;
    },
    crash: undefined,
    proxy: undefined,
    fired: (kind) => void counts.set(kind, (counts.get(kind) ?? 0) + 1),
    counts,
  };
  return faults;
}

/** Is this the commit it was armed for? It counts down at the moment it names. */
export function isDue(armed: ArmedCommit | undefined, moment: Moment): armed is ArmedCommit {
  if (armed === undefined || armed.moment !== moment || armed.times === 0) return false;
  if (armed.left > 0) {
    armed.left -= 1;
    return false;
  }
  armed.times -= 1;
  return true;
}
