/** Where a list says something else of a record than the record does. */
import { isSameValue } from '#domain/change.ts';
import type { FieldDifference } from './import-plan.ts';

/** None or one. `to` undefined: the list leaves it open, which is no difference; null: it clears the field. */
export function differenceIn(known: object, field: string, to: unknown): FieldDifference[] {
  if (to === undefined) return [];
  const from = (known as Readonly<Record<string, unknown>>)[field] ?? null;
  return isSameValue(from, to) ? [] : [{ field, from, to }];
}

export function differencesIn(known: object, listed: Readonly<Record<string, unknown>>): FieldDifference[] {
  return Object.entries(listed).flatMap(([field, to]) => differenceIn(known, field, to));
}
