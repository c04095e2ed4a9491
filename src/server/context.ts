/** What every part of the endpoint is given: its database, clock and randomness, its keys, and the way it opens what is sealed. */
import type { Result } from '#domain/result.ts';
import type { HeaderInfo, SealedEntry, SealingSessionHeader } from '#sync/entry.ts';
import type { Database } from './database/schema.ts';
import type { EndpointKeys } from './endpoint-keys.ts';
import type { RevocationList } from './revocation-list.ts';

/** A sealing session whose header was signed by the device that it names. */
export interface AcceptedSession {
  readonly info: HeaderInfo;
  open(sealed: SealedEntry, kind: 'entry' | 'probe'): Promise<Result<unknown, { code: 'unreadable' }>>;
}

export interface SealOpener {
  /** What a header claims, to look up the device; nothing of it is proven. */
  readInfo(header: SealingSessionHeader): Result<HeaderInfo, { code: 'unreadable' }>;
  /** Checks the device's signature, then opens the session. `devicePublicKey`: base64url SPKI. */
  accept(header: SealingSessionHeader, devicePublicKey: string): Promise<Result<AcceptedSession, { code: 'unreadable' | 'forged' }>>;
}

export interface EndpointContext {
  readonly db: Database;
  readonly clock: { now(): number };
  readonly random: (length: number) => Uint8Array;
  readonly newId: () => string;
  readonly log: (line: string) => void;
  readonly keys: EndpointKeys;
  readonly opener: SealOpener;
  readonly revocations: RevocationList | undefined;
}
