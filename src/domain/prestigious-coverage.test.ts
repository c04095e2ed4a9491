import { describe, expect, it } from 'vitest';
import { coverageOf, hasRunOut, holdersOf, presentTerm } from './prestigious-coverage.ts';
import { hamlet, idOf, otherHamlet, personId, recordOf } from './records.test-support.ts';

const term = (n: number, fields: object, areaId = hamlet) => recordOf('prestigious_term', idOf(n), fields, { areaId });

describe('who holds a term, and where nobody does', () => {
  it('counts a hamlet whose person is recognized, active or under review, and no other', () => {
    const coverage = (state: string) => coverageOf([hamlet, otherHamlet], [term(20, { state, endReason: 'moved' })], (areaId) => areaId);
    expect(coverage('active')).toEqual({ hamlets: 2, covered: 1, without: [otherHamlet] });
    expect(coverage('under_review').covered).toBe(1);
    expect(coverage('recognized').covered).toBe(1);
    expect(coverage('submitted')).toEqual({ hamlets: 2, covered: 0, without: [hamlet, otherHamlet] });
    expect(coverage('ended').covered).toBe(0);
  });

  it('follows a hamlet into the one it was merged into, and counts two persons of one hamlet once', () => {
    const elsewhere = [term(20, { state: 'active' }, otherHamlet)];
    expect(coverageOf([hamlet], elsewhere, () => hamlet)).toEqual({ hamlets: 1, covered: 1, without: [] });
    expect(coverageOf([hamlet], [...elsewhere, term(21, { state: 'active' })], () => hamlet)).toEqual({ hamlets: 1, covered: 1, without: [] });
  });

  it('names each holder once, though two terms of theirs are held', () => {
    const person = recordOf('prestigious_person', personId);
    const gone = recordOf('prestigious_person', idOf(30), {}, { deleted: true });
    const terms = [term(20, { state: 'active' }), term(21, { state: 'active' }), term(22, { state: 'active', personId: idOf(30) })];
    expect(holdersOf([person, gone], terms)).toEqual([person]);
    expect(holdersOf([person], [term(23, { state: 'active', personId: idOf(31) })])).toEqual([]);
  });

  it('speaks of the term that is held, though a later one is on its way; then of that one, and of an ended one last', () => {
    const held = term(20, { state: 'active', termFrom: 2023, termTo: 2027 });
    const coming = term(21, { state: 'proposed', termFrom: 2028, termTo: 2032 });
    const ended = term(22, { state: 'ended', endReason: 'moved', termFrom: 2033, termTo: 2037 });
    expect(presentTerm([ended, coming, held])).toBe(held);
    expect(presentTerm([ended, coming])).toBe(coming);
    expect(presentTerm([ended])).toBe(ended);
    expect(presentTerm([])).toBeUndefined();
  });

  it('knows a term whose years are over', () => {
    expect(hasRunOut({ termTo: 2027, state: 'active' }, '2027-12-31')).toBe(false);
    expect(hasRunOut({ termTo: 2027, state: 'active' }, '2028-01-01')).toBe(true);
    expect(hasRunOut({ termTo: 2027, state: 'ended' }, '2028-01-01')).toBe(false);
  });
});
