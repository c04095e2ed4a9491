import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
    environment: 'node',
    allowOnly: false,
    passWithNoTests: false,
    // Room for a key derivation with its full memory on a busy machine; no test waits for it to pass.
    testTimeout: 30_000,
  },
});
