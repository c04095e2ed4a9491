/**
 * Looks for texts in all that a browser profile holds on disk. Chromium keeps IndexedDB in LevelDB: log files are cut into blocks, tables
 * are Snappy-compressed, large values lie in files of their own and may be Snappy-compressed once more, what a page stored may be
 * deflated, and what an endpoint sent may be gzipped. Each of these layers is opened before searching;
 * texts are sought as UTF-8, UTF-16LE and Latin-1 (V8 stores strings so) and as UTF-16BE (IndexedDB stores keys so), composed and not.
 * What the browser itself encrypts (`Sessions_Encrypted`) stays closed; it keeps the same in `Sessions` beside it.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

export interface Finding {
  readonly file: string;
  readonly text: string;
  readonly layer: string;
}

interface Layer {
  readonly name: string;
  readonly bytes: Buffer;
}

export function searchProfile(folder: string, texts: readonly string[]): Finding[] {
  const sought = texts.map((text) => ({ text, forms: encodings(text) }));
  const findings: Finding[] = [];
  for (const file of filesBelow(folder)) {
    for (const layer of layersOf(file)) {
      for (const { text, forms } of sought) {
        if (forms.some((bytes) => layer.bytes.includes(bytes))) findings.push({ file, text, layer: layer.name });
      }
    }
  }
  return findings;
}

/** Every text in the profile that looks like a token of the endpoint's, whatever it is good for. */
export function tokensIn(folder: string): string[] {
  const found = new Set<string>();
  for (const file of filesBelow(folder)) {
    for (const { bytes } of layersOf(file)) {
      const text = bytes.toString('latin1');
      for (const [token] of text.matchAll(/\d{5}\.[A-Za-z0-9_-]{43}/g)) found.add(token);
      // Or two bytes a letter.
      for (const [token] of text.matchAll(/(?:\d\0){5}\.\0(?:[A-Za-z0-9_-]\0){43}/g)) found.add(token.replaceAll('\0', ''));
    }
  }
  return [...found];
}

/** The texts that stand anywhere in the files below this folder. */
export function textsIn(folder: string, texts: readonly string[], isSearched: (path: string) => boolean): string[] {
  const contents = filesBelow(folder).filter(isSearched).map((path) => readFileSync(path, 'utf8'));
  return texts.filter((text) => contents.some((content) => content.includes(text)));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return [];
    return stat.isDirectory() ? filesBelow(path) : stat.isFile() ? [path] : [];
  });
}

function encodings(text: string): Buffer[] {
  return [...new Set([text, text.normalize('NFC'), text.normalize('NFD')])].flatMap((form) => {
    const isLatin1 = [...form].every((character) => character.codePointAt(0)! < 256);
    const utf16 = Buffer.from(form, 'utf16le');
    return [Buffer.from(form, 'utf8'), utf16, Buffer.from(utf16).swap16(), ...(isLatin1 ? [Buffer.from(form, 'latin1')] : [])];
  });
}

function layersOf(file: string): Layer[] {
  const raw = readFileSync(file);
  const layers: Layer[] = [{ name: 'raw', bytes: raw }];
  if (file.endsWith('.ldb') || file.endsWith('.sst')) layers.push(...tableBlocks(raw).map((bytes) => ({ name: 'table block', bytes })));
  if (file.endsWith('.log')) layers.push({ name: 'log records', bytes: logRecords(raw) });
  layers.push(...gunzipped(raw).map((bytes) => ({ name: 'gunzipped', bytes })));
  // Only the storage of pages can hold what a page deflated; the browser's own caches would cost minutes.
  if (!/IndexedDB|Service Worker|Local Storage|Session Storage|File System/.test(file)) return layers;
  const wrapped = layers.flatMap((layer) => wrappedValues(layer.bytes).map((bytes) => ({ name: `${layer.name}, value unwrapped`, bytes })));
  const stored = [...layers, ...wrapped];
  return [...stored, ...stored.flatMap((layer) => inflated(layer.bytes).map((bytes) => ({ name: `${layer.name}, inflated`, bytes })))];
}

/** LevelDB log: 32 KiB blocks of records `crc(4) length(2) type(1)`; the headers would cut a value in two. */
function logRecords(raw: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let block = 0; block < raw.length; block += 32_768) {
    let at = block;
    const end = Math.min(block + 32_768, raw.length);
    while (at + 7 <= end) {
      const length = raw.readUInt16LE(at + 4);
      if (length === 0 && raw[at + 6] === 0) break;
      parts.push(raw.subarray(at + 7, Math.min(at + 7 + length, end)));
      at += 7 + length;
    }
  }
  return Buffer.concat(parts);
}

function varint(bytes: Buffer, at: number): [value: number, next: number] {
  let value = 0;
  let factor = 1;
  for (let i = at; i < bytes.length && i < at + 8; i++) {
    const byte = bytes[i]!;
    value += (byte & 127) * factor;
    factor *= 128;
    if (byte < 128) return [value, i + 1];
  }
  return [value, bytes.length];
}

function blockAt(raw: Buffer, offset: number, size: number): Buffer {
  const block = raw.subarray(offset, offset + size);
  return raw[offset + size] === 1 ? (unsnappied(block, varint(block, 0)[0]) ?? Buffer.alloc(4)) : block;
}

/** LevelDB table: the footer names the index block, whose values name the data blocks. */
function tableBlocks(raw: Buffer): Buffer[] {
  if (raw.length < 48) return [];
  const footer = raw.subarray(raw.length - 48);
  let at = 0;
  [, at] = varint(footer, at);
  [, at] = varint(footer, at);
  const [indexOffset, afterOffset] = varint(footer, at);
  const [indexSize] = varint(footer, afterOffset);
  const index = blockAt(raw, indexOffset, indexSize);
  const entriesEnd = index.length - 4 - 4 * index.readUInt32LE(index.length - 4);
  const blocks: Buffer[] = [];
  for (let i = 0; i < entriesEnd; ) {
    let keyLength: number;
    let valueLength: number;
    [, i] = varint(index, i);
    [keyLength, i] = varint(index, i);
    [valueLength, i] = varint(index, i);
    const [offset, afterBlockOffset] = varint(index, i + keyLength);
    const [size] = varint(index, afterBlockOffset);
    blocks.push(blockAt(raw, offset, size));
    i += keyLength + valueLength;
  }
  return blocks;
}

/** Blink compresses large IndexedDB values: `FF <version> FF 11 02` or `FF 11 02`, then Snappy. */
function wrappedValues(bytes: Buffer): Buffer[] {
  const values: Buffer[] = [];
  for (let at = bytes.indexOf('ff1102', 0, 'hex'); at !== -1; at = bytes.indexOf('ff1102', at + 1, 'hex')) {
    const [length] = varint(bytes, at + 3);
    const value = unsnappied(bytes.subarray(at + 3), length);
    if (value !== undefined) values.push(value);
  }
  return values;
}

/**
 * Snappy tells the plain length first, but not where the compressed bytes end: decode until the plain length is reached
 * (the libraries want the exact end, which a value inside a page of IndexedDB does not give).
 */
function unsnappied(bytes: Buffer, plainLength: number): Buffer | undefined {
  if (plainLength === 0 || plainLength > 64 * 1024 * 1024) return undefined;
  const plain = Buffer.alloc(plainLength);
  let [, at] = varint(bytes, 0);
  let written = 0;
  while (written < plainLength && at < bytes.length) {
    const tag = bytes[at++]!;
    let length: number;
    if ((tag & 3) === 0) {
      length = (tag >> 2) + 1;
      if (length > 60) {
        const extra = length - 60;
        if (at + extra > bytes.length) return undefined;
        length = bytes.readUIntLE(at, extra) + 1;
        at += extra;
      }
      bytes.copy(plain, written, at, at + length);
      at += length;
    } else {
      let offset: number;
      if (at + (tag & 3) > bytes.length) return undefined;
      if ((tag & 3) === 1) {
        length = ((tag >> 2) & 7) + 4;
        offset = ((tag >> 5) << 8) | bytes[at]!;
        at += 1;
      } else {
        length = (tag >> 2) + 1;
        offset = (tag & 3) === 2 ? bytes.readUInt16LE(at) : bytes.readUInt32LE(at);
        at += (tag & 3) === 2 ? 2 : 4;
      }
      if (offset === 0 || offset > written) return undefined;
      for (let i = 0; i < length && written + i < plainLength; i++) plain[written + i] = plain[written + i - offset]!;
    }
    written += length;
  }
  return written >= plainLength ? plain : undefined;
}

/** What an endpoint sent gzipped is kept so in the browser's cache: ten bytes of header without options, then a deflated stream. */
function gunzipped(bytes: Buffer): Buffer[] {
  const streams: Buffer[] = [];
  for (let at = bytes.indexOf('1f8b0800', 0, 'hex'); at !== -1; at = bytes.indexOf('1f8b0800', at + 1, 'hex')) {
    const stream = inflate(bytes.subarray(at + 10));
    if (stream !== undefined) streams.push(stream);
  }
  return streams;
}

/** V8 writes an ArrayBuffer as `B`, its length as a varint, its bytes: each that inflates is opened. */
function inflated(bytes: Buffer): Buffer[] {
  const streams: Buffer[] = [];
  for (let at = bytes.indexOf(0x42); at !== -1; at = bytes.indexOf(0x42, at + 1)) {
    const [length, start] = varint(bytes, at + 1);
    if (length < 8 || length > 16 * 1024 * 1024 || start + length > bytes.length) continue;
    const stream = inflate(bytes.subarray(start, start + length));
    if (stream !== undefined) streams.push(stream);
  }
  return streams;
}

function inflate(bytes: Buffer): Buffer | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: 64 * 1024 * 1024 });
  } catch {
    return undefined;
  }
}
