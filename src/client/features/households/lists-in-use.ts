/** The official lists that needs were copied from: no record stands behind one, so it is known by the households that name it. */
import { householdNeeds } from '#domain/household.ts';
import type { HouseholdNeed } from '#domain/household.ts';
import type { RecordState } from '#domain/record.ts';

export interface ListInUse {
  readonly listId: string;
  readonly count: number;
  /** All that it says of anybody. */
  readonly needs: readonly HouseholdNeed[];
}

/** That which most name first. */
export function listsInUse(households: readonly RecordState<'household'>[]): readonly ListInUse[] {
  const lists = new Map<string, { count: number; readonly needs: Set<HouseholdNeed> }>();
  for (const { fields } of households) {
    const { sourceListId, needs = [] } = fields;
    if (sourceListId === undefined || needs.length === 0) continue;
    const list = lists.get(sourceListId) ?? { count: 0, needs: new Set<HouseholdNeed>() };
    lists.set(sourceListId, list);
    list.count += 1;
    for (const need of needs) list.needs.add(need);
  }
  return [...lists]
    .map(([listId, { count, needs }]) => ({ listId, count, needs: householdNeeds.filter((need) => needs.has(need)) }))
    .sort((a, b) => b.count - a.count || a.listId.localeCompare(b.listId));
}
