import { expect, test } from 'vitest';
import { applyChange } from './change.ts';
import { hamletsToMergeInto, mergeHamlets } from './merge-hamlets.ts';
import { presentArea } from './permissions.ts';
import { commandContext, commune, endpointContext, hamlet, otherCommune, otherHamlet, recordOf, recordsOf } from './records.test-support.ts';
import type { RecordState } from './record.ts';

const area = (code: string, mergedInto?: string): RecordState<'area'> =>
  recordOf('area', code, { code, parent: code.slice(0, 5), ...(mergedInto === undefined ? {} : { mergedInto }) }, { areaId: code, version: 3 });
const [ngocSon, lungRi, naThoong, elsewhere] = [area(hamlet), area(otherHamlet), area('01789-005'), area(`${otherCommune}-001`)];
const province: RecordState<'area'> = { ...area(commune), fields: { code: commune, level: 'commune', kind: 'xa', name: 'Quang Hán', parent: '99904' } };

test('a hamlet that is merged into another stands for it from then on', () => {
  const made = mergeHamlets(ngocSon, lungRi.recordId, [ngocSon, lungRi], commandContext());
  if (!made.ok) throw new Error(made.error.code);
  const [change, ...others] = made.value.changes;
  expect(others).toEqual([]);
  expect(change).toEqual({ recordId: hamlet, kind: 'area', areaId: hamlet, base: 3, set: { mergedInto: otherHamlet } });
  const merged = applyChange(ngocSon, change!, endpointContext([], recordsOf(province, lungRi)));
  if (!merged.ok) throw new Error(merged.error.code);
  expect(presentArea(hamlet, recordsOf(merged.value, lungRi))).toBe(otherHamlet);
});

test('only a hamlet of the commune that stands for itself may take another in', () => {
  const areas = [province, ngocSon, lungRi, area('01789-005', otherHamlet), { ...area('01789-006'), deleted: true }, elsewhere];
  expect(hamletsToMergeInto(ngocSon, areas).map(({ recordId }) => recordId)).toEqual([otherHamlet]);
});

test.each<[string, RecordState<'area'>, string]>([
  ['into itself', ngocSon, hamlet],
  ['into one that was merged', lungRi, hamlet],
  ['when it was merged before', area(hamlet, otherHamlet), naThoong.recordId],
  ['into another commune', ngocSon, elsewhere.recordId],
  ['into a hamlet that is not there', ngocSon, '01789-099'],
  ['when it is no hamlet', province, otherHamlet],
])('a hamlet is not merged %s', (_, from, intoId) => {
  const areas = [from, lungRi, naThoong, elsewhere, ...(from === lungRi ? [area(hamlet, '01789-005')] : [ngocSon])];
  expect(mergeHamlets(from, intoId, areas, commandContext())).toEqual({ ok: false, error: { kind: 'area', code: 'unknown_area', field: 'mergedInto' } });
});
