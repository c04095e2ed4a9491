/** How large a photo becomes, and what its file's first bytes tell before anything of it is unpacked: a phone of 2 GB opens one picture at a time, and none that is too large. */
import { attachmentLimits } from '#domain/attachment.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels that a small phone can still unpack (four bytes each). */
export const mostPixels = 40_000_000;
/** Of the small picture that is kept in the record; bytes, as base64 makes four of three. */
export const thumbnailLimits = { side: 160, bytes: Math.floor((attachmentLimits.thumbnail * 3) / 4) } as const;

/** The same shape with no side above `side`; never larger than it was. */
export function fitInside({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** From the best to what always fits: first less quality, then fewer pixels. */
export const pictureSteps: readonly { readonly side: number; readonly quality: number }[] = [
  ...[0.82, 0.72, 0.6, 0.48].map((quality) => ({ side: attachmentLimits.side, quality })),
  ...[0.6, 0.45].map((quality) => ({ side: 960, quality })),
  ...[0.5, 0.35, 0.2].map((quality) => ({ side: 640, quality })),
];
export const thumbnailSteps: readonly { readonly side: number; readonly quality: number }[] = [
  ...[0.6, 0.45, 0.3].map((quality) => ({ side: thumbnailLimits.side, quality })),
  { side: 96, quality: 0.4 },
  { side: 64, quality: 0.3 },
];

/** The first of the steps that fits; undefined: none does. */
export async function firstThatFits<B extends { readonly size: number }>(
  steps: readonly { readonly side: number; readonly quality: number }[],
  encode: (side: number, quality: number) => Promise<B>,
  mostBytes: number,
): Promise<B | undefined> {
  for (const { side, quality } of steps) {
    const made = await encode(side, quality);
    if (made.size <= mostBytes) return made;
  }
  return undefined;
}

export type FileKind = 'jpeg' | 'png' | 'webp' | 'heic' | 'other';

/** By its first bytes, whatever its name says. */
export function fileKindOf(bytes: Uint8Array): FileKind {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpeg';
  if (textAt(bytes, 1, 3) === 'PNG') return 'png';
  if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP') return 'webp';
  return textAt(bytes, 4, 4) === 'ftyp' && /^(heic|heix|hevc|mif1|msf1|avif)/.test(textAt(bytes, 8, 4)) ? 'heic' : 'other';
}

/** What the file says of its size, before it is unpacked; undefined: not in these bytes. Sources: ITU T.81 (JPEG), W3C PNG, RFC 9649 (WebP). */
export function claimedSize(bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (fileKindOf(bytes)) {
    case 'jpeg':
      return jpegSize(bytes, view);
    case 'png':
      return bytes.length < 24 ? undefined : { width: view.getUint32(16), height: view.getUint32(20) };
    case 'webp':
      return textAt(bytes, 12, 4) === 'VP8X' && bytes.length >= 30 ? { width: 1 + read24(bytes, 24), height: 1 + read24(bytes, 27) } : undefined;
    default:
      return undefined;
  }
}

function jpegSize(bytes: Uint8Array, view: DataView): Size | undefined {
  for (let at = 2; at + 9 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    // Start of frame; three of the sixteen are tables.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function read24(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
