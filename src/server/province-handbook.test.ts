/** A province's pages and documents, read by all of its communes: and nothing else of it, and nothing of another's (docs/decisions/0030). */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '#domain/change.ts';
import type { Assignment } from '#domain/role.ts';
import { historyAnswerSchema } from '#sync/protocol.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, north, ownDraft, roles } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

const caoBang = '99904';
const otherProvince = '99905';
/** In Cao Bằng as well; in the other province; and one whose own record has not come yet. */
const neighbor = '01790';
const far = '02000';
const unlisted = '03000';

const page = (over: object = {}) => ({ slug: 'di-tham-ho', title: 'Đi thăm hộ', body: 'Hỏi thăm trước, ghi sau.', ...over });
const directive = (over: object = {}) => ({ number: '49-CT/TW', date: '2015-10-20', issuer: 'Ban Bí thư', title: 'Về tăng cường công tác dân vận', kind: 'directive', asksReceipt: true, ...over });
const viewer: Assignment = { role: 'province_viewer' };

let stage: TestEndpoint;
let keeper: TestPhone;
let pageId: string;
let documentId: string;

const areaOf = (code: string, fields: object) => change('area', code, code, { code, ...fields });
async function own(communeCode: string, ...changes: Change[]): Promise<void> {
  const verdicts = await stage.endpoint.applyOwnEntries(communeCode, [ownDraft(stage, changes)]);
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['applied']);
}
async function verdictOf(phone: TestPhone, ...changes: Change[]) {
  const entry = await phone.save(changes);
  await phone.sync();
  const verdict = phone.verdict(entry.entryId);
  return verdict?.code === undefined ? verdict?.verdict : `${verdict.verdict} ${verdict.code}`;
}

beforeEach(async () => {
  stage = await createTestEndpoint();
  await own(caoBang, areaOf(caoBang, { level: 'province', kind: 'tinh', name: 'Cao Bằng' }), change('unit', caoBang, stage.newId(), { kind: 'office', name: 'Ban Tuyên giáo và Dân vận Tỉnh ủy' }));
  await own(otherProvince, areaOf(otherProvince, { level: 'province', kind: 'tinh', name: 'Tỉnh khác' }), change('handbook_page', otherProvince, stage.newId(), page()));
  await own(neighbor, areaOf(neighbor, { level: 'commune', kind: 'xa', name: 'Xã bên', parent: caoBang }), change('handbook_page', neighbor, stage.newId(), page()));
  await own(far, areaOf(far, { level: 'commune', kind: 'xa', name: 'Xã xa', parent: otherProvince }));
  keeper = await enrolPhone(stage, viewer, { communeCode: caoBang });
  [pageId, documentId] = [stage.newId(), stage.newId()];
  expect(await verdictOf(keeper, change('handbook_page', caoBang, pageId, page()), change('document', caoBang, documentId, directive()))).toBe('applied');
});

/** What of other communes' codes a phone was shown. */
const fromElsewhere = (phone: TestPhone, ownCode: string) => [...phone.seen().values()].flatMap((row) => ('areaId' in row && row.areaId.slice(0, 5) !== ownCode ? [row.recordId] : [])).toSorted();

describe('what a province keeps', () => {
  test.each(Object.entries(roles))('reaches a %s of its commune: pages and documents, and not one record more from outside the commune', async (_name, assignment) => {
    const phone = await enrolPhone(stage, assignment);
    await phone.sync();
    expect(fromElsewhere(phone, commune)).toEqual([pageId, documentId].toSorted());
    expect(phone.rows(`handbook/${caoBang}`).get(pageId)).toMatchObject({ kind: 'handbook_page', areaId: caoBang, fields: page() });
    // Counter and digest belong to what came: a phone that is there already is told nothing.
    const { digest, cursor } = phone.channels.get(`handbook/${caoBang}`) ?? {};
    expect([digest === phone.channels.get(`handbook/${commune}`)?.digest, cursor]).toEqual([false, 2]);
    const [again] = await phone.sync();
    expect(again?.pull !== undefined && 'pages' in again.pull && again.pull.pages.every(({ rows }) => rows.length === 0)).toBe(true);
  });

  test('reaches the neighbour as well, and nobody of another province, nor where it is not known which province it is', async () => {
    const phones = [];
    for (const communeCode of [neighbor, far, unlisted]) phones.push([communeCode, await enrolPhone(stage, roles.officer, { communeCode })] as const);
    for (const [, phone] of phones) await phone.sync();
    expect(phones.map(([code, phone]) => fromElsewhere(phone, code).includes(pageId))).toEqual([true, false, false]);
    expect(phones.map(([, phone]) => [...phone.channels.keys()].filter((id) => id.startsWith('handbook/')).toSorted())).toEqual([
      [`handbook/${neighbor}`, `handbook/${caoBang}`], [`handbook/${far}`, `handbook/${otherProvince}`], [`handbook/${unlisted}`],
    ]);
  });

  test('reads nothing of its communes itself', async () => {
    const member = await enrolPhone(stage, roles.member);
    expect(await verdictOf(member, change('household', north, stage.newId(), household(1)))).toBe('applied');
    await keeper.sync();
    expect([...keeper.channels.keys()].toSorted()).toEqual([`device/${keeper.deviceId}`, `handbook/${caoBang}`]);
    expect([...keeper.seen().keys()].toSorted()).toEqual([pageId, documentId].toSorted());
  });

  test('comes to the phone changed, and goes with the role', async () => {
    const member = await enrolPhone(stage, roles.member);
    await member.sync();
    expect(await verdictOf(keeper, change('handbook_page', caoBang, pageId, { body: 'Hẹn trước rồi mới đến.' }, 1))).toBe('applied');
    await member.sync();
    expect(member.rows(`handbook/${caoBang}`).get(pageId)).toMatchObject({ version: 2, fields: { body: 'Hẹn trước rồi mới đến.' } });
    await stage.endpoint.changeAssignments(commune, member.memberId, []);
    await member.sync();
    expect([...member.channels.keys()]).toEqual([`device/${member.deviceId}`]);
  });

  test('is left where the official list gives the commune to another province', async () => {
    const member = await enrolPhone(stage, roles.member);
    await member.sync();
    await own(commune, change('area', commune, commune, { parent: otherProvince }, 1));
    await member.sync();
    expect(fromElsewhere(member, commune)).not.toContain(pageId);
    expect(member.channels.has(`handbook/${caoBang}`)).toBe(false);
    expect(member.channels.has(`handbook/${otherProvince}`)).toBe(true);
  });
});

describe('nobody reads across by naming it', () => {
  test('an administrator gives the commune no other province', async () => {
    const admin = await enrolPhone(stage, roles.admin);
    await admin.sync();
    expect(await verdictOf(admin, change('area', commune, commune, { parent: otherProvince }, 1))).toBe('quarantined not_your_role');
    expect([...admin.channels.keys()].filter((id) => id.startsWith('handbook/')).toSorted()).toEqual([`handbook/${commune}`, `handbook/${caoBang}`]);
    // Nor where the commune's own record has not come: they would be the first to write it.
    const first = await enrolPhone(stage, roles.admin, { communeCode: unlisted });
    expect(await verdictOf(first, areaOf(unlisted, { level: 'commune', kind: 'xa', name: 'Xã mới', parent: otherProvince }))).toBe('quarantined not_your_role');
  });

  test('a phone that asks for a channel of its own making is told to leave it', async () => {
    const member = await enrolPhone(stage, roles.member);
    await member.sync();
    for (const channelId of [`handbook/${otherProvince}`, `handbook/${neighbor}`, `everyone/${caoBang}`]) {
      member.channels.set(channelId, { cursor: 0, rows: new Map(), digest: undefined });
      const [answer] = await member.sync();
      expect(answer?.pull).toMatchObject({ left: [channelId] });
    }
    expect(fromElsewhere(member, commune)).toEqual([pageId, documentId].toSorted());
  });

  test('a commune writes nothing of the province, under its own code neither', async () => {
    const officer = await enrolPhone(stage, roles.officer);
    await officer.sync();
    expect(await verdictOf(officer, change('handbook_page', caoBang, pageId, { title: 'Của xã' }, 1))).toBe('quarantined no_access');
    expect(await verdictOf(officer, change('handbook_page', commune, pageId, { title: 'Của xã' }, 1))).toBe('quarantined not_your_role');
    expect(await verdictOf(officer, change('handbook_page', commune, pageId, page({ title: 'Của xã' })))).toBe('quarantined not_your_role');
    await officer.sync();
    expect(officer.seen().get(pageId)).toMatchObject({ areaId: caoBang, fields: { title: 'Đi thăm hộ' } });
  });
});

describe('a team confirms that it has read the province’s document', () => {
  const receipt = (subjectId: string) => ({ subjectId, hamletId: north, readVersion: 1, on: '2026-11-22' });

  test('and its commune sees it, not the province', async () => {
    const member = await enrolPhone(stage, roles.member);
    const officer = await enrolPhone(stage, roles.officer);
    const receiptId = stage.newId();
    expect(await verdictOf(member, change('reading_receipt', north, receiptId, receipt(documentId)))).toBe('applied');
    for (const phone of [officer, keeper]) await phone.sync();
    expect([officer, keeper].map((phone) => phone.seen().has(receiptId))).toEqual([true, false]);
  });

  test('but not of another province’s, nor what is no page and no document, there or not', async () => {
    const member = await enrolPhone(stage, roles.member);
    const elsewhere = (await stage.endpoint.records(otherProvince, 'handbook_page'))[0]?.recordId ?? '';
    const unit = (await stage.endpoint.records(caoBang, 'unit'))[0]?.recordId ?? '';
    for (const subjectId of [elsewhere, unit, stage.newId()]) {
      expect(await verdictOf(member, change('reading_receipt', north, stage.newId(), receipt(subjectId)))).toBe('quarantined no_access');
    }
  });
});

describe('its history', () => {
  const ask = async (phone: TestPhone, recordId: string) =>
    await stage.app.request('/history', { method: 'POST', headers: { authorization: `Bearer ${phone.sessionToken}` }, body: JSON.stringify({ recordId }) });

  test('tells a commune what was written and when, and not by whom', async () => {
    const member = await enrolPhone(stage, roles.member);
    const { settings } = historyAnswerSchema.parse(await (await ask(member, pageId)).json());
    expect(settings.map(({ field, value }) => [field, value])).toEqual([['body', 'Hỏi thăm trước, ghi sau.'], ['slug', 'di-tham-ho'], ['title', 'Đi thăm hộ']]);
    expect(settings.map(({ memberName }) => memberName)).toEqual(['', '', '']);
    const mine = historyAnswerSchema.parse(await (await ask(keeper, pageId)).json()).settings;
    expect(mine.map(({ memberName }) => memberName)).toEqual(Array(3).fill('province_viewer (mẫu)'));
  });

  test('is nobody’s who does not read the page, nor is that of anything else there', async () => {
    const distant = await enrolPhone(stage, roles.officer, { communeCode: far });
    const member = await enrolPhone(stage, roles.member);
    const unit = (await stage.endpoint.records(caoBang, 'unit'))[0]?.recordId ?? '';
    const statuses = [await ask(distant, pageId), await ask(member, unit), await ask(member, caoBang), await ask(member, keeper.memberId)].map(({ status }) => status);
    expect(statuses).toEqual([404, 404, 404, 404]);
  });
});
