/** The routes of the data-protection officer: to erase on request, and which phones have followed. */
import type { Hono } from 'hono';
import { erasureRequestSchema } from '#sync/subject-rights.ts';
import type { Endpoint } from './endpoint.ts';
import type { Gate } from './gate.ts';
import type { ErasureRefusal } from './subject-rights.ts';

const refusalStatus: Record<ErasureRefusal['code'], 403 | 404 | 409> = {
  not_your_role: 403, not_found: 404, not_an_erasure: 409, closed: 409, never_erased: 409, not_erased: 409,
};

export function addSubjectRightsRoutes(
  app: Hono,
  { endpoint, gate, log }: { readonly endpoint: Endpoint; readonly gate: Gate; readonly log: (line: string) => void },
): void {
  app.post('/erasure', async (c) => {
    const asked = await gate.readAsMember(c, erasureRequestSchema);
    if (!asked.ok) return asked.error;
    const { auth, body } = asked.value;
    const erased = await endpoint.eraseForRequest(auth, body.requestId);
    if (!erased.ok) return c.json({ error: erased.error.code }, refusalStatus[erased.error.code]);
    log(`erasure device=${auth.deviceId} request=${body.requestId}`);
    return c.json(erased.value);
  });

  app.post('/erasure/confirmations', async (c) => {
    const asked = await gate.readAsMember(c, erasureRequestSchema);
    if (!asked.ok) return asked.error;
    const answer = await endpoint.erasureConfirmations(asked.value.auth, asked.value.body.requestId);
    return answer.ok ? c.json(answer.value) : c.json({ error: answer.error.code }, refusalStatus[answer.error.code]);
  });
}
