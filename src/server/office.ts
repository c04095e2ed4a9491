/**
 * What is asked of the endpoint beside the sync (#sync/administration.ts): by the administrator of a commune, by the owner of a phone about its sessions, by the
 * data-protection officer. Whoever asks is judged at each request, by what they hold at that moment; what is not in their commune is not there.
 */
import { dayOf, instantOf } from '#domain/identifiers.ts';
import { mayInOffice } from '#domain/permissions.ts';
import type { OfficeTask } from '#domain/permissions.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { hasLeft } from '#domain/role-days.ts';
import { tidyText } from '#domain/vietnamese-text.ts';
import { printedSubject } from '#sync/administration.ts';
import type { AuditAnswer, InvitationAnswer, MemberRequest, MembersAnswer, PrintRequest, SessionSummary } from '#sync/administration.ts';
import { hasRoom } from './admission.ts';
import { actorOf, writeAudit } from './audit.ts';
import { createAuditPages } from './audit-pages.ts';
import type { EndpointContext } from './context.ts';
import type { Database, Writing } from './database/schema.ts';
import { listMembers, summaryOf } from './member-list.ts';
import type { MemberListParts } from './member-list.ts';
import type { OfficeRefusal } from './office-refusal.ts';
import type { SessionAuth } from './sessions.ts';
import { writeOrNothing } from './write-or-nothing.ts';

type Answer<T> = Promise<Result<T, OfficeRefusal>>;

export interface Office {
  members(auth: SessionAuth): Answer<MembersAnswer>;
  saveMember(auth: SessionAuth, request: MemberRequest): Answer<undefined>;
  invite(auth: SessionAuth, memberId: string): Answer<InvitationAnswer>;
  cancelInvitation(auth: SessionAuth, invitationId: string): Answer<undefined>;
  revokeDevice(auth: SessionAuth, deviceId: string): Answer<undefined>;
  /** Their own. */
  sessions(auth: SessionAuth): Promise<SessionSummary[]>;
  endSession(auth: SessionAuth, sessionId: string): Answer<undefined>;
  audit(auth: SessionAuth, before: number | undefined): Answer<AuditAnswer>;
  notePrint(auth: SessionAuth, print: PrintRequest): Answer<undefined>;
}

const notYourRole = err({ code: 'not_your_role' } as const);
const notFound = err({ code: 'not_found' } as const);

export function createOffice(context: EndpointContext, parts: MemberListParts): Office {
  const { accounts, invitations, sessions } = parts;
  const { db, clock } = context;
  const auditPage = createAuditPages(db);

  async function mayDo(at: Database, { communeCode, memberId }: SessionAuth, task: OfficeTask): Promise<boolean> {
    return mayInOffice(await accounts.scopeOf(at, communeCode, memberId), task);
  }

  /** Judged and written in one transaction; what is refused leaves no trace. */
  async function administer<T>(auth: SessionAuth, write: (tx: Writing) => Answer<T>): Answer<T> {
    return await writeOrNothing(db, async (tx) => ((await mayDo(tx, auth, 'administer')) ? await write(tx) : notYourRole));
  }

  async function isGone(tx: Writing, communeCode: string, memberId: string): Promise<boolean> {
    return hasLeft(await accounts.heldRolesOf(tx, communeCode, memberId), dayOf(clock.now()));
  }

  /** Whoever has left lets no phone in any more. */
  async function takeBackInvitations(tx: Writing, auth: SessionAuth, memberId: string): Promise<void> {
    const open = (await invitations.open(tx, auth.communeCode)).filter((invitation) => invitation.memberId === memberId);
    for (const { tokenHash } of open) await invitations.cancel(tx, auth.communeCode, tokenHash, auth);
  }

  async function mayInvite(tx: Writing, communeCode: string, memberId: string): Promise<OfficeRefusal | undefined> {
    if (!(await accounts.isMember(tx, communeCode, memberId))) return { code: 'not_found' };
    if (await isGone(tx, communeCode, memberId)) return { code: 'has_left' };
    return (await hasRoom(tx, communeCode, memberId)) ? undefined : { code: 'too_many_devices' };
  }

  return {
    members: (auth) => administer(auth, async (tx) => ok({ members: await listMembers(tx, parts, { communeCode: auth.communeCode, asking: auth.sessionId }) })),

    saveMember: (auth, { memberId, name, roles }) =>
      administer(auth, async (tx) => {
        const member = { communeCode: auth.communeCode, memberId, name: tidyText(name), by: auth };
        if (!(await accounts.isMember(tx, auth.communeCode, memberId))) return await accounts.createMember(tx, { ...member, roles });
        const changed = await accounts.changeMember(tx, member, { roles });
        if (changed.ok && (await isGone(tx, auth.communeCode, memberId))) await takeBackInvitations(tx, auth, memberId);
        return changed;
      }),

    invite: (auth, memberId) =>
      administer(auth, async (tx) => {
        const refusal = await mayInvite(tx, auth.communeCode, memberId);
        if (refusal !== undefined) return err(refusal);
        const { invitation, invitationId, expiresAt } = await invitations.issue(tx, auth.communeCode, memberId, auth);
        return ok({ invitation, invitationId, expiresAt: instantOf(expiresAt) });
      }),

    cancelInvitation: (auth, invitationId) =>
      administer(auth, async (tx) => ((await invitations.cancel(tx, auth.communeCode, invitationId, auth)) ? ok(undefined) : notFound)),

    revokeDevice: (auth, deviceId) =>
      administer(auth, async (tx) => ((await accounts.revokeDevice(tx, auth.communeCode, deviceId, auth)) ? ok(undefined) : notFound)),

    async sessions(auth) {
      const own = await sessions.list(db, auth.communeCode, auth.memberId);
      return own.map((session) => summaryOf(session, auth.sessionId));
    },

    endSession: (auth, sessionId) =>
      writeOrNothing(db, async (tx) => {
        const isAdministrator = await mayDo(tx, auth, 'administer');
        const within = await sessions.list(tx, auth.communeCode, isAdministrator ? undefined : auth.memberId);
        const session = within.find(({ tokenHash }) => tokenHash === sessionId);
        if (session === undefined) return notFound;
        await sessions.end(tx, auth.communeCode, session, auth);
        return ok(undefined);
      }),

    notePrint: (auth, print) =>
      writeOrNothing(db, async (tx) => {
        if (!(await mayDo(tx, auth, 'printLists'))) return notYourRole;
        await writeAudit(tx, { communeCode: auth.communeCode, at: clock.now(), ...actorOf(auth), action: 'list_printed', subject: printedSubject(print) });
        return ok(undefined);
      }),

    audit: async (auth, before) => ((await mayDo(db, auth, 'readAudit')) ? ok(await auditPage(auth.communeCode, before)) : notYourRole),
  };
}
