/** Who holds what at a moment, and which hamlet was merged into which: noted from the steps, never asked of the code that is looked at. */
import type { Assignment } from '#domain/role.ts';

export interface Members {
  assignmentsOf(memberId: string): readonly Assignment[];
  assign(memberId: string, assignments: readonly Assignment[]): void;
  merge(from: string, into: string): void;
  present(hamletId: string): string;
  /** Raised by each change. */
  revision(): number;
  /** A backup holds them as they are; what ended stays ended all the same. */
  keep(backup: number): void;
  goBack(backup: number): void;
}

export function createMembers(first: ReadonlyMap<string, readonly Assignment[]>): Members {
  const held = new Map(first);
  let revision = 0;
  let merged = new Map<string, string>();
  const kept = new Map<number, Map<string, string>>();
  const present = (hamletId: string): string => {
    const into = merged.get(hamletId);
    return into === undefined ? hamletId : present(into);
  };
  return {
    assignmentsOf: (memberId) => held.get(memberId) ?? [],
    assign(memberId, assignments) {
      revision += 1;
      held.set(memberId, assignments);
    },
    merge(from, into) {
      revision += 1;
      merged.set(from, into);
    },
    revision: () => revision,
    present,
    keep: (backup) => void kept.set(backup, new Map(merged)),
    goBack(backup) {
      revision += 1;
      merged = new Map(kept.get(backup));
    },
  };
}
