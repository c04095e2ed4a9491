/** What every answer says to the browser. No page of ours needs anything from anywhere else. */
import { secureHeaders } from 'hono/secure-headers';
import type { MiddlewareHandler } from 'hono';

/** `isHttps`: the public address is https, so that the browser may be told never to use anything else. */
export function securityHeaders(isHttps: boolean): MiddlewareHandler {
  const self = ["'self'"];
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      objectSrc: ["'none'"],
      // Argon2id is WebAssembly: the one exception.
      scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
      styleSrc: self,
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: self,
      connectSrc: self,
      manifestSrc: self,
      workerSrc: self,
      baseUri: ["'none'"],
      formAction: self,
      frameAncestors: ["'none'"],
      // Text never becomes markup or script by accident; the service worker's address is the one exception (app/update.tsx).
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ['gan-dan'],
    },
    strictTransportSecurity: isHttps ? 'max-age=31536000; includeSubDomains' : false,
    referrerPolicy: 'no-referrer',
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    xContentTypeOptions: true,
    xFrameOptions: 'DENY',
    permissionsPolicy: { geolocation: [], microphone: [], payment: [], usb: [] },
  });
}
