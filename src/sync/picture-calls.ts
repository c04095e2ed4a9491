/**
 * What travels of pictures beside the records, always with a session. Upload: tus 1.0.0 (tus.io) under `/attachment/upload/<upload id>`, the sealed box as it lies on the
 * phone. The rest: `POST`, JSON. Source: docs/protocol.md, "Pictures".
 */
import * as z from 'zod/mini';
import { uuidSchema } from '#domain/identifiers.ts';

/** So many are asked about at once. */
export const maxPicturesAsked = 50;

/**
 * `wanted`: its record is here, the picture is not. `arrived`: it is here, opened, and hashes to `sha256`: this is the receipt. `removed`: the record stands without its
 * picture. `unknown`: no such record for this member (not here yet, erased, or not theirs).
 */
export const pictureStates = ['wanted', 'arrived', 'removed', 'unknown'] as const;
export type PictureState = (typeof pictureStates)[number];

/** `POST /attachment/state` */
export const pictureStateRequestSchema = z.strictObject({ recordIds: z.array(uuidSchema).check(z.minLength(1), z.maxLength(maxPicturesAsked)) });
export const pictureStateAnswerSchema = z.object({
  pictures: z.array(z.object({ recordId: uuidSchema, state: z.enum(pictureStates), sha256: z.optional(z.string()) })),
});
export type PictureStateAnswer = z.infer<typeof pictureStateAnswerSchema>;

/** `POST /attachment`: the picture itself, as `image/webp` or `image/jpeg`, for whoever reads its record. 404 `not_found`; `not_arrived`: the phone that took it has not sent it yet; `removed`. */
export const pictureRequestSchema = z.strictObject({ recordId: uuidSchema });
export const pictureErrors = ['not_found', 'not_arrived', 'removed'] as const;
export type PictureErrorCode = (typeof pictureErrors)[number];

export const uploadPath = '/attachment/upload';

/** One upload a record, under a name that phone and endpoint both derive: it tells of no person, and nothing needs to be remembered to go on with it. */
export function uploadIdOf(communeCode: string, recordId: string): string {
  return `${communeCode}-${recordId}`;
}

/** Undefined: no such name. */
export function readUploadId(uploadId: string): { readonly communeCode: string; readonly recordId: string } | undefined {
  const communeCode = uploadId.slice(0, 5);
  const recordId = uploadId.slice(6);
  const isOne = /^\d{5}-/.test(uploadId) && uuidSchema.safeParse(recordId).success;
  return isOne ? { communeCode, recordId } : undefined;
}

/** What the last bytes of an upload may be answered with: the whole does not hash to what its record names (it is thrown away, and begins again), or does not open as the picture it is said to be. */
export const uploadRefusals = { damaged: 460, unreadable: 422 } as const;
