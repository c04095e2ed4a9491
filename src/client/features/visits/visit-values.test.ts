import { describe, expect, it } from 'vitest';
import type { CommandContext } from '#domain/command.ts';
import { consentWording } from '#domain/consent.ts';
import type { FeedbackInput } from '#domain/raise-feedback.ts';
import type { RecordState } from '#domain/record.ts';
import type { UsualRound } from './visit-field-values.ts';
import { answered, asksConsent, newVisitValues, visitOf } from './visit-values.ts';
import type { FeedbackSaid, VisitValues } from './visit-values.ts';

const today = '2026-11-21';
const usual: UsualRound = { purpose: 'regular', companions: [] };
const household: RecordState<'household'> = {
  recordId: '01900000-0000-7000-8000-000000000001',
  kind: 'household',
  areaId: '01789-003',
  version: 4,
  deleted: false,
  fields: { no: 12, headName: 'Nông Văn Sơn', houseLabel: 'cạnh nhà văn hóa', contact: 'yes', phone: '0912345678' },
  conflicts: [],
  memberId: '01900000-0000-7000-8000-0000000000aa',
  occurredAt: '2026-11-01T08:00:00+07:00',
};
const begin = (): CommandContext => ({
  now: Date.parse('2026-11-21T07:10:00Z'),
  newId: () => `01900000-0000-7000-8000-${crypto.randomUUID().slice(24)}`,
  newRandomId: () => crypto.randomUUID(),
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  memberId: household.memberId,
});
const toInput = (said: FeedbackSaid): FeedbackInput => said;
const road: FeedbackSaid = { kind: 'phan_anh', topic: 'road', text: 'Cầu treo hỏng hai tấm ván', anonymity: 'name_withheld' };

function visit(changed: Partial<VisitValues>) {
  return visitOf({ ...newVisitValues(today, usual), ...changed }, household, [], today, toInput, begin);
}

describe('the log form', () => {
  it('saves with what is chosen already, and sends nothing that was not touched', () => {
    const made = visit({});
    expect(made.ok && made.value.entries.map((entry) => entry.changes.map(({ kind }) => kind))).toEqual([['visit']]);
    expect(made.ok && made.value.entries[0]?.changes[0]).toMatchObject({ set: { met: 'yes', purpose: 'regular', date: today } });
  });

  it('writes down all there is to a visit', () => {
    const made = visit({ needsReported: ['barn'], durationMin: ' 40 ', promisedOn: '2026-11-28', topics: ['road'], companions: ['women'], outcome: 'Đã xem chuồng bò' });
    expect(made.ok && made.value.entries[0]?.changes[0]).toHaveProperty('set', {
      householdId: household.recordId, date: today, purpose: 'regular', met: 'yes', needsReported: ['barn'], durationMin: 40, promisedOn: '2026-11-28', topics: ['road'], companions: ['women'],
      outcome: 'Đã xem chuồng bò',
    });
  });

  it('takes the same phone number written another way for the same, and corrects a new one in the visit\'s own entry', () => {
    expect(visit({ phone: '0912 345 678' })).toMatchObject({ value: { entries: [{ changes: [{ kind: 'visit' }] }] } });
    const corrected = visit({ phone: '+84 987.654.321' });
    expect(corrected).toMatchObject({ value: { entries: [{ changes: [{ kind: 'visit' }, { kind: 'household', base: 4, set: { phone: '0987654321' } }] }] } });
    const cleared = visit({ phone: ' ' });
    expect(cleared).toMatchObject({ value: { entries: [{ changes: [{ kind: 'visit' }, { set: { phone: null } }] }] } });
  });

  it('takes no phone of a household that declines, whatever was typed before, and is saved all the same', () => {
    for (const phone of ['0912', '0987654321']) {
      const declined = { ...household, fields: { no: 12, houseLabel: 'cạnh nhà văn hóa', contact: 'no' as const } };
      const before = visitOf({ ...newVisitValues(today, usual), phone }, declined, [], today, toInput, begin);
      expect(before).toMatchObject({ ok: true });
      expect(before.ok && before.value.entries[0]?.changes.map(({ kind }) => kind)).toEqual(['visit']);
      const asked = { ...household, fields: { ...household.fields, contact: 'not_asked' as const } };
      const now = visitOf({ ...newVisitValues(today, usual), phone, consent: 'refused' }, asked, [], today, toInput, begin);
      expect(now.ok && now.value.entries[0]?.changes.map(({ kind }) => kind)).toEqual(['visit', 'consent', 'household']);
      expect(now).toMatchObject({ value: { entries: [{ changes: [{}, {}, { set: { contact: 'no', phone: null, headName: null } }] }] } });
      expect(JSON.stringify(now)).not.toContain(phone);
    }
  });

  it('says which field is wrong, and which of several feedback', () => {
    expect(visit({ phone: '091234567' })).toMatchObject({ ok: false, error: { kind: 'household', field: 'phone', code: 'wrong_format' } });
    expect(visit({ date: '2026-11-22' })).toMatchObject({ ok: false, error: { kind: 'visit', field: 'date' } });
    expect(visit({ promisedOn: today })).toMatchObject({ ok: false, error: { kind: 'visit', field: 'promisedOn', code: 'out_of_range' } });
    for (const durationMin of ['0', '241', 'lâu', '1,5']) expect(visit({ durationMin })).toMatchObject({ ok: false, error: { kind: 'visit', field: 'durationMin' } });
    const feedback = [{ key: 3, said: road }, { key: 7, said: { ...road, text: 'hỏng' } }];
    expect(visit({ feedback })).toMatchObject({ ok: false, error: { kind: 'feedback', field: 'text', code: 'too_short', feedbackKey: 7 } });
  });

  it('keeps feedback with the name withheld apart from the visit', () => {
    const made = visit({ feedback: [{ key: 1, said: road }, { key: 2, said: { kind: 'to_cao' } }] });
    if (!made.ok) throw new Error(made.error.code);
    expect(made.value.entries.map((entry) => entry.changes.map(({ kind }) => kind))).toEqual([['visit'], ['feedback'], ['feedback']]);
    expect(JSON.stringify(made.value.entries.slice(1))).not.toContain(household.recordId);
    expect(made.value.raised.map(({ receiptCode }) => receiptCode !== undefined)).toEqual([true, false]);
  });
});

describe('a household that was never asked', () => {
  const unasked: RecordState<'household'> = { ...household, fields: { ...household.fields, contact: 'not_asked' } };
  const kindsOf = (changed: Partial<VisitValues>, of = unasked) => {
    const made = visitOf({ ...newVisitValues(today, usual), ...changed }, of, [], today, toInput, begin);
    return made.ok && made.value.entries.map((entry) => entry.changes.map(({ kind }) => kind));
  };

  it('answers with the visit, in one entry, with the way it was said and the text that was read', () => {
    const made = visitOf({ ...newVisitValues(today, usual), consent: 'given', consentWay: 'written' }, unasked, [], today, toInput, begin);
    expect(made).toMatchObject({
      value: { entries: [{ changes: [{ kind: 'visit' }, { set: { purpose: 'visits', decision: 'given', way: 'written', wording: consentWording, on: today } }, { set: { contact: 'yes' } }] }] },
    });
    expect(kindsOf({ consent: 'refused' })).toEqual([['visit', 'consent', 'household']]);
  });

  it('is asked another time where it did not answer, or nobody was there', () => {
    for (const changed of [{}, { consent: 'later' }, { consent: 'given', met: 'absent' }, { consent: 'refused', met: 'asked_later' }] as const) {
      expect(kindsOf(changed)).toEqual([['visit']]);
    }
  });

  it('is asked once: a draft taken up after it answered somebody else says nothing more', () => {
    for (const contact of ['yes', 'no'] as const) {
      const asked: RecordState<'household'> = { ...unasked, fields: { no: 12, houseLabel: 'cạnh nhà văn hóa', contact, ...(contact === 'yes' ? { headName: 'Nông Văn Sơn' } : {}) } };
      expect(asksConsent({ met: 'yes' }, asked)).toBe(false);
      expect(kindsOf({ consent: 'given' }, asked)).toEqual([['visit']]);
    }
  });

  it('and does not agree leaves no phone in the draft, and is named on none of its doubles by the same entry; else both stay as they are', () => {
    const typed = { ...newVisitValues(today, usual), phone: '0987654321', outcome: 'Đã hẹn' };
    const double: RecordState<'household'> = { ...household, recordId: '01900000-0000-7000-8000-000000000002', version: 7, fields: { ...household.fields, no: 31, mergedInto: household.recordId } };
    const changesOf = (values: VisitValues) => {
      const made = visitOf(values, unasked, [double], today, toInput, begin);
      return made.ok ? made.value.entries[0]?.changes : undefined;
    };
    const refused = { ...typed, ...answered('refused', 'written') };
    expect(refused).toMatchObject({ consent: 'refused', consentWay: 'written', outcome: 'Đã hẹn' });
    expect(JSON.stringify(refused)).not.toContain('0987654321');
    expect(changesOf(refused)?.slice(2)).toMatchObject([{ recordId: household.recordId }, { recordId: double.recordId, base: 7, set: { contact: 'no', headName: null, phone: null } }]);
    for (const answer of ['given', 'later', undefined] as const) {
      const values = { ...typed, ...answered(answer, 'spoken') };
      expect(values).toEqual({ ...typed, consent: answer, consentWay: 'spoken' });
      expect(changesOf(values)?.map(({ recordId }) => recordId)).not.toContain(double.recordId);
    }
  });
});
