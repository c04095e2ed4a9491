import { afterEach, expect, test, vi } from 'vitest';
import { makePicture } from './make-picture.ts';

afterEach(() => vi.unstubAllGlobals());

/** A canvas that paints nothing and writes what it is asked for. */
class StandInCanvas {
  readonly width: number;
  readonly height: number;
  constructor(width: number, height: number) {
    [this.width, this.height] = [width, height];
  }
  getContext() {
    return { fillRect: () => undefined, drawImage: () => undefined };
  }
  async convertToBlob({ type }: { readonly type: string }) {
    return new Blob(['drawn'], { type });
  }
}

/** As the browsers from Chrome 100 on do it: of what a picture may be asked for, `from-image` is a word they do not know. */
async function openAsOldBrowsers(_file: Blob, options?: { readonly imageOrientation?: string }) {
  if (options?.imageOrientation !== undefined && !['none', 'flipY'].includes(options.imageOrientation)) {
    throw new TypeError(`The provided value '${options.imageOrientation}' is not a valid enum value of type ImageOrientation.`);
  }
  return { width: 4000, height: 3000, close: () => undefined };
}

test('a photo is made in a browser of the oldest kind', async () => {
  vi.stubGlobal('OffscreenCanvas', StandInCanvas);
  vi.stubGlobal('createImageBitmap', openAsOldBrowsers);
  const made = await makePicture(new Blob(['a photo as it was taken'], { type: 'image/jpeg' }));
  expect(made).toMatchObject({ ok: true, value: { type: 'image/webp', width: 1280, height: 960, thumbnail: btoa('drawn') } });
});
