/** The page's side of the worker that reads lists. */
import { trustedScript } from '#client/ui/trusted-script.ts';
import workerPath from './worker.ts?worker&url';
import type { ReadingAnswer, ReadingCall, ReadingCalls } from './reading.ts';

/** The worker is not kept on this phone yet, and nobody is there to give it. */
export class ReaderNotHere extends Error {}

export interface Reading {
  /** Rejects where the worker fails: a fault of this program, or a phone without room for it; with `ReaderNotHere` where it could not be loaded. */
  ask<C extends ReadingCall>(call: C, ask: ReadingCalls[C]['ask'], transfer?: readonly Transferable[]): Promise<ReadingCalls[C]['answer']>;
  /** The file's rows are forgotten. */
  stop(): void;
}

export function startReading(): Reading {
  const worker = new Worker(trustedScript(workerPath), { type: 'module' });
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(fault: Error): void }>();
  let last = 0;
  const failAll = (fault: Error) => {
    for (const { reject } of waiting.values()) reject(fault);
    waiting.clear();
  };
  worker.addEventListener('message', ({ data }: MessageEvent<ReadingAnswer>) => {
    const asked = waiting.get(data.no);
    waiting.delete(data.no);
    if (data.fault === undefined) asked?.resolve(data.answer);
    else asked?.reject(new Error(data.fault));
  });
  worker.addEventListener('error', (event: Event) =>
    // What could not be loaded says nothing at all; a fault in it says which.
    failAll('message' in event ? new Error(`the worker that reads lists failed: ${String(event.message)}`) : new ReaderNotHere('the worker that reads lists could not be loaded')),
  );
  worker.addEventListener('messageerror', () => failAll(new Error('an answer of the worker that reads lists could not be read')));
  return {
    ask: async (call, ask, transfer = []) =>
      await new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        worker.postMessage({ no: last, call, ask }, [...transfer]);
      }),
    stop() {
      worker.terminate();
      failAll(new Error('the worker that reads lists was stopped'));
    },
  };
}
