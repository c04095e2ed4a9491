import { describe, expect, it } from 'vitest';
import { applyChange } from './change.ts';
import { correctPerson, enterHeldTerm, registerPerson } from './register-person.ts';
import { commandContext, endpointContext, hamlet, personId, recordOf, recordsOf } from './records.test-support.ts';

const input = { fullName: '  Lý Văn Páo ', birthYear: 1960, sex: 'm', phone: '', occupationOrRole: '', languages: [] };
const held = { termFrom: 2023, termTo: 2027, decisionNo: '12/QĐ-UBND', decidedOn: '2023-12-01' };

describe('a person in the register', () => {
  it('is entered tidily, without what was left empty', () => {
    const entry = registerPerson(input, hamlet, commandContext());
    expect(entry).toMatchObject({ ok: true, value: { changes: [{ kind: 'prestigious_person', areaId: hamlet, set: { fullName: 'Lý Văn Páo', birthYear: 1960, sex: 'm' } }] } });
    expect(entry.ok && Object.keys('set' in entry.value.changes[0]! ? entry.value.changes[0].set : {})).toEqual(['fullName', 'birthYear', 'sex']);
  });

  it('comes with the term that they hold in one entry, which the endpoint applies', () => {
    const entry = registerPerson(input, hamlet, commandContext(), held);
    if (!entry.ok) throw new Error(entry.error.code);
    const [person, term] = entry.value.changes;
    expect(term).toMatchObject({ kind: 'prestigious_term', set: { personId: person!.recordId, state: 'active', decisionNo: '12/QĐ-UBND' } });
    const made = applyChange(undefined, person!, endpointContext());
    if (!made.ok) throw new Error(made.error.code);
    expect(applyChange(undefined, term!, endpointContext([], recordsOf(made.value))).ok).toBe(true);
  });

  it('is given the term that they hold later as well', () => {
    const person = recordOf('prestigious_person', personId);
    expect(enterHeldTerm(person, held, commandContext())).toMatchObject({ value: { changes: [{ kind: 'prestigious_term', base: 0, set: { ...held, personId, state: 'active' } }] } });
    expect(enterHeldTerm(person, { ...held, decisionNo: undefined }, commandContext())).toMatchObject({ error: { code: 'required', field: 'decisionNo' } });
  });

  it('asks for number and day of the decision, and for a day that has come', () => {
    const without = (term: object) => registerPerson(input, hamlet, commandContext(), { ...held, ...term });
    expect(without({ decisionNo: ' ' })).toMatchObject({ error: { code: 'required', field: 'decisionNo' } });
    expect(without({ decidedOn: '' })).toMatchObject({ error: { code: 'required', field: 'decidedOn' } });
    expect(without({ decidedOn: '2026-11-22' })).toMatchObject({ error: { code: 'out_of_range', field: 'decidedOn' } });
    expect(without({ termTo: 2022 })).toMatchObject({ error: { code: 'out_of_range', field: 'termTo' } });
  });

  it('is born in 1920 or later, and eighteen years before this one', () => {
    const born = (birthYear: number) => registerPerson({ ...input, birthYear }, hamlet, commandContext()).ok;
    expect([1919, 1920, 2008, 2009].map(born)).toEqual([false, true, true, false]);
    const person = recordOf('prestigious_person', personId);
    expect(correctPerson(person, { birthYear: 2009 }, commandContext())).toMatchObject({ error: { field: 'birthYear' } });
  });

  it('is put right in what differs alone, an emptied field as nothing', () => {
    const person = recordOf('prestigious_person', personId, { phone: '0912345678', occupationOrRole: 'Trưởng xóm' });
    expect(correctPerson(person, { fullName: 'Lý Văn Páo', phone: '', occupationOrRole: 'Nghỉ hưu' }, commandContext())).toMatchObject({
      value: { changes: [{ base: 1, set: { phone: null, occupationOrRole: 'Nghỉ hưu' } }] },
    });
    expect(correctPerson(person, { fullName: 'Lý Văn Páo' }, commandContext())).toEqual({ ok: true, value: undefined });
  });

  it('is no place for what they believe', () => {
    expect(registerPerson({ ...input, occupationOrRole: 'Trưởng nhóm Tin lành' }, hamlet, commandContext())).toMatchObject({ error: { code: 'wording', field: 'occupationOrRole' } });
  });
});
