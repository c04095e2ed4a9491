import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '#domain/change.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, north, ownDraft, roles } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

/** What the double says of the household; `kept`: what stays of it. */
const words = ['Trieu Mui Nai', '0912345678'];
const kept = 'nha san canh suoi';

let folder: string;
let stage: TestEndpoint;
let member: TestPhone;
let lead: TestPhone;
let id: string;
let double: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gan-dan-doubles-'));
  stage = await createTestEndpoint({}, join(folder, 'gan-dan.sqlite'));
  member = await enrolPhone(stage, roles.member);
  lead = await enrolPhone(stage, roles.lead);
  [id, double] = [stage.newId(), stage.newId()];
  const [headName, phone] = words;
  const saved = [change('household', north, id, household(1)), change('household', north, double, household(2, { headName, phone, houseLabel: kept }))];
  expect(await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, saved)])).toMatchObject([{ verdict: 'applied' }]);
  await member.sync();
  await lead.sync();
});
afterEach(async () => {
  await stage.db.destroy();
  rmSync(folder, { recursive: true });
});

const found = () => {
  const disk = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1')).join('');
  return [...words, kept].filter((text) => disk.includes(text));
};
const declining = (base = 1): Change[] => [
  change('consent', north, stage.newId(), { householdId: id, purpose: 'visits', decision: 'refused', way: 'spoken', wording: 1, on: '2026-11-22' }),
  change('household', north, id, { contact: 'no', headName: null, phone: null }, base),
];
const merging = (from = double, into = id, base = 1): Change => change('household', north, from, { mergedInto: into }, base);
const emptied = { no: 2, houseLabel: kept, contact: 'no', mergedInto: expect.any(String) };

async function sent(phone: TestPhone, changes: Change[]) {
  const entry = await phone.save(changes);
  await phone.sync();
  return phone.verdict(entry.entryId);
}
const seenBy = async (phone: TestPhone, recordId = double) => {
  await phone.sync();
  const row = phone.seen().get(recordId);
  return row !== undefined && 'fields' in row ? row : undefined;
};

describe('a household that declines is named on no double, whoever knew of what', () => {
  test('it declined while the lead, who had not heard of it, merged a double into it', async () => {
    const unaware = await lead.save([merging()]);
    expect((await sent(member, declining()))?.verdict).toBe('applied');
    expect(found()).toEqual([...words, kept]);
    await lead.sync();
    expect(lead.verdict(unaware.entryId)).toMatchObject({ verdict: 'merged', code: 'declined' });
    for (const phone of [lead, member]) expect((await seenBy(phone))?.fields).toEqual({ ...emptied, mergedInto: id });
    expect(found()).toEqual([kept]);
  });

  test('the double was merged before the member, who had not heard of that, wrote the answer down', async () => {
    const unaware = await member.save(declining());
    expect((await sent(lead, [merging()]))?.verdict).toBe('applied');
    expect(found()).toEqual([...words, kept]);
    await member.sync();
    expect(member.verdict(unaware.entryId)?.verdict).toBe('applied');
    for (const phone of [lead, member]) expect((await seenBy(phone))?.fields).toEqual({ ...emptied, mergedInto: id });
    expect(found()).toEqual([kept]);
  });

  test('it has the double of a double', async () => {
    const third = stage.newId();
    const unaware = await member.save(declining());
    expect((await sent(lead, [change('household', north, third, household(3))]))?.verdict).toBe('applied');
    expect((await sent(lead, [merging()]))?.verdict).toBe('applied');
    expect((await sent(lead, [merging(third, double)]))?.verdict).toBe('applied');
    await member.sync();
    expect(member.verdict(unaware.entryId)?.verdict).toBe('applied');
    expect((await seenBy(lead, third))?.fields).toMatchObject({ contact: 'no', mergedInto: double });
    expect((await seenBy(lead, third))?.fields).not.toHaveProperty('headName');
    expect(found()).toEqual([kept]);
  });

  test('a double with a double of its own is merged into it', async () => {
    const third = stage.newId();
    expect((await sent(lead, [change('household', north, third, household(3))]))?.verdict).toBe('applied');
    expect((await sent(lead, [merging(third, double)]))?.verdict).toBe('applied');
    const unaware = await lead.save([merging()]);
    expect((await sent(member, declining()))?.verdict).toBe('applied');
    await lead.sync();
    expect(lead.verdict(unaware.entryId)).toMatchObject({ verdict: 'merged', code: 'declined' });
    expect((await seenBy(member, third))?.fields).not.toHaveProperty('headName');
    expect(found()).toEqual([kept]);
  });

  test('a new household is written down and merged at once', async () => {
    const third = stage.newId();
    expect((await sent(member, declining()))?.verdict).toBe('applied');
    const verdict = await sent(lead, [change('household', north, third, household(3, { phone: '0987654321', mergedInto: id }))]);
    expect(verdict).toMatchObject({ verdict: 'merged', code: 'declined' });
    expect((await seenBy(member, third))?.fields).toMatchObject({ contact: 'no', mergedInto: id });
    expect(await stage.db.selectFrom('record_history').select('value').where('recordId', '=', third).where('value', 'like', '%0987654321%').execute()).toEqual([]);
  });
});

describe('what is written on the double afterwards', () => {
  test('by whoever had heard of nothing loses the details alone, also on the phone that sent the answer', async () => {
    expect((await sent(lead, [merging()]))?.verdict).toBe('applied');
    const answer = await member.save(declining());
    const later = await member.save([change('household', north, double, { phone: '0987654321', members: 5 }, 1)]);
    await member.sync();
    expect([answer, later].map(({ entryId }) => member.verdict(entryId)?.code)).toEqual([undefined, 'declined']);
    expect((await seenBy(member))?.fields).toEqual({ ...emptied, mergedInto: id, members: 5 });
  });

  test('when they are parted it stays without name until it is asked for itself', async () => {
    expect((await sent(lead, [merging()]))?.verdict).toBe('applied');
    expect((await sent(member, declining()))?.verdict).toBe('applied');
    await lead.sync();
    const version = (await seenBy(lead))?.version ?? 0;
    expect((await sent(lead, [change('household', north, double, { mergedInto: null }, version)]))?.verdict).toBe('applied');
    expect((await seenBy(member))?.fields).toEqual({ no: 2, houseLabel: kept, contact: 'no' });
  });

  test('the history says that it went, and that nobody but the endpoint took it', async () => {
    expect((await sent(lead, [merging()]))?.verdict).toBe('applied');
    expect((await sent(member, declining()))?.verdict).toBe('applied');
    const rows = await stage.db.selectFrom('record_history').select(['field', 'value', 'memberId']).where('recordId', '=', double).where('field', '=', 'contact').orderBy('version').execute();
    expect(rows.at(-1)).toEqual({ field: 'contact', value: '"no"', memberId: stage.endpoint.identity().endpointId });
  });
});

test('doubles of other households, and one that was deleted, are left alone', async () => {
  const [other, itsDouble, deleted] = [stage.newId(), stage.newId(), stage.newId()];
  const written = [other, itsDouble, deleted].map((recordId, index) => change('household', north, recordId, household(10 + index)));
  expect(await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, written)])).toMatchObject([{ verdict: 'applied' }]);
  await lead.sync();
  expect((await sent(lead, [merging(itsDouble, other), merging(deleted)]))?.verdict).toBe('applied');
  const { version = 0 } = (await seenBy(lead, deleted)) ?? {};
  expect(await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, [{ recordId: deleted, kind: 'household', areaId: north, base: version, delete: true }])])).toMatchObject([{ verdict: 'applied' }]);
  expect((await sent(member, declining()))?.verdict).toBe('applied');
  expect((await seenBy(lead, itsDouble))?.fields).toMatchObject({ contact: 'yes', headName: expect.any(String) });
  expect((await seenBy(lead, other))?.fields).toMatchObject({ contact: 'yes', headName: expect.any(String) });
});

test('both had declined before they were merged; whoever had not heard of that writes on the double that it agrees: two answers stand, and a person asks', async () => {
  expect((await sent(member, declining()))?.verdict).toBe('applied');
  const [, phone] = words;
  const refusal = change('consent', north, stage.newId(), { householdId: double, purpose: 'visits', decision: 'refused', way: 'spoken', wording: 1, on: '2026-11-22' });
  expect((await sent(member, [refusal, change('household', north, double, { contact: 'no', headName: null, phone: null }, 1)]))?.verdict).toBe('applied');
  const { version = 0 } = (await seenBy(member)) ?? {};
  const consent = change('consent', north, stage.newId(), { householdId: double, purpose: 'visits', decision: 'given', way: 'spoken', wording: 1, on: '2026-11-22' });
  const unaware = await member.save([consent, change('household', north, double, { contact: 'yes', headName: 'Trieu Mui Nai', phone }, version)]);
  await lead.sync();
  expect((await sent(lead, [merging(double, id, version)]))?.verdict).toBe('applied');
  await member.sync();
  expect(member.verdict(unaware.entryId)?.verdict).toBe('applied');
  expect((await seenBy(lead))?.fields).toMatchObject({ contact: 'yes', headName: 'Trieu Mui Nai', mergedInto: id });
  expect((await seenBy(lead, id))?.fields).toMatchObject({ contact: 'no' });
});
