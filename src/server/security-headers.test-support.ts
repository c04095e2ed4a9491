/** What every answer carries, whoever asks (docs/asvs.md, V3.4). */
import { expect } from 'vitest';

/** `kind`: what a route says is stored nowhere; a file of the app may be kept. */
export function expectHeaders(headers: Headers, kind: 'api' | 'file', what: string): void {
  const policy = new Map((headers.get('content-security-policy') ?? '').split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]));
  expect(Object.fromEntries(policy), what).toEqual({
    'default-src': "'none'",
    'object-src': "'none'",
    'script-src': "'self' 'wasm-unsafe-eval'",
    'style-src': "'self'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'manifest-src': "'self'",
    'worker-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': 'gan-dan',
  });
  expect(headers.get('strict-transport-security'), what).toMatch(/^max-age=\d{8}; includeSubDomains$/);
  expect(headers.get('x-content-type-options'), what).toBe('nosniff');
  expect(headers.get('x-frame-options'), what).toBe('DENY');
  expect(headers.get('referrer-policy'), what).toBe('no-referrer');
  expect(headers.get('cross-origin-opener-policy'), what).toBe('same-origin');
  expect(headers.get('cross-origin-resource-policy'), what).toBe('same-origin');
  if (kind === 'api') expect(headers.get('cache-control'), what).toBe('no-store');
  // No cookie, no word of what runs here, and no other origin is let in.
  const unwanted = [...headers.keys()].filter((name) => /^(set-cookie|server|x-powered-by|via|access-control-.*)$/.test(name));
  expect(unwanted, what).toEqual([]);
}
