/**
 * Sends one sealed picture by tus (tus.io), going on from wherever the endpoint has it. The upload's address follows from the record's id, so nothing is remembered
 * between two tries: no URL in any storage.
 */
import type { DetailedError, HttpRequest } from 'tus-js-client';
import { uploadIdOf, uploadPath, uploadRefusals } from '#sync/picture-calls.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';

export type SendPictureError =
  /** No connection, or it brought nothing for a while. */
  | { readonly code: 'unreachable' }
  /** 429 and 503: not now, whichever picture it is. */
  | { readonly code: 'busy'; readonly retryAfterMs?: number | undefined }
  /** Any other no: it may be about this picture alone, and nobody can say whether it passes. */
  | { readonly code: 'refused'; readonly retryAfterMs?: number | undefined }
  /** The session has ended: another call opens the next. */
  | { readonly code: 'no_session' }
  /** It is there already, or nobody waits for it any more: `/attachment/state` tells which. */
  | { readonly code: 'not_wanted' }
  /** What came there was not what was sent: thrown away, it begins again. */
  | { readonly code: 'damaged' }
  /** It opens as no picture there, and never will. */
  | { readonly code: 'unreadable' }
  | { readonly code: 'stopped' };

/** One part: 5 seconds at 50 kbit/s. What a proxy holds back until a request is whole is lost with the line; more is not. */
const partBytes = 32 * 1024;
/** After so long without a byte or an answer the line counts as gone. */
const stalledMs = 60_000;
/** Between two tries without any progress; further ones are for whoever called. */
const retryDelaysMs = [500, 2_000, 5_000];

export interface SendPicture {
  /** Of the endpoint, e.g. `https://gan-dan.example`. */
  readonly origin: string;
  readonly communeCode: string;
  readonly pictureId: string;
  readonly box: Uint8Array;
  readonly sessionToken: string;
  readonly onProgress?: ((sentBytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Resolves to a yes when all bytes are there and were taken; that it has arrived is said by `/attachment/state`. Never throws for what a network does. */
export async function sendPicture({ origin, communeCode, pictureId, box, sessionToken, onProgress, signal }: SendPicture): Promise<Result<undefined, SendPictureError>> {
  // Rarely needed: fetched with the first photo.
  const { Upload } = await import('tus-js-client');
  const url = new URL(`${uploadPath}/${uploadIdOf(communeCode, pictureId)}`, origin).href;
  return await new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (came: Result<undefined, SendPictureError>) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      resolve(came);
    };
    const give = (code: 'stopped' | 'unreachable' | 'refused') => {
      // What reached the endpoint stays there.
      void upload.abort().catch(() => undefined);
      end(err({ code }));
    };
    const stop = () => give('stopped');
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => give('unreachable'), stalledMs);
    };
    const upload = new Upload(fileOf(box), {
      endpoint: url,
      uploadUrl: url,
      chunkSize: partBytes,
      retryDelays: retryDelaysMs,
      headers: { authorization: `Bearer ${sessionToken}` },
      storeFingerprintForResuming: false,
      fingerprint: () => Promise.resolve(url),
      urlStorage: rememberNothing,
      onBeforeRequest: (request: HttpRequest) => {
        heard();
        leaveOutCookies(request);
      },
      onAfterResponse: heard,
      onProgress: (sent) => {
        heard();
        onProgress?.(sent);
      },
      // The library would send the same part for ever.
      onChunkComplete: (takenBytes) => (takenBytes > 0 ? undefined : give('refused')),
      onSuccess: () => end(ok(undefined)),
      onError: (reason) => end(err(errorOf(reason))),
    });
    if (signal?.aborted === true) {
      end(err({ code: 'stopped' }));
      return;
    }
    signal?.addEventListener('abort', stop);
    heard();
    upload.start();
  });
}

/** What each of the library's two readers takes: a browser's, and Node's (for tests). */
function fileOf(box: Uint8Array): Blob {
  const bytes = new Uint8Array(box);
  return typeof XMLHttpRequest === 'undefined' && 'Buffer' in globalThis ? (nodeBuffer().from(bytes)) : new Blob([bytes]);
}

function nodeBuffer(): { from(bytes: Uint8Array): Blob } {
  return (globalThis as unknown as { Buffer: { from(bytes: Uint8Array): Blob } }).Buffer;
}

function leaveOutCookies(request: HttpRequest): void {
  const underlying: unknown = request.getUnderlyingObject();
  if (typeof XMLHttpRequest !== 'undefined' && underlying instanceof XMLHttpRequest) underlying.withCredentials = false;
}

const rememberNothing = {
  findAllUploads: () => Promise.resolve([]),
  findUploadsByFingerprint: () => Promise.resolve([]),
  removeUpload: () => Promise.resolve(),
  addUpload: () => Promise.resolve(''),
};

function errorOf(reason: Error | DetailedError): SendPictureError {
  const response = 'originalResponse' in reason ? reason.originalResponse : null;
  const status = response?.getStatus() ?? 0;
  if (status === 401) return { code: 'no_session' };
  if (status === 404 || status === 410) return { code: 'not_wanted' };
  if (status === uploadRefusals.damaged) return { code: 'damaged' };
  if (status === uploadRefusals.unreadable) return { code: 'unreadable' };
  if (status >= 400) {
    const seconds = Number(response?.getHeader('retry-after') ?? Number.NaN);
    return { code: status === 429 || status === 503 ? 'busy' : 'refused', retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : undefined };
  }
  return { code: 'unreachable' };
}
