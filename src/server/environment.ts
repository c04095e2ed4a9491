/** The endpoint's settings, from the environment. A bad one stops the start with a list of all that is wrong. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { communeCodeSchema, provinceAreaId } from '#domain/identifiers.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';

export interface Environment {
  readonly port: number;
  readonly host: string;
  /** Where the database lies, and the lists and `last-told` that are kept outside of it. */
  readonly varDir: string;
  /** The built app that is served; undefined: the one built here. */
  readonly appDir: string | undefined;
  /** What links begin with; no slash at the end. */
  readonly publicUrl: string;
  /** Believe `X-Forwarded-For` of the proxy in front. */
  readonly trustProxy: boolean;
  /** The commune (or province's own code) of the first administrator. */
  readonly firstCommune: string;
}

const environmentSchema = z.object({
  PORT: z.string().check(z.regex(/^\d{1,5}$/), z.refine((text) => Number(text) <= 65_535)),
  HOST: z.string().check(z.regex(/^[A-Za-z0-9.:-]+$/)),
  VAR_DIR: z.string().check(z.minLength(1)),
  APP_DIR: z.optional(z.string().check(z.refine(isBuiltApp))),
  PUBLIC_URL: z.optional(z.string().check(z.refine(isOrigin))),
  TRUST_PROXY: z.enum(['0', '1', 'true', 'false']),
  FIRST_COMMUNE: communeCodeSchema,
});

/** Loopback unless told otherwise: what is open to a network is opened knowingly. The first commune: the province Cao Bằng's own code. */
const defaults = { PORT: '8787', HOST: '127.0.0.1', VAR_DIR: 'var', TRUST_PROXY: '0', FIRST_COMMUNE: provinceAreaId('04') };

const expected: Record<keyof z.infer<typeof environmentSchema>, string> = {
  PORT: 'a port, 0 to 65535',
  HOST: 'an address to listen on, such as 127.0.0.1',
  VAR_DIR: 'a folder',
  APP_DIR: 'a folder with the built app, its index.html in it',
  PUBLIC_URL: 'an address such as https://gan-dan.example, without a path',
  TRUST_PROXY: '0 or 1',
  FIRST_COMMUNE: 'five digits',
};

/** The error: one line for each setting that is wrong. An empty setting counts as absent. */
export function readEnvironment(source: Readonly<Record<string, string | undefined>>): Result<Environment, readonly string[]> {
  const given = Object.fromEntries(Object.keys(expected).flatMap((name) => (source[name] ? [[name, source[name]]] : [])));
  const parsed = environmentSchema.safeParse({ ...defaults, ...given });
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map((issue) => String(issue.path[0]) as keyof typeof expected));
    return err([...names].map((name) => `${name}=${source[name] ?? ''}: expected ${expected[name]}`));
  }
  const { PORT, HOST, VAR_DIR, APP_DIR, PUBLIC_URL, TRUST_PROXY, FIRST_COMMUNE } = parsed.data;
  return ok({
    port: Number(PORT),
    host: HOST,
    varDir: VAR_DIR,
    appDir: APP_DIR,
    publicUrl: (PUBLIC_URL ?? `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`).replace(/\/$/, ''),
    trustProxy: TRUST_PROXY === '1' || TRUST_PROXY === 'true',
    firstCommune: FIRST_COMMUNE,
  });
}

function isBuiltApp(folder: string): boolean {
  return existsSync(join(folder, 'index.html'));
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
}

/** The link behind which a phone enrols. What stands behind `#` never reaches a log. */
export function invitationLink(publicUrl: string, invitation: string): string {
  return `${publicUrl}/moi#${invitation}`;
}
