/** The routes of #sync/picture-calls.ts: what became of pictures, the pictures themselves, and their upload. A session alone asks, each request of an upload too. */
import type { Context, Hono } from 'hono';
import { ok } from '#domain/result.ts';
import { pictureRequestSchema, pictureStateRequestSchema, readUploadId, uploadPath } from '#sync/picture-calls.ts';
import type { Endpoint } from './endpoint.ts';
import { memberRoutes } from './member-routes.ts';
import type { MemberRoutesDeps } from './member-routes.ts';
import type { PictureUploads } from './picture-uploads.ts';

export function addPictureRoutes(
  app: Hono,
  { endpoint, uploads, gate, log }: MemberRoutesDeps & { readonly endpoint: Endpoint; readonly uploads: PictureUploads | undefined },
): void {
  const { pictures } = endpoint;
  memberRoutes<never>(app, { gate, log }, () => 404)('/attachment/state', pictureStateRequestSchema, async (auth, { recordIds }) => ok(await pictures.states(auth, recordIds)));

  app.post('/attachment', async (c) => {
    const asked = await gate.readAsMember(c, pictureRequestSchema);
    if (!asked.ok) return asked.error;
    const { auth, body } = asked.value;
    const found = await pictures.read(auth, body.recordId);
    log(`asked /attachment device=${auth.deviceId} ${found.ok ? 'done' : found.error}`);
    if (!found.ok) return c.json({ error: found.error }, 404);
    const { type, bytes } = found.value;
    // A picture and nothing else, whatever a browser is asked to make of it.
    return c.body(new Uint8Array(bytes), 200, { 'content-type': type, 'content-disposition': 'attachment' });
  });
  if (uploads === undefined) return;

  const upload = async (c: Context) => {
    const authenticated = await gate.authenticateMember(c);
    if (!authenticated.ok) return authenticated.error;
    const auth = authenticated.value;
    const uploadId = c.req.param('id') ?? '';
    const named = readUploadId(uploadId);
    if (named === undefined || named.communeCode !== auth.communeCode || c.req.method === 'GET') return c.notFound();
    const limited = c.req.method === 'POST' ? gate.limited(c, 'picture', auth.deviceId) : undefined;
    if (limited !== undefined) return limited;
    const { state } = await pictures.standingFor(auth, named.recordId);
    // A last answer that was lost on its way: nothing is left to send. Which of the states it is, `/attachment/state` tells.
    if (state === 'arrived') return c.body(null, 410);
    if (state !== 'wanted') return c.notFound();
    return await uploads.answer(uploadId, c.req.raw);
  };
  const path = `${uploadPath}/:id`;
  // HEAD is asked as GET.
  app.get(path, upload);
  app.post(path, upload);
  app.patch(path, upload);
}
