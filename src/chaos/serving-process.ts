/** A real endpoint process on a port and a folder of its own, to be killed and started again. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { fillDemo } from '#server/demo.ts';
import { demoMembers, ngocSon, quangHan } from '#server/demo/places.ts';
import { openEndpoint } from '#server/open-endpoint.ts';
import { sleep } from './chance.ts';

export interface ServingProcess {
  readonly url: string;
  /** Of its database and lists. */
  readonly folder: string;
  /** Without waiting for it to answer. */
  begin(): void;
  /** Resolves when it answers. Throws, with what it printed last, when it ended or does not answer. */
  answers(): Promise<void>;
  /** SIGKILL: nothing is flushed, nothing is closed. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Requests it failed at by itself (5xx), and entries it could not judge. */
  faults(): readonly string[];
  /** Kills it and removes its folder. */
  dispose(): Promise<void>;
}

const mainFile = fileURLToPath(new URL('../server/main.ts', import.meta.url));
const answersWithinMs = 60_000;

/** `appFolder`: the built app it serves; undefined: the one built here, if there is one. */
export async function createServingProcess({ appFolder }: { readonly appFolder?: string } = {}): Promise<ServingProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'gan-dan-chaos-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const faults: string[] = [];
  let child: ChildProcess | undefined;
  let printed = '';
  // A run that is stopped leaves nothing behind.
  process.once('exit', () => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  function listen(chunk: Buffer): void {
    const text = chunk.toString();
    printed = (printed + text).slice(-4_000);
    faults.push(...text.split('\n').filter((line) => / (error|fault|alarm) /u.test(line)));
  }

  async function kill(): Promise<void> {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => {
      running.once('exit', resolve);
    });
    running.kill('SIGKILL');
    await ended;
  }

  return {
    url,
    folder,
    begin() {
      child = spawn(process.execPath, [mainFile], {
        env: { ...process.env, PORT: String(port), HOST: 'localhost', VAR_DIR: folder, PUBLIC_URL: url, ...(appFolder === undefined ? {} : { APP_DIR: appFolder }) },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', listen);
    },
    async answers() {
      const giveUpAt = Date.now() + answersWithinMs;
      for (;;) {
        if (child === undefined || child.exitCode !== null) throw new Error(`the endpoint ended by itself:\n${printed}`);
        const answer = await fetch(`${url}/health`).catch(() => undefined);
        if (answer?.ok === true) return;
        if (Date.now() > giveUpAt) throw new Error(`the endpoint does not answer:\n${printed}`);
        await sleep(20);
      }
    },
    kill,
    faults: () => faults,
    async dispose() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whom the demo's commune has at work: a hamlet's team, the next hamlet, the commune's bloc. */
const crew = [
  { name: 'Hoàng Thị Én (mẫu)', memberId: demoMembers.member.memberId, assignment: demoMembers.member.assignment },
  { name: 'Lục Văn Thắng (mẫu)', memberId: demoMembers.lead.memberId, assignment: demoMembers.lead.assignment },
  { name: 'Nông Thị Xuân (mẫu)', memberId: undefined, assignment: { role: 'team_member', hamletId: ngocSon } },
  { name: 'Bế Văn Cường (mẫu)', memberId: undefined, assignment: { role: 'team_member', hamletId: '01456-002' } },
  { name: 'Đàm Thị Hoa (mẫu)', memberId: demoMembers.bloc.memberId, assignment: demoMembers.bloc.assignment },
] as const;

export interface Invited {
  readonly name: string;
  readonly invitation: string;
}

/** Fills the folder with the demo's commune before any process runs there; one invitation for each of the crew. */
export async function foundCommune(folder: string): Promise<readonly Invited[]> {
  const opened = await openEndpoint({ varDir: folder });
  try {
    await fillDemo(opened.endpoint, opened);
    const invited: Invited[] = [];
    for (const { name, memberId, assignment } of crew) {
      const { invitation } = await opened.endpoint.createInvitation({ communeCode: quangHan, name, assignments: [assignment], memberId });
      invited.push({ name, invitation });
    }
    return invited;
  } finally {
    await opened.close();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
