import { describe, expect, it } from 'vitest';
import { correctBenefit, recordBenefit } from './record-benefit.ts';
import { voidRecord } from './void-record.ts';
import { commandContext, idOf, personId, recordOf } from './records.test-support.ts';

const person = recordOf('prestigious_person', personId);
const gift = { kind: 'tet_visit', date: '2026-11-21', occasion: 'lunar_new_year', level: 'commune', amount: 500_000, inKind: ' bánh chưng ', deliveredBy: 'Mặt trận xã' };

describe('what a person was given', () => {
  it('is written down as one record of that person', () => {
    expect(recordBenefit(person, gift, commandContext())).toMatchObject({
      ok: true, value: { changes: [{ kind: 'benefit', areaId: person.areaId, set: { ...gift, personId, inKind: 'bánh chưng' } }] },
    });
  });

  it('was given on a day that has come, of one of the kinds, for whole đồng', () => {
    expect(recordBenefit(person, { ...gift, date: '2026-11-22' }, commandContext())).toMatchObject({ error: { code: 'out_of_range', field: 'date' } });
    expect(recordBenefit(person, { ...gift, kind: 'rice' }, commandContext())).toMatchObject({ error: { field: 'kind' } });
    expect(recordBenefit(person, { ...gift, amount: 0.5 }, commandContext())).toMatchObject({ error: { field: 'amount' } });
  });

  it('is over no cap that would keep it from being saved', () => {
    expect(recordBenefit(person, { ...gift, amount: 5_000_000 }, commandContext()).ok).toBe(true);
  });

  it('has an occasion where it is a gift alone', () => {
    const newspaper = recordBenefit(person, { ...gift, kind: 'newspaper' }, commandContext());
    expect(newspaper.ok && 'set' in newspaper.value.changes[0]! && 'occasion' in newspaper.value.changes[0].set).toBe(false);
    const benefit = recordOf('benefit', idOf(50), { occasion: 'lunar_new_year' });
    expect(correctBenefit(benefit, { kind: 'newspaper', date: '2026-02-10', occasion: 'lunar_new_year' }, commandContext())).toMatchObject({ value: { changes: [{ set: { kind: 'newspaper', occasion: null } }] } });
  });

  it('was brought for an occasion that somebody chose, where it is a gift', () => {
    const { occasion: _, ...unsaid } = gift;
    expect(recordBenefit(person, unsaid, commandContext())).toMatchObject({ error: { code: 'required', field: 'occasion' } });
    const newspaper = recordOf('benefit', idOf(50), { kind: 'newspaper' });
    expect(correctBenefit(newspaper, { kind: 'tet_visit', occasion: undefined }, commandContext())).toMatchObject({ error: { code: 'required', field: 'occasion' } });
    expect(correctBenefit(newspaper, { kind: 'tet_visit', occasion: 'unity_day' }, commandContext())).toMatchObject({ value: { changes: [{ set: { kind: 'tet_visit', occasion: 'unity_day' } }] } });
  });

  it('is put right, is void with a reason, and counts again', () => {
    const benefit = recordOf('benefit', idOf(50), { amount: 300_000 });
    expect(correctBenefit(benefit, { kind: 'tet_visit', date: '2026-02-10', amount: 400_000 }, commandContext())).toMatchObject({ value: { changes: [{ base: 1, set: { amount: 400_000 } }] } });
    expect(correctBenefit(benefit, { kind: 'tet_visit', date: '2026-02-10', amount: 300_000 }, commandContext())).toEqual({ ok: true, value: undefined });
    expect(correctBenefit(benefit, { date: '2026-11-22', kind: 'tet_visit' }, commandContext())).toMatchObject({ error: { field: 'date' } });
    expect(voidRecord(benefit, 'entered_twice', commandContext())).toMatchObject({ value: { changes: [{ set: { voidReason: 'entered_twice' } }] } });
    expect(voidRecord(recordOf('benefit', idOf(50), { voidReason: 'other' }), undefined, commandContext())).toMatchObject({ value: { changes: [{ set: { voidReason: null } }] } });
  });

  it('says what was brought, never what they think', () => {
    expect(recordBenefit(person, { ...gift, inKind: 'quà cho tín đồ' }, commandContext())).toMatchObject({ error: { code: 'wording', field: 'inKind' } });
    expect(recordBenefit(person, { ...gift, deliveredBy: 'ban tôn giáo' }, commandContext())).toMatchObject({ error: { code: 'wording', field: 'deliveredBy' } });
  });
});
