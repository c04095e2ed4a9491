/** What tabs of one browser share: they tell each other of changes, and one at a time holds the lock. */
import type { Tabs } from '#client/store/tabs.ts';

/** Lets through at once while the tab is awake, later when it wakes, never when it is closed. */
export type Gate = (run: () => void) => void;

export interface Browser {
  tabs(gate: Gate): Tabs;
  locks(gate: Gate): TabLocks;
}
export interface TabLocks {
  readonly manager: Pick<LockManager, 'request'>;
  /** The tab is closed: what it held is free. */
  release(): void;
}

interface Wish {
  readonly tab: object;
  readonly grant: () => void;
}

export function createBrowser(): Browser {
  const listeners = new Map<Tabs, () => void>();
  const waiting: Wish[] = [];
  let holder: { readonly tab: object; readonly lose: () => void } | undefined;

  function grantNext(): void {
    if (holder === undefined) waiting.shift()?.grant();
  }

  function locksOf(gate: Gate): TabLocks {
    const tab = {};
    const request = async (_name: string, options: LockOptions, body: () => Promise<unknown>): Promise<unknown> =>
      await new Promise((resolve, reject) => {
        const mine = { tab, lose: () => reject(new DOMException('stolen', 'AbortError')) };
        const grant = () => {
          holder = mine;
          const free = () => {
            if (holder !== mine) return;
            holder = undefined;
            grantNext();
          };
          gate(() => void body().then(resolve, reject).finally(free));
        };
        if (options.steal === true) {
          holder?.lose();
          grant();
          return;
        }
        const wish = { tab, grant };
        options.signal?.addEventListener('abort', () => {
          const at = waiting.indexOf(wish);
          if (at < 0) return;
          waiting.splice(at, 1);
          reject(new DOMException('waited too long', 'AbortError'));
        });
        waiting.push(wish);
        grantNext();
      });
    return {
      manager: { request } as unknown as Pick<LockManager, 'request'>,
      release() {
        for (let at = waiting.length - 1; at >= 0; at--) if (waiting[at]?.tab === tab) waiting.splice(at, 1);
        if (holder?.tab !== tab) return;
        holder = undefined;
        grantNext();
      },
    };
  }

  return {
    locks: locksOf,
    tabs(gate) {
      const tabs: Tabs = {
        tell: () => {
          for (const [other, listener] of listeners) if (other !== tabs) listener();
        },
        listen: (onChange) => {
          listeners.set(tabs, () => gate(onChange));
        },
        close: () => {
          listeners.delete(tabs);
        },
      };
      return tabs;
    },
  };
}
