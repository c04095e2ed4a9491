/** What a list of mobilization models would do to a commune's records: the same model is known by title and owner, and by its year where both say one. */
import type { MobilizationModel, ModelState } from '#domain/mobilization-model.ts';
import type { RecordState } from '#domain/record.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import { differencesIn } from './differences.ts';
import { hamletFinder } from './hamlet-finder.ts';
import type { Decisions, ImportRecords, NearQuestion, PlannedCreation, PlannedMerge, Reckoning } from './import-plan.ts';
import type { ListedRow, ReadList } from './read-list.ts';
import { answerTo, placeIn, questionId, refusalOf } from './row-places.ts';
import type { RowPlace } from './row-reader.ts';

type Known = RecordState<'mobilization_model'>;
type Listed = ListedRow<'models'>;
type Candidate = { readonly record: Known } | { readonly row: Listed };

export function reckonModels(list: ReadList<'models'>, records: ImportRecords, decisions: Decisions): Reckoning {
  const hamlets = hamletFinder(records, decisions.allowsNewHamlets);
  const owners = hamletFinder(records, false, true);
  const all = (records.models ?? []).filter((known) => !known.deleted);
  const present = new Map(all.map((known) => [keyOf(known.fields), known]));
  const ofAnyYear = new Map(all.map((known) => [nameOf(known.fields), known]));
  const near = createTitleIndex();
  for (const record of all) near.add(record.areaId, record.fields, { record });
  const create: PlannedCreation[] = [];
  const merge: PlannedMerge[] = [];
  const skipped: RowPlace[] = [];
  const joined: RowPlace[] = [];
  const questions: NearQuestion[] = [];
  const unchanged: Reckoning['unchanged'][number][] = [];
  const wrong = [...list.wrong];
  const placeOf = new Map<string, RowPlace>();
  /** Where one of the two says no year, they are the same. */
  const knownAs = (model: MobilizationModel) => (model.year === undefined ? ofAnyYear.get(nameOf(model)) : (present.get(keyOf(model)) ?? present.get(keyOf({ ...model, year: undefined }))));
  // Models that a row of this list is already, or mends: no other row may be merged into them.
  const taken = new Set(list.rows.flatMap(({ row }) => knownAs(row.model)?.recordId ?? []));
  for (const listed of list.rows) {
    const { model } = listed.row;
    // Without a hamlet of its own it lies where its owner says, or in the commune.
    const ofOwner = listed.hamlet === '' && model.owner !== undefined ? owners.find(model.owner) : 'unknown_area';
    const place = listed.hamlet === '' ? (typeof ofOwner === 'string' ? { areaId: records.commune.recordId } : ofOwner) : hamlets.find(listed.hamlet);
    if (typeof place === 'string') {
      wrong.push(refusalOf(list, listed, { field: 'hamlet', value: listed.hamlet, code: place }));
      continue;
    }
    const key = keyOf(model);
    const other = placeOf.get(key);
    if (other !== undefined) {
      wrong.push(refusalOf(list, listed, { field: 'title', value: model.title, code: 'repeated', other }));
      continue;
    }
    placeOf.set(key, placeIn(listed));
    const known = knownAs(model);
    if (known !== undefined) {
      unchanged.push({ ...placeIn(listed), recordId: known.recordId, differs: differencesIn(known.fields, listedFields(model, known.fields)) });
      continue;
    }
    const like = near.find(place.areaId, model, taken);
    const question = like === undefined ? undefined : questionOf(listed, like, taken, decisions);
    if (question !== undefined) questions.push(question);
    if (question !== undefined && question.answer === undefined) continue;
    if (question?.answer === 'skip') skipped.push(placeIn(listed));
    else if (question?.answer === 'merge' && like !== undefined && 'record' in like) {
      taken.add(like.record.recordId);
      merge.push({ ...placeIn(listed), record: like.record, set: Object.fromEntries(question.differs.map(({ field, to }) => [field, to])), differs: question.differs });
    } else if (question?.answer === 'merge') joined.push(placeIn(listed));
    else {
      hamlets.use(place.areaId);
      near.add(place.areaId, model, { row: listed });
      create.push({ ...placeIn(listed), kind: 'mobilization_model', areaId: place.areaId, fields: model });
    }
  }
  return { layout: 'models', createHamlets: hamlets.created(), create, merge, joined, unchanged, skipped, questions, wrong, notes: [] };
}

function questionOf(listed: Listed, like: Candidate, taken: ReadonlySet<string>, decisions: Decisions): NearQuestion {
  const id = questionId(listed);
  const { model } = listed.row;
  const other = 'record' in like ? like.record.fields : like.row.row.model;
  const mayMerge = !('record' in like && taken.has(like.record.recordId));
  const answer = answerTo(id, decisions);
  return {
    ...placeIn(listed), id, reason: 'same_title', said: saidOf(model), like: { ...('record' in like ? { recordId: like.record.recordId } : placeIn(like.row)), said: saidOf(other) },
    differs: 'record' in like ? differencesIn(other, listedFields(model, other)) : [], mayMerge, answer: answer === 'merge' && !mayMerge ? undefined : answer,
  };
}

/** `Nuôi bò nhốt chuồng, Nông Văn Sơn, 2026`. */
function saidOf({ title, owner, year }: MobilizationModel): string {
  return [title, owner, year].filter((part) => part !== undefined).join(', ');
}

/** Of one place, by its title and a year that may be the same; the owner may be written otherwise, or be another one. */
function createTitleIndex() {
  const found = new Map<string, { readonly year: number | undefined; readonly candidate: Candidate }[]>();
  const keyFor = (areaId: string, { title }: MobilizationModel) => `${areaId} ${withoutDiacritics(title).replaceAll(/[^a-z0-9]+/gu, ' ').trim().replace(/^mo hinh /u, '')}`;
  return {
    add(areaId: string, model: MobilizationModel, candidate: Candidate) {
      const key = keyFor(areaId, model);
      const alike = found.get(key);
      if (alike === undefined) found.set(key, [{ year: model.year, candidate }]);
      else alike.push({ year: model.year, candidate });
    },
    /** One that is not taken, if there is any. */
    find(areaId: string, model: MobilizationModel, taken: ReadonlySet<string>): Candidate | undefined {
      const alike = (found.get(keyFor(areaId, model)) ?? []).filter(({ year }) => year === undefined || model.year === undefined || year === model.year).map(({ candidate }) => candidate);
      return alike.find((candidate) => !('record' in candidate && taken.has(candidate.record.recordId))) ?? alike[0];
    },
  };
}

/** From recognition on. */
const recognizedStates: readonly ModelState[] = ['recognized', 'maintained', 'ended'];

/** A list that does not say a model was recognized does not say that it was not, nor that one has gone back; without an owner nothing tells of what kind one is. */
function listedFields({ state, ownerKind, ...model }: MobilizationModel, known: MobilizationModel): Partial<MobilizationModel> {
  return { ...model, ...(model.owner === undefined ? {} : { ownerKind }), ...(state === 'recognized' && !recognizedStates.includes(known.state) ? { state } : {}) };
}

function keyOf(model: Pick<MobilizationModel, 'title' | 'owner' | 'year'>): string {
  return `${nameOf(model)} | ${model.year ?? ''}`;
}

function nameOf({ title, owner }: Pick<MobilizationModel, 'title' | 'owner'>): string {
  return `${withoutDiacritics(title)} | ${withoutDiacritics(owner ?? '')}`;
}
