/**
 * One direction of a slow, lossy line, shared by all connections, as TCP meets it: what is sent waits its turn at the line's rate, takes
 * half a round trip, may be lost; a lost segment is sent again after a retransmission time-out, takes the line a second time, and
 * holds up what is behind it. Not modelled: congestion control (real TCP is slower still at such losses) and the cost of pure
 * acknowledgements.
 */
export interface LineTraits {
  readonly bitsPerSecond: number;
  readonly roundTripMs: number;
  /** In [0, 1): of segments. */
  readonly loss: number;
}

/** What went over one direction, in bytes. `stream`: each byte that an application wrote, once. `wire`: with TCP/IP heads and everything that TCP sent again. */
export interface LineCount {
  stream: number;
  wire: number;
}

const segmentBytes = 1460;
/** IPv4 and TCP without options. */
const headBytes = 40;
/**
 * At most so many segments of a stream are on their way or wait for the line; the sender is held up beyond it. Twice what 50 kbit/s hold in a
 * round trip of a second; at 10 % loss the window of a real TCP is about four (Mathis et al. 1997: 1.22 / square root of the loss).
 */
const windowSegments = 8;
/** RFC 6298 on a steady round trip; doubled with each loss of the same segment. */
const timeoutsInRoundTrips = 1.5;

/** What one connection sends in one direction. */
export interface Stream {
  /** False: the sender must wait for `onRoom`. */
  send(bytes: Buffer): boolean;
  /** The sender is through. */
  end(): void;
}

export interface StreamEvents {
  readonly deliver: (bytes: Buffer) => void;
  readonly ended: () => void;
  readonly onRoom: () => void;
  readonly isCut: () => boolean;
}

interface Segment {
  readonly bytes: Buffer;
  tries: number;
  readonly arrived: () => void;
  readonly isCut: () => boolean;
}

export interface Line {
  readonly count: LineCount;
  open(events: StreamEvents): Stream;
  /** Everything that waits or is on its way is gone. */
  cut(): void;
}

export function createLine(traits: LineTraits, random: () => number): Line {
  const count: LineCount = { stream: 0, wire: 0 };
  let queue: Segment[] = [];
  let isBusy = false;
  const roundTripMs = traits.roundTripMs;

  function pump(): void {
    const segment = queue.shift();
    if (segment === undefined) {
      isBusy = false;
      return;
    }
    isBusy = true;
    if (segment.isCut()) {
      pump();
      return;
    }
    if (segment.tries === 0) count.stream += segment.bytes.length;
    const wire = segment.bytes.length + headBytes;
    count.wire += wire;
    segment.tries += 1;
    setTimeout(() => {
      if (random() < traits.loss) setTimeout(() => again(segment), roundTripMs * timeoutsInRoundTrips * 2 ** (segment.tries - 1));
      else setTimeout(segment.arrived, roundTripMs / 2);
      pump();
    }, (wire * 8_000) / traits.bitsPerSecond);
  }

  function again(segment: Segment): void {
    queue.unshift(segment);
    if (!isBusy) pump();
  }

  return {
    count,
    cut() {
      queue = [];
    },
    open({ deliver, ended, onRoom, isCut }) {
      let next = 0;
      let delivered = 0;
      let underWay = 0;
      let isEnding = false;
      const waiting = new Map<number, Buffer>();

      function arrived(place: number, bytes: Buffer): void {
        if (isCut()) return;
        waiting.set(place, bytes);
        for (let first = waiting.get(delivered); first !== undefined; first = waiting.get(delivered)) {
          waiting.delete(delivered);
          delivered += 1;
          underWay -= 1;
          deliver(first);
        }
        if (underWay < windowSegments) onRoom();
        if (isEnding && underWay === 0) ended();
      }

      return {
        send(bytes) {
          for (let start = 0; start < bytes.length; start += segmentBytes) {
            const part = bytes.subarray(start, start + segmentBytes);
            const place = next;
            next += 1;
            underWay += 1;
            queue.push({ bytes: part, tries: 0, arrived: () => arrived(place, part), isCut });
          }
          if (!isBusy) pump();
          return underWay < windowSegments;
        },
        end() {
          isEnding = true;
          if (underWay === 0) ended();
        },
      };
    },
  };
}
