/** Draws a plan: any mix of roles and dates, right and wrong writes to anything by anyone. Most are by somebody who may, so that there is something to hide. */
import type { Change } from '#domain/change.ts';
import type { FeedbackEventType } from '#domain/feedback.ts';
import type { RecordKind } from '#domain/record.ts';
import { roles } from '#domain/role.ts';
import type { Assignment, Role } from '#domain/role.ts';
import { createNewId, createNewRandomId } from '#sync/new-id.ts';
import { createChance, seedFor } from '#simulation/chance.ts';
import type { Plan, PlannedEntry, PlannedMember, Step } from './plan.ts';

export const startedAt = Date.parse('2026-11-22T08:00:00+07:00');
const today = '2026-11-22';

interface Made {
  readonly recordId: string;
  readonly kind: RecordKind;
  readonly areaId: string;
  readonly by: number;
  /** How often it was written on, as far as the plan knows. */
  touched: number;
}

export function makePlan(seed: number): Plan {
  const chance = createChance(seedFor(seed, 'plan'));
  const newId = createNewId(() => startedAt - 86_400_000, chance.bytes);
  const newRandomId = createNewRandomId(chance.bytes);
  const communeCode = String(10_000 + (seed % 80_000));
  const hamlets = Array.from({ length: 2 + chance.int(2) }, (_, no) => `${communeCode}-00${no + 1}`);
  const units = [newId(), newId()];
  const assignment = (role: Role): Assignment => ({
    role,
    ...(role === 'team_member' || role === 'team_lead' ? { hamletId: chance.pick(hamlets) } : {}),
    ...(role === 'responder' ? { unitId: chance.pick(units) } : {}),
  });
  const writers: Role[] = ['team_member', 'team_lead', 'bloc_officer', 'bloc_lead', 'responder'];
  const some = (): Assignment[] => {
    // Whoever reads as a team and answers as a unit reads more than what is their unit's to answer.
    if (chance.happens(0.15)) return [assignment('team_member'), assignment('responder')];
    const held = [assignment(chance.happens(0.35) ? chance.pick(['team_member', 'team_lead']) : chance.pick(roles))];
    if (chance.happens(0.35)) held.push(assignment(chance.pick(writers)));
    return held;
  };
  const members: PlannedMember[] = [...writers.map((role) => [assignment(role)]), some()].map((assignments, no) => ({ name: `Người số ${no} (mẫu)`, deviceId: newId(), assignments }));

  const held = members.map(({ assignments }) => assignments);
  const made: Made[] = [];
  /** What strangers write is by somebody who is neither of the team there nor of the bloc: it waits for a supervisor. */
  const entries: { readonly entryId: string; readonly by: number; readonly areaId: string; readonly isStrangers: boolean }[] = [];
  const seqs = members.map(() => 0);
  /** Events of a feedback so far, and the unit that it was assigned to last. */
  const happened = new Map<string, number>();
  const unitOf = new Map<string, string>();
  const steps: Step[] = [];
  const who = () => chance.int(members.length);
  const idAnywhere = () => (chance.happens(0.9) && made.length > 0 ? chance.pick(made).recordId : newId());

  function push(by: number, changes: Change[]): void {
    const isApart = changes.some(({ kind, ...rest }) => kind === 'feedback' && 'set' in rest && rest.set['anonymity'] === 'name_withheld');
    const entryId = isApart ? newRandomId() : newId();
    const earlier = entries.filter((one) => chance.happens(0.05) && (one.by === by || chance.happens(0.2)));
    seqs[by] = (seqs[by] ?? 0) + 1;
    const entry: PlannedEntry = { entryId, deviceSeq: seqs[by] ?? 1, author: chance.happens(0.02) ? who() : by, after: earlier.map((one) => one.entryId).slice(-3), changes };
    const { areaId } = changes[0] as Change;
    entries.push({ entryId, by, areaId, isStrangers: ![teamOf(areaId), office].some((may) => may(held[by] ?? [])) });
    steps.push({ is: 'push', by, entry });
  }

  function create(kind: RecordKind, areaId: string, set: object, by: number, recordId = newId()): Change {
    made.push({ recordId, kind, areaId, by, touched: 1 });
    return { recordId, kind, areaId, base: 0, set: { ...set } };
  }

  /** Whoever should be doing it by the book, or (now and then) anybody. */
  function actor(may: (held: readonly Assignment[]) => boolean): number {
    const able = members.flatMap((_, no) => (may(held[no] ?? []) ? [no] : []));
    return able.length > 0 && chance.happens(0.8) ? chance.pick(able) : who();
  }
  const teamOf = (areaId: string) => (roles_: readonly Assignment[]) => roles_.some((one) => one.hamletId === areaId);
  const office = (roles_: readonly Assignment[]) => roles_.some(({ role }) => role === 'bloc_officer' || role === 'bloc_lead');

  function newFields(kind: RecordKind): object {
    switch (kind) {
      case 'household':
        return {
          no: 1 + chance.int(99), headName: `Chủ hộ ${chance.int(1000)} (mẫu)`, houseLabel: 'cuối dốc', contact: chance.pick(['yes', 'not_asked']),
          ...(chance.happens(0.2) ? { needs: ['poor'], sourceListId: newId() } : {}),
        };
      case 'prestigious_person':
        return { fullName: `Bế Văn ${chance.int(100)} (mẫu)`, birthYear: 1950 };
      case 'feedback':
        return said();
      case 'unit':
        return { kind: 'office', name: `Phòng ${chance.int(100)}` };
      case 'member':
        return { name: `Ai đó ${chance.int(100)} (mẫu)`, role: chance.pick(roles) };
      default:
        return {};
    }
  }

  function said(): object {
    const plain = { receivedOn: today, receiptCode: '7K3F-2M9Q-H', channel: 'visit', text: `Điều bà con nói, số ${chance.int(1000)}.` };
    const topic = chance.happens(0.25) ? 'staff_attitude' : 'road';
    if (chance.happens(0.1)) return { kind: 'phan_anh', ...plain, topic, anonymity: 'name_withheld' };
    const citizenName = `Bà con ${chance.int(1000)} (mẫu)`;
    const consent = chance.happens(0.3) ? { nameToResponder: chance.happens(0.5) } : {};
    return { kind: 'kien_nghi', ...plain, topic, anonymity: 'named', citizenName, citizenPhone: '0912345678', ...consent };
  }

  function add(): void {
    const areaId = chance.pick(hamlets);
    const kind = chance.pick(['household', 'household', 'prestigious_person', 'feedback', 'feedback', 'feedback', 'unit', 'member', 'area'] as const);
    const by = actor(kind === 'unit' || kind === 'area' || kind === 'member' ? (all) => all.some(({ role }) => role === 'commune_admin') : chance.happens(0.7) ? teamOf(areaId) : office);
    if (kind === 'area') {
      push(by, [{ recordId: areaId, kind, areaId, base: 1, set: { signal: chance.pick(['none', 'weak', 'good']) } }]);
      return;
    }
    const isCommunes = kind === 'unit' || kind === 'member' || chance.happens(0.05);
    const fields = newFields(kind);
    const isApart = 'anonymity' in fields && fields.anonymity === 'name_withheld';
    push(by, [create(kind, isCommunes ? communeCode : areaId, fields, by, isApart ? newRandomId() : newId())]);
  }

  function visit(): void {
    const places = made.filter(({ kind }) => kind === 'household' || kind === 'prestigious_person');
    if (places.length === 0) return;
    const place = chance.pick(places);
    const by = actor(teamOf(place.areaId));
    const common = { date: today, purpose: 'regular', met: 'yes', ...(chance.happens(0.5) ? { outcome: `Đã hẹn ${chance.int(1000)}` } : {}) };
    const elsewhere = made.filter(({ kind, areaId }) => kind === 'feedback' && areaId !== place.areaId);
    const listed = chance.happens(0.25) ? { feedbackIds: [chance.happens(0.15) ? newId() : chance.pick(elsewhere.length > 0 && chance.happens(0.6) ? elsewhere : made).recordId] } : {};
    const changes: Change[] =
      place.kind === 'household'
        ? [create('visit', place.areaId, { householdId: place.recordId, ...common, ...listed }, by)]
        : chance.happens(0.5)
          ? [create('prestigious_contact', place.areaId, { personId: place.recordId, ...common, ...listed }, by)]
          : [aboutPerson(place)];
    if (place.kind === 'household' && chance.happens(0.3)) changes.push({ recordId: place.recordId, kind: 'household', areaId: place.areaId, base: place.touched, set: { phone: '0912000111' } });
    push(by, changes);
  }

  /** What they were given, or every second time a term. Nothing is drawn for it: the seeds go on finding what they found. */
  function aboutPerson({ recordId: personId, areaId }: (typeof made)[number]): Change {
    const by = actor(office);
    return made.length % 2 === 0
      ? create('benefit', areaId, { personId, kind: 'newspaper', date: today }, by)
      : create('prestigious_term', areaId, { personId, termFrom: 2023, termTo: 2027, state: made.length % 3 === 0 ? 'active' : 'proposed' }, by);
  }

  /** What the bloc asks about visits, answered by whoever may or (as often) may not. Last of all: what a seed was found to show goes on as it was. */
  function askAboutVisits(): void {
    for (const { recordId: visitId, areaId, by: author } of made.filter(({ kind }) => kind === 'visit')) {
      const asking = actor(office);
      const asked = create('visit_return', areaId, { visitId, field: 'outcome', comment: 'Hẹn ngày nào?', on: today }, asking);
      push(asking, [asked]);
      const answering = chance.happens(0.4) ? author : chance.happens(0.5) ? actor(teamOf(areaId)) : who();
      const answer: Change = { recordId: asked.recordId, kind: 'visit_return', areaId, base: 1, set: { settledAs: chance.pick(['corrected', 'stands', 'withdrawn', 'withdrawn']), settledOn: today } };
      const corrected: Change = { recordId: visitId, kind: 'visit', areaId, base: 1, set: { outcome: 'Đã hẹn thứ Bảy' } };
      push(answering, chance.happens(0.3) ? [corrected, answer] : [answer]);
    }
  }

  /** A term in a lead's hamlet, step by step by the lead and the bloc, some of them unaware of the one before. After all else, as what is asked about visits. */
  function stepTerm(): void {
    const lead = actor((all) => all.some(({ role }) => role === 'team_lead'));
    const areaId = held[lead]?.find(({ role }) => role === 'team_lead')?.hamletId;
    if (areaId === undefined) return;
    const person = create('prestigious_person', areaId, { fullName: 'Lý Văn Páo (mẫu)', birthYear: 1960 }, lead);
    const term = create('prestigious_term', areaId, { personId: person.recordId, termFrom: 2023, termTo: 2027, state: 'proposed' }, lead);
    push(lead, [person, term]);
    for (let version = 1; version <= 4; version++) {
      const set = chance.pick([{ state: 'submitted', submittedOn: today }, { state: 'joint_meeting', minutesOn: today }, { termTo: 2029 }, { state: 'recognized' }, { state: 'active' }, { state: 'returned' }]);
      push(chance.happens(0.5) ? lead : actor(office), [{ ...term, base: Math.max(1, version - chance.int(3)), set }]);
    }
  }

  /** A consent, or what a citizen asks about their own record. */
  function askAbout(): void {
    const subjects = made.filter(({ kind }) => kind === 'household' || kind === 'feedback');
    if (subjects.length === 0) return;
    const subject = chance.pick(subjects);
    const by = actor(chance.happens(0.6) ? teamOf(subject.areaId) : (all) => all.some(({ role }) => role === 'dpo' || role === 'bloc_lead'));
    const consent = { householdId: subject.recordId, purpose: 'visits', decision: chance.pick(['given', 'withdrawn']), way: 'spoken', wording: 1, on: today };
    const request = { subjectId: subject.recordId, subjectKind: subject.kind, kind: chance.pick(['access', 'erase']), receivedOn: today, way: 'at_door' };
    const isConsent = subject.kind === 'household' && chance.happens(0.4);
    push(by, [isConsent ? create('consent', subject.areaId, consent, by) : create('subject_request', subject.areaId, request, by)]);
  }

  function correct(): void {
    if (made.length === 0) return;
    const visits = made.filter(({ kind }) => kind === 'visit');
    const record = chance.pick(visits.length > 0 && chance.happens(0.4) ? visits : made);
    const by = chance.happens(0.35) ? record.by : chance.happens(0.3) ? who() : actor(chance.happens(0.6) ? teamOf(record.areaId) : office);
    const areaId = chance.happens(0.9) ? record.areaId : chance.pick([...hamlets, communeCode, '99904']);
    const touched = { recordId: record.recordId, kind: record.kind, areaId, base: 1 + chance.int(record.touched) };
    // Of these the bloc may delete what it wrote itself.
    if (chance.happens(record.kind === 'prestigious_person' || record.kind === 'prestigious_term' ? 0.4 : 0.08)) {
      push(by, [{ ...touched, delete: true }]);
      return;
    }
    // Drawn for a household alone: what else a seed was found to show goes on as it was.
    const keeping = record.kind === 'household' && chance.happens(0.5) ? keepingOf(record) : [];
    const sets: Partial<Record<RecordKind, object[]>> = {
      household: [...keeping, { phone: '0988777666' }, { members: 4 }, { needs: ['near_poor'], sourceListId: newId() }, { needs: null }, { contact: 'no', headName: null, phone: null, needs: null }, { houseLabel: 'đầu cầu' }],
      visit: [{ outcome: 'Đã sửa lại' }, { met: 'absent' }],
      prestigious_person: [{ phone: '0988777666' }],
      prestigious_contact: [{ outcome: 'Đã sửa lại' }],
      benefit: [{ amount: 500_000 }],
      prestigious_term: [{ state: 'submitted' }, { state: 'recognized', decisionNo: '12/QĐ-UBND', decidedOn: today }, { endReason: 'moved', endedOn: today, state: 'ended' }],
      feedback: [{ citizenName: 'Bà con gọi lại (mẫu)' }, { nameToResponder: chance.happens(0.5) }, { place: 'đầu xóm' }, { topic: chance.pick(['staff_attitude', 'water']) }],
      feedback_event: [{ on: '2026-11-23' }],
      unit: [{ name: 'Phòng đổi tên' }],
      member: [{ name: 'Ai đó đổi tên' }],
      consent: [{ on: '2026-11-23' }],
      subject_request: [{ closedAs: 'done', closedOn: today }, { closedAs: 'refused', closedOn: today, refusal: 'not_theirs' }],
    };
    push(by, [{ ...touched, set: { ...chance.pick(sets[record.kind] ?? [{ religion: 'x' }]) } }]);
    record.touched += 1;
  }

  /** What is said of a household as a whole: whose double it is, as a rule of one in its hamlet, and whether anybody lives there. */
  function keepingOf({ areaId }: Made): object[] {
    const hereabouts = made.filter((one) => one.kind === 'household' && (one.areaId === areaId || chance.happens(0.1)));
    const mergedInto = chance.happens(0.9) ? chance.pick(hereabouts).recordId : idAnywhere();
    return [{ mergedInto }, { mergedInto: null }, { closedOn: today, closedReason: 'nobody_left' }, { closedOn: null, closedReason: null }];
  }

  function advance(): void {
    const feedback = made.filter(({ kind }) => kind === 'feedback');
    if (feedback.length === 0) return;
    const target = chance.pick(chance.happens(0.5) ? feedback.slice(0, 1) : feedback);
    // Often one after the other: what happens late in its way has to come to pass as well.
    for (let left = 1 + chance.int(4); left > 0; left--) happen(target);
  }

  function happen(target: Made): void {
    const step = happened.get(target.recordId) ?? 0;
    happened.set(target.recordId, step + 1);
    // Straight to an answer, or given back by the unit and assigned once more.
    const inOrder: FeedbackEventType[] =
      (target.recordId.codePointAt(35) ?? 0) % 2 === 0 ? ['triage', 'assign', 'start', 'extend', 'answer', 'deliver', 'confirm'] : ['triage', 'assign', 'return', 'add_detail', 'triage', 'assign'];
    const others: FeedbackEventType[] = ['triage', 'assign', 'return', 'add_detail', 'refer', 'withdraw', 'reopen', 'extend', 'merge'];
    const type = chance.happens(0.8) ? (inOrder[step % inOrder.length] ?? 'triage') : chance.pick(others);
    // Mostly to a unit that somebody sits in, so that it is answered.
    const manned = held.flat().flatMap((one) => one.unitId ?? []);
    const unitId = chance.pick(manned.length > 0 && chance.happens(0.6) ? manned : units);
    const fields: Partial<Record<FeedbackEventType, object>> = {
      triage: chance.happens(0.4) ? { topic: chance.pick(['road', 'water', 'staff_attitude']) } : {},
      assign: { unitId, dueOn: '2026-12-07' },
      answer: { answer: `Đã sửa xong đoạn đường số ${chance.int(100)}`, ...(chance.happens(0.6) ? { publicAnswer: 'Đường đã sửa xong rồi' } : {}) },
      deliver: { channel: 'visit' },
      confirm: { confirmation: chance.pick(['satisfied', 'not', 'not']) },
      return: { field: chance.pick(['citizenPhone', 'place']), comment: 'Xin cho biết thêm' },
      add_detail: { detail: 'Ở đầu xóm, số 0912999888' },
      extend: { dueOn: '2026-12-20', reason: 'Chờ vật liệu' },
      reopen: { reason: 'Chưa xong việc' },
      merge: { intoId: idAnywhere() },
    };
    const by = actor(whoDoes(type, target));
    if (type === 'assign') unitOf.set(target.recordId, unitId);
    push(by, [create('feedback_event', target.areaId, { type, feedbackId: target.recordId, step, on: today, ...fields[type] }, by)]);
    target.touched += 1;
  }

  function whoDoes(type: FeedbackEventType, { recordId, areaId }: Made): (held: readonly Assignment[]) => boolean {
    const answersFor = (unitId: string | undefined) => (all: readonly Assignment[]) => all.some((one) => one.role === 'responder' && (unitId === undefined || one.unitId === unitId));
    if (type === 'deliver' || type === 'confirm' || type === 'add_detail') return teamOf(areaId);
    if ((type === 'start' || type === 'answer' || type === 'return') && chance.happens(0.7)) {
      return chance.happens(0.3) ? (all) => teamOf(areaId)(all) && answersFor(undefined)(all) : answersFor(unitOf.get(recordId));
    }
    return chance.happens(0.3) ? office : (all) => all.some(({ role }) => role === 'bloc_lead');
  }

  function decide(): void {
    if (entries.length === 0) return;
    // What was written by somebody from elsewhere waits; the rest was decided by the table.
    const strangers = entries.filter(({ isStrangers }) => isStrangers);
    const { entryId, areaId } = strangers.length > 0 && chance.happens(0.6) ? chance.pick(strangers) : chance.happens(0.85) ? chance.pick(entries) : { entryId: newId(), areaId: communeCode };
    const by = actor((all) => all.some((one) => one.role === 'bloc_lead' || (one.role === 'team_lead' && (one.hamletId === areaId || chance.happens(0.5)))));
    const other = actor((all) => all.some((one) => one.role === 'team_lead' && one.hamletId !== areaId));
    const hamletId = chance.happens(0.2) ? chance.pick(hamlets) : undefined;
    // Often two decide the same, and the second one has nothing to do with it.
    for (const one of chance.happens(0.5) ? [by, other] : [by]) steps.push({ is: 'decide', by: one, entryId, accepts: chance.happens(0.5), hamletId });
  }

  for (const areaId of hamlets) {
    for (const kind of ['household', 'feedback'] as const) {
      const by = actor(teamOf(areaId));
      push(by, [create(kind, areaId, kind === 'household' ? newFields(kind) : { ...said(), anonymity: 'named', citizenName: 'Bà con (mẫu)' }, by)]);
    }
  }
  const mostSteps = 14 + chance.int(14);
  while (steps.length < mostSteps) {
    const drawn = chance.int(100);
    if (drawn < 18) add();
    else if (drawn < 26) visit();
    else if (drawn < 32) askAbout();
    else if (drawn < 46) correct();
    else if (drawn < 65) advance();
    else if (drawn < 73) visit();
    else if (drawn < 78) steps.push({ is: 'pull', by: who() });
    else if (drawn < 83) steps.push({ is: 'history', by: who(), recordId: idAnywhere() });
    else if (drawn < 85) steps.push({ is: 'waiting', by: who() });
    else if (drawn < 91) decide();
    else if (drawn < 96) {
      const of = who();
      const assignments = some();
      held[of] = assignments;
      steps.push({ is: 'roles', of, assignments });
    } else if (drawn < 97) steps.push({ is: 'revoke', of: who() });
    else if (drawn < 99) {
      const [from, into] = [chance.pick(hamlets), chance.pick(hamlets)];
      if (from !== into) steps.push({ is: 'office', entryId: newId(), changes: [{ recordId: from, kind: 'area', areaId: from, base: 1, set: { mergedInto: into } }] });
    } else {
      const listed = made.find(({ kind }) => kind === 'household');
      if (listed !== undefined) steps.push({ is: 'office', entryId: newId(), changes: [{ recordId: listed.recordId, kind: 'household', areaId: listed.areaId, base: 1, set: { needs: ['poor'], sourceListId: newId() } }] });
    }
  }
  askAboutVisits();
  stepTerm();
  return { seed, communeCode, hamlets, units, members, steps: steps.map((step, no) => ({ ...step, no })) };
}
