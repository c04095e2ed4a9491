/** A photo that belongs to a record. The picture itself travels apart, after the records; this says what it is, and holds the small one. */
import * as z from 'zod/mini';
import { daySchema, uuidSchema } from './identifiers.ts';

export const attachmentTypes = ['image/webp', 'image/jpeg'] as const;
export type AttachmentType = (typeof attachmentTypes)[number];

/** Of the picture as it is sent: pixels of its longer side, and bytes. `thumbnail`: characters of base64. */
export const attachmentLimits = { side: 1280, bytes: 400 * 1024, thumbnail: 8_000, perRecord: 4 } as const;

/**
 * `sha256`: of the sealed bytes, in hexadecimal: the name under which they are sent, and by which the commune says that it has them. `bytes`: of the picture
 * before it is sealed. `hasFace` without `consent` is refused. `removedOn`: the picture is gone, that there was one stays.
 */
export const attachmentSchema = z
  .strictObject({
    parentId: uuidSchema,
    sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    type: z.enum(attachmentTypes),
    bytes: z.int().check(z.gte(1), z.lte(attachmentLimits.bytes)),
    width: z.int().check(z.gte(1), z.lte(attachmentLimits.side)),
    height: z.int().check(z.gte(1), z.lte(attachmentLimits.side)),
    on: daySchema,
    hasFace: z.boolean(),
    consent: z.optional(z.boolean()),
    thumbnail: z.optional(z.string().check(z.maxLength(attachmentLimits.thumbnail), z.regex(/^[A-Za-z0-9+/]*={0,2}$/))),
    removedOn: z.optional(daySchema),
  })
  .check(z.refine((a) => !a.hasFace || a.consent === true, { path: ['consent'], error: 'required' }));
export type Attachment = z.infer<typeof attachmentSchema>;
