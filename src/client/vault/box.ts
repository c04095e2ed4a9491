/**
 * The one place where what lies on this phone is encrypted and read again. Everything at rest goes through these two functions;
 * a test build puts a plain stand-in here, to show that the search for readable text on disk would find some.
 *
 * A box: version (1 byte), 12 random bytes, AES-256-GCM. Which key seals what: docs/threat-model.md, "Keys".
 */
import { err, joinBytes, ok, packParts, textToBytes } from '#sync/entry.ts';
import type { Bytes, Result } from '#sync/entry.ts';

const version = 1;
const nonceLength = 12;
const tagLength = 16;

/** A fresh random nonce at each call: a key may seal some 2^32 boxes. `context` (table and row) is bound to the box, not kept in it. */
export async function sealBox(key: Uint8Array, plain: Uint8Array, context: string): Promise<Bytes> {
  // As it is now: it may be a key of a vault that is closed meanwhile.
  const asGiven = new Uint8Array(plain);
  const aesKey = await importKey(key);
  const nonce = crypto.getRandomValues(new Uint8Array(nonceLength));
  const box = await crypto.subtle.encrypt(algorithmOf(nonce, context), aesKey, asGiven);
  return joinBytes(Uint8Array.of(version), nonce, new Uint8Array(box));
}

/** Of bytes as they came from disk, where anything may stand. `damaged`: another key, another context, or not the bytes that were sealed; which of them cannot be told. */
export async function openBox(key: Uint8Array, box: Uint8Array, context: string): Promise<Result<Bytes, { code: 'damaged' }>> {
  const aesKey = await importKey(key);
  if (!(box instanceof Uint8Array)) return err({ code: 'damaged' });
  if (box[0] !== version || box.length < 1 + nonceLength + tagLength) return err({ code: 'damaged' });
  const algorithm = algorithmOf(box.slice(1, 1 + nonceLength), context);
  try {
    return ok(new Uint8Array(await crypto.subtle.decrypt(algorithm, aesKey, new Uint8Array(box.subarray(1 + nonceLength)))));
  } catch {
    return err({ code: 'damaged' });
  }
}

function algorithmOf(nonce: Uint8Array, context: string) {
  return { name: 'AES-GCM', iv: new Uint8Array(nonce), additionalData: packParts(Uint8Array.of(version), textToBytes(context)) };
}

/** Copies the key before the first await: a vault that is closed meanwhile overwrites its own. */
async function importKey(key: Uint8Array): Promise<CryptoKey> {
  if (key.length !== 32) throw new RangeError(`a box key has 32 bytes, not ${key.length}`);
  return await crypto.subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, ['encrypt', 'decrypt']);
}
