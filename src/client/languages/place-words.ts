/** Places as people say them, and what somebody does there. */
import type { Area } from '#domain/area.ts';
import { titleWith } from '#domain/place-name.ts';
import type { AnyRecord } from '#domain/record.ts';
import type { Assignment } from '#domain/role.ts';
import type { Messages } from './vi.ts';

interface Known {
  find(recordId: string): AnyRecord | undefined;
}

/** With the word for its kind: `xóm Ngọc Sơn`. A name that says its kind already stays as it is. */
export function areaWords(m: Messages, area: Pick<Area, 'kind' | 'name'>): string {
  return titleWith(m.words.areaKinds[area.kind], area);
}

/** `xóm Ngọc Sơn`; the id where the area has not come down yet. */
export function areaWordsOf(m: Messages, known: Known, areaId: string): string {
  const area = known.find(areaId);
  return area?.kind === 'area' ? areaWords(m, area.fields) : areaId;
}

/** With what it lies in, up to the commune: `xóm Ngọc Sơn, xã Quang Hán`. */
export function placeWords(m: Messages, known: Known, areaId: string): string {
  const area = known.find(areaId);
  const parent = area?.kind === 'area' && area.fields.level === 'hamlet' ? area.fields.parent : undefined;
  return parent === undefined ? areaWordsOf(m, known, areaId) : `${areaWordsOf(m, known, areaId)}, ${areaWordsOf(m, known, parent)}`;
}

/** Undefined where it has not come down yet: its id would tell a person nothing. */
export function unitName(known: Known, unitId: string | undefined): string | undefined {
  const unit = unitId === undefined ? undefined : known.find(unitId);
  return unit?.kind === 'unit' ? unit.fields.name : undefined;
}

/** `Tổ viên, xóm Ngọc Sơn`; `Đơn vị trả lời, Trạm Y tế xã`. */
export function assignmentWords(m: Messages, known: Known, { role, hamletId, unitId }: Assignment): string {
  const place = hamletId === undefined ? unitName(known, unitId) : areaWordsOf(m, known, hamletId);
  return place === undefined ? m.words.roles[role] : `${m.words.roles[role]}, ${place}`;
}
