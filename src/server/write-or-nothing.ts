/** A transaction that ends in a `Result`: what is refused leaves no trace. */
import { ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { Database, Writing } from './database/schema.ts';

class Refused<E> extends Error {
  readonly refusal: Result<never, E>;
  constructor(refusal: Result<never, E>) {
    super('refused');
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** Commits where `write` ends well; undoes all of it, and answers the refusal, where it does not. */
export async function writeOrNothing<T, E>(db: Database, write: (tx: Writing) => Promise<Result<T, E>>): Promise<Result<T, E>> {
  try {
    return await db.transaction().execute(async (tx) => {
      const written = await write(tx);
      if (!written.ok) throw new Refused(written);
      return ok(written.value);
    });
  } catch (reason) {
    if (reason instanceof Refused) return reason.refusal;
    throw reason;
  }
}
