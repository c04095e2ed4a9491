/** An entry that waits, in words: it was applied nowhere, so it is told from what its author wrote. */
import { rejectionWords } from '#client/languages/error-words.ts';
import { finder } from '#client/languages/entry-title.ts';
import { assignmentWords } from '#client/languages/place-words.ts';
import { namesBy } from '#client/languages/record-title.ts';
import type { TitleContext } from '#client/languages/record-title.ts';
import { fieldName, inFieldOrder, valueWords } from '#client/languages/record-words.ts';
import type { RecordWordsContext } from '#client/languages/record-words.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { WaitingForSupervisor } from '#client/remote/waiting.ts';
import { areaName, myHamlets, standingHamlets } from '#client/store/my-hamlets.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { formatDay } from '#client/ui/dates.ts';
import { formatNumber } from '#client/ui/numbers.ts';
import type { Change } from '#domain/change.ts';
import { presentArea } from '#domain/permissions.ts';
import { parentIdOf } from '#domain/record.ts';
import { isOfBloc, isSupervisorRole } from '#domain/role.ts';
import type { Assignment } from '#domain/role.ts';
import type { WaitingCode } from '#domain/waiting-code.ts';

type Known = Pick<FieldStore, 'find'>;

export function titleContext(store: Known): TitleContext {
  return { find: (id) => store.find(id), day: formatDay };
}

export interface ChangeLine {
  readonly name: string;
  readonly words: string;
  /** What stands there today; undefined: nothing, or the record is new. */
  readonly today?: string | undefined;
}

/** What it sets, line by line, beside what stands there today. */
export function changeLines(m: Messages, store: Known, changes: readonly Change[], change: Change): readonly ChangeLine[] {
  if (!('set' in change)) return [];
  const nameOf = namesBy(m, { ...titleContext(store), find: finder(changes, titleContext(store)) });
  const context: RecordWordsContext = { day: formatDay, amount: formatNumber, nameOf };
  const record = store.find(change.recordId);
  const today = (record?.fields ?? {}) as Readonly<Record<string, unknown>>;
  return inFieldOrder(m, Object.entries(change.set)).flatMap(([field, value]): ChangeLine[] => {
    const name = fieldName(m, field);
    const words = value === null ? m.history.cleared : valueWords(m, change.kind, field, value, context);
    if (name === undefined || words === undefined) return [];
    return [{ name, words, today: record === undefined ? undefined : (valueWords(m, change.kind, field, today[field], context) ?? m.history.cleared) }];
  });
}

export function whyWords(m: Messages, { verdict, code }: Pick<WaitingForSupervisor, 'verdict' | 'code'>): string {
  return becauseWords(m, code) ?? (verdict === 'held' ? m.supervisor.becauseHeld : m.supervisor.becauseOther);
}

export function problemWords(m: Messages, problem: NonNullable<WaitingForSupervisor['problem']>): string {
  return becauseWords(m, problem.code) ?? rejectionWords(m, problem);
}

/** Undefined: a code that this version does not know, or of another kind. */
function becauseWords(m: Messages, code: string | undefined): string | undefined {
  return code !== undefined && Object.hasOwn(m.supervisor.because, code) ? m.supervisor.because[code as WaitingCode] : undefined;
}

/** `Tổ viên, xóm Ngọc Sơn`; undefined: they held nothing. */
export function rolesWords(m: Messages, store: Known, assignments: readonly Assignment[]): string | undefined {
  if (assignments.length === 0) return undefined;
  return assignments.map((assignment) => assignmentWords(m, store, assignment)).join('; ');
}

/** The hamlets its new records were written for, as they are called today. */
export function placesOf(store: Known & Pick<FieldStore, 'eventsOf'>, changes: readonly Change[]): readonly string[] {
  return [...new Set(changes.map(({ areaId }) => presentArea(areaId, store)))];
}

/** Where it may be taken into instead; none where all it makes lies with a record that is there. */
export function otherHamlets(store: Pick<FieldStore, 'find' | 'eventsOf' | 'all' | 'account'>, changes: readonly Change[]): readonly { readonly hamletId: string; readonly name: string }[] {
  const liesWithAnother = (change: Change) => {
    const parentId = 'set' in change ? parentIdOf(change.kind, change.set) : undefined;
    return parentId !== undefined && store.find(parentId) !== undefined;
  };
  if (!changes.some((change) => change.base === 0 && !liesWithAnother(change))) return [];
  const places = placesOf(store, changes);
  const isBloc = isOfBloc(store.account());
  const mine = myHamlets(store);
  return standingHamlets(store)
    .filter((hamletId) => (isBloc || mine.includes(hamletId)) && !places.includes(hamletId))
    .map((hamletId) => ({ hamletId, name: areaName(store, hamletId) }));
}

/** Who may judge what waits: a team's lead, and the bloc. */
export function isSupervisor(assignments: readonly Assignment[]): boolean {
  return assignments.some(({ role }) => isSupervisorRole(role));
}
