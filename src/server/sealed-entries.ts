/** Opens sealed entries with the endpoint's keys, old ones too. */
import { err, ok } from '#domain/result.ts';
import { acceptSealingSession, openEntry, readHeaderInfo, sealReceipt } from '#sync/entry.ts';
import type { SealOpener } from './context.ts';
import type { EndpointKeys } from './endpoint-keys.ts';

export function createRealOpener(keys: EndpointKeys): SealOpener {
  return {
    readInfo: readHeaderInfo,
    async accept(header, devicePublicKey) {
      const info = readHeaderInfo(header);
      if (!info.ok) return info;
      const keyPair = keys.pairs.get(info.value.keyId);
      if (keyPair === undefined) return err({ code: 'unreadable' });
      const accepted = await acceptSealingSession({ header, endpointId: keys.identity.endpointId, keyPair, devicePublicKey });
      if (!accepted.ok) return accepted;
      const session = accepted.value;
      const { sessionId, deviceId } = session.info;
      return ok({
        info: session.info,
        open: (sealed, kind) => openEntry({ entryKey: session.entryKey, info: session.info, sealed, kind }),
        sealReceipt: (receipt) => sealReceipt({ receiptKey: session.receiptKey, sessionId, deviceId, receipt }),
      });
    },
  };
}
