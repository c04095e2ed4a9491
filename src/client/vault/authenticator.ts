/** The browser's passkeys (WebAuthn Level 3 with the PRF extension), as far as a way into the vault needs them. Works without a network. */
import { err, ok } from '#sync/entry.ts';
import type { Bytes, Result } from '#sync/entry.ts';
import type { PasskeySecret } from './passkey.ts';
import type { PasskeyRow } from './vault-row.ts';

/**
 * `dismissed`: the person said no, or took too long, or the passkey is no longer on the phone; browsers do not tell which.
 * `no_prf`: this phone's passkeys keep no secret for us. `failed`: all else.
 */
export type AuthenticatorError = { readonly code: 'dismissed' | 'no_prf' | 'failed' };

export interface Authenticator {
  /** Whether it is worth offering: the phone can verify its owner, and does not say that it lacks the extension. */
  isAvailable(): Promise<boolean>;
  /** Makes a passkey on this phone. What the phone may show of it in its settings names the app and no person. */
  create(): Promise<Result<PasskeySecret, AuthenticatorError>>;
  ask(passkey: Pick<PasskeyRow, 'credentialId' | 'salt'>): Promise<Result<Bytes, AuthenticatorError>>;
}

const shownName = 'Gần Dân';

/** `host`: the page's own; a passkey is of one host for ever. */
export function createAuthenticator(args: {
  readonly host: string;
  readonly credentials: Pick<CredentialsContainer, 'create' | 'get'> | undefined;
  readonly random: (length: number) => Bytes;
}): Authenticator {
  const { host, credentials, random } = args;

  async function ask({ credentialId, salt }: Pick<PasskeyRow, 'credentialId' | 'salt'>): Promise<Result<Bytes, AuthenticatorError>> {
    return await withoutThrowing(async () => {
      const got = await credentials?.get({
        publicKey: {
          // Nobody checks the signature: what opens the vault is the secret.
          challenge: random(32),
          rpId: host,
          allowCredentials: [{ type: 'public-key', id: credentialId, transports: ['internal'] }],
          userVerification: 'required',
          extensions: { prf: { eval: { first: salt } } },
        },
      });
      return secretIn(got);
    });
  }

  return {
    async isAvailable() {
      if (credentials === undefined || typeof PublicKeyCredential === 'undefined') return false;
      try {
        const capabilities = await PublicKeyCredential.getClientCapabilities?.();
        if (capabilities?.['extension:prf'] === false) return false;
        return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
      } catch {
        return false;
      }
    },
    async create() {
      const salt = random(32);
      let credentialId: Bytes | undefined;
      const made = await withoutThrowing(async () => {
        const created = await credentials?.create({
          publicKey: {
            challenge: random(32),
            rp: { id: host, name: shownName },
            user: { id: random(16), name: shownName, displayName: shownName },
            pubKeyCredParams: [
              { type: 'public-key', alg: -7 },
              { type: 'public-key', alg: -257 },
            ],
            authenticatorSelection: { authenticatorAttachment: 'platform', residentKey: 'preferred', userVerification: 'required' },
            attestation: 'none',
            extensions: { prf: { eval: { first: salt } } },
          },
        });
        if (!(created instanceof PublicKeyCredential)) return err({ code: 'failed' });
        credentialId = new Uint8Array(created.rawId.slice(0));
        // Some give the secret at once, some only when they are asked.
        return created.getClientExtensionResults().prf?.enabled === true ? secretIn(created) : err({ code: 'no_prf' });
      });
      if (credentialId === undefined) return made.ok ? err({ code: 'failed' }) : made;
      const secret = !made.ok && made.error.code === 'failed' ? await ask({ credentialId, salt }) : made;
      return secret.ok ? ok({ credentialId, salt, secret: secret.value }) : secret;
    },
    ask,
  };
}

function secretIn(credential: Credential | null | undefined): Result<Bytes, AuthenticatorError> {
  if (!(credential instanceof PublicKeyCredential)) return err({ code: 'failed' });
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return err({ code: 'failed' });
  const bytes = first instanceof ArrayBuffer ? new Uint8Array(first) : new Uint8Array(first.buffer, first.byteOffset, first.byteLength);
  // Copied: what opens the vault is overwritten after its use.
  return bytes.length === 32 ? ok(new Uint8Array(bytes)) : err({ code: 'no_prf' });
}

async function withoutThrowing<T>(body: () => Promise<Result<T, AuthenticatorError>>): Promise<Result<T, AuthenticatorError>> {
  try {
    return await body();
  } catch (error) {
    return err({ code: error instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(error.name) ? 'dismissed' : 'failed' });
  }
}
