import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { standingOf } from '#domain/permissions.ts';
import { readingStanding, textMark } from '#domain/reading-standing.ts';
import { openDesk, testNow } from './administration/test-support.ts';
import type { Desk } from './administration/test-support.ts';
import { fillDemo } from './demo.ts';
import { ngocSon, quangHan } from './demo/places.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.db.destroy());

async function start() {
  const demo = await fillDemo(desk.endpoint, desk);
  if (demo === 'not_empty') throw new Error('the demo found other records');
  return demo;
}

describe('the demo', () => {
  it('fills an empty database with two communes, their hamlets and households', async () => {
    expect((await start()).filled).toBe(true);
    const areas = await desk.endpoint.records(quangHan, 'area');
    expect(areas.map((area) => area.fields.name)).toEqual(expect.arrayContaining(['Quang Hán', 'Ngọc Sơn']));
    expect(areas.filter((area) => area.fields.level === 'hamlet').every((area) => area.fields.demo)).toBe(true);
    const households = await desk.endpoint.records(quangHan, 'household');
    const heads = households.filter((household) => household.areaId === ngocSon).flatMap(({ fields }) => fields.headName ?? []);
    expect(heads).toEqual(expect.arrayContaining(['Nông Văn Sơn (mẫu)', 'Lý Thị Mẩy (mẫu)']));
    expect(new Set(heads).size).toBe(heads.length);
    const border = await desk.endpoint.records('01537', 'area');
    expect(border.find((area) => area.recordId === '01537')?.fields.border).toBe(true);
  });

  it('marks every invented person', async () => {
    await start();
    for (const communeCode of [quangHan, '01537']) {
      const households = await desk.endpoint.records(communeCode, 'household');
      const persons = await desk.endpoint.records(communeCode, 'prestigious_person');
      const members = await desk.endpoint.records(communeCode, 'member');
      const names = [
        ...households.map(({ fields }) => fields.headName),
        ...persons.map(({ fields }) => fields.fullName),
        ...members.map(({ fields }) => fields.name),
      ].filter((name) => name !== undefined);
      expect(names.length).toBeGreaterThan(20);
      expect(names.filter((name) => !name.endsWith('(mẫu)'))).toEqual([]);
    }
  });

  it('has a prestigious person in each hamlet', async () => {
    await start();
    const hamlets = (await desk.endpoint.records(quangHan, 'area')).filter((area) => area.fields.level === 'hamlet');
    const persons = await desk.endpoint.records(quangHan, 'prestigious_person');
    expect(persons.map((person) => person.areaId).toSorted()).toEqual(hamlets.map((area) => area.recordId).toSorted());
  });

  it('has feedback at each turn of its way, no step of it out of order', async () => {
    await start();
    const events = await desk.endpoint.records(quangHan, 'feedback_event');
    const eventsOf = (feedbackId: string) => events.filter((event) => event.fields.feedbackId === feedbackId);
    const standings = (await desk.endpoint.records(quangHan, 'feedback')).map((feedback) => standingOf(feedback, { eventsOf }));
    expect(standings.map((standing) => standing.state).toSorted()).toEqual(
      ['answered', 'assigned', 'confirmed', 'in_progress', 'received', 'received', 'returned'],
    );
    expect(standings.flatMap((standing) => standing.history).filter((step) => !step.applied)).toEqual([]);
    const late = standings.find((standing) => standing.state === 'in_progress');
    expect(Date.parse(late?.dueOn ?? '')).toBeLessThan(testNow);
  });

  it('has a handbook whose pages lead to pages that are there, and documents that some teams have read as they stand', async () => {
    await start();
    const pages = await desk.endpoint.records(quangHan, 'handbook_page');
    const slugs = pages.map(({ fields }) => fields.slug);
    expect(pages.length).toBeGreaterThanOrEqual(6);
    const links = pages.flatMap(({ fields }) => [...fields.body.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target));
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((target) => !slugs.includes(target ?? ''))).toEqual([]);
    expect(await desk.endpoint.records('99904', 'handbook_page')).toHaveLength(1);
    const receipts = (await desk.endpoint.records(quangHan, 'reading_receipt')).map(({ fields }) => fields);
    const hamlets = (await desk.endpoint.records(quangHan, 'area')).filter((area) => area.fields.level === 'hamlet').map((area) => area.recordId);
    const standings = (await desk.endpoint.records(quangHan, 'document')).map((document) => {
      const { read, readBefore, unread } = readingStanding({ version: document.version, text: textMark(document) }, receipts.filter(({ subjectId }) => subjectId === document.recordId), hamlets);
      return [document.fields.number, read.length, readBefore.length, unread.includes(ngocSon)];
    });
    expect(standings).toEqual([['49-CT/TW', 3, 0, false], ['12-KH/ĐU (mẫu)', 1, 0, true]]);
  });

  it('asks for consent in the handbook in the very words that the screen reads aloud', async () => {
    await start();
    const asking = (await desk.endpoint.records(quangHan, 'handbook_page')).find(({ fields }) => fields.slug === 'hoi-ba-con-co-cho-ghi-khong');
    const screen = readFileSync('src/client/languages/vi/subject-rights.ts', 'utf8');
    const [, text] = /^> (.+)$/m.exec(asking?.fields.body ?? '') ?? [];
    expect(text).toMatch(/^Tổ dân vận xin ghi/);
    expect(screen).toContain(`text: '${text}'`);
  });

  it('invites one person of each role that works in a commune', async () => {
    const { invitations } = await start();
    const checks = [];
    for (const { invitation } of invitations) checks.push(await desk.endpoint.checkInvitation(invitation ?? ''));
    expect(checks.map((check) => check.ok && check.value.assignments[0]?.role)).toEqual(['team_member', 'team_lead', 'bloc_officer', 'responder', 'commune_admin', 'dpo']);
    expect(checks.map((check) => check.ok && (check.value.hamletName ?? check.value.unitName))).toEqual(
      ['Xóm Ngọc Sơn', 'Xóm Ngọc Sơn', undefined, 'UBND xã Quang Hán', undefined, undefined],
    );
  });

  it('keeps its records at a second start and invites the same people anew', async () => {
    const first = await start();
    const records = await desk.db.selectFrom('record').selectAll().execute();
    const second = await start();
    expect(second.filled).toBe(false);
    expect(await desk.db.selectFrom('record').selectAll().execute()).toEqual(records);
    const tokens = [...first.invitations, ...second.invitations].map(({ invitation }) => invitation);
    expect(new Set(tokens).size).toBe(12);
  });

  it('goes on where a first start was cut off before anyone was invited', async () => {
    const cutOff = { ...desk.endpoint, createInvitation: () => Promise.reject(new Error('the power went')) };
    await expect(fillDemo(cutOff, desk)).rejects.toThrow('the power went');
    expect(await desk.endpoint.records(quangHan, 'household')).not.toEqual([]);
    expect((await start()).invitations).toHaveLength(6);
    expect(await desk.endpoint.records(quangHan, 'member')).toHaveLength(6);
  });

  it('has no link for someone who has as many phones as an account may have', async () => {
    const { invitations } = await start();
    const bloc = (await desk.endpoint.records(quangHan, 'member')).find((member) => member.fields.role === 'bloc_officer');
    for (const serial of [1, 2]) {
      await desk.db
        .insertInto('device')
        .values({
          communeCode: quangHan, deviceId: desk.newId(), memberId: bloc?.recordId ?? '', state: 'active', publicKey: 'x',
          deliveryTokenHash: String(serial), enrolledAt: 0, lastContactAt: 0, unsent: 0, revokedAt: null,
        })
        .execute();
    }
    const again = (await start()).invitations.map(({ invitation }) => invitation !== undefined);
    expect(invitations.every(({ invitation }) => invitation !== undefined)).toBe(true);
    expect(again).toEqual([true, true, false, true, true, true]);
  });

  it('leaves a database with other records alone', async () => {
    await desk.endpoint.applyOwnEntries(quangHan, [
      {
        entryId: desk.newId(),
        memberId: desk.endpoint.identity().endpointId,
        occurredAt: '2026-11-22T08:00:00+07:00',
        changes: [
          { recordId: quangHan, kind: 'area', areaId: quangHan, base: 0, set: { code: quangHan, level: 'commune', kind: 'xa', name: 'Quang Hán', parent: '99904' } },
        ],
      },
    ]);
    expect(await fillDemo(desk.endpoint, desk)).toBe('not_empty');
    expect(await desk.endpoint.records(quangHan, 'household')).toEqual([]);
    expect(await desk.db.selectFrom('member').selectAll().execute()).toEqual([]);
  });
});
