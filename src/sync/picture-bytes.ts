/** What a picture's own bytes say: its type, and whether they carry anything but the picture (EXIF, XMP: where and by which phone it was taken). */
import type { AttachmentType } from '#domain/attachment.ts';

/** By its first bytes, whatever it is called; undefined: neither of the two that are sent. */
export function pictureTypeOf(bytes: Uint8Array): AttachmentType | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (textAt(bytes, 0) === 'RIFF' && textAt(bytes, 8) === 'WEBP') return 'image/webp';
  return undefined;
}

/**
 * Are there parts that tell more than the picture shows? JPEG: application segments but those of its colours, and comments (ITU T.81, annex B). WebP: chunks named
 * EXIF or XMP (RFC 9649). What is cut or not of its type carries nothing that could be trusted: true as well.
 */
export function carriesMetadata(bytes: Uint8Array): boolean {
  const type = pictureTypeOf(bytes);
  if (type === 'image/jpeg') return jpegCarries(bytes);
  return type === 'image/webp' ? webpCarries(bytes) : true;
}

function jpegCarries(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return true;
    const marker = bytes[at + 1] ?? 0;
    // Start of scan: from here on it is the picture.
    if (marker === 0xda) return false;
    // JFIF, Adobe's colours, and the colour profile that a canvas writes.
    const isPlainApplication = marker === 0xe0 || marker === 0xee || (marker === 0xe2 && textAt(bytes, at + 4, 11) === 'ICC_PROFILE');
    if ((marker >= 0xe0 && marker <= 0xef && !isPlainApplication) || marker === 0xfe) return true;
    const length = view.getUint16(at + 2);
    if (length < 2) return true;
    at += 2 + length;
  }
  return true;
}

function webpCarries(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = textAt(bytes, at);
    if (name === 'EXIF' || name === 'XMP ') return true;
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length % 2);
    if (at > bytes.length + 1) return true;
  }
  return false;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function textAt(bytes: Uint8Array, at: number, length = 4): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
