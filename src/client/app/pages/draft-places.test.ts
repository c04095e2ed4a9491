import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { vi } from '#client/languages/vi.ts';
import type { Draft, FieldStore } from '#client/store/field-store.ts';
import type { AnyRecord, RecordKind } from '#domain/record.ts';
import { isFormPath } from '../form-path.ts';
import { draftPlaces, halfWritten, placeOf } from './draft-places.ts';

const root = 'src/client';
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/u.test(path) && !/\.test\.|^store\//u.test(path))
  .map((path) => readFileSync(join(root, path), 'utf8'));

const call = /\buse(?:DraftedForm|DraftedValues|FormSave|Draft)(?:<[^(]*>)?\(store,/gu;

/** The form's name in every call that keeps a draft: written there, or a constant of the same file or one that another exports. */
function formsKept(): string[][] {
  return sources.flatMap((source) =>
    [...source.matchAll(call)].map(({ index }): string[] => {
      // Written in the call, or in a constant above it that the call names.
      const at = /^\w+(?:<[^(]*>)?\(store, subject,/u.test(source.slice(index)) ? source.lastIndexOf('const subject =', index) : index;
      const written = /\bform: ([^,}]+)/u.exec(source.slice(at, at + 200))?.[1]?.trim() ?? 'a form without a name';
      const [...quoted] = written.matchAll(/'([^']+)'/gu);
      if (quoted.length > 0) return quoted.map(([, form]) => form ?? '');
      const name = written;
      const constant = new RegExp(`const ${name} = '([^']+)'`, 'u').exec(source) ?? sources.map((one) => new RegExp(`export const ${name} = '([^']+)'`, 'u').exec(one)).find((found) => found !== null);
      return [constant?.[1] ?? name];
    }),
  );
}

describe('every form that keeps a draft', () => {
  it('is found in the sources', () => {
    expect(formsKept().flat()).toEqual(expect.arrayContaining(['visit', 'feedback', 'review', 'new_member', 'mend', 'absents', 'visit_correction']));
    // No other way to keep one: whoever calls differently is found here.
    const named = sources.flatMap((source) => source.match(/\buse(?:DraftedForm|DraftedValues|FormSave|Draft)\b(?=<|\()/gu) ?? []);
    expect(formsKept()).toHaveLength(named.length);
  });

  it('has a place where it is gone on with', () => {
    expect(formsKept().flat().filter((form) => !Object.hasOwn(draftPlaces, form))).toEqual([]);
  });
});

const communeCode = '01789';
const record = (kind: RecordKind): AnyRecord =>
  ({ recordId: `a ${kind}`, kind, areaId: communeCode, version: 1, deleted: false, conflicts: [], memberId: 'm', occurredAt: '2026-11-21T08:00:00+07:00', fields: { no: 12, fullName: 'Bế Văn Lâm', date: '2026-11-21', householdId: 'h', personId: 'a prestigious_person' } }) as unknown as AnyRecord;
const storeOf = (subject: AnyRecord | undefined) =>
  ({ find: (id: string) => (id === subject?.recordId ? subject : id === 'a prestigious_person' && subject?.kind === 'prestigious_term' ? record('prestigious_person') : undefined), standing: () => ({ topic: 'road' }), account: () => ({ communeCode }) }) as unknown as FieldStore;
const draft = (form: string, subjectId?: string): Draft => ({ draftId: 'the draft', form, subjectId, values: { to: 'submitted', outcome: 'đã hẹn', headName: 'Nông Văn Sơn' }, savedAt: 0 });

describe('a draft', () => {
  const listed = Object.entries(draftPlaces).filter(([, place]) => place !== 'listed');

  it.each(listed)('of the form %s opens where it was written', (form, place) => {
    const subject = typeof place === 'object' ? record(place.about) : undefined;
    const found = placeOf(draft(form, subject?.recordId), vi, storeOf(subject));
    expect(found?.title).not.toBe('');
    expect(found?.href).toMatch(/^\//u);
    expect(found?.href).toContain(subject?.recordId ?? '/');
  });

  // A panel beside a list, a part of a page, or a page of several steps: there the tabs stay.
  const onAPage = ['new_member', 'member', 'decision', 'reception', 'review', 'detail', 'list_import'];

  it.each(listed.filter(([form]) => !onAPage.includes(form)))('of the form %s opens with the screen to itself', (form, place) => {
    const subject = typeof place === 'object' ? record(place.about) : undefined;
    const { href = '' } = placeOf(draft(form, subject?.recordId), vi, storeOf(subject)) ?? {};
    expect([href, isFormPath(href.split('?')[0] ?? '')]).toEqual([href, true]);
  });

  it('counts as half written, also where it is listed elsewhere; what the app remembers does not', () => {
    const kept = ['visit', 'mend', 'list_mapping', 'list_made', 'list_import'].map((form) => draft(form));
    expect(halfWritten(kept).map(({ form }) => form)).toEqual(['visit', 'mend', 'list_import']);
  });

  it('is read out without a name where what it is about has left the phone, or is something else', () => {
    for (const store of [storeOf(undefined), storeOf(record('feedback'))]) {
      expect(placeOf(draft('visit', 'a feedback'), vi, store)).toEqual({ title: vi.today.draftOrphaned, texts: ['đã hẹn'] });
    }
  });

  it('of a form that this version does not have is left alone', () => {
    expect(placeOf(draft('no_such_form'), vi, storeOf(undefined))).toBeUndefined();
  });
});
