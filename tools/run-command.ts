import { spawn } from 'node:child_process';
import path from 'node:path';

export const TOP = path.join(import.meta.dirname, '..');

export interface CommandOutcome {
  /** 0 is success; 1 also stands for "could not be started" and "ended by a signal". */
  readonly exitCode: number;
  /** stdout and stderr in the order they came; empty when `show` sent them straight to the terminal. */
  readonly output: string;
}

/**
 * Runs one command at the top of the repository, with the project's own programs (its node too) first on PATH,
 * so that it works the same under npm, by hand, and where the machine's own node is older.
 */
export function runCommand(command: string, args: readonly string[], { show = false }: { show?: boolean } = {}): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    const chunks: string[] = [];
    const child = spawn(command, args, {
      cwd: TOP,
      env: { ...process.env, PATH: `${path.join(TOP, 'node_modules/.bin')}${path.delimiter}${process.env['PATH'] ?? ''}` },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
    }
    child.on('error', (error) => resolve({ exitCode: 1, output: `${chunks.join('')}${command}: ${error.message}\n` }));
    child.on('close', (exitCode) => resolve({ exitCode: exitCode ?? 1, output: chunks.join('') }));
  });
}
