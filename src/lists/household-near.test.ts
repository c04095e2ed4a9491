import { describe, expect, it } from 'vitest';
import type { Household } from '#domain/household.ts';
import type { RecordState } from '#domain/record.ts';
import { maxChanges } from '#domain/change.ts';
import { commandContext, idOf } from '#domain/records.test-support.ts';
import type { Decisions, NearAnswer } from './import-plan.ts';
import { commune, listId, listOf, ngocSon, recordOf } from './lists.test-support.ts';
import { planImport, reckonImport } from './plan-import.ts';

const known = (n: number, no: number, headName: string | undefined, more: Partial<Household> = {}) =>
  recordOf('household', idOf(n), '01456-001', { no, houseLabel: `số ${no}`, contact: 'not_asked', ...(headName === undefined ? {} : { headName }), ...more }, 4);

const heading = 'STT;Xóm;Chủ hộ;Số điện thoại;Địa chỉ;Số khẩu;Hộ nghèo';
const planOf = (text: string, households: readonly RecordState<'household'>[], decisions: Partial<Decisions> = {}) =>
  planImport(listOf('households', `${heading}\n${text}`), { commune, hamlets: [ngocSon], households }, { answers: {}, allowsNewHamlets: false, allowsAboutStaff: true, ...decisions }, commandContext());
const answered = (otherwise: NearAnswer) => ({ otherwise });

const son = known(1, 7, 'Nông Văn Sơn', { phone: '0912345678', houseLabel: 'cạnh suối', needs: ['disabled'], sourceListId: idOf(90) });

describe('a row that may be a household of the register', () => {
  it.each([
    ['9;Ngọc Sơn;NONG VAN SON;;;;', 'same_name'],
    ['9;Ngọc Sơn;Lý Thị Mẩy;912345678;;;', 'same_phone'],
    ['9;Ngọc Sơn;Nông Sơn;;Cạnh suối;;', 'same_house'],
    ['9;Ngọc Sơn;Nông Văn Sáng;;cạnh  suối;;', 'same_house'],
  ])('is asked about: %s', (row, reason) => {
    const plan = planOf(row, [son]);
    expect(plan.questions).toMatchObject([{ line: 2, reason, like: { recordId: idOf(1), said: '7 Nông Văn Sơn' }, mayMerge: true, answer: undefined }]);
    expect(plan.entries).toEqual([]);
    expect(plan.counts).toMatchObject({ created: 0, open: 1 });
  });

  it.each(['9;Ngọc Sơn;Lý Văn Sơn;0987654321;đầu cầu;;', '9;Ngọc Sơn;Lý Thị Mẩy;;cạnh suối;;'])('is not asked about where nothing says so: %s', (row) => {
    const plan = planOf(row, [son]);
    expect(plan.questions).toEqual([]);
    expect(plan.counts.created).toBe(1);
  });

  it('is not asked about across hamlets, nor of a house that is named by its number alone', () => {
    expect(planOf('9;Ngọc Sơn;Lý Văn Sơn;;Nhà số 7;;', [known(2, 7, 'Nông Văn Sơn', { houseLabel: 'Nhà số 7' })]).questions).toEqual([]);
    expect(planOf('9;Ngọc Sơn;Nông Văn Sơn;;;;', [{ ...son, areaId: '01456-002' }]).questions).toEqual([]);
  });

  it('mends the register where that is the answer: what is empty, what differs, the needs with their list, and nothing else', () => {
    const plan = planOf('9;Ngọc Sơn;Nông Văn Sơn;0912345678;;5;x', [son], answered('merge'));
    expect(plan.entries.flatMap((entry) => entry.changes)).toEqual([
      { recordId: idOf(1), kind: 'household', areaId: '01456-001', base: 4, set: { no: 9, members: 5, needs: ['disabled', 'poor'], sourceListId: listId } },
    ]);
    expect(plan.counts).toMatchObject({ created: 0, merged: 1, open: 0 });
    expect(plan.trace.merged).toEqual([
      { recordId: idOf(1), kind: 'household', differs: [
        { field: 'no', from: 7, to: 9 }, { field: 'members', from: null, to: 5 }, { field: 'needs', from: ['disabled'], to: ['disabled', 'poor'] }, { field: 'sourceListId', from: idOf(90), to: listId },
      ] },
    ]);
  });

  it('is written beside it, or left out, where that is the answer', () => {
    expect(planOf('9;Ngọc Sơn;Nông Văn Sơn;;;;', [son], answered('keep_both')).counts).toMatchObject({ created: 1, merged: 0, skipped: 0 });
    expect(planOf('9;Ngọc Sơn;Nông Văn Sơn;;;;', [son], answered('skip')).counts).toMatchObject({ created: 0, merged: 0, skipped: 1 });
  });

  it('is answered row by row before all at once', () => {
    const rows = '9;Ngọc Sơn;Nông Văn Sơn;;;;\n10;Ngọc Sơn;Lý Thị Mẩy;0912345678;;;';
    const [first] = planOf(rows, [son]).questions;
    expect(planOf(rows, [son], { answers: { [first?.id ?? '']: 'skip' }, otherwise: 'keep_both' }).counts).toMatchObject({ created: 1, skipped: 1 });
  });

  it('mends no household twice: the second waits for a person', () => {
    const plan = planOf('9;Ngọc Sơn;Nông Văn Sơn;;;;\n10;Ngọc Sơn;Lý Thị Mẩy;0912345678;;;', [son], answered('merge'));
    expect(plan.counts).toMatchObject({ merged: 1, created: 0, open: 1 });
  });

  it('is not merged into a household that another row of the list is already', () => {
    const rows = '7;Ngọc Sơn;Nông Văn Sơn;0912345678;;;\n9;Ngọc Sơn;Nông Văn Sơn;;;;';
    const plan = planOf(rows, [son], answered('merge'));
    expect(plan.questions).toMatchObject([{ line: 3, mayMerge: false, answer: undefined }]);
    expect(plan).toMatchObject({ entries: [], counts: { unchanged: 1, merged: 0, open: 1 } });
    expect(planOf(rows, [son], answered('keep_both')).counts).toMatchObject({ unchanged: 1, created: 1, open: 0 });
  });

  it('never mends one that declined', () => {
    const declined = known(1, 9, undefined, { contact: 'no', houseLabel: 'cạnh suối' });
    const plan = planOf('9;Ngọc Sơn;Nông Văn Sơn;0912345678;cạnh suối;;', [declined], answered('merge'));
    expect(plan.entries).toEqual([]);
    expect(plan.wrong).toMatchObject([{ line: 2, errors: [{ code: 'declined' }] }]);
    // Under another number, known by its landmark alone: asked about, and never mended.
    const moved = (answer: NearAnswer) => planOf('8;Ngọc Sơn;Nông Văn Sơn;0912345678;Cạnh suối;;', [declined], answered(answer));
    expect(moved('merge')).toMatchObject({ entries: [], questions: [{ reason: 'same_house', mayMerge: false, differs: [], like: { said: '9' } }] });
    expect(moved('keep_both').entries.flatMap((entry) => entry.changes.map(({ base }) => base))).toEqual([0]);
    expect(planOf('8;Ngọc Sơn;Nông Văn Sơn;;;;', [declined]).questions).toEqual([]);
  });

  it('is not asked about because of a double or a closed household that stands for none', () => {
    const double = known(1, 7, 'Nông Văn Sơn', { mergedInto: idOf(2) });
    const closed = known(3, 8, 'Lý Thị Mẩy', { closedOn: '2026-01-01', closedReason: 'moved_away' });
    expect(planOf('9;Ngọc Sơn;Nông Văn Sơn;;;;\n10;Ngọc Sơn;Lý Thị Mẩy;;;;', [double, closed])).toMatchObject({ questions: [], counts: { created: 2 } });
  });

  it('opens again a closed household only where a person says so, and takes one closed by mistake for none', () => {
    const closed = known(1, 7, 'Nông Văn Sơn', { closedOn: '2026-01-01', closedReason: 'moved_away' });
    const plan = planOf('7;Ngọc Sơn;Nông Văn Sơn;;;;', [closed], answered('merge'));
    expect(plan.questions).toMatchObject([{ reason: 'closed' }]);
    expect(plan.entries[0]?.changes).toMatchObject([{ recordId: idOf(1), set: { closedOn: null, closedReason: null } }]);
    const mistaken = known(1, 7, 'Nông Văn Sơn', { closedOn: '2026-01-01', closedReason: 'mistake' });
    expect(planOf('7;Ngọc Sơn;Nông Văn Sơn;;;;', [mistaken])).toMatchObject({ questions: [], counts: { created: 1 } });
  });
});

it('of two namesakes in the register the second row is asked about the one that is free', () => {
  const two = [known(1, 1, 'Nông Văn Sơn'), known(2, 5, 'Nông Văn Sơn')];
  expect(planOf('1;Ngọc Sơn;Nông Văn Sơn;;;;\n7;Ngọc Sơn;Nông Văn Sơn;;;;', two)).toMatchObject({ counts: { unchanged: 1 }, questions: [{ line: 3, mayMerge: true, like: { recordId: idOf(2) } }] });
});

describe('two rows of one list that may be one household', () => {
  const rows = '1;Ngọc Sơn;Nông Văn Sơn;;;4;\n2;Ngọc Sơn;Nông Văn Sơn;0912345678;đầu cầu;5;x';
  it('are asked about', () => {
    expect(planOf(rows, []).questions).toMatchObject([{ line: 3, reason: 'same_name', like: { line: 2 } }]);
    expect(planOf(rows, []).counts).toMatchObject({ created: 1, open: 1 });
  });
  it('become one where a person says so: the later row fills what the earlier leaves open', () => {
    const plan = planOf(rows, [], answered('merge'));
    expect(plan.create.map(({ fields }) => fields)).toMatchObject([{ no: 1, members: 4, phone: '0912345678', houseLabel: 'đầu cầu', needs: ['poor'], sourceListId: listId }]);
    expect(plan.counts).toMatchObject({ created: 1, merged: 1, open: 0 });
  });
});

it('20,000 rows against 20,000 households, half of them near, are planned without comparing each with each', () => {
  const count = 20_000;
  const nameOf = (n: number) => `Nông Văn ${n.toString(36)}`;
  const households = Array.from({ length: count }, (_, n) => recordOf('household', idOf(n + 1), '01456-001', { no: (n % 9999) + 1, headName: nameOf(n), houseLabel: 'cạnh suối', contact: 'not_asked' }));
  const rows = Array.from({ length: count }, (_, n) => `${((n + 7) % 9999) + 1};Ngọc Sơn;${nameOf(n + count / 2)};;cạnh suối;4;`);
  const list = listOf('households', `${heading}\n${rows.join('\n')}`);
  const compared = { count: 0 };
  const counting = households.map((household) => ({ ...household, get fields() {
    compared.count += 1;
    return household.fields;
  } }));
  const reckoning = reckonImport(list, { commune, hamlets: [ngocSon], households: counting }, { answers: {}, otherwise: 'keep_both', allowsNewHamlets: false, allowsAboutStaff: true });
  expect(reckoning.questions.length).toBeGreaterThanOrEqual(count / 2);
  expect(compared.count).toBeLessThan(count * 20);
  const plan = planImport(list, { commune, hamlets: [ngocSon], households }, { answers: {}, otherwise: 'keep_both', allowsNewHamlets: false, allowsAboutStaff: true }, commandContext());
  expect(Math.max(...plan.entries.map((entry) => entry.changes.length))).toBe(maxChanges);
  expect(plan.entries.flatMap((entry) => entry.changes)).toHaveLength(reckoning.create.length);
});
