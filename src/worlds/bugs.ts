/** Leaks and open doors, each planted in the real source while it loads: worlds that do not notice one of them prove nothing. */
import type { SeededBug, SeededEdit } from '#simulation/bugs/seeded-bug.ts';

function bug(name: string, from: string, ...edits: readonly (readonly [file: string, find: string, replace: string])[]): SeededBug {
  return { name, from, edits: edits.map(([file, find, replace]): SeededEdit => ({ file, find, replace })) };
}

const permissions = 'domain/permissions.ts';

export const bugs: readonly SeededBug[] = [
  bug('everything-may-be-read', 'no door', [
    permissions, 'return channelsOf(record, records).some((placing) => mine.includes(placing.channelId));', 'return mine.length > 0 || channelsOf(record, records).some((placing) => mine.includes(placing.channelId));',
  ]),
  bug('name-to-the-unit', 'the citizen did not agree', [permissions, "const hidden = feedback.fields.nameToResponder === true ? [] : citizenFields;", 'const hidden: readonly string[] = [];']),
  bug('events-to-every-team', 'the events of what is said about staff', [
    permissions,
    "return channelsOfFeedback(feedback, records, inHamlet, communeCode).map((placing) => ({ ...placing, hidden: placing.isUnit ? hidden : [] }));",
    "return [...shown(...inHamlet), ...channelsOfFeedback(feedback, records, inHamlet, communeCode).filter(({ channelId: id }) => !inHamlet.includes(id)).map((placing) => ({ ...placing, hidden: placing.isUnit ? hidden : [] }))];",
  ]),
  bug('staff-feedback-to-the-team', 'it goes past the team', [permissions, 'isAboutStaff(standing.topic) ? [channelId.lead(communeCode)]', 'standing.topic === undefined ? [channelId.lead(communeCode)]']),
  bug('former-unit-goes-on-reading', 'assigned anew', [
    'server/place-records.ts', "if (row.gone !== null || placings.some((placing) => placing.channelId === row.channelId)) continue;", "if (row.gone !== null || row.channelId.startsWith('unit/') || placings.some((placing) => placing.channelId === row.channelId)) continue;",
  ]),
  bug('one-counter-for-all-channels', 'a gap tells of what is hidden', [
    'server/channel-rows.ts', "let counter = state?.counter ?? 0;", "let counter = ((await tx.selectFrom('channel_counter').select(tx.fn.max('counter').as('most')).where('communeCode', '=', communeCode).executeTakeFirst())?.most as number | null) ?? 0;",
  ]),
  bug('sequences-of-all-channels-in-a-verdict', 'a count of what others read', ['server/verdicts.ts', "return Object.fromEntries([...sequences].filter(([id]) => readable.has(id)));", "return Object.fromEntries([...sequences].filter(([id]) => readable.has(id) || id !== ''));"]),
  bug('absent-is-not-unreadable', 'another word for what is there', [
    permissions, "if (record !== undefined ? !mayRead(member, record, records) : change.base > 0) return noAccess;", "if (record === undefined && change.base > 0) return { allowed: false, reason: 'not_your_role' };\n  if (record !== undefined && !mayRead(member, record, records)) return noAccess;",
  ]),
  bug('a-list-tells-what-is-there', 'ids in a visit’s list', ['server/apply-entry.ts', 'return feedback === undefined || !mayRead(author, feedback, records);', 'return feedback === undefined;']),
  bug('history-of-anything', 'past its channels', ['server/history.ts', "    .where('channelId', 'in', channels)\n", '']),
  bug('names-of-the-team-in-a-history', 'who sits in a team', ['server/history.ts', 'if (toUnitAlone) for (const author of told)', 'if (toUnitAlone && told.size < 0) for (const author of told)']),
  bug('decided-and-never-theirs', 'an entry that somebody else decided', ['server/decisions.ts', "(await mayKnowOf(tx, supervisor, entry)) ? 'already_decided' : 'not_waiting'", "'already_decided'"]),
  bug('waiting-for-everyone', 'of other hamlets', ['server/waiting-trial.ts', 'if (!covers(supervisor, presentArea(record.areaId, records))) return false;\n  const readable = channelsOfMember(supervisor);', "if (covers(supervisor, presentArea(record.areaId, records)) || !covers(supervisor, presentArea(record.areaId, records))) return true;\n  const readable = channelsOfMember(supervisor);"]),
  bug('totals-with-names', 'a province reads names of colleagues', [permissions, "if (role !== 'province_viewer') channels", "if (role !== undefined) channels"]),
  bug('anyone-lists-needs', 'what a household is entitled to', ['domain/field-rules.ts', 'household: { needs: bloc, sourceListId: bloc, ', 'household: { ']),
  bug('a-lead-takes-a-decision-back', 'a term that the commune recognized', ['domain/field-rules.ts', "return !part.decided.includes(String(held['state'])) ||", 'return part.says.length > 0 ||']),
  bug('a-late-step-takes-a-decision-back', 'unaware of it', ['domain/change.ts', "< way.indexOf(String(setting.value)) ? setting : undefined;", '< way.indexOf(String(setting.value)) && way.length === 0 ? setting : undefined;']),
  bug('a-team-writes-next-door', 'another hamlet of the commune', [permissions, "if (isTeamRole(assignment.role)) return assignment.hamletId === areaId;", 'if (isTeamRole(assignment.role)) return communeCodeOf(areaId) === communeCode;']),
  bug('a-unit-answers-for-another', 'a responder of another unit', [permissions, "(a.role !== 'responder' || a.unitId === assignee)", "(a.role !== 'responder' || a.unitId !== undefined)"]),
  bug('anyone-corrects-a-visit', 'a colleague’s', [permissions, "visit: { create: team, change: ['team_lead'],", 'visit: { create: team, change: [...team, ...bloc],']),
  bug('anyone-answers-for-the-visit', 'a question about a colleague’s', [
    permissions, "return settledAs === null || settledAs === undefined ? [...writeRules.visit_return.change, ...correcting] : correcting;", 'return [...writeRules.visit_return.change, ...team];',
  ]),
  bug('an-officer-extends', 'for the lead of the bloc alone', ['domain/feedback.ts', "extend: { from: ['in_progress'], to: 'same', by: ['bloc_lead'] },", "extend: { from: ['in_progress'], to: 'same', by: bloc },"]),
  bug('a-unit-writes-for-all-to-read', 'the public answer', ['domain/field-rules.ts', 'feedback_event: { publicAnswer: bloc },', '']),
];
