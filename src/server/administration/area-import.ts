/** Loads the official list of provinces and communes: all of it or, where a single cell is wrong, nothing. */
import type { Area } from '#domain/area.ts';
import { correction, creation, entryOf } from '#domain/command.ts';
import type { CommandContext } from '#domain/command.ts';
import type { EntryDraft } from '#domain/change.ts';
import { provinceAreaId } from '#domain/identifiers.ts';
import type { RecordState } from '#domain/record.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { Endpoint } from '../endpoint.ts';
import { applyAll } from './apply-all.ts';
import { readAreaList } from './area-list.ts';
import type { AreaColumn, AreaError } from './area-list.ts';
import type { TableRow } from '#tables/table.ts';

export interface AreaImport {
  readonly provinces: number;
  readonly communes: number;
  readonly created: number;
  /** Old name and new one where a name changed; both the same where something else did. */
  readonly changed: readonly { readonly areaId: string; readonly before: string; readonly after: string }[];
  readonly unchanged: number;
}

export type AreaImportError =
  | { readonly code: 'missing_columns'; readonly columns: readonly AreaColumn[] }
  | { readonly code: 'wrong_cells'; readonly errors: readonly AreaError[]; readonly read: number };

/** Areas that are there and not in the list stay: an official list names what is, not what ended. */
export async function importAreas(
  endpoint: Endpoint,
  rows: readonly TableRow[],
  context: CommandContext,
): Promise<Result<AreaImport, AreaImportError>> {
  const known = await knownAreas(endpoint, rows);
  const list = readAreaList(rows, (areaId) => known.has(areaId));
  if (!list.ok) return list;
  if (list.value.errors.length > 0) return err({ code: 'wrong_cells', errors: list.value.errors, read: list.value.read });

  const batches: { communeCode: string; drafts: EntryDraft[] }[] = [];
  const changed: { areaId: string; before: string; after: string }[] = [];
  let created = 0;
  for (const area of list.value.areas) {
    const before = known.get(area.code);
    const draft = before === undefined ? creationOf(area, context) : correctionOf(before, area, context);
    if (draft === undefined) continue;
    if (before === undefined) created += 1;
    else changed.push({ areaId: area.code, before: before.fields.name, after: area.name });
    batches.push({ communeCode: area.code, drafts: [draft] });
  }
  if (batches.length > 0) await applyAll(endpoint, batches);
  const provinces = list.value.areas.filter((area) => area.level === 'province').length;
  return ok({
    provinces,
    communes: list.value.areas.length - provinces,
    created,
    changed,
    unchanged: list.value.areas.length - created - changed.length,
  });
}

/** The areas that the list may speak of, as they are. A code that is none finds nothing. */
async function knownAreas(endpoint: Endpoint, rows: readonly TableRow[]): Promise<Map<string, RecordState<'area'>>> {
  const cells = new Set(rows.flatMap((row) => row.cells));
  const ids = [...cells].flatMap((cell) => (/^\d{5}$/u.test(cell) ? [cell] : /^\d{2}$/u.test(cell) ? [provinceAreaId(cell)] : []));
  const known = new Map<string, RecordState<'area'>>();
  for (const areaId of ids) {
    for (const area of await endpoint.records(areaId, 'area')) known.set(area.recordId, area);
  }
  return known;
}

function creationOf(area: Area, context: CommandContext): EntryDraft {
  return draftOf(creation('area', area.code, area.code, area), context);
}

/** Undefined where nothing differs. A name that people still say stays findable among the former ones. */
function correctionOf(before: RecordState<'area'>, area: Area, context: CommandContext): EntryDraft | undefined {
  const { name, kind, parent } = area;
  const isRenamed = name !== before.fields.name;
  const formerNames = [...(before.fields.formerNames ?? []).filter((former) => former !== name), before.fields.name].slice(-10);
  const changed = correction(before, 'area', { name, kind, parent, ...(isRenamed ? { formerNames } : {}) });
  return changed.ok && changed.value === undefined ? undefined : draftOf(changed, context);
}

/** The list was checked cell by cell: a change that breaks a rule now is a fault of this program. */
function draftOf(change: ReturnType<typeof correction>, context: CommandContext): EntryDraft {
  if (!change.ok || change.value === undefined) throw new Error('an area of a checked list broke a rule', { cause: change });
  const entry = entryOf([change.value], context);
  if (!entry.ok) throw new Error('an entry of areas broke a rule', { cause: entry.error });
  return entry.value;
}
