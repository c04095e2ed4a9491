/** How lists name hamlets: `Xóm Ngọc Sơn`, `ngoc son`, `TDP 5`, `XÓM NGỌC SƠN (86 hộ)`; and which hamlet of the commune is meant. */
import type { AreaKind } from '#domain/area.ts';
import { isHamletId } from '#domain/identifiers.ts';
import { presentArea } from '#domain/permissions.ts';
import { areaTitle, saysItsKind } from '#domain/place-name.ts';
import type { RecordState } from '#domain/record.ts';
import { tidyText, withoutDiacritics } from '#domain/vietnamese-text.ts';

type HamletKind = Extract<AreaKind, 'xom' | 'thon' | 'ban' | 'to_dan_pho'>;

/** With their diacritics or with none at all: the family name Bàn is no bản. */
const writtenKinds: readonly (readonly [HamletKind, string])[] = [
  ['to_dan_pho', 'tổ dân phố'], ['to_dan_pho', 'to dan pho'], ['to_dan_pho', 'tdp'], ['xom', 'xóm'], ['xom', 'xom'], ['thon', 'thôn'], ['thon', 'thon'], ['ban', 'bản'], ['ban', 'ban'],
];

export interface WrittenHamlet {
  /** Undefined where the list names no kind. */
  readonly kind: HamletKind | undefined;
  readonly name: string;
}

/** `Tổ dân phố 5` -> `to_dan_pho`, `5`. */
export function readHamletName(written: string): WrittenHamlet {
  const text = oneLine(written);
  const lower = `${text.toLowerCase()} `;
  for (const [kind, words] of writtenKinds) {
    const name = text.split(' ').slice(words.split(' ').length).join(' ');
    if (lower.startsWith(`${words} `) && name !== '') return { kind, name };
  }
  return { kind: undefined, name: text };
}

/**
 * A row that says which hamlet the rows below it lie in: `II. XÓM NGỌC SƠN (86 hộ)` -> `XÓM NGỌC SƠN`; without the word for it, one that the commune has.
 * Undefined: it names none. `Ban Van Phu` is a person as often as a place.
 */
export function hamletAbove(text: string, isKnown: (written: string) => boolean): string | undefined {
  const bare = oneLine(text)
    .replace(/^(?:[IVXLC]{1,6}|\d{1,3}|[A-Z])[.)/:-]?\s+(?=\p{L})/u, '')
    .replace(/\s*[(:–-]\s*(?:tổng số )?\d+ (?:hộ|người|nhân khẩu|khẩu)(?!\p{L}).*$/iu, '')
    .replace(/\s*[:.]$/u, '');
  if (bare.length > 80 || /^\S+ (?:trưởng|phó|viên)(?:\s|$)/iu.test(bare)) return undefined;
  if (isKnown(bare)) return bare;
  const isPlainBan = /^ban /iu.test(bare);
  return !isPlainBan && (readHamletName(bare).kind !== undefined || saysItsKind({ kind: 'xom', name: bare })) ? bare : undefined;
}

/** A title or the name of a sheet that tells of one hamlet: `DANH SÁCH HỘ XÓM NGỌC SƠN, XÃ QUANG HÁN NĂM 2026`. `bản` is too often a paper. */
export function hamletInTitle(text: string): string | undefined {
  const found = /(?:^|\s)((?:xóm|thôn|tdp|tổ dân phố)\s.+)$/iu.exec(oneLine(text))?.[1];
  const name = found?.split(/[,;(–]| - |\s(?:xã|phường|năm|quý|tháng|đợt)\s/iu)[0]?.trim();
  return name !== undefined && readHamletName(name).kind !== undefined ? name : undefined;
}

export type HamletMatch = { readonly areaId: string } | 'unknown' | 'ambiguous';

export interface HamletMatcher {
  /**
   * The hamlet a list means: as written with its diacritics before without them, with its kind before the name alone. A hamlet that
   * was merged is followed into the one that took it in.
   */
  match(written: string): HamletMatch;
  /** The same for where somebody lives, which says more than the hamlet: `Số 5, xóm Ngọc Sơn, xã Quang Hán`. */
  matchAddress(written: string): HamletMatch;
  add(area: RecordState<'area'>): void;
}

type Spelling = (text: string) => string;
const spellings: readonly Spelling[] = [(text) => text.normalize('NFC').toLowerCase(), withoutDiacritics];

export function createHamletMatcher(areas: readonly RecordState<'area'>[]): HamletMatcher {
  const known = new Map(areas.map((area) => [area.recordId, area]));
  const find = (recordId: string) => known.get(recordId);
  // In the order in which they are asked: title before name, as written before without diacritics.
  const tables = spellings.map((spell) => ({ spell, titles: new Map<string, Set<string>>(), names: new Map<string, Set<string>>() }));
  const put = (table: Map<string, Set<string>>, text: string, id: string) => table.set(text, (table.get(text) ?? new Set()).add(id));

  const add = (area: RecordState<'area'>) => {
    known.set(area.recordId, area);
    if (!isHamletId(area.recordId) || area.deleted) return;
    for (const { spell, titles, names } of tables) {
      put(titles, spell(areaTitle(area.fields)), area.recordId);
      for (const name of [area.fields.name, ...(area.fields.formerNames ?? [])]) put(names, spell(name), area.recordId);
    }
  };
  for (const area of areas) add(area);

  const match = (written: string): HamletMatch => {
    const text = oneLine(written);
    const { name } = readHamletName(written);
    for (const { spell, titles, names } of tables) {
      const byTitle = titles.get(spell(text)) ?? [];
      const byName = [...(names.get(spell(text)) ?? []), ...(names.get(spell(name)) ?? [])];
      for (const matched of [[...byTitle], byName]) {
        const present = [...new Set(matched.map((areaId) => presentArea(areaId, { find })))];
        if (present.length > 1) return 'ambiguous';
        if (present[0] !== undefined) return { areaId: present[0] };
      }
    }
    return 'unknown';
  };
  const matchAddress = (written: string): HamletMatch => {
    let answer: HamletMatch = 'unknown';
    for (const part of partsOfAddress(written)) {
      const found = match(part);
      if (typeof found !== 'string') return found;
      if (found === 'ambiguous') answer = found;
    }
    return answer;
  };
  return { match, matchAddress, add };
}

/** The whole first, then what follows the word for a hamlet, then what stands between commas; a bare number there is a house's. */
export function partsOfAddress(written: string): readonly string[] {
  const text = oneLine(written);
  const parts = text.split(/[,;]| [-–] |\s(?=(?:xã|phường)\s)/iu).map((part) => part.trim()).filter((part) => part !== '');
  const named = parts.flatMap((part) => /(?:^|\s)((?:xóm|thôn|bản|tdp|tổ dân phố|xom|thon|ban|to dan pho)\s.+)$/iu.exec(part)?.[1] ?? []);
  return [...new Set([text, ...named, ...parts.filter((part) => /\p{L}/u.test(part))])];
}

function oneLine(text: string): string {
  return tidyText(text).replace(/\s+/gu, ' ');
}
