/** What a book of feedback would do to a commune's records: the same feedback is known by the day it came and by its words. */
import { isReferredKind } from '#domain/feedback.ts';
import type { FeedbackEvent } from '#domain/feedback.ts';
import type { RecordState } from '#domain/record.ts';
import { isAboutStaff } from '#domain/topic.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import { wordingIn } from '#domain/wording.ts';
import { usualDueOn } from '#domain/feedback-clocks.ts';
import { shippedHolidays } from '#domain/working-days.ts';
import type { FeedbackRow } from './feedback-rows.ts';
import { hamletFinder } from './hamlet-finder.ts';
import type { Decisions, ImportRecords, PlannedCreation, Reckoning, RowNote } from './import-plan.ts';
import type { ReadList } from './read-list.ts';
import { placeIn, refusalOf } from './row-places.ts';
import type { RowPlace } from './row-reader.ts';

export function reckonFeedback(list: ReadList<'feedback'>, records: ImportRecords, { allowsAboutStaff }: Decisions): Reckoning {
  const hamlets = hamletFinder(records, false, true);
  const all = (records.feedback ?? []).filter((known) => !known.deleted);
  const present = new Map<string, string[]>();
  // Where one of the two says no hamlet it may be any.
  const somewhere = new Map<string, string>();
  const { recordId: anywhere } = records.commune;
  for (const { recordId, areaId, fields } of all) {
    const key = keyOf(areaId, fields);
    present.set(key, [...(present.get(key) ?? []), recordId]);
    if (!isReferredKind(fields.kind)) somewhere.set(keyOf(anywhere, fields), recordId);
  }
  const unitOf = unitFinder(records.units ?? []);
  const create: PlannedCreation[] = [];
  const unchanged: Reckoning['unchanged'][number][] = [];
  const notes: RowNote[] = [];
  const wrong = [...list.wrong];
  const placeOf = new Map<string, RowPlace>();
  for (const listed of list.rows) {
    const { feedback, unit, answer } = listed.row;
    const note = (code: RowNote['code'], said = '') => notes.push({ ...placeIn(listed), code, said });
    if (isAboutStaff(feedback.topic) && !allowsAboutStaff) {
      wrong.push(refusalOf(list, listed, { field: 'topic', value: listed.kept.topic ?? '', code: 'about_staff' }));
      continue;
    }
    const hamlet = listed.hamlet === '' ? 'unknown_area' : hamlets.find(listed.hamlet);
    const areaId = typeof hamlet === 'string' ? records.commune.recordId : hamlet.areaId;
    const key = keyOf(areaId, feedback);
    const isReferred = isReferredKind(feedback.kind);
    const other = placeOf.get(key);
    // Of what is referred nothing tells two apart: as many as the register counts that day are there already.
    if (other !== undefined && !isReferred) {
      wrong.push(refusalOf(list, listed, { field: 'text', value: feedback.text ?? '', code: 'repeated', other }));
      continue;
    }
    placeOf.set(key, placeIn(listed));
    const known = isReferred ? present.get(key)?.shift() : (present.get(key)?.[0] ?? (areaId === anywhere ? somewhere.get(key) : present.get(keyOf(anywhere, feedback))?.[0]));
    if (known !== undefined) {
      unchanged.push({ ...placeIn(listed), recordId: known, differs: [] });
      continue;
    }
    const found = unit === '' ? undefined : unitOf(unit);
    if (found !== undefined && typeof found !== 'object' && answer === undefined) {
      wrong.push(refusalOf(list, listed, { field: 'unit', value: unit, code: found }));
      continue;
    }
    const unitId = typeof found === 'object' ? found.unitId : undefined;
    if (unit !== '' && unitId === undefined && !isReferred) note('unit_unknown', unit);
    if (typeof hamlet === 'string') note('no_hamlet', listed.hamlet);
    if (listed.row.hasLooseAnswer) note('loose_answer');
    if (unitId !== undefined && listed.row.dueOn === undefined) note('no_due_day', unit);
    const words = wordingIn(feedback.text ?? '', 'feedback');
    if (words.length > 0) note('wording', words.join(', '));
    const events = isReferred ? [] : stepsOf(listed.row, unitId);
    create.push({
      ...placeIn(listed), kind: 'feedback', areaId, fields: feedback,
      with: events.map((fields) => ({ kind: 'feedback_event' as const, parentField: 'feedbackId', fields })),
    });
  }
  return { layout: 'feedback', createHamlets: [], create, merge: [], joined: [], unchanged, skipped: [], questions: [], wrong, notes };
}

type Step = FeedbackEvent extends infer E ? (E extends FeedbackEvent ? Omit<E, 'feedbackId'> : never) : never;

/** So that it stands as the book says: received; assigned; answered, on the day on which the citizen had the answer: nobody has to go to the door for it again. */
function stepsOf({ feedback, dueOn, answer }: FeedbackRow, unitId: string | undefined): readonly Step[] {
  if (unitId === undefined && answer === undefined) return [];
  const on = feedback.receivedOn;
  const steps: Step[] = [{ type: 'triage', step: 0, on }];
  if (unitId !== undefined) {
    steps.push({ type: 'assign', step: steps.length, on, unitId, dueOn: dueOn ?? usualDueOn(on, shippedHolidays) });
    if (answer !== undefined) steps.push({ type: 'start', step: steps.length, on });
  }
  if (answer !== undefined) {
    steps.push({ type: 'answer', step: steps.length, on: answer.on, answer: answer.text });
    steps.push({ type: 'deliver', step: steps.length, on: answer.on, channel: 'paper' });
  }
  return steps;
}

function keyOf(areaId: string, { kind, receivedOn, text }: { readonly kind: FeedbackRow['feedback']['kind']; readonly receivedOn: string; readonly text?: string | undefined }): string {
  return isReferredKind(kind) ? `${receivedOn} ${kind} ${areaId}` : `${receivedOn} ${areaId} ${withoutDiacritics(text ?? '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim()}`;
}

/** By name, or by the beginning of one: `Công an xã` for `Công an xã Quang Hán`. */
function unitFinder(units: readonly RecordState<'unit'>[]): (said: string) => { readonly unitId: string } | 'unknown_unit' | 'ambiguous_unit' {
  const named = units.filter((unit) => !unit.deleted).map((unit) => ({ unitId: unit.recordId, name: withoutDiacritics(unit.fields.name) }));
  return (said) => {
    const name = withoutDiacritics(said);
    const same = named.filter((unit) => unit.name === name);
    const alike = same.length > 0 ? same : named.filter((unit) => `${unit.name} `.startsWith(`${name} `) || `${name} `.startsWith(`${unit.name} `));
    if (alike.length > 1) return 'ambiguous_unit';
    return alike[0] === undefined ? 'unknown_unit' : { unitId: alike[0].unitId };
  };
}
