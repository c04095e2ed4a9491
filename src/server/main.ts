/** Starts the endpoint: settings, database, keys, the first invitation or the demo, and the server until it is told to stop. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { serve } from '@hono/node-server';
import type { ServerType } from '@hono/node-server';
import { createApp } from './app.ts';
import { addressReader } from './client-address.ts';
import { startDailyRetention } from './daily-retention.ts';
import { fillDemo } from './demo.ts';
import { invitationLink, readEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import { openEndpoint } from './open-endpoint.ts';
import { createPictureUploads } from './picture-uploads.ts';
import type { OpenedEndpoint } from './open-endpoint.ts';

/** Where `npm run build` puts the app. */
const builtHere = fileURLToPath(new URL('../../dist', import.meta.url));
/** On a bad line an answer of a second's work takes ten to arrive, and the next request as long; Node's 5 seconds would hang up in between. */
const keepAliveMs = 75_000;
/** Open connections get so long to end before they are cut. */
const stopWithinMs = 5_000;

/** Uploads that nobody goes on with are looked for so often. */
const sweepUploadsEveryMs = 3_600_000;

const log = (line: string) => console.log(`${new Date().toISOString()} ${line}`);

function stopWith(lines: readonly string[]): never {
  for (const line of lines) console.error(line);
  process.exit(1);
}

function readArguments(): { readonly isDemo: boolean } {
  try {
    const { values } = parseArgs({ options: { demo: { type: 'boolean', default: false } } });
    return { isDemo: values.demo };
  } catch (reason) {
    return stopWith([reason instanceof Error ? reason.message : String(reason), 'Usage: npm start -- [--demo]']);
  }
}

async function printInvitations(opened: OpenedEndpoint, { publicUrl, firstCommune, varDir }: Environment, isDemo: boolean): Promise<void> {
  const { endpoint } = opened;
  if (isDemo) {
    const demo = await fillDemo(endpoint, opened);
    if (demo === 'not_empty') {
      console.log(
        `The database in ${varDir} holds records that are not the demo: it is left as it is, and nobody is invited.\n` +
          `To see the demo, give it a folder of its own: VAR_DIR=${varDir}-demo npm start -- --demo`,
      );
      return;
    }
    console.log(demo.filled ? 'The demo commune is ready. Each link works once:' : 'The demo commune as it was left. New links, each works once:');
    for (const { label, name, invitation } of demo.invitations) {
      console.log(`  ${label} · ${name}\n    ${invitation === undefined ? '(đã có hai máy)' : invitationLink(publicUrl, invitation)}`);
    }
    return;
  }
  if (await endpoint.hasDevices()) return;
  // The first link may have run out, or was lost unseen: nobody is there yet who could invite.
  const first = (await endpoint.records(firstCommune, 'member')).find(({ fields }) => fields.role === 'commune_admin');
  const { invitation } = await endpoint.createInvitation({
    communeCode: firstCommune, name: 'Quản trị', assignments: [{ role: 'commune_admin' }], memberId: first?.recordId,
  });
  if (first !== undefined) console.log('No phone is enrolled yet. A new link; an earlier one stays good until its 72 hours are over.');
  console.log(`The first administrator's invitation (one use, 72 hours):\n  ${invitationLink(publicUrl, invitation)}`);
}

function listen(server: ServerType, opened: OpenedEndpoint, { host, port }: Environment): void {
  server.once('error', (reason: NodeJS.ErrnoException) => {
    if (reason.code === 'EADDRINUSE') stopWith([`Port ${port} on ${host} is taken. Stop what uses it, or choose another: PORT=8788 npm start`]);
    stopWith([`The server cannot listen on ${host}:${port}: ${reason.code ?? reason.message}`]);
  });
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(0), stopWithinMs).unref();
    server.close(() => {
      void opened.close().finally(() => process.exit(0));
    });
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

// The database, its write-ahead log and the lists beside it are for the account alone that runs the endpoint, whatever else the machine is for.
process.umask(0o077);
const { isDemo } = readArguments();
const environment = readEnvironment(process.env);
if (!environment.ok) stopWith(['The environment is wrong:', ...environment.error.map((line) => `  ${line}`)]);
const settings = environment.value;
const opened = await openEndpoint({ varDir: settings.varDir, log }).catch((reason: unknown) =>
  stopWith([`The endpoint cannot start in ${settings.varDir}: ${reason instanceof Error ? reason.message : String(reason)}`]),
);
const uploads = createPictureUploads({ folder: join(settings.varDir, 'uploads'), pictures: opened.endpoint.pictures, clock: opened.clock });
const app = createApp({
  endpoint: opened.endpoint,
  clock: opened.clock,
  appFolder: settings.appDir ?? builtHere,
  isHttps: settings.publicUrl.startsWith('https:'),
  addressOf: addressReader(settings.trustProxy),
  log,
  uploads,
});
const serverOptions = { keepAliveTimeout: keepAliveMs };
const server = serve({ fetch: app.fetch, hostname: settings.host, port: settings.port, serverOptions }, (address) => {
  // Port 0: the system chose one.
  const publicUrl = settings.publicUrl.replace(/:0$/, `:${address.port}`);
  printInvitations(opened, { ...settings, publicUrl }, isDemo).then(
    () => console.log(`Gần Dân: ${publicUrl}`),
    (reason: unknown) => stopWith([`The invitations could not be made: ${reason instanceof Error ? reason.message : String(reason)}`]),
  );
});
startDailyRetention({
  endpoint: opened.endpoint,
  every: (ms, run) => {
    const timer = setInterval(run, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
  log,
});
const sweepUploads = () => void uploads.sweep().catch((reason: unknown) => log(`error uploads ${reason instanceof Error ? reason.name : 'unknown'}`));
sweepUploads();
setInterval(sweepUploads, sweepUploadsEveryMs).unref();
listen(server, opened, settings);
