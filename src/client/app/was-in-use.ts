/**
 * A note outside the database that this phone was enrolled, and how much existed only on it: a database that is empty all the same was
 * cleared by the browser, and the person is told what that may have cost.
 */
const storageKey = 'in-use';

export interface LastUse {
  /** Entries that existed only here. */
  readonly unsent: number;
  /** When the oldest of them was saved, milliseconds since 1970; undefined where there are none. */
  readonly since?: number | undefined;
}

export function rememberUse({ unsent, since }: LastUse): void {
  try {
    localStorage.setItem(storageKey, since === undefined ? '0' : `${unsent} ${since}`);
  } catch {
    // Without the note an emptied phone looks like a new one; nothing else depends on it.
  }
}

export function forgetUse(): void {
  try {
    localStorage.removeItem(storageKey);
  } catch {
    // As above.
  }
}

/** Undefined: never in use, as far as this browser knows. */
export function lastUse(): LastUse | undefined {
  try {
    const kept = localStorage.getItem(storageKey);
    if (kept === null) return undefined;
    const [, unsent, since] = /^(\d+) (\d+)$/u.exec(kept) ?? [];
    return since === undefined ? { unsent: 0 } : { unsent: Number(unsent), since: Number(since) };
  } catch {
    return undefined;
  }
}
