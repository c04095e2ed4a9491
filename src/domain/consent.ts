/**
 * What a household was asked and said: may its visits be written down with a name, may a photo be kept. Append-only: who changes their mind
 * says so in a consent of its own, and the newest one holds. Domain model 3.4; Law 91/2025/QH15 asks for purpose, way and proof.
 */
import * as z from 'zod/mini';
import { daySchema, uuidSchema } from './identifiers.ts';
import type { RecordState } from './record.ts';

export const consentPurposes = ['visits', 'photo'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

export const consentDecisions = ['given', 'refused', 'withdrawn'] as const;
export type ConsentDecision = (typeof consentDecisions)[number];

export const consentWays = ['spoken', 'written'] as const;
export type ConsentWay = (typeof consentWays)[number];

/** The version of the text that is read aloud at the door today: raised whenever its words change (docs/privacy.md). */
export const consentWording = 1;

/** `wording`: the version of the text that was read aloud. `on`: the local day it was said. */
export const consentSchema = z.strictObject({
  householdId: uuidSchema,
  purpose: z.enum(consentPurposes),
  decision: z.enum(consentDecisions),
  way: z.enum(consentWays),
  wording: z.int().check(z.gte(1), z.lte(999)),
  on: daySchema,
});
export type Consent = z.infer<typeof consentSchema>;

/**
 * The local day on which another answer for the same purpose took this one's place: of all that the household said (`consents`), the first that is newer by its
 * day, then by when it was written. Undefined: this one stands.
 */
export function replacedOn(consent: RecordState<'consent'>, consents: readonly RecordState<'consent'>[]): string | undefined {
  const { purpose } = consent.fields;
  const newer = consents.filter((other) => !other.deleted && other.fields.purpose === purpose && isNewer(other, consent));
  return newer.map(({ fields }) => fields.on).sort()[0];
}

/** What the household says today, of all that it ever answered; undefined: nobody asked. */
export function standingDecision(purpose: ConsentPurpose, consents: readonly RecordState<'consent'>[]): ConsentDecision | undefined {
  return consents.find((consent) => consent.fields.purpose === purpose && !consent.deleted && replacedOn(consent, consents) === undefined)?.fields.decision;
}

function isNewer(one: RecordState<'consent'>, other: RecordState<'consent'>): boolean {
  if (one.fields.on !== other.fields.on) return one.fields.on > other.fields.on;
  const between = Date.parse(one.occurredAt) - Date.parse(other.occurredAt);
  return between === 0 ? one.recordId > other.recordId : between > 0;
}
