import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '#domain/identifiers.ts';
import { letGoText } from '#domain/let-go.ts';
import { addMonths } from '#domain/retention.ts';
import { startDailyRetention } from './daily-retention.ts';
import { migrate } from './database/migrations.ts';
import { openSqlite } from './database/sqlite.ts';
import { createEndpoint } from './endpoint.ts';
import { change, commune, createTestClock, createTestEndpoint, dumpDatabase, enrolPhone, household, namedFeedback, north, ownDraft, random, roles, south, visit } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let stage: TestEndpoint;
let member: TestPhone;
let lead: TestPhone;
let householdId: string;

const at = (day: string) => Date.parse(`${day}T09:00:00+07:00`);

beforeEach(async () => {
  stage = await createTestEndpoint();
  member = await enrolPhone(stage, roles.member);
  lead = await enrolPhone(stage, roles.lead);
  householdId = stage.newId();
  await saved(lead, [change('household', north, householdId, household(1))]);
  await member.sync();
});

async function saved(phone: TestPhone, ...args: Parameters<TestPhone['save']>) {
  const entry = await phone.save(...args);
  await phone.sync();
  return entry;
}

/** Sessions end after 30 days without use: long afterwards each phone asks with a new one. */
async function later(day: string): Promise<void> {
  stage.clock.at = at(day);
  for (const phone of [member, lead]) {
    const rows = await stage.db.selectFrom('session').select('tokenHash').where('deviceId', '=', phone.deviceId).execute();
    for (const { tokenHash } of rows) {
      await stage.db.updateTable('session').set({ createdAt: stage.clock.at, lastUsedAt: stage.clock.at }).where('tokenHash', '=', tokenHash).execute();
    }
  }
}

const counts = async (how = {}) => (await stage.endpoint.retain(how))[0]?.counts;

describe('what was kept long enough', () => {
  test('a visit is gone from the tables, from every phone and from the digest, on the day and not before', async () => {
    const id = stage.newId();
    await saved(member, [change('visit', north, id, visit(householdId, { outcome: 'Bể nước đã vỡ', date: '2026-11-22' }))]);
    await saved(member, [change('visit', north, id, { outcome: 'Bể nước đã thay' }, 1)]);
    await lead.sync();
    await later('2028-11-21');
    expect(await counts()).toEqual({});
    expect(await dumpDatabase(stage.db)).toContain('Bể nước đã vỡ');
    await later('2028-11-22');
    expect(await counts()).toEqual({ visit: 1 });
    expect(await dumpDatabase(stage.db)).not.toContain('Bể nước');
    for (const phone of [member, lead]) {
      await phone.sync();
      expect(phone.seen().has(id)).toBe(false);
      expect(phone.seen().has(householdId)).toBe(true);
      const digest = phone.channels.get(`hamlet/${north}`)?.digest;
      phone.forget();
      await phone.sync();
      expect(phone.channels.get(`hamlet/${north}`)?.digest).toBe(digest);
    }
  });

  test('the words of a closed feedback go with its history, its conflicts and the words of its steps; what counts stays', async () => {
    const officer = await enrolPhone(stage, roles.officer);
    const feedbackId = stage.newId();
    const said = namedFeedback({ householdId, text: 'Bể nước đã vỡ từ tuần trước', place: 'Bể nước đầu xóm' });
    await saved(member, [change('feedback', north, feedbackId, said)]);
    await saved(member, [change('feedback', north, feedbackId, { text: 'Bể nước đã vỡ từ tháng trước' }, 1)]);
    const step = (fields: object, n: number) => change('feedback_event', north, stage.newId(), { feedbackId, step: n, on: '2026-11-23', ...fields });
    await officer.sync();
    await saved(officer, [step({ type: 'triage' }, 0)]);
    await saved(officer, [step({ type: 'answer', answer: 'Bể nước sẽ được xây lại', publicAnswer: 'Xã xây lại bể chung' }, 1)]);
    await member.sync();
    await saved(member, [step({ type: 'deliver', channel: 'visit' }, 2)]);
    const confirmed = await saved(member, [step({ type: 'confirm', confirmation: 'satisfied' }, 3)]);
    expect(member.verdict(confirmed.entryId)?.verdict).toBe('applied');
    const conflict = { field: 'text', value: 'Bể nước hỏng', memberId: lead.memberId, occurredAt: '2026-11-22T08:00:00+07:00', version: 1 };
    await stage.db.updateTable('record').set({ conflicts: JSON.stringify([conflict]) }).where('recordId', '=', feedbackId).execute();
    await later('2028-11-22');
    expect(await counts()).toEqual({});
    await later('2028-11-23');
    expect(await counts()).toEqual({ feedback: 1, feedback_event: 1 });
    expect(await counts()).toEqual({});
    await member.sync();
    const row = member.seen().get(feedbackId) as { fields: Record<string, unknown>; conflicts?: unknown };
    expect(row.fields).toEqual({
      kind: 'phan_anh', receivedOn: '2026-11-22', receiptCode: '7K3F-2M9Q-H', channel: 'visit', topic: 'road', anonymity: 'named', text: letGoText, citizenName: letGoText,
    });
    expect(row.conflicts).toBeUndefined();
    const dump = await dumpDatabase(stage.db);
    expect(dump).not.toContain('Bể nước');
    expect(dump).not.toContain('Lý Thị Mẩy');
    expect(dump).toContain('Xã xây lại bể chung');
  });

  test('an answer that another took the place of goes, also where both were given on one day; the one that stands stays', async () => {
    const [given, withdrawn, again] = [stage.newId(), stage.newId(), stage.newId()];
    const said = (decision: string, on: string) => ({ householdId, purpose: 'visits', decision, way: 'spoken', wording: 1, on });
    for (const [id, decision, on] of [[given, 'given', '2026-11-22'], [withdrawn, 'withdrawn', '2026-11-22'], [again, 'given', '2026-11-23']] as const) {
      stage.clock.at += 60_000;
      await saved(member, [change('consent', north, id, said(decision, on))]);
    }
    await later('2028-11-22');
    expect(await counts()).toEqual({ consent: 1 });
    await later('2028-11-23');
    expect(await counts()).toEqual({ consent: 1 });
    await later('2036-01-01');
    expect(await counts()).toEqual({});
    await member.sync();
    expect([given, withdrawn, again].map((id) => member.seen().has(id))).toEqual([false, false, true]);
  });

  test('of feedback that turned out to be a complaint neither words nor name are left a month after it was referred', async () => {
    const officer = await enrolPhone(stage, roles.officer);
    const feedbackId = stage.newId();
    await saved(member, [change('feedback', north, feedbackId, namedFeedback({ householdId, text: 'Tôi tố cáo ông trưởng trạm bể nước', place: 'Bể nước đầu xóm' }))]);
    const step = (fields: object, n: number) => change('feedback_event', north, stage.newId(), { feedbackId, step: n, on: '2026-11-23', ...fields });
    await officer.sync();
    await saved(officer, [step({ type: 'triage' }, 0)]);
    await saved(officer, [step({ type: 'return', field: 'text', comment: 'Bể nước nào' }, 1)]);
    await member.sync();
    await saved(member, [step({ type: 'add_detail', detail: 'Bể nước ở trạm' }, 2)]);
    await saved(officer, [step({ type: 'refer' }, 3)]);
    await later('2026-12-22');
    expect(await counts()).toEqual({});
    await later('2026-12-23');
    expect(await counts()).toEqual({ feedback: 1, feedback_event: 2 });
    await member.sync();
    expect(member.seen().get(feedbackId)).toMatchObject({ fields: { kind: 'phan_anh', receivedOn: '2026-11-22', text: letGoText, citizenName: letGoText } });
    expect(await dumpDatabase(stage.db)).not.toMatch(/[Bb]ể nước|Lý Thị Mẩy|0912345678/);
  });

  test('what waited for a person all that time goes, and its author is told; the words of a supervisor go', async () => {
    const blocLead = await enrolPhone(stage, roles.blocLead);
    const wrong = await saved(member, [change('household', south, stage.newId(), household(2, { houseLabel: 'Bể nước' }))]);
    const declined = await saved(member, [change('household', south, stage.newId(), household(3))]);
    const auth = await stage.endpoint.authenticate(`Bearer ${blocLead.sessionToken}`);
    if (!auth.ok || auth.value.kind !== 'session') throw new Error('no session');
    await stage.endpoint.decide(auth.value, { entryId: declined.entryId, decision: 'decline', reason: 'Nhà ông Sơn ở xóm khác' });
    await member.sync();
    expect(member.verdict(declined.entryId)?.note).toContain('ông Sơn');
    await later('2028-11-22');
    expect(await counts()).toEqual({ waiting: 1, note: 1 });
    const dump = await dumpDatabase(stage.db);
    for (const words of ['Bể nước', 'ông Sơn']) expect(dump).not.toContain(words);
    await member.sync();
    expect(member.verdict(wrong.entryId)).toMatchObject({ verdict: 'rejected', code: 'kept_too_long' });
    expect(member.verdict(declined.entryId)).toMatchObject({ verdict: 'rejected', code: 'declined_by_supervisor' });
    expect(member.verdict(declined.entryId)?.note).toBeUndefined();
  });

  test('a trial counts and changes nothing; a real run is in the log by its counts alone', async () => {
    await saved(member, [change('visit', north, stage.newId(), visit(householdId, { outcome: 'Bể nước đã vỡ' }))]);
    await later('2030-01-01');
    const before = await dumpDatabase(stage.db);
    expect(await counts({ isTrial: true })).toEqual({ visit: 1 });
    expect(await dumpDatabase(stage.db)).toBe(before);
    await stage.endpoint.retain();
    const lines = await stage.db.selectFrom('audit').select(['actor', 'subject']).where('action', '=', 'retention_run').execute();
    expect(lines).toEqual([{ actor: 'endpoint', subject: '1' }]);
    expect(stage.logged).toContain(`retention commune=${commune} visit=1`);
    expect((await stage.endpoint.auditChains()).every(({ brokenAt }) => brokenAt === undefined)).toBe(true);
  });
});

test('whatever the days, nothing younger than its limit is touched and nothing older stays, wherever a run was stopped', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 1200 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 0, max: 1200 }),
      fc.integer({ min: 1, max: 40 }),
      async (ages, passed, stopAfter) => {
        const world = await createTestEndpoint();
        const phone = await enrolPhone(world, roles.lead);
        const home = world.newId();
        await phone.save([change('household', north, home, household(1))]);
        const base = Date.parse('2026-11-22T00:00:00Z');
        const dayAt = (n: number) => new Date(base + n * 86_400_000).toISOString().slice(0, 10);
        const visits = ages.map((age, n) => ({ id: world.newId(), date: dayAt(age - 1200), words: `việc số ${n} đã xong ${'x'.repeat(n + 1)}` }));
        for (const { id, date, words } of visits) await phone.save([change('visit', north, id, visit(home, { date, outcome: words }))]);
        await phone.sync();
        const today = dayAt(passed - 600);
        world.clock.at = at(today);
        // A crash in the middle: the database gives up after so many statements, and the run is begun anew.
        let left = stopAfter;
        const begin = world.db.transaction.bind(world.db);
        world.db.transaction = () => {
          left -= 1;
          if (left === 0) throw new Error('power lost');
          return begin();
        };
        await world.endpoint.retain().catch(() => undefined);
        world.db.transaction = begin;
        await world.endpoint.retain();
        const dump = await dumpDatabase(world.db);
        for (const { id, date, words } of visits) {
          const isOld = addMonths(date, 24) <= today;
          expect(dump.includes(words), `${date} on ${today}`).toBe(!isOld);
          const shown = await world.db.selectFrom('channel_row').select('gone').where('recordId', '=', id).where('channelId', '=', `hamlet/${north}`).execute();
          expect(shown.map(({ gone }) => gone)).toEqual([isOld ? 'deleted' : null]);
        }
        await world.db.destroy();
      },
    ),
    { numRuns: 25 },
  );
});

test('in the database file nothing of it is left, not in free pages and not in the write-ahead log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gan-dan-retention-'));
  try {
    const clock = createTestClock();
    const db = openSqlite(join(folder, 'gan-dan.sqlite'));
    await migrate(db);
    let n = 0;
    const newId = () => `0193a5e0-0000-7000-8000-${String((n += 1)).padStart(12, '0')}`;
    const endpoint = await createEndpoint({ db, clock, random, newId });
    const own = (changes: ReturnType<typeof change>[]) => ({ entryId: newId(), memberId: endpoint.identity().endpointId, occurredAt: '2026-11-22T08:00:00+07:00', changes });
    const area = (id: string, fields: object) => change('area', id, id, { code: id, ...fields });
    const home = newId();
    await endpoint.applyOwnEntries(commune, [
      own([area(commune, { level: 'commune', kind: 'xa', name: 'Quang Hán', parent: '99904' }), area(north, { level: 'hamlet', kind: 'xom', name: 'Ngọc Sơn', parent: commune })]),
      own([change('household', north, home, household(1))]),
      ...Array.from({ length: 300 }, (_, i) => own([change('visit', north, newId(), visit(home, { outcome: `Be nuoc so ${i} da vo`, date: '2026-11-22' }))])),
    ]);
    const onDisk = () => readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1')).join('');
    expect(onDisk().includes('Be nuoc so 7 da vo')).toBe(true);
    clock.at = at('2028-11-22');
    expect(await endpoint.retain()).toEqual([{ communeCode: commune, counts: { visit: 300 } }]);
    expect(onDisk().includes('Be nuoc')).toBe(false);
    expect(onDisk().includes('houseLabel'), 'the control').toBe(true);
    await db.destroy();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('whoever asks while it runs is answered between two of its transactions, not after the last', async () => {
  await stage.endpoint.applyOwnEntries(commune, Array.from({ length: 5 }, () => ownDraft(stage, Array.from({ length: 50 }, () => change('visit', north, stage.newId(), visit(householdId, { date: '2026-11-22' }))))));
  await later('2028-11-22');
  let isOver = false;
  let answered = 0;
  const asking = (async () => {
    while (!isOver) {
      await new Promise((resolve) => setImmediate(resolve));
      if ((await stage.app.request('/endpoint')).ok && !isOver) answered += 1;
    }
  })();
  expect(await counts()).toEqual({ visit: 250 });
  isOver = true;
  await asking;
  expect(answered).toBeGreaterThan(1);
});

describe('every day', () => {
  test('is run once, also one that was missed while the machine was off; a fault stops nothing', async () => {
    const asked: string[] = [];
    let tick = () => undefined as void;
    let isBroken = true;
    const logged: string[] = [];
    const daily = startDailyRetention({
      endpoint: {
        retain: async (how) => {
          asked.push(String(how?.isDaily));
          if (isBroken) throw new RangeError('Nông Văn Sơn');
          return [];
        },
      },
      every: (_, run) => {
        tick = run;
        return () => void (tick = () => undefined);
      },
      log: (line) => void logged.push(line),
    });
    await daily.first;
    expect(logged).toEqual(['error retention RangeError']);
    isBroken = false;
    tick();
    await Promise.resolve();
    expect(asked).toEqual(['true', 'true']);
    daily.stop();
    tick();
    expect(asked).toHaveLength(2);
  });

  test('a commune is looked at once a day, and again on the next', async () => {
    await saved(member, [change('visit', north, stage.newId(), visit(householdId, { date: '2026-11-22' }))]);
    await later('2028-11-21');
    expect(await counts({ isDaily: true })).toEqual({});
    expect(await stage.endpoint.retain({ isDaily: true })).toEqual([]);
    await later('2028-11-22');
    expect(await counts({ isDaily: true })).toEqual({ visit: 1 });
  });

  describe('a clock far ahead', () => {
    const nextDays = async (from: string, days: number) => {
      const told: unknown[] = [];
      for (let n = 0; n < days; n++) {
        await later(addDays(from, n));
        // The hours of a day ask again, and it is one day all the same.
        for (let hour = 0; hour < 2; hour++) told.push(...(await stage.endpoint.retain({ isDaily: true })).map((report) => [report.doubtedDay, report.counts]));
      }
      return told;
    };
    const audited = async () => await stage.db.selectFrom('audit').select(['action', 'subject']).where('action', 'like', 'retention%').orderBy('number').execute();

    beforeEach(async () => {
      await saved(member, [change('visit', north, stage.newId(), visit(householdId, { outcome: 'Bể nước đã vỡ' }))]);
      expect(await counts({ isDaily: true })).toEqual({});
    });

    test('lets go of nothing by itself, and says so; put right again, it was nothing', async () => {
      expect(await nextDays('2036-11-22', 7)).toEqual(Array.from({ length: 14 }, (_, n) => [addDays('2036-11-22', Math.floor(n / 2)), {}]));
      expect(await dumpDatabase(stage.db)).toContain('Bể nước đã vỡ');
      expect(await audited()).toEqual([{ action: 'retention_doubted', subject: '2036-11-22' }]);
      expect(stage.logged.filter((line) => line.startsWith('retention')).slice(0, 2)).toEqual([
        `retention commune=${commune} doubted day=2036-11-22 waits=7`, `retention commune=${commune} doubted day=2036-11-23 waits=6`,
      ]);
      await later('2026-11-25');
      expect(await stage.endpoint.retain({ isDaily: true })).toEqual([{ communeCode: commune, counts: {} }]);
      expect(await nextDays('2036-11-29', 1)).toEqual([['2036-11-29', {}], ['2036-11-29', {}]]);
    });

    test('is believed after seven further days that followed each other, as when the machine was off for long', async () => {
      await nextDays('2029-01-01', 7);
      // Jumped once more: it begins anew.
      await nextDays('2030-01-01', 7);
      expect(await dumpDatabase(stage.db)).toContain('Bể nước đã vỡ');
      expect(await nextDays('2030-01-08', 1)).toEqual([[undefined, { visit: 1 }]]);
      expect(await audited()).toEqual([
        { action: 'retention_doubted', subject: '2029-01-01' }, { action: 'retention_doubted', subject: '2030-01-01' }, { action: 'retention_run', subject: '1' },
      ]);
    });

    test('is believed at once by whoever runs it by hand; a month in which the machine was off is believed by itself', async () => {
      await later('2036-11-22');
      await nextDays('2036-11-22', 1);
      expect(await counts()).toEqual({ visit: 1 });
      expect(await nextDays('2036-12-23', 1)).toEqual([[undefined, {}]]);
      expect(await nextDays('2037-01-24', 1)).toEqual([['2037-01-24', {}], ['2037-01-24', {}]]);
    });
  });

  test('goes on when a clock that stood in a later year is put right', async () => {
    await later('2027-06-01');
    await counts({ isDaily: true });
    await later('2026-11-23');
    expect(await stage.endpoint.retain({ isDaily: true })).toEqual([{ communeCode: commune, counts: {} }]);
  });
});

test('what is erased is not in the file and not in its write-ahead log when the erasure is answered', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gan-dan-erasure-'));
  const db = openSqlite(join(folder, 'gan-dan.sqlite'));
  try {
    await migrate(db);
    let n = 0;
    const newId = () => `0193a5e0-0000-7000-8000-${String((n += 1)).padStart(12, '0')}`;
    const endpoint = await createEndpoint({ db, clock: createTestClock(), random, newId });
    const home = newId();
    await endpoint.applyOwnEntries(commune, [
      { entryId: newId(), memberId: endpoint.identity().endpointId, occurredAt: '2026-11-22T08:00:00+07:00', changes: [change('household', north, home, household(1, { houseLabel: 'canh cay da' }))] },
    ]);
    const onDisk = () => readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1')).join('');
    expect(onDisk().includes('canh cay da')).toBe(true);
    expect(await endpoint.eraseRecord(commune, home)).toBe(true);
    expect(onDisk().includes('canh cay da')).toBe(false);
  } finally {
    await db.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
});
