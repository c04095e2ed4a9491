/** Well sealed entries with mutated JSON inside, over HTTP and opened for real; and by a stand-in, ten times as fast, straight to the endpoint. */
import type { Hono } from 'hono';
import { syncAnswerSchema, syncRequestSchema } from '#sync/protocol.ts';
import type { SyncRequest } from '#sync/protocol.ts';
import type { Commune, Phone } from '../commune.ts';
import { Harm } from '../target.ts';
import type { Outcome, Target } from '../target.ts';
import { makeEntries, sealable, seqOf } from './mutated-entry.ts';
import type { MutatedEntries } from './mutated-entry.ts';
import { judgeSync } from './sync-watch.ts';

async function requestOf(commune: Commune, { phone, entries, road }: MutatedEntries): Promise<{ readonly sender: Phone; readonly request: SyncRequest }> {
  const sender = commune.phones[phone];
  if (sender === undefined) throw new RangeError(`no phone ${phone}`);
  const sealed: SyncRequest['entries'] = [];
  for (const entry of entries) {
    const deviceSeq = seqOf(entry);
    const value = sealable(entry, sender.deviceId, deviceSeq);
    if (value !== undefined) sealed.push(await sender.seal(value, deviceSeq));
  }
  return { sender, request: { protocol: 1, sessions: [sender.header], entries: sealed, ...(road === 'session' ? {} : { receipts: true as const }) } };
}

export function authorizationOf({ sessionToken, deliveryToken }: Phone, road: MutatedEntries['road']): string | undefined {
  return road === 'bundle' ? undefined : road === 'session' ? `Bearer ${sessionToken}` : `Delivery ${deliveryToken}`;
}

function outcomesOf(entries: readonly { readonly outcome: string }[]): Outcome[] {
  return entries.map(({ outcome }) => (outcome === 'kept' ? 'taken' : 'refused'));
}

export function sealedEntriesTarget(commune: Commune, app: Hono): Target<MutatedEntries> {
  return {
    name: 'sealed entries',
    weight: 4,
    make: (chance) => makeEntries(commune, chance, 1 + chance.int(12)),
    async feed(input) {
      const { sender, request } = await requestOf(commune, input);
      const authorization = authorizationOf(sender, input.road);
      const response = await app.request('/sync', {
        method: 'POST', body: JSON.stringify(request), headers: authorization === undefined ? {} : { authorization },
      });
      if (response.status >= 500) throw new Harm(`status ${response.status}`);
      const answer = response.status === 200 ? syncAnswerSchema.parse(await response.json()) : undefined;
      await judgeSync(commune, answer, input.road);
      return answer === undefined ? ['refused'] : outcomesOf(answer.entries);
    },
    check: () => checkPulls(commune, app),
  };
}

export function openedEntriesTarget(commune: Commune): Target<MutatedEntries> {
  return {
    name: 'opened entries',
    weight: 10,
    make: (chance) => makeEntries(commune, chance, 1 + chance.int(20)),
    async feed(input) {
      const { sender, request } = await requestOf(commune, input);
      const auth = await commune.endpoint.authenticate(authorizationOf(sender, input.road));
      if (!auth.ok) throw new Harm('a good session was refused');
      const answer = await commune.endpoint.sync(auth.value, syncRequestSchema.parse(request));
      await judgeSync(commune, syncAnswerSchema.parse(JSON.parse(JSON.stringify(answer))), input.road);
      return outcomesOf(answer.entries);
    },
  };
}

/** What was taken reaches every phone as something that a phone can read. */
async function checkPulls(commune: Commune, app: Hono): Promise<void> {
  for (const phone of commune.phones) {
    const channels: Record<string, { cursor: number; upTo?: number }> = {};
    for (let more = true, pages = 0; more && pages < 200; pages++) {
      const body = JSON.stringify({ protocol: 1, sessions: [], entries: [], pull: { epoch: 1, schema: 1, channels, unsent: 0 } });
      const response = await app.request('/sync', { method: 'POST', body, headers: { authorization: `Bearer ${phone.sessionToken}` } });
      const answer = syncAnswerSchema.safeParse(await response.json());
      if (!answer.success) throw new Harm(`${phone.name} cannot read what was taken: ${answer.error.issues[0]?.path.join('.')}`);
      const pull = answer.data.pull;
      if (pull === undefined || !('pages' in pull)) throw new Harm(`${phone.name} gets no pages`);
      for (const page of pull.pages) channels[page.channelId] = { cursor: page.cursor, ...(page.upTo === undefined ? {} : { upTo: page.upTo }) };
      more = pull.pages.some((page) => page.more);
    }
  }
  await commune.watch.changed();
}
