/**
 * The one test command. `node tools/test.ts` runs every part in order, `node tools/test.ts types lint` those named.
 * A part that fails prints all it said and the run goes on. The last line is `N passed, N failed`, counting parts.
 */
import { runCommand } from './run-command.ts';

interface Part {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** A part that must have passed before; without it this one would test something else than what is here. */
  readonly needs?: string;
}

const PARTS: readonly Part[] = [
  { name: 'types', command: ['node', 'tools/types.ts'] },
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'imports', command: ['node', 'tools/import-check.ts'] },
  { name: 'unit', command: ['vitest', 'run'] },
  { name: 'simulation', command: ['node', 'src/simulation/main.ts', '--seeds', '300'] },
  // Seeds from 20,000,000 on: people also keep the register, make void, promise, ask back.
  { name: 'simulation-wide', command: ['node', 'src/simulation/main.ts', '--seeds', '150', '--from', '20000001'] },
  { name: 'bugs', command: ['node', 'src/simulation/main.ts', '--bugs'] },
  { name: 'fuzz', command: ['node', 'src/fuzz/main.ts', '--inputs', '10000'] },
  { name: 'worlds', command: ['node', 'src/worlds/main.ts', '--worlds', '1000'] },
  { name: 'world-bugs', command: ['node', 'src/worlds/main.ts', '--bugs'] },
  { name: 'build', command: ['node', 'tools/build.ts'] },
  // Five cycles of each; what the long forms found stands in docs/reliability.md.
  { name: 'chaos', command: ['node', 'src/chaos/main.ts'], needs: 'build' },
  // The short form, the field's main stories; `npm run e2e` tells all of them and looks at every screen of every role in both languages.
  { name: 'e2e', command: ['playwright', 'test', '--grep-invert', '@long'], needs: 'build' },
  // Of the others, what would be worst to break unseen: a phone's disk in other hands, a forgotten passphrase, a member who moves, what may never be stored.
  { name: 'e2e-safekeeping', command: ['playwright', 'test', '--grep', '@safekeeping'], needs: 'build' },
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !PARTS.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`No part is called ${unknown.join(', ')}. There are: ${PARTS.map((part) => part.name).join(', ')}.`);
  process.exit(2);
}

const rows: { name: string; passed: boolean; seconds: number }[] = [];
for (const { name, command, needs } of PARTS) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const missing = rows.find((row) => row.name === needs && !row.passed);
  if (missing !== undefined) {
    console.log(`\n${name}: not run, because ${missing.name} failed`);
    rows.push({ name, passed: false, seconds: 0 });
    continue;
  }
  console.log(`\n${name}: ${command.join(' ')}`);
  const start = performance.now();
  const [program, ...args] = command;
  const { exitCode, output } = await runCommand(program, args);
  const seconds = (performance.now() - start) / 1000;
  const passed = exitCode === 0;
  if (!passed) console.log(output.trimEnd());
  console.log(`${name}: ${passed ? 'passed' : 'FAILED'} in ${seconds.toFixed(1)} s`);
  rows.push({ name, passed, seconds });
}

const width = Math.max(...rows.map((row) => row.name.length));
console.log('');
for (const row of rows) {
  console.log(`  ${row.name.padEnd(width)}  ${row.passed ? 'passed' : 'FAILED'}  ${row.seconds.toFixed(1).padStart(6)} s`);
}
const failed = rows.filter((row) => !row.passed).length;
console.log(`\n${rows.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
