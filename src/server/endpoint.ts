/** The endpoint as routes, command line, demo and simulation alike use it: everything it does, without HTTP. */
import type { ErasureAnswer, ErasureConfirmationsAnswer } from '#sync/subject-rights.ts';
import { currentSchema } from '#domain/change.ts';
import type { EntryDraft } from '#domain/change.ts';
import type { AnyRecord, RecordKind } from '#domain/record.ts';
import type { Result } from '#domain/result.ts';
import type { Assignment } from '#domain/role.ts';
import type { MemberSummary } from '#sync/administration.ts';
import type { EndpointIdentity } from '#sync/entry.ts';
import type {
  DecisionRequest,
  EnrolmentAnswer,
  EnrolmentCheckAnswer,
  EnrolmentErrorCode,
  EnrolmentRequest,
  RecordHistory,
  RenewalRequest,
  SyncAnswer,
  SyncRequest,
  Verdict,
  WaitingForSupervisor,
} from '#sync/protocol.ts';
import { createAccounts } from './accounts.ts';
import type { DeviceSummary } from './accounts.ts';
import { createAdmission } from './admission.ts';
import type { CancelledInvitationList } from './cancelled-invitation-list.ts';
import { mostPageRows } from './channel-pages.ts';
import type { EndpointContext, SealOpener } from './context.ts';
import { createRealOpener } from './sealed-entries.ts';
import type { Database } from './database/schema.ts';
import { foldLog } from './database/sqlite.ts';
import { loadEndpointKeys } from './endpoint-keys.ts';
import type { DeviceList } from './device-list.ts';
import type { RoleChangeList } from './role-change-list.ts';
import { createEnrolment } from './enrolment.ts';
import { readAuditChains } from './audit.ts';
import type { AuditChain } from './audit.ts';
import type { ErasureList } from './erasure-list.ts';
import { createDecisions } from './decisions.ts';
import type { DecisionError } from './decisions.ts';
import { noticePutBack } from './epoch.ts';
import { createErasures } from './erasure.ts';
import { createHistory } from './history.ts';
import { createInvitations } from './invitations.ts';
import type { NewInvitation } from './invitations.ts';
import type { LastTold } from './last-told.ts';
import { listMembers } from './member-list.ts';
import type { OfficeRefusal } from './office-refusal.ts';
import { createOffice } from './office.ts';
import type { Office } from './office.ts';
import { applyOwnBatches } from './own-entries.ts';
import type { OwnBatch, OwnVerdict, PlanBatches } from './own-entries.ts';
import { createEntryReceiver } from './receive-entry.ts';
import { boardShown } from './public/board-shown.ts';
import type { BoardShown } from './public/board-shown.ts';
import { receiptShown } from './public/receipt-shown.ts';
import type { ReceiptShown } from './public/receipt-shown.ts';
import { readRecords } from './records-at-hand.ts';
import { createRenewal } from './renewal.ts';
import type { RenewalRefusal } from './renewal.ts';
import type { RevocationList } from './revocation-list.ts';
import { createPictures } from './pictures.ts';
import type { Pictures } from './pictures.ts';
import { createRetention } from './retention.ts';
import type { RetentionReport } from './retention.ts';
import { createSubjectRights } from './subject-rights.ts';
import type { ErasureRefusal } from './subject-rights.ts';
import { createSessions } from './sessions.ts';
import type { MemberAuth, NoSession, SyncAuth } from './sessions.ts';
import { createSync } from './sync.ts';
import { retryWaiting } from './waiting-entries.ts';
import { writeOrNothing } from './write-or-nothing.ts';

export interface EndpointDeps {
  /** Opened and migrated. */
  readonly db: Database;
  /** Milliseconds since 1970. */
  readonly clock: { now(): number };
  /** n random bytes, fit for keys. */
  readonly random: (length: number) => Uint8Array;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** How sealed entries are opened; the real way unless told otherwise (the simulation puts a fast one in its place). */
  readonly opener?: SealOpener | undefined;
  /** The newest schema of entries that is read (default: today's). One above it waits for a start with a higher one. */
  readonly schema?: number | undefined;
  /** Rows of one page, at most (default: 500). Fewer than any member's channel holds: a first download comes in many. */
  readonly pageRows?: number | undefined;
  /** Where revocations are kept outside the database, so that a restored backup does not revive a lost phone. */
  readonly revocations?: RevocationList | undefined;
  /** Erasures, likewise: a restored backup does not bring back what was erased. */
  readonly erasures?: ErasureList | undefined;
  /** Changes of roles, likewise: a restored backup does not give back what was ended. */
  readonly roleChanges?: RoleChangeList | undefined;
  /** Devices that were let in, likewise: what those enrolled or renewed after the backup sealed can still be opened. */
  readonly devices?: DeviceList | undefined;
  /** Invitations that were cancelled, likewise: a restored backup does not open one again. */
  readonly cancelledInvitations?: CancelledInvitationList | undefined;
  /** What phones were last told, likewise: a database that knows less was put back, and begins a new epoch. */
  readonly lastTold?: LastTold | undefined;
  /** Says what happened, with ids, counts and durations only. */
  readonly log?: ((line: string) => void) | undefined;
}

export interface Endpoint {
  /** `GET /endpoint`: whom phones seal to. */
  identity(): EndpointIdentity;
  /** Who asks, from the `Authorization` header; without one: a bundle, that is entries only. */
  authenticate(authorization: string | undefined): Promise<Result<SyncAuth, NoSession>>;
  /** `POST /sync`: takes entries from anyone, answers pages to a session. The request was read by `syncRequestSchema`. */
  sync(auth: SyncAuth, request: SyncRequest): Promise<SyncAnswer>;

  /**
   * The endpoint itself as author (administration, imports, demo): no permission is asked, everything else is as for a phone.
   * All drafts are applied in one transaction, or none of them: none as soon as one verdict is neither `applied` nor `merged`.
   * A draft applied before (same `entryId`, same content) is `applied` again and changes nothing. `memberId` of a draft is the author
   * that is shown; the endpoint's own is `endpointId`. A change of a record needs `base`: its version (see `records`).
   */
  applyOwnEntries(communeCode: string, drafts: readonly EntryDraft[]): Promise<OwnVerdict[]>;
  /**
   * The same for several communes in one transaction: all of them or none. Where what is to be written depends on what is there, a function
   * plans it inside the transaction: another process may have written since anybody looked. It reads by its argument alone.
   */
  applyOwnBatches(batches: readonly OwnBatch[] | PlanBatches): Promise<OwnVerdict[]>;
  /** Records of a commune that are not deleted, by kind; for imports and the command line. */
  records<K extends RecordKind>(communeCode: string, kind: K): Promise<Extract<AnyRecord, { kind: K }>[]>;
  /** What a receipt code shows to anybody. `code`: as `readReceiptCode` gives it. Undefined: nothing of that code is here. */
  receipt(code: string): Promise<ReceiptShown | undefined>;
  /** What a hamlet's public board shows to anybody. Undefined: there is no such hamlet. */
  board(hamletId: string): Promise<BoardShown | undefined>;
  /** Is there any record at all? */
  isEmpty(): Promise<boolean>;

  /**
   * An invitation for one phone: one use, 72 hours. Makes the member, their roles (from today on) and their `member` record unless
   * `memberId` names one who is there; then `name` and `assignments` are not looked at.
   */
  createInvitation(args: NewInvitation): Promise<{ readonly invitation: string; readonly memberId: string; readonly expiresAt: number }>;
  checkInvitation(invitation: string): Promise<Result<EnrolmentCheckAnswer, { code: EnrolmentErrorCode }>>;
  enrol(request: EnrolmentRequest): Promise<Result<EnrolmentAnswer, { code: EnrolmentErrorCode }>>;
  /** Gives a challenge for an unknown device as well: the answer does not tell. */
  challenge(communeCode: string, deviceId: string): Promise<{ readonly challenge: string }>;
  openSession(challenge: string, signature: string): Promise<Result<{ readonly sessionToken: string }, NoSession>>;
  /** The device that signed the challenge is retired, another takes its place on the same phone. Repeated with the same keys: the same device, until it was heard of. */
  renew(request: RenewalRequest): Promise<Result<EnrolmentAnswer, RenewalRefusal>>;

  /** Has anybody ever enrolled a phone? */
  hasDevices(): Promise<boolean>;
  /** What the member holds today, in the hamlets of today. */
  assignmentsOf(communeCode: string, memberId: string): Promise<Assignment[]>;
  /**
   * From now on the member holds exactly these; the first is the one colleagues see. Other roles ended yesterday, also after a restore. Refused, with nothing
   * changed: `not_found`, `unknown_place`, `last_administrator` (nobody else administers the commune).
   */
  changeAssignments(communeCode: string, memberId: string, assignments: readonly Assignment[]): Promise<Result<undefined, OfficeRefusal>>;
  /** By name: all they held, hold and will hold, their phones, and the invitations that are open. */
  listMembers(communeCode: string): Promise<MemberSummary[]>;
  /** False: there is none that could still be used. Cancelled before, it stays so. `invitationId`: as `listMembers` names it. */
  cancelInvitation(communeCode: string, invitationId: string): Promise<boolean>;
  /** What is asked beside the sync, with a session: members, invitations and devices, one's own sessions, the audit log. */
  readonly office: Office;
  /** What was ever set on a record that this member reads now, in the fields they read. Undefined for any other record. */
  history(auth: MemberAuth, recordId: string): Promise<RecordHistory | undefined>;
  listDevices(communeCode?: string): Promise<DeviceSummary[]>;
  /**
   * False: there is no such device. Its sessions end at once, its entries are set aside from now on, also after a restore. With it go those it took
   * the place of and those that took its: whoever holds the phone may hold their keys.
   */
  revokeDevice(communeCode: string, deviceId: string): Promise<boolean>;
  /**
   * Erases the record, what belongs to it, their histories, and what waits and touches them; also after a restore. False: there is no such record,
   * or it is a place or a unit. What names it by its id alone (a visit's list) may go on doing so.
   */
  eraseRecord(communeCode: string, recordId: string): Promise<boolean>;
  /**
   * Lets go of what has been kept long enough (#domain/retention.ts). `isDaily`: only in communes that were not run for this local day, and where it is believed. `isTrial`: counts and changes
   * nothing. Stopped half way, it is simply run again.
   */
  retain(how?: { readonly isDaily?: boolean; readonly isTrial?: boolean }): Promise<RetentionReport[]>;
  /** `POST /erasure`: a data-protection officer erases what a citizen's request is about, and the request is closed. Said again it changes nothing more. */
  eraseForRequest(auth: MemberAuth, requestId: string): Promise<Result<ErasureAnswer, ErasureRefusal>>;
  /** `POST /erasure/confirmations`: the devices that may have held it, and since when each holds it no more. */
  erasureConfirmations(auth: MemberAuth, requestId: string): Promise<Result<ErasureConfirmationsAnswer, ErasureRefusal>>;

  /** The pictures of attachments: what of them is here, taking them in, and reading them. */
  readonly pictures: Pictures;

  /** The audit log of every commune, read from its first line: does each line stand upon the one before, as it was written? */
  auditChains(): Promise<AuditChain[]>;

  /** `POST /waiting`: the entries of others that are held or set aside and that this member, as a supervisor, may see and judge. */
  waitingFor(auth: MemberAuth): Promise<WaitingForSupervisor[]>;
  /**
   * `POST /waiting/decision`. `not_waiting`: nothing that is theirs to decide. `already_decided`: somebody was first. `own_entry`: nobody decides on their own.
   * Any other code, with its field: why it cannot be accepted so; nothing has changed then.
   */
  decide(auth: MemberAuth, request: DecisionRequest): Promise<Result<{ readonly verdict: Verdict['verdict'] }, DecisionError>>;
}

/** Makes the keys at the first start. Throws `MissingEndpointKey` when the database has an endpoint and no key of it. */
export async function createEndpoint(deps: EndpointDeps): Promise<Endpoint> {
  const log = deps.log ?? (() => undefined);
  if (deps.lastTold !== undefined) await noticePutBack(deps.db, deps.lastTold, { clock: deps.clock, log });
  const keys = await loadEndpointKeys(deps);
  const context: EndpointContext = {
    db: deps.db,
    clock: deps.clock,
    random: deps.random,
    newId: deps.newId,
    log,
    keys,
    opener: deps.opener ?? createRealOpener(keys),
    schema: deps.schema ?? currentSchema,
    pageRows: deps.pageRows ?? mostPageRows,
    revocations: deps.revocations,
    erasures: deps.erasures,
    roleChanges: deps.roleChanges,
    devices: deps.devices,
    cancelledInvitations: deps.cancelledInvitations,
    lastTold: deps.lastTold,
  };
  const accounts = createAccounts(context);
  const sessions = createSessions(context);
  const invitations = createInvitations(context, accounts);
  const admission = createAdmission(context, { accounts, sessions });
  const enrolment = createEnrolment(context, { invitations, admission });
  await invitations.applyCancellations();
  await admission.applyDevices();
  await accounts.applyRevocations();
  await accounts.applyRoleChanges();
  const receiver = createEntryReceiver(context, accounts);
  const erasures = createErasures(context, accounts, receiver);
  const subjectRights = createSubjectRights(context, accounts, erasures);
  const decisions = createDecisions(context, accounts, receiver);
  await erasures.applyErasures();
  await retryWaiting(context, receiver);
  // A program that was killed before it had folded the log left there what it had taken out.
  await foldLog(deps.db);
  return {
    identity: () => keys.identity,
    authenticate: sessions.authenticate,
    sync: createSync(context, accounts, receiver),
    applyOwnEntries: (communeCode, drafts) => applyOwnBatches(context, [{ communeCode, drafts }]),
    applyOwnBatches: (batches) => applyOwnBatches(context, batches),
    records: (communeCode, kind) => readRecords(deps.db, communeCode, kind),
    board: async (hamletId) => await boardShown(deps.db, hamletId),
    receipt: async (code) => await receiptShown(deps.db, code),
    isEmpty: async () => (await deps.db.selectFrom('record').select('recordId').limit(1).execute()).length === 0,
    createInvitation: invitations.create,
    checkInvitation: invitations.check,
    enrol: enrolment.enrol,
    challenge: sessions.challenge,
    openSession: sessions.open,
    renew: createRenewal(context, { sessions, admission }),
    hasDevices: async () => (await deps.db.selectFrom('device').select('deviceId').limit(1).execute()).length > 0,
    assignmentsOf: (communeCode, memberId) => accounts.assignmentsOf(deps.db, communeCode, memberId),
    changeAssignments: (communeCode, memberId, assignments) => writeOrNothing(deps.db, (tx) => accounts.changeMember(tx, { communeCode, memberId }, { assignments })),
    listMembers: (communeCode) => listMembers(deps.db, { accounts, invitations, sessions }, { communeCode }),
    cancelInvitation: (communeCode, invitationId) => deps.db.transaction().execute((tx) => invitations.cancel(tx, communeCode, invitationId)),
    office: createOffice(context, { accounts, invitations, sessions }),
    history: createHistory(context, accounts),
    listDevices: accounts.listDevices,
    revokeDevice: (communeCode, deviceId) => deps.db.transaction().execute((tx) => accounts.revokeDevice(tx, communeCode, deviceId)),
    eraseRecord: erasures.eraseRecord,
    retain: createRetention(context).retain,
    eraseForRequest: subjectRights.eraseForRequest,
    erasureConfirmations: subjectRights.erasureConfirmations,
    pictures: createPictures(context, accounts),
    auditChains: () => readAuditChains(deps.db),
    waitingFor: decisions.waitingFor,
    decide: decisions.decide,
  };
}
