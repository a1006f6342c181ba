import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    include: ['{lib,server,components,scripts,tests}/**/*.test.{ts,tsx}'],
    // No test is timed: this only ends one that hangs, and a busy machine takes many times what a quiet one does.
    testTimeout: 300_000,
    // Two cores are the smallest machine we promise to finish on.
    maxWorkers: 2,
  },
});
