/** Imports a commune's households: reads, plans, and writes in one transaction or not at all. */
import { creation, entryOf } from '#domain/command.ts';
import type { CommandContext } from '#domain/command.ts';
import { isSameValue, maxChanges } from '#domain/change.ts';
import type { Change, EntryDraft } from '#domain/change.ts';
import { isHamletId } from '#domain/identifiers.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { Endpoint } from '../endpoint.ts';
import type { RecordReader } from '../own-entries.ts';
import { applyAll } from './apply-all.ts';
import type { TableRow } from '#tables/table.ts';
import { readHouseholdList } from './household-list.ts';
import type { HouseholdList, HouseholdListError } from './household-list.ts';
import { planHouseholds } from './household-plan.ts';
import type { CommuneRecords, HouseholdPlan } from './household-plan.ts';

export interface HouseholdReading {
  readonly list: HouseholdList;
  readonly plan: HouseholdPlan;
}

/** Reads the rows and plans what would be written; writes nothing. */
export async function readHouseholds(
  endpoint: Endpoint,
  rows: readonly TableRow[],
  options: { readonly communeCode: string; readonly createHamlets: boolean },
  context: CommandContext,
): Promise<Result<HouseholdReading, HouseholdListError | { readonly code: 'unknown_commune' }>> {
  const records = await readCommune(endpoint.records, options.communeCode);
  if (records === undefined) return err({ code: 'unknown_commune' });
  const list = readHouseholdList(rows, context.newId());
  if (!list.ok) return list;
  return ok({ list: list.value, plan: planHouseholds(list.value, records, options.createHamlets) });
}

async function readCommune(read: RecordReader, communeCode: string): Promise<CommuneRecords | undefined> {
  const areas = await read(communeCode, 'area');
  const commune = areas.find((area) => area.recordId === communeCode && area.fields.level === 'commune');
  if (commune === undefined) return undefined;
  return { commune, hamlets: areas.filter((area) => isHamletId(area.recordId)), households: await read(communeCode, 'household') };
}

/**
 * Writes what was planned, if the records still give the same plan: two imports of one list that both planned before either wrote would
 * write every household twice. `changed_meanwhile`: they do not, and nothing was written.
 */
export async function writeHouseholds(
  endpoint: Endpoint,
  { communeCode, createHamlets }: { readonly communeCode: string; readonly createHamlets: boolean },
  { list, plan }: HouseholdReading,
  context: CommandContext,
): Promise<'written' | 'changed_meanwhile'> {
  let isChanged = false;
  await applyAll(endpoint, async (read) => {
    const records = await readCommune(read, communeCode);
    isChanged = records === undefined || !isSameValue(planHouseholds(list, records, createHamlets), plan);
    return isChanged ? [] : [{ communeCode, drafts: draftsOf(plan, context) }];
  });
  return isChanged ? 'changed_meanwhile' : 'written';
}

/** Hamlets first, since a household lies in one. */
function draftsOf(plan: HouseholdPlan, context: CommandContext): EntryDraft[] {
  const changes = [
    ...plan.createHamlets.map((area) => changeOf(creation('area', area.code, area.code, area))),
    ...plan.create.map(({ areaId, household }) => changeOf(creation('household', areaId, context.newId(), household))),
  ];
  const drafts: EntryDraft[] = [];
  for (let start = 0; start < changes.length; start += maxChanges) {
    const entry = entryOf(changes.slice(start, start + maxChanges), context);
    if (!entry.ok) throw new Error('an entry of households broke a rule', { cause: entry.error });
    drafts.push(entry.value);
  }
  return drafts;
}

/** The list was checked cell by cell: a change that breaks a rule now is a fault of this program. */
function changeOf(change: ReturnType<typeof creation>): Change {
  if (!change.ok) throw new Error('a household of a checked list broke a rule', { cause: change.error });
  return change.value;
}
