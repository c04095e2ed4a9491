/** Hamlet mergers are followed by `mergedInto`, one after another, to the hamlet that stands for the first today. */
import { isKind } from './record.ts';
import type { AnyRecord, Records } from './record.ts';

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
