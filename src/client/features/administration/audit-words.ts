/** The audit log in words: each line a sentence, lines by day, groups to choose from. */
import type { Messages } from '#client/languages/vi.ts';
import { auditActionOf, printedOf } from '#client/remote/administration.ts';
import type { AuditLineShown } from '#client/remote/administration.ts';
import { dayOf, endOfId } from '#domain/identifiers.ts';

export const auditGroups = ['all', 'people', 'invitations', 'devices', 'entries', 'other'] as const;
export type AuditGroup = (typeof auditGroups)[number];

/** By the beginning of the action's name: an action that comes later finds its group by itself. */
const groupsByBeginning: Readonly<Record<string, AuditGroup>> = {
  member: 'people', roles: 'people', invitation: 'invitations', device: 'devices', session: 'devices', entry: 'entries', record: 'entries', records: 'entries', retention: 'entries',
};

export function groupOf({ action }: Pick<AuditLineShown, 'action'>): AuditGroup {
  const [beginning = ''] = action.split('_');
  return groupsByBeginning[beginning] ?? 'other';
}

/** `Nông Văn Khiêm tạo lời mời cho Lan`: names where they are known, else the end of an id. */
export function auditWords(m: Messages, line: AuditLineShown): string {
  const words = m.administration.audit;
  const who = line.actor === 'endpoint' ? words.endpoint : named(line.actorName, line.actor);
  const printed = line.action === 'list_printed' ? printedOf(line.subject) : undefined;
  const whom = printed !== undefined ? words.printedLists[printed.list](printed.rows) : groupOf(line) === 'devices' ? deviceNamed(m, line) : named(line.subjectName, line.subject);
  const action = auditActionOf(line);
  const sentence = action === undefined ? `${who}: ${words.unknown(line.action)} ${whom}` : words.actions[action](who, whom);
  return sentence.charAt(0).toLocaleUpperCase() + sentence.slice(1);
}

/** From where: a phone, or the endpoint and its command line. */
export function originWords(m: Messages, { origin }: Pick<AuditLineShown, 'origin'>): string {
  const words = m.administration.audit;
  return origin === undefined ? words.atEndpoint : words.fromDevice(endOfId(origin));
}

/** The lines of one local day, in the order they were told. */
export interface AuditDay {
  readonly day: string;
  readonly lines: readonly AuditLineShown[];
}

export function auditDays(lines: readonly AuditLineShown[], group: AuditGroup): readonly AuditDay[] {
  const days: { day: string; lines: AuditLineShown[] }[] = [];
  for (const line of lines) {
    if (group !== 'all' && groupOf(line) !== group) continue;
    const day = dayOf(Date.parse(line.at));
    const last = days.at(-1);
    if (last?.day === day) last.lines.push(line);
    else days.push({ day, lines: [line] });
  }
  return days;
}

function named(name: string | undefined, id: string): string {
  if (name !== undefined && name !== '') return name;
  // A hamlet's id is short, and says which one it is.
  return id.length > shortIdLength ? `…${endOfId(id)}` : id;
}

/** A phone by the end of its id, and whose it is where it is not their own who did it. */
function deviceNamed(m: Messages, { actor, actorName, subject, subjectName }: AuditLineShown): string {
  const phone = named(undefined, subject);
  const isOwn = subjectName === undefined || subject === actor || subjectName === actorName;
  return isOwn ? phone : m.administration.audit.phoneOf(phone, subjectName);
}

/** In characters: a hamlet's, a commune's, a count or a day; a UUID has more. */
const shortIdLength = 16;
