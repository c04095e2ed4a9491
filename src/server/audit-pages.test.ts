import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { auditAnswerSchema } from '#sync/administration.ts';
import type { AuditAnswer } from '#sync/administration.ts';
import { readAuditChains, writeAudit } from './audit.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, north, roles } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';
import { hashToken } from './tokens.ts';

let stage: TestEndpoint;
let dpo: TestPhone;

beforeEach(async () => {
  stage = await createTestEndpoint();
  dpo = await enrolPhone(stage, { role: 'dpo' });
});

async function page(before?: number, at = stage): Promise<AuditAnswer> {
  const headers = { authorization: `Bearer ${dpo.sessionToken}` };
  const response = await at.app.request('/audit', { method: 'POST', headers, body: JSON.stringify(before === undefined ? {} : { before }) });
  expect(response.status).toBe(200);
  return auditAnswerSchema.parse(await response.json());
}

async function note(subject: string, communeCode = commune): Promise<void> {
  await stage.db.transaction().execute(async (tx) => await writeAudit(tx, { communeCode, at: stage.clock.now(), actor: 'endpoint', action: 'record_erased', subject }));
}

/** Whoever holds the file may take the triggers away. */
async function openFile(): Promise<void> {
  for (const name of ['audit_never_changed', 'audit_never_removed']) await sql`drop trigger ${sql.ref(name)}`.execute(stage.db);
}
const lineNo = (number: number) => (stage.db.updateTable('audit').where('communeCode', '=', commune).where('number', '=', number));

describe('the audit log', () => {
  test('comes newest first, a hundred lines a page, to its end, and of this commune alone', async () => {
    for (let no = 1; no <= 250; no++) await note(`subject ${no}`);
    await note('elsewhere', '01790');
    const numbers: number[] = [];
    const sizes: number[] = [];
    for (let before: number | undefined, more = true; more; before = numbers.at(-1)) {
      const shown = await page(before);
      numbers.push(...shown.lines.map(({ number }) => number));
      sizes.push(shown.lines.length);
      expect(shown.brokenAt).toBeUndefined();
      ({ more } = shown);
    }
    expect(sizes).toEqual([100, 100, 54]);
    expect(numbers).toEqual(Array.from({ length: 254 }, (_, index) => 254 - index));
    expect(await page(1)).toEqual({ lines: [], more: false });
  });

  test('names members and whose phone it is, and nothing else: no household, no feedback', async () => {
    const admin = await enrolPhone(stage, roles.admin);
    const member = await enrolPhone(stage, roles.member);
    const house = stage.newId();
    await member.save([change('household', north, house, household(7))]);
    await member.sync();
    await stage.endpoint.eraseRecord(commune, house);
    const auth = { kind: 'session', communeCode: commune, deviceId: admin.deviceId, memberId: admin.memberId, sessionId: hashToken(admin.sessionToken) } as const;
    await stage.endpoint.office.revokeDevice(auth, member.deviceId);
    const [revoked, erased] = (await page()).lines;
    expect(revoked).toEqual({
      number: expect.any(Number), at: '2026-11-22T08:00:00+07:00', action: 'device_revoked', actor: admin.memberId, actorName: 'commune_admin (mẫu)',
      subject: member.deviceId, subjectName: 'team_member (mẫu)', origin: admin.deviceId,
    });
    expect(erased).toEqual({ number: expect.any(Number), at: '2026-11-22T08:00:00+07:00', action: 'record_erased', actor: 'endpoint', subject: house });
    expect(JSON.stringify(await page())).not.toContain('Nông Văn');
  });

  test('a household that takes the id of nobody gets no name, even while its record is there', async () => {
    const member = await enrolPhone(stage, roles.member);
    const house = stage.newId();
    await member.save([change('household', north, house, household(7))]);
    await member.sync();
    await note(house);
    expect((await page()).lines[0]).not.toHaveProperty('subjectName');
  });

  test('says where the line is that was changed, on whichever page, also when it was changed after it was read', async () => {
    for (let no = 1; no <= 150; no++) await note(`subject ${no}`);
    expect((await page()).brokenAt).toBeUndefined();
    await openFile();
    await lineNo(151).set({ subject: 'another' }).execute();
    expect((await page()).brokenAt).toBe(151);
    await lineNo(20).set({ actor: 'another' }).execute();
    // The whole log is read once, then what is new and what is shown.
    expect((await page()).brokenAt).toBe(151);
    expect((await page(60)).brokenAt).toBe(20);
    // Found from the first line on by the next start.
    const again = await stage.restarted();
    expect((await page(undefined, again)).brokenAt).toBe(20);
  });

  test('says that lines were taken out, also the last ones while the endpoint ran', async () => {
    for (let no = 1; no <= 5; no++) await note(`subject ${no}`);
    expect((await page()).lines[0]?.number).toBe(9);
    await openFile();
    await stage.db.deleteFrom('audit').where('number', '>', 7).execute();
    expect((await page()).brokenAt).toBe(8);
    await note('new 8');
    await note('new 9');
    expect((await page()).brokenAt).toBe(9);
    await stage.db.deleteFrom('audit').where('number', '=', 2).execute();
    expect((await page(undefined, await stage.restarted())).brokenAt).toBe(2);
  });
});

describe('the column that says from where', () => {
  test.each(['set', 'other', null] as const)('is part of the chain: %s in the place of what was written breaks it', async (origin) => {
    await stage.db.transaction().execute(async (tx) => {
      await writeAudit(tx, { communeCode: commune, at: 1, actor: 'a', action: 'roles_changed', subject: 'x', ...(origin === 'set' ? {} : { origin: 'b' }) });
    });
    await note('after');
    const broken = async () => (await readAuditChains(stage.db)).find(({ communeCode }) => communeCode === commune)?.brokenAt;
    expect(await broken()).toBeUndefined();
    await openFile();
    await lineNo(4).set({ origin }).execute();
    expect(await broken()).toBe(4);
  });
});
