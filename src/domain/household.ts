/** A household (hộ): who is visited. P2; `needs` is P3 and only ever comes from an official list. */
import * as z from 'zod/mini';
import { phoneSchema, uuidSchema } from './identifiers.ts';

export const householdNeeds = [
  'poor', 'near_poor', 'policy_merit', 'elderly_alone', 'disabled', 'child_support', 'temporary_house',
] as const;
export type HouseholdNeed = (typeof householdNeeds)[number];

/** The language to speak at the door; deliberately not ethnicity. */
export const spokenLanguages = ['vi', 'tay', 'nung', 'mong', 'dao', 'lolo', 'other'] as const;
export type SpokenLanguage = (typeof spokenLanguages)[number];

export const householdContacts = ['not_asked', 'yes', 'no'] as const;
export type HouseholdContact = (typeof householdContacts)[number];

/** What a household that declined takes back. The list is named only where there are needs: left alone it would still say that there were some. */
export const detailFields = ['headName', 'phone', 'needs', 'sourceListId'] as const;

export function isDetailField(field: string): boolean {
  return (detailFields as readonly string[]).includes(field);
}

/**
 * `no`: the hamlet's serial (twice in a hamlet is no refusal but where the import meets one that declined). `houseLabel`: a landmark, not a position.
 * `contact: 'no'`: the household declined; it is counted, not detailed, so name, phone and needs stay empty.
 */
export const householdSchema = z
  .strictObject({
    no: z.int().check(z.gte(1), z.lte(9999)),
    headName: z.optional(z.string().check(z.minLength(2), z.maxLength(80))),
    houseLabel: z.string().check(z.minLength(1), z.maxLength(60)),
    phone: z.optional(phoneSchema),
    members: z.optional(z.int().check(z.gte(1), z.lte(20))),
    needs: z.optional(z.array(z.enum(householdNeeds)).check(z.maxLength(7))),
    sourceListId: z.optional(uuidSchema),
    contact: z.enum(householdContacts),
    lang: z.optional(z.enum(spokenLanguages)),
  })
  .check(
    z.refine((h) => h.contact === 'no' || h.headName !== undefined, { path: ['headName'], error: 'required' }),
    z.refine((h) => h.contact !== 'no' || h.headName === undefined, { path: ['headName'], error: 'declined' }),
    z.refine((h) => h.contact !== 'no' || h.phone === undefined, { path: ['phone'], error: 'declined' }),
    z.refine((h) => h.contact !== 'no' || !h.needs?.length, { path: ['needs'], error: 'declined' }),
    z.refine((h) => !h.needs?.length || h.sourceListId !== undefined, { path: ['sourceListId'], error: 'required' }),
  );
export type Household = z.infer<typeof householdSchema>;
