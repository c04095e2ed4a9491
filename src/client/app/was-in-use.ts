/** A note outside the database that this phone was enrolled: a database that is empty all the same was cleared by the browser. */
const storageKey = 'in-use';

export function rememberUse(): void {
  try {
    localStorage.setItem(storageKey, 'yes');
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

export function wasInUse(): boolean {
  try {
    return localStorage.getItem(storageKey) !== null;
  } catch {
    return false;
  }
}
