import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const shared = {
  environment: 'node',
  allowOnly: false,
  passWithNoTests: false,
  // Room for a key derivation with its full memory on a busy machine; no test waits for it to pass.
  testTimeout: 30_000,
} as const;
/** Rooms of pure functions: their tests share a worker, for nothing of one is left to another. */
const pure = ['src/domain/**/*.test.ts', 'src/lists/**/*.test.ts', 'src/sync/**/*.test.ts', 'src/tables/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'threads',
    // Vitest leaves a core idle by itself; here some tests wait for a line or a disk, and others use the core meanwhile.
    maxWorkers: availableParallelism() + 1,
    projects: [
      { test: { ...shared, name: 'pure', include: pure, isolate: false } },
      { test: { ...shared, name: 'whole', include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'], exclude: pure } },
    ],
  },
});
