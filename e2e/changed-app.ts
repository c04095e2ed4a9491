/** The app with one change in it, as `tools/build-changed.ts` lists them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../tools/run-command.ts';

/** The folder it was built into; to be removed. */
export async function buildChangedApp(change: 'plain-boxes' | 'next-number' | 'forbidden-key'): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'gan-dan-changed-app-'));
  const { exitCode, output } = await runCommand('node', ['tools/build-changed.ts', change, folder]);
  if (exitCode === 0) return folder;
  rmSync(folder, { recursive: true, force: true });
  throw new Error(output);
}
