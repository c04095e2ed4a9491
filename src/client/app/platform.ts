/** What the browser gives to everything below that takes it as an argument. */
import { createNewId } from '#sync/new-id.ts';

export const clock = {
  now: () => Date.now(),
  setTimeout: (run: () => void, ms: number): unknown => window.setTimeout(run, ms),
  clearTimeout: (timer: unknown) => window.clearTimeout(timer as number | undefined),
};

export const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

export const newId = createNewId(clock.now, randomBytes);
