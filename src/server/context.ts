/** What every part of the endpoint is given: its database, clock and randomness, its keys, and the way it opens what is sealed. */
import type { Result } from '#domain/result.ts';
import type { SealedEntry, SealedReceipt, SealingSessionHeader, SessionClaims, TooLarge } from '#sync/entry.ts';
import type { CancelledInvitationList } from './cancelled-invitation-list.ts';
import type { Database } from './database/schema.ts';
import type { EndpointKeys } from './endpoint-keys.ts';
import type { DeviceList } from './device-list.ts';
import type { RoleChangeList } from './role-change-list.ts';
import type { ErasureList } from './erasure-list.ts';
import type { LastTold } from './last-told.ts';
import type { RevocationList } from './revocation-list.ts';

/** A sealing session whose header was signed by the device that it names. */
export interface AcceptedSession {
  readonly claims: SessionClaims;
  open(sealed: SealedEntry, kind: 'entry' | 'probe'): Promise<Result<unknown, { code: 'unreadable' }>>;
  /** What only the device that opened the session reads, by whatever road it travels back. */
  sealReceipt(receipt: unknown): Promise<Result<SealedReceipt, TooLarge>>;
}

export interface SealOpener {
  /** What a header claims, to look up the device; nothing of it is proven. */
  readClaims(header: SealingSessionHeader): Result<SessionClaims, { code: 'unreadable' }>;
  /** Checks the device's signature, then opens the session. `devicePublicKey`: base64url SPKI. */
  accept(header: SealingSessionHeader, devicePublicKey: string): Promise<Result<AcceptedSession, { code: 'unreadable' | 'forged' }>>;
  /** Has the device signed the endpoint's one-use challenge? The real check unless told otherwise. */
  verifyChallenge?(devicePublicKey: string, challenge: string, signature: string): Promise<boolean>;
}

export interface EndpointContext {
  readonly db: Database;
  readonly clock: { now(): number };
  readonly random: (length: number) => Uint8Array;
  readonly newId: () => string;
  readonly log: (line: string) => void;
  readonly keys: EndpointKeys;
  readonly opener: SealOpener;
  /** The newest schema of entries that is read here; all up to it are. */
  readonly schema: number;
  /** Of one page, at most. */
  readonly pageRows: number;
  readonly revocations: RevocationList | undefined;
  readonly erasures: ErasureList | undefined;
  readonly roleChanges: RoleChangeList | undefined;
  readonly devices: DeviceList | undefined;
  readonly cancelledInvitations: CancelledInvitationList | undefined;
  readonly lastTold: LastTold | undefined;
}
