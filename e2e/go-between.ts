/**
 * Stands between a phone and its endpoint, as networks do: passes on, answers in its place, or cuts the connection. Only the endpoint's
 * own routes are touched: the app's files and its service worker always come through, as from a phone's cache.
 */
import { createServer, request as requestFrom } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { freePort } from './endpoint-process.ts';

export interface AnswerInstead {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Weather =
  | 'clear'
  /** The connection is cut before anything reached the endpoint. */
  | 'cut'
  /** The endpoint gets the request and does what it asks; not a byte of its answer reaches the phone. */
  | 'answer_lost'
  | AnswerInstead;

export const serverError: AnswerInstead = { status: 500, headers: { 'content-type': 'application/json' }, body: '{"error":"endpoint_error"}' };
export const gatewayError: AnswerInstead = { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>502 Bad Gateway</h1>' };
export const loginPage: AnswerInstead = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>Wifi</title><form>Đăng nhập wifi nhà văn hóa</form>',
};
export const loginRedirect: AnswerInstead = { status: 302, headers: { location: 'http://wifi.invalid/login' }, body: '' };

export interface GoBetween {
  readonly url: string;
  /** From now on for the endpoint's routes, or for this one alone while the others are clear. */
  become(weather: Weather, route?: string): void;
  /** Of the next `POST /sync` that carries entries: once its answer begins, `act` runs, then the phone's connection is cut. Resolves after that. */
  loseNextDelivery(act: () => Promise<void>): Promise<void>;
  dispose(): Promise<void>;
}

const endpointRoutes = /^\/(endpoint|health|sync|enrolment|session|device|history|waiting|administration|audit)(\/|\?|$)/u;

export async function startGoBetween(endpointUrl: string): Promise<GoBetween> {
  let weather: Weather = 'clear';
  let onlyAt: string | undefined;
  let atDelivery: (() => Promise<void>) | undefined;

  /** `whenBegun`: the answer has begun; it goes no further than here, and the phone's connection is cut after that. */
  const pass = async (body: Buffer, from: IncomingMessage, to: ServerResponse, whenBegun?: () => Promise<void>) => {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const onward = requestFrom(new URL(from.url ?? '/', endpointUrl), { method: from.method, headers: from.headers, agent: false }, resolve);
      onward.once('error', reject);
      onward.end(body);
    });
    if (whenBegun !== undefined) {
      await whenBegun();
      answer.destroy();
      to.destroy();
      return;
    }
    to.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.once('error', () => to.destroy());
    answer.pipe(to);
  };

  const receive = async (from: IncomingMessage, to: ServerResponse) => {
    const body = await wholeBody(from);
    if (!endpointRoutes.test(from.url ?? '') || (onlyAt ?? from.url) !== from.url) return await pass(body, from, to);
    if (weather === 'cut') return to.destroy();
    if (weather === 'answer_lost') return await pass(body, from, to, async () => undefined);
    if (weather !== 'clear') return to.writeHead(weather.status, weather.headers).end(weather.body);
    const act = from.url === '/sync' && carriesEntries(from, body) ? atDelivery : undefined;
    if (act === undefined) return await pass(body, from, to);
    atDelivery = undefined;
    return await pass(body, from, to, act);
  };

  const server = createServer((from, to) => {
    // The endpoint is down, or the phone went away: either way there is no answer.
    receive(from, to).catch(() => to.destroy());
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));

  return {
    url: `http://localhost:${port}`,
    become: (next, route) => {
      weather = next;
      onlyAt = route;
    },
    loseNextDelivery: (act) =>
      new Promise((resolve, reject) => {
        atDelivery = async () => await act().then(resolve, reject);
      }),
    dispose: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The link as it leads through the go-between. */
export function through({ url }: GoBetween, link: string): string {
  const { pathname, hash } = new URL(link);
  return `${url}${pathname}${hash}`;
}

async function wholeBody(from: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of from) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function carriesEntries({ headers }: IncomingMessage, body: Buffer): boolean {
  const text = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  const { entries } = JSON.parse(text.toString()) as { readonly entries: readonly unknown[] };
  return entries.length > 0;
}
