/** Which province a commune belongs to. */
import { isProvinceId } from './identifiers.ts';
import { isKind } from './record.ts';
import type { AnyRecord } from './record.ts';

/** The area id of the province that the commune's own record names; undefined: none is known, or it is a province itself. */
export function provinceIdOf(commune: AnyRecord | undefined): string | undefined {
  if (!isKind(commune, 'area') || commune.deleted || commune.fields.level !== 'commune') return undefined;
  const { parent } = commune.fields;
  return parent !== undefined && isProvinceId(parent) ? parent : undefined;
}
