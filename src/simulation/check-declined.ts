/** What a household took back stands on none of its doubles, worked out once more from the records and the history alone. */
import type { RunContext } from './run-context.ts';
import type { SimulatedEndpoint } from './simulated-endpoint.ts';

interface Household {
  readonly recordId: string;
  readonly contact: string;
  readonly mergedInto: string | null;
}

export function checkDeclined(run: RunContext, { database }: SimulatedEndpoint): void {
  const households = database.rows<Household>("select recordId, fields ->> 'contact' as contact, fields ->> 'mergedInto' as mergedInto from record where kind = 'household' and deleted = 0");
  const known = new Map(households.map((household) => [household.recordId, household]));
  const answers = Map.groupBy(
    database.rows<{ recordId: string; value: string }>("select recordId, value from record_history where field = 'contact' order by version"),
    ({ recordId }) => recordId,
  );
  for (const { recordId, contact, mergedInto } of households) {
    if (contact === 'no' || mergedInto === null || !isDeclined(mergedInto, known)) continue;
    // It was emptied, and somebody who had not heard of that wrote on the double itself that it agrees: two answers, and a person asks.
    const hasAgreedSince = answers.get(recordId)?.some(({ value }) => value === '"no"') === true;
    if (!hasAgreedSince) run.broke(`${recordId} is named, though it is the double of a household that declined`);
  }
}

function isDeclined(householdId: string, known: ReadonlyMap<string, Household>): boolean {
  const seen = new Set<string>();
  for (let at: string | null = householdId; at !== null && !seen.has(at); at = known.get(at)?.mergedInto ?? null) {
    seen.add(at);
    if (known.get(at)?.contact === 'no') return true;
  }
  return false;
}
