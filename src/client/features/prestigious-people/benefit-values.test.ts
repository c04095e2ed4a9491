import { describe, expect, it } from 'vitest';
import { recordBenefit } from '#domain/record-benefit.ts';
import { commandContext, personId, recordOf } from '#domain/records.test-support.ts';
import { benefitInput, benefitValuesOf } from './benefit-values.ts';

const person = recordOf('prestigious_person', personId);

describe('the form of what somebody was given', () => {
  it('says nothing of itself: saved untouched it asks for the kind, then for a gift’s occasion', () => {
    const untouched = benefitValuesOf({}, '2026-11-21');
    expect(recordBenefit(person, benefitInput(untouched), commandContext())).toMatchObject({ error: { code: 'required', field: 'kind' } });
    expect(recordBenefit(person, benefitInput({ ...untouched, kind: 'tet_visit' }), commandContext())).toMatchObject({ error: { code: 'required', field: 'occasion' } });
    expect(recordBenefit(person, benefitInput({ ...untouched, kind: 'newspaper' }), commandContext())).toMatchObject({ value: { changes: [{ set: { kind: 'newspaper', date: '2026-11-21' } }] } });
  });
});
