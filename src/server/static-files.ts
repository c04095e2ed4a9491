/** The app's own files: the shell for every page a person can open, hashed files kept for ever, the rest asked for again. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Hono } from 'hono';

/** Vite puts a hash into the names of what it writes here. */
const hashedFolder = '/assets/';
const year = 'public, max-age=31536000, immutable';

/** `folder`: the built app. A path that looks like a file and is none is 404, never the shell: a script that is HTML breaks an update. */
export function serveApp(app: Hono, folder: string): void {
  if (!existsSync(join(folder, 'index.html'))) {
    app.get('*', (c) => c.json({ error: 'app_not_built' }, 404));
    return;
  }
  app.use('*', async (c, next) => {
    await next();
    c.header('cache-control', c.req.path.startsWith(hashedFolder) && c.res.ok ? year : 'no-cache');
  });
  app.use('*', serveStatic({ root: folder }));
  const shell = serveStatic({ root: folder, path: 'index.html' });
  app.get('*', (c, next) => (isPage(c) ? shell(c, next) : next()));
}

function isPage(c: Context): boolean {
  const parts = c.req.path.split('/');
  const looksLikeFile = parts.at(-1)?.includes('.') === true || parts.some((part) => part.startsWith('.'));
  return !looksLikeFile && (c.req.header('accept') ?? '').includes('text/html');
}
