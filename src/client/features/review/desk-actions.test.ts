import { describe, expect, test } from 'vitest';
import { advanceFeedback } from '#domain/advance-feedback.ts';
import type { FeedbackEvent } from '#domain/feedback.ts';
import { standingOf } from '#domain/permissions.ts';
import type { Assignment } from '#domain/role.ts';
import {
  commandContext, commune, eventOf, feedbackId, hamlet, memberWith, otherCommune, otherUnitId, recordOf, recordsOf, unitId,
} from '#domain/records.test-support.ts';
import { nextAction, offeredActions, offeredEvents, stepsOf } from './desk-actions.ts';
import type { ActionValues, DeskAction } from './desk-actions.ts';
import { deskRowOf, deskRowsOf, deskScopeOf, isOverdue } from './desk-row.ts';
import { countsOf, isInQueue, noFilter, passesFilter, queueNames, queuesFor } from './queues.ts';

const today = '2026-11-23';
const officer: Assignment = { role: 'bloc_officer' };
const lead: Assignment = { role: 'bloc_lead' };
const responder: Assignment = { role: 'responder', unitId };
const feedback = recordOf('feedback', feedbackId, {}, { receivedAt: '2026-11-21T08:00:00Z' });
const on = '2026-11-22';
const wayTo = {
  received: [],
  triaged: [{ type: 'triage', feedbackId, step: 0, on }],
  assigned: [{ type: 'triage', feedbackId, step: 0, on }, { type: 'assign', feedbackId, step: 1, on, unitId, dueOn: '2026-11-20' }],
  in_progress: [
    { type: 'triage', feedbackId, step: 0, on }, { type: 'assign', feedbackId, step: 1, on, unitId, dueOn: '2026-11-23' }, { type: 'start', feedbackId, step: 2, on },
  ],
  answered: [{ type: 'triage', feedbackId, step: 0, on }, { type: 'answer', feedbackId, step: 1, on, answer: 'Xã đã thay ván cầu treo' }],
} satisfies Record<string, FeedbackEvent[]>;

const filled: ActionValues = {
  topic: 'road', urgency: 'urgent_safety', unitId, dueOn: '2026-12-07', answer: 'Xã đã thay ván cầu treo', publicAnswer: '  ', field: 'place',
  comment: 'Cầu nào?', reason: 'Chờ gỗ về', intoId: otherUnitId,
};

function at(state: keyof typeof wayTo, assignment: Assignment) {
  const records = recordsOf(feedback, ...wayTo[state].map((event, index) => eventOf(20 + index, event)));
  const standing = standingOf(feedback, records);
  const member = memberWith(assignment);
  const events = offeredEvents(member, feedback, standing, records, today);
  return { standing, offered: offeredActions(events), scope: deskScopeOf(member), events };
}

describe('what the desk offers', () => {
  test.each<[keyof typeof wayTo, Assignment, DeskAction | undefined, DeskAction[]]>([
    ['received', officer, 'assign', ['triage', 'assign', 'answer', 'return', 'merge', 'refer', 'withdraw']],
    ['triaged', officer, 'assign', ['assign', 'answer', 'return', 'refer']],
    ['assigned', officer, 'answer', ['answer', 'start', 'return', 'transfer_up']],
    ['assigned', responder, 'answer', ['answer', 'start', 'return']],
    ['in_progress', officer, 'answer', ['answer']],
    ['in_progress', lead, 'answer', ['answer', 'extend']],
    ['in_progress', responder, 'answer', ['answer']],
    ['answered', officer, undefined, []],
    ['answered', lead, undefined, []],
    ['received', responder, undefined, []],
    ['triaged', { role: 'commune_admin' }, undefined, []],
  ])('when %s to %o: first %s, in all %j', (state, assignment, first, all) => {
    const { standing, offered } = at(state, assignment);
    expect([...offered]).toEqual(all);
    expect(nextAction(standing, offered)).toBe(first);
  });

  test('every action it offers makes an entry, and all its steps apply', () => {
    for (const assignment of [officer, lead, responder]) {
      for (const state of Object.keys(wayTo) as (keyof typeof wayTo)[]) {
        const { standing, offered, scope } = at(state, assignment);
        for (const action of offered) {
          const made = advanceFeedback(feedback, standing, stepsOf(action, filled, standing, scope), commandContext());
          expect(made, `${state} ${action}`).toMatchObject({ ok: true });
          const events = made.ok ? made.value.changes.flatMap((change, index) => ('set' in change ? [eventOf(40 + index, change.set as FeedbackEvent)] : [])) : [];
          const after = standingOf(feedback, recordsOf(...wayTo[state].map((event, index) => eventOf(20 + index, event)), ...events));
          expect(after.history.filter((step) => !step.applied), `${state} ${action}`).toEqual([]);
        }
      }
    }
  });
});

describe('the steps of an action', () => {
  const bloc = deskScopeOf({ assignments: [officer] });

  test('triage and assignment of a new one are one entry, in order', () => {
    expect(stepsOf('assign', filled, at('received', officer).standing, bloc)).toEqual([
      { type: 'triage', urgency: 'urgent_safety' },
      { type: 'assign', unitId, dueOn: '2026-12-07' },
    ]);
    expect(stepsOf('assign', filled, at('triaged', officer).standing, bloc)).toEqual([{ type: 'assign', unitId, dueOn: '2026-12-07' }]);
  });

  test('triage says only what it changes', () => {
    const { standing } = at('received', officer);
    expect(stepsOf('triage', { ...filled, urgency: 'normal' }, standing, bloc)).toEqual([{ type: 'triage' }]);
    expect(stepsOf('triage', { ...filled, topic: 'disaster', urgency: 'normal' }, standing, bloc)).toEqual([{ type: 'triage', topic: 'disaster' }]);
  });

  test('feedback about staff is triaged and not assigned by an officer; the lead goes on', () => {
    const values = { ...filled, topic: 'staff_attitude', urgency: 'normal' } as const;
    const { standing } = at('received', officer);
    expect(stepsOf('assign', values, standing, bloc)).toEqual([{ type: 'triage', topic: 'staff_attitude' }]);
    expect(stepsOf('assign', values, standing, deskScopeOf({ assignments: [lead] })).map((step) => step.type)).toEqual(['triage', 'assign']);
  });

  test('an answer opens what was not opened, and leaves an empty public version out', () => {
    const answer = { type: 'answer', answer: 'Xã đã thay ván cầu treo' };
    expect(stepsOf('answer', filled, at('received', officer).standing, bloc)).toEqual([{ type: 'triage' }, answer]);
    expect(stepsOf('answer', filled, at('assigned', responder).standing, bloc)).toEqual([{ type: 'start' }, answer]);
    expect(stepsOf('answer', { ...filled, publicAnswer: 'Cầu treo đã sửa' }, at('in_progress', responder).standing, bloc)).toEqual([
      { ...answer, publicAnswer: 'Cầu treo đã sửa' },
    ]);
  });

  test('what was left empty is told at its field', () => {
    const { standing } = at('triaged', officer);
    const empty = { ...filled, unitId: '', field: '', answer: 'ngắn' } as const;
    const errorOf = (action: DeskAction) => advanceFeedback(feedback, standing, stepsOf(action, empty, standing, bloc), commandContext());
    expect(errorOf('assign')).toMatchObject({ ok: false, error: { code: 'required', field: 'unitId' } });
    expect(errorOf('return')).toMatchObject({ ok: false, error: { code: 'required', field: 'field' } });
    expect(errorOf('answer')).toMatchObject({ ok: false, error: { code: 'too_short', field: 'answer' } });
  });
});

describe('who sees what', () => {
  const elsewhere = recordOf('feedback', otherUnitId, {}, { receivedAt: '2026-11-22T09:00:00+07:00' });
  const storeOf = (assignment: Assignment, communeCode = commune): Parameters<typeof deskRowsOf>[0] => {
    const records = recordsOf(feedback, elsewhere, ...wayTo.assigned.map((event, index) => eventOf(20 + index, event)));
    return {
      all: () => [feedback, elsewhere] as never,
      find: (id) => records.find(id),
      standing: (each) => standingOf(each, records),
      account: () => ({ ...memberWith(), assignments: [assignment], communeCode, name: 'Nông Thị Lan' }),
    };
  };

  test('the bloc all of its commune, newest first', () => {
    expect(deskRowsOf(storeOf(officer), today).map((row) => row.feedback.recordId)).toEqual([otherUnitId, feedbackId]);
  });

  test('a responder what was assigned to the unit, even where the phone also holds a hamlet’s', () => {
    expect(deskRowsOf(storeOf(responder), today).map((row) => row.feedback.recordId)).toEqual([feedbackId]);
    expect(deskRowsOf(storeOf({ role: 'team_member', hamletId: hamlet }), today)).toEqual([]);
  });

  test('nothing of another commune', () => {
    expect(deskRowsOf(storeOf(officer, otherCommune), today)).toEqual([]);
  });
});

describe('queues', () => {
  const rowAt = (state: keyof typeof wayTo, day = today, isBloc = true) => deskRowOf(feedback, at(state, officer).standing, { today: day, find: () => undefined, isBloc });

  test('each state stands in one queue besides all and those of the due day', () => {
    const rows = (Object.keys(wayTo) as (keyof typeof wayTo)[]).map((state) => rowAt(state));
    expect(rows.map((row) => queueNames.filter((queue) => !['all', 'overdue', 'due_today'].includes(queue) && isInQueue(queue, row)))).toEqual([
      ['fresh'], ['to_assign'], ['waiting'], ['waiting'], ['to_tell'],
    ]);
    expect(countsOf(rows)).toEqual({ fresh: 1, reopened: 0, due_today: 1, overdue: 1, to_assign: 1, waiting: 2, to_tell: 1, returned: 0, done: 0, all: 5 });
  });

  test('the due day has a queue, and from the day after on so has what is overdue; whose it is to see to then is said', () => {
    const escalations = (state: keyof typeof wayTo, ...days: string[]) => days.map((day) => rowAt(state, day).escalation);
    expect(escalations('in_progress', '2026-11-18', '2026-11-20', '2026-11-23', '2026-11-24', '2026-11-26', '2026-12-07')).toEqual(['none', 'soon', 'today', 'late', 'lead', 'report']);
    const queuesOf = (day: string) => queueNames.filter((queue) => ['due_today', 'overdue'].includes(queue) && isInQueue(queue, rowAt('in_progress', day)));
    expect([queuesOf('2026-11-20'), queuesOf('2026-11-23'), queuesOf('2026-11-24')]).toEqual([[], ['due_today'], ['overdue']]);
  });

  test('the bloc is shown every clock, a unit that of its own answer alone', () => {
    expect((['received', 'triaged', 'assigned', 'answered'] as const).map((state) => rowAt(state).clock?.owed)).toEqual(['triage', 'assign', 'answer', 'tell']);
    expect((['received', 'triaged', 'assigned', 'answered'] as const).map((state) => rowAt(state, today, false).clock?.owed)).toEqual([undefined, undefined, 'answer', undefined]);
    expect(isOverdue(rowAt('answered', '2026-12-24', false))).toBe(false);
  });

  test('a unit has no queue of what it never does', () => {
    expect(queuesFor(deskScopeOf({ assignments: [responder] }))).toEqual(['waiting', 'due_today', 'overdue', 'to_tell', 'returned', 'done', 'all']);
    expect(queuesFor(deskScopeOf({ assignments: [responder, officer] }))).toEqual(queueNames);
  });

  test('filters narrow by state, hamlet, topic and overdue, all at once', () => {
    const row = rowAt('assigned');
    expect(passesFilter(noFilter, row)).toBe(true);
    expect(passesFilter({ state: 'assigned', hamletId: hamlet, topic: 'road', onlyOverdue: true }, row)).toBe(true);
    for (const other of [{ state: 'triaged' }, { hamletId: commune }, { topic: 'water' }] as const) {
      expect(passesFilter({ onlyOverdue: true, ...other }, row)).toBe(false);
    }
    expect(passesFilter({ onlyOverdue: true }, rowAt('in_progress'))).toBe(false);
  });
});
