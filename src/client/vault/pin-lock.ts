/**
 * A PIN re-opens a lock for half an hour, in this page's memory and nowhere else: neither the PIN nor anything it could be checked against is
 * ever on disk (docs/decisions/0021).
 *
 * What is held: the data key, wrapped under Argon2id(PIN, random salt). What that gives, and what not: whoever has the phone in hand gets five
 * tries on the screen, and the disk gives them nothing. Whoever can read this page's memory (a debugger on an unlocked computer, a broken
 * browser) can try all PINs in minutes to hours, for a PIN has few digits: the derivation slows them, it does not stop them. That is why it is
 * gone after half an hour, and why tables, drafts and the session's token are not held behind it but dropped at the lock.
 */
import { err, ok } from '#sync/entry.ts';
import type { Bytes, Result } from '#sync/entry.ts';
import { argonFloor, deriveKey } from './derive-key.ts';
import type { DeriveKey } from './derive-key.ts';
import type { AutoLockClock } from './auto-lock.ts';
import { clockSlackMs } from './auto-lock.ts';
import { checkPin } from './pin.ts';
import type { WeakPin } from './pin.ts';
import { isSame } from './vault-row.ts';
import type { VaultRow } from './vault-row.ts';
import { openWrappedVault } from './vault.ts';
import type { OpenVault } from './vault.ts';

export const maxPinTries = 5;
export const pinLastsMs = 30 * 60_000;

/** Until when the PIN opens (milliseconds since 1970) and how many tries are left. */
export interface PinOffer {
  readonly until: number;
  readonly triesLeft: number;
}
/** `gone`: over, or never set, or made for another vault row: passphrase. `derivation_failed`: no memory for it just now; no try was used. */
export type PinError = { readonly code: 'wrong_pin'; readonly triesLeft: number } | { readonly code: 'gone' | 'derivation_failed' };

export interface PinLock {
  /** In place of an earlier one. `row`: the vault's row; the PIN opens it as it is now and no changed one (another device, another passphrase). */
  set(pin: string, vault: OpenVault, row: VaultRow): Promise<Result<void, WeakPin | { readonly code: 'derivation_failed' }>>;
  isSet(): boolean;
  /** The lock began at `since`, which is in the past where the phone slept through it. Counts from there; later locks before an opening change nothing. */
  locked(since: number): void;
  /** Undefined: the PIN opens nothing now. Looks at the clock first. */
  offer(): PinOffer | undefined;
  open(pin: string, row: VaultRow): Promise<Result<OpenVault, PinError>>;
  /** The phone was opened in another way (passphrase, passkey): the next lock has its own half hour and all its tries. */
  opened(): void;
  /** Nothing is left in memory to open. */
  forget(): void;
  /** Called whenever it is set, used up or forgotten. */
  subscribe(listener: () => void): () => void;
}

interface Held {
  readonly salt: Bytes;
  readonly wrapped: Bytes;
  readonly checksum: Bytes;
  triesLeft: number;
  lockedSince: number | undefined;
}

const context = 'pin';

/** Of a row as it came from disk, where anything may stand. */
function isOfRow({ checksum }: Held, row: VaultRow | null | undefined): boolean {
  return row?.checksum instanceof Uint8Array && isSame(checksum, row.checksum);
}

export function createPinLock(args: {
  readonly clock: AutoLockClock;
  readonly derive?: DeriveKey | undefined;
  readonly random?: ((length: number) => Bytes) | undefined;
}): PinLock {
  const { clock, derive = deriveKey, random = (length) => crypto.getRandomValues(new Uint8Array(length)) } = args;
  const listeners = new Set<() => void>();
  let held: Held | undefined;
  let timer: unknown;
  /** The latest time seen since the lock. */
  let latest = 0;
  /** Raised whenever what is held changes: what a derivation was begun for may be gone when it ends. */
  let turn = 0;

  function put(next: Held | undefined): void {
    clock.clearTimeout(timer);
    held?.wrapped.fill(0);
    held = next;
    turn += 1;
    for (const listener of listeners) listener();
  }

  /** Timers sleep with the phone: whoever asks compares times before anything. A clock put back tells no time: the PIN is gone. */
  function inTime(): { readonly pin: Held; readonly until: number } | undefined {
    if (held?.lockedSince === undefined) return undefined;
    const now = clock.now();
    const until = held.lockedSince + pinLastsMs;
    if (now >= until || now < latest - clockSlackMs) {
      put(undefined);
      return undefined;
    }
    latest = Math.max(latest, now);
    return { pin: held, until };
  }

  function schedule(): void {
    const locked = inTime();
    if (locked === undefined) return;
    clock.clearTimeout(timer);
    timer = clock.setTimeout(schedule, locked.until - clock.now());
  }

  function begin(pin: Held): void {
    clock.clearTimeout(timer);
    pin.triesLeft = maxPinTries;
    pin.lockedSince = undefined;
  }

  async function derived(pin: string, salt: Bytes): Promise<Uint8Array | undefined> {
    try {
      return await derive(pin, salt, argonFloor);
    } catch {
      return undefined;
    }
  }

  return {
    async set(pin, vault, row) {
      const checked = checkPin(pin);
      if (!checked.ok) return checked;
      const salt = random(16);
      const key = await derived(checked.value, salt);
      if (key === undefined) return err({ code: 'derivation_failed' });
      const wrapped = await vault.wrapDataKey(key, context);
      key.fill(0);
      put({ salt, wrapped, checksum: row.checksum, triesLeft: maxPinTries, lockedSince: undefined });
      return ok(undefined);
    },
    isSet: () => held !== undefined,
    locked(since) {
      if (held === undefined || held.lockedSince !== undefined) return;
      held.lockedSince = since;
      latest = since;
      schedule();
    },
    offer() {
      const locked = inTime();
      return locked && { until: locked.until, triesLeft: locked.pin.triesLeft };
    },
    async open(pin, row) {
      const asked = inTime()?.pin;
      if (asked === undefined) return err({ code: 'gone' });
      if (!isOfRow(asked, row)) {
        put(undefined);
        return err({ code: 'gone' });
      }
      // Counted before it is looked at. What is too short or too long to be one is no try.
      if (/^\d{4,8}$/u.test(pin)) asked.triesLeft -= 1;
      else return err({ code: 'wrong_pin', triesLeft: asked.triesLeft });
      const begun = turn;
      const key = await derived(pin, asked.salt);
      if (turn !== begun) return err({ code: 'gone' });
      if (key === undefined) {
        asked.triesLeft += 1;
        return err({ code: 'derivation_failed' });
      }
      const opened = await openWrappedVault(row, { wrapped: asked.wrapped, under: key, context });
      key.fill(0);
      // Forgotten, or its time was over, while it was computed.
      if (turn !== begun || inTime() === undefined) {
        if (opened.ok) opened.value.close();
        return err({ code: 'gone' });
      }
      if (opened.ok) {
        begin(asked);
        return opened;
      }
      if (asked.triesLeft > 0 && opened.error.code === 'wrong_key') return err({ code: 'wrong_pin', triesLeft: asked.triesLeft });
      put(undefined);
      return err({ code: 'gone' });
    },
    opened() {
      // What is over is over, also where no timer has said so yet.
      const locked = inTime();
      if (locked !== undefined) begin(locked.pin);
    },
    forget() {
      if (held !== undefined) put(undefined);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
