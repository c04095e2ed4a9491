/** Hamlet mergers are followed by `mergedInto`, one after another, to the hamlet that stands for the first today. */
import { isHamletId } from './identifiers.ts';
import { isKind } from './record.ts';
import type { AnyRecord, Records, RecordState } from './record.ts';

/** The area itself, the hamlet that took it in, and so on to the last. In a ring (none is made any more; an older database may hold one) the last is there twice. */
export function areasFrom(areaId: string, records: Pick<Records, 'find'>): string[] {
  const chain: string[] = [];
  for (let next: string | undefined = areaId; next !== undefined; ) {
    const isMet = chain.includes(next);
    chain.push(next);
    const area: AnyRecord | undefined = isMet ? undefined : records.find(next);
    next = isKind(area, 'area') ? area.fields.mergedInto : undefined;
  }
  return chain;
}

/**
 * A hamlet that no other took in. Its `validTo` says nothing here: what lies in a hamlet whose days are over, and which nobody merged, still lies there, and is listed,
 * counted and written under its name until somebody does (domain model 2).
 */
export function standsForItself({ recordId, deleted, fields }: RecordState<'area'>): boolean {
  return isHamletId(recordId) && !deleted && fields.mergedInto === undefined;
}
