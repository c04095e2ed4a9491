/** A real endpoint process on a port and a folder of its own, as `npm start -- --demo` runs it. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

export interface EndpointProcess {
  readonly url: string;
  readonly folder: string;
  /** Invitation links in the order the demo prints them: member, team lead, bloc officer, responder, administrator, data-protection officer. */
  readonly links: readonly string[];
  /** SIGKILL: nothing is flushed, nothing is closed. */
  kill(): Promise<void>;
  /** Starts again on the same port and folder after `kill`. */
  restart(): Promise<void>;
  /** Kills it if it runs and removes the folder. */
  dispose(): Promise<void>;
  /** Runs one administration command beside it; what it prints. Throws when the command fails. */
  administer(...words: readonly string[]): Promise<string>;
  /** Everything it has printed so far. */
  output(): string;
}

interface StartOptions {
  /** Another built app than the one in dist/. */
  readonly appFolder?: string;
  /** A file that is loaded before it. */
  readonly imports?: string;
  /** An instant that its clock, and that of its administration commands, shows at their start. */
  readonly startsAt?: string;
}

export async function startEndpoint({ appFolder, imports, startsAt }: StartOptions = {}): Promise<EndpointProcess> {
  const loaded = [...(imports === undefined ? [] : [imports]), ...(startsAt === undefined ? [] : ['./e2e/control/moved-clock.ts'])].flatMap((file) => ['--import', file]);
  const moved = startsAt === undefined ? {} : { CLOCK_STARTS_AT: startsAt };
  const folder = mkdtempSync(join(tmpdir(), 'gan-dan-e2e-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let printed = '';
  let child: ChildProcess | undefined;

  const start = async () => {
    const started = spawn(process.execPath, [...loaded, 'src/server/main.ts', '--demo'], {
      env: { ...process.env, ...moved, PORT: String(port), HOST: 'localhost', VAR_DIR: folder, PUBLIC_URL: url, ...(appFolder === undefined ? {} : { APP_DIR: appFolder }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    // A test that runs out of time never reaches its own end: no endpoint stays behind.
    process.once('exit', () => started.kill('SIGKILL'));
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    for (let tries = 0; tries < 300; tries++) {
      if (started.exitCode !== null) throw new Error(`the endpoint stopped with ${started.exitCode}:\n${printed}`);
      const answer = await fetch(`${url}/health`).catch(() => undefined);
      if (answer?.ok === true) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the endpoint did not answer within 30 s:\n${printed}`);
  };
  const kill = async () => {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    url,
    folder,
    links: [...printed.matchAll(/https?:\/\/\S+\/moi#\S+/g)].map(([link]) => link),
    kill,
    restart: start,
    dispose: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
    administer: async (...words) => {
      const { stdout } = await execFileAsync(process.execPath, [...(startsAt === undefined ? [] : loaded), 'src/server/administration/main.ts', ...words], {
        env: { ...process.env, ...moved, VAR_DIR: folder, PUBLIC_URL: url },
      });
      return stdout;
    },
    output: () => printed,
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
