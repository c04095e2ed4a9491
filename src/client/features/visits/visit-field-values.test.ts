import { describe, expect, it } from 'vitest';
import type { RecordState } from '#domain/record.ts';
import type { Visit } from '#domain/visit.ts';
import { fieldsOfValues, usualRound, valuesOfVisit } from './visit-field-values.ts';

const me = '01900000-0000-7000-8000-0000000000aa';
const visit = (hour: string, fields: Partial<Visit>, memberId = me): RecordState<'visit'> => ({
  recordId: `v${hour}`, kind: 'visit', areaId: '01789-003', version: 1, deleted: false, conflicts: [], memberId, occurredAt: `2026-11-21T${hour}:00:00+07:00`,
  fields: { householdId: 'h', date: '2026-11-21', purpose: 'regular', met: 'yes', ...fields },
});
const storeOf = (...visits: RecordState<'visit'>[]) => ({ all: () => visits as never, account: () => ({ memberId: me }) as never });

describe('what is usual', () => {
  it('is that of one\'s own last visit that counts', () => {
    const store = storeOf(
      visit('09', { purpose: 'tet', companions: ['women', 'border_guard'] }),
      visit('08', { purpose: 'illness' }),
      visit('10', { purpose: 'disaster', voidReason: 'entered_twice' }),
      visit('11', { purpose: 'newborn' }, 'somebody else'),
    );
    expect(usualRound(store, '2026-11-21')).toEqual({ purpose: 'tet', companions: ['women', 'border_guard'] });
  });

  it('names nobody as going along who did so weeks ago', () => {
    const store = storeOf(visit('09', { purpose: 'tet', companions: ['women'] }));
    expect(usualRound(store, '2026-11-28').companions).toEqual(['women']);
    expect(usualRound(store, '2026-11-29')).toEqual({ purpose: 'tet', companions: [] });
  });

  it('is a regular visit, alone, before there was any', () => {
    expect(usualRound(storeOf(), '2026-11-21')).toEqual({ purpose: 'regular', companions: [] });
  });
});

describe('a visit that is corrected', () => {
  const all: Visit = { householdId: 'h', date: '2026-11-21', purpose: 'tet', met: 'asked_later', companions: ['youth'], topics: ['road'], needsReported: ['barn'], outcome: 'đã hẹn', durationMin: 15, promisedOn: '2026-11-25' };

  it('stands in the form as it was logged, and comes out of it the same', () => {
    const { householdId: _household, ...fields } = all;
    expect(fieldsOfValues(valuesOfVisit(all))).toEqual(fields);
  });

  it('is touched where somebody typed, and emptied where they cleared', () => {
    expect(fieldsOfValues({ durationMin: ' ' })).toEqual({ durationMin: undefined });
    expect(fieldsOfValues({ outcome: 'khác' })).toEqual({ outcome: 'khác' });
  });
});
