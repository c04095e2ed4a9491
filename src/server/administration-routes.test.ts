import { beforeEach, describe, expect, test } from 'vitest';
import { mayInOffice } from '#domain/permissions.ts';
import { roles as everyRole } from '#domain/role.ts';
import type { Assignment } from '#domain/role.ts';
import type { HeldRole } from '#domain/role-days.ts';
import { invitationAnswerSchema, membersAnswerSchema, sessionsAnswerSchema } from '#sync/administration.ts';
import type { MemberSummary, OfficeErrorCode } from '#sync/administration.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, newIdentity, north, office, random, roles, south } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';
import { createToken, hashToken } from './tokens.ts';

const day = 86_400_000;
const today = '2026-11-22';
const otherCommune = '01790';
const nobody = '018f0000-0000-7000-8000-0000000000ff';
const noHash = 'a'.repeat(43);

let stage: TestEndpoint;
let admin: TestPhone;

beforeEach(async () => {
  stage = await createTestEndpoint();
  admin = await enrolPhone(stage, roles.admin);
});

interface Answered {
  readonly status: number;
  readonly body: unknown;
}

async function ask(who: Pick<TestPhone, 'sessionToken'> | undefined, path: string, body: object = {}): Promise<Answered> {
  const headers: Record<string, string> = who === undefined ? {} : { authorization: `Bearer ${who.sessionToken}` };
  const response = await stage.app.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

const done: Answered = { status: 200, body: { done: true } };
const refused = (status: number, error: string, field?: string): Answered => ({ status, body: { error, ...(field === undefined ? {} : { field }) } });
const role = (assignment: Assignment, fromDay = today, toDay?: string): HeldRole => ({ assignment, fromDay, ...(toDay === undefined ? {} : { toDay }) });

async function members(): Promise<MemberSummary[]> {
  const answered = await ask(admin, '/administration/members');
  expect(answered.status).toBe(200);
  return membersAnswerSchema.parse(answered.body).members;
}

async function memberOf(memberId: string): Promise<MemberSummary> {
  const found = (await members()).find((member) => member.memberId === memberId);
  if (found === undefined) throw new Error('the member is not listed');
  return found;
}

const save = (memberId: string, held: readonly HeldRole[], name = 'Nông Thị Lan') => ask(admin, '/administration/member', { memberId, name, roles: held });

/** A new member by the routes alone. */
async function makeMember(held: readonly HeldRole[] = [role(roles.member)], name?: string): Promise<string> {
  const memberId = stage.newId();
  expect(await save(memberId, held, name)).toEqual(done);
  return memberId;
}

/** A phone of another commune on the same endpoint, as far as a session needs one. */
async function strangerWith(assignment: Assignment): Promise<{ sessionToken: string; memberId: string; deviceId: string; invitationId: string }> {
  const { memberId, invitation } = await stage.endpoint.createInvitation({ communeCode: otherCommune, name: 'Người xã khác', assignments: [assignment] });
  const [deviceId, sessionToken] = [stage.newId(), createToken(otherCommune, random)];
  const at = stage.clock.at;
  const device = { communeCode: otherCommune, deviceId, memberId, state: 'active' as const, publicKey: 'x', deliveryTokenHash: deviceId, enrolledAt: at, lastContactAt: at, unsent: 0, revokedAt: null, replaces: null };
  await stage.db.insertInto('device').values(device).execute();
  await stage.db.insertInto('session').values({ communeCode: otherCommune, tokenHash: hashToken(sessionToken), deviceId, createdAt: at, lastUsedAt: at }).execute();
  return { sessionToken, memberId, deviceId, invitationId: hashToken(invitation) };
}

const auditOf = async (action: string) =>
  await stage.db.selectFrom('audit').select(['actor', 'origin', 'subject']).where('communeCode', '=', commune).where('action', '=', action as never).orderBy('number').execute();

describe('who may ask', () => {
  const bodies: readonly (readonly [string, () => object])[] = [
    ['/administration/members', () => ({})],
    ['/administration/member', () => ({ memberId: stage.newId(), name: 'Nông Thị Lan', roles: [role(roles.member)] })],
    ['/administration/invitation', () => ({ memberId: admin.memberId })],
    ['/administration/invitation/cancel', () => ({ invitationId: noHash })],
    ['/administration/device/revoke', () => ({ deviceId: admin.deviceId })],
    ['/audit', () => ({})],
  ];
  const others: readonly Assignment[] = [roles.member, roles.lead, roles.officer, roles.blocLead, roles.responder, { role: 'province_viewer' }];

  test('stands in one table: the administrator administers, the data-protection officer reads the audit log, nobody else either', () => {
    const holding = (task: 'administer' | 'readAudit') => everyRole.filter((one) => mayInOffice({ assignments: [{ role: one }] }, task));
    expect(holding('administer')).toEqual(['commune_admin']);
    expect(holding('readAudit')).toEqual(['dpo']);
  });

  test.each(others)('no route answers a $role, and nothing changes', async (assignment) => {
    const phone = await enrolPhone(stage, assignment);
    const before = await tables();
    for (const [path, body] of bodies) expect([path, await ask(phone, path, body())]).toEqual([path, refused(403, 'not_your_role')]);
    expect(await tables()).toEqual(before);
  });

  test('an administrator reads no audit log, a data-protection officer administers nothing', async () => {
    const dpo = await enrolPhone(stage, { role: 'dpo' });
    expect(await ask(admin, '/audit')).toEqual(refused(403, 'not_your_role'));
    for (const [path, body] of bodies.filter(([asked]) => asked !== '/audit')) expect([path, await ask(dpo, path, body())]).toEqual([path, refused(403, 'not_your_role')]);
  });

  test('nobody without a session, and no locked phone', async () => {
    const paths = [...bodies.map(([path]) => path), '/session/list', '/session/end'];
    for (const path of paths) expect([path, await ask(undefined, path)]).toEqual([path, refused(401, 'no_session')]);
    for (const path of paths) {
      const response = await stage.app.request(path, { method: 'POST', headers: { authorization: `Delivery ${admin.deliveryToken}` }, body: '{}' });
      expect([path, response.status]).toEqual([path, 401]);
    }
  });

  test('a role that ended counts no more at the very next request', async () => {
    const second = await enrolPhone(stage, roles.admin);
    expect((await ask(second, '/administration/members')).status).toBe(200);
    expect(await save(second.memberId, [role(roles.member)])).toEqual(done);
    expect(await ask(second, '/administration/members')).toEqual(refused(403, 'not_your_role'));
  });

  test('an administrator of another commune sees and changes nothing here', async () => {
    const stranger = await strangerWith(roles.admin);
    const member = await enrolPhone(stage, roles.member);
    const { invitation } = await stage.endpoint.createInvitation({ communeCode: commune, name: 'x', assignments: [], memberId: member.memberId });
    const here = await tables();
    expect(membersAnswerSchema.parse((await ask(stranger, '/administration/members')).body).members.map(({ memberId }) => memberId)).toEqual([stranger.memberId]);
    const asked: readonly (readonly [string, object])[] = [
      ['/administration/invitation', { memberId: member.memberId }],
      ['/administration/invitation/cancel', { invitationId: hashToken(invitation) }],
      ['/administration/device/revoke', { deviceId: member.deviceId }],
      ['/session/end', { sessionId: hashToken(member.sessionToken) }],
    ];
    for (const [path, body] of asked) expect([path, await ask(stranger, path, body)]).toEqual([path, refused(404, 'not_found')]);
    expect(await tables()).toEqual(here);
    expect((await members()).map(({ name }) => name)).not.toContain('Người xã khác');
    for (const [path, body] of [['/administration/invitation/cancel', { invitationId: stranger.invitationId }], ['/administration/device/revoke', { deviceId: stranger.deviceId }]] as const) {
      expect(await ask(admin, path, body)).toEqual(refused(404, 'not_found'));
    }
  });

  async function tables(): Promise<unknown> {
    const read = async (table: 'member' | 'assignment' | 'invitation' | 'session' | 'device' | 'audit' | 'record') => await stage.db.selectFrom(table).selectAll().where('communeCode', '=', commune).execute();
    return [await read('member'), await read('assignment'), await read('invitation'), await read('session'), await read('device'), await read('audit'), await read('record')];
  }
});

describe('what is asked', () => {
  test.each([
    ['/administration/members', { communeCode: otherCommune }, refused(422, 'unknown_field', 'communeCode')],
    ['/administration/member', { memberId: nobody, roles: [] }, refused(422, 'required', 'name')],
    ['/administration/member', { memberId: nobody, name: ' L ', roles: [] }, refused(422, 'too_short', 'name')],
    ['/administration/member', { memberId: 'x', name: 'Lan', roles: [] }, refused(422, 'wrong_format', 'memberId')],
    ['/administration/member', { memberId: nobody, name: 'Lan', roles: [] }, refused(422, 'required', 'roles')],
    ['/administration/member', { memberId: nobody, name: 'Lan', roles: [role({ role: 'team_lead' })] }, refused(422, 'required', 'roles')],
    ['/administration/member', { memberId: nobody, name: 'Lan', roles: [role(roles.member, today, '2026-11-21')] }, refused(422, 'out_of_range', 'roles')],
    ['/administration/member', { memberId: nobody, name: 'Lan', roles: Array.from({ length: 11 }, () => role(roles.member)) }, refused(422, 'too_long', 'roles')],
    ['/administration/invitation', {}, refused(422, 'required', 'memberId')],
    ['/administration/invitation', { memberId: nobody }, refused(404, 'not_found')],
    ['/administration/invitation/cancel', { invitationId: '01789.x' }, refused(422, 'wrong_format', 'invitationId')],
    ['/administration/invitation/cancel', { invitationId: noHash }, refused(404, 'not_found')],
    ['/administration/device/revoke', { deviceId: nobody }, refused(404, 'not_found')],
    ['/session/list', { memberId: nobody }, refused(422, 'unknown_field', 'memberId')],
    ['/session/end', { sessionId: noHash }, refused(404, 'not_found')],
    ['/audit', { before: 0 }, refused(403, 'not_your_role')],
  ])('%s %j is answered plainly', async (path, body, expected) => {
    expect(await ask(admin, path, body)).toEqual(path === '/audit' ? refused(422, 'out_of_range', 'before') : expected);
  });

  test('each refusal that the wire knows is one that somebody is told', async () => {
    const phone = await enrolPhone(stage, roles.member);
    await enrolPhone(stage, roles.member, { memberId: phone.memberId });
    const left = await makeMember();
    expect(await save(left, [])).toEqual(done);
    const told: Record<OfficeErrorCode, () => Promise<Answered>> = {
      not_your_role: () => ask(phone, '/administration/members'),
      not_found: () => ask(admin, '/administration/invitation', { memberId: nobody }),
      last_administrator: () => save(admin.memberId, []),
      too_many_devices: () => ask(admin, '/administration/invitation', { memberId: phone.memberId }),
      has_left: () => ask(admin, '/administration/invitation', { memberId: left }),
      unknown_place: () => save(phone.memberId, [role({ role: 'team_member', hamletId: '01789-077' })]),
      in_the_past: () => save(phone.memberId, [role(roles.member, '2026-11-01')]),
    };
    for (const [error, asking] of Object.entries(told)) expect((await asking()).body).toMatchObject({ error });
  });

  test('nobody is made anew under the id of one who was erased', async () => {
    const memberId = stage.newId();
    await stage.db.insertInto('erasure').values({ communeCode: commune, recordId: memberId, erasedAt: stage.clock.at }).execute();
    expect(await save(memberId, [role(roles.member)])).toEqual(refused(422, 'deleted'));
    expect((await members()).map((member) => member.memberId)).toEqual([admin.memberId]);
  });

  test('is limited like all that a device asks, and logged without what was said', async () => {
    await save(stage.newId(), [role(roles.member)], 'Tên Không Được Ghi');
    expect(stage.logged.at(-1)).toBe(`asked /administration/member device=${admin.deviceId} done`);
    expect(stage.logged.join('\n')).not.toContain('Tên');
    let status = 200;
    for (let n = 0; n < 300 && status === 200; n++) status = (await ask(admin, '/session/list')).status;
    expect(status).toBe(429);
  });
});

describe('members', () => {
  test('are listed by name, with all they held and hold, their phones and their open invitations', async () => {
    const lan = await makeMember([role(roles.member), role(roles.officer, '2026-12-01', '2027-01-31')], 'Nông Thị Lan');
    const phone = await enrolPhone(stage, roles.lead, {});
    await phone.sync();
    const listed = await members();
    expect(listed.map(({ name }) => name)).toEqual(['commune_admin (mẫu)', 'Nông Thị Lan', 'team_lead (mẫu)']);
    expect(listed[1]).toEqual({
      memberId: lan,
      name: 'Nông Thị Lan',
      roles: [role(roles.member), role(roles.officer, '2026-12-01', '2027-01-31')],
      devices: [],
      invitations: [],
    });
    expect(listed[2]?.devices).toMatchObject([{ deviceId: phone.deviceId, state: 'active', unsent: 0, lastContactAt: '2026-11-22T08:00:00+07:00', sessions: [{ sessionId: hashToken(phone.sessionToken), isThis: false }] }]);
    expect(listed[0]?.devices[0]?.sessions).toMatchObject([{ sessionId: hashToken(admin.sessionToken), isThis: true }]);
  });

  test('tell how many entries existed only on a phone when it last reported', async () => {
    const phone = await enrolPhone(stage, roles.member);
    stage.clock.at += 2 * day;
    await phone.request(`Bearer ${phone.sessionToken}`, { protocol: 1, sessions: [], entries: [], pull: { ...phone.pullBody(), unsent: 4 } });
    expect((await memberOf(phone.memberId)).devices).toMatchObject([{ unsent: 4, lastContactAt: '2026-11-24T08:00:00+07:00' }]);
  });

  test('are made once, whoever asks again, with a card that colleagues see', async () => {
    const lead = await enrolPhone(stage, roles.lead);
    const memberId = await makeMember();
    expect(await save(memberId, [role(roles.member)])).toEqual(done);
    expect(await auditOf('member_created')).toContainEqual({ actor: admin.memberId, origin: admin.deviceId, subject: memberId });
    expect(await auditOf('roles_changed')).toEqual([]);
    await lead.sync();
    expect(lead.seen().get(memberId)).toMatchObject({ version: 1, areaId: north, memberId: admin.memberId, fields: { name: 'Nông Thị Lan', role: 'team_member', hamletId: north } });
  });

  test('are renamed, and only that', async () => {
    const phone = await enrolPhone(stage, roles.member);
    expect(await save(phone.memberId, [role(roles.member)], '  Nông Thị Lan Anh ')).toEqual(done);
    expect(await save(phone.memberId, [role(roles.member)], 'Nông Thị Lan Anh')).toEqual(done);
    const [answer] = await phone.sync();
    expect(answer?.pull).toMatchObject({ member: { name: 'Nông Thị Lan Anh', assignments: [roles.member] } });
    expect(await auditOf('member_renamed')).toEqual([{ actor: admin.memberId, origin: admin.deviceId, subject: phone.memberId }]);
    expect(await auditOf('roles_changed')).toEqual([]);
  });

  test('hold a place that is there, from a day that is not past', async () => {
    const memberId = stage.newId();
    const refusalsOn = (from: string): readonly (readonly [HeldRole, string])[] => [
      [role({ role: 'team_member', hamletId: '01789-077' }, from), 'unknown_place'],
      [role({ role: 'team_member', hamletId: '01790-001' }, from), 'unknown_place'],
      [role({ role: 'responder', unitId: nobody }, from), 'unknown_place'],
      [role({ role: 'responder', unitId: admin.memberId }, from), 'unknown_place'],
      [role(roles.member, '2026-11-21'), 'in_the_past'],
      [role(roles.member, '2026-11-01', '2026-11-21'), 'in_the_past'],
    ];
    for (const [held, code] of refusalsOn(today)) expect(await save(memberId, [role(roles.officer), held])).toEqual(refused(422, code, 'roles'));
    expect((await members()).map((member) => member.memberId)).toEqual([admin.memberId]);
    expect(await save(memberId, [role(roles.officer), role({ role: 'responder', unitId: office })])).toEqual(done);
    stage.clock.at += 3 * day;
    for (const [held, code] of refusalsOn('2026-11-25')) expect(await save(memberId, [role(roles.officer), held])).toEqual(refused(422, code, 'roles'));
    expect((await memberOf(memberId)).roles).toEqual([role(roles.officer), role({ role: 'responder', unitId: office })]);
  });

  test('may be saved with what is over in the list, as the page was told it', async () => {
    const memberId = await makeMember([role(roles.member, today, '2026-11-23'), role(roles.officer)]);
    stage.clock.at += 5 * day;
    const { roles: held } = await memberOf(memberId);
    expect(held).toEqual([role(roles.member, today, '2026-11-23'), role(roles.officer)]);
    expect(await save(memberId, held)).toEqual(done);
    expect(await save(memberId, held.slice(1))).toEqual(done);
    expect((await memberOf(memberId)).roles).toEqual(held);
    expect(await auditOf('roles_changed')).toEqual([]);
  });

  test('a role ends on a day to come, that day is moved, and the end is taken back', async () => {
    const memberId = await makeMember();
    stage.clock.at += 2 * day;
    for (const toDay of ['2026-11-30', '2026-11-24', undefined]) {
      expect(await save(memberId, [role(roles.member, today, toDay)])).toEqual(done);
      expect((await memberOf(memberId)).roles).toEqual([role(roles.member, today, toDay)]);
    }
    expect(await save(memberId, [role(roles.member, today, '2026-11-23')])).toEqual(refused(422, 'in_the_past', 'roles'));
  });

  test('moved to another hamlet, they lose the old one with the next sync and write in the new one', async () => {
    const phone = await enrolPhone(stage, roles.member);
    await phone.sync();
    stage.clock.at += day;
    expect(await save(phone.memberId, [role({ role: 'team_member', hamletId: south }, '2026-11-23')])).toEqual(done);
    const there = await phone.save([change('household', south, stage.newId(), household(1))]);
    const late = await phone.save([change('household', north, stage.newId(), household(2))]);
    const [answer] = await phone.sync();
    expect(answer?.pull).toMatchObject({ left: [`hamlet/${north}`] });
    expect([phone.verdict(there.entryId)?.verdict, phone.verdict(late.entryId)?.verdict]).toEqual(['applied', 'quarantined']);
    expect((await memberOf(phone.memberId)).roles).toEqual([role(roles.member, today, today), role({ role: 'team_member', hamletId: south }, '2026-11-23')]);
  });

  test('who has left reads nothing more, keeps their name on what they wrote, and what they sealed is judged as ever', async () => {
    const [phone, lead] = [await enrolPhone(stage, roles.member), await enrolPhone(stage, roles.lead)];
    const house = stage.newId();
    await phone.save([change('household', north, house, household(1))]);
    await phone.sync();
    const late = await phone.save([change('household', north, stage.newId(), household(2))]);
    stage.clock.at += day;
    expect(await save(phone.memberId, [], 'Nông Thị Lan')).toEqual(done);
    expect(await save(phone.memberId, [], 'Nông Thị Lan')).toEqual(done);
    const [answer] = await phone.sync();
    expect(answer?.pull).toMatchObject({ member: { assignments: [] }, left: [`everyone/${commune}`, `hamlet/${north}`, `handbook/${commune}`, `handbook/99904`] });
    expect(phone.seen().size).toBe(0);
    expect(phone.verdict(late.entryId)).toMatchObject({ verdict: 'quarantined', code: 'not_your_role' });
    await lead.sync();
    expect(lead.seen().get(phone.memberId)).toMatchObject({ areaId: north, fields: { name: 'Nông Thị Lan', role: 'team_member', withoutRole: true } });
    expect(await stage.endpoint.waitingFor({ kind: 'session', communeCode: commune, deviceId: lead.deviceId, memberId: lead.memberId })).toMatchObject([{ entryId: late.entryId, allowedThen: [roles.member] }]);
    expect((await memberOf(phone.memberId)).roles).toEqual([role(roles.member, today, today)]);
    expect(await ask(admin, '/administration/invitation', { memberId: phone.memberId })).toEqual(refused(409, 'has_left'));

    expect(await save(phone.memberId, [role(roles.member, today, today), role(roles.lead, '2026-11-23')])).toEqual(done);
    await lead.sync();
    expect(lead.seen().get(phone.memberId)).toHaveProperty('fields', { name: 'Nông Thị Lan', role: 'team_lead', hamletId: north });
    await phone.sync();
    expect(phone.seen().has(house)).toBe(true);
  });

  test('the last administrator cannot be removed, nor given an end after which nobody would follow', async () => {
    const asAdmin = (held: readonly HeldRole[]) => save(admin.memberId, held, 'Quản trị');
    expect(await asAdmin([])).toEqual(refused(409, 'last_administrator'));
    expect(await asAdmin([role(roles.officer)])).toEqual(refused(409, 'last_administrator'));
    expect(await asAdmin([role(roles.admin, today, '2026-12-31')])).toEqual(refused(409, 'last_administrator'));
    expect(await asAdmin([role(roles.admin, '2026-11-25')])).toEqual(refused(409, 'last_administrator'));
    expect((await memberOf(admin.memberId)).name).toBe('commune_admin (mẫu)');
    expect(await stage.endpoint.changeAssignments(commune, admin.memberId, [])).toEqual({ ok: false, error: { code: 'last_administrator' } });
    const next = await makeMember([role(roles.admin, '2026-12-01')]);
    expect(await asAdmin([role(roles.admin, today, '2026-11-29')])).toEqual(refused(409, 'last_administrator'));
    expect(await asAdmin([role(roles.admin, today, '2026-11-30')])).toEqual(done);
    expect(await save(next, [role(roles.admin, '2026-12-02')])).toEqual(refused(409, 'last_administrator'));
  });
});

describe('invitations', () => {
  test('are made for a member who is there, used once, and listed while they are open', async () => {
    const memberId = await makeMember();
    const made = await ask(admin, '/administration/invitation', { memberId });
    expect(made.status).toBe(200);
    const { invitation, invitationId, expiresAt } = invitationAnswerSchema.parse(made.body);
    expect(invitationId).toBe(hashToken(invitation));
    expect(expiresAt).toBe('2026-11-25T08:00:00+07:00');
    expect((await memberOf(memberId)).invitations).toEqual([{ invitationId, createdAt: '2026-11-22T08:00:00+07:00', expiresAt }]);
    expect(await auditOf('invitation_created')).toContainEqual({ actor: admin.memberId, origin: admin.deviceId, subject: memberId });
    const identity = await newIdentity(stage);
    expect((await stage.endpoint.enrol({ invitation, ...identity.proof })).ok).toBe(true);
    expect((await memberOf(memberId)).invitations).toEqual([]);
    expect(await ask(admin, '/administration/invitation/cancel', { invitationId })).toEqual(refused(404, 'not_found'));
  });

  test('are cancelled for good, and cancelling again is done', async () => {
    const memberId = await makeMember();
    const { invitation, invitationId } = invitationAnswerSchema.parse((await ask(admin, '/administration/invitation', { memberId })).body);
    for (let n = 0; n < 2; n++) expect(await ask(admin, '/administration/invitation/cancel', { invitationId })).toEqual(done);
    expect((await memberOf(memberId)).invitations).toEqual([]);
    expect(await stage.endpoint.checkInvitation(invitation)).toEqual({ ok: false, error: { code: 'cancelled_invitation' } });
    expect(await auditOf('invitation_cancelled')).toEqual([{ actor: admin.memberId, origin: admin.deviceId, subject: memberId }]);
  });

  test('are taken back when the member leaves', async () => {
    const memberId = await makeMember();
    const { invitation } = invitationAnswerSchema.parse((await ask(admin, '/administration/invitation', { memberId })).body);
    expect(await save(memberId, [])).toEqual(done);
    expect(await stage.endpoint.checkInvitation(invitation)).toEqual({ ok: false, error: { code: 'cancelled_invitation' } });
    expect((await memberOf(memberId)).invitations).toEqual([]);
  });

  test('that ran out are not listed and not cancelled', async () => {
    const memberId = await makeMember();
    const { invitationId } = invitationAnswerSchema.parse((await ask(admin, '/administration/invitation', { memberId })).body);
    stage.clock.at += 3 * day;
    expect((await memberOf(memberId)).invitations).toEqual([]);
    expect(await ask(admin, '/administration/invitation/cancel', { invitationId })).toEqual(refused(404, 'not_found'));
  });

  test('are refused while two phones are in use, and given to one whose role is still to begin', async () => {
    const phone = await enrolPhone(stage, roles.member);
    await enrolPhone(stage, roles.member, { memberId: phone.memberId });
    expect(await ask(admin, '/administration/invitation', { memberId: phone.memberId })).toEqual(refused(409, 'too_many_devices'));
    await ask(admin, '/administration/device/revoke', { deviceId: phone.deviceId });
    expect((await ask(admin, '/administration/invitation', { memberId: phone.memberId })).status).toBe(200);
    const later = await makeMember([role(roles.member, '2026-12-01')], 'Lý Thị Mẩy');
    expect((await ask(admin, '/administration/invitation', { memberId: later })).status).toBe(200);
  });
});

describe('a device', () => {
  test('is revoked for ever: its session ends at once, and revoking it again is done', async () => {
    const phone = await enrolPhone(stage, roles.member);
    for (let n = 0; n < 2; n++) expect(await ask(admin, '/administration/device/revoke', { deviceId: phone.deviceId })).toEqual(done);
    expect(await ask(phone, '/session/list')).toEqual(refused(401, 'revoked_device'));
    expect((await memberOf(phone.memberId)).devices).toMatchObject([{ state: 'revoked', sessions: [] }]);
    expect(await auditOf('device_revoked')).toEqual([{ actor: admin.memberId, origin: admin.deviceId, subject: phone.deviceId }]);
  });
});

describe('sessions', () => {
  const own = async (phone: TestPhone) => {
    const answered = await ask(phone, '/session/list');
    expect(answered.status).toBe(200);
    return sessionsAnswerSchema.parse(answered.body).sessions;
  };

  test('are listed to their owner alone, of all their phones, and carry no token', async () => {
    const phone = await enrolPhone(stage, roles.member);
    stage.clock.at += 3_600_000;
    const second = await enrolPhone(stage, roles.member, { memberId: phone.memberId });
    await enrolPhone(stage, roles.lead);
    const listed = await own(second);
    expect(listed.map(({ deviceId, isThis }) => [deviceId, isThis])).toEqual([[second.deviceId, true], [phone.deviceId, false]]);
    expect(JSON.stringify(listed)).not.toContain(phone.sessionToken.slice(6));
    expect(listed[1]).toMatchObject({ sessionId: hashToken(phone.sessionToken), createdAt: '2026-11-22T08:00:00+07:00', lastUsedAt: '2026-11-22T08:00:00+07:00' });
  });

  test('that are over are not listed', async () => {
    const phone = await enrolPhone(stage, roles.member);
    stage.clock.at += 30 * day;
    const second = await enrolPhone(stage, roles.member, { memberId: phone.memberId });
    expect((await own(second)).map(({ deviceId }) => deviceId)).toEqual([second.deviceId]);
  });

  test('are ended by their owner and by the administrator, by no colleague', async () => {
    const [phone, second, lead] = [await enrolPhone(stage, roles.member), await enrolPhone(stage, roles.member), await enrolPhone(stage, roles.lead)];
    const [mine, theirs] = [hashToken(phone.sessionToken), hashToken(second.sessionToken)];
    expect(await ask(lead, '/session/end', { sessionId: mine })).toEqual(refused(404, 'not_found'));
    expect(await ask(second, '/session/end', { sessionId: mine })).toEqual(refused(404, 'not_found'));
    expect(await ask(phone, '/session/end', { sessionId: mine })).toEqual(done);
    expect(await ask(phone, '/session/list')).toEqual(refused(401, 'no_session'));
    expect(await ask(admin, '/session/end', { sessionId: theirs })).toEqual(done);
    expect(await ask(admin, '/session/end', { sessionId: theirs })).toEqual(refused(404, 'not_found'));
    expect(await ask(second, '/session/list')).toEqual(refused(401, 'no_session'));
    expect(await auditOf('session_ended')).toEqual([
      { actor: phone.memberId, origin: phone.deviceId, subject: phone.deviceId },
      { actor: admin.memberId, origin: admin.deviceId, subject: second.deviceId },
    ]);
  });
});
