/** A term of a prestigious person on its way: proposed by the hamlet, then step by step along `termTransitions` (domain model 3.3). */
import { correction, creation, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { EntryDraft } from './change.ts';
import { dayOf } from './identifiers.ts';
import { termTransitions } from './prestigious-term.ts';
import type { PrestigiousTerm, TermState } from './prestigious-term.ts';
import type { RecordState } from './record.ts';
import { err } from './result.ts';
import type { Result } from './result.ts';
import { tidyText } from './vietnamese-text.ts';

/** A term lasts so many years, its first and its last one counted. */
const termYears = 5;

/** The years in which terms lie: five by five, from 2023 to 2027 on (Cao Bằng's, domain model 9). */
export function termYearsAt(year: number): { readonly termFrom: number; readonly termTo: number } {
  const termFrom = 2023 + Math.floor((year - 2023) / termYears) * termYears;
  return { termFrom, termTo: termFrom + termYears - 1 };
}

/** The years of whom a decision of that day recognizes, where it names none: from its own on to the end of their cycle. What is decided in a cycle's last quarter is for the next one. */
export function termYearsDecidedOn(day: string): { readonly termFrom: number; readonly termTo: number } {
  const year = Number(day.slice(0, 4));
  const { termTo } = termYearsAt(year);
  return year === termTo && Number(day.slice(5, 7)) >= 10 ? termYearsAt(year + 1) : { termFrom: year, termTo };
}

/** The years to propose: of the cycle after the term that is held, or of this year's (`today`: a local day) where none is held or its own are long over. */
export function nextTermYears(held: { readonly fields: Pick<PrestigiousTerm, 'termTo'> } | undefined, today: string): { readonly termFrom: number; readonly termTo: number } {
  const thisYear = Number(today.slice(0, 4));
  return termYearsAt(held === undefined ? thisYear : Math.max(held.fields.termTo + 1, thisYear));
}

export type TermProposal = { readonly [F in 'termFrom' | 'termTo' | 'proposedOn' | 'households' | 'present']?: unknown };

/** The hamlet's meeting named them. `out_of_range` of `present`: too few came (`quorumOf`), or more than there are. */
export function proposeTerm(person: RecordState<'prestigious_person'>, input: TermProposal, context: CommandContext): Result<EntryDraft, CommandError> {
  const missing = (['proposedOn', 'households', 'present'] as const).find((field) => isEmpty(input[field]));
  if (missing !== undefined) return wrong('required', missing);
  const late = dayToCome(input, ['proposedOn'], context);
  if (late !== undefined) return wrong('out_of_range', late);
  const term = creation('prestigious_term', person.areaId, context.newId(), { ...input, personId: person.recordId, state: 'proposed' });
  return term.ok ? entryOf([term.value], context) : term;
}

const stepFields = ['minutesOn', 'submittedOn', 'decisionNo', 'decidedOn', 'reviewedOn', 'endedOn', 'endReason'] as const satisfies readonly (keyof PrestigiousTerm)[];
export type StepField = (typeof stepFields)[number];
export type StepInput = { readonly [F in StepField]?: string | undefined };

/** What a step asks; all of it is needed. */
export function asksOfStep(from: TermState, to: TermState): readonly StepField[] {
  switch (to) {
    case 'joint_meeting':
      return ['minutesOn'];
    case 'submitted':
      return ['submittedOn'];
    case 'recognized':
      return ['decisionNo', 'decidedOn'];
    case 'active':
      return from === 'under_review' ? ['reviewedOn'] : [];
    case 'ended':
      return ['endedOn', 'endReason'];
    default:
      return [];
  }
}

/** `not_now`: the term does not stand where this step begins (any more). */
export function advanceTerm(
  term: RecordState<'prestigious_term'>,
  to: TermState,
  input: StepInput,
  context: CommandContext,
): Result<EntryDraft, CommandError | { readonly code: 'not_now' }> {
  const { state } = term.fields;
  if (!termTransitions[state].includes(to)) return err({ code: 'not_now' });
  const asked = asksOfStep(state, to);
  const fields = Object.fromEntries(asked.map((field) => [field, tidyText(input[field] ?? '')]));
  const missing = asked.find((field) => isEmpty(fields[field]));
  if (missing !== undefined) return wrong('required', missing);
  const late = dayToCome(fields, asked, context);
  if (late !== undefined) return wrong('out_of_range', late);
  const step = correction(term, 'prestigious_term', { ...fields, state: to });
  if (!step.ok) return step;
  return step.value === undefined ? err({ code: 'not_now' }) : entryOf([step.value], context);
}

function wrong(code: CommandError['code'], field: string): { readonly ok: false; readonly error: CommandError } {
  return err({ kind: 'prestigious_term', code, field });
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** The first of these fields whose day lies after the day on which it is written down. */
function dayToCome(fields: Readonly<Record<string, unknown>>, among: readonly string[], context: CommandContext): string | undefined {
  const today = dayOf(context.now);
  return among.find((field) => field.endsWith('On') && typeof fields[field] === 'string' && fields[field] > today);
}
