/** What a hamlet's household list would do to a commune's records. */
import { isStanding } from '#domain/household.ts';
import type { Household } from '#domain/household.ts';
import type { RecordState } from '#domain/record.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import { differenceIn } from './differences.ts';
import { hamletFinder } from './hamlet-finder.ts';
import type { HouseholdRow } from './household-rows.ts';
import type { Decisions, FieldDifference, ImportRecords, NearQuestion, NearReason, PlannedCreation, PlannedMerge, Reckoning, RowNote } from './import-plan.ts';
import { createNearIndex, landmarkOf } from './near.ts';
import type { Likeness } from './near.ts';
import type { ListedRow, ReadList } from './read-list.ts';
import type { RowPlace } from './row-reader.ts';
import { answerTo, placeIn, questionId, refusalOf } from './row-places.ts';

type Known = RecordState<'household'>;
type Listed = ListedRow<'households'>;
/** What a new row may be like: a household of the register, or one that this list makes. */
type Candidate = { readonly record: Known } | { readonly row: Listed; readonly at: number };

export function reckonHouseholds(list: ReadList<'households'>, records: ImportRecords, decisions: Decisions): Reckoning {
  const hamlets = hamletFinder(records, decisions.allowsNewHamlets);
  // Closed by mistake is as never written; a double stands for the one it was merged into, and is found by its own name and number too.
  const all = (records.households ?? []).filter((known) => !known.deleted && known.fields.closedReason !== 'mistake');
  const present = new Map(all.map((known) => [keyOf(known.areaId, known.fields), known]));
  const numbers = new Set(all.map((known) => numberKey(known.areaId, known.fields)));
  const declinedNumbers = new Set(all.filter((known) => known.fields.contact === 'no').map((known) => numberKey(known.areaId, known.fields)));
  // One that declined has no name here: by its landmark alone somebody has to be asked, for under another number it would be written down again.
  const declinedAt = new Map(all.flatMap((known) => (known.fields.contact === 'no' && isStanding(known.fields) ? [[houseKey(likenessOf(known.areaId, known.fields)), known] as const] : [])));
  const near = createNearIndex<Candidate>();
  for (const record of all) if (isStanding(record.fields)) near.add(likenessOf(record.areaId, record.fields), { record });

  const create: PlannedCreation[] = [];
  const merge: PlannedMerge[] = [];
  const unchanged: Reckoning['unchanged'][number][] = [];
  const skipped: RowPlace[] = [];
  const joined: RowPlace[] = [];
  const questions: NearQuestion[] = [];
  const notes: RowNote[] = [];
  const wrong = [...list.wrong];
  const placeOf = new Map<string, RowPlace>();
  // Households that a row of this list is already, or mends: no other row may be merged into them.
  const taken = new Set(
    list.rows.flatMap((listed) => {
      const hamlet = hamlets.find(listed.hamlet);
      return typeof hamlet === 'string' ? [] : standingIdOf(present.get(keyOf(hamlet.areaId, listed.row.household)));
    }),
  );

  for (const listed of list.rows) {
    const { household } = listed.row;
    const hamlet = hamlets.find(listed.hamlet);
    if (typeof hamlet === 'string') {
      wrong.push(refusalOf(list, listed, { field: 'hamlet', value: listed.hamlet, code: hamlet }));
      continue;
    }
    const { areaId } = hamlet;
    const key = keyOf(areaId, household);
    const number = numberKey(areaId, household);
    const other = placeOf.get(key);
    if (other !== undefined) {
      wrong.push(refusalOf(list, listed, { field: 'headName', value: household.headName ?? '', code: 'repeated', other }));
      continue;
    }
    placeOf.set(key, placeIn(listed));
    // Whoever declined has no name here to compare: a person has to say whether this is that household or another one.
    if (declinedNumbers.has(number)) {
      wrong.push(refusalOf(list, listed, { field: 'no', value: String(household.no), code: 'declined' }));
      continue;
    }
    const known = present.get(key);
    if (known !== undefined && known.fields.closedOn === undefined) {
      unchanged.push({ ...placeIn(listed), recordId: known.recordId, differs: differencesOf(known.fields, listed.row) });
      continue;
    }
    const likeness = likenessOf(areaId, household, listed.row);
    const declined = declinedAt.get(houseKey(likeness) ?? '');
    const like =
      known === undefined
        ? (near.find(likeness, (candidate) => 'record' in candidate && taken.has(candidate.record.recordId)) ?? (declined === undefined ? undefined : { reason: 'same_house' as const, value: { record: declined } }))
        : { reason: 'closed' as const, value: { record: known } };
    const asked = like === undefined ? undefined : questionOf(listed, like.reason, like.value, decisions);
    const isTaken = asked !== undefined && 'recordId' in asked.like && (taken.has(asked.like.recordId) || asked.like.recordId === declined?.recordId);
    const question = isTaken ? { ...asked, mayMerge: false, answer: asked.answer === 'merge' ? undefined : asked.answer } : asked;
    if (question !== undefined) questions.push(question);
    if (question !== undefined && question.answer === undefined) continue;
    if (question?.answer === 'skip') skipped.push(placeIn(listed));
    else if (question?.answer === 'merge' && like !== undefined) {
      if ('record' in like.value) {
        taken.add(like.value.record.recordId);
        merge.push({ ...placeIn(listed), record: like.value.record, set: Object.fromEntries(question.differs.map(({ field, to }) => [field, to])), differs: question.differs });
      } else {
        joined.push(placeIn(listed));
        fillIn(create, like.value.at, listed.row);
      }
    } else {
      if (numbers.has(number)) notes.push({ ...placeIn(listed), code: 'same_number', said: String(household.no) });
      numbers.add(number);
      hamlets.use(areaId);
      near.add(likenessOf(areaId, household, listed.row), { row: listed, at: create.length });
      create.push({ ...placeIn(listed), kind: 'household', areaId, fields: household });
    }
  }
  return { layout: 'households', createHamlets: hamlets.created(), create, merge, joined, unchanged, skipped, questions, wrong, notes };
}

function questionOf(listed: Listed, reason: NearReason, candidate: Candidate, decisions: Decisions): NearQuestion {
  const id = questionId(listed);
  const like = 'record' in candidate ? candidate.record.fields : candidate.row.row.household;
  const differs = 'record' in candidate && candidate.record.fields.contact !== 'no' ? mergedFields(candidate.record.fields, listed.row) : [];
  return {
    ...placeIn(listed),
    id,
    reason,
    said: saidOf(listed.row.household),
    like: { ...('record' in candidate ? { recordId: candidate.record.recordId } : placeIn(candidate.row)), said: saidOf(like) },
    differs,
    mayMerge: true,
    answer: answerTo(id, decisions),
  };
}

/** A closed one is asked about by the very row that names it. */
function standingIdOf(known: Known | undefined): string[] {
  return known === undefined || known.fields.closedOn !== undefined ? [] : [known.recordId];
}

/** `12 Nông Văn Sơn`. */
function saidOf({ no, headName }: Household): string {
  return `${no} ${headName ?? ''}`.trim();
}

function keyOf(areaId: string, household: Household): string {
  return `${numberKey(areaId, household)} ${withoutDiacritics(household.headName ?? '')}`;
}

function numberKey(areaId: string, household: Household): string {
  return `${areaId} ${household.no}`;
}

/** Undefined: the house is named by no landmark. */
function houseKey({ areaId, label }: Likeness): string | undefined {
  return label === undefined ? undefined : `${areaId} ${withoutDiacritics(label)}`;
}

function likenessOf(areaId: string, { headName, phone, houseLabel }: Household, row?: HouseholdRow): Likeness {
  return { areaId, name: headName, phone, label: row?.isLabelGiven === false ? undefined : landmarkOf(houseLabel) };
}

/** What the list says of a known household and the records do not. What the list leaves open is no difference. */
function differencesOf(known: Household, row: HouseholdRow): FieldDifference[] {
  const { household } = row;
  const needs = new Set([...(known.needs ?? []), ...(household.needs ?? [])]);
  const listed: Partial<Household> = {
    ...(row.isLabelGiven ? { houseLabel: household.houseLabel } : {}),
    ...(household.phone === undefined ? {} : { phone: household.phone }),
    ...(household.members === undefined ? {} : { members: household.members }),
    // A list that ticks fewer boxes takes nothing away: whoever is no longer poor is struck off by a person.
    ...(needs.size > (known.needs?.length ?? 0) ? { needs: [...needs] } : {}),
  };
  return Object.entries(listed).flatMap(([field, to]) => differenceIn(known, field, to));
}

/** Merged, the household gets the list's name and number too, is open again where it was closed, and its needs name the list that they came from. */
function mergedFields(known: Household, row: HouseholdRow): FieldDifference[] {
  const { no, headName, sourceListId } = row.household;
  const differs = [...differenceIn(known, 'no', no), ...differenceIn(known, 'headName', headName), ...differencesOf(known, row)];
  if (differs.some(({ field }) => field === 'needs')) differs.push(...differenceIn(known, 'sourceListId', sourceListId));
  return known.closedOn !== undefined ? [...differs, ...closingFields.flatMap((field) => differenceIn(known, field, null))] : differs;
}

const closingFields = ['closedOn', 'closedReason', 'closedTo'] as const;

/** Two rows of one list that are the same household: the later one gives what the earlier one leaves open. */
function fillIn(create: PlannedCreation[], at: number, { household: later, isLabelGiven }: HouseholdRow): void {
  const planned = create[at];
  if (planned === undefined) return;
  const earlier = planned.fields as Household;
  const needs = [...new Set([...(earlier.needs ?? []), ...(later.needs ?? [])])];
  const houseLabel = isLabelGiven && landmarkOf(earlier.houseLabel) === undefined ? later.houseLabel : earlier.houseLabel;
  const withNeeds = needs.length === 0 ? {} : { needs, sourceListId: earlier.sourceListId ?? later.sourceListId };
  create[at] = { ...planned, fields: { ...later, ...earlier, houseLabel, ...withNeeds } };
}
