/** What an administrator is about to do with a member's roles: what a move makes of them, and which books (channels) a phone drops and fetches when they change. */
import { addDays } from '#domain/identifiers.ts';
import { channelsOfMember } from '#domain/permissions.ts';
import { isSameAssignment } from '#domain/role.ts';
import { isHeldOn, rolesAhead } from '#domain/role-days.ts';
import type { HeldRole } from '#domain/role-days.ts';

/** Their roles in one hamlet from that day on held in another; what ends before then, and all other roles, stay. */
export function movedTo(roles: readonly HeldRole[], move: { readonly from: string; readonly to: string; readonly day: string }, today: string): HeldRole[] {
  const moved: HeldRole[] = [];
  for (const role of rolesAhead(roles, today)) {
    const { assignment, fromDay, toDay } = role;
    if (assignment.hamletId !== move.from || (toDay !== undefined && toDay < move.day)) {
      moved.push(role);
      continue;
    }
    // From today on: what was held until now ends by not being named any more.
    if (fromDay < move.day && move.day > today) moved.push({ assignment, fromDay, toDay: addDays(move.day, -1) });
    moved.push({ ...role, assignment: { ...assignment, hamletId: move.to }, fromDay: fromDay > move.day ? fromDay : move.day });
  }
  // Held there already, or to be, on all those days: once.
  return moved.filter((role, index) => role.assignment.hamletId !== move.to || !moved.some((other, at) => at !== index && takesIn(other, role) && (at < index || !takesIn(role, other))));
}

/** The same role in the same place, on all days of the other. */
function takesIn(role: HeldRole, { assignment, fromDay, toDay }: HeldRole): boolean {
  return isSameAssignment(role.assignment, assignment) && role.fromDay <= fromDay && (role.toDay === undefined || (toDay !== undefined && toDay <= role.toDay));
}

/** What a phone drops and fetches from a day on: channels (`permissions.ts`), one line a day on which something changes. */
export interface BookChange {
  readonly day: string;
  readonly drops: readonly string[];
  readonly fetches: readonly string[];
}

interface Reader {
  readonly memberId: string;
  readonly communeCode: string;
  /** The hamlet that stands for this one today. */
  readonly present: (hamletId: string) => string;
}

/** `before`: what they hold now; `after`: what they will. */
export function bookChanges(before: readonly HeldRole[], after: readonly HeldRole[], reader: Reader, today: string): readonly BookChange[] {
  const days = new Set([today, ...after.flatMap(({ fromDay, toDay }) => [fromDay, ...(toDay === undefined ? [] : [addDays(toDay, 1)])])]);
  const changes: BookChange[] = [];
  let books = booksOn(before, today, reader);
  for (const day of [...days].filter((one) => one >= today).sort()) {
    const next = booksOn(after, day, reader);
    const drops = books.filter((book) => !next.includes(book));
    const fetches = next.filter((book) => !books.includes(book));
    if (drops.length + fetches.length > 0) changes.push({ day, drops, fetches });
    books = next;
  }
  return changes;
}

function booksOn(roles: readonly HeldRole[], day: string, { memberId, communeCode, present }: Reader): readonly string[] {
  const held = roles.filter((role) => isHeldOn(role, day));
  const assignments = held.map(({ assignment }) => (assignment.hamletId === undefined ? assignment : { ...assignment, hamletId: present(assignment.hamletId) }));
  return channelsOfMember({ memberId, communeCode, assignments });
}
