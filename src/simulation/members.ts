/** Who holds what at a moment, and which hamlet was merged into which: noted from the steps, never asked of the code that is looked at. */
import type { Assignment } from '#domain/role.ts';

export interface Members {
  assignmentsOf(memberId: string): readonly Assignment[];
  assign(memberId: string, assignments: readonly Assignment[]): void;
  merge(from: string, into: string): void;
  present(hamletId: string): string;
  /** Raised by each change. */
  revision(): number;
  /** As it was before that second (Unix ms): an answer tells its moment no closer. */
  revisionBefore(second: number): number;
  /** A backup holds them as they are; what ended stays ended all the same. */
  keep(backup: number): void;
  goBack(backup: number): void;
}

export function createMembers(first: ReadonlyMap<string, readonly Assignment[]>, now: () => number): Members {
  const held = new Map(first);
  /** When each change was made. */
  const changes: number[] = [];
  let merged = new Map<string, string>();
  const kept = new Map<number, Map<string, string>>();
  const present = (hamletId: string): string => {
    const into = merged.get(hamletId);
    return into === undefined ? hamletId : present(into);
  };
  const today = ({ role, hamletId, unitId }: Assignment): string => JSON.stringify([role, hamletId === undefined ? '' : present(hamletId), unitId ?? '']);
  const isSameToday = (one: Assignment, other: Assignment): boolean => today(one) === today(other);
  return {
    assignmentsOf: (memberId) => held.get(memberId) ?? [],
    assign(memberId, assignments) {
      changes.push(now());
      // Who works there by a merger is given nothing anew: where a backup knows nothing of that, they are back in their own.
      const before = held.get(memberId) ?? [];
      const heldOrNew = (given: Assignment): readonly Assignment[] => {
        const running = before.filter((one) => isSameToday(one, given));
        return running.length > 0 ? running : [given];
      };
      held.set(memberId, assignments.flatMap(heldOrNew));
    },
    merge(from, into) {
      changes.push(now());
      merged.set(from, into);
    },
    revision: () => changes.length,
    revisionBefore: (second) => changes.filter((at) => at < second).length,
    present,
    keep: (backup) => void kept.set(backup, new Map(merged)),
    goBack(backup) {
      changes.push(now());
      merged = new Map(kept.get(backup));
    },
  };
}
