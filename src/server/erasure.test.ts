import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createListInMemory } from './append-only-list.ts';
import type { AppendOnlyList } from './append-only-list.ts';
import { readHolders } from './erasure-devices.ts';
import { createErasureFile } from './erasure-list.ts';
import type { Erasure } from './erasure-list.ts';
import { change, commune, createTestEndpoint, dumpDatabase, enrolPhone, household, namedFeedback, north, office, roles, south, visit } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let erasures: AppendOnlyList<Erasure>;
let stage: TestEndpoint;
let member: TestPhone;
let lead: TestPhone;
/** What of the household must not be found anywhere once it is erased. */
const told = 'nhà sàn cạnh suối';

beforeEach(async () => {
  erasures = createListInMemory();
  stage = await createTestEndpoint({ erasures });
  member = await enrolPhone(stage, roles.member);
  lead = await enrolPhone(stage, roles.lead);
});

async function saved(phone: TestPhone, ...args: Parameters<TestPhone['save']>) {
  const entry = await phone.save(...args);
  await phone.sync();
  return entry;
}

async function savedHousehold(phone = lead) {
  const id = stage.newId();
  const entry = await saved(phone, [change('household', north, id, household(1, { houseLabel: told }))]);
  return { id, entry };
}

const erase = (recordId: string) => stage.endpoint.eraseRecord(commune, recordId);
const listed = () => erasures.all().map(({ recordId }) => recordId);

describe('an erased record', () => {
  test('is gone with what belongs to it and their history, for every phone, and each entry that touched it tells so', async () => {
    const { id, entry } = await savedHousehold();
    const visitId = stage.newId();
    await member.sync();
    const visited = await saved(member, [change('visit', north, visitId, visit(id, { outcome: told }))]);
    const edited = await saved(member, [change('household', north, id, { houseLabel: `${told} lớn` }, 1)]);
    const other = await saved(lead, [change('household', north, stage.newId(), household(2))]);
    expect(await erase(id)).toBe(true);
    for (const phone of [member, lead]) {
      await phone.sync();
      expect(phone.seen().has(id)).toBe(false);
      expect(phone.seen().has(visitId)).toBe(false);
    }
    expect([visited, edited].map(({ entryId }) => member.verdict(entryId)?.verdict)).toEqual(['erased', 'erased']);
    expect(lead.verdict(entry.entryId)?.verdict).toBe('erased');
    expect(lead.verdict(other.entryId)?.verdict).toBe('applied');
    expect(await dumpDatabase(stage.db)).not.toContain(told);
    expect(listed().slice(-2)).toEqual([id, visitId]);
  });

  test('reaches also the phone whose entry had nothing left to set, because the household had taken it back', async () => {
    const { id } = await savedHousehold();
    await member.sync();
    await saved(lead, [change('household', north, id, { contact: 'no', headName: null, phone: null }, 1)]);
    const taken = await saved(member, [change('household', north, id, { phone: '0961145172' }, 1)]);
    expect(member.verdict(taken.entryId)?.verdict).toBe('merged');
    expect((await stage.endpoint.history({ kind: 'session', communeCode: commune, deviceId: lead.deviceId, memberId: lead.memberId }, id))?.settings.map(({ field }) => field)).not.toContain('');
    await erase(id);
    await member.sync();
    expect(member.verdict(taken.entryId)?.verdict).toBe('erased');
  });

  test('leaves each channel with the digest that a phone computes from what it was told', async () => {
    const { id } = await savedHousehold();
    const officer = await enrolPhone(stage, roles.officer);
    for (const phone of [member, officer]) await phone.sync();
    await erase(id);
    for (const phone of [member, officer]) {
      await phone.sync();
      const kept = new Map([...phone.channels].map(([channelId, { digest, rows }]) => [channelId, [digest, rows.size]]));
      phone.forget();
      await phone.sync();
      expect(new Map([...phone.channels].map(([channelId, { digest, rows }]) => [channelId, [digest, rows.size]]))).toEqual(kept);
    }
  });

  test('takes the doubles of a household along, which are that household and stand in no list', async () => {
    const [{ id }, { id: double }, { id: doubleOfDouble }] = [await savedHousehold(), await savedHousehold(), await savedHousehold()];
    const visitId = stage.newId();
    const { id: other } = await savedHousehold();
    await saved(lead, [change('visit', north, visitId, visit(doubleOfDouble, { outcome: told }))]);
    for (const [from, into] of [[doubleOfDouble, double], [double, id]] as const) {
      const merging = await saved(lead, [change('household', north, from, { mergedInto: into }, 1)]);
      expect(lead.verdict(merging.entryId)?.verdict).toBe('applied');
    }
    expect(await erase(id)).toBe(true);
    await lead.sync();
    expect([id, double, doubleOfDouble, visitId, other].filter((recordId) => lead.seen().has(recordId))).toEqual([other]);
    expect(listed()).toEqual(expect.arrayContaining([id, double, doubleOfDouble, visitId]));
  });

  test('takes a feedback with all its events', async () => {
    const officer = await enrolPhone(stage, roles.officer);
    const [id, eventId] = [stage.newId(), stage.newId()];
    await saved(member, [change('feedback', north, id, namedFeedback({ text: `${told}, xin sửa đường.` }))]);
    await officer.sync();
    const event = await saved(officer, [change('feedback_event', north, eventId, { type: 'triage', feedbackId: id, step: 0, on: '2026-11-22' })]);
    expect(officer.verdict(event.entryId)?.verdict).toBe('applied');
    expect(await erase(id)).toBe(true);
    await officer.sync();
    expect([...officer.seen().keys()].filter((recordId) => [id, eventId].includes(recordId))).toEqual([]);
    expect(officer.verdict(event.entryId)?.verdict).toBe('erased');
    expect(await dumpDatabase(stage.db)).not.toContain(told);
  });

  test('stays erased against any later change to it, to what belonged to it and to what would', async () => {
    const { id } = await savedHousehold();
    const visitId = stage.newId();
    await saved(member, [change('visit', north, visitId, visit(id))]);
    await erase(id);
    const edit = await saved(member, [change('household', north, id, { houseLabel: told }, 1)]);
    const oldChild = await saved(member, [change('visit', north, visitId, { outcome: told }, 1)]);
    const newVisit = stage.newId();
    const first = member.entry([change('visit', north, newVisit, visit(id, { outcome: told }))]);
    const second = member.entry([change('visit', north, newVisit, { outcome: `${told} nữa` })], { after: [first.entryId] });
    for (const entry of [first, second]) member.outbox.push(await member.seal(entry, entry.deviceSeq));
    await member.sync();
    expect([edit, oldChild, first, second].map(({ entryId }) => member.verdict(entryId)?.verdict)).toEqual(Array.from({ length: 4 }, () => 'erased'));
    expect(await dumpDatabase(stage.db)).not.toContain(told);
    const own = { entryId: stage.newId(), memberId: member.memberId, occurredAt: '2026-11-22T08:00:00+07:00' };
    for (const again of [change('household', north, id, household(1)), change('visit', north, stage.newId(), visit(id))]) {
      expect(await stage.endpoint.applyOwnEntries(commune, [{ ...own, changes: [again] }])).toMatchObject([{ verdict: 'erased' }]);
    }
  });

  test('is not reached by naming it as the parent of a record that is there', async () => {
    const { id } = await savedHousehold();
    const again = await savedHousehold();
    await erase(id);
    const alive = stage.newId();
    await saved(lead, [change('household', north, alive, household(2))]);
    const visitId = stage.newId();
    await saved(lead, [change('visit', north, visitId, visit(alive))]);
    await saved(member, [change('visit', north, visitId, visit(id), 1)]);
    const waits = await saved(member, [change('visit', north, visitId, visit(again.id), 1)], { after: [stage.newId()] });
    await erase(again.id);
    const later = await saved(lead, [change('visit', north, visitId, { outcome: 'vui' }, 1)]);
    expect(lead.verdict(later.entryId)?.verdict).toBe('applied');
    await member.sync();
    expect(member.verdict(waits.entryId)?.verdict).toBe('erased');
  });
});

describe('what waits', () => {
  test('and touches it is settled as erased without its content; what waited for that is judged', async () => {
    const { id } = await savedHousehold();
    await member.sync();
    const held = member.entry([change('household', north, id, { houseLabel: told }, 1)], { after: [stage.newId()] });
    const child = stage.newId();
    const heldChild = member.entry([change('visit', north, child, visit(id, { outcome: told }))], { after: [held.entryId] });
    const correction = member.entry([change('visit', north, child, { outcome: `${told} nữa` })], { after: [heldChild.entryId] });
    const free = member.entry([change('household', north, stage.newId(), household(3))], { after: [held.entryId] });
    const southern = member.entry([change('household', south, id, { houseLabel: told }, 1)]);
    for (const entry of [held, heldChild, correction, free, southern]) member.outbox.push(await member.seal(entry, entry.deviceSeq));
    await member.sync();
    expect([held, heldChild, correction, free].map(({ entryId }) => member.verdict(entryId)?.verdict)).toEqual(Array.from({ length: 4 }, () => 'held'));
    await erase(id);
    await member.sync();
    const verdicts = [held, heldChild, correction, free].map(({ entryId }) => member.verdict(entryId)?.verdict);
    expect(verdicts).toEqual(['erased', 'erased', 'erased', 'applied']);
    expect(await dumpDatabase(stage.db)).not.toContain(told);
    expect(await stage.db.selectFrom('waiting_entry').selectAll().execute()).toEqual([]);
    expect(await stage.db.selectFrom('waiting_after').selectAll().execute()).toEqual([]);
  });

  test('goes as well where it came before the entry by which its record was to be made, and the erasure came in between', async () => {
    const { id } = await savedHousehold();
    await member.sync();
    const child = stage.newId();
    const made = member.entry([change('visit', north, child, visit(id, { outcome: told }))]);
    const waiting = member.entry([change('visit', north, child, { outcome: `${told} nữa` })], { after: [made.entryId] });
    const refused = member.entry([change('visit', north, child, { outcome: told })]);
    const setAside = member.entry([change('visit', south, child, { ...visit(stage.newId()), outcome: told })]);
    const early = [waiting, refused, setAside];
    const verdicts = () => early.map(({ entryId }) => member.verdict(entryId)?.verdict);
    for (const entry of early) member.outbox.push(await member.seal(entry, entry.deviceSeq));
    await member.sync();
    await erase(id);
    await member.sync();
    expect(verdicts()).toEqual(['held', 'rejected', 'quarantined']);
    member.outbox.push(await member.seal(made, made.deviceSeq));
    await member.sync();
    expect(member.verdict(made.entryId)?.verdict).toBe('erased');
    expect(verdicts()).toEqual(['erased', 'erased', 'erased']);
    expect(await dumpDatabase(stage.db)).not.toContain(told);
    for (const table of ['waiting_entry', 'waiting_after', 'rejected_record'] as const) expect(await stage.db.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  test('goes as well where the entry by which its record was to be made had been rejected before the erasure', async () => {
    const { id } = await savedHousehold();
    await member.sync();
    const child = stage.newId();
    const made = await saved(member, [change('visit', north, child, visit(id, { outcome: told, bornIn: told }))]);
    const corrected = await saved(member, [change('visit', north, child, { outcome: told })], { after: [made.entryId] });
    const other = await saved(member, [change('visit', north, stage.newId(), { outcome: told })]);
    const verdicts = () => [made, corrected, other].map(({ entryId }) => member.verdict(entryId)?.verdict);
    expect(verdicts()).toEqual(['rejected', 'rejected', 'rejected']);
    await erase(id);
    const late = await saved(member, [change('visit', north, child, { met: 'absent' })]);
    expect(verdicts()).toEqual(['erased', 'erased', 'rejected']);
    expect(member.verdict(late.entryId)?.verdict).toBe('erased');
  });

  test('can be erased though nothing of it was ever applied', async () => {
    const id = stage.newId();
    const set = await saved(member, [change('household', south, id, household(1, { houseLabel: told }))]);
    const follower = await saved(member, [change('household', north, stage.newId(), household(2))], { after: [set.entryId] });
    expect([set, follower].map(({ entryId }) => member.verdict(entryId)?.verdict)).toEqual(['quarantined', 'quarantined']);
    expect(await erase(id)).toBe(true);
    await member.sync();
    expect(member.verdict(follower.entryId)?.verdict).toBe('applied');
    expect(member.verdict(set.entryId)?.verdict).toBe('erased');
    expect(await dumpDatabase(stage.db)).not.toContain(told);
  });
});

test('what is not there, a place and a unit are not erased; erasing twice is erasing once', async () => {
  expect(await erase(stage.newId())).toBe(false);
  expect(await erase(north)).toBe(false);
  expect(await erase(office)).toBe(false);
  const { id } = await savedHousehold();
  expect([await erase(id), await erase(id)]).toEqual([true, true]);
  expect(listed().filter((recordId) => recordId === id)).toEqual([id]);
  expect(await stage.db.selectFrom('audit').select('subject').where('action', '=', 'record_erased').execute()).toEqual([{ subject: id }]);
});

test('entries of the endpoint itself keep their verdict: an import that is repeated is not refused', async () => {
  const id = stage.newId();
  const draft = { entryId: stage.newId(), memberId: member.memberId, occurredAt: '2026-11-22T08:00:00+07:00' };
  const changes = [change('household', north, id, household(1)), change('household', north, stage.newId(), household(2))];
  for (let n = 0; n < 2; n++) {
    expect(await stage.endpoint.applyOwnEntries(commune, [{ ...draft, changes }])).toMatchObject([{ verdict: 'applied' }]);
    await erase(id);
  }
});

describe('after a restore', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gan-dan-erasures-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test.for([
    ['a backup', false],
    ['a part of one, by hand', true],
  ] as const)('from %s: what was erased is erased again at the start, and what was not in it stays erased', async ([, isListKept]) => {
    const path = join(folder, 'erasures.jsonl');
    stage = await createTestEndpoint({ erasures: createErasureFile(path) });
    member = await enrolPhone(stage, roles.member);
    const { id, entry } = await savedHousehold(member);
    const [older, later] = [stage.newId(), stage.newId()];
    await saved(member, [change('visit', north, older, visit(id, { outcome: told }))]);
    const backup = await tablesOf(stage);
    const unknown = await saved(member, [change('visit', north, later, visit(id, { outcome: told }))]);
    await erase(id);
    if (isListKept) backup.delete('erasure');
    await putBack(stage, backup);
    expect(await dumpDatabase(stage.db)).toContain(told);
    const lines = readFileSync(path, 'utf8');
    const { endpoint } = await stage.restarted();
    expect(await dumpDatabase(stage.db)).not.toContain(told);
    expect(readFileSync(path, 'utf8')).toBe(lines);
    const verdictOf = async (entryId: string) => (await stage.db.selectFrom('entry').select('verdict').where('entryId', '=', entryId).executeTakeFirst())?.verdict;
    expect(await verdictOf(entry.entryId)).toBe('erased');
    // The phone sends again what the backup did not have, and then a correction of it.
    const correction = member.entry([change('visit', north, later, { outcome: `${told} nữa` }, 1)]);
    for (const again of [unknown, correction]) await endpoint.sync({ kind: 'bundle' }, member.pushBody([await member.seal(again, again.deviceSeq)]));
    expect([await verdictOf(unknown.entryId), await verdictOf(correction.entryId)]).toEqual(['erased', 'erased']);
    expect(await dumpDatabase(stage.db)).not.toContain(told);
  });

  test('what waited for an entry that an erasure overtook goes, though the backup knows nothing of that entry, and no phone has it any more', async () => {
    stage = await createTestEndpoint({ erasures: createErasureFile(join(folder, 'erasures.jsonl')) });
    member = await enrolPhone(stage, roles.member);
    const { id } = await savedHousehold(member);
    const child = stage.newId();
    const made = member.entry([change('visit', north, child, visit(id, { outcome: told }))]);
    const waiting = await saved(member, [change('visit', north, child, { outcome: told }, 1)], { after: [made.entryId] });
    const refused = await saved(member, [change('visit', north, child, { outcome: told })]);
    await erase(id);
    const backup = await tablesOf(stage);
    member.outbox.push(await member.seal(made, made.deviceSeq));
    await member.sync();
    expect([made, waiting, refused].map(({ entryId }) => member.verdict(entryId)?.verdict)).toEqual(['erased', 'erased', 'erased']);
    await putBack(stage, backup);
    expect(await dumpDatabase(stage.db)).toContain(told);
    await stage.restarted();
    expect(await dumpDatabase(stage.db)).not.toContain(told);
    const now = await stage.db.selectFrom('entry').select('verdict').where('entryId', 'in', [waiting.entryId, refused.entryId]).execute();
    expect(now.map(({ verdict }) => verdict)).toEqual(['erased', 'erased']);
  });

  test('every phone is asked, also one that was only passing through the hamlet since the backup: nobody knows any more what it was sent', async () => {
    stage = await createTestEndpoint({ erasures: createErasureFile(join(folder, 'erasures.jsonl')) });
    member = await enrolPhone(stage, roles.member);
    const passing = await enrolPhone(stage, roles.southLead);
    const { id } = await savedHousehold(member);
    await passing.sync();
    const backup = await tablesOf(stage);
    await stage.endpoint.changeAssignments(commune, passing.memberId, [roles.member]);
    await passing.sync();
    expect(passing.seen().has(id)).toBe(true);
    await stage.endpoint.changeAssignments(commune, passing.memberId, [roles.southLead]);
    await erase(id);
    const asked = async () => (await readHolders(stage.db, commune, id)).map(({ deviceId }) => deviceId);
    expect(await asked()).toContain(passing.deviceId);
    await putBack(stage, backup);
    await stage.restarted();
    expect(await asked()).toContain(passing.deviceId);
  });
});

test('an entry that a supervisor accepted is told to be erased also where its original was not kept', async () => {
  const { id } = await savedHousehold();
  const written = await member.save([change('household', north, id, { phone: '0912345678', members: 4 }, 1)]);
  await stage.endpoint.changeAssignments(commune, member.memberId, [{ role: 'team_member', hamletId: south }]);
  await member.sync();
  // The household declines meanwhile: what the original says of it is kept nowhere once it is accepted.
  await saved(lead, [change('household', north, id, { contact: 'no', headName: null }, 1)]);
  const auth = { kind: 'session', communeCode: commune, deviceId: lead.deviceId, memberId: lead.memberId } as const;
  expect(await stage.endpoint.decide(auth, { entryId: written.entryId, decision: 'accept' })).toEqual({ ok: true, value: { verdict: 'applied' } });
  expect(await erase(id)).toBe(true);
  await member.sync();
  expect(member.verdict(written.entryId)?.verdict).toBe('erased');
});

const restored = ['record', 'record_history', 'channel_row', 'channel_counter', 'entry', 'waiting_entry', 'waiting_after', 'rejected_record', 'erasure'] as const;

async function tablesOf({ db }: TestEndpoint) {
  return new Map(await Promise.all(restored.map(async (table) => [table, await db.selectFrom(table).selectAll().execute()] as const)));
}

async function putBack({ db }: TestEndpoint, backup: Awaited<ReturnType<typeof tablesOf>>): Promise<void> {
  for (const table of backup.keys()) {
    await db.deleteFrom(table).execute();
    for (const row of backup.get(table) ?? []) await db.insertInto(table).values(row).execute();
  }
}
