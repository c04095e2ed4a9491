/**
 * How a phone full of unsent entries gets through a bad line: `npm run slow-link -- [--entries 500] [--seed 1] [--trace]`. Real phone, real
 * endpoint process, real time: some minutes. Exit code 1 when not all came through, or when the phone sent too much for it.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Fetch } from '#client/remote/call.ts';
import { createChance } from '#simulation/chance.ts';
import { startEndpoint } from './endpoint-process.ts';
import { clock, enrolFieldPhone, saveVisit } from './field-phone.ts';
import type { LineReport, LineSaid, LineWork } from './line-worker.ts';

const traits = { bitsPerSecond: 50_000, roundTripMs: 1_000, loss: 0.1 } as const;
const cutEveryMs = 20_000;
const mostSent = 1.3;
const longestMs = 60 * 60_000;
const entriesPerSession = 25;

const { values } = parseArgs({ options: { entries: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' }, trace: { type: 'boolean', default: false } } });
const wanted = Number(values.entries);
const seed = Number(values.seed);
const chance = createChance(seed);

const endpoint = await startEndpoint('01456', 'Hoàng Thị Én (mẫu)');
const direct: Fetch = (path, init) => fetch(`http://127.0.0.1:${endpoint.port}${path}`, init);
const phone = await enrolFieldPhone(endpoint.invitation, direct);

// While there was a signal the phone fetched its hamlet; then its owner walked for a long time.
const atHome = await phone.openPage(direct);
await atHome.engine.run();
atHome.lock();
const visitsBefore = await endpoint.countVisits();
for (let saved = 0; saved < wanted; saved += entriesPerSession) {
  const page = await phone.openPage(direct);
  for (let one = saved; one < Math.min(wanted, saved + entriesPerSession); one++) await saveVisit(page.store, chance);
  page.lock();
}
const payload = await phone.outboxSize();

const worker = new Worker(new URL('./line-worker.ts', import.meta.url), { workerData: { endpointPort: endpoint.port, traits, cutEveryMs, seed } satisfies LineWork });
const [listening] = (await once(worker, 'message')) as [LineSaid];
if (!('port' in listening)) throw new Error('the line does not listen');
let requests = 0;
let broken = 0;
/** What Chrome on an Android phone sends along with each request of a page. */
const browserHeads = {
  'user-agent': 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  'accept-language': 'vi-VN,vi;q=0.9,en-US;q=0.6,en;q=0.5',
  'sec-ch-ua': '"Chromium";v="142", "Google Chrome";v="142", "Not_A Brand";v="99"',
  'sec-ch-ua-mobile': '?1',
  'sec-ch-ua-platform': '"Android"',
  'sec-fetch-dest': 'empty',
  'sec-fetch-site': 'same-origin',
  origin: 'https://gan-dan.example',
};
const overTheLine: Fetch = async (path, init) => {
  requests += 1;
  const askedAt = clock.now();
  const body = init.body instanceof ArrayBuffer ? init.body.byteLength : typeof init.body === 'string' ? init.body.length : 0;
  const tell = (end: string) => {
    if (values.trace) console.log(`  ${((askedAt - started) / 1000).toFixed(1)} s: ${path}, a body of ${body} bytes, ${end} after ${((clock.now() - askedAt) / 1000).toFixed(1)} s`);
  };
  try {
    const response = await fetch(`http://127.0.0.1:${listening.port}${path}`, { ...init, headers: { ...browserHeads, ...(init.headers as Record<string, string>) } });
    const answer = await response.arrayBuffer();
    tell(`${response.status} with ${answer.byteLength} bytes`);
    const { status, headers } = response;
    return new Response(answer, { status, headers });
  } catch (reason) {
    broken += 1;
    tell('broken');
    throw reason;
  }
};

const started = clock.now();
const minutes = () => ((clock.now() - started) / 60_000).toFixed(1);
const onTheHill = await phone.openPage(overTheLine);
onTheHill.engine.wake('start');
let left = await phone.outboxSize();
for (let looks = 0; left.entries > 0 && clock.now() - started < longestMs; looks++) {
  await new Promise((resolve) => setTimeout(resolve, 500));
  left = await phone.outboxSize();
  if (looks % 20 === 19) console.log(`  ${minutes()} min: ${payload.entries - left.entries} of ${payload.entries} settled, ${requests} requests, ${broken} broke`);
}
onTheHill.lock();
worker.postMessage('report');
const [report] = (await once(worker, 'message')) as [LineReport];
await worker.terminate();
const visits = await endpoint.countVisits();
await endpoint.stop();

const ratio = (bytes: number, of: number) => (bytes / of).toFixed(3);
const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
console.log(`line: ${traits.bitsPerSecond / 1000} kbit/s each way, round trip ${traits.roundTripMs / 1000} s, loss ${traits.loss * 100} %, cut every ${cutEveryMs / 1000} s; seed ${seed}`);
console.log(`payload: ${payload.entries} entries of ${payload.sessions} sealing sessions, ${kb(payload.sealedBytes)} sealed (${kb(payload.text)} as base64url)`);
console.log(`drained: ${payload.entries - left.entries} of ${payload.entries} in ${minutes()} minutes; the endpoint holds ${visits - visitsBefore} more visits`);
console.log(`requests: ${requests}, of which ${broken} broke; ${report.connections} connections, ${report.cuts} cuts`);
console.log(`sent by the phone: ${kb(report.up.stream)} = ${ratio(report.up.stream, payload.sealedBytes)} x the payload (${ratio(report.up.stream, payload.text)} x its base64url)`);
console.log(`  with TCP/IP heads and what TCP sent again: ${kb(report.up.wire)} = ${ratio(report.up.wire, payload.sealedBytes)} x the payload`);
console.log(`received by the phone: ${kb(report.down.stream)} (${kb(report.down.wire)} with TCP's own)`);
const isThrough = left.entries === 0 && visits - visitsBefore === wanted;
if (!isThrough) console.log('FAILED: not every entry came through');
if (report.up.stream > mostSent * payload.sealedBytes) console.log(`FAILED: more than ${mostSent} x the payload was sent`);
process.exitCode = isThrough && report.up.stream <= mostSent * payload.sealedBytes ? 0 : 1;
