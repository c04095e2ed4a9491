/** How the app becomes dist/: one HTML page, hashed assets, a service worker that holds all of it. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { endpointRoutes } from './src/sync/endpoint-routes.ts';

const top = import.meta.dirname;
const target = ['chrome100', 'safari15.4'];

export default defineConfig({
  root: path.join(top, 'src/client'),
  publicDir: path.join(top, 'public'),
  cacheDir: path.join(top, 'node_modules/.vite'),
  plugins: [
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '.',
      filename: 'service-worker.ts',
      registerType: 'prompt',
      // Registered by app/update.tsx: nothing inline, the page's CSP allows no such script.
      injectRegister: false,
      // Written by hand: public/manifest.webmanifest.
      manifest: false,
      injectManifest: {
        target,
        globPatterns: ['**/*.{html,js,css,woff2,svg,png,webmanifest,wasm}'],
        rollupFormat: 'iife',
      },
    }),
  ],
  define: { 'import.meta.env.VITE_BUILD_ID': JSON.stringify(buildId()) },
  build: {
    outDir: path.join(top, 'dist'),
    emptyOutDir: true,
    target,
    cssTarget: target,
    // A font or picture inside a style sheet would be a data: address, which the CSP refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Whoever builds a schema imports this chunk first, and with it the setting that keeps zod from probing `new Function`.
            { name: 'zod', test: /node_modules\/zod\/|zod-without-eval/u, priority: 20 },
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|wouter|regexparam)\//u, priority: 10 },
          ],
        },
      },
    },
  },
  // The service worker knows it by this name.
  worker: { rolldownOptions: { output: { entryFileNames: 'assets/list-reading-[hash].js' } } },
  server: {
    port: 5173,
    proxy: Object.fromEntries(endpointRoutes.map((route) => [`/${route}`, `http://127.0.0.1:${process.env['PORT'] ?? '8787'}`])),
  },
});

/** The version and eight digits of a hash over the sources: the same sources carry the same name on every machine. */
function buildId(): string {
  const hash = createHash('sha256');
  const sources = globSync('src/{client,domain,lists,sync,tables}/**/*.{ts,tsx,css,html}', { cwd: top, exclude: ['**/*.test.{ts,tsx}'] });
  for (const source of sources.toSorted()) hash.update(`${source}\0`).update(readFileSync(path.join(top, source))).update('\0');
  const { version } = JSON.parse(readFileSync(path.join(top, 'package.json'), 'utf8')) as { version: string };
  return `${version}-${hash.digest('hex').slice(0, 8)}`;
}
