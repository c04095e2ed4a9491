/** A member in words: what they do and where, their phones, and what an act will do to what is on those phones. */
import { areaWordsOf, assignmentWords, unitName } from '#client/languages/place-words.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { DeviceSummary, MemberSummary } from '#client/remote/administration.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { formatAgo, formatDay } from '#client/ui/dates.ts';
import { channelId, presentArea } from '#domain/permissions.ts';
import { isOver, rolesAhead } from '#domain/role-days.ts';
import type { HeldRole } from '#domain/role-days.ts';
import { bookChanges } from './member-roles.ts';

type Known = Pick<FieldStore, 'find'>;
const hourMs = 3_600_000;

/** All they do and will do; empty: they have left. */
export function workWords(m: Messages, store: Known, { roles }: Pick<MemberSummary, 'roles'>, today: string): string {
  return rolesAhead(roles, today).map(({ assignment }) => assignmentWords(m, store, assignment)).join('; ');
}

/** `từ 01/12/2026, đến hết 31/12/2026`, with a word where it has not begun or is over. */
export function daysWords(m: Messages, role: HeldRole, today: string): string {
  const { fromDay, toDay } = role;
  const days = [m.administration.from(formatDay(fromDay)), ...(toDay === undefined ? [] : [m.administration.until(formatDay(toDay))])];
  const standing = fromDay > today ? m.administration.toCome : isOver(role, today) ? m.administration.over : undefined;
  return standing === undefined ? days.join(', ') : `${days.join(', ')} (${standing})`;
}

/** What stands beside a name: `đang dùng, liên lạc 2 ngày trước, 3 phiếu chưa gửi`. */
export function phoneWords(m: Messages, { devices, invitations }: Pick<MemberSummary, 'devices' | 'invitations'>, now: number): string {
  const words = m.administration.phone;
  const active = devices.filter(({ state }) => state === 'active');
  if (active.length > 0) {
    const unsent = active.reduce((sum, device) => sum + device.unsent, 0);
    const lastContact = Math.max(...active.map(({ lastContactAt }) => Date.parse(lastContactAt)));
    return [active.length === 1 ? words.inUse : words.several(active.length), words.contact(formatAgo(lastContact, now)), words.unsent(unsent)].join(', ');
  }
  const [invitation] = invitations;
  if (invitation !== undefined) return words.invited(leftWords(m, invitation.expiresAt, now));
  return devices.some(({ state }) => state === 'revoked') ? words.revoked : words.none;
}

/** One phone: `đang dùng, vào từ 12/11/2026, liên lạc hôm nay, đã gửi hết`. */
export function deviceWords(m: Messages, { state, enrolledAt, lastContactAt, unsent }: DeviceSummary, now: number): string {
  const words = m.administration.phone;
  return [
    words.states[state], m.administration.devices.since(formatDay(enrolledAt)), words.contact(formatAgo(lastContactAt, now)), words.unsent(unsent),
  ].join(', ');
}

/** `còn 61 giờ`. */
export function leftWords(m: Messages, expiresAt: string, now: number): string {
  return m.administration.hoursLeft(Math.floor((Date.parse(expiresAt) - now) / hourMs));
}

/** What will happen to what is on their phones when their roles become these, sentence by sentence. */
export function willDoWords(
  m: Messages,
  store: Known & Pick<FieldStore, 'account'>,
  member: Pick<MemberSummary, 'memberId' | 'name' | 'roles' | 'devices'>,
  after: readonly HeldRole[],
  { today, now }: { readonly today: string; readonly now: number },
): readonly string[] {
  const words = m.administration.willDo;
  const active = member.devices.filter(({ state }) => state === 'active');
  if (active.length === 0) return [words.noPhone(member.name)];
  const { communeCode } = store.account();
  const changes = bookChanges(member.roles, after, { memberId: member.memberId, communeCode, present: (hamletId) => presentArea(hamletId, store) }, today);
  if (changes.length === 0) return [words.nothing(member.name)];
  const book = (channel: string) => bookWords(m, store, channel);
  // What everybody reads is no book of anybody's.
  const isEveryones = (channel: string) => [channelId.everyone(communeCode), channelId.handbook(communeCode)].includes(channel);
  const said: string[] = [];
  for (const { day, drops, fetches } of changes) {
    // The commune's own list comes and goes with the first and last role: said only where there is nothing else to say.
    const dropped = drops.filter((channel) => !isEveryones(channel) || drops.length === 1).map(book).join(words.and);
    const fetched = fetches.filter((channel) => !isEveryones(channel) || fetches.length === 1).map(book).join(words.and);
    const does = dropped === '' ? words.fetches(fetched) : fetched === '' ? words.drops(dropped) : words.dropsAndFetches(dropped, fetched);
    said.push(day === today ? words.next(member.name, does) : words.later(formatDay(day), member.name, does));
  }
  const drops = [...new Set(changes.flatMap((change) => change.drops))];
  const left = drops.flatMap((channel) => (hamletOf(channel) === undefined ? [] : [hamletOf(channel)!]));
  for (const hamletId of left) said.push(words.unsentOfHamlet(areaWordsOf(m, store, hamletId)));
  if (left.length === 0 && drops.some((channel) => !isEveryones(channel))) said.push(words.unsentOther);
  if (drops.length > 0) {
    for (const { unsent, lastContactAt } of active) if (unsent > 0) said.push(words.reported(unsent, formatAgo(lastContactAt, now)));
  }
  if (drops.some(isEveryones)) said.push(words.stillOpens);
  return said;
}

function bookWords(m: Messages, store: Known, channel: string): string {
  const words = m.administration.willDo;
  const [kind, id = ''] = channel.split('/');
  switch (kind) {
    case 'hamlet':
      return words.bookOfHamlet(areaWordsOf(m, store, id));
    case 'commune':
      return words.bookOfCommune;
    case 'lead':
      return words.bookOfLead;
    case 'unit':
      return words.bookOfUnit(unitName(store, id) ?? words.someUnit);
    default:
      return words.bookOfEveryone;
  }
}

function hamletOf(channel: string): string | undefined {
  const [kind, id] = channel.split('/');
  return kind === 'hamlet' ? id : undefined;
}
