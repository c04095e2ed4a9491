/** How the store seals entries for the endpoint and reads its own again. */
import type { Entry } from '#domain/change.ts';
import { ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { carriesMetadata, openOwnEntry, openOwnPicture, openReceipt, openSealingSession, sealEntry, sealPicture } from '#sync/entry.ts';
import type { EndpointIdentity, SealedPicture, SealedReceipt, SealingSessionHeader } from '#sync/entry.ts';

/** What seals the entries of one page between unlock and lock, and opens the receipts for them. Raw keys. */
export interface SealerSession {
  readonly sessionId: string;
  readonly header: SealingSessionHeader;
  readonly entryKey: Uint8Array;
  readonly receiptKey: Uint8Array;
}

export interface Sealer {
  openSession(): Promise<SealerSession>;
  /** Base64url, as it travels. */
  seal(session: SealerSession, entry: Entry): Promise<Result<string, { code: 'too_large' }>>;
  /** Throws on bytes that do not open. `deviceId`: of the device that sealed it. */
  open(
    session: Pick<SealerSession, 'sessionId' | 'entryKey'> & { readonly deviceId: string },
    sealed: { readonly deviceSeq: number; readonly bytes: string },
  ): Promise<Entry>;
  /** What does not open is nobody's word: anyone may hand in what calls itself a receipt. */
  openReceipt(
    session: Pick<SealerSession, 'sessionId' | 'receiptKey'> & { readonly deviceId: string },
    sealed: SealedReceipt,
  ): Promise<Result<unknown, { code: 'unreadable' }>>;
  /** A picture is sealed under a key of its own. Throws on one above 400 KB. */
  sealPicture(picture: Uint8Array): Promise<SealedPicture>;
  openPicture(key: Uint8Array, box: Uint8Array): Promise<Result<Uint8Array, { code: 'unreadable' }>>;
}

export function createSealer(of: { endpoint: EndpointIdentity; communeCode: string; deviceId: string; deviceKey: CryptoKey }): Sealer {
  return {
    openSession: async () => await openSealingSession(of),
    async seal({ sessionId, entryKey }, entry) {
      const sealed = await sealEntry({ entryKey, sessionId, deviceId: of.deviceId, deviceSeq: entry.deviceSeq, entry });
      return sealed.ok ? ok(sealed.value.bytes) : sealed;
    },
    async open({ sessionId, entryKey, deviceId }, { deviceSeq, bytes }) {
      return (await openOwnEntry({ entryKey, sessionId, deviceId, sealed: { session: sessionId, deviceSeq, bytes } })) as Entry;
    },
    openReceipt: async (session, sealed) => await openReceipt({ ...session, sealed }),
    async sealPicture(picture) {
      // Whoever draws pictures leaves nothing else in them; where one does, it goes nowhere.
      if (carriesMetadata(picture)) throw new Error('a picture that carries more than it shows is not sealed');
      return await sealPicture({ ...of, picture });
    },
    openPicture: openOwnPicture,
  };
}

/** Under which name a picture's key is kept on disk. */
export function pictureKeyContext(pictureId: string): string {
  return `pictures/${pictureId}`;
}

/** Under which name a session's entry key is kept on disk. */
export function entryKeyContext(sessionId: string): string {
  return `sealing-sessions/${sessionId}`;
}

export function receiptKeyContext(sessionId: string): string {
  return `sealing-sessions/${sessionId}/receipt`;
}
