/** Opens sealed entries with the endpoint's keys, old ones too. */
import { err, ok } from '#domain/result.ts';
import { acceptSealingSession, openEntry, readSessionClaims, sealReceipt } from '#sync/entry.ts';
import type { SealOpener } from './context.ts';
import type { EndpointKeys } from './endpoint-keys.ts';

export function createRealOpener(keys: EndpointKeys): SealOpener {
  return {
    readClaims: readSessionClaims,
    async accept(header, devicePublicKey) {
      const claims = readSessionClaims(header);
      if (!claims.ok) return claims;
      const keyPair = keys.pairs.get(claims.value.keyId);
      if (keyPair === undefined) return err({ code: 'unreadable' });
      const accepted = await acceptSealingSession({ header, endpointId: keys.identity.endpointId, keyPair, devicePublicKey });
      if (!accepted.ok) return accepted;
      const session = accepted.value;
      const { sessionId, deviceId } = session.claims;
      return ok({
        claims: session.claims,
        open: (sealed, kind) => openEntry({ entryKey: session.entryKey, claims: session.claims, sealed, kind }),
        sealReceipt: (receipt) => sealReceipt({ receiptKey: session.receiptKey, sessionId, deviceId, receipt }),
      });
    },
  };
}
