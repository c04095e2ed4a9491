/**
 * A bundle: sealed entries as a file that anyone may carry and hand in, and the receipts that go home the same way. Carriers can neither read
 * nor forge what is sealed in it; the check only tells a file that was damaged on the way from one that is whole.
 *
 * Text: JSON `{ format, version, check, ... }`. `check`: SHA-256 of what the file says, in a fixed order, so that how the JSON is written
 * does not count. A newer version may hold anything beside `format` and `version`.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import * as z from 'zod/mini';
import { communeCodeSchema, instantSchema, uuidSchema } from '#domain/identifiers.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { bytesToBase64url, textToBytes } from './bytes.ts';
import type { SealedReceipt } from './entry.ts';
import { batchLimits, sealedEntrySchema, sealedReceiptSchema, sealingSessionHeaderSchema, sessionIdSchema } from './protocol.ts';
import type { SyncAnswer, SyncRequest } from './protocol.ts';
import { readAs } from './read-as.ts';

const fileVersion = 1;
/** Looked at before anything is parsed. Some 20,000 entries; a phone never holds so many. */
export const maxFileCharacters = 32 * 1024 * 1024;

/** `format` as the file says it, at its very beginning: it tells a damaged one of ours from any other file. */
const formats = { bundle: 'gan-dan bundle', receipts: 'gan-dan receipts' } as const;
type FileKind = keyof typeof formats;

const epochSchema = z.int().check(z.gte(0));
const bundleSchema = z.strictObject({
  endpointId: uuidSchema,
  /** 0: the phone had not met the endpoint yet. */
  epoch: epochSchema,
  communeCode: communeCodeSchema,
  madeAt: instantSchema,
  sessions: z.array(z.strictObject({ sessionId: sessionIdSchema, header: sealingSessionHeaderSchema })),
  entries: z.array(sealedEntrySchema),
});
const receiptFileSchema = z.strictObject({ endpointId: uuidSchema, madeAt: instantSchema, receipts: z.array(sealedReceiptSchema) });

export type Bundle = z.infer<typeof bundleSchema>;
export type ReceiptFile = z.infer<typeof receiptFileSchema>;

/** `damaged`: begins like one of ours and is not whole; the person asks for the file once more. `too_large`: was not looked at. */
export type FileError = { readonly code: 'not_a_bundle' | 'newer_version' | 'damaged' | 'too_large' };

/** The file's text. Throws on an entry whose session is not among `sessions` (nobody could open it), and above `maxFileCharacters`. */
export function createBundle(bundle: Bundle): string {
  if (!hasAllSessions(bundle)) throw new Error('a bundle needs the session of each of its entries');
  return writeFile('bundle', bundleSchema.parse(bundle), checkOfBundle(bundle));
}

export function readBundle(text: string): Result<Bundle, FileError> {
  const read = readFile('bundle', text, bundleSchema, checkOfBundle);
  return read.ok && !hasAllSessions(read.value) ? err({ code: 'damaged' }) : read;
}

/** In requests as the endpoint takes them, in the file's order, each with the session headers of its own entries. */
export function splitBundle({ sessions, entries }: Pick<Bundle, 'sessions' | 'entries'>): Pick<SyncRequest, 'sessions' | 'entries'>[] {
  const headers = new Map(sessions.map(({ sessionId, header }) => [sessionId, header]));
  const requests: { named: Set<string>; bytes: number; entries: SyncRequest['entries'] }[] = [];
  for (const entry of entries) {
    let last = requests.at(-1);
    const isFull =
      last === undefined ||
      last.entries.length >= batchLimits.entries ||
      last.bytes + entry.bytes.length > batchLimits.bytes ||
      (last.named.size >= batchLimits.sessions && !last.named.has(entry.session));
    if (last === undefined || isFull) {
      last = { named: new Set(), bytes: 0, entries: [] };
      requests.push(last);
    }
    last.named.add(entry.session);
    last.bytes += entry.bytes.length;
    last.entries.push(entry);
  }
  return requests.map((request) => ({
    sessions: [...request.named].flatMap((sessionId) => headers.get(sessionId) ?? []),
    entries: request.entries,
  }));
}

/** What became of the entries of a file that was handed in. */
export interface Tally {
  readonly taken: number;
  /** Were there already: nothing is doubled. */
  readonly known: number;
  /** Of a device that was never enrolled there. */
  readonly strange: number;
  /** Changed after they were sealed. */
  readonly unreadable: number;
  /** The file was made before the endpoint was restored. */
  readonly isOfEarlierEpoch: boolean;
}

/** `answers`: to the requests of `splitBundle`, as many as there were. */
export function tallyOf({ epoch }: Pick<Bundle, 'epoch'>, answers: readonly SyncAnswer[]): Tally {
  const outcomes = answers.flatMap((answer) => answer.entries);
  const count = (isOne: (entry: SyncAnswer['entries'][number]) => boolean) => outcomes.filter(isOne).length;
  return {
    taken: count(({ outcome, known }) => outcome === 'kept' && known !== true),
    known: count(({ outcome, known }) => outcome === 'kept' && known === true),
    strange: count(({ outcome }) => outcome === 'unknown_device'),
    unreadable: count(({ outcome }) => outcome === 'unreadable'),
    isOfEarlierEpoch: epoch > 0 && answers.some((answer) => answer.epoch > epoch),
  };
}

/** The file's text. Throws above `maxFileCharacters`. */
export function createReceiptFile(receipts: readonly SealedReceipt[], of: Pick<ReceiptFile, 'endpointId' | 'madeAt'>): string {
  const file: ReceiptFile = { ...of, receipts: [...receipts] };
  return writeFile('receipts', receiptFileSchema.parse(file), checkOfReceipts(file));
}

export function readReceiptFile(text: string): Result<ReceiptFile, FileError> {
  return readFile('receipts', text, receiptFileSchema, checkOfReceipts);
}

/** What a chosen file calls itself, whole or not; undefined: none of ours. */
export function fileKindOf(text: string): FileKind | undefined {
  const start = text.slice(0, 200).trimStart();
  return (Object.keys(formats) as FileKind[]).find((kind) => start.startsWith(beginningOf(kind)));
}

/** `day`: `YYYY-MM-DD`. */
export function bundleFileName(count: number, day: string): string {
  return `gan-dan-${count}-phieu-${day}.gandan`;
}

export function receiptFileName(count: number, day: string): string {
  return `gan-dan-bien-nhan-${count}-phieu-${day}.gandan`;
}

function beginningOf(kind: FileKind): string {
  return `{"format":"${formats[kind]}"`;
}

function writeFile(kind: FileKind, content: object, check: string): string {
  const text = JSON.stringify({ format: formats[kind], version: fileVersion, check, ...content });
  if (text.length > maxFileCharacters) throw new RangeError(`a file of ${text.length} characters would not be read`);
  return text;
}

/** The shape is checked before the sum: what is summed up is then known to be small and flat. */
function readFile<T>(kind: FileKind, text: string, schema: z.ZodMiniType<T>, checkOf: (content: T) => string): Result<T, FileError> {
  if (text.length > maxFileCharacters) return err({ code: 'too_large' });
  if (fileKindOf(text) !== kind) return err({ code: 'not_a_bundle' });
  let file: Readonly<Record<string, unknown>>;
  try {
    // What mail and editors put around a text (a byte order mark, a line feed) is no damage.
    file = JSON.parse(text.trim()) as Readonly<Record<string, unknown>>;
  } catch {
    return err({ code: 'damaged' });
  }
  const { format: _format, version, check, ...content } = file;
  if (typeof version === 'number' && version > fileVersion) return err({ code: 'newer_version' });
  const read = readAs(schema, content);
  if (version !== fileVersion || read === undefined || check !== checkOf(read)) return err({ code: 'damaged' });
  return ok(read);
}

function hasAllSessions({ sessions, entries }: Pick<Bundle, 'sessions' | 'entries'>): boolean {
  const known = new Set(sessions.map(({ sessionId }) => sessionId));
  return entries.every(({ session }) => known.has(session));
}

function checkOfBundle({ endpointId, epoch, communeCode, madeAt, sessions, entries }: Bundle): string {
  return sumOf([
    formats.bundle, endpointId, epoch, communeCode, madeAt,
    sessions.map(({ sessionId, header }) => [sessionId, header.info, header.enc, header.signature]),
    entries.map(({ session, deviceSeq, bytes }) => [session, deviceSeq, bytes]),
  ]);
}

function checkOfReceipts({ endpointId, madeAt, receipts }: ReceiptFile): string {
  return sumOf([formats.receipts, endpointId, madeAt, receipts.map(({ session, bytes }) => [session, bytes])]);
}

function sumOf(said: readonly unknown[]): string {
  return bytesToBase64url(sha256(textToBytes(JSON.stringify(said))));
}
