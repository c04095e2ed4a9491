/** Pictures as phones take and send them, for the endpoint's tests. */
import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealPicture } from '#sync/entry.ts';
import type { SealedPicture } from '#sync/entry.ts';
import { uploadIdOf, uploadPath } from '#sync/picture-calls.ts';
import { createApp } from './app.ts';
import { createPictureUploads } from './picture-uploads.ts';
import { change, commune, household, north, visit } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

/** Bytes that are a WebP picture as far as anybody looks at them: every one tells which, so that it can be searched for. */
export function webpOf(length: number, mark = 7): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 20; at < length; at++) bytes[at] = (at * 31 + mark * (at >> 3)) & 255;
  bytes.set(Buffer.from('RIFF'), 0);
  bytes.set(Buffer.from('WEBPVP8 '), 8);
  new DataView(bytes.buffer).setUint32(16, length - 20, true);
  return bytes;
}

/** As an EXIF chunk says where it was taken. */
export function withExif(webp: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([webp, webp.length % 2 === 1 ? Buffer.alloc(1) : Buffer.alloc(0), Buffer.from('EXIF'), Buffer.from([4, 0, 0, 0]), Buffer.from('22.6')]));
}

export async function sealAs({ endpoint }: Pick<TestEndpoint, 'endpoint'>, { deviceId, deviceKey }: Pick<TestPhone, 'deviceId' | 'deviceKey'>, picture: Uint8Array): Promise<SealedPicture> {
  return await sealPicture({ endpoint: endpoint.identity(), communeCode: commune, deviceId, deviceKey, picture });
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The app with a folder of its own for uploads. */
export function appWithUploads({ endpoint, clock }: Pick<TestEndpoint, 'endpoint' | 'clock'>, folder = mkdtempSync(join(tmpdir(), 'gan-dan-uploads-'))) {
  const logged: string[] = [];
  const uploads = createPictureUploads({ folder, pictures: endpoint.pictures, clock });
  return { app: createApp({ endpoint, clock, uploads, log: (line) => void logged.push(line) }), uploads, folder, logged };
}

/** A household, a visit there and a photo of it, all at the endpoint but for the picture. */
export async function photographed(stage: TestEndpoint, phone: TestPhone, { picture = webpOf(5000), box, fields = {}, areaId = north }: { picture?: Uint8Array; box?: SealedPicture; fields?: object; areaId?: string } = {}) {
  const sealed = box ?? (await sealAs(stage, phone, picture));
  const [householdId, visitId, photoId] = [stage.newId(), stage.newId(), stage.newId()];
  await phone.save([change('household', areaId, householdId, household(1 + (Date.now() % 900), { headName: 'Nông Văn Ảnh (mẫu)' })), change('visit', areaId, visitId, visit(householdId))]);
  await phone.save([change('attachment', areaId, photoId, { ...photoFields(visitId, sealed, picture), ...fields })]);
  await phone.sync();
  return { householdId, visitId, photoId, sealed, picture };
}

export function photoFields(parentId: string, { sha256 }: Pick<SealedPicture, 'sha256'>, picture: Uint8Array) {
  return { parentId, sha256, type: 'image/webp', bytes: picture.length, width: 640, height: 480, on: '2026-11-22', hasFace: false, thumbnail: 'UklGRg==' };
}

type App = ReturnType<typeof appWithUploads>['app'];
const tus = { 'tus-resumable': '1.0.0' };

/** One request of an upload, by hand. */
export async function tusAsk(app: App, method: 'POST' | 'HEAD' | 'PATCH', photoId: string, { token, headers = {}, body }: { token?: string | undefined; headers?: Record<string, string>; body?: Uint8Array | undefined }) {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return await app.request(`${uploadPath}/${uploadIdOf(commune, photoId)}`, {
    method, headers: { ...tus, ...authorization, ...headers }, ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  });
}

export async function createUpload(app: App, photoId: string, token: string | undefined, length: number) {
  return await tusAsk(app, 'POST', photoId, { token, headers: { 'upload-length': String(length) } });
}

export async function sendPart(app: App, photoId: string, token: string | undefined, offset: number, body: Uint8Array) {
  const headers = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream', 'content-length': String(body.length) };
  return await tusAsk(app, 'PATCH', photoId, { token, headers, body });
}

/** The whole box in one piece; the status of the last answer. */
export async function sendWhole(app: App, photoId: string, token: string | undefined, box: Uint8Array): Promise<number> {
  const created = await createUpload(app, photoId, token, box.length);
  return created.status === 201 ? (await sendPart(app, photoId, token, 0, box)).status : created.status;
}

export async function askFor(app: App, path: '/attachment' | '/attachment/state', token: string | undefined, body: object) {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return await app.request(path, { method: 'POST', headers: { 'content-type': 'application/json', ...authorization }, body: JSON.stringify(body) });
}
