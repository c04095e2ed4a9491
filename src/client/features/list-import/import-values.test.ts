import { expect, test } from 'vitest';
import type { Draft } from '#client/store/field-store.ts';
import { fingerprintOfBytes } from '#lists/fingerprint.ts';
import { readTrace } from '#lists/read-trace.ts';
import { earlierImports, hasFeedback, isUndoable, newImportValues, noteMade, rememberMapping, rememberedMapping, rowsAdded, rowsMade, takenUp, undoFile } from './import-values.ts';

function draftBox() {
  const drafts: Draft[] = [];
  const saveDraft = async (draft: Omit<Draft, 'savedAt'>) => {
    const at = drafts.findIndex(({ draftId }) => draftId === draft.draftId);
    if (at >= 0) drafts.splice(at, 1);
    drafts.push({ ...draft, savedAt: drafts.length });
    return { ok: true, value: undefined } as const;
  };
  return { drafts: () => drafts, saveDraft };
}

test('answers count for the very file that they were given for', () => {
  const [first = '', sortedAnew = ''] = ['1;Nông Văn Sơn\n2;Lý Thị Mẩy', '1;Lý Thị Mẩy\n2;Nông Văn Sơn'].map((text) => fingerprintOfBytes(new TextEncoder().encode(text)));
  const begun = { ...newImportValues(), file: { name: 'hộ.csv', fingerprint: first }, answers: { 'a 1': 'merge' }, otherwise: 'skip', allowsNewHamlets: true } as const;
  expect(takenUp(begun, { name: 'hộ (1).csv', fingerprint: first })).toEqual({ file: { name: 'hộ (1).csv', fingerprint: first }, answers: { 'a 1': 'merge' }, otherwise: 'skip', allowsNewHamlets: true });
  expect(takenUp(begun, { name: 'hộ.csv', fingerprint: sortedAnew })).toEqual({ file: { name: 'hộ.csv', fingerprint: sortedAnew }, answers: {}, otherwise: undefined, allowsNewHamlets: false });
});

test('what was mapped is remembered by the kind of list, and other files of that kind stay known', async () => {
  const box = draftBox();
  await rememberMapping(box, 'households', { 'ma so': 'no', 'dia ban': 'hamlet' });
  await rememberMapping(box, 'households', { 'dia ban': null });
  await rememberMapping(box, 'models', { 'ma so': 'no' });
  expect(rememberedMapping(box, 'households')).toEqual({ 'ma so': 'no', 'dia ban': null });
  expect(rememberedMapping(box, 'feedback')).toEqual({});
});

test('an import is noted by ids and fingerprints, the newest first; what is none is passed over', async () => {
  const box = draftBox();
  const created = [{ recordId: '0193a5e0-0000-7000-8000-000000000001', kind: 'household' as const, fingerprint: '0123456789abcdef' }];
  await noteMade(box, 'one', { layout: 'households', fileName: 'một.csv', created });
  await noteMade(box, 'two', { layout: 'households', fileName: 'hai.csv', created });
  await box.saveDraft({ draftId: 'list-made-three', form: 'list_made', values: { layout: 'households', fileName: 'ba.csv', created: [{ recordId: 1 }] } });
  await box.saveDraft({ draftId: 'visit-1', form: 'visit', values: {} });
  expect(earlierImports(box.drafts()).map(({ fileName }) => fileName)).toEqual(['hai.csv', 'một.csv']);
});

test('a person with their term is one row, and only an import that made or mended what can be set back offers to take it back', () => {
  const made = (n: number, kind: 'prestigious_person' | 'prestigious_term' | 'household' | 'feedback' | 'area', of?: string) => ({ recordId: `r${n}`, kind, fingerprint: 'f', ...(of === undefined ? {} : { of }) });
  const hamlet = made(0, 'area');
  const persons = [hamlet, made(1, 'prestigious_person'), made(2, 'prestigious_term', 'r1')];
  expect(rowsMade({ created: persons }).map(({ recordId }) => recordId)).toEqual(['r1']);
  expect(rowsAdded({ created: [...persons, made(4, 'prestigious_term')], merged: [{ recordId: 'r9', kind: 'prestigious_person', differs: [] }] })).toBe(2);
  expect(rowsMade({ created: [made(4, 'prestigious_term')] })).toEqual([]);
  expect(isUndoable({ created: persons, merged: [] })).toBe(true);
  expect(isUndoable({ created: [hamlet, made(3, 'household')], merged: [] })).toBe(true);
  expect(isUndoable({ created: [hamlet, made(5, 'feedback')], merged: [] })).toBe(false);
  expect(isUndoable({ created: [hamlet], merged: [{ recordId: 'r9', kind: 'household', differs: [] }] })).toBe(true);
});

test('of a book of feedback, which nobody takes back here, the command line is given what it reads', () => {
  const trace = { created: [{ recordId: '0193a5e0-0000-4000-8000-000000000001', kind: 'feedback' as const, fingerprint: '0123456789abcdef' }], merged: [] };
  expect(hasFeedback(trace)).toBe(true);
  expect(readTrace(JSON.parse(undoFile({ ...trace, layout: 'feedback' } as typeof trace)))).toEqual(trace);
});
