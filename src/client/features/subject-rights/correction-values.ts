/** What stands in the fields of a correction, and what it corrects. */
import type { CorrectableField, HouseholdCorrection } from '#domain/correct-household.ts';
import { spokenLanguages } from '#domain/household.ts';

/** As typed. A field that is not there was not touched, so that a draft taken up later never undoes what somebody else corrected meanwhile. */
export type CorrectionValues = { readonly [F in CorrectableField]?: string };

export function correctionOf({ headName, houseLabel, phone, members, lang }: CorrectionValues, tidyPhone: (typed: string) => string): HouseholdCorrection {
  return {
    ...(headName === undefined ? {} : { headName }),
    ...(houseLabel === undefined ? {} : { houseLabel }),
    ...(phone === undefined ? {} : { phone: tidyPhone(phone) }),
    // What is no number is told to be none by the record's own rule.
    ...(members === undefined ? {} : { members: members.trim() === '' ? undefined : Number(members) }),
    ...(lang === undefined ? {} : { lang: spokenLanguages.find((known) => known === lang) }),
  };
}
