/** The hamlet of each row, and the hamlets that are made for rows which name one the commune has not. */
import type { Area } from '#domain/area.ts';
import type { ImportRecords } from './import-plan.ts';
import { createHamletMatcher, partsOfAddress, readHamletName } from './hamlet-names.ts';

export interface HamletFinder {
  readonly find: (written: string) => { readonly areaId: string } | 'unknown_area' | 'ambiguous_area' | 'too_many_areas' | 'too_long';
  /** Only hamlets that get a record are created. */
  readonly use: (areaId: string) => void;
  readonly created: () => Area[];
}

/** `isAddress`: the cells say where somebody lives, which is more than the hamlet. */
export function hamletFinder({ commune, hamlets }: ImportRecords, allowsNew: boolean, isAddress = false): HamletFinder {
  const matcher = createHamletMatcher(hamlets);
  const fresh = new Map<string, Area>();
  const used = new Set<string>();
  const found = new Map<string, ReturnType<HamletFinder['find']>>();
  let serial = Math.max(0, ...hamlets.map((area) => Number(area.recordId.slice(6))));

  const search = (written: string): ReturnType<HamletFinder['find']> => {
    const match = isAddress ? matcher.matchAddress(written) : matcher.match(written);
    if (match === 'ambiguous') return 'ambiguous_area';
    if (match !== 'unknown') return match;
    if (!allowsNew) return 'unknown_area';
    const parts = isAddress ? partsOfAddress(written) : [];
    const { kind, name } = readHamletName(parts.find((part) => readHamletName(part).kind !== undefined) ?? parts[1] ?? written);
    if (name.length > 80) return 'too_long';
    if (serial >= 999) return 'too_many_areas';
    serial += 1;
    const code = `${commune.recordId}-${String(serial).padStart(3, '0')}`;
    const area: Area = {
      code,
      level: 'hamlet',
      kind: kind ?? (commune.fields.kind === 'phuong' ? 'to_dan_pho' : 'xom'),
      name,
      parent: commune.recordId,
    };
    fresh.set(code, area);
    matcher.add({ ...commune, recordId: code, areaId: code, fields: area });
    return { areaId: code };
  };
  return {
    find: (written) => {
      const known = found.get(written) ?? search(written);
      found.set(written, known);
      return known;
    },
    use: (areaId) => used.add(areaId),
    created: () => [...fresh].filter(([code]) => used.has(code)).map(([, area]) => area),
  };
}
