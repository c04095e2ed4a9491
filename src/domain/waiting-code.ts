/**
 * Why an entry waits for a person at the commune, as one code: the same in its row, on the wire and in words. Source: docs/protocol.md, "Order of checks".
 */
import type { Denial } from './permissions.ts';

/** Set aside; `follows_refused` also of one that is rejected with what it goes on from. */
export type SetAsideCode = Denial | 'revoked_device' | 'wrong_author' | 'follows_refused';
/** Held: a newer program wrote it, or our own code could not judge it. One that waits for an earlier entry has no code. */
export type HeldCode = 'schema' | 'fault';
export type WaitingCode = SetAsideCode | HeldCode;
