/** How lists name hamlets: `Xóm Ngọc Sơn`, `ngoc son`, `TDP 5`; and which hamlet of the commune is meant. */
import type { AreaKind } from '#domain/area.ts';
import { isHamletId } from '#domain/identifiers.ts';
import { presentArea } from '#domain/permissions.ts';
import type { RecordState } from '#domain/record.ts';
import { tidyText, withoutDiacritics } from '#domain/vietnamese-text.ts';
import { areaTitle } from '../area-title.ts';

type HamletKind = Extract<AreaKind, 'xom' | 'thon' | 'ban' | 'to_dan_pho'>;

const writtenKinds: readonly (readonly [HamletKind, string])[] = [
  ['to_dan_pho', 'to dan pho '], ['to_dan_pho', 'tdp '], ['xom', 'xom '], ['thon', 'thon '], ['ban', 'ban '],
];

export interface WrittenHamlet {
  /** Undefined where the list names no kind. */
  readonly kind: HamletKind | undefined;
  readonly name: string;
}

/** `Tổ dân phố 5` -> `to_dan_pho`, `5`. */
export function readHamletName(written: string): WrittenHamlet {
  const text = tidyText(written).replace(/\s+/gu, ' ');
  const plain = `${withoutDiacritics(text)} `;
  for (const [kind, prefix] of writtenKinds) {
    const name = text.split(' ').slice(prefix.split(' ').length - 1).join(' ');
    if (plain.startsWith(prefix) && name !== '') return { kind, name };
  }
  return { kind: undefined, name: text };
}

export type HamletMatch = { readonly areaId: string } | 'unknown' | 'ambiguous';

/**
 * The hamlet a list means: as written with its diacritics before without them, with its kind before the name alone. A hamlet that
 * was merged is followed into the one that took it in.
 */
export function matchHamlet(written: string, areas: readonly RecordState<'area'>[]): HamletMatch {
  const hamlets = areas.filter((area) => isHamletId(area.recordId) && !area.deleted);
  const text = tidyText(written).replace(/\s+/gu, ' ');
  const { name } = readHamletName(written);
  const find = (recordId: string) => areas.find((area) => area.recordId === recordId);
  for (const spelling of [(said: string) => said.normalize('NFC').toLowerCase(), withoutDiacritics]) {
    const isSaid = (candidate: string, ...said: readonly string[]) => said.map(spelling).includes(spelling(candidate));
    const byTitle = hamlets.filter(({ fields }) => isSaid(areaTitle(fields), text));
    const byName = hamlets.filter(({ fields }) => [fields.name, ...(fields.formerNames ?? [])].some((known) => isSaid(known, text, name)));
    for (const matched of [byTitle, byName]) {
      const present = [...new Set(matched.map((area) => presentArea(area.recordId, { find })))];
      if (present.length > 1) return 'ambiguous';
      if (present[0] !== undefined) return { areaId: present[0] };
    }
  }
  return 'unknown';
}
