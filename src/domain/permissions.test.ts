import { describe, expect, test } from 'vitest';
import type { Change, SetChange } from './change.ts';
import { citizenFields, feedbackTransitions } from './feedback.ts';
import type { Feedback, FeedbackEvent, FeedbackEventType } from './feedback.ts';
import { provinceAreaId } from './identifiers.ts';
import { channelId, channelsOf, channelsOfMember, isRemovable, keepsHandbook, mayRead, mayWrite, presentArea } from './permissions.ts';
import { provinceIdOf } from './province.ts';
import { recordKinds } from './record.ts';
import type { AnyRecord, RecordKind, RecordState } from './record.ts';
import type { SubjectRequest } from './subject-request.ts';
import { assignmentSchema, roles } from './role.ts';
import type { Assignment, Role } from './role.ts';
import {
  colleagueId, commune, eventOf, feedbackId, hamlet, householdId, idOf, memberWith, otherCommune, otherHamlet, otherUnitId, personId,
  recordOf, recordsOf, unitId, validFields,
} from './records.test-support.ts';

const holds = (role: Role, place: Partial<Assignment> = {}): Assignment => ({
  role,
  ...(role === 'team_member' || role === 'team_lead' ? { hamletId: hamlet } : {}),
  ...(role === 'responder' ? { unitId } : {}),
  ...place,
});
const province = provinceAreaId('04');
const plain = (record: RecordState): AnyRecord => record as unknown as AnyRecord;
const noAccess = { allowed: false, reason: 'no_access' };
const notYourRole = { allowed: false, reason: 'not_your_role' };
const yes = { allowed: true };

/** Roles by the first letters of their words. */
const short: Record<string, Role> = {
  tm: 'team_member', tl: 'team_lead', bo: 'bloc_officer', bl: 'bloc_lead', re: 'responder', ca: 'commune_admin', pv: 'province_viewer', dp: 'dpo',
};
const rolesOf = (letters: string): Role[] => letters.split(' ').filter(Boolean).map((two) => short[two] as Role);

/** The table of domain model section 2: who creates, who changes a colleague's, who changes their own, who deletes their own; a colleague's nobody deletes. */
const table: Record<Exclude<RecordKind, 'feedback_event'>, { create: string; change: string; own: string; remove?: string }> = {
  area: { create: 'ca', change: 'ca', own: 'ca' },
  unit: { create: 'ca', change: 'ca', own: 'ca' },
  // The endpoint's own: it follows the roles.
  member: { create: '', change: '', own: '' },
  household: { create: 'tm tl bo bl', change: 'tm tl bo bl', own: 'tm tl bo bl' },
  visit: { create: 'tm tl', change: 'tl', own: 'tm tl' },
  prestigious_person: { create: 'tl bo bl', change: 'tl bo bl', own: 'tl bo bl', remove: 'bo bl' },
  prestigious_contact: { create: 'tm tl', change: 'tl', own: 'tm tl' },
  benefit: { create: 'bo bl', change: 'bo bl', own: 'bo bl' },
  feedback: { create: 'tm tl bo bl', change: '', own: 'tm tl bo bl' },
  consent: { create: 'tm tl bo bl', change: '', own: '' },
  subject_request: { create: 'tm tl bo bl dp', change: 'bl dp', own: 'bl dp' },
  visit_return: { create: 'bo bl', change: 'tm tl bo bl', own: 'tm tl bo bl' },
  prestigious_term: { create: 'tl bo bl', change: 'tl bo bl', own: 'tl bo bl', remove: 'bo bl' },
  mobilization_model: { create: 'tl bo bl', change: 'tl bo bl', own: 'tl bo bl', remove: 'bo bl' },
  attachment: { create: 'tm tl bo bl', change: 'tl bo bl', own: 'tm tl bo bl' },
  handbook_page: { create: 'bo bl pv', change: 'bo bl pv', own: 'bo bl pv' },
  document: { create: 'bo bl pv', change: 'bo bl pv', own: 'bo bl pv' },
  reading_receipt: { create: 'tm tl', change: '', own: '' },
};
/** What the valid fields of other kinds belong to or name. */
const places = [
  recordOf('household', householdId), recordOf('prestigious_person', personId), recordOf('visit', idOf(10)),
  recordOf('document', idOf(11), {}, { areaId: commune }),
];

describe.each(roles)('%s', (role) => {
  const member = memberWith(holds(role));
  // A member record of the commune, so that everyone in it can read it.
  const readable = (kind: RecordKind) => (kind === 'member' ? { areaId: commune } : {});

  test.each(Object.keys(table) as (keyof typeof table)[])('and a %s', (kind) => {
    const recordId = idOf(40);
    const records = recordsOf(...places);
    const rule = table[kind];
    const create: Change = { recordId, kind, areaId: hamlet, base: 0, set: { ...validFields[kind] } };
    const creates = rolesOf(rule.create).includes(role);
    const readsParent = kind === 'reading_receipt' || !['householdId', 'personId', 'subjectId', 'visitId', 'parentId'].some((field) => field in validFields[kind]) || (role === 'dpo' && kind === 'subject_request') || mayRead(member, plain(recordOf('household', householdId)), records);
    expect(mayWrite(member, create, undefined, records), 'create').toEqual(creates ? yes : readsParent ? notYourRole : noAccess);

    for (const [whose, memberId, letters, removing] of [['a colleague’s', colleagueId, rule.change, ''], ['their own', member.memberId, rule.own, rule.remove ?? '']] as const) {
      const record = plain(recordOf(kind, recordId, {}, { memberId, ...readable(kind) }));
      const all = recordsOf(...places, record);
      const change: Change = { recordId, kind, areaId: hamlet, base: 1, set: {} };
      const reads = mayRead(member, record, all);
      expect(mayWrite(member, change, record, all), `change ${whose}`).toEqual(!reads ? noAccess : rolesOf(letters).includes(role) ? yes : notYourRole);
      const deletion: Change = { recordId, kind, areaId: hamlet, base: 1, delete: true };
      expect(mayWrite(member, deletion, record, all), `delete ${whose}`).toEqual(!reads ? noAccess : rolesOf(removing).includes(role) ? yes : notYourRole);
      expect(rolesOf(removing).length > 0, 'told of the kind').toBe(isRemovable(kind) && whose === 'their own');
    }
  });

  test.each(Object.keys(feedbackTransitions) as FeedbackEventType[])('and the event %s, only as its row says', (type) => {
    const assigned = [
      recordOf('feedback', feedbackId),
      eventOf(20, { type: 'triage', feedbackId, step: 0, on: '2026-11-22' }),
      eventOf(21, { type: 'assign', feedbackId, step: 1, on: '2026-11-22', unitId, dueOn: '2026-12-04' }),
    ];
    const create: Change = { recordId: idOf(41), kind: 'feedback_event', areaId: hamlet, base: 0, set: { type, feedbackId, step: 2, on: '2026-11-23' } };
    const reads = ['team_member', 'team_lead', 'bloc_officer', 'bloc_lead', 'responder'].includes(role);
    const expected = !reads ? noAccess : feedbackTransitions[type].by.includes(role) ? yes : notYourRole;
    expect(mayWrite(member, create, undefined, recordsOf(...assigned))).toEqual(expected);
  });
});

describe.each([
  ['prestigious_term', { says: ['proposed', 'joint_meeting', 'submitted'], decides: 'recognized', goesOnFrom: ['returned'], decided: ['recognized', 'active', 'under_review', 'ended', 'replaced'] }, ['decisionNo', 'termTo']],
  ['mobilization_model', { says: ['registered', 'in_progress', 'self_reported', 'ended'], decides: 'recognized', goesOnFrom: ['accepted', 'returned', 'not_yet'], decided: ['checked', 'recognized', 'maintained'] }, ['recognizedOn', 'plan']],
] as const)('of a %s the hamlet’s lead proposes, and the commune decides', (kind, states, [deciding, other]) => {
  const change = (set: object, base = 0): Change => ({ recordId: idOf(40), kind, areaId: hamlet, base, set: { ...(base === 0 ? validFields[kind] : {}), ...set } });
  const standing = (state: string) => plain(recordOf(kind, idOf(40), { state } as object, { memberId: colleagueId, version: 6 }));
  const asked = (role: Role, made: Change, record?: AnyRecord, meanwhile?: Parameters<typeof mayWrite>[4]) =>
    mayWrite(memberWith(holds(role)), made, record, recordsOf(...places, ...(record === undefined ? [] : [record])), meanwhile);

  test('which says what stands in the decision', () => {
    for (const [role, may] of [['team_lead', notYourRole], ['bloc_officer', yes]] as const) {
      for (const state of states.says) expect(asked(role, change({ state }, 6), standing(states.says[0])), `${role} ${state}`).toEqual(yes);
      expect(asked(role, change({ state: states.decides }, 6), standing('submitted')), role).toEqual(may);
      expect(asked(role, change({ state: states.says[0], [deciding]: '2026-11-21' })), role).toEqual(may);
    }
  });

  test('so that a lead’s begins at its beginning', () => {
    for (const state of states.says) {
      expect(asked('team_lead', change({ state })), state).toEqual(state === states.says[0] ? yes : notYourRole);
      expect(asked('bloc_officer', change({ state })), state).toEqual(yes);
    }
  });

  test('and from then on a lead who has seen it changes nothing of it any more, and one who could not have seen it is not refused', () => {
    const decidedAt = (state: string, version: number, device: string) => ({
      entry: { deviceId: 'lead', memberId: colleagueId, occurredAt: '' }, settingsSince: [{ field: 'state', value: state, version, deviceId: device, memberId: colleagueId, occurredAt: '' }],
    });
    for (const state of states.decided) {
      for (const set of [{ state: states.says[0] }, { [other]: 2027 }]) {
        const late = change(set, 5);
        expect(asked('team_lead', late, standing(state)), state).toEqual(notYourRole);
        expect(asked('bloc_officer', late, standing(state)), state).toEqual(yes);
        expect(asked('team_lead', late, standing(state), decidedAt(state, 6, 'desk')), state).toEqual(yes);
        // What else came meanwhile, or what this very phone said, hides nothing from them.
        expect(asked('team_lead', late, standing(state), decidedAt(states.says[0], 6, 'desk')), state).toEqual(notYourRole);
        expect(asked('team_lead', late, standing(state), decidedAt(state, 6, 'lead')), state).toEqual(notYourRole);
      }
    }
    for (const state of states.goesOnFrom) expect(asked('team_lead', change({ state: states.says.at(-1) }, 6), standing(state)), state).toEqual(yes);
  });
});

test('a household is closed or called a double by its lead or the bloc, and by nobody who may not read the other one', () => {
  const household = plain(recordOf('household', householdId));
  const near = recordOf('household', idOf(41));
  const far = recordOf('household', idOf(42), {}, { areaId: otherHamlet });
  const records = recordsOf(household, near, far);
  const change = (set: SetChange['set']): Change => ({ recordId: householdId, kind: 'household', areaId: hamlet, base: 1, set });
  for (const [role, expected] of [['team_member', notYourRole], ['team_lead', yes], ['bloc_officer', yes]] as const) {
    expect(mayWrite(memberWith(holds(role)), change({ mergedInto: near.recordId }), household, records), role).toEqual(expected);
    expect(mayWrite(memberWith(holds(role)), change({ closedOn: '2026-11-21', closedReason: 'moved_away' }), household, records), role).toEqual(expected);
  }
  // Also of one that declined: whoever hears its no may take out its details, and nothing else.
  const declined = plain({ ...recordOf('household', householdId), fields: { no: 1, houseLabel: 'ven suối', contact: 'no', closedOn: '2026-11-20', closedReason: 'moved_away', mergedInto: near.recordId } });
  for (const field of ['mergedInto', 'closedOn', 'closedReason']) expect(mayWrite(memberWith(holds('team_member')), change({ [field]: null }), declined, records), field).toEqual(notYourRole);
  expect(mayWrite(memberWith(holds('team_lead')), change({ mergedInto: far.recordId }), household, records)).toEqual(noAccess);
  expect(mayWrite(memberWith(holds('team_lead')), change({ mergedInto: idOf(43) }), household, records)).toEqual(noAccess);
  expect(mayWrite(memberWith(holds('bloc_officer')), change({ mergedInto: far.recordId }), household, records)).toEqual(yes);
});

test('a question about a visit is answered by who may correct the visit, and taken back by the bloc alone', () => {
  const asked = plain(recordOf('visit_return', idOf(40), { visitId: idOf(10) }, { memberId: colleagueId }));
  const answer = (role: Role, settledAs: string | null, visitBy: string) => {
    const member = memberWith(holds(role));
    const visit = recordOf('visit', idOf(10), {}, { memberId: visitBy === 'own' ? member.memberId : colleagueId });
    return mayWrite(member, { recordId: idOf(40), kind: 'visit_return', areaId: hamlet, base: 1, set: { settledAs, settledOn: settledAs === null ? null : '2026-11-23' } }, asked, recordsOf(...places.filter(({ recordId }) => recordId !== idOf(10)), visit, asked));
  };
  // By answer: who gives it about a visit of their own, and about a colleague's.
  const answering: readonly (readonly [settledAs: string | null, own: string, colleagues: string])[] = [
    ['corrected', 'tm tl', 'tl'], ['stands', 'tm tl', 'tl'], ['withdrawn', 'bo bl', 'bo bl'], [null, 'tm tl bo bl', 'tl bo bl'],
  ];
  for (const role of roles) {
    const reads = rolesOf('tm tl bo bl').includes(role);
    for (const [settledAs, own, colleagues] of answering) {
      const expected = (letters: string) => (!reads ? noAccess : rolesOf(letters).includes(role) ? yes : notYourRole);
      expect(answer(role, settledAs, 'own'), `${role}: ${settledAs}, of their own`).toEqual(expected(own));
      expect(answer(role, settledAs, 'a colleague’s'), `${role}: ${settledAs}, of a colleague’s`).toEqual(expected(colleagues));
    }
  }
});

test('an event of no known type is nobody’s to make', () => {
  const records = recordsOf(recordOf('feedback', feedbackId));
  for (const type of ['judge', 'constructor', undefined]) {
    const create: Change = { recordId: idOf(41), kind: 'feedback_event', areaId: hamlet, base: 0, set: { type, feedbackId, step: 0, on: '2026-11-23' } };
    expect(mayWrite(memberWith(holds('bloc_lead')), create, undefined, records)).toEqual(notYourRole);
  }
});

describe('what a member may not read', () => {
  const lead = memberWith(holds('team_lead'));
  const elsewhere = plain(recordOf('household', householdId, {}, { areaId: otherHamlet }));

  test('gets the same answer as what does not exist', () => {
    const change: Change = { recordId: householdId, kind: 'household', areaId: hamlet, base: 1, set: { phone: null } };
    expect(mayWrite(lead, change, elsewhere, recordsOf(elsewhere))).toEqual(noAccess);
    expect(mayWrite(lead, change, undefined, recordsOf())).toEqual(noAccess);
    const remove: Change = { recordId: householdId, kind: 'household', areaId: hamlet, base: 1, delete: true };
    expect(mayWrite(lead, remove, elsewhere, recordsOf(elsewhere))).toEqual(noAccess);
    expect(mayWrite(lead, remove, undefined, recordsOf())).toEqual(noAccess);
  });

  test('takes no child either: a visit to a household elsewhere or to none', () => {
    const visit: Change = { recordId: idOf(40), kind: 'visit', areaId: hamlet, base: 0, set: { ...validFields.visit } };
    expect(mayWrite(lead, visit, undefined, recordsOf(elsewhere))).toEqual(noAccess);
    expect(mayWrite(lead, visit, undefined, recordsOf())).toEqual(noAccess);
  });

  test('is not opened by naming it as new, nor by naming one’s own hamlet', () => {
    const create: Change = { recordId: householdId, kind: 'household', areaId: hamlet, base: 0, set: { ...validFields.household } };
    expect(mayWrite(lead, create, elsewhere, recordsOf(elsewhere))).toEqual(noAccess);
  });

  test('another commune is out of reach for every role', () => {
    for (const role of roles) {
      for (const kind of recordKinds) {
        const create: Change = { recordId: idOf(40), kind, areaId: otherCommune, base: 0, set: { ...validFields[kind] } };
        expect(mayWrite(memberWith(holds(role)), create, undefined, recordsOf(...places)), `${role} ${kind}`).toEqual(noAccess);
      }
    }
  });

  test('a team creates in its own hamlet only', () => {
    const create: Change = { recordId: idOf(40), kind: 'household', areaId: otherHamlet, base: 0, set: { ...validFields.household } };
    expect(mayWrite(lead, create, undefined, recordsOf())).toEqual(notYourRole);
    expect(mayWrite(memberWith(), create, undefined, recordsOf())).toEqual(notYourRole);
  });
});

describe('a citizen’s request', () => {
  const request = (fields: Partial<SubjectRequest>) => plain(recordOf('subject_request', idOf(40), fields));
  const closing = (set: Record<string, unknown>): Change => ({ recordId: idOf(40), kind: 'subject_request', areaId: hamlet, base: 1, set });
  const done = closing({ closedAs: 'done', closedOn: '2026-11-25', refusal: null });
  const refused = closing({ closedAs: 'refused', closedOn: '2026-11-25', refusal: 'kept_by_law' });

  test('to erase is refused by the data-protection officer alone, and said to be done by nobody but the endpoint', () => {
    const erase = request({ kind: 'erase' });
    const records = recordsOf(...places, erase);
    expect(mayWrite(memberWith(holds('dpo')), refused, erase, records)).toEqual(yes);
    expect(mayWrite(memberWith(holds('bloc_lead')), refused, erase, records)).toEqual(notYourRole);
    for (const role of ['dpo', 'bloc_lead', 'team_lead'] as const) expect(mayWrite(memberWith(holds(role)), done, erase, records), role).toEqual(notYourRole);
  });

  test.each(['access', 'correct'] as const)('to %s is closed by the officer and by the lead of the bloc', (kind) => {
    const asked = request({ kind });
    const records = recordsOf(...places, asked);
    for (const role of ['dpo', 'bloc_lead'] as const) expect(mayWrite(memberWith(holds(role)), done, asked, records), role).toEqual(yes);
    for (const role of ['team_lead', 'bloc_officer'] as const) expect(mayWrite(memberWith(holds(role)), done, asked, records), role).toEqual(notYourRole);
  });

  test.each(['access', 'correct', 'erase'] as const)('to %s is not closed by taking it down, unless by whoever may close it', (kind) => {
    const records = recordsOf(...places);
    const closed = (set: object): Change => ({ recordId: idOf(40), kind: 'subject_request', areaId: hamlet, base: 0, set: { ...validFields.subject_request, kind, ...set } });
    const [asDone, asRefused] = [closed({ closedAs: 'done', closedOn: '2026-11-25' }), closed({ closedAs: 'refused', closedOn: '2026-11-25', refusal: 'kept_by_law' })];
    for (const change of [asDone, asRefused]) for (const role of ['team_member', 'team_lead', 'bloc_officer'] as const) expect(mayWrite(memberWith(holds(role)), change, undefined, records), role).toEqual(notYourRole);
    expect(mayWrite(memberWith(holds('dpo')), asRefused, undefined, records)).toEqual(yes);
    expect(mayWrite(memberWith(holds('dpo')), asDone, undefined, records)).toEqual(kind === 'erase' ? notYourRole : yes);
    expect(mayWrite(memberWith(holds('team_member')), closed({ closedAs: null }), undefined, records)).toEqual(yes);
  });

  test('is taken down about what its writer reads; the officer, who reads no household, may name any', () => {
    const elsewhere = recordOf('household', householdId, {}, { areaId: otherHamlet });
    const create: Change = { recordId: idOf(40), kind: 'subject_request', areaId: hamlet, base: 0, set: { ...validFields.subject_request } };
    const lead = memberWith(holds('team_lead'));
    expect(mayWrite(lead, create, undefined, recordsOf(...places))).toEqual(yes);
    expect(mayWrite(lead, create, undefined, recordsOf(elsewhere))).toEqual(noAccess);
    expect(mayWrite(lead, create, undefined, recordsOf())).toEqual(noAccess);
    expect(mayWrite(memberWith(holds('dpo')), create, undefined, recordsOf())).toEqual(yes);
  });
});

describe('a hamlet merged into another', () => {
  const merged = recordOf('area', hamlet, { mergedInto: otherHamlet }, { areaId: commune });
  const kept = recordOf('area', otherHamlet, { code: otherHamlet }, { areaId: commune });

  test('is followed along a chain', () => {
    const third = recordOf('area', '01789-005', { code: '01789-005', mergedInto: hamlet });
    expect(presentArea('01789-005', recordsOf(third, merged, kept))).toBe(otherHamlet);
    expect(presentArea(otherHamlet, recordsOf(merged, kept))).toBe(otherHamlet);
    expect(presentArea('01789-099', recordsOf(merged, kept))).toBe('01789-099');
  });

  test('a ring of mergers ends', () => {
    const ring = recordsOf(merged, recordOf('area', otherHamlet, { code: otherHamlet, mergedInto: hamlet }));
    expect([hamlet, otherHamlet]).toContain(presentArea(hamlet, ring));
    expect(presentArea(hamlet, recordsOf(recordOf('area', hamlet, { mergedInto: hamlet })))).toBe(hamlet);
  });

  test('hands its records to the team that took it in, and takes them from the former', () => {
    const household = plain(recordOf('household', householdId));
    const records = recordsOf(merged, kept, household);
    const change: Change = { recordId: householdId, kind: 'household', areaId: hamlet, base: 1, set: { phone: null } };
    const taken = memberWith(holds('team_member', { hamletId: otherHamlet }));
    expect(mayWrite(taken, change, household, records)).toEqual(yes);
    expect(mayWrite(memberWith(holds('team_member')), change, household, records)).toEqual(noAccess);
    const create: Change = { ...change, recordId: idOf(40), base: 0, set: { ...validFields.household } };
    expect(mayWrite(taken, create, undefined, records)).toEqual(yes);
  });
});

describe('channels', () => {
  const shown = (record: RecordState, ...others: RecordState[]) => channelsOf(plain(record), recordsOf(record, ...others)).map((placing) => placing.channelId).toSorted();

  test('of a visit whose list names anything but feedback, the list is shown to nobody', () => {
    const hiddenOf = (listed: RecordState) => channelsOf(plain(recordOf('visit', idOf(61), { feedbackIds: [listed.recordId] })), recordsOf(listed)).map(({ hidden }) => hidden);
    expect(hiddenOf(recordOf('subject_request', idOf(62)))).toEqual([['feedbackIds'], ['feedbackIds']]);
    expect(hiddenOf(recordOf('feedback', feedbackId))).toEqual([[], []]);
  });
  const inHamlet = [`commune/${commune}`, `hamlet/${hamlet}`];
  const triage = (topic: 'staff_attitude' | 'road', step = 0) => eventOf(20 + step, { type: 'triage', feedbackId, step, on: '2026-11-22', topic });
  const assign = (to: string, step = 1) => eventOf(20 + step, { type: 'assign', feedbackId, step, on: '2026-11-22', unitId: to, dueOn: '2026-12-04' });

  test.each(['household', 'visit', 'prestigious_person', 'prestigious_contact', 'benefit', 'feedback', 'consent'] as const)('a %s is for its hamlet and the bloc', (kind) => {
    expect(shown(recordOf(kind, idOf(40)))).toEqual(inHamlet);
    expect(shown(recordOf(kind, idOf(40), {}, { areaId: commune }))).toEqual([`commune/${commune}`]);
  });

  test('what a citizen asks about their own record is for those who read it and for the data-protection officer', () => {
    const request = recordOf('subject_request', idOf(40));
    expect(shown(request, ...places)).toEqual([`commune/${commune}`, `dpo/${commune}`, `hamlet/${hamlet}`]);
    const aboutFeedback = recordOf('subject_request', idOf(40), { subjectId: feedbackId, subjectKind: 'feedback' });
    const feedback = recordOf('feedback', feedbackId);
    expect(shown(aboutFeedback, feedback)).toEqual([`commune/${commune}`, `dpo/${commune}`, `hamlet/${hamlet}`]);
    expect(shown(aboutFeedback, feedback, triage('road'), assign(unitId))).not.toContain(`unit/${unitId}`);
    expect(shown(aboutFeedback, recordOf('feedback', feedbackId, { topic: 'staff_attitude' }))).toEqual([`dpo/${commune}`, `lead/${commune}`]);
    expect(shown(aboutFeedback), 'erased').toEqual([`dpo/${commune}`, `lead/${commune}`]);
  });

  test('areas and units are for everyone in the commune; a province’s area for everyone of the province', () => {
    expect(shown(recordOf('area', hamlet, {}, { areaId: hamlet }))).toEqual([`everyone/${commune}`]);
    expect(shown(recordOf('unit', unitId, {}, { areaId: commune }))).toEqual([`everyone/${commune}`]);
    expect(shown(recordOf('area', province, { code: province, level: 'province', kind: 'tinh' }, { areaId: province }))).toEqual([`everyone/${province}`]);
  });

  test('who sits in a hamlet team is known to the hamlet and the bloc, other colleagues to all', () => {
    expect(shown(recordOf('member', idOf(40), { role: 'team_lead' }))).toEqual(inHamlet);
    expect(shown(recordOf('member', idOf(40), { role: 'responder' }, { areaId: commune }))).toEqual([`everyone/${commune}`]);
  });

  test('a deleted record keeps its channels, so that its readers learn of it', () => {
    expect(shown(recordOf('household', householdId, {}, { deleted: true }))).toEqual(inHamlet);
  });

  test('an event goes where its feedback goes, and to the bloc while the feedback is missing', () => {
    expect(shown(triage('road'), recordOf('feedback', feedbackId))).toEqual(inHamlet);
    expect(shown(triage('road'))).toEqual([`commune/${commune}`]);
  });

  test('feedback about staff goes past the team, to the lead of the bloc alone, by what was said or by triage', () => {
    const said = recordOf('feedback', feedbackId, { topic: 'staff_attitude' });
    expect(shown(said)).toEqual([`lead/${commune}`]);
    expect(shown(recordOf('feedback', feedbackId), triage('staff_attitude'))).toEqual([`lead/${commune}`]);
    expect(shown(triage('staff_attitude'), recordOf('feedback', feedbackId))).toEqual([`lead/${commune}`]);
    expect(shown(said, triage('road'))).toEqual(inHamlet);
    const member = memberWith(holds('team_lead'), holds('bloc_officer'));
    expect(mayRead(member, plain(said), recordsOf(said))).toBe(false);
    expect(mayRead(memberWith(holds('bloc_lead')), plain(said), recordsOf(said))).toBe(true);
  });

  test('an assigned feedback is also its unit’s; another unit never sees it', () => {
    const feedback = recordOf('feedback', feedbackId);
    const way = [triage('road'), assign(unitId)];
    expect(shown(feedback, ...way)).toEqual([...inHamlet, `unit/${unitId}`]);
    expect(mayRead(memberWith(holds('responder')), plain(feedback), recordsOf(feedback, ...way))).toBe(true);
    expect(mayRead(memberWith(holds('responder', { unitId: otherUnitId })), plain(feedback), recordsOf(feedback, ...way))).toBe(false);
    expect(mayRead(memberWith(holds('responder')), plain(feedback), recordsOf(feedback, triage('road')))).toBe(false);
  });

  test('a unit that gave a feedback back reads no further once its detail is there: what that says, also of the unit itself, the bloc sorts first', () => {
    const feedback = recordOf('feedback', feedbackId);
    const givenBack = [triage('road'), assign(unitId), eventOf(22, { type: 'return', feedbackId, step: 2, on: '2026-11-22', field: 'text', comment: 'Xin nói rõ' })];
    const detail = eventOf(23, { type: 'add_detail', feedbackId, step: 3, on: '2026-11-23', detail: 'Cán bộ đồn nói không sửa' });
    expect(shown(feedback, ...givenBack)).toEqual([...inHamlet, `unit/${unitId}`]);
    for (const after of [[detail], [detail, eventOf(24, { type: 'refer', feedbackId, step: 4, on: '2026-11-24' })], [eventOf(24, { type: 'withdraw', feedbackId, step: 3, on: '2026-11-24' })]]) {
      expect(shown(feedback, ...givenBack, ...after)).toEqual(inHamlet);
    }
  });

  test('a unit gets no field that leads to the citizen, unless the citizen agreed; its events come whole', () => {
    const hiddenFrom = (fields: Partial<Feedback>, of: RecordState = recordOf('feedback', feedbackId, fields)) =>
      channelsOf(plain(of), recordsOf(recordOf('feedback', feedbackId, fields), triage('road'), assign(unitId))).find((placing) => placing.channelId === `unit/${unitId}`)?.hidden;
    expect(hiddenFrom({})).toEqual(['citizenName', 'citizenPhone', 'householdId']);
    expect(hiddenFrom({ nameToResponder: false })).toEqual(citizenFields);
    expect(hiddenFrom({ nameToResponder: true })).toEqual([]);
    expect(hiddenFrom({}, assign(unitId))).toEqual([]);
  });

  test('a number given when the bloc asked for it reaches a unit only if the citizen agreed', () => {
    const way = (field: 'citizenPhone' | 'place') => [
      triage('road'), assign(unitId), eventOf(22, { type: 'return', feedbackId, step: 2, on: '2026-11-22', field, comment: 'Xin cho biết thêm' }),
    ];
    const detail = eventOf(23, { type: 'add_detail', feedbackId, step: 3, on: '2026-11-23', detail: 'Bà Mẩy, 0912999888' });
    const hidden = (field: 'citizenPhone' | 'place', fields: Partial<Feedback> = {}) =>
      channelsOf(plain(detail), recordsOf(recordOf('feedback', feedbackId, fields), ...way(field), detail, triage('road', 4), assign(unitId, 5))).map((placing) => [placing.channelId, placing.hidden]);
    expect(hidden('citizenPhone')).toEqual([[`hamlet/${hamlet}`, []], [`commune/${commune}`, []], [`unit/${unitId}`, ['detail']]]);
    expect(hidden('citizenPhone', { nameToResponder: true }).at(-1)).toEqual([`unit/${unitId}`, []]);
    expect(hidden('place').at(-1)).toEqual([`unit/${unitId}`, []]);
  });

  test('a complaint or denunciation never reaches a unit', () => {
    const denounced = { ...recordOf('feedback', feedbackId), fields: { kind: 'to_cao', receivedOn: '2026-11-21' } as const };
    expect(shown(denounced, triage('road'), assign(unitId))).toEqual(inHamlet);
  });

  test('a deleted event moves nothing', () => {
    const feedback = recordOf('feedback', feedbackId);
    expect(shown(feedback, triage('road'), { ...assign(unitId), deleted: true })).toEqual(inHamlet);
  });

  test.each<[Role, string[]]>([
    ['team_member', [`everyone/${commune}`, `hamlet/${hamlet}`, `handbook/${commune}`]],
    ['team_lead', [`everyone/${commune}`, `hamlet/${hamlet}`, `handbook/${commune}`]],
    ['bloc_officer', [`commune/${commune}`, `everyone/${commune}`, `handbook/${commune}`]],
    ['bloc_lead', [`commune/${commune}`, `everyone/${commune}`, `handbook/${commune}`, `lead/${commune}`]],
    ['responder', [`everyone/${commune}`, `handbook/${commune}`, `unit/${unitId}`]],
    ['commune_admin', [`everyone/${commune}`, `handbook/${commune}`]],
    ['province_viewer', [`handbook/${commune}`]],
    ['dpo', [`dpo/${commune}`, `everyone/${commune}`, `handbook/${commune}`]],
  ])('of a %s', (role, channels) => {
    expect(channelsOfMember(memberWith(holds(role)))).toEqual(channels);
  });

  test('of the province, its handbook alone, and with a role alone', () => {
    const of = (...held: Assignment[]) => channelsOfMember({ ...memberWith(...held), provinceId: province });
    expect(of(holds('team_member'))).toEqual([`everyone/${commune}`, `hamlet/${hamlet}`, `handbook/${commune}`, `handbook/${province}`]);
    expect(of()).toEqual([]);
  });

  test('of one who holds nothing any more: none', () => {
    expect(channelsOfMember(memberWith())).toEqual([]);
  });

  test('a channel’s id names what it is', () => {
    expect(channelId.device(idOf(8))).toBe(`device/${idOf(8)}`);
  });
});

describe('a field that fewer may set than may write the record', () => {
  const household = (fields: Record<string, unknown> = {}) => plain(recordOf('household', householdId, fields));
  const setting = (set: Record<string, unknown>, settles?: string[]): Change => ({ recordId: householdId, kind: 'household', areaId: hamlet, base: 1, set, ...(settles === undefined ? {} : { settles }) });
  const asks = (role: Role, change: Change, record = household()) => mayWrite(memberWith(holds(role)), change, record, recordsOf(record));
  const listed = { needs: ['poor'], sourceListId: idOf(60) };

  test('is what a household is entitled to: from an official list, by the bloc', () => {
    for (const role of ['team_member', 'team_lead'] as const) {
      for (const set of [listed, { needs: ['poor'] }, { needs: [] }, { needs: null }, { sourceListId: null }, { phone: '0912345678', ...listed }]) expect(asks(role, setting(set)), JSON.stringify(set)).toEqual(notYourRole);
      expect(asks(role, setting({}, ['needs'])), 'also where two lists stand against each other').toEqual(notYourRole);
      expect(asks(role, setting({ phone: '0912345678' }, ['phone']))).toEqual(yes);
      const create: Change = { recordId: idOf(40), kind: 'household', areaId: hamlet, base: 0, set: { ...validFields.household, ...listed } };
      expect(mayWrite(memberWith(holds(role)), create, undefined, recordsOf())).toEqual(notYourRole);
    }
    for (const role of ['bloc_officer', 'bloc_lead'] as const) expect(asks(role, setting(listed)), role).toEqual(yes);
    expect(asks('bloc_officer', setting({}, ['needs']))).toEqual(yes);
  });

  test('goes with the household’s yes, whoever hears the no', () => {
    expect(asks('team_member', setting({ contact: 'no', headName: null, phone: null, needs: null, sourceListId: null }))).toEqual(yes);
    expect(asks('team_member', setting({ needs: null }), household({ contact: 'no', headName: undefined }))).toEqual(yes);
    expect(asks('team_member', setting({ contact: 'no', needs: ['poor'] }))).toEqual(notYourRole);
    expect(asks('team_member', setting({ contact: 'yes', needs: null }), household({ contact: 'no', headName: undefined }))).toEqual(notYourRole);
  });

  test('is what everybody will read of an answer: the bloc writes it, never the unit', () => {
    const records = recordsOf(
      recordOf('feedback', feedbackId),
      eventOf(20, { type: 'triage', feedbackId, step: 0, on: '2026-11-22' }),
      eventOf(21, { type: 'assign', feedbackId, step: 1, on: '2026-11-22', unitId, dueOn: '2026-12-04' }),
    );
    const answer = (set: object): Change => ({
      recordId: idOf(41), kind: 'feedback_event', areaId: hamlet, base: 0, set: { type: 'answer', feedbackId, step: 2, on: '2026-11-23', answer: 'Đã sửa xong đoạn đường', ...set },
    });
    const forAll = answer({ publicAnswer: 'Đường đã sửa xong' });
    expect(mayWrite(memberWith(holds('responder')), answer({}), undefined, records)).toEqual(yes);
    expect(mayWrite(memberWith(holds('responder')), forAll, undefined, records)).toEqual(notYourRole);
    expect(mayWrite(memberWith(holds('bloc_officer')), forAll, undefined, records)).toEqual(yes);
  });
});

describe('a responder', () => {
  const assigned = (to: string) => [
    recordOf('feedback', feedbackId),
    eventOf(20, { type: 'triage', feedbackId, step: 0, on: '2026-11-22' }),
    eventOf(21, { type: 'assign', feedbackId, step: 1, on: '2026-11-22', unitId: to, dueOn: '2026-12-04' }),
  ];
  const event = (type: FeedbackEvent['type']): Change => ({
    recordId: idOf(41), kind: 'feedback_event', areaId: hamlet, base: 0, set: { type, feedbackId, step: 2, on: '2026-11-23' },
  });

  test('answers what its unit was given, and no other', () => {
    expect(mayWrite(memberWith(holds('responder')), event('answer'), undefined, recordsOf(...assigned(unitId)))).toEqual(yes);
    expect(mayWrite(memberWith(holds('responder')), event('answer'), undefined, recordsOf(...assigned(otherUnitId)))).toEqual(noAccess);
  });

  test('who also sits in a hamlet team does not answer for other units what the team can read', () => {
    const both = memberWith(holds('responder'), holds('team_member'));
    expect(mayWrite(both, event('answer'), undefined, recordsOf(...assigned(otherUnitId)))).toEqual(notYourRole);
    expect(mayWrite(both, event('answer'), undefined, recordsOf(...assigned(unitId)))).toEqual(yes);
  });
});

test('a role is held in its place: a team’s in a hamlet, a responder’s in a unit', () => {
  for (const role of roles) {
    expect(assignmentSchema.safeParse(holds(role)).success, role).toBe(true);
    expect(assignmentSchema.safeParse({ ...holds(role), hamletId: hamlet, unitId }).success, role).toBe(false);
  }
  expect(assignmentSchema.safeParse({ role: 'team_lead' }).success).toBe(false);
  expect(assignmentSchema.safeParse({ role: 'responder' }).success).toBe(false);
});

test('the bloc and the province keep the handbook, and nobody else', () => {
  expect(roles.filter((role) => keepsHandbook(memberWith(holds(role))))).toEqual(['bloc_officer', 'bloc_lead', 'province_viewer']);
});

describe('which province a commune belongs to', () => {
  const admin = memberWith(holds('commune_admin'));
  const own = plain(recordOf('area', commune, { code: commune, level: 'commune', kind: 'xa', parent: province }, { areaId: commune }));
  const inOther = { recordId: commune, kind: 'area', areaId: commune, base: 1, set: { parent: provinceAreaId('05') } } as const;

  test('is for the endpoint to say, not for an administrator, whose other changes hold', () => {
    expect(mayWrite(admin, inOther, own, recordsOf())).toEqual(notYourRole);
    expect(mayWrite(admin, { ...inOther, set: {}, settles: ['parent'] }, own, recordsOf())).toEqual(notYourRole);
    expect(mayWrite(admin, { ...inOther, base: 0, set: { level: 'commune', parent: province } }, undefined, recordsOf())).toEqual(notYourRole);
    expect(mayWrite(admin, { ...inOther, set: { receptionHours: 'Thứ Năm' } }, own, recordsOf())).toEqual(yes);
    expect(mayWrite(admin, { ...inOther, recordId: hamlet, areaId: hamlet, base: 0, set: { level: 'hamlet', parent: commune } }, undefined, recordsOf())).toEqual(yes);
  });

  test('is read off its own record', () => {
    expect(provinceIdOf(own)).toBe(province);
    for (const other of [undefined, { ...own, deleted: true }, plain(recordOf('area', hamlet)), plain(recordOf('unit', unitId))]) expect(provinceIdOf(other)).toBeUndefined();
    for (const parent of ['01789', undefined]) expect(provinceIdOf({ ...own, fields: { ...own.fields, parent } } as AnyRecord)).toBeUndefined();
  });
});
