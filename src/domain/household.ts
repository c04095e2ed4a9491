/** A household (hộ): who is visited. P2; `needs` is P3 and only ever comes from an official list. */
import * as z from 'zod/mini';
import { areaIdSchema, daySchema, phoneSchema, uuidSchema } from './identifiers.ts';

export const householdNeeds = [
  'poor', 'near_poor', 'policy_merit', 'elderly_alone', 'disabled', 'child_support', 'temporary_house',
] as const;
export type HouseholdNeed = (typeof householdNeeds)[number];

/** The language to speak at the door; deliberately not ethnicity. */
export const spokenLanguages = ['vi', 'tay', 'nung', 'mong', 'dao', 'lolo', 'other'] as const;
export type SpokenLanguage = (typeof spokenLanguages)[number];

export const householdContacts = ['not_asked', 'yes', 'no'] as const;
export type HouseholdContact = (typeof householdContacts)[number];

/** Why a household is no longer visited. `moved_hamlet`: it goes on in another hamlet of the commune (`closedTo`). `joined_other`: its people live in another household now. */
export const closingReasons = ['moved_away', 'moved_hamlet', 'joined_other', 'nobody_left', 'mistake'] as const;
export type ClosingReason = (typeof closingReasons)[number];

/** What a household that declined takes back. The list is named only where there are needs: left alone it would still say that there were some. */
export const detailFields = ['headName', 'phone', 'needs', 'sourceListId'] as const;

export function isDetailField(field: string): boolean {
  return (detailFields as readonly string[]).includes(field);
}

/**
 * `no`: the hamlet's serial (twice in a hamlet is no refusal but where the import meets one that declined). `houseLabel`: a landmark, not a position.
 * `contact: 'no'`: the household declined; it is counted, not detailed, so name, phone and needs stay empty. `mergedInto`: it is another one's double: what hangs
 * on it is shown there, and taking the field out undoes it. Closed: both `closedOn` and `closedReason`.
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
    mergedInto: z.optional(uuidSchema),
    closedOn: z.optional(daySchema),
    closedReason: z.optional(z.enum(closingReasons)),
    closedTo: z.optional(areaIdSchema),
  })
  .check(
    z.refine((h) => h.contact === 'no' || h.headName !== undefined, { path: ['headName'], error: 'required' }),
    z.refine((h) => h.contact !== 'no' || h.headName === undefined, { path: ['headName'], error: 'declined' }),
    z.refine((h) => h.contact !== 'no' || h.phone === undefined, { path: ['phone'], error: 'declined' }),
    z.refine((h) => h.contact !== 'no' || !h.needs?.length, { path: ['needs'], error: 'declined' }),
    z.refine((h) => !h.needs?.length || h.sourceListId !== undefined, { path: ['sourceListId'], error: 'required' }),
    z.refine((h) => h.closedOn === undefined || h.closedReason !== undefined, { path: ['closedReason'], error: 'required' }),
    z.refine((h) => h.closedReason === undefined || h.closedOn !== undefined, { path: ['closedOn'], error: 'required' }),
  );
export type Household = z.infer<typeof householdSchema>;

/** Is it visited, due and listed as one of the hamlet's households? A double or one that is closed is found by its history alone. */
export function isStanding({ mergedInto, closedOn }: Pick<Household, 'mergedInto' | 'closedOn'>): boolean {
  return mergedInto === undefined && closedOn === undefined;
}
