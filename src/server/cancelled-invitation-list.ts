/** Cancelled invitations as a list outside the database: a restored backup must not let anybody in by a link that was taken back. */
import * as z from 'zod/mini';
import { communeCodeSchema } from '#domain/identifiers.ts';
import { createExpiringListFile } from './expiring-list.ts';
import type { ExpiringList } from './expiring-list.ts';

const cancelledInvitationSchema = z.strictObject({ communeCode: communeCodeSchema, tokenHash: z.string(), cancelledAt: z.int(), expiresAt: z.int() });
/** `tokenHash`: of the invitation, which itself is kept nowhere. `cancelledAt`, `expiresAt`: milliseconds since 1970; from then on it opens nothing in any backup. */
export type CancelledInvitation = z.infer<typeof cancelledInvitationSchema>;
export type CancelledInvitationList = ExpiringList<CancelledInvitation>;

export function createCancelledInvitationFile(path: string): CancelledInvitationList {
  return createExpiringListFile(path, cancelledInvitationSchema);
}
