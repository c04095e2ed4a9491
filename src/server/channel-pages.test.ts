import { beforeEach, describe, expect, test } from 'vitest';
import { addDigest, digestToHex, emptyDigest, rowDigest } from '#sync/digest.ts';
import type { Change } from '#domain/change.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, namedFeedback, newRandomId, north, office, ownDraft, roles, south, visit } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let stage: TestEndpoint;
let member: TestPhone;
let officer: TestPhone;

beforeEach(async () => {
  stage = await createTestEndpoint();
  member = await enrolPhone(stage, roles.member);
  officer = await enrolPhone(stage, roles.officer);
});

async function save(phone: TestPhone, ...changes: Change[]): Promise<void> {
  const entry = await phone.save(changes);
  await phone.sync();
  expect(phone.verdict(entry.entryId)?.verdict).toBe('applied');
}

async function own(...changes: Change[]): Promise<void> {
  const verdicts = await stage.endpoint.applyOwnEntries(commune, [ownDraft(stage, changes)]);
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['applied']);
}

const event = (feedbackId: string, step: number, over: object) =>
  change('feedback_event', north, stage.newId(), { feedbackId, step, on: '2026-11-22', ...over });

async function raised(over: object = {}): Promise<string> {
  const id = stage.newId();
  await save(member, change('feedback', north, id, namedFeedback(over)));
  return id;
}

describe('who is shown what', () => {
  test('a team sees its hamlet, the bloc the commune, a responder only what everyone reads', async () => {
    const southLead = await enrolPhone(stage, roles.southLead);
    const responder = await enrolPhone(stage, roles.responder);
    const [inNorth, inSouth] = [stage.newId(), stage.newId()];
    await save(member, change('household', north, inNorth, household(1)));
    await save(southLead, change('household', south, inSouth, household(1)));
    for (const phone of [member, officer, responder]) await phone.sync();
    const sees = (phone: TestPhone) => [inNorth, inSouth].map((id) => phone.seen().has(id));
    expect([sees(member), sees(southLead), sees(officer), sees(responder)]).toEqual([[true, false], [false, true], [true, true], [false, false]]);
    expect([...responder.channels.keys()].toSorted()).toEqual([`device/${responder.deviceId}`, `everyone/${commune}`, `handbook/${commune}`, `handbook/99904`, `unit/${office}`]);
    expect(responder.seen().get(south)).toMatchObject({ kind: 'area', fields: { name: 'Bản Niếng' } });
  });

  test('a visit’s list names no feedback that turned out to be about staff, to nobody but the bloc’s lead; the visit is corrected as before, and the list comes back with the topic', async () => {
    const blocLead = await enrolPhone(stage, roles.blocLead);
    const [householdId, visitId, feedbackId] = [stage.newId(), stage.newId(), stage.newId()];
    await save(member, change('household', north, householdId, household(1)));
    await save(member, change('feedback', north, feedbackId, namedFeedback({ householdId })), change('visit', north, visitId, visit(householdId, { feedbackIds: [feedbackId] })));
    await officer.sync();
    expect(officer.seen().get(visitId)).toMatchObject({ fields: { feedbackIds: [feedbackId] } });
    const historyOf = async (phone: TestPhone) => {
      const response = await stage.app.request('/history', { method: 'POST', headers: { authorization: `Bearer ${phone.sessionToken}` }, body: JSON.stringify({ recordId: visitId }) });
      return await response.text();
    };
    await save(officer, event(feedbackId, 0, { type: 'triage', topic: 'staff_attitude' }));
    await save(member, change('visit', north, visitId, { outcome: 'Đã hẹn quay lại' }, 1));
    for (const phone of [member, officer, blocLead]) await phone.sync();
    for (const phone of [member, officer]) {
      expect(phone.seen().has(feedbackId)).toBe(false);
      expect(phone.seen().get(visitId)).toMatchObject({ fields: { outcome: 'Đã hẹn quay lại' } });
      expect(JSON.stringify(phone.seen().get(visitId))).not.toContain(feedbackId);
      expect(await historyOf(phone)).not.toContain(feedbackId);
    }
    expect(blocLead.rows(`lead/${commune}`).get(visitId)).toMatchObject({ fields: { feedbackIds: [feedbackId] } });
    expect(await historyOf(blocLead)).toContain(feedbackId);
    // Asked for more and given back, it is sorted anew.
    await save(blocLead, event(feedbackId, 1, { type: 'return', field: 'place', comment: 'Xin nói rõ chỗ nào' }));
    await save(blocLead, event(feedbackId, 2, { type: 'add_detail', detail: 'Ở đầu xóm' }));
    await save(blocLead, event(feedbackId, 3, { type: 'triage', topic: 'road' }));
    for (const phone of [member, blocLead]) await phone.sync();
    expect(member.seen().get(visitId)).toMatchObject({ fields: { feedbackIds: [feedbackId] } });
    expect(blocLead.rows(`lead/${commune}`).has(visitId)).toBe(false);
  });

  test('assigning shows the feedback and all its events to the unit, without the name the citizen did not give it', async () => {
    const responder = await enrolPhone(stage, roles.responder);
    const id = await raised();
    const triage = event(id, 0, { type: 'triage' });
    await save(officer, triage);
    await responder.sync();
    expect(responder.seen().has(id)).toBe(false);
    const assign = event(id, 1, { type: 'assign', unitId: office, dueOn: '2026-12-04' });
    await save(officer, assign);
    await responder.sync();
    expect([...responder.rows(`unit/${office}`).keys()]).toEqual(expect.arrayContaining([id, triage.recordId, assign.recordId]));
    const shown = responder.seen().get(id);
    expect(shown).toMatchObject({ fields: { text: 'Đường vào xóm hỏng, xin sửa trước Tết.' } });
    expect(JSON.stringify(shown)).not.toMatch(/Mẩy|0912345678/);
  });

  test('a unit the citizen agreed to gets the name, also when they agree later', async () => {
    const responder = await enrolPhone(stage, roles.responder);
    const id = await raised();
    await save(officer, event(id, 0, { type: 'triage' }), event(id, 1, { type: 'assign', unitId: office, dueOn: '2026-12-04' }));
    await responder.sync();
    await save(member, change('feedback', north, id, { nameToResponder: true }, 1));
    await responder.sync();
    expect(responder.seen().get(id)).toMatchObject({ fields: { citizenName: 'Lý Thị Mẩy (mẫu)' } });
  });

  test('a number given because the bloc asked for it does not reach the unit, until the citizen agrees', async () => {
    const responder = await enrolPhone(stage, roles.responder);
    const id = await raised({ citizenPhone: undefined });
    await save(officer, event(id, 0, { type: 'triage' }), event(id, 1, { type: 'return', field: 'citizenPhone', comment: 'Xin số điện thoại' }));
    const detail = event(id, 2, { type: 'add_detail', detail: 'Bà Mẩy, 0912999888' });
    await save(member, detail);
    await save(officer, event(id, 3, { type: 'triage' }), event(id, 4, { type: 'assign', unitId: office, dueOn: '2026-12-04' }));
    await responder.sync();
    expect(responder.seen().get(detail.recordId)).toMatchObject({ fields: { type: 'add_detail' } });
    expect(JSON.stringify([...responder.seen()])).not.toContain('0912999888');
    await save(member, change('feedback', north, id, { nameToResponder: true }, 1));
    await responder.sync();
    expect(responder.seen().get(detail.recordId)).toMatchObject({ fields: { detail: 'Bà Mẩy, 0912999888' } });
  });

  test('a unit reads and answers no more once the feedback was opened and sorted anew', async () => {
    const responder = await enrolPhone(stage, roles.responder);
    const id = await raised();
    await save(officer, event(id, 0, { type: 'triage' }), event(id, 1, { type: 'assign', unitId: office, dueOn: '2026-12-04' }));
    await save(responder, event(id, 2, { type: 'start' }), event(id, 3, { type: 'answer', answer: 'Sẽ sửa trong tháng này.' }));
    await save(member, event(id, 4, { type: 'deliver', channel: 'visit' }), event(id, 5, { type: 'reopen', reason: 'Chưa sửa gì' }));
    await save(officer, event(id, 6, { type: 'triage', topic: 'water' }));
    await responder.sync();
    expect(responder.seen().has(id)).toBe(false);
    const late = await responder.save([event(id, 7, { type: 'answer', answer: 'Trả lời khi không được giao.' })]);
    await responder.sync();
    expect(responder.verdict(late.entryId)).toMatchObject({ verdict: 'quarantined', code: 'no_access' });
    expect([...officer.seen().values()]).toContainEqual(expect.objectContaining({ fields: expect.objectContaining({ answer: 'Sẽ sửa trong tháng này.' }) }));
  });

  test('a change of what a channel hides raises neither its counter nor what its readers hold', async () => {
    const responder = await enrolPhone(stage, roles.responder);
    const id = await raised();
    await save(officer, event(id, 0, { type: 'triage' }), event(id, 1, { type: 'assign', unitId: office, dueOn: '2026-12-04' }));
    await responder.sync();
    const before = structuredClone(responder.channels.get(`unit/${office}`));
    await save(member, change('feedback', north, id, { citizenPhone: '0999999999' }, 1));
    const other = await enrolPhone(stage, roles.member, { memberId: member.memberId });
    const merged = await other.save([change('feedback', north, id, { citizenPhone: '0900000000' }, 1)]);
    await other.sync();
    expect(other.verdict(merged.entryId)?.verdict).toBe('merged');
    await responder.sync();
    expect(responder.channels.get(`unit/${office}`)).toEqual(before);
    responder.forget();
    await responder.sync();
    expect(responder.channels.get(`unit/${office}`)).toEqual(before);
    await member.sync();
    expect(member.seen().get(id)).toMatchObject({ version: 3 });
  });

  test('an open conflict on a hidden field stays hidden', async () => {
    const id = await raised({ citizenPhone: '0900000000' });
    const responder = await enrolPhone(stage, roles.responder);
    await save(officer, event(id, 0, { type: 'triage' }), event(id, 1, { type: 'assign', unitId: office, dueOn: '2026-12-04' }));
    const other = await enrolPhone(stage, roles.member, { memberId: member.memberId });
    await save(other, change('feedback', north, id, { citizenPhone: '0911111111' }, 1));
    const merged = await member.save([change('feedback', north, id, { citizenPhone: '0922222222', text: 'Đường vào xóm hỏng rất nặng.' }, 1)]);
    await member.sync();
    expect(member.verdict(merged.entryId)?.verdict).toBe('merged');
    expect(member.seen().get(id)).toMatchObject({ conflicts: [{ value: '0911111111' }] });
    await responder.sync();
    expect(responder.seen().get(id)).toMatchObject({ fields: { text: 'Đường vào xóm hỏng rất nặng.' } });
    expect(responder.seen().get(id)).not.toHaveProperty('conflicts');
  });

  test('feedback found to be about staff leaves hamlet and commune, events too, and stands with the lead alone', async () => {
    const blocLead = await enrolPhone(stage, roles.blocLead);
    const id = await raised();
    await officer.sync();
    expect(officer.seen().has(id)).toBe(true);
    const triage = event(id, 0, { type: 'triage', topic: 'staff_attitude' });
    const entry = await officer.save([triage]);
    for (const phone of [officer, member, blocLead]) await phone.sync();
    expect([member, officer].map((phone) => [phone.seen().has(id), phone.seen().has(triage.recordId)])).toEqual([[false, false], [false, false]]);
    expect([...blocLead.rows(`lead/${commune}`).keys()].toSorted()).toEqual([id, triage.recordId].toSorted());
    // How far the lead's counter has come is nothing for the officer.
    expect(Object.keys(officer.verdict(entry.entryId)?.sequences ?? {})).toEqual([`commune/${commune}`]);
  });

  test('a member who raises feedback about staff is told it was applied and nothing of where it stands', async () => {
    const { citizenName: _name, citizenPhone: _phone, ...fields } = namedFeedback({ topic: 'staff_attitude', anonymity: 'name_withheld' });
    const over = { entryId: newRandomId(), occurredAt: '2026-11-22T00:00:00+07:00' };
    const entry = await member.save([change('feedback', north, newRandomId(), fields)], over);
    await member.sync();
    expect(member.verdict(entry.entryId)).toMatchObject({ verdict: 'applied', sequences: {} });
  });

  test('a visit whose list would tell the hamlet of feedback about staff is refused', async () => {
    const [house, feedback] = [stage.newId(), stage.newId()];
    await save(member, change('household', north, house, household(1)));
    const aboutStaff = change('feedback', north, feedback, namedFeedback({ topic: 'staff_attitude' }));
    const listing = () => change('visit', north, stage.newId(), visit(house, { feedbackIds: [feedback] }));
    const together = await member.save([listing(), aboutStaff]);
    await save(member, aboutStaff);
    const later = await member.save([listing()]);
    await member.sync();
    for (const { entryId } of [together, later]) expect(member.verdict(entryId)).toMatchObject({ verdict: 'rejected', code: 'kept_apart', field: 'feedbackIds' });
  });

  test('a list that names what its writer does not read is answered alike, there or not, whatever else the entry says of it', async () => {
    const [house, hidden] = [stage.newId(), stage.newId()];
    await save(member, change('household', north, house, household(1)));
    const southLead = await enrolPhone(stage, roles.southLead);
    await save(southLead, change('household', south, hidden, household(2)));
    const codes: unknown[] = [];
    for (const listed of [hidden, stage.newId()]) {
      const visited = change('visit', north, stage.newId(), visit(house, { feedbackIds: [listed] }));
      const { entryId } = await member.save([visited, change('feedback', north, listed, namedFeedback(), 1)]);
      await member.sync();
      codes.push([member.verdict(entryId)?.verdict, member.verdict(entryId)?.code]);
    }
    expect(codes).toEqual([['rejected', 'kept_apart'], ['rejected', 'kept_apart']]);
  });

  test('a hamlet that is merged takes its records and its team along, and its own channel is emptied and left', async () => {
    const southLead = await enrolPhone(stage, roles.southLead);
    const [house, call] = [stage.newId(), stage.newId()];
    await save(member, change('household', north, house, household(1)), change('visit', north, call, visit(house)));
    const feedback = await raised();
    await own(change('area', north, north, { mergedInto: south }, 1));
    await southLead.sync();
    const [answer] = await member.sync();
    await officer.sync();
    expect(answer?.pull).toMatchObject({ left: [`hamlet/${north}`], member: { assignments: [{ role: 'team_member', hamletId: south }] } });
    const ids = [house, call, feedback];
    expect(ids.map((id) => southLead.seen().has(id))).toEqual([true, true, true]);
    expect(ids.map((id) => member.rows(`hamlet/${south}`).has(id))).toEqual([true, true, true]);
    expect(ids.map((id) => officer.seen().has(id))).toEqual([true, true, true]);
  });

  test('roles that end leave their channels; asked for one that is not theirs, it is named as left', async () => {
    const id = stage.newId();
    await save(member, change('household', north, id, household(1)));
    await stage.db.updateTable('assignment').set({ toDay: '2026-11-21' }).where('memberId', '=', member.memberId).execute();
    const [answer] = await member.sync();
    expect(answer?.pull).toMatchObject({ left: expect.arrayContaining([`hamlet/${north}`, `everyone/${commune}`]), member: { assignments: [] } });
    expect(member.seen().size).toBe(0);
    member.channels.set(`commune/${commune}`, { cursor: 999, rows: new Map(), digest: undefined });
    const [asked] = await member.sync();
    expect(asked?.pull).toMatchObject({ left: [`commune/${commune}`] });
  });

  test('a role that begins tomorrow is none today', async () => {
    await stage.db.updateTable('assignment').set({ fromDay: '2026-11-23' }).where('memberId', '=', officer.memberId).execute();
    await officer.sync();
    expect([...officer.channels.keys()]).toEqual([`device/${officer.deviceId}`]);
    stage.clock.at += 86_400_000;
    await officer.sync();
    expect(officer.channels.has(`commune/${commune}`)).toBe(true);
  });
});

describe('pages', () => {
  test('what was gone before a first download is left out, what goes during it or later is told', async () => {
    const [kept, early, late] = [stage.newId(), stage.newId(), stage.newId()];
    await own(...[kept, early, late].map((id, index) => change('household', north, id, household(index + 1))));
    const deletion = (id: string): Change => ({ recordId: id, kind: 'household', areaId: north, base: 1, delete: true });
    await own(deletion(early));
    const first = await member.request(`Bearer ${member.sessionToken}`, { ...member.pushBody(), pull: member.pullBody() });
    const page = pageOf(first, `hamlet/${north}`);
    expect(page?.rows.map(({ recordId }) => recordId)).toEqual(expect.arrayContaining([kept, late]));
    expect(page?.rows.some((row) => 'gone' in row)).toBe(false);
    await own(deletion(late));
    // The first download goes on from its first row: what is gone by then is under `upTo` or above it.
    const pull = { ...member.pullBody(), channels: { [`hamlet/${north}`]: { cursor: 1, upTo: page?.cursor ?? 0 } } };
    const next = await member.request(`Bearer ${member.sessionToken}`, { ...member.pushBody(), pull });
    const gone = pageOf(next, `hamlet/${north}`)?.rows.filter((row) => 'gone' in row);
    expect(gone).toMatchObject([{ recordId: late, gone: 'deleted', version: 2 }]);
  });

  test('many records come in bounded pages, in order, with upTo until it is reached and a digest at the end alone', async () => {
    const ids = Array.from({ length: 1_150 }, () => stage.newId());
    for (let at = 0; at < ids.length; at += 50) await own(...ids.slice(at, at + 50).map((id, index) => change('household', north, id, household(at + index + 1))));
    const answers = await member.sync();
    const pages = answers.flatMap((answer) => pageOf(answer, `hamlet/${north}`) ?? []);
    // The colleague's own record stands in the hamlet too.
    expect(pages.map(({ rows }) => rows.length)).toEqual([500, 500, 151]);
    expect(pages.map(({ more, upTo, digest }) => [more, upTo, digest !== undefined])).toEqual([[true, 1151, false], [true, 1151, false], [false, undefined, true]]);
    const sequences = pages.flatMap(({ rows }) => rows.map(({ sequence }) => sequence));
    expect(sequences).toEqual([...sequences].toSorted((a, b) => a - b));
    expect(member.rows(`hamlet/${north}`).size).toBe(1_151);
  });

  test('long texts are bounded by their bytes, and all of them come', async () => {
    const text = 'đ'.repeat(900);
    const ids = Array.from({ length: 200 }, () => stage.newId());
    for (let at = 0; at < ids.length; at += 50) {
      await own(...ids.slice(at, at + 50).map((id) => change('feedback', north, id, namedFeedback({ text }))));
    }
    const answers = await member.sync();
    const pages = answers.flatMap((answer) => pageOf(answer, `hamlet/${north}`) ?? []);
    expect(pages.map(({ rows, more }) => [rows.length < 200, more])).toEqual([[true, true], [true, false]]);
    for (const page of pages) expect(Buffer.byteLength(JSON.stringify(page.rows))).toBeLessThan(260 * 1024);
    expect(ids.every((id) => member.seen().has(id))).toBe(true);
  });

  test('the digest is that of the live rows, after edits, evictions and deletions', async () => {
    const [one, two] = [stage.newId(), stage.newId()];
    await own(change('household', north, one, household(1)), change('household', north, two, household(2)));
    await own(change('household', north, one, { houseLabel: 'gốc đa' }, 1));
    const back = stage.newId();
    await own(change('household', north, back, household(3)));
    for (const id of [two, back]) await own({ recordId: id, kind: 'household', areaId: north, base: 1, delete: true });
    const edit = await member.save([change('household', north, back, { houseLabel: 'gốc mít' }, 1)]);
    await member.sync();
    expect(member.verdict(edit.entryId)?.verdict).toBe('merged');
    await raised();
    const feedback = await raised();
    await own(event(feedback, 0, { type: 'triage', topic: 'staff_attitude' }));
    await member.sync();
    await officer.sync();
    for (const phone of [member, officer]) {
      for (const [channelId, { rows, digest }] of phone.channels) {
        const sum = [...rows.values()].reduce((total, row) => addDigest(total, rowDigest(row.recordId, row.sequence)), emptyDigest);
        expect([channelId, digest]).toEqual([channelId, digestToHex(sum)]);
      }
    }
  });

  test('a cursor above the counter restarts the phone and raises an alarm', async () => {
    await member.sync();
    const channel = member.channels.get(`hamlet/${north}`);
    member.channels.set(`hamlet/${north}`, { ...channel, cursor: 4_000, rows: new Map(), digest: undefined });
    const answer = await member.request(`Bearer ${member.sessionToken}`, { ...member.pushBody(), pull: member.pullBody() });
    expect(answer.pull).toEqual({ restart: 'cursor' });
    expect(await stage.db.selectFrom('audit').select(['actor', 'subject']).where('action', '=', 'cursor_above_counter').execute()).toEqual([
      { actor: member.deviceId, subject: `hamlet/${north}` },
    ]);
  });

  test('after a restore, another epoch restarts the phone, and neither version nor sequence repeats', async () => {
    const id = stage.newId();
    await save(member, change('household', north, id, household(1)));
    await stage.db.updateTable('meta').set({ value: '2' }).where('name', '=', 'epoch').execute();
    const restored = await stage.restarted();
    const ask = async (epoch: number) => {
      const auth = await restored.endpoint.authenticate(`Bearer ${member.sessionToken}`);
      if (!auth.ok) throw new Error('no session');
      return await restored.endpoint.sync(auth.value, { ...member.pushBody(), pull: { ...member.pullBody(epoch), channels: {} } });
    };
    expect((await ask(1)).pull).toEqual({ restart: 'epoch' });
    expect((await ask(0)).pull).toHaveProperty('pages');
    await member.save([change('household', north, id, { houseLabel: 'gốc đa' }, 1)]);
    expect(await ask(2)).toMatchObject({ epoch: 2, entries: [{ outcome: 'kept' }] });
    const row = pageOf(await ask(2), `hamlet/${north}`)?.rows.find(({ recordId }) => recordId === id);
    expect(row).toMatchObject({ version: 2 ** 32 + 1, sequence: 2 ** 32 + 1 });
  });

  test('a delivery and a bundle bring entries and read nothing', async () => {
    const entry = await member.save([change('household', north, stage.newId(), household(1))]);
    for (const authorization of [`Delivery ${member.deliveryToken}`, undefined]) {
      const answer = await member.request(authorization, { ...member.pushBody(), pull: member.pullBody() });
      expect(Object.keys(answer).toSorted()).toEqual(['endpointTime', 'entries', 'epoch', 'schema']);
    }
    await member.sync();
    expect(member.verdict(entry.entryId)?.verdict).toBe('applied');
  });
});

function pageOf(answer: Awaited<ReturnType<TestPhone['sync']>>[number], channelId: string) {
  return answer.pull !== undefined && 'pages' in answer.pull ? answer.pull.pages.find((page) => page.channelId === channelId) : undefined;
}
