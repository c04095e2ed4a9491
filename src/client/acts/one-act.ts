/**
 * One act at a time, whatever draws its button. A button is disabled only after the next paint: the second of two quick presses comes before that, and is
 * stopped here.
 */
export interface OneAct {
  isUnderWay(): boolean;
  /** Begins `act` and resolves to what it gave, or rejects with what it threw. Undefined: another is under way, and nothing was begun. */
  run<T>(act: () => Promise<T>): Promise<T | undefined>;
  /** Called whenever one begins or ends. */
  subscribe(listener: () => void): () => void;
}

export function createOneAct(): OneAct {
  const listeners = new Set<() => void>();
  let isUnderWay = false;

  function become(next: boolean): void {
    isUnderWay = next;
    for (const listener of listeners) listener();
  }

  return {
    isUnderWay: () => isUnderWay,
    async run(act) {
      if (isUnderWay) return undefined;
      become(true);
      try {
        return await act();
      } finally {
        become(false);
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
