/** Wrong inputs for every parser: `npm run fuzz -- [--inputs 100000] [--from 1] [--only TARGET]`. Exit code 1 when one did harm; it is kept in src/fuzz/kept. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runFuzz } from './fuzz-run.ts';
import type { HarmFound } from './fuzz-run.ts';

const { values } = parseArgs({
  options: { inputs: { type: 'string', default: '100000' }, from: { type: 'string', default: '1' }, only: { type: 'string' } },
});
const inputs = Number(values.inputs);
const from = Number(values.from);
if (!(Number.isSafeInteger(inputs) && inputs > 0 && Number.isSafeInteger(from) && from >= 0)) {
  console.error('Usage: npm run fuzz -- [--inputs NUMBER] [--from NUMBER] [--only TARGET]');
  process.exit(2);
}

const started = performance.now();
let toldAt = started;
let kept = 0;
const run = await runFuzz({
  from,
  inputs,
  only: values.only,
  onBlock({ inputs: fed, harms }) {
    for (const harm of harms.slice(kept)) keep(harm);
    kept = harms.length;
    if (performance.now() - toldAt < 60_000) return;
    toldAt = performance.now();
    console.log(`  ${fed} inputs after ${((toldAt - started) / 60_000).toFixed(1)} minutes, ${harms.length} kinds of harm`);
  },
});
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage();
const cpuSeconds = (user + system) / 1e6;

const width = Math.max(...[...run.counts.keys()].map((name) => name.length));
for (const [name, { inputs: fed, taken, milliseconds }] of [...run.counts].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`  ${name.padEnd(width)} ${String(fed).padStart(8)} inputs, ${String(taken).padStart(7)} taken, ${((milliseconds * 1000) / fed).toFixed(0).padStart(6)} us each`);
}
console.log(`${run.inputs} inputs from ${from} in ${seconds.toFixed(1)} s (${Math.round(run.inputs / seconds)}/s; ${Math.round(run.inputs / cpuSeconds)} a second of processor time): ${run.harms.length} kinds of harm`);
process.exitCode = run.harms.length === 0 ? 0 : 1;

function keep(harm: HarmFound): void {
  const file = new URL(`kept/${harm.target.replaceAll(/\W+/gu, '-')}-${harm.number}.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(harm, undefined, 2)}\n`);
  console.log(`HARM ${harm.target}, input ${harm.number} (block from ${harm.blockStart}): ${harm.message}\n  kept in ${file.pathname.replace(/.*\/src\//u, 'src/')}`);
}
