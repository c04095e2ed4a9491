/** A photo as it was taken becomes the picture that is kept: small, turned the right way up, and drawn anew, so that nothing of the file but its pixels is left (no EXIF, no place). */
import { attachmentLimits, attachmentTypes } from '#domain/attachment.ts';
import type { AttachmentType } from '#domain/attachment.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { claimedSize, fileKindOf, firstThatFits, fitInside, mostPixels, pictureSteps, thumbnailLimits, thumbnailSteps } from './picture-plan.ts';
import type { Size } from './picture-plan.ts';

export interface MadePicture extends Size {
  readonly bytes: Uint8Array;
  readonly type: AttachmentType;
  /** Base64. */
  readonly thumbnail: string;
}

/** `heic`: a kind that this phone's browser cannot open. `too_many_pixels`: it may, and the phone may die of it. */
export type PictureProblem = 'empty' | 'not_a_picture' | 'heic' | 'too_many_pixels' | 'no_memory';

/** A JPEG says its size behind its EXIF, which may hold a small picture of its own. */
const lookedAtBytes = 512 * 1024;

/** The file is only read; it stays where it is. One at a time: the caller waits for it. */
export async function makePicture(file: Blob): Promise<Result<MadePicture, PictureProblem>> {
  if (file.size === 0) return err('empty');
  let head: Uint8Array;
  try {
    head = new Uint8Array(await file.slice(0, lookedAtBytes).arrayBuffer());
  } catch {
    return err('not_a_picture');
  }
  const claimed = claimedSize(head);
  if (claimed !== undefined && claimed.width * claimed.height > mostPixels) return err('too_many_pixels');
  let bitmap: ImageBitmap;
  try {
    // Turned as its EXIF says without being asked to; browsers before Chrome 112 refuse to be asked.
    bitmap = await createImageBitmap(file);
  } catch {
    return err(fileKindOf(head) === 'heic' ? 'heic' : 'not_a_picture');
  }
  try {
    return await makeFrom(bitmap);
  } catch {
    return err('no_memory');
  } finally {
    bitmap.close();
  }
}

async function makeFrom(bitmap: ImageBitmap): Promise<Result<MadePicture, PictureProblem>> {
  const encode = async (side: number, quality: number) => await drawn(bitmap, side, quality);
  const picture = await firstThatFits(pictureSteps, encode, attachmentLimits.bytes);
  const small = await firstThatFits(thumbnailSteps, encode, thumbnailLimits.bytes);
  const type = attachmentTypes.find((one) => one === picture?.blob.type);
  if (picture === undefined || small === undefined || type === undefined) return err('no_memory');
  const bytes = new Uint8Array(await picture.blob.arrayBuffer());
  const { width, height } = picture;
  return ok({ bytes, type, width, height, thumbnail: toBase64(new Uint8Array(await small.blob.arrayBuffer())) });
}

async function drawn(bitmap: ImageBitmap, side: number, quality: number): Promise<Size & { readonly size: number; readonly blob: Blob }> {
  const { width, height } = fitInside(bitmap, side);
  const canvas = canvasOf(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('no canvas');
  // What was see-through becomes paper.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  try {
    const webp = await encoded(canvas, 'image/webp', quality);
    // A browser that cannot write WebP writes PNG instead.
    const blob = webp.type === 'image/webp' ? webp : await encoded(canvas, 'image/jpeg', quality);
    return { width, height, size: blob.size, blob };
  } finally {
    // Its memory is given back at once.
    canvas.width = 0;
    canvas.height = 0;
  }
}

function canvasOf(width: number, height: number): OffscreenCanvas | HTMLCanvasElement {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

async function encoded(canvas: OffscreenCanvas | HTMLCanvasElement, type: AttachmentType, quality: number): Promise<Blob> {
  if ('convertToBlob' in canvas) return await canvas.convertToBlob({ type, quality });
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), type, quality);
  });
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
