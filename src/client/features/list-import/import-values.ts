/** What an import remembers: while it is under way, for the next file of the same kind, and so that it can be taken back. */
import type { Draft, FieldStore } from '#client/store/field-store.ts';
import type { ImportRecords, ImportTrace, NearAnswer } from '#lists/import-plan.ts';
import { listLayouts } from '#lists/layout.ts';
import type { ListLayout } from '#lists/layout.ts';
import { recallMapping } from '#lists/mapping.ts';
import type { Mapping } from '#lists/mapping.ts';
import { isRemovable } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';

/** The rows stay in the file: a draft holds nothing of whom they are about. */
export interface ImportValues {
  readonly layout: ListLayout;
  /** The file that was being imported, by its name and `fingerprintOfBytes`; undefined: none was chosen yet. */
  readonly file?: { readonly name: string; readonly fingerprint: string } | undefined;
  readonly answers: Readonly<Record<string, NearAnswer>>;
  readonly otherwise?: NearAnswer | undefined;
  readonly allowsNewHamlets: boolean;
}

export const importDraftId = 'list-import';

export function newImportValues(): ImportValues {
  return { layout: 'households', answers: {}, allowsNewHamlets: false };
}

/** What was being imported when it was left; what was answered counts for that very file alone: sorted anew it has the same size, and other rows in the same lines. */
export function takenUp(values: ImportValues, file: NonNullable<ImportValues['file']>): Omit<ImportValues, 'layout'> {
  const isSame = values.file?.fingerprint === file.fingerprint;
  return { file, answers: isSame ? values.answers : {}, otherwise: isSame ? values.otherwise : undefined, allowsNewHamlets: isSame && values.allowsNewHamlets };
}

const mappingDraftId = (layout: ListLayout) => `list-mapping-${layout}`;

/** Which column became which field the last time, on this device of this commune. */
export function rememberedMapping(store: Pick<FieldStore, 'drafts'>, layout: ListLayout): Mapping {
  return recallMapping(store.drafts().find(({ draftId }) => draftId === mappingDraftId(layout))?.values, layout);
}

/** What was known of other files of the same kind stays. */
export async function rememberMapping(store: Pick<FieldStore, 'drafts' | 'saveDraft'>, layout: ListLayout, mapping: Mapping): Promise<void> {
  await store.saveDraft({ draftId: mappingDraftId(layout), form: 'list_mapping', values: { ...rememberedMapping(store, layout), ...mapping } });
}

/**
 * Of what it wrote the ids alone: what stood in the rows is in the register, and goes with it when a household takes it back. So what was mended in households
 * that were there can be set back as long as the page of the import is open, and then by hand.
 */
export interface ImportMade {
  readonly layout: ListLayout;
  readonly fileName: string;
  readonly created: ImportTrace['created'];
}

/** What a row became each; what belongs to one of them (a person's term) came with it, or was added to what was there (`rowsAdded`). */
export function rowsMade({ created }: Pick<ImportTrace, 'created'>): ImportTrace['created'] {
  return created.filter(({ kind, of }) => of === undefined && kind !== 'area' && kind !== 'prestigious_term');
}

/** How many rows added to what was there: fields, or the term of a person who was known. */
export function rowsAdded({ created, merged }: ImportTrace): number {
  return merged.length + created.filter(({ kind, of }) => kind === 'prestigious_term' && of === undefined).length;
}

/** Can anything of it be taken back here? A household is closed; of the rest nobody deletes what citizens said, nor a hamlet. */
export function isUndoable({ created, merged }: ImportTrace): boolean {
  return merged.length > 0 || created.some(({ kind }) => kind === 'household' || isRemovable(kind));
}

/** What citizens said is taken back by nobody in the app: no office may let a complaint vanish (decision 0031). */
export function hasFeedback({ created }: Pick<ImportTrace, 'created'>): boolean {
  return created.some(({ kind }) => kind === 'feedback');
}

/** As the command `undo-import` reads it: ids and fingerprints, nobody's name or words. */
export function undoFile({ created, merged }: ImportTrace): string {
  return `${JSON.stringify({ created, merged } satisfies ImportTrace)}\n`;
}

/** The id of the draft that notes an import. */
export const madeDraftId = (importId: string) => `${tracePrefix}${importId}`;
const tracePrefix = 'list-made-';

export async function noteMade(store: Pick<FieldStore, 'saveDraft'>, importId: string, made: ImportMade): Promise<void> {
  await store.saveDraft({ draftId: madeDraftId(importId), form: 'list_made', values: made });
}

export interface EarlierImport extends ImportMade {
  readonly draftId: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** The newest first. */
export function earlierImports(drafts: readonly Draft[]): readonly EarlierImport[] {
  return drafts
    .flatMap((draft) => (draft.draftId.startsWith(tracePrefix) && isMade(draft.values) ? [{ ...draft.values, draftId: draft.draftId, savedAt: draft.savedAt }] : []))
    .sort((one, other) => other.savedAt - one.savedAt);
}

/** Looked at each time the page is drawn, for twenty thousand rows perhaps. */
function isTraced(made: unknown): boolean {
  return typeof made === 'object' && made !== null && 'recordId' in made && typeof made.recordId === 'string' && 'fingerprint' in made;
}

function isMade(values: unknown): values is ImportMade {
  if (typeof values !== 'object' || values === null || !('layout' in values) || !('fileName' in values) || !('created' in values)) return false;
  return (listLayouts as readonly unknown[]).includes(values.layout) && typeof values.fileName === 'string' && Array.isArray(values.created) && values.created.every(isTraced);
}

/** What the commune has already, for the list to be held against; undefined: the commune itself is still to come to this device. */
export function recordsAtHand(store: Pick<FieldStore, 'account' | 'find' | 'all'>): ImportRecords | undefined {
  const { communeCode } = store.account();
  const commune = store.find(communeCode);
  if (!isKind(commune, 'area')) return undefined;
  const hamlets = store.all('area').filter(({ recordId }) => recordId !== communeCode && recordId.startsWith(communeCode));
  return { commune, hamlets, households: store.all('household'), people: store.all('prestigious_person'), terms: store.all('prestigious_term'), feedback: store.all('feedback'), units: store.all('unit'), models: store.all('mobilization_model') };
}
