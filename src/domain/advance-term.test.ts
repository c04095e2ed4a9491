import { describe, expect, it } from 'vitest';
import { advanceTerm, asksOfStep, nextTermYears, proposeTerm, termYearsAt, termYearsDecidedOn } from './advance-term.ts';
import { quorumOf, termStates, termTransitions } from './prestigious-term.ts';
import type { TermState } from './prestigious-term.ts';
import { commandContext, idOf, personId, recordOf } from './records.test-support.ts';

const person = recordOf('prestigious_person', personId);
const proposal = { termFrom: 2028, termTo: 2032, proposedOn: '2026-11-20', households: 86, present: 58 };
const termIn = (state: TermState) => recordOf('prestigious_term', idOf(20), { state, ...(state === 'ended' ? { endReason: 'moved' as const } : {}) });
const all = { minutesOn: '2026-11-20', submittedOn: '2026-11-20', decisionNo: '12/QĐ-UBND', decidedOn: '2026-11-20', reviewedOn: '2026-11-20', endedOn: '2026-11-20', endReason: 'moved' } as const;

describe('the meeting that proposes', () => {
  it('needs two thirds of all households of the hamlet', () => {
    expect([86, 3, 1, 4, 90, 100].map(quorumOf)).toEqual([58, 2, 1, 3, 60, 67]);
    expect(proposeTerm(person, proposal, commandContext())).toMatchObject({ ok: true, value: { changes: [{ kind: 'prestigious_term', set: { ...proposal, personId, state: 'proposed' } }] } });
    expect(proposeTerm(person, { ...proposal, present: 57 }, commandContext())).toMatchObject({ error: { code: 'out_of_range', field: 'present' } });
    expect(proposeTerm(person, { ...proposal, present: 87 }, commandContext())).toMatchObject({ error: { code: 'out_of_range', field: 'present' } });
  });

  it('says when it was, how many there are and how many came; none of it to come', () => {
    for (const field of ['proposedOn', 'households', 'present']) {
      expect(proposeTerm(person, { ...proposal, [field]: undefined }, commandContext())).toMatchObject({ error: { code: 'required', field } });
    }
    expect(proposeTerm(person, { ...proposal, proposedOn: '2026-11-22' }, commandContext())).toMatchObject({ error: { code: 'out_of_range', field: 'proposedOn' } });
    expect(proposeTerm(person, { ...proposal, termTo: 2027 }, commandContext())).toMatchObject({ error: { code: 'out_of_range', field: 'termTo' } });
  });
});

describe('the years of a term', () => {
  it('are five by five', () => {
    expect([2022, 2023, 2027, 2028].map(termYearsAt)).toEqual([
      { termFrom: 2018, termTo: 2022 }, { termFrom: 2023, termTo: 2027 }, { termFrom: 2023, termTo: 2027 }, { termFrom: 2028, termTo: 2032 },
    ]);
  });

  it.each([
    ['2023-03-05', 2023, 2027], ['2025-03-05', 2025, 2027], ['2027-09-30', 2027, 2027], ['2027-10-01', 2028, 2032], ['2022-11-20', 2023, 2027], ['2019-03-05', 2019, 2022],
  ])('of a decision of %s go from %s to %s', (day, termFrom, termTo) => {
    expect(termYearsDecidedOn(day)).toEqual({ termFrom, termTo });
  });
});

describe('the years of a new term', () => {
  it('follow those of the term they hold, also after it ran out, and are this year’s without one', () => {
    const heldTo = (termTo: number) => ({ fields: { ...termIn('active').fields, termTo } });
    expect(nextTermYears(heldTo(2027), '2026-11-21')).toEqual({ termFrom: 2028, termTo: 2032 });
    expect(nextTermYears(heldTo(2027), '2028-02-01')).toEqual({ termFrom: 2028, termTo: 2032 });
    expect(nextTermYears(heldTo(2022), '2028-02-01')).toEqual({ termFrom: 2028, termTo: 2032 });
    expect(nextTermYears(undefined, '2026-11-21')).toEqual({ termFrom: 2023, termTo: 2027 });
  });
});

describe('a step of a term', () => {
  it('goes along the graph and nowhere else', () => {
    for (const from of termStates) {
      for (const to of termStates) {
        const step = advanceTerm(termIn(from), to, all, commandContext());
        expect(step.ok ? 'ok' : step.error.code, `${from} -> ${to}`).toBe(termTransitions[from].includes(to) ? 'ok' : 'not_now');
      }
    }
  });

  it('sets the state and what the step asks, and nothing else that was at hand', () => {
    expect(advanceTerm(termIn('submitted'), 'recognized', all, commandContext())).toMatchObject({
      value: { changes: [{ base: 1, set: { state: 'recognized', decisionNo: '12/QĐ-UBND', decidedOn: '2026-11-20' } }] },
    });
    const step = advanceTerm(termIn('recognized'), 'active', all, commandContext());
    expect(step.ok && step.value.changes[0]).toMatchObject({ set: { state: 'active' } });
    expect(step.ok && 'set' in step.value.changes[0]! && Object.keys(step.value.changes[0].set)).toEqual(['state']);
    expect(asksOfStep('under_review', 'active')).toEqual(['reviewedOn']);
  });

  it('asks for each of them, and for days that have come', () => {
    for (const [from, to] of [['proposed', 'joint_meeting'], ['joint_meeting', 'submitted'], ['submitted', 'recognized'], ['active', 'ended'], ['under_review', 'active']] as const) {
      for (const field of asksOfStep(from, to)) {
        expect(advanceTerm(termIn(from), to, { ...all, [field]: '  ' }, commandContext())).toMatchObject({ error: { code: 'required', field } });
      }
      for (const day of asksOfStep(from, to).filter((field) => field.endsWith('On'))) {
        expect(advanceTerm(termIn(from), to, { ...all, [day]: '2026-11-22' }, commandContext())).toMatchObject({ error: { code: 'out_of_range', field: day } });
      }
    }
    expect(advanceTerm(termIn('active'), 'ended', { ...all, endReason: 'bored' }, commandContext())).toMatchObject({ error: { code: 'not_in_list', field: 'endReason' } });
  });

  it('leaves the reason where another takes over', () => {
    const step = advanceTerm(termIn('ended'), 'replaced', {}, commandContext());
    expect(step).toMatchObject({ ok: true, value: { changes: [{ set: { state: 'replaced' } }] } });
  });
});
