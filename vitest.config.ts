import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    include: ['{lib,server,components,scripts,tests}/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    // Two cores are the smallest machine we promise to finish on.
    maxWorkers: 2,
  },
});
