/**
 * `npm run chaos -- [endpoint] [browser] [--cycles 5] [--trace]`; both when none is named. Kills real processes and compares what is left:
 * exits with 1, and says what differs, when anything was lost or doubled.
 */
import { parseArgs } from 'node:util';
import { runBrowserChaos } from './browser-chaos.ts';
import { runEndpointChaos } from './endpoint-chaos.ts';

const chaos = { endpoint: runEndpointChaos, browser: runBrowserChaos } as const;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { cycles: { type: 'string', default: '5' }, trace: { type: 'boolean', default: false } } });
const cycles = Number(values.cycles);
const trace = (line: string) => {
  if (values.trace) console.log(`${(performance.now() / 1000).toFixed(1)} s: ${line}`);
};
const asked = positionals.length === 0 ? Object.keys(chaos) : positionals;
if (!Number.isInteger(cycles) || cycles < 1 || asked.some((name) => !(name in chaos))) {
  console.error('Usage: npm run chaos -- [endpoint] [browser] [--cycles COUNT] [--trace]');
  process.exit(2);
}
// Stopped by hand it still ends what it started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
for (const name of asked) {
  const differences = await chaos[name as keyof typeof chaos]({ cycles, say: console.log, trace });
  for (const line of differences) console.log(`  ${line}`);
  if (differences.length > 0) process.exitCode = 1;
}
// A timer of a phone that was closed may be waiting yet.
process.exit();
