/** Fast stand-ins for keys and sealing: what is simulated is what happens to entries and pages, not AES. */
import { ok, err } from '#domain/result.ts';
import type { Entry } from '#domain/change.ts';
import { bytesToText, joinBytes, textToBytes } from '#sync/bytes.ts';
import type { EndpointIdentity, SealedEntry, SealedReceipt, SealingSessionHeader, SessionClaims } from '#sync/entry.ts';
import type { Safe } from '#client/store/safe.ts';
import type { Sealer } from '#client/store/sealer.ts';
import type { SealOpener } from '#server/context.ts';
import type { Chance } from './chance.ts';

/** A box is its key's and its context's name before the plain bytes: another key or context opens nothing. */
export function createPlainSafe(chance: Chance): Safe {
  const seal = async (key: string, plain: Uint8Array, context: string) => joinBytes(textToBytes(`${key} ${context}\n`), plain);
  const open = async (key: string, box: Uint8Array, context: string) => {
    const head = textToBytes(`${key} ${context}\n`);
    return head.every((byte, index) => box[index] === byte) ? box.slice(head.length) : undefined;
  };
  const channelOf = (key: string) => ({
    seal: (plain: Uint8Array, context: string) => seal(key, plain, context),
    open: (box: Uint8Array, context: string) => open(key, box, context),
  });
  return {
    async createChannelKey(channelId) {
      const key = bytesToName(chance.bytes(6));
      return { wrappedKey: await seal('phone', textToBytes(key), channelId), channel: channelOf(key) };
    },
    async openChannelKey(channelId, wrappedKey) {
      const key = await open('phone', wrappedKey, channelId);
      return key === undefined ? undefined : channelOf(bytesToText(key));
    },
    seal: (plain, context) => seal('phone', plain, context),
    open: (box, context) => open('phone', box, context),
    close: () => undefined,
  };
}

interface Sealed {
  readonly kind: 'entry' | 'probe';
  readonly claims: SessionClaims;
  readonly deviceSeq: number;
  readonly value: unknown;
}

interface SealedByEndpoint {
  readonly kind: 'receipt';
  /** Who holds the session's second key. */
  readonly by: 'endpoint' | 'forger';
  readonly claims: SessionClaims;
  readonly value: unknown;
}

/** What somebody makes of a receipt who has not its key: all is well, it says. */
export function forgeReceipt({ session, bytes }: SealedReceipt): SealedReceipt {
  const real = openText(bytes) as SealedByEndpoint;
  const { verdicts, ...rest } = real.value as { readonly verdicts: readonly object[] };
  const value = { ...rest, verdicts: verdicts.map((verdict) => ({ ...verdict, verdict: 'applied' })) };
  return { session, bytes: sealText({ ...real, by: 'forger', value } satisfies SealedByEndpoint) };
}

export function bytesToName(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
function sealText(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
/** Undefined: not what was sealed. */
function openText(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** Stands for the public and the private key of a device alike. */
export function keyOf(deviceId: string): string {
  return `key-of-${deviceId}`;
}
export function signChallenge(deviceId: string, challenge: string): string {
  return sealText([keyOf(deviceId), challenge.slice(-20)]);
}

export function createHeader(claims: SessionClaims): SealingSessionHeader {
  return { info: sealText(claims), enc: '', signature: keyOf(claims.deviceId) };
}

export function sealPlain(kind: Sealed['kind'], claims: SessionClaims, deviceSeq: number, value: unknown): SealedEntry {
  return { session: claims.sessionId, deviceSeq, bytes: sealText({ kind, claims, deviceSeq, value } satisfies Sealed) };
}

/** `asSealed`: what a broken program seals in the place of what it was given. */
export function createPlainSealer(
  of: { readonly endpoint: EndpointIdentity; readonly communeCode: string; readonly deviceId: string },
  chance: Chance,
  asSealed: (entry: Entry) => unknown = (entry) => entry,
): Sealer {
  const claimsOf = (sessionId: string): SessionClaims => {
    const { endpointId, keyId } = of.endpoint;
    return { endpointId, keyId, communeCode: of.communeCode, deviceId: of.deviceId, sessionId };
  };
  return {
    async openSession() {
      const sessionId = bytesToName(chance.bytes(16));
      return { sessionId, header: createHeader(claimsOf(sessionId)), entryKey: textToBytes(sessionId), receiptKey: textToBytes(sessionId) };
    },
    seal: async ({ sessionId }, entry) => ok(sealPlain('entry', claimsOf(sessionId), entry.deviceSeq, asSealed(entry)).bytes),
    async open({ sessionId }, { bytes }) {
      const opened = openText(bytes) as Sealed | undefined;
      if (opened?.claims.sessionId !== sessionId) throw new Error('sealed by another session');
      return opened.value as Entry;
    },
    async openReceipt({ sessionId, deviceId }, sealed) {
      const opened = openText(sealed.bytes) as SealedByEndpoint | undefined;
      const isItsOwn = opened?.kind === 'receipt' && opened.by === 'endpoint' && opened.claims.sessionId === sessionId && opened.claims.deviceId === deviceId;
      return isItsOwn && sealed.session === sessionId ? ok(opened.value) : err({ code: 'unreadable' });
    },
    // Pictures travel apart: the simulation takes none.
    sealPicture: () => Promise.reject(new Error('the simulation takes no pictures')),
    openPicture: async () => err({ code: 'unreadable' }),
  };
}

export const plainOpener: SealOpener = {
  readClaims(header) {
    const claims = openText(header.info) as SessionClaims | undefined;
    return claims === undefined ? err({ code: 'unreadable' }) : ok(claims);
  },
  async accept(header, devicePublicKey) {
    const claims = openText(header.info) as SessionClaims | undefined;
    if (claims === undefined) return err({ code: 'unreadable' });
    if (header.signature !== devicePublicKey) return err({ code: 'forged' });
    return ok({
      claims,
      async open(sealed, kind) {
        const opened = openText(sealed.bytes) as Sealed | undefined;
        const isItsOwn = opened?.kind === kind && opened.claims.sessionId === claims.sessionId && opened.claims.deviceId === claims.deviceId;
        return isItsOwn && opened.deviceSeq === sealed.deviceSeq ? ok(opened.value) : err({ code: 'unreadable' });
      },
      sealReceipt: async (receipt) => ok({ session: claims.sessionId, bytes: sealText({ kind: 'receipt', by: 'endpoint', claims, value: receipt } satisfies SealedByEndpoint) }),
    });
  },
  verifyChallenge: async (devicePublicKey, challenge, signature) => signature === sealText([devicePublicKey, challenge.slice(-20)]),
};
