import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { currentSchema } from '#domain/change.ts';
import type { Change } from '#domain/change.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, north, ownDraft, roles, visit } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

/** Of the household that takes them back; `kept`: what stays of it. */
const words = ['Trieu Mui Nai', '0912345678'];
const kept = 'nha san canh suoi';

let folder: string;
let stage: TestEndpoint;
let member: TestPhone;
let lead: TestPhone;
let id: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gan-dan-taken-back-'));
  stage = await createTestEndpoint({}, join(folder, 'gan-dan.sqlite'));
  member = await enrolPhone(stage, roles.member);
  lead = await enrolPhone(stage, roles.lead);
  id = stage.newId();
});
afterEach(async () => {
  await stage.db.destroy();
  rmSync(folder, { recursive: true });
});

/** In the database's file, in its log, and wherever else beside it. */
const onDisk = () => readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1')).join('');
const found = () => [...words, kept].filter((text) => onDisk().includes(text));
const declining = (base: number): Change[] => [
  change('consent', north, stage.newId(), { householdId: id, purpose: 'visits', decision: 'withdrawn', way: 'spoken', wording: 1, on: '2026-11-22' }),
  change('household', north, id, { contact: 'no', headName: null, phone: null }, base),
];

async function saved(phone: TestPhone, changes: Change[]): Promise<string | undefined> {
  const entry = await phone.save(changes);
  await phone.sync();
  return phone.verdict(entry.entryId)?.verdict;
}

describe('the words of a household that takes back its consent lie nowhere on the disk when its phone is answered', () => {
  beforeEach(async () => {
    const [headName, phone] = words;
    expect(await saved(member, [change('household', north, id, household(1, { headName, phone, houseLabel: kept }))])).toBe('applied');
    expect(found()).toEqual([...words, kept]);
  });

  test('by a sync', async () => {
    expect(await saved(member, declining(1))).toBe('applied');
    expect(found()).toEqual([kept]);
  });

  test('by a file that somebody carried here', async () => {
    const entry = await member.save(declining(1));
    await member.request(undefined, member.pushBody());
    expect((await stage.db.selectFrom('entry').select('verdict').where('entryId', '=', entry.entryId).executeTakeFirst())?.verdict).toBe('applied');
    expect(found()).toEqual([kept]);
  });

  test('by the endpoint’s own entry', async () => {
    expect(await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, declining(1))])).toMatchObject([{ verdict: 'applied' }]);
    expect(found()).toEqual([kept]);
  });

  test('when a supervisor accepts what was set aside', async () => {
    await stage.endpoint.changeAssignments(commune, member.memberId, [roles.southLead]);
    expect(await saved(member, declining(1))).toBe('quarantined');
    expect(found()).toEqual([...words, kept]);
    const [waiting] = await stage.endpoint.waitingFor(await authOf(lead));
    expect(await stage.endpoint.decide(await authOf(lead), { entryId: waiting?.entryId ?? '', decision: 'accept' })).toMatchObject({ ok: true });
    expect(found()).toEqual([kept]);
  });
});

async function authOf({ sessionToken }: TestPhone) {
  const auth = await stage.endpoint.authenticate(`Bearer ${sessionToken}`);
  if (!auth.ok || auth.value.kind !== 'session') throw new Error('no session');
  return auth.value;
}

test('what came before the household took it back and is judged only now, is gone with the entry that waited', async () => {
  const [headName, phone] = words;
  expect(await saved(member, [change('household', north, id, household(1, { houseLabel: kept }))])).toBe('applied');
  await lead.sync();
  const missing = member.entry([change('household', north, id, { members: 4 }, 1)]);
  const early = await member.save([change('household', north, id, { headName, phone }, 1)], { after: [missing.entryId] });
  await member.sync();
  expect(member.verdict(early.entryId)?.verdict).toBe('held');
  expect(found()).toEqual([...words, kept]);
  expect(await saved(lead, declining(1))).toBe('applied');
  expect(found()).toEqual([kept]);
  member.outbox.push(await member.seal(missing, missing.deviceSeq));
  await member.sync();
  expect(member.verdict(early.entryId)).toMatchObject({ verdict: 'merged', code: 'declined' });
  expect(found()).toEqual([kept]);
});

test('what a supervisor had accepted is kept as it was written, and goes when the household takes it back', async () => {
  const [headName, phone] = words;
  expect(await saved(member, [change('household', north, id, household(1, { houseLabel: kept }))])).toBe('applied');
  await stage.endpoint.changeAssignments(commune, member.memberId, [roles.southLead]);
  const late = await member.save([change('household', north, id, { headName, phone }, 1)]);
  const other = await member.save([change('household', north, id, { members: 4 }, 1)]);
  await member.sync();
  for (const { entryId } of [late, other]) expect(await stage.endpoint.decide(await authOf(lead), { entryId, decision: 'accept' })).toMatchObject({ ok: true });
  await lead.sync();
  expect(found()).toEqual([...words, kept]);
  expect(await saved(lead, declining(3))).toBe('applied');
  expect(found()).toEqual([kept]);
  const originals = await stage.db.selectFrom('waiting_entry').select(['entryId', 'reason']).execute();
  expect(originals).toEqual([{ entryId: other.entryId, reason: 'accepted' }]);
});

describe('what waits for a person and names a household that takes back its consent', () => {
  test('loses its words when the household declines, before anybody judges it', async () => {
    const [headName, phone] = words;
    expect(await saved(member, [change('household', north, id, household(1, { houseLabel: kept }))])).toBe('applied');
    await lead.sync();
    await stage.endpoint.changeAssignments(commune, member.memberId, [roles.southLead]);
    expect(await saved(member, [change('household', north, id, { headName, phone }, 1)])).toBe('quarantined');
    expect(found()).toEqual([...words, kept]);
    expect(await saved(lead, declining(1))).toBe('applied');
    expect(found()).toEqual([kept]);
    // Written before, and sent only now.
    expect(await saved(member, [change('household', north, id, { headName, phone }, 1)])).toBe('quarantined');
    expect(found()).toEqual([kept]);
  });

  test('for an upgrade: the same', async () => {
    const [headName, phone] = words;
    expect(await saved(member, [change('household', north, id, household(1, { houseLabel: kept }))])).toBe('applied');
    await lead.sync();
    const newer = await member.save([change('household', north, id, { headName, phone, newWord: { of: 'a later program' } }, 1)], { schema: currentSchema + 1 });
    await member.sync();
    expect(member.verdict(newer.entryId)).toMatchObject({ verdict: 'held', code: 'schema' });
    expect(found()).toEqual([...words, kept]);
    expect(await saved(lead, declining(1))).toBe('applied');
    expect(found()).toEqual([kept]);
  });
});

test('what a killed program had taken out, and had not folded, is gone from the disk at the next start', async () => {
  const [headName, phone] = words;
  expect(await saved(member, [change('household', north, id, household(1, { headName, phone, houseLabel: kept }))])).toBe('applied');
  await stage.db.deleteFrom('record_history').where('recordId', '=', id).execute();
  await stage.db.deleteFrom('record').where('recordId', '=', id).execute();
  expect(found()).toEqual([...words, kept]);
  await stage.restarted();
  expect(found()).toEqual([]);
});

test('what a supervisor declined lies nowhere on the disk once they are answered', async () => {
  const [headName, phone] = words;
  await stage.endpoint.changeAssignments(commune, member.memberId, [roles.southLead]);
  const entry = await member.save([change('household', north, id, household(1, { headName, phone, houseLabel: kept }))]);
  await member.sync();
  expect(found()).toEqual([...words, kept]);
  expect(await stage.endpoint.decide(await authOf(lead), { entryId: entry.entryId, decision: 'decline', reason: 'Đã ghi ở sổ khác.' })).toMatchObject({ ok: true });
  expect(found()).toEqual([]);
});

test('what waited for an entry that an erasure has overtaken lies nowhere on the disk once that has come', async () => {
  expect(await saved(member, [change('household', north, id, household(1))])).toBe('applied');
  const visitId = stage.newId();
  const made = member.entry([change('visit', north, visitId, visit(id))]);
  const early = await member.save([change('visit', north, visitId, { outcome: kept })], { after: [made.entryId] });
  await member.sync();
  await stage.endpoint.eraseRecord(commune, id);
  expect(member.verdict(early.entryId)?.verdict).toBe('held');
  expect(found()).toEqual([kept]);
  member.outbox.push(await member.seal(made, made.deviceSeq));
  await member.sync();
  expect(member.verdict(early.entryId)?.verdict).toBe('erased');
  expect(found()).toEqual([]);
});
