import { expect, test } from 'vitest';
import type { Area } from '#domain/area.ts';
import { commune, hamlet, otherCommune, otherHamlet, recordOf } from '#domain/records.test-support.ts';
import { standingHamlets } from './my-hamlets.ts';

const area = (code: string, name: string, fields: Partial<Area> = {}, over: { deleted?: boolean } = {}) =>
  recordOf('area', code, { code, level: 'hamlet', kind: 'xom', name, parent: code.slice(0, 5), ...fields }, { areaId: code, ...over });

const standingAmong = (...areas: ReturnType<typeof area>[]) =>
  standingHamlets({
    all: ((kind: string) => (kind === 'area' ? areas : [])) as Parameters<typeof standingHamlets>[0]['all'],
    account: () => ({ memberId: 'm', communeCode: commune, name: 'Én', assignments: [] }),
  });

test('the hamlets of the commune are those that no other took in, in Vietnamese order', () => {
  const communeItself = area(commune, 'Quang Hán', { level: 'commune', kind: 'xa', parent: '99904' });
  const areas = [communeItself, area(hamlet, 'Đông'), area(otherHamlet, 'Ca'), area('01789-005', 'An', { mergedInto: hamlet }), area('01789-006', 'Ba', {}, { deleted: true }), area(`${otherCommune}-001`, 'Bản')];
  expect(standingAmong(...areas)).toEqual([otherHamlet, hamlet]);
});

test('one whose last day is over stands until another takes it in: what lies there still needs a place', () => {
  expect(standingAmong(area(hamlet, 'Đông', { validTo: '2026-06-30' }), area(otherHamlet, 'Ca', { validTo: '2026-12-31' }))).toEqual([otherHamlet, hamlet]);
});
