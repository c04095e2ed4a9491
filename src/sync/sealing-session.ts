/**
 * A sealing session: one HPKE handshake to the endpoint's key for all that a page saves between unlock and lock. Its header
 * travels with the entries; two exported secrets seal the entries that go up and the receipts that come back.
 * Source: docs/protocol.md, "Up: the sealed entry"; RFC 9180, Base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { RecipientContext, SenderContext } from '@hpke/core';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { base64urlToBytes, bytesToBase64url, bytesToText, packParts, textToBytes, unpackParts } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { isSignedAs, signAs } from './device-keys.ts';

/** What a phone must know of an endpoint to seal for it. `publicKey`: base64url of an uncompressed P-256 point. */
export interface EndpointIdentity {
  endpointId: string;
  keyId: string;
  publicKey: string;
}

/** What travels of a session; each is base64url. `info` (the word of HPKE) says who seals for whom, in the clear. */
export interface SealingSessionHeader {
  info: string;
  enc: string;
  signature: string;
}

/** What a header's `info` says of who seals for whom. `sessionId`: base64url of its 16 random bytes. */
export interface SessionClaims {
  endpointId: string;
  keyId: string;
  communeCode: string;
  deviceId: string;
  sessionId: string;
}

/**
 * The endpoint's key, kept and passed on as a PAIR. `@hpke/core` takes a private key alone as well and works the public one out
 * of it, but for a key that cannot be exported it guesses a sign: half of all keys then open nothing, without any error.
 * `privateKey`: base64url PKCS #8; `publicKey` as in `EndpointIdentity`.
 */
export interface EndpointKeyPair {
  keyId: string;
  privateKey: string;
  publicKey: string;
}

const label = 'gan-dan sealing session 1';
const entryKeyContext = textToBytes('gan-dan entries 1');
const receiptKeyContext = textToBytes('gan-dan receipts 1');
const randomLength = 16;
const keyLength = 32;
/** In bytes; four ids of this length still fit a header as the wire takes it. */
const maxIdLength = 128;

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/**
 * On the phone, at each unlock and for each page of its own (a session is never shared by tabs). Throws on an endpoint key that
 * is no P-256 point and on an id that is empty or above 128 bytes: both come from enrolment, which checked them.
 */
export async function openSealingSession(args: {
  endpoint: EndpointIdentity;
  communeCode: string;
  deviceId: string;
  deviceKey: CryptoKey;
}): Promise<{ sessionId: string; header: SealingSessionHeader; entryKey: Bytes; receiptKey: Bytes }> {
  const { endpoint, communeCode, deviceId, deviceKey } = args;
  const point = base64urlToBytes(endpoint.publicKey);
  if (!point.ok) throw new TypeError("the endpoint's public key is not base64url");
  const random = crypto.getRandomValues(new Uint8Array(randomLength));
  const ids = [endpoint.endpointId, endpoint.keyId, communeCode, deviceId].map(textToBytes);
  if (ids.some((id) => id.length === 0 || id.length > maxIdLength)) throw new RangeError('an id is empty or too long for a header');
  const info = packParts(textToBytes(label), ...ids, random);
  const sender = await suite.createSenderContext({ recipientPublicKey: await suite.kem.deserializePublicKey(point.value), info });
  const enc = new Uint8Array(sender.enc);
  const signature = await signAs('sealing session', deviceKey, info, enc);
  return {
    sessionId: bytesToBase64url(random),
    header: { info: bytesToBase64url(info), enc: bytesToBase64url(enc), signature },
    ...(await keysOf(sender)),
  };
}

/** Made by the endpoint's first start. The key id is a fingerprint of the public key. */
export async function createEndpointKeyPair(): Promise<EndpointKeyPair> {
  const pair = await suite.kem.generateKeyPair();
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const privateKey = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  const fingerprint = new Uint8Array(await crypto.subtle.digest('SHA-256', publicKey));
  return {
    keyId: bytesToBase64url(fingerprint.subarray(0, 12)),
    privateKey: bytesToBase64url(privateKey),
    publicKey: bytesToBase64url(publicKey),
  };
}

/** Reads what a header claims, so that the endpoint can look up the device's key. Nothing of it is proven yet. */
export function readSessionClaims(header: SealingSessionHeader): Result<SessionClaims, { code: 'unreadable' }> {
  const info = base64urlToBytes(header.info);
  const parts = info.ok ? unpackParts(info.value) : undefined;
  const random = parts?.pop();
  if (parts?.length !== 5 || random?.length !== randomLength) return err({ code: 'unreadable' });
  let texts: string[];
  try {
    texts = parts.map(bytesToText);
  } catch {
    return err({ code: 'unreadable' });
  }
  const [foundLabel, endpointId, keyId, communeCode, deviceId] = texts;
  if (foundLabel !== label || !endpointId || !keyId || !communeCode || !deviceId) return err({ code: 'unreadable' });
  return ok({ endpointId, keyId, communeCode, deviceId, sessionId: bytesToBase64url(random) });
}

/**
 * On the endpoint. The signature is checked before anything is opened. `devicePublicKey` (base64url SPKI) is that of the device
 * that `readSessionClaims` names; that the device belongs to `communeCode` is for the caller to check.
 *
 * `unreadable`: not a header, or for another endpoint or key. `forged`: this device did not sign it.
 * Throws when the halves of `keyPair` do not belong together.
 */
export async function acceptSealingSession(args: {
  header: SealingSessionHeader;
  endpointId: string;
  keyPair: EndpointKeyPair;
  devicePublicKey: string;
}): Promise<Result<{ claims: SessionClaims; entryKey: Bytes; receiptKey: Bytes }, { code: 'unreadable' | 'forged' }>> {
  const { header, endpointId, keyPair, devicePublicKey } = args;
  const claims = readSessionClaims(header);
  const info = base64urlToBytes(header.info);
  const enc = base64urlToBytes(header.enc);
  if (!claims.ok || !info.ok || !enc.ok) return err({ code: 'unreadable' });
  if (claims.value.endpointId !== endpointId || claims.value.keyId !== keyPair.keyId) return err({ code: 'unreadable' });
  const isSigned = await isSignedAs('sealing session', devicePublicKey, header.signature, info.value, enc.value);
  if (!isSigned) return err({ code: 'forged' });
  const recipientKey = await importEndpointKeyPair(keyPair);
  let recipient: RecipientContext;
  try {
    recipient = await suite.createRecipientContext({ recipientKey, enc: enc.value, info: info.value });
  } catch {
    return err({ code: 'unreadable' });
  }
  return ok({ claims: claims.value, ...(await keysOf(recipient)) });
}

/** Importing and proving a pair costs some milliseconds, a header comes with every batch. */
const importedPairs = new WeakMap<EndpointKeyPair, Promise<CryptoKeyPair>>();

function importEndpointKeyPair(keyPair: EndpointKeyPair): Promise<CryptoKeyPair> {
  const known = importedPairs.get(keyPair);
  if (known) return known;
  const imported = importAndProve(keyPair);
  importedPairs.set(keyPair, imported);
  return imported;
}

async function importAndProve(keyPair: EndpointKeyPair): Promise<CryptoKeyPair> {
  const pkcs8 = base64urlToBytes(keyPair.privateKey);
  const point = base64urlToBytes(keyPair.publicKey);
  if (!pkcs8.ok || !point.ok) throw new TypeError(`endpoint key ${keyPair.keyId} is not base64url`);
  const algorithm = { name: 'ECDH', namedCurve: 'P-256' };
  const publicKey = await suite.kem.deserializePublicKey(point.value);
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8.value, algorithm, false, ['deriveBits']);
  const pair = { privateKey, publicKey };
  const sender = await suite.createSenderContext({ recipientPublicKey: publicKey });
  const recipient = await suite.createRecipientContext({ recipientKey: pair, enc: sender.enc });
  const [sent, received] = [await keysOf(sender), await keysOf(recipient)];
  if (sent.entryKey.some((byte, index) => byte !== received.entryKey[index])) {
    throw new Error(`endpoint key ${keyPair.keyId}: its private and its public half do not belong together`);
  }
  return pair;
}

async function keysOf(context: SenderContext | RecipientContext): Promise<{ entryKey: Bytes; receiptKey: Bytes }> {
  return {
    entryKey: new Uint8Array(await context.export(entryKeyContext, keyLength)),
    receiptKey: new Uint8Array(await context.export(receiptKeyContext, keyLength)),
  };
}
