/** Everyone with an account in a commune: what they held, hold and will hold, their phones and sessions, and the invitations that are open. */
import { instantOf } from '#domain/identifiers.ts';
import { compareVietnamese } from '#domain/vietnamese-text.ts';
import type { MemberSummary, SessionSummary } from '#sync/administration.ts';
import type { Accounts } from './accounts.ts';
import type { Database } from './database/schema.ts';
import type { Invitations } from './invitations.ts';
import { memberNamesOf } from './member-names.ts';
import type { OpenSession, Sessions } from './sessions.ts';

export interface MemberListParts {
  readonly accounts: Accounts;
  readonly invitations: Invitations;
  readonly sessions: Sessions;
}

/** By name. `asking`: the session that asks, where one does. */
export async function listMembers(
  at: Database,
  { accounts, invitations, sessions }: MemberListParts,
  { communeCode, asking }: { readonly communeCode: string; readonly asking?: string | undefined },
): Promise<MemberSummary[]> {
  const members = await at.selectFrom('member').select('memberId').where('communeCode', '=', communeCode).execute();
  const names = await memberNamesOf(at, communeCode, members.map(({ memberId }) => memberId));
  const known = await at.selectFrom('device').selectAll().where('communeCode', '=', communeCode).orderBy('enrolledAt').orderBy('deviceId').execute();
  const devices = Map.groupBy(known, ({ memberId }) => memberId);
  const opened = Map.groupBy(await sessions.list(at, communeCode), ({ deviceId }) => deviceId);
  const invited = Map.groupBy(await invitations.open(at, communeCode), ({ memberId }) => memberId);
  const summaries: MemberSummary[] = [];
  for (const { memberId } of members) {
    summaries.push({
      memberId,
      name: names.get(memberId) ?? '',
      roles: await accounts.heldRolesOf(at, communeCode, memberId),
      devices: (devices.get(memberId) ?? []).map(({ deviceId, state, enrolledAt, lastContactAt, unsent }) => ({
        deviceId,
        state,
        enrolledAt: instantOf(enrolledAt),
        lastContactAt: instantOf(lastContactAt),
        unsent,
        sessions: (opened.get(deviceId) ?? []).map((session) => summaryOf(session, asking)),
      })),
      invitations: (invited.get(memberId) ?? []).map(({ tokenHash, createdAt, expiresAt }) => ({
        invitationId: tokenHash,
        createdAt: instantOf(createdAt),
        expiresAt: instantOf(expiresAt),
      })),
    });
  }
  return summaries.toSorted((a, b) => compareVietnamese(a.name, b.name) || (a.memberId < b.memberId ? -1 : 1));
}

export function summaryOf({ tokenHash, deviceId, createdAt, lastUsedAt }: OpenSession, asking: string | undefined): SessionSummary {
  return { sessionId: tokenHash, deviceId, createdAt: instantOf(createdAt), lastUsedAt: instantOf(lastUsedAt), isThis: tokenHash === asking };
}
