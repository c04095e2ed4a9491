/**
 * The ids, codes and time of one form, drawn once: whoever presses Save again after a failure makes the same entries,
 * and a save that reached the disk unnoticed is not doubled.
 */
import type { CommandContext } from '#domain/command.ts';

/** Each call begins the same row of ids and bytes again. */
export type FixedContext = () => CommandContext;

export function createFixedContext(drawn: CommandContext): FixedContext {
  const ids: string[] = [];
  const randomIds: string[] = [];
  const bytes: Uint8Array[] = [];
  return () => {
    let id = 0;
    let randomId = 0;
    let draw = 0;
    return {
      now: drawn.now,
      memberId: drawn.memberId,
      newId: () => (ids[id++] ??= drawn.newId()),
      newRandomId: () => (randomIds[randomId++] ??= drawn.newRandomId()),
      random: (length) => {
        const at = draw++;
        const known = bytes[at];
        if (known !== undefined && known.length === length) return known;
        return (bytes[at] = drawn.random(length));
      },
    };
  };
}
