/** Reads a file beside the page, so that the page goes on while 20,000 rows are read. It has no network, no keys and no store. */
import '#client/app/zod-without-eval.ts';
import { createNewId, createNewRandomId } from '#sync/new-id.ts';
import { createListReader } from './list-reader.ts';
import type { ReadingAnswer, ReadingRequest } from './reading.ts';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const reader = createListReader({ newId: createNewId(() => Date.now(), random), newRandomId: createNewRandomId(random), random });

const page = globalThis as unknown as { postMessage(answer: ReadingAnswer): void; addEventListener(type: 'message', listener: (event: MessageEvent<ReadingRequest>) => void): void };
page.addEventListener('message', ({ data: { no, call, ask } }) => {
  const answer = reader[call] as (asked: typeof ask) => Promise<unknown>;
  answer(ask).then(
    (answered) => page.postMessage({ no, answer: answered }),
    (fault: unknown) => page.postMessage({ no, fault: fault instanceof Error ? `${fault.message}\n${fault.stack ?? ''}` : String(fault) }),
  );
});
