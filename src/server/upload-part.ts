/** The body of one part of an upload, as much of it as comes: of a line that is cut, what was there before the cut. */

/** A line that brought nothing for so long will not bring the rest. */
const idleMs = 30_000;

export interface IncomingPart {
  /** Never rejects. At most `limit` bytes, and then no more is listened to. */
  readonly bytes: Promise<Uint8Array<ArrayBuffer>>;
  /** The phone asks anew: what has come by now is all that this request brings. */
  end(): void;
}

/**
 * Read as it comes and not by whoever writes it down: a stream that breaks throws away what waits in it, and each piece so lost has to cross the line once more.
 */
export function readPart(body: ReadableStream<Uint8Array> | null, limit: number): IncomingPart {
  const reader = body?.getReader();
  let end: () => void = () => undefined;
  const ended = new Promise<'over'>((resolve) => {
    end = () => resolve('over');
  });

  async function read(): Promise<Uint8Array<ArrayBuffer>> {
    const parts: Uint8Array[] = [];
    let length = 0;
    while (reader !== undefined && length <= limit) {
      const part = await Promise.race([next(reader), ended, afterIdle()]);
      if (part === 'over') break;
      parts.push(part);
      length += part.length;
    }
    void reader?.cancel().catch(() => undefined);
    return new Uint8Array(Buffer.concat(parts));
  }
  return { bytes: read(), end: () => end() };
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | 'over'> {
  try {
    const { done, value } = await reader.read();
    return done ? 'over' : value;
  } catch {
    return 'over';
  }
}

function afterIdle(): Promise<'over'> {
  return new Promise((resolve) => {
    setTimeout(() => resolve('over'), idleMs).unref();
  });
}
