/** The device's signing key: ECDSA P-256 (older phones lack Ed25519). It signs two kinds of text, each under a label of its own. */
import { base64urlToBytes, bytesToBase64url, packParts, textToBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';

const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signatureAlgorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** Without the label a challenge could be chosen so that its signature is that of a header. */
type SignedKind = 'sealing session' | 'challenge';

/** Made once, at enrolment. The private key is PKCS #8, to be wrapped at once; the public one is SPKI in base64url. */
export async function createDeviceKeys(): Promise<{ privateKey: Bytes; publicKey: string }> {
  const pair = await crypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
  const privateKey = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  const publicKey = bytesToBase64url(new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)));
  return { privateKey, publicKey };
}

/** Not extractable: a page that holds it can sign and cannot copy it. Throws on bytes that are no such key. */
export async function importDeviceKey(pkcs8: Uint8Array): Promise<CryptoKey> {
  return await crypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), keyAlgorithm, false, ['sign']);
}

/** Answers the endpoint's one-use challenge. The signature is base64url. */
export async function signChallenge(deviceKey: CryptoKey, challenge: string): Promise<string> {
  return await signAs('challenge', deviceKey, textToBytes(challenge));
}

/** `devicePublicKey`: base64url SPKI. False as well when key or signature cannot be read. */
export async function verifyChallenge(devicePublicKey: string, challenge: string, signature: string): Promise<boolean> {
  return await isSignedAs('challenge', devicePublicKey, signature, textToBytes(challenge));
}

export async function signAs(kind: SignedKind, deviceKey: CryptoKey, ...parts: readonly Uint8Array[]): Promise<string> {
  const signature = await crypto.subtle.sign(signatureAlgorithm, deviceKey, signedBytes(kind, parts));
  return bytesToBase64url(new Uint8Array(signature));
}

export async function isSignedAs(
  kind: SignedKind,
  devicePublicKey: string,
  signature: string,
  ...parts: readonly Uint8Array[]
): Promise<boolean> {
  const spki = base64urlToBytes(devicePublicKey);
  const signed = base64urlToBytes(signature);
  if (!spki.ok || !signed.ok) return false;
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('spki', spki.value, keyAlgorithm, false, ['verify']);
  } catch {
    return false;
  }
  return await crypto.subtle.verify(signatureAlgorithm, key, signed.value, signedBytes(kind, parts));
}

function signedBytes(kind: SignedKind, parts: readonly Uint8Array[]): Bytes {
  return packParts(textToBytes(`gan-dan ${kind} 1`), ...parts);
}
