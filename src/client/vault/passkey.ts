/**
 * A passkey as a second way in: its secret (the PRF extension of WebAuthn) wraps the data key once more, beside the passphrase and never in its
 * place. Needs no network and no endpoint: nobody but this phone ever checks it (docs/decisions/0022).
 */
import { bytesToBase64url, err, textToBytes } from '#sync/entry.ts';
import type { Bytes, Result } from '#sync/entry.ts';
import { passkeyOf } from './vault-row.ts';
import type { PasskeyRow, VaultRow } from './vault-row.ts';
import { openWrappedVault } from './vault.ts';
import type { OpenVault } from './vault.ts';

/** What the authenticator gave for `salt`: the same 32 bytes whenever that person is verified by it, and known to nobody else. */
export interface PasskeySecret {
  readonly credentialId: Bytes;
  readonly salt: Bytes;
  readonly secret: Bytes;
}

/** What the row is to keep of it. The secret is overwritten. */
export async function passkeyRow(vault: OpenVault, { credentialId, salt, secret }: PasskeySecret): Promise<PasskeyRow> {
  const key = await keyOf(secret);
  const wrappedDataKey = await vault.wrapDataKey(key, contextOf({ credentialId, salt }));
  key.fill(0);
  return { version: 1, credentialId, salt, wrappedDataKey };
}

/** `wrong_passkey`: another secret, or the row's passkey is not what was put there. The passphrase opens whatever this says. */
export async function openByPasskey(row: VaultRow, secret: Bytes): Promise<Result<OpenVault, { code: 'wrong_passkey' | 'damaged' }>> {
  const passkey = passkeyOf(row);
  if (passkey === undefined) return err({ code: 'wrong_passkey' });
  const under = await keyOf(secret);
  const opened = await openWrappedVault(row, { wrapped: passkey.wrappedDataKey, under, context: contextOf(passkey) });
  under.fill(0);
  if (opened.ok) return opened;
  return err({ code: opened.error.code === 'wrong_key' ? 'wrong_passkey' : 'damaged' });
}

/** HKDF-SHA-256 (RFC 5869) under a name of its own: the same passkey may serve other ends. */
async function keyOf(secret: Bytes): Promise<Bytes> {
  const from = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  secret.fill(0);
  const named = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: textToBytes('gan-dan/vault/passkey/1') };
  return new Uint8Array(await crypto.subtle.deriveBits(named, from, 256));
}

function contextOf({ credentialId, salt }: Pick<PasskeyRow, 'credentialId' | 'salt'>): string {
  return `passkey/${bytesToBase64url(credentialId)}/${bytesToBase64url(salt)}`;
}
