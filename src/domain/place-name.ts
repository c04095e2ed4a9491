/** How places are named: with the word for their kind before the name, said once. */
import { kindsOfLevel } from './area.ts';
import type { Area } from './area.ts';

/** What people and lists write before a hamlet's name, whatever kind the commune has it down as. */
const hamletWords = ['xóm', 'thôn', 'bản', 'làng', 'ấp', 'buôn', 'tổ', 'tdp', 'khu', 'tiểu khu', 'khối', 'phố'];
/** A commune may be called Bản Lầu or Phố Lu: there those words are the name. */
const upperWords = ['xã', 'phường', 'đặc khu', 'tỉnh', 'thành phố'];

/** `Bản Giốc`, `Tổ 5`: another word for the kind before it would be said twice, or be false. */
export function saysItsKind({ kind, name }: Pick<Area, 'kind' | 'name'>): boolean {
  const words = kindsOfLevel.hamlet.includes(kind) ? hamletWords : upperWords;
  const said = name.normalize('NFC').toLowerCase();
  return words.some((word) => said.startsWith(`${word} `));
}

/** `Xóm Ngọc Sơn`: with `word` for the kind before it, unless the name says its kind already. */
export function titleWith(word: string, area: Pick<Area, 'kind' | 'name'>): string {
  return saysItsKind(area) ? area.name : `${word} ${area.name}`;
}

const kindWords: Record<Area['kind'], string> = {
  tinh: 'Tỉnh',
  thanh_pho: 'Thành phố',
  xa: 'Xã',
  phuong: 'Phường',
  dac_khu: 'Đặc khu',
  xom: 'Xóm',
  thon: 'Thôn',
  ban: 'Bản',
  to_dan_pho: 'Tổ dân phố',
};

/** As people say it in Vietnamese, and as lists write it: `Xã Quang Hán`, `Xóm Ngọc Sơn`. */
export function areaTitle(area: Pick<Area, 'kind' | 'name'>): string {
  return titleWith(kindWords[area.kind], area);
}
