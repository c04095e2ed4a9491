import { mkdtempSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { PictureStateAnswer } from '#sync/picture-calls.ts';
import { appWithUploads, askFor, createUpload, photographed, photoFields, sealAs, sendPart, sendWhole, sha256Of, tusAsk, webpOf, withExif } from './pictures.test-support.ts';
import { change, commune, createTestEndpoint, enrolPhone, north, renewPhone, roles, south } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let stage: TestEndpoint;
let phone: TestPhone;
let open: ReturnType<typeof appWithUploads>;
beforeEach(async () => {
  stage = await createTestEndpoint();
  phone = await enrolPhone(stage, roles.member);
  open = appWithUploads(stage);
});

async function stateOf(photoId: string, token = phone.sessionToken) {
  const answer = await askFor(open.app, '/attachment/state', token, { recordIds: [photoId] });
  const { pictures } = (await answer.json()) as PictureStateAnswer;
  return pictures[0];
}
async function readBy(photoId: string, token: string | undefined) {
  const answer = await askFor(open.app, '/attachment', token, { recordId: photoId });
  return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
}
const boxes = async () => await stage.db.selectFrom('picture').selectAll().execute();

describe('a picture', () => {
  test('is sent in parts, named by its hash when it has arrived, and read by whoever reads its record', async () => {
    const { photoId, sealed, picture } = await photographed(stage, phone);
    expect(await stateOf(photoId)).toEqual({ recordId: photoId, state: 'wanted' });
    expect(await readBy(photoId, phone.sessionToken)).toMatchObject({ status: 404 });
    expect((await createUpload(open.app, photoId, phone.sessionToken, sealed.box.length)).status).toBe(201);
    const half = sealed.box.length >> 1;
    expect((await sendPart(open.app, photoId, phone.sessionToken, 0, sealed.box.subarray(0, half))).status).toBe(204);
    expect((await tusAsk(open.app, 'HEAD', photoId, { token: phone.sessionToken })).headers.get('upload-offset')).toBe(String(half));
    // From elsewhere than where it stands nothing is taken.
    expect((await sendPart(open.app, photoId, phone.sessionToken, half - 1, sealed.box.subarray(half - 1))).status).toBe(409);
    expect((await sendPart(open.app, photoId, phone.sessionToken, half, sealed.box.subarray(half))).status).toBe(204);
    expect(await stateOf(photoId)).toEqual({ recordId: photoId, state: 'arrived', sha256: sha256Of(sealed.box) });
    expect(readdirSync(open.folder)).toEqual([]);

    const officer = await enrolPhone(stage, roles.officer);
    for (const token of [phone.sessionToken, officer.sessionToken]) {
      const { status, headers, bytes } = await readBy(photoId, token);
      expect([status, headers.get('content-type'), headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual([200, 'image/webp', 'no-store', 'nosniff']);
      expect(sha256Of(bytes)).toBe(sha256Of(picture));
    }
  });

  test('lies sealed: nothing of it is in the database, with the control that all of it is in what is read', async () => {
    const { photoId, sealed, picture } = await photographed(stage, phone);
    expect(await sendWhole(open.app, photoId, phone.sessionToken, sealed.box)).toBe(204);
    const words = Buffer.from(picture.subarray(100, 132)).toString('latin1');
    const lying = Buffer.concat((await boxes()).map(({ box }) => box)).toString('latin1');
    expect(lying.length).toBeGreaterThan(picture.length);
    expect(lying).not.toContain(words);
    expect(Buffer.from((await readBy(photoId, phone.sessionToken)).bytes).toString('latin1')).toContain(words);
  });

  test.each([
    ['nobody', undefined, 401, 'no'],
    ['a colleague of the same team', roles.member, 404, 'yes'],
    ['the lead of the team, who may change it', roles.lead, 201, 'yes'],
    ['the lead of another hamlet', roles.southLead, 404, 'no'],
    ['an officer of the bloc', roles.officer, 201, 'yes'],
    ['a responder to whom nothing is assigned', roles.responder, 404, 'no'],
    ['the administrator', roles.admin, 404, 'no'],
    ['the data-protection officer', roles.dpo, 404, 'no'],
    ['a viewer of the province', { role: 'province_viewer' } as const, 404, 'no'],
  ])('is begun and read by nobody who may not: %s', async (_who, role, begun, reads) => {
    const { photoId, sealed } = await photographed(stage, phone);
    const other = role === undefined ? undefined : await enrolPhone(stage, role);
    expect((await createUpload(open.app, photoId, other?.sessionToken, sealed.box.length)).status).toBe(begun);
    expect(await sendWhole(open.app, photoId, phone.sessionToken, sealed.box)).toBe(204);
    expect((await readBy(photoId, other?.sessionToken)).status).toBe(reads === 'yes' ? 200 : role === undefined ? 401 : 404);
    const told = other === undefined || begun !== 404 ? 'unknown' : (await stateOf(photoId, other.sessionToken))?.state;
    expect(told).toBe('unknown');
  });

  test('of a member of another commune is nowhere here', async () => {
    const { photoId, sealed } = await photographed(stage, phone);
    const foreign = await enrolPhone(stage, { role: 'bloc_lead' }, { communeCode: '01795' });
    expect((await createUpload(open.app, photoId, foreign.sessionToken, sealed.box.length)).status).toBe(404);
    expect(await stateOf(photoId, foreign.sessionToken)).toEqual({ recordId: photoId, state: 'unknown' });
    expect((await readBy(photoId, foreign.sessionToken)).status).toBe(404);
  });

  test('goes on being sent by its author who has moved to another hamlet, and is read by them no more', async () => {
    const { photoId, sealed } = await photographed(stage, phone);
    await stage.endpoint.changeAssignments(commune, phone.memberId, [{ role: 'team_member', hamletId: south }]);
    expect(await sendWhole(open.app, photoId, phone.sessionToken, sealed.box)).toBe(204);
    expect((await readBy(photoId, phone.sessionToken)).status).toBe(404);
  });

  test('that an earlier device of the same phone sealed is taken from the one it became', async () => {
    const { photoId, sealed, picture } = await photographed(stage, phone);
    const renewed = await renewPhone(stage, phone);
    expect(await sendWhole(open.app, photoId, phone.sessionToken, sealed.box)).toBe(401);
    expect(await sendWhole(open.app, photoId, renewed.sessionToken, sealed.box)).toBe(204);
    expect(sha256Of((await readBy(photoId, renewed.sessionToken)).bytes)).toBe(sha256Of(picture));
  });
});

describe('what is not the picture of its record', () => {
  test('is thrown away, and the upload begins again', async () => {
    const { photoId, sealed } = await photographed(stage, phone);
    const damaged = sealed.box.slice();
    damaged[900] = (damaged[900] ?? 0) ^ 1;
    expect(await sendWhole(open.app, photoId, phone.sessionToken, damaged)).toBe(460);
    expect(await boxes()).toEqual([]);
    expect((await tusAsk(open.app, 'HEAD', photoId, { token: phone.sessionToken })).status).toBe(404);
    expect(await sendWhole(open.app, photoId, phone.sessionToken, sealed.box)).toBe(204);
    expect(await stateOf(photoId)).toMatchObject({ state: 'arrived' });
  });

  test.each([
    ['no picture', async () => Uint8Array.from(Buffer.from('<html>'.repeat(100))), {}],
    ['a picture that says where it was taken', async () => withExif(webpOf(5001)), {}],
    ['a picture of another type', async () => webpOf(5000), { type: 'image/jpeg' }],
    ['a picture of another length', async () => webpOf(5000), { bytes: 4999 }],
  ])('is refused for good: %s', async (_what, make, fields) => {
    const { photoId, sealed } = await photographed(stage, phone, { picture: await make(), fields });
    expect(await sendWhole(open.app, photoId, phone.sessionToken, sealed.box)).toBe(422);
    expect(await boxes()).toEqual([]);
  });

  test("is refused for good: sealed by somebody else's device, or for another endpoint", async () => {
    const colleague = await enrolPhone(stage, roles.lead);
    const others = await sealAs(stage, colleague, webpOf(5000));
    const { photoId } = await photographed(stage, phone, { box: others });
    expect(await sendWhole(open.app, photoId, phone.sessionToken, others.box)).toBe(422);
    const elsewhere = await createTestEndpoint();
    const foreign = await sealAs(elsewhere, phone, webpOf(5000));
    const { photoId: second } = await photographed(stage, phone, { box: foreign });
    expect(await sendWhole(open.app, second, phone.sessionToken, foreign.box)).toBe(422);
  });

  test('is not begun: too long, without a length, or under no name', async () => {
    const { photoId } = await photographed(stage, phone);
    expect((await createUpload(open.app, photoId, phone.sessionToken, 500_000)).status).toBe(413);
    expect((await tusAsk(open.app, 'POST', photoId, { token: phone.sessionToken })).status).toBe(400);
    for (const name of ['x', '..%2f..%2fgan-dan.sqlite', `${commune}-x`, `01795-${photoId}`, `${commune}-${photoId}.json`, `${commune}-${stage.newId()}`]) {
      const headers = { 'tus-resumable': '1.0.0', 'upload-length': '10', authorization: `Bearer ${phone.sessionToken}` };
      expect((await open.app.request(`/attachment/upload/${name}`, { method: 'POST', headers })).status, name).toBe(404);
    }
    expect(readdirSync(open.folder)).toEqual([]);
  });

  test('is begun so often by one device and no more', async () => {
    const { photoId, sealed } = await photographed(stage, phone);
    const statuses = new Set<number>();
    for (let times = 0; times < 61; times++) statuses.add((await createUpload(open.app, photoId, phone.sessionToken, sealed.box.length)).status);
    expect([...statuses]).toEqual([201, 429]);
  });
});

describe('a picture goes', () => {
  async function arrived(fields: object = {}) {
    const made = await photographed(stage, phone, { fields });
    expect(await sendWhole(open.app, made.photoId, phone.sessionToken, made.sealed.box)).toBe(204);
    expect(await boxes()).toHaveLength(1);
    return made;
  }

  test('with the household that is erased, and after a restore from a time when it lay here', async () => {
    const erasures: { communeCode: string; recordId: string; erasedAt: number }[] = [];
    const list = { all: () => erasures, append: (line: (typeof erasures)[number]) => void erasures.push(line) };
    stage = await createTestEndpoint({ erasures: list });
    phone = await enrolPhone(stage, roles.member);
    open = appWithUploads(stage);
    const { householdId, photoId, sealed } = await arrived();
    const before = { records: await stage.db.selectFrom('record').selectAll().execute(), pictures: await boxes() };
    expect(await stage.endpoint.eraseRecord(commune, householdId)).toBe(true);
    expect(await boxes()).toEqual([]);
    expect(await stateOf(photoId)).toEqual({ recordId: photoId, state: 'unknown' });
    expect(await sendWhole(open.app, photoId, phone.sessionToken, sealed.box)).toBe(404);

    // The tables as the backup had them; the list stands outside.
    for (const row of before.records) await stage.db.insertInto('record').values(row).onConflict((c) => c.doNothing()).execute();
    await stage.db.insertInto('picture').values(before.pictures).execute();
    await stage.db.deleteFrom('erasure').execute();
    await stage.restarted();
    expect(await boxes()).toEqual([]);
  });

  test('when its time is over', async () => {
    await arrived({ on: '2024-11-23' });
    await stage.endpoint.retain();
    expect(await boxes()).toHaveLength(1);
    stage.clock.at += 2 * 86_400_000;
    await stage.endpoint.retain();
    expect(await boxes()).toEqual([]);
  });

  test('when it is taken away, large and small, from what was ever set as well; its record stays', async () => {
    const { photoId, sealed } = await arrived();
    const version = phone.seen().get(photoId)?.version ?? 0;
    await phone.save([change('attachment', north, photoId, { removedOn: '2026-11-22', thumbnail: null }, version)]);
    await phone.sync();
    expect(await boxes()).toEqual([]);
    const history = await stage.db.selectFrom('record_history').selectAll().where('recordId', '=', photoId).execute();
    expect(history.map(({ field }) => field)).toContain('sha256');
    expect(JSON.stringify(history)).not.toContain('UklGRg==');
    expect(phone.seen().get(photoId)).toMatchObject({ fields: { removedOn: '2026-11-22' } });
    expect(await stateOf(photoId)).toEqual({ recordId: photoId, state: 'removed' });
    expect(await sendWhole(open.app, photoId, phone.sessionToken, sealed.box)).toBe(404);
    expect(await (await askFor(open.app, '/attachment', phone.sessionToken, { recordId: photoId })).json()).toEqual({ error: 'removed' });
  });
});

describe('an upload under way', () => {
  /** A body that brings this much and then nothing, or breaks. */
  function brokenBody(parts: readonly Uint8Array[], how: 'breaks' | 'hangs'): ReadableStream<Uint8Array> {
    let next = 0;
    return new ReadableStream({
      async pull(controller) {
        const part = parts[next++];
        if (part !== undefined) controller.enqueue(part);
        else if (how === 'breaks') controller.error(new Error('cut'));
        else await new Promise(() => undefined);
      },
    });
  }
  const patch = (photoId: string, body: ReadableStream<Uint8Array>) =>
    open.app.request(`/attachment/upload/${commune}-${photoId}`, {
      method: 'PATCH', body, duplex: 'half',
      headers: { 'tus-resumable': '1.0.0', authorization: `Bearer ${phone.sessionToken}`, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    } as RequestInit);

  test.each(['breaks', 'hangs'] as const)('keeps every byte that had come when its line %s, and goes on from there', async (how) => {
    const { photoId, sealed } = await photographed(stage, phone, { picture: webpOf(100_000) });
    await createUpload(open.app, photoId, phone.sessionToken, sealed.box.length);
    const parts = Array.from({ length: 40 }, (_, at) => sealed.box.subarray(at * 1460, (at + 1) * 1460));
    const sending = patch(photoId, brokenBody(parts, how));
    // A stream that hangs is heard of by the next question alone.
    if (how === 'breaks') await sending;
    else await new Promise((resolve) => setTimeout(resolve, 50));
    const stands = await tusAsk(open.app, 'HEAD', photoId, { token: phone.sessionToken });
    expect(stands.headers.get('upload-offset')).toBe(String(40 * 1460));
    await sending;
    expect((await sendPart(open.app, photoId, phone.sessionToken, 40 * 1460, sealed.box.subarray(40 * 1460))).status).toBe(204);
    expect(await stateOf(photoId)).toMatchObject({ state: 'arrived' });
  });

  test('that was whole when the machine stopped is taken at the next question', async () => {
    const { photoId, sealed } = await photographed(stage, phone);
    await createUpload(open.app, photoId, phone.sessionToken, sealed.box.length);
    const name = readdirSync(open.folder).find((file) => !file.endsWith('.json')) ?? '';
    writeFileSync(join(open.folder, name), sealed.box);
    expect(await stateOf(photoId)).toMatchObject({ state: 'wanted' });
    expect((await tusAsk(open.app, 'HEAD', photoId, { token: phone.sessionToken })).status).toBe(404);
    expect(await stateOf(photoId)).toMatchObject({ state: 'arrived' });
    expect((await tusAsk(open.app, 'HEAD', photoId, { token: phone.sessionToken })).status).toBe(410);
  });

  test('is swept when nobody has gone on with it for a week, or nobody waits for it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gan-dan-uploads-'));
    open = appWithUploads(stage, folder);
    const { photoId, householdId, sealed } = await photographed(stage, phone);
    const other = await photographed(stage, phone);
    for (const id of [photoId, other.photoId]) {
      await createUpload(open.app, id, phone.sessionToken, sealed.box.length);
      await sendPart(open.app, id, phone.sessionToken, 0, sealed.box.subarray(0, 500));
      const now = stage.clock.now() / 1000;
      utimesSync(join(folder, `${commune}-${id}`), now, now);
    }
    writeFileSync(join(folder, 'left-behind'), 'x');
    expect(await open.uploads.sweep()).toBe(1);
    expect(readdirSync(folder)).toHaveLength(4);
    await stage.endpoint.eraseRecord(commune, householdId);
    expect(await open.uploads.sweep()).toBe(1);
    expect(readdirSync(folder).every((name) => name.startsWith(`${commune}-${other.photoId}`))).toBe(true);
    stage.clock.at += 8 * 86_400_000;
    expect(await open.uploads.sweep()).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('lies sealed, and neither it nor any line of the log tells of the picture', async () => {
    const { photoId, sealed, picture } = await photographed(stage, phone);
    await createUpload(open.app, photoId, phone.sessionToken, sealed.box.length);
    await sendPart(open.app, photoId, phone.sessionToken, 0, sealed.box.subarray(0, 4000));
    const lying = Buffer.concat(readdirSync(open.folder).map((name) => readFileSync(join(open.folder, name)))).toString('latin1');
    expect(lying).not.toContain(Buffer.from(picture.subarray(100, 116)).toString('latin1'));
    expect(open.logged.join('\n')).not.toContain('Nông Văn Ảnh');
  });
});

test('the record of a photo is refused with a face and no consent', async () => {
  const { visitId } = await photographed(stage, phone);
  const picture = webpOf(3000);
  const sealed = await sealAs(stage, phone, picture);
  const entry = await phone.save([change('attachment', north, stage.newId(), { ...photoFields(visitId, sealed, picture), hasFace: true })]);
  await phone.sync();
  expect(phone.verdict(entry.entryId)).toMatchObject({ verdict: 'rejected', code: 'required', field: 'consent' });
});
