/**
 * The parts of a zip, read so that no file can make a phone hang or run out of memory: sizes are counted while inflating, whatever
 * the file says they are, and each part's checksum is looked at, so that a flipped bit never becomes another number in a cell.
 * Format: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.5.3.
 */
import { Inflate } from 'fflate';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';

export type ZipError = 'damaged' | 'locked' | 'too_large';

export interface ZipPart {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly isLocked: boolean;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its local header begins. */
  readonly at: number;
}

const localHeader = 0x04034b50;
const directoryHeader = 0x02014b50;
const endHeader = 0x06054b50;
const endBytes = 22;
const longestComment = 0xffff;
/** A workbook has tens of parts. */
const mostParts = 2000;
/** Little enough that what one slice inflates to (at most 1,032 times as much) fits into memory before it is counted. */
const sliceBytes = 16 * 1024;

/** The parts in the order of the directory at the end of the file; of two with one name the last counts, as everywhere. */
export function readZipParts(file: Uint8Array): Result<ReadonlyMap<string, ZipPart>, ZipError> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const end = endOf(view);
  if (end === undefined) return err('damaged');
  const count = view.getUint16(end + 10, true);
  if (count > mostParts) return err('too_large');
  const parts = new Map<string, ZipPart>();
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== directoryHeader) return err('damaged');
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const part = partOf(file, view, at, nameBytes, extraBytes);
    if (part === undefined) return err('damaged');
    parts.set(part.name, part);
    at += 46 + nameBytes + extraBytes + view.getUint16(at + 32, true);
  }
  return ok(parts);
}

function endOf(view: DataView): number | undefined {
  for (let at = view.byteLength - endBytes; at >= Math.max(0, view.byteLength - endBytes - longestComment); at -= 1) {
    if (view.getUint32(at, true) === endHeader) return at;
  }
  return undefined;
}

/** Undefined: it says what cannot be. */
function partOf(file: Uint8Array, view: DataView, at: number, nameBytes: number, extraBytes: number): ZipPart | undefined {
  const extraAt = at + 46 + nameBytes;
  if (extraAt + extraBytes > file.length) return undefined;
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  if (method !== 0 && method !== 8) return undefined;
  const sizes = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
  if (sizes.includes(0xffffffff) && !readLongSizes(view, extraAt, extraBytes, sizes)) return undefined;
  const [bytes = 0, packedBytes = 0, partAt = 0] = sizes;
  return {
    name: new TextDecoder().decode(file.subarray(at + 46, extraAt)),
    isDeflated: method === 8,
    isLocked: (flags & 1) !== 0,
    checksum: view.getUint32(at + 16, true),
    packedBytes,
    bytes,
    at: partAt,
  };
}

/** Some writers note every size in 64 bits (zip64), however small: the ones that are all ones stand in an extra field, in this order. */
function readLongSizes(view: DataView, extraAt: number, extraBytes: number, sizes: number[]): boolean {
  for (let at = extraAt; at + 4 <= extraAt + extraBytes; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let from = at + 4;
    for (const [index, size] of sizes.entries()) {
      if (size !== 0xffffffff) continue;
      if (from + 8 > extraAt + extraBytes || view.getUint32(from + 4, true) !== 0) return false;
      sizes[index] = view.getUint32(from, true);
      from += 8;
    }
    return true;
  }
  return false;
}

/** `most`: more bytes than this are `too_large`. */
export function readZipPart(file: Uint8Array, part: ZipPart, most: number): Result<Uint8Array, ZipError> {
  if (part.isLocked) return err('locked');
  if (part.bytes > most) return err('too_large');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (part.at + 30 > file.length || view.getUint32(part.at, true) !== localHeader) return err('damaged');
  const from = part.at + 30 + view.getUint16(part.at + 26, true) + view.getUint16(part.at + 28, true);
  if (from + part.packedBytes > file.length) return err('damaged');
  const packed = file.subarray(from, from + part.packedBytes);
  const bytes = part.isDeflated ? inflated(packed, part.bytes) : packed;
  return bytes?.length === part.bytes && checksumOf(bytes) === part.checksum ? ok(bytes) : err('damaged');
}

/** Undefined: broken, or more than it said: what does not fit throws, and nothing further is inflated. */
function inflated(packed: Uint8Array, size: number): Uint8Array | undefined {
  const bytes = new Uint8Array(size);
  let filled = 0;
  const inflate = new Inflate((chunk) => {
    bytes.set(chunk, filled);
    filled += chunk.length;
  });
  try {
    for (let at = 0; at < packed.length; at += sliceBytes) {
      inflate.push(packed.subarray(at, at + sliceBytes), at + sliceBytes >= packed.length);
    }
  } catch {
    // Whatever it met: the library's own kinds of error say no more than that these bytes are no deflate stream.
    return undefined;
  }
  return filled < size ? undefined : bytes;
}

const checksumTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xedb88320;
  return value;
});

/** CRC-32 as zip has it. */
function checksumOf(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (checksumTable[(value ^ byte) & 0xff] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}
