/** Areas as people say them. */
import type { Area } from '#domain/area.ts';
import type { Messages } from './vi.ts';

/** With the word for its kind: `xóm Ngọc Sơn`. A name that says its kind already stays as it is. */
export function areaWords(m: Messages, { kind, name }: Pick<Area, 'kind' | 'name'>): string {
  const word = m.words.areaKinds[kind];
  return name.toLowerCase().startsWith(`${word} `) ? name : `${word} ${name}`;
}
