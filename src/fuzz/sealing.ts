/** The two ways in which a fuzzed phone seals: for real, and by the simulator's fast stand-in. */
import { createDeviceKeys, importDeviceKey, openSealingSession, sealEntry, signChallenge } from '#sync/entry.ts';
import type { Chance } from '#simulation/chance.ts';
import { bytesToName, createHeader, keyOf, sealPlain, signChallenge as signPlain } from '#simulation/stand-ins.ts';
import { communeCode } from './commune.ts';
import type { Sealing } from './commune.ts';
import { Harm } from './target.ts';

export const realSealing: Sealing = async (endpoint, deviceId) => {
  const keys = await createDeviceKeys();
  const deviceKey = await importDeviceKey(keys.privateKey);
  const { sessionId, header, entryKey } = await openSealingSession({ endpoint: endpoint.identity(), communeCode, deviceId, deviceKey });
  return {
    devicePublicKey: keys.publicKey,
    sessionId,
    header,
    sign: (challenge) => signChallenge(deviceKey, challenge),
    async seal(entry, deviceSeq, kind) {
      const sealed = await sealEntry({ entryKey, sessionId, deviceId, deviceSeq, entry, kind });
      if (!sealed.ok) throw new Harm('an entry that fits was not sealed');
      return sealed.value;
    },
  };
};

export function createPlainSealing(chance: Chance): Sealing {
  return async (endpoint, deviceId) => {
    const { endpointId, keyId } = endpoint.identity();
    const claims = { endpointId, keyId, communeCode, deviceId, sessionId: bytesToName(chance.bytes(16)) };
    return {
      devicePublicKey: keyOf(deviceId),
      sessionId: claims.sessionId,
      header: createHeader(claims),
      sign: async (challenge) => signPlain(deviceId, challenge),
      seal: async (value, deviceSeq, kind) => sealPlain(kind, claims, deviceSeq, value),
    };
  };
}
