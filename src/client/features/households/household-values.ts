/** What stands in the fields of a household's form, and what it says. */
import type { ConsentWay } from '#domain/consent.ts';
import type { CorrectableField, HouseholdCorrection } from '#domain/correct-household.ts';
import { spokenLanguages } from '#domain/household.ts';
import type { HouseholdNeed } from '#domain/household.ts';

/** A list that is not among those in use: it is given an id when the form is saved. */
export const newList = 'new';

export type TypedField = Exclude<CorrectableField, 'needs' | 'sourceListId'>;

/** As typed. A field that is not there was not touched, so that a draft taken up later never undoes what somebody else corrected meanwhile. */
export type HouseholdValues = { readonly [F in TypedField]?: string } & {
  readonly needs?: readonly HouseholdNeed[];
  /** The list that the needs are copied from: its id, or `newList`. */
  readonly list?: string;
};

/** `later`: the question is put off, and nothing is saved about it. */
export type ConsentAnswer = 'given' | 'refused' | 'later';

export interface NewHouseholdValues extends HouseholdValues {
  readonly hamletId?: string;
  readonly consent?: ConsentAnswer | undefined;
  readonly consentWay?: ConsentWay;
}

/** The answer, laid over what was typed. A household that does not agree is named in no draft either; the other fields stay. */
export function answered(values: NewHouseholdValues, consent: ConsentAnswer | undefined, consentWay: ConsentWay): NewHouseholdValues {
  const { headName: _headName, phone: _phone, needs: _needs, list: _list, ...rest } = values;
  return { ...(consent === 'refused' ? rest : values), consent, consentWay };
}

/** `newListId`: drawn only where the needs come from a list that nobody has used yet. */
export function correctionOf(
  { no, headName, houseLabel, phone, members, lang, needs, list }: HouseholdValues,
  tidyPhone: (typed: string) => string,
  newListId: () => string,
): HouseholdCorrection {
  return {
    // What is no number is told to be none by the record's own rule.
    ...(no === undefined ? {} : { no: numberIn(no) }),
    ...(headName === undefined ? {} : { headName }),
    ...(houseLabel === undefined ? {} : { houseLabel }),
    ...(phone === undefined ? {} : { phone: tidyPhone(phone) }),
    ...(members === undefined ? {} : { members: numberIn(members) }),
    ...(lang === undefined ? {} : { lang: spokenLanguages.find((known) => known === lang) }),
    ...(needs === undefined ? {} : { needs: [...needs] }),
    ...(list === undefined || list === '' ? {} : { sourceListId: list === newList ? newListId() : list }),
  };
}

function numberIn(typed: string): number | undefined {
  return typed.trim() === '' ? undefined : Number(typed);
}
