import { beforeEach, describe, expect, test } from 'vitest';
import { currentSchema } from '#domain/change.ts';
import { openReceipt } from '#sync/entry.ts';
import { receiptSchema } from '#sync/protocol.ts';
import type { Receipt, SyncAnswer } from '#sync/protocol.ts';
import { change, commune, createTestEndpoint, dumpDatabase, enrolPhone, household, north, roles, south, visit } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let stage: TestEndpoint;
let member: TestPhone;

beforeEach(async () => {
  stage = await createTestEndpoint();
  member = await enrolPhone(stage, roles.member);
});

describe('schemas', () => {
  test('an entry of a newer schema than this start reads waits, and a start that reads it releases it', async () => {
    const newer = await member.save([change('household', north, stage.newId(), household(1))], { schema: currentSchema + 1 });
    const [answer] = await member.sync();
    expect(answer?.schema).toBe(currentSchema);
    expect(member.verdict(newer.entryId)).toMatchObject({ verdict: 'held', code: 'schema' });
    await stage.restarted();
    await member.sync();
    expect(member.verdict(newer.entryId)).toMatchObject({ verdict: 'held', code: 'schema' });
    const upgraded = await stage.restarted({ schema: currentSchema + 1 });
    expect((await upgraded.endpoint.sync({ kind: 'bundle' }, member.pushBody())).schema).toBe(currentSchema + 1);
    await member.sync();
    expect(member.verdict(newer.entryId)).toMatchObject({ verdict: 'applied' });
  });

  test('an endpoint that was rolled back holds what the newer one would have read, and reads the older ones', async () => {
    const upgraded = await stage.restarted({ schema: currentSchema + 1 });
    const entries = [currentSchema - 1, currentSchema, currentSchema + 1].map((schema) => member.entry([change('household', north, stage.newId(), household(schema))], { schema }));
    const sealed = await Promise.all(entries.map((entry) => member.seal(entry, entry.deviceSeq)));
    await upgraded.endpoint.sync({ kind: 'bundle' }, member.pushBody(sealed.slice(0, 2)));
    await stage.endpoint.sync({ kind: 'bundle' }, member.pushBody(sealed.slice(2)));
    await member.sync();
    expect(entries.map(({ entryId }) => member.verdict(entryId)?.verdict)).toEqual(['applied', 'applied', 'held']);
  });
});

describe('a kind of record that came with a newer schema', () => {
  const consent = (householdId: string) => ({ householdId, purpose: 'visits', decision: 'given', way: 'spoken', wording: 1, on: '2026-11-22' });

  test('waits at an endpoint that is older, with what comes after it; all else is taken', async () => {
    const older = await stage.restarted({ schema: 1 });
    const handIn = async () => await older.endpoint.sync({ kind: 'bundle' }, member.pushBody());
    const id = stage.newId();
    const visited = member.entry([change('household', north, id, household(1))], { schema: 1 });
    const asked = member.entry([change('consent', north, stage.newId(), consent(id))], { after: [visited.entryId] });
    const later = member.entry([change('visit', north, stage.newId(), visit(id))], { schema: 1, after: [visited.entryId] });
    for (const entry of [visited, asked, later]) member.outbox.push(await member.seal(entry, entry.deviceSeq));
    await handIn();
    // Said by the older one, before any newer start judges it.
    const verdicts = async () => await stage.db.selectFrom('entry').select(['verdict', 'code']).where('deviceId', '=', member.deviceId).orderBy('deviceSeq').execute();
    expect(await verdicts()).toEqual([{ verdict: 'applied', code: null }, { verdict: 'held', code: 'schema' }, { verdict: 'applied', code: null }]);
    await stage.restarted();
    await member.sync();
    expect(member.verdict(asked.entryId)?.verdict).toBe('applied');
    expect([...member.seen().values()].filter((row) => 'kind' in row && row.kind === 'consent')).toHaveLength(1);
  });

  test('goes to every phone of its channel as any other, and leaves the digest as theirs', async () => {
    const lead = await enrolPhone(stage, roles.lead);
    const id = stage.newId();
    await member.save([change('household', north, id, household(1))]);
    await member.save([change('consent', north, stage.newId(), consent(id))]);
    await member.sync();
    await lead.sync();
    expect(lead.channels.get(`hamlet/${north}`)?.digest).toBe(member.channels.get(`hamlet/${north}`)?.digest);
    expect([...lead.seen().values()].map((row) => ('kind' in row ? row.kind : 'gone'))).toContain('consent');
  });
});

describe('the newest verified backup', () => {
  const told = async () => (await stage.endpoint.sync({ kind: 'bundle' }, member.pushBody())).verifiedBackupAt;
  const write = async (value: string) => {
    await stage.db.deleteFrom('meta').where('name', '=', 'verifiedBackupAt').execute();
    await stage.db.insertInto('meta').values({ name: 'verifiedBackupAt', value }).execute();
  };

  test('is told in every answer once there is one', async () => {
    expect(await told()).toBeUndefined();
    await write('2026-11-21T02:00:00+07:00');
    expect(await told()).toBe('2026-11-21T02:00:00+07:00');
    const [answer] = await member.sync();
    expect(answer?.verifiedBackupAt).toBe('2026-11-21T02:00:00+07:00');
  });

  test('is not told where it is no time: a phone could read none of the answer', async () => {
    await write('yesterday');
    expect(await told()).toBeUndefined();
  });
});

describe('receipts', () => {
  const read = async (phone: TestPhone, answer: SyncAnswer): Promise<Receipt[]> => {
    const { sessionId, receiptKey } = phone.session;
    const receipts: Receipt[] = [];
    for (const sealed of answer.receipts ?? []) {
      const opened = await openReceipt({ receiptKey, sessionId, deviceId: phone.deviceId, sealed });
      if (opened.ok) receipts.push(receiptSchema.parse(opened.value));
    }
    return receipts;
  };
  const handIn = async (phone: TestPhone) => await stage.endpoint.sync({ kind: 'bundle' }, { ...phone.pushBody(), receipts: true });

  test('a bundle comes back with what became of its entries, readable by their own phone alone', async () => {
    const lead = await enrolPhone(stage, roles.lead);
    const id = stage.newId();
    const good = await member.save([change('household', north, id, household(1))]);
    const wrong = await member.save([change('household', north, stage.newId(), household(2, { members: 99 }))]);
    const answer = await handIn(member);
    expect(answer.receipts).toHaveLength(1);
    expect(await read(lead, answer)).toEqual([]);
    const [receipt] = await read(member, answer);
    expect(receipt).toMatchObject({ epoch: 1, verdicts: [{ entryId: good.entryId, verdict: 'applied' }, { entryId: wrong.entryId, verdict: 'rejected', field: 'members' }] });
    await member.sync();
    expect(receipt?.verdicts).toEqual([member.verdict(good.entryId), member.verdict(wrong.entryId)]);
  });

  test('entries of two phones in one bundle: a receipt each', async () => {
    const lead = await enrolPhone(stage, roles.lead);
    const entries = [await member.save([change('household', north, stage.newId(), household(1))]), await lead.save([change('household', north, stage.newId(), household(2))])];
    const body = { protocol: 1 as const, sessions: [member.header, lead.header], entries: [...member.outbox, ...lead.outbox], receipts: true as const };
    const answer = await stage.endpoint.sync({ kind: 'bundle' }, body);
    const ids = [await read(member, answer), await read(lead, answer)].map((receipts) => receipts.flatMap((receipt) => receipt.verdicts.map(({ entryId }) => entryId)));
    expect(ids).toEqual(entries.map(({ entryId }) => [entryId]));
  });

  test('says what is true when all of it was judged: an entry that came before what it waited for', async () => {
    const id = stage.newId();
    const first = member.entry([change('household', north, id, household(1))]);
    const second = member.entry([change('visit', north, stage.newId(), visit(id))], { after: [first.entryId] });
    for (const entry of [second, first]) member.outbox.push(await member.seal(entry, entry.deviceSeq));
    const [receipt] = await read(member, await handIn(member));
    expect(receipt?.verdicts.map(({ verdict }) => verdict)).toEqual(['applied', 'applied']);
  });

  test('verdicts that are too many for one receipt come in several', async () => {
    const after = Array.from({ length: 200 }, () => crypto.randomUUID());
    const entries = [];
    for (let no = 1; no <= 40; no++) entries.push(await member.save([change('household', north, stage.newId(), household(no))], { after }));
    const answer = await handIn(member);
    expect(answer.receipts?.length).toBeGreaterThan(1);
    const told = (await read(member, answer)).flatMap((receipt) => receipt.verdicts.map(({ entryId }) => entryId));
    expect(told).toEqual(entries.map(({ entryId }) => entryId));
  });

  test('of what cannot be read there is none, and who does not ask gets none', async () => {
    await member.save([change('household', north, stage.newId(), household(1))]);
    expect(await stage.endpoint.sync({ kind: 'bundle' }, member.pushBody())).not.toHaveProperty('receipts');
    member.outbox[0] = { ...(await member.seal({}, 9)), bytes: 'AAAA' };
    expect((await handIn(member)).receipts).toEqual([]);
  });
});

describe('what had arrived before', () => {
  test('is told to whoever hands in a bundle, and to nobody else', async () => {
    await member.save([change('household', north, stage.newId(), household(1))]);
    const body = member.pushBody();
    expect((await stage.endpoint.sync({ kind: 'bundle' }, body)).entries).toEqual([{ session: member.session.sessionId, deviceSeq: 1, outcome: 'kept' }]);
    expect((await stage.endpoint.sync({ kind: 'bundle' }, body)).entries).toMatchObject([{ outcome: 'kept', known: true }]);
    for (const authorization of [`Delivery ${member.deliveryToken}`, `Bearer ${member.sessionToken}`]) {
      const { entries } = await member.request(authorization, body);
      expect(entries).toEqual([{ session: member.session.sessionId, deviceSeq: 1, outcome: 'kept' }]);
    }
  });
});

describe('entries that are lost', () => {
  const say = async (phone: TestPhone, ...lost: string[]) => await phone.sync(lost);

  test('are waited for no longer once the phone says so, and the verdict tells', async () => {
    const lostId = stage.newId();
    const held = await member.save([change('household', north, stage.newId(), household(1))], { after: [lostId] });
    await member.sync();
    expect(member.verdict(held.entryId)).toMatchObject({ verdict: 'held', after: [lostId] });
    await say(member, stage.newId());
    expect(member.verdict(held.entryId)?.verdict).toBe('held');
    await say(member, lostId);
    expect(member.verdict(held.entryId)).toMatchObject({ verdict: 'applied', code: 'earlier_lost' });
  });

  test('in one request: what comes with it is not lost, a chain behind it is released whole', async () => {
    const [lostId, id] = [stage.newId(), stage.newId()];
    const first = await member.save([change('household', north, id, household(1))], { after: [lostId] });
    const second = await member.save([change('visit', north, stage.newId(), visit(id))], { after: [lostId, first.entryId] });
    const third = await member.save([change('household', north, id, { members: 3 })], { after: [lostId, second.entryId] });
    member.outbox.reverse();
    await say(member, lostId, first.entryId);
    expect([first, second, third].map(({ entryId }) => member.verdict(entryId))).toMatchObject(
      Array.from({ length: 3 }, () => ({ verdict: 'applied', code: 'earlier_lost' })),
    );
    expect(await stage.db.selectFrom('waiting_after').selectAll().execute()).toEqual([]);
  });

  test('one that is still missing is still waited for', async () => {
    const [lostId, missing] = [stage.newId(), stage.newId()];
    const held = await member.save([change('household', north, stage.newId(), household(1))], { after: [lostId, missing] });
    await say(member, lostId);
    expect(member.verdict(held.entryId)?.verdict).toBe('held');
    await say(member, missing);
    expect(member.verdict(held.entryId)?.verdict).toBe('held');
    await say(member, missing, lostId);
    expect(member.verdict(held.entryId)?.verdict).toBe('applied');
  });

  test('what the endpoint has is not lost, whatever the phone says', async () => {
    const missing = stage.newId();
    const first = await member.save([change('household', north, stage.newId(), household(1))], { after: [missing] });
    const second = await member.save([change('household', north, stage.newId(), household(2))], { after: [first.entryId] });
    await say(member, first.entryId);
    expect([first, second].map(({ entryId }) => member.verdict(entryId)?.verdict)).toEqual(['held', 'held']);
  });

  test("another phone's word says nothing of this one's entries", async () => {
    const lead = await enrolPhone(stage, roles.lead);
    const lostId = stage.newId();
    const held = await member.save([change('household', north, stage.newId(), household(1))], { after: [lostId] });
    await member.sync();
    await say(lead, lostId);
    await member.sync();
    expect(member.verdict(held.entryId)?.verdict).toBe('held');
  });

  test('whatever the order in which the phone numbered them', async () => {
    const lostId = stage.newId();
    const first = await member.save([change('household', north, stage.newId(), household(1))], { after: [lostId], deviceSeq: 9 });
    const second = await member.save([change('household', north, stage.newId(), household(2))], { after: [lostId, first.entryId], deviceSeq: 3 });
    await say(member, lostId);
    expect([first, second].map(({ entryId }) => member.verdict(entryId)?.verdict)).toEqual(['applied', 'applied']);
  });

  test("an entry of that id on another phone is none of this one's: it is lost all the same, and its values are another's", async () => {
    const lead = await enrolPhone(stage, roles.lead);
    const id = stage.newId();
    await lead.save([change('household', north, id, household(1))]);
    const foreign = await lead.save([change('household', north, id, { houseLabel: 'cạnh suối' }, 1)]);
    await lead.sync();
    const held = await member.save([change('household', north, id, { houseLabel: 'cạnh cầu' }, 1)], { after: [foreign.entryId] });
    await say(member, foreign.entryId);
    expect(member.verdict(held.entryId)).toMatchObject({ verdict: 'merged', code: 'earlier_lost' });
  });
});

describe('a phone with a new identity', () => {
  const renewed = async () => {
    const now = await enrolPhone(stage, roles.member, { memberId: member.memberId });
    await stage.db.updateTable('device').set({ replaces: member.deviceId }).where('deviceId', '=', now.deviceId).execute();
    await stage.db.updateTable('device').set({ state: 'retired' }).where('deviceId', '=', member.deviceId).execute();
    return now;
  };
  const pushed = async (phone: TestPhone, entry: ReturnType<TestPhone['entry']>) => {
    await stage.endpoint.sync({ kind: 'bundle' }, phone.pushBody([await phone.seal(entry, entry.deviceSeq)]));
    return await stage.db.selectFrom('entry').select(['verdict', 'code']).where('entryId', '=', entry.entryId).executeTakeFirstOrThrow();
  };

  test('comes after what it sealed as the device it was, and its own chain does not conflict with itself', async () => {
    const id = stage.newId();
    const made = member.entry([change('household', north, id, household(1))]);
    await pushed(member, made);
    const first = member.entry([change('household', north, id, { houseLabel: 'cạnh suối' }, 1)]);
    const now = await renewed();
    const second = now.entry([change('household', north, id, { houseLabel: 'cạnh cầu' }, 1)], { after: [first.entryId] });
    expect(await pushed(now, second)).toMatchObject({ verdict: 'held' });
    expect(await pushed(member, first)).toMatchObject({ verdict: 'applied' });
    expect(await stage.db.selectFrom('entry').select(['verdict', 'code']).where('entryId', '=', second.entryId).executeTakeFirst()).toEqual({ verdict: 'applied', code: null });
    expect(await dumpDatabase(stage.db)).toContain('cạnh cầu');
    const [record] = await stage.endpoint.records(commune, 'household');
    expect(record).toMatchObject({ fields: { houseLabel: 'cạnh cầu' }, conflicts: [] });
  });

  test('says what is lost of the device it was', async () => {
    const lostId = stage.newId();
    const held = member.entry([change('household', north, stage.newId(), household(1))], { after: [lostId] });
    expect(await pushed(member, held)).toMatchObject({ verdict: 'held' });
    const now = await renewed();
    await now.sync([lostId]);
    expect(await stage.db.selectFrom('entry').select(['verdict', 'code']).where('entryId', '=', held.entryId).executeTakeFirst()).toEqual({ verdict: 'applied', code: 'earlier_lost' });
  });

  test('what follows a refused entry of the device it was is refused with it', async () => {
    const refused = member.entry([change('household', south, stage.newId(), household(1))]);
    expect(await pushed(member, refused)).toMatchObject({ verdict: 'quarantined' });
    const now = await renewed();
    const follower = now.entry([change('household', north, stage.newId(), household(2))], { after: [refused.entryId] });
    expect(await pushed(now, follower)).toEqual({ verdict: 'quarantined', code: 'follows_refused' });
  });
});
