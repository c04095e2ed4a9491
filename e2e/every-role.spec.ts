/**
 * Who sees what: each role on a device of its own, what is on its screen and what lies at the endpoint. Domain model, section 2 and
 * scenario 7, and 3.4.
 */
import { answerOpen, assignOpen, lookAtAll, openOnDesk, returnOpen } from './desk.ts';
import { startEndpoint } from './endpoint-process.ts';
import type { EndpointProcess } from './endpoint-process.ts';
import { recordsAt } from './endpoint-records.ts';
import { expect, test } from './fixtures.ts';
import { choose, enrol, fillVisit, goTo, newPhone, openHousehold, openInside, raiseInVisit, save, sendNow, startVisit } from './phone.ts';
import type { Phone } from './phone.ts';

test.describe.configure({ mode: 'parallel' });

const committee = 'UBND xã Quang Hán';
const son = { search: 'nong van son', household: 'Nông Văn Sơn (mẫu)' };
const may = { search: 'ly thi may', household: 'Lý Thị Mẩy (mẫu)' };

/** In the order of the demo's links. */
const people = ['member', 'lead', 'bloc', 'responder'] as const;
type Person = (typeof people)[number];

/** A story of these people, each with a device that is ready to work; in the end none of the devices has a complaint. */
async function withDevices<P extends Person>(who: readonly P[], story: (endpoint: EndpointProcess, devices: Record<P, Phone>) => Promise<void>): Promise<void> {
  const endpoint = await startEndpoint();
  const devices = {} as Record<P, Phone>;
  try {
    for (const person of who) {
      devices[person] = await newPhone(endpoint.url, person === 'member' || person === 'lead' ? 'phone' : 'desk');
      await enrol(devices[person], endpoint.links[people.indexOf(person)]!);
    }
    await story(endpoint, devices);
    expect(Object.values<Phone>(devices).flatMap(({ complaints }) => complaints)).toEqual([]);
  } finally {
    for (const device of Object.values<Phone>(devices)) await device.dispose();
    await endpoint.dispose();
  }
}

test('a unit sees what is assigned to it, and a name only where the citizen agreed', async () => {
  const shy = 'Mương nước sau nhà bị đất lấp, mưa xuống là ngập sân.';
  const open = 'Bóng đèn đường trước nhà văn hóa cháy đã hai tuần.';
  const answer = 'Tổ thủy lợi khơi mương trong tuần này, xã đã giao việc.';
  await withDevices(['member', 'bloc', 'responder'], async ({ folder }, { member, bloc, responder }) => {
    const { page } = member;
    await test.step('the member takes down two named words, one of them for the commune only', async () => {
      await startVisit(page, may);
      await fillVisit(page, { outcome: 'Đi xem mương nước.' });
      await raiseInVisit(page, { topic: 'Nước', text: shy, name: 'for the commune only' });
      await raiseInVisit(page, { topic: 'Điện', text: open, name: 'for the unit as well' });
      await save(page);
      await page.getByText('Xong', { exact: true }).click();
      await sendNow(member);
    });
    await test.step('the bloc reads the name and assigns both', async () => {
      for (const words of [shy, open]) {
        const article = await openOnDesk(bloc, words);
        await expect(article.getByText(may.household)).toBeVisible();
        await assignOpen(bloc, committee);
      }
    });
    await test.step('the unit sees both, one of them without a name', async () => {
      const consented = await openOnDesk(responder, open);
      await expect(consented.getByText(may.household)).toBeVisible();
      const withheld = await openOnDesk(responder, shy);
      await expect(withheld.getByText('Người dân chưa cho đơn vị biết tên.')).toBeVisible();
      await expect(withheld).not.toContainText('Mẩy');
      await expect(withheld).not.toContainText('0900000002');
    });
    await test.step('and nothing else: no word that is not assigned to it, no household, no team', async () => {
      await lookAtAll(responder);
      const rows = responder.page.getByRole('list', { name: 'Danh sách: Tất cả' }).getByRole('link');
      const assigned = recordsAt(folder, 'feedback_event').filter(({ fields }) => fields['type'] === 'assign');
      await expect(rows).toHaveCount(new Set(assigned.map(({ fields }) => fields['feedbackId'])).size);
      await expect(responder.page.getByRole('main')).not.toContainText('dốc Keng Cải');
      const bar = responder.page.getByRole('navigation', { name: 'Các mục chính' });
      await expect(bar.getByRole('link')).toHaveText(['Xử lý ý kiến', 'Sổ tay', 'Gửi và nhận', 'Cài đặt']);
      for (const path of ['/ho', '/uy-tin', '/y-kien/moi']) {
        await openInside(responder, path);
        await expect(responder.page.getByText('Việc này thuộc vai trò khác.')).toBeVisible();
      }
    });
    await test.step('it answers, and the member has it to tell', async () => {
      await openOnDesk(responder, shy);
      await answerOpen(responder, answer);
      await sendNow(member);
      await goTo(member, 'Hôm nay');
      await page.getByRole('link', { name: `Nước · ${may.household}` }).click();
      await expect(page.getByText(answer)).toBeVisible();
    });
  });
});

test('what must not tell who spoke stands apart, a denunciation has no words, and a word about staff leaves its writer', { tag: '@long' }, async () => {
  const withheldText = 'Có người lấn đất bãi chăn thả chung của xóm, mong xã xem lại ranh giới.';
  const staffText = 'Cán bộ tiếp dân hẹn ba lần đều không có mặt, bà con đi lại xa.';
  await withDevices(['member', 'bloc'], async (endpoint, { member, bloc }) => {
    const { page } = member;
    const known = { visit: idsAt(endpoint, 'visit'), feedback: idsAt(endpoint, 'feedback') };
    const fresh = (kind: 'visit' | 'feedback') => recordsAt(endpoint.folder, kind).filter(({ recordId }) => !known[kind].has(recordId));

    let code = '';
    await test.step('a name withheld in the visit form', async () => {
      await startVisit(page, son);
      await fillVisit(page, { outcome: 'Thăm như mọi tháng.' });
      await raiseInVisit(page, { topic: 'Đất đai', text: withheldText, name: 'withheld' });
      await expect(page.getByLabel('Tên người nói')).toHaveCount(0);
      await save(page);
      code = (await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/).innerText()).trim();
      await page.getByText('Xong', { exact: true }).click();
      await sendNow(member);
    });
    await test.step('reaches the commune apart from the visit', () => {
      const [visit, ...otherVisits] = fresh('visit');
      const [feedback, ...otherFeedback] = fresh('feedback');
      expect([otherVisits, otherFeedback]).toEqual([[], []]);
      expect(visit!.fields).not.toHaveProperty('feedbackIds');
      expect(Object.keys(feedback!.fields).toSorted()).toEqual(['anonymity', 'channel', 'kind', 'receiptCode', 'receivedOn', 'text', 'topic'].toSorted());
      expect(feedback!.fields).toMatchObject({ anonymity: 'name_withheld', text: withheldText, receiptCode: code });
      expect(feedback!.recordId[14]).toBe('4');
      expect(feedback!.entryIds.map((id) => id[14])).toEqual(['4']);
      expect(feedback!.entryIds).not.toEqual(visit!.entryIds);
      expect(feedback!.occurredAt).toMatch(/T00:00:00\+07:00$/);
      expect(feedback!.receivedAt).toMatch(/T00:00:00\+07:00$/);
    });

    await test.step('for a denunciation there is nothing to write into, and only kind and day are kept', async () => {
      await goTo(member, 'Ý kiến');
      await page.getByRole('main').getByRole('link', { name: 'Ghi ý kiến' }).click();
      await page.getByLabel('Bà con nói gì?').fill('Ông ấy đã làm một việc không được viết ở đây');
      await choose(page, 'Tố cáo');
      await page.getByRole('button', { name: 'Bỏ phần đã ghi' }).click();
      await expect(page.getByText('Mời bà con đến nơi tiếp công dân')).toBeVisible();
      await expect(page.getByRole('textbox')).toHaveCount(0);
      await save(page);
      await page.getByText('Xong', { exact: true }).click();
      await sendNow(member);
      const [denunciation] = fresh('feedback').filter(({ fields }) => fields['kind'] === 'to_cao');
      expect(denunciation!.fields).toEqual({ kind: 'to_cao', receivedOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
      expect(denunciation!.occurredAt).toMatch(/T00:00:00\+07:00$/);
    });

    await test.step('a word about staff is on nobody\'s screen but the bloc lead\'s', async () => {
      await startVisit(page, may);
      await fillVisit(page, {});
      await raiseInVisit(page, { topic: 'Thái độ cán bộ', text: staffText, name: 'withheld' });
      await expect(page.getByText('Ý kiến về thái độ cán bộ đi thẳng tới trưởng khối dân vận xã.')).toBeVisible();
      await save(page);
      await page.getByText('Xong', { exact: true }).click();
      await sendNow(member);
      await goTo(member, 'Ý kiến');
      await expect(page.getByText(withheldText.slice(0, 40))).toBeVisible();
      await expect(page.getByRole('main')).not.toContainText(staffText.slice(0, 30));

      await openOnDesk(bloc, withheldText);
      await lookAtAll(bloc);
      await expect(bloc.page.getByRole('main')).not.toContainText(staffText);

      const printed = await endpoint.administer('invite', '--commune', '01456', '--role', 'bloc_lead', '--name', 'Nông Thị Trưởng (mẫu)');
      const [invitation] = /https?:\/\/\S+\/moi#\S+/.exec(printed) ?? [];
      const blocLead = await newPhone(endpoint.url, 'desk');
      try {
        await enrol(blocLead, invitation!);
        const opened = await openOnDesk(blocLead, staffText);
        await expect(opened.getByText('Giấu tên. Câu trả lời báo cho người đưa mã tiếp nhận.')).toBeVisible();
        expect([...blocLead.complaints]).toEqual([]);
      } finally {
        await blocLead.dispose();
      }
    });
  });
});

test('asked for detail: the team sees what is missing, adds it without a signal, and the commune has it again', { tag: '@long' }, async () => {
  const asked = 'Xin ghi rõ đoạn nào, từ nhà ai đến nhà ai.';
  const added = 'Từ nhà ông Sơn đến bể nước, chừng ba trăm mét.';
  await withDevices(['member', 'bloc'], async (_endpoint, { member, bloc }) => {
    const { page } = member;
    await test.step('the bloc asks about one field', async () => {
      await openOnDesk(bloc, 'Đường bê tông ở dốc Keng Cải');
      await returnOpen(bloc, 'nơi xảy ra', asked);
      await expect(bloc.page.getByText('Đang chờ tổ dân vận bổ sung.')).toBeVisible();
    });
    await test.step('the member finds it under what needs them', async () => {
      await sendNow(member);
      await goTo(member, 'Hôm nay');
      await member.goOffline();
      const needing = page.getByRole('list', { name: 'Cần bạn xem' });
      await needing.getByRole('link').filter({ hasText: asked }).click();
      await expect(page.getByText('Xã hỏi thêm về nơi xảy ra')).toBeVisible();
    });
    await test.step('and adds it without a signal', async () => {
      await page.getByLabel('Phần bổ sung').fill(added);
      await page.getByRole('button', { name: 'Lưu phần bổ sung' }).click();
      await expect(page.getByText('Đã lưu trên máy này. Sẽ tự gửi khi có sóng.')).toBeVisible();
      await expect(page.getByLabel('Phần bổ sung')).toHaveCount(0);
      await goTo(member, 'Hôm nay');
      await expect(page.getByText(asked)).toHaveCount(0);
      await member.goOnline();
      await sendNow(member);
    });
    await test.step('the bloc has it before it again', async () => {
      const article = await openOnDesk(bloc, 'Đường bê tông ở dốc Keng Cải');
      await expect(article.getByText(added).first()).toBeVisible();
      await expect(bloc.page.getByText('Đang chờ khối dân vận xã.')).toBeVisible();
    });
  });
});

test("a lead sees the hamlet's feedback and its visits", { tag: '@long' }, async () => {
  await withDevices(['lead'], async (_endpoint, { lead }) => {
    await goTo(lead, 'Ý kiến');
    await expect(lead.page.getByText('Đường bê tông ở dốc Keng Cải')).toBeVisible();
    await openHousehold(lead.page, son);
    await expect(lead.page.getByRole('list', { name: 'Các lượt thăm' }).getByRole('listitem').first()).toBeVisible();
  });
});

function idsAt({ folder }: Pick<EndpointProcess, 'folder'>, kind: string): ReadonlySet<string> {
  return new Set(recordsAt(folder, kind).map(({ recordId }) => recordId));
}
