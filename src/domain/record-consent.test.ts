import { describe, expect, test } from 'vitest';
import { applyChange } from './change.ts';
import { replacedOn } from './consent.ts';
import type { Consent } from './consent.ts';
import type { Household } from './household.ts';
import { emptyDoubles, isToAnswerItself, namedAmong, namedDoubles, recordConsent, saidNoOnDouble } from './record-consent.ts';
import type { ConsentInput } from './record-consent.ts';
import type { AnyRecord, RecordState } from './record.ts';
import { commandContext, endpointContext, householdId, idOf, recordOf, recordsOf } from './records.test-support.ts';

const input: ConsentInput = { purpose: 'visits', decision: 'given', way: 'spoken', wording: 1, on: '2026-11-21' };
const household = (fields: Partial<RecordState<'household'>['fields']> = {}): RecordState<'household'> =>
  recordOf('household', householdId, { needs: ['poor'], sourceListId: idOf(50), ...fields });
const nameless: RecordState<'household'> = { ...household(), fields: { no: 12, houseLabel: 'cạnh nhà văn hóa', contact: 'no' } };

/** The household after the entry, as the endpoint applies it. */
function afterwards(before: RecordState<'household'>, said: ConsentInput): AnyRecord | undefined {
  const entry = recordConsent(before, said, commandContext());
  if (!entry.ok) throw new Error(entry.error.code);
  let record = before as AnyRecord;
  for (const change of entry.value.changes) {
    const applied = applyChange(change.kind === 'household' ? record : undefined, change, endpointContext([], recordsOf(before)));
    if (!applied.ok) throw new Error(applied.error.code);
    if (change.kind === 'household') record = applied.value;
  }
  return record;
}

describe('a household that is asked', () => {
  test('and agrees is named from then on, by the same entry that keeps its consent', () => {
    const entry = recordConsent(household({ contact: 'not_asked' }), input, commandContext());
    expect(entry.ok && entry.value.changes).toMatchObject([
      { kind: 'consent', base: 0, areaId: '01789-003', set: { householdId, purpose: 'visits', decision: 'given', way: 'spoken', wording: 1, on: '2026-11-21' } },
      { kind: 'household', recordId: householdId, set: { contact: 'yes' } },
    ]);
  });

  test.each(['refused', 'withdrawn'] as const)('and says %s is counted only: name, phone and needs go with it, and with them the list that says it had any', (decision) => {
    const after = afterwards(household(), { ...input, decision });
    expect(after?.fields).toEqual({ no: 12, houseLabel: 'cạnh nhà văn hóa', contact: 'no' });
  });

  test('and agrees after it had declined gives its name again, or nothing is saved', () => {
    expect(recordConsent(nameless, input, commandContext())).toEqual({ ok: false, error: { kind: 'household', code: 'required', field: 'headName' } });
    expect(afterwards(nameless, { ...input, headName: '  Nông Văn Sơn ' })?.fields).toMatchObject({ contact: 'yes', headName: 'Nông Văn Sơn' });
  });

  test('about a photo stays as it is', () => {
    const entry = recordConsent(household(), { ...input, purpose: 'photo', decision: 'refused', headName: 'Lý Văn Páo' }, commandContext());
    expect(entry.ok && entry.value.changes.map(({ kind }) => kind)).toEqual(['consent']);
  });

  test('once more and says the same leaves a consent alone, also where it had declined', () => {
    const again = recordConsent(nameless, { ...input, decision: 'refused' }, commandContext());
    expect(again.ok && again.value.changes.map(({ kind }) => kind)).toEqual(['consent']);
  });
});

describe('a household that was entered twice', () => {
  const double = recordOf('household', idOf(51), { no: 31, phone: '0987654321', needs: ['poor'], sourceListId: idOf(50), mergedInto: householdId }, { version: 3 });
  const saidNo: RecordState<'household'> = { ...recordOf('household', idOf(52)), fields: { no: 32, houseLabel: 'ven suối', contact: 'no', mergedInto: householdId } };
  const emptied = { recordId: double.recordId, base: 3, set: { contact: 'no', headName: null, phone: null, needs: null, sourceListId: null } };

  test.each(['refused', 'withdrawn'] as const)('and says %s is named on no double either, by the same entry, as the endpoint applies it', (decision) => {
    const entry = recordConsent(household(), { ...input, decision, doubles: [double, saidNo, { ...double, deleted: true }] }, commandContext());
    expect(entry.ok && entry.value.changes).toMatchObject([{ kind: 'consent' }, { recordId: householdId, set: { contact: 'no' } }, emptied]);
    const change = entry.ok ? entry.value.changes[2] : undefined;
    const applied = change === undefined ? undefined : applyChange(double, change, endpointContext([], recordsOf(household(), double)));
    expect(applied?.ok && applied.value.fields).toEqual({ no: 31, houseLabel: 'cạnh nhà văn hóa', contact: 'no', mergedInto: householdId });
  });

  test('and agrees, or is asked about a photo, leaves its doubles alone', () => {
    for (const said of [input, { ...input, purpose: 'photo', decision: 'refused' } as const]) {
      const entry = recordConsent(household(), { ...said, doubles: [double] }, commandContext());
      expect(entry.ok && entry.value.changes.map(({ recordId }) => recordId)).not.toContain(double.recordId);
    }
  });

  test('is named by those doubles alone that neither said no nor are deleted', () => {
    expect(namedAmong([saidNo, double, { ...double, deleted: true }])).toEqual([double]);
  });

  test('and declined, but is named on a double, where it agreed by somebody who had not heard of the merger: it is shown and emptied there', () => {
    const doubles = [saidNo, double, { ...double, recordId: idOf(53), deleted: true }];
    expect(namedDoubles(household(), doubles)).toEqual([]);
    expect(namedDoubles(household({ contact: 'not_asked' }), doubles)).toEqual([]);
    expect(namedDoubles(nameless, doubles)).toEqual([double]);
    const entry = emptyDoubles(doubles, commandContext());
    expect(entry.ok && entry.value.changes).toMatchObject([emptied]);
    expect(entry.ok && entry.value.changes).toHaveLength(1);
  });

  test('by mistake, and lost its name with the other one’s refusal, is asked itself once it is parted; its own no stands', () => {
    const answer = (n: number, fields: Partial<Consent>) => recordOf('consent', idOf(n), fields);
    const refused = answer(60, { decision: 'refused', on: '2026-11-20' });
    for (const consents of [[], [answer(61, { purpose: 'photo', decision: 'refused' })], [{ ...refused, deleted: true }], [refused, answer(62, { on: '2026-11-21' })]]) {
      expect(isToAnswerItself(nameless, consents)).toBe(true);
    }
    for (const decision of ['refused', 'withdrawn'] as const) expect(isToAnswerItself(nameless, [answer(60, { decision })])).toBe(false);
    expect(isToAnswerItself(saidNo, [])).toBe(false);
    expect(isToAnswerItself(household(), [])).toBe(false);
  });

  describe('and said no on a double, unknown to whoever merged it', () => {
    const answer = (n: number, on: string, fields: Partial<Consent> = {}) => recordOf('consent', idOf(60 + n), { on, ...fields }, { occurredAt: `${on}T08:00:00+07:00` });
    const refused = answer(1, '2026-11-20', { householdId: saidNo.recordId, decision: 'refused' });
    const saysNo = (consents: readonly RecordState<'consent'>[], fields: Partial<Household> = {}, doubles = [double, saidNo]) => saidNoOnDouble(household(fields), doubles, consents);

    test('is asked again: where its no is the last word, or no answer is written down', () => {
      expect(saysNo([refused])).toBe(true);
      expect(saysNo([])).toBe(true);
      expect(saysNo([refused], { contact: 'not_asked' })).toBe(true);
      expect(saysNo([answer(2, '2026-11-19'), refused])).toBe(true);
      expect(saysNo([answer(2, '2026-11-22'), refused, answer(3, '2026-11-23', { decision: 'withdrawn' })])).toBe(true);
    });

    test('is not, where it agreed after that', () => {
      expect(saysNo([refused, answer(2, '2026-11-21')])).toBe(false);
      expect(saysNo([answer(2, '2026-11-21'), refused])).toBe(false);
    });

    test('is, where what seems to be a later yes is for a photo, or deleted', () => {
      expect(saysNo([answer(2, '2026-11-21', { purpose: 'photo' }), refused])).toBe(true);
      expect(saysNo([{ ...answer(2, '2026-11-21'), deleted: true }, refused])).toBe(true);
    });

    test('is not, where no double said no, or the household said no itself', () => {
      expect(saysNo([refused], {}, [double])).toBe(false);
      expect(saidNoOnDouble(nameless, [saidNo], [refused])).toBe(false);
    });
  });
});

test('a consent is never changed: who changes their mind says so anew', () => {
  const consent = recordOf('consent', idOf(40)) as AnyRecord;
  const change = { recordId: idOf(40), kind: 'consent' as const, areaId: consent.areaId, base: 1, set: { decision: 'withdrawn' } };
  expect(applyChange(consent, change, endpointContext([], recordsOf(household())))).toEqual({ ok: false, error: { code: 'fixed', field: 'decision' } });
});

test('an answer stands until a newer one takes its place, by its day and then by when it was written, each purpose for itself', () => {
  const said = (n: number, fields: Partial<RecordState<'consent'>['fields']>, occurredAt = '2026-11-21T14:10:00+07:00') => recordOf('consent', idOf(n), fields, { occurredAt });
  const given = said(60, { on: '2026-11-20' }, '2026-11-23T08:00:00+07:00');
  const withdrawn = said(61, { on: '2026-11-21', decision: 'withdrawn' });
  const photo = said(62, { on: '2026-11-22', purpose: 'photo' });
  const again = said(63, { on: '2026-11-21' }, '2026-11-21T15:00:00+07:00');
  const last = said(64, { on: '2026-11-24' }, '2026-11-24T08:00:00+07:00');
  const all = [last, photo, again, withdrawn, given];
  expect(replacedOn(given, all)).toBe('2026-11-21');
  expect(replacedOn(withdrawn, all)).toBe('2026-11-21');
  expect(replacedOn(again, all)).toBe('2026-11-24');
  expect(replacedOn(last, all)).toBeUndefined();
  expect(replacedOn(photo, all)).toBeUndefined();
  expect(replacedOn(again, [{ ...last, deleted: true }, given])).toBeUndefined();
});
