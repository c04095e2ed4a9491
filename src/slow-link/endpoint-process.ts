/** A real endpoint in a process of its own, with the demo commune. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillDemo } from '#server/demo.ts';
import { openEndpoint } from '#server/open-endpoint.ts';

export interface EndpointProcess {
  readonly port: number;
  readonly invitation: string;
  /** How many visits its database holds. */
  countVisits(): Promise<number>;
  stop(): Promise<void>;
}

const main = fileURLToPath(new URL('../server/main.ts', import.meta.url));

export async function startEndpoint(communeCode: string, memberName: string): Promise<EndpointProcess> {
  const varDir = mkdtempSync(join(tmpdir(), 'slow-link-'));
  const opened = await openEndpoint({ varDir });
  await fillDemo(opened.endpoint, opened);
  const member = (await opened.endpoint.records(communeCode, 'member')).find(({ fields }) => fields.name === memberName);
  if (member === undefined) throw new Error(`the demo has no ${memberName}`);
  const { invitation } = await opened.endpoint.createInvitation({ communeCode, name: memberName, assignments: [], memberId: member.recordId });

  const child = spawn(process.execPath, [main], {
    env: { ...process.env, VAR_DIR: varDir, PORT: '0', HOST: '127.0.0.1', PUBLIC_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const found = /^Gần Dân: \S+:(\d+)$/mu.exec(said)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    child.once('exit', (code) => reject(new Error(`the endpoint ended with ${code}: ${said}`)));
  });
  return {
    port,
    invitation,
    countVisits: async () => (await opened.endpoint.records(communeCode, 'visit')).length,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await opened.close();
      rmSync(varDir, { recursive: true, force: true });
    },
  };
}
