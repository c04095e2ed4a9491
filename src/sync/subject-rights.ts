/**
 * What a commune's data-protection officer asks of the endpoint about a citizen's request: to erase, and which phones have said that they did. Every route is
 * `POST` with a session; a member without the role gets 403 `not_your_role`, a request that is not in their commune 404 `not_found`.
 */
import * as z from 'zod/mini';
import { daySchema, instantSchema, uuidSchema } from '#domain/identifiers.ts';

/** Refusals of both routes: `{ error }` with 403, 404, 409. */
export const erasureErrors = ['not_your_role', 'not_found', 'not_an_erasure', 'closed', 'never_erased', 'not_erased'] as const;
export type ErasureErrorCode = (typeof erasureErrors)[number];

/**
 * `POST /erasure`: erases what the request is about, with what belongs to it, for ever and everywhere, and closes the request. Said again it changes nothing more.
 * 409 `not_an_erasure`: the citizen asked for something else; `closed`: it was refused; `never_erased`: a place, a unit or a colleague is none of theirs.
 */
export const erasureRequestSchema = z.strictObject({ requestId: uuidSchema });
export const erasureAnswerSchema = z.object({ closedOn: daySchema });
export type ErasureAnswer = z.infer<typeof erasureAnswerSchema>;

/**
 * `POST /erasure/confirmations`: every device that may have held it, by what it was sent and what its member reads; where nobody knows that any more (a restore), every one in use. `confirmedAt`: since its request after that, nothing of it
 * lies on that phone. Without: still open; a `revoked` phone that never asks again may hold it sealed for ever, a `retired` one went on as another device.
 * 409 `not_erased`: it is still there.
 */
export const erasureConfirmationsAnswerSchema = z.object({
  devices: z.array(
    z.object({
      deviceId: uuidSchema,
      memberId: uuidSchema,
      memberName: z.string(),
      state: z.enum(['active', 'retired', 'revoked']),
      lastContactAt: instantSchema,
      erasedAt: instantSchema,
      confirmedAt: z.optional(instantSchema),
    }),
  ),
});
export type ErasureConfirmationsAnswer = z.infer<typeof erasureConfirmationsAnswerSchema>;
export type ErasureConfirmation = ErasureConfirmationsAnswer['devices'][number];
