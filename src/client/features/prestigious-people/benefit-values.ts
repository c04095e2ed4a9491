/** What stands in the fields of a benefit, what it says, and what is over a cap in words. */
import type { Messages } from '#client/languages/vi.ts';
import { formatNumber } from '#client/ui/numbers.ts';
import type { Benefit, BenefitKind, BenefitOccasion } from '#domain/benefit.ts';
import type { BenefitLevel, CapWarning } from '#domain/benefit-caps.ts';
import type { BenefitInput } from '#domain/record-benefit.ts';
import { amountOf } from './typed-number.ts';

/** As typed; the amount with its separators. `kind`, `occasion`: empty until they are chosen, so that an untouched form says of no gift that it was given. */
export interface BenefitValues {
  readonly kind: '' | BenefitKind;
  readonly occasion: '' | BenefitOccasion;
  readonly date: string;
  readonly level: '' | BenefitLevel;
  readonly amount: string;
  readonly inKind: string;
  readonly deliveredBy: string;
}

export function benefitValuesOf(benefit: Partial<Benefit>, today: string): BenefitValues {
  return {
    kind: benefit.kind ?? '', occasion: benefit.occasion ?? '', date: benefit.date ?? today, level: benefit.level ?? '',
    amount: benefit.amount === undefined ? '' : formatNumber(benefit.amount), inKind: benefit.inKind ?? '', deliveredBy: benefit.deliveredBy ?? '',
  };
}

/** For a command, and for what looks at a benefit before it is one: the rules on caps, the words for a gift. */
export function benefitInput({ kind, occasion, date, level, amount, inKind, deliveredBy }: BenefitValues) {
  return {
    kind: kind === '' ? undefined : kind, occasion: occasion === '' ? undefined : occasion, date, level: level === '' ? undefined : level, amount: amountOf(amount), inKind: inKind === '' ? undefined : inKind, deliveredBy: deliveredBy === '' ? undefined : deliveredBy,
  } satisfies BenefitInput;
}

/** With separators as one types; nothing that is no digit stays. */
export function typedAmount(typed: string): string {
  const amount = amountOf(typed);
  return amount === undefined ? '' : formatNumber(amount);
}

export function capWords(m: Messages, { over, is, year, limit, rule }: CapWarning): string {
  return over === 'times' ? m.people.benefit.overTimes(String(is), String(year), String(limit), rule.name) : m.people.benefit.overAmount(formatNumber(limit), rule.name);
}
