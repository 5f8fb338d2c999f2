import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // Tests that use the worker pool bring their own threads: two files at a time keep two cores busy.
    maxWorkers: 2,
    globalSetup: ['test/support/globalSetup.ts'],
  },
});
