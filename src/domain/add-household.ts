/** A household is written into the register: nobody asked it yet, or its answer at the door goes with the same entry. */
import { creation, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { EntryDraft } from './change.ts';
import type { Consent } from './consent.ts';
import { isDetailField } from './household.ts';
import type { Household, HouseholdContact } from './household.ts';
import type { RecordState } from './record.ts';
import { ok } from './result.ts';
import type { Result } from './result.ts';
import { tidyText } from './vietnamese-text.ts';

/** As typed: empty is not there. `needs` with their `sourceListId` are the bloc's (`field-rules.ts`). */
export type NewHousehold = { readonly [F in 'no' | 'headName' | 'houseLabel' | 'phone' | 'members' | 'lang' | 'needs' | 'sourceListId']?: Household[F] | undefined } & {
  /** What it answered when it was asked; undefined: it was not asked. */
  readonly consent?: Omit<Consent, 'householdId' | 'purpose'> | undefined;
};

export interface AddedHousehold {
  readonly entry: EntryDraft;
  readonly householdId: string;
}

/** `hamletId`: where it lies. A household that declines is counted, not detailed: what was typed of its details is left out. */
export function addHousehold(hamletId: string, { consent, ...input }: NewHousehold, context: CommandContext): Result<AddedHousehold, CommandError> {
  const contact: HouseholdContact = consent === undefined ? 'not_asked' : consent.decision === 'given' ? 'yes' : 'no';
  const typed = Object.entries(input).flatMap(([field, value]): [string, unknown][] => {
    if (contact === 'no' && isDetailField(field)) return [];
    return [[field, typeof value === 'string' ? tidyText(value) : value]];
  });
  const householdId = context.newId();
  const household = creation('household', hamletId, householdId, { ...Object.fromEntries(typed), contact });
  if (!household.ok) return household;
  const changes = [household.value];
  if (consent !== undefined) {
    const said = creation('consent', hamletId, context.newId(), { ...consent, purpose: 'visits', householdId });
    if (!said.ok) return said;
    changes.push(said.value);
  }
  const entry = entryOf(changes, context);
  return entry.ok ? ok({ entry: entry.value, householdId }) : entry;
}

const highestNumber = 9999;

/** The number after the highest of the hamlet, of its closed households and doubles too: who looks one up must find the one it was. */
export function nextNumber(households: readonly Pick<RecordState<'household'>, 'fields'>[]): number {
  const taken = new Set(households.map(({ fields }) => fields.no));
  const next = 1 + [...taken].reduce((highest, no) => Math.max(highest, no), 0);
  if (next <= highestNumber) return next;
  return Array.from({ length: highestNumber }, (_, index) => index + 1).find((no) => !taken.has(no)) ?? highestNumber;
}
