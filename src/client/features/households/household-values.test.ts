import { describe, expect, it } from 'vitest';
import { tidyPhone } from '#client/ui/tidy-phone.ts';
import { answered, correctionOf } from './household-values.ts';
import type { HouseholdValues, NewHouseholdValues } from './household-values.ts';

const said = (values: HouseholdValues) => correctionOf(values, tidyPhone, () => 'drawn');

describe('what is typed into a household’s form', () => {
  it('is nothing for a field that was not touched, and clears one that was emptied', () => {
    expect(said({})).toEqual({});
    expect(said({ no: '', phone: ' ', members: ' ', lang: '', needs: [], list: '' })).toEqual({ no: undefined, phone: '', members: undefined, lang: undefined, needs: [] });
  });

  it('is the number, the phone and the language it says; what is no number stays none, to be refused', () => {
    expect(said({ no: '14', headName: 'Nông Văn Sỹ', houseLabel: 'đầu cầu', phone: '+84 912.345.678', members: '6', lang: 'nung' })).toEqual({
      no: 14, headName: 'Nông Văn Sỹ', houseLabel: 'đầu cầu', phone: '0912345678', members: 6, lang: 'nung',
    });
    expect(said({ members: 'sáu', no: 'một' })).toEqual({ members: Number.NaN, no: Number.NaN });
  });

  it('is the list that the needs come from, a new one drawn with the save', () => {
    expect(said({ needs: ['poor'], list: 'known' })).toEqual({ needs: ['poor'], sourceListId: 'known' });
    expect(said({ needs: ['poor'], list: 'new' })).toEqual({ needs: ['poor'], sourceListId: 'drawn' });
  });
});

it('a household that does not agree leaves in the draft of its form nothing that names it; any other answer leaves all that was typed', () => {
  const rest = { hamletId: '01789-003', no: '14', houseLabel: 'đầu cầu', members: '6', lang: 'nung' };
  const typed: NewHouseholdValues = { ...rest, headName: 'Nông Văn Sỹ', phone: '0912345678', needs: ['poor'], list: 'known' };
  expect(answered(typed, 'refused', 'written')).toStrictEqual({ ...rest, consent: 'refused', consentWay: 'written' });
  for (const answer of ['given', 'later', undefined] as const) expect(answered(typed, answer, 'spoken')).toStrictEqual({ ...typed, consent: answer, consentWay: 'spoken' });
});
