/** Type-checks every part with the tsconfig of its own: `node tools/types.ts`. */
import { globSync } from 'node:fs';
import { runCommand, TOP } from './run-command.ts';

const configs = ['tsconfig.json', ...globSync('src/*/tsconfig*.json', { cwd: TOP }).toSorted()];
for (const config of configs) {
  const { exitCode, output } = await runCommand('tsc', ['-p', config]);
  console.log(`${exitCode === 0 ? 'ok  ' : 'FAIL'} ${config}`);
  if (exitCode !== 0) {
    console.log(output);
    process.exitCode = 1;
  }
}
