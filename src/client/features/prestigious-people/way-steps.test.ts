import { describe, expect, it } from 'vitest';
import type { PrestigiousTerm } from '#domain/prestigious-term.ts';
import { waySteps } from './way-steps.ts';

const term = (fields: Partial<PrestigiousTerm>): PrestigiousTerm => ({ personId: '0193a5e0-0000-7000-8000-000000000002', termFrom: 2023, termTo: 2027, state: 'proposed', ...fields });
const way = (fields: Partial<PrestigiousTerm>) => waySteps(term(fields)).map(({ state, stands }) => `${state} ${stands}`);

describe('the way of a term', () => {
  it('shows what is still to come', () => {
    expect(way({ proposedOn: '2026-11-01' })).toEqual(['proposed now', 'joint_meeting ahead', 'submitted ahead', 'recognized ahead', 'active ahead']);
  });

  it('leaves out what was passed over, with the days of what was not', () => {
    expect(way({ state: 'submitted', proposedOn: '2026-11-01', submittedOn: '2026-11-09' })).toEqual(['proposed past', 'submitted now', 'recognized ahead', 'active ahead']);
    expect(waySteps(term({ state: 'active', decidedOn: '2023-12-01' }))).toEqual([
      { state: 'recognized', stands: 'past', day: '2023-12-01' }, { state: 'active', stands: 'now', day: undefined },
    ]);
  });

  it('shows a return, a review and an end only where there was one', () => {
    expect(way({ state: 'returned', proposedOn: '2026-11-01', submittedOn: '2026-11-09' })).toEqual(['proposed past', 'submitted past', 'returned now', 'recognized ahead', 'active ahead']);
    expect(way({ state: 'under_review', decidedOn: '2023-12-01' })).toEqual(['recognized past', 'under_review now']);
    expect(way({ state: 'ended', decidedOn: '2023-12-01', endedOn: '2026-11-01', endReason: 'moved' })).toEqual(['recognized past', 'ended now']);
    expect(way({ state: 'replaced', endedOn: '2026-11-01', endReason: 'moved' })).toEqual(['ended past', 'replaced now']);
  });
});
