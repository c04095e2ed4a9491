/**
 * How often a year, and up to how much, a prestigious person is given what is due to them, as one dated table. What is over a cap is told with the name of the rule and
 * never refused: it was given, and the register says what was given. Every row waits for a lawyer: whether Decision 28/2023 or a later act changed the numbers, and
 * which level took over what the district gave, was not checked (domain model 9).
 */
import type { Benefit, BenefitKind } from './benefit.ts';
import { nearestTet } from './tet.ts';

export type BenefitLevel = NonNullable<Benefit['level']>;

export interface CapRule {
  readonly kind: BenefitKind;
  /** Undefined: whoever gives it. */
  readonly level?: BenefitLevel;
  /** In one year (`capYear`), to one person. */
  readonly perYear?: number;
  /** Whole VND, each time. */
  readonly amount?: number;
  /** As people cite it. */
  readonly name: string;
  /** Local days, both inclusive; without `validTo` it is in force. */
  readonly validFrom: string;
  readonly validTo?: string;
  readonly needsLegalReview: true;
}

const decision12 = { name: 'Quyết định 12/2018/QĐ-TTg', validFrom: '2018-03-07', needsLegalReview: true } as const;

/** `commune` of an illness: what the district gave until districts ended. */
export const capRules: readonly CapRule[] = [
  { kind: 'tet_visit', perYear: 2, amount: 500_000, ...decision12 },
  { kind: 'ill_visit', perYear: 1, ...decision12 },
  { kind: 'ill_visit', level: 'central', amount: 3_000_000, ...decision12 },
  { kind: 'ill_visit', level: 'province', amount: 1_500_000, ...decision12 },
  { kind: 'ill_visit', level: 'commune', amount: 800_000, ...decision12 },
];

/** `is`: the how-manieth of `year` (`capYear`), or the amount in VND; `limit`: what the rule allows. */
export interface CapWarning {
  readonly over: 'times' | 'amount';
  readonly is: number;
  readonly year: number;
  readonly limit: number;
  readonly rule: CapRule;
}

/** `kind` undefined: not chosen yet. */
type Given = Pick<Benefit, 'date'> & { readonly [F in 'kind' | 'occasion' | 'level' | 'amount' | 'voidReason']?: Benefit[F] | undefined };

/**
 * `others`: what else the same person was given; of other years, other kinds, or void, it does not count. A benefit without a level is measured by the level that
 * may give most: it is over the cap whoever gave it.
 */
export function capWarnings(benefit: Given, others: readonly Given[], rules: readonly CapRule[] = capRules): readonly CapWarning[] {
  const { kind, date, level, amount, voidReason } = benefit;
  if (voidReason !== undefined) return [];
  const inForce = rules.filter((rule) => rule.kind === kind && rule.validFrom <= date && (rule.validTo === undefined || date <= rule.validTo));
  const year = capYear(benefit);
  const times = 1 + others.filter((other) => other.kind === kind && other.voidReason === undefined && capYear(other) === year).length;
  const counted = inForce.flatMap((rule): CapWarning[] =>
    rule.perYear !== undefined && (rule.level === undefined || rule.level === level) && times > rule.perYear ? [{ over: 'times', is: times, year, limit: rule.perYear, rule }] : [],
  );
  const ofLevel = inForce.filter((rule) => rule.amount !== undefined && (rule.level === undefined || level === undefined || rule.level === level));
  const [highest] = ofLevel.sort((a, b) => (b.amount ?? 0) - (a.amount ?? 0));
  const isOver = amount !== undefined && highest?.amount !== undefined && amount > highest.amount;
  return isOver ? [...counted, { over: 'amount', is: amount, year, limit: highest.amount, rule: highest }] : counted;
}

/**
 * The year in which a benefit is counted: of a gift for Tết (or one that does not say for what) that of the Tết it lies nearest to, for one Tết is given to on both
 * sides of New Year; of all else, and beyond the table of Tết's days, the calendar year.
 */
function capYear({ kind, occasion, date }: Given): number {
  const isForTet = kind === 'tet_visit' && (occasion === undefined || occasion === 'lunar_new_year');
  return (isForTet ? nearestTet(date)?.year : undefined) ?? Number(date.slice(0, 4));
}
