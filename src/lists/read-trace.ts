/** An import's trace as it comes back from where it was kept. */
import * as z from 'zod/mini';
import { recordIdSchema } from '#domain/identifiers.ts';
import { recordKinds } from '#domain/record.ts';
import type { ImportTrace } from './import-plan.ts';

const kind = z.enum(recordKinds);
const traceSchema = z.strictObject({
  created: z.array(z.strictObject({ recordId: recordIdSchema, kind, fingerprint: z.string().check(z.regex(/^[0-9a-f]{16}$/)), of: z.optional(recordIdSchema) })),
  merged: z.array(z.strictObject({ recordId: recordIdSchema, kind, differs: z.array(z.strictObject({ field: z.string(), from: z.unknown(), to: z.unknown() })) })),
});

/** Undefined: it is none. */
export function readTrace(kept: unknown): ImportTrace | undefined {
  const parsed = traceSchema.safeParse(kept);
  return parsed.success ? parsed.data : undefined;
}
