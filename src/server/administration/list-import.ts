/** Imports a list into a commune's records: reads, plans, and writes in one transaction or not at all. */
import { isSameValue } from '#domain/change.ts';
import type { CommandContext } from '#domain/command.ts';
import { dayOf, isHamletId } from '#domain/identifiers.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { Decisions, ImportPlan, ImportRecords, Reckoning } from '#lists/import-plan.ts';
import type { ListLayout } from '#lists/layout.ts';
import { reckonImport, withEntries } from '#lists/plan-import.ts';
import { readList } from '#lists/read-list.ts';
import type { ReadList, SheetError } from '#lists/read-list.ts';
import type { Sheet } from '#tables/table.ts';
import type { Endpoint } from '../endpoint.ts';
import type { RecordReader } from '../own-entries.ts';
import { applyAll } from './apply-all.ts';

export interface ListReading {
  readonly list: ReadList;
  readonly reckoning: Reckoning;
}

/** Reads the sheets and reckons what would be written; writes nothing. */
export async function readImport(
  endpoint: Endpoint,
  sheets: readonly Sheet[],
  { layout, communeCode, decisions }: { readonly layout: ListLayout; readonly communeCode: string; readonly decisions: Decisions },
  context: CommandContext,
): Promise<Result<ListReading, SheetError | { readonly code: 'unknown_commune' }>> {
  const records = await recordsFor(layout, endpoint.records, communeCode);
  if (records === undefined) return err({ code: 'unknown_commune' });
  const list = readList(sheets, layout, {}, { today: dayOf(context.now), sourceListId: context.newId(), hamlets: records.hamlets });
  if (!list.ok) return list;
  return ok({ list: list.value, reckoning: reckonImport(list.value, records, decisions) });
}

async function recordsFor(layout: ListLayout, read: RecordReader, communeCode: string): Promise<ImportRecords | undefined> {
  const areas = await read(communeCode, 'area');
  const commune = areas.find((area) => area.recordId === communeCode && area.fields.level === 'commune');
  if (commune === undefined) return undefined;
  const places = { commune, hamlets: areas.filter((area) => isHamletId(area.recordId)) };
  switch (layout) {
    case 'households':
      return { ...places, households: await read(communeCode, 'household') };
    case 'prestigious':
      return { ...places, people: await read(communeCode, 'prestigious_person'), terms: await read(communeCode, 'prestigious_term') };
    case 'feedback':
      return { ...places, feedback: await read(communeCode, 'feedback'), units: await read(communeCode, 'unit') };
    case 'models':
      return { ...places, models: await read(communeCode, 'mobilization_model') };
  }
}

/**
 * Writes what was reckoned, if the records still come to the same: two imports of one list that both planned before either wrote would
 * write every row twice. Undefined: they do not, and nothing was written.
 */
export async function writeImport(
  endpoint: Endpoint,
  { communeCode, decisions }: { readonly communeCode: string; readonly decisions: Decisions },
  { list, reckoning }: ListReading,
  context: CommandContext,
): Promise<ImportPlan | undefined> {
  let plan: ImportPlan | undefined;
  await applyAll(endpoint, async (read) => {
    const records = await recordsFor(list.layout, read, communeCode);
    const isSame = records !== undefined && isSameValue(reckonImport(list, records, decisions), reckoning);
    plan = isSame ? withEntries(reckoning, context) : undefined;
    return plan === undefined ? [] : [{ communeCode, drafts: plan.entries }];
  });
  return plan;
}
