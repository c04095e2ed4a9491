import { describe, expect, it } from 'vitest';
import { tellSteps } from './tell-steps.ts';

const answered = { state: 'answered' } as const;
const delivered = { state: 'delivered' } as const;

describe('telling the answer at the door', () => {
  it('is one entry of telling and what the citizen said', () => {
    expect(tellSteps({ outcome: 'told', channel: 'visit', confirmation: 'partly' }, answered)).toEqual({
      steps: [{ type: 'deliver', channel: 'visit' }, { type: 'confirm', confirmation: 'partly' }],
    });
  });

  it('says that nobody was met, whatever else was chosen before', () => {
    expect(tellSteps({ outcome: 'not_found', channel: 'phone', confirmation: 'satisfied' }, answered)).toEqual({ steps: [{ type: 'not_found' }] });
  });

  it('puts no word into the citizen\'s mouth', () => {
    expect(tellSteps({ channel: 'visit' }, answered)).toEqual({ missing: 'met' });
    expect(tellSteps({ outcome: 'told', channel: 'visit' }, answered)).toEqual({ missing: 'confirmation' });
    expect(tellSteps({ outcome: 'told', channel: 'paper', confirmation: 'later' }, answered)).toEqual({ steps: [{ type: 'deliver', channel: 'paper' }] });
  });

  it('asks only for the citizen\'s word once the answer was told', () => {
    expect(tellSteps({ channel: 'visit', confirmation: 'not' }, delivered)).toEqual({ steps: [{ type: 'confirm', confirmation: 'not' }] });
    expect(tellSteps({ channel: 'visit', confirmation: 'later' }, delivered)).toEqual({ missing: 'confirmation' });
  });
});
