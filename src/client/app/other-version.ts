/** Whether a page of another version of the app wants, or holds, the database of this one. */
export type OtherVersion =
  /** A newer one has taken the database over: this page reads and writes nothing any more. */
  | 'newer_took_over'
  /** An older one still holds it: this page waits for it to be closed. */
  | 'older_holds_it';

let found: OtherVersion | undefined;
const listeners = new Set<() => void>();

export function noteOtherVersion(other: OtherVersion): void {
  found = other;
  for (const listener of listeners) listener();
}

export function otherVersion(): OtherVersion | undefined {
  return found;
}

export function subscribeOtherVersion(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
