/** Reads what somebody else wrote by a schema. */
import type * as z from 'zod/mini';

/**
 * Undefined: it is not of that shape. Also where so much of it is wrong that the schema cannot list its complaints: it hands them on as
 * arguments, and some 100,000 of those are more than a stack holds.
 */
export function readAs<T>(schema: z.ZodMiniType<T>, value: unknown): T | undefined {
  try {
    return schema.safeParse(value).data;
  } catch (reason) {
    if (reason instanceof RangeError) return undefined;
    throw reason;
  }
}
