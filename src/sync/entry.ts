/**
 * Sealed entries: what goes up by any road, written by one device and read by the endpoint alone; and the receipts that come
 * back. This file is the door to all of it: other rooms import from here.
 *
 * Sealed bytes: version, kind, dictionary id (a byte each), 12 random bytes, AES-256-GCM of the packed JSON (`packed-json.ts`).
 * Source: docs/protocol.md, "Up: the sealed entry".
 */
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { base64urlToBytes, bytesToBase64url, joinBytes, packParts, textToBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { dictionaryOf, newestDictionary } from './entry-dictionary.ts';
import { maxEntryBytes, packJson, paddingBlock, unpackJson } from './packed-json.ts';
import type { SessionClaims } from './sealing-session.ts';

export { base64urlToBytes, bytesToBase64url, joinBytes, packParts, textToBytes } from './bytes.ts';
export type { Bytes } from './bytes.ts';
export { createDeviceKeys, importDeviceKey, signChallenge, verifyChallenge } from './device-keys.ts';
export { maxEntryBytes } from './packed-json.ts';
export { carriesMetadata, pictureTypeOf } from './picture-bytes.ts';
export { hashPicture, maxSealedPictureBytes, openOwnPicture, openPicture, readPictureHeader, sealPicture } from './sealed-picture.ts';
export type { SealedPicture } from './sealed-picture.ts';
export { acceptSealingSession, createEndpointKeyPair, openSealingSession, readSessionClaims } from './sealing-session.ts';
export type { EndpointIdentity, EndpointKeyPair, SealingSessionHeader, SessionClaims } from './sealing-session.ts';
export { err, ok } from '#domain/result.ts';
export type { Result } from '#domain/result.ts';

/** An entry as it travels. `session`: the session id; `bytes`: base64url of the sealed bytes. */
export interface SealedEntry {
  session: string;
  deviceSeq: number;
  bytes: string;
}

/** A receipt as it travels back. */
export interface SealedReceipt {
  session: string;
  bytes: string;
}

/** A probe proves at enrolment that the endpoint opens what this phone seals; it is no entry and never settles as one. */
export type EntryKind = 'entry' | 'probe';

export type TooLarge = { code: 'too_large'; bytes: number };
export type Unreadable = { code: 'unreadable' };

const version = 1;
const kindCodes = { entry: 1, probe: 2, receipt: 3 } as const;
const headLength = 3;
const nonceLength = 12;
const tagLength = 16;

/**
 * `entry` is refused above 64 KiB, as JSON or sealed (`bytes`: which length was too much), so that nothing is saved that the
 * endpoint would not take. Throws when a device id or `deviceSeq` inside `entry` differs from those it is sealed under: nobody
 * could open it.
 */
export async function sealEntry(args: {
  entryKey: Uint8Array;
  sessionId: string;
  deviceId: string;
  deviceSeq: number;
  entry: unknown;
  kind?: EntryKind | undefined;
}): Promise<Result<SealedEntry, TooLarge>> {
  const { entryKey, sessionId, deviceId, deviceSeq, entry, kind = 'entry' } = args;
  if (!saysWhatIsOutside(entry, deviceId, deviceSeq)) throw new Error('an entry names another device or deviceSeq than its seal');
  const sealed = await seal(entryKey, { kind, sessionId, deviceId, deviceSeq }, entry);
  return sealed.ok ? ok({ session: sessionId, deviceSeq, bytes: sealed.value }) : sealed;
}

/** The unlocked phone reads what it sealed itself, to replay it. Throws on bytes that do not open: they are its own. */
export async function openOwnEntry(args: {
  entryKey: Uint8Array;
  sessionId: string;
  deviceId: string;
  sealed: SealedEntry;
}): Promise<unknown> {
  const opened = await openAs('entry', args);
  if (!opened.ok) throw new Error(`own sealed entry ${args.sealed.deviceSeq} does not open`);
  return opened.value;
}

/**
 * On the endpoint, with `claims` and `entryKey` of `acceptSealingSession`. What stands inside of device and `deviceSeq` must equal
 * what it was sealed under. Bytes of another kind than asked for are `unreadable`: a probe is never taken for an entry.
 */
export async function openEntry(args: {
  entryKey: Uint8Array;
  claims: SessionClaims;
  sealed: SealedEntry;
  kind?: EntryKind | undefined;
}): Promise<Result<unknown, Unreadable>> {
  const { entryKey, claims, sealed, kind = 'entry' } = args;
  return await openAs(kind, { entryKey, sessionId: claims.sessionId, deviceId: claims.deviceId, sealed });
}

/** On the endpoint: verdicts for a device that is not in a session. Only the device that opened the sealing session reads them. */
export async function sealReceipt(args: {
  receiptKey: Uint8Array;
  sessionId: string;
  deviceId: string;
  receipt: unknown;
}): Promise<Result<SealedReceipt, TooLarge>> {
  const { receiptKey, sessionId, deviceId, receipt } = args;
  const sealed = await seal(receiptKey, { kind: 'receipt', sessionId, deviceId, deviceSeq: 0 }, receipt);
  return sealed.ok ? ok({ session: sessionId, bytes: sealed.value }) : sealed;
}

/** On the phone. What does not open settles nothing: anyone may hand in a file that calls itself a receipt. */
export async function openReceipt(args: {
  receiptKey: Uint8Array;
  sessionId: string;
  deviceId: string;
  sealed: SealedReceipt;
}): Promise<Result<unknown, Unreadable>> {
  const { receiptKey, sessionId, deviceId, sealed } = args;
  if (sealed.session !== sessionId) return err({ code: 'unreadable' });
  return await open(receiptKey, { kind: 'receipt', sessionId, deviceId, deviceSeq: 0 }, sealed.bytes);
}

async function openAs(
  kind: EntryKind,
  args: { entryKey: Uint8Array; sessionId: string; deviceId: string; sealed: SealedEntry },
): Promise<Result<unknown, Unreadable>> {
  const { entryKey, sessionId, deviceId, sealed } = args;
  const { deviceSeq } = sealed;
  if (sealed.session !== sessionId || !isDeviceSeq(deviceSeq)) return err({ code: 'unreadable' });
  const opened = await open(entryKey, { kind, sessionId, deviceId, deviceSeq }, sealed.bytes);
  if (opened.ok && !saysWhatIsOutside(opened.value, deviceId, deviceSeq)) return err({ code: 'unreadable' });
  return opened;
}

/** What a seal is bound to beside its key. */
interface SealedUnder {
  kind: keyof typeof kindCodes;
  sessionId: string;
  deviceId: string;
  deviceSeq: number;
}

async function seal(key: Uint8Array, under: SealedUnder, value: unknown): Promise<Result<string, TooLarge>> {
  if (!isDeviceSeq(under.deviceSeq)) throw new RangeError(`not a deviceSeq: ${under.deviceSeq}`);
  const dictionary = dictionaryOf(newestDictionary);
  if (!dictionary) throw new Error('the newest dictionary is missing');
  const packed = packJson(value, dictionary);
  if (!packed.ok) return packed;
  const bytes = headLength + nonceLength + packed.value.length + tagLength;
  if (bytes > maxEntryBytes) return err({ code: 'too_large', bytes });
  const head = Uint8Array.of(version, kindCodes[under.kind], newestDictionary);
  const nonce = crypto.getRandomValues(new Uint8Array(nonceLength));
  const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: boundTo(head, under) };
  const box = await crypto.subtle.encrypt(algorithm, await importKey(key), packed.value);
  return ok(bytesToBase64url(joinBytes(head, nonce, new Uint8Array(box))));
}

async function open(key: Uint8Array, under: SealedUnder, text: string): Promise<Result<unknown, Unreadable>> {
  const bytes = text.length <= Math.ceil((maxEntryBytes * 4) / 3) ? base64urlToBytes(text) : undefined;
  if (!bytes?.ok || bytes.value.length < headLength + nonceLength + tagLength + paddingBlock) return err({ code: 'unreadable' });
  const head = bytes.value.slice(0, headLength);
  const nonce = bytes.value.slice(headLength, headLength + nonceLength);
  const dictionary = dictionaryOf(head[2] ?? 0);
  if (head[0] !== version || head[1] !== kindCodes[under.kind] || !dictionary) return err({ code: 'unreadable' });
  const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: boundTo(head, under) };
  const aesKey = await importKey(key);
  let packed: ArrayBuffer;
  try {
    packed = await crypto.subtle.decrypt(algorithm, aesKey, bytes.value.slice(headLength + nonceLength));
  } catch {
    return err({ code: 'unreadable' });
  }
  return unpackJson(new Uint8Array(packed), dictionary);
}

/** The additional data: version, kind and dictionary, session, device, `deviceSeq`. */
function boundTo(head: Uint8Array, under: SealedUnder): Bytes {
  const seq = new Uint8Array(8);
  new DataView(seq.buffer).setBigUint64(0, BigInt(under.deviceSeq));
  return packParts(head, textToBytes(under.sessionId), textToBytes(under.deviceId), seq);
}

async function importKey(raw: Uint8Array): Promise<CryptoKey> {
  if (raw.length !== 32) throw new RangeError(`a sealing key has 32 bytes, not ${raw.length}`);
  return await crypto.subtle.importKey('raw', new Uint8Array(raw), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function isDeviceSeq(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function saysWhatIsOutside(inside: unknown, deviceId: string, deviceSeq: number): boolean {
  if (typeof inside !== 'object' || inside === null) return true;
  return (
    (!Object.hasOwn(inside, 'deviceId') || (inside as { deviceId: unknown }).deviceId === deviceId) &&
    (!Object.hasOwn(inside, 'deviceSeq') || (inside as { deviceSeq: unknown }).deviceSeq === deviceSeq)
  );
}
