/** What a list of mobilization models would do to a commune's records: the same model is known by title and owner, and by its year where both say one. */
import type { MobilizationModel } from '#domain/mobilization-model.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import { differencesIn } from './differences.ts';
import { hamletFinder } from './hamlet-finder.ts';
import type { Decisions, ImportRecords, PlannedCreation, Reckoning } from './import-plan.ts';
import type { ReadList } from './read-list.ts';
import { placeIn, refusalOf } from './row-places.ts';
import type { RowPlace } from './row-reader.ts';

export function reckonModels(list: ReadList<'models'>, records: ImportRecords, decisions: Decisions): Reckoning {
  const hamlets = hamletFinder(records, decisions.allowsNewHamlets);
  const owners = hamletFinder(records, false, true);
  const all = (records.models ?? []).filter((known) => !known.deleted);
  const present = new Map(all.map((known) => [keyOf(known.fields), known]));
  const ofAnyYear = new Map(all.map((known) => [nameOf(known.fields), known]));
  const create: PlannedCreation[] = [];
  const unchanged: Reckoning['unchanged'][number][] = [];
  const wrong = [...list.wrong];
  const placeOf = new Map<string, RowPlace>();
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
    // Where one of the two says no year, they are the same.
    const known = model.year === undefined ? ofAnyYear.get(nameOf(model)) : (present.get(key) ?? present.get(keyOf({ ...model, year: undefined })));
    if (known !== undefined) {
      unchanged.push({ ...placeIn(listed), recordId: known.recordId, differs: differencesIn(known.fields, listedFields(model)) });
      continue;
    }
    hamlets.use(place.areaId);
    create.push({ ...placeIn(listed), kind: 'mobilization_model', areaId: place.areaId, fields: model });
  }
  return { layout: 'models', createHamlets: hamlets.created(), create, merge: [], joined: [], unchanged, skipped: [], questions: [], wrong, notes: [] };
}

/** A list that does not say a model was recognized does not say that it was not. */
function listedFields({ state, ...model }: MobilizationModel): Partial<MobilizationModel> {
  return state === 'recognized' ? { ...model, state } : model;
}

function keyOf(model: Pick<MobilizationModel, 'title' | 'owner' | 'year'>): string {
  return `${nameOf(model)} | ${model.year ?? ''}`;
}

function nameOf({ title, owner }: Pick<MobilizationModel, 'title' | 'owner'>): string {
  return `${withoutDiacritics(title)} | ${withoutDiacritics(owner ?? '')}`;
}
