/** The line in a thread of its own: a TCP proxy that carries every connection over the slow line and cuts them all from time to time. */
import { createServer, connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { createChance } from '#simulation/chance.ts';
import { createLine } from './line.ts';
import type { Line, LineCount, LineTraits } from './line.ts';

/** What the worker is started with. */
export interface LineWork {
  readonly endpointPort: number;
  readonly traits: LineTraits;
  readonly cutEveryMs: number;
  readonly seed: number;
}
/** What it says: first where it listens, then, whenever it is asked by any message, what it has carried. */
export type LineSaid = { readonly port: number } | LineReport;
export interface LineReport {
  readonly up: LineCount;
  readonly down: LineCount;
  readonly connections: number;
  readonly cuts: number;
}

/** Longer than the endpoint waits for the rest of a request. */
const quietMs = 45_000;

const { endpointPort, traits, cutEveryMs, seed } = workerData as LineWork;
if (parentPort === null) throw new Error('the line runs in a worker');
const port = parentPort;

const chance = createChance(seed);
const up = createLine(traits, chance.next);
const down = createLine(traits, chance.next);
const open = new Set<() => void>();
let connections = 0;
let cuts = 0;

const server = createServer({ pauseOnConnect: true }, (phone) => {
  connections += 1;
  let isCut = false;
  let endpoint: Socket | undefined;
  const cut = () => {
    if (isCut) return;
    isCut = true;
    open.delete(cut);
    phone.resetAndDestroy();
    // The endpoint hears nothing of it: on its side the line has only gone quiet.
    setTimeout(() => endpoint?.destroy(), quietMs).unref();
  };
  open.add(cut);
  phone.on('error', cut).on('close', () => open.delete(cut));
  setTimeout(() => {
    if (isCut) return;
    endpoint = connect(endpointPort, '127.0.0.1');
    endpoint.on('error', cut);
    carry(up, phone, endpoint, () => isCut);
    carry(down, endpoint, phone, () => isCut);
    phone.resume();
  }, handshakeMs());
});

/** SYN and its answer: a round trip, and a second, then two, for each that is lost. */
function handshakeMs(): number {
  let ms = traits.roundTripMs;
  for (let tries = 0; chance.happens(1 - (1 - traits.loss) ** 2); tries++) ms += 1_000 * 2 ** tries;
  return ms;
}

function carry(line: Line, from: Socket, to: Socket, isCut: () => boolean): void {
  const stream = line.open({
    deliver: (bytes) => void to.write(bytes),
    ended: () => void to.end(),
    onRoom: () => void from.resume(),
    isCut,
  });
  from.on('data', (bytes) => {
    if (!stream.send(bytes)) from.pause();
  });
  from.on('end', () => stream.end());
}

setInterval(() => {
  cuts += 1;
  for (const cut of open) cut();
  up.cut();
  down.cut();
}, cutEveryMs);

port.on('message', () => port.postMessage({ up: up.count, down: down.count, connections, cuts } satisfies LineSaid));
server.listen(0, '127.0.0.1', () => port.postMessage({ port: (server.address() as AddressInfo).port } satisfies LineSaid));
