/**
 * A sealed picture: one box that only the endpoint opens, and the phone that sealed it as long as it keeps the key. Each has a sealing session of its own, whose header
 * lies in the box, so that the box alone, and the endpoint's key, are enough to open it years later.
 *
 * Bytes: version, kind (a byte each), length of the header (two), the header's parts (`info`, `enc`, signature), 12 random bytes, AES-256-GCM of: length of the picture
 * (four), the picture, zeros up to the next full KiB. Additional data: all that stands before the random bytes. Source: docs/decisions/0027-photos.md.
 */
import { attachmentLimits } from '#domain/attachment.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { base64urlToBytes, bytesToBase64url, joinBytes, packParts, unpackParts } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { acceptSealingSession, openSealingSession, readSessionClaims } from './sealing-session.ts';
import type { EndpointIdentity, EndpointKeyPair, SealingSessionHeader, SessionClaims } from './sealing-session.ts';

const version = 1;
/** Beside those of entries, probes and receipts. */
const kind = 4;
const frontLength = 4;
const nonceLength = 12;
const tagLength = 16;
const lengthBytes = 4;
const padding = 1024;
/** Four ids as long as they may be. */
const maxHeaderLength = 1024;

/** No sealed picture is longer. */
export const maxSealedPictureBytes = frontLength + maxHeaderLength + nonceLength + tagLength + lengthBytes + attachmentLimits.bytes + padding;

export interface SealedPicture {
  readonly box: Bytes;
  /** Opens the box beside the endpoint's key; to be kept sealed. */
  readonly key: Bytes;
  /** Of the box, in hexadecimal: the name under which it is sent. */
  readonly sha256: string;
}

/** Throws on a picture that is empty or above 400 KB: it was made to fit. */
export async function sealPicture(args: {
  endpoint: EndpointIdentity;
  communeCode: string;
  deviceId: string;
  deviceKey: CryptoKey;
  picture: Uint8Array;
}): Promise<SealedPicture> {
  const { picture, ...of } = args;
  if (picture.length === 0 || picture.length > attachmentLimits.bytes) throw new RangeError(`a picture of ${picture.length} bytes is not sealed`);
  const { header, entryKey } = await openSealingSession(of);
  const front = packFront(header);
  const plain = new Uint8Array(Math.ceil((lengthBytes + picture.length) / padding) * padding);
  new DataView(plain.buffer).setUint32(0, picture.length);
  plain.set(picture, lengthBytes);
  const nonce = crypto.getRandomValues(new Uint8Array(nonceLength));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: front }, await importKey(entryKey), plain);
  const box = joinBytes(front, nonce, new Uint8Array(sealed));
  return { box, key: entryKey, sha256: await hashPicture(box) };
}

/** SHA-256 in hexadecimal. */
export async function hashPicture(box: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(box)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** On the phone that sealed it. */
export async function openOwnPicture(key: Uint8Array, box: Uint8Array): Promise<Result<Bytes, { code: 'unreadable' }>> {
  const parts = partsOf(box);
  return parts.ok ? await openPart(key, parts.value) : parts;
}

/** What a box claims of itself, so that the endpoint can look up the device's key. Nothing of it is proven yet. */
export function readPictureHeader(box: Uint8Array): Result<SessionClaims, { code: 'unreadable' }> {
  const parts = partsOf(box);
  return parts.ok ? readSessionClaims(parts.value.header) : parts;
}

/** On the endpoint: the device's signature first. `forged`: that device did not sign it. */
export async function openPicture(args: {
  box: Uint8Array;
  endpointId: string;
  keyPair: EndpointKeyPair;
  devicePublicKey: string;
}): Promise<Result<Bytes, { code: 'unreadable' | 'forged' }>> {
  const { box, ...keys } = args;
  const parts = partsOf(box);
  if (!parts.ok) return parts;
  const session = await acceptSealingSession({ header: parts.value.header, ...keys });
  return session.ok ? await openPart(session.value.entryKey, parts.value) : session;
}

interface Parts {
  readonly front: Bytes;
  readonly header: SealingSessionHeader;
  readonly nonce: Bytes;
  readonly sealed: Bytes;
}

function packFront({ info, enc, signature }: SealingSessionHeader): Bytes {
  const packed = packParts(...[info, enc, signature].map(bytesOf));
  if (packed.length > maxHeaderLength) throw new RangeError('the header of a sealed picture is too long');
  return joinBytes(Uint8Array.of(version, kind, packed.length >> 8, packed.length & 255), packed);
}

function bytesOf(text: string): Bytes {
  const bytes = base64urlToBytes(text);
  if (!bytes.ok) throw new TypeError('a header that was just made is not base64url');
  return bytes.value;
}

function partsOf(box: Uint8Array): Result<Parts, { code: 'unreadable' }> {
  if (box.length > maxSealedPictureBytes || box[0] !== version || box[1] !== kind) return err({ code: 'unreadable' });
  const headerEnd = frontLength + (box[2] ?? 0) * 256 + (box[3] ?? 0);
  const sealedAt = headerEnd + nonceLength;
  if (headerEnd > frontLength + maxHeaderLength || box.length < sealedAt + padding + tagLength) return err({ code: 'unreadable' });
  const [info, enc, signature, more] = unpackParts(box.subarray(frontLength, headerEnd)) ?? [];
  if (info === undefined || enc === undefined || signature === undefined || more !== undefined) return err({ code: 'unreadable' });
  return ok({
    front: box.slice(0, headerEnd),
    header: { info: bytesToBase64url(info), enc: bytesToBase64url(enc), signature: bytesToBase64url(signature) },
    nonce: box.slice(headerEnd, sealedAt),
    sealed: box.slice(sealedAt),
  });
}

async function openPart(key: Uint8Array, { front, nonce, sealed }: Parts): Promise<Result<Bytes, { code: 'unreadable' }>> {
  let plain: Uint8Array;
  try {
    plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData: front }, await importKey(key), sealed));
  } catch {
    return err({ code: 'unreadable' });
  }
  const length = new DataView(plain.buffer).getUint32(0);
  if (length === 0 || length > attachmentLimits.bytes || lengthBytes + length > plain.length) return err({ code: 'unreadable' });
  return ok(plain.slice(lengthBytes, lengthBytes + length));
}

async function importKey(raw: Uint8Array): Promise<CryptoKey> {
  return await crypto.subtle.importKey('raw', new Uint8Array(raw), 'AES-GCM', false, ['encrypt', 'decrypt']);
}
