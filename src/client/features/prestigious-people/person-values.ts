/** What stands in the fields of a person, and what it says about them. */
import { tidyPhone } from '#client/ui/tidy-phone.ts';
import { spokenLanguages } from '#domain/household.ts';
import type { SpokenLanguage } from '#domain/household.ts';
import type { PrestigiousPerson } from '#domain/prestigious-person.ts';
import type { PersonInput } from '#domain/register-person.ts';

/** As typed. */
export interface PersonValues {
  readonly fullName: string;
  readonly birthYear: string;
  readonly sex: '' | 'm' | 'f';
  readonly phone: string;
  readonly occupationOrRole: string;
  readonly languages: readonly SpokenLanguage[];
}

export function valuesOf(person: PrestigiousPerson | undefined): PersonValues {
  return {
    fullName: person?.fullName ?? '', birthYear: String(person?.birthYear ?? ''), sex: person?.sex ?? '', phone: person?.phone ?? '',
    occupationOrRole: person?.occupationOrRole ?? '', languages: person?.languages ?? [],
  };
}

/** A field that is not there was not touched. */
export function personInput({ fullName, birthYear, sex, phone, occupationOrRole, languages }: Partial<PersonValues>): PersonInput {
  return {
    ...(fullName === undefined ? {} : { fullName }),
    // What is no number is told to be none by the record's own rule.
    ...(birthYear === undefined ? {} : { birthYear: birthYear.trim() === '' ? undefined : Number(birthYear) }),
    ...(sex === undefined ? {} : { sex }),
    ...(phone === undefined ? {} : { phone: tidyPhone(phone) }),
    ...(occupationOrRole === undefined ? {} : { occupationOrRole }),
    ...(languages === undefined ? {} : { languages: spokenLanguages.filter((language) => languages.includes(language)) }),
  };
}
