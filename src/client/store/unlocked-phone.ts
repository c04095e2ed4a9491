/** A phone whose keys are open, made from what its one row says it is. */
import type { OpenVault } from '#client/vault/vault.ts';
import { bytesToText, textToBytes } from '#sync/bytes.ts';
import { openSealingSession, sealEntry } from '#sync/entry.ts';
import type { EndpointIdentity } from '#sync/entry.ts';
import type { EnrolmentRequest } from '#sync/protocol.ts';
import { DiskError } from './disk.ts';
import type { Disk, KeyringRow } from './disk.ts';
import { createVaultSafe } from './safe.ts';
import type { Safe } from './safe.ts';
import { createSealer } from './sealer.ts';
import type { Sealer } from './sealer.ts';

/** `close` forgets the keys. */
export interface UnlockedPhone {
  readonly communeCode: string;
  readonly deviceId: string;
  readonly endpoint: EndpointIdentity;
  /** Set while the endpoint's answer to the enrolment is not on disk. */
  readonly enrolling?: EnrolmentRequest | undefined;
  /** Signs the challenge that opens the next session with the endpoint. */
  readonly deviceKey: CryptoKey;
  readonly vault: OpenVault;
  readonly safe: Safe;
  readonly sealer: Sealer;
  /** The session token as it is on disk now (another tab may have renewed it); undefined: none. */
  sessionToken(): Promise<string | undefined>;
  keepSessionToken(token: string): Promise<void>;
  close(): void;
}

export type StorageErrorCode = 'storage_full' | 'storage_failed';

/** Why the disk took nothing. Throws what is no `DiskError`. */
export function storageCodeOf(error: unknown): StorageErrorCode {
  if (!(error instanceof DiskError)) throw error;
  return error.code === 'full' ? 'storage_full' : 'storage_failed';
}

const sessionTokenContext = 'keyring/session-token';

export async function sealSessionToken(safe: Safe, token: string): Promise<Uint8Array> {
  return await safe.seal(textToBytes(token), sessionTokenContext);
}

/** Proves to the endpoint that it opens what this device seals, before it becomes one. */
export async function sealProbe(
  of: { readonly endpoint: EndpointIdentity; readonly communeCode: string; readonly deviceId: string; readonly deviceKey: CryptoKey },
  newId: () => string,
): Promise<Pick<EnrolmentRequest, 'header' | 'probe'>> {
  const session = await openSealingSession(of);
  const probe = await sealEntry({ ...session, deviceId: of.deviceId, deviceSeq: 1, entry: { probe: newId() }, kind: 'probe' });
  if (!probe.ok) throw new Error('a probe is too large to be sealed');
  return { header: session.header, probe: probe.value };
}

export function unlockedPhone(
  disk: Disk,
  { communeCode, deviceId, endpoint }: Pick<KeyringRow, 'communeCode' | 'deviceId' | 'endpoint'>,
  vault: OpenVault,
): UnlockedPhone {
  const safe = createVaultSafe(vault);
  return {
    communeCode,
    deviceId,
    endpoint,
    deviceKey: vault.deviceKey,
    vault,
    safe,
    sealer: createSealer({ endpoint, communeCode, deviceId, deviceKey: vault.deviceKey }),
    async sessionToken() {
      const row = await disk.read(['keyring'], async ({ keyring }) => await keyring.get('phone'));
      const isOwn = row?.state === 'enrolled' && row.deviceId === deviceId;
      const token = isOwn ? await safe.open(row.sessionToken, sessionTokenContext) : undefined;
      return token === undefined ? undefined : bytesToText(token);
    },
    async keepSessionToken(token) {
      const sessionToken = await sealSessionToken(safe, token);
      await disk.write(['keyring'], async ({ keyring }) => {
        const row = await keyring.get('phone');
        if (row?.state === 'enrolled' && row.deviceId === deviceId) await keyring.put({ ...row, sessionToken });
      });
    },
    close: () => safe.close(),
  };
}
