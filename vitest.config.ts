import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    exclude: process.env.PERENNIAL_TEST_LONG === '1' ? [] : ['test/long/**'],
    globalSetup: ['test/engines.ts'],
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    reporters: process.env.PERENNIAL_TEST_FULL === '1' ? ['default', './test/closing-line.ts'] : ['default'],
  },
});
