/** What a household answers on its page of consent, as the entry that writes it down. */
import { doublesToMend } from '#client/store/household-in-hand.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import type { EntryDraft } from '#domain/change.ts';
import type { CommandError } from '#domain/command.ts';
import { consentWording } from '#domain/consent.ts';
import type { ConsentDecision, ConsentWay } from '#domain/consent.ts';
import { dayOf } from '#domain/identifiers.ts';
import { recordConsent } from '#domain/record-consent.ts';
import type { RecordState } from '#domain/record.ts';
import type { Result } from '#domain/result.ts';

export interface HouseholdAnswer {
  readonly decision: ConsentDecision;
  readonly way: ConsentWay;
  /** Where it gives again what it had taken back. */
  readonly headName?: string | undefined;
}

/** Dated today. What it takes back is taken out of its doubles by the same entry, so that this phone shows it nowhere before anything is sent. */
export function answerEntry(store: FieldStore, household: RecordState<'household'>, answer: HouseholdAnswer): Result<EntryDraft, CommandError> {
  const context = store.commandContext();
  const said = { ...answer, purpose: 'visits', wording: consentWording, on: dayOf(context.now), doubles: doublesToMend(store, household.recordId) } as const;
  return recordConsent(household, said, context);
}
