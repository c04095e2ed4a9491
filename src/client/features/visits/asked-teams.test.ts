import { describe, expect, it } from 'vitest';
import type { FieldStore } from '#client/store/field-store.ts';
import { idOf, recordOf } from '#domain/records.test-support.ts';
import type { AnyRecord, FieldsOf } from '#domain/record.ts';
import { askedTeams } from './asked-teams.ts';

const visit = (fields: Partial<FieldsOf['visit']> = {}) => recordOf('visit', idOf(10), fields);
const asked = (n: number, fields: Partial<FieldsOf['visit_return']> = {}, deleted = false) => recordOf('visit_return', idOf(n), { visitId: idOf(10), on: '2026-11-20', ...fields }, { deleted });

function listed(visits: readonly ReturnType<typeof visit>[], questions: readonly ReturnType<typeof asked>[]) {
  const store = { all: () => questions, find: (id: string) => visits.find(({ recordId }) => recordId === id) as AnyRecord | undefined } as unknown as FieldStore;
  const { answered, waiting } = askedTeams(store, '2026-11-28');
  const ids = (list: typeof answered) => list.map(({ asked: { recordId } }) => recordId);
  return { answered: ids(answered), waiting: ids(waiting) };
}

describe('what the bloc asked the teams', () => {
  it('waits at its desk until it is answered, the oldest first', () => {
    expect(listed([visit()], [asked(1), asked(2, { on: '2026-11-02' })])).toEqual({ answered: [], waiting: [idOf(2), idOf(1)] });
    expect(listed([visit()], [asked(1, {}, true)])).toEqual({ answered: [], waiting: [] });
  });

  it('stands there as answered for a week, the newest first; what it took back itself is no answer', () => {
    const questions = [
      asked(1, { settledAs: 'corrected', settledOn: '2026-11-22' }), asked(2, { settledAs: 'stands', settledOn: '2026-11-27' }),
      asked(3, { settledAs: 'corrected', settledOn: '2026-11-21' }), asked(4, { settledAs: 'withdrawn', settledOn: '2026-11-27' }),
    ];
    expect(listed([visit()], questions)).toEqual({ answered: [idOf(2), idOf(1)], waiting: [] });
  });

  it('waits for nobody while the visit does not count, and stands nowhere without it', () => {
    expect(listed([visit({ voidReason: 'entered_twice' })], [asked(1)])).toEqual({ answered: [], waiting: [] });
    expect(listed([], [asked(1), asked(2, { settledAs: 'stands', settledOn: '2026-11-27' })])).toEqual({ answered: [], waiting: [] });
  });
});
