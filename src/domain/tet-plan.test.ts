import { describe, expect, it } from 'vitest';
import { percentOf, personsForOccasion, tetPlan, tetVisitShare } from './tet-plan.ts';
import { tetOf } from './tet.ts';
import { idOf, recordOf } from './records.test-support.ts';

const tet = tetOf(2027)!;
const persons = [1, 2, 3].map((n) => recordOf('prestigious_person', idOf(n)));
const held = (n: number, state: 'active' | 'proposed' = 'active') => recordOf('prestigious_term', idOf(10 + n), { personId: idOf(n), state });
const visit = (n: number, date: string, more: object = {}) => recordOf('benefit', idOf(50 + n), { personId: idOf(n), kind: 'tet_visit', date, ...more });

describe('the plan for Tết', () => {
  const terms = [held(1), held(2), held(3, 'proposed')];

  it('names everyone who holds a term once, and what they were given for this Tết', () => {
    const given = [visit(1, '2027-01-16'), visit(1, '2027-01-10')];
    const rows = tetPlan(tet, { persons, terms, benefits: given });
    expect(rows.map(({ person }) => person.recordId)).toEqual([idOf(1), idOf(2)]);
    expect(rows.map(({ visits }) => visits.map(({ fields }) => fields.date))).toEqual([['2027-01-10', '2027-01-16'], []]);
  });

  it('counts no void visit, none of another Tết, none of another kind or for another occasion', () => {
    const share = (benefit: ReturnType<typeof visit>) => tetVisitShare(tet, { persons, terms, benefits: [benefit] }).done;
    expect(share(visit(1, '2027-01-16'))).toBe(1);
    expect(share(visit(1, '2027-01-16', { occasion: 'lunar_new_year' }))).toBe(1);
    expect(share(visit(1, '2027-01-16', { voidReason: 'did_not_happen' }))).toBe(0);
    expect(share(visit(1, '2026-02-10'))).toBe(0);
    expect(share(visit(1, '2027-01-16', { kind: 'newspaper' }))).toBe(0);
    expect(share(visit(1, '2027-01-16', { occasion: 'unity_day' }))).toBe(0);
    expect(share(visit(3, '2027-01-16'))).toBe(0);
  });

  it('says 100 % only where nobody is left out, and nothing of nobody', () => {
    const share = tetVisitShare({ from: '2027-01-01', to: '2027-03-31' }, { persons, terms, benefits: [visit(1, '2027-01-16'), visit(2, '2027-03-31')] });
    expect(share).toEqual({ done: 2, of: 2 });
    expect(percentOf(share)).toBe(100);
    expect(percentOf({ done: 199, of: 200 })).toBe(99);
    expect(percentOf({ done: 0, of: 0 })).toBeUndefined();
  });

  it('reminds a team of its person from three weeks before until they are visited', () => {
    const records = { persons, terms, benefits: [visit(2, '2027-01-10')] };
    expect(personsForOccasion('lunar_new_year', '2027-01-15', records)).toEqual([]);
    expect(personsForOccasion('lunar_new_year', '2027-01-16', records)).toEqual([persons[0]]);
    expect(personsForOccasion('lunar_new_year', '2027-02-21', records)).toEqual([persons[0]]);
    expect(personsForOccasion('lunar_new_year', '2027-02-22', records)).toEqual([]);
  });

  it('reminds of Great Unity Day from the first of November until it is over, of whoever was neither met nor given anything for it', () => {
    const reminded = (day: string, more: object = {}) => personsForOccasion('unity_day', day, { persons, terms: [held(1)], benefits: [], ...more }).length;
    expect([reminded('2026-10-31'), reminded('2026-11-01'), reminded('2026-11-18'), reminded('2026-11-19')]).toEqual([0, 1, 1, 0]);
    expect(reminded('2026-11-10', { benefits: [visit(1, '2026-11-09', { occasion: 'unity_day' })] })).toBe(0);
    expect(reminded('2026-11-10', { benefits: [visit(1, '2026-11-09'), visit(1, '2025-11-09', { occasion: 'unity_day' })] })).toBe(1);
    const talk = (more: object) => ({ talks: [recordOf('prestigious_contact', idOf(70), { personId: idOf(1), date: '2026-11-02', purpose: 'regular', met: 'yes', ...more })] });
    expect(reminded('2026-11-10', talk({}))).toBe(0);
    expect(reminded('2026-11-10', talk({ voidReason: 'other' }))).toBe(1);
    expect(reminded('2026-11-10', talk({ date: '2026-10-31' }))).toBe(1);
  });

  it('takes a person off the reminder whom the team called on for Tết, and leaves them in the plan', () => {
    const records = (more: object) => ({ persons, terms: [held(1)], benefits: [], talks: [recordOf('prestigious_contact', idOf(70), { personId: idOf(1), date: '2027-01-10', purpose: 'tet', met: 'yes', ...more })] });
    const reminded = (more: object) => personsForOccasion('lunar_new_year', '2027-01-20', records(more)).length;
    expect(reminded({})).toBe(0);
    expect(reminded({ purpose: 'consult' })).toBe(1);
    expect(reminded({ met: 'absent' })).toBe(1);
    expect(reminded({ voidReason: 'did_not_happen' })).toBe(1);
    expect(reminded({ date: '2026-02-10' })).toBe(1);
    expect(reminded({ personId: idOf(2) })).toBe(1);
    expect(tetVisitShare(tet, records({}))).toEqual({ done: 0, of: 1 });
  });

  it('of a Tết that is over names who held a term when its visits ended', () => {
    const past = (fields: object) => tetPlan(tetOf(2026)!, { persons: [persons[0]!], terms: [recordOf('prestigious_term', idOf(11), { personId: idOf(1), ...fields })], benefits: [] }).length;
    expect(past({ state: 'active', decidedOn: '2026-03-04' })).toBe(1);
    expect(past({ state: 'active', decidedOn: '2026-03-05' })).toBe(0);
    expect(past({ state: 'active', termFrom: 2027, termTo: 2031 })).toBe(0);
    const ended = { state: 'ended', endReason: 'health', decidedOn: '2023-03-01' };
    expect(past({ ...ended, endedOn: '2026-03-05' })).toBe(1);
    expect(past({ ...ended, endedOn: '2026-03-04' })).toBe(0);
    expect(past({ ...ended, endedOn: '2026-06-01', decidedOn: undefined, proposedOn: '2025-01-05' })).toBe(0);
    expect(past({ ...ended, endedOn: '2026-06-01', decidedOn: undefined })).toBe(1);
  });
});
