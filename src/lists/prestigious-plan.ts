/** What a list of prestigious persons would do to a commune's records: the same person is known by hamlet, name and year of birth. */
import type { PrestigiousPerson } from '#domain/prestigious-person.ts';
import { holdingStates } from '#domain/prestigious-term.ts';
import type { PrestigiousTerm } from '#domain/prestigious-term.ts';
import type { RecordState } from '#domain/record.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import { differencesIn } from './differences.ts';
import { hamletFinder } from './hamlet-finder.ts';
import type { Decisions, FieldDifference, ImportRecords, LikenessReason, NearQuestion, PlannedCreation, PlannedMerge, Reckoning } from './import-plan.ts';
import { createNearIndex } from './near.ts';
import type { PrestigiousRow } from './prestigious-rows.ts';
import type { ListedRow, ReadList } from './read-list.ts';
import { answerTo, placeIn, questionId, refusalOf } from './row-places.ts';
import type { RowPlace } from './row-reader.ts';

type Known = RecordState<'prestigious_person'>;
type Listed = ListedRow<'prestigious'>;
type Candidate = { readonly record: Known } | { readonly row: Listed };

export function reckonPrestigious(list: ReadList<'prestigious'>, records: ImportRecords, decisions: Decisions): Reckoning {
  const hamlets = hamletFinder(records, decisions.allowsNewHamlets, true);
  const all = (records.people ?? []).filter((known) => !known.deleted);
  const present = new Map(all.map((known) => [keyOf(known.areaId, known.fields), known]));
  const terms = new Map<string, PrestigiousTerm[]>();
  for (const { deleted, fields } of records.terms ?? []) if (!deleted) terms.set(fields.personId, [...(terms.get(fields.personId) ?? []), fields]);
  const near = createNearIndex<Candidate>();
  for (const record of all) near.add({ areaId: record.areaId, name: record.fields.fullName, phone: record.fields.phone }, { record });

  const create: PlannedCreation[] = [];
  const merge: PlannedMerge[] = [];
  const unchanged: Reckoning['unchanged'][number][] = [];
  const skipped: RowPlace[] = [];
  const joined: RowPlace[] = [];
  const questions: NearQuestion[] = [];
  const wrong = [...list.wrong];
  const placeOf = new Map<string, RowPlace>();
  // Persons that a row of this list is already, or mends: no other row may be merged into them.
  const taken = new Set(
    list.rows.flatMap((listed) => {
      const hamlet = hamlets.find(listed.hamlet);
      return typeof hamlet === 'string' ? [] : (present.get(keyOf(hamlet.areaId, listed.row.person))?.recordId ?? []);
    }),
  );

  /** What the register says of the term that the list names, where it has it already. */
  const knownTerm = ({ row: { term } }: Listed, { recordId }: Known) => (term === undefined ? undefined : terms.get(recordId)?.find((known) => isSameTerm(known, term)));
  const addTerm = (listed: Listed, { recordId, areaId }: Known) => {
    create.push({ ...placeIn(listed), kind: 'prestigious_term', areaId, fields: { ...listed.row.term, personId: recordId } });
  };

  for (const listed of list.rows) {
    const { person, term } = listed.row;
    const hamlet = hamlets.find(listed.hamlet);
    if (typeof hamlet === 'string') {
      wrong.push(refusalOf(list, listed, { field: 'hamlet', value: listed.hamlet, code: hamlet }));
      continue;
    }
    const { areaId } = hamlet;
    const key = keyOf(areaId, person);
    const other = placeOf.get(key);
    if (other !== undefined) {
      wrong.push(refusalOf(list, listed, { field: 'fullName', value: person.fullName, code: 'repeated', other }));
      continue;
    }
    placeOf.set(key, placeIn(listed));
    const known = present.get(key);
    if (known !== undefined) {
      const there = knownTerm(listed, known);
      if (term === undefined || there !== undefined) {
        const differs = [...differencesIn(known.fields, person), ...(term === undefined || there === undefined ? [] : termDifferences(there, term))];
        unchanged.push({ ...placeIn(listed), recordId: known.recordId, differs });
      } else {
        // The person stays as they are, and are given a term: no new row, and not one that changes nothing.
        merge.push({ ...placeIn(listed), record: known, set: {}, differs: [] });
        addTerm(listed, known);
      }
      continue;
    }
    const likeness = { areaId, name: person.fullName, phone: person.phone };
    const like = near.find(likeness, (candidate) => 'record' in candidate && taken.has(candidate.record.recordId));
    const asked = like === undefined ? undefined : questionOf(listed, like.reason, like.value, decisions);
    const isTaken = asked !== undefined && 'recordId' in asked.like && taken.has(asked.like.recordId);
    const question = isTaken ? { ...asked, mayMerge: false, answer: asked.answer === 'merge' ? undefined : asked.answer } : asked;
    if (question !== undefined) questions.push(question);
    if (question !== undefined && question.answer === undefined) continue;
    if (question?.answer === 'skip') skipped.push(placeIn(listed));
    else if (question?.answer === 'merge' && like !== undefined && 'record' in like.value) {
      const { record } = like.value;
      taken.add(record.recordId);
      merge.push({ ...placeIn(listed), record, set: Object.fromEntries(question.differs.map(({ field, to }) => [field, to])), differs: question.differs });
      if (term !== undefined && knownTerm(listed, record) === undefined) addTerm(listed, record);
    } else if (question?.answer === 'merge') joined.push(placeIn(listed));
    else {
      hamlets.use(areaId);
      near.add(likeness, { row: listed });
      const belonging = term === undefined ? [] : [{ kind: 'prestigious_term' as const, parentField: 'personId', fields: term }];
      create.push({ ...placeIn(listed), kind: 'prestigious_person', areaId, fields: person, with: belonging });
    }
  }
  return { layout: 'prestigious', createHamlets: hamlets.created(), create, merge, joined, unchanged, skipped, questions, wrong, notes: [] };
}

function questionOf(listed: Listed, reason: LikenessReason, candidate: Candidate, decisions: Decisions): NearQuestion {
  const like = 'record' in candidate ? candidate.record.fields : candidate.row.row.person;
  return {
    ...placeIn(listed),
    id: questionId(listed),
    reason,
    said: saidOf(listed.row),
    like: { ...('record' in candidate ? { recordId: candidate.record.recordId } : placeIn(candidate.row)), said: saidOf({ person: like }) },
    differs: 'record' in candidate ? differencesIn(like, listed.row.person) : [],
    mayMerge: true,
    answer: answerTo(questionId(listed), decisions),
  };
}

function saidOf({ person: { fullName, birthYear } }: Pick<PrestigiousRow, 'person'>): string {
  return `${fullName}, ${birthYear}`;
}

function keyOf(areaId: string, { fullName, birthYear }: PrestigiousPerson): string {
  return `${areaId} ${birthYear} ${withoutDiacritics(fullName)}`;
}

type ListedTerm = Omit<PrestigiousTerm, 'personId'>;

/**
 * One decision is one term, however its number is written. Nor does anybody hold two at a time: of years that overlap, the list means the one that is there, unless
 * that one has ended.
 */
function isSameTerm(known: ListedTerm, listed: ListedTerm): boolean {
  if (known.decisionNo !== undefined && listed.decisionNo !== undefined && plainNumber(known.decisionNo) === plainNumber(listed.decisionNo)) return true;
  return known.endReason === undefined && known.termFrom <= listed.termTo && listed.termFrom <= known.termTo;
}

/** `12/QĐ-UBND` and `12 / qd–ubnd` alike: letters and figures alone, in the order in which they stand. */
function plainNumber(decisionNo: string): string {
  return withoutDiacritics(decisionNo).replaceAll(/[^a-z0-9]/gu, '');
}

/** A number that is only written otherwise is none. */
function termDifferences(known: ListedTerm, { decisionNo, ...listed }: ListedTerm): FieldDifference[] {
  const isSameNumber = decisionNo === undefined || (known.decisionNo !== undefined && plainNumber(known.decisionNo) === plainNumber(decisionNo));
  const state = holdingStates.includes(known.state) ? known.state : listed.state;
  return differencesIn(known, { ...listed, state, ...(isSameNumber ? {} : { decisionNo }) });
}
