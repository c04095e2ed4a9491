/** Areas as people say them, with the word for their kind. */
import type { Area } from '#domain/area.ts';
import { saysItsKind } from '#domain/place-name.ts';

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

/** `Xã Quang Hán`, `Xóm Ngọc Sơn`. A name that says its kind already stays as it is. */
export function areaTitle({ kind, name }: Pick<Area, 'kind' | 'name'>): string {
  return saysItsKind({ kind, name }) ? name : `${kindWords[kind]} ${name}`;
}
